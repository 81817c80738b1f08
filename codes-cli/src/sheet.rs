//! One page about a reply: what it means and what to do come first, the evidence after it.

use std::fmt;

use codes_core::{Advice, AdviceBasis, Class, CodeInfo, Page, ReplyCode};

use crate::combination::{Combination, Neighbour, ToDo};
use crate::page::Blocks;
use crate::words::{first_sentence, times};

/// More neighbours are a wall of text; the page of the code lists them all.
const NEIGHBOURS: usize = 3;

/// The pieces of the page, in their order.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) meaning: String,
    pub(crate) to_do: Option<ToDo>,
    pub(crate) advice: Option<Advice>,
    /// What was done with the mail, apart from what was said.
    pub(crate) done: Option<String>,
    /// Each part, beside the words that it comes from.
    pub(crate) read_from: Vec<(&'static str, String)>,
    /// What contradicts itself or departs from the grammar.
    pub(crate) odd: Vec<String>,
    /// How to repair it, where only the code says that.
    fix: Option<&'static str>,
    pub(crate) neighbours: Vec<Neighbour>,
    more: Vec<String>,
}

impl Sheet {
    pub(crate) fn of(combination: Combination, advice: Option<Advice>) -> Result<Self, fmt::Error> {
        let to_do = combination.to_do(advice)?;
        let mut odd = to_do
            .as_ref()
            .map_or_else(Vec::new, |to_do| to_do.caveats.clone());
        odd.extend(combination.contradictions(advice.as_ref()));
        let by_code = advice.filter(|advice| advice.basis() == AdviceBasis::Code);
        let info = combination.code.and_then(ReplyCode::info);
        let code = combination.code.map(|code| code.as_str().to_owned());
        let enhanced = combination.enhanced.map(|code| code.to_string());
        Ok(Self {
            title: combination.title(),
            count: 1,
            meaning: combination.meaning(),
            to_do,
            advice,
            done: None,
            read_from: Vec::new(),
            odd,
            fix: by_code.and(info).map(CodeInfo::fix),
            neighbours: combination.neighbours(NEIGHBOURS),
            more: code.into_iter().chain(enhanced).collect(),
        })
    }

    /// Writes it; one of many without what a person who reads on can ask for.
    pub(crate) fn write_to(&self, blocks: &mut Blocks, is_alone: bool) -> fmt::Result {
        match self.count {
            1 => blocks.title(format_args!("{}", self.title))?,
            count => blocks.title(format_args!("{} ({})", self.title, times(count)))?,
        }
        blocks.paragraph(format_args!("{}", self.meaning))?;
        self.what_to_do(blocks)?;
        if !self.odd.is_empty() {
            blocks.heading(format_args!("What does not fit"))?;
            for text in &self.odd {
                blocks.paragraph(format_args!("{text}"))?;
            }
        }
        if !self.read_from.is_empty() {
            blocks.heading(format_args!("Read from"))?;
            for (label, text) in &self.read_from {
                blocks.item(label, format_args!("{text}"))?;
            }
        }
        if !is_alone {
            return Ok(());
        }
        if let Some(fix) = self.fix {
            let class = self.advice.map(|advice| advice.situation().code().class());
            let heading = match class {
                Some(Class::PositiveCompletion | Class::PositiveIntermediate) => "What to do next",
                _ => "How to fix it",
            };
            blocks.heading(format_args!("{heading}"))?;
            blocks.paragraph(format_args!("{fix}"))?;
        }
        if !self.neighbours.is_empty() {
            blocks.heading(format_args!("Often mixed up with"))?;
            for other in &self.neighbours {
                let remark = first_sentence(other.remark);
                blocks.item(other.code.as_str(), format_args!("{remark}"))?;
            }
        }
        self.hint(blocks)
    }

    fn what_to_do(&self, blocks: &mut Blocks) -> fmt::Result {
        let Some(to_do) = &self.to_do else {
            return Ok(());
        };
        blocks.item("What to do", format_args!("{}", to_do.steps))?;
        if let Some(who) = &to_do.who {
            blocks.item("Who", format_args!("{who}"))?;
        }
        if let Some(about) = &to_do.about {
            blocks.item("About", format_args!("{about}"))?;
        }
        if let Some(done) = &self.done {
            blocks.item("What was done", format_args!("{done}"))?;
        }
        // For a code that decides by itself the reason is what it asserts.
        if to_do.why != self.meaning {
            blocks.item("Why", format_args!("{}", to_do.why))?;
        }
        blocks.item("How sure", format_args!("{}", to_do.sure))
    }

    fn hint(&self, blocks: &mut Blocks) -> fmt::Result {
        let commands = self.more.iter().map(|code| format!("`smtp-codes {code}`"));
        let all = commands.collect::<Vec<_>>().join(" and ");
        let compare = match (self.more.first(), self.neighbours.first()) {
            (Some(code), Some(other)) => {
                format!("; `smtp-codes {code} {}` compares", other.code.as_str())
            }
            _ => String::new(),
        };
        if all.is_empty() {
            return Ok(());
        }
        blocks.heading(format_args!("More"))?;
        let verb = if self.more.len() == 1 {
            "explains it"
        } else {
            "explain each"
        };
        blocks.paragraph(format_args!("{all} {verb} in full{compare}."))
    }
}
