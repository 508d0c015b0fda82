//! The beginning and the end of a text, cut between characters.

/// At most the first `bytes` bytes of `text`.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where at most the last `bytes` bytes of `text` begin.
pub(crate) fn tail(text: &str, bytes: usize) -> usize {
    let mut begin = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(begin) {
        begin += 1;
    }
    begin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        assert_eq!((head("aé", 2), head("aé", 3), head("aé", 9)), ("a", "aé", "aé"));
        assert_eq!((tail("éa", 2), tail("éa", 3), tail("éa", 9)), (2, 0, 0));
    }
}
