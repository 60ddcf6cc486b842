//! What holds for every text, and how a real release is broken.

use proptest::prelude::*;

use super::*;

/// The text with `|` at every place.
fn broken(text: &str) -> String {
    marked(text, line_breaks(text).iter().map(|place| place.at))
}

fn worded(text: &str) -> String {
    marked(text, word_boundaries(text).into_iter().filter(|at| (1..text.len()).contains(at)))
}

fn marked(text: &str, places: impl DoubleEndedIterator<Item = usize>) -> String {
    let mut out = text.to_owned();
    for at in places.rev() {
        out.insert(at, '|');
    }
    out
}

fn kinds(text: &str) -> Vec<BreakKind> {
    line_breaks(text).into_iter().map(|place| place.kind).collect()
}

/// The paragraphs of a real release.
const RELEASE: &[&str] = &[
    "ព្រះរាជាណាចក្រកម្ពុជា",
    "ជាតិ សាសនា ព្រះមហាក្សត្រ",
    "ក្រសួងការបរទេស\nនិងសហប្រតិបត្តិការអន្តរជាតិ",
    "អគ្គនាយកដ្ឋានអាស៊ី-ប៉ាស៊ីហ្វិក",
    "សេចក្តីប្រកាសព័ត៌មាន",
    "«ជប៉ុនបន្តគាំទ្រការអភិវឌ្ឍរយៈពេលវែងរបស់កម្ពុជា»",
    "នៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ ឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ បានសន្ទនាតាមទូរសព្ទប្រកបដោយផ្លែផ្កាជាមួយលោកជំទាវ កាមិកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រីការបរទេសជប៉ុន។",
    "នៅក្នុងការសន្ទនាជាផ្លូវការលើកដំបូង ចាប់តាំងពីការតែងតាំងរៀងៗខ្លួនជារដ្ឋមន្ត្រីការបរទេស ភាគីទាំងពីរបានកោតសរសើរគ្នាទៅវិញទៅមក ចំពោះការរួមចំណែកដ៏សំខាន់ក្នុងការពង្រឹងទំនាក់ទំនងកម្ពុជា-ជប៉ុន ជាពិសេសក្នុងវិស័យសេដ្ឋកិច្ច និងកិច្ចការច្បាប់ ក្នុងអំឡុងពេលកាន់តំណែងមុន។",
    "រដ្ឋាភិបាលជប៉ុនទន្ទឹងរង់ចាំស្វាគមន៍ សម្តេចមហាបវរធិបតី ហ៊ុន ម៉ាណែត នាយករដ្ឋមន្ត្រីនៃព្រះរាជាណាចក្រកម្ពុជា ក្នុងកិច្ចប្រជុំកំពូលរំឭកខួបលើកទី៥០ នៃមិត្តភាព និងកិច្ចសហប្រតិបត្តិការអាស៊ាន-ជប៉ុន ដែលនឹងប្រព្រឹត្តទៅនៅទីក្រុងតូក្យូ ចាប់ពីថ្ងៃទី១៦ ដល់ថ្ងៃទី១៨ ខែធ្នូ ឆ្នាំ២០២៣ និងជំនួបទ្វេភាគីរវាង សម្តេចធិបតី និងឯកឧត្តម គីស៊ីដា ហ្វូមីអូ នាយករដ្ឋមន្ត្រីជប៉ុន។",
    "ប្រតិបត្តិការរក្សាសន្តិភាព (PKO) និងកិច្ចសហប្រតិបត្តិការបណ្តុះបណ្តាលបោសសម្អាតមីន ព្រមទាំងស្ថានភាពកាន់តែយ៉ាប់យ៉ឺននៅហ្គាហ្សា។",
    "ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧",
    "រាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣",
];

