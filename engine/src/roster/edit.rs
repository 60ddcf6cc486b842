//! Changes to the text of a list: a person is added, replaced or removed. Everything else in the file, such as
//! comments and the order of people, is kept.
//!
//! Knows texts alone. Its invariant: a changed text is read as the list that was meant.

use std::ops::Range;

use ron::ser::PrettyConfig;

use super::{Both, Person, file::parse};
use crate::release::file::ParseError;

/// What becomes of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// Append a person.
    Add(&'a Person),
    /// Replace the first person with the second; append the second if the first is gone.
    Replace(&'a Person, &'a Person),
    /// Remove a person.
    Remove(&'a Person),
}

/// The text of a list after a change. An empty text is a list of nobody.
///
/// # Errors
/// If the text is no list, or would be none any more: with a name that is too long, or with too many people.
pub fn changed(source: &str, change: Change<'_>) -> Result<String, ParseError> {
    let source = if source.trim().is_empty() { "(names: [\n])\n" } else { source };
    let mut people = parse(source)?;
    let at = |person: &Person| people.iter().position(|listed| listed == person);
    let (at, person) = match change {
        Change::Add(person) => (None, Some(person.tidied())),
        Change::Replace(before, after) => (at(before), Some(after.tidied())),
        Change::Remove(person) => (at(person), None),
    };
    let is_there = person.as_ref().is_some_and(|person| people.contains(person));
    if is_there && at.is_none() || at.is_none() && person.is_none() {
        return Ok(source.to_owned());
    }
    let edited = outline(source).filter(|outline| outline.entries.len() == people.len());
    let edited = edited.and_then(|outline| outline.edited(source, at, person.as_ref()));
    match (at, person) {
        (Some(at), Some(person)) => people[at] = person,
        (Some(at), None) => _ = people.remove(at),
        (None, Some(person)) => people.push(person),
        (None, None) => {}
    }
    // The changed text must read back as the changed list; if it does not, the whole list is rewritten.
    match edited.filter(|text| parse(text).is_ok_and(|read| read == people)) {
        Some(text) => Ok(text),
        None => {
            let text = whole(&people);
            parse(&text)?;
            Ok(text)
        }
    }
}

/// A list as a file.
fn whole(people: &[Person]) -> String {
    let people: String = people.iter().map(|person| format!("  {},\n", entry(person))).collect();
    format!("(names: [\n{people}])\n")
}

/// A person as an entry of the list, without the fields that are empty.
fn entry(person: &Person) -> String {
    // Khmer marks as they are, not as numbers.
    let config = PrettyConfig::new().escape_strings(false);
    let string = |text: &str| ron::ser::to_string_pretty(text, config.clone()).unwrap_or_default();
    let field = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}: {}", string(text)));
    let both = |name: &str, both: &Both| {
        let texts: Vec<String> =
            [field("english", &both.english), field("khmer", &both.khmer)].into_iter().flatten().collect();
        (!texts.is_empty()).then(|| format!("{name}: ({})", texts.join(", ")))
    };
    let lines = [
        field("english", &person.name.english),
        field("khmer", &person.name.khmer),
        both("honorific", &person.honorific),
        both("title", &person.title),
    ];
    let lines: String = lines.into_iter().flatten().map(|line| format!("\n    {line},")).collect();
    format!("({lines}\n  )")
}

/// Where the people of a list are in its text, in bytes.
#[derive(Debug)]
struct Outline {
    /// Each of them, from the bracket that opens it to the one that closes it.
    entries: Vec<Range<usize>>,
    /// The commas after them; the last may have none.
    commas: Vec<usize>,
    /// The bracket that closes the list.
    end: usize,
}

