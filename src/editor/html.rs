//! Formatted text on the clipboard, as Word and browsers exchange it.
//!
//! Of what comes in only bold, italic and underline are taken; the characters are those of the
//! plain text beside it. Nothing in it is loaded, run or followed, and the time is in proportion
//! to the length, whatever is in it.

use crate::release::{RichText, Style};

/// A text as HTML.
pub fn write(text: &RichText) -> String {
    let mut html = String::new();
    for (range, style) in text.runs() {
        let tags = [(Style::BOLD, "b"), (Style::ITALIC, "i"), (Style::UNDERLINE, "u")];
        let used = || tags.iter().filter(|(mark, _)| style.has(*mark));
        for (_, tag) in used() {
            html.push_str(&format!("<{tag}>"));
        }
        for c in text.as_str()[range].chars() {
            match c {
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '&' => html.push_str("&amp;"),
                '\n' => html.push_str("<br>"),
                c => html.push(c),
            }
        }
        for (_, tag) in used().rev() {
            html.push_str(&format!("</{tag}>"));
        }
    }
    html
}

/// HTML that is longer is pasted as plain text, in bytes.
const LONGEST: usize = 32 << 20;
/// How far up an end tag looks for its beginning.
const DEEPEST: usize = 64;

/// A plain text with the emphasis that it has in the HTML beside it on the clipboard; `None` if
/// the two are different texts, white space apart.
pub fn read_as(html: &str, plain: &str) -> Option<RichText> {
    if html.len() > LONGEST {
        return None;
    }
    let formatted = read(html)?;
    let mut styles = formatted.runs().flat_map(|(range, style)| {
        let text = formatted.as_str().get(range).unwrap_or_default();
        text.chars().filter(|c| !c.is_whitespace()).map(move |c| (c, style))
    });
    let mut text = RichText::default();
    let (mut spaces, mut last) = (0, Style::PLAIN);
    for (at, c) in plain.char_indices() {
        if c.is_whitespace() || c == '\0' {
            continue;
        }
        let (other, style) = styles.next()?;
        if other != c {
            return None;
        }
        // Between two emphasised words the space is emphasised as both are.
        let both = if last == style { style } else { Style::PLAIN };
        text.push_str(plain.get(spaces..at)?, both);
        text.push_str(c.encode_utf8(&mut [0; 4]), style);
        (spaces, last) = (at + c.len_utf8(), style);
    }
    text.push_str(plain.get(spaces..)?, Style::PLAIN);
    styles.next().is_none().then_some(text)
}

/// The text of HTML with its bold, italic and underline; blocks are lines. `None` if a tag does
/// not end.
fn read(html: &str) -> Option<RichText> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        reader.text(text);
        if !is_tag(tag) {
            reader.text("<");
            rest = tag.get(1..).unwrap_or_default();
            continue;
        }
        let (tag, after) = tag.split_at(tag_length(tag)?);
        rest = after.get(reader.tag(tag, after)..).unwrap_or_default();
    }
    reader.text(rest);
    Some(reader.text)
}

