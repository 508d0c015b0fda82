//! What pages print between and below the paragraphs of a story: credits of pictures, pointers to other stories,
//! invitations to subscribe. Told by its words, where no element tells it.

/// True for the caption or the credit of a picture.
pub(super) fn is_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    let short = text.split_whitespace().count() <= 60;
    let opens = CREDITS.iter().any(|opener| lower.starts_with(opener));
    let behind = lower.trim_end_matches(['.', ' ']);
    let ends = behind.ends_with(')')
        && behind.rfind('(').is_some_and(|at| {
            let inner = &behind[at + 1..behind.len() - 1];
            CREDITS.iter().any(|opener| inner.starts_with(opener))
                || AGENCIES.iter().any(|agency| inner.ends_with(agency) && inner != agency.trim_start_matches('/'))
        });
    short && (opens || ends) && !has_quote(text)
}

/// Words that open a credit.
const CREDITS: &[&str] = &[
    "©",
    "photo by ",
    "photo: ",
    "photos: ",
    "photo credit",
    "photo courtesy",
    "photograph by ",
    "photograph: ",
    "picture: ",
    "image: ",
    "image credit",
    "images: ",
    "(photo",
    "foto: ",
    "fotos: ",
    "bild: ",
    "crédit photo",
];

/// How a credit in brackets ends, behind the photographer.
const AGENCIES: &[&str] =
    &["/getty images", "getty images", "/afp", "/afp via getty images", "/ap", "/reuters", "/epa", "/shutterstock"];

/// True for a line that points to other stories: few words, and no sentence.
pub(super) fn is_pointer(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let text = text.trim_end().trim_end_matches(['»', '›', '→', '>']).trim_end();
    if text.ends_with(['.', '!', '?', '…']) || has_quote(text) {
        return false;
    }
    let lower = text.to_lowercase();
    // Behind a colon stands the other story's headline.
    let labels = POINTERS.iter().any(|label| lower.strip_prefix(label).is_some_and(|rest| rest.starts_with(':')));
    let lists = POINTERS.iter().chain(LISTS).any(|label| lower == *label || lower.strip_prefix(label) == Some(":"));
    let on = TOPICS.iter().any(|opener| lower.starts_with(opener)) && lower.ends_with(':');
    let today = LISTS.iter().any(|label| lower.strip_prefix(label).is_some_and(|rest| rest.starts_with(" today")));
    (words <= 8 && (lists || on || today)) || (words <= 25 && labels)
}

/// Labels of a pointer to one story.
const POINTERS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read next",
    "see also",
    "related",
    "recommended",
    "gallery",
    "video",
    "watch",
    "lesen sie auch",
    "lire aussi",
    "à lire aussi",
    "lea también",
    "leer más",
    "leggi anche",
    "lees ook",
    "читайте также",
];

/// Headings above a list of them.
const LISTS: &[&str] = &[
    "related stories",
    "related articles",
    "related news",
    "top stories",
    "top news stories",
    "latest news",
    "latest stories",
    "most read",
    "most popular",
    "recommended for you",
    "recommended stories",
    "recommended reading",
    "mehr zum thema",
];

/// What opens a label that names a topic.
const TOPICS: &[&str] = &["more on ", "more from ", "read more on ", "read more about ", "mehr zu "];

/// True for a paragraph that invites the reader to subscribe, to join or to follow.
pub(super) fn is_invitation(text: &str) -> bool {
    let lower = text.to_lowercase();
    let opens = INVITATIONS.iter().any(|opener| lower.starts_with(opener));
    opens && CHANNELS.iter().any(|channel| lower.contains(channel)) && !has_quote(text)
}

/// True for a paragraph that speaks to its reader, as those below an invitation do, and quotes nobody.
pub(super) fn is_to_reader(text: &str) -> bool {
    // "US" is a country.
    let told = |word: &str| matches!(word, "you" | "your" | "our" | "us" | "we" | "You" | "Your" | "Our" | "We");
    !has_quote(text) && text.split(|c: char| !c.is_alphabetic()).any(told)
}

fn has_quote(text: &str) -> bool {
    text.contains(['"', '“', '”', '«', '„'])
}

/// Words that open an invitation.
const INVITATIONS: &[&str] = &[
    "join ",
    "sign up",
    "subscribe",
    "get the latest",
    "get all the latest",
    "get our",
    "don't miss",
    "don’t miss",
    "follow us",
    "to sign up",
    "want more",
    "abonnieren sie",
    "abonnez-vous",
    "inscrivez-vous",
    "suscríbete",
    "suscríbase",
];

/// What an invitation is to.
const CHANNELS: &[&str] = &[
    "newsletter",
    "whatsapp",
    "telegram",
    "inbox",
    "subscribe",
    "subscription",
    "email",
    "e-mail",
    "facebook",
    "twitter",
    "instagram",
    "youtube",
    "our app",
    "alerts",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_told_from_paragraphs() {
        let check = |text: &str, expect: bool| assert_eq!(is_credit(text), expect, "{text}");
        check("© Getty Images MANCHESTER, ENGLAND - Students gather at the gate.", true);
        check("Students gather at the gate. (Photo by Ann Roe/Getty Images)", true);
        check("Students at the gate (Ann Roe/AFP via Getty Images)", true);
        check("Photo: Ann Roe", true);
        check("The firm was sold to Getty (Getty Images)", false);
        check("Photographs were shown of the gate, she said.", false);
        check("“We left at night,” she said (photo above).", false);
        check("“The flood took all,” said Ada Okwu (photo by her son)", false);
    }

    #[test]
    fn pointers_are_told_from_headings() {
        let check = |text: &str, expect: bool| assert_eq!(is_pointer(text), expect, "{text}");
        check("More on the virus:", true);
        check("Read more", true);
        check("READ MORE: River rises by two metres in the north of the valley", true);
        check("Related: River rises", true);
        check("Top stories today", true);
        check("Gallery: The river in pictures", true);
        check("More on board than ever", false);
        check("Related diseases of the lung", false);
        check("Watch out for the river", false);
        check("Related: the river rose, and hundreds left.", false);
    }

    #[test]
    fn invitations_name_what_they_are_to() {
        let check = |text: &str, expect: bool| assert_eq!(is_invitation(text), expect, "{text}");
        check("Join the Courier WhatsApp community!", true);
        check("Sign up to our daily newsletter here.", true);
        check("Join forces with the neighbours, she told the town.", false);
        check("Subscribe or leave, “the newsletter” said.", false);
        assert!(is_to_reader("You will get daily updates."));
        assert!(!is_to_reader("The bridge opens on Monday."));
        assert!(!is_to_reader("The US government pays for the bridge, officials here said."));
    }
}
