//! Plain English where users read: words and turns of phrase that engineers who learnt English from
//! manuals stumble over, each with what to write instead.
//!
//! Looked at are the pages, the scenarios, every string in the code outside tests, the help of the
//! command line, and the comments of `src`. Names in the code are not.

use super::source;

/// What is not written, and what is.
const DIALECT: [(&str, &str); 28] = [
    ("so many", "a number, this many"),
    ("so few", "this few"),
    ("so small", "at most"),
    ("so long a", "this much time"),
    ("whoever", "the reader, a program that"),
    ("told", "explained, printed, distinguished"),
    ("tells", "explains, reports, shows"),
    ("mend", "fix, correct"),
    ("mends", "fixes, corrects"),
    ("mended", "fixed, corrected"),
    ("stands", "is"),
    ("stood", "was"),
    ("luck", "chance, random draws"),
    ("the very bytes", "exactly the bytes"),
    ("worth a look", "notable"),
    ("come to rest", "converge"),
    ("came to rest", "converged"),
    ("put away", "saved"),
    ("spell", "outage, interval"),
    ("spells", "outages, intervals"),
    ("in truth", "in reality"),
    ("anecdote", "a single run proves little"),
    ("goes home", "returns, restores"),
    ("outside world", "files, network, operating system"),
    ("puts away", "saves"),
    ("taken along", "moved"),
    ("asks nobody", "needs no answer"),
    ("crowd", "agents"),
];

/// Where a word is in a text as a word of its own, in lines from 1; a phrase may go on in the next line.
fn lines_with(word: &str, text: &str) -> Vec<usize> {
    let lower = text.to_lowercase();
    let unbroken = lower.replace('\n', " ");
    let apart = |letter: Option<char>| !letter.is_some_and(|letter| letter.is_alphanumeric());
    let found = unbroken.match_indices(word).filter(|(at, _)| {
        let (before, after) = (&lower[..*at], &lower[at + word.len()..]);
        apart(before.chars().next_back()) && apart(after.chars().next())
    });
    found.map(|(at, _)| lower[..at].matches('\n').count() + 1).collect()
}

/// The code with everything but its strings blanked, placeholders too; lines stay where they are.
fn strings(code: &str) -> String {
    let (mut out, mut letters) = (String::new(), code.chars().peekable());
    let mut inside = false;
    while let Some(letter) = letters.next() {
        match (inside, letter) {
            (_, '\n') => out.push('\n'),
            (true, '\\') => {
                out.push(' ');
                if letters.next() == Some('\n') {
                    out.push('\n');
                }
            }
            (true, '{') => skip(&mut letters, |next| next == '}'),
            (_, '"') => {
                inside = !inside;
                out.push(' ');
            }
            (true, letter) => out.push(letter),
            (false, '/') if letters.peek() == Some(&'/') => skip(&mut letters, |next| next == '\n'),
            // A quote as a character opens no string.
            (false, '\'') if letters.peek() == Some(&'"') => {
                skip(&mut letters, |next| next == '\'')
            }
            (false, _) => {}
        }
    }
    out
}

/// Skips up to a letter; a line break is left, so that lines are counted.
fn skip(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, ends: impl Fn(char) -> bool) {
    while letters.peek().is_some_and(|next| *next != '\n') {
        if letters.next().is_some_and(&ends) {
            return;
        }
    }
}

/// Every text that users read: where it is from, and the text with its lines.
fn texts() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in
        ["docs", "scenarios", "README.md", "src/scenario/reference.md", "src/cli/starter.toml"]
    {
        for file in source::below(folder, &[".md", ".toml", ".txt"]) {
            all.push((file.path, file.text));
        }
    }
    for file in source::below("src", &[".rs"]) {
        let code = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        if file.path.ends_with("tests.rs") {
            continue;
        }
        if file.path.starts_with("src/cli/args") {
            let help = |line: &str| line.trim_start().starts_with("///").then(|| line.to_owned());
            let help: Vec<_> = code.lines().map(|line| help(line).unwrap_or_default()).collect();
            all.push((file.path.clone(), help.join("\n")));
        }
        all.push((file.path.clone(), strings(code)));
    }
    all
}

#[test]
fn users_read_plain_english() {
    let mut findings = Vec::new();
    for (path, text) in texts() {
        for (word, instead) in DIALECT {
            let lines = lines_with(word, &text).into_iter();
            findings.extend(lines.map(|line| format!("{path}:{line}: {word} ({instead})")));
        }
    }
    source::none(&findings, "say it as the field does, in the words of manuals");
}

/// The code with everything but its comments blanked, and in them what is quoted as code; lines stay
/// where they are.
fn comments(code: &str) -> String {
    let (mut out, mut quoted) = (String::new(), false);
    for line in code.lines() {
        let comment = match line.trim_start().strip_prefix("//") {
            Some(comment) => comment,
            None => {
                quoted = false;
                line.split_once(" // ").map_or("", |(_, comment)| comment)
            }
        };
        for letter in comment.trim_start_matches(['/', '!', ' ']).chars() {
            quoted ^= letter == '`';
            out.push(if quoted { ' ' } else { letter });
        }
        out.push('\n');
    }
    out
}

#[test]
fn comments_are_plain() {
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        let text = comments(&file.text);
        for (word, instead) in DIALECT {
            let lines = lines_with(word, &text).into_iter();
            findings.extend(lines.map(|line| format!("{}:{line}: {word} ({instead})", file.path)));
        }
    }
    source::none(
        &findings,
        "write comments as manuals are written; put names of the code in backticks",
    );
}

#[test]
fn words_are_found_in_comments_and_nowhere_else() {
    let code = "//! Told.\nlet told = \"told\"; // `told` and told\n/// [`told`]: so\n/// many.\nf(told);\n";
    assert_eq!(lines_with("told", &comments(code)), [1, 2]);
    assert_eq!(lines_with("so many", &comments(code)), [3]);
}

#[test]
fn words_are_found_in_strings_and_nowhere_else() {
    let code = "/// told\nlet told = '\"'; // told\nf(\"{told} is told\\\n  so\", \"a\");\n";
    assert_eq!(lines_with("told", &strings(code)), [3]);
    assert_eq!(lines_with("stands", "understands\nit stands."), [2]);
}
