//! Which documents fit a query, the best first.

use std::collections::HashMap;
use std::ops::Range;

use super::documents::{Document, Field};
use super::word::{Fit, fit, is_near, places};
use crate::words::first_sentence;

/// Fewer documents than this are few.
const FEW: usize = 3;

/// A document that fits.
#[derive(Debug)]
pub(super) struct Hit<'a> {
    pub(super) document: &'a Document,
    /// The words of its name that fit.
    pub(super) in_name: Vec<Range<usize>>,
    field: Field,
    /// The part of its texts that fits best.
    sentence: &'a str,
    /// The words in it that fit.
    places: Vec<Range<usize>>,
}

impl<'a> Hit<'a> {
    /// The sentence to show, and the words in it that fit. Where the name has them all, it is what the
    /// name means, if a text says so.
    pub(super) fn sentence(&self) -> Option<(&'a str, &[Range<usize>])> {
        match (self.field, self.document.texts.first()) {
            (Field::Number | Field::Name, Some((Field::Description | Field::Remark, text))) => {
                Some((first_sentence(text), &[]))
            }
            (Field::Number | Field::Name, _) => None,
            _ => Some((self.sentence, &self.places)),
        }
    }
}

/// What was found.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    /// Those that have most of the words first.
    pub(super) hits: Vec<Hit<'a>>,
    /// Words that no document has.
    pub(super) unknown: Vec<&'a str>,
}

/// How the words of the texts fit the words that are looked for.
struct Vocabulary {
    /// For each word of a text: which word of the query it fits, and how well.
    fits: HashMap<String, (usize, Fit)>,
    /// How much each word of the query counts: the fewer documents have it, the more.
    rarity: Vec<f64>,
}

impl Field {
    const fn weight(self) -> f64 {
        match self {
            Self::Number => 20.0,
            Self::Name => 10.0,
            Self::Phrase => 8.0,
            Self::Description => 4.0,
            Self::When | Self::Fix => 3.0,
            Self::Remark => 2.0,
            Self::Source => 1.0,
        }
    }
}

/// Searches all documents for the words of a query.
pub(super) fn search<'a>(documents: &'a [Document], wanted: &'a [String]) -> Findings<'a> {
    let vocabulary = Vocabulary::of(documents, wanted);
    let mut scored: Vec<_> = documents
        .iter()
        .filter_map(|document| vocabulary.judge(document))
        .collect();
    // Equal ones stay in their order.
    scored.sort_by(|(most, a, _), (count, b, _)| count.cmp(most).then(b.total_cmp(a)));
    // What has fewer of the words is worth a look only where little has most of them.
    let least = scored
        .get(FEW)
        .or(scored.last())
        .map_or(0, |(count, ..)| *count);
    scored.retain(|(count, ..)| *count >= least);
    let is_unknown = |at: &usize| vocabulary.rarity[*at] == 0.0;
    Findings {
        hits: scored.into_iter().map(|(.., hit)| hit).collect(),
        unknown: (0..wanted.len())
            .filter(is_unknown)
            .map(|at| wanted[at].as_str())
            .collect(),
    }
}

impl Vocabulary {
    fn of(documents: &[Document], wanted: &[String]) -> Self {
        let mut fits = HashMap::new();
        let mut words: Vec<Vec<String>> = Vec::new();
        for document in documents {
            let texts = document.texts.iter();
            let lower = texts.map(|(_, text)| text.to_lowercase());
            let mut own: Vec<String> = lower
                .flat_map(|text| {
                    let words = places(&text).map(|place| text[place].to_owned());
                    words.collect::<Vec<_>>()
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            words.push(own);
        }
        for (at, wanted) in wanted.iter().enumerate() {
            let mut add = |judge: &dyn Fn(&str) -> Option<Fit>| {
                let mut any = false;
                for word in words.iter().flatten() {
                    if let Some(fit) = judge(word) {
                        any = true;
                        let best = fits.entry(word.clone()).or_insert((at, fit));
                        if best.1 < fit {
                            *best = (at, fit);
                        }
                    }
                }
                any
            };
            // What is a word need be no slip of another.
            if !add(&|word| fit(wanted, word)) {
                add(&|word| is_near(wanted, word).then_some(Fit::Near));
            }
        }
        let rarity = (0..wanted.len()).map(|at| {
            let has = |own: &&Vec<String>| {
                own.iter()
                    .any(|word| fits.get(word).is_some_and(|fit| fit.0 == at))
            };
            match words.iter().filter(has).count() {
                0 => 0.0,
                count => (1.0 + words.len() as f64 / count as f64).ln(),
            }
        });
        let rarity = rarity.collect();
        Self { fits, rarity }
    }

    /// How many words it has, how well it fits, and where best; `None` where it has no word.
    fn judge<'a>(&self, document: &'a Document) -> Option<(usize, f64, Hit<'a>)> {
        // For each word the best that any text has, and a little for each text more.
        let mut best = vec![0.0_f64; self.rarity.len()];
        let mut more = 0.0;
        let mut hit: Option<(f64, Hit<'a>)> = None;
        for (field, text) in &document.texts {
            for sentence in sentences(text) {
                let found = self.places(sentence);
                let weight = match field {
                    // A name that is made of the words is more than one that has them too.
                    Field::Number | Field::Name => {
                        let share = found.len() as f64 / places(sentence).count().max(1) as f64;
                        field.weight() * (1.0 + share) / 2.0
                    }
                    _ => field.weight(),
                };
                let mut here = vec![0.0_f64; self.rarity.len()];
                for (_, (at, fit)) in &found {
                    let score = weight * fit.weight() * self.rarity[*at];
                    here[*at] = here[*at].max(score);
                }
                let sum: f64 = here.iter().sum();
                if sum == 0.0 {
                    continue;
                }
                for (best, here) in best.iter_mut().zip(&here) {
                    *best = best.max(*here);
                }
                // Words that stand together mean more than the same words far from each other.
                let count = here.iter().filter(|&&score| score > 0.0).count();
                let together = sum * (count - 1) as f64 + sum * f64::from(adjacent(&found));
                more += 0.05 * sum;
                let score = sum + together;
                if hit.as_ref().is_none_or(|(other, _)| *other < score) {
                    let places = found.into_iter().map(|(place, _)| place).collect();
                    let place = Hit {
                        document,
                        in_name: Vec::new(),
                        field: *field,
                        sentence,
                        places,
                    };
                    hit = Some((score, place));
                }
            }
        }
        let (score, mut hit) = hit?;
        let in_name = self.places(&document.name).into_iter();
        hit.in_name = in_name.map(|(place, _)| place).collect();
        let count = best.iter().filter(|&&score| score > 0.0).count();
        let score = (best.iter().sum::<f64>() + score + more) * document.weight;
        Some((count, score, hit))
    }

    /// The words of a text that fit, and what they fit.
    fn places(&self, text: &str) -> Vec<(Range<usize>, (usize, Fit))> {
        let fits = |place: Range<usize>| {
            let fit = self.fits.get(&text[place.clone()].to_lowercase())?;
            Some((place, *fit))
        };
        places(text).filter_map(fits).collect()
    }
}

/// How many pairs of words of the query follow one another in the text as they do in the query.
fn adjacent(found: &[(Range<usize>, (usize, Fit))]) -> u32 {
    let pairs = found.windows(2).filter(|pair| {
        let [(a, (first, _)), (b, (second, _))] = pair else {
            return false;
        };
        *second == first + 1 && b.start - a.end <= 1
    });
    pairs.count() as u32
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let sentence = first_sentence(rest);
        rest = rest[sentence.len()..].trim_start();
        Some(sentence)
    })
}
