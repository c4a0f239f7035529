//! Every file operation of every command that writes fails once in all the ways in which disks
//! fail, and the program gets every signal once before and after it; and the power is cut after it.
//!
//! The ordinary tests take a share of these faults, with every kind among them; the ignored one
//! takes all, about twenty thousand. They need the right to trace a child, and say so without it.

mod calls;
mod judge;
mod power;
mod scenes;
mod tracer;

use nix::errno::Errno;
use nix::sys::signal::Signal;

use self::judge::Story;
use self::scenes::{SCENES, Scene};
use self::tracer::Fault;

const FAULTS: [Fault; 14] = [
    Fault::Fails(Errno::ENOSPC),
    Fault::Before(Signal::SIGKILL),
    Fault::Fails(Errno::EIO),
    Fault::Before(Signal::SIGINT),
    Fault::Fails(Errno::EACCES),
    Fault::After(Signal::SIGKILL),
    Fault::Fails(Errno::EROFS),
    Fault::Before(Signal::SIGTERM),
    Fault::Fails(Errno::EMFILE),
    Fault::WritesFail(Errno::ENOSPC),
    Fault::Fails(Errno::EINTR),
    Fault::WritesFail(Errno::EIO),
    Fault::AskedTwice,
    Fault::ReadOnly,
];

/// Does something with some of the scenes, if children may be traced here.
fn act(scenes: impl Iterator<Item = &'static Scene>, doing: impl Fn(&'static Scene) -> String) {
    if !tracer::is_allowed() {
        println!("not tried: this place forbids a program to trace its children");
        return;
    }
    for scene in scenes {
        println!("{}: {}", scene.command, doing(scene));
    }
}

/// Tries the faults chosen by the number of the call and of the kind, and counts.
fn suffer(scene: &'static Scene, chosen: fn(usize, usize) -> bool) -> String {
    let story = Story::new(scene);
    let (mut tried, mut there) = (0, 0);
    for at in 0..story.calls.len() {
        let kinds = FAULTS.iter().enumerate().filter(|(kind, _)| chosen(at, *kind));
        for (_, fault) in kinds {
            tried += 1;
            there += usize::from(story.suffer(at, *fault));
        }
    }
    format!("{} calls, {tried} faults, {there} times the new answer", story.calls.len())
}

/// One kind of fault in every third call.
fn share(scene: &'static Scene) -> String {
    suffer(scene, |at, kind| at % 3 == 0 && at / 3 % FAULTS.len() == kind)
}

#[test]
fn faults_leave_old_or_new() {
    act(SCENES.iter().step_by(2), share);
}

#[test]
fn faults_leave_old_or_new_in_the_other_commands() {
    act(SCENES.iter().skip(1).step_by(2), share);
}

#[test]
#[ignore = "twenty thousand runs of the program"]
fn every_fault_in_every_call() {
    act(SCENES.iter(), |scene| suffer(scene, |_, _| true));
}

#[test]
fn ctrl_c_again_stops_at_once() {
    let with_a_checkpoint = [&SCENES[3]];
    act(with_a_checkpoint.into_iter(), |scene| {
        let story = Story::new(scene);
        let calls = (0..story.calls.len()).step_by(5);
        let twice = calls.filter(|at| story.is_asked_twice(*at)).count();
        assert!(twice > 5, "nothing was half-written");
        format!("{twice} times asked twice")
    });
}

#[test]
fn killed_while_a_checkpoint_is_removed_the_rest_can_be_gone_on_from() {
    act([&SCENES[3]].into_iter(), |scene| {
        let story = Story::new(scene);
        let parts = story.calls.iter().enumerate().filter(|(_, call)| {
            call.name.starts_with("unlink")
                && call.path.extension().is_some_and(|end| end == "jsonl")
        });
        let parts: Vec<usize> = parts.map(|(at, _)| at).collect();
        assert!(parts.len() >= 2, "{parts:?}");
        for at in &parts {
            story.suffer(*at, Fault::After(Signal::SIGKILL));
        }
        format!("killed after each of {} parts", parts.len())
    });
}

#[test]
fn interrupted_when_all_is_finished_it_keeps_all() {
    act([&SCENES[2]].into_iter(), |scene| {
        let story = Story::new(scene);
        let first = story.calls.iter().position(|call| {
            call.name == "write" && call.path.to_string_lossy().contains("results/.switchover-")
        });
        let end = "error: interrupted; 3 finished replications are kept in results/s.checkpoint, \
                   and the same command goes on from there\n";
        let err = story.said(first.unwrap(), Fault::Asked);
        assert!(err.ends_with(end), "{err}");
        "interrupted before the first table was written".to_owned()
    });
}

#[test]
fn a_power_cut_leaves_old_or_new_and_all_that_was_reported_as_done() {
    act(SCENES.iter(), |scene| format!("{} states on the disk", power::cut(scene)));
}

#[test]
fn a_power_cut_after_a_sync_that_failed_leaves_old_or_new() {
    let with_an_older_answer = [&SCENES[1], &SCENES[3], &SCENES[7]];
    act(with_an_older_answer.into_iter(), |scene| {
        format!("{} syncs", power::cut_without_a_sync(scene))
    });
}
