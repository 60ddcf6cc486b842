//! What belongs together: a number and what it counts, a short title and the name after it.
//!
//! Where a careful typist would put a no-break space, this puts one in thought. The lists are those
//! of official correspondence in the two languages; they hold what is short and comes often, since
//! whatever is kept together costs the line a place.
//!
//! Must never know: where a place came from.
//!
//! Invariant: only pairs of neighbours are held together, so no list can make a line unbreakable.

use super::characters::{is_digit, is_space};
use crate::khmer::characters::is_in_words;

/// Khmer words whose number follows them: ទី៣០ (the 30th), ឆ្នាំ២០២៣, លេខ ៥, ម៉ោង ៩.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "ទី", "លេខ", "លេខ៖", "ឆ្នាំ", "ខែ", "ថ្ងៃ", "ម៉ោង", "មាត្រា", "ប្រការ", "ជំពូក", "ទំព័រ", "វគ្គ", "កថាខណ្ឌ",
    "ចំណុច", "គ.ស.", "ព.ស.", "ម.ស.",
];

/// Khmer words that follow the number that counts them: people, times, money, measures, powers of ten.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "នាក់", "រូប", "អង្គ", "ឆ្នាំ", "ខែ", "ថ្ងៃ", "សប្តាហ៍", "ម៉ោង", "នាទី", "វិនាទី", "លើក", "ដង", "ភាគរយ",
    "ពាន់", "ម៉ឺន", "សែន", "លាន", "កោដិ", "ប៊ីលាន", "ទ្រីលាន", "ដុល្លារ", "រៀល", "យ៉េន", "យន់", "អឺរ៉ូ", "បាត",
    "គីឡូ", "ម៉ែត្រ", "សង់ទីម៉ែត្រ", "តោន", "ហិកតា", "លីត្រ", "អង្សា", "រោច", "កើត",
];

/// The months of the Khmer civil and lunar calendars, after ខែ or the number of a day.
#[rustfmt::skip]
const KHMER_MONTHS: &[&str] = &[
    "មករា", "កុម្ភៈ", "កុម្ភះ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា",
    "ធ្នូ", "មិគសិរ", "បុស្ស", "មាឃ", "ផល្គុន", "ចេត្រ", "ពិសាខ", "ជេស្ឋ", "អាសាឍ", "ស្រាពណ៍", "ភទ្របទ",
    "អស្សុជ", "កត្តិក", "បឋមាសាឍ", "ទុតិយាសាឍ",
];

/// What a date's word is nothing without: the days of the week after ថ្ងៃ, and the years after ឆ្នាំ.
const DAYS: &[&str] = &["ទី", "អាទិត្យ", "ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍"];
const YEARS: &[&str] = &["ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ"];

/// Short Khmer titles, before a space and a name. The longer (ឯកឧត្តម, លោកជំទាវ, សម្តេច) may end a
/// line: they come often, and a line could not take their length back.
const KHMER_TITLES: &[&str] = &["លោក", "លោកស្រី", "កញ្ញា"];

/// Words that end like a title but are not one: words for the world and its creatures, and September.
const NO_TITLES: &[&str] = &["ភពលោក", "សកលលោក", "មនុស្សលោក", "សត្វលោក", "ខែកញ្ញា", "ខែ កញ្ញា"];

/// Prefixes that are no words: vice-, sub-, inter-, multi-, bi-.
const PREFIXES: &[&str] = &["ឧប", "អនុ", "អន្តរ", "ពហុ", "ទ្វេ"];

/// Prefixes that make a noun of the word after them: the doing of, the work of, the matter of, who does.
const NOUN_PREFIXES: &[&str] = &["ការ", "កិច្ច", "សេចក្តី", "សេចក្ដី", "អ្នក"];

/// How the rest of a word begins that only looks as if it had such a prefix: ការពារ (to defend), ការងារ
/// (employment), ការសែត (a newspaper), កិច្ចការ (a task).
const NO_NOUNS: &[&str] = &["ពារ", "ងារ", "សែត", "កៈ", "ការ"];

/// How Khmer number words begin: one to ten (six to nine with five), twenty, thirty to ninety.
const NUMBER_WORDS: &[&str] = &["មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ដប់", "ម្ភៃ", "សាម", "សែសិប", "ហា", "ហុក", "ចិត", "ប៉ែត", "កៅ"];

