//! A reply that outlives the buffer it was read from.

use alloc::boxed::Box;
use core::fmt;

use super::Reply;
#[cfg(feature = "serde")]
use super::{Limits, parse::State};

/// A [`Reply`] with octets of its own, to be kept, sent to another thread or returned as an error.
///
/// With the feature `serde` it is written as its code, its enhanced code and `raw`, the octets: a
/// string, or a list of numbers where they are not UTF-8 or the format is not for people. Reading it
/// back judges the octets anew.
///
/// ```
/// use codes_core::{OwnedReply, Reply, Smtp550};
///
/// fn refused() -> Result<(), OwnedReply> {
///     let buf = b"550 5.1.1 No such user\r\n".to_vec();
///     let reply = Reply::parse(&buf).expect("a reply").expect("complete");
///     Err(reply.into_owned())
/// }
///
/// let error = refused().expect_err("550");
/// assert_eq!(error.as_reply().code(), Smtp550);
/// assert_eq!(error.to_string(), "550 5.1.1 No such user");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OwnedReply {
    octets: Box<[u8]>,
    /// What was read from the octets, without them.
    read: Reply<'static>,
}

impl OwnedReply {
    /// The reply, with all that can be asked of one.
    #[must_use]
    pub fn as_reply(&self) -> Reply<'_> {
        Reply {
            taken: &self.octets,
            ..self.read
        }
    }
}

impl Reply<'_> {
    /// The same with octets of its own. Needs the feature `alloc`.
    #[must_use]
    pub fn into_owned(self) -> OwnedReply {
        OwnedReply {
            octets: self.taken.into(),
            read: Reply { taken: &[], ..self },
        }
    }
}

impl From<Reply<'_>> for OwnedReply {
    fn from(reply: Reply<'_>) -> Self {
        reply.into_owned()
    }
}

impl fmt::Display for OwnedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_reply(), f)
    }
}

impl fmt::Debug for OwnedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_reply(), f)
    }
}

impl core::error::Error for OwnedReply {}

#[cfg(feature = "serde")]
mod serde_impls {
    use alloc::vec::Vec;
    use core::fmt;

