//! Phone presets: what they set, what comes before them, and that every place lists the same ones.

use switchover::distribution::Law;
use switchover::model::{Failback, Phone, Retry, Style, Transport};
use switchover::options::{self, Evidence, PRESETS};
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, load, schema};
use switchover::time::Span;

use super::messages::{OneFile, SOUND, said};
use crate::cli::program::Place;

const fn s(seconds: i64) -> Span {
    Span::from_secs(seconds)
}

/// The phone of a type with these lines.
fn phone(lines: &str) -> Phone {
    let text = format!("{SOUND}[phone.p]\n{lines}\n");
    assert_eq!(said(&text), "", "{text}");
    let document = load("t.toml", text.as_bytes(), &OneFile).document.expect("a document");
    resolve(&document, &DrOff::default()).0.expect("a model").model.phones.remove(0)
}

/// Every preset is a phone type without a mistake; its timers are those that the makers publish.
#[test]
fn presets_are_phones() {
    let timers = |name: &str| {
        let phone = phone(&format!("preset = \"{name}\""));
        (phone.expiry, phone.refresh, phone.transaction_timeout, phone.retry, phone.desk)
    };
    let between =
        |lowest, highest| Retry::Drawn(Law::Uniform { lowest: s(lowest), highest: s(highest) });
    let fixed = |seconds| Retry::Fixed(s(seconds));
    let soft = |timeout| (s(1800), s(1620), s(timeout), fixed(30), false);
    let avaya = |expiry: i64| (s(expiry), s(expiry / 10 * 9), s(32), between(30, 54), true);
    assert_eq!(timers("wde-endpoint"), soft(4));
    assert_eq!(timers("wde-endpoint-default"), soft(32));
    assert_eq!(timers("avaya-j100"), avaya(900));
    assert_eq!(timers("avaya-j100-ip-office"), avaya(300));
    assert_eq!(timers("polycom"), (s(3600), s(1800), s(32), between(30, 60), true));
    assert_eq!(timers("audiocodes"), (s(180), s(90), s(32), fixed(30), true));
    assert_eq!(timers("panasonic"), (s(3600), s(3240), s(32), fixed(10), true));
    assert_eq!(timers("unify-openstage"), (s(1800), s(1620), s(32), between(0, 60), true));
    let short = Span::from_millis(3700);
    let recommended = (s(1800), s(1620), short, between(0, 60), true);
    assert_eq!(timers("unify-openstage-recommended"), recommended);
    let cisco = phone("preset = \"cisco-spa\"");
    assert_eq!(cisco.retry, fixed(30));
    assert_eq!(cisco.retry_after_refusal, Some(Law::Constant(s(1200))));
    let style = |name: &str| phone(&format!("preset = \"{name}\"")).style;
    assert_eq!(style("yealink-at-renewal"), Style::Failover { failback: Failback::Refresh });
    assert_eq!(style("yealink-timer"), Style::Failover { failback: Failback::Every(s(3600)) });
    for preset in PRESETS {
        assert!(matches!(style(preset.name), Style::Dual | Style::Failover { .. }));
    }
}

/// What the phone type writes itself counts, and `refresh-before` in place of the share of a preset.
#[test]
fn own_keys_come_before_a_preset() {
    let own =
        phone("preset = \"polycom\"\nexpiry = \"1h\"\nkind = \"softphone\"\ntransport = \"tcp\"");
    assert_eq!((own.expiry, own.refresh, own.desk), (s(3600), s(1800), false));
    assert_eq!(own.transport, Transport::Tcp);
    let before = phone("refresh-before = \"600s\"\npreset = \"polycom\"");
    assert_eq!(before.refresh, s(3000));
    let retry = phone("preset = \"avaya-j100\"\nretry = \"10s\"");
    assert_eq!((retry.retry, retry.expiry), (Retry::Fixed(s(10)), s(900)));
}

/// A preset speaks for its phone type, so it comes before the vendor options of a softphone.
#[test]
fn a_preset_comes_before_vendor_options() {
    let vendor = "[application.interaction-workspace]\nsip_transaction_timeout = 8000\n";
    let text = format!("{SOUND}[phone.p]\npreset = \"wde-endpoint\"\n")
        .replace("[application.interaction-workspace]\n", vendor);
    assert_eq!(said(&text), "");
    let document = load("t.toml", text.as_bytes(), &OneFile).document.expect("a document");
    let model = resolve(&document, &DrOff::default()).0.expect("a model").model;
    assert_eq!(model.phones[0].transaction_timeout, s(4));
}

#[test]
fn every_place_lists_the_same_presets() {
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    let schema = schema();
    let of_schema = schema["$defs"]["phone"]["properties"]["preset"]["oneOf"].as_array();
    let of_schema = of_schema.expect("words").iter().filter_map(|one| one["const"].as_str());
    assert_eq!(of_schema.collect::<Vec<_>>(), names);
    let (page, list) = (options::page(), options::list_text());
    for preset in PRESETS {
        assert!(page.contains(&format!("### `{}`", preset.name)), "{}", preset.name);
        assert!(list.contains(&format!("\n  {} ", preset.name)), "{}", preset.name);
        assert!(!preset.keys.is_empty(), "{}", preset.name);
        let known = preset.keys.iter().all(|one| one.evidence != Evidence::Assumption);
        assert!(known, "{}: no key is an assumption", preset.name);
    }
}

/// Keys of a preset name it, own ones their line, and defaults nothing.
#[test]
fn show_says_what_comes_from_a_preset() {
    let place = Place::new();
    let lines = "[phone.p]\npreset = \"avaya-j100\"\nexpiry = \"600s\"\n";
    place.write("s.toml", &format!("{SOUND}{lines}"));
    let json = place.run(&["show", "s.toml", "--format", "json"]).expect(0).out;
    let shown: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let settings = shown["settings"].as_array().expect("settings");
    let row = |name: &str| {
        let of_phone =
            |one: &&serde_json::Value| one["table"] == "[phone.p]" && one["name"] == name;
        let row = settings.iter().find(of_phone).expect("a row");
        (row["value"].as_str().unwrap(), row["preset"].as_str(), row["line"].as_u64())
    };
    let avaya = Some("avaya-j100");
    assert_eq!(row("preset"), ("avaya-j100", None, Some(11)));
    assert_eq!(row("expiry"), ("600s", None, Some(12)));
    assert_eq!(row("transaction-timeout"), ("32s", avaya, Some(11)));
    assert_eq!(row("retry"), ("{ uniform = [\"30s\", \"54s\"] }", avaya, Some(11)));
    assert_eq!(row("t1"), ("500ms", None, None));
    let text = place.run(&["show", "s.toml"]).expect(0).out;
    assert_eq!(text.matches("preset avaya-j100, line 11").count(), 3, "{text}");
}