impl Outline {
    /// The text with `person` in the place of one, at the end, or with one taken out.
    fn edited(&self, source: &str, at: Option<usize>, person: Option<&Person>) -> Option<String> {
        let (range, new) = match (at.map(|at| (at, self.entries.get(at))), person) {
            (Some((_, found)), Some(person)) => (found?.clone(), entry(person)),
            (Some((at, found)), None) => {
                let found = found?;
                let end = self.commas.get(at).map_or(found.end, |comma| comma + 1);
                (whole_lines(source, found.start..end), String::new())
            }
            (None, Some(person)) => {
                // Behind the last of them, or else where the list opens.
                let comma = self.commas.len() == self.entries.len();
                let last = if comma { self.commas.last().map(|comma| comma + 1) } else { None };
                match last.or(self.entries.last().map(|last| last.end)) {
                    Some(after) => (after..after, format!("{}\n  {},", if comma { "" } else { "," }, entry(person))),
                    None => (self.end..self.end, format!("  {},\n", entry(person))),
                }
            }
            (None, None) => return None,
        };
        Some([source.get(..range.start)?, &new, source.get(range.end..)?].concat())
    }
}

/// A range, and with it the lines that would be left empty without it.
fn whole_lines(source: &str, range: Range<usize>) -> Range<usize> {
    let before = source.get(..range.start).unwrap_or_default();
    let after = source.get(range.end..).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = after.find('\n').map(|at| range.end + at + 1);
    let is_blank = |range: Range<usize>| source.get(range).is_some_and(|text| text.trim().is_empty());
    match rest {
        Some(end) if is_blank(line..range.start) && is_blank(range.end..end) => line..end,
        _ => range,
    }
}

