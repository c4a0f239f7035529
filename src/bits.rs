//! Values in the fewest bits that they need, one after the other. One list of fields is used in
//! both directions: a writer gives values and gets them back, a reader gets those that were
//! written.
//!
//! It does not know what a value means.

use crate::time::{Span, Time};

/// Writes values, or reads them.
pub(crate) trait Bits {
    /// The lowest bits of a value, at most 32 of them.
    fn bits(&mut self, value: u64, count: u32) -> u64;

    /// The instant near which most others lie.
    fn now(&self) -> Time;

    fn flag(&mut self, value: &mut bool) {
        *value = self.bits(u64::from(*value), 1) != 0;
    }

    fn flags<const N: usize>(&mut self, values: &mut [bool; N]) {
        values.iter_mut().for_each(|value| self.flag(value));
    }

    /// A number that is small as a rule.
    fn number(&mut self, value: &mut u64) {
        let (mut rest, mut read, mut shift) = (*value, 0, 0);
        loop {
            read |= self.bits(rest, 3) << shift;
            (rest, shift) = (rest >> 3, shift + 3);
            if self.bits(u64::from(rest != 0), 1) == 0 {
                break;
            }
        }
        *value = read;
    }

    /// The same.
    fn count(&mut self, value: &mut u32) {
        let mut number = u64::from(*value);
        self.number(&mut number);
        *value = number as u32;
    }

    /// One of a few values.
    fn one_of<T: Copy + PartialEq>(&mut self, value: &mut T, all: &[T]) {
        let place = all.iter().position(|one| one == value).unwrap_or(0);
        let place = self.bits(place as u64, usize::BITS - (all.len() - 1).leading_zeros());
        *value = all.get(place as usize).copied().unwrap_or(*value);
    }

    /// A value that may be missing; reading starts from `blank`.
    fn maybe<T: Copy>(
        &mut self,
        value: &mut Option<T>,
        blank: T,
        fields: impl FnOnce(&mut Self, &mut T),
    ) where
        Self: Sized,
    {
        let (mut is, mut inner) = (value.is_some(), value.unwrap_or(blank));
        self.flag(&mut is);
        if is {
            fields(self, &mut inner);
        }
        *value = is.then_some(inner);
    }

    /// An integer of any size: its length, and its digits.
    fn integer(&mut self, value: &mut i64) {
        let size = value.unsigned_abs();
        let length = self.bits(u64::from(u64::BITS - size.leading_zeros()), 7) as u32;
        let low = self.bits(size, length.min(32));
        let high = if length > 32 { self.bits(size >> 32, length - 32) } else { 0 };
        let negative = self.bits(u64::from(*value < 0), 1) != 0;
        let size = (low | high << 32) as i64;
        *value = if negative { size.wrapping_neg() } else { size };
    }

    /// An instant: none at all, now and that before all others take two bits.
    fn time(&mut self, value: &mut Time) {
        const EARLIEST: Time = Time(i64::MIN);
        let now = self.now();
        let far = [Time::NEVER, EARLIEST, now].iter().position(|known| known == value);
        match self.bits(far.unwrap_or(3) as u64, 2) {
            0 => *value = Time::NEVER,
            1 => *value = EARLIEST,
            2 => *value = now,
            _ => {
                let mut apart = value.0.wrapping_sub(now.0);
                self.integer(&mut apart);
                *value = Time(now.0.wrapping_add(apart));
            }
        }
    }

    fn times<const N: usize>(&mut self, values: &mut [Time; N]) {
        values.iter_mut().for_each(|value| self.time(value));
    }

    fn span(&mut self, value: &mut Span) {
        self.integer(&mut value.0);
    }
}

/// Writes.
#[derive(Debug)]
pub(crate) struct Writer {
    now: Time,
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet.
    rest: u64,
    filled: u32,
}

impl Writer {
    /// Nothing is written yet; `bytes` is an earlier list, whose memory is reused.
    pub(crate) fn new(now: Time, mut bytes: Vec<u8>) -> Self {
        bytes.clear();
        Self { now, bytes, rest: 0, filled: 0 }
    }

