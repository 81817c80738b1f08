//! The registry of enhanced status codes: look-up by number, and what goes with which reply code.

use super::{BasicCodes, EnhancedClass, EnhancedCode, EnumeratedCode, EnumeratedInfo, SubCodeInfo};
use crate::code::ReplyCode;
use crate::generated::registry::{CLASSES, ENUMERATED, SUBJECTS};

/// The numbers alone, so that a program which needs no more does not link the texts.
pub(super) static CODES: &[EnumeratedCode] = &{
    let mut codes = [EnumeratedCode::known(0, 0); ENUMERATED.len()];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = ENUMERATED[at].code;
        at += 1;
    }
    codes
};

/// One more than the highest subject.
const WIDTH: usize = match CODES {
    [.., last] => last.subject as usize + 1,
    [] => 0,
};

/// Where the details of each subject begin in `PLACES`, and where those of the last end.
static STARTS: [u16; WIDTH + 1] = {
    let mut starts = [0; WIDTH + 1];
    let mut at = 0;
    // In ascending order, so that the highest detail of a subject remains.
    while at < CODES.len() {
        starts[CODES[at].subject as usize + 1] = CODES[at].detail + 1;
        at += 1;
    }
    let mut subject = 0;
    while subject < WIDTH {
        starts[subject + 1] += starts[subject];
        subject += 1;
    }
    starts
};

/// Where each detail stands in the registry. Zero stands for one that it does not have.
static PLACES: [u16; STARTS[WIDTH] as usize] = {
    let mut places = [0; STARTS[WIDTH] as usize];
    let mut at = 0;
    while at < CODES.len() {
        let code = CODES[at];
        at += 1;
        places[STARTS[code.subject as usize] as usize + code.detail as usize] = at as u16;
    }
    places
};

const fn place(code: EnumeratedCode) -> Option<usize> {
    let subject = code.subject as usize;
    if subject >= WIDTH {
        return None;
    }
    let at = STARTS[subject] as usize + code.detail as usize;
    if at >= STARTS[subject + 1] as usize {
        return None;
    }
    (PLACES[at] as usize).checked_sub(1)
}

pub(super) const fn info(code: EnumeratedCode) -> Option<&'static EnumeratedInfo> {
    match place(code) {
        Some(at) => Some(&ENUMERATED[at]),
        None => None,
    }
}

pub(super) const fn class(class: EnhancedClass) -> &'static SubCodeInfo {
    match class {
        EnhancedClass::Success => &CLASSES[0],
        EnhancedClass::Transient => &CLASSES[1],
        EnhancedClass::Permanent => &CLASSES[2],
    }
}

pub(super) const fn subjects() -> &'static [SubCodeInfo] {
    &SUBJECTS
}

pub(super) const fn subject(number: u16) -> Option<&'static SubCodeInfo> {
    let (mut low, mut high) = (0, SUBJECTS.len());
    while low < high {
        let middle = low.midpoint(high);
        let known = SUBJECTS[middle].number;
        if known == number {
            return Some(&SUBJECTS[middle]);
        }
        if known < number {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// The codes of one class in the two lists of a detail, which have none in common.
pub(super) fn reply_codes(code: EnhancedCode) -> impl Iterator<Item = ReplyCode> + Clone + use<> {
    let (mut listed, mut seen): (&[ReplyCode], &[ReplyCode]) = (&[], &[]);
    if let Some(info) = info(code.without_class()) {
        seen = info.seen;
        if let BasicCodes::Listed(codes) = info.basic {
            listed = codes;
        }
    }
    let merged = core::iter::from_fn(move || {
        let from = match (listed.first(), seen.first()) {
            (Some(a), Some(b)) if b < a => &mut seen,
            (None, _) => &mut seen,
            _ => &mut listed,
        };
        let (first, rest) = from.split_first()?;
        *from = rest;
        Some(*first)
    });
    merged.filter(move |&reply| code.agrees_with(reply))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_up_finds_exactly_the_codes_of_the_registry() {
        let mut found = Vec::new();
        for subject in 0..=999 {
            for detail in 0..=999 {
                let code = EnumeratedCode::known(subject, detail);
                if let Some(info) = code.info() {
                    assert_eq!(info.code(), code);
                    found.push(code);
                }
            }
        }
        assert_eq!(found, EnumeratedCode::registered());
        assert!(found.len() > 80);
    }

    #[test]
    fn every_class_and_every_subject_of_a_detail_is_explained() {
        for class in EnhancedClass::ALL {
            assert_eq!(class.info().code(), format!("{}.X.Y", class.digit()));
        }
        for code in EnumeratedCode::registered() {
            let subject = code.subject_info().expect("a detail has a subject");
            assert_eq!(subject.code(), format!("X.{}.Y", code.subject()));
        }
        assert!(EnumeratedCode::known(9, 1).subject_info().is_none());
        assert!(SubCodeInfo::subjects().is_sorted_by_key(|subject| subject.number));
    }

    #[test]
    fn reply_codes_and_enhanced_codes_name_each_other() {
        let mut pairs = 0;
        for info in &crate::TABLE {
            let reply = info.code();
            let codes: Vec<_> = reply.enhanced_codes().collect();
            assert!(codes.is_sorted_by(|a, b| a < b), "{reply}");
            let without: Vec<_> = codes.iter().map(|code| code.without_class()).collect();
            assert_eq!(without, info.enhanced(), "{reply}");
            for code in codes {
                assert!(code.agrees_with(reply));
                assert!(code.reply_codes().any(|other| other == reply), "{code}");
                pairs += 1;
            }
        }
        for code in EnumeratedCode::registered() {
            for class in EnhancedClass::ALL {
                let code = code.with_class(*class);
                let replies: Vec<_> = code.reply_codes().collect();
                assert!(replies.is_sorted_by(|a, b| a < b), "{code}");
                for reply in replies {
                    assert!(reply.enhanced_codes().any(|other| other == code), "{code}");
                    pairs -= 1;
                }
            }
        }
        assert_eq!(pairs, 0, "one of the two knows more");
    }

    #[test]
    fn what_nobody_registered_goes_with_nothing() {
        let code = EnhancedCode::new(5, 7, 708).expect("in range");
        assert_eq!(code.reply_codes().count(), 0);
        let mut codes = (500..=599).filter_map(ReplyCode::new);
        let unknown = codes.find(|code| code.info().is_none());
        assert_eq!(unknown.map(|code| code.enhanced_codes().count()), Some(0));
    }
}
