//! Many lists over one table of nodes, each node in one list at most, in the order of a rank. It
//! allocates memory only when the table grows. It does not know what nodes mean.

/// No node, no list.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Node {
    before: u32,
    after: u32,
    list: u32,
    rank: u64,
}

/// First and last node of a list.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
}

/// The lists.
#[derive(Clone, Debug)]
pub(super) struct LinkedLists {
    nodes: Vec<Node>,
    lists: Vec<Ends>,
}

impl LinkedLists {
    pub(super) fn new(nodes: usize, lists: usize) -> Self {
        let mut chains =
            Self { nodes: Vec::new(), lists: vec![Ends { first: NONE, last: NONE }; lists] };
        chains.reach(nodes);
        chains
    }

    /// Makes the table large enough for `nodes` nodes.
    pub(super) fn reach(&mut self, nodes: usize) {
        if self.nodes.len() < nodes {
            self.nodes.resize(nodes, Node { before: NONE, after: NONE, list: NONE, rank: 0 });
        }
    }

    pub(super) fn holds(&self, node: u32) -> bool {
        self.nodes[node as usize].list != NONE
    }

    /// The first node of a list, with its rank.
    pub(super) fn first(&self, list: usize) -> Option<(u64, u32)> {
        let first = self.lists[list].first;
        (first != NONE).then(|| (self.nodes[first as usize].rank, first))
    }

    /// The rank of the last node of a list.
    pub(super) fn last(&self, list: usize) -> Option<u64> {
        self.nodes.get(self.lists[list].last as usize).map(|node| node.rank)
    }

    /// Puts a node, which is in no list, last: its rank must be the highest.
    pub(super) fn append(&mut self, node: u32, list: usize, rank: u64) {
        self.place(node, list, rank, NONE);
    }

    /// Puts a node, which is in no list, where its rank belongs; seen from the first.
    pub(super) fn insert(&mut self, node: u32, list: usize, rank: u64) {
        let mut after = self.lists[list].first;
        while after != NONE && self.nodes[after as usize].rank < rank {
            after = self.nodes[after as usize].after;
        }
        self.place(node, list, rank, after);
    }

    fn place(&mut self, node: u32, list: usize, rank: u64, after: u32) {
        let ends = &mut self.lists[list];
        let before = if after == NONE {
            std::mem::replace(&mut ends.last, node)
        } else {
            std::mem::replace(&mut self.nodes[after as usize].before, node)
        };
        match self.nodes.get_mut(before as usize) {
            Some(before) => before.after = node,
            None => self.lists[list].first = node,
        }
        self.nodes[node as usize] = Node { before, after, list: list as u32, rank };
    }

    /// Takes a node out of its list, if it is in one.
    pub(super) fn remove(&mut self, node: u32) {
        let Node { before, after, list, .. } = self.nodes[node as usize];
        if list == NONE {
            return;
        }
        self.nodes[node as usize].list = NONE;
        match self.nodes.get_mut(before as usize) {
            Some(before) => before.after = after,
            None => self.lists[list as usize].first = after,
        }
        match self.nodes.get_mut(after as usize) {
            Some(after) => after.before = before,
            None => self.lists[list as usize].last = before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(chains: &mut LinkedLists, list: usize) -> Vec<u32> {
        let mut found = Vec::new();
        while let Some((_, node)) = chains.first(list) {
            chains.remove(node);
            found.push(node);
        }
        found
    }

    #[test]
    fn nodes_stand_by_rank_and_leave_from_anywhere() {
        let mut chains = LinkedLists::new(6, 2);
        for (node, rank) in [(3, 10), (1, 20), (5, 30)] {
            chains.append(node, 0, rank);
        }
        chains.insert(0, 0, 15);
        chains.insert(2, 0, 5);
        chains.append(4, 1, 1);
        chains.remove(1);
        chains.remove(1);
        assert!(chains.holds(5) && !chains.holds(1));
        assert_eq!(all(&mut chains, 0), [2, 3, 0, 5]);
        chains.insert(1, 0, 7);
        assert_eq!(all(&mut chains, 0), [1]);
        assert_eq!(all(&mut chains, 1), [4]);
    }
}
