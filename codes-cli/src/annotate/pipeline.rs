//! From the input to the output, record by record and in order.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::blocks::{Block, Blocks};
use super::form::{Form, Output};
use crate::line_ends::WithLineFeeds;

/// Parts of each worker that may wait for their turn: more than a usual block has.
const PARTS: usize = 8;
/// One more costs memory, and reading keeps no more of them busy.
const MOST_WORKERS: usize = 4;

/// What is read, in its order: the name of an input for messages, and the input once it is opened.
pub(super) type Inputs = Box<dyn Iterator<Item = (String, io::Result<Box<dyn Read>>)> + Send>;

/// What there is to do.
enum Job {
    Block(Block),
    /// An input that cannot be read, or not to its end.
    Failure(String),
    End,
}

/// What comes of a job.
enum Product {
    Part(Vec<u8>),
    /// Something to say about a record, which has its output all the same.
    Complaint(String),
    /// The output of the block is whole.
    Done,
    Failure(String),
    End,
}

/// Reads all inputs for as long as `work` takes jobs.
fn read(inputs: Inputs, end: u8, mut work: impl FnMut(Job) -> io::Result<()>) -> io::Result<()> {
    let mut first = 1;
    for (name, input) in inputs {
        let failure = match input {
            Ok(input) => {
                let input: Box<dyn Read> = match end {
                    b'\n' => Box::new(WithLineFeeds::new(input)),
                    _ => input,
                };
                let mut blocks = Blocks::new(input, end, first);
                let failure = loop {
                    match blocks.read() {
                        Ok(Some(block)) => work(Job::Block(block))?,
                        Ok(None) => break None,
                        Err(error) => break Some(error),
                    }
                };
                if let Some(block) = blocks.rest() {
                    work(Job::Block(block))?;
                }
                first = blocks.next_number();
                failure
            }
            Err(error) => Some(error),
        };
        if let Some(error) = failure {
            work(Job::Failure(format!("cannot read {name}: {error}")))?;
        }
    }
    work(Job::End)
}

/// Annotates on all processors. `fail` is told what cannot be read.
pub(super) fn annotate(
    inputs: Inputs,
    end: u8,
    form: Form,
    to: &mut impl Write,
    mut fail: impl FnMut(&str),
) -> io::Result<()> {
    let mut jobs = Vec::new();
    let mut products = Vec::new();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    for _ in 0..workers.min(MOST_WORKERS) {
        let (job, waiting) = sync_channel(1);
        let (product, finished) = sync_channel(PARTS);
        jobs.push(job);
        products.push(finished);
        thread::Builder::new().spawn(move || work(&waiting, form, &product))?;
    }
    // Nobody waits for this thread: it may hang in a read when the output is closed.
    thread::Builder::new().spawn(move || {
        let mut turns = jobs.iter().cycle();
        let hand_on = |job| match turns.next().map(|turn| turn.send(job)) {
            Some(Ok(())) => Ok(()),
            _ => Err(gone()),
        };
        // Fails only where nobody waits for the output any more.
        let _ = read(inputs, end, hand_on);
    })?;
    // Each worker has its turn, as each got its block.
    for product in products.iter().cycle() {
        loop {
            match product.recv().map_err(|_| gone())? {
                Product::Part(bytes) => to.write_all(&bytes)?,
                Product::Complaint(message) => fail(&message),
                Product::Done => break,
                Product::Failure(message) => {
                    fail(&message);
                    break;
                }
                Product::End => return to.flush(),
            }
        }
    }
    Ok(())
}

/// Annotates on one processor, and writes each record as soon as it has been read.
pub(super) fn annotate_by_line(
    inputs: Inputs,
    end: u8,
    form: Form,
    to: &mut impl Write,
    mut fail: impl FnMut(&str),
) -> io::Result<()> {
    let mut write = |bytes: &mut Vec<u8>| {
        to.write_all(bytes)?;
        to.flush()?;
        bytes.clear();
        Ok(())
    };
    let mut output = Output::new(form, &mut write);
    read(inputs, end, |job| {
        match job {
            Job::Block(block) => {
                for record in block.records() {
                    output.write(&record)?;
                    output.hand_on()?;
                    if let Some(message) = output.complaint() {
                        fail(&message);
                    }
                }
            }
            Job::Failure(message) => fail(&message),
            Job::End => {}
        }
        Ok(())
    })
}

fn work(jobs: &Receiver<Job>, form: Form, products: &SyncSender<Product>) {
    let send = |product| products.send(product).map_err(|_| gone());
    let mut hand_on = |part: &mut Vec<u8>| {
        let next = Vec::with_capacity(part.len());
        send(Product::Part(std::mem::replace(part, next)))
    };
    let mut output = Output::new(form, &mut hand_on);
    // A channel fails only where the other side has given up.
    while let Ok(job) = jobs.recv() {
        let done = match job {
            Job::Block(block) => block
                .records()
                .try_for_each(|record| {
                    output.write(&record)?;
                    output
                        .complaint()
                        .map(Product::Complaint)
                        .map_or(Ok(()), send)
                })
                .and_then(|()| output.hand_on())
                .map(|()| Product::Done),
            Job::Failure(message) => Ok(Product::Failure(message)),
            Job::End => Ok(Product::End),
        };
        if done.and_then(send).is_err() {
            return;
        }
    }
}

/// The other side of a channel is no longer there.
fn gone() -> io::Error {
    io::Error::other("a thread of this program ended too early")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::fault::INJECTED;

    /// The lines of output, and the messages, of records of which every third cannot be read.
    fn annotated(form: Form, by_line: bool) -> (Vec<String>, Vec<String>) {
        let record = |number: usize| match number % 3 {
            2 => format!("550 5.1.1 a {INJECTED}\n"),
            _ => "550 5.1.1 a\n".to_owned(),
        };
        let text: String = (0..30).map(record).collect();
        let inputs: Inputs = Box::new(std::iter::once_with(|| {
            let input: Box<dyn Read> = Box::new(Cursor::new(text.into_bytes()));
            ("x".to_owned(), Ok(input))
        }));
        let (mut to, mut messages) = (Vec::new(), Vec::new());
        let fail = |message: &str| messages.push(message.to_owned());
        let done = match by_line {
            true => annotate_by_line(inputs, b'\n', form, &mut to, fail),
            false => annotate(inputs, b'\n', form, &mut to, fail),
        };
        done.expect("memory takes it");
        let text = String::from_utf8(to).expect("UTF-8");
        (text.lines().map(str::to_owned).collect(), messages)
    }

    #[test]
    fn a_record_that_cannot_be_read_has_its_line_and_costs_no_other() {
        for (form, by_line) in [
            (Form::Json, false),
            (Form::Json, true),
            (Form::Tsv, false),
            (Form::Tsv, true),
        ] {
            let (lines, messages) = annotated(form, by_line);
            assert_eq!((lines.len(), messages.len()), (30, 10), "{messages:?}");
            assert!(
                messages[0].starts_with("record 3 is not read: "),
                "{messages:?}"
            );
            let tabs = lines[0].matches('\t').count();
            for (at, line) in lines.iter().enumerate() {
                let is_fault = at % 3 == 2;
                match form {
                    Form::Json => {
                        let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
                        assert_eq!(object["record"], at + 1);
                        // What was found before it stays.
                        assert_eq!(object["found"][0]["code"], 550);
                        let error = object.get("error").and_then(|error| error.as_str());
                        assert_eq!(error.is_some_and(|it| it.contains("injected")), is_fault);
                    }
                    Form::Tsv => assert_eq!(line.matches('\t').count(), tabs, "{line}"),
                }
            }
        }
    }
}