/// Titles before a name in Latin script, with and without the stop.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "H.E.", "H.E", "HE", "H.R.H.", "H.M.", "Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Dr.", "Dr",
    "Prof.", "St.", "Hon.", "Amb.", "Gen.", "Lt.", "Maj.", "Col.", "Capt.", "Sen.", "Rep.", "Gov.", "Rev.",
    "Messrs.", "Mme.", "Mme", "M.", "Lok", "Sir",
];

/// Latin words whose number follows them.
#[rustfmt::skip]
const LATIN_NUMBERED: &[&str] = &[
    "No.", "Nos.", "no.", "nos.", "N°", "№", "p.", "pp.", "Art.", "Arts.", "Vol.", "vol.", "Fig.", "Sec.",
    "Ch.", "para.", "paras.", "§", "Article", "Articles", "Chapter", "Section", "Annex", "Page", "page",
];

/// Money and the like before a number. UAX 14 keeps `$5`; these may have a space after them.
const MONEY: &[&str] = &["$", "US$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY", "៛", "KHR"];

/// Latin words that follow the number that counts them. Whole words, as many of them are short.
#[rustfmt::skip]
const LATIN_COUNTED: &[&str] = &[
    "million", "billion", "trillion", "thousand", "hundred", "percent", "per", "a.m.", "p.m.", "am", "pm", "km",
    "m", "cm", "mm", "kg", "g", "t", "ha", "km²", "m²", "kWh", "MW", "°C", "USD", "KHR", "riels", "B.E.", "BE",
    "AD", "BC", "CE",
];

#[rustfmt::skip]
const LATIN_MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December", "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.",
    "Nov.", "Dec.",
];

/// More bytes than any word of these lists has, and than a number that counts.
const LONGEST_WORD: usize = 64;

/// Whether the words on either side of a place stay on one line. `said` is the text before it without
/// its last spaces, `spaced` tells whether there were any.
pub fn belong(said: &str, after: &str, spaced: bool) -> bool {
    let counts = said.ends_with(is_digit);
    let khmer = after.starts_with(is_in_words);
    if after.starts_with(is_digit) && belongs_number(said, after, spaced) {
        return true;
    }
    // ខែ|តុលា, ថ្ងៃ|ចន្ទ, ឆ្នាំ|ថោះ: with a space or without.
    if khmer
        && (said.ends_with("ខែ") && begins_with_any(after, KHMER_MONTHS)
            || said.ends_with("ថ្ងៃ") && begins_with_any(after, DAYS)
            || said.ends_with("ឆ្នាំ") && begins_with_any(after, YEARS))
    {
        return true;
    }
    if counts && khmer {
        if begins_with_any(after, &["រោច", "កើត"]) || begins_with_any(after, KHMER_MONTHS) {
            return true;
        }
        // In ទី៣០ and ឆ្នាំ២០២៣ the number belongs to what stands before, and counts nothing.
        let unnumbered = said.trim_end_matches(|c| is_digit(c) || c == '.' || c == ',');
        let is_ordinal = ends_with_any(unnumbered.trim_end_matches(is_space), NUMBERED);
        return !is_ordinal && begins_with_any(after, COUNTED);
    }
    if !spaced {
        return khmer && (ends_with_any(said, PREFIXES) || said.ends_with("ទី") && begins_with_any(after, NUMBER_WORDS));
    }
    let last = last_word(said);
    let next = first_word(after);
    TITLES.contains(&last) && after.starts_with(char::is_alphabetic)
        || is_initial(last) && after.starts_with(char::is_uppercase)
        || khmer && ends_with_title(said, KHMER_TITLES)
        || is_latin_number(last) && LATIN_COUNTED.contains(&next)
        || is_day(last) && LATIN_MONTHS.contains(&next)
        || LATIN_NUMBERED.contains(&last) && is_roman(next)
}

/// What a number is the number of: ឆ្នាំ ២០២៣, No. 5, October 30, US$ 5; or the thousands before it.
fn belongs_number(said: &str, after: &str, spaced: bool) -> bool {
    let last = last_word(said);
    let digits = after.chars().take_while(|c| is_digit(*c)).count();
    ends_with_any(said, NUMBERED)
        || spaced
            && (LATIN_NUMBERED.contains(&last)
                || MONEY.contains(&last)
                || LATIN_MONTHS.contains(&last) && digits <= 2
                || digits == 3 && said.ends_with(is_digit))
}

/// The text before a place without the prefix it ends with, if that makes a noun of what follows.
pub fn without_noun_prefix<'a>(before: &'a str, after: &str) -> Option<&'a str> {
    let rest = NOUN_PREFIXES.iter().find_map(|prefix| before.strip_suffix(prefix))?;
    (!begins_with_any(after, NO_NOUNS)).then_some(rest)
}

