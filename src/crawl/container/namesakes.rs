//! The members of a zip archive that its reader does not give, because a later one has the same name.
//!
//! An archive to which a file was added again holds both, and its list at the end names both (APPNOTE.TXT 4.3.12).

use std::collections::HashSet;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// Length of what stands before the name in an entry of the list.
const FIXED: usize = 46;

/// What stands for a number of four bytes that needs eight: these stand in a field of their own (4.5.3).
const LONG: u64 = 0xffff_ffff;

/// A member, as the list has it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: Vec<u8>,
    /// Where it begins, counted as the list does.
    pub(super) begin: u64,
    /// Its length in the archive.
    pub(super) packed: u64,
    pub(super) encrypted: bool,
}

/// The members of the list that begins at `list` in `file`, but for those that begin at one of `known`.
pub(super) fn others<R: Read + Seek>(file: &mut R, list: u64, mut known: HashSet<u64>) -> io::Result<Vec<Listed>> {
    file.seek(SeekFrom::Start(list))?;
    let mut file = BufReader::new(file);
    let mut found = Vec::new();
    while let Some(member) = entry(&mut file)? {
        if known.insert(member.begin) {
            found.push(member);
        }
    }
    Ok(found)
}

/// The next member; `None` behind the last.
fn entry(file: &mut impl Read) -> io::Result<Option<Listed>> {
    let mut fixed = Vec::new();
    file.take(FIXED as u64).read_to_end(&mut fixed)?;
    if fixed.len() < FIXED || !fixed.starts_with(b"PK\x01\x02") {
        return Ok(None);
    }
    let [name, extra, comment] = [28, 30, 32].map(|at| number(&fixed[at..at + 2]));
    let mut rest = Vec::new();
    file.take(name + extra + comment).read_to_end(&mut rest)?;
    let Some((name, behind)) = rest.split_at_checked(name as usize) else { return Ok(None) };
    let [mut packed, unpacked, mut begin] = [20, 24, 42].map(|at| number(&fixed[at..at + 4]));
    let mut long = long_numbers(&behind[..behind.len().min(extra as usize)]);
    let mut next = |short: u64| if short == LONG { long.next().unwrap_or(short) } else { short };
    next(unpacked);
    packed = next(packed);
    begin = next(begin);
    Ok(Some(Listed { name: name.to_vec(), begin, packed, encrypted: fixed[8] & 1 > 0 }))
}

/// The numbers of eight bytes in the field for those among `extra`.
fn long_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut found: &[u8] = &[];
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let (field, behind) = rest.split_at(rest.len().min(number(&head[2..]) as usize));
        if head.starts_with(&[1, 0]) {
            found = field;
        }
        extra = behind;
    }
    found.chunks_exact(8).map(number)
}

/// The number that `bytes` are, the least byte first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn numbers_of_eight_bytes_stand_in_a_field_of_their_own() {
        let mut list = b"PK\x01\x02".to_vec();
        list.resize(FIXED, 0);
        list[20..28].copy_from_slice(&[7, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        list[28] = 1;
        list[30] = 4 + 2 + 4 + 16;
        list[42..46].copy_from_slice(&[0xff; 4]);
        list.extend([b"a", &b"\x09\x00\x02\x00xy\x01\x00\x10\x00"[..]].concat());
        list.extend([9, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0]);
        let expect = Listed { name: b"a".to_vec(), begin: (1 << 32) + 5, packed: 7, encrypted: false };
        assert_eq!(others(&mut Cursor::new(&list), 0, HashSet::new()).unwrap(), [expect]);
        assert_eq!(others(&mut Cursor::new(&list), 0, HashSet::from([(1 << 32) + 5])).unwrap(), []);
        assert_eq!(others(&mut Cursor::new(&list[..40]), 0, HashSet::new()).unwrap(), []);
    }
}
