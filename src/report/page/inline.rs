//! A chart file as a part of the page: only the elements and attributes that charts are made of, so
//! that a file from elsewhere brings neither script nor reference into the page.

use roxmltree::{Document, Node};
use svg::node::element::Element;
use svg::node::{Node as _, Text};

use crate::diagnostic::plain;

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

/// The chart for the page; `Err`: why it is no chart.
pub(super) fn inlined(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err("it is no SVG".to_owned());
    }
    Ok(copied(root).map(|element| element.to_string()).unwrap_or_default())
}

fn copied(node: Node<'_, '_>) -> Option<Element> {
    let name = *ELEMENTS.iter().find(|known| **known == node.tag_name().name())?;
    let mut element = Element::new(name);
    for attribute in node.attributes() {
        if ATTRIBUTES.contains(&attribute.name()) && is_plain(attribute.value()) {
            element.assign(attribute.name(), attribute.value());
        }
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
        let page = inlined(text).unwrap();
        assert!(page.contains("<title>") && page.contains("a &lt; b"), "{page}");
        assert!(page.contains("<rect width=\"3\"/>"), "{page}");
        for absent in ["script", "image", "onload", "onclick", "url", "http"] {
            assert!(!page.contains(absent), "{absent} in {page}");
        }
        assert_eq!(inlined("<p/>"), Err("it is no SVG".to_owned()));
        assert!(inlined("<svg").is_err());
    }
}
