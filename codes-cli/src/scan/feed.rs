//! Reads one input after the other, for those who count.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use codes_text::log::{Entry, LogTime};
use jiff::tz::TimeZone;
use walkdir::WalkDir;

use super::ahead::Ahead;
use super::blocks::{BLOCK, Block, Cuts, Cutter, End, InputName, Pieces, Shape, Taker};
use super::moment::Newest;
use super::progress::Progress;
use super::queue::Queue;
use crate::complain;
use crate::fault::kept;
use crate::input::Input;
use crate::line_ends::{WithLineFeeds, with_line_feeds};
use crate::mail::{self, mbox};
use crate::visible::visible;

/// So many messages about inputs that cannot be read are printed.
const COMPLAINTS: u64 = 20;
/// Where the last line of a file is looked for.
const TAIL: u64 = 64 * 1024;
/// Octets that tell whether a file of a folder is text.
const HEAD: usize = 1024;

/// What is known of the inputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Inputs {
    /// Those that were opened.
    pub(super) files: u64,
    /// Files of folders that are no text.
    pub(super) passed_over: u64,
    /// Those of which something could not be read.
    pub(super) failures: u64,
    pub(super) cuts: Cuts,
}

/// What the threads have in common.
pub(super) struct Shared {
    pub(super) blocks: Queue<Block>,
    /// Buffers to be used again.
    spare: Mutex<Vec<Vec<u8>>>,
    inputs: Mutex<Inputs>,
    progress: Mutex<Progress>,
    is_interrupted: AtomicBool,
}

impl Shared {
    pub(super) fn new(room: usize, progress: Progress) -> Self {
        Self {
            blocks: Queue::new(room),
            spare: Mutex::default(),
            inputs: Mutex::default(),
            progress: Mutex::new(progress),
            is_interrupted: AtomicBool::new(false),
        }
    }

    /// Ends the reading; `true` where that was asked for before.
    pub(super) fn interrupt(&self) -> bool {
        self.is_interrupted.swap(true, Ordering::SeqCst)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.is_interrupted.load(Ordering::SeqCst)
    }

    const fn interrupted(&self) -> &AtomicBool {
        &self.is_interrupted
    }

    pub(super) fn give_back(&self, block: Block) {
        let mut buffer = block.into_buffer();
        // The room that a long line took is not kept.
        buffer.truncate(BLOCK);
        buffer.shrink_to_fit();
        lock(&self.spare).push(buffer);
    }

    pub(super) fn inputs(&self) -> Inputs {
        *lock(&self.inputs)
    }

    /// Takes the progress off the screen, for good.
    pub(super) fn end_progress(&self) {
        lock(&self.progress).end();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads everything; ends early where nobody takes it any more.
pub(super) fn feed(paths: &[OsString], zone: &TimeZone, shared: &Shared) {
    let mut feeder = Feeder {
        shared,
        zone,
        taken: 0,
        count: 0,
    };
    for path in paths {
        let wanted = if path == "-" {
            feeder.read(None, false)
        } else {
            feeder.walk(Path::new(path))
        };
        if !wanted {
            break;
        }
    }
    shared.blocks.close();
}

/// How many octets there are to read, where that can be known.
pub(super) fn size(paths: &[OsString]) -> Option<u64> {
    let mut sum = 0;
    for path in paths {
        let data = fs::metadata(path).ok()?;
        if data.is_dir() {
            let entries = files(Path::new(path)).flatten();
            let lengths = entries.filter_map(|entry| entry.metadata().ok());
            sum += lengths.map(|data| data.len()).sum::<u64>();
        } else if data.is_file() {
            sum += data.len();
        } else {
            return None;
        }
    }
    Some(sum)
}

/// What can be read in a folder and below it.
fn files(folder: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    // A message in the `tmp` of a Maildir has not arrived yet.
    let is_maildir = |path: &Path| path.join("cur").is_dir() && path.join("new").is_dir();
    let entries = WalkDir::new(folder).into_iter().filter_entry(move |entry| {
        entry.file_name() != "tmp" || !entry.path().parent().is_some_and(is_maildir)
    });
    // A link to a folder may lead in a circle; sockets and pipes would wait for somebody.
    entries.filter(|entry| match entry {
        Ok(entry) => fs::metadata(entry.path()).map_or(true, |data| data.is_file()),
        Err(_) => true,
    })
}

struct Feeder<'a> {
    shared: &'a Shared,
    zone: &'a TimeZone,
    /// Octets of the inputs before.
    taken: u64,
    /// How many inputs there were.
    count: u64,
}

impl Feeder<'_> {
    /// `false` where no more is wanted, as with [`read`](Self::read).
    fn walk(&mut self, path: &Path) -> bool {
        if !path.is_dir() {
            return self.read(Some(path), false);
        }
        for entry in files(path) {
            let wanted = match entry {
                Ok(entry) => self.read(Some(entry.path()), true),
                Err(error) => {
                    let name = error.path().map(Path::to_path_buf);
                    self.fail(Some(name.as_deref().unwrap_or(path)), &error.into());
                    true
                }
            };
            if !wanted {
                return false;
            }
        }
        true
    }

