//! The public holidays of Cambodia, as far as they follow from the calendar.
//!
//! Knows dates alone. A government may move a holiday for a year or add one, so this is what a calendar shows and
//! nothing that a date is checked against.
//!
//! Source: the sub-decrees on public holidays for 2023 to 2026.

use chrono::{Datelike as _, NaiveDate};

use super::{LunarDate, LunarMonth, Phase, YEARS, new_year};
use crate::release::Language;

/// The holiday on a day, in a language; `None` on a day that has none, and outside of the years of the calendar.
pub fn holiday(date: NaiveDate, language: Language) -> Option<&'static str> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let name = fixed(date).or_else(|| by_the_moon(date)).or_else(|| of_new_year(date))?;
    Some(match language {
        Language::English => name.0,
        Language::Khmer => name.1,
    })
}

type Name = (&'static str, &'static str);

/// Those with a day of the civil year.
fn fixed(date: NaiveDate) -> Option<Name> {
    Some(match (date.month(), date.day()) {
        (1, 1) => ("International New Year", "ចូលឆ្នាំសកល"),
        (1, 7) => ("Victory Day", "ទិវាជ័យជម្នះលើរបបប្រល័យពូជសាសន៍"),
        (3, 8) => ("International Women’s Day", "ទិវាអន្តរជាតិនារី"),
        (5, 1) => ("International Labour Day", "ទិវាពលកម្មអន្តរជាតិ"),
        (5, 14) => ("King Sihamoni’s Birthday", "ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្មព្រះមហាក្សត្រ"),
        (6, 18) => ("Queen Mother’s Birthday", "ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្មសម្តេចព្រះមហាក្សត្រី"),
        (9, 24) => ("Constitution Day", "ទិវាប្រកាសរដ្ឋធម្មនុញ្ញ"),
        (10, 15) => ("Commemoration of the King Father", "ទិវាប្រារព្ធពិធីគោរពព្រះវិញ្ញាណក្ខន្ធព្រះបរមរតនកោដ្ឋ"),
        (10, 29) => ("Coronation Day", "ព្រះរាជពិធីគ្រងព្រះបរមរាជសម្បត្តិ"),
        (11, 9) => ("Independence Day", "បុណ្យឯករាជ្យជាតិ"),
        _ => return None,
    })
}

/// Those with a day of the lunar year.
fn by_the_moon(date: NaiveDate) -> Option<Name> {
    let LunarDate { day, phase, month, .. } = LunarDate::of(date)?;
    Some(match (month, phase, day) {
        (LunarMonth::Pisak, Phase::Waxing, 15) => ("Visak Bochea", "ពិធីបុណ្យវិសាខបូជា"),
        (LunarMonth::Pisak, Phase::Waning, 4) => ("Royal Ploughing Ceremony", "ព្រះរាជពិធីច្រត់ព្រះនង្គ័ល"),
        (LunarMonth::Phatrabot, Phase::Waning, 14 | 15) | (LunarMonth::Assoch, Phase::Waxing, 1) => {
            ("Pchum Ben", "ពិធីបុណ្យភ្ជុំបិណ្ឌ")
        }
        (LunarMonth::Kadek, Phase::Waxing, 14 | 15) | (LunarMonth::Kadek, Phase::Waning, 1) => {
            ("Water Festival", "ព្រះរាជពិធីបុណ្យអុំទូក បណ្តែតប្រទីប និងសំពះព្រះខែ អកអំបុក")
        }
        _ => return None,
    })
}

/// From Maha Songkran to Leungsak.
fn of_new_year(date: NaiveDate) -> Option<Name> {
    let new_year = new_year(date.year())?;
    let days = new_year.songkran.date()..=new_year.leungsak;
    days.contains(&date).then_some(("Khmer New Year", "ពិធីបុណ្យចូលឆ្នាំថ្មី ប្រពៃណីជាតិ"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_are_on_the_days_of_the_decrees() {
        for (day, name) in [
            ("2023-05-04", "Visak Bochea"),
            ("2024-05-22", "Visak Bochea"),
            ("2025-05-11", "Visak Bochea"),
            ("2025-05-15", "Royal Ploughing Ceremony"),
            ("2023-10-13", "Pchum Ben"),
            ("2023-10-15", "Commemoration of the King Father"),
            ("2024-10-03", "Pchum Ben"),
            ("2024-11-14", "Water Festival"),
            ("2025-11-06", "Water Festival"),
            ("2024-04-13", "Khmer New Year"),
            ("2024-11-09", "Independence Day"),
        ] {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(holiday(day, Language::English), Some(name), "{day}");
            assert!(holiday(day, Language::Khmer).is_some());
        }
        assert_eq!(holiday("2023-10-30".parse().unwrap(), Language::English), None);
        assert_eq!(holiday(NaiveDate::MIN, Language::English), None);
    }
}
