//! Honorifics of a man and a woman before one Khmer name: ឯកឧត្តម លោកជំទាវ អៀត សោភា.
//!
//! Before no name both greet an audience, as ឯកឧត្តម លោកជំទាវ អស់លោក លោកស្រី does, so a common surname must follow.
//!
//! Knows texts alone. Its invariant: every range that it gives lies in the text, on characters.

use super::super::{Problem, slips::Slip};
use crate::{khmer::characters::is_in_words, release::Check};

const OF_MEN: &[&str] = &["ឯកឧត្តម", "ឯកឧត្ដម"];
const OF_WOMEN: &[&str] = &["លោកជំទាវ", "លោកស្រី", "អ្នកស្រី", "កញ្ញា"];

/// Surnames that are common and no words that follow such a greeting.
#[rustfmt::skip]
pub(super) const SURNAMES: &[&str] = &[
    "អៀត", "ហ៊ុន", "ប្រាក់", "ឃួន", "ទៀ", "ហេង", "ចាន់", "កែវ", "ឈាង", "លី", "គឹម", "លឹម", "តាន់", "អ៊ុំ", "អ៊ុក", "ពេជ្រ",
    "ជួន", "សុខ", "ហោ", "ង៉ែត", "ម៉ៅ", "ស៊ុន", "ឡុង", "អ៊ិន", "កឹម", "ឈុន", "នួន", "ឌិត", "ខៀវ", "វង្ស", "យឹម", "ឃឹម", "ទ្រី",
];

/// The honorifics of both before one name.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (firsts, seconds) in [(OF_MEN, OF_WOMEN), (OF_WOMEN, OF_MEN)] {
        for first in firsts {
            for (at, _) in text.match_indices(first) {
                let Some(rest) = text.get(at + first.len()..).map(without_spaces) else { continue };
                let Some(said) = seconds.iter().find_map(|second| rest.strip_prefix(second)) else { continue };
                if is_name(without_spaces(said)) {
                    let range = at..text.len() - said.len();
                    let written = text.get(range.clone()).unwrap_or_default().to_owned();
                    slips.push((range, Problem::Prose { kind: Check::Honorifics, written, right: None }));
                }
            }
        }
    }
    slips
}

fn without_spaces(text: &str) -> &str {
    text.trim_start_matches([' ', '\u{A0}', '\u{200B}', '*'])
}

/// Whether a text begins with a surname and a part of a name behind it.
fn is_name(text: &str) -> bool {
    let rest = SURNAMES.iter().filter_map(|surname| text.strip_prefix(surname)).find(|rest| rest.starts_with(' '));
    rest.is_some_and(|rest| rest.trim_start().starts_with(is_in_words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honorifics_of_both_before_one_name_are_found() {
        for (text, wrong) in
            [("ជួបជាមួយឯកឧត្តម លោកជំទាវ អៀត សោភា រដ្ឋមន្ត្រី", "ឯកឧត្តម លោកជំទាវ"), ("លោកជំទាវ ឯកឧត្ដម **ប្រាក់ សុខុន**", "លោកជំទាវ ឯកឧត្ដម")]
        {
            let found = slips(text);
            assert!(matches!(&found[..], [(range, _)] if &text[range.clone()] == wrong), "{text}: {found:?}");
        }
        for text in
            ["ឯកឧត្តម លោកជំទាវ អស់លោក លោកស្រី នាងកញ្ញា", "ជូនចំពោះឯកឧត្តម លោកជំទាវ ភ្ញៀវកិត្តិយសជាតិ", "ឯកឧត្តម ប្រាក់ សុខុន និងលោកជំទាវ អៀត សោភា"]
        {
            assert_eq!(slips(text), [], "{text}");
        }
    }
}
