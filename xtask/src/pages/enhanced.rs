//! The registry of enhanced status codes, with links to the reply codes and the documents.

use codes_core::{
    BasicCodes, EnhancedClass, EnumeratedCode, EnumeratedInfo, ReplyCode, SubCodeInfo,
};

use super::{code_anchor, enhanced_anchor, joined};
use crate::MADE_BY;
use crate::escape::escaped;
use crate::markdown::{link, source};
use crate::regen::{Output, Part};

const HOW_TO_READ: &str = "\
An enhanced status code (RFC 3463) has a class, a subject and a detail: `5.1.1`. The registry of RFC 5248
gives meanings to subject and detail and leaves the class open, written `X`; it is always the first digit
of the reply code (RFC 2034 4). A 3yz reply has none.

**For** says for which classes the definition means a code, where it does. Servers do not keep to that: a
full mailbox is meant to be transient, and is often reported as permanent. **Registry** has the reply codes
that the registry associates with it, **seen with** others that RFCs, servers and lists show.
";

pub(super) fn output() -> Output {
    let mut text =
        format!("<!-- {MADE_BY}. -->\n\n# Enhanced status codes\n\n{HOW_TO_READ}\n## Classes\n\n");
    text += "| Class | Title | What it says | Defined in |\n|---|---|---|---|\n";
    for class in EnhancedClass::ALL {
        let info = class.info();
        let (title, meaning) = (escaped(info.title()), escaped(info.meaning()));
        let reference = source(info.reference());
        text += &format!("| {} | {title} | {meaning} | {reference} |\n", info.code());
    }
    for subject in SubCodeInfo::subjects() {
        text += &section(subject);
    }
    Output {
        path: "docs/enhanced.md",
        parts: vec![Part::Whole(text)],
    }
}

fn section(subject: &SubCodeInfo) -> String {
    let (meaning, reference) = (escaped(subject.meaning()), source(subject.reference()));
    let mut text = format!(
        "\n## {}\n\n{meaning} ({reference})\n\n\
         | Code | Title | What it says | For | Registry | Seen with | Defined in |\n\
         |---|---|---|---|---|---|---|\n",
        escaped(&subject.to_string()),
    );
    for code in EnumeratedCode::registered() {
        let own = code.subject_info().map(SubCodeInfo::code);
        if let Some(info) = code.info()
            && own == Some(subject.code())
        {
            text += &line(info);
        }
    }
    text
}

fn line(info: &EnumeratedInfo) -> String {
    let code = info.code();
    let meaning = [Some(info.meaning()), info.deprecated()];
    let meaning: Vec<_> = meaning.into_iter().flatten().map(escaped).collect();
    format!(
        "| <a id=\"{}\"></a>{code} | {} | {} | {} | {} | {} | {} |\n",
        enhanced_anchor(code),
        info.title().map(escaped).unwrap_or_default(),
        meaning.join(" "),
        classes(info.classes()),
        registry(info.basic_codes()),
        links(info.seen_with()),
        source(info.reference()),
    )
}

fn classes(classes: &[EnhancedClass]) -> String {
    match classes.len() < EnhancedClass::ALL.len() {
        true => joined(classes.iter().map(|class| class.digit().to_string())),
        false => String::new(),
    }
}

fn registry(codes: BasicCodes) -> String {
    match codes {
        BasicCodes::Any => "any".to_owned(),
        BasicCodes::Class(class) => format!("any {}yz", class.digit()),
        BasicCodes::Listed(codes) => links(codes),
        _ => String::new(),
    }
}

fn links(codes: &[ReplyCode]) -> String {
    let target = |code| format!("codes.md#{}", code_anchor(code));
    joined(codes.iter().map(|&code| link(code.as_str(), &target(code))))
}
