//! The largest storm at each registrar with a capacity, and the refresh cycles after it: a bar for each,
//! as long as its busiest second.

use crate::measures::Results;
use crate::model::{Model, Unit};
use crate::report::numbers::value;
use crate::simulation::traffic::{Messages, Storm, Wave};

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::plot::{LEFT, WIDTH, fit_name, head};
use super::record::{Column, Counts, Record};
use super::{palette, ticks, titles};

/// Height of a row.
const ROW: i32 = 28;

/// Where the bars begin and end.
const BARS: (i32, i32) = (250, WIDTH - 220);

/// A bar.
struct Bar<'a> {
    name: String,
    wave: &'a Wave,
    echo: bool,
}

/// The chart.
pub(super) fn draw(results: &Results, model: &Model) -> String {
    let bars: Vec<Bar<'_>> = bars(results, model);
    let bottom = 80 + ROW * bars.len().max(2) as i32;
    let note = "REGISTER messages in the busiest second, of all messages: of the storm, and of each later refresh of \
                its phones.";
    Canvas::render((WIDTH as u32, (bottom + 48) as u32), |canvas| {
        let top = head(canvas, &titles::echoes(results), note, &[]) + 16;
        if bars.is_empty() {
            let look = Look { size: 16, ..Look::NOTE };
            let middle = (WIDTH / 2, (top + bottom) / 2);
            canvas.text("No REGISTER had to wait.", middle, Anchor::Middle, look);
            return;
        }
        let most = bars.iter().map(|bar| bar.wave.offered.peak).max().unwrap_or(1) as f64;
        let ticks = ticks::counts(most.max(1.0), 6, true);
        let axis = Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks);
        let axis = axis.over(BARS.0, BARS.1);
        for (at, _) in axis.ticks() {
            canvas.grid((axis.at(*at), top - 4), (axis.at(*at), bottom));
        }
        axis.label(canvas, bottom + 16);
        let label = "messages in the busiest second";
        canvas.text(label, (BARS.1, bottom + 34), Anchor::Right, Look::NOTE);
        for (row, bar) in (0..).zip(&bars) {
            bar.draw(canvas, &axis, top + row * ROW + ROW / 2);
        }
        canvas.line(vec![(BARS.0, top - 4), (BARS.0, bottom)], palette::INK, 1);
        canvas.record(record(&bars));
    })
}

/// The largest storm of each registrar.
fn bars<'a>(results: &'a Results, model: &Model) -> Vec<Bar<'a>> {
    let several = results.traffic.registrars.len() > 1;
    let of_one = |messages: &'a Messages| {
        let name = &model.pairs[messages.pair.index()].name;
        let own = largest(messages).into_iter().flat_map(|storm| storm.waves.iter().enumerate());
        let own = own.filter(|(_, wave)| wave.offered.total > 0).map(move |(number, wave)| {
            let what = match number {
                0 => "the storm".to_owned(),
                number => format!("refresh cycle {number}"),
            };
            let name = if several { format!("{name}: {what}") } else { what };
            Bar { name, wave, echo: number > 0 }
        });
        own.collect::<Vec<_>>()
    };
    results.traffic.registrars.iter().flat_map(of_one).collect()
}

/// The storm with the most messages.
pub(super) fn largest(messages: &Messages) -> Option<&Storm> {
    let offered = |storm: &&Storm| storm.waves.first().map_or(0, |wave| wave.offered.total);
    messages.storms.iter().rev().max_by_key(offered)
}

impl Bar<'_> {
    fn draw(&self, canvas: &mut Canvas, axis: &Axis, y: i32) {
        let name = fit_name(&self.name, Look::PLAIN, BARS.0 - LEFT - 12);
        canvas.text(&name, (BARS.0 - 10, y), Anchor::Right, Look::PLAIN);
        let end = axis.at(self.wave.offered.peak as f64).max(BARS.0 + 1);
        let colour = if self.echo { palette::ORANGE } else { palette::BLUE };
        canvas.rectangle((BARS.0, y - 9), (end, y + 9), colour);
        let count = |number: u64| value(number as f64, Unit::Count);
        let label =
            format!("{} of {}", count(self.wave.offered.peak), count(self.wave.offered.total));
        canvas.text(&label, (end + 8, y), Anchor::Left, Look::PLAIN);
    }
}

fn record(bars: &[Bar<'_>]) -> Record {
    let row = |(number, bar): (u32, &Bar<'_>)| {
        let Wave { offered, again, waiting, .. } = *bar.wave;
        let values =
            [offered.peak, offered.total, again.total, waiting].map(|number| Some(number as f64));
        std::iter::once(Some(f64::from(number))).chain(values).collect()
    };
    let names = ["busiest second", "came", "sent again", "most waiting"];
    Record {
        columns: names.map(|name| Column::new(name, Counts::Number)).to_vec(),
        names: bars.iter().map(|bar| bar.name.clone()).collect(),
        rows: (0..).zip(bars).map(row).collect(),
        ..Record::default()
    }
}
