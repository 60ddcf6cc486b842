//! Objects to bytes: a PDF 1.7 file with compressed objects.
//!
//! Objects are renumbered in the order in which they are reached from the catalog, so that what
//! nothing refers to is left out and the same objects always make the same file. All that is no
//! stream goes into object streams (ISO 32000-1, 7.5.7), and the cross-reference is a stream too
//! (7.5.8).
//!
//! Knows objects and nothing of what they mean. Its invariant: equal documents give equal bytes.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

use foldhash::HashMap;
use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::parallel;

/// Objects in one object stream: few enough for an index of one byte, and for a reader that
/// wants one of them.
const GATHERED: usize = 200;

/// How hard streams are compressed, of 1 to 12. Those of a release are as short as by zlib's best, in a third of the
/// time; from 10 on a hundredth is gained in four times the time.
const LEVEL: i32 = 7;

/// From this length on, in bytes, all streams together are compressed on all processors.
const SHARED: usize = 200_000;

/// Where an object is.
#[derive(Clone, Copy)]
enum Location {
    /// At a byte of the file.
    At(usize),
    /// In an object stream, at an index.
    In(usize, usize),
}

/// Writes a document.
///
/// # Errors
/// If compressing fails.
pub(super) fn write(document: &Document) -> io::Result<Vec<u8>> {
    let order = Order::of(document);
    let mut streams: Vec<(usize, &Stream)> = Vec::new();
    let mut gathered: Vec<(usize, Vec<u8>)> = Vec::new();
    for (number, id) in (1..).zip(&order.ids) {
        match document.objects.get(id) {
            Some(Object::Stream(stream)) => streams.push((number, stream)),
            Some(other) => {
                let mut bytes = Vec::new();
                order.object(&mut bytes, other);
                gathered.push((number, bytes));
            }
            None => {}
        }
    }
    let containers: Vec<Container> = gathered.chunks(GATHERED).map(Container::of).collect();
    let asked = streams.iter().filter(|(_, stream)| is_to_be_packed(stream)).map(|(_, stream)| &*stream.content);
    let mut packed = pack(&asked.chain(containers.iter().map(|one| &*one.content)).collect::<Vec<_>>())?.into_iter();

    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    // Object 0 is never used (ISO 32000-1, 7.5.4).
    let mut places = vec![Location::At(0); order.ids.len() + 1];
    for (number, stream) in streams {
        places[number] = Location::At(file.len());
        let mut dictionary = stream.dict.clone();
        let mut content = Cow::Borrowed(&*stream.content);
        if is_to_be_packed(stream)
            && let Some(packed) = packed.next().filter(|packed| packed.len() < stream.content.len())
        {
            dictionary.set("Filter", "FlateDecode");
            content = Cow::Owned(packed);
        }
        order.stream(&mut file, number, dictionary, &content)?;
    }
    for ((chunk, container), packed) in gathered.chunks(GATHERED).zip(containers).zip(packed) {
        let number = places.len();
        places.push(Location::At(file.len()));
        for (index, (inside, _)) in chunk.iter().enumerate() {
            places[*inside] = Location::In(number, index);
        }
        order.stream(&mut file, number, container.dictionary, &packed)?;
    }
    // The identifier is the content's, so that the same content has the same one
    // (ISO 19005-2, 6.1.3; ISO 32000-1, 14.4).
    let hash = fnv1a(&file).to_be_bytes().to_vec();
    let start = file.len();
    places.push(Location::At(start));
    let mut dictionary = dictionary! {
        "Type" => "XRef",
        "Size" => count(places.len()),
        "ID" => vec![Object::String(hash.clone(), StringFormat::Hexadecimal), Object::String(hash, StringFormat::Hexadecimal)],
    };
    for key in ["Root", "Info"] {
        if let Ok(value) = document.trailer.get(key.as_bytes()) {
            dictionary.set(key, value.clone());
        }
    }
    let content = cross_reference(&places, &mut dictionary)?;
    order.stream(&mut file, places.len() - 1, dictionary, &content)?;
    write!(file, "startxref\n{start}\n%%EOF\n")?;
    Ok(file)
}

