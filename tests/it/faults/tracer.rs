//! The program under a debugger's eyes (ptrace): every file operation in its directory is seen
//! before and after, and one of them can be made to fail or be the last.
//!
//! Linux on x86-64 only; no other program is needed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::libc::user_regs_struct;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::calls::{self, Call};
use crate::cli::program::{Ended, Place};

/// What happens to one of the calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The system refuses it.
    Fails(Errno),
    /// From it on nothing can be written or synced any more.
    WritesFail(Errno),
    /// From it on nothing can be changed any more: so a file system answers that has found an error
    /// in itself.
    ReadOnly,
    /// The program gets a signal before it.
    Before(Signal),
    /// The program gets a signal after it.
    After(Signal),
    /// Ctrl-C is pressed, and the call goes on when that was answered.
    Asked,
    /// The call does not come back, and Ctrl-C is pressed; and again when that was answered.
    AskedTwice,
}

impl Fault {
    /// What the system answers to the calls that it refuses, if it is such a fault.
    pub fn errno(self) -> Option<Errno> {
        match self {
            Self::Fails(errno) | Self::WritesFail(errno) => Some(errno),
            Self::ReadOnly => Some(Errno::EROFS),
            Self::Before(_) | Self::After(_) | Self::Asked | Self::AskedTwice => None,
        }
    }
}

/// What a traced run came to.
#[derive(Debug)]
pub struct Traced {
    /// Its end; no code after a kill.
    pub ended: Ended,
    /// The file operations in its directory, in their order.
    pub calls: Vec<Call>,
}

/// The answer to Ctrl-C where something is half-written.
pub const ANSWER: &str = "Ctrl-C again stops at once\n";

/// How long the program may take to answer Ctrl-C.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks at the directory after a call that succeeded.
pub type Look<'l> = &'l mut dyn FnMut(&Call, Seen);

/// What a look may want to know of the stopped program.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pid: Pid,
}

impl Seen {
    /// The file behind a descriptor of the stopped program.
    pub fn open_file(self, descriptor: u64) -> PathBuf {
        PathBuf::from(format!("/proc/{}/fd/{descriptor}", self.pid))
    }
}

/// Whether a program may be traced here; some containers forbid it.
pub fn is_allowed() -> bool {
    let mut child = Command::new("sleep").arg("60").spawn().unwrap();
    let pid = Pid::from_raw(child.id() as i32);
    let seized = ptrace::seize(pid, Options::empty());
    child.kill().unwrap();
    child.wait().unwrap();
    match seized {
        Ok(()) => true,
        Err(Errno::EPERM | Errno::ENOSYS) => false,
        Err(other) => panic!("ptrace: {other}"),
    }
}

/// Runs the program in a place, with a fault in one of its file operations (by number, from 0).
pub fn run(place: &Place, arguments: &[&str], fault: Option<(usize, Fault)>) -> Traced {
    watch(place, arguments, fault, &mut |_, _| {})
}

/// The same, and looks after every call that succeeded.
pub fn watch(
    place: &Place,
    arguments: &[&str],
    fault: Option<(usize, Fault)>,
    look: Look,
) -> Traced {
    let said = tempfile::tempdir().unwrap();
    let (out, err) = (said.path().join("out"), said.path().join("err"));
    let mut session = Session {
        root: fs::canonicalize(place.path()).unwrap(),
        main: start(place, arguments, &out, &err),
        begun: false,
        inside: BTreeMap::new(),
        calls: Vec::new(),
        fault,
        look,
        said: &err,
        held: None,
    };
    let code = session.follow();
    let text = |path| fs::read_to_string(path).unwrap();
    Traced { ended: Ended { code, out: text(&out), err: text(&err) }, calls: session.calls }
}

/// Starts the program behind a shell that waits until it is traced.
#[expect(clippy::zombie_processes, reason = "the tracer waits for its end")]
fn start(place: &Place, arguments: &[&str], out: &Path, err: &Path) -> Pid {
    let mut command = place.shell(r#"read go; exec "$0" "$@" </dev/null"#);
    command.arg(env!("CARGO_BIN_EXE_switchover")).args(arguments);
    command.stdin(Stdio::piped()).stdout(File::create(out).unwrap());
    command.stderr(File::create(err).unwrap());
    let mut child = command.spawn().unwrap();
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_EXITKILL;
    let pid = Pid::from_raw(child.id() as i32);
    ptrace::seize(pid, options).unwrap();
    child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    pid
}

struct Session<'l> {
    root: PathBuf,
    main: Pid,
    /// Whether the shell before the program is gone.
    begun: bool,
    /// The threads that are inside a call, with its number if it is one of ours.
    inside: BTreeMap<Pid, Option<usize>>,
    calls: Vec<Call>,
    fault: Option<(usize, Fault)>,
    look: Look<'l>,
    /// What the program says.
    said: &'l Path,
    /// The call that does not come back.
    held: Option<Held>,
}

/// A thread that stays where it is while Ctrl-C is pressed.
struct Held {
    pid: Pid,
    since: Instant,
    /// Until that is answered.
    goes_on: bool,
    asked_again: bool,
}

