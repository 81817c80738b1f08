//! From the input to the output, record by record and in order.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::blocks::{Block, Blocks};
use super::form::{Form, Output};

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
                .try_for_each(|record| output.write(&record))
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
