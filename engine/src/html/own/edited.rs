//! Pages of ours that somebody has edited: no word of them is lost unsaid.

use super::super::{ImportError, Imported, Lost, import};
use crate::release::{Release, SigningDate};

/// A page of ours with a letterhead, a text and a signature.
const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="generator" content="Release Composer"><title>Visit</title></head><body>
<header><div class="ministry"><p class="name">MINISTRY</p></div></header>
<main><p class="title">RELEASE</p><h1 class="headline">“Visit ends”</h1>
<p>They held talks.</p>
<footer><p class="place">Phnom Penh, <time datetime="2026-12-01">1 December 2026</time></p>
<div class="signatories" style="--columns:1"><div class="signatory"><p class="name">SOK</p></div></div>
</footer></main></body></html>"##;

fn edited(from: &str, to: &str) -> Imported {
    assert!(PAGE.contains(from), "{from}");
    import(&PAGE.replacen(from, to, 1)).unwrap()
}

fn body(release: &Release) -> Vec<&str> {
    release.body.iter().map(|block| block.text.as_str()).collect()
}

fn lost(imported: &Imported) -> Vec<Lost> {
    imported.lost.iter().map(|(_, lost)| lost.clone()).collect()
}

fn day(imported: &Imported) -> Option<String> {
    imported.release.signature.date.day().map(|day| day.to_string())
}

#[test]
fn dates_in_the_text_are_text() {
    let imported = edited(
        "talks.",
        "talks on <time datetime=\"2026-11-05\">5 November</time> <span data-answer=\"x\">of weight</span>.",
    );
    assert_eq!(body(&imported.release), ["They held talks on 5 November of weight."]);
    assert_eq!(day(&imported).as_deref(), Some("2026-12-01"));
    assert!(imported.lost.is_empty());
}

#[test]
fn a_second_element_of_a_field_and_one_out_of_its_place_are_paragraphs() {
    for (from, to, wanted) in [
        ("<p>They", "<p class=\"title\">SECOND</p><p>They", vec!["SECOND", "They held talks."]),
        ("SOK</p>", "SOK</p><p class=\"name\">SAO</p>", vec!["They held talks.", "SAO"]),
        (
            "<p>They",
            "<ul><li class=\"title\">a</li></ul><blockquote class=\"headline\">b</blockquote><p>They",
            vec!["a", "b", "They held talks."],
        ),
        (
            "<p>They",
            "<table><tr><td class=\"title\">a</td><td><p class=\"headline\">b</p></td></tr></table><p>They",
            vec!["a", "b", "They held talks."],
        ),
        ("“Visit ends”", "“Visit <p>ends</p> more”", vec!["ends", "They held talks."]),
        (
            "<p>They",
            "<p class=\"place\">Paris</p><p class=\"name\">Byline</p><p>They",
            vec!["Paris", "Byline", "They held talks."],
        ),
    ] {
        let imported = edited(from, to);
        assert_eq!(body(&imported.release), wanted, "{to}");
        assert!(imported.lost.is_empty(), "{to}");
        let release = imported.release;
        assert_eq!((release.title.as_str(), release.letterhead.ministry.as_str()), ("RELEASE", "MINISTRY"));
        assert_eq!(release.signature.signatories[0].name, "SOK");
        assert_eq!(release.signature.place, "Phnom Penh");
        assert_eq!(release.headline, if to.contains("more") { "Visit more" } else { "Visit ends" });
    }
}

#[test]
fn the_date_that_is_shown_is_the_day() {
    for (to, wanted, is_lost) in [
        ("<time datetime=\"2026-12-01\">7 December 2026", "2026-12-07", false),
        ("<time datetime=\"2026-12-01\">December 7, 2026", "2026-12-07", false),
        ("<time datetime=\"2026-13-77\">1 December 2026", "2026-12-01", false),
        ("<time>1 December 2026", "2026-12-01", false),
        ("<time datetime=\"2026-12-01\">in winter", "2026-12-01", true),
        ("<time datetime=\"2026-12-01\">Monday, 7 December 2026", "2026-12-01", true),
    ] {
        let imported = edited("<time datetime=\"2026-12-01\">1 December 2026", to);
        assert_eq!(day(&imported).as_deref(), Some(wanted), "{to}");
        assert_eq!(matches!(lost(&imported).as_slice(), [Lost::Date(_)]), is_lost, "{to}");
        assert_eq!(imported.release.signature.place, "Phnom Penh", "{to}");
    }
    let imported =
        edited("<time datetime=\"2026-12-01\">1 December 2026</time>", "<time datetime=\"x\">in winter</time>");
    assert_eq!(imported.release.signature.place, "Phnom Penh, in winter");
    let imported =
        edited("<time datetime=\"2026-12-01\">1 December 2026</time>", "<span data-answer=\"day\">{{day}}</span>");
    assert_eq!(imported.release.signature.date, SigningDate::Placeholder("day".into()));
    let lunar = edited("<p class=\"place\">", "<p class=\"place lunar\">some day</p><p class=\"place\">");
    assert_eq!(lost(&lunar), [Lost::LunarDate("some day".into())]);
}

#[test]
fn the_words_of_a_broken_note_are_kept() {
    let imported = edited("talks.", "talks<sup data-note=\"**bad\">seen words</sup>.");
    assert_eq!(body(&imported.release), ["They held talksseen words."]);
    let imported = edited("talks.", "talks<sup data-note=\"good\">seen words</sup>.");
    assert!(imported.release.body[0].text.as_str().ends_with("seen words."));
    let number = "talks<sup><a id=\"reference-1\" href=\"#note-1\">1</a></sup>.";
    let imported = edited("talks.", number);
    assert_eq!(body(&imported.release), ["They held talks1."]);
    assert_eq!(lost(&imported), [Lost::Note("1".into())]);
    let note = "<ol><li id=\"note-1\">More. <a href=\"#reference-1\" role=\"doc-backlink\">↩</a></li></ol>";
    let imported = edited("talks.</p>", &format!("{}</p>{note}", number.replace(">1<", ">the text<")));
    assert_eq!(body(&imported.release), ["They held talksthe text.", "More."]);
    assert_eq!(lost(&imported), [Lost::Note("the text".into())]);
    let imported = edited("ends”</h1>", &format!("ends<a href=\"#note-1\">1</a>”</h1>{note}"));
    assert_eq!((imported.release.headline.as_str(), lost(&imported)), ("Visit ends1", vec![Lost::Note("1".into())]));
}

#[test]
fn only_the_head_has_the_mark() {
    let mark = "<meta name=\"generator\" content=\"Release Composer\">";
    for page in [
        format!("<html><head><!-- {mark} --></head><body><p class=title>a</p></body></html>"),
        format!("<title>{mark}</title><p class=title>a</p>"),
        format!("<html><body>{mark}<p class=title>a</p></body></html>"),
        format!("<p class=title>a</p>{mark}"),
    ] {
        assert_eq!(body(&import(&page).unwrap().release), ["a"], "{page}");
    }
    let page = "<html><head><style>a > b {}</style><META content='Release Composer' name=Generator></head><p class=title>a</p>";
    assert_eq!(import(page).unwrap().release.title, "a");
    let empty = format!("<html><head>{mark}</head><body></body></html>");
    assert_eq!(import(&empty).unwrap_err(), ImportError::Empty);
}

#[test]
fn classes_of_others_do_not_hide_ours() {
    let imported = import(&PAGE.replace("class=\"", "class=\"wp-block ")).unwrap();
    assert_eq!(imported.release, import(PAGE).unwrap().release);
}