/// Whether a text that begins with `<` begins with a tag.
fn is_tag(text: &str) -> bool {
    text.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// The bytes of the tag or comment that a text begins with, if it ends.
fn tag_length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Reader {
    text: RichText,
    /// The elements that are open, each with the emphasis inside it.
    open: Vec<(String, Style)>,
    /// Whether white space stood before what comes next.
    space: bool,
}

impl Reader {
    fn style(&self) -> Style {
        self.open.last().map_or(Style::PLAIN, |(_, style)| *style)
    }

    /// Characters between tags.
    fn text(&mut self, text: &str) {
        let style = self.style();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (c, length) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
            rest = rest.get(length..).unwrap_or_default();
            if matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{C}') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.at_line_start() {
                self.text.push_str(" ", style);
            }
            self.text.push_str(c.encode_utf8(&mut [0; 4]), style);
        }
    }

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.as_str().ends_with('\n')
    }

    /// A tag; says how much of what follows it is no text.
    fn tag(&mut self, tag: &str, after: &str) -> usize {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let (inner, end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "br" => {
                self.space = false;
                self.text.push_str("\n", self.style());
            }
            "style" | "script" | "title" | "template" if !end => return hidden(after, &name),
            "p" | "div" | "li" | "ul" | "ol" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre"
            | "blockquote" | "section" | "article" | "header" | "footer" => {
                self.space = false;
                if !self.at_line_start() {
                    self.text.push_str("\n", Style::PLAIN);
                }
            }
            "td" | "th" => self.space = true,
            _ => {}
        }
        let empty = ["br", "img", "hr", "meta", "link", "input", "wbr", "col", "base", "area", "source"];
        if name.starts_with(['!', '?']) || name.is_empty() || empty.contains(&name.as_str()) {
            return 0;
        }
        if end {
            let near = self.open.len().saturating_sub(DEEPEST);
            let found = self.open.iter().skip(near).rposition(|(open, _)| *open == name);
            if let Some(at) = found {
                self.open.truncate(near + at);
            }
        } else if !tag.ends_with("/>") {
            let style = emphasis(&name, attributes, self.style());
            self.open.push((name, style));
        }
        0
    }
}

/// The length of what stands before the end tag of an element that is not shown.
fn hidden(after: &str, name: &str) -> usize {
    let end = format!("</{name}");
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(end.as_bytes());
    after.as_bytes().windows(end.len()).position(is_end).unwrap_or(after.len())
}

