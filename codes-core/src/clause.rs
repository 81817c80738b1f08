//! What is true of one code, said with the code as the subject of a sentence.

use core::fmt;

use crate::code::{Category, Class, ReplyCode};
use crate::command::{Command, CommandKind, CommandSet};
use crate::facts::{Connection, NextActor, Retry, Standing};
use crate::page::list;
use crate::presence::Presence;
use crate::table::Facts;

/// `is a positive intermediate reply (3yz)`
pub(crate) fn class(code: ReplyCode) -> impl fmt::Display {
    let digit = code.get() / 100;
    fmt::from_fn(move |f| {
        let words = match code.class() {
            Class::PositiveCompletion => "is a positive completion reply",
            Class::PositiveIntermediate => "is a positive intermediate reply",
            Class::TransientNegative => "is a transient negative reply",
            Class::PermanentNegative => "is a permanent negative reply",
            Class::Other => "belongs to no class of SMTP replies",
        };
        write!(f, "{words} ({digit}yz)")
    })
}

/// `is about the mail system (x5z)`
pub(crate) fn category(code: ReplyCode) -> impl fmt::Display {
    let digit = code.get() / 10 % 10;
    fmt::from_fn(move |f| {
        let words = match code.category() {
            Category::Syntax => "is about syntax, or about what fits no other category",
            Category::Information => "gives information",
            Category::Connections => "is about the connection",
            Category::Unspecified => "is of a category that the base protocol leaves open",
            Category::MailSystem => "is about the mail system",
            Category::Other => "has a second digit outside the grammar of replies",
        };
        write!(f, "{words} (x{digit}z)")
    })
}

/// `in answer to MAIL or RCPT, or after the final dot of the message`
pub(crate) fn moments(points: CommandSet) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let commands = points
            .iter()
            .filter(|point| point.kind() == CommandKind::Command);
        let others = points
            .iter()
            .filter(|point| point.kind() != CommandKind::Command);
        let mut separator = "";
        if commands.clone().next().is_some() {
            write!(f, "in answer to {}", list(commands, "or"))?;
            separator = ", or ";
        }
        for point in others {
            write!(f, "{separator}{}", point.moment())?;
            separator = ", or ";
        }
        Ok(())
    })
}

/// `comes in answer to DATA`
pub(crate) fn place(facts: &'static Facts) -> impl fmt::Display {
    let points = Presence::of(facts).named();
    fmt::from_fn(move |f| match (facts.connection, points.is_empty()) {
        (Connection::NotAReply, _) => f.write_str("is given by no server"),
        (_, true) => f.write_str("has no known place in a session"),
        (_, false) => write!(f, "comes {}", moments(points)),
    })
}

pub(crate) const fn connection(connection: Connection) -> &'static str {
    match connection {
        Connection::Open => "leaves the connection open",
        Connection::Closes => "ends the connection",
        Connection::MayClose => "may end the connection at once, or leave it open for QUIT only",
        Connection::OpenOrTls => "leaves the connection open, or starts TLS on it",
        Connection::NotAReply => "is no reply, so no connection hangs on it",
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

pub(crate) const fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Proceed => "lets the session go on",
        Retry::SameSession => "calls for another or a corrected command in the same session",
        Retry::Later => "calls for another try later",
        Retry::FewerRecipients => "calls for fewer recipients in one transaction",
        Retry::OtherHost => "calls for another host",
        Retry::AfterChange => "calls for a change before another try",
        Retry::Never => "leaves nothing to try again",
    }
}

/// What a client does that got the code.
pub(crate) const fn advice(retry: Retry) -> &'static str {
    match retry {
        Retry::Proceed => "goes on with the session",
        Retry::SameSession => "sends another or a corrected command in the same session",
        Retry::Later => "keeps the message and tries again later",
        Retry::FewerRecipients => "sends to fewer recipients in one transaction",
        Retry::OtherHost => "turns to another host of the domain",
        Retry::AfterChange => "repeats nothing until something was changed",
        Retry::Never => "gives up",
    }
}

/// `may be followed by 250, 450 or 550`
pub(crate) fn followed_by(facts: &'static Facts) -> impl fmt::Display {
    fmt::from_fn(move |f| match facts.followed_by {
        [] => f.write_str("has no particular reply to follow it"),
        codes => write!(
            f,
            "may be followed by {}",
            list(codes.iter().map(|code| code.get()), "or")
        ),
    })
}

pub(crate) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Standard => "is part of the base standard",
        Standing::Extension => "comes from an extension or a registry, not from the base standard",
        Standing::Historic => "is historic",
        Standing::DeFacto => "is in no RFC",
    }
}

pub(crate) fn extensions(facts: &'static Facts) -> impl fmt::Display {
    fmt::from_fn(move |f| match facts.extensions {
        [] => f.write_str("belongs to no extension in particular"),
        names => write!(f, "is used by {}", list(names.iter(), "and")),
    })
}

/// Whether a point of a session is one that is named only where nothing else is.
pub(crate) fn in_front(point: Command) -> bool {
    !point.is_aside()
}
