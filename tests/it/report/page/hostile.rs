//! Names that try to be more than names: markup, quotes, control characters, writing directions,
//! ten thousand letters.

use switchover::model::Model;

use super::folders::{of_model, text};
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
    assert_eq!(page.matches("<script").count(), 1, "only our own script");
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
