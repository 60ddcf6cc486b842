//! Going to a finding: from the list, and from one to the next by F7.
//!
//! Knows findings, the caret, and the controls of the form. Its invariant: F7 goes on from where the keyboard is, and
//! leads to what the finding is about, be it a text or a control.

use std::ops::Range;

use egui::Context;

use super::{Editor, finding_words::line, form::Control};
use crate::{
    editing::{Position, Selection},
    proof::{Finding, Problem},
    release::Field,
};

/// How far the user has gone from finding to finding by the keyboard.
#[derive(Default)]
pub struct FindingTour {
    /// The finding that was gone to last.
    pub shown: Option<usize>,
    /// Where the keyboard was then.
    at: Option<Spot>,
    /// The message that said what it is; empty if there was none.
    pub message: String,
    /// Whether a message said that there are no more beyond it.
    is_end_said: bool,
    /// Whether the list of findings is open and has got the keyboard.
    pub has_list_keyboard: bool,
}

/// A part of the draft, or a control of the form, which comes behind all of the text that it follows. Spots are in the
/// order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    start: Position,
    end: Position,
}

impl From<Control> for Spot {
    fn from(control: Control) -> Self {
        let byte = match control {
            Control::Emblem => usize::MAX - 1,
            Control::EmblemAlternative | Control::Date => usize::MAX,
        };
        let at = Position::new(control.follows(), byte);
        Self { start: at, end: at }
    }
}

/// The control of the form that a finding is about, if it is about no text.
fn control_of(finding: &Finding) -> Option<Control> {
    match finding.problem {
        Problem::NoDate | Problem::FutureDate | Problem::PastDate => Some(Control::Date),
        // All other placeholders are in texts.
        Problem::OpenPlaceholder(_) if finding.field.is_none() => Some(Control::Date),
        Problem::Emblem(..) | Problem::CoarseEmblem(_) => Some(Control::Emblem),
        Problem::NoAlternative => Some(Control::EmblemAlternative),
        _ => None,
    }
}

/// Where F7 leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    To(usize),
    /// There is nothing beyond the finding that was gone to last.
    End,
}

/// The next of some findings in their order, `None` having no spot, from where the keyboard is. `last` is the one that
/// was gone to last, if the keyboard is still there.
fn next(spots: &[Option<Spot>], last: Option<usize>, here: Option<Spot>, is_end_said: bool, forward: bool) -> Next {
    let count = spots.len().max(1);
    match last {
        Some(at) if !is_end_said && at == (if forward { count - 1 } else { 0 }) => Next::End,
        Some(at) if forward => Next::To((at + 1) % count),
        Some(at) => Next::To((at + count - 1) % count),
        None => {
            let is_before = |spot: &Option<Spot>| here.zip(*spot).is_some_and(|(here, spot)| spot.start < here.start);
            let after = spots.partition_point(is_before);
            Next::To(if forward { after % count } else { (after + count - 1) % count })
        }
    }
}

impl Editor {
    /// Goes to the finding after the caret, or before it. After the last it says that there are no more, and then goes
    /// to the first.
    pub(super) fn next_finding(&mut self, forward: bool, ctx: &Context) {
        let mut all: Vec<_> = (0..self.desk.findings.len()).map(|index| (self.spot_of(index), index)).collect();
        // What concerns the whole draft, as too many pages, comes last.
        all.sort_by_key(|(spot, index)| (spot.is_none(), *spot, *index));
        if all.is_empty() {
            return self.tell(self.words.get("findings-none").to_owned());
        }
        let here = self.spot_of_keyboard(ctx);
        let last = self.tour.shown.and_then(|shown| all.iter().position(|(_, index)| *index == shown));
        let is_here = |at: &usize| all.get(*at).is_some_and(|(spot, _)| spot.or(self.tour.at) == here);
        let spots: Vec<_> = all.iter().map(|(spot, _)| *spot).collect();
        let at = match next(&spots, last.filter(is_here), here, self.tour.is_end_said, forward) {
            Next::To(at) => at,
            Next::End => {
                self.tour.is_end_said = true;
                return self.tell(self.words.get("findings-end").to_owned());
            }
        };
        self.tour.is_end_said = false;
        let Some(&(_, index)) = all.get(at) else { return };
        if let Some(finding) = self.desk.findings.get(index).cloned() {
            self.go_to(&finding);
            if let Some(control) = control_of(&finding) {
                // A calendar that opens by itself would hide the message, which says what is wrong.
                self.form.open_calendar = false;
                self.form.seek(control);
            }
            (self.tour.shown, self.tour.at) = (Some(index), here);
            let text = line(&self.words, self.desk.document.release(), &finding);
            self.tour.message.clone_from(&text);
            self.tell(text);
        }
    }