    use serde::de::{Error, MapAccess, SeqAccess, Visitor};
    use serde::ser::SerializeStruct;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Limits, OwnedReply, Reply, State};
    use crate::code::ReplyCode;
    use crate::enhanced::EnhancedCode;

    const FIELDS: &[&str] = &["code", "enhanced", "raw"];

    impl Serialize for OwnedReply {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let is_for_people = serializer.is_human_readable();
            let mut fields = serializer.serialize_struct("OwnedReply", FIELDS.len())?;
            fields.serialize_field("code", &self.read.code)?;
            fields.serialize_field("enhanced", &self.read.enhanced)?;
            match core::str::from_utf8(&self.octets) {
                Ok(text) if is_for_people => fields.serialize_field("raw", text)?,
                _ => fields.serialize_field("raw", &*self.octets)?,
            }
            fields.end()
        }
    }

    impl<'de> Deserialize<'de> for OwnedReply {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_struct("OwnedReply", FIELDS, Fields)
        }
    }

    struct Fields;

    impl<'de> Visitor<'de> for Fields {
        type Value = OwnedReply;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a reply with its `code`, its `enhanced` code and its octets as `raw`")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OwnedReply, A::Error> {
            let (mut code, mut enhanced, mut raw) = (None, None, None);
            while let Some(field) = map.next_key::<Field>()? {
                match field {
                    Field::Code => code = Some(map.next_value::<ReplyCode>()?),
                    Field::Enhanced => enhanced = Some(map.next_value::<Option<EnhancedCode>>()?),
                    Field::Raw => raw = Some(map.next_value::<Octets>()?),
                }
            }
            let Octets(octets) = raw.ok_or_else(|| A::Error::missing_field("raw"))?;
            reply(&octets, code, enhanced).map_err(A::Error::custom)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OwnedReply, A::Error> {
            let missing = |at| A::Error::invalid_length(at, &Fields);
            let code = seq.next_element()?.ok_or_else(|| missing(0))?;
            let enhanced = seq.next_element()?.ok_or_else(|| missing(1))?;
            let Octets(octets) = seq.next_element()?.ok_or_else(|| missing(2))?;
            reply(&octets, Some(code), Some(enhanced)).map_err(A::Error::custom)
        }
    }

    /// Reads the octets again; the codes beside them, where they are given, have to fit.
    fn reply(
        octets: &[u8],
        code: Option<ReplyCode>,
        enhanced: Option<Option<EnhancedCode>>,
    ) -> Result<OwnedReply, &'static str> {
        const ALL: Limits = Limits {
            line: usize::MAX,
            lines: usize::MAX,
            reply: usize::MAX,
        };
        let mut state = State::NEW;
        let reply: Reply<'_> = match state.read(octets, &ALL) {
            Ok(Some(reply)) if reply.len() == octets.len() => reply,
            Ok(None) => state.truncated(octets).ok_or("`raw` holds no reply code")?,
            Ok(Some(_)) => return Err("`raw` holds more than one reply"),
            Err(_) => return Err("`raw` holds no reply"),
        };
        if code.is_some_and(|code| code != reply.code()) {
            return Err("`code` is not the reply code in `raw`");
        }
        if enhanced.is_some_and(|enhanced| enhanced != reply.enhanced()) {
            return Err("`enhanced` is not the enhanced code in `raw`");
        }
        Ok(reply.into_owned())
    }

    enum Field {
        Code,
        Enhanced,
        Raw,
    }

    impl<'de> Deserialize<'de> for Field {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Name;

            impl Visitor<'_> for Name {
                type Value = Field;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("`code`, `enhanced` or `raw`")
                }

                fn visit_str<E: Error>(self, name: &str) -> Result<Field, E> {
                    match name {
                        "code" => Ok(Field::Code),
                        "enhanced" => Ok(Field::Enhanced),
                        "raw" => Ok(Field::Raw),
                        _ => Err(E::unknown_field(name, FIELDS)),
                    }
                }
            }

            deserializer.deserialize_identifier(Name)
        }
    }

    struct Octets(Vec<u8>);

    impl<'de> Deserialize<'de> for Octets {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Any;

            impl<'de> Visitor<'de> for Any {
                type Value = Octets;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("the octets of a reply, as a string or as numbers")
                }

                fn visit_str<E: Error>(self, text: &str) -> Result<Octets, E> {
                    Ok(Octets(text.as_bytes().to_vec()))
                }

                fn visit_bytes<E: Error>(self, octets: &[u8]) -> Result<Octets, E> {
                    Ok(Octets(octets.to_vec()))
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Octets, A::Error> {
                    let mut octets = Vec::new();
                    while let Some(octet) = seq.next_element()? {
                        octets.push(octet);
                    }
                    Ok(Octets(octets))
                }
            }

            // Another format may not tell what comes, and then it is the list of numbers.
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_any(Any),
                false => deserializer.deserialize_seq(Any),
            }
        }
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    fn owned(octets: &[u8]) -> OwnedReply {
        let reply = Reply::parse(octets).expect("a reply").expect("complete");
        reply.into_owned()
    }

    #[test]
    fn serialised_it_comes_back_with_every_octet() {
        for octets in [
            b"550 5.1.1 No such user\r\n".as_slice(),
            b"250\r\n",
            b"\r\n550-caf\xe9\n250 \x00\xff5.1.1\r\n",
            "554 5.7.1 nicht erwünscht\r\n".as_bytes(),
        ] {
            let reply = owned(octets);
            let json = serde_json::to_string(&reply).expect("JSON");
            let back: OwnedReply = serde_json::from_str(&json).expect(&json);
            assert_eq!(back, reply);
            assert_eq!(back.as_reply().as_bytes(), reply.as_reply().as_bytes());
        }
        let json = serde_json::to_string(&owned(b"550 5.1.1 No\r\n")).expect("JSON");
        assert_eq!(
            json,
            r#"{"code":550,"enhanced":"5.1.1","raw":"550 5.1.1 No\r\n"}"#
        );
    }

    #[test]
    fn it_goes_through_a_format_that_does_not_describe_itself() {
        for octets in [b"550 5.1.1 No such user\r\n".as_slice(), b"250 caf\xe9\r\n"] {
            let reply = owned(octets);
            let bytes = postcard::to_allocvec(&reply).expect("bytes");
            let back: OwnedReply = postcard::from_bytes(&bytes).expect("a reply");
            assert_eq!(back, reply);
        }
    }

    #[test]
    fn the_beginning_of_a_reply_comes_back_as_that() {
        let octets = b"550-5.1.1 No\r\n550 5.";
        let mut state = State::NEW;
        assert!(
            state
                .read(octets, &Limits::DEFAULT)
                .expect("a reply")
                .is_none()
        );
        let reply = state.truncated(octets).expect("a code").into_owned();
        let json = serde_json::to_string(&reply).expect("JSON");
        let back: OwnedReply = serde_json::from_str(&json).expect(&json);
        assert_eq!(back, reply);
        assert!(!back.as_reply().is_strict());
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for (json, message) in [
            (r#"{"code":550,"raw":"250 ok\r\n"}"#, "`code` is not"),
            (
                r#"{"enhanced":"5.1.2","raw":"550 5.1.1 x\r\n"}"#,
                "`enhanced` is not",
            ),
            (r#"{"raw":"250 ok\r\n250 ok\r\n"}"#, "more than one reply"),
            (r#"{"raw":"hello\r\n"}"#, "no reply"),
            (r#"{"raw":"25"}"#, "no reply code"),
            (r#"{"code":550}"#, "missing field `raw`"),
            (
                r#"{"raw":"250 ok\r\n","text":"ok"}"#,
                "unknown field `text`",
            ),
        ] {
            let error = serde_json::from_str::<OwnedReply>(json).expect_err(json);
            assert!(error.to_string().contains(message), "{json}: {error}");
        }
    }
}
