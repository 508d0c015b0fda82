//! The date that a web page shows its readers, beside the headline or anywhere in a line of its own.

use super::calendar::Reading;
use super::date;
use super::html_head::{Head, same_words};
use super::markup;

/// How sure a date is that stands beside the headline: surer than a meta tag that may tell the last change, less sure
/// than one that tells the publication.
const BESIDE: f32 = 0.95;

/// How sure a date is that stands anywhere on a page in a line of its own.
const SHOWN: f32 = 0.6;

/// How sure the date of a line is that tells the last change.
const CHANGED: f32 = 0.4;

/// How sure a date must be to need no other, and to need none that the page shows anywhere.
const ENOUGH: (f32, f32) = (0.95, 0.7);

/// Adds to `head` the dates that the page `html` shows, where what it tells of itself leaves a doubt.
pub(super) fn complete(head: &mut Head, html: &str) {
    let surest = head.dates.iter().map(|(_, confidence)| *confidence).fold(0.0, f32::max);
    // A time in UTC may fall on another day than the one that the page prints.
    if surest >= ENOUGH.0 && !head.dates.iter().any(|(date, _)| is_utc(date)) {
        return;
    }
    let text = markup::text(html);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let beside = head.headline.as_deref().and_then(|headline| beside(&lines, headline)).map(|date| (date, BESIDE));
    if let Some(found) = beside {
        head.dates.push(found);
    } else if surest < ENOUGH.1 {
        let shown = lines.iter().find_map(|line| dated(line, LETTERS.0));
        let shown = shown.map(|line| if line.changed { (line.date, CHANGED) } else { (line.date, SHOWN) });
        head.dates.extend(shown);
    }
    head.dates.sort_by(|left, right| right.1.total_cmp(&left.1));
}

/// True for a moment that is told in UTC.
fn is_utc(date: &str) -> bool {
    let date = date.trim();
    date.contains(':') && ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|zone| date.ends_with(zone))
}

/// How many lines below the headline, and above it, the date stands.
const AROUND: (usize, usize) = (12, 3);

/// Most letters that a line of its own, and one beside the headline, has beside the date: events stand in sentences.
const LETTERS: (usize, usize) = (40, 60);

/// The date that stands beside `headline` in `lines`.
fn beside(lines: &[&str], headline: &str) -> Option<String> {
    let places: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].len() < 400 && same_words(lines[at], headline)).collect();
    let published = |line: &&str| dated(line, LETTERS.1).filter(|line| !line.changed).map(|line| line.date);
    let below = places.iter().find_map(|&at| lines[at + 1..].iter().take(AROUND.0).find_map(published));
    below.or_else(|| places.iter().find_map(|&at| lines[..at].iter().rev().take(AROUND.1).find_map(published)))
}

/// A line that holds a date and little else.
struct DatedLine {
    /// The date and what follows it.
    date: String,
    /// True where it is that of the last change.
    changed: bool,
}

fn dated(line: &str, most: usize) -> Option<DatedLine> {
    if line.len() > 160 || line.contains('©') {
        return None;
    }
    let found = date::find(line)?;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let told = matches!(found.reading, Reading::Day(_) | Reading::Ambiguous { .. });
    let beside = letters(line) - letters(found.span.of(line));
    let sentence = beside > 25 && line.trim_end().ends_with(['.', '!', '?', '。', '۔']);
    let fits = told && beside <= most && !sentence;
    let before = line[..found.span.begin].to_lowercase();
    let changed = CHANGES.iter().any(|word| before.contains(word));
    fits.then(|| DatedLine { date: line[found.span.begin..].to_owned(), changed })
}

/// Words in front of the date of the last change.
const CHANGES: &[&str] = &[
    "updated",
    "modified",
    "edited",
    "changed",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizado",
    "modificado",
    "aktualisiert",
    "geändert",
    "update:",
    "aggiornato",
    "modificato",
    "atualizado",
    "bijgewerkt",
    "oppdatert",
    "uppdaterad",
    "opdateret",
    "päivitetty",
    "обновлено",
    "оновлено",
    "güncelleme",
    "aktualizacja",
    "diperbarui",
    "更新",
    "수정",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expect: &str) {
        assert_eq!(beside(lines, "River rises in the north").as_deref().unwrap_or("none"), expect, "{lines:?}");
    }

    #[test]
    fn dates_beside_the_headline() {
        let headline = "River rises in the north";
        check(
            &["Tuesday, 14 October 2025", "News", "Home", "Sport", headline, "Jane Doe | 12 October 2025"],
            "12 October 2025",
        );
        check(
            &[
                "12 October 2025",
                headline,
                "The river rose on 3 October 2025 by a metre and more, they said on the radio and by phone.",
            ],
            "12 October 2025",
        );
        check(&[headline, "Last updated 14 October 2025", "First published 12.10.2025, 10:30"], "12.10.2025, 10:30");
        check(&["12 October 2025", "Another river rises"], "none");
    }

    #[test]
    fn a_moment_in_utc_may_be_another_day() {
        assert!(is_utc("2025-10-13T02:30:00Z") && is_utc("2025-10-13T02:30:00+00:00"));
        assert!(!is_utc("2025-10-13") && !is_utc("2025-10-13T02:30:00+02:00"));
    }
}
