//! The words of the data file: facts that come from short fixed lists.

use crate::word::words;

words!(
    /// What the first digit of a reply code says (RFC 5321 section 4.2.1).
    ///
    /// ```
    /// use codes_core::{Class, Smtp450};
    ///
    /// assert_eq!(Smtp450.class(), Class::TransientNegative);
    /// assert_eq!(Class::TransientNegative.as_str(), "transient-negative");
    /// ```
    Class {
        /// 2yz: the command was carried out.
        PositiveCompletion = "positive-completion",
        /// 3yz: so far so good, the server waits for more.
        PositiveIntermediate = "positive-intermediate",
        /// 4yz: refused for now; the same may work later.
        TransientNegative = "transient-negative",
        /// 5yz: refused; the same will not work unless something is changed.
        PermanentNegative = "permanent-negative",
        /// Any other first digit, to which SMTP gives no meaning.
        Other = "other",
    }
);

impl Class {
    /// What a digit says in the first place of a code.
    #[doc(hidden)]
    #[must_use]
    pub const fn __of_digit(digit: u8) -> Self {
        match digit {
            2 => Self::PositiveCompletion,
            3 => Self::PositiveIntermediate,
            4 => Self::TransientNegative,
            5 => Self::PermanentNegative,
            _ => Self::Other,
        }
    }

    /// Whether the server went along with what was asked, be it for now or for good.
    #[doc(hidden)]
    #[must_use]
    pub const fn __is_positive(self) -> bool {
        matches!(self, Self::PositiveCompletion | Self::PositiveIntermediate)
    }
}

words!(
    /// What the second digit of a reply code says (RFC 5321 section 4.2.1).
    ///
    /// ```
    /// use codes_core::{Category, Smtp521};
    ///
    /// assert_eq!(Smtp521.category(), Category::Connections);
    /// ```
    Category {
        /// x0z: syntax, commands unknown or out of place, and what fits nowhere else.
        Syntax = "syntax",
        /// x1z: status and help.
        Information = "information",
        /// x2z: the connection itself.
        Connections = "connections",
        /// x3z and x4z, which the base protocol leaves open; extensions use them for logins.
        Unspecified = "unspecified",
        /// x5z: the mail system and its mailboxes.
        MailSystem = "mail-system",
        /// x6z to x9z, which the grammar of replies does not allow.
        Other = "other",
    }
);

/// Whether the first two digits of a code are within the grammar of RFC 5321 section 4.2.
#[doc(hidden)]
#[must_use]
pub const fn __is_in_grammar(first: u8, second: u8) -> bool {
    matches!((first, second), (2..=5, 0..=5))
}

impl Category {
    /// What a digit says in the second place of a code.
    #[doc(hidden)]
    #[must_use]
    pub const fn __of_digit(digit: u8) -> Self {
        match digit {
            0 => Self::Syntax,
            1 => Self::Information,
            2 => Self::Connections,
            3 | 4 => Self::Unspecified,
            5 => Self::MailSystem,
            _ => Self::Other,
        }
    }
}

words!(
    /// Which standard a fact comes from: a reply code, or that a command may get it.
    ///
    /// ```
    /// use codes_core::{Command, Smtp235, Smtp440, Smtp550, Standing};
    ///
    /// assert_eq!(Smtp235.standing(), Standing::Extension);
    /// assert_eq!(Smtp440.standing(), Standing::DeFacto);
    ///
    /// // RFC 5321 has 550, but not that it comes as a greeting, as Exim sends it.
    /// assert_eq!(Smtp550.standing(), Standing::Standard);
    /// let mut rows = Smtp550.info().commands().iter();
    /// let greeting = rows.find(|row| row.command() == Command::CONNECT);
    /// assert_eq!(greeting.map(|row| row.standing()), Some(Standing::DeFacto));
    /// ```
    Standing {
        /// In the base protocol, RFC 5321 with RFC 7504.
        Standard = "standard",
        /// In another RFC that is in force, or given a number by RFC 5248.
        Extension = "extension",
        /// In an RFC that is no longer followed, or kept there for the record.
        Historic = "historic",
        /// In no RFC: servers, bounces or lists have it.
        DeFacto = "de-facto",
    }
);

words!(
    /// What happens to the connection after a reply.
    ///
    /// ```
    /// use codes_core::{Connection, Smtp421};
    ///
    /// assert_eq!(Smtp421.info().connection(), Connection::Closes);
    /// ```
    Connection {
        /// It stays open.
        Open = "open",
        /// The server closes it.
        Closes = "closes",
        /// The server may close it at once, or wait for QUIT.
        MayClose = "may-close",
        /// It stays open, or TLS begins: the 220 after STARTTLS.
        OpenOrTls = "open-or-tls",
        /// No server sends this number; the sending side wrote it.
        NotAReply = "not-a-reply",
    }
);

