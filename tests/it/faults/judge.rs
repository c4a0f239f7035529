//! What must hold after a fault, whatever the fault: old or new, whole; nothing else touched; what
//! is left is named; the exit code is true; and the same command succeeds.

use nix::sys::signal::Signal::{SIGINT, SIGKILL, SIGTERM};

use super::calls::Call;
use super::scenes::{Scene, State, is_in, part, state};
use super::tracer::{self, ANSWER, Fault, Traced};
use crate::cli::program::{Ended, Place};

/// A command without any fault.
pub struct Story {
    scene: &'static Scene,
    old: State,
    new: State,
    /// Its file operations.
    pub calls: Vec<Call>,
}

impl Story {
    /// Runs the command once.
    pub fn new(scene: &'static Scene) -> Self {
        let place = scene.place();
        let old = state(place.path());
        let traced = tracer::run(&place, &scene.arguments(), None);
        traced.ended.expect(0);
        Self { scene, old, new: state(place.path()), calls: traced.calls }
    }

    /// Runs it with a fault in one call and judges what comes of it; whether the new answer is
    /// there.
    pub fn suffer(&self, at: usize, fault: Fault) -> bool {
        let place = self.scene.place();
        let traced = tracer::run(&place, &self.scene.arguments(), Some((at, fault)));
        let after = state(place.path());
        let case = Case { story: self, at, fault, traced: &traced, after: &after };
        let there = self.sets_are_whole(&after, &case.told());
        self.nothing_else_is_touched(&after, &case.told());
        case.what_is_left_is_named(there);
        case.the_exit_code_is_true(there);
        self.goes_on(&place, &after, &case.told());
        there
    }

    /// What the command says after a fault in one call.
    pub fn said(&self, at: usize, fault: Fault) -> String {
        let place = self.scene.place();
        tracer::run(&place, &self.scene.arguments(), Some((at, fault))).ended.err
    }

    /// Presses Ctrl-C while a call does not come back, and again when that is answered; whether it
    /// was answered, because something was half-written.
    pub fn is_asked_twice(&self, at: usize) -> bool {
        let place = self.scene.place();
        let traced = tracer::run(&place, &self.scene.arguments(), Some((at, Fault::AskedTwice)));
        let Ended { code, err, .. } = traced.ended;
        let end = "error: interrupted; what lies in `.switchover-...` may be deleted\n";
        if err.contains(ANSWER) {
            assert!(code == Some(130) && err.ends_with(end), "{code:?} {err}");
            return true;
        }
        // Nothing is half-written, or nobody listens yet.
        let call = traced.calls.get(at);
        assert!(matches!(code, Some(130) | None), "call {at}, {call:?}: {code:?} {err}");
        false
    }

    /// The same command where a fault or a power cut left `before` ends well, and leaves nothing
    /// that was not there.
    pub fn goes_on(&self, place: &Place, before: &State, told: &str) {
        let there = self.sets().iter().all(|set| part(before, set) == part(&self.new, set));
        let again = place.run(&self.scene.arguments());
        let last = state(place.path());
        let told = || format!("{told}\nand then: {}", again.err);
        let expected = if there && self.scene.only_once() { 3 } else { 0 };
        assert_eq!(again.code, Some(expected), "{}", told());
        for set in self.sets() {
            assert!(part(&last, set) == part(&self.new, set), "{set} is another: {}", told());
        }
        for name in last.keys() {
            let known = self.new.contains_key(name) || before.contains_key(name);
            assert!(known, "{name} is left by the second run: {}", told());
        }
    }

    /// Old or new, each set; whether all of them are new. `told`: what happened.
    pub fn sets_are_whole(&self, after: &State, told: &str) -> bool {
        let mut there = true;
        for set in self.sets() {
            let found = part(after, set);
            let (old, new) = (part(&self.old, set), part(&self.new, set));
            assert!(found == old || found == new, "{set} is not whole: {told}");
            there &= found == new;
        }
        there
    }

    /// Nothing but the answer and what it is made from has changed.
    pub fn nothing_else_is_touched(&self, after: &State, told: &str) {
        let sets = self.sets();
        for (name, content) in &self.old {
            let may_change = is_in(name, &sets) || is_in(name, self.scene.kept);
            assert!(may_change || after.get(name) == Some(content), "{name} changed: {told}");
        }
    }

    /// What is whole or not there, each by itself.
    fn sets(&self) -> Vec<&str> {
        if !self.scene.sets.is_empty() {
            return self.scene.sets.to_vec();
        }
        let files = self.new.iter().filter(|(_, content)| content.is_some());
        let new = files.filter(|(name, _)| !self.old.contains_key(*name));
        new.map(|(name, _)| name.as_str()).collect()
    }
}

/// What a fault led to.
struct Case<'s> {
    story: &'s Story,
    at: usize,
    fault: Fault,
    traced: &'s Traced,
    after: &'s State,
}

impl Case<'_> {
    fn told(&self) -> String {
        let Ended { code, out, err } = &self.traced.ended;
        let call = self.traced.calls.get(self.at);
        let arguments = self.story.scene.command;
        format!(
            "{arguments}: {:?} in call {} ({call:?}); exit code {code:?}\n{out}{err}",
            self.fault, self.at
        )
    }

    /// A program that was not killed names what it leaves beside its answer, or the directory of it.
    fn what_is_left_is_named(&self, there: bool) {
        let Ended { code: Some(_), err, .. } = &self.traced.ended else { return };
        if self.fault == Fault::AskedTwice {
            // It has no time to look for what it leaves: as after a kill.
            return;
        }
        let sets = self.story.sets();
        for name in self.after.keys() {
            let belongs = self.story.old.contains_key(name)
                || is_in(name, &sets)
                || there && self.story.new.contains_key(name);
            let ends = name.match_indices('/').map(|(at, _)| at).chain([name.len()]);
            let mut paths = ends.map(|end| &name[..end]);
            let is_new = |path: &str| {
                !self.story.old.contains_key(path) || is_in(path, self.story.scene.kept)
            };
            let is_named = paths.any(|path| is_new(path) && err.contains(path));
            assert!(belongs || is_named, "{name} is left: {}", self.told());
        }
    }

    fn the_exit_code_is_true(&self, there: bool) {
        match self.traced.ended.code {
            Some(0) => assert!(there, "success without an answer: {}", self.told()),
            Some(3) if self.fault.errno().is_some() => {}
            Some(130)
                if matches!(self.fault, Fault::Before(SIGINT | SIGTERM) | Fault::AskedTwice) => {}
            None if matches!(self.fault, Fault::Before(SIGKILL) | Fault::After(SIGKILL)) => {}
            // Before it listens to signals it has done nothing yet.
            None if *self.after == self.story.old => {}
            Some(_) | None => panic!("another exit code: {}", self.told()),
        }
    }
}
