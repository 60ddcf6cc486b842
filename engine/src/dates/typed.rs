//! A civil date as a person types or pastes it.
//!
//! Knows the forms that officials use and is lenient about spaces, digits and commas, never about
//! meaning: what could be two dates, or is not understood, is an error that says what to type
//! instead. Must never look at today's date to fill a gap. The invariant: what is accepted names
//! one day, and the same day whichever form it is typed in.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Month, NaiveDate};

use super::civil::{MONTHS, english_month, khmer_month};
use super::numerals::to_arabic_digits;
use crate::khmer::characters::{is_in_words, is_invisible};

/// The years in which a typed date may lie. Beyond them it is a slip of the finger, or another era.
pub const TYPED_YEARS: RangeInclusive<i32> = 1900..=2200;

/// The century of a year of two digits. The date is shown in words, so that another one is seen to be meant.
const CENTURY: i32 = 2000;

/// Years of the Buddhist Era are ahead of the civil ones by 543 or 544.
pub const BUDDHIST_ERA: RangeInclusive<i32> = 1900 + 543..=2200 + 544;

/// What joins a lunar date to the civil one it equals: the civil date comes after it.
const EQUALS: &str = "ត្រូវនឹង";

/// Khmer words written together with the parts of a date. Longest first, for one is in the other.
const KHMER_LABELS: [&str; 5] = ["ឆ្នាំ", "ថ្ងៃទី", "ថ្ងៃ", "ខែ", "ទី"];

/// Words between the numbers that add nothing: ordinals, and the letters of the era.
const FILLERS: [&str; 12] = ["st", "nd", "rd", "th", "of", "the", "ad", "ce", "គ", "ព", "ស", "គស"];

/// Why a typed date was not accepted. Its [`Display`](fmt::Display) tells the user what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Empty,
    /// Not one day, one month and one year.
    Incomplete,
    /// A word where the month or the year should be.
    UnknownWord {
        /// The word as typed.
        word: String,
    },
    /// A year of one digit, or a number in its place that can be none.
    ShortYear {
        /// The year as typed, in Arabic digits.
        year: String,
    },
    /// A year outside of [`TYPED_YEARS`].
    FarYear {
        /// The year.
        year: i32,
    },
    /// The number in the place of the month is not a month.
    NoSuchMonth {
        /// The number.
        month: u32,
    },
    /// The month has no such day in that year.
    NoSuchDay {
        /// The day.
        day: u32,
        /// The month.
        month: Month,
        /// The year.
        year: i32,
    },
    /// A date of the lunar calendar alone.
    Lunar,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "There is no date. Type one such as 30 October 2023 or ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣."),
            Self::Incomplete => write!(
                f,
                "A date needs one day, one month and one year. Type it as 30 October 2023, 30/10/2023 or \
                 ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣."
            ),
            Self::UnknownWord { word } => write!(
                f,
                "“{word}” is not understood in a date. Check the name of the month, or type the date as 30/10/2023."
            ),
            Self::ShortYear { year } => write!(f, "The year “{year}” is too short. Type all four digits, as in 2023."),
            Self::FarYear { year } if BUDDHIST_ERA.contains(year) => write!(
                f,
                "{year} seems to be a year of the Buddhist Era. Type the civil year, 543 or 544 less: {} or {}.",
                year - 543,
                year - 544
            ),
            Self::FarYear { year } => write!(
                f,
                "The year {year} is not between {} and {}. Check its digits.",
                TYPED_YEARS.start(),
                TYPED_YEARS.end()
            ),
            Self::NoSuchMonth { month } => write!(
                f,
                "There is no month {month}. In numbers the day comes first and the month second, as in 30/10/2023."
            ),
            Self::NoSuchDay { day, month, year } => {
                write!(f, "There is no {day} {} {year}. Check the day.", english_month(*month))
            }
            Self::Lunar => {
                write!(
                    f,
                    "This is a date of the lunar calendar. Type the civil date; the lunar one is worked out from it."
                )
            }
        }
    }
}

impl std::error::Error for DateError {}

