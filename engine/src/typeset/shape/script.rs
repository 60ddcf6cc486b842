//! Which clusters are set in the Khmer face.
//!
//! Knows characters alone. Its invariant: each cluster has one face.

use crate::khmer::characters::is_khmer_or_symbol;

/// What decides in which face a cluster is set.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Script {
    Khmer,
    Latin,
    /// Signs that open something belong to what follows, all others to what precedes.
    Opening,
    Neutral,
}

/// The script of a cluster, by its first character.
pub(super) fn script_of(cluster: &str) -> Script {
    match cluster.chars().next() {
        Some(c) if is_khmer_or_symbol(c) => Script::Khmer,
        Some('(' | '[' | '{' | '«' | '“' | '‘' | '<') => Script::Opening,
        Some(c) if c.is_alphanumeric() => Script::Latin,
        _ => Script::Neutral,
    }
}

/// Whether each cluster is set in the Khmer face: spaces and stops go with their neighbours, so
/// that a Khmer text has the spaces and guillemets of its own font.
pub(super) fn resolve(scripts: &[Script]) -> Vec<bool> {
    let mut khmer = vec![false; scripts.len()];
    let mut next = None;
    for (i, script) in scripts.iter().enumerate().rev() {
        match script {
            Script::Khmer => next = Some(true),
            Script::Latin => next = Some(false),
            Script::Opening | Script::Neutral => {}
        }
        khmer[i] = next.unwrap_or(false);
    }
    let mut before = None;
    for (i, script) in scripts.iter().enumerate() {
        match script {
            Script::Khmer => before = Some(true),
            Script::Latin => before = Some(false),
            Script::Neutral => khmer[i] = before.unwrap_or(khmer[i]),
            Script::Opening => {}
        }
    }
    khmer
}
