//! What belongs together: a number and what it counts, a short title and the name after it.
//!
//! Where a careful typist would put a no-break space, this puts one in thought. The lists are those
//! of official correspondence in the two languages; they hold what is short and comes often, since
//! whatever is kept together costs the line a place.
//!
//! Must never know: where a place came from.
//!
//! Invariant: only pairs of neighbours are held together, so no list can make a line unbreakable.

use super::{
    characters::{is_digit, is_space},
    hours::are_hour_and_part,
    latin::{is_full_month, is_short_month},
};
use crate::{khmer::characters::is_in_words, release::titles};

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
    "គីឡូ", "ម៉ែត្រ", "សង់ទីម៉ែត្រ", "មីលីម៉ែត្រ", "តោន", "ក្រាម", "ហិកតា", "លីត្រ", "អង្សា", "ដឺក្រេ", "វ៉ាត់", "មេហ្គាវ៉ាត់",
    "គីឡូវ៉ាត់", "ម៉ាយ", "សេន", "វ៉ុន", "ផោន", "រូពី", "ដុង", "គីប", "គ្រួសារ", "គ្រឿង", "គ្រាប់", "ក្បាល", "ច្បាប់", "សន្លឹក",
    "កញ្ចប់", "ឈុត", "ខ្នង", "ដើម", "គូ", "ទសវត្សរ៍", "សតវត្សរ៍", "ប្រទេស", "ខេត្ត", "រោច", "កើត",
];

/// Powers of ten, which are between a number and what it counts.
const POWERS: &[&str] = &["រយ", "ពាន់", "ម៉ឺន", "សែន", "លាន", "កោដិ", "ប៊ីលាន", "ទ្រីលាន"];

/// Signs of money and measure that may follow a number after a space. The percent sign never begins a line.
const SIGNS: &str = "៛$€£¥°";

/// The months of the Khmer civil and lunar calendars, after ខែ or the number of a day.
#[rustfmt::skip]
const KHMER_MONTHS: &[&str] = &[
    "មករា", "កុម្ភៈ", "កុម្ភះ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា",
    "ធ្នូ", "មិគសិរ", "មិគសិរៈ", "មិគសិរ្ស", "បុស្ស", "មាឃ", "ផល្គុន", "ចេត្រ", "ចែត្រ", "ពិសាខ", "វិសាខ", "ជេស្ឋ", "អាសាឍ", "ស្រាពណ៍",
    "ស្រាពន៍", "ភទ្របទ", "អស្សុជ", "កត្តិក", "កត្ដិក", "បឋមាសាឍ", "ទុតិយាសាឍ",
];

/// The years of the cycle of ten, after the animal's.
#[rustfmt::skip]
const SAKS: &[&str] = &[
    "ឯកស័ក", "ទោស័ក", "ត្រីស័ក", "ចត្វាស័ក", "បញ្ចស័ក", "ឆស័ក", "សប្តស័ក", "សប្ដស័ក", "អដ្ឋស័ក", "នព្វស័ក", "សំរឹទ្ធិស័ក",
];

/// The eras, at the end of a lunar date.
const ERAS: &[&str] = &["ព.ស.", "ពុទ្ធសករាជ", "គ.ស.", "ម.ស."];