/// Words of that release which no line may divide, most of them unknown to any dictionary.
const WHOLE: &[&str] = &[
    "ចិន្តាសោភា",
    "កាមិកាវ៉ា",
    "យ៉ូកុ",
    "ម៉ាណែត",
    "គីស៊ីដា",
    "ហ្វូមីអូ",
    "ប៉ាស៊ីហ្វិក",
    "ហ្គាហ្សា",
    "តូក្យូ",
    "អាស៊ាន",
    "រដ្ឋាភិបាល",
    "សន្តិភាព",
    "ទំនាក់ទំនង",
    "សេដ្ឋកិច្ច",
    "ព័ត៌មាន",
    "ព្រះមហាក្សត្រ",
    "ថ្ងៃទី៣០",
    "ខែតុលា",
    "ខែធ្នូ",
    "ឆ្នាំ២០២៣",
    "ទី៥០",
    "ថ្ងៃចន្ទ",
    "១រោច",
    "ខែអស្សុជ",
    "ឆ្នាំថោះ",
    "ព.ស. ២៥៦៧",
    "រៀងៗ",
    "(PKO)",
];

#[test]
fn a_release_is_broken_between_words() {
    assert_eq!(broken(RELEASE[2]), "ក្រសួង|ការ|បរទេស\n|និង|សហប្រតិបត្តិការ|អន្តរជាតិ");
    assert_eq!(broken(RELEASE[3]), "អគ្គ|នាយកដ្ឋាន|អាស៊ី-|ប៉ាស៊ីហ្វិក");
    assert_eq!(broken(RELEASE[5]), "«ជប៉ុន|បន្ត|គាំទ្រ|ការ|អភិវឌ្ឍ|រយៈពេល|វែង|របស់|កម្ពុជា»");
    assert_eq!(broken(RELEASE[10]), "ថ្ងៃចន្ទ |១រោច |ខែអស្សុជ |ឆ្នាំថោះ |បញ្ចស័ក |ព.ស. ២៥៦៧");
    assert_eq!(broken(RELEASE[11]), "រាជធានី|ភ្នំពេញ |ថ្ងៃទី៣០ |ខែតុលា |ឆ្នាំ២០២៣");
}

#[test]
fn names_and_dates_of_a_release_stay_whole() {
    for text in RELEASE {
        let places = line_breaks(text);
        for (at, word) in WHOLE.iter().flat_map(|word| text.match_indices(word)) {
            let inside = |place: &&Break| at < place.at && place.at < at + word.len();
            assert_eq!(places.iter().find(inside), None, "{word} in {text}");
        }
    }
}

#[test]
fn a_line_can_be_filled() {
    // The longest stretch without a place is that of a long word, not of a sentence.
    for text in RELEASE {
        let ends: Vec<usize> = line_breaks(text).iter().map(|place| place.at).chain([text.len()]).collect();
        let longest = ends.iter().scan(0, |from, to| text.get(std::mem::replace(from, *to)..*to));
        assert!(longest.map(|line| line.chars().count()).max() <= Some(28), "{text}");
    }
}

#[test]
fn countries_stay_whole() {
    for name in ["គុយបា", "ហុងគ្រី", "លីទុយអានី", "បង់ក្លាដែស", "ស៊ូដង់", "កេនយ៉ា", "លិចតិនស្តាញ", "ហ្វ៊ីលីពីន", "វៀងចន្ទន៍"]
    {
        let text = format!("រដ្ឋមន្ត្រីការបរទេស{name}បានថ្លែង");
        let start = text.find(name).expect("the name");
        let inside = |place: &&Break| start < place.at && place.at < start + name.len();
        assert_eq!(line_breaks(&text).iter().find(inside), None, "{name}");
    }
}

#[test]
fn every_place_says_why() {
    use BreakKind::*;
    assert_eq!(kinds("a b"), [Space]);
    assert_eq!(kinds("long-term"), [Other]);
    assert_eq!(kinds("SOK Dara"), [Rather]);
    assert_eq!(kinds("ក\u{200B}ខ"), [ZeroWidthSpace]);
    assert_eq!(kinds("ក\u{200B} ខ"), [ZeroWidthSpace]);
    assert_eq!(kinds("ជាតិខ្មែរ"), [Word]);
    assert_eq!(kinds("a\nb\u{2028}c\r\nd"), [Mandatory; 3]);
    assert_eq!(kinds("a\n"), []);
    assert_eq!(kinds("ថា៖«យើង»"), [Word]);
}

