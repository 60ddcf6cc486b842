//! The part of the day behind an hour in Khmer: ម៉ោង ៥:៣០ រសៀល.
//!
//! Must never know: dates, and what else is counted.

use super::characters::{is_digit, is_space};

const PARTS_OF_DAY: &[&str] = &["ព្រឹក", "ព្រលឹម", "ថ្ងៃត្រង់", "រសៀល", "ល្ងាច", "យប់", "អធ្រាត្រ", "ទៀបភ្លឺ"];

/// Whether an hour, in digits or with its unit, and the part of the day behind it are on either side of a place.
pub fn are_hour_and_part(said: &str, after: &str) -> bool {
    // All parts of the day begin with one of these letters, and few words behind a number do.
    after.starts_with(['ព', 'ថ', 'រ', 'ល', 'យ', 'អ', 'ទ'])
        && (said.ends_with(is_digit) || is_counted(said))
        && PARTS_OF_DAY.iter().any(|part| after.starts_with(part))
}

/// Whether a text ends with an hour or minutes in words: ៣០ នាទី.
fn is_counted(said: &str) -> bool {
    let number = ["ម៉ោង", "នាទី"].iter().find_map(|unit| said.strip_suffix(unit));
    number.is_some_and(|number| number.trim_end_matches(is_space).ends_with(is_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_holds_with_the_part_of_the_day() {
        for (said, after) in [("ម៉ោង ៥:៣០", "រសៀល។"), ("ម៉ោង ៩", "ព្រឹក"), ("៨ និង ៣០ នាទី", "ល្ងាច"), ("៣ ម៉ោង", "យប់")]
        {
            assert!(are_hour_and_part(said, after), "{said} {after}");
        }
        for (said, after) in [("ម៉ោង ៥:៣០", "រដ្ឋមន្ត្រី"), ("ប្រជុំ", "រសៀល"), ("ពីរនាទី", "យប់")]
        {
            assert!(!are_hour_and_part(said, after), "{said} {after}");
        }
    }
}
