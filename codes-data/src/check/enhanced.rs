//! The rules on enhanced codes that need the other entries.

use super::Checker;
use super::places::Places;
use crate::draft::{At, EnhancedDraft};
use crate::model::{BasicCodes, Enhanced, Part};

impl Checker<'_> {
    pub(super) fn enhanced(&mut self, drafts: Vec<EnhancedDraft>) -> Vec<Enhanced> {
        let mut places = Places::default();
        for draft in &drafts {
            let first = places.first(&draft.enhanced.part.to_string(), draft.code);
            self.lost.an_enhanced |= first.is_some();
        }
        self.classes(&drafts, &places);
        let mut names = Places::default();
        let mut enhanced: Vec<Enhanced> = Vec::new();
        for mut draft in drafts {
            self.reply_codes(&mut draft);
            let part = draft.enhanced.part;
            if let Some(first) = places.get(&part.to_string())
                && first != draft.code
            {
                let message = format!("the enhanced code {part} is defined twice");
                let help = "remove one of the entries, or correct its code";
                self.report(draft.code, message, help)
                    .related(first, "first defined");
                continue;
            }
            self.subject(&draft, &places);
            self.constant(&mut draft, &mut names);
            let at = enhanced.partition_point(|other| other.part < part);
            enhanced.insert(at, draft.enhanced);
        }
        enhanced
    }

    /// Every code has a class, so a registry needs all three.
    fn classes(&mut self, drafts: &[EnhancedDraft], places: &Places) {
        let Some(first) = drafts.first() else { return };
        for class in [2, 4, 5] {
            let class = Part::Class(class);
            if places.get(&class.to_string()).is_none() && !self.lost.an_enhanced {
                let message = format!("the file has enhanced codes, but no class {class}");
                let help = format!("add an entry for {class} in front of this one");
                self.report(first.code, message, help);
            }
        }
    }

    /// A detail means something under its subject only.
    fn subject(&mut self, draft: &EnhancedDraft, places: &Places) {
        let part = draft.enhanced.part;
        let Part::Detail(subject, _) = part else {
            return;
        };
        let subject = Part::Subject(subject);
        if places.get(&subject.to_string()).is_none() && !self.lost.an_enhanced {
            let message = format!("the detail {part} has no subject: there is no {subject}");
            let help = format!("correct the code, or add an entry for {subject}");
            self.report(draft.code, message, help);
        }
    }

    /// Two details must not give the same constant.
    fn constant(&mut self, draft: &mut EnhancedDraft, names: &mut Places) {
        let Some(ident) = &draft.enhanced.ident else {
            return;
        };
        let Some(first) = names.first(ident, draft.name) else {
            return;
        };
        let part = draft.enhanced.part;
        let message = format!("{part} gives the constant {ident}, which is taken");
        let help = "add or change its `name`: use words that distinguish this code";
        self.report(draft.name, message, help)
            .related(first, "first given");
        draft.enhanced.ident = None;
    }

    fn reply_codes(&mut self, draft: &mut EnhancedDraft) {
        let mut listed = Vec::new();
        for number in &draft.basic {
            self.reply_code("`basic-codes`", *number, &mut listed);
        }
        for number in &draft.seen {
            let known = draft.basic.iter().find(|basic| basic.value == number.value);
            if let Some(known) = known {
                let message = format!("{} is one of the `basic-codes` already", number.value);
                self.report(number.span, message, "remove it here")
                    .related(known.span, "it is");
            } else {
                self.reply_code("`seen-with`", *number, &mut draft.enhanced.seen);
            }
        }
        if !listed.is_empty() {
            draft.enhanced.basic = BasicCodes::Listed(listed);
        }
    }

    /// Puts the code that a number refers to among the others, in ascending order.
    fn reply_code(&mut self, what: &str, number: At<i64>, codes: &mut Vec<u16>) {
        if (300..400).contains(&number.value) {
            let message = format!("{what} names {}, a 3yz code", number.value);
            let help = "remove it: RFC 2034 4 allows no enhanced code in a 3yz reply";
            self.report(number.span, message, help);
        } else if let Some(code) = self.code(what, number) {
            let at = codes.partition_point(|&other| other < code);
            codes.insert(at, code);
        }
    }
}
