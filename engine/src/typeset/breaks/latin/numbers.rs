//! Numbers, with what they count and what they are the number of.

use super::{
    Hold, dates,
    words::{Pair, Word},
};

/// What a number counts: money, measures, times, people.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    // Money.
    "riel", "riels", "dollar", "dollars", "cent", "cents", "euro", "euros", "yen", "yuan", "renminbi", "baht", "dong",
    "kip", "won", "pound", "pounds", "rupee", "rupees", "rupiah", "ringgit", "peso", "pesos", "franc", "francs",
    "ruble", "rubles", "rouble", "roubles", "USD", "KHR", "EUR", "JPY", "GBP", "CNY", "RMB", "THB", "VND",
    // Powers of ten and shares.
    "hundred", "thousand", "million", "billion", "trillion", "dozen", "percent", "percentage", "pct", "m", "bn",
    "point", "points", "times", "fold",
    // Weights, lengths, areas, volumes.
    "ton", "tons", "tonne", "tonnes", "kilogram", "kilograms", "kilogramme", "kilogrammes", "kg", "gram", "grams", "g",
    "t", "litre", "litres", "liter", "liters", "l", "barrel", "barrels", "metre", "metres", "meter", "meters",
    "kilometre", "kilometres", "kilometer", "kilometers", "km", "cm", "mm", "mile", "miles", "foot", "feet", "ft",
    "inch", "inches", "yard", "yards", "hectare", "hectares", "ha", "acre", "acres", "square", "cubic", "sq", "km²",
    "m²", "km2", "m2", "m³", "km/h", "kph", "nautical", "knots",
    // Heat, power, data.
    "degree", "degrees", "°C", "°F", "°", "C", "F", "kW", "MW", "GW", "kWh", "MWh", "GWh", "watt", "watts", "kilowatt",
    "kilowatts", "megawatt", "megawatts", "gigawatt", "gigawatts", "volt", "volts", "kB", "MB", "GB", "TB", "Mbps",
    "Hz", "kHz", "MHz", "GHz",
    // Times.
    "second", "seconds", "minute", "minutes", "min", "hour", "hours", "hr", "hrs", "h", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "decade", "decades", "century", "centuries", "o’clock", "o'clock", "am", "pm",
    "a.m", "p.m", "noon", "B.E", "BE", "AD", "A.D", "BC", "B.C", "CE", "C.E", "BCE",
    // People.
    "people", "persons", "person", "nationals", "citizens", "students", "workers", "delegates", "participants",
    "members", "men", "women", "children", "families", "households", "tourists", "visitors", "guests", "troops",
];

/// After a number and `per`, `square` and the like.
const COMPOUND_UNITS: &[&str] = &["square", "cubic", "nautical", "percentage", "US", "U.S", "American", "metric"];

#[rustfmt::skip]
const SPELLED: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "half",
];

const POWERS: &[&str] = &["hundred", "thousand", "million", "billion", "trillion", "dozen", "m", "bn"];

/// Words whose number follows them.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "no", "nos", "n°", "№", "number", "numbers", "art", "arts", "article", "articles", "chapter", "chapters", "ch",
    "section", "sections", "sec", "annex", "annexes", "appendix", "page", "pages", "p", "pp", "para", "paras",
    "paragraph", "paragraphs", "vol", "volume", "fig", "figure", "figures", "table", "tables", "item", "items", "line",
    "lines", "clause", "clauses", "rule", "rules", "part", "parts", "phase", "stage", "step", "level", "grade",
    "class", "room", "floor", "house", "building", "block", "gate", "platform", "terminal", "channel", "street",
    "road", "route", "highway", "boulevard", "avenue", "lane", "box", "flight", "resolution", "resolutions",
    "decision", "decree", "sub-decree", "prakas", "law", "case", "track", "pillar", "goal", "goals", "target",
    "principle", "version", "unit", "zone", "district", "sector", "option", "schedule", "protocol", "regulation",
    "directive", "group", "apartment", "apt", "suite", "villa", "lot", "plot", "form", "category", "type", "agenda",
    "vision", "question", "ref", "circular", "note", "document", "doc", "chap", "verse", "scene", "act", "bus", "pier",
    "hall", "km", "aged", "age", "st", "rd", "ave",
];

