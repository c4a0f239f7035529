//! Which share of all outages lasts longer than a given time, with its interval.
//!
//! Both axes are logarithmic, since the long outages are few and matter most.

use crate::experiment::{Answer, Beyond, survival};
use crate::measures::Pool;
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Canvas, Point};
use crate::report::charts::palette;
use crate::report::charts::plot::{Entry, Plot, WIDTH, head};
use crate::report::charts::ticks;
use crate::report::words;
use crate::time::Span;

const HEIGHT: i32 = 440;

/// The smallest share that is drawn.
const LEAST: f64 = 1e-5;

/// The chart.
pub(super) fn draw(answer: &Answer, _: &Model) -> String {
    let curve = survival(&answer.gathered, Pool::Outages, answer.level);
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let legend = [
            Entry::line("all outages of all replications", palette::BLUE),
            Entry::band(format!("{} interval at each point", words::level(answer.level)), {
                palette::BLUE
            }),
        ];
        // Of a single replication nothing is known but itself.
        let banded = curve.iter().any(|point| point.low > 0.0 || point.high < 1.0);
        let legend = match (curve.is_empty(), banded) {
            (true, _) => &legend[..0],
            (false, false) => &legend[..1],
            (false, true) => &legend[..],
        };
        let number = answer.gathered.pool(Pool::Outages).iter().map(|s| s.count()).sum();
        let number = words::counted(number, "outage", "outages");
        let runs = words::counted(answer.gathered.count() as u64, "replication", "replications");
        let note = format!("Which share of the outages lasts longer: {number} in {runs}.");
        let top = head(canvas, &title(&curve), &note, legend);
        let least = curve.iter().map(|p| p.share).filter(|share| *share > 0.0).fold(0.5, f64::min);
        let y = Axis::log(floor(least), 1.0, shares(floor(least)));
        let label = "share of outages that last longer";
        let plot = Plot::new(canvas, (top, HEIGHT), (times(&curve), "outage duration"), (y, label));
        if curve.is_empty() {
            plot.nothing(canvas, "There were no outages.");
        } else {
            if banded {
                band(canvas, &plot, &curve);
            }
            canvas.line(steps(&plot, &curve, |point| point.share), palette::BLUE, 2);
        }
        plot.outline(canvas);
    })
}

/// What one outage in twenty and one in a thousand exceed.
fn title(curve: &[Beyond]) -> String {
    let beyond = |share: f64| {
        let point = curve.iter().find(|point| point.share <= share + 1e-12)?;
        Some(words::span(Span::from_secs_f64(point.seconds)))
    };
    // Few outages know nothing of rare ones.
    let least = curve.iter().map(|point| point.share).filter(|share| *share > 0.0);
    let least = least.fold(1.0, f64::min);
    let rare = |share: f64| beyond(share).filter(|_| least <= share);
    match (rare(0.05), rare(0.001), beyond(0.0)) {
        (Some(twenty), Some(thousand), _) => {
            format!("1 outage in 20 lasts longer than {twenty}, 1 in 1,000 longer than {thousand}")
        }
        (Some(twenty), None, _) => format!("1 outage in 20 lasts longer than {twenty}"),
        (None, _, Some(longest)) => format!("No outage lasts longer than {longest}"),
        _ => "No outages".to_owned(),
    }
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
fn times(curve: &[Beyond]) -> Axis {
    let usual = curve.iter().find(|point| point.share < 0.995).or(curve.first());
    let first = usual.map_or(1.0, |point| point.seconds).max(1e-3);
    let last = curve.last().map_or(60.0, |point| point.seconds).max(1e-3);
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

fn band(canvas: &mut Canvas, plot: &Plot, curve: &[Beyond]) {
    let lower = steps(plot, curve, |point| point.low);
    let upper = steps(plot, curve, |point| point.high);
    canvas.band(upper.into_iter().chain(lower.into_iter().rev()).collect(), palette::BLUE);
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
            title(&points.iter().map(point).collect::<Vec<_>>())
        };
        assert_eq!(curve(&[]), "No outages");
        assert_eq!(curve(&[(10.0, 0.5), (90.0, 0.0)]), "No outage lasts longer than 1 min 30 s");
        let some = [(10.0, 0.5), (60.0, 0.04), (90.0, 0.0)];
        assert_eq!(curve(&some), "1 outage in 20 lasts longer than 1 min");
        let many = [(10.0, 0.5), (60.0, 0.05), (120.0, 0.000_5), (180.0, 0.0)];
        assert_eq!(
            curve(&many),
            "1 outage in 20 lasts longer than 1 min, 1 in 1,000 longer than 2 min"
        );
    }
}
