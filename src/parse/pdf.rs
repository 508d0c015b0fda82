//! PDF files, with the feature `pdf`: their text as it stands on the pages.

use std::panic::catch_unwind;

use crate::crawl::SkipReason;

/// What a PDF file begins with.
pub(super) const MARK: &[u8] = b"%PDF-";

/// The text of the PDF file `bytes`.
///
/// # Errors
/// Where the file is broken or encrypted, or holds pictures of pages alone.
pub(super) fn text(bytes: &[u8]) -> Result<String, SkipReason> {
    // The crate panics on files that break the rules.
    let text = catch_unwind(|| pdf_extract::extract_text_from_mem(bytes));
    match text {
        Ok(Ok(text)) if text.chars().any(char::is_alphabetic) => Ok(text.trim().to_owned()),
        Ok(Ok(_)) => Err(SkipReason::NoArticle("a PDF file without text, of scanned pages perhaps".into())),
        Ok(Err(error)) => Err(SkipReason::Damaged(format!("pdf: {error}"))),
        Err(_) => Err(SkipReason::Damaged("pdf: its objects make no sense".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page that shows `text`.
    fn pdf(text: &str) -> Vec<u8> {
        let shown = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
                .to_owned(),
            format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        let mut file = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(objects) {
            places.push(file.len());
            file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
        }
        let table = file.len();
        let lines: Vec<String> = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
        file.push_str(&format!("xref\n0 6\n0000000000 65535 f \n{}", lines.concat()));
        file.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        file.into_bytes()
    }

    #[test]
    fn text_is_taken_from_the_page() {
        assert_eq!(text(&pdf("The river rose on Sunday.")), Ok("The river rose on Sunday.".to_owned()));
        assert!(matches!(text(&pdf("")), Err(SkipReason::NoArticle(_))));
    }

    #[test]
    fn broken_files_are_refused() {
        let whole = pdf("The river rose.");
        for end in [5, 9, 100, whole.len() / 2] {
            assert!(text(&whole[..end]).is_err(), "{end} bytes");
        }
    }
}
