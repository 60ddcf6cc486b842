//! Whatever a file holds that the storage reads: no panic, no hang, and memory within a bound.
//!
//! At length: `FUZZ_SECONDS=300 cargo test --test hostile_files -- --nocapture`.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use release_composer::{
    release::{Paragraph, Picture, PictureData, Release, RichText, difference::difference, file},
    storage::{
        self, Settings,
        journal::{Journal, recoveries},
        lock::DraftLock,
        versions::Versions,
    },
};

/// Counts the memory in use and its peak.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is the system's own; only numbers are counted beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let in_use = IN_USE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(in_use, Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Does something; gives the time it took and the most memory it had at once.
fn measured(what: impl FnOnce()) -> (Duration, usize) {
    let before = IN_USE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let start = Instant::now();
    what();
    (start.elapsed(), PEAK.load(Relaxed).saturating_sub(before))
}

fn sample(text: &str) -> Release {
    let mut body = vec![Paragraph::new(RichText::plain(text)); 3];
    let data = Some(PictureData::new(text.as_bytes().repeat(20)));
    body.push(Paragraph::picture(Picture { name: "a.png".into(), data, ..Picture::default() }, RichText::default()));
    Release { headline: text.into(), body, ..Release::default() }
}

/// A journal with two changes.
fn journal() -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    let journal = Journal::begin(place.path(), Some(Path::new("/share/a.ron")), &sample("ក"));
    for text in ["ក b", "ក bc"] {
        journal.record(&sample(text));
        while !journal.is_written() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    drop(journal);
    let path = fs::read_dir(place.path()).unwrap().next().unwrap().unwrap().path();
    fs::read(path).unwrap()
}

/// The lock of a living program, as the disk has it.
fn lock() -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    let _lock = DraftLock::take(&place.path().join("a.ron")).unwrap();
    fs::read(place.path().join(".~lock.a.ron#")).unwrap()
}

/// Bytes that have nothing to do with ours, or that are ours but for some changes.
fn hostile(whole: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let number = prop_oneof![Just("18446744073709551615"), Just("8388608"), Just("-1"), Just("0"), Just("9")];
    let edit = (0usize..5, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), number);
    let edited = prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut bytes = whole.clone();
        for (kind, from, to, byte, number) in edits {
            if bytes.is_empty() {
                break;
            }
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let (from, to) = (from.min(to), from.max(to));
            match kind {
                0 => bytes[from] = byte,
                1 => bytes.truncate(to),
                2 => drop(bytes.drain(from..to)),
                3 => {
                    let part = bytes[from..to].to_vec();
                    bytes.splice(to..to, part);
                }
                _ => {
                    // A number in the place of one: a length, a time, a version.
                    let digits = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at);
                    if let Some(at) = digits {
                        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                        bytes.splice(at..at + length, number.bytes());
                    }
                }
            }
        }
        bytes
    });
    prop_oneof![1 => prop::collection::vec(any::<u8>(), 0..3000), 6 => edited]
}

/// Reads what a folder holds with everything that reads files there; says how many drafts were recovered.
fn read_all(place: &Path) -> usize {
    let found = recoveries(place);
    for error in &found.damaged {
        assert!(error.to_string().len() > 20);
    }
    let recovered = found.recoveries.len();
    for recovery in found.recoveries {
        assert!(!difference(recovery.base(), &recovery.release).is_empty());
        recovery.discard().unwrap();
    }
    _ = Settings::load(&place.join("settings.ron"));
    _ = storage::open(&place.join("draft.ron"));
    _ = storage::roster(&Settings::default(), &place.join("settings.ron"));
    for version in versions(place).list().unwrap() {
        _ = version.read();
    }
    match DraftLock::take(&place.join("draft.ron")) {
        Ok(lock) => assert!(lock.note().is_none()),
        Err(mut held) => {
            held.look_again();
            assert!(held.to_string().contains("has it open"));
        }
    }
    recovered
}

const NAMES: &str = r#"(names: [
  (english: "KAMIKAWA Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ", honorific: (english: "Her Excellency"), title: (khmer: "រដ្ឋមន្ត្រី")),
  (khmer: "សុខ ចិន្តាសោភា"),
])"#;

