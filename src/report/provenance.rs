//! Where an answer comes from: the program, the files, what was set, and the command that makes it
//! again. It is in every JSON, at the foot of every chart, below texts, and in `provenance.json`
//! next to tables.
//!
//! Nothing in it depends on the machine: no folder, no clock, no number of threads.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::words::counted;

/// The file that says it for all files of a directory.
pub const PROVENANCE_FILE: &str = "provenance.json";

/// Version of the format of all JSON files.
pub(super) const FORMAT_VERSION: u32 = 1;

/// Digits of a digest where people read it.
const SHORT: usize = 12;

/// Where an answer comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Provenance {
    /// Program and version.
    pub program: String,
    /// The files that it was made from.
    pub inputs: Vec<Input>,
    /// What `--set` wrote into the first of them, with full paths.
    pub settings: Vec<String>,
    /// Seed of all randomness; null where nothing is drawn.
    pub seed: Option<u64>,
    /// The replications; null where nothing is simulated.
    pub replications: Option<Replicated>,
    /// A command for a POSIX shell that makes it again, in the directory of the inputs.
    pub command: String,
}

/// A file that an answer was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Input {
    /// Its name, without its directory where that is not needed to distinguish it from another.
    pub file: String,
    /// SHA-256 of it, line ends counting as LF. Where it names data files: SHA-256 of the digests
    /// of itself and of its data in this order, a line each.
    pub digest: String,
    /// The data files that it names, by name.
    pub data: Vec<Data>,
    /// Digest of its own text.
    #[serde(skip)]
    own: String,
}

/// A data file that a scenario names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Data {
    /// Its name as the scenario writes it.
    pub file: String,
    /// SHA-256 of it, line ends counting as LF.
    pub digest: String,
}

/// Replications that were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Replicated {
    /// Index of the first.
    pub first: u64,
    /// Their number.
    pub count: u64,
}

/// An answer with where it comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Stamped<'a, T> {
    /// Version of the format: raised when a key goes or changes its meaning, not when one is added.
    format_version: u32,
    /// Where it comes from.
    provenance: &'a Provenance,
    /// The answer.
    #[serde(flatten)]
    answer: T,
}

impl<'a, T> Stamped<'a, T> {
    /// An answer with where it comes from.
    pub const fn new(provenance: &'a Provenance, answer: T) -> Self {
        Self { format_version: FORMAT_VERSION, provenance, answer }
    }
}

/// An answer that is nothing but where files come from.
#[derive(Serialize)]
struct Nothing {}

impl Input {
    /// A file with its bytes, and the digests of the data files that it names.
    #[must_use]
    pub fn new(file: &str, bytes: &[u8], data: &BTreeMap<String, String>) -> Self {
        let mut input = Self { file: file.to_owned(), own: digest(bytes), ..Self::default() };
        input.add(
            data.iter().map(|(file, digest)| Data { file: file.clone(), digest: digest.clone() }),
        );
        input
    }

    /// The same under another name.
    #[must_use]
    pub fn named(self, file: &str) -> Self {
        Self { file: file.to_owned(), ..self }
    }

    /// Adds data files that it names in other variants.
    pub fn add(&mut self, data: impl IntoIterator<Item = Data>) {
        self.data.extend(data);
        self.data.sort_by(|a, b| a.file.cmp(&b.file));
        self.data.dedup();
        let digests = self.data.iter().map(|data| &data.digest);
        let lines: String =
            std::iter::once(&self.own).chain(digests).map(|one| format!("{one}\n")).collect();
        self.digest =
            if self.data.is_empty() { self.own.clone() } else { digest(lines.as_bytes()) };
    }

    /// Its name and the first digits of its digest.
    fn words(&self) -> String {
        let short: String = self.digest.chars().take(SHORT).collect();
        format!("{} {short}", self.file)
    }
}

