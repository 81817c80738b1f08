//! From a situation to an advice: the rules of the data file, and below them the facts of the code.

use super::{
    Advice, AdviceBasis, Caveat, Caveats, Certainty, Circumstance, Rule, Situation, Verdict, rule,
};
use crate::code::Class;
use crate::command::{Basis, Command};
use crate::enhanced::EnhancedCode;
use crate::facts::{Connection, NextActor, Retry, Scope, Standing};
use crate::generated;
use crate::table::Facts;

pub(super) fn judge(situation: Situation) -> Advice {
    let agrees = |code: &EnhancedCode| code.agrees_with(situation.code());
    let enhanced = situation.enhanced.filter(agrees);
    let rule = match situation.is_bare(enhanced) {
        true => None,
        false => find(&situation, enhanced, |_| true),
    };
    let own = own(&situation, enhanced);
    let mut verdict = match rule {
        Some(rule) => by_rule(rule, &own, &situation),
        None => own,
    };
    let point = situation.point().map(Command::scope);
    verdict.scope = verdict.scope.or(point).map(|scope| match scope {
        Scope::Message if situation.for_one_recipient => Scope::Recipient,
        other => other,
    });
    let caveats = caveats(&situation, enhanced);
    let doubts = [
        Caveat::ClassesDisagree,
        Caveat::NoSeparator,
        Caveat::LinesDisagree,
        Caveat::Truncated,
    ];
    if doubts.iter().any(|&doubt| caveats.contains(doubt)) {
        verdict.certainty = Certainty::Unsure;
    }
    Advice {
        situation,
        verdict,
        caveats,
    }
}

/// The first rule that fits and that is wanted.
fn find(
    situation: &Situation,
    enhanced: Option<EnhancedCode>,
    wanted: impl Fn(&Rule) -> bool,
) -> Option<&'static Rule> {
    generated::ADVICE
        .iter()
        .find(|rule| wanted(rule) && rule.fits(situation, enhanced))
}

/// What the code says by itself, or the digits of one that no table has.
fn own(situation: &Situation, enhanced: Option<EnhancedCode>) -> Verdict {
    if let Some(facts) = situation.subject.facts() {
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
    };
    let by_digit =
        |rule: &Rule| class == Class::Other || rule.given == Some(Circumstance::UnknownCode);
    match find(situation, enhanced, by_digit) {
        Some(rule) => by_rule(rule, &nothing, situation),
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
    }
}

fn by_rule(rule: &'static Rule, own: &Verdict, situation: &Situation) -> Verdict {
    let then = match (rule.action, rule.then) {
        (None, _) => own.then,
        (Some(action), []) => rule::then(action, situation.code()),
        (Some(_), then) => then,
    };
    Verdict {
        action: rule.action.unwrap_or(own.action),
        then,
        scope: rule.scope.or(own.scope),
        next_actor: rule.next_actor.unwrap_or(own.next_actor),
        connection: rule.connection.unwrap_or(own.connection),
        why: rule.why,
        source: rule.source,
        basis: basis(rule),
        certainty: rule.certainty,
    }
}

fn basis(rule: &Rule) -> AdviceBasis {
    match rule.given {
        Some(Circumstance::NoSeparator | Circumstance::LinesDisagree | Circumstance::Truncated) => {
            AdviceBasis::Form
        }
        Some(Circumstance::OutOfStep) => AdviceBasis::Order,
        Some(Circumstance::UnknownCode) => AdviceBasis::FirstDigit,
        Some(_) => AdviceBasis::Transaction,
        None if rule.has_enhanced() => AdviceBasis::EnhancedCode,
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
            Caveat::UnregisteredDetail,
            enhanced.is_some_and(is_unregistered),
        )
        .with(Caveat::NoSeparator, situation.no_separator)
        .with(Caveat::LinesDisagree, situation.lines_disagree)
        .with(Caveat::Truncated, situation.truncated)
}

impl Situation {
    /// Whether a code is all there is: then its own facts are the advice.
    fn is_bare(&self, enhanced: Option<EnhancedCode>) -> bool {
        self.subject.info().is_some()
            && self.point().is_none()
            && enhanced.is_none()
            && !self.no_separator
            && !self.lines_disagree
            && !self.truncated
    }

    pub(super) fn has(&self, circumstance: Circumstance) -> bool {
        match circumstance {
            Circumstance::NoSeparator => self.no_separator,
            Circumstance::LinesDisagree => self.lines_disagree,
            Circumstance::Truncated => self.truncated,
            Circumstance::OutOfStep => self.is_out_of_step(),
            Circumstance::UnknownCode => self.subject.info().is_none(),
            Circumstance::RecipientsAccepted => self.accepted == Some(true),
            Circumstance::NoRecipientAccepted => self.accepted == Some(false),
            Circumstance::MoreChunksFollow => self.more_chunks_follow,
            Circumstance::NothingToDrop => self.nothing_to_drop,
        }
    }

    /// Whether this point never gets such a positive reply. Where it is not known to which points a
    /// code belongs, its class has to be one that is expected.
    fn is_out_of_step(&self) -> bool {
        let class = self.code().class();
        let is_positive = matches!(
            class,
            Class::PositiveCompletion | Class::PositiveIntermediate
        );
        let Some(at) = self.point().filter(|_| is_positive) else {
            return false;
        };
        let rows = self.subject.facts().map_or(&[][..], |facts| facts.commands);
        if rows.is_empty() {
            return !at.answers().iter().any(|code| code.class() == class);
        }
        // Historic rows count: who sends an old command gets its old reply.
        !at.answers().contains(&self.code())
            && !rows.iter().any(|row| {
                row.command() == at
                    || row.command().covers().contains(at)
                    || row.basis() == Basis::Unasked
            })
    }
}
