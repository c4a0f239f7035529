//! An SVG read back: its texts as boxes, its shapes with their colours.

use svg::parser::Event;

/// A text and about the box that it fills.
#[derive(Clone, Debug)]
pub struct Words {
    pub text: String,
    pub colour: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// A line, an area or a rectangle.
#[derive(Clone, Debug)]
pub struct Shape {
    pub tag: String,
    pub class: String,
    /// Of the line, or of the area.
    pub colour: String,
    pub dash: String,
    /// Corners.
    pub points: Vec<(f64, f64)>,
}

/// A chart, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    pub title: String,
    pub description: String,
    pub size: (f64, f64),
    pub words: Vec<Words>,
    pub shapes: Vec<Shape>,
}

/// Reads a chart; fails if it is no well-formed SVG.
pub fn read(svg: &str) -> Chart {
    let mut chart = Chart::default();
    let mut open: Option<(String, svg::node::Attributes)> = None;
    for event in svg::read(svg).expect("an SVG") {
        match event {
            Event::Error(error) => panic!("{error}"),
            Event::Tag(_, svg::node::element::tag::Type::End, _) => open = None,
            Event::Tag(name, _, attributes) => {
                if name == "svg" {
                    chart.size = (number(&attributes, "width"), number(&attributes, "height"));
                } else if ["polyline", "polygon", "rect"].contains(&name) {
                    chart.shapes.push(shape(name, &attributes));
                }
                open = Some((name.to_owned(), attributes));
            }
            Event::Text(text) => {
                let text = plain(text);
                match &open {
                    Some((name, _)) if name == "title" => chart.title = text,
                    Some((name, _)) if name == "desc" => chart.description = text,
                    Some((name, attributes)) if name == "text" => {
                        chart.words.push(words(text, attributes));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    chart
}

impl Chart {
    /// The texts.
    pub fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|words| words.text.as_str()).collect()
    }

    /// Shapes that are neither grid nor ground nor shade.
    pub fn marks(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| shape.class.is_empty())
    }

    /// How a named line is drawn: colour and dash of its entry in the legend, or of the line whose name is beside it.
    pub fn style(&self, label: &str) -> Option<(String, String)> {
        let beside = || {
            let words = self.words.iter().find(|words| words.text == label)?;
            let own = |shape: &&Shape| shape.tag == "polyline" && shape.colour == words.colour;
            let lines = self.shapes.iter().filter(own);
            let line = lines.max_by_key(|shape| shape.points.len())?;
            Some((line.colour.clone(), line.dash.clone()))
        };
        self.legend(label).or_else(beside)
    }

    /// How the legend draws an entry: colour and dash of the line before it.
    pub fn legend(&self, label: &str) -> Option<(String, String)> {
        let words = self.words.iter().find(|words| words.text == label)?;
        let middle = (words.top + words.bottom) / 2.0;
        let beside = |shape: &&Shape| {
            shape.tag == "polyline"
                && shape.points.iter().all(|(x, y)| {
                    words.left - 40.0 < *x && *x < words.left && (y - middle).abs() < 6.0
                })
        };
        self.shapes.iter().find(beside).map(|shape| (shape.colour.clone(), shape.dash.clone()))
    }
}

/// About the width of a letter of the usual sans-serif fonts, in parts of the size.
fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' => 0.3,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '-' | '/' | '"' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' => 0.85,
        _ => 0.58,
    }
}

fn words(text: String, attributes: &svg::node::Attributes) -> Words {
    // A page says the usual size once.
    let size = attributes.get("font-size").map_or(14.0, |_| number(attributes, "font-size"));
    let (x, y) = (number(attributes, "x"), number(attributes, "y"));
    let wide = text.chars().map(letter).sum::<f64>() * size;
    let left = match attribute(attributes, "text-anchor").as_str() {
        "end" => x - wide,
        "middle" => x - wide / 2.0,
        _ => x,
    };
    // The letters stand on y; most of them are 0.72 of the size high.
    let (top, bottom) = (y - 0.72 * size, y + 0.2 * size);
    Words { colour: attribute(attributes, "fill"), left, right: left + wide, top, bottom, text }
}

fn shape(tag: &str, attributes: &svg::node::Attributes) -> Shape {
    let named = if tag == "polyline" { "stroke" } else { "fill" };
    let points = if tag == "rect" {
        let [wide, high] = ["width", "height"].map(|name| number(attributes, name));
        let at = |name| attributes.get(name).map_or(0.0, |_| number(attributes, name));
        vec![(at("x"), at("y")), (at("x") + wide, at("y") + high)]
    } else {
        let pairs = attribute(attributes, "points");
        let pairs = pairs.split(' ').filter_map(|pair| pair.split_once(','));
        pairs.map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y"))).collect()
    };
    Shape {
        tag: tag.to_owned(),
        class: attribute(attributes, "class"),
        colour: attribute(attributes, named),
        dash: attribute(attributes, "stroke-dasharray"),
        points,
    }
}

fn attribute(attributes: &svg::node::Attributes, name: &str) -> String {
    attributes.get(name).map(ToString::to_string).unwrap_or_default()
}

fn number(attributes: &svg::node::Attributes, name: &str) -> f64 {
    let text = attribute(attributes, name);
    text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}"))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The contrast of a colour (`#0072b2`) with white, after WCAG 2.
pub fn contrast(colour: &str) -> f64 {
    let part = |from: usize| {
        let part = u8::from_str_radix(&colour[from..from + 2], 16).expect("a colour");
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) + 0.05)
}
