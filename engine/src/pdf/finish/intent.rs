//! The output intent: the colour space that the device colours of the pages mean.
//!
//! Its ICC profile is written here, number by number, so that it is small and nobody else's: sRGB
//! as IEC 61966-2-1 defines it, in the shape of ICC.1:2004-10 (profile version 4.2), which
//! PDF 1.7 names (ISO 19005-2, 6.2.3).

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// What the colour space is called everywhere.
const NAME: &str = "sRGB IEC61966-2.1";

/// Adds the profile and gives the intent (ISO 19005-2, 6.2.3).
pub(super) fn add(document: &mut Document) -> Dictionary {
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, srgb()));
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal(NAME),
        "Info" => Object::string_literal(NAME),
        "DestOutputProfile" => profile,
    }
}

/// The white of the profile connection space, D50 (ICC.1:2004-10, 7.2.16).
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// The primaries of sRGB, adapted to D50 by the Bradford transform below: red, green, blue.
const PRIMARIES: [[f64; 3]; 3] = [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.7141]];

/// From D65, the white of sRGB, to D50 (ICC.1:2004-10, annex E).
const ADAPTATION: [f64; 9] = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168];

/// The transfer curve of IEC 61966-2-1: `((x + 0.055) / 1.055) ^ 2.4` from 0.04045 on, below it
/// `x / 12.92`, as gamma, a, b, c and d of ICC.1:2004-10, 10.15, type 3.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// An sRGB profile.
fn srgb() -> Vec<u8> {
    let text = |text: &str| {
        // One record, in English of the United States, from byte 28 on (ICC.1:2004-10, 10.13).
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
        tag.extend(length(units.len()));
        tag.extend(length(28));
        tag.extend(units);
        tag
    };
    let numbers = |kind: &[u8], numbers: &[f64]| {
        let mut tag = kind.to_vec();
        tag.extend(numbers.iter().flat_map(|&number| fixed(number)));
        tag
    };
    let xyz = |value: &[f64; 3]| numbers(b"XYZ \0\0\0\0", value);
    let [red, green, blue] = &PRIMARIES;
    let curve = numbers(b"para\0\0\0\0\0\x03\0\0", &CURVE);
    let tags: [(&[u8; 4], Vec<u8>); 8] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("Public domain")),
        (b"wtpt", xyz(&D50)),
        (b"chad", numbers(b"sf32\0\0\0\0", &ADAPTATION)),
        (b"rXYZ", xyz(red)),
        (b"gXYZ", xyz(green)),
        (b"bXYZ", xyz(blue)),
        (b"rTRC", curve),
    ];

    // Three entries share the one curve.
    let count = tags.len() + 2;
    let mut table = length(count).to_vec();
    let mut data = Vec::new();
    let start = HEADER + 4 + 12 * count;
    for (name, tag) in &tags {
        let names: &[&[u8; 4]] = if *name == b"rTRC" { &[name, b"gTRC", b"bTRC"] } else { &[name] };
        for name in names {
            table.extend(*name);
            table.extend(length(start + data.len()));
            table.extend(length(tag.len()));
        }
        data.extend(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }

    let mut profile = length(start + data.len()).to_vec();
    // No preferred engine; version 4.2; a display's profile from RGB to XYZ; made on 1 January
    // 2000, for the profile never changes.
    profile.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ \x07\xD0\0\x01\0\x01\0\0\0\0\0\0acsp");
    profile.resize(68, 0);
    profile.extend(D50.iter().flat_map(|&number| fixed(number)));
    profile.resize(HEADER, 0);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// The length of a profile's header (ICC.1:2004-10, 7.2).
const HEADER: usize = 128;

/// A number of 16 bits before and 16 after the point (ICC.1:2004-10, 5.3.3).
#[expect(clippy::cast_possible_truncation, reason = "all numbers here are between -1 and 3")]
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65536.0).round() as i32).to_be_bytes()
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_white_is_white() {
        let profile = srgb();
        assert_eq!(profile[..4], length(profile.len()));
        assert!(profile.len() < 600 && profile.len().is_multiple_of(4), "{}", profile.len());
        for (channel, white) in D50.iter().enumerate() {
            let sum: f64 = PRIMARIES.iter().map(|primary| primary[channel]).sum();
            assert!((sum - white).abs() < 0.0002, "{sum} {white}");
        }
    }
}
