//! Work handed from one thread to others, never more than a few pieces at a time.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    /// Something was put in, or nothing will be any more.
    filled: Condvar,
    /// Something was taken out, or nothing is wanted any more.
    emptied: Condvar,
    room: usize,
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<T>,
    is_closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new(room: usize) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::with_capacity(room),
                is_closed: false,
            }),
            filled: Condvar::new(),
            emptied: Condvar::new(),
            room,
        }
    }

    /// A thread that panicked while it held the lock left nothing half done here.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room. `false` where nothing is taken any more.
    pub(super) fn push(&self, piece: T) -> bool {
        let mut state = self
            .emptied
            .wait_while(self.lock(), |state| {
                state.waiting.len() >= self.room && !state.is_closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        if state.is_closed {
            return false;
        }
        state.waiting.push_back(piece);
        drop(state);
        self.filled.notify_one();
        true
    }

    /// Waits for a piece. `None` where none will come any more.
    pub(super) fn pop(&self) -> Option<T> {
        let mut state = self
            .filled
            .wait_while(self.lock(), |state| {
                state.waiting.is_empty() && !state.is_closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        let piece = state.waiting.pop_front();
        drop(state);
        self.emptied.notify_one();
        piece
    }

    /// Whether those who take have nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.lock().waiting.is_empty()
    }

    /// Nothing is put in from now on; what is waiting can still be taken.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_all();
        self.emptied.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn all_that_is_put_in_comes_out() {
        let queue = Queue::new(2);
        let sum: u64 = thread::scope(|scope| {
            let takers: Vec<_> = (0..3)
                .map(|_| scope.spawn(|| std::iter::from_fn(|| queue.pop()).sum::<u64>()))
                .collect();
            for number in 1..=1000 {
                assert!(queue.push(number));
            }
            queue.close();
            takers
                .into_iter()
                .map(|it| it.join().expect("no panic"))
                .sum()
        });
        assert_eq!(sum, 500_500);
    }

    #[test]
    fn a_closed_one_takes_nothing_and_gives_what_it_has() {
        let queue = Queue::new(1);
        assert!(queue.is_empty() && queue.push(1));
        thread::scope(|scope| {
            let full = scope.spawn(|| queue.push(2));
            queue.close();
            assert!(!full.join().expect("no panic"));
        });
        assert_eq!((queue.pop(), queue.pop()), (Some(1), None));
    }
}
