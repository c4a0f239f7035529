//! Which share of outages lasts longer than a given time, with its interval: of those in which
//! service was lost, and of trips home.
//!
//! Both axes are logarithmic, since the long outages are few and matter most.

use crate::experiment::{Answer, Beyond, survival};
use crate::measures::Pool;
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Canvas, Point};
use crate::report::charts::direct::{Label, Named, labels, or_legend};
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::{Entry, Plot, WIDTH, head};
use crate::report::charts::record::{Counts, Keep, Record, with_ends};
use crate::report::charts::ticks;
use crate::report::words;
use crate::time::Span;

const HEIGHT: i32 = 440;

/// The smallest share that is drawn.
const LEAST: f64 = 1e-5;

/// The two kinds of outages: what they are called, whose values they are, how they are drawn.
const KINDS: [(&str, Pool, Colour, Dash); 2] = [
    ("losses of service", Pool::ServiceLost, palette::BLUE, Dash::Solid),
    ("trips home", Pool::TripsHome, palette::ORANGE, Dash::Long),
];

/// The chart.
pub(super) fn draw(answer: &Answer, _: &Model) -> String {
    let curves = KINDS.map(|kind| survival(&answer.gathered, kind.1, answer.level));
    let all: Vec<Beyond> = curves.iter().flatten().copied().collect();
    or_legend(|direct| drawn(answer, &curves, &all, direct))
}

/// The chart with names at its curves, and whether they fit; or with a legend.
fn drawn(
    answer: &Answer,
    curves: &[Vec<Beyond>; 2],
    all: &[Beyond],
    direct: bool,
) -> (String, bool) {
    let mut fits = true;
    let svg = Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let (entries, note) = match direct {
            true => (Vec::new(), format!("{}{}", note(answer), shaded(answer, curves))),
            false => (legend(answer, curves), note(answer)),
        };
        let p95 = answer.line("outages.service_lost.duration_s.p95");
        let p95 = p95.and_then(|line| line.estimate.value);
        let top = head(canvas, &title(&curves[0], p95), &note, &entries);
        let least = all.iter().map(|p| p.share).filter(|share| *share > 0.0).fold(0.5, f64::min);
        let y = Axis::log(floor(least), 1.0, shares(floor(least)));
        let label = "share of outages of that kind that last longer";
        let plot = Plot::new(canvas, (top, HEIGHT), (times(curves), "outage duration"), (y, label));
        if all.is_empty() {
            plot.nothing(canvas, "There were no outages.");
        }
        let labels = if direct { names(&plot, curves) } else { Some(Vec::new()) };
        fits = labels.is_some();
        let mut labels = labels.into_iter().flatten();
        for ((name, _, colour, dash), curve) in KINDS.iter().zip(curves) {
            let first = canvas.drawn();
            if banded(curve) {
                band(canvas, &plot, curve, *colour);
            }
            if !curve.is_empty() {
                canvas.dashed(steps(&plot, curve, |point| point.share), *colour, 2, *dash);
                labels.next().into_iter().for_each(|label| label.draw(canvas));
            }
            canvas.record(record(&plot, name, curve, first..canvas.drawn()));
        }
        plot.outline(canvas);
    });
    (svg, fits)
}

/// Places for the names of the curves that are drawn.
fn names(plot: &Plot, curves: &[Vec<Beyond>; 2]) -> Option<Vec<Label>> {
    let kinds = || KINDS.iter().zip(curves).filter(|(_, curve)| !curve.is_empty());
    let points: Vec<_> = kinds().map(|(_, curve)| steps(plot, curve, |at| at.share)).collect();
    let named = kinds().zip(&points);
    let named =
        named.map(|(((name, _, colour, _), _), points)| Named { name, colour: *colour, points });
    labels(plot, &named.collect::<Vec<_>>(), &[], &[])
}

/// What the bands are.
fn shaded(answer: &Answer, curves: &[Vec<Beyond>; 2]) -> String {
    match curves.iter().any(|curve| banded(curve)) {
        true => format!(" Shaded: the {} interval at each point.", words::level(answer.level)),
        false => String::new(),
    }
}

/// What one loss of service in twenty and one in a thousand exceed.
/// `p95`: the measure itself, since the curve has steps.
fn title(curve: &[Beyond], p95: Option<f64>) -> String {
    let beyond = |share: f64| {
        let point = curve.iter().find(|point| point.share <= share + 1e-12)?;
        let seconds = p95.filter(|_| share == 0.05).unwrap_or(point.seconds);
        Some(words::span(Span::from_secs_f64(seconds)))
    };
    // Few outages know nothing of rare ones.
    let least = curve.iter().map(|point| point.share).filter(|share| *share > 0.0);
    let least = least.fold(1.0, f64::min);
    let rare = |share: f64| beyond(share).filter(|_| least <= share);
    match (rare(0.05), rare(0.001), beyond(0.0)) {
        (Some(twenty), Some(thousand), _) => {
            format!(
                "1 loss of service in 20 lasts longer than {twenty}, 1 in 1,000 longer than {thousand}"
            )
        }
        (Some(twenty), None, _) => format!("1 loss of service in 20 lasts longer than {twenty}"),
        (None, _, Some(longest)) => format!("No loss of service lasts longer than {longest}"),
        _ => "No service was lost".to_owned(),
    }
}

