//! Charts of the page, each with the values that it was drawn from under it.

use maud::{Markup, PreEscaped, html};

use super::inline::{Inlined, inlined};
use super::records::{Local, tables};
use super::set::{Refused, Set, garbled};
use crate::report::charts::{HEAT_CHART, stamped};

/// A chart of the directory with its data table; a note where it is missing.
pub(super) fn figure(
    set: &Set<'_>,
    file: &str,
    id: &str,
    table: &Markup,
) -> Result<Markup, Refused> {
    let Some(bytes) = set.folder.files.get(file) else {
        return Ok(html! { p.missing id=(set.id(id)) { (file) " is not in this directory." } });
    };
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string());
    let chart = text.and_then(inlined).map_err(|why| garbled(set.folder, file, &why))?;
    let chart = Inlined { is_shaded: file == HEAT_CHART, ..chart };
    Ok(drawn(&set.id(id), &chart, table, &|seconds| set.local(seconds)))
}

/// A chart that was drawn for the page from the files of a directory, with its data table.
pub(super) fn chart(set: &Set<'_>, id: &str, svg: &str, table: &Markup) -> Markup {
    let chart = inlined(&stamped(svg, &set.stamp())).unwrap_or_default();
    drawn(&set.id(id), &chart, table, &|seconds| set.local(seconds))
}

/// A chart with a table, and with the values that it recorded.
pub(super) fn drawn(id: &str, chart: &Inlined, table: &Markup, local: Local<'_>) -> Markup {
    html! {
        figure id=(id) {
            // The chart says the same itself where there is space, and also to readers who do not
            // see it.
            p.told aria-hidden="true" { strong { (chart.head[0]) } " " (chart.head[1]) }
            div.chart.shaded[chart.is_shaded] { (PreEscaped(&chart.svg)) }
            figcaption { (table) (tables(&chart.records, local)) }
        }
    }
}
