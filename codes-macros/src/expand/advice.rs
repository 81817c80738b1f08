//! What is said about the next step, as one list of rules.

use proc_macro2::TokenStream;
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
        let at = self.set(self.session.set(&rule.at));
        let mut enhanced = Vec::new();
        for pattern in &rule.enhanced {
            enhanced.push(self.pattern(*pattern));
        }
        let given = rule.given.map(|given| {
            let given = variant(given.variant());
            quote!(#core::__private::Circumstance::#given)
        });
        let given = option(given);
        let action = option(rule.action.map(|word| self.word("Retry", word.variant())));
        let scope = option(rule.scope.map(|word| self.word("Scope", word.variant())));
        let next_actor = rule.next_actor;
        let next_actor = option(next_actor.map(|word| self.word("NextActor", word.variant())));
        let connection = rule.connection;
        let connection = option(connection.map(|word| self.word("Connection", word.variant())));
        let mut then = Vec::new();
        for retry in &rule.then {
            then.push(self.word("Retry", retry.variant()));
        }
        let certainty = self.word("Certainty", rule.certainty.variant());
        let Advice { why, source, .. } = rule;
        quote!(#core::__private::Rule {
            codes: &[#codes],
            classes: #classes,
            except: &[#except],
            at: #at,
            enhanced: &[#(#enhanced),*],
            given: #given,
            action: #action,
            then: &[#(#then),*],
            scope: #scope,
            next_actor: #next_actor,
            connection: #connection,
            why: #why,
            certainty: #certainty,
            source: #source,
        })
    }

    /// No pattern is a whole class.
    fn pattern(&self, pattern: Option<Part>) -> TokenStream {
        let core = self.core;
        match pattern {
            Some(Part::Subject(subject)) => {
                let subject = literal(subject);
                quote!(#core::__private::Pattern::Subject(#subject))
            }
            Some(Part::Detail(subject, detail)) => {
                let (subject, detail) = (literal(subject), literal(detail));
                quote!(#core::__private::Pattern::Detail(#subject, #detail))
            }
            None | Some(Part::Class(_)) => quote!(#core::__private::Pattern::Absent),
        }
    }

    /// A word of one of the lists.
    pub(super) fn word(&self, list: &str, word: &str) -> TokenStream {
        let (core, list, word) = (self.core, variant(list), variant(word));
        quote!(#core::#list::#word)
    }
}

fn literals(numbers: &[u16]) -> TokenStream {
    let mut list = Vec::new();
    for number in numbers {
        list.push(literal(*number).into_token_stream());
    }
    quote!(#(#list),*)
}
