//! From a model to code. Nothing can be wrong any more.

mod advice;
mod enhanced;
mod session;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use codes_data::presence::{PointRow, Presence, Presences, Session};

use crate::call::EVERY;
use crate::document;
use crate::model::{__is_in_grammar, Base, CommandKind, Connection, Inherits, Model, Reply};
use crate::text;

/// Expands the table of `codes-core` itself, or with `base` one that adds to it.
///
/// `core` is how the code names `codes-core`: `crate` inside it, else what the caller's macro says.
/// A file that is not `sound` does not get built, so its codes may answer everything: where a command
/// was misspelt, code that gives the answer must not be a second mistake.
pub(crate) fn expand(
    model: &Model,
    base: Option<&Base>,
    core: &TokenStream,
    sound: bool,
) -> TokenStream {
    let session = Session::new(model, base);
    let parts = Parts {
        core,
        codes: codes(&session, sound),
        session,
        ours: base.is_none(),
    };
    let replies = parts.replies();
    let table = parts.table();
    if base.is_some() {
        // Its name is all that the compiler says of a second call beside the first.
        return quote! {
            #[doc(inline)]
            #[allow(unused_imports, unreachable_pub)]
            pub use only_one_smtp_codes_in_a_module::*;
            #[allow(dead_code, unreachable_pub, missing_docs)]
            mod only_one_smtp_codes_in_a_module {
                #[allow(unused_imports)]
                pub use self::replies::*;
                #table
                #replies
            }
        };
    }
    let commands = parts.commands();
    let constants = parts.constants();
    let enhanced = parts.enhanced();
    let advice = parts.advice();
    let private = parts.private_tables();
    let of_replies = parts.enhanced_of_replies();
    // A module for each part of the core that reads it, and reads nothing else.
    quote! {
        pub(crate) mod codes {
            #table
            #of_replies
            #replies
            #constants
        }
        pub(crate) mod session {
            #commands
        }
        pub(crate) mod registry {
            #enhanced
        }
        pub(crate) mod advice {
            #advice
        }
        #private
    }
}

/// A code with what the commands say of it.
struct Code<'a> {
    reply: &'a Reply,
    presences: Presences<'a>,
    /// Whether a server may write it.
    is_sent: bool,
}

/// All codes of a model, in its order.
fn codes<'a>(session: &Session<'a>, sound: bool) -> Vec<Code<'a>> {
    let mut codes = Vec::new();
    for reply in &session.model.replies {
        let mut presences = session.presences(reply);
        if !sound {
            presences.today = u64::MAX;
        }
        codes.push(Code {
            reply,
            presences,
            is_sent: !sound || is_sent(reply),
        });
    }
    codes
}

/// Whether a server may write a reply with this code: it is one that servers send, and it is within
/// the grammar of RFC 5321 section 4.2.
fn is_sent(reply: &Reply) -> bool {
    let (first, second) = (reply.code / 100, reply.code / 10 % 10);
    reply.connection != Connection::NotAReply && __is_in_grammar(first as u8, second as u8)
}

struct Parts<'a> {
    core: &'a TokenStream,
    codes: Vec<Code<'a>>,
    session: Session<'a>,
    ours: bool,
}

