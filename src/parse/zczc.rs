//! Wire text that opens with ZCZC, the telex mark of a message: header lines that a sign or a code of two letters names,
//! then the text, to the mark NNNN.
//!
//! The signs are those of Australian Associated Press: `$` headline, `^` headline of sport, `:` place, desk or topic, `#`
//! slug, `=` round or venue, `%`, `&`, `*`, `+`, `@`, `~` routing.

use chrono::NaiveDate;

use super::draft::Draft;
use super::{Parsed, agency, clip, paragraphs, text};
use crate::article::{Evidence, FieldName, Origin};
use crate::crawl::SkipReason;

/// Signs that open a header line.
const SIGNS: &[char] = &['$', '^', ':', '#', '=', '%', '&', '*', '+', '@', '~', '!'];

/// Most lines of a header.
const MOST: usize = 20;

/// True for a message that opens with the mark, blanks and line breaks not counted.
pub(super) fn is_message(text: &str) -> bool {
    let head = clip::head(text, 64).trim_start();
    let mark = head.get(..4).is_some_and(|mark| mark.eq_ignore_ascii_case("zczc"));
    mark && head[4..].starts_with([' ', '\r', '\n', '\t'])
}

/// Reads the message `wire` of the file at `path`, on `today`.
pub(super) fn read(path: &str, wire: &str, today: NaiveDate) -> Parsed {
    // Old gateways end lines by a carriage return alone, and set type by control characters.
    let wire = wire.replace("\r\n", "\n").replace('\r', "\n");
    let message = Message::read(&wire);
    let story: String = message.text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    if !story.contains(char::is_alphabetic) {
        return Parsed::none(SkipReason::NoArticle("a wire message without a text".into()));
    }
    let mut draft = Draft::new(path, paragraphs::apart(&story), today);
    draft.see_path();
    if let Some(name) = message.service.split_whitespace().find_map(agency::named) {
        draft.see_outlet_field(name);
    }
    message.fields(&mut draft);
    message.signed(&mut draft);
    text::fields(&mut draft);
    Parsed::one(draft.finish())
}

/// A message in its parts.
#[derive(Debug)]
struct Message<'a> {
    /// What stands behind the mark, in its line: service and number.
    service: &'a str,
    /// Header lines: the sign or code that names each, and what it says.
    header: Vec<(&'a str, &'a str)>,
    text: &'a str,
}

impl<'a> Message<'a> {
    fn read(wire: &'a str) -> Self {
        let opened = wire.trim_start();
        let (first, mut rest) = opened.split_once('\n').unwrap_or((opened, ""));
        let mut message = Self { service: first.get(4..).unwrap_or("").trim(), header: Vec::new(), text: "" };
        // "YY TDR": priority and routing, as telexes have them.
        if let Some((line, behind)) = rest.split_once('\n').filter(|(line, _)| is_routing(line)) {
            message.header.push(("", line.trim()));
            rest = behind;
        }
        while let Some((line, behind)) = rest.split_once('\n') {
            let line = line.trim();
            let Some(field) = field(line).filter(|_| message.header.len() < MOST) else { break };
            message.header.push(field);
            rest = behind;
            if field.0 == "TX" {
                break;
            }
        }
        message.text = rest.trim_end();
        message.text = message.text.strip_suffix("NNNN").unwrap_or(message.text);
        message
    }

