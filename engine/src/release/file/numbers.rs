//! Which whole numbers a field of a draft may have.

use std::ops::RangeInclusive;

use super::super::{Columns, Emblem, Item, PictureWidth};

/// From which to which number a field goes; `None` if it has no number of its own.
pub(super) fn range_of(field: &str) -> Option<RangeInclusive<u16>> {
    let of_bytes = |range: RangeInclusive<u8>| u16::from(*range.start())..=u16::from(*range.end());
    Some(match field {
        "level" => 1..=3,
        "start" => 1..=Item::MOST_START,
        "width" => of_bytes(PictureWidth::ALL),
        "height" => of_bytes(Emblem::HEIGHTS),
        "columns" => 1..=u16::from(Columns::MOST),
        "format" => 1..=u16::try_from(super::FORMAT).unwrap_or(u16::MAX),
        _ => return None,
    })
}
