//! Pictures that were read, by what is in their files.
//!
//! A batch reads one emblem for a thousand drafts, and a draft is opened, checked and exported: each picture
//! is read once. Knows nothing of files. Its invariant: besides those that are in use, it keeps one picture.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::{Artwork, ArtworkError, Excess};

type Name = [u8; 32];
type Outcome = Result<Arc<Artwork>, ArtworkError>;

/// How many pictures are known by name at most: those of the drafts and templates that are being looked at.
const MOST: usize = 32;

#[derive(Default)]
struct Cache {
    /// Pictures that are in use somewhere, the latest last.
    used: Vec<(Name, Weak<Artwork>)>,
    /// What was read last, be it a picture or not.
    last: Option<(Name, Outcome)>,
}

static CACHE: Mutex<Cache> = Mutex::new(Cache { used: Vec::new(), last: None });

/// The picture of a file whose bytes have this SHA-256, read if it is not known.
pub(super) fn get_or(name: Name, read: impl FnOnce() -> Result<Artwork, ArtworkError>) -> Outcome {
    if let Some(known) = lock().get(&name) {
        return known;
    }
    // Others go on meanwhile. Two that read the same at once both get it.
    let outcome = read().map(Arc::new);
    lock().put(name, &outcome);
    outcome
}

fn lock() -> MutexGuard<'static, Cache> {
    // Nothing in here is ever half done.
    CACHE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cache {
    fn get(&self, name: &Name) -> Option<Outcome> {
        if let Some((_, outcome)) = self.last.as_ref().filter(|(last, _)| last == name) {
            return Some(outcome.clone());
        }
        self.used.iter().find(|(used, _)| used == name)?.1.upgrade().map(Ok)
    }

    fn put(&mut self, name: Name, outcome: &Outcome) {
        if let Ok(artwork) = outcome {
            self.used.retain(|(used, artwork)| *used != name && artwork.strong_count() > 0);
            if self.used.len() >= MOST {
                self.used.remove(0);
            }
            self.used.push((name, Arc::downgrade(artwork)));
        }
        // A reader that had no time may have more the next time.
        let may_differ = matches!(outcome, Err(ArtworkError::TooComplex(Excess::Time)));
        self.last = (!may_differ).then(|| (name, outcome.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Photo, *};

    #[test]
    fn a_picture_is_kept_while_it_is_used_and_the_last_one_longer() {
        let photo = |width| Artwork::Photo(Photo { width, height: 1, rgba: Vec::new(), jpeg: None });
        let mut cache = Cache::default();
        let (a, b, c) = ([1; 32], [2; 32], [3; 32]);
        let first = Arc::new(photo(1));
        cache.put(a, &Ok(first.clone()));
        cache.put(b, &Ok(Arc::new(photo(2))));
        assert!(Arc::ptr_eq(&cache.get(&a).unwrap().unwrap(), &first));
        assert!(cache.get(&b).unwrap().is_ok() && cache.get(&c).is_none());
        drop(first);
        cache.put(c, &Err(ArtworkError::TooLarge));
        assert!(cache.get(&a).is_none() && cache.get(&b).is_none());
        assert!(matches!(cache.get(&c), Some(Err(ArtworkError::TooLarge))));
        cache.put(c, &Err(Excess::Time.into()));
        assert!(cache.get(&c).is_none());
    }
}
