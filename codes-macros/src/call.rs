//! The call of the macro: what it was given, and what becomes of it.

use std::path::Path;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Token, bracketed, parenthesized};

use codes_data::model::{Base, Command, CommandKind, Inherits, Model, Word};
use codes_data::problem::{Problem, render};
use codes_data::source::{self, Unreadable};

use crate::expand;

/// `"file.toml"`, or what `codes_core::smtp_codes!` makes of that:
/// `$crate; [101 111 …]; [every "ANY" event "CONNECT" command "BDAT" ("DATA-BODY" "RFC 3030 2") …]; "file.toml"`.
pub(crate) struct Call {
    /// How the expansion names `codes-core`.
    core: TokenStream,
    base: Option<Base>,
    file: LitStr,
}

/// What is handed on for the kind of the group of all commands.
pub(crate) const EVERY: &str = "every";

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut core, mut base) = (quote!(crate), None);
        if input.peek2(Token![;]) {
            core = input.parse::<TokenTree>()?.into_token_stream();
            input.parse::<Token![;]>()?;
            base = Some(self::base(input)?);
            input.parse::<Token![;]>()?;
        }
        let file = file(input)?;
        Ok(Self { core, base, file })
    }
}

fn file(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let wanted = "the path of one TOML file, as a string literal: smtp_codes!(\"acme-codes.toml\")";
    let file = input
        .parse()
        .map_err(|error| syn::Error::new(error.span(), wanted))?;
    input.parse::<Option<Token![,]>>()?;
    match input.is_empty() {
        true => Ok(file),
        false => Err(input.error(wanted)),
    }
}

fn base(input: ParseStream<'_>) -> syn::Result<Base> {
    let mut base = Base {
        codes: Vec::new(),
        commands: Vec::new(),
    };
    let codes;
    bracketed!(codes in input);
    while !codes.is_empty() {
        base.codes.push(codes.parse::<LitInt>()?.base10_parse()?);
    }
    input.parse::<Token![;]>()?;
    let commands;
    bracketed!(commands in input);
    while !commands.is_empty() {
        let word = commands.parse::<Ident>()?;
        let is_every_command = word == EVERY;
        let kind = match is_every_command {
            true => Some(CommandKind::Group),
            false => CommandKind::from_word(&word.to_string()),
        };
        let kind = kind.ok_or_else(|| syn::Error::new(word.span(), "not a kind of command"))?;
        let mut command = Command::new(commands.parse::<LitStr>()?.value(), kind);
        command.except = is_every_command.then(Vec::new);
        if commands.peek(syn::token::Paren) {
            let rule;
            parenthesized!(rule in commands);
            command.inherits = Some(Inherits {
                from: rule.parse::<LitStr>()?.value(),
                source: rule.parse::<LitStr>()?.value(),
            });
        }
        base.commands.push(command);
    }
    Ok(base)
}

