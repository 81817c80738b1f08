//! All that can be found: every text about a code, an enhanced code, a command or a pair of codes.

use codes_core::{
    CodeInfo, Command, CommandKind, EnhancedClass, EnumeratedCode, EnumeratedInfo, Standing,
    SubCodeInfo, TABLE, compare,
};

/// How much a text counts, from the name of something to a remark beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Its number, as people write it.
    Number,
    Name,
    /// The words of an RFC.
    Phrase,
    Description,
    When,
    Fix,
    /// Extensions, and what is said of a pair.
    Remark,
    Source,
}

/// Something that can be found.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) kind: Kind,
    /// What the command explains it by: `550`, `X.7.26`, `RCPT`, `450 451`.
    pub(super) about: String,
    pub(super) name: String,
    /// How much it counts beside others: a code that few servers send counts less, and what is said of two
    /// codes.
    pub(super) weight: f64,
    /// Its description comes first, if it has one.
    pub(super) texts: Vec<(Field, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Reply,
    Enhanced,
    /// The class or the subject of enhanced codes.
    Part,
    Command,
    Pair,
}

impl Kind {
    /// For JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Enhanced => "enhanced",
            Self::Part => "enhanced-part",
            Self::Command => "command",
            Self::Pair => "pair",
        }
    }
}

/// Replies first, as they are what is asked for most.
pub(super) fn all() -> Vec<Document> {
    let classes = [
        EnhancedClass::Success,
        EnhancedClass::Transient,
        EnhancedClass::Permanent,
    ];
    let single = Command::all().filter(|command| command.kind() != CommandKind::Group);
    let enhanced = EnumeratedCode::registered().iter();
    let replies = TABLE.iter().map(reply);
    let parts = classes.map(EnhancedClass::info).into_iter();
    replies
        .chain(enhanced.filter_map(|code| code.info()).map(enumerated))
        .chain(parts.chain(SubCodeInfo::subjects()).map(part))
        .chain(single.map(command))
        .chain(TABLE.iter().flat_map(pairs))
        .collect()
}

fn reply(info: &'static CodeInfo) -> Document {
    let mut texts = vec![
        (Field::Description, info.description().to_owned()),
        (Field::Number, info.code().as_str().to_owned()),
        (Field::Name, info.name().to_owned()),
        (Field::When, info.when().to_owned()),
        (Field::Fix, info.fix().to_owned()),
    ];
    texts.extend(info.phrase().map(|text| (Field::Phrase, text.to_owned())));
    let extensions = info.extensions().iter();
    texts.extend(extensions.map(|text| (Field::Remark, (*text).to_owned())));
    let specs = info.specs().iter();
    texts.extend(specs.map(|text| (Field::Source, (*text).to_owned())));
    Document {
        kind: Kind::Reply,
        about: info.code().as_str().to_owned(),
        name: info.name().to_owned(),
        weight: match info.standing() {
            Standing::DeFacto | Standing::Historic => 0.7,
            _ => 1.0,
        },
        texts,
    }
}

fn enumerated(info: &'static EnumeratedInfo) -> Document {
    let code = info.code();
    let name = info.title().unwrap_or_default();
    let mut texts = vec![
        (Field::Description, info.meaning().to_owned()),
        (Field::Number, code.to_string()),
        (Field::Name, name.to_owned()),
        (Field::Source, info.reference().to_owned()),
    ];
    let classes = info.classes().iter();
    texts.extend(classes.map(|&class| (Field::Number, code.with_class(class).to_string())));
    texts.extend(
        info.deprecated()
            .map(|text| (Field::Remark, text.to_owned())),
    );
    Document {
        kind: Kind::Enhanced,
        about: code.to_string(),
        name: name.to_owned(),
        weight: 1.0,
        texts,
    }
}

fn part(info: &'static SubCodeInfo) -> Document {
    Document {
        kind: Kind::Part,
        about: info.code().to_owned(),
        name: info.title().to_owned(),
        weight: 1.0,
        texts: vec![
            (Field::Description, info.meaning().to_owned()),
            (Field::Number, info.code().to_owned()),
            (Field::Name, info.title().to_owned()),
            (Field::Source, info.reference().to_owned()),
        ],
    }
}

fn command(command: Command) -> Document {
    let moment = command.moment().to_string();
    let mut texts = vec![
        (Field::Name, command.name().to_owned()),
        (Field::Remark, moment.clone()),
    ];
    texts.extend(command.spec().map(|text| (Field::Source, text.to_owned())));
    Document {
        kind: Kind::Command,
        about: command.name().to_owned(),
        name: moment,
        weight: 1.0,
        texts,
    }
}

/// The pairs of a code with a higher one of which something is said.
fn pairs(info: &'static CodeInfo) -> impl Iterator<Item = Document> {
    let others = info.see_also().iter().filter_map(|code| code.info());
    others
        .filter(move |other| other.code() > info.code())
        .filter_map(move |other| {
            let both = compare(info, other);
            let texts = [both.remark(), both.choose()].into_iter().flatten();
            let mut texts: Vec<_> = texts.map(|text| (Field::Remark, text.to_owned())).collect();
            if texts.is_empty() {
                return None;
            }
            let about = format!("{} {}", info.code().as_str(), other.code().as_str());
            texts.push((Field::Number, about.clone()));
            Some(Document {
                kind: Kind::Pair,
                about,
                name: format!("{} and {}", info.name(), other.name()),
                weight: 0.6,
                texts,
            })
        })
}
