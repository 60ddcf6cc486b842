//! Addresses that a link may lead to.
//!
//! A release is opened by people who trust it, so a link of it leads to a page, a mailbox or a telephone and never
//! runs anything. Knows no network. Invariant: an [`Address`] has one of four schemes, something behind it, and no
//! character that is not seen.

use std::{fmt, sync::Arc};

/// The schemes that a link may have.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];
/// The address of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(Arc<str>);

/// Why an address cannot be one of a link.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No scheme, or one that could run something.
    #[error("`{0}` cannot be the address of a link; it must begin with https://, http://, mailto: or tel:")]
    Scheme(String),
    /// Nothing behind the scheme.
    #[error("`{0}` is no whole address; write what comes behind it, such as https://www.mfaic.gov.kh")]
    Incomplete(String),
    /// A space, a control character or one without ink.
    #[error("an address has no spaces; take them out of `{0}`, or write %20 for each")]
    Space(String),
    /// More than [`Address::LONGEST`].
    #[error("the address has {0} characters, and at most {max} can be followed; use a shorter one", max = Address::LONGEST)]
    Long(usize),
}

impl Address {
    /// The longest address, in bytes: what every browser takes.
    pub const LONGEST: usize = 2_000;

    /// An address as it is written in a draft.
    ///
    /// # Errors
    /// If it has another scheme than `https`, `http`, `mailto` and `tel`, nothing behind it, or characters that an
    /// address cannot have.
    pub fn new(address: &str) -> Result<Self, AddressError> {
        let shown = || address.chars().take(80).filter(|c| !c.is_control()).collect::<String>();
        if address.len() > Self::LONGEST {
            return Err(AddressError::Long(address.chars().count()));
        }
        let scheme = scheme(address).map(str::to_ascii_lowercase);
        if !scheme.as_deref().is_some_and(|scheme| SCHEMES.contains(&scheme)) {
            return Err(AddressError::Scheme(shown()));
        }
        if address.contains(is_unseen) {
            return Err(AddressError::Space(shown()));
        }
        let rest = address.split_once(':').map_or("", |(_, rest)| rest);
        let is_web = scheme.is_some_and(|scheme| scheme.starts_with("http"));
        let is_whole = if is_web {
            let host = rest.strip_prefix("//").unwrap_or_default();
            host.starts_with(char::is_alphanumeric)
        } else {
            rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '(' | '.' | '_' | '-'))
        };
        if is_whole { Ok(Self(address.into())) } else { Err(AddressError::Incomplete(shown())) }
    }

    /// An address as people type one: a mailbox and a page need no scheme.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn typed(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let bare = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
        match scheme(bare) {
            // The colon of a port is behind a host, which has a full stop.
            Some(scheme) if !scheme.contains('.') => Self::new(bare),
            _ if is_mailbox(bare) => Self::new(&format!("mailto:{bare}")),
            _ if is_host(bare) => Self::new(&format!("https://{bare}")),
            _ => Self::new(bare),
        }
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as people read it: without what says that it is a mailbox or a telephone.
    pub fn for_readers(&self) -> &str {
        let text = self.as_str();
        ["mailto:", "tel:"]
            .iter()
            .find_map(|scheme| {
                let start = text.get(..scheme.len())?;
                start.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..)).flatten()
            })
            .unwrap_or(text)
    }

    /// The address in ASCII (RFC 3986): other characters by the bytes of their UTF-8.
    pub fn ascii(&self) -> String {
        let mut ascii = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            match byte {
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0..=0x20 | 0x7F.. => {
                    ascii.push_str(&format!("%{byte:02X}"));
                }
                byte => ascii.push(char::from(byte)),
            }
        }
        ascii
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scheme that a text begins with (RFC 3986, 3.1), if it begins with one.
pub(super) fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// A character that is not seen, and could hide where an address leads.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}')
}

fn is_mailbox(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_name = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'' | '&'));
    is_name && !name.ends_with('.') && !name.starts_with('.') && is_host(host) && !host.contains(['/', ':', '?', '#'])
}

/// Whether a text begins with the name of a host: names with full stops between them, the last of letters.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let mut labels = host.split('.').rev();
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = labels.next().unwrap_or_default();
    let is_top = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    let mut rest = labels.peekable();
    is_top && rest.peek().is_some() && rest.all(is_label)
}

