//! Enhanced codes in serialised data: the text that they are written as.

use core::fmt;

use super::{EnhancedCode, EnumeratedCode};

macro_rules! as_text {
    ($code:ident, $what:literal) => {
        impl serde::Serialize for $code {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $code {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl serde::de::Visitor<'_> for Text {
                    type Value = $code;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$code, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}

as_text!(EnhancedCode, "an enhanced status code such as \"5.1.1\"");
as_text!(
    EnumeratedCode,
    "an enhanced status code without its class, such as \"X.1.1\""
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialised_a_code_is_its_text() {
        let full = EnumeratedCode::MAILBOX_FULL;
        let json = |code| serde_json::to_string(&code).ok();
        assert_eq!(json(full.permanent()).as_deref(), Some("\"5.2.2\""));
        assert_eq!(
            serde_json::to_string(&full).ok().as_deref(),
            Some("\"X.2.2\"")
        );
        assert_eq!(serde_json::from_str("\"X.2.2\"").ok(), Some(full));
        assert_eq!(
            serde_json::from_str("\"4.2.2\"").ok(),
            Some(full.transient())
        );
        for text in ["\"X.2.2\"", "522", "\"5.2\""] {
            assert!(
                serde_json::from_str::<EnhancedCode>(text).is_err(),
                "{text}"
            );
        }
    }
}
