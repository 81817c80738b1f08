//! What a client does next, from the code, the enhanced code and the command together.

mod caveat;
mod judge;
mod of_reply;
mod rule;
mod situation;
#[cfg(test)]
mod tests;
mod text;

use core::fmt;

use crate::pad::pad;
use crate::page::{Page, Plain};
use crate::vocabulary::{Certainty, Class, Connection, NextActor, Retry, Scope};
use crate::word::words;

pub use caveat::{Caveat, Caveats};
#[doc(hidden)]
pub use rule::{Pattern, Rule};
pub use situation::Situation;

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

words!(
    closed
    /// What becomes of the mail that a reply is about. There is no fourth.
    ///
    /// The scope tells which mail that is: one recipient's, the message with all its recipients, or
    /// for a session or a login all that was to be sent there.
    ///
    /// ```
    /// use codes_core::{Command, Fate, Situation, Smtp250, Smtp535, Smtp550};
    ///
    /// let fate = |situation: Situation| situation.advice().fate();
    /// assert_eq!(fate(Situation::new(Smtp250).at(Command::RCPT)), Fate::Kept);
    /// assert_eq!(fate(Situation::new(Smtp250).at(Command::DATA_BODY)), Fate::TakenOver);
    /// assert_eq!(fate(Situation::new(Smtp550).at(Command::RCPT)), Fate::Returned);
    /// assert_eq!(fate(Situation::new(Smtp535).at(Command::AUTH)), Fate::Kept);
    /// ```
    Fate {
        /// The server is responsible for it from now on, so it leaves the queue (RFC 5321 section 6.1).
        ///
        /// Besides 250, a 2yz that no command has takes over by its first digit (299); one that belongs
        /// to other commands (251 after the final dot) is out of step and takes over nothing.
        TakenOver = "taken-over",
        /// It stays in the queue, for as long as the queue keeps mail: when that time is over, it is
        /// returned after all, whatever the last reply was (RFC 5321 section 4.5.4.1).
        Kept = "kept",
        /// It may go back to its sender at once, exactly where [`Advice::may_bounce`] says so.
        Returned = "returned",
    }
);

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
    awaits_last_reply: bool,
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
    /// The caveat that the reason already speaks of.
    said: Option<Caveat>,
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

    /// What becomes of the mail that the reply is about: the one question of a queue. See [`Fate`].
    #[must_use]
    pub fn fate(&self) -> Fate {
        if self.may_bounce() {
            return Fate::Returned;
        }
        let situation = &self.situation;
        let is_success = matches!(situation.code().class(), Class::PositiveCompletion);
        let is_decided = situation.ends_message()
            && !situation.for_one_recipient
            && situation.accepted != Some(false);
        match self.verdict.action {
            Retry::Proceed if is_success && is_decided => Fate::TakenOver,
            _ => Fate::Kept,
        }
    }

    /// Whether mail may be returned to its sender for this reply: a 5yz about a recipient or the
    /// message that leaves nothing to try unchanged.
    ///
    /// An advice to try something else first does not bounce, even where [`then`](Self::then) ends in
    /// [`Retry::AfterChange`]. When that was tried, the reply to it is what counts; for a parameter see
    /// [`Situation::nothing_to_drop`]. Nor does one for which another reply decides, see
    /// [`Situation::for_one_recipient`].
    #[must_use]
    pub const fn may_bounce(&self) -> bool {
        let is_about_mail = matches!(self.verdict.scope, Some(Scope::Recipient | Scope::Message));
        let is_final = matches!(self.verdict.action, Retry::AfterChange | Retry::Never);
        let class = self.situation.code().class();
        let is_refused = matches!(class, Class::PermanentNegative);
        is_about_mail && is_final && is_refused && !self.awaits_last_reply
    }

    /// Whether there is something left to try without anybody changing anything: another command in
    /// the session, fewer recipients, another host, or the same again later.
    ///
    /// Whether the mail stays in the queue is another question, which [`fate`](Self::fate) answers: a
    /// refused login leaves nothing to try, and returns no mail.
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

    /// Whether the client sends no more commands on this connection but QUIT: the server closes it, or
    /// the reply is about the whole [session](Scope::Session) and the action is neither
    /// [`Retry::Proceed`] nor [`Retry::SameSession`].
    ///
    /// [`connection`](Self::connection) tells what the server does, so it may be open all the same.
    ///
    /// ```
    /// use codes_core::{Command, Connection, Situation, Smtp250, Smtp530};
    ///
    /// // Out of step: what comes next may belong to another command.
    /// let advice = Situation::new(Smtp250).at(Command::DATA).advice();
    /// assert_eq!(advice.connection(), Connection::Open);
    /// assert!(advice.ends_session());
    /// // A login or STARTTLS first.
    /// assert!(!Situation::new(Smtp530).at(Command::MAIL).advice().ends_session());
    /// ```
    #[must_use]
    pub const fn ends_session(&self) -> bool {
        let goes_on = matches!(self.verdict.action, Retry::Proceed | Retry::SameSession);
        let is_about_session = matches!(self.verdict.scope, Some(Scope::Session));
        matches!(self.verdict.connection, Connection::Closes) || is_about_session && !goes_on
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
        pad(f, &|f| match f.alternate() {
            true => self.write_to(&mut Plain::new(f)),
            false => text::paragraph(self, f),
        })
    }
}
