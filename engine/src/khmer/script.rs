//! Which stretches of a text are Khmer, for programs that need it marked.

use super::is_khmer;

/// A text in pieces that are Khmer or are not. What belongs to no script, such as spaces and digits, goes with what
/// is before it, or at the start with what comes after.
pub fn by_script(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut now: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let script = match c {
            c if is_khmer(c) => Some(true),
            c if c.is_alphabetic() => Some(false),
            _ => None,
        };
        if let (Some(before), Some(here)) = (now, script)
            && before != here
        {
            pieces.push((text.get(start..at).unwrap_or_default(), before));
            start = at;
        }
        now = script.or(now);
    }
    let rest = text.get(start..).unwrap_or_default();
    if !rest.is_empty() {
        pieces.push((rest, now.unwrap_or(false)));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_the_script_changes() {
        assert_eq!(by_script("កម្ពុជា ២០២៦ and ASEAN"), [("កម្ពុជា ២០២៦ ", true), ("and ASEAN", false)]);
        assert_eq!(by_script("“214 MFA” ថ្ងៃ"), [("“214 MFA” ", false), ("ថ្ងៃ", true)]);
        assert_eq!(by_script("12, 14"), [("12, 14", false)]);
        assert!(by_script("").is_empty());
    }
}
