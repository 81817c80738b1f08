//! What a client does next, from the code, the enhanced code and the command together.

mod caveat;
mod judge;
mod rule;
#[cfg(test)]
mod tests;
mod text;

use core::fmt;

use crate::code::{Class, ReplyCode};
use crate::command::{Command, CommandKind};
use crate::compare::Subject;
use crate::enhanced::EnhancedCode;
use crate::facts::{Connection, NextActor, Retry, Scope};
use crate::page::{Page, Plain};
use crate::word::words;

pub use caveat::{Caveat, Caveats};
#[doc(hidden)]
pub use rule::{Circumstance, Pattern, Rule};

words!(
    /// How sure an [`Advice`] is.
    ///
    /// ```
    /// use codes_core::{Certainty, Command, Situation, Smtp552};
    ///
    /// // A full mailbox, a message too big or too many recipients: the number alone leaves it open.
    /// let advice = Situation::new(Smtp552).at(Command::RCPT).advice();
    /// assert_eq!(advice.certainty(), Certainty::Unsure);
    /// ```
    Certainty {
        /// Its [source](Advice::source) says so.
        Stated = "stated",
        /// It is what programs do.
        Usual = "usual",
        /// The reply may be read in another way too.
        Unsure = "unsure",
    }
);

words!(
    /// Which fact decided an [`Advice`].
    ///
    /// ```
    /// use codes_core::{AdviceBasis, Command, Situation, Smtp250};
    ///
    /// let advice = Situation::new(Smtp250).at(Command::DATA).advice();
    /// assert_eq!(advice.basis(), AdviceBasis::Order);
    /// ```
    AdviceBasis {
        /// The code by itself.
        Code = "code",
        /// The first digit of the code.
        FirstDigit = "first-digit",
        /// The command that it answers.
        Command = "command",
        /// The enhanced code.
        EnhancedCode = "enhanced-code",
        /// Something that the caller knows of the transaction, such as the recipients accepted.
        Transaction = "transaction",
        /// The order of the session: this point never gets such a reply.
        Order = "order",
        /// The form of the reply.
        Form = "form",
    }
);

/// A reply and what was known when it came: what an [`Advice`] goes by.
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
    subject: Subject,
    enhanced: Option<EnhancedCode>,
    command: Option<Command>,
    /// Whether any recipient was accepted, where that is known.
    accepted: Option<bool>,
    more_chunks_follow: bool,
    nothing_to_drop: bool,
    for_one_recipient: bool,
    no_separator: bool,
    lines_disagree: bool,
    truncated: bool,
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
            more_chunks_follow: false,
            nothing_to_drop: false,
            for_one_recipient: false,
            no_separator: false,
            lines_disagree: false,
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

    /// Whether this answers a BDAT or BURL without LAST (RFC 3030 section 2, RFC 4468 section 3).
    #[must_use]
    pub const fn more_chunks_follow(self, yes: bool) -> Self {
        Self {
            more_chunks_follow: yes,
            ..self
        }
    }

    /// Whether MAIL or RCPT carried no parameter that the sender can do without: none at all, those
    /// that may never be dropped (REQUIRETLS, SMTPUTF8), or the others were dropped before.
    #[must_use]
    pub const fn nothing_to_drop(self, yes: bool) -> Self {
        Self {
            nothing_to_drop: yes,
            ..self
        }
    }

    /// Whether a reply to the message is about one recipient of it, as LMTP (RFC 2033 section 4.2)
    /// and PRDR give one for each in the order of RCPT. The last reply of PRDR is about the message.
    #[must_use]
    pub const fn for_one_recipient(self, yes: bool) -> Self {
        Self {
            for_one_recipient: yes,
            ..self
        }
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

    /// What follows from all that.
    #[must_use]
    pub fn advice(self) -> Advice {
        judge::judge(self)
    }

    /// The point of the session, if it is a single one.
    fn point(&self) -> Option<Command> {
        self.command
            .filter(|command| command.kind() != CommandKind::Group)
    }

    fn is_private(&self) -> bool {
        self.subject
            .info()
            .is_some_and(|info| info.table().base().is_some())
    }
}

