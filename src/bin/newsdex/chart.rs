//! Bars made of characters.

use crate::terminal::BAR;

/// A bar of `room` columns for the value `most`, and in proportion for `value`, to an eighth of a column.
///
/// What is not 0 has a bar that can be seen; the columns that the bar leaves are filled with spaces.
pub(crate) fn bar(value: f64, most: f64, room: usize) -> String {
    let most = if most > 0.0 { most } else { 1.0 };
    // Rounded before it is raised to the next eighth, so that a bar does not depend on the last bit of a division.
    let eighths = ((value / most * (room * 8) as f64 * 1e6).round() / 1e6).ceil() as usize;
    if eighths == 0 {
        return " ".repeat(room);
    }
    let bar = "█".repeat(eighths / 8) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    format!("{BAR}{bar}{BAR:#}{:pad$}", "", pad = room.saturating_sub(eighths.div_ceil(8)))
}

/// A count in a million words.
pub(crate) fn relative(per_million: f64) -> String {
    format!("{per_million:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        let check = |value, expect: &str| {
            assert_eq!(anstream::adapter::strip_str(&bar(value, 1_200.0, 8)).to_string(), expect);
        };
        check(1_200.0, "████████");
        check(150.0, "█       ");
        check(1.0, "▏       ");
        check(0.0, "        ");
    }
}