/// Whether a stream is to be compressed, and is not yet.
fn is_to_be_packed(stream: &Stream) -> bool {
    stream.allows_compression && !stream.dict.has(b"Filter")
}

/// Contents, compressed, in order.
fn pack(contents: &[&[u8]]) -> io::Result<Vec<Vec<u8>>> {
    let length: usize = contents.iter().map(|content| content.len()).sum();
    if length < SHARED {
        let mut packer = Packer::default();
        return contents.iter().map(|content| packer.deflate(content)).collect();
    }
    parallel::map_with(contents, Packer::default, |packer, content| packer.deflate(content)).into_iter().collect()
}

/// The numbers of the objects that are reached.
struct Order {
    ids: Vec<ObjectId>,
    numbers: HashMap<ObjectId, usize>,
}

impl Order {
    fn of(document: &Document) -> Self {
        let mut order = Self { ids: Vec::new(), numbers: HashMap::default() };
        for key in [b"Root".as_slice(), b"Info"] {
            if let Ok(value) = document.trailer.get(key) {
                order.reach(value, document);
            }
        }
        let mut next = 0;
        while let Some(&id) = order.ids.get(next) {
            match document.objects.get(&id) {
                Some(Object::Stream(stream)) => stream.dict.iter().for_each(|(_, value)| order.reach(value, document)),
                Some(object) => order.reach(object, document),
                None => {}
            }
            next += 1;
        }
        order
    }

    fn reach(&mut self, object: &Object, document: &Document) {
        match object {
            Object::Reference(id) if document.objects.contains_key(id) && !self.numbers.contains_key(id) => {
                self.ids.push(*id);
                self.numbers.insert(*id, self.ids.len());
            }
            Object::Array(items) => items.iter().for_each(|item| self.reach(item, document)),
            Object::Dictionary(entries) => entries.iter().for_each(|(_, value)| self.reach(value, document)),
            _ => {}
        }
    }

    fn stream(&self, file: &mut Vec<u8>, number: usize, mut dictionary: Dictionary, content: &[u8]) -> io::Result<()> {
        dictionary.set("Length", count(content.len()));
        writeln!(file, "{number} 0 obj")?;
        self.dictionary(file, &dictionary);
        file.extend(b"stream\n");
        file.extend(content);
        // Both marks of a line's end, as a reader that looks for one before the keyword might take
        // the last byte of the content for a part of it (ISO 19005-2, 6.1.7.1).
        file.extend(b"\r\nendstream\nendobj\n");
        Ok(())
    }

    fn dictionary(&self, out: &mut Vec<u8>, dictionary: &Dictionary) {
        out.extend(b"<<");
        for (key, value) in dictionary {
            name(out, key);
            self.separate(out, value);
            self.object(out, value);
        }
        out.extend(b">>");
    }

    /// A space before what would run together with a name or number before it.
    fn separate(&self, out: &mut Vec<u8>, value: &Object) {
        use Object::{Array, Dictionary, Name, Stream, String};
        if !matches!(value, Array(_) | Dictionary(_) | Name(_) | Stream(_) | String(..)) {
            out.push(b' ');
        }
    }

    fn object(&self, out: &mut Vec<u8>, object: &Object) {
        // Writing to a vector cannot fail.
        match object {
            Object::Null | Object::Stream(_) => out.extend(b"null"),
            Object::Boolean(value) => out.extend(if *value { b"true".as_slice() } else { b"false" }),
            Object::Integer(value) => _ = write!(out, "{value}"),
            Object::Real(value) => _ = write!(out, "{value}"),
            Object::Name(value) => name(out, value),
            // Half as long as in hexadecimal digits.
            Object::String(value, _) => literal(out, value),
            Object::Array(items) => {
                out.push(b'[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        self.separate(out, item);
                    }
                    self.object(out, item);
                }
                out.push(b']');
            }
            Object::Dictionary(entries) => self.dictionary(out, entries),
            Object::Reference(id) => match self.numbers.get(id) {
                Some(number) => _ = write!(out, "{number} 0 R"),
                None => out.extend(b"null"),
            },
        }
    }
}

/// A name (ISO 32000-1, 7.3.5).
fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_alphanumeric() || byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend([b'#', hex(byte >> 4), hex(byte & 15)]);
        }
    }
}

