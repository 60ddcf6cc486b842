//! Answers, put into the places that wait for them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use chrono::NaiveDate;

use crate::{
    dates::{self, DateError},
    khmer,
    release::{
        Field, Language, Paragraph, Placeholder, Release, RichText, SigningDate, bounded,
        bounds::Exceeded,
        clean, one_of,
        placeholders::{Kind, in_text},
        quotes,
    },
};

/// Answers by the names of their placeholders. An empty one does not count as an answer.
pub type Answers = BTreeMap<String, String>;

/// The default of a date that is the day on which the draft is made.
const TODAY: &str = "today";

/// Whether an answer or a default asks for the day on which the draft is made.
pub fn is_today(answer: &str) -> bool {
    answer.trim() == TODAY
}

/// Why an answer does not fit its placeholder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The template has no placeholder of this name.
    #[error("there is no placeholder `{name}`; there are {}", one_of(.known))]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The answer is no date.
    #[error("placeholder `{name}`: `{answer}` is no date: {source}")]
    NoDate {
        /// The name.
        name: String,
        /// What was answered.
        answer: String,
        /// Why it is none.
        source: DateError,
    },
    /// The answer is not among the choices.
    #[error("placeholder `{name}`: `{answer}` is not one of {}", one_of(.choices))]
    NoChoice {
        /// The name.
        name: String,
        /// What was answered.
        answer: String,
        /// What may be answered.
        choices: Vec<String>,
    },
    /// With the answers the release would be larger than any that can be opened again.
    #[error("placeholder `{name}`, which has the longest answer: {source}")]
    Exceeded {
        /// The name of the placeholder with the longest answer.
        name: String,
        /// What to shorten.
        source: Exceeded,
    },
}

impl FillError {
    /// The placeholder.
    pub fn name(&self) -> &str {
        match self {
            Self::Unknown { name, .. }
            | Self::NoDate { name, .. }
            | Self::NoChoice { name, .. }
            | Self::Exceeded { name, .. } => name,
        }
    }
}

/// What an answer puts in the place of its placeholder.
struct AnswerText {
    text: String,
    day: Option<NaiveDate>,
}

/// The answers by the names of the placeholders that are meant. Whoever types a name in a table or a command writes
/// "Country" or "signing date" for `country` and `signing_date`; where that could mean two, it means none.
pub fn by_their_names(answers: &Answers, names: &HashSet<&str>) -> Answers {
    // The names of the release are in normal order.
    let answers: Answers =
        answers.iter().map(|(name, answer)| (khmer::normalise(name).into_owned(), answer.clone())).collect();
    let meant = |name: &str| {
        let is_like = |other: &&str| loosely(other) == loosely(name);
        let mut alike = names.iter().copied().filter(is_like);
        let is_alone = answers.keys().map(String::as_str).filter(is_like).count() == 1;
        alike.next().filter(|_| is_alone && alike.next().is_none())
    };
    let named = |(name, answer): (&String, &String)| {
        let known = if names.contains(name.as_str()) { None } else { meant(name) };
        (known.unwrap_or(name).to_owned(), answer.clone())
    };
    answers.iter().map(named).collect()
}

/// Answers that come from no field of the window, with the quotation marks and dashes that they would have if they had
/// been typed there.
pub fn typographic(answers: &Answers, language: Language) -> Answers {
    let turned = |answer: &String| quotes::typographic(answer, language).into_owned();
    answers.iter().map(|(name, answer)| (name.clone(), turned(answer))).collect()
}

/// A name without what nobody remembers of it: capitals, and what is between its words.
fn loosely(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{200B}')).flat_map(char::to_lowercase).collect()
}

