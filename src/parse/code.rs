//! Style sheets and scripts, which browsers save beside a page, and programs: text, but nothing to read.

use super::clip;

/// How much of a file tells what it is, in bytes.
const SAMPLE: usize = 4096;

/// What the text of the file at `path` is that is no prose but code; `None` for all other text.
pub(super) fn kind(path: &str, text: &str) -> Option<&'static str> {
    let name = path.to_ascii_lowercase();
    // Browsers add an ending of their own to what they save, so that nobody runs it.
    let name = name.strip_suffix(".download").unwrap_or(&name);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let head = without_comments(clip::head(text, SAMPLE));
    let is_code = !head.lines().any(is_prose);
    if ends(&[".css"]) || is_code && is_style(&head) {
        Some("style sheet")
    } else if ends(&[".js", ".mjs"]) || is_code && is_script(&head) {
        Some("script")
    } else if is_program(name, text) {
        Some("program code")
    } else {
        None
    }
}

/// Endings of files that hold a program.
const ENDINGS: &[&str] = &[
    "bash", "bat", "c", "cc", "cpp", "cs", "cxx", "go", "h", "hpp", "java", "jsx", "kt", "lua", "php", "pl", "pm",
    "ps1", "py", "r", "rb", "rs", "scala", "sh", "sql", "swift", "ts", "tsx", "vue",
];

/// True for a file that is called like a program, and half of whose lines are those of one: a page that was saved by its
/// address (`story.php`) is called so, too.
fn is_program(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if !ENDINGS.contains(&ending) {
        return false;
    }
    let head = without_comments(clip::head(text, SAMPLE));
    // What Python says of itself is prose.
    let head: String = head.split("\"\"\"").step_by(2).collect();
    let lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let (coded, all) = lines.fold((0, 0), |(coded, all), line| (coded + usize::from(is_code(line)), all + 1));
    // Of a wrapped text, hardly one line in thirty ends like those of code.
    coded > 0 && coded * 2 >= all
}

/// Words and marks that open lines of programs.
const OPENS: &[&str] = &[
    "#", "//", "@", "<?php", "SELECT ", "assert ", "class ", "def ", "elif ", "except ", "from ", "import ", "raise ",
    "return ", "select ", "self.", "yield ",
];

/// Marks inside of lines of programs.
const HOLDS: &[&str] = &[" = ", " += ", " == ", " := ", " => ", "->", "()", "${", "$(", "\"$"];

/// Marks that end lines of programs.
const ENDS: &[&str] = &["{", "}", ";", "(", "[", "]", "\\", "=", "):", "],", "},", "',"];

/// True for a line that opens, ends, calls or assigns as those of programs do.
fn is_code(line: &str) -> bool {
    let is_name = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let is_number = |inside: &str| inside.trim_end_matches(')').bytes().all(|byte| byte.is_ascii_digit());
    let calls = || {
        let call = line.split_once('(').filter(|_| line.ends_with(')'));
        call.is_some_and(|(before, inside)| is_name(before) && (inside == ")" || !is_number(inside)))
    };
    OPENS.iter().any(|mark| line.starts_with(mark))
        || ENDS.iter().any(|mark| line.ends_with(mark))
        || HOLDS.iter().any(|mark| line.contains(mark))
        || calls()
}

/// `head` without what stands between `/*` and `*/`: a licence is prose.
fn without_comments(head: &str) -> String {
    let mut parts = head.split("/*");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, rest)| rest))
}

/// True for a line of prose: some words that begin and end as sentences do, with hardly a mark of code among them. An
/// interview may show some lines of code, but code shows no line of an interview outside of its comments.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let opens = line.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '«' | '„' | '—' | '–'));
    let closes = line.ends_with(['.', '?', '!', '"', '”', '’', '»', ':']);
    let marks = line.chars().filter(|c| matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\' | '+')).count();
    opens && closes && line.split_whitespace().nth(5).is_some() && marks * 40 < line.chars().count()
}

/// True for rules: a selector, and in braces what it asks for, `name: value;`. The last rule may be cut off.
fn is_style(head: &str) -> bool {
    let rules: Vec<&str> = head.split('}').map(str::trim).filter(|rule| !rule.is_empty()).collect();
    let whole = if rules.len() > 2 { &rules[..rules.len() - 1] } else { &rules[..] };
    let fits = whole.iter().filter(|rule| is_rule(rule)).count();
    head.contains('}') && fits > 0 && fits * 10 >= whole.len() * 8
}

fn is_rule(rule: &str) -> bool {
    let Some((selector, declarations)) = rule.rsplit_once('{') else { return rule.starts_with('@') };
    let is_name = |name: &str| {
        name.starts_with("--") || name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'*'))
    };
    let declares =
        |part: &str| part.split_once(':').is_some_and(|(name, value)| is_name(name.trim()) && !value.trim().is_empty());
    let is_known = |part: &&str| {
        let name = part.split([':', '-']).next().unwrap_or_default().trim();
        name.is_empty() || name.starts_with('*') || PROPERTIES.contains(&name)
    };
    let parts: Vec<&str> = declarations.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let known = parts.iter().filter(|part| is_known(part)).count();
    // A note in braces stands behind sentences, and asks for other things.
    !selector.trim().is_empty()
        && !selector.contains(". ")
        && known > 0
        && known * 2 >= parts.len()
        && parts.into_iter().all(declares)
}

