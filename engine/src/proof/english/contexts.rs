//! Words that are taken for one another, told by the words on both sides: how they will effect trade, the Security
//! Counsel, agreed in principal.
//!
//! Like `confused`, which looks at one side only. A context is listed only if the other word is never meant in it.

use super::{super::Problem, Slip, agreement::is_in, slip, words};
use crate::release::Check;

/// A word that is not meant between others: lists of words, each of which is enough. An empty list is any word or
/// none; a full stop in a list is a sign, or the end of the text.
struct Context {
    before: &'static str,
    wrong: &'static str,
    after: &'static str,
    right: &'static str,
}

const fn context(before: &'static str, wrong: &'static str, after: &'static str, right: &'static str) -> Context {
    Context { before, wrong, after, right }
}

const MODALS: &str = "will would may might can could must shall should to not also it they which that";
const ADVERBS: &str = "adversely negatively directly severely badly seriously greatly positively deeply heavily \
    significantly gravely strongly";
const PEOPLE: &str = "people persons families countries areas communities those victims provinces regions villages \
    citizens workers households population populations farmers children women";
const AFFECTED: &str = "economy economies region people country countries lives livelihoods world relations trade \
    environment market markets population prices price";
const HARM: &str = "flood floods flooding conflict war crisis pandemic disaster disasters storm typhoon drought \
    earthquake tariff tariffs climate covid-19";
const OWNED: &str = "leaders ministers citizens relations relationship respective own mutual shared determination \
    desire readiness appreciation gratitude economies nations capitals views concerns efforts borders contributions \
    sincere firm long-standing longstanding traditional territorial territories sovereignty predecessors counterparts \
    nationals obligations";
const VALUES: &str = "mutual equality sovereignty non-interference non-intervention consensus reciprocity respect \
    peaceful self-determination territorial independence multilateralism neutrality international";
const TASKS: &str = "success stability peace security safety implementation effective smooth continuity protection \
    timely";
const LOOKING: &str = "look looks looked looking";
/// Behind a noun that ends its phrase.
const ENDS: &str = ". and of in to for from who were was are is have has will at on with that as by";

/// Words of which two that are repeated are one too many: of the of the.
const SMALL: &str = "of the in on to and for with by at from a an";