/// Finds the entries of the list in a text that is one. What is within strings and comments is passed over.
fn outline(source: &str) -> Option<Outline> {
    let bytes = source.as_bytes();
    let (mut entries, mut commas) = (Vec::new(), Vec::new());
    let (mut depth, mut start, mut at) = (0_usize, None, 0);
    while let Some(&byte) = bytes.get(at) {
        if let Some(end) = passed_over(source, at) {
            at = end;
            continue;
        }
        match byte {
            b'(' | b'[' | b'{' => {
                // The brackets of `(names: [(`.
                if depth == 2 {
                    start = Some(at);
                }
                depth += 1;
            }
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 2 {
                    entries.push(start.take()?..at + 1);
                } else if depth == 1 {
                    return Some(Outline { entries, commas, end: at });
                }
            }
            b',' if depth == 2 => commas.push(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where a comment or a string that begins at a byte ends.
fn passed_over(source: &str, at: usize) -> Option<usize> {
    let rest = source.get(at..)?;
    let end_of =
        |text: &str, from: usize| rest.get(from..).and_then(|rest| rest.find(text)).map(|end| from + end + text.len());
    if rest.starts_with("//") {
        return Some(at + rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        let (mut depth, mut end) = (0_usize, 0);
        loop {
            let (open, close) = (end_of("/*", end), end_of("*/", end)?);
            (depth, end) = match open.filter(|open| *open < close) {
                Some(open) => (depth + 1, open),
                None => (depth - 1, close),
            };
            if depth == 0 {
                return Some(at + end);
            }
        }
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw.get(hashes..).is_some_and(|raw| raw.starts_with('"')) {
            let close = format!("\"{}", "#".repeat(hashes));
            return end_of(&close, hashes + 2).map(|end| at + end);
        }
    }
    let mut escaped = false;
    rest.strip_prefix('"')?.char_indices().find_map(|(index, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at + index + 2)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn person(english: &str, khmer: &str, title: &str) -> Person {
        let name = Both { english: english.into(), khmer: khmer.into() };
        Person { name, title: Both { english: title.into(), ..Both::default() }, ..Person::default() }
    }

    const LIST: &str = r##"// Guests, of October.
(names: [
  (english: "KAMIKAWA Yoko", title: (english: "Minister (of Japan), [acting]")), // "she"
  // The next two, (names: [
  (
    english: r#"SOK "Dara""#, /* nested /* ( */ " */
  ),

  (khmer: "សុខ")
])
"##;

    #[test]
    fn a_list_is_changed_and_all_else_stays() {
        let kamikawa = person("KAMIKAWA Yoko", "", "Minister (of Japan), [acting]");
        let after = person("KAMIKAWA Yōko", "កាមិកាវ៉ា", "");
        let text = changed(LIST, Change::Replace(&kamikawa, &after)).unwrap();
        let new = "(\n    english: \"KAMIKAWA Yōko\",\n    khmer: \"កាមិកាវ៉ា\",\n  ), // \"she\"";
        assert!(text.contains(new) && text.ends_with(LIST.split_once("\"she\"").unwrap().1), "{text}");

        let text = changed(LIST, Change::Add(&person("A", "", "B"))).unwrap();
        let end = "(khmer: \"សុខ\"),\n  (\n    english: \"A\",\n    title: (english: \"B\"),\n  ),\n])\n";
        assert!(text.starts_with(LIST.split_once("\n])").unwrap().0) && text.ends_with(end), "{text}");
        assert_eq!(changed(&text, Change::Add(&person("A", "", "B"))).unwrap(), text, "once is enough");

        let text = changed(LIST, Change::Remove(&person("SOK \"Dara\"", "", ""))).unwrap();
        assert_eq!(parse(&text).unwrap(), [kamikawa.clone(), person("", "សុខ", "")]);
        assert!(text.contains("// The next two") && !text.contains("Dara") && !text.contains("\n  ,"), "{text}");
        assert_eq!(changed(LIST, Change::Remove(&after)).unwrap(), LIST, "nobody of that name");

        let mut text = LIST.to_owned();
        for person in parse(LIST).unwrap() {
            text = changed(&text, Change::Remove(&person)).unwrap();
        }
        assert!(parse(&text).unwrap().is_empty() && text.contains("Guests"));
        assert_eq!(parse(&changed(&text, Change::Add(&kamikawa)).unwrap()).unwrap(), [kamikawa]);
    }

    #[test]
    fn a_list_begins_with_the_first_of_it() {
        let text = changed(" \n", Change::Add(&person("A", "", ""))).unwrap();
        assert_eq!(text, "(names: [\n  (\n    english: \"A\",\n  ),\n])\n");
        assert!(changed("(names: [", Change::Add(&person("A", "", ""))).is_err(), "a damaged list is let be");
        let nameless = changed(LIST, Change::Add(&person("", "", "B"))).unwrap_err();
        assert!(nameless.message.contains("has no name"));
        assert!(changed(LIST, Change::Add(&person(&"a".repeat(200), "", ""))).is_err());
    }

    proptest! {
        #[test]
        fn a_changed_text_is_read_as_the_list_that_was_meant(
            names in prop::collection::vec(r#"[a-zក"\\/*()#,\[\]' ]{0,8}[a-z]"#, 1..6),
            notes in prop::collection::vec(r#"// [a-z"(),\[\]]{0,6}\n|/\* [a-z"(\[,]{0,6} \*/|\n| "#, 6),
            which in 0usize..6,
            what in 0usize..3,
        ) {
            let mut source = "(names: [".to_owned();
            for (name, note) in names.iter().zip(&notes) {
                source += &format!("{note}(english: {}){note},", ron::to_string(name).unwrap());
            }
            source += "])";
            let mut people = parse(&source).unwrap();
            let (at, new) = (which % people.len(), person("new \"one\"", "ថ្មី", "t"));
            let old = people[at].clone();
            let first = people.iter().position(|person| *person == old).unwrap();
            let change = match what {
                0 => { people.push(new.clone()); Change::Add(&new) }
                1 => { people[first] = new.clone(); Change::Replace(&old, &new) }
                _ => { people.remove(first); Change::Remove(&old) }
            };
            let text = changed(&source, change).unwrap();
            prop_assert_eq!(parse(&text).unwrap(), people);
            let kept = notes.iter().take(names.len()).filter(|note| note.starts_with("//"));
            for note in kept {
                prop_assert!(text.contains(note.trim_end()), "{} is lost from {}", note, text);
            }
        }
    }
}
