//! Makes `assets/khmer-words.crf` from a CRFsuite model file; `assets/khmer-words.md` says which.
//!
//! usage: `cargo run --release --example crf_model -- MODEL.crfsuite assets/khmer-words.crf`
//!
//! A CRFsuite file holds features (an attribute of a letter, a label, a weight), the names of the
//! labels and those of the attributes, the latter two in CQDB databases. Of two labels only the
//! difference of the weights matters, so one number is left for each attribute. It is put into a
//! hash table in which the program looks it up in place, without reading the table first. Where more
//! features want into a bucket than it has slots, the lightest are left out.

#[allow(dead_code, reason = "it serves the reader of the table as well")]
#[path = "../engine/src/typeset/breaks/features.rs"]
mod features;

use std::collections::HashMap;
use std::error::Error;

use features::{BUCKET, ENDS, FOREIGN, KINDS, PIECES, UNIT, WEIGHT_BITS};

/// 2^13 buckets: 512 KB. A third of the features finds no room or weighs nothing; a table of twice the
/// size breaks no better, see the figures in `khmer-words.md`.
const BITS: u32 = 13;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What the model has learnt.
#[derive(Default)]
struct Weights {
    /// For each attribute what it says for "1", a word begins, against "0".
    attributes: HashMap<String, f64>,
    /// `pairs[before][now]`.
    pairs: [[f64; 2]; 2],
}

struct Crfsuite {
    bytes: Vec<u8>,
}

impl Crfsuite {
    fn at<const N: usize>(&self, offset: usize) -> Result<[u8; N]> {
        let bytes = self.bytes.get(offset..offset + N).ok_or("the model file ends too early")?;
        Ok(bytes.try_into()?)
    }

    fn number(&self, offset: usize) -> Result<usize> {
        Ok(u32::from_le_bytes(self.at(offset)?) as usize)
    }

    /// The strings of the database at `base`, by number.
    fn strings(&self, base: usize) -> Result<Vec<String>> {
        if &self.at::<4>(base)? != b"CQDB" {
            return Err("no database of strings where the header says".into());
        }
        let (count, backward) = (self.number(base + 16)?, base + self.number(base + 20)?);
        (0..count)
            .map(|i| {
                let record = base + self.number(backward + 4 * i)?;
                let length = self.number(record + 4)?;
                let bytes = self.bytes.get(record + 8..record + 8 + length).ok_or("a string ends too late")?;
                Ok(std::str::from_utf8(bytes)?.trim_end_matches('\0').to_owned())
            })
            .collect()
    }

    fn weights(&self) -> Result<Weights> {
        if &self.at::<4>(0)? != b"lCRF" {
            return Err("not a CRFsuite model".into());
        }
        let (features, labels, attributes) = (self.number(28)?, self.number(32)?, self.number(36)?);
        let labels = self.strings(labels)?;
        let attributes = self.strings(attributes)?;
        let sign = |label: usize| match labels.get(label).map(String::as_str) {
            Some("1") => Ok(1),
            Some("0") => Ok(0),
            other => Err(format!("labels are 0 and 1, not {other:?}")),
        };
        let mut weights = Weights::default();
        for i in 0..self.number(features + 8)? {
            let feature = features + 12 + 20 * i;
            let (from, to) = (self.number(feature + 4)?, sign(self.number(feature + 8)?)?);
            let weight = f64::from_le_bytes(self.at(feature + 12)?);
            if self.number(feature)? == 0 {
                let name = attributes.get(from).ok_or("a feature without a name")?;
                *weights.attributes.entry(name.clone()).or_default() += if to == 1 { weight } else { -weight };
            } else {
                weights.pairs[sign(from)?][to] = weight;
            }
        }
        Ok(weights)
    }
}

/// Number of a feature and hash of its value, from the attribute's name in the original.
fn place(attribute: &str) -> Option<(usize, u64)> {
    let names = || PIECES.iter().map(|p| p.0).chain(KINDS.iter().map(|k| k.0));
    let plain = || FOREIGN.iter().map(|f| f.0).chain(ENDS);
    if let Some(number) = plain().position(|name| name == attribute) {
        return Some((PIECES.len() + KINDS.len() + number, 0));
    }
    let fits = |name: &str| attribute.strip_prefix(name)?.strip_prefix(':');
    names().enumerate().find_map(|(number, name)| Some((number, features::whole(fits(name)?))))
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(source), Some(target)) = (arguments.next(), arguments.next()) else {
        return Err("usage: crf_model MODEL.crfsuite TARGET.crf".into());
    };
    let Weights { attributes, pairs } = Crfsuite { bytes: std::fs::read(source)? }.weights()?;
    let total = attributes.len();

    let bound = f64::from(1 << (WEIGHT_BITS - 1)) - 1.0;
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let steps = |weight: f64| (weight * f64::from(UNIT)).round().clamp(-bound, bound) as i32;
    let mut features = Vec::new();
    for (attribute, weight) in attributes {
        let (number, value) = place(&attribute).ok_or(format!("unknown feature {attribute:?}"))?;
        features.push((steps(weight), features::place(number, value, BITS)));
    }
    // The heaviest first, so that they find room; then by place, for the same file at every run.
    features.sort_unstable_by_key(|(step, place)| (-step.abs(), *place));

    let mut kept = 0;
    let mut buckets = vec![Vec::new(); 1 << BITS];
    for (step, (bucket, mark)) in features {
        let bucket: &mut Vec<u32> = &mut buckets[bucket];
        let is_taken = bucket.iter().any(|slot| slot >> WEIGHT_BITS == mark);
        if step != 0 && !is_taken && bucket.len() < BUCKET {
            bucket.push(mark << WEIGHT_BITS | (step.cast_unsigned() & ((1 << WEIGHT_BITS) - 1)));
            kept += 1;
        }
    }

    let mut header = b"KHMWORDS".to_vec();
    header.extend(BITS.to_le_bytes());
    header.extend(pairs.as_flattened().iter().flat_map(|pair| steps(*pair).to_le_bytes()));
    header.resize(4 * BUCKET, 0);
    let slots = buckets.iter_mut().flat_map(|bucket| {
        bucket.resize(BUCKET, 0);
        bucket.iter().flat_map(|slot| slot.to_le_bytes())
    });
    let out: Vec<u8> = header.into_iter().chain(slots).collect();
    std::fs::write(&target, &out)?;
    println!("{kept} of {total} features kept, {} bytes", out.len());
    Ok(())
}
