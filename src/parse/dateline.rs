//! The dateline: place, date and agency in front of the first sentence.

use super::calendar::Reading;
use super::place::{self, Rank};
use super::{agency, byline, clip, date};
use crate::text::Span;

/// A dateline as read; spans are bytes of the paragraph that it opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dateline {
    /// From the first letter to the last mark before the story.
    pub(super) span: Span,
    /// The first place, as printed.
    pub(super) place: Option<Span>,
    /// The date, where it is told.
    pub(super) date: Option<(Span, Reading)>,
    /// The agency's usual name, and where it stands.
    pub(super) agency: Option<(Span, &'static str)>,
}

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 160;

/// The dateline that opens `paragraph`.
///
/// A known agency, a known place or a city with its state is required: "DEAR ABBY:" is none.
pub(super) fn read(paragraph: &str) -> Option<Dateline> {
    let head = clip::head(paragraph, REACH);
    let rules = [east_asian, bracketed, slashed, agency_first, bare_agency, dated_agency, place_only];
    let mut found = rules.into_iter().find_map(|rule| rule(head))?;
    found.span.end = separator_after(head, found.span.end);
    Some(found)
}

/// 【ドーハ共同】, (서울=연합뉴스), 新华社北京10月7日电.
fn east_asian(head: &str) -> Option<Dateline> {
    let inner = |open: char, close: char| {
        let rest = head.strip_prefix(open)?;
        let end = rest.find(close)?;
        Some(Span::new(open.len_utf8(), open.len_utf8() + end))
    };
    if let Some(span) = inner('【', '】') {
        let text = span.of(head);
        let cut = text.char_indices().map(|(at, _)| at).find(|&at| agency::named(&text[at..]).is_some())?;
        return Some(of_two(head, Span::new(span.begin, span.begin + cut), Span::new(span.begin + cut, span.end), 3));
    }
    if let Some(span) = inner('(', ')').filter(|span| span.of(head).contains('=')) {
        let (place, name) = span.of(head).split_once('=')?;
        agency::named(name)?;
        let at = span.begin + place.len();
        return Some(of_two(head, Span::new(span.begin, at), Span::new(at + 1, span.end), 1));
    }
    chinese(head)
}

fn of_two(head: &str, place: Span, name: Span, close: usize) -> Dateline {
    let known = agency::named(name.of(head));
    let place = trimmed(head, place);
    let place = (!place.is_empty()).then_some(place);
    Dateline { span: Span::new(0, name.end + close), place, date: None, agency: known.map(|known| (name, known)) }
}

/// 新华社北京10月7日电（记者…）.
fn chinese(head: &str) -> Option<Dateline> {
    let end = head.find('电').or_else(|| head.find('電'))?;
    let cut = head[..end]
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(6)
        .find(|&at| agency::named(&head[..at]).is_some())?;
    let known = agency::named(&head[..cut])?;
    let found = date::find(&head[cut..end])?;
    let place = Span::new(cut, cut + found.span.begin);
    Some(Dateline {
        span: Span::new(0, end + '电'.len_utf8()),
        place: (!place.is_empty()).then_some(place),
        date: Some((found.span.shifted(cut), found.reading)),
        agency: Some((Span::new(0, cut), known)),
    })
}