/// The civil date in `text`.
///
/// Read are `30 October 2023`, `October 30, 2023`, `30 Oct 2023`, `30/10/2023` (the day first, also
/// with dots, hyphens or spaces), `30/10/23` for the same, `2023-10-30` (a year of four digits first), and
/// `ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣`, with Khmer or Arabic digits. Spaces may be missing, many or of no
/// width. A place or a weekday before the date is passed over, so a whole date line may be pasted,
/// and so is a lunar date joined to the civil one by ត្រូវនឹង.
///
/// # Errors
///
/// [`DateError`] when the text is no date, more than one, or not a day of [`TYPED_YEARS`].
pub fn read_date(text: &str) -> Result<NaiveDate, DateError> {
    let text = plain(text);
    let text = match text.rsplit_once(EQUALS) {
        Some((_, civil)) => civil,
        None if text.contains("កើត") || text.contains("រោច") => return Err(DateError::Lunar),
        None => text.as_str(),
    };
    let Parts { numbers, months, before_month, is_span } = Parts::of(text)?;

    match (numbers.as_slice(), months.as_slice()) {
        ([], []) if text.trim().is_empty() => Err(DateError::Empty),
        (&[first, second], &[month]) => match (is_year(first), is_year(second)) {
            (false, true) => civil_date(first, month, second),
            (true, false) => civil_date(second, month, first),
            // 15–16 October and October 15–16 have no year.
            (false, false) if before_month < 2 && !is_span => civil_date(first, month, second),
            (false, false) => Err(DateError::ShortYear { year: second.to_owned() }),
            (true, true) => Err(DateError::Incomplete),
        },
        (&[first, second, third], []) => match (is_year(first), is_year(third)) {
            (true, false) => civil_date(third, month_of(second)?, first),
            // 5–6/10 is no day of 2010.
            (false, false) if is_span => Err(DateError::ShortYear { year: third.to_owned() }),
            (false, _) => civil_date(first, month_of(second)?, third),
            (true, true) => Err(DateError::Incomplete),
        },
        _ => Err(DateError::Incomplete),
    }
}

/// Whether a date is written in numbers, the day first, so that a reader may take it for another one.
pub fn is_day_first(text: &str) -> bool {
    let text = plain(text);
    let parts = Parts::of(&text);
    parts.is_ok_and(|parts| {
        parts.months.is_empty() && matches!(parts.numbers.as_slice(), &[first, _, _] if !is_year(first))
    })
}

/// Whether the year of a date was completed from two digits, so that a reader may be surprised by it.
pub fn is_year_completed(text: &str) -> bool {
    let text = plain(text);
    read_date(&text).is_ok() && Parts::of(&text).is_ok_and(|parts| !parts.numbers.iter().any(|number| is_year(number)))
}

/// A text with Arabic digits and without what is not seen.
fn plain(text: &str) -> String {
    to_arabic_digits(text).chars().filter(|&c| !is_invisible(c)).collect()
}

/// The numbers and the months of a text, in their order.
#[derive(Default)]
struct Parts<'a> {
    numbers: Vec<&'a str>,
    months: Vec<Month>,
    /// How many of the numbers come before the last month.
    before_month: usize,
    /// Whether two numbers may be the ends of a span: beside a month they are joined by more than a comma, or without
    /// one by another sign than the third.
    is_span: bool,
}

impl<'a> Parts<'a> {
    /// Words before the first number are a place or a weekday and may be anything. After it each
    /// word must be understood, or a misspelt month would be passed over.
    fn of(text: &'a str) -> Result<Self, DateError> {
        let mut parts = Self::default();
        // What is between two numbers with no month between them.
        let mut signs: Vec<&str> = Vec::new();
        let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | '\'' | '’');
        let (mut follows_number, mut end) = (false, 0);
        for (start, token) in tokens(text) {
            let sign = text.get(end..start).unwrap_or_default().trim_matches(is_gap);
            end = start + token.len();
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                signs.extend(follows_number.then_some(sign));
                follows_number = true;
                parts.numbers.push(token);
                continue;
            }
            for word in without_labels(token) {
                if let Some(month) = month_named(word) {
                    parts.months.push(month);
                    parts.before_month = parts.numbers.len();
                    follows_number = false;
                } else if !parts.numbers.is_empty() && !FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) {
                    return Err(DateError::UnknownWord { word: word.to_owned() });
                }
            }
        }
        parts.is_span = match signs.as_slice() {
            signs if !parts.months.is_empty() => signs.iter().any(|sign| !sign.is_empty()),
            [first, others @ ..] => others.iter().any(|sign| sign != first),
            [] => false,
        };
        Ok(parts)
    }
}

/// The runs of digits and the runs of letters in `text`, each with the byte at which it begins; all else separates them.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let kind = |c: char| (c.is_ascii_digit(), is_letter(c));
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c| kind(c) != (false, false))?;
        let from_start = rest.get(start..)?;
        let first = kind(from_start.chars().next()?);
        let end = from_start.find(|c| kind(c) != first).unwrap_or(from_start.len());
        let (token, after) = from_start.split_at_checked(end)?;
        rest = after;
        Some((text.len() - after.len() - token.len(), token))
    })
}

/// A word of Khmer cut at the labels of a date, which Khmer writes without spaces between.
fn without_labels(word: &str) -> Vec<&str> {
    let mut pieces = vec![word];
    for label in KHMER_LABELS {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(label)).filter(|piece| !piece.is_empty()).collect();
    }
    pieces
}

