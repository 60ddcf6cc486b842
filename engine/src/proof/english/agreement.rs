//! Number: a verb, an article or a numeral that does not agree with its noun.
//!
//! Only what is certain. A verb is judged if its subject begins the clause and is right before it; a noun is judged
//! if it ends its phrase, for in “these country offices” another follows. The nouns are those of releases, so that no
//! verb is taken for one.

use std::ops::Range;

use super::{Slip, amounts::NUMBERS, slip, words};
use crate::{khmer::search_form, places, release::Check};

/// Nouns that are hardly ever verbs.
const NOUNS: &str = "agreement ambassador area ceremony citizen city company conference country declaration delegation \
    development diplomat discussion embassy event expert government initiative institution investor journalist law \
    leader memorandum minister ministry mission nation negotiation obligation opportunity organisation organization \
    parliament participant party priority problem province region relation relationship representative resident \
    sector sister spokesperson statement student summit tourist treaty victim village visitor worker official \
    community society industry activity authority programme delegate hospital university scholarship";
/// Nouns that may be verbs as well.
const VERBAL: &str = "challenge document effort exchange exercise interest issue measure meeting member partner \
    partnership procedure program project result school side state talk tie visit view";
/// Nouns of one, of which a plural verb is never said.
const SINGLE: &str = "minister ministry ambassador president secretary spokesperson spokesman director governor \
    chairman chairperson kingdom embassy agreement meeting visit summit conference project programme program ceremony \
    event declaration statement document king queen country region sector treaty memorandum delegate";
/// Nouns of persons, two of which make a plural.
const PERSONS: &str = "minister ambassador president secretary director governor chairman king queen";
/// Participles and nouns for which a plural after “a” is a way of speaking: a talks venue is none of these.
const NO_ADJECTIVE: &str = "few couple number lot dozen hundred thousand million billion great record further additional \
    total estimated mere good full whole many two three four five six seven eight nine ten eleven twelve half more other";
/// Words that end a noun phrase.
const ENDS: &str = "are were have has is was will would shall can may must should could in on with for that which who \
    by at from between during to of under held attended signed agreed participated joined";
/// Words that no subject has within it.
#[rustfmt::skip]
const FUNCTION: &str = "of in on at to for from by with between among and or nor but the a an that which who whom whose \
    this these those each every any no some is are was were be been being has have had do does did will would shall \
    can could may might must should not as than if when while where because he she it they we i you his her its their \
    our my your what how all both also then there here during against within without under over about into through";
/// Before a clause.
const CLAUSE: &str = "that when while because although whereas where whether";
/// No more words are looked at behind “of”.
const OF: usize = 5;
/// Verbs that are no nouns, of whom the subject agrees.
const VERBS: &str = "agrees welcomes expresses reaffirms reiterates emphasizes emphasises underlines recognizes \
    recognises appreciates believes intends wishes discusses commits acknowledges condemns remains";
/// Participles whose verbs are no nouns.
const PARTICIPLES: &str = "agreed discussed reaffirmed reiterated emphasized emphasised underlined strengthened \
    participated appreciated recognized recognised acknowledged condemned congratulated expressed attended";
/// Before a noun in the singular that should be in the plural.
const SEVERAL: &str = "these those many several various numerous both few";

/// Whether a word is in a list.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// A word as it is compared, with what is around it.
struct Token<'a> {
    range: Range<usize>,
    written: &'a str,
    small: String,
    /// Whether a clause begins with it, and whether a sentence does.
    begins: bool,
    is_first: bool,
    /// Whether a single space is before it.
    is_joined: bool,
    /// Whether a sign or the end of the text is behind it.
    ends: bool,
    /// Whether an apostrophe is behind it, as in “the ministers’ meeting”.
    is_owner: bool,
}

/// What is wrong with the numbers of a text.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let tokens = tokens(text);
    let mut slips = Vec::new();
    for index in 0..tokens.len() {
        let from = tokens.get(index..).unwrap_or_default();
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let found = verb(from, before)
            .or_else(|| pronoun(from, before))
            .or_else(|| article(text, from))
            .or_else(|| several(from, before))
            .or_else(|| one_of(from))
            .or_else(|| participle(from));
        slips.extend(found.and_then(|(range, right)| slip(Check::ConfusedWords, text, range, Some(right))));
    }
    slips
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let words = words(text);
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(words.len());
    let mut last = 0;
    for word in &words {
        let between = text.get(last..word.at).unwrap_or_default();
        let after = text.get(word.end()..).unwrap_or_default();
        let is_first = tokens.is_empty() || between.contains(['.', '!', '?', ':', ';', '“']);
        tokens.push(Token {
            range: word.range(),
            written: word.text,
            small: word.text.to_lowercase(),
            begins: is_first || between.contains([',', '—']),
            is_first,
            is_joined: matches!(between, " " | "\u{A0}"),
            ends: after.is_empty() || after.starts_with(['.', ';', '!', '?', ')', ':']),
            is_owner: after.starts_with(['’', '\'']),
        });
        last = word.end();
    }
    tokens
}