/// The emphasis within an element.
fn emphasis(name: &str, attributes: &str, around: Style) -> Style {
    let mut style = match name {
        "b" | "strong" => around.with(Style::BOLD, true),
        "i" | "em" => around.with(Style::ITALIC, true),
        "u" | "ins" => around.with(Style::UNDERLINE, true),
        _ => around,
    };
    let lower = attributes.to_ascii_lowercase();
    let Some((_, declared)) = lower.split_once("style=") else { return style };
    let quote = declared.chars().next().filter(|c| matches!(c, '"' | '\''));
    let declared = match quote {
        Some(quote) => declared.split(quote).nth(1).unwrap_or_default(),
        None => declared.split_ascii_whitespace().next().unwrap_or_default(),
    };
    for (property, value) in declared.split(';').filter_map(|part| part.split_once(':')) {
        let value = value.trim().trim_end_matches("!important").trim();
        style = match property.trim() {
            "font-weight" => {
                let heavy = value.parse::<u16>().map_or(matches!(value, "bold" | "bolder"), |weight| weight >= 600);
                style.with(Style::BOLD, heavy)
            }
            "font-style" => style.with(Style::ITALIC, value.starts_with("italic") || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => style.with(
                Style::UNDERLINE,
                value.contains("underline") || (style.has(Style::UNDERLINE) && value != "none"),
            ),
            _ => style,
        };
    }
    style
}

/// The character that an entity stands for, and the entity's length; the sign itself if it is none.
fn entity(text: &str) -> (char, usize) {
    let sign = ('&', 1);
    // No entity that is known here is longer.
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else { return sign };
    let name = text.get(1..end).unwrap_or_default();
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "shy" => Some('\u{AD}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "thinsp" => Some('\u{2009}'),
        "zwnj" => Some('\u{200C}'),
        "zwj" => Some('\u{200D}'),
        "ZeroWidthSpace" => Some('\u{200B}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "middot" => Some('·'),
        "copy" => Some('©'),
        "reg" => Some('®'),
        "eacute" => Some('é'),
        _ => name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32)
        }),
    };
    c.map_or(sign, |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_becomes_tags_and_signs_are_escaped() {
        let mut text = RichText::plain("a < b ");
        text.push_str("ហ៊ុន", Style::BOLD.with(Style::ITALIC, true));
        assert_eq!(write(&text), "a &lt; b <b><i>ហ៊ុន</i></b>");
    }

    fn rich(parts: &[(&str, Style)]) -> RichText {
        let mut text = RichText::default();
        for (part, style) in parts {
            text.push_str(part, *style);
        }
        text
    }

    const PLAIN: Style = Style::PLAIN;
    const BOLD: Style = Style::BOLD;

    #[test]
    fn what_is_written_is_read_back() {
        let text = rich(&[("a < b & c\n", PLAIN), ("ហ៊ុន", BOLD.with(Style::ITALIC, true)), (" x", Style::UNDERLINE)]);
        assert_eq!(read(&write(&text)), Some(text));
    }

    /// As Word 365 writes it: a head with styles, comments with XML, line breaks within sentences.
    #[test]
    fn word_is_understood() {
        let html = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>x</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman",serif;} --></style></head>
<body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=KHM style='font-family:"Khmer OS"'>ឯកឧត្តម</span></b>
met <i>the Foreign
Minister</i> &#8211; <u>today</u>.<o:p></o:p></p>
<p class=MsoNormal>Second<span style='mso-spacerun:yes'>&nbsp; </span>line<o:p>&nbsp;</o:p></p>
<!--EndFragment--></body></html>"#;
        let plain = "ឯកឧត្តម met the Foreign Minister – today.\r\nSecond  line\r\n";
        let expected = rich(&[
            ("ឯកឧត្តម", BOLD),
            (" met ", PLAIN),
            ("the Foreign Minister", Style::ITALIC),
            (" – ", PLAIN),
            ("today", Style::UNDERLINE),
            (".\r\nSecond  line\r\n", PLAIN),
        ]);
        assert_eq!(read_as(html, plain), Some(expected));
    }

    /// As Chromium and Firefox write a selection, and Google Docs with its bold that is not.
    #[test]
    fn browsers_are_understood() {
        let chromium = r#"<meta charset='utf-8'><span style="color: rgb(0, 0, 0); font-weight: 400;">The </span><strong style="font-style: normal;">King</strong><span style="font-style: italic; text-decoration: underline solid;"> said</span>"#;
        let expected = rich(&[
            ("The ", PLAIN),
            ("King", BOLD),
            (" ", PLAIN),
            ("said", Style::ITALIC.with(Style::UNDERLINE, true)),
        ]);
        assert_eq!(read_as(chromium, "The King said"), Some(expected));
        let docs = r#"<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">A</span><span style="font-weight:400">b</span></p></b>"#;
        assert_eq!(read_as(docs, "Ab"), Some(rich(&[("A", BOLD), ("b", PLAIN)])));
        let firefox = "<div>one</div><div><em>two</em><br>three</div>";
        assert_eq!(read(firefox).unwrap().as_str(), "one\ntwo\nthree\n");
    }

    #[test]
    fn another_text_is_not_taken() {
        assert_eq!(read_as("<b>one</b>", "two"), None);
        assert_eq!(read_as("<b>one</b>", "one two"), None);
        assert_eq!(read_as("<b>one two</b>", "one"), None);
        assert_eq!(read_as("<script>alert(1)</script>one", "one"), Some(RichText::plain("one")));
    }

    #[test]
    fn what_is_broken_does_no_harm() {
        for html in [
            "<",
            "<b",
            "a < b",
            "</b></i>",
            "<b>x",
            "&",
            "&#xFFFFFFFF;",
            "&#0;",
            "<style>x",
            "<!-- x",
            "<a href=\"x>y",
            "<p style>",
            "<p style=>",
        ] {
            let _ = read_as(html, "x");
        }
        assert_eq!(read("a < b &c; &#x1780;").unwrap().as_str(), "a < b &c; ក");
    }

    /// Would take hours if any of these took time in the square of its length.
    #[test]
    fn five_megabytes_are_read_at_once() {
        for piece in ["<b>x</i>", "<<", "<a \"", "<style>", "&", "<!--", "<p style='", "ក្រុម "] {
            let html = piece.repeat(5_000_000 / piece.len());
            let _ = read_as(&html, &html);
        }
    }
}
