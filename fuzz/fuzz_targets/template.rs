//! A template: what it asks for, and what it becomes when that is answered with anything.
//!
//! The input is the template, then after a zero byte each an answer.
#![no_main]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use release_composer::{
    release::file,
    template::{fill, to_template},
};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut parts = text.split('\0');
    let Ok(template) = file::parse(parts.next().unwrap_or_default()) else { return };
    let given: Vec<&str> = parts.collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let asked = template.asked();
    // Where there is no default, which may not fit either, an answer is refused for itself alone.
    let mut bare = template.clone();
    bare.placeholders.iter_mut().for_each(|one| one.default.clear());
    let mut answers = BTreeMap::new();
    for (placeholder, answer) in asked.iter().zip(&given) {
        let one = BTreeMap::from([(placeholder.name.clone(), (*answer).to_owned())]);
        match fill(&bare, &one, today) {
            Ok(_) => answers.extend(one),
            Err(error) => assert_eq!(error.name(), placeholder.name),
        }
    }
    // A default of the template may be no date or no choice.
    match fill(&template, &answers, today) {
        Ok(filled) => {
            let open = filled.open_placeholders();
            assert!(filled.placeholders.iter().all(|one| open.iter().any(|open| open.name == one.name)));
            assert_eq!(file::parse(&file::write(&filled)).expect("what is filled can be saved"), filled);
        }
        Err(error) => assert!(asked.iter().any(|one| one.name == error.name()), "{error}"),
    }
    // Answers as they come, fitting or not.
    let any = asked.iter().zip(&given).map(|(one, answer)| (one.name.clone(), (*answer).to_owned())).collect();
    _ = fill(&template, &any, today);
    let made = to_template(&template, template.template.clone().unwrap_or_default());
    assert_eq!(file::parse(&file::write(&made)).expect("what is made a template can be saved"), made);
});
