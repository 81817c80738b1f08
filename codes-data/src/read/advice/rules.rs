//! The rules for what is said about the next step.

use crate::model::{Advice, Circumstance, Command, Model, Part, Retry, Scope};
use crate::places::Places;
use crate::presence::Session;
use crate::problem::{At, Span};
use crate::read::entry::Entry;
use crate::reader::Reader;
use crate::text;

/// An entry without mistakes, to be compared with the later ones.
pub(super) struct Given {
    pub(super) rule: Advice,
    pub(super) span: Span,
    /// By number, whether it is for the code.
    pub(super) codes: [bool; 1000],
    /// The later ones that can never be reached because of it.
    pub(super) hidden: Vec<Span>,
}

impl Reader<'_> {
    /// Where one hides several, it is itself what is in the wrong place or too wide.
    pub(super) fn hidden(&mut self, given: &Given) {
        match *given.hidden {
            [] => {}
            [only] => {
                let help = "the first one that fits decides: move it up, or remove it";
                self.report(only, "this advice can never be reached", help)
                    .related(given.span, "an earlier one always fits first,");
            }
            [first, ..] => {
                let count = given.hidden.len();
                let message = format!("because of this advice, {count} others are never reached");
                let help = "the first one that fits decides: move it down, or say more of its case";
                self.report(given.span, message, help)
                    .related(first, "the first of them is");
            }
        }
    }
}

impl Entry<'_, '_> {
    /// A reader of two entries is to see what tells them apart.
    pub(super) fn same_why(&mut self, why: &str, whys: &mut Places) {
        if why == text::REFUSED_TEXT {
            return;
        }
        if let Some(first) = whys.first(why, self.span) {
            let message = "the `why` of this advice is that of another one";
            let help = "say what decides here and not there, or make one advice of the two";
            self.report(self.span, message, help)
                .related(first, "it stands in the advice");
        }
    }

    /// Steps that contradict one another, or what must be the case.
    pub(super) fn steps(
        &mut self,
        given: Option<Circumstance>,
        action: Option<At<Retry>>,
        then: &[At<Retry>],
        at: &[At<String>],
        commands: &[Command],
    ) {
        let mut steps = Vec::from_iter(action);
        steps.extend_from_slice(then);
        self.fewer_recipients(&steps, at, commands);
        let Some(action) = action else { return };
        if let Some(given) = given
            && action.value == Retry::Proceed
            && forbids_success(given)
        {
            let given = given.word();
            let message = format!("nothing lets a client `proceed` given `{given}`");
            self.report(action.span, message, "end the session: `later`");
        }
        for (at, step) in then.iter().enumerate() {
            if let Retry::Never | Retry::AfterChange = steps[at].value {
                let message = format!("nothing follows `{}`", steps[at].value.word());
                let help = match at {
                    0 => "remove `then`, or use another word for `action`",
                    _ => "remove it, or move it up",
                };
                self.report(step.span, message, help);
                break;
            }
        }
        if let Some(step) = then.iter().find(|step| step.value == action.value) {
            let message = format!("`then` repeats the action, `{}`", step.value.word());
            self.report(step.span, message, "remove it here");
        }
    }

    /// A transaction has too many recipients where one is named, and nowhere else.
    fn fewer_recipients(&mut self, steps: &[At<Retry>], at: &[At<String>], commands: &[Command]) {
        let names_recipient = |command: &Command| command.scope == Scope::Recipient;
        let points = verbs(commands, names_recipient);
        let mut at = at.iter();
        // What is no point at all is refused by itself.
        let fits = |at: &At<String>| {
            points.contains(&at.value.as_str()) || !is_command(&at.value, commands)
        };
        let is_there = at.len() > 0 && at.all(fits);
        let lost = &self.reader.lost;
        if lost.a_role || lost.a_verb || is_there {
            return;
        }
        for step in steps {
            if step.value == Retry::FewerRecipients {
                let message = "`fewer-recipients` is for the reply to a recipient";
                let help = name_in_at(&points);
                self.report(step.span, message, help);
            }
        }
    }

