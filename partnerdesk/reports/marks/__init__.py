"""Bullets, sparklines, tier pips, status glyphs, kept bars and hatches: small marks as plain shapes.

The screen paints them with QPainter, the page with reportlab and a chart with matplotlib, so they look alike
everywhere. Coordinates start at the top left, y runs down, one unit is a pixel of the screen or a point of the page;
colours are tokens of a `Look`. Nothing is painted here, and words around a mark belong to whoever places it.
"""

from partnerdesk.reports.marks.bars import blocks, hatched, stacked
from partnerdesk.reports.marks.bullets import (
    PAGE_BULLET,
    PAGE_COMPOSITE,
    SCREEN_BULLET,
    BulletStyle,
    Scale,
    bullet,
    diamond,
    tier_ranges,
)
from partnerdesk.reports.marks.glyphs import GLYPHS, glyph, tier_pips
from partnerdesk.reports.marks.shapes import Circle, Line, Polygon, Rect, Shape, bounds, hatch_circle, moved, scaled
from partnerdesk.reports.marks.sparks import common_range, sparkline

__all__ = [
    "GLYPHS",
    "PAGE_BULLET",
    "PAGE_COMPOSITE",
    "SCREEN_BULLET",
    "BulletStyle",
    "Circle",
    "Line",
    "Polygon",
    "Rect",
    "Scale",
    "Shape",
    "blocks",
    "bounds",
    "bullet",
    "common_range",
    "diamond",
    "glyph",
    "hatch_circle",
    "hatched",
    "moved",
    "scaled",
    "sparkline",
    "stacked",
    "tier_pips",
    "tier_ranges",
]
