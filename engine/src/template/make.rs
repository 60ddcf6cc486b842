//! A draft, made into a template.

use std::ops::Range;

use crate::release::{
    Field, Language, Placeholder, Release, RichText, SigningDate, Template,
    placeholders::{Kind, written},
};

/// Puts a placeholder in the place of the words at `range` of a field, in bytes, with their
/// emphasis; declares it, or replaces its declaration. Returns its place, in bytes.
pub fn make_placeholder(
    release: &mut Release,
    field: Field,
    range: Range<usize>,
    placeholder: Placeholder,
) -> Range<usize> {
    let Some(text) = release.text(field) else { return range };
    let style = if range.is_empty() { text.style_before(range.start) } else { text.style_of(range.clone()) };
    let mut text = text.into_owned();
    let mark = written(&placeholder.name);
    text.replace(range.clone(), &RichText::styled(mark.as_str(), style));
    release.set_text(field, text);
    match release.placeholders.iter_mut().find(|one| one.name == placeholder.name) {
        Some(declared) => *declared = placeholder,
        None => release.placeholders.push(placeholder),
    }
    range.start..range.start + mark.len()
}

/// The template that a draft makes. The day on which the draft was signed gives way to a
/// placeholder, as that of the next release will be another.
pub fn to_template(release: &Release, template: Template) -> Release {
    let mut made = Release { template: Some(template), ..release.clone() };
    if release.signature.date.day().is_some() {
        let (name, prompt) = match release.language {
            Language::English => ("signed", "Date of signature"),
            Language::Khmer => ("ថ្ងៃចុះហត្ថលេខា", "កាលបរិច្ឆេទចុះហត្ថលេខា"),
        };
        made.signature.date = SigningDate::Placeholder(name.to_owned());
        if !made.placeholders.iter().any(|one| one.name == name) {
            let placeholder = Placeholder { kind: Kind::Date, prompt: prompt.to_owned(), ..Placeholder::of(name) };
            made.placeholders.push(placeholder);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Paragraph, Style};

    #[test]
    fn selected_words_become_a_placeholder() {
        let mut text = RichText::plain("Minister ");
        text.push_str("KAMIKAWA", Style::BOLD);
        let mut release = Release { body: vec![Paragraph::new(text)], ..Release::default() };
        let range = make_placeholder(&mut release, Field::Paragraph(0), 9..17, Placeholder::of("who"));
        assert_eq!(release.body[0].text.as_str(), "Minister {{who}}");
        assert_eq!(release.body[0].text.style_of(range), Style::BOLD);
        let other = Placeholder { prompt: "Who?".into(), ..Placeholder::of("who") };
        make_placeholder(&mut release, Field::Headline, 0..0, other.clone());
        assert_eq!((release.headline.as_str(), release.placeholders), ("{{who}}", vec![other]));
    }

    #[test]
    fn a_template_asks_for_its_date() {
        let mut release = Release::blank(Language::English);
        release.signature.date = chrono::NaiveDate::from_ymd_opt(2023, 10, 30).into();
        let template = to_template(&release, Template { name: "Call".into(), purpose: String::new() });
        assert_eq!(template.signature.date, SigningDate::Placeholder("signed".into()));
        let asked: Vec<_> = template.asked().into_iter().map(|one| (one.name, one.kind)).collect();
        assert_eq!(asked, [("signed".to_owned(), Kind::Date)]);
    }
}
