//! Targets of faults in words: how each kind is written, and what goes down. The page of the language and the help of a
//! target that cannot be read come from this list.

/// One kind of target.
#[derive(Clone, Copy, Debug)]
pub struct TargetWords {
    /// Its key in a `target = { ... }`.
    pub key: &'static str,
    /// How it is written in words; the first way is the plainest.
    pub words: &'static [&'static str],
    /// What goes down, in Markdown.
    pub means: &'static str,
}

const fn kind(
    key: &'static str,
    words: &'static [&'static str],
    means: &'static str,
) -> TargetWords {
    TargetWords { key, words, means }
}

/// Every kind of target, in the order of the keys of `target = { ... }`.
pub const TARGETS: &[TargetWords] = &[
    kind("process", &["process NAME"], "a server's process; clean, its sockets are reset"),
    kind("host", &["host NAME"], "a host; silent"),
    kind("site", &["site NAME"], "every host of a site; silent"),
    kind("path", &["path LOCATION-SITE", "path LOCATION-SITE sip"], "a path, or one plane of it"),
    kind(
        "location",
        &["location NAME", "location NAME cti"],
        "all paths of a location, or one plane of them",
    ),
    kind("link", &["link SITE-SITE"], "the link between two sites; no desktop notices"),
    kind(
        "ha-link",
        &["ha-link SERVER"],
        "what connects the members of the pair of this primary: they cannot see each other; matters with `split` in \
         `[failover]`",
    ),
    kind(
        "power",
        &["power LOCATION"],
        "the power of a location: its desktops and phones are off, and start when it is back",
    ),
    kind("logins", &["logins SITE"], "logins at a site: nobody can log in, who is in stays in"),
    kind(
        "registrar",
        &["registrar SITE"],
        "the registrar of a site, which hangs, refuses or is slow; bindings, calls and desktops are untouched",
    ),
    kind("every", &["every host", "every sip process at SITE", "every path sip"], "a class"),
];
