"""What always holds, on random worlds under the sample's program in two versions (`design`: the heart, section 7)."""

import random
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Deal, Facts
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.outcome.record import canonical
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Evaluation
from tests.engine import worlds
from tests.engine.cases import views

SEEDS = range(6)
ZERO = Decimal(0)


@pytest.fixture(params=SEEDS, ids=lambda n: f"seed {n}")
def world(request: pytest.FixtureRequest) -> tuple[list[Any], Facts]:
    draw = random.Random(request.param)
    return worlds.early_change(draw), worlds.facts(draw)


def test_both_modes_agree_and_every_figure_replays(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    plain = evaluate(programs, facts, worlds.AS_OF).partners
    traced = explain(programs, facts, worlds.AS_OF).partners
    seen = 0
    for partner, outcome in traced.items():
        for where, value, figure in views(plain[partner], outcome):
            assert figure.value == value, where
            assert replay(figure) == value, where
            seen += 1
    assert seen > 1000


def text(found: Evaluation[Decimal]) -> bytes:
    """Everything of an evaluation as one text."""
    return canonical(
        {id: (o.lines, o.entries, o.scores, o.standings, o.statements) for id, o in found.partners.items()}
    )


def test_the_order_of_facts_never_matters(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    before = text(evaluate(programs, facts, worlds.AS_OF))
    draw = random.Random(7)
    turned = {kind: tuple(draw.sample(rows, len(rows))) for kind, rows in facts.rows.items()}
    assert text(evaluate(programs[::-1], Facts(turned), worlds.AS_OF)) == before


def test_statements_tie(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    for outcome in evaluate(programs, facts, worlds.AS_OF).partners.values():
        held = payable = ZERO
        for statement in outcome.statements.values():
            opening, closing = statement.row("opening"), statement.row("closing")
            assert (opening.held, opening.payable) == (held, payable), statement.period
            moved = [r for r in statement.rows if r.key not in ("opening", "closing")]
            assert opening.total + sum((r.total for r in moved), ZERO) == closing.total
            assert all(r.total == 0 for r in moved if r.transfer)
            assert all(r.held + r.payable == r.total for r in statement.rows)
            assert closing.held == sum((h.remaining for h in statement.held), ZERO)
            assert [c for c in statement.checks if not c.is_ok] == []
            held, payable = closing.held, closing.payable


def test_nothing_is_taken_beyond_what_was_earned(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    for outcome in evaluate(programs, facts, worlds.AS_OF).partners.values():
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        held: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            if entry.line:
                sums[entry.line] += entry.amount
                held[entry.line] += entry.amount if entry.bucket == "held" else ZERO
                assert held[entry.line] >= 0, entry
        for line in outcome.lines:
            assert ZERO <= sums[line.id] <= max(line.amount, ZERO), line.id


def test_caps_never_raise_and_nets_never_lower(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    bare = [replace(p, cap={}, safety_net={}) for p in programs]
    with_limits = evaluate(programs, facts, worlds.AS_OF).partners
    for partner, outcome in evaluate(bare, facts, worlds.AS_OF).partners.items():
        free = {line.id: line.amount for line in outcome.lines}
        for line in with_limits[partner].lines:
            assert line.amount <= free[line.id] if line.type != "TOPUP" else line.amount > 0


def test_reversing_a_fact_restores_every_number(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    before = text(evaluate(programs, facts, worlds.AS_OF))
    extra = Deal(id="ZZ", partner="A", customer="C1", status="won", closed=worlds.START, amount=Decimal("12345.67"))
    more = Facts({**facts.rows, "deal": (*facts.of("deal"), extra)})
    assert text(evaluate(programs, more, worlds.AS_OF)) != before
    less = Facts({**more.rows, "deal": tuple(d for d in more.of("deal") if d.id != "ZZ")})
    assert text(evaluate(programs, less, worlds.AS_OF)) == before


def test_splitting_a_deal_never_changes_marginal_pay(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    for deal in [d for d in facts.of("deal") if d.status == "won" and d.kind in ("expansion", "upsell")]:
        half = (deal.amount / 2).quantize(Decimal("0.01"))
        parts = (replace(deal, amount=half), replace(deal, id=deal.id + "x", amount=deal.amount - half))
        split = Facts({**facts.rows, "deal": tuple(d for d in facts.of("deal") if d.id != deal.id) + parts})
        whole = _expansion(programs, facts, deal.partner)
        apart = _expansion(programs, split, deal.partner)
        if not facts.of("credit") or all(c.deal != deal.id for c in facts.of("credit")):
            assert abs(whole - apart) <= Decimal("0.05"), "only the rounding of one more line may differ"


def _expansion(programs: list[Any], facts: Facts, partner: str) -> Decimal:
    bare = [replace(p, cap={}) for p in programs]
    lines = evaluate(bare, facts, worlds.AS_OF, partners=[partner]).partners[partner].lines
    return sum((line.amount for line in lines if line.type == "EXPANSION"), ZERO)


def test_posted_and_true_up_give_what_is_recomputed(world: tuple[list[Any], Facts]) -> None:
    programs, facts = world
    first = evaluate(programs, facts, worlds.AS_OF).partners["A"]
    labels = [label for label, s in first.statements.items() if s.period.end < worlds.AS_OF]
    closed = [first.statements[label] for label in labels[: len(labels) // 2]]
    if not closed:
        return
    posted = Posted(closed[-1].period.end, tuple(e for s in closed for e in s.entries))
    late = Deal(id="LATE", partner="A", customer="C2", status="won", closed=worlds.START, amount=Decimal("9999.99"))
    changed = Facts({**facts.rows, "deal": (*facts.of("deal"), late)})
    fresh = evaluate(programs, changed, worlds.AS_OF).partners["A"]
    found = evaluate(programs, changed, worlds.AS_OF, posted={"A": posted}).partners["A"]
    for statement in closed:
        assert found.statements[statement.period.label].entries == statement.entries
    last = list(found.statements)[-1]
    assert found.statements[last].row("closing").total == fresh.statements[last].row("closing").total
    assert found.statements[last].row("closing").held == fresh.statements[last].row("closing").held
    again = [
        s for s in found.statements.values() if s.period.end <= closed[-1].period.end or s.period.end < worlds.AS_OF
    ]
    reposted = Posted(again[-1].period.end, tuple(e for s in again for e in s.entries))
    twice = evaluate(programs, changed, worlds.AS_OF, posted={"A": reposted}).partners["A"]
    assert twice.statements[last].row("trueup").total == 0, "a difference arrives once"
