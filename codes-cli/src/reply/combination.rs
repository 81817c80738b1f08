//! A code, an enhanced code and a command: what they mean together, and what speaks against it.

use std::fmt;

use codes_core::{
    Advice, AdviceBasis, BasicCodes, Caveat, Command, CommandKind, Connection, EnhancedClass,
    EnhancedCode, EnumeratedInfo, Fate, ReplyCode, Situation, Standing, compare,
};

use crate::reply::advice_words::AdviceWords;
use crate::words::{listed, moments, of_class};

/// Any of the three; a [`Question`](crate::question::Question) has at least one that is no command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Combination {
    pub(crate) code: Option<ReplyCode>,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) command: Option<Command>,
}

/// What to do, who, and why.
#[derive(Debug)]
pub(crate) struct ToDo {
    pub(crate) steps: String,
    pub(crate) who: Option<String>,
    /// What it is about, and whether mail may be returned.
    pub(crate) about: Option<String>,
    pub(crate) why: String,
    pub(crate) sure: String,
    /// What speaks against relying on it.
    pub(crate) caveats: Vec<String>,
}

/// A code that is mixed up with another.
#[derive(Debug)]
pub(crate) struct Neighbour {
    pub(crate) code: ReplyCode,
    pub(crate) remark: &'static str,
    pub(crate) choose: Option<&'static str>,
}

impl Combination {
    /// What an advice goes by; `None` without a reply code.
    pub(crate) fn situation(self) -> Option<Situation> {
        let situation = Situation::new(self.code?);
        Some(situation.enhanced(self.enhanced).at(self.command))
    }

    /// The registered detail of the enhanced code, if it is of the class of the code.
    fn detail(self) -> Option<&'static EnumeratedInfo> {
        let enhanced = self.enhanced?;
        let counts = self.code.is_none_or(|code| enhanced.agrees_with(code));
        enhanced.info().detail().filter(|_| counts)
    }

    /// `550 Mailbox Unavailable with 5.1.1 Bad destination mailbox address in answer to RCPT`
    pub(crate) fn title(self) -> String {
        let code = self.code.map(|code| code.to_string());
        let enhanced = self.enhanced.map(|code| code.info().to_string());
        let mut title = [code, enhanced]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" with ");
        if let Some(moment) = self.moment() {
            title.push(' ');
            title.push_str(&moment);
        }
        title
    }

    /// `in answer to RCPT`; nothing for a group of commands.
    pub(crate) fn moment(self) -> Option<String> {
        let command = self.command?;
        (command.kind() != CommandKind::Group).then(|| command.moment().to_string())
    }

    /// What it asserts: by the enhanced code where that is registered, as it says more.
    pub(crate) fn meaning(self) -> String {
        match (self.detail(), self.code, self.enhanced) {
            (Some(detail), ..) => detail.meaning().to_owned(),
            (None, Some(code), enhanced) => {
                let subject = enhanced
                    .filter(|enhanced| enhanced.agrees_with(code))
                    .and_then(|enhanced| enhanced.info().subject());
                let mut text = match code.info() {
                    Some(info) => info.description().to_owned(),
                    None => format!(
                        "The number {code} is in no table, so only its digits speak: it is a {}.",
                        of_class(code)
                    ),
                };
                if let Some(subject) = subject {
                    text.push_str(&format!(
                        " The subject of the enhanced code is {}: {}",
                        subject.title(),
                        subject.meaning()
                    ));
                }
                text
            }
            (None, None, Some(enhanced)) => {
                let info = enhanced.info();
                let subject = info.subject().map_or_else(String::new, |subject| {
                    format!(" Its subject is {}: {}", subject.title(), subject.meaning())
                });
                format!(
                    "The registry does not have {enhanced}, so only its class and its subject have \
                     a meaning.{subject}"
                )
            }
            (None, None, None) => String::new(),
        }
    }

    /// The advice, as far as what is known allows one.
    pub(crate) fn to_do(self, advice: Option<Advice>) -> Result<Option<ToDo>, fmt::Error> {
        if let Some(advice) = advice {
            return ToDo::of(&advice).map(Some);
        }
        match self.enhanced {
            Some(enhanced) => self.by_enhanced(enhanced).map(Some),
            None => Ok(None),
        }
    }

    /// Without a reply code: what the reply codes lead to that go with the enhanced code; none where
    /// they do not all lead to the same.
    pub(crate) fn agreed(self, enhanced: EnhancedCode) -> Vec<Advice> {
        let mut infos: Vec<_> = enhanced
            .reply_codes()
            .filter(|&code| enhanced.agrees_with(code))
            .filter_map(ReplyCode::info)
            .filter(|info| info.connection() != Connection::NotAReply)
            .collect();
        // The reason of a code of the standard is the better one.
        infos.sort_by_key(|info| info.standing() != Standing::Standard);
        let advices: Vec<_> = infos
            .iter()
            .map(|&info| {
                let situation = Situation::new(info).enhanced(enhanced);
                situation.at(self.command).advice()
            })
            .collect();
        let facts = |advice: &Advice| {
            (
                advice.action(),
                advice.then(),
                advice.next_actor(),
                advice.scope(),
            )
        };
        let are_one = advices
            .windows(2)
            .all(|pair| facts(&pair[0]) == facts(&pair[1]));
        match are_one {
            true => advices,
            false => Vec::new(),
        }
    }

    /// Without a reply code: what they agree on, or else what the class says.
    fn by_enhanced(self, enhanced: EnhancedCode) -> Result<ToDo, fmt::Error> {
        let advices = self.agreed(enhanced);
        if let Some(first) = advices.first() {
            let codes = advices
                .iter()
                .map(|advice| advice.situation().code().as_str());
            return Ok(ToDo {
                sure: format!(
                    "No reply code is given. {} goes with {}, which {}.",
                    enhanced,
                    listed(codes, "and"),
                    if advices.len() == 1 {
                        "leads to this"
                    } else {
                        "all lead to this"
                    },
                ),
                // What speaks of the code is left out, as it is not given.
                why: match first.basis() {
                    AdviceBasis::EnhancedCode => first.why(),
                    _ => enhanced.info().class().meaning(),
                }
                .to_owned(),
                caveats: Vec::new(),
                ..ToDo::of(first)?
            });
        }
        let steps = match enhanced.class() {
            EnhancedClass::Success => "Nothing has to be done: the class says that it succeeded.",
            EnhancedClass::Transient => "The client keeps the message and tries again later.",
            EnhancedClass::Permanent => {
                "The client does not send the same again before something has changed."
            }
        };
        Ok(ToDo {
            steps: steps.to_owned(),
            who: None,
            about: None,
            why: enhanced.info().class().meaning().to_owned(),
            sure: "No reply code is given, so the class of the enhanced code alone decides. Who has to \
                   act, and whether mail is returned, depends on the reply code and on what it answered."
                .to_owned(),
            caveats: Vec::new(),
        })
    }

    /// What does not fit together, or is unusual, in sentences.
    pub(crate) fn contradictions(self, advice: Option<&Advice>) -> Vec<String> {
        let pair = self.code.zip(self.enhanced);
        let by_pair = pair.and_then(|(code, enhanced)| unusual_pair(code, enhanced));
        let by_place = self.place(advice);
        by_pair.into_iter().chain(by_place).collect()
    }

    /// The code does not belong where it came.
    fn place(self, advice: Option<&Advice>) -> Option<String> {
        let (info, command) = (self.code?.info()?, self.command?);
        let own = info.commands().iter().any(|row| row.command() == command);
        let fits = own || command.answers().contains(&info.code());
        // An advice that goes by the order says so itself.
        let is_said = advice.is_some_and(|advice| advice.basis() == AdviceBasis::Order);
        if fits || is_said || command.kind() == CommandKind::Group {
            return None;
        }
        let usual = moments(info);
        let usual = match usual.is_empty() {
            true => String::new(),
            false => format!(" It is known {usual}."),
        };
        Some(format!(
            "No document and no server is known that gives {} {}.{usual}",
            info.code().as_str(),
            command.moment()
        ))
    }

    /// The codes it is mixed up with: those of the standard first, then those that may come at the
    /// same point, then those of the same class.
    pub(crate) fn neighbours(self, most: usize) -> Vec<Neighbour> {
        let Some(info) = self.code.and_then(ReplyCode::info) else {
            return Vec::new();
        };
        let mut codes = info.see_also().to_vec();
        codes.sort_by_key(|&code| {
            let comes_here = self
                .command
                .is_some_and(|command| command.answers().contains(&code));
            let is_standard = code
                .info()
                .is_some_and(|other| other.standing() == Standing::Standard);
            (!is_standard, !comes_here, code.class() != info.class())
        });
        let pairs = codes.into_iter().filter_map(|code| {
            let both = compare(info.code(), code);
            Some(Neighbour {
                code,
                remark: both.remark()?,
                choose: both.choose(),
            })
        });
        pairs.take(most).collect()
    }
}

