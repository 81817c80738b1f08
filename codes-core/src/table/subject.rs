//! A code and whose facts it has.

use super::{CodeInfo, Facts, Presence, Table, TypedCode};
use crate::code::ReplyCode;

/// A code that is compared or explained, together with the table that it comes from.
///
/// Made from a typed code, a [`ReplyCode`] or a [`CodeInfo`]; a code of a private table keeps what
/// that table says about it. `{}` prints `354 Start Mail Input`, `{:#}` the whole explanation, also
/// for a number that no table has.
///
/// ```
/// use codes_core::{ReplyCode, Smtp354, Subject};
///
/// assert_eq!(Subject::from(Smtp354).to_string(), "354 Start Mail Input");
/// let unknown = Subject::from(ReplyCode::new(999).expect("three digits"));
/// assert_eq!(unknown.to_string(), "999");
/// assert!(format!("{unknown:#}").contains("in no table"));
/// ```
// Of our own table it holds no reference: that would link all texts into a program that uses two codes.
#[derive(Clone, Copy)]
pub struct Subject {
    code: ReplyCode,
    info: Option<&'static CodeInfo>,
    /// The table that it comes from, unless that is ours.
    private: Option<&'static Table>,
}

impl Subject {
    pub(crate) const UNKNOWN: Self = Self {
        code: ReplyCode::LOWEST,
        info: None,
        private: None,
    };

    /// A code with what its table says about it, also in a `const`.
    ///
    /// ```
    /// use codes_core::{Smtp354, Subject};
    ///
    /// const CODE: Subject = Subject::of(Smtp354::INFO);
    /// assert_eq!(CODE.to_string(), "354 Start Mail Input");
    /// ```
    #[must_use]
    pub const fn of(info: &'static CodeInfo) -> Self {
        Self {
            code: info.code(),
            info: Some(info),
            private: info.private(),
        }
    }

    pub(crate) const fn in_table(code: ReplyCode, table: &'static Table) -> Self {
        Self {
            code,
            info: table.get(code),
            private: match table.base() {
                Some(_) => Some(table),
                None => None,
            },
        }
    }

    /// A number that its own table does not have may be a code of the other's.
    pub(crate) const fn known_to(self, other: &Self) -> Self {
        match (self.info, other.private) {
            (None, Some(table)) => Self {
                info: table.own(self.code),
                private: Some(table),
                ..self
            },
            (None, None) => Self {
                private: None,
                ..self
            },
            (Some(_), _) => self,
        }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// What its table knows about it; `None` for a number that the table does not have.
    #[must_use]
    pub const fn info(&self) -> Option<&'static CodeInfo> {
        self.info
    }

    pub(crate) const fn private(&self) -> Option<&'static Table> {
        self.private
    }

    pub(crate) const fn facts(&self) -> Option<&'static Facts> {
        match self.info {
            Some(info) => Some(info.facts()),
            None => None,
        }
    }

    pub(crate) const fn presence(&self) -> &'static Presence {
        match self.facts() {
            Some(facts) => &facts.presence,
            None => &Presence::NOWHERE,
        }
    }
}

impl<T: TypedCode> From<T> for Subject {
    fn from(_: T) -> Self {
        Self::of(T::INFO)
    }
}

impl From<ReplyCode> for Subject {
    fn from(code: ReplyCode) -> Self {
        Self {
            code,
            info: code.info(),
            private: None,
        }
    }
}

impl From<&'static CodeInfo> for Subject {
    fn from(info: &'static CodeInfo) -> Self {
        Self::of(info)
    }
}
