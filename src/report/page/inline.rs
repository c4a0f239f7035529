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
const ATTRIBUTES: [&str; 26] = [
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
];

/// A chart for the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Inlined {
    pub(super) svg: String,
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
    let mut drawn = 0;
    for (at, child) in root.children().enumerate().filter(|(_, child)| child.is_element()) {
        let Some(mut element) = copied(child) else { continue };
        if paper.is_some_and(|paper| at > paper) {
            let shows = |name: &&str| {
                let columns = records.iter().flat_map(|record| &record.columns);
                let mut own = columns.filter(|column| column.name == **name);
                own.any(|column| column.parts.contains(&drawn))
            };
            if let Some(number) = series.iter().position(shows) {
                element.assign("data-series", number);
            }
            drawn += 1;
        }
        sheet.append(element);
    }
    Ok(Inlined { svg: sheet.to_string(), is_shaded: false, records })
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

fn copied(node: Node<'_, '_>) -> Option<Element> {
    let mut element = without_children(node)?;
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
        for absent in ["script", "image", "onload", "onclick", "url", "http"] {
            assert!(!page.contains(absent), "{absent} in {page}");
        }
        assert_eq!(inlined("<p/>").err(), Some("it is no SVG".to_owned()));
        assert!(inlined("<svg").is_err());
    }
}
