//! What a lock's file holds: who has the draft open, and how that is written and read.
//!
//! Must never know: beats, and what is made of a lock. The invariant: it writes into no file that does not
//! hold a lock already.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::storage::{
    disk::{behind_links, unique_name},
    regular::{self, Links},
};

/// The most that is read of a lock.
const MAX_BYTES: usize = 4096;
/// A longer name of a draft would make the lock's too long for some disks.
const MAX_NAME: usize = 200;

/// What is in a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    pub(super) user: String,
    pub(super) machine: String,
    /// Tells machines of one name apart: a hash, for the system's own number is not for others. Older
    /// programs wrote the number itself.
    pub(super) machine_id: String,
    /// When the draft was opened, in milliseconds since 1970 by the holder's clock.
    pub(super) since: u64,
    /// Tells holders on one machine apart.
    pub(super) holder: String,
    pub(super) beat: u64,
}

impl Claim {
    pub(super) fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            user: own_user(),
            machine: short(&gethostname::gethostname().to_string_lossy()),
            machine_id: hashed(&machine_number()),
            since: u64::try_from(since.as_millis()).unwrap_or_default(),
            holder: unique_name(),
            beat: 0,
        }
    }

    /// Whether this machine has written it.
    pub(super) fn is_here(&self) -> bool {
        let number = machine_number();
        // An older program wrote the number itself.
        self.machine == short(&gethostname::gethostname().to_string_lossy())
            && (self.machine_id == hashed(&number) || self.machine_id == number)
    }

    #[expect(clippy::expect_used, reason = "RON can write whatever a lock has")]
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = ron::to_string(self).expect("a lock has only strings and numbers, which RON can write");
        text.push('\n');
        text.into_bytes()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let options = ron::Options::default().with_recursion_limit(8);
        options.from_str(std::str::from_utf8(bytes).ok()?).ok()
    }
}

/// The name of the user of this program; empty if the system does not say.
pub fn own_user() -> String {
    let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    short(&user.unwrap_or_default())
}

/// A name as others see it.
pub(super) fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

/// The number that the system has for this machine; empty if it has none.
pub(super) fn machine_number() -> String {
    #[cfg(windows)]
    return short(crate::storage::windows::machine_guid().unwrap_or_default().trim());
    #[cfg(not(windows))]
    {
        let id = regular::read_start(Path::new("/etc/machine-id"), MAX_BYTES, Links::Followed).unwrap_or_default();
        short(String::from_utf8_lossy(&id).trim())
    }
}

/// A machine's number as others see it: the number cannot be computed from it, nor that it is the same
/// machine which another program tells of in its own way.
pub(super) fn hashed(number: &str) -> String {
    if number.is_empty() {
        return String::new();
    }
    let hash = Sha256::digest(format!("release-composer lock {number}"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the file of a lock, which must not be there, and locks it where others can read it all the same.
pub(super) fn claim_file(path: &Path, claim: &Claim) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    #[cfg(windows)]
    crate::storage::windows::hide(path);
    // Where the system cannot, the beats have to do.
    _ = lock_by_system(&file);
    if let Err(error) = write_claim(&file, claim) {
        _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

/// Makes the file of a lock in the place of what has its name; of a link, that is the link.
pub(super) fn replace(path: &Path, claim: &Claim) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => claim_file(path, claim),
    }
}

/// Writes a claim into a lock that another process has open.
///
/// # Errors
/// If there is no lock, but something else.
pub(super) fn take_in_place(path: &Path, claim: &Claim) -> io::Result<File> {
    let file = regular::open_with(OpenOptions::new().read(true).write(true), path, Links::Refused)?;
    claim_in(&file)?.ok_or(io::ErrorKind::InvalidData)?;
    _ = lock_by_system(&file);
    write_claim(&file, claim)?;
    Ok(file)
}

/// Writes a claim in the place of what a file holds, so that a lock of the system on it stays.
pub(super) fn write_claim(mut file: &File, claim: &Claim) -> io::Result<()> {
    let bytes = claim.to_bytes();
    file.rewind()?;
    file.write_all(&bytes)?;
    file.set_len(bytes.len() as u64)
}

/// The claim that an open file holds; `None` if it holds something else.
pub(super) fn claim_in(mut file: &File) -> io::Result<Option<Claim>> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(Claim::from_bytes(&bytes))
}

/// Locks a file by the system, for as long as its handle is open and its process lives.
pub(super) fn lock_by_system(file: &File) -> Result<(), TryLockError> {
    #[cfg(windows)]
    return crate::storage::windows::lock_far_byte(file);
    #[cfg(not(windows))]
    file.try_lock()
}

/// The lock beside a draft, by whatever link it is opened.
pub(super) fn lock_path(draft: &Path) -> PathBuf {
    let draft = behind_links(draft);
    let name = draft.file_name().unwrap_or_default();
    let mut lock = OsString::from(".~lock.");
    if name.len() > MAX_NAME {
        lock.push(format!("{:08x}", crc32fast::hash(name.as_encoded_bytes())));
    } else {
        lock.push(name);
    }
    lock.push("#");
    draft.with_file_name(lock)
}

/// Reads a lock; `None` if what is there is no whole lock.
pub(super) fn read_claim(path: &Path) -> io::Result<Option<Claim>> {
    Ok(Claim::from_bytes(&read(path)?))
}

pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    regular::read_start(path, MAX_BYTES, Links::Refused)
}
