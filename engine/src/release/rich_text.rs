//! Text with bold, italic, underline, superscript and subscript, and with what stretches of it carry.

mod attached;

use std::ops::Range;

use attached::Attachment;
pub use attached::{Attached, NOTE};

use crate::khmer;

/// How a stretch of text is emphasised: any of bold, italic and underline, and raised or lowered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style(u8);

impl Style {
    /// No emphasis.
    pub const PLAIN: Self = Self(0);
    /// Bold.
    pub const BOLD: Self = Self(1);
    /// Italic; Khmer is slanted.
    pub const ITALIC: Self = Self(2);
    /// Underlined.
    pub const UNDERLINE: Self = Self(4);
    /// Small and raised, such as the letters of an ordinal number.
    pub const SUPERSCRIPT: Self = Self(8);
    /// Small and lowered, as in a chemical formula.
    pub const SUBSCRIPT: Self = Self(16);
    /// Each single emphasis.
    pub const EACH: [Self; 5] = [Self::BOLD, Self::ITALIC, Self::UNDERLINE, Self::SUPERSCRIPT, Self::SUBSCRIPT];

    /// Both styles, of which not one raises and the other lowers.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in this style.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This style with `other` added or taken away. What is raised is lowered no longer, and the other way round.
    #[must_use]
    pub fn with(self, other: Self, on: bool) -> Self {
        if !on {
            return Self(self.0 & !other.0);
        }
        let opposite = match (other.has(Self::SUPERSCRIPT), other.has(Self::SUBSCRIPT)) {
            (true, _) => Self::SUBSCRIPT,
            (false, true) => Self::SUPERSCRIPT,
            (false, false) => Self::PLAIN,
        };
        Self((self.0 | other.0) & !opposite.0)
    }

    /// What differs between two styles.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
}

/// Letters to be put in the place of others, which ascend.
type Changes = Vec<(Range<usize>, String)>;

/// A stretch of text in one style, ending at byte `end` and starting where the one before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Run {
    end: usize,
    style: Style,
}

/// Text in which every stretch has a [`Style`], and some carry a link or a note.
///
/// Runs cover the text without gaps, none is empty, and neighbours differ, so that texts that
/// look the same are equal. What is attached is in order and does not overlap. Ranges are in bytes; one that is no boundary of the text is moved
/// down to the nearest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RichText {
    text: String,
    runs: Vec<Run>,
    attached: Vec<Attachment>,
}