/// Those of them that have a stop: elsewhere a sentence ends with it.
#[rustfmt::skip]
const ABBREVIATED: &[&str] = &[
    "no", "nos", "art", "arts", "ch", "chap", "sec", "p", "pp", "para", "paras", "vol", "fig", "apt", "ref", "doc", "st",
    "rd", "ave", "blvd", "km",
];

/// Calendars before a year.
const ERAS: &[&str] = &["AD", "A.D", "BC", "B.C", "BE", "B.E", "CE", "C.E"];

/// Zones of time after an hour.
#[rustfmt::skip]
const ZONES: &[&str] = &[
    "ICT", "GMT", "UTC", "EST", "EDT", "PST", "PDT", "CST", "CDT", "MST", "CET", "CEST", "BST", "IST", "JST", "KST",
    "SGT", "MYT", "WIB", "PHT", "AEST", "AEDT", "GMT+7", "UTC+7",
];

/// What is between the two ends of a range.
const JOINTS: &[&str] = &["to", "–", "-", "—", "or"];

/// Halves of the day and hours, after a number.
const TIMES: &[&str] = &["am", "pm", "AM", "PM", "a.m", "p.m", "A.M", "P.M", "hours", "hrs"];

/// The words without which letters alone neither count nor are numbered.
pub fn telling() -> impl Iterator<Item = &'static str> {
    let lists = [SPELLED, POWERS, COMPOUND_UNITS, NUMBERED, ABBREVIATED, ERAS, TIMES, &["per"]];
    lists.into_iter().flatten().copied()
}

pub fn pair(pair: &Pair) -> Option<Hold> {
    let (before, after) = (pair.word(-1), pair.word(0));
    [unit(pair, &before, &after), numbered(pair, &before, &after), range(pair, &before, &after)]
        .into_iter()
        .flatten()
        .max()
}

/// A number and what it counts.
fn unit(pair: &Pair, before: &Word, after: &Word) -> Option<Hold> {
    let is_abbreviated = before.word.contains('.') && before.word.starts_with(char::is_alphabetic);
    if before.ends_clause() && !(is_abbreviated && before.raw.ends_with('.')) || after.is_opened() {
        return None;
    }
    let second = pair.word(-2);
    let counts = |word: &Word| is_number(word) || is_spelled(word);
    let is_per_cent = |per: &Word, cent: &Word| per.word == "per" && matches!(cent.word, "cent" | "mille" | "capita");
    if is_per_cent(before, after)
        || counts(before) && is_per_cent(after, &pair.word(1))
        || is_time(before, &second) && ZONES.contains(&after.word)
        || is_time(before, &second) && after.word == "hours"
    {
        return Some(Hold::Never);
    }
    let is_unit =
        UNITS.contains(&after.word) || COMPOUND_UNITS.contains(&after.word) && UNITS.contains(&pair.word(1).word);
    let counted = counts(&second) && (POWERS.contains(&before.word) || COMPOUND_UNITS.contains(&before.word));
    let counted = counted || counts(&pair.word(-3)) && COMPOUND_UNITS.contains(&before.word);
    if is_unit && (is_number(before) || counted) || is_spelled(before) && POWERS.contains(&after.word) {
        return Some(Hold::Never);
    }
    if is_spelled(before) && is_unit {
        return Some(Hold::Firm);
    }
    let is_year = dates::is_year(before) && !before.raw.contains(',');
    if is_number(before) && !is_year && after.is_common() {
        return Some(Hold::Firm);
    }
    let is_rather = is_number(before) && !is_year || is_ordinal(before) || counted;
    (is_rather && (after.is_name() && !dates::is_month(after) || after.is_common())).then_some(Hold::Rather)
}