/// The JSON Schema of an answer with where it comes from.
pub(super) fn schema<T: JsonSchema>() -> serde_json::Value {
    let own = schemars::schema_for!(T).to_value();
    let mut schema = schemars::schema_for!(Stamped<'_, T>).to_value();
    for key in ["title", "description"] {
        schema[key] = own[key].clone();
    }
    schema
}

/// SHA-256 of a text, line ends counting as LF.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let mut hasher = Sha256::new();
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let ended = lines.peek().is_some();
        let line = line.strip_suffix(b"\r").filter(|_| ended).unwrap_or(line);
        hasher.update(line);
        if ended {
            hasher.update(b"\n");
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Replicated {
    /// In words; nothing of a single run.
    fn words(self) -> Option<String> {
        match (self.first, self.count) {
            (0, 1) => None,
            (first, 1) => Some(format!("replication {first}")),
            (0, count) => Some(counted(count, "replication", "replications")),
            (first, count) => Some(format!("replications {first} to {}", first + count - 1)),
        }
    }
}

impl Provenance {
    /// All of it in one line, the command left out.
    #[must_use]
    pub fn line(&self) -> String {
        self.parts().join(", ")
    }

    /// The same to be written below a text, with an empty line before it; broken between its parts
    /// where it is wider than `width` characters.
    #[must_use]
    pub fn below(&self, width: usize) -> String {
        let mut lines = vec![String::new()];
        for part in self.parts() {
            match lines.last_mut() {
                Some(line) if line.is_empty() => *line = part,
                Some(line) if line.chars().count() + part.chars().count() + 3 <= width => {
                    *line += &format!(", {part}");
                }
                Some(line) => {
                    line.push(',');
                    lines.push(part);
                }
                None => {}
            }
        }
        format!("\n{}\n", lines.join("\n"))
    }

    /// An answer as a JSON file: indented, with a final newline.
    #[must_use]
    pub fn file(&self, answer: &impl Serialize) -> Vec<u8> {
        // Plain structs with text keys: there is nothing in them that could fail to serialise.
        let stamped = Stamped::new(self, answer);
        let mut bytes = serde_json::to_vec_pretty(&stamped).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The file that says it for all files of a directory.
    #[must_use]
    pub fn sidecar(&self) -> Vec<u8> {
        self.file(&Nothing {})
    }

    fn parts(&self) -> Vec<String> {
        let inputs = self.inputs.iter().map(Input::words);
        let seed = self.seed.map(|seed| format!("seed {seed}"));
        let replications = self.replications.and_then(Replicated::words);
        let mut all = vec![self.program.clone()];
        all.extend(inputs.chain(seed).chain(replications).chain(self.settings.iter().cloned()));
        // Names of files and settings are anything that a shell takes.
        all.iter().map(|part| part.replace(char::is_control, " ")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provenance() -> Provenance {
        Provenance {
            program: "switchover 0.1.0".to_owned(),
            inputs: vec![Input::new("year.toml", b"seed = 1\n", &BTreeMap::new())],
            settings: vec!["horizon=2h".to_owned(), "title=a\nb".to_owned()],
            seed: Some(7),
            replications: Some(Replicated { first: 200, count: 1_000 }),
            command: "switchover run year.toml".to_owned(),
        }
    }

    /// `printf 'seed = 1\n' | sha256sum`
    const TEXT: &str = "46545c629053298cb8b068758bd6cb0ba83f1533f50a054de71575535afea66b";
    /// `printf '1\n' | sha256sum`
    const ONE: &str = "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865";

    #[test]
    fn digests_are_those_of_sha256sum_and_know_no_line_ends() {
        assert_eq!(digest(b"seed = 1\n"), TEXT);
        assert_eq!(digest(b"seed = 1\r\n"), TEXT);
        assert_ne!(digest(b"seed = 1\r"), digest(b"seed = 1"));
        // `printf '' | sha256sum`
        assert!(digest(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }

    #[test]
    fn data_files_are_part_of_the_digest_whatever_their_order() {
        let data: BTreeMap<String, String> = [("b.csv".to_owned(), digest(b"1\n"))].into();
        let mut input = Input::new("year.toml", b"seed = 1\n", &data);
        assert_eq!(input.digest, digest(format!("{TEXT}\n{ONE}\n").as_bytes()));
        let other = Data { file: "a.csv".to_owned(), digest: digest(b"") };
        input.add([other.clone(), other, input.data[0].clone()]);
        let names: Vec<&str> = input.data.iter().map(|data| data.file.as_str()).collect();
        assert_eq!(names, ["a.csv", "b.csv"]);
    }

    #[test]
    fn the_line_has_everything_but_the_command() {
        let short = &TEXT[..SHORT];
        let expected = format!(
            "switchover 0.1.0, year.toml {short}, seed 7, replications 200 to 1199, horizon=2h, title=a b"
        );
        assert_eq!(provenance().line(), expected);
        let below = format!(
            "\nswitchover 0.1.0, year.toml {short}, seed 7,\nreplications 200 to 1199, horizon=2h, title=a b\n"
        );
        assert_eq!(provenance().below(60), below);
    }

    #[test]
    fn a_sidecar_is_a_json_object_around_it() {
        let sidecar = String::from_utf8(provenance().sidecar()).unwrap();
        let expected = format!(
            "{{
  \"format_version\": 1,
  \"provenance\": {{
    \"program\": \"switchover 0.1.0\",
    \"inputs\": [
      {{
        \"file\": \"year.toml\",
        \"digest\": \"{TEXT}\",
        \"data\": []
      }}
    ],
    \"settings\": [
      \"horizon=2h\",
      \"title=a\\nb\"
    ],
    \"seed\": 7,
    \"replications\": {{
      \"first\": 200,
      \"count\": 1000
    }},
    \"command\": \"switchover run year.toml\"
  }}
}}
"
        );
        assert_eq!(sidecar, expected);
    }
}