words!(
    /// Who has to move next.
    ///
    /// ```
    /// use codes_core::{NextActor, Smtp354};
    ///
    /// assert_eq!(Smtp354.info().next_actor(), NextActor::ClientSoftware);
    /// ```
    NextActor {
        /// The sending program, without a person.
        ClientSoftware = "client-software",
        /// The person who wrote the message.
        Sender = "sender",
        /// The administrator on the client's side.
        SenderAdmin = "sender-admin",
        /// The person to whom the message goes.
        Recipient = "recipient",
        /// The administrator on the server's side.
        RecipientAdmin = "recipient-admin",
        /// Nothing is asked of anybody.
        Nobody = "nobody",
    }
);

words!(
    /// Whether and how to try again: one main advice, which the command can change.
    ///
    /// ```
    /// use codes_core::{Retry, Smtp521};
    ///
    /// assert_eq!(Smtp521.info().retry(), Retry::OtherHost);
    /// ```
    Retry {
        /// No reason to; go on.
        Proceed = "proceed",
        /// Another or a corrected command, in the same session, and once: where the same refusal comes
        /// again, this is exhausted.
        SameSession = "same-session",
        /// The same again, later.
        Later = "later",
        /// With fewer recipients in one transaction.
        FewerRecipients = "fewer-recipients",
        /// At another host of the domain.
        OtherHost = "other-host",
        /// Only after somebody changed something.
        AfterChange = "after-change",
        /// Not at all.
        Never = "never",
    }
);

impl Retry {
    /// Whether it asks for something else to be tried, without anybody changing anything: such a code has its own reason
    /// and its own actor.
    #[doc(hidden)]
    #[must_use]
    pub const fn __asks_for_another_try(self) -> bool {
        matches!(
            self,
            Self::SameSession | Self::FewerRecipients | Self::OtherHost
        )
    }
}

words!(
    /// What a reply is about, and so what a refusal may end: a command, a mail, a session.
    ///
    /// Mail may bounce for a refusal of the scopes `Recipient` and `Message` alone.
    ///
    /// ```
    /// use codes_core::{Command, Scope, Situation, Smtp550};
    ///
    /// let advice = Situation::new(Smtp550).at(Command::RCPT).advice();
    /// assert_eq!(advice.scope(), Some(Scope::Recipient));
    /// ```
    Scope {
        /// This command alone; nothing follows for any mail.
        Command = "command",
        /// One recipient of the message.
        Recipient = "recipient",
        /// The message, for all its recipients.
        Message = "message",
        /// This connection, or this host.
        Session = "session",
        /// The login of the client.
        Login = "login",
    }
);

words!(
    /// What a [`Command`](crate::Command) stands for.
    ///
    /// ```
    /// use codes_core::{Command, CommandKind};
    ///
    /// assert_eq!(Command::DATA.kind(), CommandKind::Command);
    /// assert_eq!(Command::DATA_BODY.kind(), CommandKind::Event);
    /// ```
    CommandKind {
        /// A command.
        Command = "command",
        /// A point at which no command is answered, or any.
        Event = "event",
        /// Several commands.
        Group = "group",
    }
);

words!(
    /// What has to be the case for a rule, beside the codes and the command.
    #[doc(hidden)]
    Circumstance {
        /// Nothing separates the code from the text.
        NoSeparator = "no-separator",
        /// The lines of the reply do not have the same code.
        LinesDisagree = "lines-disagree",
        /// So, and the last line is not known to be of the class of the worst.
        LastLineMilder = "last-line-milder",
        /// The connection ended within the reply.
        Truncated = "truncated",
        /// A positive reply that this point of a session never gets.
        OutOfStep = "out-of-step",
        /// No table has the code as a reply.
        UnknownCode = "unknown-code",
        /// A recipient of the transaction was accepted.
        RecipientsAccepted = "recipients-accepted",
        /// None was.
        NoRecipientAccepted = "no-recipient-accepted",
        /// The chunk was not the last one.
        MoreChunksFollow = "more-chunks-follow",
        /// It was.
        LastChunk = "last-chunk",
        /// The reply is about one recipient, and another one follows that decides.
        ForOneRecipient = "for-one-recipient",
        /// The reply is the last word about one recipient.
        Lmtp = "lmtp",
        /// The command asked for nothing that the sender can do without.
        NothingToDrop = "nothing-to-drop",
    }
);

words!(
    /// How sure an [`Advice`](crate::Advice) is.
    ///
    /// ```
    /// use codes_core::{Certainty, Command, Situation, Smtp552};
    ///
    /// // A full mailbox, a message too big or too many recipients: the number alone leaves it open.
    /// let advice = Situation::new(Smtp552).at(Command::RCPT).advice();
    /// assert_eq!(advice.certainty(), Certainty::Unsure);
    /// ```
    Certainty {
        /// Its [source](crate::Advice::source) says so.
        Stated = "stated",
        /// It is what programs do.
        Usual = "usual",
        /// The reply may be read in another way too.
        Unsure = "unsure",
    }
);
