//! Where in a session a code may come: the one place where that is decided.
//!
//! Which codes answer a command, which types have `RepliesTo`, where two codes meet, what is out of step and what
//! the pages say all come from here.

use crate::model::{Base, Command, CommandKind, Connection, Inherits, Model, Reply, Row, Standing};

/// All points of a session, in its order, and what a file says of them. Each has a bit of a set, by its place.
pub struct Session<'a> {
    /// The points: those of the file, or of the table that it adds to.
    pub points: &'a [Command],
    /// What the file says of them.
    pub model: &'a Model,
    /// Whether the file adds to another table.
    pub is_private: bool,
}

/// A row of a command that counts for a point: its own, or that of another one by a rule.
pub struct PointRow<'a> {
    /// The place of the point.
    pub place: usize,
    /// The row, with the source of the rule where there is one.
    pub row: Row,
    /// Whether a rule says so: the point gets what another one gets.
    pub is_inherited: bool,
    /// The commands that it stands for, where the point is a group.
    covers: Option<&'a Command>,
}

/// The points at which a code may come, a bit each, by what that rests on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// From a row for that very point.
    pub own: u64,
    /// From a row for a group of commands.
    pub spread: u64,
    /// From a rule that the point gets what another one gets.
    pub inherited: u64,
    /// The groups themselves.
    pub groups: u64,
    /// Whether one of the groups is every command.
    pub any: bool,
    /// Whether the code may also come where no command is answered.
    pub unasked: bool,
}

impl Presence {
    /// All single points.
    pub fn everywhere(&self) -> u64 {
        self.own | self.spread | self.inherited
    }
}

/// All that is known of where a code comes.
pub struct Presences<'a> {
    /// The rows, in the order of a session.
    pub rows: Vec<PointRow<'a>>,
    /// By the rows that count: historic ones only for a code that has no other.
    pub presence: Presence,
    /// By those of RFCs alone, where there are any.
    pub in_rfcs: Presence,
    /// Where a server may give it today, by a row that is not historic or by the general rules of the protocol.
    pub today: u64,
    /// Where it was ever given, so that it does not show a session that is out of step.
    pub ever: u64,
}

impl<'a> Session<'a> {
    /// The points of a model, or for a table of private codes those of the table that it adds to.
    pub fn new(model: &'a Model, base: Option<&'a Base>) -> Self {
        Self {
            points: base.map_or(&model.commands, |base| &base.commands),
            model,
            is_private: base.is_some(),
        }
    }

    /// Where a point is among all, so which bit of a set it has; 0 for one that is not known.
    pub fn place(&self, verb: &str) -> usize {
        let known = self.points.iter().position(|point| point.verb == verb);
        known.unwrap_or_default()
    }

    /// The points of these names.
    pub fn set(&self, verbs: &[String]) -> u64 {
        let mut bits = 0;
        for verb in verbs {
            bits |= 1 << self.place(verb);
        }
        bits
    }

    /// The commands that a group stands for; none for a single point.
    pub fn covers(&self, group: &Command) -> u64 {
        match &group.except {
            Some(except) => self.all(CommandKind::Command) & !self.set(except),
            None => 0,
        }
    }

    fn all(&self, kind: CommandKind) -> u64 {
        let mut bits = 0;
        for (place, point) in self.points.iter().enumerate() {
            if point.kind == kind {
                bits |= 1 << place;
            }
        }
        bits
    }