const CONTEXTS: &[Context] = &[
    // To effect is to bring about: changes, payments, a ceasefire.
    context(
        MODALS,
        "effect",
        "trade people both tourism us them everyone lives livelihoods exports imports prices all \
        many millions cambodia investment families communities citizens workers countries relations",
        "affect",
    ),
    context(MODALS, "effect the", AFFECTED, "affect the"),
    context(MODALS, "effect their", AFFECTED, "affect their"),
    context(MODALS, "effect our", AFFECTED, "affect our"),
    context(ADVERBS, "effect", "", "affect"),
    context(ADVERBS, "effected", "", "affected"),
    context(PEOPLE, "effected", "", "affected"),
    context("most worst", "effected", "", "affected"),
    context("has have had", "effected", "thousands people many families hundreds millions lives", "affected"),
    context("", "effected by", HARM, "affected by"),
    context("", "effected by the", HARM, "affected by the"),
    context("it also which that this conflict war crisis", "effects", "both all us them our their", "affects"),
    context("side negative positive adverse harmful", "affects", "", "effects"),
    context("the", "affect", "of on", "effect"),
    context("the", "affects", "of on", "effects"),
    context("in with", "affect", ". from and on", "effect"),
    context("come comes came enter", "into affect", "", "into effect"),
    context("in", "principal", ". to on and with that by but", "principle"),
    context("guiding fundamental basic core founding", "principal", "of", "principle"),
    context("guiding fundamental basic core founding universal democratic", "principals", "", "principles"),
    context("", "principal of", VALUES, "principle of"),
    context("", "principals of", VALUES, "principles of"),
    context("china one-china", "principal", ". and of", "principle"),
    context(
        "the",
        "principle",
        "reason reasons partner partners cause role goal goals purpose donor donors source \
        trading export exports representative delegate investigator",
        "principal",
    ),
    context("", "its", "going", "it is"),
    context("", "its important", "that", "it is important"),
    context("", "its clear", "that", "it is clear"),
    context("", "it's", "government embassy chairmanship presidency", "its"),
    context("of with in for from to by at within", "there", OWNED, "their"),
    context(
        "expressed express reaffirmed reaffirm reiterated conveyed stressed renewed renew strengthen deepen voiced",
        "there",
        OWNED,
        "their",
    ),
    context("at in of", "there", "office home embassy capital", "their"),
    context("", "there", "own respective", "their"),
    context("", "their", "is are was were", "there"),
    context("of in with from for by", "they're", OWNED, "their"),
    context(
        "of for good technical medical valuable policy sound professional kind on travel wise",
        "advise",
        ". and \
        on from to of",
        "advice",
    ),
    context("to will would can should must", "advice", "the him her them us you their all his citizens", "advise"),
    context("he she it who which minister ministry embassy government also", "advices", "", "advises"),
    context("his her the their of some many these for", "advices", "", "advice"),
    context(
        "could can may might must cannot never they we did should",
        "loose",
        "the their its his her our a sight \
        hope control momentum everything",
        "lose",
    ),
    context("", "loosing", "", "losing"),
    context("", "looses", "", "loses"),
    context("security privy supreme commune provincial constitutional cooperation social", "counsel", "", "council"),
    context("", "counsel of", "ministers europe", "council of"),
    context("sought seek", "legal council", "", "legal counsel"),
    context("wise sought seek", "council", ". to on and", "counsel"),
    context("minister embassy political economic commercial cultural", "councillor", "", "counsellor"),
    context("minister embassy political economic commercial cultural", "councilor", "", "counsellor"),
    context("commune municipal provincial city district", "counsellor", "", "councillor"),
    context("commune municipal provincial city district", "counsellors", "", "councillors"),
    context("", "council general", ". of in at", "consul general"),
    context("honorary", "council", ". of in", "consul"),
    context("", "consular general", "", "consul general"),
    context("present presents presented presenting with my our", "complements", "", "compliments"),
    context("", "compliment", "existing ongoing", "complement"),
    context("", "compliments", "existing ongoing", "complements"),
    context("", "complimented", "existing ongoing earlier", "complemented"),
    context("economies strengths skills", "compliment", "each", "complement"),
    context("full", "compliment", "of", "complement"),
    context(
        "agreed agree agrees continue continued continues pledged decided committed intend intends wish wished able ready \
        sought seek endeavour",
        "too",
        "strengthen expand deepen promote enhance work hold continue establish sign cooperate support explore increase \
        facilitate ensure further build develop organise organize exchange",
        "to",
    ),
    context(
        "military security diplomatic medical peacekeeping police civilian technical embassy health naval armed \
        trained key consular administrative humanitarian",
        "personal",
        ENDS,
        "personnel",
    ),
    context(
        "",
        "personnel",
        "opinion opinions view views letter message friend friendship envoy greetings regards \
        involvement relationship invitation gratitude thanks condolences",
        "personal",
    ),
    context("", "insure", "that peace stability effective smooth timely", "ensure"),
    context("", "insure the", TASKS, "ensure the"),
    context("", "insures", "that peace stability", "ensures"),
    context("", "insuring", "that peace stability", "ensuring"),
    context("", "insuring the", TASKS, "ensuring the"),
    context("", "ensured him", "that of", "assured him"),
    context("", "ensured her", "that of", "assured her"),
    context("", "ensured them", "that of", "assured them"),
    context("and but", "than", "he she they it left met visited", "then"),
    context("since until", "than", "", "then"),
    context("to will", "except", "the this an his her their", "accept"),
    context("", "adapt the", "resolution declaration communiqué", "adopt the"),
    context("", "adapt a", "resolution declaration communiqué statement", "adopt a"),
    context("", "adapted the", "resolution declaration communiqué", "adopted the"),
    context("", "adopt to", "climate changing", "adapt to"),
    context("", "imminent", "person persons guests scholar scholars", "eminent"),
    context("", "eminent", "danger threat threats attack", "imminent"),
    context("", "boarder", "", "border"),
    context("", "boarders", "", "borders"),
    context("", "piece", "talks agreement process accord accords treaty negotiations", "peace"),
    context("", "piece and", "stability security prosperity order harmony development", "peace and"),
    context("world lasting regional", "piece", ". in between", "peace"),
    context("", "a peace of", "paper land cake advice legislation", "a piece of"),
    context("so put set brought", "fourth", ". by and", "forth"),
    context("the a", "forth", "", "fourth"),
    context("the", "passed", "year years decade decades month months week weeks century", "past"),
    context("", "past a", "resolution law bill motion", "passed a"),
    context("historic historical heritage cultural archaeological construction temple", "cite", "", "site"),
    context("historic historical heritage cultural archaeological construction temple", "cites", "", "sites"),
    context("heritage", "sight", "", "site"),
    context("heritage", "sights", "", "sites"),
    context("", "past away", "", "passed away"),
    context(
        "important active leading key vital crucial constructive central pivotal major significant",
        "roll",
        ". in of \
        as and",
        "role",
    ),
    context("", "cooperate", "sector social governance", "corporate"),
    context("to", "corporate", "with", "cooperate"),
    context(
        "bilateral mutual close closer multilateral strong stronger",
        "corporation",
        ". between with in and among on",
        "cooperation",
    ),
    context("", "corporation", "between", "cooperation"),
    context("affairs", "and international corporation", "", "and international cooperation"),
    context(
        "the these both our their its of in",
        "tow",
        "countries sides ministers leaders days nations parties \
        governments peoples neighbours neighbors",
        "two",
    ),
    context("a the", "through", "discussion review investigation examination assessment study analysis", "thorough"),
    context("", "thorough", "the their its dialogue", "through"),
    context("", "trough", "the their its a dialogue", "through"),
    context("they we ministers sides", "where", "held able pleased present received joined welcomed", "were"),
    context("has have had", "being", "held made a the in able received established", "been"),
    context("is are was were", "been", "", "being"),
    context("rome", "statue", "", "statute"),
    context("", "marital", "law", "martial"),
    context("", "unclear", "weapons weapon", "nuclear"),
    context("clinical", "trail", "", "trial"),
    context("clinical", "trails", "", "trials"),
    context("heavy civilian many", "causalities", "", "casualties"),
    context("", "diffuse", "tension tensions", "defuse"),
    context("", "elicit", "drugs drug trade trafficking weapons activities", "illicit"),
    context("has have had", "lead", "to the a", "led"),
    context("", "quite", "diplomacy", "quiet"),
    context("", "quiet a", "few lot number", "quite a"),
    context("", "in access of", "", "in excess of"),
    context("the", "untied", "states", "united"),
    context(
        "delegation delegations officials representatives visitors students received experts guests participants \
        tourists ambassador ambassadors leaders",
        "form",
        "japan china thailand vietnam laos asean cambodia",
        "from",
    ),
    // Behind these verbs there is no preposition, or another.
    context("", "discussed about", "the how their issues cooperation bilateral trade it this", "discussed"),
    context("", "discuss about", "the how their issues cooperation bilateral trade it this", "discuss"),
    context("", "discussing about", "the how their issues cooperation bilateral trade it this", "discussing"),
    context("", "emphasized on the", "importance need necessity role", "emphasized the"),
    context("", "emphasised on the", "importance need necessity role", "emphasised the"),
    context("", "reiterated again", "", "reiterated"),
    context("", "in accordance to", "", "in accordance with"),
    context("", "in compliance to", "", "in compliance with"),
    context("", "capable to", "", "capable of"),
    context(LOOKING, "forward to meet", "", "forward to meeting"),
    context(LOOKING, "forward to welcome", "", "forward to welcoming"),
    context(LOOKING, "forward to receive", "", "forward to receiving"),
    context(LOOKING, "forward to see", "", "forward to seeing"),
    context(LOOKING, "forward to continue", "", "forward to continuing"),
    context(LOOKING, "forward to hear", "", "forward to hearing"),
    context(LOOKING, "forward to strengthen", "", "forward to strengthening"),
    context(LOOKING, "forward to work", "with closely together", "forward to working"),
    // Two words of which one is left from an earlier wording.
    context("", "the a", "*", "the"),
    context("", "a the", "*", "the"),
    context("", "an the", "*", "the"),
    context("", "the an", "*", "the"),
    context("", "the their", "*", "their"),
    context("", "the its", "*", "its"),
    context("", "the our", "*", "our"),
    context("", "their the", "*", "the"),
    context("", "in of the", "*", "of the"),
    context("", "their will be", "", "there will be"),
    // What is never written so.
    context("", "alot", "", "a lot"),
    context("", "informations", "", "information"),
    context("", "equipments", "", "equipment"),
    context("", "cooperations", "", "cooperation"),
    context("", "furnitures", "", "furniture"),
];