    /// Where the keyboard is: in a control that a finding can be about, or at the caret.
    fn spot_of_keyboard(&self, ctx: &Context) -> Option<Spot> {
        let caret = || self.form.place().map(|place| Spot { start: place.start(), end: place.end() });
        self.form.control_with_keyboard(ctx).map(Spot::from).or_else(caret)
    }

    /// Where a finding is now, if it is about no whole draft.
    fn spot_of(&self, index: usize) -> Option<Spot> {
        let (field, range) = self.place_of(index);
        let control = || self.desk.findings.get(index).and_then(control_of).map(Spot::from);
        let in_text = |field| Spot { start: Position::new(field, range.start), end: Position::new(field, range.end) };
        field.map(in_text).or_else(control)
    }

    /// Where a finding is now in a text, which may have changed since it was checked.
    fn place_of(&self, index: usize) -> (Option<Field>, Range<usize>) {
        let mut places = self.desk.places.all().iter();
        let now = places.find(|(_, _, of)| *of == index).map(|(field, range, _)| (Some(*field), range.clone()));
        let found =
            || self.desk.findings.get(index).map_or((None, 0..0), |finding| (finding.field, finding.range.clone()));
        now.unwrap_or_else(found)
    }

    /// Goes to what a finding is about. The calendar opens where that is the date.
    pub(super) fn go_to(&mut self, finding: &Finding) {
        self.desk.document.close_step(self.form.place());
        let at = self.desk.findings.iter().position(|other| other == finding);
        let (field, range) = at.map_or_else(|| (finding.field, finding.range.clone()), |at| self.place_of(at));
        match (field, control_of(finding)) {
            (Some(field), _) if range.is_empty() => self.form.go_to(Selection::at(field, 0)),
            (Some(field), _) => self.form.go_to(Selection::select(field, range)),
            (None, Some(control)) => {
                // Only the form has it.
                self.bring_form();
                match control {
                    Control::Date => self.form.open_calendar = true,
                    Control::Emblem | Control::EmblemAlternative => self.form.seek(control),
                }
            }
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: Field, range: Range<usize>) -> Option<Spot> {
        Some(Spot { start: Position::new(field, range.start), end: Position::new(field, range.end) })
    }

    #[test]
    fn f7_goes_on_from_the_keyboard_and_reaches_controls_in_the_order_of_the_form() {
        let date = Some(Spot::from(Control::Date));
        let spots =
            [text(Field::Headline, 0..3), text(Field::Paragraph(0), 4..6), text(Field::Place, 0..0), date, None];
        let from = |here, forward| next(&spots, None, here, false, forward);
        assert_eq!(from(text(Field::Title, 0..0), true), Next::To(0));
        assert_eq!(from(text(Field::Paragraph(0), 9..9), true), Next::To(2));
        assert_eq!(from(text(Field::Place, 1..1), true), Next::To(3));
        assert_eq!(from(date, false), Next::To(2));
        assert_eq!(from(text(Field::Paragraph(7), 0..0), false), Next::To(1));
        // From a finding, and at both ends.
        let after = |last, is_end_said, forward| next(&spots, Some(last), spots[last], is_end_said, forward);
        assert_eq!([after(2, false, true), after(4, false, true)], [Next::To(3), Next::End]);
        assert_eq!([after(4, true, true), after(0, false, false)], [Next::To(0), Next::End]);
    }
}
