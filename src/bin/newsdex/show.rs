//! `newsdex show ARTICLE`: the fields, the text with its quotes and names marked, who said what.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use newsdex::article::{Article, Field};
use newsdex::export::wire::Line;
use newsdex::extract::{Annotations, Entity, EntityKind, Quote, SpeakerClass};
use newsdex::index::Index;
use newsdex::search::{Searcher, StoredArticle};
use newsdex::text::Span;

use crate::args::{Format, ShowArgs};
use crate::listing::{INDENT, one_line, short_path};
use crate::terminal::{DATE, FAINT, OUTLET, SPEAKER, STRONG};
use crate::wrap::{Paint, wrap_painted};
use crate::{Outcome, terminal};

/// Quoted words.
const QUOTE: Style = AnsiColor::Yellow.on_default();
/// Names.
const NAME: Style = Style::new().underline();

/// Prints one article.
pub(crate) fn run(index: &Path, args: &ShowArgs) -> Result<Outcome> {
    let stored = Searcher::open(&Index::open(index)?)?.article(&args.article)?;
    let mut out = terminal::paged();
    match args.format.format {
        Format::Json => Line::stored(&stored).write(&mut out)?,
        Format::Text => out.write_all(page(&stored, args.explain, terminal::width()).as_bytes())?,
    }
    out.flush()?;
    Ok(Outcome::Found)
}

fn page(stored: &StoredArticle, explain: bool, width: usize) -> String {
    let StoredArticle { id, article, annotations } = stored;
    let mut out = String::new();
    if let Some(headline) = &article.headline {
        let _ = writeln!(out, "{STRONG}{}{STRONG:#}", one_line(&headline.value));
    }
    out.push_str(&fields(id, article, explain));
    out.push('\n');
    out.push_str(&text(article, annotations, width));
    out.push_str(&quotes(article, annotations, explain, width));
    out.push_str(&names(&annotations.entities, width));
    out
}

/// One line a field that is known.
fn fields(id: &str, article: &Article, explain: bool) -> String {
    let mut out = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(out, "{FAINT}{name:<8}{FAINT:#}  {value}");
    };
    let mut field = |name, field: Option<&Field<String>>, style: Style| {
        if let Some(field) = field {
            row(name, format!("{style}{}{style:#}{}", one_line(&field.value), evidence(&field.evidence, explain)));
        }
    };
    field("outlet", article.outlet.as_ref(), OUTLET);
    field("wire", article.wire.as_ref(), OUTLET);
    for byline in &article.bylines {
        field("byline", Some(byline), Style::new());
    }
    field("place", article.place.as_ref(), Style::new());
    field("language", article.language.as_ref(), Style::new());
    field("url", article.url.as_ref(), Style::new());
    if let Some(date) = &article.date {
        row(
            "date",
            format!("{DATE}{}{DATE:#}{}", date.value.day.format("%-d %b %Y"), evidence(&date.evidence, explain)),
        );
    }
    row("path", one_line(&short_path(&article.path)));
    row("article", id.to_owned());
    out
}

fn evidence(evidence: &newsdex::article::Evidence, explain: bool) -> String {
    if !explain {
        return String::new();
    }
    format!("  {FAINT}from the {}, {:.0} % sure{FAINT:#}", evidence.origin, evidence.confidence * 100.0)
}

/// The running text, quotes and names marked.
fn text(article: &Article, annotations: &Annotations, width: usize) -> String {
    let quotes =
        annotations.quotes.iter().flat_map(|quote| &quote.spans).map(|span| Paint { span: *span, style: QUOTE });
    let names =
        annotations.entities.iter().flat_map(|entity| &entity.mentions).map(|span| Paint { span: *span, style: NAME });
    let mut paints: Vec<Paint> = quotes.chain(names).collect();
    paints.sort_by_key(|paint| (paint.span.begin, paint.span.end));
    let mut out = String::new();
    let mut at = article.body.begin;
    for line in article.body().split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        if line.trim().is_empty() {
            continue;
        }
        let first = paints.partition_point(|paint| paint.span.end <= span.begin);
        let near = paints[first..].iter().take_while(|paint| paint.span.begin < span.end);
        let local: Vec<Paint> = near.filter_map(|paint| paint.within(span)).collect();
        out.push_str(&wrap_painted(line, &local, 0, width));
        out.push('\n');
    }
    out
}

/// One entry a quote: who, and the words.
fn quotes(article: &Article, annotations: &Annotations, explain: bool, width: usize) -> String {
    let mut out = String::new();
    if annotations.quotes.is_empty() {
        return out;
    }
    let _ = writeln!(out, "{FAINT}quotes{FAINT:#}");
    for quote in &annotations.quotes {
        let _ = writeln!(out, "  {}", speaker(article, quote));
        out.push_str(&wrap_painted(&quote.words(&article.text), &[], INDENT, width));
        if explain {
            let _ = writeln!(
                out,
                "{:INDENT$}{FAINT}{}: {}, {:.0} % sure{FAINT:#}",
                "",
                kind(quote),
                quote.reason.as_str(),
                quote.confidence * 100.0
            );
        }
    }
    out.push('\n');
    out
}

/// "direct", "direct, post", "declined".
fn kind(quote: &Quote) -> String {
    let embed = quote.embed.map(|embed| format!(", {embed}")).unwrap_or_default();
    let kind = if quote.is_declined() { SpeakerClass::Declined.as_str() } else { quote.kind.as_str() };
    format!("{kind}{embed}")
}

fn speaker(article: &Article, quote: &Quote) -> String {
    let to = quote.addressee.as_ref().map(|addressee| {
        let name = addressee.name.as_deref().unwrap_or(addressee.span.of(&article.text));
        format!("  {FAINT}to{FAINT:#} {}", one_line(name))
    });
    let to = to.unwrap_or_default();
    let Some(speaker) = &quote.speaker else { return format!("{SPEAKER}unknown{SPEAKER:#}{to}") };
    let printed = speaker.span.map(|span| span.of(&article.text));
    let name = speaker.name.as_deref().or(printed).unwrap_or("unknown");
    let role = speaker.role.as_ref().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
    let printed =
        printed.filter(|printed| *printed != name).map(|printed| format!("  {FAINT}{}{FAINT:#}", one_line(printed)));
    format!("{SPEAKER}{}{SPEAKER:#}{role}{}{to}", one_line(name), printed.unwrap_or_default())
}

/// The names by kind, one paragraph a kind.
fn names(entities: &[Entity], width: usize) -> String {
    let mut out = String::new();
    for kind in EntityKind::ALL {
        let of_kind: Vec<String> = entities.iter().filter(|entity| entity.kind == kind).map(name).collect();
        if !of_kind.is_empty() {
            let _ = writeln!(out, "{FAINT}{}{FAINT:#}", plural(kind));
            out.push_str(&wrap_painted(&of_kind.join("; "), &[], 2, width));
        }
    }
    out
}

/// The name with its role and number of mentions.
fn name(entity: &Entity) -> String {
    let role = entity.roles.first().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
    let times = if entity.mentions.len() > 1 { format!(" ({})", entity.mentions.len()) } else { String::new() };
    format!("{}{role}{times}", one_line(&entity.name))
}

const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "persons",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
        EntityKind::Other => "others",
    }
}
