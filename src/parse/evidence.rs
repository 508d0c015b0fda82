//! Chooses among what several places of a file say.

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate, Timelike as _};

use super::calendar::{self, Reading};
use crate::article::{Evidence, Field, FieldName, Origin, PublicationDate, Rejected, Warning};
use crate::text::Span;

/// One place's word on the date of publication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DateClaim {
    pub(super) reading: Reading,
    pub(super) time: Option<DateTime<FixedOffset>>,
    pub(super) origin: Origin,
    pub(super) confidence: f32,
    /// Where the text says so.
    pub(super) span: Option<Span>,
}

impl DateClaim {
    fn evidence(&self) -> Evidence {
        Evidence { origin: self.origin, confidence: self.confidence, span: self.span }
    }
}

/// Days that two honest dates of one article may lie apart: agency copy is printed days later.
const APART: u64 = 31;

/// What [`date`] makes of the claims.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) date: Option<Field<PublicationDate>>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) warnings: Vec<Warning>,
}

/// Chooses the date from `claims`, the most trusted first; `month` is known where nothing tells a day.
///
/// `month_first` says whether the outlet writes the month before the day, where that is known. A claim without its year
/// takes the year that brings it nearest to the surest other evidence.
pub(super) fn date(
    claims: &[DateClaim],
    month: Option<NaiveDate>,
    month_first: Option<bool>,
    today: NaiveDate,
) -> Chosen {
    let mut chosen = Chosen::default();
    let full = claims.iter().find_map(|claim| day_of(claim.reading));
    for claim in claims {
        let near = chosen.date.as_ref().map(|field| field.value.day).or(full).or(month);
        match settle(claim.reading, near, month_first) {
            Ok(Some(day)) => chosen.weigh(claim, day, today),
            Ok(None) => {}
            Err(problem) => chosen.refuse(claim, None, &problem),
        }
    }
    chosen.date = chosen.date.map(|field| local(field, claims));
    chosen
}

impl Chosen {
    /// Takes `day`, which `claim` says, or tells why not.
    fn weigh(&mut self, claim: &DateClaim, day: NaiveDate, today: NaiveDate) {
        if day > today.checked_add_days(Days::new(1)).unwrap_or(today) {
            self.refuse(claim, Some(day), "lies in the future");
        } else if day.year() < 1600 {
            self.refuse(claim, Some(day), "lies before all newspapers");
        } else if let Some(field) = &self.date {
            let (origin, told) = (field.evidence.origin, field.value.day);
            let apart = told.signed_duration_since(day).num_days().unsigned_abs();
            if apart > APART {
                self.refuse(claim, Some(day), &format!("is far from {origin} date {told}"));
            } else if apart > 0 {
                self.lose(claim, Some(day), format!("the {origin} date is trusted more"));
            }
        } else {
            self.date = Some(Field { value: PublicationDate { day, time: claim.time }, evidence: claim.evidence() });
        }
    }

    /// Rejects a claim that the reader should hear of.
    fn refuse(&mut self, claim: &DateClaim, day: Option<NaiveDate>, problem: &str) {
        let day_said = day.map_or(String::new(), |day| format!(" {day}"));
        self.warnings.push(Warning::new(format!("{} date{day_said} {problem}", claim.origin)));
        self.lose(claim, day, problem.to_owned());
    }

    fn lose(&mut self, claim: &DateClaim, day: Option<NaiveDate>, why: String) {
        let value = day.map_or(String::new(), |day| day.to_string());
        self.rejected.push(Rejected { field: FieldName::Date, value, evidence: claim.evidence(), why });
    }
}

