//! A setting as it is typed: a path of keys, `=`, a value. It does not know where the path leads.

use std::fmt;

use toml_edit::Value;

/// A path of keys, from the top of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    parts: Vec<String>,
}

/// One change of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    path: Path,
    value: String,
    text: String,
}

impl Setting {
    /// Reads `PATH=VALUE`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (path, value) = split(text)?;
        Ok(Self::new(path, value))
    }

    /// A value, as it is typed, for a path.
    #[must_use]
    pub fn new(path: Path, value: &str) -> Self {
        let value = value.trim().to_owned();
        Self { text: format!("{path}={value}"), path, value }
    }

    /// Where it is written.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }

    /// The value as typed. It is TOML if it can be read as such, else a text.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The whole of it: `PATH=VALUE`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Cuts a text at the `=` behind its path.
pub(super) fn split(text: &str) -> Result<(Path, &str), String> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '=') => return Ok((Path::parse(&text[..at])?, &text[at + 1..])),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    Err("there is no `=`; write PATH=VALUE, such as horizon=2h".to_owned())
}

impl Path {
    /// Reads keys with dots between them; a key with a dot in it is written in quotes.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("the path is empty; write PATH=VALUE, such as horizon=2h".to_owned());
        }
        let mut parts = Vec::new();
        let mut rest = Some(text);
        while let Some(text) = rest {
            let (part, after) = first(text.trim_start())?;
            if part.is_empty() {
                return Err(format!("a part of the path `{}` is empty", text.trim()));
            }
            parts.push(part);
            rest = after;
        }
        Ok(Self { parts })
    }

    /// The path of these keys.
    #[must_use]
    pub const fn of(parts: Vec<String>) -> Self {
        Self { parts }
    }

    /// The keys with dots between them, whatever is in them: what equal paths have in common,
    /// however their keys are cut.
    #[must_use]
    pub fn joined(&self) -> String {
        self.parts.join(".")
    }

    /// The keys.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.parts
    }
}

/// The first key of a path, and what follows its dot.
fn first(text: &str) -> Result<(String, Option<&str>), String> {
    let Some(quote) = text.chars().next().filter(|letter| ['"', '\''].contains(letter)) else {
        let (part, after) = match text.split_once('.') {
            Some((part, after)) => (part, Some(after)),
            None => (text, None),
        };
        return Ok((part.trim().to_owned(), after));
    };
    let unread = || format!("`{text}` is no key in quotes");
    let close = text[1..].find(quote).ok_or_else(unread)? + 2;
    let value = text[..close].parse::<Value>().map_err(|_| unread())?;
    let part = value.as_str().ok_or_else(unread)?.to_owned();
    match text[close..].trim_start() {
        "" => Ok((part, None)),
        after => after.strip_prefix('.').map(|after| (part, Some(after))).ok_or_else(unread),
    }
}

/// As it may be typed: keys that hold a dot, a quote or `=` are written in quotes.
impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            if part.contains(['.', '"', '\'', '=']) || part.trim() != part {
                write!(out, "{dot}{}", Value::from(part.as_str()))?;
            } else {
                write!(out, "{dot}{part}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_paths_and_values() {
        for (text, parts, value) in [
            ("horizon=2h", &["horizon"][..], "2h"),
            ("a.b-c.d = 90 ", &["a", "b-c", "d"], "90"),
            ("fault.host failure.mtbf=20d", &["fault", "host failure", "mtbf"], "20d"),
            ("site.\"a.b\".stat=true", &["site", "a.b", "stat"], "true"),
            ("site.'a=b' . stat=true", &["site", "a=b", "stat"], "true"),
            ("title=a = b", &["title"], "a = b"),
            ("title=", &["title"], ""),
        ] {
            let setting = Setting::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
            assert_eq!((setting.path().parts(), setting.value()), (&own(parts)[..], value));
            assert_eq!(Setting::parse(setting.text()).as_ref(), Ok(&setting), "{text}");
        }
    }

    #[test]
    fn what_is_no_setting_is_told() {
        let none = "there is no `=`; write PATH=VALUE, such as horizon=2h";
        let empty = "the path is empty; write PATH=VALUE, such as horizon=2h";
        for (text, told) in [
            ("horizon", none),
            ("\"a=b\"", none),
            ("", none),
            ("=5", empty),
            ("  =5", empty),
            ("a..b=5", "a part of the path `.b` is empty"),
            ("a.=5", "a part of the path `` is empty"),
            ("\"a\"b=5", "`\"a\"b` is no key in quotes"),
        ] {
            assert_eq!(Setting::parse(text), Err(told.to_owned()), "{text}");
        }
    }

    fn own(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }
}