    /// What the first header line that `name` names says, where it says something.
    fn get(&self, name: &str) -> Option<&'a str> {
        self.header.iter().find(|(own, value)| *own == name && !value.is_empty()).map(|(_, value)| *value)
    }

    /// Takes what fields of two letters say: title, date, source, writers, identifier.
    fn fields(&self, draft: &mut Draft) {
        self.get("TI").into_iter().for_each(|title| draft.see_headline_field(title));
        self.get("PD").into_iter().for_each(|date| draft.see_date_field(date, 1.0));
        self.get("KN").or_else(|| self.get("SO")).into_iter().for_each(|source| draft.see_outlet_field(source));
        self.get("BY").into_iter().for_each(|name| draft.see_printed_byline(name));
        self.get("AN").into_iter().for_each(|number| draft.see_guid(number));
    }

    /// Takes what lines with a sign say. A slug or a code is no headline: a headline has words, and blanks between them.
    fn signed(&self, draft: &mut Draft) {
        let headline = ["$", "^"].iter().find_map(|sign| self.get(sign).filter(|value| value.contains(' ')));
        if let Some(headline) = headline {
            draft.see_headline_field(headline);
        }
        let place = self.get(":").and_then(|value| value.strip_prefix('(')?.strip_suffix(')'));
        if let Some(place) = place {
            draft.see_dateline_field(place);
        }
        for (_, slug) in self.header.iter().filter(|(sign, value)| *sign == "#" && !value.is_empty()) {
            draft.reject(FieldName::Headline, slug, Evidence::of(Origin::Metadata), "a slug or a note to editors");
        }
    }
}

/// True for a line that opens with a priority, which is one capital twice.
fn is_routing(line: &str) -> bool {
    matches!(line.trim().as_bytes(), [first, second, b' ', ..] if first == second && first.is_ascii_uppercase())
}

/// The name and the value of a header line; `None` for a line of the text.
fn field(line: &str) -> Option<(&str, &str)> {
    if let Some((code, value)) = line.split_once('#')
        && code.len() == 2
        && code.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return Some((code, value.trim()));
    }
    // "* a point of a list" belongs to the text.
    let value = line.strip_prefix(SIGNS).filter(|value| !value.starts_with(' '))?;
    Some((&line[..line.len() - value.len()], value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::check;

    #[test]
    fn lines_with_signs_stand_above_the_text() {
        check(
            "a.tst",
            "ZCZC AAP\r\n%A\r\n#Ferry_BC1\r\n$Ferry runs again after storm \r\n:(HARROW)\r\n&AAPIS\\valea\r\n*07000000\r\n\
             The ferry to Selby runs again.\r\n\r\n   * It stood still for three days.\r\n\r\nAAP av\r\n\r\nNNNN",
            &[
                "Ferry runs again after storm | AAP | - | - | - | Harrow | en | -",
                "The ferry to Selby runs again.\n\n* It stood still for three days.\n\nAAP av",
            ],
        );
        check(
            "a.tst",
            "ZCZC FMG000\nYY TDR\n:FERRY :Timetable\n  HARROW, Oct 12 AAP - The ferry to Selby runs every hour, its owner \
             said\non Sunday.\n",
            &[
                "- | AAP | - | - | - | Harrow | en | -",
                "HARROW, Oct 12 AAP - The ferry to Selby runs every hour, its owner said\non Sunday.",
            ],
        );
        check(
            "a.tst",
            "\rZCZC AAP\r$T\r:Ferry\r^FERRY:  Race to Selby\r*X\rHARROW, March 3 AAP - The race to Selby is on, say its \
             organisers.\r",
            &[
                "FERRY: Race to Selby | AAP | - | - | - | Harrow | en | -",
                "HARROW, March 3 AAP - The race to Selby is on, say its organisers.",
            ],
        );
    }

    #[test]
    fn fields_of_two_letters_stand_above_the_text() {
        check(
            "a.tst",
            "zczc\nAN#17\nKN#Harrow News\nPD#06 June 2016 14:00:00\nBY#Ada Vale\nSF#*\nTI#Ferry line delayed\nAB#Short.\n\
             TX#\nThe ferry line to Selby is delayed by another year.\nAN#18 is no field here.\n",
            &[
                "Ferry line delayed | Harrow News | - | 2016-06-06 | Ada Vale | - | en | 17",
                "The ferry line to Selby is delayed by another year.\nAN#18 is no field here.",
            ],
        );
    }

    #[test]
    fn a_message_without_a_text_is_told() {
        check("a.tst", "ZCZC AAP\n#Slug\n$Headline of it\n", &["no article: a wire message without a text"]);
        assert!(!is_message("ZCZCX") && !is_message("The mark ZCZC opens a telex.") && is_message(" \r\nzczc\n"));
    }
}
