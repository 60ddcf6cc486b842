use proptest::prelude::*;

use super::*;
use crate::release::{Paragraph, RichText};

fn of(texts: &[&str], own: &KnownWords) -> Vec<(Field, Range<usize>, Problem)> {
    of_listed(texts, own, &Roster::default())
}

fn of_listed(texts: &[&str], own: &KnownWords, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
    let release = Release { body, ..Release::default() };
    let found = misspelt(&release, own, roster);
    for (field, range, problem) in &found {
        let Problem::Misspelt { word, .. } = problem else { panic!("{problem:?}") };
        let text = release.text(*field).unwrap();
        assert_eq!(tokens::plain(&text.as_str()[range.clone()]), word.as_str());
    }
    found
}

fn found(text: &str) -> Vec<String> {
    found_beside(text, &Roster::default())
}

/// What is found in a text where these people are listed.
fn found_beside(text: &str, roster: &Roster) -> Vec<String> {
    let word = |(_, _, problem)| match problem {
        Problem::Misspelt { word, .. } => word,
        other => panic!("{other:?}"),
    };
    of_listed(&[text], &KnownWords::new(), roster).into_iter().map(word).collect()
}

#[test]
fn a_small_word_within_a_name_is_right() {
    for name in ["Luiz Inácio Lula da Silva", "Charles de Gaulle", "Ludwig van der Rohe", "Abdullah bin Ahmad"] {
        let found = found(&format!("He met {name} today."));
        assert!(found.iter().all(|word| word.starts_with(char::is_uppercase)), "{name}: {found:?}");
    }
    // Elsewhere it is judged as any word.
    assert!(found("They talked von and on.").contains(&"von".to_owned()));
}

#[test]
fn a_text_without_spaces_takes_work_in_proportion() {
    use crate::work::tests::{assert_linear, steps};
    for part in ["ab-/", "de-/"] {
        assert_linear(200, |size| steps(|| tokens::tokens(&part.repeat(size), &KnownWords::new())));
    }
}

#[test]
fn a_slip_is_found_once_a_text_with_what_may_be_meant() {
    let found = of(&["the goverment and the goverment", "The goverment"], &KnownWords::new());
    let fields: Vec<_> = found.iter().map(|(field, range, _)| (*field, range.clone())).collect();
    assert_eq!(fields, [(Field::Paragraph(0), 4..13), (Field::Paragraph(1), 4..13)]);
    assert!(matches!(&found[0].2, Problem::Misspelt { suggestions, .. } if suggestions[0] == "government"));
}

#[test]
fn the_commonest_slip_is_offered_first() {
    for (slip, meant) in [
        ("recieve", "receive"),
        ("goverment", "government"),
        ("occured", "occurred"),
        ("arived", "arrived"),
        ("commitee", "committee"),
        ("agrement", "agreement"),
        ("untill", "until"),
        ("seperate", "separate"),
        ("bilatral", "bilateral"),
        ("Minsiter", "Minister"),
        ("cooporation", "cooperation"),
        ("sucessful", "successful"),
    ] {
        assert_eq!(english::suggestions(slip).first().map(String::as_str), Some(meant), "{slip}");
    }
}

#[test]
fn words_of_diplomacy_are_right() {
    assert_eq!(found("a laissez-passer, ten per cent per annum, the hotline, and a Kampuchean"), Vec::<String>::new());
}

#[test]
fn both_spellings_are_right() {
    assert_eq!(found("The defense programme of the organisation, organized in colour; the centre's defences"), [""; 0]);
}

#[test]
fn a_name_is_none_of_ours() {
    assert_eq!(
        found("Her Excellency KAMIKAWA Yoko met SOK Chenda Sophea and Mr. Vongsey Vissoth in Mariupolis"),
        [""; 0]
    );
    assert_eq!(found("Minister Kamikaw said; Minister Kamikaw left"), [""; 0]);
    // But a word in capitals at the beginning of a sentence is most likely none.
    assert_eq!(found("Minsitry officials met. Cambodai and Japan"), ["Minsitry", "Cambodai"]);
}

#[test]
fn a_word_of_a_listed_name_is_right() {
    let text = "Minsitry officials met. Cooperaton-Developmnet’s staff. The binn and the minsitry";
    assert_eq!(found(text), ["Minsitry", "Cooperaton", "Developmnet", "binn", "minsitry"]);
    let list = r#"(names: [
        (english: "MINSITRY Cooperaton-Dévelopmnet binn Ali", title: (english: "Minister of the goverment")),
    ])"#;
    let roster: Roster = crate::roster::file::parse(list).unwrap().into_iter().collect();
    // A name is written with a capital, as it is listed, and a title makes no word right.
    assert_eq!(found_beside(text, &roster), ["minsitry"]);
    assert_eq!(found_beside("the goverment of the people", &roster), ["goverment"]);
}

#[test]
fn what_no_dictionary_can_know_is_let_pass() {
    assert_eq!(
        found("Write to presss@mfaic.gov.kh or www.mfaic.gov.kh/abcdefx and https://exampel.org/hellp now"),
        [""; 0]
    );
    assert_eq!(found("the 21st, COVID-19, 5G, H1N1x and ASEAN's e.g. U.S. approx. 30 km, dept. of, iv, xii"), [""; 0]);
    assert_eq!(found("the {{nmae of the minsiter}} said"), [""; 0]);
    assert_eq!(found("le ministre des affaires étrangères a déclaré que nous sommes très heureux"), [""; 0]);
}

