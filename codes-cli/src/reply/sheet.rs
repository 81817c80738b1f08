//! One page about a reply: what it means and what to do come first, the evidence after it.

use std::fmt;

use codes_core::{Advice, AdviceBasis, Class, CodeInfo, NextActor, Page, ReplyCode};

use crate::page::Blocks;
use crate::reply::combination::{Combination, Neighbour, ToDo};
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
    /// What somebody has to do, or look for, on the side that gave the reply.
    pub(crate) here: Option<String>,
    /// How to repair it, as the code has it.
    pub(crate) fix: Option<&'static str>,
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
        let info = combination.code.and_then(ReplyCode::info);
        let fix = advice.filter(is_fixed_by_code).and(info);
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
            here: None,
            fix: fix.map(CodeInfo::fix),
            neighbours: combination.neighbours(NEIGHBOURS),
            more: code.into_iter().chain(enhanced).collect(),
        })
    }

    /// Tells the sides apart, for a reply that the system gave whose log this is.
    pub(crate) fn is_given(&mut self) {
        let actor = self.advice.map(|advice| advice.next_actor());
        let is_refusal = self.advice.is_some_and(|advice| is_refusal(&advice));
        let (Some(to_do), Some(actor), true) = (&mut self.to_do, actor, is_refusal) else {
            return;
        };
        let side = match actor {
            NextActor::RecipientAdmin => "That is this system.",
            NextActor::Recipient => "That is a user of this system.",
            _ => "That is the other side, not this system.",
        };
        if let Some(who) = &mut to_do.who {
            who.push(' ');
            who.push_str(side);
        }
        self.here = Some(
            match actor {
                NextActor::RecipientAdmin => {
                    "The reason lies here: the log around this reply tells more, the words name the \
                     check or the resource."
                }
                _ => {
                    "Nothing, if the refusal is as intended. If not, the words name the check that \
                     refused: its rule, list or table is what to look at."
                }
            }
            .to_owned(),
        );
    }

    /// Writes it; one of many without what a person who reads on can ask for.
    pub(crate) fn write_to(&self, blocks: &mut Blocks, is_alone: bool) -> fmt::Result {
        match self.count {
            1 => blocks.title(format_args!("{}", self.title))?,
            count => blocks.title(format_args!("{} ({})", self.title, times(count)))?,
        }
        blocks.paragraph(format_args!("{}", self.meaning))?;
        self.what_to_do(blocks)?;
        if let Some(fix) = self.fix {
            let is_refusal = self.advice.is_some_and(|advice| is_refusal(&advice));
            let heading = match (is_refusal, &self.here) {
                (false, _) => "What to do next",
                (true, None) => "How to fix it",
                (true, Some(_)) => "How the other side fixes it",
            };
            blocks.heading(format_args!("{heading}"))?;
            blocks.paragraph(format_args!("{fix}"))?;
        }
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
        if let Some(here) = &self.here {
            blocks.item("On our side", format_args!("{here}"))?;
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

fn is_refusal(advice: &Advice) -> bool {
    let class = advice.situation().code().class();
    !matches!(
        class,
        Class::PositiveCompletion | Class::PositiveIntermediate
    )
}

/// Whether what the code says about a remedy holds here: for every refusal, unless it is out of order.
fn is_fixed_by_code(advice: &Advice) -> bool {
    match advice.basis() {
        AdviceBasis::Code => true,
        AdviceBasis::Order | AdviceBasis::Form => false,
        _ => is_refusal(advice),
    }
}
