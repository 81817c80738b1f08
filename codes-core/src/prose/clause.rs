//! What is true of one code, said with the code as the subject of a sentence.

use core::fmt;

use crate::code::ReplyCode;
use crate::page::list;
use crate::session::CommandSet;
use crate::table::{Facts, Presence};
use crate::vocabulary::{Category, CommandKind, Connection, NextActor, Retry, Standing};

/// `is a positive intermediate reply (3yz)`
pub(crate) fn class(code: ReplyCode, is_reply: bool) -> impl fmt::Display {
    let digit = code.get() / 100;
    fmt::from_fn(move |f| {
        // Every class is named by two words.
        let Some((sign, state)) = code.class().as_str().split_once('-') else {
            return write!(f, "belongs to no class of SMTP replies ({digit}yz)");
        };
        match is_reply {
            true => write!(f, "is a {sign} {state} reply ({digit}yz)"),
            false => write!(f, "begins like a {sign} {state} reply ({digit}yz)"),
        }
    })
}

/// `has the second digit of the mail system (x5z)`
pub(crate) fn category(code: ReplyCode) -> impl fmt::Display {
    let digit = code.get() / 10 % 10;
    fmt::from_fn(move |f| {
        let words = match code.category() {
            Category::Syntax => "the second digit of syntax and the like",
            Category::Information => "the second digit of information",
            Category::Connections => "the second digit of connections",
            Category::Unspecified => "a second digit that the base protocol leaves open",
            Category::MailSystem => "the second digit of the mail system",
            Category::Other => "a second digit outside the grammar of replies",
        };
        write!(f, "has {words} (x{digit}z)")
    })
}

/// `in answer to MAIL or RCPT, or after the final dot of the message`
pub(crate) fn moments(points: CommandSet) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let commands = points.intersection(CommandSet::of(CommandKind::Command));
        let mut others = points.without(commands).iter();
        let mut first = commands.is_empty();
        if !first {
            write!(f, "in answer to {}", list(commands.iter(), "or"))?;
        }
        while let Some(point) = others.next() {
            let separator = match (first, others.is_empty()) {
                (true, _) => "",
                (false, false) => ", ",
                (false, true) => ", or ",
            };
            first = false;
            write!(f, "{separator}{}", point.moment())?;
        }
        Ok(())
    })
}

/// `may come in answer to DATA`
pub(crate) fn place(facts: &'static Facts) -> impl fmt::Display {
    placed(facts, facts.presence)
}

/// The same by the rows of RFCs alone, where there are any.
pub(crate) fn place_in_rfcs(facts: &'static Facts) -> impl fmt::Display {
    placed(facts, facts.in_rfcs.unwrap_or(facts.presence))
}

fn placed(facts: &'static Facts, presence: Presence) -> impl fmt::Display {
    let points = presence.named();
    fmt::from_fn(move |f| match (facts.connection, points.is_empty()) {
        (Connection::NotAReply, _) => f.write_str("is not known as a reply of any server"),
        (_, true) => f.write_str("has no known place in a session"),
        (_, false) if presence.unasked => write!(f, "may come {}, or unasked", moments(points)),
        (_, false) => write!(f, "may come {}", moments(points)),
    })
}

pub(crate) const fn connection(connection: Connection) -> &'static str {
    match connection {
        Connection::Open => "leaves the connection open",
        Connection::Closes => "ends the connection",
        Connection::MayClose => "may end the connection at once, or leave it open for QUIT only",
        Connection::OpenOrTls => "leaves the connection open, or starts TLS on it",
        Connection::NotAReply => "does nothing to a connection, as it is no reply",
    }
}

pub(crate) const fn next_actor(actor: NextActor) -> &'static str {
    match actor {
        NextActor::ClientSoftware => "leaves the next step to the client program",
        NextActor::Sender => "leaves the next step to the sender",
        NextActor::SenderAdmin => "leaves the next step to the administrator of the sending side",
        NextActor::Recipient => "leaves the next step to the recipient",
        NextActor::RecipientAdmin => {
            "leaves the next step to the administrator of the receiving side"
        }
        NextActor::Nobody => "asks nothing of anybody",
    }
}

pub(crate) const fn retry(facts: &Facts) -> &'static str {
    match (facts.retry, facts.connection) {
        (Retry::Proceed, Connection::Closes) => "needs no other try",
        (Retry::Proceed, _) => "lets the session go on",
        (Retry::SameSession, _) => "calls for another or a corrected command in the same session",
        (Retry::Later, _) => "calls for another try later",
        (Retry::FewerRecipients, _) => "calls for fewer recipients in one transaction",
        (Retry::OtherHost, _) => "calls for another host",
        (Retry::AfterChange, _) => "calls for a change before another try",
        (Retry::Never, _) => "leaves nothing to try again",
    }
}

/// What a client does that got the code.
pub(crate) const fn advice(retry: Retry, connection: Connection) -> &'static str {
    match (retry, connection) {
        (Retry::Proceed, Connection::Closes) => "closes its side, as the session is over",
        (Retry::Proceed, _) => "goes on with the session",
        (Retry::SameSession, _) => "sends another or a corrected command in the same session",
        (Retry::Later, _) => "keeps the message and tries again later",
        (Retry::FewerRecipients, _) => "sends to fewer recipients in one transaction",
        (Retry::OtherHost, _) => "turns to another host of the domain",
        (Retry::AfterChange, _) => "does not send the same again before something has changed",
        (Retry::Never, Connection::Closes) => "closes the connection whatever was said",
        (Retry::Never, _) => "gives up",
    }
}

/// `may be followed by 250, 450 or 550`
pub(crate) fn followed_by(facts: &'static Facts) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let codes = list(facts.followed_by.iter().map(|code| code.get()), "or");
        match (facts.followed_by, facts.connection) {
            ([], Connection::Closes) => f.write_str("is the last reply of the session"),
            ([], Connection::NotAReply) => f.write_str("is no part of a session"),
            ([], _) => f.write_str("leaves open which reply comes next"),
            _ if facts.code.class().__is_positive() => {
                write!(f, "may be followed by {codes}, among others")
            }
            _ => write!(f, "may be followed by {codes}"),
        }
    })
}

pub(crate) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Standard => "is part of the base standard",
        Standing::Extension => "comes from an extension or a registry, not from the base standard",
        Standing::Historic => "is historic",
        Standing::DeFacto => "is defined by no RFC",
    }
}

pub(crate) fn extensions(facts: &'static Facts) -> impl fmt::Display {
    fmt::from_fn(move |f| match facts.extensions {
        [] => f.write_str("belongs to no extension in particular"),
        names => write!(f, "is used by {}", list(names.iter(), "and")),
    })
}