    fn read(&mut self, path: Option<&Path>, is_in_folder: bool) -> bool {
        let read = match path.filter(|path| !may_pause(path)) {
            Some(path) => self.read_file(path, is_in_folder),
            None => self.read_ahead(path),
        };
        match read {
            Ok(End::NotWanted) => false,
            Ok(End::AllRead | End::PassedOver) => true,
            Err(error) => {
                self.fail(path, &error);
                true
            }
        }
    }

    fn read_file(&mut self, path: &Path, is_in_folder: bool) -> io::Result<End> {
        let input = Input::open(path, super::NAME)?;
        let newest = newest(&input, path, self.zone);
        let taken = input.taken();
        let mut input = WithLineFeeds::new(input);
        self.cut(&mut input, taken, newest, Some(path), is_in_folder)
    }

    /// Standard input, or a pipe with a name.
    fn read_ahead(&mut self, path: Option<&Path>) -> io::Result<End> {
        let owned = path.map(Path::to_path_buf);
        let open = move || match owned {
            Some(path) => Input::open(&path, super::NAME),
            None => Input::stdin(super::NAME),
        };
        match Ahead::open(open, self.shared.interrupted())? {
            Some((mut input, taken)) => {
                let newest = Newest::of(SystemTime::now(), self.zone);
                self.cut(&mut input, taken, newest, path, false)
            }
            None => Ok(End::NotWanted),
        }
    }

    fn cut(
        &mut self,
        input: &mut impl Pieces,
        taken: Arc<AtomicU64>,
        newest: Newest,
        path: Option<&Path>,
        is_in_folder: bool,
    ) -> io::Result<End> {
        lock(&self.shared.inputs).files += 1;
        let mut taker = Hand {
            shared: self.shared,
            before: self.taken,
            taken,
        };
        self.count += 1;
        let name = InputName {
            number: self.count,
            name: name(path),
        };
        let mut cutter = Cutter::new(&mut taker, newest, name);
        let end = cutter.run(input, |head| shape(head, is_in_folder));
        let cuts = cutter.cuts;
        self.taken += taker.taken.load(Ordering::Relaxed);
        {
            let mut inputs = lock(&self.shared.inputs);
            if let Ok(End::PassedOver) = end {
                inputs.files -= 1;
                inputs.passed_over += 1;
            }
            inputs.cuts.lines += cuts.lines;
            inputs.cuts.messages += cuts.messages;
        }
        end
    }

    fn fail(&self, path: Option<&Path>, error: &io::Error) {
        let failures = {
            let mut inputs = lock(&self.shared.inputs);
            inputs.failures += 1;
            inputs.failures
        };
        let name = name(path);
        let mut progress = lock(&self.shared.progress);
        progress.clear();
        if failures <= COMPLAINTS {
            complain(&format!("smtp-codes: cannot read {name}: {error}\n"));
        } else if failures == COMPLAINTS + 1 {
            complain("smtp-codes: there are more that cannot be read\n");
        }
    }
}

/// What an input is called.
fn name(path: Option<&Path>) -> String {
    path.map_or_else(
        || "standard input".to_owned(),
        |path| visible(path.as_os_str().as_encoded_bytes()),
    )
}

/// What an input is made of; `None` for one in a folder that is no text.
pub(super) fn shape(head: &[u8], is_in_folder: bool) -> Option<Shape> {
    if is_in_folder && head.iter().take(HEAD).any(|octet| *octet == 0) {
        return None;
    }
    if mbox::is_mbox(head) {
        return Some(Shape::Mbox);
    }
    if mail::is_message(head) {
        return Some(Shape::Message);
    }
    Some(Shape::Lines)
}

/// Whether a read may have to wait until somebody writes.
fn may_pause(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir())
}

/// The time that no line of a file is later than.
fn newest(input: &Input, path: &Path, zone: &TimeZone) -> Newest {
    let newest = Newest::of(input.modified().unwrap_or_else(SystemTime::now), zone);
    let last = match input.is_packed() {
        true => None,
        false => last_time(path),
    };
    last.map_or(newest, |time| newest.with_last_line(time))
}

/// What the last line of a file that has a time says.
fn last_time(path: &Path) -> Option<LogTime> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))
        .ok()?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail).ok()?;
    let tail = with_line_feeds(&tail);
    let mut lines = tail.rsplit(|octet| *octet == b'\n');
    // A line that cannot be read has no time.
    let time = |line: &[u8]| kept(|| Entry::read(line).time()).ok().flatten();
    lines.find_map(time)
}

impl Pieces for WithLineFeeds<Input> {}

/// Hands the blocks of one input over.
struct Hand<'a> {
    shared: &'a Shared,
    before: u64,
    taken: Arc<AtomicU64>,
}

impl Taker for Hand<'_> {
    fn buffer(&mut self) -> Vec<u8> {
        let spare = lock(&self.shared.spare).pop();
        spare.unwrap_or_else(|| vec![0; BLOCK])
    }

    fn take(&mut self, block: Block) -> bool {
        self.shared.blocks.push(block)
    }

    fn is_interrupted(&self) -> bool {
        self.shared.is_interrupted()
    }

    fn is_idle(&self) -> bool {
        self.shared.blocks.is_empty()
    }

    fn progress(&mut self) {
        let taken = self.taken.load(Ordering::Relaxed);
        lock(&self.shared.progress).show(self.before + taken);
    }
}
