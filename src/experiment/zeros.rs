//! A list of numbers, most of them 0, as text: runs of 0 are written as their length with a minus.
//!
//! Nothing but the text; none of the numbers is negative.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// Most numbers of a list.
const MOST: usize = 1 << 24;

/// Writes the list.
pub(super) fn serialize<S: Serializer>(numbers: &[i64], serializer: S) -> Result<S::Ok, S::Error> {
    let mut short: Vec<i64> = Vec::new();
    for number in numbers {
        match short.last_mut() {
            Some(run) if *run < 0 && *number == 0 => *run -= 1,
            _ if *number == 0 => short.push(-1),
            _ => short.push(*number),
        }
    }
    serializer.collect_seq(short)
}

/// Reads the list.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<i64>, D::Error> {
    let mut all = Vec::new();
    for number in Vec::<i64>::deserialize(from)? {
        if number >= 0 {
            all.push(number);
            continue;
        }
        let run = usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX);
        if run > MOST - all.len().min(MOST) {
            return Err(D::Error::custom("a list of calls is too long"));
        }
        all.resize(all.len() + run, 0);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] Vec<i64>);

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec(0_i64..3, 0..50)) {
            let text = serde_json::to_string(&Kept(numbers.clone())).unwrap();
            prop_assert_eq!(serde_json::from_str::<Kept>(&text).unwrap(), Kept(numbers));
        }
    }

    #[test]
    fn runs_are_short() {
        let kept = Kept([vec![5], vec![0; 1000], vec![i64::MAX, 0]].concat());
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(text, "[5,-1000,9223372036854775807,-1]");
        assert!(serde_json::from_str::<Kept>("[-99999999]").is_err());
        assert!(serde_json::from_str::<Kept>("[-9223372036854775808]").is_err());
    }
}
