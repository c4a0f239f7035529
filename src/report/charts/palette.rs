//! Colours that colour-blind people tell apart too (Okabe and Ito), and the greys around them.

use plotters::style::RGBColor;

/// Text, axes.
pub(super) const INK: RGBColor = RGBColor(40, 40, 40);
/// Secondary text.
pub(super) const FAINT: RGBColor = RGBColor(110, 110, 110);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(228, 228, 228);
/// Bands of faults.
pub(super) const BAND: RGBColor = RGBColor(150, 150, 150);
/// Paper.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);

pub(super) const BLUE: RGBColor = RGBColor(0, 114, 178);
pub(super) const VERMILION: RGBColor = RGBColor(213, 94, 0);
pub(super) const GREEN: RGBColor = RGBColor(0, 158, 115);
pub(super) const SKY: RGBColor = RGBColor(86, 180, 233);
pub(super) const ORANGE: RGBColor = RGBColor(230, 159, 0);
pub(super) const PURPLE: RGBColor = RGBColor(204, 121, 167);
pub(super) const GREY: RGBColor = RGBColor(153, 153, 153);

/// Colours of sites, in order.
pub(super) const SITES: [RGBColor; 5] = [BLUE, ORANGE, GREEN, PURPLE, SKY];

/// Colours of the causes of downtime, in their order.
pub(super) const CAUSES: [RGBColor; 7] = [GREY, VERMILION, SKY, BLUE, ORANGE, GREEN, PURPLE];