#[test]
fn many_slips_in_one_text_are_all_found() {
    let slips = ["minsiter", "goverment", "cooperaton", "developmnet", "agreemnet", "bilaterall", "kingdmo"];
    let text: String = slips.iter().map(|slip| format!("the people of the {slip} and ")).collect();
    assert_eq!(found(&text), slips);
}

#[test]
fn joined_words_are_judged_by_their_parts() {
    assert_eq!(found("the ministry’s well-being, co-operation and people-to-people ties; the ministers’ own"), [""; 0]);
    assert_eq!(found("the minsiter’s long-tremq view"), ["minsiter", "tremq"]);
    assert_eq!(found("people-to-people-goverment-relations between both"), ["goverment"]);
    assert_eq!(found("co\u{AD}op\u{AD}er\u{AD}ation of the oﬃce by\u{200B}law to\u{200B}gether"), [""; 0]);
    assert_eq!(found("don't, doesn’t and won’t; ‘quoted words’ and 'others'"), [""; 0]);
}

#[test]
fn a_list_of_names_is_let_pass_and_does_not_hide_a_slip() {
    let letter = |number: u32| char::from(b'a' + u8::try_from(number % 26).unwrap());
    let names: String = (0..400).map(|n| format!("Minsitr{}{}x, ", letter(n), letter(n / 26))).collect();
    assert_eq!(found(&format!("The goverment of the people met {names}")), ["goverment"]);
    assert_eq!(found(&format!("the people and {}", "x".repeat(40))), [""; 0]);
}

#[test]
fn the_users_words_are_right() {
    let own: KnownWords = ["demarxing", "AEON Mallx", "Vissothx"].into_iter().collect();
    assert!(of(&["Demarxing the demarxing near AEON Mallx's gate, Vissothx’s"], &own).is_empty());
    assert_eq!(of(&["the goverment near AEON Mallxy"], &own).len(), 1);
}

#[test]
fn every_place_of_a_word_is_found() {
    assert_eq!(places_of("goverment {{goverment}} x@goverment.kh goverment's", &["goverment"]), [0..9, 39..48]);
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_added_is_right(
        text in "([a-zA-Zé'’. ,\\-{}\u{AD}\u{200B}@ﬁ0-9ក]|\\{\\{[a-z ]{0,8}\\}\\}|goverment|Minsitry|[ -~]){0,60}"
    ) {
        let placeholders = crate::release::placeholders::in_text(&text);
        let found = of(&[&text], &KnownWords::new());
        let mut own = KnownWords::new();
        for (_, range, problem) in &found {
            prop_assert!(!range.is_empty());
            prop_assert!(placeholders.iter().all(|(hidden, _)| range.end <= hidden.start || hidden.end <= range.start));
            if let Problem::Misspelt { word, .. } = problem {
                own.insert(word);
            }
        }
        let again = of(&[&text], &own);
        prop_assert!(again.iter().all(|(_, _, problem)| found.iter().all(|(_, _, other)| other != problem)), "{again:?}");
    }
}

/// How well and how fast words are judged: `cargo test --lib -- --ignored --nocapture measure`.
#[test]
#[ignore = "prints figures, claims nothing"]
fn measure() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned()
    };
    let timed = |what: &str, run: &mut dyn FnMut()| {
        let start = std::time::Instant::now();
        run();
        println!("{what}: {:.2?}; {}", start.elapsed(), resident());
    };
    let own = KnownWords::new();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/samples/japan-phone-call.en.ron");
    let release = crate::storage::open(&sample).unwrap();
    println!("before: {}", resident());
    timed("the dictionary", &mut || assert!(english::is_right("government")));
    timed("the sample, cold", &mut || println!("{:?}", misspelt(&release, &own, &Roster::default())));
    timed("the sample, warm", &mut || drop(misspelt(&release, &own, &Roster::default())));
    let text: String = release.body.iter().map(|paragraph| paragraph.text.as_str().to_owned() + " ").collect();
    let long = |word: &&str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(long).collect();
    let (mut keys, mut slowest) = (0, std::time::Duration::ZERO);
    timed("the beginnings of its words", &mut || {
        for word in &words {
            for end in 2..word.len() {
                let start = std::time::Instant::now();
                if !english::is_right(&word[..end]) {
                    english::suggestions(&word[..end]);
                }
                slowest = slowest.max(start.elapsed());
                keys += 1;
            }
        }
    });
    println!("{keys} beginnings, the slowest {slowest:.2?}");
    let (mut slips, mut real, mut caught, mut first, mut offered) = (0, 0, 0, 0, 0);
    timed("slips", &mut || {
        for (seed, word) in words.iter().enumerate() {
            let at = 1 + seed % (word.len() - 2);
            let (head, rest) = word.split_at(at);
            let (letter, tail) = rest.split_at(1);
            let (next, end) = tail.split_at(1);
            let other = char::from(b'a' + u8::try_from((seed * 7 + 3) % 26).unwrap());
            let made = [
                format!("{head}{tail}"),
                format!("{head}{letter}{letter}{tail}"),
                format!("{head}{next}{letter}{end}"),
                format!("{head}{other}{tail}"),
            ];
            for slip in made.iter().filter(|slip| slip != word) {
                slips += 1;
                real += usize::from(english::is_right(slip));
                // Within the sample's own words, as in a text.
                let found = of(&[&format!("The ministry of the kingdom {slip} on behalf of the people")], &own);
                if let Some((_, _, Problem::Misspelt { suggestions, .. })) = found.first() {
                    caught += 1;
                    first += usize::from(suggestions.first().is_some_and(|meant| meant == word));
                    offered += usize::from(suggestions.iter().any(|meant| meant == word));
                }
            }
        }
    });
    println!("{slips} slips, {real} of them words; {caught} found, meant first {first}, among three {offered}");
}
