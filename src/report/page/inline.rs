//! A chart file as a part of the page: only the elements and attributes that charts are made of, so
//! that a file from elsewhere brings neither script nor reference into the page.

use roxmltree::{Document, Node};
use svg::node::element::Element;
use svg::node::{Node as _, Text};

use crate::diagnostic::plain;
use crate::report::charts::{Record, series};

/// Elements that charts are made of.
const ELEMENTS: [&str; 9] =
    ["svg", "title", "desc", "g", "rect", "polyline", "polygon", "text", "line"];

/// Their attributes.
const ATTRIBUTES: [&str; 27] = [
    "viewBox",
    "width",
    "height",
    "role",
    "font-family",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "points",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
    "class",
    "opacity",
    "transform",
    "data-from",
    "data-to",
    "data-tick",
    "data-axis",
];

/// A chart for the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Inlined {
    pub(super) svg: String,
    /// What its head says, for places that are too narrow for it.
    pub(super) head: [String; 2],
    /// Its colours are values, so they are the same on a dark screen.
    pub(super) is_shaded: bool,
    /// The values that it was drawn from, as far as it says them.
    pub(super) records: Vec<Record>,
}

/// The chart for the page; `Err`: why it is no chart.
pub(super) fn inlined(text: &str) -> Result<Inlined, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err("it is no SVG".to_owned());
    }
    let records = records(root);
    let Some(mut sheet) = without_children(root) else { return Ok(Inlined::default()) };
    TEXT.into_iter().for_each(|(name, value)| sheet.assign(name, value));
    let series = series(&records);
    let paper = root.children().position(|child| child.tag_name().name() == "rect");
    let (mut drawn, mut in_head) = (0, true);
    for (at, child) in root.children().enumerate().filter(|(_, child)| child.is_element()) {
        let Some(mut element) = copied(child) else { continue };
        if paper.is_some_and(|paper| at > paper) {
            let shows = |name: &&str| {
                let columns = records.iter().flat_map(|record| &record.columns);
                let mut own = columns.filter(|column| column.name == **name);
                own.any(|column| column.parts.contains(&drawn))
            };
            in_head &= child.tag_name().name() == "text";
            if in_head {
                element.assign("class", HEAD);
            }
            if let Some(number) = series.iter().position(shows) {
                element.assign("data-series", number);
            }
            drawn += 1;
        }
        sheet.append(element);
    }
    // Between elements nothing needs a new line.
    let svg = sheet.to_string().replace(">\n<", "><");
    Ok(Inlined { svg, head: head(root), is_shaded: false, records })
}

/// The class of the texts that a chart begins with: its title and what is drawn.
const HEAD: &str = "head";

/// The title of a chart and what is drawn, without what its description adds for those who do not see it.
fn head(root: Node<'_, '_>) -> [String; 2] {
    ["title", "desc"].map(|name| {
        let found = root.children().find(|child| child.tag_name().name() == name);
        let text = found.and_then(|found| found.text()).unwrap_or_default();
        plain(text.split(" Drawn: ").next().unwrap_or(text)).into_owned()
    })
}

/// What the chart recorded of its values; what is no record of ours is left out.
fn records(root: Node<'_, '_>) -> Vec<Record> {
    let metadata = root.children().find(|child| child.tag_name().name() == "metadata");
    let text = metadata.and_then(|metadata| metadata.text());
    let known: Option<Vec<Record>> = text.and_then(|text| serde_json::from_str(text).ok());
    known.unwrap_or_default().into_iter().filter(|record| !record.rows.is_empty()).collect()
}

/// What the sheet says for all its texts.
const TEXT: [(&str, &str); 2] = [("fill", "#282828"), ("font-size", "13")];

/// Attributes that need not be said: they are those of the sheet, of the page's style, or of every SVG.
fn is_usual(node: Node<'_, '_>, attribute: (&str, &str)) -> bool {
    match (node.tag_name().name(), attribute) {
        ("text", attribute) => TEXT.contains(&attribute),
        ("polyline", ("fill", "none") | ("stroke-width", "1")) => true,
        ("rect", ("fill" | "fill-opacity", _)) => node.attribute("class") == Some("fault"),
        ("polyline", ("stroke", _)) => node.attribute("class") == Some("grid"),
        _ => false,
    }
}