/// What is wrong, and what is right there.
type Mend = (Range<usize>, String);

/// The plural of a noun.
fn plural(noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}

/// The singular of a plural noun of these lists.
fn singular(word: &str, lists: &[&str]) -> Option<String> {
    let noun = match word.strip_suffix("ies") {
        Some(stem) if word != "ties" => format!("{stem}y"),
        _ => word.strip_suffix('s')?.to_owned(),
    };
    lists.iter().any(|list| is_in(list, &noun)).then_some(noun)
}

/// How many of the first tokens may be adjectives before the noun at that place: as many as are given at most.
fn noun_at<'a>(tokens: &'a [Token<'_>], most: usize, is_noun: impl Fn(&str) -> bool) -> Option<(usize, &'a Token<'a>)> {
    for (index, token) in tokens.iter().take(most + 1).enumerate() {
        if !token.is_joined || token.is_owner || is_in(FUNCTION, &token.small) {
            return None;
        }
        // A noun may be part of a longer one, as in “party leaders”.
        let goes_on = tokens.get(index + 1).is_some_and(|next| next.is_joined && is_noun(&next.small)) && index < most;
        if is_noun(&token.small) && !goes_on {
            return Some((index, token));
        }
    }
    None
}

/// The plural of a verb in the singular, and the singular of one in the plural.
fn for_many(verb: &str) -> Option<String> {
    Some(match verb {
        "has" => "have".to_owned(),
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "does" => "do".to_owned(),
        verb if is_in(VERBS, verb) => {
            let stem = verb.strip_suffix('s')?;
            stem.strip_suffix('e')
                .filter(|stem| stem.ends_with("ss") || stem.ends_with("sh"))
                .unwrap_or(stem)
                .to_owned()
        }
        _ => return None,
    })
}

fn for_one(verb: &str) -> Option<String> {
    let right = match verb {
        "have" => "has",
        "are" => "is",
        "were" => "was",
        _ => return None,
    };
    Some(right.to_owned())
}

/// A verb right behind the subject that begins a clause.
fn verb(tokens: &[Token<'_>], before: Option<&Token<'_>>) -> Option<Mend> {
    let first = tokens.first()?;
    let after_that = first.is_joined && before.is_some_and(|before| is_in(CLAUSE, &before.small));
    if !first.begins && !after_that {
        return None;
    }
    let rest = tokens.get(1..)?;
    let mend = |verb: &Token<'_>| Some((verb.range.clone(), for_many(&verb.small).filter(|_| verb.is_joined)?));
    // The parties has, both sides has, the two Ministers has, ministers has.
    if is_in("the these those both all many several most various few our their its his her", &first.small)
        || NUMBERS.contains(&first.small.as_str())
    {
        let skip =
            usize::from(rest.first().is_some_and(|word| NUMBERS.contains(&word.small.as_str()) && word.is_joined));
        let subject = rest.get(skip..)?;
        let most = |noun: &str| if singular(noun, &[VERBAL]).is_some() { 1 } else { 2 };
        let found = noun_at(subject, 2, |noun| singular(noun, &[NOUNS, VERBAL]).is_some() || noun == "people");
        // The United Nations and the United States are one.
        let is_united = subject.first().is_some_and(|word| word.small == "united");
        if let Some((at, _)) = found.filter(|(at, noun)| *at <= most(&noun.small) && !is_united)
            && let Some(mend) = behind(subject, at, true).and_then(&mend)
        {
            return Some(mend);
        }
    }
    let country = |token: &Token<'_>| {
        token.written.starts_with(char::is_uppercase)
            && places::index_of(&search_form(token.written, false).0).is_some()
    };
    // Cambodia and Japan has. In “trade among Laos, Cambodia and Japan has” they are not the subject.
    if !first.is_first && !after_that {
        return singular_subject(first, rest);
    }
    if let [and, second, verb, ..] = rest
        && and.small == "and"
        && and.is_joined
        && second.is_joined
        && country(first)
        && country(second)
    {
        return mend(verb);
    }
    if first.small == "the"
        && let Some((at, _)) = noun_at(rest, 2, |noun| is_in(PERSONS, noun))
        && let Some([and, the, other @ ..]) = rest.get(at + 1..)
        && and.small == "and"
        && the.small == "the"
        && let Some((at, _)) = noun_at(other, 2, |noun| is_in(PERSONS, noun))
    {
        return other.get(at + 1).and_then(mend);
    }
    // “That the Minister have” is a wish.
    if after_that { None } else { singular_subject(first, rest) }
}