/// What a date's word is nothing without: the days of the week after ថ្ងៃ, and the years after ឆ្នាំ.
const DAYS: &[&str] = &["ទី", "អាទិត្យ", "ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍"];
const YEARS: &[&str] = &["ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ"];

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
    if counts && after.starts_with(|c| SIGNS.contains(c))
        || is_enumerator(said) && after.starts_with(|c| is_in_words(c) || c == '«')
    {
        return true;
    }
    if khmer && counts_by_power(said) && begins_with_any(after, COUNTED) {
        return true;
    }
    if khmer && are_hour_and_part(said, after) {
        return true;
    }
    if counts && khmer {
        if begins_with_any(after, &["រោច", "កើត"]) || begins_with_any(after, KHMER_MONTHS) {
            return true;
        }
        // In ទី៣០ and ឆ្នាំ២០២៣ the number belongs to what is before, and counts nothing.
        let unnumbered = said.trim_end_matches(|c| is_digit(c) || c == '.' || c == ',');
        let is_ordinal = ends_with_any(unnumbered.trim_end_matches(is_space), NUMBERED);
        return !is_ordinal && begins_with_any(after, COUNTED);
    }
    if !spaced {
        return khmer && (ends_with_any(said, PREFIXES) || said.ends_with("ទី") && begins_with_any(after, NUMBER_WORDS));
    }
    if said.ends_with(is_in_words) {
        return khmer && ends_with_title(said, titles::KHMER_SHORT);
    }
    let last = last_word(said);
    let next = first_word(after);
    titles::is_address(last.strip_suffix('.').unwrap_or(last)) && after.starts_with(char::is_alphabetic)
        || is_initial(last) && after.starts_with(char::is_uppercase)
        || is_latin_number(last) && LATIN_COUNTED.contains(&next)
        || is_day(last) && is_latin_month(next)
        || LATIN_NUMBERED.contains(&last) && is_roman(next)
}

/// Whether a text ends with a word whose number follows, but លេខ: in ឆ្នាំ ២០២៦ the number counts nothing.
pub fn is_numbered(said: &str) -> bool {
    ends_with_any(said, NUMBERED) && !said.ends_with("លេខ")
}

/// What a number is the number of: ឆ្នាំ ២០២៣, No. 5, October 30, US$ 5; or the thousands before it.
fn belongs_number(said: &str, after: &str, spaced: bool) -> bool {
    if ends_with_any(said, NUMBERED) {
        return true;
    }
    if !spaced {
        return false;
    }
    let last = last_word(said);
    let digits = after.chars().take_while(|c| is_digit(*c)).count();
    // ៩ : ៣០
    let hour = said.strip_suffix([':', '៖']).map(|said| said.trim_end_matches(is_space));
    hour.is_some_and(|hour| hour.ends_with(is_digit))
        || LATIN_NUMBERED.contains(&last)
        || MONEY.contains(&last)
        || is_latin_month(last) && digits <= 2
        || digits == 3 && said.ends_with(is_digit)
}

/// October, or Oct. with its stop.
fn is_latin_month(word: &str) -> bool {
    is_full_month(word) || word.strip_suffix('.').is_some_and(is_short_month)
}

/// ១០ លាន, before what is counted.
fn counts_by_power(said: &str) -> bool {
    let power = POWERS.iter().find(|power| ends_with(said, power)).and_then(|power| said.strip_suffix(power));
    power
        .map(|said| said.trim_end_matches(is_space))
        .is_some_and(|said| said.ends_with(is_digit) || POWERS.iter().any(|power| said.ends_with(power)))
}

/// The number of an item in a list that is in running text: `១.` `(១)` `ក)` `១.២.`
///
/// A number needs no space before it (អគ្គនាយក៤. អភិបាល), a letter does, and neither has more than two
/// digits: a year is none.
fn is_enumerator(said: &str) -> bool {
    // Asked at every place, and seldom so.
    if !said.ends_with(['.', ')', '/']) {
        return false;
    }
    let last = last_word(said).trim_start_matches('(');
    let Some(label) = last.strip_suffix(['.', ')', '/']) else { return false };
    let is_letter = |part: &str| {
        let mut characters = part.chars();
        characters.next().is_some_and(|c| matches!(c, 'ក'..='អ')) && characters.next().is_none()
    };
    if is_letter(label) {
        return true;
    }
    let label = label.rsplit(|c: char| !is_digit(c) && c != '.').next().unwrap_or_default();
    let before = said.get(..said.len() - last.len()).unwrap_or_default();
    let numbered = last.get(..last.len().saturating_sub(label.len() + 1)).unwrap_or_default();
    !label.is_empty()
        && label.split('.').all(|part| (1..=2).contains(&part.chars().count()))
        && !ends_with_any(if numbered.is_empty() { before.trim_end_matches(is_space) } else { numbered }, NUMBERED)
        && !numbered.ends_with(',')
}