/// What a client does after a reply, what it may try when that did not help, and why.
///
/// Made by [`Situation::advice`]. The advice for a code alone has that code's own
/// [`retry`](crate::CodeInfo::retry), [`next_actor`](crate::CodeInfo::next_actor) and
/// [`connection`](crate::CodeInfo::connection).
///
/// `{}` prints it as a paragraph, `{:#}` on several lines with all facts.
///
/// ```
/// use codes_core::{Command, Retry, Scope, Situation, Smtp554};
///
/// // As greeting it concerns that host, ...
/// let advice = Situation::new(Smtp554).at(Command::CONNECT).advice();
/// assert_eq!((advice.action(), advice.then()), (Retry::OtherHost, &[Retry::Later][..]));
/// assert!(!advice.may_bounce());
/// // ... after the final dot the message.
/// let advice = Situation::new(Smtp554).at(Command::DATA_BODY).advice();
/// assert_eq!((advice.action(), advice.scope()), (Retry::AfterChange, Some(Scope::Message)));
/// assert!(advice.may_bounce());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    situation: Situation,
    verdict: Verdict,
    caveats: Caveats,
}

/// What was decided.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    action: Retry,
    then: &'static [Retry],
    scope: Option<Scope>,
    next_actor: NextActor,
    connection: Connection,
    why: &'static str,
    source: &'static str,
    basis: AdviceBasis,
    certainty: Certainty,
}

impl Advice {
    /// What was judged.
    #[must_use]
    pub const fn situation(&self) -> Situation {
        self.situation
    }

    /// What to do first. [`Retry::Proceed`] comes for a 2yz or 3yz alone, and not for one that is out
    /// of step or has the wrong form.
    #[must_use]
    pub const fn action(&self) -> Retry {
        self.verdict.action
    }

    /// What to do, one after the other, when the action is exhausted: after the last host
    /// (`other-host`, then `later`), or when the other command failed too.
    #[must_use]
    pub const fn then(&self) -> &'static [Retry] {
        self.verdict.then
    }

    /// What the reply is about; `None` only where no command was given and the code comes at points
    /// that differ in this.
    #[must_use]
    pub const fn scope(&self) -> Option<Scope> {
        self.verdict.scope
    }

    /// Whether mail may be returned to its sender for this reply: a 5yz about a recipient or the
    /// message that leaves nothing to try unchanged.
    #[must_use]
    pub const fn may_bounce(&self) -> bool {
        let is_about_mail = matches!(self.verdict.scope, Some(Scope::Recipient | Scope::Message));
        let is_final = matches!(self.verdict.action, Retry::AfterChange | Retry::Never);
        let class = self.situation.code().class();
        is_about_mail && is_final && matches!(class, Class::PermanentNegative)
    }

    /// Whether there is something left to try without anybody changing anything: another command in
    /// the session, fewer recipients, another host, or the same again later.
    ///
    /// ```
    /// use codes_core::{Command, Situation, Smtp450, Smtp550};
    ///
    /// assert!(Situation::new(Smtp450).at(Command::RCPT).advice().may_retry());
    /// assert!(!Situation::new(Smtp550).at(Command::RCPT).advice().may_retry());
    /// // As answer to the opening it concerns that host alone.
    /// assert!(Situation::new(Smtp550).at(Command::CONNECT).advice().may_retry());
    /// ```
    #[must_use]
    pub fn may_retry(&self) -> bool {
        let is_another_try =
            |action: &Retry| !matches!(action, Retry::Proceed | Retry::AfterChange | Retry::Never);
        is_another_try(&self.verdict.action) || self.verdict.then.iter().any(is_another_try)
    }

    /// Who has to move next.
    #[must_use]
    pub const fn next_actor(&self) -> NextActor {
        self.verdict.next_actor
    }

    /// What happens to the connection.
    #[must_use]
    pub const fn connection(&self) -> Connection {
        self.verdict.connection
    }

    /// Which fact decided and how, in a sentence or a few: for a code that decides by itself, what the
    /// server asserts by it.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        self.verdict.why
    }

    /// Where that stands: an RFC and its section, or the program that does so.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.verdict.source
    }

    /// The kind of fact that decided.
    #[must_use]
    pub const fn basis(&self) -> AdviceBasis {
        self.verdict.basis
    }

    /// How sure it is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.verdict.certainty
    }

    /// What speaks against relying on it.
    #[must_use]
    pub const fn caveats(&self) -> Caveats {
        self.caveats
    }

    /// Writes it block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        text::write(self, page)
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => self.write_to(&mut Plain::new(f)),
            false => text::paragraph(self, f),
        }
    }
}
