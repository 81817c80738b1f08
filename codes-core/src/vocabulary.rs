//! The words of the data file: facts that come from short fixed lists.

use crate::word::words;

words!(
    /// Where a reply code stands in the world of standards.
    ///
    /// ```
    /// use codes_core::{Smtp235, Smtp440, Standing};
    ///
    /// assert_eq!(Smtp235.standing(), Standing::Extension);
    /// assert_eq!(Smtp440.standing(), Standing::DeFacto);
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
    /// What a reply means for the command that it answers (RFC 5321 section 4.3.2).
    ///
    /// ```
    /// use codes_core::{ReplyKind, Smtp354};
    ///
    /// assert_eq!(Smtp354.info().commands()[0].kind(), ReplyKind::Intermediate);
    /// ```
    ReplyKind {
        /// The command succeeded.
        Success = "success",
        /// The command goes on; the server wants more.
        Intermediate = "intermediate",
        /// The command failed.
        Error = "error",
    }
);

words!(
    /// From which time or source it is known that a command may get a reply.
    ///
    /// ```
    /// use codes_core::{Era, Smtp354};
    ///
    /// assert_eq!(Smtp354.info().commands()[0].era(), Era::Current);
    /// ```
    Era {
        /// RFC 5321 or RFC 7504.
        Current = "current",
        /// Another RFC that is in force.
        Extension = "extension",
        /// An RFC that is no longer followed.
        Historic = "historic",
        /// The source or documentation of a server, or messages seen from one.
        DeFacto = "de-facto",
    }
);

words!(
    /// What a [`Command`] stands for.
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
