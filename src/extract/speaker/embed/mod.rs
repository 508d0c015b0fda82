//! Words that are set off from the running text and need no quotation marks: posts with their author's handle, block
//! quotes, messages with their header.

mod block;
mod message;
mod page;
mod post;

use super::scene::{NONE, Scene};
use crate::article::SetOff;
use crate::extract::{Embed, Entity, EntityKind, Quote, QuoteKind, Reason, Speaker, SpeakerClass};
use crate::text::Span;

/// Words set off, and who wrote them.
struct Embedded {
    embed: Embed,
    /// One span a line, in order; never empty.
    spans: Vec<Span>,
    /// The words that name the author.
    author: Option<Span>,
    cue: Option<Span>,
    reason: Reason,
}

/// How sure such a quote is, with and without an author.
const SIGNED: f32 = 0.9;
const UNSIGNED: f32 = 0.6;
/// Share of the words set off that a quote in marks holds where it is the same.
const SAME: f32 = 0.8;

/// Adds what is set off to `quotes`, which are in order of their begin, and labels those of them that are: what the text
/// alone tells, and the parts that the file's markup sets off.
pub(super) fn mark(scene: &Scene, entities: &[Entity], set_off: &[SetOff], quotes: &mut Vec<Quote>) {
    let found = find(scene, set_off);
    if found.is_empty() {
        return;
    }
    let mut kept = vec![true; quotes.len()];
    for one in found {
        let whole = cover(&one.spans);
        let first = quotes[..kept.len()].partition_point(|quote| quote.spans[0].begin < whole.begin);
        let inside = quotes[first..kept.len()].iter().take_while(|quote| quote.spans[0].begin < whole.end).count();
        let inside = first..first + inside;
        let same = inside.clone().find(|&at| is_same(&quotes[at], &one.spans));
        if same.is_none() && one.author.is_none() && quotes[inside.clone()].iter().any(|quote| quote.speaker.is_some())
        {
            // Nobody's words as a whole, but those in it have their speakers.
            quotes[inside].iter_mut().for_each(|quote| quote.embed = Some(one.embed));
            continue;
        }
        // What is quoted in a post or message belongs to its words.
        inside.filter(|&at| Some(at) != same).for_each(|at| kept[at] = false);
        match same {
            Some(at) => {
                quotes[at].embed = Some(one.embed);
                if quotes[at].speaker.is_none() {
                    quotes[at].speaker = one.author.map(|author| speaker(scene, entities, author));
                    quotes[at].reason = one.reason;
                }
            }
            None => quotes.push(quote(scene, entities, one)),
        }
    }
    let mut kept = kept.into_iter();
    quotes.retain(|_| kept.next().unwrap_or(true));
    quotes.sort_by_key(|quote| (quote.spans[0], quote.spans.len()));
}

/// All that is set off, in order, none overlapping another.
fn find(scene: &Scene, set_off: &[SetOff]) -> Vec<Embedded> {
    let mut found = post::find(scene);
    found.extend(block::find(scene));
    found.extend(message::find(scene));
    for part in set_off {
        let mut signed = found.iter_mut().filter(|one| cover(&one.spans).overlaps(part.span)).peekable();
        if signed.peek().is_some() {
            signed.for_each(|one| one.embed = part.embed);
        } else {
            found.extend(page::read(scene, part));
        }
    }
    found.sort_by_key(|one| one.spans[0]);
    found.dedup_by(|next, one| cover(&one.spans).overlaps(cover(&next.spans)));
    found
}

fn is_same(quote: &Quote, spans: &[Span]) -> bool {
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>() as f32;
    quote.kind == QuoteKind::Direct && length(&quote.spans) >= SAME * length(spans)
}

fn cover(spans: &[Span]) -> Span {
    spans[0].cover(spans[spans.len() - 1])
}

fn quote(scene: &Scene, entities: &[Entity], one: Embedded) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        spans: one.spans,
        cue: one.cue,
        speaker: one.author.map(|author| speaker(scene, entities, author)),
        addressee: None,
        embed: Some(one.embed),
        about: Vec::new(),
        reason: if one.author.is_some() { one.reason } else { Reason::NoRule },
        confidence: if one.author.is_some() { SIGNED } else { UNSIGNED },
    }
}

/// The author whom the words at `span` name.
fn speaker(scene: &Scene, entities: &[Entity], span: Span) -> Speaker {
    let entity = candidate(scene, span).and_then(|candidate| {
        let entity = scene.entity[candidate];
        (entity != NONE).then_some(entity as usize)
    });
    let kind = entity.map(|entity| entities[entity].kind);
    let name = entity.map_or_else(|| span.of(scene.prose.text).to_owned(), |entity| entities[entity].name.clone());
    let organization = matches!(kind, Some(EntityKind::Organization | EntityKind::Place));
    Speaker {
        span: Some(span),
        entity,
        name: Some(name),
        role: entity.and_then(|entity| entities[entity].roles.first().cloned()),
        class: if organization { SpeakerClass::Organization } else { SpeakerClass::Named },
    }
}

/// The first named candidate that shares a byte with `span`.
fn candidate(scene: &Scene, span: Span) -> Option<usize> {
    let token = scene.prose.token_at(span.begin);
    let first = scene.candidates.partition_point(|one| one.tokens.end <= token);
    let near = (first..scene.candidates.len().min(first + 8)).filter(|&at| scene.entity[at] != NONE);
    near.into_iter().find(|&at| scene.prose.span(scene.candidates[at].tokens.clone()).overlaps(span))
}

