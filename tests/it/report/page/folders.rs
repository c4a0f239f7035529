//! Directories of results for the page, made in memory or read from the committed answers; and ways to
//! look into a page.

use std::collections::BTreeMap;

use switchover::model::Model;
use switchover::report::charts::{CHARTS, QUEUE_CHARTS};
use switchover::report::page::{Folder, is_read, page};
use switchover::report::{FILES, Provenance};

use crate::bless::root;
use crate::report::run;

/// What `run` writes for a model, as far as a report reads it.
pub fn of_model(model: &Model) -> Folder {
    let (results, _) = run(model);
    let provenance = Provenance {
        program: "switchover 0".to_owned(),
        command: "switchover run s.toml".to_owned(),
        ..Provenance::default()
    };
    let mut files = BTreeMap::new();
    for file in FILES {
        files.insert(file.name.to_owned(), (file.render)(&results, model, &provenance));
    }
    let queues = QUEUE_CHARTS.iter().filter(|one| (one.has_queue)(&results));
    for chart in CHARTS.iter().chain(queues.map(|one| &one.chart)) {
        files.insert(chart.file.to_owned(), (chart.draw)(&results, model).into_bytes());
    }
    files.insert("provenance.json".to_owned(), provenance.sidecar());
    files.retain(|name, _| is_read(name));
    Folder { name: "out".to_owned(), files }
}

/// A committed answer.
pub fn committed(name: &str) -> Folder {
    let folder = root("results").join(name);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("an answer") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if is_read(&name) {
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    Folder { name: name.to_owned(), files }
}

/// A folder with nothing but an answer.
pub fn only(file: &str, answer: &serde_json::Value) -> Folder {
    let bytes = serde_json::to_vec(answer).expect("JSON");
    Folder { name: "out".to_owned(), files: [(file.to_owned(), bytes)].into() }
}

/// The page as text.
pub fn text(folders: &[Folder]) -> String {
    let bytes = page(folders).unwrap_or_else(|refused| panic!("{refused}"));
    String::from_utf8(bytes).expect("a page is UTF-8")
}

/// The answer of a folder.
pub fn json(folder: &Folder, file: &str) -> serde_json::Value {
    serde_json::from_slice(&folder.files[file]).expect("JSON")
}

/// A text of the page with its entities read, and spaces at which no line breaks as spaces.
pub fn read(text: &str) -> String {
    let pairs = [("\u{a0}", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// The sentences of the answer, in order.
pub fn facts(page: &str) -> Vec<String> {
    let each = page.split("<p class=\"fact\">").skip(1);
    each.map(|rest| read(rest.split(['<']).next().unwrap_or_default().trim_end())).collect()
}

/// Every number of the page that says which measure it is: key and exact value.
pub fn values(page: &str) -> Vec<(String, f64)> {
    let each = page.split(" data-key=\"").skip(1);
    let one = |rest: &str| {
        let (key, rest) = rest.split_once('"')?;
        let value = rest.strip_prefix(" data-value=\"")?.split('"').next()?;
        Some((read(key), value.parse().ok()?))
    };
    each.filter_map(one).collect()
}

/// Whether a number in words is a value, as exactly as its last digit says.
pub fn is_near(words: &str, unit: &str, value: f64) -> bool {
    let words = if unit.is_empty() { words.to_owned() } else { format!("{words} {unit}") };
    let (number, unit) = words.split_once(' ').unwrap_or((&words, ""));
    let one = [
        ("", 1.0),
        ("ms", 0.001),
        ("s", 1.0),
        ("min", 60.0),
        ("h", 3_600.0),
        ("d", 86_400.0),
        ("%", 0.01),
    ];
    let one = one.into_iter().find(|(name, _)| *name == unit).expect("a unit").1;
    let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let number: f64 = number.replace(',', "").parse().expect("a number");
    let last = one * 10_f64.powi(-(decimals as i32));
    (number * one - value).abs() <= 0.500_001 * last
}