/// The words of a text that are not meant where they are.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let words = words(text);
    let small: Vec<String> = words.iter().map(|word| word.text.to_lowercase().replace('’', "'")).collect();
    // Whether a single space is between a word and the next.
    let is_joined = |index: usize| {
        let (before, after) = (words.get(index), words.get(index + 1));
        before.zip(after).is_some_and(|(before, after)| text.get(before.end()..after.at) == Some(" "))
    };
    let mut slips = Vec::new();
    for (index, first) in small.iter().enumerate() {
        for Context { before, wrong, after, right } in
            CONTEXTS.iter().filter(|context| context.wrong.starts_with(first))
        {
            let parts = || wrong.split(' ').zip(index..);
            let is_wrong = parts()
                .all(|(part, at)| small.get(at).is_some_and(|word| word == part) && (at == index || is_joined(at - 1)));
            let last = parts().last().map_or(index, |(_, at)| at);
            let (Some(word), Some(end)) = (words.get(index).filter(|_| is_wrong), words.get(last)) else { continue };
            let follows = before.is_empty()
                || index
                    .checked_sub(1)
                    .is_some_and(|at| is_joined(at) && small.get(at).is_some_and(|word| is_in(before, word)));
            let next = small.get(last + 1).filter(|_| is_joined(last));
            let goes_on = match *after {
                "" => true,
                "*" => next.is_some(),
                list => next.is_some_and(|word| is_in(list, word)) || is_in(list, ".") && ends_phrase(text, end.end()),
            };
            let range = word.at..end.end();
            let written = text.get(range.clone()).unwrap_or_default();
            // The A list, the An family, a word in capitals.
            let mut further = written.split(' ').skip(1);
            let is_odd = *after == "*" && further.any(|word| word.starts_with(char::is_uppercase))
                || written.split(' ').any(|word| word.chars().skip(1).any(char::is_uppercase));
            let is_name = before.is_empty() && after.is_empty() && index > 0 && written.starts_with(char::is_uppercase);
            if follows && goes_on && !is_odd && !is_name {
                slips.extend(slip(Check::ConfusedWords, text, range, Some(in_case_of(written, right))));
                break;
            }
        }
        // of the of the
        if let Some([_, second, third, fourth]) = small.get(index..index + 4)
            && (first, second) == (third, fourth)
            && is_in(SMALL, first)
            && is_in(SMALL, second)
            && (index..index + 3).all(is_joined)
            && let Some((from, to)) = words.get(index).zip(words.get(index + 3))
        {
            slips.push((from.at..to.end(), Problem::DoubledWord(format!("{first} {second}"))));
        }
    }
    slips
}

