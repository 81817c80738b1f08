//! Which replies a server may give where, checked by the compiler.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use crate::code::ReplyCode;
use crate::pad::pad;
use crate::reply::ReplyWriter;
use crate::session::Command;
use crate::table::{Sealed, TypedCode};

/// A point of a session as a type, such as [`Data`](crate::command::Data); what [`RepliesTo`] and [`Answer`] speak of.
///
/// ```
/// use codes_core::Command;
/// use codes_core::command::{DataBody, Stage};
///
/// assert_eq!(DataBody::COMMAND, Command::DATA_BODY);
/// ```
pub trait Stage: Sealed + 'static {
    /// The point as a value.
    const COMMAND: Command;
}

/// Implemented by the types of the codes that a server may give at the point `C`.
///
/// Which those are comes from the command table: what the standard, an extension or the practice of
/// servers allows, and not what is only historic.
///
/// A function of a server that takes `impl RepliesTo<Data>` cannot be called with a code that DATA
/// never gets:
///
/// ```
/// use codes_core::command::{Data, RepliesTo};
/// use codes_core::{ReplyCode, Smtp354};
///
/// fn answer_data(reply: impl RepliesTo<Data>) -> ReplyCode {
///     reply.into_code()
/// }
/// assert_eq!(answer_data(Smtp354), 354);
/// ```
///
/// ```compile_fail,E0277
/// use codes_core::Smtp235;
/// use codes_core::command::{Data, RepliesTo};
///
/// fn answer_data(reply: impl RepliesTo<Data>) {}
/// answer_data(Smtp235); // 235 is the success of AUTH
/// ```
#[diagnostic::on_unimplemented(
    message = "a server may not answer `{C}` with `{Self}`",
    label = "not a reply that `{C}` can get",
    note = "`Command::answers` lists the codes that may be given at a point of a session; the documentation of each code lists where it may be given"
)]
pub trait RepliesTo<C: Stage>: TypedCode {
    /// The code as a value.
    #[must_use]
    fn into_code(self) -> ReplyCode {
        Self::CODE
    }
}

/// A code that was checked to be one that the point `C` may get; two bytes.
///
/// The type for a handler that gives one of several answers:
///
/// ```
/// use codes_core::command::{Answer, Data};
/// use codes_core::{Smtp354, Smtp450};
///
/// fn data(known_client: bool) -> Answer<Data> {
///     if known_client { Smtp354.into() } else { Smtp450.into() }
/// }
/// assert_eq!(data(true).code(), 354);
/// ```
pub struct Answer<C> {
    code: ReplyCode,
    stage: PhantomData<fn() -> C>,
}

impl<C: Stage> Answer<C> {
    /// The code.
    #[must_use]
    pub const fn code(self) -> ReplyCode {
        self.code
    }

    /// A reply with this code and a free text, to be written.
    ///
    /// A code that some server gives here although its number is outside the grammar of RFC 5321
    /// section 4.2, such as 571, is an answer but cannot be written: the writer says so.
    ///
    /// ```
    /// use codes_core::Smtp354;
    /// use codes_core::command::{Answer, Data};
    ///
    /// let answer: Answer<Data> = Smtp354.into();
    /// let mut text = String::new();
    /// answer.reply("End with a line that is a single dot").write_to(&mut text)?;
    /// assert_eq!(text, "354 End with a line that is a single dot\r\n");
    /// # Ok::<(), codes_core::WriteError>(())
    /// ```
    pub const fn reply(self, text: &str) -> ReplyWriter<'_> {
        ReplyWriter::__typed(self.code, text)
    }

    /// A reply with this code and a line for each text, to be written.
    pub const fn reply_lines<'a>(self, lines: &'a [&'a str]) -> ReplyWriter<'a> {
        ReplyWriter::__typed_lines(self.code, lines)
    }
}

impl<C: Stage, T: TypedCode + RepliesTo<C>> From<T> for Answer<C> {
    fn from(_: T) -> Self {
        Self {
            code: T::CODE,
            stage: PhantomData,
        }
    }
}

impl<C: Stage> TryFrom<ReplyCode> for Answer<C> {
    type Error = NotAnAnswer;

