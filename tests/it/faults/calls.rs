//! Which calls of the system are operations on files of a directory.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use nix::libc::{self, c_long, user_regs_struct};
use nix::unistd::Pid;

/// A file operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The system's name of it.
    pub name: &'static str,
    /// The descriptor that it is about; `None`: it names a path.
    pub descriptor: Option<u64>,
    /// What it is about.
    pub path: PathBuf,
    /// Whether it closes a directory. No file system of Linux refuses that, and the standard
    /// library takes it for impossible.
    pub closes_folder: bool,
    /// Whether it opens something that is there, for reading.
    pub opens_to_read: bool,
}

impl Call {
    /// Whether it can change what is on the disk.
    pub fn changes(&self) -> bool {
        let looks = [
            "read",
            "lseek",
            "statx",
            "newfstatat",
            "fstat",
            "getdents64",
            "readlink",
            "close",
            "flock",
        ];
        !(self.opens_to_read || looks.contains(&self.name))
    }

    /// Whether it puts contents on the disk.
    pub fn writes(&self) -> bool {
        self.syncs() || ["write", "pwrite64", "writev", "copy_file_range"].contains(&self.name)
    }

    /// Whether it makes things outlive a power cut.
    pub fn syncs(&self) -> bool {
        ["fsync", "fdatasync"].contains(&self.name)
    }
}

/// How a call says what it is about.
#[derive(Clone, Copy)]
enum Names {
    /// By a descriptor, its first argument.
    Descriptor,
    /// By a path, its first argument.
    Path,
    /// By a descriptor of a directory and a path from there, its first two arguments.
    At,
}

use Names::{At, Descriptor, Path as Named};

/// The calls that are looked at.
const CALLS: [(c_long, &str, Names); 39] = [
    (libc::SYS_read, "read", Descriptor),
    (libc::SYS_pread64, "pread64", Descriptor),
    (libc::SYS_readv, "readv", Descriptor),
    (libc::SYS_write, "write", Descriptor),
    (libc::SYS_pwrite64, "pwrite64", Descriptor),
    (libc::SYS_writev, "writev", Descriptor),
    (libc::SYS_copy_file_range, "copy_file_range", Descriptor),
    (libc::SYS_lseek, "lseek", Descriptor),
    (libc::SYS_close, "close", Descriptor),
    (libc::SYS_fsync, "fsync", Descriptor),
    (libc::SYS_fdatasync, "fdatasync", Descriptor),
    (libc::SYS_ftruncate, "ftruncate", Descriptor),
    (libc::SYS_flock, "flock", Descriptor),
    (libc::SYS_fstat, "fstat", Descriptor),
    (libc::SYS_fchmod, "fchmod", Descriptor),
    (libc::SYS_getdents64, "getdents64", Descriptor),
    (libc::SYS_open, "open", Named),
    (libc::SYS_creat, "creat", Named),
    (libc::SYS_stat, "stat", Named),
    (libc::SYS_lstat, "lstat", Named),
    (libc::SYS_access, "access", Named),
    (libc::SYS_chmod, "chmod", Named),
    (libc::SYS_mkdir, "mkdir", Named),
    (libc::SYS_rmdir, "rmdir", Named),
    (libc::SYS_unlink, "unlink", Named),
    (libc::SYS_rename, "rename", Named),
    (libc::SYS_link, "link", Named),
    (libc::SYS_symlink, "symlink", Named),
    (libc::SYS_readlink, "readlink", Named),
    (libc::SYS_truncate, "truncate", Named),
    (libc::SYS_openat, "openat", At),
    (libc::SYS_newfstatat, "newfstatat", At),
    (libc::SYS_statx, "statx", At),
    (libc::SYS_mkdirat, "mkdirat", At),
    (libc::SYS_unlinkat, "unlinkat", At),
    (libc::SYS_renameat, "renameat", At),
    (libc::SYS_renameat2, "renameat2", At),
    (libc::SYS_linkat, "linkat", At),
    (libc::SYS_fchmodat, "fchmodat", At),
];

/// The call that a stopped program is about to make, if it is an operation on a file below `root`.
pub fn recognise(pid: Pid, registers: &user_regs_struct, root: &Path) -> Option<Call> {
    let number = registers.orig_rax.cast_signed();
    let (_, name, names) = CALLS.iter().find(|(known, ..)| *known == number)?;
    let descriptor = matches!(names, Descriptor).then_some(registers.rdi);
    let path = match names {
        Descriptor => open_path(pid, registers.rdi)?,
        Named => current(pid)?.join(text(pid, registers.rdi)?),
        At => folder(pid, registers.rdi)?.join(text(pid, registers.rsi)?),
    };
    let closes_folder = *name == "close" && path.is_dir();
    let flags = match *name {
        "open" => Some(registers.rsi),
        "openat" => Some(registers.rdx),
        _ => None,
    };
    let changing = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC;
    let opens_to_read = flags.is_some_and(|flags| flags as i32 & changing == 0);
    let call = Call { name, descriptor, path, closes_folder, opens_to_read };
    call.path.starts_with(root).then_some(call)
}

fn open_path(pid: Pid, descriptor: u64) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/fd/{descriptor}")).ok()
}

fn current(pid: Pid) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/cwd")).ok()
}

fn folder(pid: Pid, descriptor: u64) -> Option<PathBuf> {
    // The kernel looks at the lower half only.
    if descriptor as i32 == libc::AT_FDCWD { current(pid) } else { open_path(pid, descriptor) }
}

/// A text in the memory of the stopped program, up to its zero byte.
fn text(pid: Pid, address: u64) -> Option<PathBuf> {
    let mut memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    memory.seek(SeekFrom::Start(address)).ok()?;
    let mut found = vec![0; libc::PATH_MAX as usize];
    // The text may lie just before the end of what is mapped: then less is read.
    let length = memory.read(&mut found).ok()?;
    found.truncate(found[..length].iter().position(|byte| *byte == 0)?);
    Some(PathBuf::from(String::from_utf8(found).ok()?))
}