/// The Minister have, each country have.
fn singular_subject(first: &Token<'_>, rest: &[Token<'_>]) -> Option<Mend> {
    let (at, _) = match first.small.as_str() {
        "the" | "this" => noun_at(rest, 2, |noun| is_in(SINGLE, noun))?,
        "each" | "every" => noun_at(rest, 1, |noun| is_in(NOUNS, noun))?,
        _ => return None,
    };
    let verb = behind(rest, at, false).filter(|verb| verb.is_joined)?;
    Some((verb.range.clone(), for_one(&verb.small)?))
}

/// What follows a noun, and what it is of: the Ministers of both countries has, the Kingdom of Cambodia have. Of several the names
/// may be joined.
fn behind<'a>(tokens: &'a [Token<'_>], noun: usize, are_many: bool) -> Option<&'a Token<'a>> {
    let next = tokens.get(noun + 1)?;
    if next.small != "of" || !next.is_joined {
        return Some(next);
    }
    let begins = |token: &Token<'_>| is_in("the both all two three our their", &token.small);
    let is_name = |token: &Token<'_>| token.written.starts_with(char::is_uppercase);
    let rest = tokens.get(noun + 2..)?;
    let from = rest.iter().take(2).take_while(|token| begins(token)).count();
    let inside = |token: &&Token<'_>| {
        let is_noun = is_name(token) || singular(&token.small, &[NOUNS]).is_some();
        token.is_joined && (is_noun || are_many && token.small == "and")
    };
    let length = rest.iter().skip(from).take(OF).take_while(inside).count();
    rest.get(from + length).filter(|_| length > 0)
}