/// The addresses in a text that are written out, with their places in bytes: pages that begin with `https://`,
/// `http://` or `www.`, and mailboxes. Signs that close the sentence are left out.
pub fn in_text(text: &str) -> Vec<(std::ops::Range<usize>, Address)> {
    let mut found = Vec::new();
    let is_end = |c: char| is_unseen(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '‹' | '›' | '។' | '៖');
    let mut start = 0;
    for word in text.split_inclusive(is_end) {
        let begin = start;
        start += word.len();
        let word = word.trim_end_matches(is_end);
        let opened = word.trim_start_matches(['(', '[', '‘', '\'', ',', ';']);
        let begin = begin + word.len() - opened.len();
        let closed = without_stops(opened);
        let lower = closed.to_ascii_lowercase();
        let is_page = ["https://", "http://", "www."].iter().any(|start| lower.starts_with(start));
        if !is_page && !is_mailbox(closed) && !lower.starts_with("mailto:") {
            continue;
        }
        if let Ok(address) = Address::typed(closed) {
            found.push((begin..begin + closed.len(), address));
        }
    }
    found
}

/// A word without the stops behind it, and without a bracket that it does not open.
fn without_stops(word: &str) -> &str {
    let mut word = word;
    loop {
        let stops = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '…', ']']);
        let closes = stops.ends_with(')') && stops.matches(')').count() > stops.matches('(').count();
        let shorter = if closes { stops.strip_suffix(')').unwrap_or(stops) } else { stops };
        if shorter.len() == word.len() {
            return word;
        }
        word = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_page_a_mailbox_or_a_telephone() {
        for good in
            ["https://www.mfaic.gov.kh/a?b=1#c", "HTTP://a.example", "mailto:info@mfaic.gov.kh", "tel:+85523214441"]
        {
            assert_eq!(Address::new(good).as_ref().map(Address::as_str), Ok(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "ftp://a.b",
            "www.mfaic.gov.kh",
            "",
            "a",
            "//a.example",
            "ms-word:ofe|u|https://a",
            "https",
            "about:blank",
        ] {
            assert_eq!(Address::new(bad), Err(AddressError::Scheme(bad.into())), "{bad}");
        }
        for cut in
            ["https:", "https://", "https:///x", "mailto:", "tel:", "http:javascript:alert(1)", "https:a.example"]
        {
            assert_eq!(Address::new(cut), Err(AddressError::Incomplete(cut.into())), "{cut}");
        }
        for hidden in
            ["https://a .example", "https://a.example/\u{202E}x", "https://a\u{200B}.example", "mailto:a\n@b.kh"]
        {
            assert!(matches!(Address::new(hidden), Err(AddressError::Space(_))), "{hidden:?}");
        }
        assert_eq!(Address::new(" javascript:x"), Err(AddressError::Scheme(" javascript:x".into())));
        assert_eq!(Address::new(&format!("https://a.example/{}", "x".repeat(3000))), Err(AddressError::Long(3018)));
    }

    #[test]
    fn people_leave_the_scheme_out() {
        let typed = |text| Address::typed(text).map(|address| address.as_str().to_owned());
        assert_eq!(typed(" www.mfaic.gov.kh "), Ok("https://www.mfaic.gov.kh".into()));
        assert_eq!(typed("mfaic.gov.kh:8080/a"), Ok("https://mfaic.gov.kh:8080/a".into()));
        assert_eq!(typed("<info@mfaic.gov.kh>"), Ok("mailto:info@mfaic.gov.kh".into()));
        assert_eq!(typed("http://a.example"), Ok("http://a.example".into()));
        assert!(typed("javascript:alert(1)").is_err() && typed("two words").is_err() && typed("a@b").is_err());
    }

    #[test]
    fn addresses_are_found_in_a_sentence() {
        let text = "See https://a.example/x_(y). Or (www.mfaic.gov.kh), or write to info@mfaic.gov.kh; not a@b, x.y or e.g. «http://b.kh»។";
        let found: Vec<_> =
            in_text(text).into_iter().map(|(range, address)| (&text[range], address.to_string())).collect();
        let want = [
            ("https://a.example/x_(y)", "https://a.example/x_(y)"),
            ("www.mfaic.gov.kh", "https://www.mfaic.gov.kh"),
            ("info@mfaic.gov.kh", "mailto:info@mfaic.gov.kh"),
            ("http://b.kh", "http://b.kh"),
        ];
        assert_eq!(found, want.map(|(words, address)| (words, address.to_owned())));
    }

    #[test]
    fn an_address_is_written_in_ascii_and_read_by_people() {
        let address = Address::new("https://a.example/ខ្មែរ|x").unwrap();
        assert_eq!(address.ascii(), "https://a.example/%E1%9E%81%E1%9F%92%E1%9E%98%E1%9F%82%E1%9E%9A%7Cx");
        assert_eq!(Address::new("MAILTO:info@a.kh").unwrap().for_readers(), "info@a.kh");
    }
}
