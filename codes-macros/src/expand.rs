//! From a model to code. Nothing can be wrong any more.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::document;
use crate::model::{Base, Command, CommandKind, Era, Model, Reply, Row};

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
    let mut session = Session::new(model, base);
    if !sound {
        session.open(model);
    }
    let parts = Parts {
        model,
        base,
        session: &session,
        core,
        ours: base.is_none(),
    };
    let replies = parts.replies();
    let table = parts.table();
    if base.is_some() {
        return quote! {
            #[doc(inline)]
            #[allow(unused_imports, unreachable_pub)]
            pub use __smtp_codes::replies::*;
            #[doc(inline)]
            #[allow(unused_imports, unreachable_pub)]
            pub use __smtp_codes::TABLE;
            #[allow(dead_code, unreachable_pub, missing_docs)]
            mod __smtp_codes {
                #table
                #replies
            }
        };
    }
    let commands = parts.commands();
    let constants = parts.constants();
    let private = parts.private_tables();
    quote!(#table #replies #commands #constants #private)
}

/// The points of a session that the codes of a model can be given at, with their codes.
struct Session<'a> {
    points: Vec<Point<'a>>,
    /// The rows of each code, in the order of the replies of the model.
    rows: Vec<Vec<(&'a Command, Row)>>,
}

struct Point<'a> {
    verb: &'a str,
    codes: BTreeSet<u16>,
}

impl<'a> Session<'a> {
    fn new(model: &'a Model, base: Option<&'a Base>) -> Self {
        let rows: Vec<_> = model
            .replies
            .iter()
            .map(|reply| rows_of(reply.code, model))
            .collect();
        let kinds: Vec<(&str, CommandKind)> = match base {
            Some(base) => base
                .commands
                .iter()
                .map(|known| (known.verb.as_str(), known.kind))
                .collect(),
            None => model
                .commands
                .iter()
                .map(|known| (known.verb.as_str(), known.kind))
                .collect(),
        };
        let points = kinds
            .into_iter()
            .filter(|(_, kind)| *kind != CommandKind::Group);
        let points = points.map(|(verb, kind)| {
            let given = model.replies.iter().zip(&rows).filter(|(_, rows)| {
                rows.iter().any(|(command, row)| {
                    row.era != Era::Historic && reaches(command, row, verb, kind)
                })
            });
            let mut codes: BTreeSet<u16> = given.map(|(reply, _)| reply.code).collect();
            let own = model.commands.iter().find(|command| command.verb == verb);
            codes.extend(own.into_iter().flat_map(|command| &command.generally));
            Point { verb, codes }
        });
        Self {
            points: points.collect(),
            rows,
        }
    }

    /// Lets every code come everywhere.
    fn open(&mut self, model: &Model) {
        let codes: BTreeSet<u16> = model.replies.iter().map(|reply| reply.code).collect();
        for point in &mut self.points {
            point.codes.clone_from(&codes);
        }
    }
}

/// Whether a row of a command or group says that its code may come at this point.
fn reaches(command: &Command, row: &Row, verb: &str, kind: CommandKind) -> bool {
    match (&command.except, kind) {
        (None, _) => command.verb == verb,
        (Some(_), CommandKind::Event) => row.unasked,
        (Some(except), _) => !except.iter().any(|other| other == verb),
    }
}

/// The rows of one code, in the order of a session, those from other points included.
fn rows_of(code: u16, model: &Model) -> Vec<(&Command, Row)> {
    let of = |command: &Command| -> Vec<Row> {
        command
            .replies
            .iter()
            .filter(|row| row.code == code)
            .cloned()
            .collect()
    };
    let mut all = Vec::new();
    for command in &model.commands {
        let own = of(command);
        let inherited = match &command.inherits {
            Some(rule) if own.is_empty() => model.command(&rule.from).and_then(|from| {
                let row = of(from)
                    .into_iter()
                    .find(|row| matches!(row.era, Era::Current | Era::Extension))?;
                Some(Row {
                    era: Era::Extension,
                    source: rule.source.clone(),
                    inherited: true,
                    ..row
                })
            }),
            _ => None,
        };
        all.extend(own.into_iter().chain(inherited).map(|row| (command, row)));
    }
    all
}

