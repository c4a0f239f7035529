//! A pack: a scenario and the data files that it names in one file, for programs without a
//! directory.
//!
//! Only its text; it is read in place of a scenario, so that the answer is the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How every pack begins. No TOML does.
pub const MARK: &str = "{\"switchover_pack\":";

/// Version of the format.
const FORMAT: u32 = 1;

/// A scenario with its data files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    switchover_pack: u32,
    /// Name of the scenario file, without its directory.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The texts of the data files, by the names that the scenario gives them.
    pub data: BTreeMap<String, String>,
}

impl Pack {
    /// A pack of these texts.
    #[must_use]
    pub const fn new(file: String, text: String, data: BTreeMap<String, String>) -> Self {
        Self { switchover_pack: FORMAT, file, text, data }
    }

    /// Whether these bytes are a pack, broken or not.
    #[must_use]
    pub fn is(bytes: &[u8]) -> bool {
        bytes.starts_with(MARK.as_bytes())
    }

    /// The pack in these bytes; `None` if they are no pack, broken or not.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Result<Self, String>> {
        Self::is(bytes).then(|| {
            let pack: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
            match pack.switchover_pack {
                FORMAT => Ok(pack),
                other => Err(format!("format {other} is not known to this version")),
            }
        })
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        // Texts only: there is nothing in them that could fail to serialise.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_read_as_it_was_written() {
        let data = [("log.csv".to_owned(), "a\r\nb\n".to_owned())];
        let pack = Pack::new("s.toml".to_owned(), "seed = 1\r\n".to_owned(), data.into());
        assert_eq!(Pack::read(&pack.bytes()), Some(Ok(pack)));
        assert_eq!(Pack::read(b"seed = 1\n"), None);
        let newer = b"{\"switchover_pack\":2,\"file\":\"\",\"text\":\"\",\"data\":{}}";
        let why = "format 2 is not known to this version".to_owned();
        assert_eq!(Pack::read(newer), Some(Err(why)));
        assert!(Pack::read(b"{\"switchover_pack\":1").unwrap().is_err());
    }
}
