//! E-mail addresses and URLs.
//!
//! An address that is broken is copied wrong, so a line ends nowhere in it but in the path of a URL: after a
//! slash, and before `?` and `&`. An address longer than a line is divided where it may be, or before a stop.

use super::Hold;
use crate::khmer::characters::is_khmer;

/// Parts of a path that are shorter stay with the part before them, in characters.
const SHORTEST_PART: usize = 3;

/// What holds within addresses, and where their paths may be broken.
pub fn holds(text: &str) -> Vec<(usize, Hold)> {
    let mut holds = Vec::new();
    if !text.bytes().any(is_telling) {
        return holds;
    }
    let mut at = 0;
    for run in text.split_inclusive(is_outside) {
        let start = at;
        at += run.len();
        // Neither a domain nor a scheme nor a name at a domain.
        if !run.bytes().any(is_telling) {
            continue;
        }
        let run = run.trim_end_matches(is_outside);
        let inner = run.trim_start_matches(['(', '[', '{']);
        let from = start + run.len() - inner.len();
        let inner = inner.trim_end_matches([')', ']', '}', ',', ';', ':', '!', '?', '.']);
        let free = if let Some(host) = host_end(inner) {
            path_places(inner, host)
        } else if is_mail(inner) {
            Vec::new()
        } else {
            continue;
        };
        // A place after a path's slash is free, every other one held.
        let inside = inner.char_indices().skip(1).map(|(place, _)| place);
        holds.extend(inside.map(|place| {
            let is_outlet = inner.get(place..).is_some_and(|rest| rest.starts_with(['.', '@']));
            let is_free = free.binary_search(&place).is_ok();
            let hold = if is_free {
                Hold::Free
            } else if is_outlet {
                Hold::Outlet
            } else {
                Hold::Closed
            };
            (from + place, hold)
        }));
    }
    holds
}

/// What a domain, a scheme or a name at a domain has.
fn is_telling(byte: u8) -> bool {
    matches!(byte, b'.' | b':' | b'@')
}

/// What no address has in it.
fn is_outside(c: char) -> bool {
    let is_sign = matches!(c, '\u{200B}' | '«' | '»' | '“' | '”' | '‘' | '’' | '<' | '>' | '"');
    is_sign || c.is_whitespace() || c.is_control() || is_khmer(c)
}

/// An @ with something like a name before it and a domain after it.
fn is_mail(run: &str) -> bool {
    run.split_once('@').is_some_and(|(name, domain)| {
        name.ends_with(char::is_alphanumeric) && domain.starts_with(char::is_alphanumeric)
    })
}

/// Where the host of a URL ends; `None` if this is none.
fn host_end(run: &str) -> Option<usize> {
    let scheme = run.find("://").filter(|&end| {
        end > 0 && run.get(..end).is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    });
    let start = scheme.map_or(0, |end| end + 3);
    let rest = run.get(start..)?;
    let host = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    let is_host = scheme.is_some() && !host.is_empty() || is_domain(host);
    is_host.then_some(start + host.len())
}

/// `mfaic.gov.kh`: parts of letters, digits and hyphens, the last of small letters.
fn is_domain(host: &str) -> bool {
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some((_, top)) = host.rsplit_once('.') else { return false };
    (2..=12).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_lowercase()) && host.split('.').all(is_part)
}

/// The places of a path: after a slash, before `?` and `&`.
fn path_places(run: &str, host: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut last = 0;
    for (at, c) in run.char_indices().skip_while(|(at, _)| *at < host) {
        let place = match c {
            '/' => at + 1,
            '?' | '&' | '#' => at,
            _ => continue,
        };
        let long_enough = |part: Option<&str>| part.is_some_and(|part| part.chars().count() >= SHORTEST_PART);
        if long_enough(run.get(last..place)) && long_enough(run.get(place..)) {
            places.push(place);
            last = place;
        }
    }
    places
}
