//! Faults of single operations of a disk, at every one of them.

use super::*;

/// Numbers that look random and are the same in each run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// How the operation whose turn it is fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It is not done; a write is torn
    Once,
    /// It is done, and fails all the same
    Late,
    /// It and all after it fail
    Forever,
    /// The power goes: it and all after it fail, and of the file system only what was flushed is
    /// there after the next start, but all the names
    Cut,
    /// The same, and of the names too only what was flushed
    CutNames,
}

const FAULTS: [Fault; 5] = [Fault::Once, Fault::Late, Fault::Forever, Fault::Cut, Fault::CutNames];

/// A disk of which the operation of a number fails.
struct Faulty {
    turn: usize,
    fault: Fault,
    done: AtomicUsize,
    volatile: Mutex<Volatile>,
}

/// What a power cut takes away.
#[derive(Default)]
struct Volatile {
    /// For each file that was made here, how many bytes were flushed.
    flushed: HashMap<Identity, u64>,
    /// How to undo the changes of names since their folder was flushed, the oldest first.
    names: Vec<Name>,
}

enum Name {
    Made(PathBuf),
    Renamed { from: PathBuf, to: PathBuf, over: Option<Vec<u8>> },
    Removed { path: PathBuf, held: Vec<u8> },
}

impl Faulty {
    fn new(turn: usize, fault: Fault) -> Arc<Self> {
        Arc::new(Self { turn, fault, done: AtomicUsize::new(0), volatile: Mutex::default() })
    }

    /// Does an operation, or fails in its stead.
    fn turn<T>(&self, operation: impl FnOnce() -> io::Result<T>, torn: impl FnOnce()) -> io::Result<T> {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        let failed = || io::Error::other(format!("fault {:?} at {number}", self.fault));
        match self.fault {
            Fault::Late if number == self.turn => operation().and_then(|_| Err(failed())),
            Fault::Once if number != self.turn => operation(),
            Fault::Late => operation(),
            Fault::Once => {
                torn();
                Err(failed())
            }
            _ if number < self.turn => operation(),
            _ => {
                if number == self.turn {
                    torn();
                }
                Err(failed())
            }
        }
    }

    fn operations(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    /// What the next start finds on the disk.
    fn restart(&self, places: &[&Path]) {
        if !matches!(self.fault, Fault::Cut | Fault::CutNames) {
            return;
        }
        let volatile = self.volatile.lock().unwrap();
        for place in places {
            for path in files(place) {
                if let Some(&flushed) = volatile.flushed.get(&Identity::named(&path).unwrap()) {
                    File::options().write(true).open(&path).unwrap().set_len(flushed).unwrap();
                }
            }
        }
        if self.fault == Fault::Cut {
            return;
        }
        for name in volatile.names.iter().rev() {
            match name {
                Name::Made(path) => _ = fs::remove_file(path),
                Name::Removed { path, held } => fs::write(path, held).unwrap(),
                Name::Renamed { from, to, over } => {
                    fs::rename(to, from).unwrap();
                    if let Some(over) = over {
                        fs::write(to, over).unwrap();
                    }
                }
            }
        }
    }
}

impl Disk for Faulty {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.turn(|| SystemDisk.create_folder(folder), || {})
    }

    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        let create = || {
            let file = SystemDisk.create(path, readers)?;
            let mut volatile = self.volatile.lock().unwrap();
            volatile.flushed.insert(Identity::of(&file)?, 0);
            volatile.names.push(Name::Made(path.to_owned()));
            Ok(file)
        };
        self.turn(create, || {})
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        self.turn(|| SystemDisk.write(file, bytes), || SystemDisk.write(file, &bytes[..bytes.len() / 2]).unwrap())
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        let sync = || {
            SystemDisk.sync(file)?;
            let found = file.metadata()?;
            self.volatile.lock().unwrap().flushed.insert(Identity::of(file)?, found.len());
            Ok(())
        };
        self.turn(sync, || {})
    }

    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        self.turn(|| SystemDisk.take_after(file, model), || {})
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let rename = || {
            let over = fs::read(to).ok();
            SystemDisk.rename(from, to)?;
            let renamed = Name::Renamed { from: from.to_owned(), to: to.to_owned(), over };
            self.volatile.lock().unwrap().names.push(renamed);
            Ok(())
        };
        self.turn(rename, || {})
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let remove = || {
            let held = fs::read(path)?;
            SystemDisk.remove(path)?;
            self.volatile.lock().unwrap().names.push(Name::Removed { path: path.to_owned(), held });
            Ok(())
        };
        self.turn(remove, || {})
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let sync = || {
            SystemDisk.sync_folder(folder)?;
            // All names are of one folder here, or of none that matters.
            self.volatile.lock().unwrap().names.clear();
            Ok(())
        };
        self.turn(sync, || {})
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Runs a scenario once without a fault, to count its operations, then with each fault at each of
/// them, all at the same time: they mostly wait. Gives the number of faults.
fn at_every_operation(scenario: impl Fn(Arc<Faulty>, &Path) + Sync) -> usize {
    let place = tempfile::tempdir().unwrap();
    let whole = Faulty::new(usize::MAX, Fault::Once);
    scenario(whole.clone(), place.path());
    let operations = whole.operations();
    assert!(operations > 3, "the scenario writes through the disk");
    std::thread::scope(|scope| {
        for (turn, fault) in (0..operations).flat_map(|turn| FAULTS.map(|fault| (turn, fault))) {
            let scenario = &scenario;
            std::thread::Builder::new()
                .name(format!("{fault:?} at operation {turn}"))
                .spawn_scoped(scope, move || {
                    let place = tempfile::tempdir().unwrap();
                    scenario(Faulty::new(turn, fault), place.path());
                })
                .unwrap();
        }
    });
    println!("{operations} operations, {} faults", operations * FAULTS.len());
    operations * FAULTS.len()
}