#[test]
fn a_place_in_doubt_is_named_as_such() {
    // "To each other" is one word to some and three to others.
    let text = "កោតសរសើរគ្នាទៅវិញទៅមក";
    assert_eq!(broken(text), "កោតសរសើរ|គ្នា|ទៅ|វិញ|ទៅ|មក");
    let doubtful: Vec<usize> =
        line_breaks(text).into_iter().filter(|place| place.kind == BreakKind::Doubtful).map(|place| place.at).collect();
    assert_eq!(doubtful, ["កោតសរសើរគ្នាទៅ".len()]);
}

#[test]
fn a_noun_may_be_parted_after_its_prefix() {
    let text = "នៃការអភិវឌ្ឍនិងការពារជាតិ";
    assert_eq!(broken(text), "នៃ|ការ|អភិវឌ្ឍ|និង|ការពារ|ជាតិ");
    use BreakKind::{Compound, Conjunction, Word};
    assert_eq!(kinds(text), [Word, Compound, Word, Conjunction, Word]);
}

/// The text as it is without the places that only a line with a hole would take.
fn held(text: &str) -> String {
    use BreakKind::{Compound, Doubtful, Firm, Phrase};
    let places = line_breaks(text);
    marked(
        text,
        places.iter().filter(|place| !matches!(place.kind, Compound | Doubtful | Firm | Phrase)).map(|place| place.at),
    )
}

#[test]
fn a_date_reads_best_on_one_line() {
    assert_eq!(held("នៅថ្ងៃទី១១ ខែមករា ឆ្នាំ២០២៧ និង"), "នៅ|ថ្ងៃទី១១ ខែមករា ឆ្នាំ២០២៧ |និង");
    assert_eq!(held("ថ្ងៃសៅរ៍ ៤រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស. ២៥៧០ ត្រូវនឹង"), "ថ្ងៃសៅរ៍ ៤រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស. ២៥៧០ |ត្រូវ|នឹង");
    assert_eq!(kinds("ថ្ងៃទី១១ ខែមករា ឆ្នាំ២០២៧"), [BreakKind::Firm, BreakKind::Phrase]);
}

/// The closed lists of the calendar, each where a date has it, with a space and without.
#[test]
fn words_of_the_calendar_are_never_divided() {
    let months = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ មិគសិរ បុស្ស មាឃ ផល្គុន ចេត្រ ពិសាខ \
        ជេស្ឋ អាសាឍ ស្រាពណ៍ ភទ្របទ អស្សុជ កត្តិក បឋមាសាឍ ទុតិយាសាឍ";
    let lists = [
        ("ខែ", months),
        ("ថ្ងៃ", "អាទិត្យ ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍"),
        ("ឆ្នាំ", "ជូត ឆ្លូវ ខាល ថោះ រោង ម្សាញ់ មមី មមែ វក រកា ច កុរ"),
        ("ឆ្នាំមមី ", "ឯកស័ក ទោស័ក ត្រីស័ក ចត្វាស័ក បញ្ចស័ក ឆស័ក សប្តស័ក អដ្ឋស័ក នព្វស័ក សំរឹទ្ធិស័ក"),
    ];
    for (before, list) in lists {
        for word in list.split_whitespace() {
            for text in
                [format!("ក្នុង{before}{word}កន្លងមក"), format!("នៅ{before} {word} នេះ"), format!("ដល់{before}{word}ឆ្នាំ២០២៦")]
            {
                let start = text.find(before).unwrap() + before.len();
                let start = start + text[start..].find(word).unwrap();
                let inside = |place: &&Break| start < place.at && place.at < start + word.len();
                assert_eq!(line_breaks(&text).iter().find(inside), None, "{word} in {text}");
            }
        }
    }
}

#[test]
fn words_of_state_stay_whole() {
    for word in "ប្រទីប សច្ចាប័ន ឧទ្ទេសនាម ព្រះមហាក្សត្រាធិរាជ ថៃឡង់ដ៍ ប្រ៊ុយណេដារូសាឡឹម បឋមកថា វាក្យសម្ព័ន្ធ តម្រៀប តម្បៀត \
        ផ្គួផ្គង សមានចិត្ត ដៃគូ អនុសញ្ញា បេតិកភណ្ឌ"
        .split_whitespace()
    {
        for text in [format!("ការ{word}នៃកម្ពុជា"), format!("ជា{word}"), format!("និង {word} ក្នុង")]
        {
            let start = text.find(word).unwrap();
            let inside = |place: &&Break| start < place.at && place.at < start + word.len();
            assert_eq!(line_breaks(&text).iter().find(inside), None, "{word} in {text}");
        }
    }
}

