//! The rules on a file as a whole: what needs all of its entries.

use crate::known::Known;
use crate::model::{Command, Scope};
use crate::problem::At;

impl Known<'_> {
    /// A challenge asks for the next part of a login.
    pub(crate) fn challenges(&mut self, challenges: Vec<At<u16>>, commands: &[Command]) {
        for At { value: code, span } in challenges {
            let mut is_of_login = self.lost.a_row || self.lost.a_verb || self.lost.a_role;
            for command in commands {
                is_of_login |= command.scope == Scope::Login && command.has_row(code);
            }
            if code / 100 != 3 {
                let message = format!("{code} cannot be a challenge, as it asks for nothing more");
                let help = "remove `challenge`: only a 3yz code has it";
                self.report(span, message, help);
            } else if !is_of_login {
                let message = format!("{code} is a challenge, but no login gets it");
                let help =
                    "remove `challenge`, or add a row for it to a command with `scope = \"login\"`";
                self.report(span, message, help);
            }
        }
    }

    /// A code that no command gets is either not standard or its row was forgotten.
    pub(crate) fn without_command(&mut self) {
        if self.lost.a_row {
            return;
        }
        for number in 100..1000 {
            let code = self.codes[number];
            if let Some(place) = code.defined
                && code.is_standard
                && !code.is_named
            {
                let message = format!("{number} is `standard`, but no command gets it");
                let help = "add a row for it to the `replies` of a `[[command]]`, or correct its `standing`";
                self.report(place, message, help);
            }
        }
    }
}
