//! From a situation to an advice: the rules of the data file, and below them the facts of the code.

use super::{Advice, AdviceBasis, Caveat, Caveats, Rule, Situation, Verdict, rule};
use crate::enhanced::EnhancedCode;
use crate::generated::advice::ADVICE;
use crate::session::Command;
use crate::table::Facts;
use crate::vocabulary::{
    Certainty, Circumstance, Class, Connection, NextActor, Retry, Scope, Standing,
};

fn judge(situation: Situation) -> Advice {
    let agrees = |code: &EnhancedCode| code.agrees_with(situation.code());
    let enhanced = situation.enhanced.filter(agrees);
    let rule = match situation.is_bare(enhanced) {
        true => None,
        false => find(&situation, enhanced, |_| true),
    };
    let own = own(&situation, enhanced);
    let mut verdict = match rule {
        Some(rule) => by_rule(rule, &own, &situation, enhanced),
        None => own,
    };
    verdict.scope = scope(verdict.scope, &situation);
    let caveats = caveats(&situation, enhanced);
    let doubts = [
        Caveat::ClassesDisagree,
        Caveat::NoSeparator,
        Caveat::LinesDisagree,
        Caveat::Truncated,
    ];
    // What a transaction makes of a number that no table has is a guess.
    let is_guess = verdict.basis == AdviceBasis::Transaction && situation.reply_facts().is_none();
    if is_guess || doubts.iter().any(|&doubt| caveats.contains(doubt)) {
        verdict.certainty = Certainty::Unsure;
    }
    Advice {
        situation,
        verdict,
        caveats,
        awaits_last_reply: situation.awaits_last_reply(),
    }
}

/// Where the point is known, no code is about mail that is not at stake there.
fn scope(decided: Option<Scope>, situation: &Situation) -> Option<Scope> {
    let point = situation.point().map(Command::scope);
    let scope = match decided {
        None | Some(Scope::Recipient | Scope::Message) => point.or(decided),
        other => other,
    };
    match scope {
        Some(Scope::Message) if situation.is_about_one_recipient() => Some(Scope::Recipient),
        other => other,
    }
}

/// The first rule that fits and that is wanted.
fn find(
    situation: &Situation,
    enhanced: Option<EnhancedCode>,
    wanted: impl Fn(&Rule) -> bool,
) -> Option<&'static Rule> {
    ADVICE
        .iter()
        .find(|rule| wanted(rule) && rule.fits(situation, enhanced))
}

/// What the code says by itself, or the digits of one that no table has.
fn own(situation: &Situation, enhanced: Option<EnhancedCode>) -> Verdict {
    let of_its_own = match situation.is_bare(enhanced) {
        true => situation.subject.facts(),
        false => situation.reply_facts(),
    };
    if let Some(facts) = of_its_own {
        return by_facts(facts);
    }
    let class = situation.code().class();
    // All that is left where the data file says nothing.
    let nothing = Verdict {
        action: Retry::Later,
        then: &[],
        scope: None,
        next_actor: NextActor::ClientSoftware,
        connection: Connection::Open,
        why: "Nothing is known about this code.",
        source: "no source",
        basis: AdviceBasis::FirstDigit,
        certainty: Certainty::Unsure,
        said: Some(Caveat::UnknownCode),
    };
    let by_digit =
        |rule: &Rule| class == Class::Other || rule.given == Some(Circumstance::UnknownCode);
    match find(situation, enhanced, by_digit) {
        Some(rule) => by_rule(rule, &nothing, situation, enhanced),
        None => nothing,
    }
}

fn by_facts(facts: &'static Facts) -> Verdict {
    Verdict {
        action: facts.retry,
        then: rule::then(facts.retry, facts.code),
        scope: facts.scope,
        next_actor: facts.next_actor,
        connection: facts.connection,
        why: facts.description,
        source: match (facts.specs, facts.commands) {
            ([first, ..], _) => first,
            ([], [row, ..]) => row.source(),
            ([], []) => "no RFC",
        },
        basis: AdviceBasis::Code,
        certainty: match facts.standing {
            Standing::Standard | Standing::Extension => Certainty::Stated,
            Standing::Historic => Certainty::Usual,
            Standing::DeFacto => Certainty::Unsure,
        },
        said: None,
    }
}

fn by_rule(
    rule: &'static Rule,
    own: &Verdict,
    situation: &Situation,
    enhanced: Option<EnhancedCode>,
) -> Verdict {
    let then = match (rule.action, rule.then) {
        (None, _) => own.then,
        (Some(action), []) => rule::then(action, situation.code()),
        (Some(_), then) => then,
    };
    Verdict {
        action: rule.action.unwrap_or(own.action),
        then,
        scope: match rule.action {
            Some(_) => rule.scope.or(own.scope),
            None => own.scope.or(rule.scope),
        },
        next_actor: rule.next_actor.unwrap_or(own.next_actor),
        connection: rule.connection.unwrap_or(own.connection),
        why: rule.why,
        source: rule.source,
        basis: basis(rule, enhanced.is_some()),
        certainty: rule.certainty,
        said: said(rule.given),
    }
}

