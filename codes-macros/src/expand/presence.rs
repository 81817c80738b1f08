//! Where in a session a code may come, as sets of points.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Code, Parts};
use crate::model::{Command, CommandKind, Connection, Era, Row};

/// The points of a session at which a code may come, a bit each, by what that rests on.
#[derive(Default)]
struct Presence {
    own: u64,
    spread: u64,
    inherited: u64,
    groups: u64,
    any: bool,
    unasked: bool,
}

impl Parts<'_> {
    /// By all rows that count, and by those of RFCs alone where there are any. Historic rows count
    /// only for a code that has no other.
    pub(super) fn presences(&self, code: &Code<'_>) -> (TokenStream, TokenStream) {
        let is_historic = |row: &Row| row.era == Era::Historic;
        let is_in_rfc = |row: &Row| row.era != Era::DeFacto;
        let (mut today, mut in_rfcs) = (false, false);
        for (_, row) in &code.rows {
            today |= !is_historic(row);
        }
        let is_reply = code.reply.connection != Connection::NotAReply;
        let counts = |row: &Row| is_reply && (!today || !is_historic(row));
        for (_, row) in &code.rows {
            in_rfcs |= counts(row) && is_in_rfc(row);
        }
        let all = self.presence(&code.rows, counts);
        let of_rfcs = self.presence(&code.rows, |row| {
            counts(row) && (!in_rfcs || is_in_rfc(row))
        });
        (self.presence_tokens(&all), self.presence_tokens(&of_rfcs))
    }

    fn presence(&self, rows: &[(&Command, Row)], counts: impl Fn(&Row) -> bool) -> Presence {
        let mut presence = Presence::default();
        for (command, row) in rows {
            if !counts(row) {
                continue;
            }
            let place = 1 << self.place(&command.verb);
            if command.kind == CommandKind::Group {
                let covers = self.covers(command);
                presence.groups |= place;
                presence.spread |= covers;
                presence.any |= covers == self.all(CommandKind::Command);
                if row.unasked {
                    presence.unasked = true;
                    presence.spread |= self.all(CommandKind::Event);
                }
            } else if row.inherited {
                presence.inherited |= place;
            } else {
                presence.own |= place;
            }
        }
        presence
    }

    fn presence_tokens(&self, presence: &Presence) -> TokenStream {
        let core = self.core;
        let Presence { any, unasked, .. } = presence;
        let own = self.set(presence.own);
        let spread = self.set(presence.spread);
        let inherited = self.set(presence.inherited);
        let groups = self.set(presence.groups);
        quote!(#core::__private::Presence {
            own: #own, spread: #spread, inherited: #inherited, groups: #groups, any: #any,
            unasked: #unasked,
        })
    }

    pub(super) fn set(&self, bits: u64) -> TokenStream {
        let core = self.core;
        let bits = Literal::u64_suffixed(bits);
        quote!(#core::__private::CommandSet::__new(#bits))
    }

    /// All points of one kind.
    fn all(&self, kind: CommandKind) -> u64 {
        let mut bits = 0;
        for (place, (_, other)) in self.verbs.iter().enumerate() {
            if *other == kind {
                bits |= 1 << place;
            }
        }
        bits
    }

    /// The commands that a group stands for.
    pub(super) fn covers(&self, group: &Command) -> u64 {
        let Some(except) = &group.except else {
            return 0;
        };
        let mut bits = self.all(CommandKind::Command);
        for verb in except {
            bits &= !(1 << self.place(verb));
        }
        bits
    }

    /// Where a point is among all, so which bit of a set it has.
    pub(super) fn place(&self, verb: &str) -> usize {
        let known = self.verbs.iter().position(|(known, _)| *known == verb);
        known.unwrap_or_default()
    }
}
