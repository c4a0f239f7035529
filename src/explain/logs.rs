//! Explanations of the mistakes in a log of outages, L001 and on. Texts only.

use super::language::{Entry, mistake};

/// L001-L012.
pub(super) const TABLE: &[Entry] = &[
    mistake(
        "L001",
        "the log is not UTF-8 text",
        "The log holds bytes that are no UTF-8 characters.",
        "Names and numbers behind that place cannot be trusted.",
        "Save the log with the encoding UTF-8.",
    ),
    mistake(
        "L002",
        "a quote that is never closed",
        "A cell of the log begins with a quote, and no other quote ends it.",
        "All rows behind it would become part of that cell.",
        "Close the quote. A quote inside of quotes is written twice.",
    ),
    mistake(
        "L003",
        "a log without outages",
        "The log has no row under its header, or nothing at all.",
        "There is nothing to fit.",
        "Write a header such as component,start,end and a row per outage.",
    ),
    mistake(
        "L004",
        "a missing column",
        "The log has no column start, or neither end nor duration.",
        "Without them no outage has a length.",
        "Name the columns in the first line; their order does not matter.",
    ),
    mistake(
        "L005",
        "two columns that say the same thing",
        "A column stands twice, or there is an end as well as a duration.",
        "It would not be clear which of the two holds.",
        "Keep one of the two, or rename the other: columns of other names are not used.",
    ),
    mistake(
        "L006",
        "a row that does not fit the header",
        "The row has more or fewer cells than the header.",
        "It would not be clear which cell is which.",
        "Write all cells of the row; one that contains the separator stands in quotes.",
    ),
    mistake(
        "L007",
        "a cell that is no time",
        "A start, end or duration cannot be read.",
        "A guess could be wrong by hours, or swap days and months.",
        "Write a date with a time (ISO 8601; UTC without an offset), or seconds. A duration is in \
         seconds or has units. An empty end or duration means: still down.",
    ),
    mistake(
        "L008",
        "times written in two ways",
        "Some times of the log are dates, others are bare seconds.",
        "Seconds count from a moment that the log does not name, so the two cannot be compared.",
        "Write dates everywhere, or seconds everywhere.",
    ),
    mistake(
        "L009",
        "an outage that ends before it begins",
        "The end of the row is earlier than its start.",
        "It has no length; often an offset is missing, or two cells are swapped.",
        "Correct the row. Without an offset a time is UTC.",
    ),
    mistake(
        "L010",
        "an outage without length",
        "The outage ends at the very moment at which it begins.",
        "Most laws give a length of nothing no chance, or an infinite one.",
        "Correct or remove the row, or count it as the smallest unit that the log writes with \
         --zero-lengths smallest.",
    ),
    mistake(
        "L011",
        "an open outage that is followed by another",
        "A component has no end for an outage, but goes down again later.",
        "It must have been up in between; taken as written, it would be down to the end of the log.",
        "Write the end. Only the last outage of a component may be open.",
    ),
    mistake(
        "L012",
        "outages of one component that overlap",
        "Outages of the same component begin while an earlier one lasts, or at the moment of its end.",
        "Whether they are one outage, or happened to several things under one name, changes every \
         result: lengths as well as the time between.",
        "Give different things different names; or count what overlaps or touches as one outage \
         with --overlaps merge.",
    ),
];
