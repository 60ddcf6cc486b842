//! Drafts made to do harm: at each limit, and beyond it.
//!
//! What grows with a draft is counted, never timed: bytes of memory, all that were asked for and the most at
//! once. Times and memory of twice the input, for every kind of draft and all that is done with one:
//! `cargo test --test hostile_drafts -- --ignored --nocapture`.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    collections::BTreeMap,
    sync::LazyLock,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use release_composer::{
    export::{self, Format},
    pdf,
    picture::{Painter, write_png},
    proof::{self, Problem, Reference},
    release::{Fit, Language, Paragraph, Release, RichText, Style, bounded, bounds, difference::difference, file},
    roster::{Both, Person, Roster},
    storage::{
        self,
        journal::{Journal, recoveries},
    },
    template::fill,
    typeset::{Cache, Pages, Source, breaks::KnownWords, typeset},
};

/// Counts what this thread allocates.
struct Counting;

thread_local! {
    static TOTAL: Cell<usize> = const { Cell::new(0) };
    static IN_USE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

// SAFETY: every call is the system's own; only numbers are counted beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        _ = TOTAL.try_with(|total| total.set(total.get() + layout.size()));
        _ = IN_USE.try_with(|in_use| {
            in_use.set(in_use.get() + layout.size().cast_signed());
            _ = PEAK.try_with(|peak| peak.set(peak.get().max(in_use.get())));
        });
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        _ = IN_USE.try_with(|in_use| in_use.set(in_use.get() - layout.size().cast_signed()));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What some work took.
#[derive(Clone, Copy, Debug)]
struct Taken {
    /// All bytes that were asked for.
    total: usize,
    /// The most at once.
    peak: usize,
    time: Duration,
}

fn taken<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let (total, in_use) = (TOTAL.get(), IN_USE.get());
    PEAK.set(in_use);
    let start = processor_time();
    let done = work();
    let peak = (PEAK.get() - in_use).max(0).unsigned_abs();
    (done, Taken { total: TOTAL.get() - total, peak, time: processor_time().saturating_sub(start) })
}

