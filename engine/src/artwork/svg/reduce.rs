//! An SVG, reduced to what a page can print of it.
//!
//! Most of what a drawing program writes is for itself: settings, layers that are hidden, definitions that
//! nothing refers to. What is drawn is written again; so the reader of SVG never sees the rest, and what it
//! would do with it need not be known. Knows elements and references, nothing of coordinates. Its invariant:
//! the work that the result makes is linear in the counts that are limited here.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use usvg::roxmltree::{Document, Node, NodeId, ParsingOptions};

use super::{
    ArtworkError, Excess, Feature,
    css::{self, Sheet},
    scan,
};

/// Elements, each as often as it is drawn.
const MAX_DRAWN: u64 = 60_000;

/// Letters and numbers in the outlines, each outline as often as it is drawn. A curve has six numbers.
const MAX_OUTLINE: u64 = 3_000_000;

/// The same in outlines that are drawn as lines: each curve becomes two, with joins between.
const MAX_STROKED: u64 = 400_000;

/// Elements within elements, counted through references.
const MAX_HEIGHT: usize = scan::MAX_DEPTH;

/// Steps in which style sheets are applied.
const MAX_STYLE_STEPS: u64 = 30_000_000;

/// Steps in which inherited attributes are looked for.
const MAX_LOOKUP_STEPS: u64 = 20_000_000;

/// Definitions of gradients: one that is a single colour is drawn.
const MAX_GRADIENTS: usize = 2000;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Writes an SVG that holds only what is drawn.
///
/// # Errors
/// If the text is no SVG, uses what a page cannot print, or makes more work than a picture is worth.
pub(super) fn reduce(text: &str) -> Result<String, ArtworkError> {
    let nodes_limit = u32::try_from(3 * scan::MAX_ELEMENTS).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: true, nodes_limit, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, options).map_err(|error| ArtworkError::Damaged(error.to_string()))?;
    let root = document.root_element();
    if name(root) != Some("svg") {
        return Err(ArtworkError::UnknownKind);
    }
    let mut sheet = Sheet::default();
    let mut ids: HashMap<&str, Vec<Node>> = HashMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_default().push(node);
        }
        if node.has_tag_name("style") && node.attribute("type").is_none_or(|kind| kind == "text/css") {
            sheet.read(node.text().unwrap_or_default())?;
        }
    }
    let mut reducer = Reducer {
        ids,
        stroked_classes: sheet.stroked_classes(),
        kept: vec![Kept::No; document.descendants().count() + 1],
        costs: HashMap::new(),
        open: HashSet::new(),
        followed: HashSet::new(),
        gradients: 0,
        longest_chain: 0,
    };
    for (name, value) in sheet.declarations() {
        reducer.refer(name, value)?;
    }
    let cost = reducer.visit(root, &Context { stroked: false, depth: 0, attributes: 0 })?;
    let applied = u64::try_from(sheet.cost(cost.height)).unwrap_or(u64::MAX);
    let chain = u64::try_from(reducer.longest_chain).unwrap_or(u64::MAX);
    for (is_too_much, excess) in [
        (cost.drawn > MAX_DRAWN, Excess::Elements),
        (cost.outline > MAX_OUTLINE, Excess::Outline),
        (cost.stroked > MAX_STROKED, Excess::Lines),
        (cost.drawn.saturating_mul(applied) > MAX_STYLE_STEPS, Excess::Styles),
        (cost.drawn.saturating_mul(chain) > MAX_LOOKUP_STEPS, Excess::Attributes),
    ] {
        if is_too_much {
            return Err(excess.into());
        }
    }
    let mut written = String::with_capacity(text.len());
    reducer.write(root, &sheet, &mut written);
    Ok(written)
}

/// The name of an element of SVG.
fn name<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let is_svg = node.is_element() && matches!(node.tag_name().namespace(), None | Some(SVG));
    is_svg.then(|| node.tag_name().name())
}

/// What is written of an element.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    No,
    /// Something within it is drawn by reference; it is not
    Around,
    Yes,
}

/// What an element has from those around it, or from one that refers to it.
struct Context {
    stroked: bool,
    depth: usize,
    attributes: usize,
}

/// What an element comes to with all within it, and all that it refers to.
#[derive(Clone, Copy, Default)]
struct Cost {
    drawn: u64,
    outline: u64,
    stroked: u64,
    height: usize,
}

impl Cost {
    fn add(&mut self, other: Self) {
        self.drawn = self.drawn.saturating_add(other.drawn);
        self.outline = self.outline.saturating_add(other.outline);
        self.stroked = self.stroked.saturating_add(other.stroked);
        self.height = self.height.max(other.height + 1);
    }
}

