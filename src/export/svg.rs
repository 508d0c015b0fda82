//! A timeline as a picture (SVG 1.1): bars for one series, lines for several. The picture stands alone: no script, no
//! font but the reader's own, and colours that suit a light and a dark page.

use std::fmt::Write as _;

use crate::search::{Series, Timeline};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 430.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 104.0;
const BOTTOM: f64 = 44.0;

/// Colours of the series, told apart by readers who do not see all colours (Okabe & Ito 2008, without yellow).
const COLORS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f"];

/// Most names that stand below the axis.
const LABELS: usize = 10;

const STYLE: &str = "\
.page{fill:#fff}text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b1b1b}\
.title{font-size:20px;font-weight:600}.note{font-size:13px;fill:#666}.axis{font-size:12px;fill:#666}\
.name{font-size:13px}.grid{stroke:#e4e4e4;stroke-width:1}.base{stroke:#999;stroke-width:1}\
.line{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}\
@media(prefers-color-scheme:dark){.page{fill:#16181c}text{fill:#ececec}.note,.axis{fill:#a0a4ab}\
.grid{stroke:#2c3036}.base{stroke:#6b7078}}";

/// What a picture says beside its figures.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// The title.
    pub title: &'a str,
    /// A line below it: what is counted.
    pub note: &'a str,
    /// The names of the series.
    pub names: &'a [String],
}

/// Draws `timeline`, by its counts in a million words where it has them.
pub fn timeline(timeline: &Timeline, caption: &Caption) -> String {
    let rows: Vec<Vec<f64>> = timeline.series.iter().map(row).collect();
    let most = rows.iter().flatten().copied().fold(0.0, f64::max);
    let plot = Plot { periods: timeline.periods.len(), step: tick_step(most), most };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"36\">{title}</text>\n\
         <text class=\"note\" x=\"{LEFT}\" y=\"57\">{note}</text>\n",
        title = escaped(caption.title),
        note = escaped(caption.note),
    );
    plot.grid(&mut out);
    plot.labels(timeline, &mut out);
    if let [row] = &rows[..] {
        plot.bars(timeline, row, &mut out);
    } else {
        legend(caption.names, &mut out);
        for (row, color) in rows.iter().zip(COLORS.iter().cycle()) {
            plot.line(row, color, &mut out);
        }
    }
    let base = HEIGHT - BOTTOM;
    let _ = writeln!(out, "<line class=\"base\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{base}\" y2=\"{base}\"/>", WIDTH - RIGHT);
    out.push_str("</svg>\n");
    out
}

fn row(series: &Series) -> Vec<f64> {
    if series.per_million.is_empty() {
        return series.counts.iter().map(|&count| count as f64).collect();
    }
    series.per_million.clone()
}

/// The area between the axes.
struct Plot {
    periods: usize,
    /// Distance of two lines of the grid.
    step: f64,
    most: f64,
}

impl Plot {
    /// Where the value stands from the top.
    fn y(&self, value: f64) -> f64 {
        let ceiling = (self.most / self.step).ceil().max(1.0) * self.step;
        let height = HEIGHT - TOP - BOTTOM;
        HEIGHT - BOTTOM - value / ceiling * height
    }

    /// Columns that a period takes.
    fn slot(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.periods.max(1) as f64
    }

    /// The middle of the period `at`.
    fn x(&self, at: usize) -> f64 {
        LEFT + (at as f64 + 0.5) * self.slot()
    }

    fn grid(&self, out: &mut String) {
        let lines = (self.most / self.step).ceil().max(1.0) as usize;
        for line in 0..=lines {
            let value = line as f64 * self.step;
            let y = self.y(value);
            if line > 0 {
                let _ = writeln!(
                    out,
                    "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                    WIDTH - RIGHT
                );
            }
            let _ = writeln!(
                out,
                "<text class=\"axis\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 10.0,
                y + 4.0,
                tick(value, self.step)
            );
        }
    }

    /// Names below the axis, as many as there is room for, at even distances.
    fn labels(&self, timeline: &Timeline, out: &mut String) {
        let every = self.periods.div_ceil(LABELS).max(1);
        for (at, first) in timeline.periods.iter().enumerate().step_by(every) {
            let _ = writeln!(
                out,
                "<text class=\"axis\" x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                self.x(at),
                HEIGHT - BOTTOM + 22.0,
                timeline.by.label(*first)
            );
        }
    }

