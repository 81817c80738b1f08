//! What an advice goes by.

use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::session::Command;
use crate::table::Subject;
use crate::vocabulary::{Class, CommandKind};

/// A reply and what was known when it came: what an [`Advice`](crate::Advice) goes by.
///
/// [`Reply::situation`](crate::Reply::situation) makes one of a reply; otherwise begin with the code.
/// Then add what is known. What is not said counts as not known, and the advice
/// is the more careful for it.
///
/// ```
/// use codes_core::{Command, EnhancedCode, Retry, Situation, Smtp452};
///
/// let full = Situation::new(Smtp452).at(Command::RCPT);
/// assert_eq!(full.advice().action(), Retry::Later);
/// // Behind three recipients that were accepted it means that the transaction is full.
/// assert_eq!(full.recipients_accepted(3).advice().action(), Retry::FewerRecipients);
/// // But not where the server says that the mailbox is.
/// let mailbox: EnhancedCode = "4.2.2".parse()?;
/// let full = full.recipients_accepted(3).enhanced(mailbox);
/// assert_eq!(full.advice().action(), Retry::Later);
/// # Ok::<(), codes_core::InvalidEnhancedCode>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    pub(super) subject: Subject,
    pub(super) enhanced: Option<EnhancedCode>,
    pub(super) command: Option<Command>,
    /// Whether any recipient was accepted, where that is known.
    pub(super) accepted: Option<bool>,
    /// Whether more of the message follows this chunk, where that is known.
    pub(super) more_chunks_follow: Option<bool>,
    pub(super) nothing_to_drop: bool,
    pub(super) for_one_recipient: bool,
    pub(super) lmtp: bool,
    pub(super) no_separator: bool,
    pub(super) lines_disagree: bool,
    /// The class of the last line, where that is known.
    pub(super) last_line: Option<Class>,
    pub(super) truncated: bool,
}

impl Situation {
    /// A reply of which only the code is known: a typed code, a [`ReplyCode`] or a
    /// [`CodeInfo`](crate::CodeInfo), which may come from a private table and then keeps its facts.
    pub fn new(code: impl Into<Subject>) -> Self {
        Self {
            subject: code.into(),
            enhanced: None,
            command: None,
            accepted: None,
            more_chunks_follow: None,
            nothing_to_drop: false,
            for_one_recipient: false,
            lmtp: false,
            no_separator: false,
            lines_disagree: false,
            last_line: None,
            truncated: false,
        }
    }

    /// The enhanced code of the reply, if it has one.
    ///
    /// One whose class is not the first digit of the code is not used, and the advice says so.
    #[must_use]
    pub fn enhanced(self, code: impl Into<Option<EnhancedCode>>) -> Self {
        Self {
            enhanced: code.into(),
            ..self
        }
    }

    /// The command that was answered, or the other point of the session where the reply came. A
    /// group of commands is the same as none.
    #[must_use]
    pub fn at(self, command: impl Into<Option<Command>>) -> Self {
        Self {
            command: command.into(),
            ..self
        }
    }

    /// How many recipients of the transaction have been accepted, this reply not counted.
    ///
    /// At RCPT it tells a full transaction from a full mailbox, at DATA a message that nobody is left
    /// to get from one that is refused.
    #[must_use]
    pub const fn recipients_accepted(self, count: usize) -> Self {
        Self {
            accepted: Some(count > 0),
            ..self
        }
    }

    /// Whether this answers a BDAT or BURL without LAST (`true`) or with it (RFC 3030 section 2, RFC
    /// 4468 section 3). Where neither is said, no success of the two takes the message over.
    #[must_use]
    pub const fn more_chunks_follow(self, yes: bool) -> Self {
        Self {
            more_chunks_follow: Some(yes),
            ..self
        }
    }

    /// Whether MAIL or RCPT carried no parameter that the sender can do without: none at all, those
    /// that may never be dropped (REQUIRETLS, SMTPUTF8), or the others were dropped before.
    ///
    /// A client that was advised to repeat the command without a parameter, and was refused again,
    /// says so by this: the advice about the second reply is then what is left.
    ///
    /// ```
    /// use codes_core::{Command, Retry, Situation, Smtp555};
    ///
    /// let first = Situation::new(Smtp555).at(Command::MAIL);
    /// assert_eq!(first.advice().action(), Retry::SameSession);
    /// assert!(!first.advice().may_bounce());
    /// let second = first.nothing_to_drop(true).advice();
    /// assert_eq!(second.action(), Retry::AfterChange);
    /// assert!(second.may_bounce());
    /// ```
    #[must_use]
    pub const fn nothing_to_drop(self, yes: bool) -> Self {
        Self {
            nothing_to_drop: yes,
            ..self
        }
    }