/// LONDON, Oct 12 (Reuters) -; KABUL (Pajhwok):; (IPS) -; (ANSA) - ROMA, 22 MAR -.
fn bracketed(head: &str) -> Option<Dateline> {
    let (open, close) = bracket(head, 0)?;
    // "Tegucigalpa (Honduras), 2 ene (EFE).-": the first bracket tells the country.
    let inner = &head[open + 1..close];
    let (open, close) = bracket(head, close).filter(|_| open > 0 && place::is_region(inner)).unwrap_or((open, close));
    let inner = trimmed(head, Span::new(open + 1, close));
    let name = agency_in(head, inner).unwrap_or(inner);
    let known = agency::named(name.of(head));
    let before = trimmed(head, Span::new(0, open));
    if let Some(found) = date::leading(name.of(head)).filter(|_| known.is_none()) {
        return dated_bracket(head, before, (name, found), close + 1);
    }
    if before.is_empty() {
        let after = separator_after(head, close + 1);
        let mut found = Dateline { span: Span::new(0, close + 1), agency: Some((name, known?)), ..Dateline::default() };
        // The Italian and some other agencies put place and date behind their name.
        if let Some(second) = place_only(&head[after..]).filter(|_| after > close + 2) {
            found.span.end = after + second.span.end;
            found.place = second.place.map(|span| span.shifted(after));
            found.date = second.date.map(|(span, reading)| (span.shifted(after), reading));
        }
        return Some(found);
    }
    let opening = Opening::of(head, before)?;
    // An agency that no table knows must at least look like one and stand before a dash or colon.
    let short = name.of(head).chars().all(char::is_uppercase) && (2..=8).contains(&name.len());
    // Papers name themselves there too: "KABUL (Valley Monitor) —".
    let paper = is_name(name.of(head)) && name.of(head).contains(' ') && opening.rank == Some(Rank::City);
    let separated = separator_after(head, close + 1) > close + 2;
    if known.is_none() && !((short || paper) && separated && opening.is_known()) {
        return None;
    }
    // A sentence may hold "(AP)" too: names before an agency are short, or the place is known.
    if !(opening.is_known() || opening.is_capitals(head) || separated) {
        return None;
    }
    let inside = date::find(inner.of(head)).filter(|_| known.is_some());
    let date = opening.date.or(inside.map(|found| (found.span.shifted(inner.begin), found.reading)));
    Some(Opening { date, ..opening }.with(close + 1, known.map(|known| (name, known))))
}

/// The first pair of round brackets in `head` at or after `from`.
fn bracket(head: &str, from: usize) -> Option<(usize, usize)> {
    let open = from + head[from..].find('(')?;
    Some((open, open + head[open..].find(')')?))
}

/// The agency in a bracket that holds a date or a section too: "کابل (پژواک، ۲۹ میزان ۱۴۰۴)", "(KYIV/AFP)".
fn agency_in(head: &str, inner: Span) -> Option<Span> {
    let parts = inner.of(head).split(['،', ',', '/', '-']).map(str::trim);
    let begin = |part: &str| part.as_ptr() as usize - head.as_ptr() as usize;
    let mut spans = parts.map(|part| Span::new(begin(part), begin(part) + part.len()));
    spans.find(|span| span.len() < inner.len() && agency::named(span.of(head)).is_some())
}

/// SINGAPORE (May 6, 2021) —.
fn dated_bracket(head: &str, before: Span, (inner, date): (Span, date::FoundDate), end: usize) -> Option<Dateline> {
    let opening = Opening::of(head, before)?;
    let separated = separator_after(head, end) > end + 1;
    let fits = opening.is_known() && opening.date.is_none() && separated && date.span.len() == inner.len();
    fits.then(|| Opening { date: Some((date.span.shifted(inner.begin), date.reading)), ..opening }.with(end, None))
}

/// MOSCOW, August 15. /TASS/.
fn slashed(head: &str) -> Option<Dateline> {
    let open = head.match_indices('/').map(|(at, _)| at).find(|&at| {
        let rest = &head[at + 1..];
        rest.find('/').is_some_and(|end| agency::named(&rest[..end]).is_some())
    })?;
    let close = open + 1 + head[open + 1..].find('/')?;
    let name = Span::new(open + 1, close);
    let known = agency::named(name.of(head))?;
    let before = trimmed(head, Span::new(0, open));
    let span = Span::new(0, close + 1);
    if before.is_empty() {
        return Some(Dateline { span, agency: Some((name, known)), ..Dateline::default() });
    }
    Some(Opening::of(head, before)?.with(span.end, Some((name, known))))
}