/// First words of what rules ask for.
const PROPERTIES: &[&str] = &[
    "align",
    "animation",
    "appearance",
    "background",
    "border",
    "bottom",
    "box",
    "clear",
    "clip",
    "color",
    "content",
    "cursor",
    "direction",
    "display",
    "fill",
    "filter",
    "flex",
    "float",
    "font",
    "gap",
    "grid",
    "height",
    "inset",
    "justify",
    "left",
    "letter",
    "line",
    "list",
    "margin",
    "max",
    "min",
    "object",
    "opacity",
    "order",
    "outline",
    "overflow",
    "padding",
    "page",
    "pointer",
    "position",
    "resize",
    "right",
    "src",
    "stroke",
    "text",
    "top",
    "transform",
    "transition",
    "user",
    "vertical",
    "visibility",
    "white",
    "width",
    "will",
    "word",
    "zoom",
];

/// True for a text that is dense with the marks of code, and has words that only scripts have.
fn is_script(head: &str) -> bool {
    let words = ["function(", "function (", "=>", "var ", "const ", "let ", "return", "window.", "document."];
    let marks = head.chars().filter(|c| matches!(c, '{' | '}' | '(' | ')' | ';' | '=')).count();
    let told = words.iter().filter(|word| head.contains(**word)).count();
    // One mark in twenty characters is ten times what prose has.
    head.contains('{') && head.contains(';') && told > 1 && marks * 20 >= head.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_by_its_name_or_its_form() {
        let check = |path: &str, text: &str, expect: Option<&str>| assert_eq!(kind(path, text), expect, "{text}");
        check("page_files/main.css", "@import url(a.css);", Some("style sheet"));
        check("page_files/app.js.download", "", Some("script"));
        check(
            "saved",
            "/* Free for all. */\n.c0 { color: #000; margin: 0 auto; }\na:hover{top:0}",
            Some("style sheet"),
        );
        check("saved", "@media print { .a { display: none; } .b { color: red }", Some("style sheet"));
        check("saved", "!function(a){var b=a.c;b.d=function(){return 1};}(window);", Some("script"));
        check("vote.py", PYTHON, Some("program code"));
        check(
            "vote.sql",
            "CREATE TABLE votes (\n  town text,\n  yes integer\n);\nINSERT INTO votes\nVALUES ('Orr', 12);",
            Some("program code"),
        );
        check("vote.c", "#include <stdio.h>\n\nint main(void)\n{\n    puts(\"12 votes\");\n}\n", Some("program code"));
        check(
            "vote.sh",
            "#!/bin/sh\nif test -n \"$1\"\nthen\n    echo \"${1} votes\"\nfi\nexit $(count \"$1\")\n",
            Some("program code"),
        );
        check("a.txt", PYTHON, None);
        check("a.txt", "River rises\n\nThe river (the Orr) rose. Hundreds left. {editor: cut here}", None);
        check("a.txt", "Let us function; as the var said, (all) = one.", None);
        check("a.txt", "VOTES {final: yes 12; no 3}\nThe council of the town decided so on Monday.", None);
    }

    const PYTHON: &str = "\"\"\"Counts the votes of the town.\"\"\"\n\nimport sys\n\n\ndef count(path):\n    \"\"\"Count votes.\n\n    The \
        votes stand in a file of one line each, as the town prints them.\n    \"\"\"\n    votes = 0\n    for line in open(path):\n        \
        if line.strip() == 'yes':\n            votes += 1\n    return votes\n\n\nprint(count(sys.argv[1]))\n";

    #[test]
    fn an_article_called_like_a_program_is_none() {
        let text = "River rises\n\nHARROW - Hundreds of people left their homes on Sunday (all of them by boat),\nas the river rose \
            over its banks; the mayor said:\n\"We do not know when it ends. The bridge = our life,\" she added.\n\nFrom there on it \
            was too late, and the\nreturn to the town took a week\n";
        for path in ["news/story.php", "story.c", "2025/10/river.pl", "river.py"] {
            assert_eq!(kind(path, text), None, "{path}");
        }
    }

    /// Each of these was refused.
    #[test]
    fn prose_about_code_is_no_code() {
        let check = |text: &str| assert_eq!(kind("a.txt", text), None, "{text}");
        let code =
            "const add = (a, b) => { return a + b; };\nlet x = add(1, 2);\nwindow.alert(x);\ndocument.close();\n";
        assert_eq!(kind("a.txt", code), Some("script"));
        check(&format!(
            "Q: What does it look like?\n\n{code}\nA: \"It runs the votes of half of the country,\" she says.\n"
        ));
        check(&format!("# How to add\n\n```js\n{code}```\n\nThe code above adds two numbers, said Maya Torres.\n"));
        check("Agenda {place: town hall; time: 10}\nBudget {cost: 12; vote: yes}\nRoads {cost: 99; vote: no}\n");
        check("weather: sunny; wind: north\n{forecast: rain; temperature: 12}\n");
    }

    #[test]
    fn lists_and_dialogues_are_no_programs() {
        assert_eq!(kind("list.rs", "Harrow(14)\nTarn(3)\nVelmar(8)\n"), None);
        assert_eq!(kind("dash.pl", "-- The dam holds, she said.\n\n-- It does not, he said.\n"), None);
        assert_eq!(kind("empty.py", "\"\"\"The dam holds, she said.\n\"\"\"\n"), None);
        assert_eq!(kind("count.rs", "fn main() {\n    count(dam);\n}\n"), Some("program code"));
    }
}
