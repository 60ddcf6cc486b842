//! Fields: text that Word computes from an instruction, such as a date or a link.
//!
//! The instruction is no text, what it shows is. Invariant: a link leads where the instruction says, or is noted as lost.

use super::Reader;
use crate::release::Address;

/// So much of an instruction is kept, in bytes: more than the longest address.
const LONGEST: usize = 4 * Address::LONGEST;

/// A field that is open.
#[derive(Default)]
pub(super) struct Field {
    /// Its instruction, as far as it is read.
    instruction: String,
    /// Whether it is shown by now what the instruction gives.
    is_shown: bool,
    /// The byte of the paragraph at which it begins to be shown, and where it leads, if it is a link.
    link: Option<(usize, Option<Address>)>,
}

impl Reader<'_> {
    /// The beginning of a field, what is between its instruction and what it shows, or its end.
    pub(super) fn field_char(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(Field::default());
                self.instructions += 1;
            }
            Some("separate") => {
                let start = self.now.text.len();
                if let Some(open) = self.fields.last_mut().filter(|open| !open.is_shown) {
                    open.is_shown = true;
                    open.link = target(&open.instruction).map(|address| (start, address));
                    self.instructions -= 1;
                }
            }
            Some("end") => match self.fields.pop() {
                Some(Field { link: Some((start, address)), .. }) => self.lead(start, address),
                // It ends before it is shown.
                Some(Field { is_shown: false, .. }) => self.instructions -= 1,
                _ => {}
            },
            _ => {}
        }
    }

    /// A piece of the instruction of the field that was opened last.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(open) = self.fields.last_mut().filter(|open| open.instruction.len() + text.len() <= LONGEST) {
            open.instruction.push_str(text);
        }
    }

    /// Ends the paragraph for the links that are open: they go on in the next one.
    pub(super) fn end_line_of_fields(&mut self) {
        let end = self.now.text.len();
        for (start, address) in self.fields.iter_mut().filter_map(|open| open.link.as_mut()) {
            let from = self.now.text.as_str().floor_char_boundary(std::mem::take(start));
            if let Some(address) = address.as_ref().filter(|_| from < end) {
                self.now.text.set_link(from..end, Some(address));
            }
        }
    }
}

/// Where an instruction leads; `None` if it is not that of a link, `Some(None)` if it leads to no page and no mailbox.
pub(super) fn target(instruction: &str) -> Option<Option<Address>> {
    let instruction = instruction.trim_start();
    let (name, rest) = instruction.split_at_checked("HYPERLINK".len())?;
    if !name.eq_ignore_ascii_case("HYPERLINK") || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        let (word, after) = word(rest);
        rest = after.trim_start();
        // A place in the page, a tip and a window: what follows is no address.
        if matches!(word, "\\l" | "\\o" | "\\t") {
            rest = self::word(rest).1.trim_start();
        } else if !word.starts_with('\\') {
            return Some(Address::new(word).ok());
        }
    }
    Some(None)
}

/// The first word of an instruction, which may be in quotation marks, and the rest.
fn word(text: &str) -> (&str, &str) {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_says_where_a_link_leads() {
        let page = Some(Some(Address::new("https://www.mfaic.gov.kh/a?b=c").unwrap()));
        for instruction in [
            r#" HYPERLINK "https://www.mfaic.gov.kh/a?b=c" "#,
            r#"hyperlink \o "A tip" "https://www.mfaic.gov.kh/a?b=c" \t "_blank""#,
            r"HYPERLINK https://www.mfaic.gov.kh/a?b=c",
        ] {
            assert_eq!(target(instruction), page, "{instruction}");
        }
        for instruction in [r#"HYPERLINK \l "_Toc1""#, r#"HYPERLINK "file:///c:/a.exe""#, "HYPERLINK", "HYPERLINK \""] {
            assert_eq!(target(instruction), Some(None), "{instruction}");
        }
        for instruction in ["DATE", "", "HYPERLINKS \"https://a.b\"", "PAGEREF _Toc1 \\h", "ស្រុកខ្មែរយើង"]
        {
            assert_eq!(target(instruction), None, "{instruction}");
        }
    }
}
