//! Colours that colour-blind people can distinguish too (after Okabe and Ito), and the greys around
//! them.
//!
//! Every colour of a line or a text has a contrast of at least 3:1 against the paper and against
//! the bands of faults; the grid has less on purpose. Colour is never the only difference: lines
//! have a [`Dash`] too.

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// The colour as a translucent fill.
    pub(super) const fn mix(self, opacity: f64) -> Fill {
        Fill { colour: self, opacity }
    }
}

/// `#0072b2`, as SVG wants it.
impl std::fmt::Display for Colour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(red, green, blue) = self;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A colour and how much of it hides the ground: 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fill {
    pub(super) colour: Colour,
    pub(super) opacity: f64,
}

impl From<Colour> for Fill {
    fn from(colour: Colour) -> Self {
        colour.mix(1.0)
    }
}

/// How a line is broken, so that equal lines do not hide each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dash {
    Solid,
    Long,
    Short,
    Mixed,
    Dotted,
}

impl Dash {
    /// Lengths of dashes and gaps in pixels, as SVG wants them; `None`: a solid line.
    pub(super) const fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Solid => None,
            Self::Long => Some("11 6"),
            Self::Short => Some("4 4"),
            Self::Mixed => Some("12 4 3 4"),
            Self::Dotted => Some("2 3"),
        }
    }
}

/// Text, axes.
pub(super) const INK: Colour = Colour(40, 40, 40);
/// Secondary text.
pub(super) const FAINT: Colour = Colour(95, 95, 95);
/// Grid lines.
pub(super) const GRID: Colour = Colour(228, 228, 228);
/// The ground of a fault's band, through which the grid is seen.
pub(super) const FAULT: Fill = Colour(255, 220, 150).mix(0.55);
/// The edges of a fault's band, and its name.
pub(super) const FAULT_EDGE: Colour = Colour(122, 82, 0);
/// Paper.
pub(super) const PAPER: Colour = Colour(255, 255, 255);

pub(super) const BLUE: Colour = Colour(0, 114, 178);
pub(super) const VERMILION: Colour = Colour(192, 70, 0);
pub(super) const GREEN: Colour = Colour(0, 130, 95);
pub(super) const SKY: Colour = Colour(20, 130, 195);
pub(super) const ORANGE: Colour = Colour(168, 110, 0);
pub(super) const PURPLE: Colour = Colour(170, 70, 135);
pub(super) const GREY: Colour = Colour(120, 120, 120);

/// Colours of sites, in order.
const SITES: [Colour; 5] = [BLUE, ORANGE, GREEN, PURPLE, SKY];

/// Dashes of sites, in order.
const DASHES: [Dash; 5] = [Dash::Solid, Dash::Long, Dash::Short, Dash::Mixed, Dash::Dotted];

/// How a site is drawn, in all charts of a run: by its position among the sites. Beyond the colours
/// they come again with other dashes.
pub(super) const fn site(position: usize) -> (Colour, Dash) {
    let round = position / SITES.len();
    (SITES[position % SITES.len()], DASHES[(position + round) % DASHES.len()])
}

/// Colours of the causes of downtime, in their order.
pub(super) const CAUSES: [Colour; 8] = [INK, GREY, VERMILION, SKY, BLUE, ORANGE, GREEN, PURPLE];

/// What every colour of a line, a text or the ground becomes where the reader's screen is dark. Colours
/// of cells that are shaded by their value have no entry: such charts stay light.
const DARK: [(Colour, Colour); 13] = [
    (PAPER, Colour(32, 37, 43)),
    (INK, Colour(232, 234, 237)),
    (FAINT, Colour(179, 185, 193)),
    (GRID, Colour(58, 65, 73)),
    (FAULT.colour, Colour(120, 88, 20)),
    (FAULT_EDGE, Colour(240, 200, 120)),
    (BLUE, Colour(90, 176, 240)),
    (VERMILION, Colour(255, 140, 85)),
    (GREEN, Colour(70, 200, 160)),
    (SKY, Colour(130, 205, 250)),
    (ORANGE, Colour(235, 180, 60)),
    (PURPLE, Colour(225, 150, 200)),
    (GREY, Colour(160, 166, 174)),
];