/// RASC News Agency: …; afrol News, 26 June - …; AFP.- London - ….
fn agency_first(head: &str) -> Option<Dateline> {
    let end = head.find([',', ':', '-', '–', '—', '―', '.'])?;
    let name = trimmed(head, Span::new(0, end));
    let known = agency::named_plainly(name.of(head))?;
    let mut found = Dateline { agency: Some((name, known)), ..Dateline::default() };
    if head[end..].starts_with(',') {
        let date = date::leading(&head[end..])?;
        found.date = Some((date.span.shifted(end), date.reading));
        found.span = Span::new(0, end + date.span.end);
        return (separator_after(head, found.span.end) > found.span.end).then_some(found);
    }
    let after = separator_after(head, end);
    // "Reuters.com", "Interfax-Ukraine" and sentences about an agency have no blank after the mark.
    if !head[..after].ends_with(' ') {
        return None;
    }
    found.span = Span::new(0, after);
    if let Some(second) = place_only(&head[after..]) {
        found.span.end = after + second.span.end;
        found.place = second.place.map(|span| span.shifted(after));
        found.date = second.date.map(|(span, reading)| (span.shifted(after), reading));
    }
    Some(found)
}

/// Tehran, Nov 30, IRNA -; TEHRAN – IRNA –; Ankara/AA -; МОСКВА, 27 фев - РИА Новости.
fn bare_agency(head: &str) -> Option<Dateline> {
    let cuts = [", ", "، ", ". ", " - ", " – ", " — ", " -- ", "/"];
    let starts = head
        .char_indices()
        .filter_map(|(at, _)| cuts.iter().find(|cut| head[at..].starts_with(*cut)).map(|cut| (at, cut.len())));
    for (at, length) in starts {
        let begin = at + length;
        let end = head[begin..].find([',', '.', ':', '-', '–', '—', '―']).map_or(head.len(), |end| begin + end);
        let name = trimmed(head, Span::new(begin, end));
        // Right behind a slash even "AA" is one: "Ankara/AA".
        let known = if length == 1 { agency::named(name.of(head)) } else { agency::named_plainly(name.of(head)) };
        let Some(known) = known else { continue };
        let opening = Opening::of(head, Span::new(0, at))?;
        let separated = separator_after(head, end) > end;
        return (opening.is_known() && separated).then(|| opening.with(end, Some((name, known))));
    }
    None
}

/// SYDNEY, Dec 7 AAP -: behind a date an agency needs no mark of its own.
fn dated_agency(head: &str) -> Option<Dateline> {
    let mark = next_separator(head, 0)?;
    let before = trimmed(head, Span::new(0, mark.begin));
    let (front, name) = before.of(head).rsplit_once(' ')?;
    let known = agency::named(name)?;
    let opening = Opening::of(head, trimmed(head, Span::new(before.begin, before.begin + front.len())))?;
    let name = Span::new(before.end - name.len(), before.end);
    (opening.is_known() && opening.date.is_some()).then(|| opening.with(mark.begin, Some((name, known))))
}

/// MADRID —; NEW DELHI:; CAIRO – 26 July 2022:; FAIRVIEW, W.Va. -; Berlin. ….
fn place_only(head: &str) -> Option<Dateline> {
    let mut from = 0;
    // A date may stand between the first mark and the last: every mark is tried, the last one that fits wins.
    let mut best = None;
    while let Some(mark) = next_separator(head, from) {
        let before = trimmed(head, Span::new(0, mark.begin));
        if let Some(opening) = Opening::of(head, before)
            && opening.stands_alone(head, mark.of(head))
        {
            best = Some(opening.with(mark.begin, None));
        } else if best.is_some() {
            break;
        }
        from = mark.end;
    }
    best
}

/// Places, region and date in front of an agency or a mark.
#[derive(Debug)]
struct Opening {
    place: Span,
    rank: Option<Rank>,
    region: bool,
    date: Option<(Span, Reading)>,
}

/// Most words that a place's name has.
const PLACE_WORDS: usize = 5;