/// What a number is the number of.
fn numbered(pair: &Pair, before: &Word, after: &Word) -> Option<Hold> {
    if before.raw.ends_with([',', ';', ':', '!', '?', ')']) {
        return None;
    }
    let is_label = before.is_one_of(if before.raw.ends_with('.') { ABBREVIATED } else { NUMBERED });
    // 271, #5, K6, 12B.
    let is_short = after.bare.len() <= 5 && after.bare.contains(|c: char| c.is_ascii_digit());
    let counts = after.bare.starts_with(|c: char| c.is_ascii_digit() || c == '#') || is_short;
    let is_letter = after.word.len() == 1 && after.word.starts_with(|c: char| c.is_ascii_uppercase());
    let capital = before.word.starts_with(char::is_uppercase);
    if is_label && (counts && !after.is_opened() || capital && (is_letter && after.word != "I" || after.is_roman()))
        || ERAS.contains(&before.word) && counts
        || is_number(before) && (is_fraction(after) || after.raw.starts_with('(') && after.is_roman())
        || is_label && after.is_one_of(&["no", "nos", "n°", "№"]) && after.raw.ends_with(['.', '°', '№'])
    {
        return Some(Hold::Never);
    }
    if before.ends_clause() || after.is_opened() {
        return None;
    }
    if after.word.eq_ignore_ascii_case("no")
        && after.raw.ends_with('.')
        && pair.word(1).raw.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(Hold::Rather);
    }
    if !before.is_name() || dates::is_month(before) {
        return None;
    }
    // National Road 6.
    let is_named =
        after.is_name() && after.is_one_of(NUMBERED) && is_number(&pair.word(1)) && !dates::is_year(&pair.word(1));
    if is_named && !after.ends_clause() {
        return Some(Hold::Firm);
    }
    if !is_number(after) {
        return None;
    }
    Some(if dates::is_year(after) { Hold::Rather } else { Hold::Firm })
}

/// 10 to 15 per cent, 9 – 11.
fn range(pair: &Pair, before: &Word, after: &Word) -> Option<Hold> {
    let (from, to) = if JOINTS.contains(&after.raw) {
        (*before, pair.word(1))
    } else if JOINTS.contains(&before.raw) {
        (pair.word(-2), *after)
    } else {
        return None;
    };
    let is_year = dates::is_year(&from) || dates::is_year(&to);
    (is_number(&from) && is_number(&to) && !is_year && !from.ends_clause()).then_some(Hold::Firm)
}

/// Digits with the signs of numbers and money.
fn is_number(word: &Word) -> bool {
    let digits = word.word.trim_start_matches(|c: char| "$€£¥฿៛~≈±<>+−-".contains(c) || c.is_ascii_uppercase());
    let money = word.word.get(..word.word.len() - digits.len()).unwrap_or_default();
    (money.is_empty() || !money.ends_with(|c: char| c.is_ascii_uppercase()))
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".,:/–-‑%½¼¾".contains(c))
}

/// 5, 5:30 or 1730 before p.m., hours or a zone, or the p.m. itself.
fn is_time(word: &Word, before: &Word) -> bool {
    TIMES.contains(&word.word) && is_number(before)
        || is_number(word) && (word.word.contains(':') || word.word.len() == 4)
        || word.word.split_once('h').is_some_and(|(hour, minute)| {
            [hour, minute].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) && !hour.is_empty()
        })
}

/// twenty-five
fn is_spelled(word: &Word) -> bool {
    let first = word.word.split('-').next().unwrap_or_default();
    // From one and ten to seventeen.
    (3..=9).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && SPELLED.iter().chain(POWERS).any(|number| number.eq_ignore_ascii_case(first))
}

/// 21st, 57th
fn is_ordinal(word: &Word) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.word.strip_suffix(suffix));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// 1/2 or ½ after a whole number.
fn is_fraction(word: &Word) -> bool {
    matches!(word.word, "½" | "¼" | "¾" | "⅓" | "⅔")
        || word.word.split_once('/').is_some_and(|(above, below)| {
            [above, below]
                .iter()
                .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
}
