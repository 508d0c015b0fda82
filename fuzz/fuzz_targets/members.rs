//! Any bytes as a container of any kind: archives, compressed files, web archives, mailboxes, dumps.
//! `cargo +nightly fuzz run members fuzz/corpus/members fuzz/seeds/members`.

#![no_main]

use std::ops::ControlFlow;
use std::time::SystemTime;

use libfuzzer_sys::fuzz_target;
use newsdex::crawl::{FoundFile, members};

/// Names with the endings that decide where the content does not.
const NAMES: [&str; 3] = ["container", "table.csv", "lines.jsonl"];

fuzz_target!(|input: &[u8]| {
    let Some((name, content)) = input.split_first() else { return };
    let folder = std::env::temp_dir().join(format!("newsdex-fuzz-{}", std::process::id()));
    let path = folder.join(NAMES[usize::from(*name) % NAMES.len()]);
    std::fs::create_dir_all(&folder).expect("a folder for the file");
    std::fs::write(&path, content).expect("the file can be written");
    let file = FoundFile { path, size: content.len() as u64, modified: SystemTime::UNIX_EPOCH };
    members(&file, &mut |_| ControlFlow::Continue(()));
});