struct Parts<'a> {
    model: &'a Model,
    base: Option<&'a Base>,
    session: &'a Session<'a>,
    core: &'a TokenStream,
    ours: bool,
}

impl Parts<'_> {
    /// The facts of each code, the codes, their index.
    fn table(&self) -> TokenStream {
        let core = self.core;
        let facts = self.model.replies.iter().zip(&self.session.rows);
        let facts = facts.map(|(reply, rows)| self.facts(reply, rows));
        let names: Vec<_> = self.model.replies.iter().map(static_name).collect();
        let numbers: Vec<_> = self
            .model
            .replies
            .iter()
            .map(|reply| literal(reply.code))
            .collect();
        let count = names.len();
        let pairs = self.model.pairs.iter().map(|pair| {
            let (low, high) = (literal(pair.low), literal(pair.high));
            let (remark, choose, source) =
                (&pair.remark, &pair.choose, option(pair.source.as_ref()));
            quote!(#core::__private::PairFacts {
                codes: (#low, #high), remark: #remark, choose: #choose, source: #source,
            })
        });
        let base = match self.ours {
            true => quote!(::core::option::Option::None),
            false => quote!(::core::option::Option::Some(&#core::TABLE)),
        };
        let private = match self.ours {
            true => quote!(::core::option::Option::None),
            false => quote!(::core::option::Option::Some(&super::TABLE)),
        };
        let titles = self.ours.then(|| {
            let titles = self.model.replies.iter().map(title);
            quote!(pub(crate) static TITLES: [&str; #count] = [#(#titles),*];)
        });
        let about = match self.ours {
            true => "The table of this crate: every code of `smtp-codes-data.toml`.",
            false => {
                "The table of these codes; what it does not have it looks up in that of `codes-core`."
            }
        };
        quote! {
            #[doc = #about]
            pub static TABLE: #core::Table = #core::Table::__new(&CODES, &INDEX, &PAIRS, #base);
            pub(crate) static INDEX: #core::__private::Index =
                #core::__private::Index::new(&[#(#numbers),*]);
            static CODES: [&#core::CodeInfo; #count] = [#(&info::#names),*];
            static PAIRS: &[#core::__private::PairFacts] = &[#(#pairs),*];
            #titles
            mod facts {
                #(#facts)*
            }
            mod info {
                #(pub(super) static #names: #core::CodeInfo =
                    #core::CodeInfo::__new(&super::facts::#names, #private);)*
            }
        }
    }

    fn facts(&self, reply: &Reply, rows: &[(&Command, Row)]) -> TokenStream {
        let core = self.core;
        let name = static_name(reply);
        let code = self.code(reply.code);
        let title = title(reply);
        let phrase = option(reply.phrase.as_ref());
        let standing = variant(reply.standing.variant());
        let connection = variant(reply.connection.variant());
        let next_actor = variant(reply.next_actor.variant());
        let retry = variant(reply.retry.variant());
        let Reply {
            extensions,
            specs,
            description,
            when,
            fix,
            ..
        } = reply;
        let followed_by = reply.followed_by.iter().map(|&code| self.code(code));
        let see_also = self
            .model
            .see_also(reply.code)
            .into_iter()
            .map(|code| self.code(code));
        let enhanced = self.model.enhanced_of(reply.code);
        let rows = rows.iter().map(|(command, row)| self.row(command, row));
        quote! {
            pub(super) static #name: #core::__private::Facts = #core::__private::Facts {
                code: #code,
                title: #title,
                phrase: #phrase,
                standing: #core::Standing::#standing,
                extensions: &[#(#extensions),*],
                specs: &[#(#specs),*],
                description: #description,
                when: #when,
                fix: #fix,
                connection: #core::Connection::#connection,
                next_actor: #core::NextActor::#next_actor,
                retry: #core::Retry::#retry,
                followed_by: &[#(#followed_by),*],
                enhanced: &[#(#enhanced),*],
                see_also: &[#(#see_also),*],
                commands: &[#(#rows),*],
            };
        }
    }

    fn row(&self, command: &Command, row: &Row) -> TokenStream {
        let core = self.core;
        let at = self.command(&command.verb);
        let kind = variant(row.kind.variant());
        let era = variant(row.era.variant());
        let source = &row.source;
        let basis = variant(match (row.inherited, row.unasked) {
            (true, _) => "Inherited",
            (false, true) => "Unasked",
            (false, false) => "Own",
        });
        let next = option(row.next.as_ref().map(|next| {
            let next = next.iter().map(|verb| self.command(verb));
            quote!(&[#(#next),*])
        }));
        quote!(#core::command::CommandReply::__new(
            #at, #core::ReplyKind::#kind, #core::Era::#era, #source, #core::__private::Basis::#basis, #next,
        ))
    }

    /// A command as a value. Groups have no constant, so all are named by their place.
    fn command(&self, verb: &str) -> TokenStream {
        let core = self.core;
        let known = match self.base {
            Some(base) => base
                .commands
                .iter()
                .position(|command| command.verb == verb),
            None => self
                .model
                .commands
                .iter()
                .position(|command| command.verb == verb),
        };
        let place = Literal::u8_suffixed(known.unwrap_or_default() as u8);
        quote!(#core::Command::__new(#place))
    }

    /// A number that is known to have three digits, as a constant.
    fn code(&self, number: u16) -> TokenStream {
        let core = self.core;
        let number = literal(number);
        quote!(#core::__private::code(#number))
    }

    /// A type for each code, with what makes it useful by itself.
    fn replies(&self) -> TokenStream {
        let core = self.core;
        let types = self.model.replies.iter().enumerate().map(|(place, reply)| {
            let rows = &self.session.rows[place];
            let docs = document::reply(reply, self.model, rows, self.ours);
            let alias = reply.code.to_string();
            let deprecated = reply
                .deprecated
                .as_ref()
                .map(|note| quote!(#[deprecated(note = #note)]));
            let name = type_name(reply.code);
            let facts = static_name(reply);
            let code = self.code(reply.code);
            let text = &reply.name;
            let answers = self
                .session
                .points
                .iter()
                .filter(|point| point.codes.contains(&reply.code));
            let answers: Vec<_> = answers.map(|point| stage_name(point.verb)).collect();
            quote! {
                #[doc = #docs]
                #[doc(alias = #alias)]
                #deprecated
                #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
                pub struct #name;

                #core::__smtp_typed_code!(
                    #name, super::facts::#facts, #code, #text, &super::info::#facts, [#(#answers)*]
                );
            }
        });
        quote! {
            /// The codes of the table, a type each.
            #[allow(deprecated, reason = "a deprecated code keeps its impls")]
            pub mod replies {
                #(#types)*
            }
        }
    }

    /// The points of a session as values and as types.
    fn commands(&self) -> TokenStream {
        let core = self.core;
        let commands = &self.model.commands;
        let count = commands.len();
        let facts = commands.iter().map(|command| self.command_facts(command));
        let single = || {
            commands
                .iter()
                .filter(|command| command.kind != CommandKind::Group)
        };
        let constants = single().map(|command| {
            let (docs, name, value) = (
                document::command(command),
                constant_name(&command.verb),
                self.command(&command.verb),
            );
            quote!(#[doc = #docs] pub const #name: Self = #value;)
        });
        let types = single().map(|command| {
            let (docs, name, value) = (
                document::command(command),
                stage_name(&command.verb),
                self.command(&command.verb),
            );
            quote! {
                #[doc = #docs]
                #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
                pub struct #name;
                #[automatically_derived]
                impl #core::__private::Sealed for #name {}
                #[automatically_derived]
                impl #core::command::Stage for #name {
                    const COMMAND: #core::Command = #value;
                }
            }
        });
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

    fn command_facts(&self, command: &Command) -> TokenStream {
        let core = self.core;
        let Command { verb, aside, .. } = command;
        let kind = variant(command.kind.variant());
        let moment = option(command.moment.as_ref());
        let spec = option(command.spec.as_ref());
        let next = command.next.iter().map(|verb| self.command(verb));
        let covers = Literal::u64_suffixed(self.covers(command));
        let point = self.session.points.iter().find(|point| point.verb == verb);
        let answers = point
            .into_iter()
            .flat_map(|point| &point.codes)
            .map(|&code| self.code(code));
        quote!(#core::__private::CommandFacts {
            name: #verb,
            kind: #core::CommandKind::#kind,
            moment: #moment,
            spec: #spec,
            next: &[#(#next),*],
            covers: #core::__private::CommandSet::__new(#covers),
            aside: #aside,
            answers: &[#(#answers),*],
        })
    }

    /// One bit for each command that a group stands for.
    fn covers(&self, group: &Command) -> u64 {
        let Some(except) = &group.except else {
            return 0;
        };
        let commands = self.model.commands.iter().enumerate();
        let covered = commands.filter(|(_, command)| {
            command.kind == CommandKind::Command && !except.contains(&command.verb)
        });
        covered.fold(0, |bits, (place, _)| bits | 1 << place)
    }

    fn constants(&self) -> TokenStream {
        let core = self.core;
        let constants = self.model.replies.iter().filter_map(|reply| {
            let name = format_ident!("{}", reply.ident.as_ref()?);
            let (docs, code) = (document::constant(reply), self.code(reply.code));
            let deprecated = reply
                .deprecated
                .as_ref()
                .map(|note| quote!(#[deprecated(note = #note)]));
            Some(quote!(#[doc = #docs] #deprecated pub const #name: Self = #code;))
        });
        quote! {
            /// The codes of the table by name.
            impl #core::ReplyCode {
                #(#constants)*
            }
        }
    }

    /// The macro for other crates: a macro there cannot see this table, so it is handed on.
    fn private_tables(&self) -> TokenStream {
        let codes = self.model.replies.iter().map(|reply| literal(reply.code));
        let commands = self.model.commands.iter().map(|command| {
            let (kind, verb) = (format_ident!("{}", command.kind.word()), &command.verb);
            quote!(#kind #verb)
        });
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

/// `positive intermediate reply (3yz)`
pub(crate) fn class_words(code: u16) -> String {
    let class = match code / 100 {
        2 => "a positive completion reply",
        3 => "a positive intermediate reply",
        4 => "a transient negative reply",
        5 => "a permanent negative reply",
        _ => "a number outside the classes of SMTP",
    };
    format!("{class} ({}yz)", code / 100)
}

fn title(reply: &Reply) -> String {
    format!("{} {}", reply.code, reply.name)
}

fn type_name(code: u16) -> Ident {
    format_ident!("Smtp{code}")
}

fn static_name(reply: &Reply) -> Ident {
    format_ident!("SMTP_{}", reply.code)
}

/// `DATA-BODY` as a constant: `DATA_BODY`.
fn constant_name(verb: &str) -> Ident {
    Ident::new(&verb.replace('-', "_"), Span::call_site())
}

/// `DATA-BODY` as a type: `DataBody`.
pub(crate) fn stage_name(verb: &str) -> Ident {
    let words = verb.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{first}{}", rest.to_ascii_lowercase())
    });
    Ident::new(&words.collect::<String>(), Span::call_site())
}

fn variant(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn literal(number: u16) -> Literal {
    Literal::u16_unsuffixed(number)
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