/// An element with those of its attributes that charts have.
fn without_children(node: Node<'_, '_>) -> Option<Element> {
    let name = *ELEMENTS.iter().find(|known| **known == node.tag_name().name())?;
    let mut element = Element::new(name);
    for attribute in node.attributes() {
        let said = (attribute.name(), attribute.value());
        if ATTRIBUTES.contains(&said.0) && is_plain(said.1) && !is_usual(node, said) {
            element.assign(attribute.name(), attribute.value());
        }
    }
    Some(element)
}

/// From this number of corners on a line is written as a path.
const LONG: usize = 6;

/// A long line as a path, which writes one number for a corner where the line goes across or upright; the
/// picture is the same. `None`: it is short, or no line.
fn as_path(node: Node<'_, '_>) -> Option<String> {
    let points = node.attribute("points").filter(|_| node.tag_name().name() == "polyline")?;
    let points: Option<Vec<(&str, &str)>> =
        points.split(' ').map(|point| point.split_once(',')).collect();
    let points = points.filter(|points| points.len() >= LONG)?;
    let (x, y) = points[0];
    let steps = points.windows(2).map(|pair| match pair {
        [(a, _), (x, y)] if a == x => format!("V{y}"),
        [(_, a), (x, y)] if a == y => format!("H{x}"),
        [_, (x, y)] => format!("L{x},{y}"),
        _ => String::new(),
    });
    Some(format!("M{x},{y}") + &steps.collect::<String>())
}

fn copied(node: Node<'_, '_>) -> Option<Element> {
    let mut element = without_children(node)?;
    if let Some(path) = as_path(node).filter(|path| is_plain(path)) {
        let attributes = element.get_attributes().clone();
        element = Element::new("path");
        let kept = attributes.into_iter().filter(|(name, _)| &**name != "points");
        kept.for_each(|(name, value)| element.assign(name, value));
        element.assign("d", path);
    }
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            if !text.trim().is_empty() {
                element.append(Text::new(plain(text)));
            }
        } else if let Some(child) = copied(child) {
            element.append(child);
        }
    }
    Some(element)
}

/// Whether a value is made of words, numbers and colours alone.
fn is_plain(value: &str) -> bool {
    value.chars().all(|letter| letter.is_ascii_alphanumeric() || " #.,%()-".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_charts_are_made_of_comes_in() {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' onload='x()' viewBox='0 0 9 9'>\
            <script>bad()</script><image href='http://x/'/><title>a &lt; b</title>\
            <rect fill='url(http://x)' width='3' onclick='bad()'/></svg>";
        let page = inlined(text).unwrap().svg;
        assert!(page.contains("<title>") && page.contains("a &lt; b"), "{page}");
        assert!(page.contains("<rect width=\"3\"/>"), "{page}");
        let usual = "<svg><polyline class='grid' fill='none' stroke='#e4e4e4' stroke-width='1' points='1,2 3,4'/>\
            <polyline fill='none' stroke='#0072b2' stroke-width='2' points='1,2'/>\
            <text fill='#282828' font-size='13' x='1'>a</text><text fill='#5f5f5f' font-size='12'>b</text></svg>";
        let short = inlined(usual).unwrap().svg;
        assert!(short.starts_with("<svg fill=\"#282828\" font-size=\"13\">"), "{short}");
        assert!(short.contains("<polyline class=\"grid\" points=\"1,2 3,4\"/>"), "{short}");
        assert!(short.contains("<polyline points=\"1,2\" stroke=\"#0072b2\" stroke-width=\"2\"/>"));
        assert!(
            short.contains("<text x=\"1\">")
                && short.contains("<text fill=\"#5f5f5f\" font-size=\"12\">")
        );
        let long =
            "<svg><polyline fill='none' stroke='#0072b2' points='1,2 1,9 4,9 5,8 7,8 7,2'/></svg>";
        let path = inlined(long).unwrap().svg;
        assert!(path.contains("<path d=\"M1,2V9H4L5,8H7V2\" stroke=\"#0072b2\"/>"), "{path}");
        for absent in ["script", "image", "onload", "onclick", "url", "http"] {
            assert!(!page.contains(absent), "{absent} in {page}");
        }
        assert_eq!(inlined("<p/>").err(), Some("it is no SVG".to_owned()));
        assert!(inlined("<svg").is_err());
    }
}