impl Call {
    /// The code for the file; beside it one `compile_error!` for each mistake.
    pub(crate) fn expand(&self) -> TokenStream {
        let name = self.file.value();
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let (code, messages, tracked) = match source::read(Path::new(&folder), &name) {
            Ok(text) => {
                let (code, problems) = expand_text(&text, self.base.as_ref(), &self.core);
                let messages = render(&name, &text, &problems);
                (code, messages, true)
            }
            Err(Unreadable { message, tracked }) => (
                expand::expand(&Model::default(), self.base.as_ref(), &self.core, false),
                vec![message],
                tracked,
            ),
        };
        let span = self.file.span();
        let errors = messages
            .iter()
            .map(|message| quote_spanned!(span=> ::core::compile_error!(#message);));
        let tracking = tracked.then(|| tracking(&name, span));
        quote!(#code #tracking #(#errors)*)
    }
}

/// Text of a file to code and problems: all of the macro but the compiler around it.
pub(crate) fn expand_text(
    text: &str,
    base: Option<&Base>,
    core: &TokenStream,
) -> (TokenStream, Vec<Problem>) {
    let (model, problems) = codes_data::read(text, base);
    let code = expand::expand(&model, base, core, problems.is_empty());
    (code, problems)
}

/// Makes cargo build the calling crate again when the file changes.
///
/// The path is put together by the compiler, as an absolute one in these tokens would make them
/// differ from checkout to checkout. Bytes, as a file that is not UTF-8 has its own message.
fn tracking(name: &str, span: Span) -> TokenStream {
    quote_spanned! {span=>
        const _: &[::core::primitive::u8] = ::core::include_bytes!(
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #name)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(call: &str) -> String {
        let call: Call = syn::parse_str(call).expect("a call");
        call.expand().to_string()
    }

    #[test]
    fn the_compiler_watches_the_file_without_an_absolute_path() {
        let code = expanded("\"../codes-data/spoiled/good.toml\"");
        assert!(code.contains("include_bytes ! ("), "{code}");
        assert!(code.contains("\"CARGO_MANIFEST_DIR\""));
        assert!(!code.contains(env!("CARGO_MANIFEST_DIR")));
        assert!(!code.contains("compile_error"));
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_what_the_crate_names() {
        let code = expanded("\"spoiled/absent.toml\"");
        assert_eq!(code.matches("compile_error").count(), 1);
        for part in [
            "mod replies",
            "mod stages",
            "static TABLE",
            "const fn find",
            "const fn pair",
            "static TITLES",
            "static ENHANCED",
            "static ENUMERATED",
            "static CLASSES",
            "static SUBJECTS",
            "static COMMANDS",
            "static ADVICE",
            "fn is_sent",
            "fn is_challenge",
        ] {
            assert!(code.contains(part), "{part}");
        }
        assert!(
            !code.contains("include_bytes"),
            "the compiler would report the file once more"
        );
    }

    #[test]
    fn the_same_file_always_gives_the_same_code() {
        assert_eq!(
            expanded("\"../codes-data/spoiled/good.toml\""),
            expanded("\"../codes-data/spoiled/good.toml\"")
        );
    }

    #[test]
    fn a_private_table_names_the_core_as_its_caller_does() {
        let code = expanded(
            "smtp; [250 550]; [event \"CONNECT\" command \"MAIL\"]; \"spoiled/absent.toml\"",
        );
        assert!(code.contains("smtp :: Table"), "{code}");
        assert!(!code.contains("crate ::"));
    }

    #[test]
    fn anything_but_one_path_is_refused_in_words() {
        for call in ["", "codes", "\"a.toml\", \"b.toml\"", "12"] {
            let error = syn::parse_str::<Call>(call).err().expect(call).to_string();
            assert!(error.contains("path of one TOML file"), "{call}: {error}");
        }
    }

    #[test]
    fn a_private_code_may_answer_any_command() {
        let row = "{ code = 590 }";
        let text = format!(
            "[[reply]]\ncode = 590\nname = \"Odd\"\nstanding = \"de-facto\"\ndescription = \"A.\"\n\
             when = \"B.\"\nfix = \"C.\"\nconnection = \"open\"\nnext-actor = \"nobody\"\n\
             retry = \"never\"\n[[command]]\nverb = \"ANY\"\nreplies = [{row}]\n"
        );
        let command = |verb: &str, kind| Command::new(verb.to_owned(), kind);
        let mut any = command("ANY", CommandKind::Group);
        any.except = Some(Vec::new());
        let base = Base {
            codes: vec![250],
            commands: vec![
                command("CONNECT", CommandKind::Event),
                command("MAIL", CommandKind::Command),
                any,
            ],
        };
        let (code, problems) = expand_text(&text, Some(&base), &quote!(smtp));
        assert!(problems.is_empty(), "{problems:?}");
        assert!(code.to_string().contains("[Mail]"), "{code}");
    }
}