    fn try_from(code: ReplyCode) -> Result<Self, NotAnAnswer> {
        match C::COMMAND.answers().binary_search(&code) {
            Ok(_) => Ok(Self {
                code,
                stage: PhantomData,
            }),
            Err(_) => Err(NotAnAnswer {
                code,
                command: C::COMMAND,
            }),
        }
    }
}

impl<C> From<Answer<C>> for ReplyCode {
    fn from(answer: Answer<C>) -> Self {
        answer.code
    }
}

// Derived impls would ask `C` for what only the code needs.
impl<C> Clone for Answer<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Answer<C> {}

impl<C> PartialEq for Answer<C> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl<C> Eq for Answer<C> {}

impl<C> PartialOrd for Answer<C> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<C> Ord for Answer<C> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code.cmp(&other.code)
    }
}

impl<C> Hash for Answer<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl<C> fmt::Debug for Answer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Answer").field(&self.code.get()).finish()
    }
}

impl<C> fmt::Display for Answer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.code, f)
    }
}

/// The code is none that a server may give at this point.
///
/// ```
/// use codes_core::ReplyCode;
/// use codes_core::command::{Answer, Data};
///
/// let error = Answer::<Data>::try_from(ReplyCode::AUTHENTICATION_SUCCEEDED)
///     .expect_err("235 is the success of AUTH");
/// assert_eq!(
///     error.to_string(),
///     "a server may not give 235 Authentication Succeeded in answer to DATA"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAnswer {
    code: ReplyCode,
    command: Command,
}

impl NotAnAnswer {
    /// The code that was refused.
    #[must_use]
    pub const fn code(self) -> ReplyCode {
        self.code
    }

    /// The point that does not get it.
    #[must_use]
    pub const fn command(self) -> Command {
        self.command
    }
}

impl fmt::Display for NotAnAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            write!(
                f,
                "a server may not give {} {}",
                self.code,
                self.command.moment()
            )
        })
    }
}

impl core::error::Error for NotAnAnswer {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Data;
    use crate::{
        Category, CommandKind, Smtp354, Smtp421, Smtp450, Smtp500, Smtp546, Standing, TABLE,
    };

    #[test]
    fn an_answer_is_two_bytes_and_checked() {
        assert_eq!(size_of::<Answer<Data>>(), 2);
        let typed: Answer<Data> = Smtp354.into();
        assert_eq!(Answer::try_from(Smtp354.code()), Ok(typed));
        let unknown = ReplyCode::new(999).expect("three digits");
        assert!(Answer::<Data>::try_from(unknown).is_err());
    }

    #[test]
    fn codes_for_any_command_fit_where_they_may_come() {
        for command in Command::all() {
            let answers = command.answers();
            assert!(answers.is_sorted(), "{command}");
            match command.kind() {
                CommandKind::Command => {
                    assert!(answers.contains(&Smtp421.code()), "{command}");
                    assert!(answers.contains(&Smtp500.code()), "{command}");
                }
                CommandKind::Event => {
                    assert!(answers.contains(&Smtp421.code()), "{command}");
                    assert!(!answers.contains(&Smtp500.code()), "{command}");
                }
                CommandKind::Group => assert!(answers.is_empty(), "{command}"),
            }
        }
    }

    #[test]
    fn chunks_get_what_the_end_of_the_data_gets() {
        assert!(Command::BDAT.answers().contains(&Smtp450.code()));
        assert!(!Command::BDAT.answers().contains(&Smtp354.code()));
        // What was seen after the final dot was not seen in answer to a chunk.
        assert!(Command::DATA_BODY.answers().contains(&Smtp546.code()));
        assert!(!Command::BDAT.answers().contains(&Smtp546.code()));
    }

    #[test]
    fn what_a_point_may_get_is_where_its_code_comes() {
        for command in Command::all() {
            for info in &TABLE {
                let facts = info.facts();
                let is_answer = command.answers().contains(&info.code());
                let by_row = facts.presence.everywhere().contains(command);
                let is_old = info
                    .commands()
                    .iter()
                    .all(|row| row.standing() == Standing::Historic);
                // Without a row it is the general rules, which are about syntax and order.
                let by_rule = is_answer && !by_row && info.category() == Category::Syntax;
                assert_eq!(
                    is_answer,
                    by_row && !is_old || by_rule,
                    "{info} at {command}"
                );
                assert!(
                    !is_answer || facts.ever.contains(command),
                    "{info} at {command}"
                );
            }
        }
    }
}