/// Whether a sign that ends a phrase is at a place of a text, or its end.
fn ends_phrase(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',', ';', ':', ')', '!', '?', '”']))
}

/// Words with capitals where others have them.
fn in_case_of(model: &str, right: &str) -> String {
    let capitals: Vec<bool> = model.split(' ').map(|word| word.starts_with(char::is_uppercase)).collect();
    let last = capitals.last().filter(|_| capitals.len() > 1);
    let of = |index: usize| capitals.get(index).or(last).copied().unwrap_or_default();
    let words = right.split(' ').enumerate().map(|(index, word)| {
        let mut letters = word.chars();
        match letters.next().filter(|_| of(index)) {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of the table that another hides, or whose lists have a word that cannot be, finds nothing.
    #[test]
    fn each_context_is_found_with_each_of_its_words() {
        let each = |list: &'static str| if list.is_empty() { vec![""] } else { list.split(' ').collect::<Vec<_>>() };
        for Context { before, wrong, after, right } in CONTEXTS {
            for (said, next) in
                each(before).into_iter().flat_map(|said| each(after).into_iter().map(move |next| (said, next)))
            {
                let next = if next == "*" { "word" } else { next };
                let text = format!("{said} {wrong} {next}").replace(" .", ".");
                let found = slips(text.trim());
                let is_it = |(_, problem): &Slip| matches!(problem, Problem::Prose { written, right: Some(found), .. } if written == wrong && found == right);
                assert!(found.iter().any(is_it), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn two_words_twice_are_found() {
        let text = "The Minister of the of the Kingdom, and in the end in the capital";
        assert_eq!(slips(text), [(13..26, Problem::DoubledWord("of the".to_owned()))]);
        assert_eq!(Problem::DoubledWord("of the".to_owned()).mend(text, 13..26).as_deref(), Some("of the"));
    }

    #[test]
    fn capitals_stay_as_they_are() {
        let right = |text: &str| match &slips(text)[..] {
            [(_, Problem::Prose { right, .. })] => right.clone().unwrap_or_default(),
            other => panic!("{other:?}"),
        };
        assert_eq!(right("the Security Counsel met"), "Council");
        assert_eq!(right("the Council General of Japan"), "Consul General");
        assert_eq!(right("In accordance to the law"), "In accordance with");
        assert_eq!(right("Foreign Affairs and International Corporation met"), "and International Cooperation");
        assert_eq!(slips("The A list, A THE, the An family, the a.m. train and Boarder"), []);
    }
}