/// Fills a release: every placeholder that has an answer, or else a default, gives way to it. In a
/// paragraph an answer of several lines makes several paragraphs. What is made is a draft: it is no
/// template any more, and knows the placeholders that are still open.
///
/// # Errors
/// If an answer is for no placeholder of the release, or is not what its placeholder asks for, or if the
/// answers make the release larger than [`bounds`](crate::release::bounds) allow.
pub fn fill(release: &Release, answers: &Answers, today: NaiveDate) -> Result<Release, FillError> {
    let asked = release.asked();
    let names: HashSet<&str> = asked.iter().map(|one| one.name.as_str()).collect();
    let answers: &Answers = &by_their_names(answers, &names);
    if let Some(name) = answers.keys().find(|name| !names.contains(name.as_str())) {
        let known = asked.into_iter().map(|one| one.name).collect();
        return Err(FillError::Unknown { name: name.clone(), known });
    }
    let mut words = BTreeMap::new();
    for placeholder in &asked {
        let answer = answers.get(&placeholder.name).map(String::as_str).filter(|answer| !answer.trim().is_empty());
        let answer = answer.unwrap_or(&placeholder.default);
        if !answer.trim().is_empty() {
            words.insert(placeholder.name.as_str(), read(placeholder, answer, release, today)?);
        }
    }
    let longest = words.iter().max_by_key(|(_, words)| words.text.len()).map(|(name, _)| (*name).to_owned());
    let filled = put(release, &words);
    bounded::change(release, &filled)
        .map_err(|source| FillError::Exceeded { name: longest.unwrap_or_default(), source })?;
    Ok(filled)
}

fn read(placeholder: &Placeholder, answer: &str, release: &Release, today: NaiveDate) -> Result<AnswerText, FillError> {
    let Placeholder { name, kind, .. } = placeholder;
    let text = |text: &str| AnswerText { text: khmer::normalise(text).into_owned(), day: None };
    match kind {
        Kind::Text => Ok(text(clean(answer, false).trim())),
        Kind::LongText => Ok(text(clean(answer, true).trim_matches('\n'))),
        Kind::Date => {
            let day = if is_today(answer) { Ok(today) } else { dates::read_date(answer) };
            let day = day.map_err(|source| FillError::NoDate { name: name.clone(), answer: answer.into(), source })?;
            Ok(AnswerText { text: dates::date_in(release.language, day), day: Some(day) })
        }
        Kind::Choice(choices) => match choices.iter().find(|choice| is_same(choice, answer, release.language)) {
            Some(choice) => Ok(text(&clean(choice, false))),
            None => {
                let (name, answer) = (name.clone(), answer.to_owned());
                Err(FillError::NoChoice { name, answer, choices: choices.clone() })
            }
        },
    }
}

/// Whether an answer names a choice, whatever its quotation marks: a spreadsheet makes them curly.
fn is_same(choice: &str, answer: &str, language: Language) -> bool {
    let answer = khmer::normalise(answer.trim());
    choice.trim() == answer || quotes::typographic(choice.trim(), language) == quotes::typographic(&answer, language)
}

fn put(release: &Release, words: &BTreeMap<&str, AnswerText>) -> Release {
    let mut filled = Release { template: None, ..release.clone() };
    // The headline is printed within quotation marks.
    let quoted = |words: &AnswerText| AnswerText { text: quotes::inner(&words.text), day: words.day };
    let in_headline: BTreeMap<&str, AnswerText> = words.iter().map(|(name, words)| (*name, quoted(words))).collect();
    for field in release.fields().filter(|field| !field.is_rich()) {
        if let Some(text) = release.text(field)
            && let Cow::Owned(text) = replaced(&text, if field == Field::Headline { &in_headline } else { words })
        {
            filled.set_text(field, RichText::plain(clean(text.as_str(), field.is_multiline())));
        }
    }
    filled.body = release.body.iter().flat_map(|paragraph| paragraphs(paragraph, words)).collect();
    for block in filled.body.iter_mut().filter(|block| block.text.notes().next().is_some()) {
        let text = std::mem::take(&mut block.text);
        block.text = text.map_notes(|note| replaced(note, words).into_owned());
    }
    if let SigningDate::Placeholder(name) = &release.signature.date
        && let Some(day) = words.get(name.as_str()).and_then(|words| words.day)
    {
        filled.signature.date = SigningDate::Day(day);
    }
    let open: HashSet<String> = filled.open_placeholders().into_iter().map(|open| open.name).collect();
    filled.placeholders.retain(|one| open.contains(&one.name));
    filled
}