#[test]
fn names_of_people_are_not_divided_inside() {
    for text in ["ឯកឧត្តម ឌិត សុវណ្ណរិទ្ធិវង្សា បាន", "លោក ជា ចាន់ថារិទ្ធ បាន", "អ្នកឧកញ៉ា លី យ៉ុងផាត់ បាន", "លោកជំទាវ ខៀវ កាញារីទ្ធ បាន"]
    {
        let words: Vec<&str> = text.split(' ').collect();
        assert_eq!(
            held(text),
            format!("{} {} {} |{}", words[0], words[1], words[2], words[3])
                .replace("ឯកឧត្តម ", "ឯកឧត្តម |")
                .replace("អ្នកឧកញ៉ា ", "អ្នកឧកញ៉ា |")
                .replace("លោកជំទាវ ", "លោកជំទាវ |")
        );
    }
}

#[test]
fn a_number_of_an_item_begins_its_line() {
    let text = "ដូចជា៖ ១. លោកអភិបាល ២. លោកអគ្គនាយក៤. លោកប្រធាន (៣) ការ ក. គោល";
    for label in ["១. ", "២. ", "៤. ", "(៣) ", "ក. "] {
        let end = text.find(label).unwrap() + label.len();
        assert!(line_breaks(text).iter().all(|place| place.at != end), "{label}");
    }
}

#[test]
fn a_word_may_follow_a_sign_without_a_space() {
    assert_eq!(broken("ជាង៤៥%នៃផល"), "ជាង|៤៥%|នៃ|ផល");
    assert_eq!(broken("ជាតិ,សាសនា"), "ជាតិ,|សាសនា");
    assert_eq!(broken("លោកថា\"យើង\"នៅ"), "លោក|ថា|\"យើង\"|នៅ");
    // An abbreviation, and a colon typed for ៈ.
    assert_eq!(broken("ព.ស.២៥៦៧"), "ព.ស.២៥៦៧");
    assert_eq!(broken("គណ:កម្មការ"), "គណ:កម្មការ");
}

#[test]
fn an_abbreviation_and_a_reference_stay_whole() {
    assert_eq!(broken("ផ្លូវ ២៥ គ.ម ហើយ"), "ផ្លូវ |២៥ គ.ម |ហើយ");
    assert_eq!(broken("លេខ ១២ អនក្រ.បក បាន"), "លេខ ១២ អនក្រ.បក |បាន");
    assert_eq!(broken("លេខ នស/រកត/០៩២៣/២០១៤ ចុះ"), "លេខ នស/រកត/០៩២៣/២០១៤ |ចុះ");
    assert_eq!(broken("ទី១-ក នៃ"), "ទី១-ក |នៃ");
    // Longer than a line, they are divided.
    let text = "លេខ នស/រកត/០៩២៣";
    let all = line_breaks_and_held(text, &KnownWords::new());
    assert!(!all.is_empty() && all.iter().all(|place| place.kind == BreakKind::Held), "{all:?}");
}

#[test]
fn a_long_title_of_the_kingdom_holds_with_its_name() {
    use BreakKind::{Phrase, Space, Word};
    assert_eq!(kinds("សម្តេចតេជោ ហ៊ុន សែន បាន"), [Word, Space, Phrase, Space]);
}

#[test]
fn the_writer_overrules() {
    assert_eq!(broken("កម្ពុ\u{200B}ជា"), "កម្ពុ\u{200B}|ជា");
    assert_eq!(broken("ជាតិ\u{2060}ខ្មែរ"), "ជាតិ\u{2060}ខ្មែរ");
    assert_eq!(broken("ជាតិ\u{A0}ខ្មែរ"), "ជាតិ\u{A0}ខ្មែរ");
    // A zero-width space overrules even the stop that may not begin a line: it was typed on purpose,
    // or by a program that the writer can tell to stop.
    assert_eq!(broken("កម្ពុជា\u{200B}។"), "កម្ពុជា\u{200B}|។");
}