/// Whether the words on either side of a place are parts of one date, which reads best on one line:
/// day, month and year, or weekday, lunar day, month, year, sak and era.
pub fn is_in_date(said: &str, after: &str) -> bool {
    let ends_month = || {
        let month = KHMER_MONTHS
            .iter()
            .filter(|month| ends_with(said, month))
            .filter_map(|month| said.strip_suffix(month))
            .map(|said| said.trim_end_matches(is_space));
        month.into_iter().any(|said| said.ends_with("ខែ") || said.ends_with(is_digit))
    };
    let ends_after = |word: &str, list: &[&str]| {
        list.iter()
            .filter(|last| ends_with(said, last))
            .filter_map(|last| said.strip_suffix(last))
            .any(|said| said.trim_end_matches(is_space).ends_with(word))
    };
    let follows = |word: &str, list: &[&str]| {
        let rest = after.strip_prefix(word).map(|rest| rest.trim_start_matches(is_space));
        rest.is_some_and(|rest| rest.starts_with(is_digit) || begins_with_any(rest, list))
    };
    if said.ends_with(is_digit) {
        return is_day_of_month(said, after);
    }
    is_day_of_month(said, after)
        || follows("ឆ្នាំ", YEARS) && (ends_month() || is_lunar_day(said))
        || begins_with_any(after, SAKS) && ends_after("ឆ្នាំ", YEARS)
        || begins_with_any(after, ERAS) && ends_with_any(said, SAKS)
        || ends_after("ថ្ងៃ", DAYS)
            && !said.ends_with("ទី")
            && (follows("ទី", &[]) || follows("ថ្ងៃទី", &[]) || after.starts_with(is_digit))
}

/// Whether a place is between a day and its month: ថ្ងៃទី១៥ |ខែធ្នូ, ១០កើត |ខែមិគសិរ. A date is torn there last.
pub fn is_day_of_month(said: &str, after: &str) -> bool {
    let Some(month) = after.strip_prefix("ខែ").map(|rest| rest.trim_start_matches(is_space)) else { return false };
    if !month.starts_with(is_digit) && !begins_with_any(month, KHMER_MONTHS) {
        return false;
    }
    let day = said.trim_end_matches(is_digit);
    // Up to two digits; a year is followed by nothing of its date.
    let is_civil = (1..=6).contains(&(said.len() - day.len()));
    is_civil && ends_with_any(day.trim_end_matches(is_space), &["ទី", "ថ្ងៃ"]) || is_lunar_day(said)
}

/// Whether a text ends with a day of the moon: ១០កើត, ១ រោច.
fn is_lunar_day(said: &str) -> bool {
    let day = said.strip_suffix("កើត").or_else(|| said.strip_suffix("រោច"));
    day.is_some_and(|day| day.trim_end_matches(is_space).ends_with(is_digit))
}

/// Whether what is before a place ends with a word that joins: a line rather begins with it.
pub fn ends_with_conjunction(said: &str) -> bool {
    ends_with_any(said, &["និង", "ឬ"])
}

/// How many bytes of a date's word a text begins with after what comes before: no place is inside. The
/// lists are short words that may be elsewhere by chance, so they count only where a date has them.
pub fn date_word(said: &str, after: &str) -> usize {
    let longest =
        |list: &[&str]| list.iter().filter(|word| after.starts_with(**word)).map(|word| word.len()).max().unwrap_or(0);
    let said = said.trim_end_matches(|c| is_space(c) || c == '\u{200B}');
    if said.ends_with("ខែ") || said.ends_with(is_digit) || said.ends_with("កើត") || said.ends_with("រោច")
    {
        longest(KHMER_MONTHS)
    } else if said.ends_with("ថ្ងៃ") {
        longest(DAYS)
    } else if said.ends_with("ឆ្នាំ") {
        longest(YEARS)
    } else {
        0
    }
}

/// The text before a place without the prefix it ends with, if that makes a noun of what follows.
pub fn without_noun_prefix<'a>(before: &'a str, after: &str) -> Option<&'a str> {
    let prefix = NOUN_PREFIXES.iter().find(|prefix| ends_with(before, prefix))?;
    let rest = before.strip_suffix(prefix)?;
    (!begins_with_any(after, NO_NOUNS)).then_some(rest)
}

