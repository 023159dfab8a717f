"""What holds of every difference, on random worlds that are changed at random."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.difference import Difference, Side, difference, explained_difference
from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.replay import replay
from tests.engine import worlds

ZERO = Decimal(0)


def changed(draw: random.Random, facts: Facts) -> Facts:
    """Some rows gone, some with other amounts or days, some of another world under names of their own."""
    others = worlds.facts(draw)
    found = {}
    for kind, rows in facts.rows.items():
        kept = [_changed(draw, row) for row in rows if kind == "partner" or draw.random() > 0.1]
        if kind not in ("partner", "customer", "exchange_rate"):
            kept += [replace(row, id=f"{row.id}n") for row in others.of(kind) if draw.random() < 0.2]
        found[kind] = tuple(kept)
    return Facts(found)


def _changed(draw: random.Random, row: Any) -> Any:
    for name in ("amount", "rate"):
        if getattr(row, name, None) is not None and draw.random() < 0.15:
            return replace(row, **{name: getattr(row, name) * Decimal("1.25")})
    return row


@pytest.fixture(params=range(6), ids=lambda n: f"seed {n}")
def sides(request: pytest.FixtureRequest) -> tuple[Side, Side]:
    draw = random.Random(request.param)
    facts = worlds.facts(draw)
    first = Side(tuple(worlds.early_change(draw)), facts, worlds.day(draw, last=worlds.AS_OF))
    return first, Side(tuple(worlds.early_change(draw)), changed(draw, facts), worlds.AS_OF)


def balance(side: Side, partner: str) -> Decimal:
    outcome = evaluate(side.programs, side.facts, side.as_of, partners=[partner]).partners[partner]
    return sum((entry.amount for entry in outcome.entries), ZERO)


def differing(before: Facts, after: Facts) -> set[tuple[str, str]]:
    rows = [{(kind, row.id): row for kind, row in facts} for facts in (before, after)]
    return {key for key in {*rows[0], *rows[1]} if rows[0].get(key) != rows[1].get(key)}


def test_causes_explain_all_of_it_and_name_only_what_differs(sides: tuple[Side, Side]) -> None:
    rows, seen = differing(sides[0].facts, sides[1].facts), 0
    for partner in ("A", "B"):
        found = difference(*sides, partner)
        assert (found.start, found.end) == (balance(sides[0], partner), balance(sides[1], partner))
        assert found.residual == ZERO
        assert sum((step.amount for step in found.steps), ZERO) == found.total == found.end - found.start
        for step in found.steps:
            assert sum((part.amount for part in step.parts), ZERO) == step.amount
            for part in step.parts:
                assert sum((line.amount for line in part.lines), ZERO) == part.amount
                assert {(row.kind, row.id) for row in part.rows} <= rows
                assert all(line.after - line.before == line.amount for line in part.lines)
        seen += len(found.steps)
    assert seen > 2


def test_the_way_back_is_the_negative(sides: tuple[Side, Side]) -> None:
    for partner in ("A", "B"):
        there, back = difference(*sides, partner), difference(*sides[::-1], partner)
        assert (back.start, back.end, back.total) == (there.end, there.start, -there.total)
        assert back.residual == ZERO


def test_a_side_does_not_differ_from_itself(sides: tuple[Side, Side]) -> None:
    draw = random.Random(1)
    for side in sides:
        turned = Facts({kind: tuple(draw.sample(rows, len(rows))) for kind, rows in side.facts.rows.items()})
        found = difference(side, replace(side, facts=turned, programs=side.programs[::-1]), "A")
        assert (found.steps, found.total, found.idle) == ((), ZERO, 0)


def test_figures_say_the_same_and_replay(sides: tuple[Side, Side]) -> None:
    plain, traced = difference(*sides, "A"), explained_difference(*sides, "A")
    assert [step.cause for step in plain.steps] == [step.cause for step in traced.steps]
    assert _values(plain) == [figure.value for figure in _values(traced)]
    assert _values(plain) == [replay(figure) for figure in _values(traced)]


def _values(found: Difference[Any]) -> list[Any]:
    whole = [found.start, found.end, found.total, found.residual]
    return whole + [n for s in found.steps for n in (s.amount, *(line.amount for p in s.parts for line in p.lines))]
