//! What the lines of a transcript tell about the replies that follow.

use codes_core::{Class, Command, ReplyCode};

use crate::command;
use crate::host;
use crate::limits;
use crate::line::{self, Voice};
use crate::window::Window;

/// The commands that may wait for their replies, as with PIPELINING; of more, the first are kept.
const WAITING: usize = 8;

/// What was told so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told<'a> {
    waiting: [Option<command::Place>; WAITING],
    count: usize,
    /// Whether a session was seen to begin, and no command since.
    is_new: bool,
    data_accepted: bool,
    pub(crate) host: Option<host::Place<'a>>,
}

impl<'a> Told<'a> {
    /// Notes a line that a client may have sent, or that names the host.
    pub(crate) fn note(&mut self, text: Window<'a>, content: usize, voice: Option<Voice>) {
        let Some(first) = text.byte(content) else {
            return;
        };
        match first.to_ascii_uppercase() {
            b'=' | b'.' if voice.is_none() && self.note_host(text, content) => return,
            b'M' | b'R' | b'E' | b'H' | b'L' | b'D' | b'A' | b'Q' | b'N' | b'B' | b'V' | b'S'
            | b'X' | b'.' => {}
            _ => return,
        }
        // Most lines begin with a date.
        let letters = text.part(content..content + 9).iter();
        let letters = letters.take_while(|byte| byte.is_ascii_alphabetic());
        if !(4..=8).contains(&letters.count()) && first != b'.' {
            return;
        }
        let line = line::as_sent(text, content, limits::CLIENT_LINE);
        let Some(place) = command::sent(line, content) else {
            return;
        };
        let is_marked = voice.is_some();
        if !is_marked && !command::is_plain(line, &place) {
            return;
        }
        // A dot by itself ends the message only where one was asked for.
        if place.0 == Command::DATA_BODY && !core::mem::take(&mut self.data_accepted) {
            return;
        }
        self.is_new = false;
        if let Some(free) = self.waiting.get_mut(self.count) {
            *free = Some(place);
            self.count += 1;
        }
    }

    /// `=== Connected to mx.example.com.`, `... while talking to mx.example.com.:`
    fn note_host(&mut self, text: Window<'a>, content: usize) -> bool {
        for begin in [
            &b"=== Connected to "[..],
            b"=== Trying ",
            b"... while talking to ",
        ] {
            if text.starts_with(content, begin) {
                self.host = host::starting(text, content + begin.len());
                self.waiting = Default::default();
                self.count = 0;
                self.is_new = true;
                self.data_accepted = false;
                return true;
            }
        }
        false
    }

    /// The command that a reply in a transcript answers.
    pub(crate) fn answered(&mut self, code: ReplyCode) -> Option<command::Place> {
        if core::mem::take(&mut self.is_new) {
            return None;
        }
        let first = self.waiting[0].clone();
        if let Some((command, at)) = &first {
            self.waiting.rotate_left(1);
            self.waiting[WAITING - 1] = None;
            self.count -= 1;
            let goes_on = code.class() == Class::PositiveIntermediate;
            if *command == Command::DATA && goes_on {
                self.data_accepted = true;
            }
            // The client answers a challenge, and then AUTH gets its reply.
            if *command == Command::AUTH && goes_on {
                self.waiting.rotate_right(1);
                self.waiting[0] = Some((*command, at.clone()));
                self.count = (self.count + 1).min(WAITING);
            }
        }
        first
    }

    /// Whether a reply that comes now is the greeting.
    pub(crate) const fn is_new(&self) -> bool {
        self.is_new
    }
}
