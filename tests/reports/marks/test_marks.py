"""Marks are plain shapes: they stay in their box, say what their value says, and name colours that every look has."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.reports.look import DARK, DOCUMENT, LIGHT, TOKENS
from partnerdesk.reports.marks import (
    GLYPHS,
    PAGE_COMPOSITE,
    Circle,
    Line,
    Polygon,
    Rect,
    Shape,
    blocks,
    bounds,
    bullet,
    common_range,
    glyph,
    hatch_circle,
    hatched,
    moved,
    scaled,
    sparkline,
    stacked,
    tier_pips,
    tier_ranges,
)
from partnerdesk.reports.marks.bars import FILLINGS
from partnerdesk.reports.marks.shapes import hatch_lines

SIZES = st.floats(min_value=1, max_value=400)


def colours(shapes: tuple[Shape, ...]) -> set[str]:
    found = {getattr(s, name, None) for s in shapes for name in ("fill", "stroke")}
    return {c for c in found if c}


def rects(shapes: tuple[Shape, ...], fill: str) -> list[Rect]:
    return [s for s in shapes if isinstance(s, Rect) and s.fill == fill]


def test_the_measure_of_a_bullet_is_as_long_as_its_value() -> None:
    half = rects(bullet(200, 20, value=50), "accent")[0]
    assert half.width == pytest.approx(100)
    assert rects(bullet(200, 20, value=25, low=20, high=30), "accent")[0].width == pytest.approx(100)


@pytest.mark.parametrize(("value", "width"), [(-5, 0), (0, 0), (100, 200), (130, 200)])
def test_a_value_beyond_the_scale_stops_at_its_end(value: float, width: float) -> None:
    assert rects(bullet(200, 20, value=value), "accent")[0].width == pytest.approx(width)


def test_a_bullet_without_a_value_shows_ranges_and_target_only() -> None:
    shapes = bullet(200, 20, value=None, ranges=tier_ranges([50, 75]), target=75)
    assert not rects(shapes, "accent")
    assert [s.points[0][0] for s in shapes if isinstance(s, Line)] == [pytest.approx(150)]


def test_the_target_of_the_composite_is_taller_than_its_ranges() -> None:
    shapes = bullet(200, 20, value=70, target=75, style=PAGE_COMPOSITE)
    (tick,) = [s for s in shapes if isinstance(s, Line)]
    assert tick.points[0][1] < 0
    assert tick.points[1][1] > 20


def test_what_is_projected_is_a_hollow_diamond_at_its_place() -> None:
    (diamond,) = [s for s in bullet(200, 20, value=70, projected=80) if isinstance(s, Polygon)]
    assert diamond.fill == "bg"
    assert sum(x for x, _ in diamond.points) / 4 == pytest.approx(160)


def test_ranges_run_from_floor_to_floor_and_get_darker() -> None:
    assert tier_ranges([75, 50, 90]) == ((50, "range1"), (75, "range2"), (90, "range3"), (100, "range4"))
    assert [token for _, token in tier_ranges([10, 20, 30, 40, 50])] == ["range1", "range2", "range3", "range4"]
    assert tier_ranges([]) == ((100, "range1"),)


def test_a_sparkline_breaks_where_a_value_is_missing() -> None:
    lines = [s for s in sparkline([1, 2, None, 3, 4]) if isinstance(s, Line)]
    assert [len(line.points) for line in lines] == [2, 2]


def test_only_a_known_last_value_has_a_dot() -> None:
    assert any(isinstance(s, Circle) for s in sparkline([1, 2, 3]))
    assert not any(isinstance(s, Circle) for s in sparkline([1, 2, None]))
    assert sparkline([]) == ()


def test_sparklines_of_a_column_share_a_scale() -> None:
    between = common_range([[1, None, 5], [2, 9]])
    assert between == (1, 9)
    low, high = (sparkline(v, 50, 20, between=between)[-1] for v in ([1, 1], [9, 9]))
    assert isinstance(low, Circle)
    assert isinstance(high, Circle)
    assert low.y - high.y == pytest.approx(20 - 4.4)


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=12), SIZES, SIZES)
def test_a_sparkline_stays_in_its_box(values: list[float | None], width: float, height: float) -> None:
    shapes = sparkline(values, width + 5, height + 5)
    if shapes:
        left, top, right, bottom = bounds(shapes)
        assert left >= -0.01
        assert top >= -0.01
        assert right <= width + 5.01
        assert bottom <= height + 5.01


@pytest.mark.parametrize("name", sorted(set(GLYPHS) - {"blank"}))
def test_a_glyph_fills_its_box_and_no_more(name: str) -> None:
    left, top, right, bottom = bounds(glyph(name, 14, 100, 50))
    assert 100 <= left <= right <= 114
    assert 50 <= top <= bottom <= 64


def test_no_two_glyphs_look_the_same_without_colour() -> None:
    shapes = {name: tuple(s for s in drawn) for name, drawn in GLYPHS.items()}
    grey = {name: str([repr(s).split("fill")[0] for s in drawn]) for name, drawn in shapes.items()}
    twins = {"met": "done", "not_met": "dropped", "warn": "late"}  # the same status in other words
    single = {name: text for name, text in grey.items() if name not in twins}
    assert len(set(single.values())) == len(single)


def test_pips_count_the_tier() -> None:
    shapes = tier_pips(2, 4)
    assert [bool(s.fill) for s in shapes if isinstance(s, Circle)] == [True, True, False, False]
    assert shapes[0].fill == "tier2"  # type: ignore[union-attr]
    assert {s.fill for s in tier_pips(3, 4, filled="text") if isinstance(s, Circle)} == {"text", None}


def test_one_block_per_promise() -> None:
    shapes = blocks(["done", "late", "dropped"], 300, 10)
    assert len(rects(shapes, "total")) == 1
    left, _, right, _ = bounds(shapes)
    assert left >= 0
    assert right <= 300
    assert blocks([], 300, 10) == ()
    assert bounds(blocks(["done"] * 60, 300, 10))[2] == pytest.approx(300)


def test_a_stacked_bar_is_divided_by_its_amounts() -> None:
    shapes = stacked([(3, "solid"), (1, "grey"), (0, "soft"), (-2, "hatched")], 400, 10, gap=0)
    assert rects(shapes, "total")[0].width == pytest.approx(300)
    assert rects(shapes, "grey")[0].width == pytest.approx(100)
    assert len(shapes) == 2
    assert stacked([(0, "solid")], 100, 5) == ()


@given(SIZES, SIZES, st.floats(min_value=0.5, max_value=20), st.booleans())
def test_a_hatch_stays_inside_its_bar(width: float, height: float, gap: float, falling: bool) -> None:
    for line in hatch_lines(Rect(10, 20, width, height), "held", gap=gap, stroke_width=1, falling=falling):
        for x, y in line.points:
            assert 9.99 <= x <= 10.01 + width
            assert 19.99 <= y <= 20.01 + height
        (x1, y1), (x2, y2) = line.points
        assert abs(abs(x2 - x1) - abs(y2 - y1)) < 1e-6
        assert ((x2 - x1) * (y2 - y1) >= 0) is falling or abs(x2 - x1) < 1e-9


@given(SIZES, st.booleans())
def test_a_hatch_stays_inside_its_circle(radius: float, falling: bool) -> None:
    for line in hatch_circle(Circle(5, 7, radius), "down", gap=3, stroke_width=1, falling=falling):
        assert all(math.dist((5, 7), point) <= radius + 1e-6 for point in line.points)


def test_every_filling_can_be_told_from_the_others_on_a_grey_printer() -> None:
    forms = {(f.ground, bool(f.outline), bool(f.hatch), f.falling, f.heavy) for f in FILLINGS.values()}
    assert len(forms) == len(FILLINGS) - 1  # "down" and "flagged" are one


@pytest.mark.parametrize("look", [DOCUMENT, LIGHT, DARK], ids=lambda look: look.name)
def test_every_colour_of_a_mark_is_a_token_of_every_look(look: object) -> None:
    shapes: list[Shape] = [shape for drawn in GLYPHS.values() for shape in drawn]
    shapes += tier_pips(1) + tier_pips(4) + sparkline([1, 2]) + blocks(["done", "late", "dropped", "open"], 90, 9)
    shapes += bullet(90, 9, value=5, target=6, previous=4, projected=7, ranges=tier_ranges([50, 75, 90]))
    shapes += [shape for name in FILLINGS for shape in hatched(0, 0, 20, 20, name)]
    assert colours(tuple(shapes)) <= TOKENS


def test_moving_and_scaling_keep_the_form() -> None:
    shapes = glyph("late")
    assert bounds(moved(shapes, 5, -3)) == pytest.approx(
        [a + b for a, b in zip(bounds(shapes), (5, -3, 5, -3), strict=True)]
    )
    assert bounds(scaled(shapes, 3)) == pytest.approx([3 * a for a in bounds(shapes)])
    assert scaled((Line(((0, 0), (1, 1)), "text", 2, (3, 1)),), 2)[0].dash == (6, 2)  # type: ignore[union-attr]
