//! Puts durations in order, and counts by their slots: long lists by their digits, which costs a few steps for
//! each value however many there are.

/// Bits of a digit.
const DIGIT: u32 = 11;

/// Shorter lists are sorted by comparing.
const FEW: usize = 2_048;

/// Up to so many lists that are sorted already are merged.
const LISTS: usize = 16;

/// Sorts values of which none is negative.
pub(super) fn sort(values: &mut Vec<i64>) {
    sort_by_key(values, |value| value);
}

/// Sorts by a key that is never negative; those of one key come in any order.
pub(super) fn sort_by_key<T: Copy>(values: &mut Vec<T>, key: impl Fn(T) -> i64) {
    let ends = values.windows(2).filter(|pair| key(pair[0]) > key(pair[1])).count();
    match ends {
        0 => return,
        // Merges lists that are sorted already.
        1..LISTS => return values.sort_by_key(|&value| key(value)),
        _ if values.len() < FEW => return values.sort_unstable_by_key(|&value| key(value)),
        _ => {}
    }
    let most = values.iter().map(|&value| key(value)).max().unwrap_or_default();
    let mut sorted = values.clone();
    for shift in (0..i64::BITS).step_by(DIGIT as usize).take_while(|&shift| most >> shift > 0) {
        let digit = |value: T| (key(value) >> shift) as usize & ((1 << DIGIT) - 1);
        let mut places = [0_u32; 1 << DIGIT];
        values.iter().for_each(|&value| places[digit(value)] += 1);
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for &value in &*values {
            let place = &mut places[digit(value)];
            sorted[*place as usize] = value;
            *place += 1;
        }
        std::mem::swap(values, &mut sorted);
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