struct Reducer<'a, 'input> {
    ids: HashMap<&'a str, Vec<Node<'a, 'input>>>,
    /// See [`Sheet::stroked_classes`].
    stroked_classes: Option<HashSet<&'a str>>,
    /// By number of node.
    kept: Vec<Kept>,
    /// What is known already, by element and whether it inherits lines.
    costs: HashMap<(NodeId, bool), Cost>,
    /// The elements that are being visited.
    open: HashSet<NodeId>,
    /// The names whose definitions were followed.
    followed: HashSet<String>,
    gradients: usize,
    /// The most attributes that an element has together with all around it.
    longest_chain: usize,
}

impl<'a, 'input> Reducer<'a, 'input> {
    /// Keeps what is drawn of an element, and says what it comes to.
    fn visit(&mut self, node: Node<'a, 'input>, context: &Context) -> Result<Cost, ArtworkError> {
        let Some(kind) = name(node) else { return Ok(Cost::default()) };
        let properties = properties(node);
        if properties.iter().any(|(name, value)| name == "display" && value.starts_with("none")) {
            return Ok(Cost::default());
        }
        match kind {
            "svg" | "g" | "a" | "switch" | "symbol" | "use" | "path" | "rect" | "circle" | "ellipse" | "line"
            | "polyline" | "polygon" => {}
            "text" if has_words(node) => return Err(ArtworkError::Unsupported(Feature::Text)),
            "image" if href(node).is_some() => return Err(ArtworkError::Unsupported(Feature::Picture)),
            _ => return Ok(Cost::default()),
        }
        let stroked = self.is_stroked(node, &properties, context.stroked);
        if let Some(cost) = self.costs.get(&(node.id(), stroked)) {
            return Ok(*cost);
        }
        let attributes = context.attributes + properties.len();
        let inner = Context { stroked, depth: context.depth + 1, attributes };
        if inner.depth > MAX_HEIGHT || !self.open.insert(node.id()) {
            return Err(Excess::Depth.into());
        }
        self.longest_chain = self.longest_chain.max(attributes);
        for (name, value) in &properties {
            self.refer(name, value)?;
        }
        self.keep(node);
        let mut cost = own_cost(node, stroked);
        match kind {
            "use" => {
                let target = href(node).and_then(|id| self.ids.get(id)?.first().copied());
                if let Some(target) = target {
                    cost.add(self.visit(target, &inner)?);
                }
            }
            "svg" | "g" | "a" | "switch" | "symbol" => {
                for child in node.children().filter(|child| name(*child) != Some("symbol")) {
                    cost.add(self.visit(child, &inner)?);
                }
            }
            _ => {}
        }
        self.open.remove(&node.id());
        if cost.height > MAX_HEIGHT {
            return Err(Excess::Depth.into());
        }
        self.costs.insert((node.id(), stroked), cost);
        Ok(cost)
    }

    /// Whether an element may be drawn as a line.
    fn is_stroked(&self, node: Node, properties: &[(String, String)], inherited: bool) -> bool {
        let Some(classes) = &self.stroked_classes else { return true };
        let own = properties.iter().rev().find(|(name, value)| name == "stroke" && value != "inherit");
        own.map_or(inherited, |(_, value)| !value.starts_with("none"))
            || node.attribute("class").is_some_and(|names| names.split_whitespace().any(|name| classes.contains(name)))
    }

    /// Follows the references of a property, such as `fill`.
    fn refer(&mut self, property: &str, value: &str) -> Result<(), ArtworkError> {
        let Some(id) = url(value) else { return Ok(()) };
        let feature = match property {
            "fill" | "stroke" => None,
            "clip-path" => Some(("clipPath", Feature::Clipping)),
            "mask" => Some(("mask", Feature::Transparency)),
            "filter" => Some(("filter", Feature::Transparency)),
            "marker" | "marker-start" | "marker-mid" | "marker-end" => Some(("marker", Feature::Markers)),
            _ => return Ok(()),
        };
        let targets = self.ids.get(id).map(Vec::as_slice).unwrap_or_default();
        if let Some((wanted, feature)) = feature {
            // A reference to nothing does nothing.
            let is_there = targets.iter().any(|target| name(*target) == Some(wanted));
            return if is_there { Err(ArtworkError::Unsupported(feature)) } else { Ok(()) };
        }
        if targets.iter().any(|target| name(*target) == Some("pattern")) {
            return Err(ArtworkError::Unsupported(Feature::Patterns));
        }
        self.follow_gradient(id)
    }

    /// Keeps a gradient, and those that it has its colours from.
    fn follow_gradient(&mut self, id: &str) -> Result<(), ArtworkError> {
        let mut next = Some(id.to_owned());
        while let Some(id) = next.take().filter(|id| self.followed.insert(id.clone())) {
            for target in self.ids.get(id.as_str()).cloned().unwrap_or_default() {
                if !matches!(name(target), Some("linearGradient" | "radialGradient")) {
                    continue;
                }
                self.gradients += 1;
                if self.gradients > MAX_GRADIENTS {
                    return Err(Excess::Elements.into());
                }
                self.keep(target);
                for stop in target.children().filter(|child| name(*child) == Some("stop")) {
                    self.keep(stop);
                }
                next = href(target).map(str::to_owned);
            }
        }
        Ok(())
    }