/// A paragraph with its answers; an answer of several lines gives several, but lines in the cell of a table, and line breaks of the paragraph's own
/// stay within it.
fn paragraphs(paragraph: &Paragraph, words: &BTreeMap<&str, AnswerText>) -> Vec<Paragraph> {
    let Some(pieces) = pieces(&paragraph.text, words) else { return vec![paragraph.clone()] };
    let mut filled = vec![paragraph.with_text(RichText::default())];
    for piece in pieces {
        let lines = if piece.is_answer { piece.text.lines() } else { vec![piece.text] };
        for (index, line) in lines.iter().enumerate() {
            if index > 0 && paragraph.kind.is_cell() {
                if let Some(last) = filled.last_mut() {
                    last.text.push_str("\n", line.style_before(0));
                }
            } else if index > 0 {
                filled.push(Paragraph { kind: paragraph.kind.next(), ..Paragraph::default() });
            }
            if let Some(last) = filled.last_mut() {
                last.text.push(line);
            }
        }
    }
    filled
}

/// A text with its answers, each in the emphasis of its placeholder.
fn replaced<'a>(text: &'a RichText, words: &BTreeMap<&str, AnswerText>) -> Cow<'a, RichText> {
    let Some(pieces) = pieces(text, words) else { return Cow::Borrowed(text) };
    let mut replaced = RichText::default();
    pieces.iter().for_each(|piece| replaced.push(&piece.text));
    Cow::Owned(replaced)
}

/// A part of a text that is filled.
struct Piece {
    text: RichText,
    is_answer: bool,
}

