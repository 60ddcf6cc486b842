//! Rules under words.

use crate::typeset::{Cluster, Line, Rule};

/// A line under each underlined stretch.
pub(super) fn underlines(line: &Line) -> Vec<Rule> {
    if !line.text.is_underlined {
        return Vec::new();
    }
    let clusters = line.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    let is_seen = |cluster: &Cluster| !line.text.characters(cluster).trim().is_empty();
    let seen = clusters.iter().rposition(is_seen).map_or(0, |last| last + 1);
    let mut rules: Vec<Rule> = Vec::new();
    let mut open = false;
    let edges: Vec<f32> = line.x.iter().skip(1).map(|x| line.left + x).collect();
    for (index, ((left, cluster), right)) in line.placed().zip(edges).enumerate() {
        // The space at which a line ends is beyond the measure, and leads nowhere.
        let is_beyond = index >= seen && line.text.link_of(cluster).is_some();
        let Some(depth) = cluster.underline().filter(|_| !is_beyond) else {
            open = false;
            continue;
        };
        match rules.last_mut().filter(|_| open) {
            Some(rule) => {
                rule.right = right;
                rule.top = rule.top.max(line.baseline + depth);
            }
            None => rules.push(Rule { left, right, top: line.baseline + depth, thickness: cluster.size * 0.05 }),
        }
        open = true;
    }
    rules
}