/// Rules of style by which charts inside elements that match `scope` are drawn for a dark screen; the
/// charts themselves do not change.
pub(in crate::report) fn dark_rules(scope: &str) -> String {
    let [(_, ground), ..] = DARK;
    let each = DARK.iter().flat_map(|(light, dark)| {
        ["fill", "stroke"].map(|part| format!("{scope} [{part}=\"{light}\"]{{{part}:{dark}}}\n"))
    });
    let ((_, grid), (_, fault)) = (DARK[3], DARK[4]);
    let first = format!(
        "{scope}{{background:{ground}}}\n{scope} .grid{{stroke:{grid}}}\n{scope} .fault{{fill:{fault}}}\n"
    );
    std::iter::once(first).chain(each).collect()
}

/// Relative luminance after WCAG 2.
#[cfg(test)]
fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The contrast of two colours after WCAG 2.
#[cfg(test)]
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_stand_out_from_paper_and_bands() {
        let contrast = |dark, light| (luminance(light) + 0.05) / (luminance(dark) + 0.05);
        assert!((contrast(Colour(0, 0, 0), PAPER) - 21.0).abs() < 1e-9);
        let all = SITES.into_iter().chain(CAUSES).chain([INK, FAINT, FAULT_EDGE, VERMILION]);
        let mixed = |part: u8| (255.0 - (255.0 - f64::from(part)) * FAULT.opacity) as u8;
        let Colour(red, green, blue) = FAULT.colour;
        let fault = Colour(mixed(red), mixed(green), mixed(blue));
        for colour in all {
            for ground in [PAPER, fault] {
                let found = contrast(colour, ground);
                assert!(found >= 3.0, "{colour} on {ground}: {found:.2}");
            }
        }
        // The grid is no obstacle to what lies upon it, and the bands are not the grid.
        assert!(contrast(GRID, PAPER) < 1.4 && fault != GRID);
    }

    #[test]
    fn dark_colours_stand_out_from_their_ground_and_bands() {
        let contrast = |light, dark| (luminance(light) + 0.05) / (luminance(dark) + 0.05);
        let dark = |colour: Colour| {
            DARK.iter().find(|(light, _)| *light == colour).expect("every colour").1
        };
        let ground = dark(PAPER);
        let Colour(red, green, blue) = dark(FAULT.colour);
        let mixed = |over: u8, under: u8| {
            (f64::from(under) + (f64::from(over) - f64::from(under)) * FAULT.opacity) as u8
        };
        let band = Colour(mixed(red, ground.0), mixed(green, ground.1), mixed(blue, ground.2));
        let all = SITES.into_iter().chain(CAUSES).chain([INK, FAINT, FAULT_EDGE, VERMILION]);
        for colour in all.map(dark) {
            for ground in [ground, band] {
                let found = contrast(colour, ground);
                assert!(found >= 3.0, "{colour} on {ground}: {found:.2}");
            }
        }
        assert!(contrast(dark(GRID), ground) < 1.8 && contrast(band, ground) > 1.1);
        let rules = dark_rules(".chart");
        assert!(rules.contains(".chart{background:#20252b}"), "{rules}");
        assert!(rules.contains(".chart [stroke=\"#0072b2\"]{stroke:#5ab0f0}"), "{rules}");
    }

    #[test]
    fn twenty_five_sites_look_different() {
        let all: Vec<_> = (0..25).map(site).collect();
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "site {at}");
        }
        assert_eq!(site(0), (BLUE, Dash::Solid));
        assert_eq!(site(5), (BLUE, Dash::Long));
    }
}