/// The two are of different classes, or the registry does not have them together.
fn unusual_pair(code: ReplyCode, enhanced: EnhancedCode) -> Option<String> {
    // Another class is said by the advice.
    let detail = enhanced
        .info()
        .detail()
        .filter(|_| enhanced.agrees_with(code))?;
    let basic = detail.basic_codes();
    if basic.contains(code) || detail.seen_with().contains(&code) {
        return None;
    }
    let usual = match basic {
        BasicCodes::Listed(codes) => {
            let codes = codes.iter().filter(|&&code| enhanced.agrees_with(code));
            let codes: Vec<_> = codes.map(|code| code.as_str()).collect();
            match codes.is_empty() {
                true => format!("no {}yz", enhanced.class().digit()),
                false => listed(codes.into_iter(), "and"),
            }
        }
        BasicCodes::Class(class) => format!("any {}yz", class.digit()),
        _ => return None,
    };
    Some(format!(
        "An unusual pair: the registry has {} with {usual}, not with {}.",
        enhanced,
        code.as_str()
    ))
}

impl ToDo {
    pub(crate) fn of(advice: &Advice) -> Result<Self, fmt::Error> {
        let words = AdviceWords::of(advice)?;
        let mut why = words.why.iter().cloned();
        Ok(Self {
            steps: words.steps.clone(),
            who: Some(words.who().to_owned()),
            about: Some(match advice.fate() {
                Fate::TakenOver => format!(
                    "{} The server is responsible for the mail from now on.",
                    words.scope()
                ),
                _ => words.scope().to_owned(),
            }),
            why: why.next().unwrap_or_default(),
            sure: format!(
                "{} ({}).",
                words.certainty().trim_end_matches('.'),
                advice.source()
            ),
            caveats: why
                .filter(|text| {
                    // Said by the meaning already.
                    let said = [Caveat::UnknownCode.text()];
                    !said.contains(&text.as_str())
                })
                .collect(),
        })
    }
}