/// He have, they has, there is many, this are; one of the Ministers have, the number of visitors have.
fn pronoun(tokens: &[Token<'_>], before: Option<&Token<'_>>) -> Option<Mend> {
    let [first, second, ..] = tokens else { return None };
    if !second.is_joined {
        return None;
    }
    let follows = |words: &str| first.is_joined && before.is_some_and(|before| is_in(words, &before.small));
    let begins = first.begins && first.written.starts_with(char::is_uppercase);
    let right = match first.small.as_str() {
        "they" | "we" => for_many(&second.small).filter(|_| matches!(&*second.small, "has" | "is" | "was" | "does")),
        "he" | "she" | "it" if begins || follows("and but because") => for_one(&second.small),
        "these" | "those" if begins => for_many(&second.small),
        "this" if begins => for_one(&second.small),
        "there" => {
            let many = tokens.get(2).filter(|many| many.is_joined)?;
            let counted = tokens.get(3).is_some_and(|noun| singular(&noun.small, &[NOUNS, VERBAL]).is_some());
            let is_many = is_in("many several various numerous", &many.small)
                || counted && NUMBERS.contains(&many.small.as_str());
            for_many(&second.small).filter(|_| is_many && matches!(&*second.small, "is" | "was"))
        }
        _ => None,
    };
    if let Some(right) = right {
        return Some((second.range.clone(), right));
    }
    let starts = |words: &[&str]| {
        first.begins && words.iter().zip(tokens).all(|(word, token)| token.small == *word) && tokens.len() > words.len()
    };
    if starts(&["one", "of", "the"]) || starts(&["each", "of", "the"]) || starts(&["the", "number", "of"]) {
        let rest = tokens.get(3..)?;
        let is_noun = |noun: &str| singular(noun, &[NOUNS, VERBAL]).is_some() || noun == "people";
        let (at, _) = noun_at(rest, 2, is_noun)?;
        let verb = rest.get(at + 1).filter(|verb| verb.is_joined)?;
        return Some((verb.range.clone(), for_one(&verb.small)?));
    }
    None
}

/// Whether a noun ends its phrase.
fn ends_phrase(tokens: &[Token<'_>], noun: usize) -> bool {
    let ends = tokens.get(noun).is_some_and(|noun| noun.ends && !noun.is_owner);
    ends || tokens.get(noun + 1).is_some_and(|next| next.is_joined && is_in(ENDS, &next.small))
}

/// A plural behind an article: a productive talks, each countries, this agreements.
fn article(text: &str, tokens: &[Token<'_>]) -> Option<Mend> {
    let (first, rest) = tokens.split_first()?;
    // Category A is a name.
    let is_article = matches!(first.written, "a" | "an") || first.is_first && matches!(first.written, "A" | "An");
    if !is_article && !matches!(&*first.small, "each" | "every" | "another" | "this") {
        return None;
    }
    let lists = if is_article { &[NOUNS, VERBAL][..] } else { &[NOUNS][..] };
    let (at, noun) = noun_at(rest, 2, |noun| singular(noun, lists).is_some())?;
    let adjectives = rest.get(..at)?;
    let is_odd = |word: &Token<'_>| {
        is_in(NO_ADJECTIVE, &word.small) || word.small.ends_with('s') || !word.small.chars().all(char::is_alphabetic)
    };
    // Of rules and goods one says “a rules of origin study”.
    let is_compound = rest.get(at + 1).is_some_and(|next| next.small == "of" && next.is_joined);
    if adjectives.iter().any(is_odd) || is_compound || !ends_phrase(rest, at) || noun.written != noun.small {
        return None;
    }
    if !is_article {
        return Some((noun.range.clone(), singular(&noun.small, lists)?));
    }
    let range = first.range.start..noun.range.end;
    let right = text.get(rest.first()?.range.start..noun.range.end)?;
    let mut letters = right.chars();
    let capital = letters.next().filter(|_| first.written.starts_with('A'));
    let capital = capital.map(|first| first.to_uppercase().chain(letters).collect());
    Some((range, capital.unwrap_or_else(|| right.to_owned())))
}

/// A singular behind a plural: these agreement, many country, three minister.
fn several(tokens: &[Token<'_>], before: Option<&Token<'_>>) -> Option<Mend> {
    let (first, rest) = tokens.split_first()?;
    // Phase Two is a name.
    let is_number = NUMBERS.contains(&first.small.as_str()) && (first.begins || first.written == first.small);
    let counts =
        |word: &Token<'_>| is_in("track phase level stage part step article chapter round option type", &word.small);
    if !is_number && !is_in(SEVERAL, &first.small) || is_number && before.is_some_and(counts) {
        return None;
    }
    let (at, noun) = noun_at(rest, 2, |noun| is_in(NOUNS, noun))?;
    let next = rest.get(at + 1).filter(|next| next.is_joined).map_or("", |next| next.small.as_str());
    let is_odd = match noun.small.as_str() {
        // Those resident in Cambodia, party to it, representative of it; both Minister of this and Minister of that.
        "resident" | "expert" | "official" | "representative" | "party" | "delegate" => {
            !matches!(next, "are" | "were" | "have")
        }
        _ => is_in("both", &first.small) && !matches!(next, "are" | "were" | "have" | "will" | ""),
    };
    let within = rest.get(..at)?;
    let has_plural = within.iter().any(|word| word.small.ends_with('s') || is_in("many few", &word.small));
    (!is_odd && !has_plural && ends_phrase(rest, at)).then(|| {
        let right = plural(&noun.small);
        (noun.range.clone(), in_case_of(noun.written, right))
    })
}

/// A singular of which there are several: one of the most important partner.
fn one_of(tokens: &[Token<'_>]) -> Option<Mend> {
    let [one, of, the, rest @ ..] = tokens else { return None };
    let is_one = one.small == "one" && of.small == "of" && of.is_joined && the.is_joined;
    if !is_one || !is_in("the these those our its their his her", &the.small) {
        return None;
    }
    let (at, noun) = noun_at(rest, 3, |noun| is_in(NOUNS, noun) || is_in(VERBAL, noun))?;
    let within = rest.get(..at)?;
    let is_plural = within.iter().any(|word| word.small.ends_with('s'));
    (!is_plural && ends_phrase(rest, at)).then(|| (noun.range.clone(), in_case_of(noun.written, plural(&noun.small))))
}

/// A verb without its ending after “have”, and with it after “will”: have agree, will agreed.
fn participle(tokens: &[Token<'_>]) -> Option<Mend> {
    let [first, second, ..] = tokens else { return None };
    if !second.is_joined {
        return None;
    }
    let verbs = PARTICIPLES.split_ascii_whitespace();
    let base = |verb: &str| {
        let stem = verb.strip_suffix("ed").unwrap_or(verb);
        let has_e = ["agre", "reiterat", "emphasiz", "emphasis", "underlin", "participat", "appreciat", "recogniz"];
        let has_e = has_e.contains(&stem) || matches!(stem, "recognis" | "acknowledg" | "congratulat");
        if has_e { format!("{stem}e") } else { stem.to_owned() }
    };
    let right = match first.small.as_str() {
        "has" | "have" | "had" => {
            let mut verbs = verbs.filter(|verb| *verb != "expressed");
            verbs.find(|verb| base(verb) == second.small)?.to_owned()
        }
        "will" | "would" | "shall" | "can" | "could" | "must" | "should" => {
            let mut verbs = verbs;
            base(verbs.find(|verb| *verb == second.small)?)
        }
        _ => return None,
    };
    Some((second.range.clone(), right))
}

/// A word with a capital if another has one.
fn in_case_of(model: &str, word: String) -> String {
    let mut letters = word.chars();
    match letters.next().filter(|_| model.starts_with(char::is_uppercase)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => word,
    }
}
