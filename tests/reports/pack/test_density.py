"""A page of a pack carries at most two visuals and one table; page 8 and the appendix are lists by their nature."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from partnerdesk.reports.pack import compose
from partnerdesk.reports.page import Paper
from partnerdesk.reports.page.table import Laid
from tests.reports.pack.ahead_world import fan, pipeline
from tests.reports.pack.world import FORMATS, outlook, pack, score

LISTS = ("next", "appendix", "internal")
MATRIX = "pipeline"  # the open ground is drawn as a table and read as a picture


class Drawn:
    """How many charts and tables each page got."""

    def __init__(self) -> None:
        self.charts: Counter[int] = Counter()
        self.tables: Counter[int] = Counter()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    seen = Drawn()
    chart, table = Paper.chart, Laid.draw

    def count_chart(paper: Paper, *args: Any, **given: Any) -> float:
        seen.charts[paper.number] += 1
        return chart(paper, *args, **given)

    def count_table(laid: Laid, paper: Paper, x: float, top: float) -> float:
        seen.tables[paper.number] += 1
        return table(laid, paper, x, top)

    monkeypatch.setattr(Paper, "chart", count_chart)
    monkeypatch.setattr(Laid, "draw", count_table)
    yield seen


@pytest.mark.parametrize("ahead", ["two runs", "a range"])
def test_no_page_carries_more_than_two_visuals_and_a_table(drawn: Drawn, ahead: str) -> None:
    view = replace(outlook(), fan=fan()) if ahead == "a range" else outlook()
    made = compose(pack(outlook=view, pipeline=pipeline()), FORMATS)
    assert sum(drawn.charts.values()) >= 6 and sum(drawn.tables.values()) >= 6
    for number, key in enumerate(made.pages, start=1):
        funds = key == "outlook" and view.fund is not None  # a bar of shapes, no chart
        assert drawn.charts[number] + funds <= 2, key
        if key not in LISTS:
            assert drawn.tables[number] - (key == MATRIX) <= 1, key


def test_one_component_is_one_in_its_heading() -> None:
    alone = replace(score(), components=score().components[:1])
    made = compose(pack(score=alone), FORMATS)
    assert any(placed.text == "Score against the tiers, and its component" for placed in made.placed)
