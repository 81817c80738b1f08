//! What the registry says about enhanced status codes.

use core::fmt;

use super::{EnhancedClass, EnhancedCode, EnumeratedCode, explain, registry};
use crate::code::ReplyCode;
use crate::pad::pad;
use crate::page::{Page, Plain};

/// A class or a subject as the registry has it: one of its "class sub-codes" or "subject sub-codes".
///
/// `{}` prints `X.1.Y Addressing Status`.
///
/// Source: RFC 5248 section 2.1.
///
/// ```
/// use codes_core::{EnhancedClass, EnumeratedCode};
///
/// let class = EnhancedClass::Transient.info();
/// assert_eq!(class.code(), "4.X.Y");
/// assert_eq!(class.title(), "Persistent Transient Failure");
/// let subject = EnumeratedCode::MAILBOX_FULL.subject_info().expect("it is registered");
/// assert_eq!(subject.to_string(), "X.2.Y Mailbox Status");
/// ```
#[derive(Debug)]
pub struct SubCodeInfo {
    pub(crate) code: &'static str,
    /// The digit of the class, or the subject.
    pub(crate) number: u16,
    pub(crate) title: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) reference: &'static str,
}

impl SubCodeInfo {
    /// All registered subjects, in ascending order.
    ///
    /// ```
    /// # use codes_core::SubCodeInfo;
    /// let codes: Vec<&str> = SubCodeInfo::subjects().iter().map(|info| info.code()).collect();
    /// assert_eq!(codes[..2], ["X.0.Y", "X.1.Y"]);
    /// ```
    #[must_use]
    pub const fn subjects() -> &'static [Self] {
        registry::subjects()
    }

    /// `5.X.Y` for a class, `X.1.Y` for a subject.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Its title in the registry.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// What it says, in one or two sentences.
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// Where it is defined: `RFC 3463 2`.
    #[must_use]
    pub const fn reference(&self) -> &'static str {
        self.reference
    }
}

impl fmt::Display for SubCodeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| write!(f, "{} {}", self.code, self.title))
    }
}

/// The reply codes that the registry associates with an enhanced status code.
///
/// Source: RFC 5248 section 2.1 ("associated basic status code"). A code beside the list is no mistake
/// of a server: the column says with which codes the RFCs use it.
///
/// ```
/// use codes_core::{BasicCodes, EnumeratedCode, Smtp250, Smtp550};
///
/// let full = EnumeratedCode::MAILBOX_FULL.info().expect("it is registered");
/// assert!(matches!(full.basic_codes(), BasicCodes::Listed([code]) if *code == 552));
/// assert!(!full.basic_codes().contains(Smtp550));
///
/// let owner = EnumeratedCode::MAILBOX_OWNER_HAS_CHANGED.info().expect("it is registered");
/// assert!(owner.basic_codes().contains(Smtp550) && !owner.basic_codes().contains(Smtp250));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BasicCodes {
    /// The registry gives none.
    NotGiven,
    /// Any that may have an enhanced code: all 2yz, 4yz and 5yz.
    Any,
    /// All of one class, written `5XX`.
    Class(EnhancedClass),
    /// These, in ascending order.
    Listed(&'static [ReplyCode]),
}

impl BasicCodes {
    /// Whether a reply code is among them.
    #[must_use]
    pub fn contains(self, code: impl Into<ReplyCode>) -> bool {
        let code = code.into();
        let class = EnhancedClass::of(code);
        match self {
            Self::NotGiven => false,
            Self::Any => class.is_some(),
            Self::Class(own) => class == Some(own),
            Self::Listed(codes) => codes.contains(&code),
        }
    }
}

/// Everything that the registry says about a subject and detail, and what is seen beside it.
///
/// `{}` prints `X.1.1 Bad destination mailbox address`. [`EnhancedInfo`] says the same of a code with
/// a class.
///
/// ```
/// use codes_core::{EnhancedClass, EnumeratedCode, Smtp511};
///
/// let info = EnumeratedCode::BAD_DESTINATION_MAILBOX_ADDRESS.info().expect("it is registered");
/// assert_eq!(info.title(), Some("Bad destination mailbox address"));
/// assert_eq!(info.classes(), [EnhancedClass::Permanent]);
/// assert!(info.seen_with().contains(&Smtp511.code()));
/// ```
#[derive(Debug)]
pub struct EnumeratedInfo {
    pub(crate) code: EnumeratedCode,
    pub(crate) constant: Option<&'static str>,
    pub(crate) title: Option<&'static str>,
    pub(crate) meaning: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) classes: &'static [EnhancedClass],
    pub(crate) basic: BasicCodes,
    pub(crate) seen: &'static [ReplyCode],
    pub(crate) deprecated: Option<&'static str>,
}