fn versions(place: &Path) -> Versions {
    Versions::of(&place.join("versions"), &place.join("draft.ron"))
}

#[test]
fn no_file_makes_a_reader_panic_hang_or_swell() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(4);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos().to_le_bytes();
    println!("seed {seed:?}");
    let rng = TestRng::from_seed(RngAlgorithm::XorShift, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let settings = tempfile::tempdir().unwrap();
    Settings::default().save(&settings.path().join("a")).unwrap();
    let files = (
        hostile(journal()),
        hostile(journal()),
        hostile(file::write(&sample("ក **b**")).into_bytes()),
        hostile(lock()),
        hostile(fs::read(settings.path().join("a")).unwrap()),
        "[0-9]{1,21}-[0-9]{1,21}|[-0-9]{0,9}",
        hostile(NAMES.as_bytes().to_vec()),
    );
    let start = Instant::now();
    let (mut executions, mut recovered, mut slowest, mut largest) = (0usize, 0, Duration::ZERO, 0);
    let place = tempfile::tempdir().unwrap();
    let history = versions(place.path());
    history.keep(&sample("x"), UNIX_EPOCH).unwrap();
    let folder = fs::read_dir(place.path().join("versions")).unwrap().next().unwrap().unwrap().path();
    // Some at least, however slow the machine is.
    while start.elapsed() < Duration::from_secs(seconds) || executions <= 10 {
        let (newer, older, draft, lock, settings, name, names) = files.new_tree(&mut runner).unwrap().current();
        let write = |path: std::path::PathBuf, bytes: &[u8]| fs::write(path, bytes).unwrap();
        write(place.path().join("a.1.journal"), &older);
        write(place.path().join("a.2.journal"), &newer);
        write(place.path().join("draft.ron"), &draft);
        write(place.path().join(".~lock.draft.ron#"), &lock);
        write(place.path().join("settings.ron"), &settings);
        write(place.path().join("names.ron"), &names);
        write(folder.join(format!("{name}.ron")), &draft);
        let (time, memory) = measured(|| recovered += read_all(place.path()));
        if executions.is_multiple_of(64) {
            let newest = sample(&executions.to_string());
            history.keep(&newest, UNIX_EPOCH).unwrap();
            assert_eq!(history.list().unwrap()[0].read().unwrap(), newest, "whatever else is in the folder");
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
        }
        // Nothing here waits; the rest is for a machine that has much else to do.
        assert!(time < Duration::from_secs(20), "{time:?}");
        let bytes = newer.len() + older.len() + draft.len() + lock.len() + settings.len() + names.len();
        assert!(memory < (1 << 20) + 50 * bytes, "{memory} bytes of memory for {bytes}");
        (slowest, largest) = (slowest.max(time), largest.max(memory));
        executions += 1;
    }
    println!(
        "{executions} folders of 7 hostile files: {recovered} drafts recovered, the slowest {slowest:?}, the most memory \
         {largest} bytes"
    );
    assert!(executions > 10 && recovered > 0 && recovered < executions);

    files_larger_than_any_of_ours();
}

/// In the same test, for a second one at the same time would be in the figures.
fn files_larger_than_any_of_ours() {
    let place = tempfile::tempdir().unwrap();
    let whole = journal();
    for name in ["a.1.journal", "draft.ron", ".~lock.draft.ron#", "settings.ron", "names.ron"] {
        let file = fs::File::create(place.path().join(name)).unwrap();
        file.set_len(4 << 30).unwrap();
    }
    // A journal that goes on and on, each record of it whole.
    let records: Vec<u8> = whole.repeat(40 << 20 >> whole.len().ilog2());
    fs::write(place.path().join("b.1.journal"), &records).unwrap();
    let (time, memory) = measured(|| _ = read_all(place.path()));
    println!("files of 4 GB, and a journal of {} MB: {time:?}, {memory} bytes of memory", records.len() >> 20);
    assert!(memory < 40 << 20, "{memory} bytes");
    assert!(time < Duration::from_secs(30), "{time:?}");
}