impl Opening {
    /// Reads `span` of `head` to its end; anything that is neither place nor date makes it no dateline.
    fn of(head: &str, span: Span) -> Option<Self> {
        let text = span.of(head);
        let found = date::find(text);
        let places = found.map_or(text, |found| &text[..found.span.begin]);
        // Behind the date nothing but marks may stand.
        if found.is_some_and(|found| text[found.span.end..].contains(char::is_alphanumeric)) {
            return None;
        }
        let places = trimmed(text, Span::new(0, places.len()));
        let end = places.of(text).find([',', '،', '/', '&', ';', '(']).unwrap_or(places.len());
        let end = places.of(text)[..end].find(" and ").unwrap_or(end);
        let first = trimmed(text, Span::new(places.begin, places.begin + end));
        if first.is_empty() || !is_name(first.of(text)) {
            return None;
        }
        let rest = &text[first.end..places.end];
        let others: Vec<&str> =
            rest.split([',', '،', '/', '&', ';', '(', ')']).map(str::trim).filter(|name| !name.is_empty()).collect();
        if others.len() > 3 || !others.iter().all(|name| is_name(name.trim_start_matches("and "))) {
            return None;
        }
        let region =
            rest.trim_start().starts_with([',', '(']) && others.last().is_some_and(|name| place::is_region(name));
        let rank = place::rank(first.of(text));
        let date = found.map(|found| (found.span.shifted(span.begin), found.reading));
        Some(Self { place: first.shifted(span.begin), rank, region, date })
    }

    fn is_known(&self) -> bool {
        self.rank.is_some() || self.region
    }

    fn is_capitals(&self, head: &str) -> bool {
        let name = self.place.of(head);
        name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
    }

    /// True where place, date and `mark` make a dateline without an agency.
    fn stands_alone(&self, head: &str, mark: &str) -> bool {
        let capitals = self.is_capitals(head);
        let city = self.rank == Some(Rank::City);
        let dash = mark.contains(['-', '–', '—', '―']);
        match mark.trim() {
            // "Fast food. …" looks like a German paper's "Berlin. …".
            "." => city && self.date.is_none() && !capitals && !self.region,
            // A country and a colon head a column: "Kenya: …".
            ":" => city || (capitals && self.is_known()) || (self.is_known() && self.date.is_some()),
            _ => {
                dash && (city
                    || self.region
                    || (capitals && (self.is_known() || self.is_heading(head, mark)))
                    || (self.is_known() && self.date.is_some()))
            }
        }
    }

    /// True for two or three words in capitals before a long dash, as papers print a place that no table knows.
    fn is_heading(&self, head: &str, mark: &str) -> bool {
        let words: Vec<&str> = self.place.of(head).split_whitespace().collect();
        (2..=3).contains(&words.len())
            && (mark.contains(['—', '―']) || head[self.place.end..].starts_with(".-"))
            && !words.iter().any(|word| byline::is_label(word))
    }

    fn with(self, end: usize, agency: Option<(Span, &'static str)>) -> Dateline {
        Dateline { span: Span::new(0, end), place: Some(self.place), date: self.date, agency }
    }
}

/// True where every word of `name` may be part of a place's name.
fn is_name(name: &str) -> bool {
    let particle = |word: &str| {
        matches!(
            fold_small(word).as_str(),
            "de" | "la"
                | "el"
                | "del"
                | "of"
                | "the"
                | "al"
                | "and"
                | "da"
                | "do"
                | "di"
                | "am"
                | "an"
                | "sur"
                | "le"
                | "les"
                | "los"
                | "las"
                | "y"
                | "e"
                | "i"
                | "ad"
                | "ash"
                | "ar"
        )
    };
    let mut words = name.split_whitespace();
    let count = name.split_whitespace().count();
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    (1..=PLACE_WORDS).contains(&count)
        && !name.contains(['"', '“', '”', '(', ')', '?', '!', ':', ';'])
        && words.all(|word| capital(word) || particle(word))
}

fn fold_small(word: &str) -> String {
    word.chars().take(8).collect::<String>().to_lowercase()
}

/// The next mark that may end a dateline, with the blanks around it, at or after `from`.
fn next_separator(head: &str, from: usize) -> Option<Span> {
    let bytes = head.as_bytes();
    head[from..].char_indices().map(|(at, c)| (from + at, c)).find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let blank_before = at > 0 && bytes[at - 1].is_ascii_whitespace();
        let blank_after = head[end..].starts_with([' ', '\u{a0}', '"', '“']);
        match c {
            '—' | '–' | '―' => Some(Span::new(at, end)),
            // A hyphen inside a name is none: it stands between blanks, or at least before one.
            '-' if blank_after || blank_before || head[end..].starts_with('-') => Some(Span::new(at, end)),
            ':' if blank_after => Some(Span::new(at, end)),
            '.' if [" -", "-", "–"].iter().any(|dash| head[end..].starts_with(dash)) => None,
            '.' if blank_after && !ends_in_abbreviation(&head[..at]) => Some(Span::new(at, end)),
            _ => None,
        }
    })
}

