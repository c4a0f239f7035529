//! Two ways to the best value: bisection for a root, Nelder and Mead's simplex for a minimum. They
//! know nothing of likelihoods.

/// A root of an increasing function between two bounds, to the last bits; `None` if it has the
/// same sign at both.
pub(super) fn root(mut low: f64, mut high: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    if of(low) > 0.0 || of(high) < 0.0 {
        return None;
    }
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if of(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
        if high - low < 1e-13 * high.abs().max(1.0) {
            break;
        }
    }
    Some(f64::midpoint(low, high))
}

type Corner<const N: usize> = ([f64; N], f64);

/// A minimum near `start`, by the simplex method of Nelder and Mead (1965). What is not a number
/// counts as infinitely bad.
pub(super) fn minimum<const N: usize>(
    start: [f64; N],
    step: f64,
    of: impl Fn([f64; N]) -> f64,
) -> [f64; N] {
    let value = |at: [f64; N]| {
        let value = of(at);
        (at, if value.is_nan() { f64::INFINITY } else { value })
    };
    let mut simplex: Vec<Corner<N>> = vec![value(start)];
    for axis in 0..N {
        let mut corner = start;
        corner[axis] += step;
        simplex.push(value(corner));
    }
    for _ in 0..200 * N {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        if converged(&simplex) {
            break;
        }
        turn(&mut simplex, &value);
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex[0].0
}

/// Whether the simplex is small; its corners are sorted.
fn converged<const N: usize>(simplex: &[Corner<N>]) -> bool {
    let (best, worst) = (&simplex[0], &simplex[N]);
    let near = |axis: usize| simplex.iter().all(|c| (c.0[axis] - best.0[axis]).abs() < 1e-9);
    worst.1 - best.1 <= 1e-12 * best.1.abs() || (0..N).all(near)
}

/// One step: reflect, expand, contract or shrink.
fn turn<const N: usize>(simplex: &mut [Corner<N>], value: &impl Fn([f64; N]) -> Corner<N>) {
    let worst = simplex[N];
    let centre: [f64; N] = std::array::from_fn(|axis| {
        simplex[..N].iter().map(|corner| corner.0[axis]).sum::<f64>() / N as f64
    });
    let along = |share: f64| {
        value(std::array::from_fn(|axis| centre[axis] + share * (worst.0[axis] - centre[axis])))
    };
    let reflected = along(-1.0);
    if reflected.1 < simplex[0].1 {
        let expanded = along(-2.0);
        simplex[N] = if expanded.1 < reflected.1 { expanded } else { reflected };
    } else if reflected.1 < simplex[N - 1].1 {
        simplex[N] = reflected;
    } else {
        let contracted = along(if reflected.1 < worst.1 { -0.5 } else { 0.5 });
        if contracted.1 < worst.1.min(reflected.1) {
            simplex[N] = contracted;
        } else {
            let best = simplex[0].0;
            for corner in &mut simplex[1..] {
                *corner = value(std::array::from_fn(|a| f64::midpoint(best[a], corner.0[a])));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_and_minima_are_found() {
        let found = root(0.0, 10.0, |x| x * x - 2.0).unwrap();
        assert!((found - std::f64::consts::SQRT_2).abs() < 1e-12);
        assert_eq!(root(2.0, 3.0, |x| x), None);
        // Rosenbrock's valley.
        let [x, y] = minimum([-1.2, 1.0], 0.5, |[x, y]| {
            (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x)
        });
        assert!((x - 1.0).abs() < 1e-4 && (y - 1.0).abs() < 1e-4, "{x} {y}");
    }
}
