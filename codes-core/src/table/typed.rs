//! Codes as types: what they have in common, written once; the expansion of `smtp_codes!` names the type.
//!
//! `#[inline]` on each method: without it this crate would generate code for all methods of all types, a
//! good part of its build time, although a program calls a few.

use core::fmt;

use super::CodeInfo;
use crate::code::ReplyCode;

/// Keeps the traits of this crate to the types that the macro makes.
#[doc(hidden)]
pub trait Sealed {}

/// A reply code as a type of its own, such as [`Smtp354`](crate::Smtp354).
///
/// Makes code possible that is generic over a code. Only `smtp_codes!` implements it.
///
/// ```
/// use codes_core::{Smtp354, TypedCode};
///
/// fn number<T: TypedCode>(_: T) -> u16 {
///     T::CODE.get()
/// }
/// assert_eq!(number(Smtp354), 354);
/// ```
pub trait TypedCode: Sealed + Copy + fmt::Debug + fmt::Display + 'static {
    /// The code.
    const CODE: ReplyCode;
    /// What its table knows about it.
    const INFO: &'static CodeInfo;
}

impl<T: TypedCode> From<T> for ReplyCode {
    fn from(_: T) -> Self {
        T::CODE
    }
}

impl<T: TypedCode> PartialEq<T> for ReplyCode {
    fn eq(&self, _: &T) -> bool {
        *self == T::CODE
    }
}

/// The methods and impls of one typed code, and the points of a session that may get it.
#[doc(hidden)]
#[macro_export]
macro_rules! __smtp_typed_code {
    ($name:ident, $facts:path, $code:expr, $text:expr, $info:expr, [$($stage:ident)*]) => {
        impl $name {
            /// The code.
            pub const CODE: $crate::ReplyCode = $code;
            /// The name, at most six words.
            pub const NAME: &'static str = $text;
            /// Everything that the table knows about it.
            pub const INFO: &'static $crate::CodeInfo = $info;

            /// The code as a value.
            #[inline]
            #[must_use]
            pub const fn code(self) -> $crate::ReplyCode {
                Self::CODE
            }

            /// The name, at most six words.
            #[inline]
            #[must_use]
            pub const fn name(self) -> &'static str {
                Self::NAME
            }

            /// The words of the RFC for it, where one has a fixed phrase.
            #[inline]
            #[must_use]
            pub const fn phrase(self) -> ::core::option::Option<&'static str> {
                $facts.phrase
            }

            /// What its first digit says.
            #[inline]
            #[must_use]
            pub const fn class(self) -> $crate::Class {
                Self::CODE.class()
            }

            /// What its second digit says.
            #[inline]
            #[must_use]
            pub const fn category(self) -> $crate::Category {
                Self::CODE.category()
            }

            /// Where it stands in the world of standards.
            #[inline]
            #[must_use]
            pub const fn standing(self) -> $crate::Standing {
                $facts.standing
            }

            /// The extensions that define it or give it a meaning of its own.
            #[inline]
            #[must_use]
            pub const fn extensions(self) -> &'static [&'static str] {
                $facts.extensions
            }

            /// The documents that define it.
            #[inline]
            #[must_use]
            pub const fn specs(self) -> &'static [&'static str] {
                $facts.specs
            }

            /// What the server asserts by it.
            #[inline]
            #[must_use]
            pub const fn description(self) -> &'static str {
                $facts.description
            }

            /// At which point of a session one meets it, and from what kind of server.
            #[inline]
            #[must_use]
            pub const fn when(self) -> &'static str {
                $facts.when
            }

            /// What to do about it, step by step.
            #[inline]
            #[must_use]
            pub const fn fix(self) -> &'static str {
                $facts.fix
            }

            /// Everything that the table knows about it.
            #[inline]
            #[must_use]
            pub const fn info(self) -> &'static $crate::CodeInfo {
                Self::INFO
            }
        }

        #[automatically_derived]
        impl $crate::__private::Sealed for $name {}

        #[automatically_derived]
        impl $crate::TypedCode for $name {
            const CODE: $crate::ReplyCode = Self::CODE;
            const INFO: &'static $crate::CodeInfo = Self::INFO;
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $facts.fmt(f)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq<$crate::ReplyCode> for $name {
            #[inline]
            fn eq(&self, other: &$crate::ReplyCode) -> bool {
                ::core::cmp::PartialEq::eq(&Self::CODE, other)
            }
        }

        $(
            #[automatically_derived]
            impl $crate::command::RepliesTo<$crate::command::$stage> for $name {}
        )*
    };
}

/// How a server writes a typed code that servers send.
#[doc(hidden)]
#[macro_export]
macro_rules! __smtp_typed_reply {
    ($name:ident) => {
        impl $name {
            /// A reply with this code and a free text, to be written.
            #[inline]
            pub const fn reply(self, text: &str) -> $crate::ReplyWriter<'_> {
                $crate::ReplyWriter::__typed(Self::CODE, text)
            }

            /// A reply with this code and a line for each text, to be written.
            #[inline]
            pub const fn reply_lines<'a>(self, lines: &'a [&'a str]) -> $crate::ReplyWriter<'a> {
                $crate::ReplyWriter::__typed_lines(Self::CODE, lines)
            }
        }
    };
}
