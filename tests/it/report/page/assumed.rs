//! What the variants of a comparison take for granted: the differences first, equal rows once.

use switchover::report::page::Folder;
use switchover::report::{Assumption, assumptions_of_variants};

use super::folders::{committed, read, text};

fn one(kind: &'static str, name: &str, value: &str, line: &str, agents: Option<u32>) -> Assumption {
    Assumption {
        kind,
        place: if kind == "fault" { "cut".to_owned() } else { String::new() },
        name: name.to_owned(),
        value: value.to_owned(),
        set_at: line.to_owned(),
        agents,
        evidence: "documented",
    }
}

/// The cells of the rows of a table, by its caption.
fn table(page: &str, caption: &str) -> Vec<Vec<String>> {
    let from =
        page.split(&format!("<caption><span>{caption}</span></caption>")).nth(1).expect("a table");
    let body = from.split("</table>").next().unwrap();
    let rows = body.split("<tr").skip(1).map(|row| {
        let cells = row.split_inclusive("</t").filter_map(|cell| {
            let start = cell.find("<td").or_else(|| cell.find("<th"))?;
            let text: String = cell[start..]
                .split('<')
                .filter_map(|piece| piece.split_once('>'))
                .map(|(_, words)| words)
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            Some(read(&text))
        });
        cells.collect()
    });
    rows.collect()
}

fn comparison(variants: &[Vec<Assumption>]) -> Folder {
    let mut folder = committed("17-year-with-bounds-compare");
    let file = assumptions_of_variants(variants);
    folder.files.insert("assumptions.csv".to_owned(), file);
    folder
}

#[test]
fn differences_come_first_and_equal_rows_once() {
    let timeout = |value, line, agents| one("option", "timeout", value, line, Some(agents));
    let same = |line| one("policy", "stay", "true", line, None);
    let a =
        vec![timeout("60", "default", 30), timeout("90", "Person p, line 9", 10), same("default")];
    let b = vec![
        timeout("45", "Application, line 3", 30),
        timeout("90", "Person p, line 10", 10),
        same("line 7"),
    ];
    let c = vec![
        timeout("60", "default", 40),
        same("default"),
        one("fault", "mtbf", "<b>1h</b>", "line 5", None),
    ];
    let page = text(&[comparison(&[a, b, c])]);
    let found = table(&page, "What the variants differ in");
    assert_eq!(found[0], ["Kind", "Where", "Name", "A", "B", "C"]);
    assert_eq!(
        found[1],
        [
            "option",
            "",
            "timeout",
            "60 default, 30 agents",
            "45 Application, line 3, 30 agents",
            "60 default, 40 agents"
        ]
    );
    assert_eq!(
        found[2],
        [
            "option",
            "",
            "timeout",
            "90 Person p, line 9, 10 agents",
            "90 Person p, line 10, 10 agents",
            "-"
        ]
    );
    assert_eq!(found[3], ["fault", "cut", "mtbf", "-", "-", "<b>1h</b> line 5"]);
    assert_eq!(found.len(), 4);
    assert!(!page.contains("<b>1h</b>"), "a value is no markup");
    // Set at another line, but the same: listed once, with the rest.
    assert_eq!(table(&page, "Policies")[1][..3], ["", "stay", "true"]);
    let (first, second) =
        (page.find("What differs</h").unwrap(), page.find("Policies</h").unwrap());
    assert!(first < second && !page.contains("<span>Options of the product</span>"));
}

#[test]
fn equal_variants_say_so_and_many_are_cut() {
    let own = vec![one("policy", "stay", "true", "default", None)];
    let page = text(&[comparison(&[own.clone(), own])]);
    assert!(page.contains("All variants take the same for granted."));
    let many: Vec<_> =
        (0..11).map(|n| vec![one("policy", "n", &n.to_string(), "default", None)]).collect();
    let page = text(&[comparison(&many)]);
    assert_eq!(table(&page, "What the variants differ in")[1].len(), 3 + 8);
    assert!(page.contains("3 further variants are in <code>assumptions.csv</code>."));
}
