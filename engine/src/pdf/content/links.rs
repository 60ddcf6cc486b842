//! Where links and the numbers of footnotes are on a page, and where they lead.
//!
//! Knows lines, and draws nothing. Invariant: a link is in the element that is shown when it is added.

use super::{
    super::structure::{LinkId, LinkPlace, Target},
    Composer,
    operators::ShownCodes,
};
use crate::{
    dates,
    release::{Field, Language},
    typeset::{Cluster, Line, Pages, Source},
};

/// The notes of the pages, in order.
pub(super) fn notes(pages: &Pages) -> Vec<(usize, usize)> {
    let number = |(_, line): (usize, &Line)| match line.source {
        Source::NoteNumber { paragraph, at } => Some((paragraph, at)),
        _ => None,
    };
    pages.lines().filter_map(number).collect()
}

/// Whether a line is of a footnote, or its number.
pub(super) fn is_of_note(source: Source) -> bool {
    matches!(source, Source::NoteNumber { .. } | Source::Field { field: Field::Note(..), .. })
}

impl Composer<'_> {
    /// Where a stretch of the current text leads, and what a reader is told of it.
    pub(super) fn link(&self, id: LinkId) -> Option<(LinkId, Target, String)> {
        let (_, text, _) = self.element.as_ref()?;
        let digits = |number: usize| match self.language {
            Language::English => (number + 1 - self.first_note).to_string(),
            Language::Khmer => dates::to_khmer_digits(&(number + 1 - self.first_note).to_string()),
        };
        Some(match (id, self.language) {
            (LinkId::Address(index), _) => {
                let (_, address) = text.links.get(index)?;
                (id, Target::Address(address.ascii()), address.for_readers().to_owned())
            }
            (LinkId::Note(number), Language::English) => {
                (id, Target::Note(number), format!("Footnote {}", digits(number)))
            }
            (LinkId::Note(number), Language::Khmer) => {
                (id, Target::Note(number), format!("កំណត់សម្គាល់ទី {}", digits(number)))
            }
            (LinkId::Reference(number), Language::English) => {
                (id, Target::Reference(number), format!("Back to the text, footnote {}", digits(number)))
            }
            (LinkId::Reference(number), Language::Khmer) => {
                (id, Target::Reference(number), format!("ត្រឡប់ទៅអត្ថបទ កំណត់សម្គាល់ទី {}", digits(number)))
            }
        })
    }

    /// Which of the notes of all releases one is, from 0, by its number or its text.
    pub(super) fn note_number(&self, source: Source) -> usize {
        let (Source::NoteNumber { paragraph, at } | Source::Field { field: Field::Note(paragraph, at), .. }) = source
        else {
            return self.first_note;
        };
        self.first_note + self.notes.binary_search(&(paragraph, at)).unwrap_or(0)
    }

    /// Whether a line is all in one language and leads nowhere, as most are.
    pub(super) fn is_plain(&self, line: &Line) -> bool {
        let is_of_one = self.element.as_ref().is_none_or(|(_, _, languages)| languages.foreign.is_empty());
        let leads = matches!(line.source, Source::NoteNumber { .. });
        is_of_one && !leads && line.text.links.is_empty() && line.text.numbers.is_empty()
    }

    /// Opens the sequence that a cluster of a line is in, unless it is open, and gives the link that it is part of.
    pub(super) fn turn_to(
        &mut self,
        line: &Line,
        (index, cluster): (usize, &Cluster),
        shown: &mut ShownCodes,
    ) -> Option<LinkId> {
        let foreign = self
            .element
            .as_ref()
            .is_some_and(|(_, _, languages)| languages.foreign.get(index).copied().unwrap_or(false));
        let link = self.link_of(line, cluster);
        if self.open != Some((foreign, link)) {
            shown.flush(&mut self.stream);
            self.close();
            self.open(foreign, link);
        }
        link
    }

    /// What a cluster of a line leads to, if it leads anywhere.
    pub(super) fn link_of(&self, line: &Line, cluster: &Cluster) -> Option<LinkId> {
        match line.source {
            Source::NoteNumber { .. } => Some(LinkId::Reference(self.note_number(line.source))),
            Source::Field { field: Field::Paragraph(index), .. } if line.text.number_of(cluster).is_some() => {
                let number = line.text.number_of(cluster)?;
                Some(LinkId::Note(self.first_note + self.outline.notes_before(index) + number))
            }
            _ => line.text.link_of(cluster).map(LinkId::Address),
        }
    }

    /// Adds where a link of a line can be clicked: between its edges, over the space of the line.
    pub(super) fn add_link(&mut self, line: &Line, link: LinkId) {
        let within = |(_, cluster): &(usize, &Cluster)| self.link_of(line, cluster) == Some(link);
        let clusters = line.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        // A space at which the line ends is beyond the measure.
        let seen = |(_, cluster): &(usize, &Cluster)| !line.text.characters(cluster).trim().is_empty();
        let mut linked = clusters.iter().enumerate().filter(within).filter(seen).map(|(index, _)| index);
        let Some(first) = linked.next() else { return };
        let last = linked.next_back().unwrap_or(first);
        let edge = |index: usize| line.left + line.x.get(index).copied().unwrap_or(0.0);
        let (above, below) = line.reach;
        let (left, upper) = self.done.sheet.place(edge(first), line.baseline - above);
        let (right, lower) = self.done.sheet.place(edge(last + 1), line.baseline + below);
        self.done.structure.add_place(LinkPlace { page: self.page, bounds: [left, lower, right, upper] });
    }
}