/// "W.Va.", "Wis.", "Sept." before a full stop.
fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.rsplit([' ', ',']).next().unwrap_or("");
    word.contains('.') || word.chars().count() < 4 || super::month::of(word).is_some() || text.contains(',')
}

/// `at`, moved behind the full stops, dashes, colons and blanks that part a dateline from the story.
fn separator_after(head: &str, at: usize) -> usize {
    let rest = &head[at..];
    at + rest.len() - rest.trim_start_matches(['.', '-', '–', '—', '―', '_', ':', ' ', '\u{a0}', '=', '\t']).len()
}

/// `span` without blanks, commas, dashes and full stops around it; a full stop that belongs to an initial stays.
fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let left = inner.trim_start_matches([' ', '\u{a0}', ',', ':', '-', '–', '—', '―', '\t']);
    let begin = span.begin + inner.len() - left.len();
    let right = left.trim_end_matches([' ', '\u{a0}', ',', ':', '-', '–', '—', '―', '.', '\t']);
    let keeps = right.len() < left.len()
        && left[right.len()..].starts_with('.')
        && right.rsplit([' ', ',']).next().is_some_and(|word| word.contains('.') || word.len() <= 2);
    Span::new(begin, begin + right.len() + usize::from(keeps))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// "place | date | agency | first words of the story", or "none".
    fn check(paragraph: &str, expect: &str) {
        let found = read(paragraph).map(|found| {
            let place = found.place.map_or("", |span| span.of(paragraph));
            let date = match found.date.map(|(_, reading)| reading) {
                Some(Reading::Day(day)) => day.to_string(),
                Some(Reading::NoYear { month, day }) => format!("{month:02}-{day:02}"),
                Some(other) => format!("{other:?}"),
                None => String::new(),
            };
            let agency = found.agency.map_or("", |(_, name)| name);
            let story = paragraph[found.span.end..].chars().take(5).collect::<String>();
            format!("{place}|{date}|{agency}|{story}")
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expect, "{paragraph}");
    }

    #[test]
    fn agencies_in_brackets() {
        check("LA CROSSE, Wis. (AP) — The river rose.", "LA CROSSE||Associated Press|The r");
        check("LA CROSSE, Wis. (AP) ― The river rose.", "LA CROSSE||Associated Press|The r");
        check("KABUL, Afghanistan (AP) _ The river rose.", "KABUL||Associated Press|The r");
        check("KATHMANDU, April 25 (Reuters) - The river", "KATHMANDU|04-25|Reuters|The r");
        check("BEIRUT/THE HAGUE, March 7 (Reuters) - The", "BEIRUT|03-07|Reuters|The");
        check("(Reuters) — The river rose", "||Reuters|The r");
        check("STOCKHOLM, Aug 29, 2014 (AFP) - The river", "STOCKHOLM|2014-08-29|Agence France-Presse|The r");
        check("Strasbourg, 10 juil 2024 (AFP) - Le fleuve", "Strasbourg|2024-07-10|Agence France-Presse|Le fl");
        check("BEIJING, Sept. 2 (Xinhua) -- The river", "BEIJING|09-02|Xinhua|The r");
        check("LISBOA, 18 jun (Xinhua) -- O rio", "LISBOA|06-18|Xinhua|O rio");
        check("Madrid, 11 may (EFE).- El río subió", "Madrid|05-11|EFE|El rí");
        check("(ANSA) - ROMA, 22 MAR - Il fiume", "ROMA|03-22|ANSA|Il fi");
        check("ROMA, 16 NOV (ANSA) - Il fiume", "ROMA|11-16|ANSA|Il fi");
        check("Berlin (dpa) - Der Fluss", "Berlin||dpa|Der F");
        check("SEOUL, Nov. 24 (Yonhap) -- The river", "SEOUL|11-24|Yonhap|The r");
        check("KUALA LUMPUR, Aug 6 (Bernama) -- The river", "KUALA LUMPUR|08-06|Bernama|The r");
        check("Mumbai, Dec 9 (PTI) The river rose", "Mumbai|12-09|Press Trust of India|The r");
        check("TEHRAN (Fars News Agency)- The river", "TEHRAN||Fars News Agency|The r");
        check("ANKARA (AA) - The river", "ANKARA||Anadolu Ajansı|The r");
        check("KABUL (Pajhwok): The river", "KABUL||Pajhwok Afghan News|The r");
        check("KUNDUZ CITY/MAIMANA (PAN): The river", "KUNDUZ CITY||Pajhwok Afghan News|The r");
        check("ISLAMABAD, Oct 3 (APP): The river", "ISLAMABAD|10-03|Associated Press of Pakistan|The r");
        check("Islamabad: (APP) The river", "Islamabad||Associated Press of Pakistan|The r");
        check("Kampala & Jinja, May 4 2021 (IPS) - The river", "Kampala|2021-05-04|Inter Press Service|The r");
        check("RIYADH (XYZ) -- The river", "RIYADH|||The r");
        check("KABUL (Valley Monitor) — The river", "KABUL|||The r");
    }

    /// Every opening that agencies were seen to print, in the order of the alphabet of agencies.
    #[test]
    fn openings_of_agencies_the_world_over() {
        check("MOSCOW, Oct. 12, 2025 (AFP) - The river", "MOSCOW|2025-10-12|Agence France-Presse|The r");
        check("Paris, 12 juin 2024 (AFP) – Le fleuve", "Paris|2024-06-12|Agence France-Presse|Le fl");
        check("القاهرة (أ ف ب) - ارتفع النهر", "القاهرة||Agence France-Presse|ارتفع");
        check("Ankara/AA - The river", "Ankara||Anadolu Ajansı|The r");
        check("(ANSA) - Rome, October 11 - The river", "Rome|10-11|ANSA|The r");
        check("Jakarta (ANTARA) - Sungai naik", "Jakarta||Antara|Sunga");
        check("MELAKA, 13 Jan (Bernama) -- Sungai", "MELAKA|01-13|Bernama|Sunga");
        check("DUBAI (Bloomberg) — The river", "DUBAI||Bloomberg|The r");
        check("Berlin, 12. Okt (dpa) - Der Fluss", "Berlin|10-12|dpa|Der F");
        check("Tegucigalpa, Jan 2 (EFE).- The river", "Tegucigalpa|01-02|EFE|The r");
        check("La Paz (Bolivia), 15 ago (EFE).- El río", "La Paz|08-15|EFE|El rí");
        check("Москва. 15 августа. ИНТЕРФАКС - Река", "Москва|08-15|Interfax|Река");
        check("TOKYO, Oct. 3 (Kyodo) -- The river", "TOKYO|10-03|Kyodo News|The r");
        check("【北京共同】川の水位", "北京||Kyodo News|川の水位");
        check("Lisboa, 12 out 2024 (Lusa) - O rio", "Lisboa|2024-10-12|Lusa|O rio");
        check("کابل (پژواک، ۲۹ میزان ۱۴۰۴): دریا", "کابل|2025-10-21|Pajhwok Afghan News|دریا");
        check("KABUL (PAN): The river", "KABUL||Pajhwok Afghan News|The r");
        check("Warszawa (PAP) - Rzeka", "Warszawa||PAP|Rzeka");
        check("ISLAMABAD, Oct 3 (APP): The river", "ISLAMABAD|10-03|Associated Press of Pakistan|The r");
        check("МОСКВА, 12 окт — РИА Новости. Река", "МОСКВА|10-12|RIA Novosti|Река");
        check("RIYADH (SPA) -- The river", "RIYADH||Saudi Press Agency|The r");
        check("МУРМАНСК, 22 августа 2025 г. /ТАСС/. Река", "МУРМАНСК|2025-08-22|TASS|Река");
        check("Hà Nội (TTXVN) - Sông", "Hà Nội||Vietnam News Agency|Sông");
        check("中新社北京10月7日电 河水上涨", "北京|10-07|China News Service|河水上涨");
        check("(서울=뉴스1) 홍길동 기자 = 강물이", "서울||News1|홍길동 기");
        check("(서울=연합뉴스) 강물이", "서울||Yonhap|강물이");
    }

    #[test]
    fn agencies_without_brackets() {
        check("MOSCOW, August 15. /TASS/. The river", "MOSCOW|08-15|TASS|The r");
        check("МОСКВА, 27 фев - РИА Новости. Река", "МОСКВА|02-27|RIA Novosti|Река");
        check("Tehran, Nov 30, IRNA - The river", "Tehran|11-30|IRNA|The r");
        check("TEHRAN – IRNA – The river", "TEHRAN||IRNA|The r");
        check("تهران، ایرنا - رودخانه بالا آمد", "تهران||IRNA|رودخا");
        check("SYDNEY, Dec 7 AAP - The river", "SYDNEY|12-07|AAP|The r");
        check("The river rose on Dec 7 AP - they said", "none");
        check("RASC News Agency: The river", "||RASC News Agency|The r");
        check("afrol News, 26 June - In the delta", "|06-26|afrol News|In th");
        check("AFP.- London -The river", "London||Agence France-Presse|The r");
    }

    #[test]
    fn east_asian_forms() {
        check("【ドーハ共同】川の水位", "ドーハ||Kyodo News|川の水位");
        check("(서울=연합뉴스) 김유아 기자 = 강물이", "서울||Yonhap|김유아 기");
        check("新华社北京10月7日电 河水上涨", "北京|10-07|Xinhua|河水上涨");
    }

    #[test]
    fn places_without_an_agency() {
        check("MADRID — The river", "MADRID|||The r");
        check("NEW DELHI: The river", "NEW DELHI|||The r");
        check("PUTRAJAYA, Nov 22 — The river", "PUTRAJAYA|11-22||The r");
        check("Berlin. Der Fluss ist gestiegen.", "Berlin|||Der F");
        check("CAIRO – 26 July 2022: The river", "CAIRO|2022-07-26||The r");
        check("CAIRO- 24 July 2022: The river", "CAIRO|2022-07-24||The r");
        check("KUWAIT CITY, July 24: The river", "KUWAIT CITY|07-24||The r");
        check("FAIRVIEW, W.Va. - The river", "FAIRVIEW|||The r");
        check("Colombo, Sri Lanka – The river", "Colombo|||The r");
        check("Srinagar- The river", "Srinagar|||The r");
        check("SINGAPORE (May 6, 2021) — The river", "SINGAPORE|2021-05-06||The r");
        check("New York (November 25, 2021): The river", "New York|2021-11-25||The r");
        check("Kuwait: The river", "Kuwait|||The r");
        check("TAMARACK COUNTY — The river", "TAMARACK COUNTY|||The r");
        check("PUERTO LIRIO.- El río", "PUERTO LIRIO|||El rí");
        check("EL TORDILLO — The river", "EL TORDILLO|||The r");
    }

    #[test]
    fn false_friends() {
        for line in [
            "DEAR ABBY: My neighbour",
            "WARNING GRAPHIC DETAIL: The river",
            "CHINESE AGGRESSION: The river",
            "LE POINT SUR LA SITUATION - Le fleuve",
            "Kenia: Der Fluss",
            "BREAKING NEWS — The river rose.",
            "FULL TEXT — The river rose.",
            "The committee (AP) was told that the river rose.",
            "But the company - the largest of all - closed.",
            "Police today (July 28, 2022) found a boat.",
            "Paris, London and Rome are cities.",
            "He said: the river rose.",
        ] {
            check(line, "none");
        }
    }

    proptest! {
        #[test]
        fn any_paragraph_is_read(paragraph: String) {
            read(&paragraph);
        }

        #[test]
        fn any_dateline_like_line_is_read(line in "[A-Z]{0,9}[,/ ]{0,2}(Oct 3|新华社|東京|【|\\()?(AP|Reuters|共同|=연합뉴스|/TASS/)?[)】]?[ .—:-]{0,4}[a-zé電日月0-9 ]{0,9}") {
            read(&line);
        }
    }
}
