//! How messages name files: with their folders, and shortened in the middle where that is long.
//!
//! Knows paths and touches no file. Its invariant: the name of the file and that of its folder are always whole.

use std::path::{Component, Path, PathBuf};

/// A path of more characters is shortened: so many take two lines of a message.
const LONGEST: usize = 72;
/// What is in the place of the folders that are left out.
const LEFT_OUT: &str = "…";

/// A whole path, though the program knows only a part of it.
pub fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A path as a message names it.
pub fn shown(path: &Path) -> String {
    let path = whole(path);
    let text = path.display().to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let parts: Vec<Component<'_>> = path.components().collect();
    let Some((begin, end)) = parts.len().checked_sub(2).and_then(|at| parts.split_at_checked(at)) else { return text };
    let shortened = |count: usize| {
        let left_out = Component::Normal(LEFT_OUT.as_ref());
        let kept = begin.iter().take(count).chain([&left_out]).chain(end);
        kept.collect::<PathBuf>().display().to_string()
    };
    // The root and the first folder say which disk or share it is.
    let fitting = (2..begin.len()).rev().map(shortened).find(|text| text.chars().count() <= LONGEST);
    match begin.len() {
        0..=2 => text,
        _ => fitting.unwrap_or_else(|| shortened(2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_long_path_keeps_its_beginning_its_folder_and_its_name() {
        let said = |path: &str| shown(Path::new(path));
        assert_eq!(said("/home/sok/visit.release"), "/home/sok/visit.release");
        let name = "2026-11-29 ឧបនាយករដ្ឋមន្ត្រី.release";
        let long = format!("/home/sok/Documents/Ministry/Department/Year 2026/November/Visits/{name}");
        assert_eq!(said(&long), format!("/home/sok/Documents/…/Visits/{name}"));
        let longer = format!("/srv/{}/{}/Visits/{name}", "a".repeat(40), "b".repeat(40));
        assert_eq!(said(&longer), format!("/srv/…/Visits/{name}"));
        let deep = format!("/srv/{}/{name}", "a".repeat(60));
        assert_eq!(said(&deep), deep, "there is no folder to be left out");
        assert!(Path::new(&said("visit.release")).is_absolute());
    }

    #[cfg(windows)]
    #[test]
    fn a_long_path_keeps_its_disk_its_folder_and_its_name() {
        let said = |path: &str| shown(Path::new(path));
        assert_eq!(said(r"C:\Visits\visit.release"), r"C:\Visits\visit.release");
        let long = said(
            r"C:\Users\Sok\Documents\Ministry\Department\Year 2026\November\Visits\2026-11-29 Visit of the Minister.release",
        );
        assert!(long.starts_with(r"C:\") && long.contains('…'), "{long}");
        assert!(long.ends_with(r"\Visits\2026-11-29 Visit of the Minister.release"), "{long}");
    }
}
