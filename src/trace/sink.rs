//! Where records go: to a list, to several readers at once, or nowhere.

use super::Record;

/// Where records go.
pub trait Sink {
    /// Takes one record.
    fn record(&mut self, record: Record);

    /// Takes one more record of the same agent, so that its agent need not be looked up.
    #[inline(always)]
    fn more(&mut self, record: Record) {
        self.record(record);
    }

    /// Whether each agent's records must come in the order of time. A reader that does not need it
    /// may get those of the phone, and the end of a ghost, later than others of the same agent;
    /// the records of one registration always come in the order of time.
    fn in_order(&self) -> bool {
        true
    }
}

impl<S: Sink> Sink for &mut S {
    #[inline(always)]
    fn record(&mut self, record: Record) {
        (**self).record(record);
    }

    #[inline(always)]
    fn more(&mut self, record: Record) {
        (**self).more(record);
    }

    fn in_order(&self) -> bool {
        (**self).in_order()
    }
}

impl Sink for Vec<Record> {
    fn record(&mut self, record: Record) {
        self.push(record);
    }
}

/// Two readers of one trace.
impl<A: Sink, B: Sink> Sink for (A, B) {
    fn record(&mut self, record: Record) {
        self.0.record(record);
        self.1.record(record);
    }

    fn in_order(&self) -> bool {
        self.0.in_order() || self.1.in_order()
    }
}

/// A reader that may be missing.
impl<S: Sink> Sink for Option<S> {
    fn record(&mut self, record: Record) {
        if let Some(sink) = self {
            sink.record(record);
        }
    }

    fn in_order(&self) -> bool {
        self.as_ref().is_some_and(Sink::in_order)
    }
}