#[test]
fn a_draft_is_old_or_new_whichever_operation_fails() {
    let _alone = alone();
    at_every_operation(|disk, place| {
        let path = place.join("draft.ron");
        storage::save(&path, &state(1, 5)).unwrap();
        let text = |i| release_composer::release::file::write(&state(i, 5));
        let saved = storage::replace(&*disk, &path, text(2).as_bytes());
        disk.restart(&[place]);
        let found = number(&storage::open(&path).unwrap());
        match saved {
            Ok(()) => assert_eq!(found, 2, "what was said to be saved is"),
            // An operation that fails after it was done is found out by nobody.
            Err(StorageError::Unwritable { .. }) if disk.fault != Fault::Late => assert_eq!(found, 1),
            Err(_) => assert!(matches!(found, 1 | 2)),
        }
        for left in files(place).into_iter().filter(|file| *file != path) {
            // What a dead program left is taken away when nobody has written into it for a while.
            let old = SystemTime::now() - Duration::from_secs(3600);
            File::options().write(true).open(left).unwrap().set_modified(old).unwrap();
        }
        storage::save(&path, &state(3, 5)).unwrap();
        assert_eq!(number(&storage::open(&path).unwrap()), 3);
        assert_eq!(files(place), [path], "nothing is left lying about");
    });
}

#[test]
fn a_history_is_whole_whichever_operation_fails() {
    let _alone = alone();
    let day = |day: u64| UNIX_EPOCH + Duration::from_secs(day * 86_400);
    at_every_operation(|disk, place| {
        let draft = place.join("draft.ron");
        let good = Versions::of(place, &draft);
        for i in 1..=3 {
            good.keep(&state(i, 5), day(100) + Duration::from_secs(i as u64)).unwrap();
        }
        // Two months on, the three are of one day, and two of them go.
        let kept = Versions::on(disk.clone(), place, &draft).keep(&state(4, 5), day(165));
        disk.restart(&[place]);
        let list = good.list().unwrap();
        let found: Vec<_> = list.iter().map(|version| number(&version.read().unwrap())).collect();
        assert!(found.is_sorted_by_key(|&i| std::cmp::Reverse(i)), "{found:?}");
        assert!(found.contains(&3), "the newest of the day stays: {found:?}");
        if kept.is_ok() {
            assert_eq!(found.first(), Some(&4), "what was said to be kept is");
        }
        if disk.turn == usize::MAX {
            assert_eq!(found, [4, 3]);
        }
        good.keep(&state(5, 5), day(165)).unwrap();
        assert_eq!(number(&good.list().unwrap()[0].read().unwrap()), 5);
    });
}

#[test]
fn a_journal_holds_what_it_says_it_holds_whichever_operation_fails() {
    let _alone = alone();
    at_every_operation(|disk, place| {
        let (draft, folder) = (place.join("draft.ron"), place.join("recovery"));
        storage::save(&draft, &state(0, 5)).unwrap();
        let journal = Journal::begin_on(disk.clone(), &folder, Some(&draft), &state(0, 5));
        let mut written = 0;
        for i in 1..=4 {
            journal.record(&state(i, 5));
            if i == 3 {
                let saving = journal.saving(&state(i, 5));
                storage::save(&draft, &state(i, 5)).unwrap();
                journal.saved(&draft, saving);
            }
            let start = Instant::now();
            while !journal.is_written() && (disk.fault == Fault::Once || journal.trouble().is_none()) {
                assert!(start.elapsed() < Duration::from_secs(300), "it is tried again until it succeeds");
                std::thread::sleep(Duration::from_millis(1));
            }
            if journal.is_written() {
                written = i;
            }
        }
        drop(journal);
        disk.restart(&[&folder]);
        let saved = number(&storage::open(&draft).unwrap());
        let kept = recoveries(&folder).recoveries.iter().map(|recovery| number(&recovery.release)).max();
        let kept = kept.unwrap_or(0).max(saved);
        assert!(kept >= written, "{kept} is there, {written} was said to be");
        if matches!(disk.fault, Fault::Once | Fault::Late) {
            assert_eq!(kept, 4, "one fault costs nothing");
        }
    });
}