impl EnumeratedInfo {
    /// The code.
    #[must_use]
    pub const fn code(&self) -> EnumeratedCode {
        self.code
    }

    /// The name of its constant, `BAD_DESTINATION_MAILBOX_ADDRESS`: at most six words. `None` where
    /// there is no [`title`](Self::title).
    #[must_use]
    pub const fn constant(&self) -> Option<&'static str> {
        self.constant
    }

    /// Its title in the registry; `None` for a deprecated one that has none there.
    #[must_use]
    pub const fn title(&self) -> Option<&'static str> {
        self.title
    }

    /// What it says, in one or two sentences.
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// The documents that define it, with sections: `RFC 7505 6; RFC 7504 6`.
    #[must_use]
    pub const fn reference(&self) -> &'static str {
        self.reference
    }

    /// The classes that its definition means it for, in ascending order; all three where it names
    /// none.
    ///
    /// Servers do not keep to them: X.2.2 is for transient failures, and `552 5.2.2` is common.
    #[must_use]
    pub const fn classes(&self) -> &'static [EnhancedClass] {
        self.classes
    }

    /// The reply codes that the registry associates with it.
    #[must_use]
    pub const fn basic_codes(&self) -> BasicCodes {
        self.basic
    }

    /// The reply codes that RFCs, servers and lists show it with, beyond those of the registry, in
    /// ascending order.
    #[must_use]
    pub const fn seen_with(&self) -> &'static [ReplyCode] {
        self.seen
    }

    /// What to use instead, if it is deprecated.
    #[must_use]
    pub const fn deprecated(&self) -> Option<&'static str> {
        self.deprecated
    }
}

impl fmt::Display for EnumeratedInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| titled(&self.code, self.title, f))
    }
}

/// All that is known about an enhanced status code with its class; made by [`EnhancedCode::info`].
///
/// `{}` prints `5.1.1 Bad destination mailbox address`, or the number alone where the registry has no
/// title for it; `{:#}` prints the whole explanation. It always explains the class, and the subject
/// and the detail as far as they are registered.
///
/// ```
/// use codes_core::{EnhancedCode, EnumeratedCode};
///
/// let info = EnumeratedCode::MAILBOX_FULL.permanent().info();
/// assert_eq!(info.to_string(), "5.2.2 Mailbox full");
/// // RFC 3463 means it for transient failures. Servers say 552 5.2.2 all the same.
/// assert!(!info.is_usual_class());
///
/// let code: EnhancedCode = "5.7.708".parse()?;
/// let text = format!("{:#}", code.info());
/// assert!(text.contains("The registry does not have 5.7.708"));
/// assert!(text.contains("X.7.Y Security or Policy Status"));
/// # Ok::<(), codes_core::InvalidEnhancedCode>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedInfo {
    code: EnhancedCode,
}

impl EnhancedInfo {
    pub(super) const fn new(code: EnhancedCode) -> Self {
        Self { code }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> EnhancedCode {
        self.code
    }

    /// What the class says.
    #[must_use]
    pub const fn class(&self) -> &'static SubCodeInfo {
        self.code.class().info()
    }

    /// What the subject says; `None` where the registry does not have it.
    #[must_use]
    pub const fn subject(&self) -> Option<&'static SubCodeInfo> {
        self.code.without_class().subject_info()
    }

    /// What subject and detail together say; `None` where the registry does not have them.
    #[must_use]
    pub const fn detail(&self) -> Option<&'static EnumeratedInfo> {
        self.code.without_class().info()
    }

    /// Whether the class is one that the detail is meant for. `true` also where nothing is known
    /// about the detail.
    ///
    /// A class that is not usual is no mistake: see [`EnumeratedInfo::classes`].
    #[must_use]
    pub fn is_usual_class(&self) -> bool {
        self.detail()
            .is_none_or(|detail| detail.classes.contains(&self.code.class()))
    }

    /// Writes the whole explanation, block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        explain::write(self, page)
    }

    /// `{}`, for a formatter that asks for nothing.
    pub(super) fn title(&self) -> impl fmt::Display {
        let (code, title) = (self.code, self.detail().and_then(EnumeratedInfo::title));
        fmt::from_fn(move |f| titled(&code, title, f))
    }
}

impl fmt::Display for EnhancedInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| match f.alternate() {
            true => self.write_to(&mut Plain::new(f)),
            false => write!(f, "{}", self.title()),
        })
    }
}

fn titled(code: &dyn fmt::Display, title: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match title {
        Some(title) => write!(f, "{code} {title}"),
        None => write!(f, "{code}"),
    }
}
