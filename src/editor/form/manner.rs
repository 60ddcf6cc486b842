//! How one types in each field: what Enter does, and which names are offered.

use crate::{
    editor::{
        field::{Breaks, Manner, Names},
        words::Words,
    },
    release::{Field, Language, SignatoryLine},
    roster::{Roster, Wanted},
    storage::Settings,
};

/// How one types in a field of a release.
pub fn manner_of<'a>(
    field: Field,
    language: Language,
    settings: &Settings,
    roster: &'a Roster,
    words: &'a Words,
) -> Manner<'a> {
    let breaks = match field {
        Field::Paragraph(_) => Breaks::Paragraphs,
        field if field.is_multiline() => Breaks::Lines,
        _ => Breaks::Leave,
    };
    Manner {
        breaks,
        space_is_zero_width: settings.space_is_zero_width,
        quotes: settings.curly_quotes.then_some(language),
        names: names_for(field).map(|part| Names { roster, part, words }),
        tabs: false,
    }
}

/// Which part of the roster is of use in a field.
fn names_for(field: Field) -> Option<Wanted> {
    match field {
        Field::Headline | Field::Paragraph(_) | Field::Note(..) => Some(Wanted::Any),
        Field::Signatory(_, SignatoryLine::Name) => Some(Wanted::Name),
        Field::Signatory(_, SignatoryLine::Title) => Some(Wanted::Title),
        Field::Kingdom
        | Field::Motto
        | Field::Ministry
        | Field::Department
        | Field::Reference
        | Field::Notice
        | Field::Title
        | Field::Signatory(_, SignatoryLine::Party)
        | Field::Place => None,
    }
}