/// How many outages of each kind in how many runs.
fn note(answer: &Answer) -> String {
    let count = |pool| answer.gathered.pool(pool).iter().map(|s| s.count()).sum();
    let lost = words::counted(count(Pool::ServiceLost), "loss of service", "losses of service");
    let home = words::counted(count(Pool::TripsHome), "trip home", "trips home");
    let runs = words::counted(answer.gathered.count() as u64, "replication", "replications");
    format!("Which share lasts longer: {lost} and {home} in {runs}.")
}

/// Entries for the curves that are drawn, and for their bands.
fn legend(answer: &Answer, curves: &[Vec<Beyond>; 2]) -> Vec<Entry> {
    let drawn = KINDS.iter().zip(curves).filter(|(_, curve)| !curve.is_empty());
    let mut all: Vec<Entry> =
        drawn.map(|((name, _, colour, dash), _)| Entry::dashed(*name, *colour, *dash)).collect();
    if let Some(at) = curves.iter().position(|curve| banded(curve)) {
        let label = format!("{} interval at each point", words::level(answer.level));
        all.push(Entry::band(label, KINDS[at].2));
    }
    all
}

/// Of a single replication nothing is known but itself.
fn banded(curve: &[Beyond]) -> bool {
    curve.iter().any(|point| point.low > 0.0 || point.high < 1.0)
}

/// The power of ten below a share.
fn floor(share: f64) -> f64 {
    libm::pow(10.0, libm::floor(libm::log10(share.max(LEAST) * 0.999)))
}

/// Ticks at powers of ten.
fn shares(least: f64) -> Vec<(f64, String)> {
    let labels = [
        (1.0, "100 %"),
        (0.1, "10 %"),
        (0.01, "1 %"),
        (0.001, "0.1 %"),
        (0.000_1, "0.01 %"),
        (0.000_01, "0.001 %"),
        (0.000_001, "0.0001 %"),
    ];
    let within = labels.iter().filter(|(share, _)| *share >= least * 0.999);
    within.map(|(share, label)| (*share, (*label).to_owned())).collect()
}

/// From about the shortest outages that are not rare to the longest.
fn times(curves: &[Vec<Beyond>]) -> Axis {
    let usual = |curve: &Vec<Beyond>| {
        let usual = curve.iter().find(|point| point.share < 0.995).or(curve.first());
        usual.map(|point| point.seconds)
    };
    let first = curves.iter().filter_map(usual).reduce(f64::min).unwrap_or(1.0).max(1e-3);
    let lasts = curves.iter().filter_map(|curve| curve.last()).map(|point| point.seconds);
    let last = lasts.reduce(f64::max).unwrap_or(60.0).max(1e-3);
    let (from, to) = ticks::log_bounds(first * 0.999, last * 1.001);
    Axis::log(from, to, ticks::log_lengths(from, to))
}

/// A step curve: each share holds from its length on.
fn steps(plot: &Plot, curve: &[Beyond], pick: fn(&Beyond) -> f64) -> Vec<Point> {
    let mut points = vec![(plot.x.pixels().0, plot.y.at(1.0))];
    for point in curve {
        let x = plot.x.at(point.seconds);
        let before = points.last().map_or(0, |last| last.1);
        points.extend([(x, before), (x, plot.y.at(pick(point)))]);
    }
    points.dedup();
    points
}

/// A curve in numbers, with the elements that show it.
fn record(plot: &Plot, name: &str, curve: &[Beyond], parts: std::ops::Range<usize>) -> Record {
    let row = |at: &Beyond| vec![Some(at.seconds), Some(at.share), Some(at.low), Some(at.high)];
    let [share, low, high] = with_ends(name, Counts::Share);
    let record = Record {
        title: format!("{name} that last longer"),
        first: "outage duration".to_owned(),
        counts: Counts::Seconds,
        across: Some(plot.across()),
        columns: vec![share.shown_by(parts), low, high],
        rows: curve.iter().map(row).collect(),
        ..Record::default()
    };
    record.thinned(&[Keep::Last; 3], 3)
}

fn band(canvas: &mut Canvas, plot: &Plot, curve: &[Beyond], colour: Colour) {
    let lower = steps(plot, curve, |point| point.low);
    let upper = steps(plot, curve, |point| point.high);
    canvas.band(upper.into_iter().chain(lower.into_iter().rev()).collect(), colour);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_claims_no_rare_outages_that_nobody_saw() {
        let curve = |points: &[(f64, f64)]| {
            let point = |(seconds, share): &(f64, f64)| Beyond {
                seconds: *seconds,
                share: *share,
                low: 0.0,
                high: 1.0,
            };
            title(&points.iter().map(point).collect::<Vec<_>>(), None)
        };
        assert_eq!(curve(&[]), "No service was lost");
        assert_eq!(
            curve(&[(10.0, 0.5), (90.0, 0.0)]),
            "No loss of service lasts longer than 1 min 30 s"
        );
        let some = [(10.0, 0.5), (60.0, 0.04), (90.0, 0.0)];
        assert_eq!(curve(&some), "1 loss of service in 20 lasts longer than 1 min");
        let many = [(10.0, 0.5), (60.0, 0.05), (120.0, 0.000_5), (180.0, 0.0)];
        assert_eq!(
            curve(&many),
            "1 loss of service in 20 lasts longer than 1 min, 1 in 1,000 longer than 2 min"
        );
    }
}