fn month_named(word: &str) -> Option<Month> {
    MONTHS.into_iter().find(|&month| {
        let english = english_month(month);
        let khmer = khmer_month(month);
        // In full or cut short, as far down as Oct: three letters tell all months apart.
        let short = english.get(..word.len()).filter(|short| short.len() >= 3);
        short.is_some_and(|short| short.eq_ignore_ascii_case(word))
            || khmer == word
            // ះ is often typed for the ៈ of February, and ៈ left away.
            || khmer.strip_suffix('ៈ').is_some_and(|stem| word.strip_suffix('ះ').unwrap_or(word) == stem)
    })
}

fn month_of(number: &str) -> Result<Month, DateError> {
    let number = number.parse::<u32>().map_err(|_| DateError::Incomplete)?;
    let month = u8::try_from(number).ok().and_then(|number| Month::try_from(number).ok());
    month.ok_or(DateError::NoSuchMonth { month: number })
}

fn civil_date(day: &str, month: Month, year: &str) -> Result<NaiveDate, DateError> {
    let day = day.parse::<u32>().map_err(|_| DateError::Incomplete)?;
    let is_short = year.len() == 2;
    if year.len() == 1 {
        return Err(DateError::ShortYear { year: year.to_owned() });
    }
    let year = year.parse::<i32>().map_err(|_| DateError::Incomplete)?;
    let year = if is_short { CENTURY + year } else { year };
    if !TYPED_YEARS.contains(&year) {
        return Err(DateError::FarYear { year });
    }
    NaiveDate::from_ymd_opt(year, month.number_from_month(), day).ok_or(DateError::NoSuchDay { day, month, year })
}

/// A number of three digits is a year cut short or gone astray, and never a day.
fn is_year(number: &str) -> bool {
    number.len() >= 3
}

