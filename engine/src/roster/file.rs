//! A list of people as a RON file, which an office writes by hand and keeps on a share:
//!
//! ```text
//! (names: [
//!   (
//!     english: "KAMIKAWA Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ",
//!     honorific: (english: "Her Excellency", khmer: "លោកជំទាវ"),
//!     title: (english: "Minister for Foreign Affairs of Japan", khmer: "រដ្ឋមន្ត្រីការបរទេសជប៉ុន"),
//!   ),
//! ])
//! ```
//!
//! All but one of the two names may be left out. Errors are said as those of a draft.

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{Both, Fault, MOST, Person};
use crate::release::file::{ParseError, read};

/// The largest list that is read, in bytes: some ten thousand people.
pub const MAX_BYTES: usize = 4 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(deserialize_with = "people")]
    names: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Fields {
    english: String,
    khmer: String,
    honorific: Both,
    title: Both,
}

/// One of the list. What can be wrong with it is said where it is.
struct Entry(Person);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Fields { english, khmer, honorific, title } = Fields::deserialize(deserializer)?;
        let person = Person { name: Both { english, khmer }, honorific, title }.tidied();
        match person.fault() {
            Some(Fault::Nameless) => {
                return Err(D::Error::custom("an entry has no name; write one in `english` or in `khmer`"));
            }
            Some(Fault::TooLong(longest)) => {
                let start: String = person.any_name().chars().take(20).collect();
                return Err(D::Error::custom(format!(
                    "a text of “{start}…” has more than {longest} characters; shorten it"
                )));
            }
            None => {}
        }
        Ok(Self(person))
    }
}

fn people<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Entry>, D::Error> {
    let people = Vec::<Entry>::deserialize(deserializer)?;
    if people.len() > MOST {
        return Err(D::Error::custom(format!("the list has more than {MOST} names; divide it or take some out")));
    }
    Ok(people)
}

/// Reads a list.
///
/// # Errors
/// For everything that is not a whole list: an unknown field, an entry without a name, a text that is too
/// long for one.
pub fn parse(source: &str) -> Result<Vec<Person>, ParseError> {
    read::<List>(source).map(|list| list.names.into_iter().map(|Entry(person)| person).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_by_hand() {
        let list = r#"
            // The guests of October.
            (names: [
              (
                english: "KAMIKAWA  Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ",
                honorific: (english: "Her Excellency", khmer: "លោកជំទាវ"),
                title: (english: "Minister for Foreign Affairs of Japan", khmer: "រដ្ឋមន្ត្រីការបរទេសជប៉ុន"),
              ),
              (english: "HUN Manet"),
            ])"#;
        let people = parse(list).unwrap();
        assert_eq!(people[0].name, Both { english: "KAMIKAWA Yoko".into(), khmer: "កាមិកាវ៉ា យ៉ូកុ".into() });
        assert_eq!(people[0].title.english, "Minister for Foreign Affairs of Japan");
        assert_eq!((people.len(), people[1].honorific.clone()), (2, Both::default()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_the_way_out() {
        let said = |list: &str| parse(list).unwrap_err().to_string();
        let unknown = said("(names: [\n  (english: \"A\", titel: (english: \"B\")),\n])");
        assert!(
            unknown.starts_with("line 2, column ") && unknown.contains("field `titel`: no such field"),
            "{unknown}"
        );
        let nameless = said("(names: [\n  (khmer: \" \"),\n])");
        assert!(nameless.starts_with("line 2") && nameless.contains("has no name"), "{nameless}");
        assert!(said("(names: [(title: (english: \"A\"))])").contains("has no name"));
        assert!(said("(names: [(english: \"A\"").starts_with("line 1, column 23: the file ends too early"));
        assert!(said(&format!("(names: [(english: \"{}\")])", "a".repeat(200))).contains("shorten it"));
        assert!(said("(people: [])").contains("`people`"));
    }
}
