//! Work spread over threads whose results come back in the order of the input.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

/// Runs `work` over `items` on `threads` threads and hands each result to `consume`, in the order of the items.
///
/// `weight` says what an item costs in memory; the items under way together weigh at most `budget`, except that one
/// alone may be heavier. `consume` runs on the calling thread and may end it all early.
pub fn map_in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    budget: u64,
    weight: impl Fn(&T) -> u64 + Send + Sync,
    work: impl Fn(T) -> R + Sync,
    consume: impl FnMut(R) -> ControlFlow<()>,
) {
    let produce = |give: &mut Give<'_, T>| {
        let mut items = items;
        let _ = items.try_for_each(give);
    };
    map_given_in_order(produce, threads, budget, weight, work, consume);
}

/// Takes one more item, and says whether more are wanted.
pub type Give<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

/// As [`map_in_order`], over items that `produce` gives one by one, on a thread of its own.
pub fn map_given_in_order<T: Send, R: Send>(
    produce: impl FnOnce(&mut Give<'_, T>) + Send,
    threads: usize,
    budget: u64,
    weight: impl Fn(&T) -> u64 + Send + Sync,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> ControlFlow<()>,
) {
    let scale = Scale::new(budget);
    // A worker that is far ahead waits here, so the queue needs no more room than the scale gives it.
    let (give, take) = bounded(threads);
    let (put, collect) = bounded(threads);
    thread::scope(|scope| {
        let scale = &scale;
        scope.spawn(move || feed(produce, scale, weight, &give));
        for _ in 0..threads.max(1) {
            let (take, put, work) = (take.clone(), put.clone(), &work);
            scope.spawn(move || run(&take, &put, work));
        }
        drop((take, put));
        in_order(collect, scale, &mut consume);
    });
}

/// An item or result with its place in the order and its weight.
struct Numbered<T> {
    number: u64,
    weight: u64,
    value: T,
}

fn feed<T>(
    produce: impl FnOnce(&mut Give<'_, T>),
    scale: &Scale,
    weight: impl Fn(&T) -> u64,
    send: &Sender<Numbered<T>>,
) {
    let mut numbers = 0..;
    produce(&mut |value| {
        let (number, weight) = (numbers.next().unwrap_or_default(), weight(&value));
        let wanted = scale.add(weight) && send.send(Numbered { number, weight, value }).is_ok();
        if wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

fn run<T, R>(take: &Receiver<Numbered<T>>, put: &Sender<Numbered<R>>, work: impl Fn(T) -> R) {
    for Numbered { number, weight, value } in take {
        if put.send(Numbered { number, weight, value: work(value) }).is_err() {
            return;
        }
    }
}

fn in_order<R>(collect: Receiver<Numbered<R>>, scale: &Scale, consume: &mut impl FnMut(R) -> ControlFlow<()>) {
    // However this ends, workers that wait to put or take end too, because nobody listens any more.
    let _closing = Closing(scale);
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for done in collect {
        waiting.insert(done.number, done);
        while let Some(done) = waiting.remove(&next) {
            next += 1;
            if consume(done.value).is_break() {
                return;
            }
            scale.take_off(done.weight);
        }
    }
}

/// Closes a scale when it goes.
struct Closing<'a>(&'a Scale);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Keeps what is under way below a total weight.
struct Scale {
    budget: u64,
    load: Mutex<Load>,
    lighter: Condvar,
}

#[derive(Default)]
struct Load {
    weight: u64,
    closed: bool,
}

impl Scale {
    fn new(budget: u64) -> Self {
        Self { budget, load: Mutex::default(), lighter: Condvar::new() }
    }

    /// Waits until `weight` fits; false when the scale was closed.
    fn add(&self, weight: u64) -> bool {
        let load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        let too_heavy = |load: &mut Load| !load.closed && load.weight > 0 && load.weight + weight > self.budget;
        let mut load = self.lighter.wait_while(load, too_heavy).unwrap_or_else(PoisonError::into_inner);
        load.weight += weight;
        !load.closed
    }

    fn take_off(&self, weight: u64) {
        self.load.lock().unwrap_or_else(PoisonError::into_inner).weight -= weight;
        self.lighter.notify_all();
    }

    fn close(&self) {
        self.load.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.lighter.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, budget: u64, until: u64) -> Vec<u64> {
        let mut found = Vec::new();
        let work = |n: u64| {
            // Early items take longest, so that results come out of order.
            thread::sleep(std::time::Duration::from_micros(200 - n * 2));
            n * n
        };
        map_in_order(
            0..100,
            threads,
            budget,
            |_| 10,
            work,
            |square| {
                found.push(square);
                if square >= until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        found
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let expect: Vec<u64> = (0..100).map(|n| n * n).collect();
        for (threads, budget) in [(1, 1), (4, 1), (4, 35), (8, 10_000)] {
            assert_eq!(squares(threads, budget, u64::MAX), expect, "{threads} threads, budget {budget}");
        }
    }

    #[test]
    fn consuming_that_panics_leaves_nobody_waiting() {
        let consume = |_: u64| -> ControlFlow<()> { panic!("as it should") };
        let all = || map_in_order(0..100, 2, 20, |_| 10, |n| n, consume);
        assert!(std::panic::catch_unwind(all).is_err());
    }

    #[test]
    fn consuming_can_end_early() {
        assert_eq!(squares(4, 1000, 25), [0, 1, 4, 9, 16, 25]);
    }
}
