//! What the house puts around the words of an element: the marks of a headline, the label of a number, the date.

use super::house::house;
use crate::{
    dates,
    release::{Field, Release, RichText, SignatoryLine, SigningDate, Style, placeholders},
};

/// The text of an element with what the language adds, and how many bytes of that are before the element's own; `None`
/// if there is nothing to set.
pub fn decorated(release: &Release, field: Field) -> Option<(RichText, usize)> {
    let house = house(release.language);
    let text = release.text(field)?;
    let wrap = |before: &str, after: &str| {
        let mut wrapped = RichText::plain(before);
        wrapped.push(&text);
        wrapped.push_str(after, Style::PLAIN);
        (wrapped, before.len())
    };
    if field == Field::Place {
        let date = match &release.signature.date {
            SigningDate::Unset => None,
            SigningDate::Day(day) => Some(dates::date_in(release.language, *day)),
            SigningDate::Placeholder(name) => Some(placeholders::written(name)),
        };
        return match date {
            None if text.is_empty() => None,
            None => Some(wrap("", "")),
            Some(date) if text.is_empty() => Some(wrap("", &date)),
            Some(date) => Some(wrap("", &format!("{}{date}", house.place_separator))),
        };
    }
    if text.as_str().trim().is_empty() {
        return None;
    }
    Some(match field {
        Field::Notice | Field::Signatory(_, SignatoryLine::Party) => {
            let mut bold = text.into_owned();
            bold.emphasise(0..bold.len(), Style::BOLD, true);
            (bold, 0)
        }
        // Around nothing they would be marks of nothing, and a caret between them no caret.
        Field::Headline if text.as_str().chars().all(|c| c.is_whitespace() || c == '\u{200B}') => wrap("", ""),
        Field::Headline => wrap(house.quotes.0, house.quotes.1),
        Field::Reference => wrap(house.label_before(text.as_str()), ""),
        _ => wrap("", ""),
    })
}
