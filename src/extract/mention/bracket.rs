//! Names that an editor completed within brackets: "Vladimir] Putin", "Xi [Jinping]".

use crate::extract::{EntityKind, Mention};
use crate::parse::clip;
use crate::text::Span;

/// Joins the parts of persons' names that a square bracket parts, and takes in the bracket that closes.
pub(super) fn join(text: &str, mentions: &mut Vec<Mention>) {
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mut mention in mentions.drain(..) {
        if mention.kind == EntityKind::Person {
            mention.span = closed(text, mention.span);
            if let Some(before) = kept.last_mut().filter(|before| is_first_half(text, before, mention.span)) {
                before.span.end = mention.span.end;
                continue;
            }
        }
        kept.push(mention);
    }
    *mentions = kept;
}

/// `span` with the bracket behind it, where one opens inside it.
fn closed(text: &str, span: Span) -> Span {
    let name = span.of(text);
    let open = name.contains('[') && !name.contains(']') && text[span.end..].starts_with(']');
    Span::new(span.begin, span.end + usize::from(open))
}

/// True where `before` is the part of a name inside brackets that `rest`, behind them, goes on with, or the part before
/// them.
fn is_first_half(text: &str, before: &Mention, rest: Span) -> bool {
    let Some(gap) = text.get(before.span.end..rest.begin).filter(|_| before.kind == EntityKind::Person) else {
        return false;
    };
    match gap {
        "] " => is_opened(&text[..before.span.begin]),
        " [" => text[rest.end..].starts_with(']'),
        _ => false,
    }
}

/// True where the last bracket in `before`, not far from its end, opens.
fn is_opened(before: &str) -> bool {
    const FAR: usize = 80;
    let near = &before[clip::tail(before, FAR)..];
    near.rfind(['[', ']', '\n']).is_some_and(|at| near[at..].starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Persons in `text`, whose names stand between braces, and what they are afterwards.
    #[track_caller]
    fn check(marked: &str, expect: &[&str]) {
        let (text, mut mentions) = super::super::marked_persons(marked);
        join(&text, &mut mentions);
        assert_eq!(mentions.iter().map(|mention| mention.span.of(&text)).collect::<Vec<_>>(), expect, "in {marked}");
    }

    #[test]
    fn brackets_of_the_editor_belong_to_the_name() {
        check("“[Russian President {Vladimir}] {Okwu} and {Xi [Tolle}] left.”", &["Vladimir] Okwu", "Xi [Tolle]"]);
        check("“{Ada} [{Tolle}] left.”", &["Ada [Tolle"]);
        check("“[{Ada Tolle}], {Okwu} left.”", &["Ada Tolle", "Okwu"]);
        check("He left {Ada}] {Okwu}.", &["Ada", "Okwu"]);
    }
}
