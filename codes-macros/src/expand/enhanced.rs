//! The registry of enhanced codes. Only `codes-core` has one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Parts, constant, ident, list, literal, text};
use crate::document;
use crate::model::{BasicCodes, Enhanced, Part};
use crate::text as words;

impl Parts<'_> {
    pub(super) fn enhanced(&self) -> TokenStream {
        let core = self.core;
        let (mut subjects, mut infos, mut constants) = (Vec::new(), Vec::new(), Vec::new());
        for enhanced in &self.session.model.enhanced {
            match enhanced.part {
                Part::Class(_) => {}
                Part::Subject(_) => subjects.push(self.sub_code(enhanced.part)),
                Part::Detail(..) => {
                    let code = self.enumerated(enhanced.part);
                    infos.push(self.enumerated_info(enhanced, &code));
                    if let Some(name) = &enhanced.ident {
                        let docs = document::enumerated(enhanced);
                        let alias = enhanced.part.to_string();
                        let note = &enhanced.deprecated;
                        constants.push(constant(name, &docs, Some(&alias), note, &code));
                    }
                }
            }
        }
        let classes = [2, 4, 5].map(|class| self.sub_code(Part::Class(class)));
        let (count, subject_count) = (infos.len(), subjects.len());
        quote! {
            pub(crate) static ENUMERATED: [#core::EnumeratedInfo; #count] = [#(#infos),*];
            pub(crate) static CLASSES: [#core::SubCodeInfo; 3] = [#(#classes),*];
            pub(crate) static SUBJECTS: [#core::SubCodeInfo; #subject_count] = [#(#subjects),*];
            /// The codes of the registry by name. The caller chooses the class.
            impl #core::EnumeratedCode {
                #(#constants)*
            }
        }
    }

    /// The details that go with each reply code, in the order of the table.
    pub(super) fn enhanced_of_replies(&self) -> TokenStream {
        let core = self.core;
        let mut all = Vec::new();
        for code in &self.codes {
            let details = self.session.model.enhanced_of(code.reply.code);
            all.push(list(&details, &|enhanced| self.enumerated(enhanced.part)));
        }
        let count = all.len();
        quote!(pub(crate) static ENHANCED: [&[#core::EnumeratedCode]; #count] = [#(#all),*];)
    }

    /// A class or subject; stand-ins for a class that the file lacks, which is a mistake by itself.
    fn sub_code(&self, part: Part) -> TokenStream {
        let core = self.core;
        let code = part.to_string();
        let number = literal(numbers(part).0);
        let known = self
            .session
            .model
            .enhanced
            .iter()
            .find(|known| known.part == part);
        let title = known.and_then(|known| known.title.as_deref());
        let title = title.unwrap_or(words::REFUSED_LINE);
        let meaning = known.map_or(words::REFUSED_TEXT, |known| &known.meaning);
        let reference = known.map_or(words::REFUSED_LINE, |known| &known.reference);
        quote!(#core::SubCodeInfo {
            code: #code, number: #number, title: #title, meaning: #meaning, reference: #reference,
        })
    }

    fn enumerated_info(&self, enhanced: &Enhanced, code: &TokenStream) -> TokenStream {
        let core = self.core;
        let (meaning, reference) = (&enhanced.meaning, &enhanced.reference);
        let (constant, title) = (text(&enhanced.ident), text(&enhanced.title));
        let classes = list(&enhanced.classes, &|class| self.class(*class));
        let basic = match &enhanced.basic {
            BasicCodes::NotGiven => quote!(NotGiven),
            BasicCodes::Any => quote!(Any),
            BasicCodes::Class(class) => {
                let class = self.class(*class);
                quote!(Class(#class))
            }
            BasicCodes::Listed(codes) => {
                let codes = self.numbers(codes);
                quote!(Listed(#codes))
            }
        };
        let seen = self.numbers(&enhanced.seen);
        let deprecated = text(&enhanced.deprecated);
        quote!(#core::EnumeratedInfo {
            code: #code, constant: #constant, title: #title, meaning: #meaning, reference: #reference,
            classes: #classes, basic: #core::BasicCodes::#basic, seen: #seen,
            deprecated: #deprecated,
        })
    }

    fn class(&self, digit: u8) -> TokenStream {
        let core = self.core;
        let name = ident(match digit {
            2 => "Success",
            4 => "Transient",
            _ => "Permanent",
        });
        quote!(#core::EnhancedClass::#name)
    }

    /// Numbers that are known to be in range, as a constant.
    fn enumerated(&self, detail: Part) -> TokenStream {
        let core = self.core;
        let (subject, detail) = numbers(detail);
        let (subject, detail) = (literal(subject), literal(detail));
        quote!(#core::EnumeratedCode::known(#subject, #detail))
    }
}

fn numbers(part: Part) -> (u16, u16) {
    match part {
        Part::Class(class) => (class.into(), 0),
        Part::Subject(subject) => (subject, 0),
        Part::Detail(subject, detail) => (subject, detail),
    }
}