impl Session<'_> {
    /// Lets the program run to its end; its exit code, if it was not killed.
    fn follow(&mut self) -> Option<i32> {
        loop {
            match self.next() {
                WaitStatus::Exited(pid, code) if pid == self.main => return Some(code),
                WaitStatus::Signaled(pid, ..) if pid == self.main => return None,
                WaitStatus::PtraceEvent(pid, _, event) => {
                    if event == ptrace::Event::PTRACE_EVENT_EXEC as i32 {
                        // The shell is the program from now on; exec itself has yet to end. The exec of the shell
                        // may be seen, too: it has not always ended when the tracing begins.
                        self.begun = is_the_program(pid);
                        self.inside.insert(pid, None);
                    }
                    go_on(pid, None);
                }
                WaitStatus::PtraceSyscall(pid) => {
                    match self.inside.remove(&pid) {
                        None => self.entered(pid),
                        Some(number) => self.left(pid, number),
                    }
                    if self.held.as_ref().is_none_or(|held| held.pid != pid) {
                        go_on(pid, None);
                    }
                }
                WaitStatus::Stopped(pid, signal) => go_on(pid, Some(signal)),
                _ => {}
            }
        }
    }

    /// The next thing that happens to the program.
    fn next(&mut self) -> WaitStatus {
        // Only children of this thread: other tests wait for theirs.
        let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
        while self.held.is_some() {
            let status = waitpid(None, Some(flags | WaitPidFlag::WNOHANG)).unwrap();
            if status != WaitStatus::StillAlive {
                return status;
            }
            self.look_for_an_answer();
            std::thread::sleep(Duration::from_millis(1));
        }
        waitpid(None, Some(flags)).unwrap()
    }

    /// Ctrl-C again, or the call goes on, if the first was answered.
    fn look_for_an_answer(&mut self) {
        let Some(held) = &mut self.held else { return };
        assert!(held.since.elapsed() < PATIENCE, "Ctrl-C is not answered");
        let is_answered = || fs::read_to_string(self.said).unwrap().ends_with(ANSWER);
        if held.asked_again || !is_answered() {
            return;
        }
        if held.goes_on {
            go_on(held.pid, None);
            self.held = None;
        } else {
            held.asked_again = true;
            kill(self.main, Signal::SIGINT).unwrap();
        }
    }

    fn entered(&mut self, pid: Pid) {
        let Ok(mut registers) = ptrace::getregs(pid) else { return };
        let call = calls::recognise(pid, &registers, &self.root).filter(|_| self.begun);
        let number = call.is_some().then_some(self.calls.len());
        self.inside.insert(pid, number);
        self.calls.extend(call);
        match self.fault_of(number) {
            Some(fault) if fault.errno().is_some() => {
                // No such call: the kernel does nothing.
                registers.orig_rax = u64::MAX;
                ptrace::setregs(pid, registers).unwrap();
            }
            Some(Fault::Before(signal)) => kill(self.main, signal).unwrap(),
            Some(fault @ (Fault::Asked | Fault::AskedTwice)) => {
                // Before anybody listens there is nobody who could answer while the call lasts.
                let listens = threads(self.main) > 1;
                let goes_on = fault == Fault::Asked;
                let held = Held { pid, since: Instant::now(), goes_on, asked_again: false };
                self.held = listens.then_some(held);
                kill(self.main, Signal::SIGINT).unwrap();
            }
            _ => {}
        }
    }

    fn left(&mut self, pid: Pid, number: Option<usize>) {
        let Some(number) = number else { return };
        let Ok(mut registers) = ptrace::getregs(pid) else { return };
        let fault = self.fault_of(Some(number));
        if let Some(errno) = fault.and_then(Fault::errno) {
            registers.rax = (-i64::from(errno as i32)).cast_unsigned();
            ptrace::setregs(pid, registers).unwrap();
            return;
        }
        match fault {
            Some(Fault::After(signal)) => kill(self.main, signal).unwrap(),
            _ if succeeded(&registers) => (self.look)(&self.calls[number], Seen { pid }),
            _ => {}
        }
    }

    fn fault_of(&self, number: Option<usize>) -> Option<Fault> {
        let (at, fault) = self.fault?;
        let number = number?;
        let call = &self.calls[number];
        match fault {
            Fault::WritesFail(_) => return (number >= at && call.writes()).then_some(fault),
            Fault::ReadOnly => return (number >= at && call.changes()).then_some(fault),
            _ => {}
        }
        let is_spared = self.calls.get(at).is_some_and(|call| call.closes_folder);
        let is_spared = is_spared && matches!(fault, Fault::Fails(_));
        (number == at && !is_spared).then_some(fault)
    }
}

/// Whether a process runs the program, and not the shell before it.
fn is_the_program(pid: Pid) -> bool {
    let own = fs::canonicalize(env!("CARGO_BIN_EXE_switchover")).unwrap();
    fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|running| running == own)
}

/// Threads of a program.
fn threads(pid: Pid) -> usize {
    fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count)
}

fn succeeded(registers: &user_regs_struct) -> bool {
    registers.rax.cast_signed() >= 0
}

/// To the next call; a thread that was killed meanwhile goes nowhere.
fn go_on(pid: Pid, signal: Option<Signal>) {
    match ptrace::syscall(pid, signal) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => panic!("ptrace: {error}"),
    }
}