/// `field` with the day that the outlet itself printed, where the moment is told in UTC and falls on the day before or
/// after it.
fn local(field: Field<PublicationDate>, claims: &[DateClaim]) -> Field<PublicationDate> {
    let PublicationDate { day, time } = field.value;
    let in_utc = time.filter(|time| time.offset().local_minus_utc() == 0);
    let Some(hour) = in_utc.filter(|_| field.evidence.origin == Origin::Metadata).map(|time| time.hour()) else {
        return field;
    };
    let printed = claims.iter().filter(|claim| claim.time.is_none() && claim.confidence >= 0.9).find(|claim| {
        let apart = day_of(claim.reading).map(|other| other.signed_duration_since(day).num_days());
        // Clocks are up to 12 hours behind UTC, and up to 14 before it.
        let fits = apart == Some(0) || (apart == Some(-1) && hour < 12) || (apart == Some(1) && hour >= 10);
        matches!(claim.origin, Origin::Metadata | Origin::Url | Origin::DateLine) && fits
    });
    match printed.and_then(|claim| Some((day_of(claim.reading)?, claim))) {
        Some((other, claim)) if other != day => {
            let evidence = claim.evidence();
            Field { value: PublicationDate { day: other, time }, evidence }
        }
        _ => field,
    }
}

fn day_of(reading: Reading) -> Option<NaiveDate> {
    match reading {
        Reading::Day(day) => Some(day),
        _ => None,
    }
}

/// The day that `reading` means near `near`; `None` where that cannot be known.
fn settle(reading: Reading, near: Option<NaiveDate>, month_first: Option<bool>) -> Result<Option<NaiveDate>, String> {
    match reading {
        Reading::Day(day) => Ok(Some(day)),
        Reading::Impossible => Err("does not exist".into()),
        Reading::NoYear { month, day } => Ok(near.and_then(|near| nearest(near, month, day))),
        Reading::NoYearHijri { month, day } => Ok(near.and_then(|near| calendar::nearest_hijri(near, month, day))),
        Reading::Ambiguous { day_first, month_first: other } => match (month_first, near) {
            (Some(true), _) => Ok(Some(other)),
            (Some(false), _) => Ok(Some(day_first)),
            (None, Some(near)) if near == day_first || near == other => Ok(Some(near)),
            _ => Err(format!("is ambiguous: {day_first} or {other}")),
        },
    }
}

/// The day of the year nearest to `near`.
fn nearest(near: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let years = near.year() - 1..=near.year() + 1;
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| day.signed_duration_since(near).num_days().abs())
}

