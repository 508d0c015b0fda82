//! What the tagger says of a token: outside every name, or which part of which kind of name.

/// How many kinds of name the tagger tells apart: person, organization, place, other.
pub(super) const KINDS: usize = 4;
/// Labels inside names: every kind begins, goes on, ends, or stands as a whole.
pub(super) const INSIDE: usize = KINDS * 4;
/// All labels; the last is [`OUTSIDE`].
pub(super) const LABELS: usize = INSIDE + 1;
/// The label of a token in no name.
pub(super) const OUTSIDE: u8 = INSIDE as u8;

/// Place in a name: the scheme called BILOU (Ratinov and Roth 2009).
pub(super) const BEGIN: u8 = 0;
pub(super) const MIDDLE: u8 = 1;
pub(super) const LAST: u8 = 2;
pub(super) const WHOLE: u8 = 3;

/// The label for `place` in a name of `kind`.
pub(super) const fn label(kind: u8, place: u8) -> u8 {
    kind * 4 + place
}

/// The kind of name that `label` belongs to; [`KINDS`] for [`OUTSIDE`].
pub(super) const fn kind_of(label: u8) -> u8 {
    label / 4
}

/// The place in its name that `label` stands for; of no meaning for [`OUTSIDE`].
pub(super) const fn place_of(label: u8) -> u8 {
    label % 4
}

/// True where `right` may follow `left`.
pub(super) const fn may_follow(left: u8, right: u8) -> bool {
    let open = left != OUTSIDE && (place_of(left) == BEGIN || place_of(left) == MIDDLE);
    let goes_on = right != OUTSIDE && (place_of(right) == MIDDLE || place_of(right) == LAST);
    if open { goes_on && kind_of(left) == kind_of(right) } else { !goes_on }
}

/// The names in `labels`: first token, one past the last, kind. What ends without its last label ends all the same.
pub(super) fn spans(labels: &[u8]) -> impl Iterator<Item = (usize, usize, u8)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while *labels.get(at)? == OUTSIDE {
            at += 1;
        }
        let begin = at;
        while at + 1 < labels.len()
            && labels[at + 1] != OUTSIDE
            && may_follow(labels[at], labels[at + 1])
            && matches!(place_of(labels[at]), BEGIN | MIDDLE)
        {
            at += 1;
        }
        at += 1;
        Some((begin, at, kind_of(labels[begin])))
    })
}

/// Labels `tokens` of `labels` as one name of `kind`.
pub(super) fn write(labels: &mut [u8], tokens: std::ops::Range<usize>, kind: u8) {
    for at in tokens.clone() {
        labels[at] = label(kind, place(at == tokens.start, at + 1 == tokens.end));
    }
}

/// The place of a token that is or is not the first and the last of its name.
pub(super) const fn place(first: bool, last: bool) -> u8 {
    match (first, last) {
        (true, true) => WHOLE,
        (true, false) => BEGIN,
        (false, true) => LAST,
        (false, false) => MIDDLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[(usize, usize, u8)], length: usize) {
        let mut labels = vec![OUTSIDE; length];
        for (begin, end, kind) in names {
            write(&mut labels, *begin..*end, *kind);
        }
        assert!(labels.windows(2).all(|pair| may_follow(pair[0], pair[1])));
        assert_eq!(spans(&labels).collect::<Vec<_>>(), names);
    }

    #[test]
    fn names_survive_their_labels() {
        check(&[], 3);
        check(&[(0, 1, 0), (1, 2, 0), (2, 5, 3), (6, 8, 1)], 8);
    }

    #[test]
    fn what_is_open_must_go_on() {
        assert!(!may_follow(label(0, BEGIN), OUTSIDE));
        assert!(!may_follow(label(0, BEGIN), label(1, LAST)));
        assert!(!may_follow(OUTSIDE, label(1, LAST)));
        assert!(may_follow(label(0, LAST), label(0, BEGIN)));
    }
}
