"""The fan: what is named stands apart from the names of the periods."""

from typing import Any

from partnerdesk.reports import gate
from partnerdesk.reports.charts.fan import Fan, FanBand, FanPoint, earned_fan
from partnerdesk.reports.look import LIGHT


def test_a_last_amount_that_fell_to_zero_is_named_above_the_axis() -> None:
    band = FanBand("Nov", "", (0, 1, 2, 3, 4), ("a", "b", "c", "d", "e"))
    points = (FanPoint("Sep", "2026", 5, "five"), FanPoint("Oct", "", 0, "nought"))
    figure: Any = gate.new_figure(170, 56)
    earned_fan(figure, Fan(points, (band, band), ((0, "0"), (5, "5k"))), LIGHT)
    heights = {text.get_text(): text.get_position()[1] for text in figure.texts}
    assert heights["nought"] < heights["Oct"] - 5
