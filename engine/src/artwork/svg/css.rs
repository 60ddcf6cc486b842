//! The style sheets of an SVG, reduced to rules that are cheap to apply.
//!
//! Drawing programs write a rule for a class of shapes; that is read here, and written again for the reader
//! of SVG in its plainest form. Knows nothing of elements. Its invariant: what comes out has balanced braces,
//! no comments and no at-rules.

use std::{collections::HashSet, fmt::Write as _};

use super::{ArtworkError, Excess};

/// Bytes of all style sheets: two thousand classes of Illustrator's.
const MAX_BYTES: usize = 128 << 10;

/// Selectors of all rules.
const MAX_SELECTORS: usize = 4000;

/// The rules of all style sheets, in their order.
#[derive(Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    bytes: usize,
    selectors: usize,
}

struct Rule {
    selectors: Vec<String>,
    declarations: Vec<(String, String)>,
}

impl Sheet {
    /// Reads one more style sheet.
    ///
    /// # Errors
    /// If there are too many rules.
    pub fn read(&mut self, text: &str) -> Result<(), ArtworkError> {
        self.bytes += text.len();
        if self.bytes > MAX_BYTES {
            return Err(Excess::Styles.into());
        }
        let text = without_comments(text);
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            if rest.starts_with('@') {
                rest = past_at_rule(rest).trim_start();
                continue;
            }
            let Some((selectors, after)) = rest.split_once('{') else { break };
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            let selectors: Vec<String> = selectors.split(',').filter_map(plain_selector).collect();
            self.selectors += selectors.len();
            if self.selectors > MAX_SELECTORS {
                return Err(Excess::Styles.into());
            }
            if !selectors.is_empty() {
                self.rules.push(Rule { selectors, declarations: declarations(body).collect() });
            }
            rest = after.trim_start();
        }
        Ok(())
    }

    /// How many steps it takes, at most, to apply the rules to one element that has so many ancestors.
    pub fn cost(&self, ancestors: usize) -> usize {
        let ancestors = ancestors.max(1);
        let cost = |selector: &String| {
            // Each space may be any of the ancestors, and all ways are tried.
            let spaces = selector.matches(' ').count();
            u32::try_from(spaces).ok().and_then(|spaces| ancestors.checked_pow(spaces)).unwrap_or(usize::MAX)
        };
        self.rules.iter().fold(0usize, |sum, rule| {
            let selectors = rule.selectors.iter().map(cost).fold(0usize, usize::saturating_add);
            let all = rule.selectors.len().saturating_mul(rule.declarations.len());
            sum.saturating_add(selectors).saturating_add(all)
        })
    }

    /// All declarations.
    pub fn declarations(&self) -> impl Iterator<Item = &(String, String)> {
        self.rules.iter().flat_map(|rule| &rule.declarations)
    }

    /// The classes whose rules draw lines; `None` if a rule does so that is not for a class.
    pub fn stroked_classes(&self) -> Option<HashSet<&str>> {
        let mut classes = HashSet::new();
        for rule in &self.rules {
            if !rule.declarations.iter().any(|(name, value)| name == "stroke" && value != "none") {
                continue;
            }
            for selector in &rule.selectors {
                let last = selector.rsplit([' ', '>', '+']).next().unwrap_or_default();
                let (_, class) = last.split_once('.')?;
                classes.insert(class.split(['.', '#']).next().unwrap_or_default());
            }
        }
        Some(classes)
    }

    /// The rules as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Rule { selectors, declarations } in &self.rules {
            // Writing to a string does not fail.
            _ = write!(text, "{}{{", selectors.join(","));
            for (name, value) in declarations {
                _ = write!(text, "{name}:{value};");
            }
            text.push_str("}\n");
        }
        text
    }
}

/// The declarations of a style attribute or of a rule: name and value.
pub(super) fn declarations(body: &str) -> impl Iterator<Item = (String, String)> {
    body.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let (name, value) = (name.trim(), value.trim());
        let is_plain =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (is_plain && !value.contains(['{', '}'])).then(|| (name.to_ascii_lowercase(), value.to_owned()))
    })
}

/// A selector of types, classes and identifiers, with one space where any number stood. `None` if it is of
/// another kind, which draws nothing in print or which the reader of SVG does not know either.
fn plain_selector(selector: &str) -> Option<String> {
    let mut plain = String::with_capacity(selector.len());
    for part in selector.split_ascii_whitespace() {
        let joins = |part: &str| part.ends_with(['>', '+']);
        if !plain.is_empty() && !joins(&plain) && !part.starts_with(['>', '+']) {
            plain.push(' ');
        }
        plain.push_str(part);
    }
    let is_known = |c: char| c.is_alphanumeric() || "-_.#*>+ ".contains(c);
    (!plain.is_empty() && plain.chars().all(is_known)).then_some(plain)
}

fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    // Marks of a time in which readers of HTML did not know style sheets.
    plain.replace("<!--", "").replace("-->", "")
}

/// What follows `@import …;` or `@media … { … }`.
fn past_at_rule(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b';' if depth == 0 => return &text[at + 1..],
            b'{' => depth += 1,
            b'}' if depth <= 1 => return &text[at + 1..],
            b'}' => depth -= 1,
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.read(text).unwrap();
        sheet
    }

    #[test]
    fn rules_of_drawing_programs_come_back_plain() {
        let text = "/* a */ @import url(x.css); @font-face { font-family: x; src: url(y) }\n@media print { .a { fill: red } }\
            .cls-1, .cls-2 { fill: #fff; stroke : #000 }\n g  >  path.a   rect{fill:url(#g)} a:hover{fill:red}";
        let sheet = sheet(text);
        assert_eq!(sheet.text(), ".cls-1,.cls-2{fill:#fff;stroke:#000;}\ng>path.a rect{fill:url(#g);}\n");
        assert_eq!(sheet.stroked_classes(), Some(HashSet::from(["cls-1", "cls-2"])));
        assert_eq!(sheet.declarations().count(), 3);
        assert_eq!(self::sheet("path{stroke:red}").stroked_classes(), None);
    }

    #[test]
    fn the_cost_is_that_of_trying_all_ways() {
        assert_eq!(sheet(".a{fill:red}").cost(50), 2);
        assert_eq!(sheet(".a .b{}").cost(50), 50);
        assert_eq!(sheet("a * * * * * * * * * *{}").cost(60), 60usize.pow(10));
        assert_eq!(sheet(&format!("{}{{}}", "a ".repeat(4000))).cost(60), usize::MAX);
    }

    #[test]
    fn no_text_makes_it_panic_and_too_many_rules_are_refused() {
        let whole = ".a,ក{fill:red}/**/@x{{}}<!-- b > c{}-->";
        for (end, _) in whole.char_indices() {
            sheet(&whole[..end]);
            sheet(&whole[end..]);
        }
        assert!(Sheet::default().read(&".a{}".repeat(MAX_SELECTORS + 1)).is_err());
        assert!(Sheet::default().read(&" ".repeat(MAX_BYTES + 1)).is_err());
    }
}
