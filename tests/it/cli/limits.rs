//! What is more than a machine has is refused before it begins, with the figures; what never ends is
//! not read to its end; what is somebody else's stays.

use super::program::Place;

/// One agent on one path that fails at random; the failure and the horizon are put in.
fn scenario(mtbf: &str, horizon: &str) -> String {
    format!(
        "horizon = \"{horizon}\"\n[application.interaction-workspace]\n\
         disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"X\"\n\
         disaster-recovery.peer-site = \"Y\"\n[site.X]\n[site.Y]\n[location.L]\n\
         [agent-group.g]\nagents = 1\n\
         [[fault]]\ntarget = \"path L-X\"\nmtbf = \"{mtbf}\"\nmttr = \"10s\"\n"
    )
}

#[test]
fn more_than_there_is_is_refused_with_the_figures() {
    let place = Place::new();
    place.write("year.toml", &scenario("8h", "1y"));
    place.write("century.toml", &scenario("3m", "100y"));
    let many = ["run", "year.toml", "--replications", "100000000"];
    let part = ["run", "year.toml", "--replications", "0..100000000", "--part", "p"];
    let sweep = [
        "sweep",
        "year.toml",
        "--set",
        "application.interaction-workspace.disaster-recovery.timeout=10..59 step 1",
        "--replications",
        "1000000",
    ];
    for arguments in [&["run", "century.toml"][..], &many, &part, &sweep] {
        place.run(&["check", arguments[1]]).expect(0);
        let ended = place.run(&[arguments, &["--quiet"][..]].concat()).expect(2);
        let wanted = ended.err.lines().last().unwrap().to_owned();
        assert!(wanted.starts_with("error: this needs about "), "{wanted}");
        assert!(wanted.contains("B of memory (limit: "), "{wanted}");
        assert!(wanted.ends_with("; --force starts it all the same"), "{wanted}");
        assert_eq!(place.files(), ["century.toml", "year.toml"], "nothing was begun");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_limit_of_the_session_counts_and_force_goes_beyond() {
    let place = Place::new();
    place.write("s.toml", &scenario("5m", "1y"));
    let run = |force: &str| {
        let line = format!("ulimit -v 700000 && exec \"$0\" run s.toml --threads 1 {force}");
        let mut shell = place.shell(&line);
        shell.arg(env!("CARGO_BIN_EXE_switchover"));
        super::program::Ended::of(&mut shell)
    };
    let said = run("").expect(0).err;
    assert!(said.contains("note: this needs about "), "a large share is said: {said}");
    place.write("s.toml", &scenario("3m", "4y"));
    let said = run("").expect(2).err;
    assert!(said.contains(" of memory (limit: 313 MB), "), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_shard_for_which_there_is_no_memory_now_is_tried_again() {
    let place = Place::new();
    place.write("s.toml", &scenario("3m", "4y"));
    let shard = |limit: u32| {
        let line = format!(
            "ulimit -v {limit} && exec \"$0\" run s.toml --replications 2 --shard 0/2 --parts p --threads 1 -q"
        );
        let mut shell = place.shell(&line);
        shell.arg(env!("CARGO_BIN_EXE_switchover"));
        super::program::Ended::of(&mut shell)
    };
    let said = shard(500_000).expect(3).err;
    assert!(said.contains(" of memory (limit: "), "{said}");
    assert!(said.ends_with("; --force starts it all the same\n"), "{said}");
    assert_eq!(place.files(), ["s.toml"], "nothing was begun");
    shard(4_000_000).expect(0);
    shard(500_000).expect(0);
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_not_read() {
    let place = Place::new();
    place.write("s.toml", &scenario("8h", "1y"));
    let pipe = place.path().join("pipe");
    assert!(place.shell("mkfifo pipe").status().unwrap().success());
    let empirical = scenario("8h", "1y").replace("mttr = \"10s\"", "") // the law comes from a file
        + "repair = { empirical = { file = \"pipe\", column = \"s\" } }\n";
    place.write("e.toml", &empirical.replace("mtbf", "failure"));
    let device = "it is no ordinary file";
    for (arguments, code, expected) in [
        (&["merge", "s.toml", "/dev/zero"][..], 3, format!("cannot read /dev/zero: {device}")),
        (&["run", "/dev/zero"], 3, format!("cannot read /dev/zero: {device}")),
        (&["fit", "/dev/zero"], 3, format!("cannot read /dev/zero: {device}")),
        (&["check", "e.toml"], 1, device.to_owned()),
    ] {
        let ended = place.run(arguments).expect(code);
        let said = ended.out + &ended.err;
        assert!(said.contains(&expected), "{arguments:?}: {said}");
    }
    assert!(pipe.exists());
    let large = std::fs::File::create(place.path().join("large.toml")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let said = place.run(&["check", "large.toml"]).expect(3).err;
    let expected =
        "error: cannot read large.toml: it is larger than 64 MiB, the most that is read\n";
    assert_eq!(said, expected);
    let endless = place.shell("exec \"$0\" check - </dev/zero");
    let mut endless = endless;
    endless.arg(env!("CARGO_BIN_EXE_switchover"));
    let said = super::program::Ended::of(&mut endless).expect(3).err;
    assert!(said.contains("it is larger than 64 MiB"), "{said}");
}

#[test]
fn standard_input_is_read_once() {
    let place = Place::new();
    let said = place.run(&["compare", "-", "-"]).expect(2).err;
    let expected = "error: standard input can be read once only: name a file for the others\n";
    assert_eq!(said, expected);
}

#[test]
fn pages_of_others_stay() {
    let place = Place::new();
    place.run(&["man", "pages"]).expect(0);
    place.run(&["man", "pages"]).expect(0);
    place.write("pages/man1/switchover-run.1", ".TH mine 1\n");
    std::fs::remove_file(place.path().join("pages/man1/switchover-fit.1")).unwrap();
    let said = place.run(&["man", "pages"]).expect(3).err;
    let page = std::path::Path::new("pages").join("man1/switchover-run.1");
    let expected = "is no page of this program and is left as it is; name another directory";
    assert_eq!(said, format!("error: {} {expected}\n", page.display()));
    assert_eq!(place.read("pages/man1/switchover-run.1"), ".TH mine 1\n");
    let written = place.path().join("pages/man1/switchover-fit.1");
    assert!(!written.exists(), "nothing was written");
}

/// Phones at a registrar with a capacity are alive together.
#[test]
fn phones_that_do_not_fit_are_refused() {
    let place = Place::new();
    let text = scenario("8h", "1h") + "[site.X.registrar]\ncapacity = \"700000/s\"\n";
    place.write("many.toml", &text.replace("agents = 1\n", "agents = 1000000000\n"));
    let ended = place.run(&["run", "many.toml", "--no-rows"]).expect(2);
    let said = ended.err.lines().last().unwrap_or_default();
    assert!(said.starts_with("error: this needs about 900 GB of memory (limit: "), "{said}");
}

/// A sweep is refused before its variants are read: a thousand of a large scenario do not fit.
#[test]
fn variants_that_do_not_fit_are_not_read() {
    let place = Place::new();
    let persons: String =
        (0..20_000).map(|n| format!("[person.p{n}]\nagent-group = \"agents\"\n")).collect();
    place.write("big.toml", &format!("{}{persons}", scenario("1h", "1d")));
    let ended = place.run(&["sweep", "big.toml", "--set", "timeout=30..1029 step 1"]).expect(2);
    let said = ended.err.lines().last().unwrap_or_default();
    assert!(said.starts_with("error: this needs about 39 GB of memory (limit: "), "{said}");
    assert!(said.ends_with("--force starts it all the same"), "{said}");
}

/// The story of one agent needs its whole world.
#[test]
fn a_story_in_a_world_that_does_not_fit_is_refused() {
    let place = Place::new();
    place.write("century.toml", &scenario("3m", "100y"));
    let replay = ["replay", "century.toml", "--replication", "3"];
    for arguments in [&["explain", "century.toml"][..], &replay] {
        let ended = place.run(&[arguments, &["--agent", "g-1"]].concat()).expect(2);
        let said = ended.err.lines().last().unwrap_or_default();
        assert!(said.starts_with("error: this needs about 11 GB of memory (limit: "), "{said}");
        assert!(said.ends_with("; --force starts it all the same"), "{said}");
    }
}
