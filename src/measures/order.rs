//! Puts durations in order, and counts by their slots: long lists by the first digits of their spread, which costs a
//! few steps for each value however many there are.

/// Bits of a digit, of which there are two.
const DIGIT: u32 = 11;

/// Shorter lists are sorted by comparing.
const FEW: usize = 2_048;

/// At most this many lists that are sorted already are merged.
const LISTS: usize = 16;

/// Sorts values of which none is negative.
pub(super) fn sort(values: &mut [i64]) {
    sort_by_key(values, |value| value);
}

/// Sorts by a key that is never negative; those of one key come in any order.
pub(super) fn sort_by_key<T: Copy>(values: &mut [T], key: impl Fn(T) -> i64) {
    let ends = values.windows(2).filter(|pair| key(pair[0]) > key(pair[1]));
    match ends.take(LISTS).count() {
        0 => return,
        // Merges lists that are sorted already.
        1..LISTS => return values.sort_by_key(|&value| key(value)),
        _ if values.len() < FEW => return values.sort_unstable_by_key(|&value| key(value)),
        _ => {}
    }
    let ends = |(least, most): (i64, i64), key: i64| (least.min(key), most.max(key));
    let (least, most) = values.iter().map(|&value| key(value)).fold((i64::MAX, 0), ends);
    let shift = (i64::BITS - (most - least).leading_zeros()).saturating_sub(2 * DIGIT);
    let first = |value: T| (key(value) - least) >> shift;
    let mut room = vec![values[0]; values.len()];
    sort_by_digit(values, &mut room, |value| first(value) as usize % (1 << DIGIT));
    sort_by_digit(&room, values, |value| (first(value) >> DIGIT) as usize % (1 << DIGIT));
    let alike = values.chunk_by_mut(|&one, &other| first(one) == first(other));
    for alike in alike.filter(|alike| shift > 0 && alike.len() > 1) {
        alike.sort_unstable_by_key(|&value| key(value));
    }
}

/// Sorts by one digit; those with the same stay in their order.
fn sort_by_digit<T: Copy>(values: &[T], sorted: &mut [T], digit: impl Fn(T) -> usize) {
    let mut places = [0_u32; 1 << DIGIT];
    values.iter().for_each(|&value| places[digit(value)] += 1);
    let mut before = 0;
    for place in &mut places {
        before += std::mem::replace(place, before);
    }
    for &value in values {
        let place = &mut places[digit(value)];
        sorted[*place as usize] = value;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_comparing_does(
            seeds in prop::collection::vec(0..i64::MAX, 1..60),
            times in 1_usize..80,
            shift in 0_u32..63,
        ) {
            let spread = |time: usize| move |seed: &i64| seed.rotate_left(time as u32) & i64::MAX;
            let all = (0..times).flat_map(|time| seeds.iter().map(spread(time)));
            let mut values: Vec<i64> = all.map(|value| value >> shift).collect();
            let mut expected = values.clone();
            sort(&mut values);
            expected.sort_unstable();
            prop_assert_eq!(values, expected);
        }
    }

    #[test]
    fn the_largest_values_and_equals() {
        let mut values = [i64::MAX, 0, i64::MAX - 1, 7, 7].repeat(1_000);
        sort(&mut values);
        let mut expected = values.clone();
        expected.sort_unstable();
        assert_eq!(values, expected);
        let mut zeros = vec![0; 3_000];
        sort(&mut zeros);
        assert_eq!(zeros, vec![0; 3_000]);
    }
}