/// The time for which this thread had a processor; elsewhere than on Linux that since the test began.
fn processor_time() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = ran.and_then(|ran| ran.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

fn body(texts: impl IntoIterator<Item = RichText>) -> Release {
    let mut release = Release::blank(Language::Khmer);
    release.headline = "ក".into();
    release.body = texts.into_iter().map(Paragraph::new).collect();
    release
}

fn plain(text: impl Into<String>) -> Release {
    body([RichText::plain(text)])
}

/// Letters that stand for a number, as names have no digits.
fn letters(number: usize) -> String {
    let letter = |digit: u8| char::from_u32(0x1780 + u32::from(digit - b'0')).unwrap_or('ក');
    number.to_string().bytes().map(letter).collect()
}

type Kind = (&'static str, fn(usize) -> Release);

const PROSE: &str = "ភាគីទាំងពីរបានស្វាគមន៍ នូវការអភិវឌ្ឍ និងការពង្រឹងទំនាក់ទំនង កម្ពុជា និងជប៉ុន ";
const ENGLISH: &str = "The two sides hailed the remarkable progress in relations between Cambodia and Japan. ";

/// Drafts of about so many characters, a kind each.
const KINDS: &[Kind] = &[
    ("Khmer prose, one paragraph", |n| plain(PROSE.repeat(n / 80))),
    ("English prose, one paragraph", |n| plain(ENGLISH.repeat(n / 85))),
    ("prose in paragraphs", |n| body((0..n / 800).map(|_| RichText::plain(PROSE.repeat(10))))),
    ("hyphenated prose", |n| {
        let mut release = plain(ENGLISH.repeat(n / 85));
        release.page.hyphenate = true;
        release
    }),
    ("one-letter paragraphs", |n| body((0..n / 8).map(|_| RichText::plain("x")))),
    ("pages of one letter", |n| {
        let mut release = body((0..n / 100).map(|_| RichText::plain("x")));
        release.body.iter_mut().for_each(|paragraph| paragraph.new_page = true);
        release
    }),
    ("one Latin word", |n| plain("a".repeat(n))),
    ("one Khmer word", |n| plain("ភាគីទាំងពីរបានស្វាគមន៍នូវការអភិវឌ្ឍ".repeat(n / 35))),
    ("numbers in Khmer", |n| plain("ការ1".repeat(n / 4))),
    ("numbers with stops", |n| plain("1.1,".repeat(n / 4))),
    ("a sign on a letter", |n| plain(format!("ក{}", "់".repeat(n)))),
    ("three signs on a letter", |n| plain(format!("ក{}", "\u{17CB}\u{17CD}\u{17CE}".repeat(n / 3)))),
    ("subscripts on a letter", |n| plain(format!("ក{}", "្ក្ខ្គ".repeat(n / 6)))),
    ("accents on a letter", |n| plain(format!("e{}", "\u{301}\u{323}".repeat(n / 2)))),
    ("letters with two signs", |n| plain("ក់់".repeat(n / 3))),
    ("joined emoji", |n| plain("👩\u{200D}".repeat(n / 2))),
    ("flags", |n| plain("🇰🇭".repeat(n / 2))),
    ("Arabic", |n| plain("بسم الله ".repeat(n / 9))),
    ("line breaks", |n| plain("\n".repeat(n))),
    ("zero-width spaces", |n| plain("\u{200B}".repeat(n))),
    ("joined zero-width spaces", |n| plain(format!("{}{}", "W".repeat(40), "\u{200B}\u{2060}".repeat(n / 2)))),
    ("word joiners", |n| plain(format!("{}{}", "W".repeat(40), "\u{2060}".repeat(n)))),
    ("spaces", |n| plain(" ".repeat(n))),
    ("joined spaces", |n| plain(" \u{2060}".repeat(n / 2))),
    ("double spaces", |n| plain("a  b ".repeat(n / 5))),
    ("brackets", |n| plain("(]".repeat(n / 2))),
    ("numbering", |n| plain("1)".repeat(n / 2))),
    ("weekdays", |n| plain("Monday ថ្ងៃពុធ ".repeat(n / 14))),
    ("stops", |n| plain("។ក".repeat(n / 2))),
    ("characters without a font", |n| plain((0x20000..).take(n).filter_map(char::from_u32).collect::<String>())),
    ("bold every other letter", |n| {
        let mut text = RichText::default();
        for number in 0..n {
            text.push_str("ក", Style::PLAIN.with(Style::BOLD, number % 2 == 0));
        }
        body([text])
    }),
    ("underlined every other letter", |n| {
        let mut text = RichText::default();
        for number in 0..n / 2 {
            text.push_str("a ", Style::PLAIN.with(Style::UNDERLINE, number % 2 == 0));
        }
        body([text])
    }),
    ("Khmer and Latin by turns", |n| plain("កa".repeat(n / 2))),
    ("placeholders", |n| plain((0..n / 10).map(|number| format!("{{{{name {number}}}}} ")).collect::<String>())),
    ("names after titles", |n| {
        body((0..n / 20).map(|number| RichText::plain(format!("ឯកឧត្តម សុខ{} ", letters(number)))))
    }),
    ("names in capitals", |n| {
        plain(
            (0..n / 16).map(|number| format!("SOK{} Dara and ", letters(number).replace('ក', "A"))).collect::<String>(),
        )
    }),
    ("unknown words", |n| {
        plain(
            (0..n / 10)
                .map(|number| format!("qx{} word ", number.to_string().replace(['0', '1'], "z")))
                .collect::<String>(),
        )
    }),
    ("marks of emphasis", |n| plain("*_\\\"#".repeat(n / 5))),
];

/// The name of a work, and the work.
type Work = (&'static str, fn(&Release));

/// What is done with a draft.
const WORK: &[Work] = &[
    ("write", |release| _ = file::write(release)),
    ("read", |release| _ = file::parse(&file::write(release))),
    ("bounds", |release| _ = bounded::check(release)),
    ("typeset", |release| _ = typeset(release, None, &mut Cache::default())),
    ("check", |release| {
        let pages = Pages { pages: Vec::new(), ..typeset(&Release::default(), None, &mut Cache::default()) };
        _ = findings(release, &pages);
    }),
    ("pdf", |release| {
        let pages = typeset(release, None, &mut Cache::default());
        _ = pdf::write(&pages, &pdf::Info::of(release), &pdf::Options::default());
    }),
    ("text", |release| {
        let place = tempfile::tempdir().unwrap();
        _ = export::export(release, None, KnownWords::new(), Format::Text, &place.path().join("x.txt"));
    }),
    ("png", |release| {
        let pages = typeset(release, None, &mut Cache::default());
        for page in pages.pages.iter().take(20) {
            write_png(&mut Painter::default(), page, pages.size, 0.5, std::io::sink()).unwrap();
        }
    }),
    ("difference", |release| {
        let mut other = release.clone();
        for paragraph in &mut other.body {
            paragraph.text.push_str("y", Style::PLAIN);
        }
        _ = difference(release, &other);
    }),
    ("fill", |release| {
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let asked = release.asked();
        let answers: BTreeMap<String, String> = asked.iter().map(|one| (one.name.clone(), "y".to_owned())).collect();
        _ = fill(release, &answers, today);
    }),
    ("template", |release| _ = release.asked()),
];

fn findings(release: &Release, pages: &Pages) -> Vec<proof::Finding> {
    let person = |number: usize| {
        let name = Both { english: format!("SOK Dara{number}"), khmer: format!("សុខ {}", letters(number)) };
        Person { name, ..Person::default() }
    };
    let roster: Roster = (0..100).map(person).collect();
    let words: KnownWords = (0..1_000).map(|number| format!("សុខ{}", letters(number))).collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    proof::check(release, pages, &Reference { today, emblem: None, words: &words, roster: &roster, other: None })
}

/// Prints how long everything takes with everything, and with twice of it.
#[test]
#[ignore = "prints a table, which takes minutes"]
fn table_of_growth() {
    let size: usize = std::env::var("SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(20_000);
    let only = std::env::var("ONLY").unwrap_or_default();
    println!(
        "| draft of {size} characters | work | ms | ms of twice | times | MB | MB of twice |\n|---|---|---|---|---|---|---|"
    );
    // The dictionary and the fonts are read once.
    WORK.iter().for_each(|(_, work)| work(&plain("The two sides qxz")));
    for (kind, make) in KINDS.iter().filter(|(kind, _)| kind.contains(&only)) {
        for (name, work) in WORK {
            let [once, twice] = [size, 2 * size].map(|size| {
                let release = make(size);
                taken(|| work(&release)).1
            });
            let (ms, ms_twice) = (once.time.as_secs_f64() * 1e3, twice.time.as_secs_f64() * 1e3);
            let mark = if ms_twice > 2.7 * ms && ms_twice > 30.0 || twice.peak > 3 * once.peak { " !" } else { "" };
            println!(
                "| {kind} | {name} | {ms:.1} | {ms_twice:.1} | {:.1}{mark} | {:.1} | {:.1} |",
                ms_twice / ms,
                once.peak as f64 / 1e6,
                twice.peak as f64 / 1e6
            );
        }
    }
}

#[test]
fn twice_the_draft_takes_twice_the_memory() {
    const SIZE: usize = 3_000;
    WORK.iter().for_each(|(_, work)| work(&plain("The two sides qxz")));
    for (kind, make) in KINDS {
        let (small, large) = (make(SIZE), make(2 * SIZE));
        for (name, work) in WORK {
            let once = taken(|| work(&small)).1;
            let twice = taken(|| work(&large)).1;
            // Lists grow by doubling, so that one byte more may take twice the room.
            let most = |bytes: usize| bytes * 3 + (2 << 20);
            assert!(twice.peak <= most(once.peak), "{kind}, {name}: {once:?} and {twice:?}");
            assert!(twice.total <= most(once.total), "{kind}, {name}: {once:?} and {twice:?}");
        }
    }
}

fn many(count: usize, new_page: bool) -> Release {
    Release { body: vec![Paragraph { new_page, ..Paragraph::new(RichText::plain("x")) }; count], ..Release::default() }
}

#[test]
fn a_file_beyond_a_bound_is_refused_where_it_goes_beyond_and_takes_no_more_memory_than_at_it() {
    let at = file::write(&many(bounds::PARAGRAPHS, true));
    let (read, taken_at) = taken(|| file::parse(&at));
    assert_eq!(read.unwrap().body.len(), bounds::PARAGRAPHS);
    let beyond = file::write(&many(150_000, true));
    assert!(beyond.len() < file::MAX_BYTES);
    let (read, taken_beyond) = taken(|| file::parse(&beyond).unwrap_err());
    assert!(read.to_string().contains("a draft at most 20000"), "{read}");
    // Each paragraph has four lines, and there are some before the first.
    assert!(read.line.abs_diff(4 * bounds::PARAGRAPHS) < 100, "{read}");
    assert!(taken_beyond.peak < 2 * taken_at.peak + (1 << 20), "{taken_at:?} and {taken_beyond:?}");
    for (release, said) in [
        (plain("x".repeat(5_000_000)), "it has 5000000 characters, and at most 100000"),
        (plain(format!("ក{}", "់".repeat(300_000))), "it has 300001 characters"),
        (plain(format!("a ក{}", "់".repeat(3_000))), "3001 signs are on one letter, beginning with “ក់់”"),
        (Release { title: "x".repeat(100_001), ..Release::default() }, "it has 100001 characters"),
    ] {
        let error = file::parse(&file::write(&release)).unwrap_err();
        assert!(error.message.contains(said) && error.field.is_some() && error.line > 1, "{error}");
    }
}

#[test]
fn no_more_pages_are_set_than_are_shown_and_what_is_cut_is_not_handed_out() {
    let set = |release: &Release| taken(|| typeset(release, None, &mut Cache::default()));
    let (pages, at) = set(&many(bounds::PAGES, true));
    assert_eq!((pages.pages.len(), pages.is_cut), (bounds::PAGES, false));
    drop(pages);
    let place = tempfile::tempdir().unwrap();
    let long = PROSE.repeat(bounds::CHARACTERS / 100);
    let cases = [
        ("page breaks", many(bounds::PAGES + 1, true)),
        ("many page breaks", many(bounds::PARAGRAPHS, true)),
        ("line breaks", plain(format!("x{}x", "\n".repeat(bounds::CHARACTERS - 2)))),
        ("a long title", Release { title: "\n".repeat(bounds::CHARACTERS - 1) + "x", ..Release::default() }),
        ("Khmer", body(vec![RichText::plain(long); file::MAX_BYTES / bounds::CHARACTERS / 3])),
    ];
    // None is handed out in any form; which form is made of which draft does not matter, and each takes a while.
    let files = ["x.pdf", "x.png", "x.txt", "x.docx"];
    for (index, ((name, mut release), file)) in cases.into_iter().zip(files.into_iter().cycle()).enumerate() {
        release.page.body_size = Some(18.0);
        release.page.leading = Some(3.0);
        assert_eq!(bounded::check(&release), Ok(()), "{name}");
        // Fitting sets the text several times; once is enough for that.
        let fits: &[Fit] = if index == 1 { &[Fit::AsSet, Fit::TwoPages] } else { &[Fit::AsSet] };
        for &fit in fits {
            release.page.fit = fit;
            let (pages, taken) = set(&release);
            assert_eq!((pages.pages.len(), pages.is_cut), (bounds::PAGES, true), "{name}");
            // A page of text is more than one with a letter on it.
            assert!(taken.peak < 10 * at.peak + (64 << 20), "{name}: {taken:?}, and {at:?} for a letter a page");
            let problems = findings(&release, &pages);
            assert!(problems.iter().any(|finding| finding.problem == Problem::TooManyPages), "{name}");
        }
        let path = place.path().join(file);
        let error = export::export(&release, None, KnownWords::new(), Format::of(&path).unwrap(), &path).unwrap_err();
        assert!(error.to_string().contains("more than 1000 pages"), "{name}: {error}");
    }
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}

/// What is beyond the last page does not change what is on those before.
#[test]
fn the_pages_that_are_shown_are_the_first() {
    let prose = |count: usize| body((0..count).map(|number| RichText::plain(format!("{number} {PROSE}{PROSE}"))));
    let lines = |mut release: Release| {
        // Large, so that less text fills as many pages.
        (release.page.body_size, release.page.leading) = (Some(18.0), Some(3.0));
        let pages = typeset(&release, None, &mut Cache::default());
        let lines = pages.lines().filter(|(_, line)| line.source != Source::PageNumber);
        (pages.is_cut, lines.map(|(_, line)| line.characters().to_owned()).collect::<Vec<_>>())
    };
    let (is_cut, cut) = lines(prose(bounds::PARAGRAPHS));
    assert!(is_cut);
    let count = cut.iter().filter_map(|line| line.split(' ').next()?.parse::<usize>().ok()).max().unwrap();
    // Fewer paragraphs by a few pages are all set.
    let (is_whole, whole) = lines(prose(count - 50));
    assert!(!is_whole);
    let same = whole.iter().zip(&cut).take_while(|(a, b)| a == b).count();
    // Place and date come after the text.
    assert!(same + 5 > whole.len(), "{same} of {} lines", whole.len());
}

#[test]
fn pictures_of_any_fineness_take_the_memory_of_a_band() {
    let release = Release { headline: "x".into(), ..Release::blank(Language::English) };
    let pages = typeset(&release, None, &mut Cache::default());
    let at = |dpi: f32| {
        taken(|| write_png(&mut Painter::default(), &pages.pages[0], pages.size, dpi / 72.0, std::io::sink()).unwrap())
            .1
    };
    let (coarse, fine) = (at(200.0), at(600.0));
    assert!(fine.peak < 2 * coarse.peak + (16 << 20), "{coarse:?} and {fine:?}");
}

#[test]
fn a_draft_at_every_bound_is_saved_journalled_and_read_again() {
    let mut release = many(bounds::PARAGRAPHS - 20, false);
    let long = format!("{}ក{}", "x".repeat(bounds::CHARACTERS - bounds::LETTER), "់".repeat(bounds::LETTER - 1));
    release.body.extend(vec![Paragraph::new(RichText::plain(long)); 20]);
    assert_eq!(bounded::check(&release), Ok(()));
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("x.ron");
    storage::save(&path, &release).unwrap();
    assert!(storage::open(&path).unwrap() == release);
    let journal = Journal::begin(&place.path().join("recovery"), None, &Release::default());
    journal.record(&release);
    while !journal.is_written() {
        std::thread::sleep(Duration::from_millis(5));
    }
    // As if the program had been killed.
    std::mem::forget(journal);
    let copy = place.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for found in std::fs::read_dir(place.path().join("recovery")).unwrap() {
        let found = found.unwrap();
        std::fs::copy(found.path(), copy.join(found.file_name())).unwrap();
    }
    let found = recoveries(&copy);
    assert!(found.damaged.is_empty());
    let [recovery] = &found.recoveries[..] else { panic!("{} drafts", found.recoveries.len()) };
    assert!(recovery.release == release);
}

#[cfg(feature = "window")]
mod driven;

#[cfg(feature = "window")]
mod in_the_window {
    use egui_kittest::{Harness, kittest::Queryable as _};
    use release_composer::{editor::Editor, release::Field, storage::Settings};

    use super::{
        driven::{click_field, editor, open, settle, text, window},
        *,
    };

    type Window = Harness<'static, Option<Editor>>;

    fn opened(place: &std::path::Path, draft: &Release) -> Window {
        let path = place.join("x.ron");
        storage::save(&path, draft).unwrap();
        let mut harness = window(Settings::default());
        open(&mut harness, path.to_str().unwrap());
        harness
    }

    fn paste(harness: &mut Window, text: &str) {
        harness.event(egui::Event::Paste(text.into()));
        harness.run_steps(1);
        settle(harness);
    }

    #[test]
    fn a_paste_beyond_a_bound_is_refused_with_a_sentence_and_typing_goes_on() {
        let place = tempfile::tempdir().unwrap();
        let draft = Release { headline: "one".into(), ..Release::blank(Language::English) };
        let mut harness = opened(place.path(), &draft);
        click_field(&mut harness, "Headline");
        for (pasted, said) in [
            ("x".repeat(5_000_000), "it has 5000003 characters, and at most 100000"),
            (format!("ក{}", "់".repeat(3_000)), "3001 signs are on one letter"),
        ] {
            paste(&mut harness, &pasted);
            assert_eq!(text(&harness, Field::Headline), "one");
            harness.get_by_label_contains(said);
        }
        paste(&mut harness, "two");
        assert!(text(&harness, Field::Headline).contains("two"), "{}", text(&harness, Field::Headline));
        storage::save(&place.path().join("y.ron"), editor(&harness).release()).unwrap();
    }

    #[test]
    fn more_paragraphs_than_a_draft_may_have_are_not_pasted() {
        let place = tempfile::tempdir().unwrap();
        let mut draft = Release::blank(Language::English);
        draft.body = vec![Paragraph::new(RichText::plain("one"))];
        let mut harness = opened(place.path(), &draft);
        harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Text").focus();
        harness.run_steps(2);
        paste(&mut harness, &"x\n".repeat(bounds::PARAGRAPHS + 5));
        assert_eq!(editor(&harness).release().body.len(), 1);
        harness.get_by_label_contains("and a draft at most 20000");
        paste(&mut harness, &"x\n".repeat(50));
        assert_eq!(editor(&harness).release().body.len(), 50);
    }
}
