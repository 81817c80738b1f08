//! The JSON form of a reply that was found in a text: keys, their order and the spelling of the values.

use std::borrow::Cow;
use std::fmt::Display;
use std::net::IpAddr;

use codes_core::{Advice, Class, Deviations, EnhancedCode, ReplyCode, Scope};
use codes_text::{Direction, Found, Outcome};
use serde::{Serialize, Serializer};

/// A reply that was found. Places are octets of the text that was searched.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Record<'a> {
    pub(crate) at: [usize; 2],
    pub(crate) code: Option<u16>,
    #[serde(serialize_with = "as_text")]
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) command: Option<&'static str>,
    #[serde(serialize_with = "as_text")]
    pub(crate) host: Option<Name<'a>>,
    pub(crate) address: Option<IpAddr>,
    pub(crate) direction: Option<&'static str>,
    pub(crate) class: Option<&'static str>,
    pub(crate) action: Option<&'static str>,
    pub(crate) scope: Option<&'static str>,
    pub(crate) actor: Option<&'static str>,
    #[serde(serialize_with = "as_words")]
    pub(crate) deviations: Deviations,
    pub(crate) certainty: Option<&'static str>,
    pub(crate) origin: Option<&'static str>,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) recipient: Option<Cow<'a, str>>,
    pub(crate) disagrees: bool,
}

/// A host: its name or, where only that is known, its address.
#[derive(Debug, Clone)]
pub(crate) enum Name<'a> {
    Name(Cow<'a, str>),
    Address(IpAddr),
}

/// What an advice says, as far as a record has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Advised {
    action: &'static str,
    scope: Option<&'static str>,
    actor: &'static str,
    certainty: &'static str,
}

impl From<&Advice> for Advised {
    fn from(advice: &Advice) -> Self {
        Self {
            action: advice.action().as_str(),
            scope: advice.scope().map(Scope::as_str),
            actor: advice.next_actor().as_str(),
            certainty: advice.certainty().as_str(),
        }
    }
}

impl<'a> Record<'a> {
    /// What is known about a reply.
    pub(crate) fn of(found: &Found<'a>) -> Self {
        let advice = found.situation().map(|situation| situation.advice());
        Self::advised(found, advice.as_ref().map(Advised::from))
    }

    /// The same, where the advice is known already.
    pub(crate) fn advised(found: &Found<'a>, advised: Option<Advised>) -> Self {
        let at = found.at();
        let host = found.host();
        let address = host.and_then(|host| host.address());
        let name = host
            .and_then(|host| host.name())
            .map(String::from_utf8_lossy);
        let mut record = Self {
            at: [at.start, at.end],
            code: found.code().map(ReplyCode::get),
            enhanced: found.enhanced(),
            command: found.command().map(|command| command.name()),
            host: name.map(Name::Name).or(address.map(Name::Address)),
            address,
            direction: found.direction().map(Direction::as_str),
            class: class(found).map(Class::as_str),
            action: None,
            scope: None,
            actor: None,
            deviations: found.deviations(),
            certainty: None,
            origin: Some(found.origin().as_str()),
            outcome: found.outcome().map(Outcome::as_str),
            recipient: found.recipient().map(String::from_utf8_lossy),
            disagrees: found.disagrees(),
        };
        record.advise(advised);
        record
    }

    /// Adds what another place tells about the same reply, and the advice that follows from both.
    pub(crate) fn complete(&mut self, other: &Self, advice: Option<&Advice>) {
        self.enhanced = self.enhanced.or(other.enhanced);
        self.command = self.command.or(other.command);
        self.direction = self.direction.or(other.direction);
        self.outcome = self.outcome.or(other.outcome);
        if self.host.is_none() {
            self.host.clone_from(&other.host);
            self.address = other.address;
        }
        if self.recipient.is_none() {
            self.recipient.clone_from(&other.recipient);
        }
        self.advise(advice.map(Advised::from));
    }

    fn advise(&mut self, advised: Option<Advised>) {
        self.action = advised.map(|advised| advised.action);
        self.scope = advised.and_then(|advised| advised.scope);
        self.actor = advised.map(|advised| advised.actor);
        self.certainty = advised.map(|advised| advised.certainty);
    }
}

impl Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Address(address) => address.fmt(f),
        }
    }
}

/// That of the reply code, else what the enhanced code says about the first digit.
pub(crate) fn class(found: &Found<'_>) -> Option<Class> {
    let of_enhanced = |code: EnhancedCode| ReplyCode::new(u16::from(code.class().digit()) * 100);
    let code = found
        .code()
        .or_else(|| found.enhanced().and_then(of_enhanced));
    code.map(ReplyCode::class)
}

fn as_text<S: Serializer>(value: &Option<impl Display>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to.collect_str(value),
        None => to.serialize_none(),
    }
}

fn as_words<S: Serializer>(deviations: &Deviations, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(deviations.iter().map(|deviation| deviation.as_str()))
}
