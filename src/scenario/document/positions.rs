//! The positions of names in the lists of a document, so that a list is not searched for each name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The positions of the names of one list, noted when the first is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Positions(OnceLock<BTreeMap<String, usize>>);

impl Positions {
    /// The first item of that name. The list is not to change after the first question.
    pub(super) fn find<'d, T>(
        &self,
        list: &'d [T],
        name: &str,
        name_of: impl Fn(&T) -> &str,
    ) -> Option<&'d T> {
        let positions = self.0.get_or_init(|| {
            // From the last one on, so that the first of a name stays.
            let all = list.iter().enumerate().rev();
            all.map(|(position, item)| (name_of(item).to_owned(), position)).collect()
        });
        let found = list.get(*positions.get(name)?);
        debug_assert!(found.is_some_and(|item| name_of(item) == name), "the list has changed");
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_name_is_found() {
        let list = [("a", 1), ("b", 2), ("a", 3)];
        let positions = Positions::default();
        let find = |name| positions.find(&list, name, |item| item.0).map(|item| item.1);
        assert_eq!([find("a"), find("b"), find("c")], [Some(1), Some(2), None]);
    }
}