/// What a reason need not be told again: that of a circumstance begins with it.
fn said(given: Option<Circumstance>) -> Option<Caveat> {
    match given? {
        Circumstance::NoSeparator => Some(Caveat::NoSeparator),
        Circumstance::LinesDisagree | Circumstance::LastLineMilder => Some(Caveat::LinesDisagree),
        Circumstance::Truncated => Some(Caveat::Truncated),
        Circumstance::UnknownCode => Some(Caveat::UnknownCode),
        _ => None,
    }
}

fn basis(rule: &Rule, has_enhanced: bool) -> AdviceBasis {
    match rule.given {
        Some(
            Circumstance::NoSeparator
            | Circumstance::LinesDisagree
            | Circumstance::LastLineMilder
            | Circumstance::Truncated,
        ) => AdviceBasis::Form,
        Some(Circumstance::OutOfStep) => AdviceBasis::Order,
        Some(Circumstance::UnknownCode) => AdviceBasis::FirstDigit,
        Some(_) => AdviceBasis::Transaction,
        None if has_enhanced && rule.has_enhanced() => AdviceBasis::EnhancedCode,
        None if !rule.at.is_empty() => AdviceBasis::Command,
        None if !rule.codes.is_empty() => AdviceBasis::Code,
        None => AdviceBasis::FirstDigit,
    }
}

fn caveats(situation: &Situation, enhanced: Option<EnhancedCode>) -> Caveats {
    let is_unregistered = |code: EnhancedCode| code.info().detail().is_none();
    Caveats::default()
        .with(
            Caveat::ClassesDisagree,
            situation.enhanced.is_some() && enhanced.is_none(),
        )
        .with(Caveat::UnknownCode, situation.subject.info().is_none())
        .with(
            Caveat::NotAReply,
            situation.is_unfounded() && !situation.is_bare(enhanced),
        )
        .with(
            Caveat::UnregisteredDetail,
            enhanced.is_some_and(is_unregistered),
        )
        .with(Caveat::NoSeparator, situation.no_separator)
        .with(Caveat::LinesDisagree, situation.lines_disagree)
        .with(Caveat::Truncated, situation.truncated)
}

impl Situation {
    /// What follows from all that.
    #[must_use]
    pub fn advice(self) -> Advice {
        judge(self)
    }

    /// Whether a code is all there is: then its own facts are the advice.
    fn is_bare(&self, enhanced: Option<EnhancedCode>) -> bool {
        self.subject.info().is_some()
            && self.point().is_none()
            && enhanced.is_none()
            && !self.no_separator
            && !self.lines_disagree
            && !self.truncated
    }

    /// What is known of the code as a reply of a server.
    pub(super) fn reply_facts(&self) -> Option<&'static Facts> {
        self.subject.facts().filter(|_| !self.is_unfounded())
    }

    /// Whether the table has the code as one that no server sends.
    fn is_unfounded(&self) -> bool {
        let facts = self.subject.facts();
        facts.is_some_and(|facts| facts.connection == Connection::NotAReply)
    }

    pub(super) fn has(&self, circumstance: Circumstance) -> bool {
        match circumstance {
            Circumstance::NoSeparator => self.no_separator,
            Circumstance::LinesDisagree => self.lines_disagree,
            Circumstance::LastLineMilder => {
                self.lines_disagree && self.last_line != Some(self.code().class())
            }
            Circumstance::Truncated => self.truncated,
            Circumstance::OutOfStep => self.is_out_of_step(),
            Circumstance::UnknownCode => self.reply_facts().is_none(),
            Circumstance::RecipientsAccepted => {
                self.accepted == Some(true) || self.is_about_one_recipient()
            }
            Circumstance::NoRecipientAccepted => self.accepted == Some(false),
            Circumstance::MoreChunksFollow => self.more_chunks_follow == Some(true),
            Circumstance::LastChunk => self.more_chunks_follow == Some(false),
            Circumstance::ForOneRecipient => self.for_one_recipient && self.ends_message(),
            Circumstance::Lmtp => self.lmtp && self.ends_message(),
            Circumstance::NothingToDrop => self.nothing_to_drop,
        }
    }

    /// Whether this point never gets such a positive reply. Where it is not known to which points a
    /// code belongs, its class has to be one that is expected.
    fn is_out_of_step(&self) -> bool {
        let class = self.code().class();
        let Some(at) = self.point().filter(|_| class.__is_positive()) else {
            return false;
        };
        if let Some(facts) = self
            .subject
            .facts()
            .filter(|facts| !facts.commands.is_empty())
        {
            // Historic rows count: who sends an old command gets its old reply.
            return !facts.ever.contains(at);
        }
        // What begins a session or its encryption is no matter of a first digit.
        match at.begins_session() {
            true => !at.answers().contains(&self.code()),
            false => !at.answers().iter().any(|code| code.class() == class),
        }
    }
}
