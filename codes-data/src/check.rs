//! The rules on codes that need the whole file.

use crate::model::{Command, Scope};
use crate::reader::Reader;

impl Reader<'_> {
    pub(crate) fn check(&mut self, commands: &[Command]) {
        let may_be_of_login = self.lost.a_row || self.lost.a_verb || self.lost.a_role;
        for code in 100..1000 {
            let known = self.codes[usize::from(code)];
            let is_login =
                |command: &Command| command.scope == Scope::Login && command.has_row(code);
            if let Some(span) = known.challenge {
                // A challenge asks for the next part of a login.
                if code / 100 != 3 {
                    let message =
                        format!("{code} cannot be a challenge, as it asks for nothing more");
                    let help = "remove `challenge`: only a 3yz code has it";
                    self.report(span, message, help);
                } else if !may_be_of_login && !commands.iter().any(is_login) {
                    let message = format!("{code} is a challenge, but no login gets it");
                    let help = "remove `challenge`, or add a row for it to a command with `scope = \"login\"`";
                    self.report(span, message, help);
                }
            }
            if let Some(place) = known.defined
                && known.is_standard
                && !known.is_named
                && !self.lost.a_row
            {
                // It is either not standard or its row was forgotten.
                let message = format!("{code} is `standard`, but no command gets it");
                let help = "add a row for it to the `replies` of a `[[command]]`, or correct its `standing`";
                self.report(place, message, help);
            }
        }
    }
}
