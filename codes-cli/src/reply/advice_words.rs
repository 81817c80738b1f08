//! An advice in the words of the library, piece by piece.

use std::fmt;

use codes_core::{Advice, Page};

/// The pieces of an advice.
#[derive(Debug, Default)]
pub(crate) struct AdviceWords {
    /// `550 Mailbox Unavailable with 5.1.1 in answer to RCPT`
    pub(crate) title: String,
    /// What the client does, as a sentence.
    pub(crate) steps: String,
    /// The reason, and what speaks against relying on it.
    pub(crate) why: Vec<String>,
    facts: Vec<(String, String)>,
    in_reason: bool,
}

impl AdviceWords {
    pub(crate) fn of(advice: &Advice) -> Result<Self, fmt::Error> {
        let mut words = Self::default();
        advice.write_to(&mut words)?;
        Ok(words)
    }

    /// What it is about and whether mail may be returned.
    pub(crate) fn scope(&self) -> &str {
        self.fact("Scope")
    }

    pub(crate) fn who(&self) -> &str {
        self.fact("Who acts")
    }

    pub(crate) fn certainty(&self) -> &str {
        self.fact("Certainty")
    }

    fn fact(&self, label: &str) -> &str {
        let fact = self.facts.iter().find(|(own, _)| own == label);
        fact.map_or("", |(_, text)| text)
    }
}

impl Page for AdviceWords {
    fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.title = text.to_string();
        Ok(())
    }

    fn heading(&mut self, _: fmt::Arguments<'_>) -> fmt::Result {
        self.in_reason = true;
        Ok(())
    }

    fn paragraph(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        match self.in_reason {
            true => self.why.push(text.to_string()),
            false => self.steps = text.to_string(),
        }
        Ok(())
    }

    fn item(&mut self, label: &str, text: fmt::Arguments<'_>) -> fmt::Result {
        self.facts.push((label.to_owned(), text.to_string()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use codes_core::{Command, Situation, Smtp552};

    use super::*;

    #[test]
    fn every_piece_is_found() {
        let advice = Situation::new(Smtp552).at(Command::RCPT).advice();
        let words = AdviceWords::of(&advice).expect("cannot fail");
        assert!(words.title.starts_with("552 ") && words.title.ends_with(" RCPT"));
        assert_eq!(words.why[0], advice.why());
        for piece in [
            words.steps.as_str(),
            words.scope(),
            words.who(),
            words.certainty(),
        ] {
            assert!(piece.ends_with('.'), "{words:?}");
        }
    }
}