    /// All that was written.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.bytes.push(self.rest as u8);
        }
        self.bytes
    }
}

impl Bits for Writer {
    #[inline]
    fn bits(&mut self, value: u64, count: u32) -> u64 {
        let value = value & ((1 << count) - 1);
        self.rest |= value << self.filled;
        self.filled += count;
        while self.filled >= 8 {
            self.bytes.push(self.rest as u8);
            (self.rest, self.filled) = (self.rest >> 8, self.filled - 8);
        }
        value
    }

    fn now(&self) -> Time {
        self.now
    }
}

/// Reads what was written.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    now: Time,
    bytes: &'b [u8],
    /// Bits that are fetched, and not read.
    rest: u64,
    fetched: u32,
}

impl<'b> Reader<'b> {
    /// From the beginning; `now` is that of the writer.
    pub(crate) const fn new(now: Time, bytes: &'b [u8]) -> Self {
        Self { now, bytes, rest: 0, fetched: 0 }
    }
}

impl Bits for Reader<'_> {
    #[inline]
    fn bits(&mut self, _: u64, count: u32) -> u64 {
        while self.fetched < count {
            let (next, bytes) = self.bytes.split_first().map_or((0, self.bytes), |(&b, r)| (b, r));
            self.rest |= u64::from(next) << self.fetched;
            (self.bytes, self.fetched) = (bytes, self.fetched + 8);
        }
        let value = self.rest & ((1 << count) - 1);
        (self.rest, self.fetched) = (self.rest >> count, self.fetched - count);
        value
    }

    fn now(&self) -> Time {
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_000_000);

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Values {
        flags: [bool; 2],
        numbers: [u64; 3],
        letter: char,
        some: Option<u32>,
        none: Option<u32>,
        times: [Time; 8],
        span: Span,
    }

    fn fields(bits: &mut impl Bits, values: &mut Values) {
        bits.flags(&mut values.flags);
        values.numbers.iter_mut().for_each(|number| bits.number(number));
        bits.one_of(&mut values.letter, &['a', 'b', 'c', 'd', 'e']);
        bits.maybe(&mut values.some, 0, |bits, it| bits.count(it));
        bits.maybe(&mut values.none, 0, |bits, it| bits.count(it));
        bits.times(&mut values.times);
        bits.span(&mut values.span);
    }

    #[test]
    fn what_is_written_is_read() {
        let times = [i64::MAX, i64::MIN, NOW.0, i64::MAX - 1, i64::MIN + 1, -5, 0, 1 << 40];
        let values = Values {
            flags: [true, false],
            numbers: [0, 7, u64::MAX],
            letter: 'e',
            some: Some(9),
            none: None,
            times: times.map(Time),
            span: Span(-1),
        };
        let mut writer = Writer::new(NOW, vec![1, 2, 3]);
        fields(&mut writer, &mut values.clone());
        let bytes = writer.into_bytes();
        let mut read = Values {
            flags: [false, true],
            numbers: [3; 3],
            letter: 'b',
            some: None,
            none: Some(1),
            times: [Time::ZERO; 8],
            span: Span(7),
        };
        fields(&mut Reader::new(NOW, &bytes), &mut read);
        assert_eq!(read, values);
    }

    #[test]
    fn what_is_usual_takes_few_bits() {
        let size = |write: &dyn Fn(&mut Writer)| {
            let mut writer = Writer::new(NOW, Vec::new());
            (0..8).for_each(|_| write(&mut writer));
            writer.into_bytes().len()
        };
        assert_eq!(size(&|bits| bits.number(&mut 7)), 4);
        for usual in [Time::NEVER, Time(i64::MIN), NOW] {
            assert_eq!(size(&|bits| bits.time(&mut usual.clone())), 2);
        }
        // An hour from now.
        assert_eq!(size(&|bits| bits.time(&mut Time(NOW.0 + 3_600_000_000_000))), 52);
    }
}