/// The parts of a text, with answers in the place of their placeholders; `None` if none is answered.
fn pieces(text: &RichText, words: &BTreeMap<&str, AnswerText>) -> Option<Vec<Piece>> {
    let places = in_text(text.as_str());
    if !places.iter().any(|(_, name)| words.contains_key(name)) {
        return None;
    }
    // Every second part is a placeholder.
    let parts = text.parts(places.iter().flat_map(|(range, _)| [range.start, range.end]));
    let answers = places.iter().flat_map(|(_, name)| [None, words.get(name)]).chain([None]);
    let piece = |(part, answer): (RichText, Option<&AnswerText>)| match answer {
        Some(words) => {
            let mut text = RichText::styled(words.text.as_str(), part.style_of(0..part.len()));
            text.set_link(0..text.len(), part.link_of(0..part.len()));
            Piece { text, is_answer: true }
        }
        None => Piece { text: part, is_answer: false },
    };
    Some(parts.into_iter().zip(answers).map(piece).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::bounds;
    use crate::release::{Language, Lock, Style, Template, placeholders::written};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned())).collect()
    }

    fn template() -> Release {
        let mut text = RichText::plain("On {{day}}, ");
        text.push_str("{{who}}", Style::BOLD);
        text.push_str(" met {{who}} again. {{more}}", Style::PLAIN);
        let mut release = Release {
            language: Language::English,
            template: Some(Template::default()),
            headline: "{{who}} in {{place}}".into(),
            body: vec![Paragraph { new_page: true, ..Paragraph::new(text) }, Paragraph::new(RichText::plain("End."))],
            locked: vec![Lock::Letterhead],
            ..Release::default()
        };
        release.signature.date = SigningDate::Placeholder("signed".into());
        release.placeholders = vec![
            Placeholder { kind: Kind::Date, default: "today".into(), ..Placeholder::of("day") },
            Placeholder { kind: Kind::LongText, ..Placeholder::of("more") },
            Placeholder { kind: Kind::Choice(vec!["Tokyo".into(), "Kyoto".into()]), ..Placeholder::of("place") },
        ];
        release
    }

    /// A column "Country" answers `{{country}}`, unless that could mean two.
    #[test]
    fn an_answer_is_known_by_its_name_however_it_is_written() {
        let asked = |names: &[&str]| Release {
            headline: names.iter().map(|name| format!("{{{{{name}}}}} ")).collect::<String>().as_str().into(),
            ..Release::default()
        };
        let headline = |release: &Release, given: &[(&str, &str)]| {
            fill(release, &answers(given), today()).map(|filled| filled.headline.as_str().to_owned())
        };
        let one = asked(&["country", "signing_day", "ប្រទេស"]);
        let filled = headline(&one, &[("Country", "Japan"), ("Signing day", "Monday"), ("ប្រ\u{200B}ទេស", "ជប៉ុន")]);
        assert_eq!(filled.unwrap(), "Japan Monday ជប៉ុន ");
        for given in [[("Country", "Japan"), ("COUNTRY", "Laos")], [("country", "Japan"), ("Country", "Laos")]] {
            let said = headline(&one, &given).unwrap_err();
            assert_eq!(said.name().to_lowercase(), "country", "two that mean one");
        }
        let two = asked(&["place", "Place"]);
        assert!(headline(&two, &[("PLACE", "Tokyo")]).is_err(), "one that means two");
        assert_eq!(headline(&two, &[("Place", "Tokyo"), ("place", "Kyoto")]).unwrap(), "Kyoto Tokyo ");
    }

    #[test]
    fn answers_stand_where_they_were_asked_for() {
        let given = [("who", "KAMIKAWA\tYoko"), ("more", "One.\r\nTwo."), ("place", "Kyoto"), ("signed", "១/១២/២០២៦")];
        let release = fill(&template(), &answers(&given), today()).unwrap();
        assert_eq!(release.headline, "KAMIKAWA Yoko in Kyoto");
        let texts: Vec<_> = release.body.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, ["On 25 November 2026, KAMIKAWA Yoko met KAMIKAWA Yoko again. One.", "Two.", "End."]);
        let bold = "On 25 November 2026, ".len()..;
        assert_eq!(release.body[0].text.style_of(bold.start..bold.start + 13), Style::BOLD);
        assert_eq!(release.body.iter().map(|p| p.new_page).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(release.signature.date.day(), NaiveDate::from_ymd_opt(2026, 12, 1));
        assert!(release.open_placeholders().is_empty() && release.placeholders.is_empty());
        assert_eq!((release.template, release.locked), (None, vec![Lock::Letterhead]));
    }

    #[test]
    fn answers_from_outside_get_curly_quotes_and_dashes() {
        let given = answers(&[("who", "Japan's \"new era\" -- now"), ("more", "see https://a.example/it's")]);
        let release = fill(&template(), &typographic(&given, Language::English), today()).unwrap();
        assert_eq!(release.headline, "Japan’s ‘new era’ – now in {{place}}");
        let body = release.body[0].text.as_str();
        assert!(body.ends_with("met Japan’s “new era” – now again. see https://a.example/it's"), "{body}");
        let choice = Placeholder { kind: Kind::Choice(vec!["the 'two'".into()]), ..Placeholder::of("who") };
        let asked = Release { headline: "{{who}}".into(), placeholders: vec![choice], ..Release::default() };
        let given = typographic(&answers(&[("who", "the 'two'")]), Language::English);
        assert_eq!(fill(&asked, &given, today()).unwrap().headline, "the 'two'");
    }

    #[test]
    fn what_is_not_answered_stays_open() {
        let release = fill(&template(), &answers(&[("who", " ")]), today()).unwrap();
        assert_eq!(release.headline, "{{who}} in {{place}}");
        let open: Vec<_> = release.placeholders.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(open, ["more", "place"]);
        assert_eq!(release.signature.date, SigningDate::Placeholder("signed".into()));
        // What is left is filled later.
        let release = fill(&release, &answers(&[("who", "A"), ("place", "Tokyo")]), today()).unwrap();
        assert_eq!(release.headline, "A in Tokyo");
    }

    #[test]
    fn the_date_of_signature_takes_its_answer_though_a_text_was_declared() {
        let mut release = Release::default();
        release.signature.date = SigningDate::Placeholder("when".into());
        release.placeholders = vec![Placeholder { default: " today ".into(), ..Placeholder::of("when") }];
        let day = |pairs: &[(&str, &str)]| fill(&release, &answers(pairs), today()).unwrap().signature.date.day();
        assert_eq!(day(&[("when", "1 December 2026")]), NaiveDate::from_ymd_opt(2026, 12, 1));
        assert_eq!(day(&[]), Some(today()));
        let said = fill(&release, &answers(&[("when", "soon")]), today()).unwrap_err().to_string();
        assert!(said.starts_with("placeholder `when`: `soon` is no date: "), "{said}");
    }

    #[test]
    fn an_answer_of_several_lines_makes_items_of_an_item() {
        use crate::release::{BlockKind, Item, Level, ListKind};
        let first = BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: Some(1) });
        let item = Paragraph { kind: first, ..Paragraph::new(RichText::plain("a\nb: {{more}}")) };
        let release = Release { body: vec![item], ..template() };
        let filled = fill(&release, &answers(&[("who", "A"), ("more", "one\ntwo"), ("place", "Kyoto")]), today());
        let body = filled.unwrap().body;
        let texts: Vec<_> = body.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, ["a\nb: one", "two"], "its own line break stays");
        let kinds: Vec<_> = body.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(kinds, [first, BlockKind::item(ListKind::Numbered, Level::One)]);
    }

    #[test]
    fn answers_that_do_not_fit_are_named() {
        let said = |pairs: &[(&str, &str)]| fill(&template(), &answers(pairs), today()).unwrap_err().to_string();
        assert_eq!(
            said(&[("whom", "x")]),
            "there is no placeholder `whom`; there are `day`, `more`, `place`, `who`, `signed`"
        );
        assert!(
            said(&[("day", "soon")]).starts_with("placeholder `day`: `soon` is no date: "),
            "{}",
            said(&[("day", "soon")])
        );
        assert_eq!(said(&[("place", "Osaka")]), "placeholder `place`: `Osaka` is not one of `Tokyo`, `Kyoto`");
    }

    #[test]
    fn an_answer_may_hold_braces_and_is_not_filled_again() {
        let release = fill(&template(), &answers(&[("who", "{{place}}"), ("place", "Tokyo")]), today()).unwrap();
        assert_eq!(release.headline, "{{place}} in Tokyo");
    }

    #[test]
    fn ten_thousand_placeholders_are_asked_for_and_filled() {
        const MANY: usize = 10_000;
        let mut text = RichText::default();
        for number in 0..MANY {
            text.push_str(&written(&number.to_string()), Style::EACH[number % 2]);
        }
        let placeholders: Vec<_> = (0..MANY / 2).map(|number| Placeholder::of(number.to_string())).collect();
        let release = Release { body: vec![Paragraph::new(text)], placeholders, ..Release::default() };
        assert_eq!(release.asked().len(), MANY);
        let given = (1..MANY).map(|number| (number.to_string(), "a\nb".to_owned())).collect();
        let filled = fill(&release, &given, today()).unwrap();
        assert_eq!(filled.placeholders, [Placeholder::of("0")]);
        assert_eq!(filled.body[0].text.as_str(), format!("{{{{0}}}}{}", "a b".repeat(MANY - 1)));
        // Of an answer of several lines each is a paragraph.
        let mut release = release;
        release.placeholders.iter_mut().for_each(|one| one.kind = Kind::LongText);
        assert_eq!(fill(&release, &given, today()).unwrap().body.len(), MANY / 2);
    }

    #[test]
    fn answers_too_long_for_a_draft_are_refused_with_their_name() {
        let mut release = template();
        let long = "x".repeat(bounds::CHARACTERS);
        let said = fill(&release, &answers(&[("who", "A"), ("place", "Tokyo"), ("more", &long)]), today());
        let said = said.unwrap_err();
        assert_eq!(said.name(), "more");
        assert!(said.to_string().contains("paragraph 1: it has 100"), "{said}");
        // As paragraphs they fit, as long as these are not too many.
        release.body.push(Paragraph::new(RichText::plain("{{more}}")));
        let lines =
            |count: usize| fill(&release, &answers(&[("place", "Tokyo"), ("more", &"x\n".repeat(count))]), today());
        assert!(lines(bounds::PARAGRAPHS / 2 - 10).is_ok());
        assert!(matches!(lines(bounds::PARAGRAPHS / 2 + 10), Err(FillError::Exceeded { .. })));
    }

    proptest! {
        #[test]
        fn only_placeholders_change(before in "[a-zក្ខា {}]{0,12}", after in "[a-zក្ខា {}]{0,12}", answer in "[a-zកខ]{1,5}") {
            let text = format!("{before}|{{{{who}}}}|{after}");
            let release = Release { headline: text, ..Release::default() };
            let filled = fill(&release, &answers(&[("who", &answer)]), today()).unwrap();
            prop_assert_eq!(filled.headline, format!("{before}|{answer}|{after}"));
        }
    }
}
