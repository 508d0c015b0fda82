//! News agencies, by the names that datelines and credits give them.

use super::table::Table;

/// Names as printed, case kept, with the agency's usual name: "(dpa)" is the agency, "(dpo)" is satire.
static AGENCIES: Table = Table::new(include_str!("tables/agencies.tsv"));

/// The agency printed as `name`.
pub(super) fn named(name: &str) -> Option<&'static str> {
    AGENCIES.get(name.trim())
}

/// The agency printed as `name`, where no other word looks like it: for places that do not mark an agency by brackets.
pub(super) fn named_plainly(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let distinct =
        name.chars().count() > 3 || matches!(name, "AFP" | "EFE" | "PTI" | "ANI" | "APP" | "IPS" | "UPI" | "dpa");
    named(name).filter(|_| distinct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_keep_their_case() {
        assert_eq!(named("AP"), Some("Associated Press"));
        assert_eq!(named("РИА Новости"), Some("RIA Novosti"));
        assert_eq!(named("연합뉴스"), Some("Yonhap"));
        assert_eq!(named("ap"), None);
        assert_eq!(named("dpo"), None);
        assert_eq!(named_plainly("AA"), None);
    }
}