    /// Whether a reply to the message is about one recipient of it and another reply about the whole
    /// message follows, as with PRDR. For that last one say `false`; for LMTP see [`lmtp`](Self::lmtp).
    ///
    /// Until that last one nothing is taken over and nothing returned. Where it is a success, the
    /// replies for one recipient are the last words about each: ask again with
    /// [`lmtp`](Self::lmtp) in place of this.
    ///
    /// ```
    /// use codes_core::{Command, Fate, Situation, Smtp550};
    ///
    /// let one = Situation::new(Smtp550).at(Command::DATA_BODY);
    /// assert_eq!(one.for_one_recipient(true).advice().fate(), Fate::Kept);
    /// assert_eq!(one.lmtp(true).advice().fate(), Fate::Returned);
    /// ```
    #[must_use]
    pub const fn for_one_recipient(self, yes: bool) -> Self {
        Self {
            for_one_recipient: yes,
            ..self
        }
    }

    /// Whether the session speaks LMTP (RFC 2033 section 4.2): a reply to the end of the message is then
    /// about one recipient and the last word about it. They come in the order of the RCPT commands
    /// that were accepted.
    ///
    /// ```
    /// use codes_core::{Command, Fate, Scope, Situation, Smtp250};
    ///
    /// let advice = Situation::new(Smtp250).at(Command::DATA_BODY).lmtp(true).advice();
    /// assert_eq!((advice.fate(), advice.scope()), (Fate::TakenOver, Some(Scope::Recipient)));
    /// ```
    #[must_use]
    pub const fn lmtp(self, yes: bool) -> Self {
        Self { lmtp: yes, ..self }
    }

    /// Whether neither a space nor a hyphen stood between the code and its text, as in `250OK`.
    #[must_use]
    pub const fn no_separator(self, yes: bool) -> Self {
        Self {
            no_separator: yes,
            ..self
        }
    }

    /// Whether the lines of the reply had several codes; [`new`](Self::new) then takes the worst.
    #[must_use]
    pub const fn lines_disagree(self, yes: bool) -> Self {
        Self {
            lines_disagree: yes,
            ..self
        }
    }

    /// The code of the last line, where [the lines disagree](Self::lines_disagree); otherwise it
    /// changes nothing. The worst line is enough to believe no success, but not to return mail: that
    /// takes a last line that refuses for good too.
    ///
    /// ```
    /// use codes_core::{Command, Fate, Situation, Smtp450, Smtp550, Smtp554};
    ///
    /// let mixed = Situation::new(Smtp550).at(Command::RCPT).lines_disagree(true);
    /// assert_eq!(mixed.last_line(Smtp450).advice().fate(), Fate::Kept);
    /// assert_eq!(mixed.last_line(Smtp554).advice().fate(), Fate::Returned);
    /// ```
    #[must_use]
    pub fn last_line(self, code: impl Into<ReplyCode>) -> Self {
        Self {
            last_line: Some(code.into().class()),
            ..self
        }
    }

    /// Whether the connection ended before the reply was complete.
    #[must_use]
    pub const fn truncated(self, yes: bool) -> Self {
        Self {
            truncated: yes,
            ..self
        }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.subject.code()
    }

    /// The point of the session, if it is a single one.
    pub(super) fn point(&self) -> Option<Command> {
        self.command
            .filter(|command| command.kind() != CommandKind::Group)
    }

    /// Whether the message was complete with what this answers, as far as is known.
    pub(super) fn ends_message(&self) -> bool {
        let is_whole = self.point().is_some_and(Command::ends_message);
        is_whole || self.is_chunk() && self.more_chunks_follow == Some(false)
    }

    fn is_chunk(&self) -> bool {
        self.point().is_some_and(Command::is_chunk)
    }

    /// Whether it says nothing about the other recipients of the message.
    pub(super) fn is_about_one_recipient(&self) -> bool {
        (self.lmtp || self.for_one_recipient)
            && (self.ends_message() || self.is_chunk() && self.more_chunks_follow.is_none())
    }

    /// Whether another reply follows that decides about the mail.
    pub(super) fn awaits_last_reply(&self) -> bool {
        self.for_one_recipient && (self.point().is_none() || self.is_about_one_recipient())
    }

    pub(super) fn is_private(&self) -> bool {
        self.subject
            .info()
            .is_some_and(|info| info.private().is_some())
    }
}
