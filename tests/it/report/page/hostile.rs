//! Names that try to be more than names: markup, quotes, control characters, writing directions,
//! ten thousand letters.

use serde_json::{Value, json};
use switchover::model::Model;
use switchover::report::page::Folder;

use super::folders::{committed, json, of_model, text};
use crate::report::centre;

/// Names that nobody should trust.
fn names() -> Vec<String> {
    vec![
        "</title><script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "' onmouseover='alert(1)".to_owned(),
        "a\u{202e}b\u{0}c\u{1b}[31m\u{85}\u{2028}".to_owned(),
        "x".repeat(10_000),
        "]]><!--".to_owned(),
    ]
}

fn hostile() -> Model {
    let mut model = centre(6, &[0, 1, 2, 3, 4, 5]);
    for (at, name) in names().into_iter().enumerate() {
        model.sites[at].name.clone_from(&name);
        model.pairs[at].name.clone_from(&name);
        model.faults[at].name = format!("{name} fault");
    }
    model.groups[0].name.clone_from(&names()[0]);
    model.locations[0].name.clone_from(&names()[1]);
    model.title.clone_from(&names()[0]);
    model.name = names()[3].clone();
    model
}

#[test]
fn names_are_text_and_nothing_else() {
    let page = text(&[of_model(&hostile())]);
    assert_eq!(page.matches("<script").count(), 3, "only our own scripts");
    assert!(!page.contains("<img"), "no picture");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown as it is");
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    for tag in tags.filter(|tag| tag.starts_with(|letter: char| letter.is_ascii_alphabetic())) {
        let unquoted: String = tag.split('"').step_by(2).collect();
        assert!(!unquoted.contains(" on"), "no handler: {unquoted}");
    }
    let obeyed = |letter: char| {
        letter.is_control() && letter != '\n'
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2028}')
    };
    let found: Vec<char> = page.chars().filter(|letter| obeyed(*letter)).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert!(!page.contains(&"x".repeat(1_000)), "long names are cut");
}

#[test]
fn a_name_like_a_formula_has_no_apostrophe_on_the_page() {
    let mut model = centre(2, &[0]);
    model.faults[0].name = "=cut".to_owned();
    let folder = of_model(&model);
    assert!(String::from_utf8_lossy(&folder.files["faults.csv"]).contains("'=cut"));
    let page = text(&[folder]);
    assert!(page.contains(">=cut<") && !page.contains("'=cut"));
}

#[test]
fn a_chart_file_from_elsewhere_brings_nothing_in() {
    let mut folder = of_model(&centre(2, &[0]));
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script>\
        <a href='http://example.org/'><text>hello</text></a>\
        <rect onclick='alert(1)' fill='url(http://example.org/x)' width='3'/></svg>";
    folder.files.insert("moves.svg".to_owned(), svg.as_bytes().to_vec());
    let page = text(&[folder]);
    for absent in ["alert(1)", "example.org", "onclick"] {
        assert!(!page.contains(absent), "{absent}");
    }
}

/// Puts something in the place of every number of an answer, one after the other.
fn with_each_number_replaced(value: &Value, by: &Value, look: &mut dyn FnMut(&Value)) {
    let paths = {
        let mut paths = Vec::new();
        collect(value, String::new(), &mut paths);
        paths
    };
    for path in paths {
        let mut changed = value.clone();
        if let Some(place) = changed.pointer_mut(&path) {
            *place = by.clone();
        }
        look(&changed);
    }
}

fn collect(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, inner)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            collect(inner, format!("{path}/{key}"), paths);
        }),
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(at, inner)| collect(inner, format!("{path}/{at}"), paths));
        }
        Value::Number(_) => paths.push(path),
        _ => {}
    }
}

#[test]
fn a_file_with_impossible_numbers_makes_a_page_all_the_same() {
    let summary = json(&committed("07-site-loss"), "summary.json");
    for by in [json!(1e300), json!(-1e300), json!(-1), json!(null), json!("x"), json!([])] {
        with_each_number_replaced(&summary, &by, &mut |changed| {
            let bytes = serde_json::to_vec(changed).unwrap();
            let files = [("summary.json".to_owned(), bytes)].into();
            assert!(!text(&[Folder { name: "d".to_owned(), files }]).is_empty());
        });
    }
    let mut folder = of_model(&centre(2, &[0]));
    for number in ["1e300", "-1e300", "NaN", "inf", "x", ""] {
        for file in ["states.csv", "faults.csv", "timeline.csv", "downtime.csv", "groups.csv"] {
            let table = String::from_utf8(folder.files[file].clone()).unwrap();
            let (head, rows) = table.split_once('\n').unwrap();
            let rows = rows.replace("600.000000000", number).replace("900.000000000", number);
            folder.files.insert(file.to_owned(), format!("{head}\n{rows}").into_bytes());
        }
        assert!(!text(std::slice::from_ref(&folder)).is_empty());
    }
}
