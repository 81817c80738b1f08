//! Numbers and the fixed words of the table.

use codes_core::{Class, Command, NextActor};
use codes_text::Outcome;
use codes_text::log::NoReply;

use super::tally::Section;

/// `1,234,567`
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 line`, `2 lines`
pub(super) fn counted(count: u64, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{} {more}", number(count)),
    }
}

/// `512 B`, `1.5 kB`, `200 MB`: decimal, three digits at most.
pub(super) fn octets(count: u64) -> String {
    if count < 1000 {
        return format!("{count} B");
    }
    let mut value = count as f64 / 1000.0;
    let mut unit = "kB";
    for larger in ["MB", "GB"] {
        if value >= 999.5 {
            value /= 1000.0;
            unit = larger;
        }
    }
    match value < 99.95 {
        true => format!("{value:.1} {unit}"),
        false => format!("{value:.0} {unit}"),
    }
}

impl Section {
    /// For JSON and CSV.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Given => "given",
            Self::Undirected => "undirected",
            Self::Summary => "summary",
            Self::NoReply => "no-reply",
            Self::Repeated => "repeated",
            Self::Withheld => "withheld",
            Self::Disagreeing => "disagreeing",
            Self::Unread => "unread",
            Self::Success => "success",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Received => "Refused by other servers",
            Self::Given => "Refused by this system",
            Self::Undirected => "Refused; the text does not tell by which side",
            Self::Summary => "Failed according to a status field alone",
            Self::NoReply => "Failed without any reply",
            Self::Repeated => "Old replies repeated; nobody was asked again",
            Self::Withheld => "Would have been refused, but was only logged",
            Self::Disagreeing => "A second code that disagrees with the one beside it",
            Self::Unread => "Not read: no code can be told",
            Self::Success => "Succeeded",
        }
    }
}

/// Where in a session a reply came, for a column of a table.
pub(super) fn place(command: Command) -> &'static str {
    match command {
        Command::CONNECT => "greeting",
        Command::DATA_BODY => "final dot",
        command => command.name(),
    }
}

/// Something that went wrong and has no code, in words.
pub(super) struct Failure {
    pub(super) title: &'static str,
    pub(super) to_do: &'static str,
    pub(super) actor: NextActor,
}

impl Failure {
    /// Who acts next, as a sentence.
    pub(super) const fn who(&self) -> &'static str {
        match self.actor {
            NextActor::ClientSoftware => "The client program acts next.",
            NextActor::Sender => "The sender acts next.",
            NextActor::SenderAdmin => "The administrator of the sending side acts next.",
            _ => "Nobody has to act.",
        }
    }
}

pub(super) const fn failure(why: NoReply) -> Failure {
    match why {
        NoReply::Dns => Failure {
            title: "The domain or host could not be looked up, or takes no mail",
            to_do: "Look for a slip in the domain of the address; where many domains fail, ask the \
                    resolver of this machine.",
            actor: NextActor::Sender,
        },
        NoReply::Refused => Failure {
            title: "The host refused the connection",
            to_do: "Our server tries again later; no mail server runs there, \
                    or a firewall is in the way.",
            actor: NextActor::ClientSoftware,
        },
        NoReply::TimedOut => Failure {
            title: "The host did not answer in time",
            to_do: "Our server tries again later; where every host times out, \
                    port 25 is closed on the way out.",
            actor: NextActor::ClientSoftware,
        },
        NoReply::Unreachable => Failure {
            title: "There is no way to the host",
            to_do: "Our server tries again later; where many hosts are out of \
                    reach, check the routes of this machine, IPv6 above all.",
            actor: NextActor::ClientSoftware,
        },
        NoReply::ConnectionLost => Failure {
            title: "The connection ended within the session",
            to_do: "Our server tries again later; it counts like a temporary \
                    refusal.",
            actor: NextActor::ClientSoftware,
        },
        NoReply::Tls => Failure {
            title: "TLS could not be agreed on, or the certificate was not good enough",
            to_do: "Compare the TLS policy of this machine with what the host offers.",
            actor: NextActor::SenderAdmin,
        },
        NoReply::UnknownRecipient => Failure {
            title: "The recipient is unknown here",
            to_do: "The sender checks the address; if it should exist, an account or an alias is \
                    missing here.",
            actor: NextActor::Sender,
        },
        NoReply::Unrouteable => Failure {
            title: "No such domain, or no such user here",
            to_do: "The sender checks the address; where many fail, look at the resolver and at the \
                    routers and aliases of this machine.",
            actor: NextActor::Sender,
        },
        NoReply::Local => Failure {
            title: "Something on this machine",
            to_do: "Read the sample: a full disk, a missing program, a loop.",
            actor: NextActor::SenderAdmin,
        },
        NoReply::NotTried => Failure {
            title: "Nobody was asked, as it failed shortly before",
            to_do: "Our server tries again later; the rows of that failure tell what stands in the \
                    way.",
            actor: NextActor::ClientSoftware,
        },
        _ => Failure {
            title: "Another reason",
            to_do: "Read the sample.",
            actor: NextActor::SenderAdmin,
        },
    }
}

/// Something that was done without a reply in the line, in words.
pub(super) const fn silent(outcome: Outcome) -> Failure {
    let (title, to_do, actor) = match outcome {
        Outcome::Sent => ("Delivered or handed on", "Nothing.", NextActor::Nobody),
        Outcome::Deferred => (
            "Put off",
            "Our server tries again later.",
            NextActor::ClientSoftware,
        ),
        Outcome::Expired => (
            "Given up, as its time in the queue was over",
            "Look at the rows of what was deferred: they tell what stood in the way.",
            NextActor::Sender,
        ),
        Outcome::Discarded => ("Taken and thrown away", "Nothing.", NextActor::Nobody),
        _ => ("Given up or refused", "Read the sample.", NextActor::Sender),
    };
    Failure {
        title,
        to_do,
        actor,
    }
}

/// A refusal of this system of which the log has no code, in words.
pub(super) const fn unlogged(class: Class) -> Failure {
    match class {
        Class::TransientNegative => Failure {
            title: "Refused for now; the code is not in the log",
            to_do: "The client tries again later; the sample tells why.",
            actor: NextActor::ClientSoftware,
        },
        _ => Failure {
            title: "Refused; the code is not in the log",
            to_do: "The client gives up; their administrator finds the cause in what they were \
                    told, which the sample has.",
            actor: NextActor::SenderAdmin,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (given, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345, "12,345"),
            (123_456, "123,456"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(given), expected);
        }
        assert_eq!(counted(1, "line", "lines"), "1 line");
        assert_eq!(counted(0, "line", "lines"), "0 lines");
    }

    #[test]
    fn sizes_are_short() {
        for (given, expected) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (99_949, "99.9 kB"),
            (99_950, "100 kB"),
            (200_000_000, "200 MB"),
            (999_499_999, "999 MB"),
            (999_500_000, "1.0 GB"),
            (u64::MAX, "18446744074 GB"),
        ] {
            assert_eq!(octets(given), expected);
        }
    }
}