    /// A circumstance that is never the case at one of the points.
    pub(super) fn out_of_place(
        &mut self,
        given: Option<Circumstance>,
        at: &[At<String>],
        commands: &[Command],
    ) {
        let lost = &self.reader.lost;
        let Some(given) = given.filter(|given| !is_everywhere(*given)) else {
            return;
        };
        if lost.a_role || lost.a_verb {
            return;
        }
        let span = self.value_span("given");
        let points = verbs(commands, |command| may_be(given, command, commands));
        let given = given.word();
        let help = name_in_at(&points);
        if at.is_empty() {
            let message = format!("`{given}` is not for all points of a session");
            self.report(span, message, &*help);
        }
        for verb in at {
            if is_command(&verb.value, commands) && !points.contains(&verb.value.as_str()) {
                let message = format!("`{given}` is never the case at {}", verb.value);
                self.report(verb.span, message, &*help)
                    .related(span, "it is given");
            }
        }
    }

    /// Nobody goes on after a reply that the point never gets.
    pub(super) fn out_of_step(&mut self, numbers: &[At<i64>], at: &[String], model: &Model) {
        let lost = &self.reader.lost;
        if lost.a_row || lost.a_verb {
            return;
        }
        let session = Session::new(model, None);
        for At { value, span } in numbers {
            let code = text::reply_code(*value);
            // Another digit than 2 and 3 is refused for that already.
            let Some(reply) = code
                .filter(|code| matches!(code / 100, 2 | 3))
                .and_then(|code| model.reply(code))
            else {
                continue;
            };
            let ever = session.presences(reply).ever;
            for verb in at {
                if ever >> session.place(verb) & 1 == 0 {
                    let message =
                        format!("no row lets {value} come at {verb}, so no client `proceed`s");
                    let help = "remove it here, or add a row for it to that command";
                    self.report(*span, message, help);
                }
            }
        }
    }

    /// Mail bounces where the reply is about mail only.
    pub(super) fn no_mail(&mut self, at: &[At<String>], commands: &[Command]) {
        if self.reader.lost.a_role {
            return;
        }
        for At { value: verb, span } in at {
            let command = commands.iter().find(|known| known.verb == *verb);
            let scopes = command.map(|command| command.scope);
            if let None | Some(Scope::Recipient | Scope::Message) = scopes {
                continue;
            }
            let scope = self.value_span("scope");
            let message = format!("a reply to {verb} is about no mail");
            self.report(*span, message, "remove it, or use another `scope`")
                .related(scope, "the `scope` that says so is");
        }
    }

    /// Without an action an entry adds to what its codes say, but not to what has its own reason.
    pub(super) fn passed_over(&mut self, codes: &mut [bool; 1000]) {
        let was_empty = !codes.contains(&true);
        for (at, code) in codes.iter_mut().enumerate() {
            *code &= !self.reader.codes[at].asks_for_another_try;
        }
        if !was_empty && !codes.contains(&true) {
            let message =
                "this advice adds nothing: all its codes ask for another try by themselves";
            self.report(self.span, message, "add `action`, or name other codes");
        }
    }

    /// What can never be, or would be wrong wherever it fits.
    pub(super) fn senseless(&mut self, rule: &Advice, codes: &[bool; 1000]) {
        let has = |low: usize, high: usize| codes[low * 100..high * 100].contains(&true);
        let is_other = has(1, 2) || has(6, 10);
        let is_negative = has(4, 6) || is_other;
        let given = self.value_span("given");
        if rule.given == Some(Circumstance::OutOfStep) && is_negative {
            let message = "only a 2yz or 3yz can be out of step";
            self.report(given, message, "remove the other codes, or `given`");
        }
        if rule.given == Some(Circumstance::UnknownCode)
            && let Some(code) = rule.codes.first()
        {
            let message = format!("{code} has a `[[reply]]`, so it is no unknown code");
            self.report(given, message, "name classes only: `[\"5yz\"]`");
        }
        if rule.action == Some(Retry::Proceed) && is_negative {
            let message = "only a 2yz or 3yz lets a client `proceed`";
            let action = self.value_span("action");
            self.report(action, message, "use another word, or other codes");
        }
        if rule.action.is_none() && !rule.then.is_empty() {
            let message = "`then` follows an `action`, but this advice has none";
            self.report(self.span, message, "add `action`, or remove `then`");
        }
        let names_a_code = rule.enhanced.iter().any(Option::is_some);
        if names_a_code && (has(3, 4) || is_other) {
            let message = "an enhanced code goes with a 2yz, 4yz or 5yz only";
            self.report(self.span, message, "remove the other codes, or `enhanced`");
        }
    }
}

