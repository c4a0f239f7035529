//! Explanations of the mistakes in a log of outages, L001 and on. Texts only.

use super::language::{Entry, mistake};

/// L001-L013.
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
        "The log has no column start, or neither end nor duration; or the rows are of another kind \
         than --rows says.",
        "Without them no outage has a length.",
        "Name the columns in the first line, in any order; or say which column is which, such as \
         --columns start=opened,end=closed,component=circuit. Rows that tell a change of state need \
         time and state, rows that tell a look at the state time and up.",
    ),
    mistake(
        "L005",
        "two columns that say the same thing",
        "Two columns have the same meaning, or there is an end as well as a duration.",
        "It would not be clear which of the two holds.",
        "Say which one holds, such as --columns end=end; or keep one of the two.",
    ),
    mistake(
        "L006",
        "a row that does not fit the header",
        "The row has more or fewer cells than the header.",
        "It would not be clear which cell is which.",
        "Write all cells of the row; put a cell that contains the separator in quotes.",
    ),
    mistake(
        "L007",
        "a cell that is no time",
        "A start, end or duration cannot be read.",
        "A guess could be wrong by hours, or swap days and months.",
        "Write a date with a time (ISO 8601), or seconds. --date-format reads other dates, \
         --time-zone those of a local clock; without an offset and a zone a date is UTC. A duration \
         is in seconds, in the unit that its column names (duration_minutes), or has units. An empty \
         end or duration means: still down.",
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
        "Correct the row. Without an offset a time is UTC, or local with --time-zone NAME.",
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
        "Write the end; only the last outage of a component may be open. Or count it as a failure \
         whose repair is unknown with --open drop.",
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
    mistake(
        "L013",
        "a cell that is no state",
        "A row of a log of transitions or samples has a state that is neither down nor up.",
        "An outage would begin or end at a guess.",
        "Write down or up, 0 or 1, false or true. What is between the two (degraded) has to be \
         counted as one of them.",
    ),
];