impl Parts<'_> {
    /// The facts of each code, the codes, their index.
    fn table(&self) -> TokenStream {
        let core = self.core;
        let (mut facts, mut names, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        let (mut titles, mut unsent, mut challenges) = (Vec::new(), Vec::new(), Vec::new());
        for (place, code) in self.codes.iter().enumerate() {
            if code.reply.connection == Connection::NotAReply {
                unsent.push(literal(code.reply.code));
            }
            if code.reply.is_challenge {
                challenges.push(literal(code.reply.code));
            }
            facts.push(self.facts(code, place));
            names.push(static_name(code.reply).into_token_stream());
            numbers.push(literal(code.reply.code));
            titles.push(title(code.reply).into_token_stream());
        }
        let count = names.len();
        let pairs = self.pairs();
        let (table, private) = match self.ours {
            true => (
                quote! {
                    /// The table of this crate: every code of `smtp-codes-data.toml`.
                    pub static TABLE: #core::Table = #core::Table::__ours(&CODES, &INDEX);
                    static INDEX: #core::__private::Index = {
                        let mut index = #core::__private::Index::EMPTY;
                        let mut number = 100;
                        while number < 1000 {
                            index.add(find(number));
                            number += 1;
                        }
                        index
                    };
                    /// What is known of a number.
                    pub(crate) const fn find(
                        number: ::core::primitive::u16,
                    ) -> ::core::option::Option<&'static #core::CodeInfo> {
                        match number {
                            #(#numbers => ::core::option::Option::Some(&info::#names),)*
                            _ => ::core::option::Option::None,
                        }
                    }
                    pub(crate) static TITLES: [&str; #count] = [#(#titles),*];
                    // No code is 0: it is there for a table that has no such code.
                    impl #core::ReplyCode {
                        /// Whether any server is known to send it.
                        pub(crate) const fn is_sent(self) -> bool {
                            !matches!(self.get(), 0 #(| #unsent)*)
                        }

                        /// Whether its text is the base64 of a login.
                        pub(crate) const fn is_challenge(self) -> bool {
                            matches!(self.get(), 0 #(| #challenges)*)
                        }
                    }
                },
                option(None),
            ),
            false => (
                quote! {
                    /// The table of these codes; what it does not have it looks up in that of `codes-core`.
                    pub static TABLE: #core::Table = #core::Table::__private(
                        // Two calls in one crate differ in their place, those of two crates in the rest.
                        ::core::concat!(
                            ::core::module_path!(), " ", ::core::line!(), ":", ::core::column!(), " ",
                            ::core::env!("CARGO_PKG_VERSION"),
                        ),
                        &CODES, &INDEX, PAIRS,
                    );
                    static INDEX: #core::__private::Index = {
                        let mut index = #core::__private::Index::EMPTY;
                        let mut at = 0;
                        while at < CODES.len() {
                            index.add(::core::option::Option::Some(CODES[at]));
                            at += 1;
                        }
                        index
                    };
                },
                option(Some(quote!(&super::TABLE))),
            ),
        };
        quote! {
            #table
            static CODES: [&#core::CodeInfo; #count] = [#(&info::#names),*];
            #pairs
            mod facts {
                #(#facts)*
            }
            mod info {
                #(pub(super) static #names: #core::CodeInfo =
                    #core::CodeInfo::__new(&super::facts::#names, #private);)*
            }
        }
    }

    /// What is said about two codes together. Ours are found by a `match`, so that a comparison of two
    /// known codes links one remark; those of another table are reached through it.
    fn pairs(&self) -> TokenStream {
        let core = self.core;
        let (mut names, mut keys, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        for pair in &self.session.model.pairs {
            let (low, high) = (literal(pair.low), literal(pair.high));
            let (remark, choose, source) = (&pair.remark, &pair.choose, text(&pair.source));
            names.push(format_ident!("PAIR_{}_{}", pair.low, pair.high));
            pairs.push(quote!(#core::__private::PairFacts {
                codes: (#low, #high), remark: #remark, choose: #choose, source: #source,
            }));
            keys.push(quote!((#low, #high)));
        }
        if !self.ours {
            return quote!(static PAIRS: &[#core::__private::PairFacts] = &[#(#pairs),*];);
        }
        quote! {
            /// What is said about two codes together, the lower number first.
            pub(crate) const fn pair(
                low: ::core::primitive::u16,
                high: ::core::primitive::u16,
            ) -> ::core::option::Option<&'static #core::__private::PairFacts> {
                match (low, high) {
                    #(#keys => ::core::option::Option::Some(&pairs::#names),)*
                    _ => ::core::option::Option::None,
                }
            }
            mod pairs {
                #(pub(super) static #names: #core::__private::PairFacts = #pairs;)*
            }
        }
    }

    fn facts(&self, code: &Code<'_>, place: usize) -> TokenStream {
        let core = self.core;
        let reply = code.reply;
        let name = static_name(reply);
        let title = title(reply);
        let phrase = text(&reply.phrase);
        let standing = self.word(reply.standing.path());
        let connection = self.word(reply.connection.path());
        let next_actor = self.word(reply.next_actor.path());
        let retry = self.word(reply.retry.path());
        let (extensions, specs) = (&reply.extensions, &reply.specs);
        let (description, when, fix) = (&reply.description, &reply.when, &reply.fix);
        let scope = option(reply.scope.map(|scope| self.word(scope.path())));
        let followed_by = self.numbers(&reply.followed_by);
        let see_also = self.numbers(&self.session.model.see_also(reply.code));
        let enhanced = match self.ours {
            true => quote!(super::ENHANCED[#place]),
            false => quote!(&[]),
        };
        let rows = list(&code.presences.rows, &|row| self.row(row));
        let presence = self.presence(&code.presences.presence);
        let presences = &code.presences;
        let in_rfcs =
            (presences.in_rfcs != presences.presence).then(|| self.presence(&presences.in_rfcs));
        let in_rfcs = option(in_rfcs);
        let ever = self.set(presences.ever);
        let code = self.code(reply.code);
        quote! {
            pub(super) static #name: #core::__private::Facts = #core::__private::Facts {
                code: #code,
                title: #title,
                phrase: #phrase,
                standing: #standing,
                extensions: &[#(#extensions),*],
                specs: &[#(#specs),*],
                description: #description,
                when: #when,
                fix: #fix,
                connection: #connection,
                next_actor: #next_actor,
                retry: #retry,
                scope: #scope,
                followed_by: #followed_by,
                enhanced: #enhanced,
                see_also: #see_also,
                commands: #rows,
                presence: #presence,
                in_rfcs: #in_rfcs,
                ever: #ever,
            };
        }
    }

    fn row(&self, row: &PointRow<'_>) -> TokenStream {
        let core = self.core;
        let at = self.command(row.place);
        let is_own = !row.is_inherited && !row.row.unasked;
        let row = &row.row;
        let standing = self.word(row.standing.path());
        let source = &row.source;
        let next = option(row.next.as_ref().map(|next| self.points(next)));
        quote!(#core::command::CommandReply::__new(
            #at, #standing, #source, #is_own, #next,
        ))
    }

    fn presence(&self, presence: &Presence) -> TokenStream {
        let core = self.core;
        let Presence { any, unasked, .. } = presence;
        let sets = [
            presence.own,
            presence.spread,
            presence.inherited,
            presence.groups,
        ];
        let sets = sets.map(Literal::u64_unsuffixed);
        quote!(#core::__private::Presence::new([#(#sets),*], #any, #unasked))
    }

    fn set(&self, bits: u64) -> TokenStream {
        let core = self.core;
        let bits = Literal::u64_suffixed(bits);
        quote!(#core::__private::CommandSet::__new(#bits))
    }

    /// A command as a value. Groups have no constant, so all are named by their place.
    fn command(&self, place: usize) -> TokenStream {
        let core = self.core;
        let place = Literal::u8_suffixed(place as u8);
        quote!(#core::Command::__new(#place))
    }

    fn points(&self, verbs: &[String]) -> TokenStream {
        list(verbs, &|verb| self.command(self.session.place(verb)))
    }

    /// A number that is known to have three digits, as a constant.
    fn code(&self, number: u16) -> TokenStream {
        let core = self.core;
        let number = literal(number);
        quote!(#core::__private::code(#number))
    }

    fn numbers(&self, numbers: &[u16]) -> TokenStream {
        let core = self.core;
        let codes = numbers.iter().copied().map(literal);
        quote!(&#core::__private::codes([#(#codes),*]))
    }

    /// A word of one of the lists.
    fn word(&self, (list, word): (&str, &str)) -> TokenStream {
        let (core, list, word) = (self.core, ident(list), ident(word));
        quote!(#core::#list::#word)
    }

    /// Whether a server may give a code today at a single point.
    fn answers(&self, code: &Code<'_>, place: usize) -> bool {
        let is_group = self.session.points[place].kind == CommandKind::Group;
        !is_group && code.presences.today >> place & 1 == 1
    }

    /// A type for each code, with what makes it useful by itself.
    fn replies(&self) -> TokenStream {
        let core = self.core;
        let mut types = Vec::new();
        for code in &self.codes {
            let reply = code.reply;
            let docs = document::reply(reply, &self.session, &code.presences.rows);
            let alias = reply.code.to_string();
            let deprecated = deprecated(&reply.deprecated);
            let name = format_ident!("Smtp{}", reply.code);
            let unit = unit(&name);
            let facts = static_name(reply);
            let mut answers = Vec::new();
            for (place, point) in self.session.points.iter().enumerate() {
                if self.answers(code, place) {
                    answers.push(type_name(&point.verb).into_token_stream());
                }
            }
            let replies = code
                .is_sent
                .then(|| quote!(#core::__smtp_typed_reply!(#name);));
            let code = self.code(reply.code);
            let text = &reply.name;
            types.push(quote! {
                #[doc = #docs]
                #[doc(alias = #alias)]
                #deprecated
                #unit

                #core::__smtp_typed_code!(
                    #name, super::facts::#facts, #code, #text, &super::info::#facts, [#(#answers)*]
                );
                #replies
            });
        }
        let shown = self.ours.then(|| quote!(pub(crate)));
        quote! {
            /// The codes of the table, a type each.
            #[allow(deprecated, reason = "a deprecated code keeps its impls")]
            #shown mod replies {
                #(#types)*
            }
        }
    }

    fn constants(&self) -> TokenStream {
        let core = self.core;
        let mut constants = Vec::new();
        for reply in &self.session.model.replies {
            let Some(ident) = &reply.ident else {
                continue;
            };
            let docs = document::constant(reply);
            constants.push(constant(
                ident,
                &docs,
                None,
                &reply.deprecated,
                &self.code(reply.code),
            ));
        }
        quote! {
            /// The codes of the table by name.
            impl #core::ReplyCode {
                #(#constants)*
            }
        }
    }

    /// The macro for other crates: a macro there cannot see this table, so it is handed on.
    fn private_tables(&self) -> TokenStream {
        let (mut codes, mut commands) = (Vec::new(), Vec::new());
        for reply in &self.session.model.replies {
            codes.push(literal(reply.code));
        }
        for command in &self.session.model.commands {
            let kind = match command.is_every_command() {
                true => EVERY,
                false => command.kind.word(),
            };
            let (kind, verb) = (ident(kind), &command.verb);
            let inherits = command.inherits.as_ref();
            let inherits = inherits.map(|Inherits { from, source }| quote!((#from #source)));
            commands.push(quote!(#kind #verb #inherits));
        }
        let docs = include_str!("private_tables.md");
        quote! {
            #[doc = #docs]
            #[macro_export]
            macro_rules! smtp_codes {
                ($($file:tt)*) => {
                    $crate::__private::expand! { $crate; [#(#codes)*]; [#(#commands)*]; $($file)* }
                };
            }
        }
    }
}

fn title(reply: &Reply) -> String {
    format!("{} {}", reply.code, reply.name)
}

fn static_name(reply: &Reply) -> Ident {
    format_ident!("SMTP_{}", reply.code)
}

fn type_name(verb: &str) -> Ident {
    ident(&text::type_name(verb))
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn literal(number: u16) -> TokenStream {
    Literal::u16_unsuffixed(number).into_token_stream()
}

fn list<T>(items: &[T], tokens: &dyn Fn(&T) -> TokenStream) -> TokenStream {
    let items = items.iter().map(tokens);
    quote!(&[#(#items),*])
}

/// The type of a code or command; documentation and attributes come in front of it.
///
/// A derived `Eq` has a function for each type, which is compiled wherever the table is.
fn unit(name: &Ident) -> TokenStream {
    quote! {
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::cmp::PartialEq,
            ::core::hash::Hash, ::core::fmt::Debug, ::core::default::Default,
        )]
        pub struct #name;
        #[automatically_derived]
        impl ::core::cmp::Eq for #name {}
    }
}

fn deprecated(note: &Option<String>) -> Option<TokenStream> {
    let note = note.as_ref()?;
    Some(quote!(#[deprecated(note = #note)]))
}

/// A code under its name.
fn constant(
    name: &str,
    docs: &str,
    alias: Option<&str>,
    note: &Option<String>,
    code: &TokenStream,
) -> TokenStream {
    let name = ident(name);
    let alias = alias.map(|alias| quote!(#[doc(alias = #alias)]));
    let deprecated = deprecated(note);
    quote!(#[doc = #docs] #alias #deprecated pub const #name: Self = #code;)
}

fn text(value: &Option<String>) -> TokenStream {
    option(value.as_ref().map(ToTokens::to_token_stream))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