/// Letters of any script, and the Khmer signs that belong to a word but are no letters of their own.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_in_words(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dates::{english_date, khmer_date, to_khmer_digits};

    const OCTOBER: (i32, u32, u32) = (2023, 10, 30);

    fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[track_caller]
    fn reads(text: &str, expected: (i32, u32, u32)) {
        assert_eq!(read_date(text), Ok(date(expected)), "{text}");
    }

    #[track_caller]
    fn fails(text: &str, expected: DateError) {
        assert_eq!(read_date(text), Err(expected), "{text}");
    }

    #[test]
    fn english_forms() {
        for text in [
            "30 October 2023",
            "  30   October,  2023 ",
            "30th October 2023",
            "the 30th of October 2023",
            "30 OCT. 2023",
            "October 30, 2023",
            "Monday, 30 October 2023",
            "Phnom Penh, 30 October 2023",
            "30October2023",
            "30-Oct-2023",
            "2023 October 30",
            "30\u{A0}October\u{A0}2023",
        ] {
            reads(text, OCTOBER);
        }
        reads("1 May 2026", (2026, 5, 1));
        reads("12 Sept 2024", (2024, 9, 12));
    }

    #[test]
    fn numeric_forms() {
        for text in ["2023-10-30", "2023/10/30", "30/10/2023", "30.10.2023", "30-10-2023", "30 10 2023", "៣០/១០/២០២៣"]
        {
            reads(text, OCTOBER);
        }
        // The day comes first even where the month could.
        reads("05/04/2024", (2024, 4, 5));
        for text in
            ["3/5/26", "3. 5. 26", "3-5-26", "03 05 26", "៣/៥/២៦", "3 May 26", "3-May-26", "May 3, 26", "May 3rd ’26"]
        {
            reads(text, (2026, 5, 3));
            assert!(is_year_completed(text), "{text}");
        }
        assert!(!is_year_completed("2026-05-03") && !is_year_completed("3 May 2026") && !is_year_completed("3/5"));
        assert!(is_day_first("3/5/26") && is_day_first("៣-៥-២០២៦"));
        assert!(!is_day_first("2026-05-03") && !is_day_first("3 May 26") && !is_day_first("tomorrow"));
    }

    #[test]
    fn khmer_forms() {
        for text in [
            "ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣",
            "ថ្ងៃទី30 ខែតុលា ឆ្នាំ2023",
            "ថ្ងៃទី៣០ខែតុលាឆ្នាំ២០២៣",
            "ថ្ងៃទី ៣០  ខែ តុលា  ឆ្នាំ ២០២៣។",
            "ថ្ងៃ\u{200B}ទី\u{200B}៣០ ខែ\u{200B}តុលា ឆ្នាំ\u{200B}២០២៣",
            "ថ្ងៃចន្ទ ទី៣០ ខែតុលា ឆ្នាំ២០២៣",
            "រាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣",
            "រាជធានីភ្នំពេញ, ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ គ.ស.",
            "៣០ តុលា ២០២៣",
            "៣០ October ២០២៣",
        ] {
            reads(text, OCTOBER);
        }
        for february in ["កុម្ភៈ", "កុម្ភះ", "កុម្ភ"] {
            reads(&format!("ថ្ងៃទី៥ ខែ{february} ឆ្នាំ២០២៤"), (2024, 2, 5));
        }
    }

    #[test]
    fn a_lunar_date_before_the_civil_one_is_passed_over() {
        let text = "ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧ ត្រូវនឹងថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣";
        reads(text, OCTOBER);
        fails("ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧", DateError::Lunar);
    }

    #[test]
    fn what_is_no_date_says_why() {
        fails("", DateError::Empty);
        fails(" \u{200B}\n", DateError::Empty);
        fails("tomorrow", DateError::Incomplete);
        fails("October 2023", DateError::Incomplete);
        fails("30/10", DateError::Incomplete);
        fails("30 October 2023, 10:30", DateError::Incomplete);
        fails("30 October or November 2023", DateError::UnknownWord { word: "or".into() });
        fails("30 Octobre 2023", DateError::UnknownWord { word: "Octobre".into() });
        fails("ថ្ងៃទី៣០ ខែតុល្លា ឆ្នាំ២០២៣", DateError::UnknownWord { word: "តុល្លា".into() });
        fails("30/10/3", DateError::ShortYear { year: "3".into() });
        for span in ["15-16 October", "October 15-16", "Oct. 15th–16th", "October 15 & 16", "តុលា ១៥-១៦"]
        {
            fails(span, DateError::ShortYear { year: "16".into() });
        }
        fails("May 3-26", DateError::ShortYear { year: "26".into() });
        fails("5-6/10", DateError::ShortYear { year: "10".into() });
        fails("3/26/26", DateError::NoSuchMonth { month: 26 });
        fails("30 October 203", DateError::FarYear { year: 203 });
        fails("30 October 0203", DateError::FarYear { year: 203 });
        fails("ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២៥៦៧", DateError::FarYear { year: 2567 });
        fails("10/30/2023", DateError::NoSuchMonth { month: 30 });
        fails("29 February 2023", DateError::NoSuchDay { day: 29, month: Month::February, year: 2023 });
        fails("0/1/2023", DateError::NoSuchDay { day: 0, month: Month::January, year: 2023 });
        fails("99999999999999999999 May 2023", DateError::Incomplete);
        fails("30 May 99999999999999999999", DateError::Incomplete);
    }

    #[test]
    fn errors_say_what_to_type() {
        let advice = |text: &str| read_date(text).unwrap_err().to_string();
        assert!(advice("30 October 2566").contains("2023 or 2022"));
        assert!(advice("30/10/3").contains("four digits"));
        assert!(advice("10/30/2023").contains("the day comes first"));
        assert!(advice("30 Octobre 2023").contains("“Octobre”"));
        assert_eq!(advice("29 February 2023"), "There is no 29 February 2023. Check the day.");
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0..=date((2200, 12, 31)).signed_duration_since(date((1900, 1, 1))).num_days())
            .prop_map(|days| date((1900, 1, 1)) + chrono::TimeDelta::days(days))
    }

    proptest! {
        #[test]
        fn every_form_names_the_same_day(day in days()) {
            prop_assert_eq!(read_date(&english_date(day)), Ok(day));
            prop_assert_eq!(read_date(&khmer_date(day)), Ok(day));
            for form in ["%Y-%m-%d", "%d/%m/%Y", "%-d %b %Y", "%B %-d, %Y", "%A, %-d %B %Y"] {
                let text = day.format(form).to_string();
                prop_assert_eq!(read_date(&text), Ok(day));
                prop_assert_eq!(read_date(&to_khmer_digits(&text)), Ok(day));
            }
        }

        #[test]
        fn zero_width_spaces_change_nothing(day in days(), at in any::<prop::sample::Index>()) {
            let mut letters: Vec<char> = khmer_date(day).chars().collect();
            letters.insert(at.index(letters.len() + 1), '\u{200B}');
            prop_assert_eq!(read_date(&letters.into_iter().collect::<String>()), Ok(day));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = read_date(&text);
        }

        #[test]
        fn no_scrap_of_a_date_panics(text in "([0-9០-៩]{1,5}|[ /.-]|October|May|ខែ|តុលា|ឆ្នាំ|ថ្ងៃទី|\u{200B}|ៈ|្){0,12}") {
            if let Ok(day) = read_date(&text) {
                prop_assert_eq!(read_date(&english_date(day)), Ok(day));
            }
        }
    }
}