/// By number, whether it is for the code.
pub(super) fn codes(rule: &Advice) -> [bool; 1000] {
    let mut codes = [false; 1000];
    for code in &rule.codes {
        codes[usize::from(*code)] = true;
    }
    for class in &rule.classes {
        let first = usize::from(*class) * 100;
        codes[first..first + 100].fill(true);
    }
    for code in &rule.except {
        codes[usize::from(*code)] = false;
    }
    codes
}

impl Given {
    /// Whether it fits wherever the other does.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let (rule, others) = (&self.rule, &other.rule);
        let given = rule.given.is_none() || rule.given == others.given;
        let at = rule.at.is_empty()
            || (!others.at.is_empty() && others.at.iter().all(|verb| rule.at.contains(verb)));
        let is_among = |pattern: &Option<Part>| is_among(*pattern, &rule.enhanced);
        let enhanced = rule.enhanced.is_empty()
            || (!others.enhanced.is_empty() && others.enhanced.iter().all(is_among));
        given && at && enhanced && (100..1000).all(|code| self.codes[code] || !other.codes[code])
    }
}

/// Whether it can be the case wherever a reply comes.
fn is_everywhere(given: Circumstance) -> bool {
    match given {
        Circumstance::RecipientsAccepted
        | Circumstance::NoRecipientAccepted
        | Circumstance::MoreChunksFollow
        | Circumstance::LastChunk
        | Circumstance::ForOneRecipient
        | Circumstance::Lmtp
        | Circumstance::NothingToDrop => false,
        Circumstance::NoSeparator
        | Circumstance::LinesDisagree
        | Circumstance::LastLineMilder
        | Circumstance::Truncated
        | Circumstance::OutOfStep
        | Circumstance::UnknownCode => true,
    }
}

/// Whether it can be the case where this is answered.
fn may_be(given: Circumstance, command: &Command, commands: &[Command]) -> bool {
    let is_of_message = command.is_chunk || command.ends_message;
    match given {
        // Where one is named, and from there to the end of the message.
        Circumstance::RecipientsAccepted | Circumstance::NoRecipientAccepted => {
            let leads_to_end = commands
                .iter()
                .any(|next| next.ends_message && command.next.contains(&next.verb));
            command.scope == Scope::Recipient || leads_to_end || is_of_message
        }
        Circumstance::MoreChunksFollow | Circumstance::LastChunk => command.is_chunk,
        Circumstance::ForOneRecipient | Circumstance::Lmtp => is_of_message,
        Circumstance::NothingToDrop => command.has_parameters,
        _ => true,
    }
}

/// Whether no success can be believed then.
fn forbids_success(given: Circumstance) -> bool {
    matches!(
        given,
        Circumstance::NoSeparator
            | Circumstance::LinesDisagree
            | Circumstance::LastLineMilder
            | Circumstance::Truncated
            | Circumstance::OutOfStep
    )
}

/// What to do where something can be the case at these points only.
fn name_in_at(points: &[&str]) -> String {
    match points {
        [] => "remove it: no `[[command]]` of this file is such a point".to_owned(),
        points => format!(
            "name in `at` what it is for: {}",
            text::listed(points, "", "")
        ),
    }
}

fn is_command(verb: &str, commands: &[Command]) -> bool {
    commands.iter().any(|command| command.verb == verb)
}

/// The names of some commands, in the order of the file.
fn verbs(commands: &[Command], fits: impl Fn(&Command) -> bool) -> Vec<&str> {
    let mut verbs = Vec::new();
    for command in commands {
        if fits(command) {
            verbs.push(command.verb.as_str());
        }
    }
    verbs
}

fn is_among(pattern: Option<Part>, patterns: &[Option<Part>]) -> bool {
    let whole = match pattern {
        Some(Part::Detail(subject, _)) => Some(Part::Subject(subject)),
        other => other,
    };
    patterns.contains(&pattern) || patterns.contains(&whole)
}
