//! The recipe for GNU parallel, run on two directories that stand for hosts, with a worker killed. Says so
//! where there is no `parallel`.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::super::program::Ended;
use super::{FILE, RANDOM, bytes, files, place, same};

/// Stands for ssh: goes into the directory of the host.
const SSH: &str = "#!/bin/sh\nhost=$1; shift\n[ \"$1\" = -- ] && shift\n\
                   cd \"$HOSTS/$host\" && exec sh -c \"$*\"\n";

/// The worker of one host. The first that makes the third shard kills itself at work.
const WORKER: &str = "#!/bin/sh\n\"$SWITCHOVER\" run s.pack --replications 60 --shard-from PARALLEL_SEQ \
                      --shards 5 --parts parts --threads 1 &\n\
                      if [ \"$PARALLEL_SEQ\" = 3 ] && mkdir ../killed 2>/dev/null; then sleep 0.2; \
                      kill -KILL $!; fi\nwait $!\n";

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn gnu_parallel_makes_shards_on_two_hosts_and_again_where_a_worker_was_killed() {
    if Command::new("parallel").arg("--version").output().is_err() {
        eprintln!("there is no GNU parallel here: nothing was tested");
        return;
    }
    let place = place(&RANDOM.replace("horizon = \"2d\"", "horizon = \"40d\""));
    let whole = files(&place, "whole", 0, &["--replications", "60"]);
    place.run(&["pack", FILE, "-q"]).expect(0);
    write(&place.path().join("ssh"), SSH);
    for host in ["a", "b"] {
        let host = place.path().join(host);
        fs::create_dir(&host).unwrap();
        fs::copy(place.path().join("s.pack"), host.join("s.pack")).unwrap();
        write(&host.join("worker"), WORKER);
    }
    let mut parallel = Command::new("parallel");
    parallel.args(["--will-cite", "--ssh", "./ssh", "-S", "1/a,1/b", "--retries", "3"]);
    parallel.args(["--env", "SWITCHOVER", "./worker {#}", ":::", "1", "2", "3", "4", "5"]);
    parallel.current_dir(place.path()).env("HOSTS", place.path());
    // Without SHELL it takes its parent, which is no shell here, for one.
    parallel
        .env("SHELL", "/bin/sh")
        .env("HOME", place.path())
        .env("SWITCHOVER", env!("CARGO_BIN_EXE_switchover"));
    let ended = Ended::of(&mut parallel).expect(0);
    assert!(place.path().join("killed").exists(), "a worker was killed: {}", ended.err);
    place.run(&["merge", "a/parts", "b/parts", "--out", "merged", "-q"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
}
