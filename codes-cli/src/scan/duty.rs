//! Who does what about a reply, in one short sentence and in one word.

use codes_core::{Advice, EnhancedClass, EnhancedCode, NextActor, Retry, Scope};
use codes_text::Direction;

/// What follows from a reply, as those see it who run the system that wrote the log.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Duty {
    pub(super) sentence: String,
    /// For a column of a table; empty where that is not known.
    pub(super) doer: &'static str,
}

/// The two sides by their names in a sentence, and in a table.
struct Sides {
    client: [&'static str; 2],
    sender: &'static str,
    sender_admin: [&'static str; 2],
    recipient_admin: [&'static str; 2],
}

impl Sides {
    const fn of(direction: Option<Direction>) -> Self {
        match direction {
            Some(Direction::Received) => Self {
                client: ["our server", "our server"],
                sender: "the sender",
                sender_admin: ["our administrator", "we"],
                recipient_admin: ["their administrator", "they"],
            },
            Some(Direction::Given) => Self {
                client: ["the client", "the client"],
                sender: "their sender",
                sender_admin: ["their administrator", "they"],
                recipient_admin: ["our administrator", "we"],
            },
            None => Self {
                client: ["the client", "client"],
                sender: "the sender",
                sender_admin: ["the sending side's administrator", "sender side"],
                recipient_admin: ["the receiving side's administrator", "receiver"],
            },
        }
    }

    const fn name(&self, actor: NextActor) -> [&'static str; 2] {
        match actor {
            NextActor::ClientSoftware => self.client,
            NextActor::Sender => [self.sender, "sender"],
            NextActor::SenderAdmin => self.sender_admin,
            NextActor::Recipient => ["the recipient", "recipient"],
            NextActor::RecipientAdmin => self.recipient_admin,
            _ => ["nobody", "nobody"],
        }
    }
}

impl Duty {
    pub(super) fn of(advice: &Advice, direction: Option<Direction>) -> Self {
        let sides = Sides::of(direction);
        let [client, _] = sides.client;
        let actor = advice.next_actor();
        let [name, doer] = sides.name(actor);
        let steps = std::iter::once(advice.action()).chain(advice.then().iter().copied());
        let steps: Vec<_> = steps.filter_map(step).collect();
        let by_client = steps.join(", then ");
        let task = task(actor, advice.scope());
        let sentence = match (task, by_client.is_empty()) {
            (Some(task), true) => format!("{name} {task} before it is sent again"),
            (Some(task), false) => format!("{client} {by_client}; {name} {task}"),
            (None, false) => format!("{client} {by_client}"),
            (None, true) => format!("{client} does not send the same again"),
        };
        Self {
            sentence: sentence_of(&sentence),
            doer,
        }
    }

    /// Where an enhanced code alone is known, and what goes with it leads to different things.
    pub(super) fn by_class(enhanced: EnhancedCode, direction: Option<Direction>) -> Self {
        let [client, _] = Sides::of(direction).client;
        let sentence = match enhanced.class() {
            EnhancedClass::Success => "nothing has to be done".to_owned(),
            EnhancedClass::Transient => format!("{client} tries again later"),
            EnhancedClass::Permanent => {
                "something has to change before it is sent again".to_owned()
            }
        };
        Self {
            sentence: sentence_of(&sentence),
            doer: "",
        }
    }

    /// About something else than a reply, of which the sentence is known.
    pub(super) fn told(sentence: &str, actor: NextActor, direction: Direction) -> Self {
        let [_, doer] = Sides::of(Some(direction)).name(actor);
        Self {
            sentence: sentence.to_owned(),
            doer,
        }
    }
}

/// What the client does by itself.
const fn step(retry: Retry) -> Option<&'static str> {
    match retry {
        Retry::Proceed => Some("goes on"),
        Retry::SameSession => Some("sends a corrected command"),
        Retry::Later => Some("tries again later"),
        Retry::FewerRecipients => Some("sends to fewer recipients at once"),
        Retry::OtherHost => Some("tries another host"),
        Retry::Never => Some("gives up"),
        _ => None,
    }
}

/// What somebody does, besides the client program.
const fn task(actor: NextActor, scope: Option<Scope>) -> Option<&'static str> {
    match (actor, scope) {
        (NextActor::Sender, Some(Scope::Recipient)) => Some("checks the address"),
        (NextActor::Sender, Some(Scope::Message)) => Some("changes the message"),
        (NextActor::Sender, _) => Some("changes what was refused"),
        (NextActor::SenderAdmin, Some(Scope::Session)) => Some("finds out why"),
        (NextActor::SenderAdmin, _) => Some("removes the cause"),
        (NextActor::Recipient | NextActor::RecipientAdmin, _) => Some("has to act"),
        _ => None,
    }
}

fn sentence_of(words: &str) -> String {
    let first = words.get(..1).unwrap_or_default();
    let rest = words.get(1..).unwrap_or_default();
    format!("{}{rest}.", first.to_uppercase())
}

#[cfg(test)]
mod tests {
    use codes_core::{Command, Situation, Smtp450, Smtp550, Smtp554};

    use super::*;

    #[test]
    fn the_sides_are_those_of_the_log() {
        let duty = |situation: Situation, direction| {
            let duty = Duty::of(&situation.advice(), direction);
            (duty.sentence, duty.doer)
        };
        let unknown = Situation::new(Smtp550).at(Command::RCPT);
        let unknown = unknown.enhanced(EnhancedCode::new(5, 1, 1));
        let greylisted = Situation::new(Smtp450).at(Command::RCPT);
        let policy = Situation::new(Smtp554).at(Command::RCPT);
        let policy = policy.enhanced(EnhancedCode::new(5, 7, 1));
        for (situation, direction, sentence, doer) in [
            (
                unknown,
                Some(Direction::Received),
                "The sender checks the address before it is sent again.",
                "sender",
            ),
            (
                greylisted,
                Some(Direction::Received),
                "Our server tries again later.",
                "our server",
            ),
            (
                greylisted,
                Some(Direction::Given),
                "The client tries again later.",
                "the client",
            ),
            (
                policy,
                Some(Direction::Received),
                "Our administrator removes the cause before it is sent again.",
                "we",
            ),
            (
                policy,
                Some(Direction::Given),
                "Their administrator removes the cause before it is sent again.",
                "they",
            ),
            (
                policy,
                None,
                "The sending side's administrator removes the cause before it is sent again.",
                "sender side",
            ),
        ] {
            let expected = (sentence.to_owned(), doer);
            assert_eq!(duty(situation, direction), expected);
        }
    }
}