#[test]
fn signs_stay_with_their_words() {
    assert_eq!(broken("លោកបន្តថា ៖ « យើង » ។"), "លោក|បន្ត|ថា ៖ |« យើង » ។");
    assert_eq!(broken("ច្បាប់ ។ល។ និង"), "ច្បាប់ ។ល។ |និង");
    assert_eq!(broken("ចំនួន ៥០ % នៃ"), "ចំនួន |៥០ % |នៃ");
}

#[test]
fn english_keeps_dates_and_titles() {
    assert_eq!(
        broken("On 30 October 2023, H.E. Mr. SOK Chenda Sophea met (via telephone) No. 5 – today."),
        "On |30 October 2023, |H.E. Mr. SOK |Chenda |Sophea |met |(via |telephone) |No. 5 – |today."
    );
}

/// The model takes the end of this foreign name and the verb behind it for one word.
#[test]
fn a_line_may_end_behind_a_listed_name() {
    let (name, text) = ("កាមិកាវ៉ា យ៉ូកុ", "ជួប កាមិកាវ៉ា យ៉ូកុបានថ្លែង");
    let end = text.find("បាន").unwrap();
    let ends =
        |words: &KnownWords| line_breaks_with(text, words).iter().find(|place| place.at == end).map(|place| place.kind);
    assert_eq!(ends(&[name].into_iter().collect()), Some(BreakKind::Doubtful), "only against a hole");
    // A single word may be the beginning of a longer one.
    assert_eq!(ends(&["យ៉ូកុ"].into_iter().collect()), ends(&KnownWords::new()));
}

#[test]
fn words_of_the_user_stay_whole() {
    let text = "កម្ពុជាជប៉ុន";
    assert_eq!(broken(text), "កម្ពុជា|ជប៉ុន");
    let words: KnownWords = ["កម្ពុជាជប៉ុន"].into_iter().collect();
    assert_eq!(line_breaks_with(text, &words), []);
    assert_eq!(line_breaks_with("នៅកម្ពុជាជប៉ុន", &words).len(), 1);
    assert_eq!(line_breaks_with("កម្ពុជា\u{200B}ជប៉ុន", &words).len(), 1);
}

#[test]
fn a_name_is_learnt_where_its_title_stands() {
    let mut words = KnownWords::new();
    words.learn("ឯកឧត្តម គីស៊ីដា ហ្វូមីអូ");
    let text = "ហ្វូមីអូបានថ្លែង";
    let name = text.find('ប').expect("a verb");
    assert_eq!(line_breaks_with(text, &words).first().map(|place| place.at), Some(name));
}

#[test]
fn words_for_the_cursor() {
    assert_eq!(worded("រដ្ឋមន្ត្រីការបរទេស និងលោក"), "រដ្ឋមន្ត្រី|ការបរទេស| |និង|លោក");
    assert_eq!(worded("រៀងៗខ្លួន។"), "រៀងៗ|ខ្លួន|។");
    assert_eq!(worded("ឆ្នាំ២០២៣"), "ឆ្នាំ|២០២៣");
    assert_eq!(worded("ក\u{200B}ខ"), "ក|\u{200B}|ខ");
    assert_eq!(worded("Can't stop, ASEAN"), "Can't| |stop|,| |ASEAN");
    assert_eq!(word_boundaries(""), [0]);
}

#[test]
fn empty_texts_have_no_places() {
    for text in ["", " ", "\n", "ក", "\u{200B}", "្"] {
        assert_eq!(line_breaks(text), [], "{text:?}");
    }
}

/// Strings of what comes together in such texts, and of what never should.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => prop::char::range('\u{1780}', '\u{17DD}').prop_map(String::from),
        3 => prop::sample::select(RELEASE).prop_map(|text| text.chars().take(12).collect()),
        3 => prop::sample::select(&["\u{200B}", "\u{2060}", "\u{A0}", " ", "  ", "\n", "\r\n", "\u{2028}", "\u{AD}", "\u{200D}", "\u{200C}"][..])
            .prop_map(String::from),
        3 => prop::sample::select(&["។", "ៗ", "៖", "«", "»", "“", "”", "(", ")", "-", ",", ".", "%", "$", "៛", "\"", "'", "/"][..])
            .prop_map(String::from),
        2 => prop::sample::select(&["២០២៣", "30", "October", "H.E.", "No.", "PKO", "ទី", "ឯកឧត្តម", "លោក", "គ.ស.", "漢", "👩‍👧", "e\u{301}"][..])
            .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
