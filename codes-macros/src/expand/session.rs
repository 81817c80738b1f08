//! The points of a session. Only `codes-core` has them; a private table names them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Parts, ident, text, type_name, unit};
use crate::document;
use crate::model::{Command, CommandKind};

impl Parts<'_> {
    /// The points of a session as values and as types.
    pub(super) fn commands(&self) -> TokenStream {
        let core = self.core;
        let count = self.session.model.commands.len();
        let (mut facts, mut constants, mut types) = (Vec::new(), Vec::new(), Vec::new());
        for (place, command) in self.session.model.commands.iter().enumerate() {
            facts.push(self.command_facts(place, command));
            if command.kind == CommandKind::Group {
                continue;
            }
            let docs = document::command(command);
            let value = self.command(place);
            let constant = ident(&command.verb.replace("-", "_"));
            let name = type_name(&command.verb);
            let unit = unit(&name);
            constants.push(quote!(#[doc = #docs] pub const #constant: Self = #value;));
            types.push(quote! {
                #[doc = #docs]
                #unit
                #[automatically_derived]
                impl #core::__private::Sealed for #name {}
                #[automatically_derived]
                impl #core::command::Stage for #name {
                    const COMMAND: #core::Command = #value;
                }
            });
        }
        quote! {
            pub(crate) static COMMANDS: [#core::__private::CommandFacts; #count] = [#(#facts),*];
            impl #core::Command {
                #(#constants)*
            }
            pub(crate) mod stages {
                #(#types)*
            }
        }
    }

    fn command_facts(&self, place: usize, command: &Command) -> TokenStream {
        let core = self.core;
        let (verb, aside) = (&command.verb, command.aside);
        let (ends_message, is_chunk) = (command.ends_message, command.is_chunk);
        let begins_session = command.begins_session;
        let kind = self.word(command.kind.path());
        let moment = text(&command.moment);
        let spec = text(&command.spec);
        let next = self.points(&command.next);
        let covers = self.set(self.session.covers(command));
        let scope = self.word(command.scope.path());
        let mut answers = Vec::new();
        for code in &self.codes {
            if self.answers(code, place) {
                answers.push(code.reply.code);
            }
        }
        let answers = self.numbers(&answers);
        quote!(#core::__private::CommandFacts {
            name: #verb,
            kind: #kind,
            moment: #moment,
            spec: #spec,
            next: #next,
            covers: #covers,
            aside: #aside,
            ends_message: #ends_message,
            is_chunk: #is_chunk,
            begins_session: #begins_session,
            scope: #scope,
            answers: #answers,
        })
    }
}
