"""Charts: every text as given, nothing over anything, the same on screen and page, in vectors, at any size."""

import importlib
from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports import charts, gate
from partnerdesk.reports.charts import plot as charts_plot
from partnerdesk.reports.charts import room as charts_room
from partnerdesk.reports.charts.raster import picture
from partnerdesk.reports.look import DARK, DOCUMENT, LIGHT, Look
from tests.reports.charts.samples import ALL, EMPTY, Sample, waterfall
from tests.reports.page.reading import images_of, new_document, squeezed, texts

HOSTILE = ["$5k to $10k", "_Beta", "\\alpha_x^2", "$\\unknowncmd$", "{{{{{", "R&D <Labs>", "AT&T", "Łódź", "100%"]


def on_page(draw: Callable[..., Any], data: Any, width: float, height: float) -> Any:
    document = new_document()
    document.page("", "p").chart(60, 60, width, height, draw, data)
    return document


def words_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


@pytest.mark.parametrize("name", ALL)
def test_a_chart_on_the_page_is_vectors_with_its_text(name: str) -> None:
    draw, data, width, height = ALL[name]()
    document = on_page(draw, data, width, height)
    assert document.faults() == []
    drawn = [p.text for p in document.placed]
    content = document.finish()
    assert images_of(content) == 0
    read = squeezed(texts(content)[0])
    assert all(squeezed(text) in read for text in drawn)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_the_same_chart_is_drawn_on_the_screen_on_a_clear_ground(name: str, look: Look) -> None:
    draw, data, width, height = ALL[name]()
    shown = picture(draw, data, look, width / 25.4 * 96, height / 25.4 * 96, 2.0)
    opacity = shown.pixels[3::4]
    assert min(opacity) == 0
    assert max(opacity) == 255
    assert 0.003 < sum(opacity) / 255 / len(opacity) < 0.9


@pytest.mark.parametrize("name", ALL)
def test_screen_and_page_say_the_same(name: str) -> None:
    draw, data, width, height = ALL[name]()
    figure = gate.new_figure(width, height)
    draw(figure, data, DOCUMENT)
    assert sorted(words_of(figure)) == sorted(p.text for p in on_page(draw, data, width, height).placed)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_chart_text_is_verbatim(name: str, hostile: str) -> None:
    draw, data, width, height = ALL[name](hostile)
    assert hostile in [p.text for p in on_page(draw, data, width, height).placed]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("width", "height"), [(60, 40), (120, 70), (300, 120)])
def test_a_chart_fits_any_room(name: str, width: float, height: float) -> None:
    draw, data, _, _ = ALL[name]()
    figure = gate.new_figure(width, height)
    spots = draw(figure, data, LIGHT)
    importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg(figure).draw()
    assert spots


@pytest.mark.parametrize("name", ALL)
def test_every_spot_lies_on_the_figure_and_says_something(name: str) -> None:
    draw, data, width, height = ALL[name]()
    for spot in draw(gate.new_figure(width, height), data, DOCUMENT):
        assert spot.says.strip()
        assert -0.03 <= spot.x <= spot.x + spot.width <= 1.03
        assert -0.03 <= spot.y <= spot.y + spot.height <= 1.03
        assert spot.holds(spot.x + spot.width / 2, spot.y + spot.height / 2)


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_show_is_no_error(name: str) -> None:
    draw, data = EMPTY[name]
    document = on_page(draw, data, 150, 74)
    assert document.faults() == []


def test_a_figure_holds_nothing_of_the_partner_before() -> None:
    draw, first, width, height = waterfall("Borealis only")
    figure = gate.new_figure(width, height)
    draw(figure, first, DOCUMENT)
    draw(figure, waterfall("Helios only")[1], DOCUMENT)
    assert "Helios only" in words_of(figure)
    assert "Borealis only" not in words_of(figure)


def test_a_customer_in_another_script_is_drawn_on_screen_and_page() -> None:
    draw, data, width, height = ALL["timeline"]("ქართული 84k")
    figure = gate.new_figure(width, height, dpi=96)
    draw(figure, data, LIGHT)
    importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg(figure).draw()
    assert "ქართული 84k" in [p.text for p in on_page(draw, data, width, height).placed]


def test_a_character_without_a_font_is_refused_on_the_page() -> None:
    draw, data, width, height = ALL["months"]("\U000e1234")
    with pytest.raises(Refused, match="U\\+E1234"):
        on_page(draw, data, width, height)


# What the single charts say


def bars_of(sample: Sample) -> dict[str, charts.Spot]:
    draw, data, width, height = sample
    return {spot.says: spot for spot in draw(gate.new_figure(width, height), data, DOCUMENT)}


def test_the_run_of_the_waterfall_ties() -> None:
    bars = bars_of(waterfall())
    opening, earned = bars["Opening 18,400.00"], bars["Earned +44,500.00"]
    paid, closing = bars["Paid −31,300.00"], bars["Closing 29,225.00"]
    assert earned.y + earned.height == pytest.approx(opening.y, abs=0.002)  # starts where the opening ends
    assert paid.y + paid.height == pytest.approx(closing.y, abs=0.002)  # ends where the closing ends
    assert opening.y + opening.height == pytest.approx(closing.y + closing.height)  # both on zero
    assert earned.height / paid.height == pytest.approx(44500 / 31300, rel=0.01)


