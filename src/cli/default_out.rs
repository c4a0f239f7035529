//! Where results go unless `--out` says otherwise: `results/NAME`, and a variant beside it under a
//! name of its own, so that two variants of a scenario do not replace each other.
//!
//! The name depends on what is asked only, not on this machine. It creates nothing.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::origin::Origin;
use crate::scenario::set::{Setting, Sweep};

/// Most characters of the words in a name.
const WORDS: usize = 40;

/// What makes a variant differ from the scenario in its file.
#[derive(Debug, Default)]
pub(super) struct Variant {
    /// A few words for people.
    words: Vec<String>,
    /// All of it.
    whole: Vec<String>,
    seed: Option<u64>,
}

impl Variant {
    /// A scenario made of this.
    #[must_use]
    pub(super) fn of(origin: &Origin) -> Self {
        Self::with(&origin.settings, origin.seed)
    }

    /// Settings and a seed.
    #[must_use]
    pub(super) fn with(settings: &[Setting], seed: Option<u64>) -> Self {
        let words = settings.iter().map(|one| format!("{} {}", last(one.path()), one.value()));
        let whole = settings.iter().map(|one| one.text().to_owned());
        Self { words: words.collect(), whole: whole.collect(), seed }
    }

    /// Settings with ranges of values.
    #[must_use]
    pub(super) fn of_ranges(ranges: &[Sweep], seed: Option<u64>) -> Self {
        let words = ranges.iter().map(|range| last(&range.path).to_owned());
        Self { words: words.collect(), whole: ranges.iter().map(Sweep::text).collect(), seed }
    }

    /// With more that makes it differ: words for people, and all of it.
    #[must_use]
    pub(super) fn and(mut self, words: Vec<String>, whole: Vec<String>) -> Self {
        self.words.extend(words);
        self.whole.extend(whole);
        self
    }

    /// A component of a log.
    #[must_use]
    pub(super) fn of_component(name: Option<&str>) -> Self {
        let name: Vec<String> = name.map(str::to_owned).into_iter().collect();
        Self { words: name.clone(), whole: name, seed: None }
    }

    /// With other scenarios beside the first.
    #[must_use]
    pub(super) fn with_others(mut self, names: &[String]) -> Self {
        let stems = names.iter().map(|name| {
            let stem = Path::new(name).file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        });
        self.words.splice(0..0, stems);
        self.whole.splice(0..0, names.iter().cloned());
        self
    }

    /// The directory of its results, unless another is asked for; `name`: of those of the scenario
    /// itself.
    #[must_use]
    pub(super) fn folder(&self, name: &str, asked: Option<&PathBuf>) -> PathBuf {
        asked.cloned().unwrap_or_else(|| self.usual(name))
    }

    fn usual(&self, name: &str) -> PathBuf {
        let mut name = name.to_owned();
        if !self.whole.is_empty() {
            let digest = Sha256::digest(self.whole.join("\n"));
            let digest: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
            name += &format!("-{}-{digest}", plain(&self.words.join(" ")));
        }
        if let Some(seed) = self.seed {
            name += &format!("-seed-{seed}");
        }
        Path::new("results").join(name)
    }
}

fn last(path: &crate::scenario::set::Path) -> &str {
    path.parts().last().map_or("", String::as_str)
}

/// Letters and digits with single dashes between them, as every file system takes them.
fn plain(text: &str) -> String {
    let parts = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let whole = parts.join("-");
    whole[..whole.len().min(WORDS)].trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str]) -> Vec<Setting> {
        texts.iter().map(|text| Setting::parse(text).unwrap()).collect()
    }

    #[test]
    fn a_variant_has_words_for_people_and_a_digest_of_all_of_it() {
        let folder = |texts: &[&str], seed| Variant::with(&set(texts), seed).usual("year");
        assert_eq!(folder(&[], None), Path::new("results/year"));
        assert_eq!(folder(&[], Some(7)), Path::new("results/year-seed-7"));
        // The first digits of the sha256sum of the setting without a final newline.
        let known = Path::new("results/year-timeout-90-009d375c");
        assert_eq!(folder(&["a.disaster-recovery.timeout=90"], None), known);
        assert_ne!(folder(&["b.disaster-recovery.timeout=90"], None), known);
        let component = Variant::of_component(Some("wan 7")).usual("log-fit");
        assert!(component.to_string_lossy().starts_with("results/log-fit-wan-7-"));
        let odd = folder(&["title=\"../x: Ärger?\""], None);
        let odd = odd.to_string_lossy();
        assert!(odd.starts_with("results/year-title-x-rger-"), "{odd}");
        let long = folder(&[&format!("title={}", "x".repeat(90))], None);
        assert_eq!(long.to_string_lossy().len(), "results/year--12345678".len() + WORDS);
    }

    #[test]
    fn other_scenarios_come_before_settings() {
        let ranges = [Sweep::parse("fault.cut.for=1m,2m").unwrap()];
        let variant = Variant::of_ranges(&ranges, None).with_others(&["b/next.toml".to_owned()]);
        let folder = variant.usual("year-compare");
        let folder = folder.to_string_lossy();
        assert!(folder.starts_with("results/year-compare-next-for-"), "{folder}");
    }
}