const NEVER_BEGIN: [char; 17] = ['ៗ', '។', '៕', '៖', '»', '”', '’', ')', ']', '}', ',', '.', ';', ':', '!', '?', '%'];
const NEVER_END: [char; 6] = ['«', '“', '‘', '(', '[', '{'];
const GLUE: [char; 3] = ['\u{2060}', '\u{A0}', '\u{202F}'];
const ZWSP: char = '\u{200B}';

fn ascend(places: &[usize]) -> bool {
    places.is_sorted_by(|a, b| a < b)
}

proptest! {
    #[test]
    fn places_are_clusters_and_ascend(text in texts()) {
        let clusters = cluster_boundaries(&text);
        let words = word_boundaries(&text);
        let lines: Vec<usize> = line_breaks(&text).iter().map(|place| place.at).collect();
        for ends in [&clusters, &words] {
            prop_assert_eq!((ends.first(), ends.last()), (Some(&0), Some(&text.len())));
        }
        prop_assert!(ascend(&clusters) && ascend(&words) && ascend(&lines));
        prop_assert!(clusters.iter().all(|at| text.is_char_boundary(*at)));
        prop_assert!(words.iter().chain(&lines).all(|at| clusters.binary_search(at).is_ok()));
        prop_assert!(lines.iter().all(|at| (1..text.len()).contains(at)));
    }

    #[test]
    fn no_line_begins_or_ends_with_what_may_not(text in texts()) {
        for place in line_breaks(&text) {
            let (before, after) = text.split_at(place.at);
            match place.kind {
                // The writer's own.
                BreakKind::Mandatory => prop_assert!(before.ends_with(LINE_ENDS)),
                BreakKind::ZeroWidthSpace => prop_assert!(before.trim_end_matches(' ').ends_with(ZWSP)),
                _ => {
                    prop_assert!(!after.starts_with(NEVER_BEGIN));
                    prop_assert!(!before.trim_end().ends_with(NEVER_END));
                    prop_assert!(!before.ends_with(GLUE) && !after.starts_with(GLUE));
                }
            }
        }
    }

    #[test]
    fn a_zero_width_space_is_always_a_place(text in texts()) {
        let places: Vec<usize> = line_breaks(&text).iter().map(|place| place.at).collect();
        let clusters = cluster_boundaries(&text);
        for (at, space) in text.match_indices(ZWSP) {
            // The place is behind the spaces that follow, unless another zero-width space or a line
            // break comes then, which makes its own; or a mark, which belongs to the last space.
            let rest = text[at + space.len()..].trim_start_matches(' ');
            let place = text.len() - rest.len();
            let makes_its_own = rest.is_empty() || rest.starts_with(ZWSP) || rest.starts_with(LINE_ENDS);
            prop_assert!(makes_its_own || clusters.binary_search(&place).is_err() || places.contains(&place));
        }
    }

    #[test]
    fn words_of_the_user_forbid_and_end(text in texts(), from in 0..8_usize, to in 8..20_usize) {
        let all = line_breaks(&text);
        let word: String = text.chars().skip(from).take(to - from).collect();
        let some = line_breaks_with(&text, &[word.as_str()].into_iter().collect());
        // Behind a whole name a line may end where the model does not see it.
        let ends_name = |place: &Break| {
            place.kind == BreakKind::Doubtful && word.trim().contains(' ') && text[..place.at].ends_with(word.trim())
        };
        prop_assert!(some.iter().all(|place| all.contains(place) || ends_name(place)));
        prop_assert!(all.iter().all(|place| some.contains(place) || !matches!(place.kind, BreakKind::Mandatory | BreakKind::ZeroWidthSpace)));
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        let _ = (line_breaks(&text), word_boundaries(&text), cluster_boundaries(&text));
    }
}
