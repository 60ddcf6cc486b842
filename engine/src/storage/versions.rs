//! Earlier versions of a draft: one a save, fewer the older they are.
//!
//! Knows the document and a folder of its own. The invariant: the newest version is always there, and
//! versions are in the order in which they were saved, whatever the clock said.
//!
//! A draft's versions are in a folder named by a hash of the draft's path, each a draft of its own
//! that can be opened like any other. Their names have a number, which gives their order, and the
//! time of the save, which decides only when one of them goes.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sha2::{Digest as _, Sha256};

use super::{
    StorageError,
    disk::{Disk, SystemDisk, behind_links, path_bytes, replace_private},
    draft, regular,
};
use crate::release::{Release, file};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Up to an age, one version in each stretch of time is kept, in milliseconds. One remembers well
/// what one did this hour, and of a day some weeks ago only how it ended.
const STEPS: [(u64, u64); 3] = [(7 * DAY, HOUR), (60 * DAY, DAY), (u64::MAX, 7 * DAY)];
/// Of the last day all are kept unless that is too many; then one in each of these, the first that
/// is enough. A busy day must not push the weeks before it out.
const LAST_DAY: [u64; 4] = [1, 5 * MINUTE, 30 * MINUTE, HOUR];
/// The most versions of a draft: a year's by the rules above, with a save every five minutes today.
const MAX_VERSIONS: usize = 500;
/// The most bytes that the versions of a draft take.
const MAX_BYTES: u64 = 64 << 20;
/// The most names of a folder that are looked at; ours never has as many.
const MAX_NAMES: usize = 10_000;

/// The highest number of a version. A higher number is not of this program, and must not be the newest
/// for ever.
const MAX_NUMBER: u64 = 99_999_999;

/// Where the platform keeps the versions, if it has such a place.
pub fn folder() -> Option<PathBuf> {
    super::data_folder().map(|folder| folder.join("versions"))
}

/// The versions of one draft.
pub struct Versions {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
}

/// A version of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When it was saved.
    pub time: SystemTime,
    /// Its length in bytes.
    pub bytes: u64,
    number: u64,
    path: PathBuf,
}

impl Versions {
    /// The versions of a draft, in a folder for those of all drafts.
    pub fn of(folder: &Path, draft: &Path) -> Self {
        Self::on(Arc::new(SystemDisk), folder, draft)
    }

    /// [`of`](Self::of) on another disk than that of this machine.
    pub fn on(disk: Arc<dyn Disk>, folder: &Path, draft: &Path) -> Self {
        // A draft has one history, by whatever link it is opened.
        let draft = behind_links(draft);
        let draft = std::path::absolute(&draft).unwrap_or(draft);
        let key: String =
            Sha256::digest(path_bytes(&draft)).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { disk, folder: folder.join(key) }
    }

    /// Keeps a version, and thins the others out. A release as the newest version has it is not kept
    /// again. For a file from elsewhere, what it held is worth a version before the first save.
    ///
    /// # Errors
    /// If the version cannot be written, or one that should go cannot be removed.
    pub fn keep(&self, release: &Release, now: SystemTime) -> Result<(), StorageError> {
        let text = file::write(release);
        let mut versions = self.list()?;
        let newest = versions.first();
        if newest.is_some_and(|newest| {
            regular::read(&newest.path, file::MAX_BYTES).is_ok_and(|held| held == text.as_bytes())
        }) {
            return Ok(());
        }
        let unwritable = |source| StorageError::Unwritable { path: self.folder.clone(), source };
        self.disk.create_folder(&self.folder).map_err(unwritable)?;
        let number = newest.map_or(1, |newest| newest.number.saturating_add(1));
        let path = self.folder.join(format!("{number:08}-{}.ron", millis(now)));
        replace_private(&*self.disk, &path, text.as_bytes())?;
        versions.insert(0, Version { time: now, bytes: text.len() as u64, number, path });
        for version in thin(&versions, now) {
            let path = &version.path;
            self.disk.remove(path).map_err(|source| StorageError::Unremovable { path: path.clone(), source })?;
        }
        Ok(())
    }

    /// The versions, the newest first.
    ///
    /// # Errors
    /// If their folder cannot be read.
    pub fn list(&self) -> Result<Vec<Version>, StorageError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StorageError::Unreadable { path: self.folder.clone(), source }),
        };
        let entries = entries.flatten().take(MAX_NAMES);
        let mut versions: Vec<_> = entries.filter_map(|entry| Version::from_entry(&entry)).collect();
        versions.sort_by(|a, b| (b.number, b.time, &b.path).cmp(&(a.number, a.time, &a.path)));
        Ok(versions)
    }
}