fn begins_with_any(text: &str, words: &[&str]) -> bool {
    // Asked of long lists at every place: nearly every word is told from the text by one byte, of Khmer the third.
    let told = |text: &str| text.as_bytes().get(2).copied();
    words.iter().any(|word| (word.len() < 3 || told(word) == told(text)) && text.starts_with(word))
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| ends_with(text, word))
}

/// Whether a text ends with a word, told by the last byte where it does not.
fn ends_with(text: &str, word: &str) -> bool {
    word.as_bytes().last() == text.as_bytes().last() && text.ends_with(word)
}

/// What is after the last space or opening sign, as far as it can be on a list: of a longer word its
/// end, which is on none.
fn last_word(said: &str) -> &str {
    let near = said.get(said.ceil_char_boundary(said.len().saturating_sub(LONGEST_WORD))..).unwrap_or_default();
    let is_before = |c: char| matches!(c, '\u{200B}' | '«' | '“' | '‘' | '(' | '[' | '{' | '"') || c.is_whitespace();
    near.rsplit(is_before).next().unwrap_or(near)
}

/// What is before the next space or closing sign.
fn first_word(after: &str) -> &str {
    let is_behind = |c: char| {
        matches!(c, '\u{200B}' | '»' | '”' | '’' | ')' | ']' | '}' | ',' | ';' | ':' | '!' | '?' | '"')
            || c.is_whitespace()
    };
    after.split(is_behind).next().unwrap_or(after)
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
            "១០០០ |៛",
            "១០០|៛",
            "៩ : |៣០",
            "ម៉ោង ៥:៣០ |រសៀល",
            "១០ លាន |ដុល្លារ",
            "២,៥លាន|រៀល",
            "៣. |លោក",
            "នាយក៤. |លោក",
            "(១) |ការ",
            "៖ ក. |គោល",
            "១.២. |ការ",
            "ខ) |ការ",
        ] {
            assert!(stays(text), "{text}");
        }
        for text in [
            "ទី៣០ |ខែតុលា",
            "ឆ្នាំ២០២៣ |និង",
            "ឆ្នាំ២០២៣|នៅ",
            "ទី៣០|ខែតុលា",
            "៣០|ប្រភេទ",
            "មាន|៥០",
            "៥០ |និង",
            "ឆ្នាំ|នេះ",
            "ឆ្នាំ២០២៦. |ការ",
            "គ.ស. |ការ",
            "មាត្រា ៥. |ការ",
            "ខែ|ក្រោយ",
        ] {
            assert!(!stays(text), "{text}");
        }
    }

    #[test]
    fn parts_of_dates_are_seen() {
        for text in [
            "ថ្ងៃទី១៤ |ខែមេសា",
            "ទី៣០|ខែតុលា",
            "ខែមេសា |ឆ្នាំ២០២៧",
            "១៧ កក្កដា |ឆ្នាំ២០២៧",
            "ខែមករា |ឆ្នាំ ២០២៧",
            "ថ្ងៃសៅរ៍ |១០កើត",
            "ថ្ងៃសៅរ៍ |ទី២៨",
            "ថ្ងៃពុធ |ថ្ងៃទី២៨",
            "១០កើត |ខែមិគសិរ",
            "១ រោច |ខែស្រាពណ៍",
            "ខែមិគសិរ |ឆ្នាំរោង",
            "ឆ្នាំរោង |ឆស័ក",
            "ឆស័ក |ព.ស. ២៥៦៨",
        ] {
            let (before, after) = text.split_once('|').unwrap();
            assert!(is_in_date(before.trim_end(), after), "{text}");
        }
        for text in ["ឆ្នាំ២០២៣ |ខែមេសា", "ទី៣០ |និង", "នៅខែ |ឆ្នាំ", "កញ្ញា |ឆ្នាំ២០២៣", "ប្រជុំ |ថ្ងៃទី១", "ទី៥០ |នៃ"]
        {
            let (before, after) = text.split_once('|').unwrap();
            assert!(!is_in_date(before.trim_end(), after), "{text}");
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
