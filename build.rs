//! Gives the program a fingerprint of its own sources, so that work of two different builds of one
//! version is not put together.
//!
//! The same sources and dependencies have the same fingerprint on every machine and in every
//! profile.

#![allow(clippy::disallowed_methods)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut files = vec![PathBuf::from("Cargo.lock")];
    below(Path::new("src"), &mut files)?;
    files.sort();
    let mut digest = Sha256::new();
    for file in files.iter().filter(|file| file.exists()) {
        // Line ends may differ between checkouts; they mean nothing.
        let text = String::from_utf8_lossy(&fs::read(file)?).replace("\r\n", "\n");
        let name = file.to_string_lossy().replace('\\', "/");
        digest.update(format!("{name}\n{}\n{text}", text.len()));
    }
    let hex: String = digest.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=SWITCHOVER_BUILD={hex}");
    Ok(())
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