impl Version {
    /// Reads the version. To bring it back is to make it the draft in the window, where it can be
    /// undone, and to save that.
    ///
    /// # Errors
    /// If its file cannot be read or is no draft.
    pub fn read(&self) -> Result<Release, StorageError> {
        draft::open(&self.path)
    }

    /// The version of a file; `None` for a file that is not a version.
    fn from_entry(entry: &fs::DirEntry) -> Option<Self> {
        let path = entry.path();
        let (number, time) = path.file_name()?.to_str()?.strip_suffix(".ron")?.split_once('-')?;
        let time = UNIX_EPOCH.checked_add(Duration::from_millis(time.parse().ok()?))?;
        let number = number.parse().ok().filter(|&number| number <= MAX_NUMBER)?;
        let found = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some(Self { time, bytes: found.len(), number, path })
    }
}

/// Milliseconds since 1970; times before are taken as that.
fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The versions that are to go, given all of them, the newest first.
fn thin(versions: &[Version], now: SystemTime) -> Vec<&Version> {
    let now = millis(now);
    let mut kept = Vec::new();
    for last_day in LAST_DAY {
        let mut seen = HashSet::new();
        // The newest of each stretch; the first of all is the newest of its own.
        kept = versions.iter().filter(|version| seen.insert(stretch(millis(version.time), now, last_day))).collect();
        if kept.len() <= MAX_VERSIONS
            && kept.iter().fold(0, |sum: u64, version| sum.saturating_add(version.bytes)) <= MAX_BYTES
        {
            break;
        }
    }
    let mut bytes = 0u64;
    let room = kept.iter().take(MAX_VERSIONS).take_while(|version| {
        bytes = bytes.saturating_add(version.bytes);
        bytes <= MAX_BYTES
    });
    let room = room.count().max(1);
    let kept: HashSet<_> = kept.into_iter().take(room).map(|version| &version.path).collect();
    versions.iter().filter(|version| !kept.contains(&version.path)).collect()
}

