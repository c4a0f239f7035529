//! Whatever is typed as a setting, wherever it leads: the text stays TOML and nothing panics. What
//! a setting means is not looked at here.

use switchover::scenario::parse;
use switchover::scenario::set::{Setting, apply};

use super::set::{TEXT, shipped};

/// What may be typed as a path.
const PATHS: &[&str] = &[
    "horizon",
    "seed",
    "site",
    "site.X",
    "site.north.login-capacity",
    "site.\"a.b\".failover.coverage",
    "application",
    "application.interaction-workspace.disaster-recovery.timeout",
    "application.interaction-workspace.disaster-recovery",
    "agent-group.sales.interaction-workspace.\"disaster-recovery.timeout\"",
    "person.anna.interaction-workspace.a.b.c.d",
    "fault",
    "fault.1",
    "fault.1.for",
    "fault.2.failure.weibull.shape",
    "fault.1.target.site",
    "place.p.dns.1.number",
    "place.p.dns.1.deep.er",
    "switch.sw.dn.7001.TServer.x",
    "desktop.login.lognormal.median",
    "desktop.login",
    "threshold.1.at-most",
    "a.1",
    "1.x.'y.z'",
    "\"\\u0000\\n\"",
    "'\"'.x",
    "no such thing",
];

/// What may be typed as a value.
const VALUES: &[&str] = &[
    "",
    "90",
    "90s",
    "5%",
    "true",
    "\"a\"",
    "'",
    "[",
    "{ a = 1 }",
    "[{ a = 1 }, { a.b = 2 }]",
    "[1, 2",
    "say \"no\"\nor ''' and \"\"\"",
    "1 # one",
    "\u{0}\u{7f}é",
    "09:30",
    "1979-05-27",
    "1e309",
    "99999999999999999999",
    "[[fault]]",
    "a = 1",
];

/// Texts that hold things in unusual ways.
const ODD: &[&str] = &[
    "",
    "\u{feff}horizon = 1",
    "horizon = '''\na\n'''\nseed = \"\"\"b\"\"\" # c",
    "a = [\n1, # one\n]",
    "[\"fault\"]\n1 = 2\n[1]\nx.y.z = 1\n[1.x.'y.z']\n[place.p]\ndns = [{ number = 1 }]\n",
    "site.X = {}\nfault = [{ for = \"1s\" }, { failure = { weibull = { scale = 1 } } }]\n",
    "application.interaction-workspace.disaster-recovery.enabled = true\r\ndesktop.login = 1",
    "[a]\n[[a.b]]\n[a.b.c]\n[[fault]]\n[fault.target]\nsite = 1\n[desktop]\n",
];

#[test]
fn whatever_is_typed_the_text_stays_toml() {
    let shipped: Vec<String> = shipped().into_iter().step_by(6).map(|(_, text)| text).collect();
    let texts = shipped.iter().map(String::as_str).chain([TEXT]).chain(ODD.iter().copied());
    let (mut set, mut refused) = (0, 0);
    for text in texts {
        for path in PATHS {
            for value in VALUES {
                let setting = Setting::parse(&format!("{path}={value}")).expect("a setting");
                match apply(text, std::slice::from_ref(&setting)) {
                    Ok(changed) => {
                        check(&setting, &changed.text);
                        set += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(set > 1_000 && refused > 100, "{set} set, {refused} refused");
}

/// The text is TOML, and holds the value already.
fn check(setting: &Setting, text: &str) {
    let (_, mistakes) = parse(text.as_bytes());
    assert!(mistakes.is_empty(), "{}\n{text}", setting.text());
    match apply(text, std::slice::from_ref(setting)) {
        Ok(again) => assert_eq!(again.text, text, "{}", setting.text()),
        // A table has become an element, and a whole element is not set.
        Err(wrong) => assert!(wrong.ends_with("name one of its keys"), "{wrong}"),
    }
}
