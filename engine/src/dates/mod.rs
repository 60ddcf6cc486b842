//! Dates as official documents write them: in English, in Khmer, and by the Khmer lunar calendar.
//!
//! Arithmetic on [`chrono::NaiveDate`] and nothing else. Must never know which day it is today,
//! what a release is beyond its language, or how a line will be set. Its one invariant: whatever is passed in, nothing
//! panics, and the answer depends on the arguments alone.
//!
//! ```
//! use chrono::NaiveDate;
//! use release_composer_engine::dates::{LunarDate, english_date, khmer_date, read_date};
//!
//! let date = read_date("30 October 2023").unwrap();
//! assert_eq!(Some(date), NaiveDate::from_ymd_opt(2023, 10, 30));
//! assert_eq!(english_date(date), "30 October 2023");
//! assert_eq!(khmer_date(date), "ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣");
//!
//! let lunar = LunarDate::of(date).unwrap();
//! assert_eq!(lunar.khmer_line(), "ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
//! ```
//!
//! | file | what it answers |
//! |---|---|
//! | `numerals` | how a number is written in Khmer digits |
//! | `civil` | how a civil date is written |
//! | `typed` | which date a person typed or pasted |
//! | `reckoning` | how long a lunar year is, and on which day it begins |
//! | `new_year` | when the Khmer New Year comes, to the minute |
//! | `cycle` | which animal and which sak a year bears |
//! | `lunar` | the lunar date of a civil date |
//! | `holidays` | which public holiday a day is |
//!
//! # Which year turns when
//!
//! Three counts of years are in a lunar date line, and each has a turn of its own:
//!
//! | count | turns | source |
//! |---|---|---|
//! | animal | at the moment of Maha Songkran, on 13 or 14 April in our time | the yearly almanacs, which print the hour; momentkh |
//! | sak | with the day of Leungsak, the last of the New Year, at midnight | Khmer Wikipedia, សង្ក្រាន្ត: the sak changes on the last day, "this very day"; the midnight is momentkh's |
//! | Buddhist Era | with ១រោច ខែពិសាខ, the day after Visak Bochea, at midnight | Chuon Nath's dictionary, as Thmey Thmey explained it on 16 May 2022; officials dated 4 May 2023 ព.ស. ២៥៦៦ and 8 May 2023 ព.ស. ២៥៦៧ |
//!
//! So for two or three days in April a line has the new animal with the old sak. That is the rule
//! and not a slip. An older custom, to change the animal on ១កើត ខែចេត្រ, is not followed: the Royal
//! Academy of Cambodia dated 4 April 2025, ៧កើត ខែចេត្រ, in the old year.
//!
//! # Sources of the calendar
//!
//! The rules are those of Roath Kim Soeun, *Pratitin Soryakkatik-Chankatik* (the volumes for 1900
//! to 1999 and 2000 to 2099), as explained by Phylypo Tum, *Khmer Chhankitek Calendar*
//! (khmer-calendar.tovnah.com, formerly cam-cc.org), and for the hour of the New Year as worked
//! out in the libraries momentkh (Thyrith Sor) and khmer-chhankitek-calendar (Kuylim Tith). Printed
//! calendars have been known to differ from each other; where the official calendar of a year says
//! otherwise than this one, the official one is right.

mod civil;
mod cycle;
mod figures;
mod holidays;
mod lunar;
mod new_year;
mod numerals;
mod reckoning;
mod typed;

pub use civil::{
    MONTHS, WEEKDAYS, date_in, date_with_weekday, english_date, english_month, english_weekday, khmer_date,
    khmer_month, khmer_weekday,
};
pub use cycle::{Animal, Sak};
pub use figures::{khmer_decimal, to_english_figures, to_khmer_figures};
pub use holidays::holiday;
pub use lunar::{LunarDate, LunarMonth, Phase};
pub use new_year::{NewYear, new_year};
pub use numerals::{khmer_number, to_arabic_digits, to_khmer_digits};
pub use reckoning::YEARS;
pub use typed::{BUDDHIST_ERA, DateError, TYPED_YEARS, is_day_first, is_year_completed, read_date};