/// The stretch of time of which one version is kept: its length and its number. A version from the
/// future is of this day, for the clock has gone back.
fn stretch(time: u64, now: u64, last_day: u64) -> (u64, u64) {
    let age = now.saturating_sub(time);
    let steps = [(DAY, last_day)].into_iter().chain(STEPS);
    let length = steps.into_iter().find(|&(limit, _)| age < limit).map_or(7 * DAY, |(_, length)| length);
    (length, time / length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn release(headline: &str) -> Release {
        Release { headline: headline.into(), ..Release::default() }
    }

    fn at(millis: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(millis)
    }

    #[test]
    fn versions_are_kept_listed_and_read_back() {
        let place = tempfile::tempdir().unwrap();
        let versions = Versions::of(place.path(), &place.path().join("a.ron"));
        assert_eq!(versions.list().unwrap(), []);
        for (headline, time) in [("one", 5), ("two", 6), ("two", 7), ("three", 2)] {
            versions.keep(&release(headline), at(time)).unwrap();
        }
        let list = versions.list().unwrap();
        let times: Vec<_> = list.iter().map(|version| version.time).collect();
        assert_eq!(times, [at(2), at(6), at(5)], "the newest first, though the clock went back");
        let read: Vec<_> = list.iter().map(|version| version.read().unwrap().headline).collect();
        assert_eq!(read, ["three", "two", "one"]);
        let other = Versions::of(place.path(), &place.path().join("b.ron"));
        assert_eq!(other.list().unwrap(), [], "another draft has its own");
    }

    #[cfg(unix)]
    #[test]
    fn a_draft_has_one_history_by_whatever_link() {
        let place = tempfile::tempdir().unwrap();
        let (draft, link) = (place.path().join("a.ron"), place.path().join("b.ron"));
        draft::save(&draft, &release("x")).unwrap();
        std::os::unix::fs::symlink(&draft, &link).unwrap();
        Versions::of(place.path(), &draft).keep(&release("x"), at(1)).unwrap();
        assert_eq!(Versions::of(place.path(), &link).list().unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_version_is_let_be() {
        let place = tempfile::tempdir().unwrap();
        let versions = Versions::of(place.path(), &place.path().join("a.ron"));
        versions.keep(&release("x"), at(1)).unwrap();
        for name in ["a.ron", "1.ron", "-1-2.ron", "7-99999999999999999999.ron", "notes", "2-18446744073709551615.ron"]
        {
            fs::write(versions.folder.join(name), "x").unwrap();
        }
        fs::create_dir(versions.folder.join("3-4.ron")).unwrap();
        versions.keep(&release("y"), at(2)).unwrap();
        let list = versions.list().unwrap();
        assert_eq!(list[0].read().unwrap(), release("y"));
        let is_foreign = |version: &&Version| version.path.ends_with("2-18446744073709551615.ron");
        // No clock of Windows goes as far.
        let foreign = list.iter().find(is_foreign).map(Version::read);
        assert!(matches!(foreign, None | Some(Err(_))), "a version by its name alone is an error to read");
        assert!(versions.folder.join("notes").exists());
    }

    #[test]
    fn a_year_of_work_leaves_all_of_a_day_hours_days_and_weeks() {
        let now = 400 * DAY;
        let every_half_hour = (1..=800 * 24).map(|i| version(i, i * HOUR / 2, 1_000)).rev().collect::<Vec<_>>();
        let kept = apply(&every_half_hour, now);
        let within = |from: u64, to: u64| {
            kept.iter().filter(|version| (from..to).contains(&(now - millis(version.time)))).count()
        };
        assert_eq!(within(0, DAY), 48);
        assert!((143..=145).contains(&within(DAY, 7 * DAY)), "{}", within(DAY, 7 * DAY));
        assert!((52..=54).contains(&within(7 * DAY, 60 * DAY)), "{}", within(7 * DAY, 60 * DAY));
        assert!((48..=50).contains(&within(60 * DAY, u64::MAX)), "{}", within(60 * DAY, u64::MAX));
    }

    #[test]
    fn a_busy_day_does_not_push_the_weeks_before_it_out() {
        let now = 100 * DAY;
        let old = (1..90).map(|i| version(i, i * DAY, 1_000));
        let busy = (0..5_000).map(|i| version(90 + i, 99 * DAY + i * 10_000, 1_000));
        let versions = old.chain(busy).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>();
        let kept = apply(&versions, now);
        assert!(kept.len() <= MAX_VERSIONS);
        assert!(kept.iter().filter(|version| version.number < 90).count() > 50);
        assert!(kept.iter().filter(|version| version.number >= 90).count() > 100);
    }

    fn version(number: u64, time: u64, bytes: u64) -> Version {
        Version { time: at(time), bytes, number, path: format!("{number:08}-{time}.ron").into() }
    }

    fn apply(versions: &[Version], now: u64) -> Vec<Version> {
        let gone: HashSet<_> = thin(versions, at(now)).into_iter().map(|version| version.path.clone()).collect();
        versions.iter().filter(|version| !gone.contains(&version.path)).cloned().collect()
    }

    proptest! {
        #[test]
        fn thinning_keeps_the_newest_and_the_order_and_is_done_at_once(
            times in prop::collection::vec((0u64..500 * DAY, 0u64..2 << 20), 1..700),
            now in 0u64..500 * DAY,
            sorted: bool,
        ) {
            let mut times = times;
            if sorted {
                times.sort_unstable();
            }
            let versions: Vec<_> = (1..).zip(&times).map(|(i, &(time, bytes))| version(i, time, bytes)).collect();
            let versions: Vec<_> = versions.into_iter().rev().collect();
            let kept = apply(&versions, now);
            prop_assert_eq!(kept.first(), versions.first());
            prop_assert!(kept.is_sorted_by_key(|version| std::cmp::Reverse(version.number)));
            prop_assert_eq!(apply(&kept, now), kept.clone());
            prop_assert!(kept.len() <= MAX_VERSIONS);
            prop_assert!(kept.len() == 1 || kept.iter().map(|version| version.bytes).sum::<u64>() <= MAX_BYTES);
        }

        #[test]
        fn a_history_thinned_at_each_save_survives_any_clock(
            saves in prop::collection::vec(-30i64 * 86_400_000..60 * 86_400_000, 1..120),
        ) {
            let mut now = 1_000 * DAY;
            let mut versions: Vec<Version> = Vec::new();
            for (step, number) in saves.into_iter().zip(1..) {
                now = now.saturating_add_signed(step);
                versions.insert(0, version(number, now, 1_000));
                versions = apply(&versions, now);
                prop_assert_eq!(versions[0].number, number);
                prop_assert!(versions.is_sorted_by_key(|version| std::cmp::Reverse(version.number)));
            }
        }
    }
}