    /// Where a code comes.
    pub fn presences(&self, reply: &Reply) -> Presences<'a> {
        let rows = self.rows(reply.code);
        let is_reply = reply.connection != Connection::NotAReply;
        let is_historic = |row: &Row| row.standing == Standing::Historic;
        let is_in_rfc = |row: &Row| row.standing != Standing::DeFacto;
        let has_today = rows.iter().any(|row| !is_historic(&row.row));
        let counts = |row: &Row| is_reply && (!has_today || !is_historic(row));
        let has_rfc = rows
            .iter()
            .any(|row| counts(&row.row) && is_in_rfc(&row.row));
        let presence = self.presence(&rows, &counts);
        let mut generally = 0;
        for command in &self.model.commands {
            if command.generally.contains(&reply.code) {
                generally |= 1 << self.place(&command.verb);
            }
        }
        Presences {
            in_rfcs: self.presence(&rows, &|row| counts(row) && (!has_rfc || is_in_rfc(row))),
            today: match has_today {
                true => generally | presence.everywhere(),
                false => generally,
            },
            ever: generally | self.presence(&rows, &|_| is_reply).everywhere(),
            presence,
            rows,
        }
    }

    /// The rows of one code, in the order of a session.
    fn rows(&self, code: u16) -> Vec<PointRow<'a>> {
        let mut rows = Vec::new();
        for (place, point) in self.points.iter().enumerate() {
            let before = rows.len();
            let command = self.model.command(&point.verb);
            for row in command.map_or(&[][..], |command| &command.replies) {
                if row.code == code {
                    rows.push(PointRow {
                        place,
                        row: row.clone(),
                        is_inherited: false,
                        covers: command.filter(|_| point.kind == CommandKind::Group),
                    });
                }
            }
            if rows.len() == before
                && let Some(rule) = &point.inherits
                && let Some(row) = self.inherited(code, rule)
            {
                rows.push(PointRow {
                    place,
                    row,
                    is_inherited: true,
                    covers: None,
                });
            }
        }
        rows
    }

    /// The row of another point that counts for the one with this rule.
    ///
    /// What servers were seen to do is known of the point where they did it, and of no other. A private file speaks
    /// for its own servers, so there all but the historic is handed on.
    fn inherited(&self, code: u16, rule: &Inherits) -> Option<Row> {
        for row in &self.model.command(&rule.from)?.replies {
            let is_handed_on = match row.standing {
                Standing::Standard | Standing::Extension => true,
                Standing::DeFacto => self.is_private,
                Standing::Historic => false,
            };
            if row.code == code && is_handed_on {
                return Some(Row {
                    standing: match self.is_private {
                        true => row.standing,
                        false => Standing::Extension,
                    },
                    source: rule.source.clone(),
                    ..row.clone()
                });
            }
        }
        None
    }

    fn presence(&self, rows: &[PointRow<'_>], counts: &dyn Fn(&Row) -> bool) -> Presence {
        let mut presence = Presence::default();
        for row in rows {
            let place = 1 << row.place;
            if !counts(&row.row) {
                continue;
            }
            if let Some(group) = row.covers {
                let covers = self.covers(group);
                presence.groups |= place;
                presence.spread |= covers;
                presence.any |= covers == self.all(CommandKind::Command);
                if row.row.unasked {
                    presence.unasked = true;
                    presence.spread |= self.all(CommandKind::Event);
                }
            } else if row.is_inherited {
                presence.inherited |= place;
            } else {
                presence.own |= place;
            }
        }
        presence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replies and commands in few words, read as a file is.
    fn model(codes: &[u16], commands: &str, base: Option<&Base>) -> Model {
        let mut text = String::new();
        for code in codes {
            text += &format!(
                "[[reply]]\ncode = {code}\nname = \"Code {code}\"\nstanding = \"de-facto\"\ndescription = \"A {code}.\"\n\
                 when = \"B {code}.\"\nfix = \"C {code}.\"\nconnection = \"open\"\nnext-actor = \"nobody\"\n\
                 retry = \"never\"\n"
            );
        }
        text += commands;
        let (model, problems) = crate::read(&text, base);
        assert!(problems.is_empty(), "{problems:?}");
        model
    }

    /// The names of the points in a set.
    fn names(session: &Session<'_>, set: u64) -> String {
        let points = session.points.iter().enumerate();
        let here = points.filter(|(place, _)| set >> place & 1 == 1);
        here.map(|(_, point)| point.verb.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    const COMMANDS: &str = r#"
[[command]]
verb = "ANY"
kind = "group"
moment = "in answer to any command"
except = []
replies = [
    { code = 500, standing = "standard", source = "A" },
    { code = 421, standing = "standard", source = "A", unasked = true },
]
[[command]]
verb = "CONNECT"
kind = "event"
moment = "at the opening"
replies = [
    { code = 220, standing = "standard", source = "A" },
    { code = 550, standing = "de-facto", source = "B" },
]
[[command]]
verb = "DATA-BODY"
kind = "event"
moment = "at the end"
replies = [
    { code = 550, standing = "standard", source = "A" },
    { code = 546, standing = "de-facto", source = "B" },
]
[[command]]
verb = "BDAT"
inherits = { from = "DATA-BODY", source = "C" }
generally = [502]
replies = []
[[command]]
verb = "TURN"
replies = [
    { code = 250, standing = "historic", source = "D" },
    { code = 550, standing = "historic", source = "D" },
]
"#;

    #[test]
    fn where_a_code_comes_and_why() {
        let model = model(&[220, 250, 421, 500, 502, 546, 550], COMMANDS, None);
        let session = Session::new(&model, None);
        let presences = |code: u16| session.presences(model.reply(code).expect("it is there"));
        let shown = |set| names(&session, set);

        let Presences {
            presence, today, ..
        } = presences(500);
        assert_eq!(shown(presence.groups), "ANY");
        assert_eq!(shown(presence.spread), "BDAT TURN");
        assert!(presence.any && !presence.unasked);
        assert_eq!(today, presence.spread);
        let Presences {
            presence, today, ..
        } = presences(421);
        assert!(presence.unasked);
        assert_eq!(shown(today), "CONNECT DATA-BODY BDAT TURN");

        // A rule hands on what RFCs say, and historic rows count for nothing that comes today.
        let Presences {
            presence,
            in_rfcs,
            today,
            ever,
            rows,
        } = presences(550);
        assert_eq!(shown(presence.own), "CONNECT DATA-BODY");
        assert_eq!(shown(presence.inherited), "BDAT");
        assert_eq!(shown(in_rfcs.own), "DATA-BODY");
        assert_eq!(shown(today), "CONNECT DATA-BODY BDAT");
        assert_eq!(shown(ever), "CONNECT DATA-BODY BDAT TURN");
        let inherited: Vec<_> = rows.iter().filter(|row| row.is_inherited).collect();
        assert_eq!(inherited.len(), 1);
        assert_eq!(
            (inherited[0].row.source.as_str(), inherited[0].place),
            ("C", 3)
        );
        assert_eq!(shown(presences(546).today), "DATA-BODY");

        // The general rules of the protocol are no row; a code that is historic only comes nowhere today.
        assert_eq!(shown(presences(502).today), "BDAT");
        assert_eq!(presences(502).presence, Presence::default());
        let Presences {
            presence, today, ..
        } = presences(250);
        assert_eq!((shown(presence.own).as_str(), today), ("TURN", 0));
    }
}