/// `span` of `text` without the spaces at its ends; `None` where no letter is left.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let begin = span.begin + (words.len() - words.trim_start().len());
    let end = span.begin + words.trim_end().len();
    words.chars().any(char::is_alphabetic).then(|| Span::new(begin, end))
}

#[cfg(test)]
mod tests {
    use crate::article::{Embed, SetOff};
    use crate::extract::{Annotations, annotate, annotate_article};
    use crate::parse::parse_text;
    use crate::text::Span;

    /// The quotes of `text` that are set off, each as "embed: words < name".
    fn told(text: &str, found: &Annotations) -> Vec<String> {
        let told = found.quotes.iter().filter_map(|quote| {
            let name = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()).unwrap_or("?");
            Some(format!("{}: {} < {name}", quote.embed?, quote.words(text)))
        });
        told.collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(told(text, &annotate(text, Some("en"))), expect, "in {text:?}");
    }

    /// The same where the file sets the one part `set_off` of `text` off as `embed`.
    #[track_caller]
    fn check_set_off(text: &str, (embed, part): (Embed, &str), expect: &[&str]) {
        let begin = text.find(part).expect("the part stands in the text");
        let (mut article, _) = parse_text("page.html", text.to_owned());
        article.set_off.push(SetOff { span: Span::new(begin, begin + part.len()), embed });
        assert_eq!(told(text, &annotate_article(&article)), expect, "in {text:?}");
    }

    #[test]
    fn what_a_page_sets_off_is_somebodys_words() {
        let words = "The water is safe to drink and will be so tomorrow.";
        check_set_off(
            &format!("The council met.\n\n{words}\n\n— Mary Johnson, mayor\n\nIt rained."),
            (Embed::Block, &format!("{words}\n\n— Mary Johnson, mayor")),
            &[&format!("block: {words} < Mary Johnson")],
        );
        check_set_off(
            &format!("Mary Johnson wrote to the council on Monday:\n\n{words}\n\nIt rained."),
            (Embed::Block, words),
            &[&format!("block: {words} < Mary Johnson")],
        );
        // Nothing says who wrote it.
        check_set_off(
            &format!("The council met.\n\n{words}\n\nIt rained."),
            (Embed::Block, words),
            &[&format!("block: {words} < ?")],
        );
        // The page tells a post from a message where its words do not.
        check_set_off(
            "It rained.\n\nBridge closed.\n— Harbour Police (@harbour) 3 May 2020",
            (Embed::Post, "Bridge closed.\n— Harbour Police (@harbour) 3 May 2020"),
            &["post: Bridge closed. < Harbour Police"],
        );
    }

    #[test]
    fn words_in_a_block_keep_their_speakers() {
        let block = "“The dam will hold,” said Mary Johnson, the mayor. “It is new.”";
        check_set_off(
            &format!("The paper wrote in May.\n\n{block}\n\nIt rained."),
            (Embed::Block, block),
            &["block: “The dam will hold,” “It is new.” < Mary Johnson"],
        );
    }

    #[test]
    fn posts_are_signed_with_a_handle() {
        check(
            "She was quick.\n\nThe dam will hold! pic.example.com/x — Mary Johnson (@maryj) June 1, 2016\n\nIt did.",
            &["post: The dam will hold! pic.example.com/x < Mary Johnson"],
        );
        check("Bridge closed.\n— Harbour Police (@harbour) 3 May 2020", &["post: Bridge closed. < Harbour Police"]);
        check(
            "“The dam will hold.” — Mary Johnson (@maryj) June 1, 2016",
            &["post: “The dam will hold.” < Mary Johnson"],
        );
        check("Write to Mary Johnson (@maryj) about the dam.", &[]);
        check("The mayor — Mary Johnson (@maryj) is her name — said nothing.", &[]);
    }

    #[test]
    fn block_quotes_have_their_author_above_or_below() {
        check(
            "Mary Johnson wrote in her diary:\n\n> The dam held.\n> We all slept.\n\nThat was in May.",
            &["block: The dam held. We all slept. < Mary Johnson"],
        );
        check(
            "An old saying of the town.\n\n> The dam holds whom it likes.\n\nIt rained.",
            &["block: The dam holds whom it likes. < ?"],
        );
        check(
            "Mary Johnson put it in writing:\n\n    The dam held, and we all slept.\n    Nobody woke.\n\nThat was in May.",
            &["block: The dam held, and we all slept. Nobody woke. < Mary Johnson"],
        );
        check("What to bring:\n\n    Two towels and a rope.\n\nThat is all.", &[]);
    }

    #[test]
    fn messages_have_a_header_or_repeat_another() {
        check(
            "The letter came out on Monday.\n\nFrom: Mary Johnson\nTo: David Miller\nSubject: the dam\n\nIt will hold.\nTrust me.\n\nNobody did.",
            &["email: It will hold. Trust me. < Mary Johnson"],
        );
        check(
            "I agree.\n\nOn 3 May 2020, Mary Johnson <mary@example.com> wrote:\n> The dam will hold.\n",
            &["email: The dam will hold. < Mary Johnson"],
        );
    }
}