impl RichText {
    /// Text without emphasis.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::styled(text, Style::PLAIN)
    }

    /// Text in one style throughout.
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        let runs = if text.is_empty() { Vec::new() } else { vec![Run { end: text.len(), style }] };
        Self { text, runs, attached: Vec::new() }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The characters alone, without their styles.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there are no characters.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The stretches of one style, in order.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Style)> + '_ {
        let mut start = 0;
        self.runs.iter().map(move |run| {
            let range = start..run.end;
            start = run.end;
            (range, run.style)
        })
    }

    /// The style of the character that ends at `at`, or of the first: what is typed there takes it.
    pub fn style_before(&self, at: usize) -> Style {
        self.runs.iter().find(|run| run.end >= at.max(1)).map_or(Style::PLAIN, |run| run.style)
    }

    /// The emphasis that all of a range has.
    pub fn style_of(&self, range: Range<usize>) -> Style {
        self.runs()
            .filter(|(run, _)| run.start < range.end && range.start < run.end)
            .map(|(_, style)| style)
            .reduce(|a, b| Style(a.0 & b.0))
            .unwrap_or_default()
    }

    /// Appends text in a style.
    pub fn push_str(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(last) if last.style == style => last.end = end,
            _ => self.runs.push(Run { end, style }),
        }
    }

    /// Appends another text.
    pub fn push(&mut self, other: &Self) {
        let start = self.len();
        for (range, style) in other.runs() {
            self.push_str(&other.text[range], style);
        }
        self.attach_all(other.attachments_in(0..other.len()), start);
    }

    /// A part of the text, with its styles.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let end = self.text.floor_char_boundary(range.end);
        let start = self.text.floor_char_boundary(range.start).min(end);
        let mut part = Self::default();
        for (run, style) in self.runs() {
            let (from, to) = (run.start.max(start), run.end.min(end));
            if from < to {
                part.push_str(&self.text[from..to], style);
            }
        }
        part.attach_all(self.attachments_in(start..end), 0);
        part
    }

    /// Puts `with` in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, with: &Self) {
        let mut text = self.slice(0..range.start);
        text.push(with);
        text.push(&self.slice(range.end.max(range.start)..self.len()));
        *self = text;
    }

    /// Adds an emphasis to a range, or takes it away.
    pub fn emphasise(&mut self, range: Range<usize>, emphasis: Style, on: bool) {
        let part = self.slice(range.clone());
        let mut changed = Self::default();
        for (run, style) in part.runs() {
            changed.push_str(&part.text[run], style.with(emphasis, on));
        }
        changed.attached = part.attached;
        self.replace(range, &changed);
    }

    /// The parts between places in bytes, which ascend; one more than there are places.
    pub fn parts(&self, places: impl IntoIterator<Item = usize>) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut runs = self.runs().peekable();
        let mut start = 0;
        for place in places.into_iter().chain([self.len()]) {
            let end = self.text.floor_char_boundary(place).max(start);
            let mut part = Self::default();
            while let Some((run, style)) = runs.peek() {
                part.push_str(&self.text[run.start.max(start)..run.end.min(end)], *style);
                if run.end > end {
                    break;
                }
                runs.next();
            }
            part.attach_all(self.attachments_in(start..end), 0);
            parts.push(part);
            start = end;
        }
        parts
    }

    /// The text and its notes in the normal order of Khmer, each mark in the emphasis that it had; `None` if they
    /// are in it.
    ///
    /// All text that comes from outside passes here: [`khmer::normalise`] says what changes.
    #[must_use]
    pub fn in_normal_order(&self) -> Option<Self> {
        self.each_changed(|text| khmer::changes(text).collect())
    }

    /// The text and its notes with every letter as it is meant, where that is certain; `None` if none is otherwise.
    #[must_use]
    pub fn as_proposed(&self) -> Option<Self> {
        self.each_changed(khmer::proposals)
    }

    fn each_changed(&self, changes: fn(&str) -> Changes) -> Option<Self> {
        let changed = self.changed(&changes(&self.text));
        if self.notes().all(|(_, note)| changes(&note.text).is_empty()) {
            return changed;
        }
        let with_notes = changed.unwrap_or_else(|| self.clone());
        Some(with_notes.map_notes(|note| note.changed(&changes(&note.text)).unwrap_or_else(|| note.clone())))
    }

    /// The text with other letters in some places, which ascend.
    fn changed(&self, changes: &[(Range<usize>, String)]) -> Option<Self> {
        if changes.is_empty() {
            return None;
        }
        // Every second part is one that changes.
        let parts = self.parts(changes.iter().flat_map(|(range, _)| [range.start, range.end]));
        let mut changed = Self::default();
        for (index, part) in parts.iter().enumerate() {
            match changes.get(index / 2).filter(|_| index % 2 == 1) {
                Some((_, by)) => changed.push(&part.restyled(by)),
                None => changed.push(part),
            }
        }
        Some(changed)
    }

    /// The characters of a letter in another order, each in the emphasis that it had; one that was made of two
    /// has that of the letter's first.
    #[must_use]
    pub fn restyled(&self, ordered: &str) -> Self {
        let first = self.style_before(0);
        let mut characters: Vec<(char, Style)> = Vec::new();
        for (range, style) in self.runs() {
            characters.extend(self.text.get(range).unwrap_or_default().chars().map(|c| (c, style)));
        }
        let mut text = Self::default();
        for c in ordered.chars() {
            let at = characters.iter().position(|&(other, _)| other == c);
            let style = at.map_or(first, |at| characters.remove(at).1);
            text.push_str(c.encode_utf8(&mut [0; 4]), style);
        }
        text.set_link(0..text.len(), self.link_of(0..self.len()));
        text
    }

    /// The lines of the text, without the line breaks between them.
    pub fn lines(&self) -> Vec<Self> {
        // Every second part is a line break.
        self.parts(self.text.match_indices('\n').flat_map(|(at, _)| [at, at + 1])).into_iter().step_by(2).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> RichText {
        let mut text = RichText::plain("ឯកឧត្តម ");
        text.push_str("សុខ", Style::BOLD);
        text.push_str(" said", Style::PLAIN);
        text
    }

    #[test]
    fn neighbours_of_one_style_are_one_run() {
        let mut text = RichText::plain("a");
        text.push_str("b", Style::PLAIN);
        assert_eq!(text, RichText::plain("ab"));
    }

    #[test]
    fn typing_takes_the_style_before() {
        let text = sample();
        let bold = "ឯកឧត្តម ".len();
        assert_eq!(text.style_before(0), Style::PLAIN);
        assert_eq!(text.style_before(bold), Style::PLAIN);
        assert_eq!(text.style_before(bold + "សុខ".len()), Style::BOLD);
    }

    #[test]
    fn replacing_and_emphasising_keep_the_rest() {
        let mut text = sample();
        let bold = "ឯកឧត្តម ".len()..("ឯកឧត្តម ".len() + "សុខ".len());
        text.emphasise(bold.clone(), Style::BOLD, false);
        assert_eq!(text, RichText::plain("ឯកឧត្តម សុខ said"));
        text.emphasise(bold.clone(), Style::BOLD, true);
        assert_eq!(text, sample());
        text.replace(bold, &RichText::plain("ហ៊ុន"));
        assert_eq!(text, RichText::plain("ឯកឧត្តម ហ៊ុន said"));
    }

    #[test]
    fn parts_keep_their_styles_and_make_up_the_text() {
        let text = sample();
        let bold = "ឯកឧត្តម ".len();
        let parts = text.parts([0, 3, bold + 3, bold + 3, text.len()]);
        let slices = [0..0, 0..3, 3..bold + 3, 0..0, bold + 3..text.len(), 0..0].map(|range| text.slice(range));
        assert_eq!(parts, slices);
        assert_eq!(RichText::default().parts([]), [RichText::default()]);
        let lines = RichText::styled("a\n\nb\n", Style::ITALIC).lines();
        assert_eq!(lines, ["a", "", "b", ""].map(|line| RichText::styled(line, Style::ITALIC)));
    }

    #[test]
    fn marks_keep_their_emphasis_in_normal_order() {
        let mut text = RichText::plain("a ខែ");
        text.push_str("្មរ រដ្ឋមន្រ្តី", Style::BOLD);
        let ordered = text.in_normal_order().unwrap();
        assert_eq!(ordered.as_str(), "a ខ្មែរ រដ្ឋមន្ត្រី");
        let runs: Vec<_> = ordered.runs().map(|(range, style)| (&ordered.as_str()[range], style)).collect();
        let (plain, bold) = (Style::PLAIN, Style::BOLD);
        assert_eq!(runs, [("a ខ", plain), ("្ម", bold), ("ែ", plain), ("រ រដ្ឋមន្ត្រី", bold)]);
        assert_eq!(ordered.in_normal_order(), None);
    }

    #[test]
    fn ranges_inside_a_character_do_not_panic() {
        let text = RichText::plain("ក");
        assert_eq!(text.parts([1, 2, 9, 0]).iter().map(RichText::len).collect::<Vec<_>>(), [0, 0, 3, 0, 0]);
        assert!(text.slice(0..1).is_empty());
        assert!(text.slice(Range { start: 2, end: 1 }).is_empty());
        assert_eq!(text.slice(0..99), text);
    }
}