def test_a_transfer_hangs_beside_the_run_and_does_not_move_it() -> None:
    bars = bars_of(waterfall())
    assert bars["To held 19,125.00"].y == pytest.approx(bars["Earned +44,500.00"].y, abs=0.002)
    assert bars["Clawed back −2,700.00"].y == pytest.approx(bars["Earned +44,500.00"].y, abs=0.002)


def test_a_negative_closing_hangs_below_zero_with_its_amount_below() -> None:
    steps = (
        charts.Step("Opening", D(0), "balance", "0.00"),
        charts.Step("Clawed back", D(-2000), "taken", "−2,000.00"),
        charts.Step("Closing", D(-2000), "balance", "−2,000.00", held=D(0)),
    )
    document = on_page(charts.earnings_waterfall, charts.Waterfall(steps), 158, 74)
    amounts = [p for p in document.placed if p.text == "−2,000.00"]
    names = [p for p in document.placed if p.text in ("Clawed back", "Closing")]
    assert len(amounts) == 2
    assert max(a.bottom for a in amounts) < min(n.top for n in names)
    assert document.faults() == []


def test_large_amounts_shrink_then_shorten_but_never_touch() -> None:
    steps = tuple(
        charts.Step(f"Step {n}", D(10) ** 12 * n, "earned", f"+{n},000,000,000,000.00", f"+{n},000bn")
        for n in range(1, 10)
    )
    document = on_page(charts.earnings_waterfall, charts.Waterfall(steps), 158, 74)
    assert "+1,000bn" in [p.text for p in document.placed]
    assert document.faults() == []


def test_both_panels_of_the_outlook_have_one_scale() -> None:
    bars = bars_of(ALL["outlook"]())
    assert bars["Oct Earned: 21"].height == pytest.approx(bars["Oct Payable: 21"].height)
    assert bars["Nov Earned: 61"].height / bars["Nov Earned: 24"].height == pytest.approx(61 / 24, rel=0.01)


def test_equal_amounts_of_both_runs_are_said_once() -> None:
    series = (charts.OutlookSeries("Earned", (D(5),), (D(5),), ("5",), ("5",)),)
    data = charts.Outlook((charts.OutlookMonth("Oct"),), series, "closed", "scheduled", "if all")
    document = on_page(charts.monthly_outlook, data, 150, 60)
    assert [p.text for p in document.placed].count("5") == 1


def test_the_area_of_a_circle_is_its_value() -> None:
    draw, data, width, height = ALL["timeline"]()
    large, small = draw(gate.new_figure(width, height), data, DOCUMENT)
    assert (large.width / small.width) ** 2 == pytest.approx(84 / 60, rel=0.01)


def test_labels_that_find_no_place_are_left_out_rather_than_written_over_others() -> None:
    _, data, width, height = ALL["timeline"]()
    dots = tuple(
        charts.RenewalDot(data.dots[0].day, D(50 + n), 0, "open", f"Customer number {n} 84k", "14 Dec")
        for n in range(30)
    )
    crowded = charts.Timeline(data.first, data.last, data.today, "today", (), ("Notice ahead",), dots)
    document = on_page(charts.renewal_timeline, crowded, width, height)
    assert document.faults() == []
    assert 0 < sum(p.text.startswith("Customer") for p in document.placed) < 30


def test_the_next_tier_keeps_its_name_where_floors_crowd() -> None:
    tiers = tuple(charts.Tier(f"Tier with a long name {n}", 70 + n, n == 4) for n in range(8))
    data = charts.Bullets("Composite", "", 60, "60.0", tiers, ())
    document = on_page(charts.score_bullets, data, 166, 40)
    assert "Tier with a long name 4" in [p.text for p in document.placed]
    assert document.faults() == []


def test_the_key_of_a_narrow_chart_ends_inside_it() -> None:
    months = (charts.OutlookMonth("Nov", "2026"), charts.OutlookMonth("Dec"))
    series = (charts.OutlookSeries("Payable", (D(1), D(2)), (D(2), D(3)), ("1", "2"), ("2", "3")),)
    data = charts.Outlook(months, series, "actual", "scheduled", "if all dated deals and renewals close")
    figure = gate.new_figure(45, 40)
    charts.monthly_outlook(figure, data, LIGHT)
    (shortened,) = [text for text in words_of(figure) if text.startswith("if all")]
    assert shortened.endswith("…") and len(shortened) > len("if all…")


def test_two_numbers_beside_each_other_never_read_as_one() -> None:
    figure = gate.new_figure(60, 8)
    plot = charts_plot.Plot(figure, LIGHT)
    room = charts_room.Room(60, 8, [(0, 0, 60, 2), (0, 6, 60, 8), (29.4, 0, 30.6, 8), (35.2, 0, 60, 8)])
    for number, x in (("4", 30.0), ("6", 36.0)):
        charts_room.put_number(plot, room, number, (x, 4.0), 0.8, 3.5)
    boxes = sorted(room.texts)
    assert len(boxes) == 2 and boxes[1][0] - boxes[0][2] >= 1.5