/// The surest of `claims`, the first where several are equally sure, and the others that say something else.
pub(super) fn surest(field: FieldName, mut claims: Vec<Field<String>>) -> (Option<Field<String>>, Vec<Rejected>) {
    let sure = |claim: &Field<String>| claim.evidence.confidence;
    let best = (0..claims.len()).reduce(|best, at| if sure(&claims[at]) > sure(&claims[best]) { at } else { best });
    let Some(best) = best.map(|at| claims.remove(at)) else { return (None, Vec::new()) };
    let others = claims.into_iter().filter(|claim| claim.value != best.value);
    let lost = others.map(|Field { value, evidence }| {
        let tells = if evidence.confidence < best.evidence.confidence { "surer" } else { "as sure, and came first" };
        Rejected { field, value, evidence, why: format!("the {} is {tells}", best.evidence.origin) }
    });
    let lost = lost.collect();
    (Some(best), lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn claim(reading: Reading, origin: Origin) -> DateClaim {
        DateClaim { reading, time: None, origin, confidence: 1.0, span: None }
    }

    /// Chosen date with its origin, then the warnings, on 12 October 2025.
    fn check(claims: &[DateClaim], month: Option<&str>, month_first: Option<bool>, expect: &str) {
        let Chosen { date, warnings, .. } = date(claims, month.map(on), month_first, on("2025-10-12"));
        let told = date.map_or("none".into(), |date| format!("{} by {}", date.value.day, date.evidence.origin));
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!([vec![told], warnings].concat().join("; "), expect);
    }

    #[test]
    fn a_day_without_year_takes_the_nearest() {
        let dateline = claim(Reading::NoYear { month: 12, day: 30 }, Origin::Dateline);
        check(&[dateline], Some("2025-01-01"), None, "2024-12-30 by dateline");
        check(&[dateline], None, None, "none");
        check(&[claim(Reading::Day(on("2024-01-02")), Origin::Url), dateline], None, None, "2024-01-02 by url");
    }

    #[test]
    fn impossible_and_future_dates_are_rejected() {
        let day = |text| claim(Reading::Day(on(text)), Origin::Url);
        check(&[day("2025-10-13")], None, None, "2025-10-13 by url");
        check(&[day("2025-10-14")], None, None, "none; url date 2025-10-14 lies in the future");
        check(&[claim(Reading::Impossible, Origin::DateLine)], None, None, "none; date line date does not exist");
    }

    #[test]
    fn day_and_month_are_ordered_by_evidence() {
        let reading = Reading::Ambiguous { day_first: on("2024-05-04"), month_first: on("2024-04-05") };
        let line = claim(reading, Origin::DateLine);
        check(&[line], None, Some(true), "2024-04-05 by date line");
        check(&[line], None, Some(false), "2024-05-04 by date line");
        check(&[line], None, None, "none; date line date is ambiguous: 2024-05-04 or 2024-04-05");
        let folder = claim(Reading::Day(on("2024-05-04")), Origin::Folder);
        check(&[line, folder], None, None, "2024-05-04 by date line");
    }

    #[test]
    fn a_moment_in_utc_takes_the_day_that_the_outlet_printed() {
        let moment = |text: &str| {
            let time = DateTime::parse_from_rfc3339(text).unwrap();
            let reading = Reading::Day(time.date_naive());
            DateClaim { time: Some(time), ..claim(reading, Origin::Metadata) }
        };
        let url = claim(Reading::Day(on("2024-05-04")), Origin::Url);
        check(&[moment("2024-05-05T02:30:00Z"), url], None, None, "2024-05-04 by url");
        check(&[moment("2024-05-05T02:30:00+02:00"), url], None, None, "2024-05-05 by metadata");
        check(&[moment("2024-05-05T17:30:00Z"), url], None, None, "2024-05-05 by metadata");
        check(&[moment("2024-05-06T02:30:00Z"), url], None, None, "2024-05-06 by metadata");
    }

    #[test]
    fn dates_far_apart_are_told() {
        let claims = [
            claim(Reading::Day(on("2024-05-04")), Origin::Url),
            claim(Reading::Day(on("2020-05-04")), Origin::Dateline),
        ];
        check(&claims, None, None, "2024-05-04 by url; dateline date 2020-05-04 is far from url date 2024-05-04");
    }

    #[test]
    fn what_loses_is_kept_with_the_reason() {
        let name = |value: &str, origin, sure| Field::new(value.to_owned(), origin).sure(sure);
        let claims = vec![
            name("Valley News", Origin::Folder, 0.5),
            name("The Valley News", Origin::Metadata, 0.9),
            name("The Valley News", Origin::Url, 0.9),
            name("Valley Times", Origin::Url, 0.9),
        ];
        let (best, lost) = surest(FieldName::Outlet, claims);
        assert_eq!(best.map(|field| field.value).as_deref(), Some("The Valley News"));
        let lost: Vec<String> = lost.iter().map(|lost| format!("{}: {}", lost.value, lost.why)).collect();
        assert_eq!(
            lost,
            ["Valley News: the metadata is surer", "Valley Times: the metadata is as sure, and came first"]
        );
        let day = |text, origin| claim(Reading::Day(on(text)), origin);
        let chosen =
            date(&[day("2024-05-04", Origin::Url), day("2024-05-06", Origin::Folder)], None, None, on("2025-01-01"));
        let lost: Vec<String> = chosen.rejected.iter().map(|lost| format!("{}: {}", lost.value, lost.why)).collect();
        assert_eq!(lost, ["2024-05-06: the url date is trusted more"]);
    }
}
