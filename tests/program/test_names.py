"""Names that are taken already are warned of, with the line and a free one."""

import pytest

from partnerdesk.program.reader import read_program
from tests.programs.test_programs import FOLDERS, versions

HEAD = 'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n'
METRIC = '[metric.{}]\nsays = "M"\nof = "deal"\n'
EARNING = '[earning.{}]\nsays = "E"\ntype = "E"\non = "deal won"\namount = 5\n'
CATEGORY = """
[[score.parts]]
says = "{}"
weight = 100
parts = [{{ metric = "won", weight = 100, scale = [{{ at = 0, points = 0 }}, {{ at = 9, points = 100 }}] }}]
"""


@pytest.mark.parametrize(
    ("text", "place", "said", "remedy"),
    [
        (METRIC.format("score"), "line 4, metric.score", "never this metric", "score_metric"),
        (METRIC.format("payout"), "line 4, metric.payout", "never this metric", "payout_metric"),
        (METRIC.format("closing"), "line 4, metric.closing", "never the statement's row", "closing_metric"),
        (EARNING.format("fund"), "line 4, earning.fund", "called fund:", "fund_pay"),
        (METRIC.format("score") + METRIC.format("score_metric"), "line 4, metric.score", "never", "score_metric_"),
        (METRIC.format("won") + CATEGORY.format("won"), "score.parts", "both called won", "Rename the category"),
    ],
)
def test_a_name_that_is_taken_is_warned_of(text: str, place: str, said: str, remedy: str) -> None:
    read = read_program(HEAD + text, "p.toml")
    assert read.program is not None
    (found,) = [p for p in read.problems if said in p.message]
    assert found.warning and place in found.place and found.place.startswith("p.toml") and remedy in found.remedy


def test_a_name_of_its_own_is_not() -> None:
    text = METRIC.format("won") + CATEGORY.format("Sales") + EARNING.format("bonus")
    assert not [p for p in read_program(HEAD + text, "p.toml").problems if "called" in p.message]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_published_programs_take_no_such_name(folder: object) -> None:
    from partnerdesk.program.lint.names import names

    assert [found for program in versions(folder) for found in names(program)] == []  # type: ignore[arg-type]