fn begins_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// What stands after the last space or opening sign, as far as it can be on a list: of a longer word its
/// end, which is on none.
fn last_word(said: &str) -> &str {
    let near = said.get(said.ceil_char_boundary(said.len().saturating_sub(LONGEST_WORD))..).unwrap_or_default();
    near.rsplit(|c: char| c.is_whitespace() || "\u{200B}«“‘([{\"".contains(c)).next().unwrap_or(near)
}

/// What stands before the next space or closing sign.
fn first_word(after: &str) -> &str {
    after.split(|c: char| c.is_whitespace() || "\u{200B}»”’)]},;:!?\"".contains(c)).next().unwrap_or(after)
}

/// Whether a text ends with one of these titles, and not with a word that only ends like one.
pub fn ends_with_title(text: &str, titles: &[&str]) -> bool {
    ends_with_any(text, titles) && !ends_with_any(text, NO_TITLES)
}

/// `J.` in J. F. Kennedy.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.') && chars.next().is_none()
}

fn is_latin_number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}

/// 1 to 31, also as 1st, 2nd, 3rd, 4th.
fn is_day(word: &str) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
    number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// `VII` in Chapter VII.
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` stands for the place.
    fn stays(text: &str) -> bool {
        let (before, after) = text.split_once('|').expect("a place");
        let said = before.trim_end();
        belong(said, after, said.len() < before.len())
    }

    #[test]
    fn khmer_dates_and_numbers() {
        for text in [
            "ថ្ងៃទី|៣០",
            "ឆ្នាំ |២០២៣",
            "ឆ្នាំ|ថោះ",
            "ខែ|តុលា",
            "ខែ |អស្សុជ",
            "ថ្ងៃ|ចន្ទ",
            "១|រោច",
            "១៥ |កើត",
            "ព.ស. |២៥៦៧",
            "៣០ |តុលា",
            "៥០|នាក់",
            "៥០ |នាក់",
            "២,៥ |លាន",
            "១០ |០០០",
            "លេខ៖ |១២",
        ] {
            assert!(stays(text), "{text}");
        }
        for text in
            ["ទី៣០ |ខែតុលា", "ឆ្នាំ២០២៣ |និង", "ឆ្នាំ២០២៣|នៅ", "ទី៣០|ខែតុលា", "៣០|ប្រភេទ", "មាន|៥០", "៥០ |និង", "ឆ្នាំ|នេះ", "ខែ|ក្រោយ"]
        {
            assert!(!stays(text), "{text}");
        }
    }

    #[test]
    fn prefixes_and_spelled_numbers() {
        for text in ["ឧប|នាយក", "អនុ|ប្រធាន", "ទី|មួយ", "លើកទី|ប្រាំបី"]
        {
            assert!(stays(text), "{text}");
        }
        assert!(!stays("ទី|ក្រុង"));
    }

    #[test]
    fn prefixes_of_nouns() {
        assert_eq!(without_noun_prefix("នៃការ", "អភិវឌ្ឍ"), Some("នៃ"));
        assert_eq!(without_noun_prefix("កិច្ច", "សហប្រតិបត្តិការ"), Some(""));
        assert_eq!(without_noun_prefix("ការ", "ពារជាតិ"), None);
        assert_eq!(without_noun_prefix("កិច្ច", "ការ"), None);
        assert_eq!(without_noun_prefix("នៃ", "ការ"), None);
    }

    #[test]
    fn titles_and_names() {
        for text in ["H.E. |Sok", "(H.E. |Sok", "Mr. |Kishida", "Dr. |Sok", "J. |Smith", "លោក |សុខ", "និងលោក |សុខ"]
        {
            assert!(stays(text), "{text}");
        }
        for text in ["Excellency |Sok", "ឯកឧត្តម |សុខ", "ពិភពលោក |សុខ", "ខែ កញ្ញា |ឆ្នាំ", "លោក|សុខ", "plan. |We"]
        {
            assert!(!stays(text), "{text}");
        }
    }

    #[test]
    fn latin_numbers_and_dates() {
        for text in [
            "30 |October",
            "October |30,",
            "No. |5",
            "pp. |3",
            "US$ |5",
            "5 |million",
            "9 |a.m.",
            "Chapter |VII",
            "1st |May",
        ] {
            assert!(stays(text), "{text}");
        }
        for text in ["October |2023", "50 |years", "2023 |October", "Chapter |Two", "in |2023"] {
            assert!(!stays(text), "{text}");
        }
    }
}