/// A string in parentheses (ISO 32000-1, 7.3.4.2).
pub(super) fn literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    escape(out, text);
    out.push(b')');
}

/// The bytes of a string between its parentheses.
pub(super) fn escape(out: &mut Vec<u8>, text: &[u8]) {
    for &byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            b'\r' => out.extend(b"\\r"),
            byte => out.push(byte),
        }
    }
}

fn hex(half: u8) -> u8 {
    b"0123456789ABCDEF".get(usize::from(half)).copied().unwrap_or(b'0')
}

fn count(n: usize) -> Object {
    Object::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// An object stream, not yet compressed.
struct Container {
    dictionary: Dictionary,
    content: Vec<u8>,
}

impl Container {
    /// The stream that holds objects, of each its number and its bytes.
    fn of(objects: &[(usize, Vec<u8>)]) -> Self {
        let (mut head, mut body) = (Vec::new(), Vec::new());
        for (number, bytes) in objects {
            // Writing to a vector cannot fail.
            _ = write!(head, "{number} {} ", body.len());
            body.extend_from_slice(bytes);
            body.push(b'\n');
        }
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => count(objects.len()),
            "First" => count(head.len()),
            "Filter" => "FlateDecode",
        };
        head.append(&mut body);
        Self { dictionary, content: head }
    }
}

/// The table of places, as differences between rows, which compress better (PNG's filter "up",
/// ISO 32000-1, 7.4.4.4).
fn cross_reference(places: &[Location], dictionary: &mut Dictionary) -> io::Result<Vec<u8>> {
    const ROW: usize = 6;
    let mut rows = Vec::with_capacity(places.len() * (ROW + 1));
    let mut above = [0; ROW];
    for (number, place) in places.iter().enumerate() {
        let (kind, field, index) = match *place {
            _ if number == 0 => (0, 0, 0),
            Location::At(byte) => (1, byte, 0),
            Location::In(container, index) => (2, container, index),
        };
        let [a, b, c, d] = u32::try_from(field).map_err(io::Error::other)?.to_be_bytes();
        let row: [u8; ROW] = [kind, a, b, c, d, u8::try_from(index).map_err(io::Error::other)?];
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    dictionary.set("W", vec![1.into(), 4.into(), 1.into()]);
    dictionary.set("Filter", "FlateDecode");
    dictionary.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => count(ROW) });
    Packer::default().deflate(&rows)
}

/// Compresses one stream after the other with the same tables, which are large.
struct Packer(Compressor);

impl Default for Packer {
    fn default() -> Self {
        Self(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()))
    }
}

impl Packer {
    fn deflate(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = vec![0; self.0.zlib_compress_bound(bytes.len())];
        let length = self.0.zlib_compress(bytes, &mut packed).map_err(io::Error::other)?;
        packed.truncate(length);
        Ok(packed)
    }
}

/// The 128-bit FNV-1a hash (draft-eastlake-fnv): the file's identifier needs to differ from
/// others', not to withstand anybody.
fn fnv1a(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D, |hash, &byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_finds_what_was_written_and_nothing_else() {
        let mut document = Document::new();
        let odd = Object::String(b"a(b\\)\r".to_vec(), StringFormat::Literal);
        let page = document.add_object(dictionary! { "Type" => "Odd #1", "Text" => odd.clone(), "Real" => 0.5 });
        document.add_object(dictionary! { "Type" => "Nobody's" });
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Kept" => vec![page.into(), true.into()] });
        document.trailer.set("Root", catalog);
        let bytes = write(&document).unwrap();
        assert_eq!(bytes, write(&document).unwrap());
        let read = Document::load_mem(&bytes).unwrap();
        let kept = read.catalog().unwrap().get(b"Kept").unwrap().as_array().unwrap();
        let page = read.get_dictionary(kept[0].as_reference().unwrap()).unwrap();
        assert_eq!(page.get(b"Text").unwrap().as_str().unwrap(), odd.as_str().unwrap());
        assert_eq!(page.get(b"Type").unwrap().as_name().unwrap(), b"Odd #1");
        assert!(!read.objects.values().any(|object| object.type_name().is_ok_and(|name| name == b"Nobody's")));
    }
}
