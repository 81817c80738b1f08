//! What is said about the next step, as one list of rules.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{Parts, literal, option, variant};
use crate::model::{Advice, Part};

impl Parts<'_> {
    pub(super) fn advice(&self) -> TokenStream {
        let core = self.core;
        let mut rules = Vec::new();
        for rule in &self.model.advice {
            rules.push(self.rule(rule));
        }
        quote!(pub(crate) static ADVICE: &[#core::__private::Rule] = &[#(#rules),*];)
    }

    fn rule(&self, rule: &Advice) -> TokenStream {
        let core = self.core;
        let (codes, except) = (literals(&rule.codes), literals(&rule.except));
        let mut classes = 0_u16;
        for class in &rule.classes {
            classes |= 1 << class;
        }
        let classes = literal(classes);
        let mut at = 0_u64;
        for (place, (verb, _)) in self.verbs.iter().enumerate() {
            if rule.at.iter().any(|named| named == verb) {
                at |= 1 << place;
            }
        }
        let at = Literal::u64_suffixed(at);
        let mut enhanced = Vec::new();
        for pattern in &rule.enhanced {
            enhanced.push(match *pattern {
                Some(Part::Subject(subject)) => {
                    let subject = literal(subject);
                    quote!(#core::__private::Pattern::Subject(#subject))
                }
                Some(Part::Detail(subject, detail)) => {
                    let (subject, detail) = (literal(subject), literal(detail));
                    quote!(#core::__private::Pattern::Detail(#subject, #detail))
                }
                // No pattern is a whole class.
                None | Some(Part::Class(_)) => quote!(#core::__private::Pattern::Absent),
            });
        }
        let word = |path: TokenStream, name: Option<&str>| {
            option(name.map(|name| {
                let name = variant(name);
                quote!(#path::#name)
            }))
        };
        let given = word(
            quote!(#core::__private::Circumstance),
            rule.given.map(|word| word.variant()),
        );
        let action = word(quote!(#core::Retry), rule.action.map(|word| word.variant()));
        let scope = word(quote!(#core::Scope), rule.scope.map(|word| word.variant()));
        let next_actor = word(
            quote!(#core::NextActor),
            rule.next_actor.map(|word| word.variant()),
        );
        let connection = word(
            quote!(#core::Connection),
            rule.connection.map(|word| word.variant()),
        );
        let mut then = Vec::new();
        for retry in &rule.then {
            let retry = variant(retry.variant());
            then.push(quote!(#core::Retry::#retry));
        }
        let certainty = variant(rule.certainty.variant());
        let Advice { why, source, .. } = rule;
        quote!(#core::__private::Rule {
            codes: &[#codes],
            classes: #classes,
            except: &[#except],
            at: #core::__private::CommandSet::__new(#at),
            enhanced: &[#(#enhanced),*],
            given: #given,
            action: #action,
            then: &[#(#then),*],
            scope: #scope,
            next_actor: #next_actor,
            connection: #connection,
            why: #why,
            certainty: #core::Certainty::#certainty,
            source: #source,
        })
    }
}

fn literals(numbers: &[u16]) -> TokenStream {
    let mut list = Vec::new();
    for number in numbers {
        list.push(literal(*number).into_token_stream());
    }
    quote!(#(#list),*)
}