    fn bars(&self, timeline: &Timeline, row: &[f64], out: &mut String) {
        let width = (self.slot() * 0.78).min(56.0);
        let base = HEIGHT - BOTTOM;
        for (at, &value) in row.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let (left, top) = (self.x(at) - width / 2.0, self.y(value));
            let radius = (width / 4.0).min(3.0).min(base - top);
            let _ = writeln!(
                out,
                "<path fill=\"{}\" d=\"M{left:.1} {base}V{:.1}q0 -{radius:.1} {radius:.1} -{radius:.1}H{:.1}q{radius:.1} \
                 0 {radius:.1} {radius:.1}V{base}Z\"><title>{}: {}</title></path>",
                COLORS[0],
                top + radius,
                left + width - radius,
                timeline.by.label(timeline.periods[at]),
                tick(value, value.fract())
            );
        }
    }

    fn line(&self, row: &[f64], color: &str, out: &mut String) {
        let points: Vec<String> =
            row.iter().enumerate().map(|(at, &value)| format!("{:.1},{:.1}", self.x(at), self.y(value))).collect();
        let _ = writeln!(out, "<polyline class=\"line\" stroke=\"{color}\" points=\"{}\"/>", points.join(" "));
        if self.slot() > 14.0 {
            for (at, &value) in row.iter().enumerate() {
                let (x, y) = (self.x(at), self.y(value));
                let _ = writeln!(out, "<circle fill=\"{color}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
            }
        }
    }
}

/// The names of the series in a row, each with its colour.
fn legend(names: &[String], out: &mut String) {
    let mut x = LEFT;
    for (name, color) in names.iter().zip(COLORS.iter().cycle()) {
        let _ = writeln!(out, "<rect x=\"{x:.0}\" y=\"70\" width=\"14\" height=\"4\" rx=\"2\" fill=\"{color}\"/>");
        let _ = writeln!(out, "<text class=\"name\" x=\"{:.0}\" y=\"76\">{}</text>", x + 20.0, escaped(name));
        // A character of 13 pixels is 7 wide on average.
        x += 48.0 + 7.0 * name.chars().count() as f64;
    }
}

/// A step of 1, 2 or 5 times a power of ten that goes into `most` about five times; whole where `most` is large.
fn tick_step(most: f64) -> f64 {
    if most <= 0.0 {
        return 1.0;
    }
    let rough = most / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(power * 10.0);
    if most >= 2.0 { step.max(1.0) } else { step }
}

/// A value with as many digits after the point as `step` needs.
fn tick(value: f64, step: f64) -> String {
    let digits = if step.fract() == 0.0 { 0 } else { (1.0 - step.abs().log10()).ceil().clamp(1.0, 6.0) as usize };
    format!("{value:.digits$}")
}

fn escaped(text: &str) -> String {
    let visible = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Period;

    fn drawn(rows: &[&[usize]]) -> String {
        let first: chrono::NaiveDate = "2016-09-01".parse().unwrap();
        let periods = (0..rows[0].len()).filter_map(|at| first.checked_add_months(chrono::Months::new(at as u32)));
        let series = rows.iter().map(|row| Series { counts: row.to_vec(), ..Series::default() });
        let found = Timeline { by: Period::Month, periods: periods.collect(), series: series.collect() };
        let names: Vec<String> = rows.iter().map(|row| format!("<{}>", row.len())).collect();
        timeline(&found, &Caption { title: "ferry & dam", note: "articles a month", names: &names })
    }

    #[test]
    fn one_series_is_bars_and_several_are_lines() {
        let bars = drawn(&[&[3, 0, 5]]);
        assert_eq!((bars.matches("<path").count(), bars.matches("<polyline").count()), (2, 0), "{bars}");
        assert!(bars.contains("2016-11: 5") && bars.contains("ferry &amp; dam"), "{bars}");
        let lines = drawn(&[&[3, 0, 5], &[1, 1, 1]]);
        assert_eq!((lines.matches("<path").count(), lines.matches("<polyline").count()), (0, 2), "{lines}");
        assert!(lines.contains("&lt;3&gt;"), "{lines}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let empty = drawn(&[&[0, 0]]);
        assert!(!empty.contains("NaN") && !empty.contains("inf") && !empty.contains("<path"), "{empty}");
    }

    #[test]
    fn ticks_are_round() {
        for (most, step) in [(0.0, 1.0), (1.0, 0.2), (3.0, 1.0), (7.0, 2.0), (48.0, 10.0), (1_234.0, 500.0)] {
            assert!((tick_step(most) - step).abs() < 1e-9, "{most}: {}", tick_step(most));
        }
        assert_eq!((tick(0.4, 0.2).as_str(), tick(20.0, 10.0).as_str()), ("0.40", "20"));
    }
}
