"""Why any figure is what it is: its value, its rule, its sentence, and the period before."""

from datetime import date

import pytest

from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.trace import name
from partnerdesk.errors import Refused
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.why import Why, why
from partnerdesk.store import Store

DAY = date(2026, 11, 19)


@pytest.fixture(scope="module")
def asked(sample: Store) -> dict[str, Why]:
    """One figure of every kind."""
    found = sample.read(outcome, "P-13", DAY)
    line = found.statements["2026-09"].lines[0]
    entry = next(e for e in found.statements["2026-09"].entries if e.kind == "payment")
    names = [
        name("score", "2026Q3"),
        name("measured", "renewal_rate", "2026Q3"),
        name("points", "renewal_rate", "2026Q3"),
        name("adds", "renewal_rate", "2026Q3"),
        name("need", "certified_people", "2026Q3"),
        name("short", "2026Q3"),
        name("row", "closing", "held", "2026-09"),
        f"line|{line.id}",
        f"entry|{entry.id}",
    ]
    return {named: sample.read(why, "P-13", named, DAY) for named in names}


def test_the_value_is_the_one_of_the_evaluation(asked: dict[str, Why], sample: Store) -> None:
    found = sample.read(outcome, "P-13", DAY)
    score = found.scores["2026Q3"]
    part = next(c for c in score.components if c.metric == "renewal_rate")
    assert asked[name("score", "2026Q3")].figure.value == score.total
    assert asked[name("measured", "renewal_rate", "2026Q3")].figure.value == part.measured
    assert asked[name("points", "renewal_rate", "2026Q3")].figure.value == part.points
    assert asked[name("adds", "renewal_rate", "2026Q3")].figure.value == part.adds
    closing = asked[name("row", "closing", "held", "2026-09")]
    assert closing.figure.value == found.statements["2026-09"].row("closing").held
    line = found.statements["2026-09"].lines[0]
    assert asked[f"line|{line.id}"].figure.value == line.amount


def test_replayed_it_gives_the_same_number(asked: dict[str, Why]) -> None:
    for named, found in asked.items():
        assert replay(found.figure) == found.figure.value, named


def test_everybody_hears_a_sentence_and_whose_number_it_is(asked: dict[str, Why]) -> None:
    for named, found in asked.items():
        assert found.partner_name == "Brindlemoor Systems"
        is_row = named.startswith("row|")  # a row of the statement is explained by its label and formula alone
        assert found.sentence or found.rule_sentence or (is_row and found.figure.label), named


def test_the_rule_is_named_with_its_version_and_words(asked: dict[str, Why]) -> None:
    score = asked[name("score", "2026Q3")]
    assert score.rule is not None
    assert (score.rule.reference, score.rule.version) == ("SC-01", "2026.2")
    assert score.rule_sentence.startswith("Each quarter the score adds up to 100 points")
    line = next(found for named, found in asked.items() if named.startswith("line|"))
    assert line.rule is not None
    assert line.rule_sentence


def test_a_number_of_a_period_knows_the_one_before(asked: dict[str, Why], sample: Store) -> None:
    scores = sample.read(outcome, "P-13", DAY).scores
    score = asked[name("score", "2026Q3")]
    assert (score.period, score.previous_label, score.previous) == ("2026Q3", "2026Q2", scores["2026Q2"].total)
    closing = asked[name("row", "closing", "held", "2026-09")]
    assert closing.previous_label == "2026-08"


def test_lines_and_entries_have_no_period_before(asked: dict[str, Why]) -> None:
    for named, found in asked.items():
        if named.startswith(("line|", "entry|")):
            assert (found.period, found.previous_label, found.previous) == ("", "", None)


@pytest.mark.parametrize("named", ["score|1999Q1", "line|nothing", "held|x|2026-09"])
def test_what_is_not_there_is_refused_in_a_sentence(sample: Store, named: str) -> None:
    with pytest.raises(Refused, match="This number is not evaluated"):
        sample.read(why, "P-13", named, DAY)
