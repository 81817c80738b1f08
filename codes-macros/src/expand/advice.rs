//! What is said about the next step, as one list of rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Parts, ident, list, literal, option};
use crate::model::{Advice, Part};

impl Parts<'_> {
    pub(super) fn advice(&self) -> TokenStream {
        let core = self.core;
        let rules = list(&self.session.model.advice, &|rule| self.rule(rule));
        quote!(pub(crate) static ADVICE: &[#core::__private::Rule] = #rules;)
    }

    fn rule(&self, rule: &Advice) -> TokenStream {
        let core = self.core;
        let codes = list(&rule.codes, &|code| literal(*code));
        let except = list(&rule.except, &|code| literal(*code));
        let mut classes = 0_u16;
        for class in &rule.classes {
            classes |= 1 << class;
        }
        let classes = literal(classes);
        let at = self.set(self.session.set(&rule.at));
        let enhanced = list(&rule.enhanced, &|pattern| self.pattern(*pattern));
        let given = option(rule.given.map(|given| {
            let given = ident(given.path().1);
            quote!(#core::__private::Circumstance::#given)
        }));
        let action = option(rule.action.map(|word| self.word(word.path())));
        let scope = option(rule.scope.map(|word| self.word(word.path())));
        let next_actor = option(rule.next_actor.map(|word| self.word(word.path())));
        let connection = option(rule.connection.map(|word| self.word(word.path())));
        let then = list(&rule.then, &|word| self.word(word.path()));
        let certainty = self.word(rule.certainty.path());
        let Advice { why, source, .. } = rule;
        quote!(#core::__private::Rule {
            codes: #codes,
            classes: #classes,
            except: #except,
            at: #at,
            enhanced: #enhanced,
            given: #given,
            action: #action,
            then: #then,
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
}
