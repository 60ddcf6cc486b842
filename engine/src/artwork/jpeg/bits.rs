//! The coded data of a JPEG: bits, and words in a Huffman code (ISO/IEC 10918-1, C and F.2.2).
//!
//! Knows nothing of pictures. Its invariant: nothing is read past a marker or the end.

/// The bits of a scan, up to its next marker.
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    /// Bits that were fetched, the next one highest.
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub fn new(rest: &'a [u8]) -> Self {
        Self { rest, held: 0, count: 0 }
    }

    /// Fetches what there is room for.
    fn fetch(&mut self) {
        while self.count <= 56 {
            let (byte, rest) = match self.rest {
                [0xFF, 0, rest @ ..] => (0xFF, rest),
                [0xFF, ..] | [] => return,
                [byte, rest @ ..] => (*byte, rest),
            };
            self.held |= u64::from(byte) << (56 - self.count);
            (self.count, self.rest) = (self.count + 8, rest);
        }
    }

    /// The next 16 bits; zeros after the end of the data.
    fn peek(&mut self) -> u32 {
        if self.count < 16 {
            self.fetch();
        }
        (self.held >> 48) as u32
    }

    /// The next bits, at most 16; `None` if a marker or the end comes before.
    pub fn take(&mut self, count: u32) -> Option<u32> {
        let taken = self.peek() >> (16 - count);
        self.count = self.count.checked_sub(count)?;
        self.held <<= count;
        Some(taken)
    }

    /// How many whole bytes were not read, and what follows them.
    pub fn rest(&self) -> (usize, &'a [u8]) {
        (self.count as usize / 8, self.rest)
    }
}

/// A code.
#[derive(Clone)]
pub(super) struct Code {
    /// For each length in bits: the first word, how many there are, and where their meanings begin.
    lengths: [(u32, u32, usize); 16],
    meanings: Vec<u8>,
    /// For each eight bits with which a word of at most eight begins: its length and meaning.
    short: Vec<(u8, u8)>,
}

impl Code {
    /// Reads a code from a table: how many words there are of each length, and what they mean. Says what
    /// follows it.
    pub fn read(table: &[u8]) -> Option<(Self, &[u8])> {
        let (counts, meanings) = table.split_first_chunk::<16>()?;
        let mut lengths = [(0, 0, 0); 16];
        let (mut word, mut at) = (0u32, 0usize);
        for (length, &count) in lengths.iter_mut().zip(counts) {
            *length = (word, u32::from(count), at);
            at += usize::from(count);
            word = (word + u32::from(count)) << 1;
        }
        let (meanings, rest) = meanings.split_at_checked(at)?;
        let mut code = Self { lengths, meanings: meanings.to_vec(), short: Vec::new() };
        code.short = (0..=u8::MAX).map(|start| code.find(u32::from(start) << 8, 8).unwrap_or((0, 0))).collect();
        Some((code, rest))
    }

    /// The length and the meaning of the word with which 16 bits begin, if it has at most so many.
    fn find(&self, start: u32, most: usize) -> Option<(u8, u8)> {
        for (length, &(first, count, at)) in (1..).zip(self.lengths.iter().take(most)) {
            let word = start >> (16 - length);
            if let Some(place) = word.checked_sub(first).filter(|place| *place < count) {
                return Some((length, *self.meanings.get(at + place as usize)?));
            }
        }
        None
    }

    /// The meaning of the next word; `None` if there is no such word, or no more bits.
    pub fn next(&self, bits: &mut Bits) -> Option<u8> {
        let start = bits.peek();
        let short = self.short.get(start as usize >> 8).copied().filter(|(length, _)| *length > 0);
        let (length, meaning) = short.or_else(|| self.find(start, 16))?;
        bits.take(length.into())?;
        Some(meaning)
    }
}