    fn keep(&mut self, node: Node) {
        self.set(node, Kept::Yes);
        for around in node.ancestors().skip(1) {
            if self.kept(around) != Kept::No {
                break;
            }
            self.set(around, Kept::Around);
        }
    }

    fn kept(&self, node: Node) -> Kept {
        self.kept.get(node.id().get_usize()).copied().unwrap_or(Kept::No)
    }

    fn set(&mut self, node: Node, kept: Kept) {
        if let Some(place) = self.kept.get_mut(node.id().get_usize()) {
            *place = kept;
        }
    }

    /// Writes an element and what is kept within it.
    fn write(&self, node: Node<'a, 'input>, sheet: &Sheet, out: &mut String) {
        let (kept, is_root) = (self.kept(node), node.parent_element().is_none());
        let tag = match (kept, name(node)) {
            (Kept::No, _) => return,
            (Kept::Yes, Some(name)) => name,
            // What is drawn by reference alone is not drawn where it is.
            _ => "defs",
        };
        // Writing to a string does not fail.
        _ = write!(out, "<{tag}");
        if is_root {
            _ = write!(out, " xmlns=\"{SVG}\"");
        }
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            if attribute.name() != "href" && (kept == Kept::Yes || matches!(attribute.name(), "id" | "class")) {
                write_attribute(attribute.name(), attribute.value(), out);
            }
        }
        if let Some(id) = href(node).filter(|_| kept == Kept::Yes) {
            write_attribute("href", &format!("#{id}"), out);
        }
        out.push('>');
        if is_root {
            let css = sheet.text();
            if !css.is_empty() {
                out.push_str("<style>");
                escape(&css, out);
                out.push_str("</style>");
            }
        }
        for child in node.children() {
            self.write(child, sheet, out);
        }
        _ = write!(out, "</{tag}>");
    }
}

/// What an element comes to without those within it.
fn own_cost(node: Node, stroked: bool) -> Cost {
    let bytes: usize = node.attributes().map(|attribute| attribute.value().len()).sum();
    let outline: u64 = ["d", "points"].into_iter().filter_map(|name| node.attribute(name)).map(outline_steps).sum();
    let outline = outline + 10;
    let drawn = 1 + u64::try_from(bytes / 1024).unwrap_or(u64::MAX);
    Cost { drawn, outline, stroked: if stroked { outline } else { 0 }, height: 1 }
}

/// Letters and numbers of an outline: never fewer than it has lines and curves.
fn outline_steps(data: &str) -> u64 {
    let mut steps = 0;
    let (mut in_number, mut in_fraction) = (false, false);
    for byte in data.bytes() {
        let is_number = byte.is_ascii_digit() || byte == b'.';
        // `1.5.5` is two numbers.
        let begins = is_number && (!in_number || (byte == b'.' && in_fraction));
        let is_command = byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E');
        steps += u64::from(begins || is_command);
        in_fraction = is_number && (byte == b'.' || (in_fraction && !begins));
        in_number = is_number;
    }
    steps
}

/// Attributes and what a style attribute declares, the later of a name overriding.
fn properties(node: Node) -> Vec<(String, String)> {
    let mut properties: Vec<(String, String)> = Vec::new();
    for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
        let is_property = matches!(
            attribute.name(),
            "display"
                | "stroke"
                | "fill"
                | "clip-path"
                | "mask"
                | "filter"
                | "marker-start"
                | "marker-mid"
                | "marker-end"
        );
        let value = if is_property { attribute.value().trim() } else { "" };
        properties.push((attribute.name().to_owned(), value.to_owned()));
    }
    properties.extend(css::declarations(node.attribute("style").unwrap_or_default()));
    properties
}

/// The name within `url(#name)`.
fn url(value: &str) -> Option<&str> {
    let (_, after) = value.split_once("url(")?;
    let (inner, _) = after.split_once(')')?;
    inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).strip_prefix('#')
}

/// The name that an element refers to, in the same file.
fn href<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let value = node.attribute("href").or_else(|| node.attribute((XLINK, "href")))?;
    let value = value.trim();
    // An image is not referred to by a name.
    if name(node) == Some("image") { Some(value).filter(|value| !value.is_empty()) } else { value.strip_prefix('#') }
}

fn has_words(node: Node) -> bool {
    node.descendants().any(|inner| inner.text().is_some_and(|text| !text.trim().is_empty()))
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    _ = write!(out, " {name}=\"");
    escape(value, out);
    out.push('"');
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}
