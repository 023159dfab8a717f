"""What holds for every vesting, clawback and settlement rule: random rules on random worlds."""

import random
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.outcome.record import canonical
from partnerdesk.engine.rules import Program
from partnerdesk.engine.rules.timing import CAUSES, SHAPES, VESTS_AT
from partnerdesk.engine.whole import Outcome
from tests.engine import worlds
from tests.engine.cases import program, views

ZERO = Decimal(0)
TRIGGERS = ("deal won", "contract started", "payment received")
METRIC = '[metric.revenue]\nsays = "Revenue"\nof = "deal"\nwhere = { status = "won" }\n'


def plan(draw: random.Random) -> str:
    """A program of three earnings with random vesting and clawback, a holdback, and a random settlement."""
    parts = [METRIC]
    for name, on in zip("abc", TRIGGERS, strict=True):
        base = "recurring" if on == "contract started" else "amount"
        parts.append(
            f'[earning.{name}]\nsays = "{name}"\ntype = "{name.upper()}"\non = "{on}"\nbase = "{base}"\nrate = 0.07'
        )
        parts.append(f"vests = [{', '.join(vests(draw))}]")
        parts.append(f"clawback = [{', '.join(clawback(draw) for _ in range(draw.randrange(1, 4)))}]")
    parts.append('[holdback.h]\nof = ["a", "b"]\nshare = 0.1\nrelease_after = 2\nrelease_unit = "month"')
    parts.append(f'[rounding]\npoint = "{draw.choice(("line", "total"))}"\nmode = "{draw.choice(("half-up", "down"))}"')
    exchange_days = ("event", "month start", "quarter start", "year start")
    parts.append(f'[exchange]\nday = "{draw.choice(exchange_days)}"')
    return "\n".join([*parts, settlement(draw)])


def vests(draw: random.Random) -> list[str]:
    shares = draw.choice((["1"], ["0.5", "0.5"], ["0.25", "0.35", "0.4"]))
    return [f"{{ share = {share}, {', '.join(vest(draw))} }}" for share in shares]


def vest(draw: random.Random) -> list[str]:
    words = [f'at = "{draw.choice(VESTS_AT)}"', f'otherwise = "{draw.choice(("forfeit", "release"))}"']
    options = (
        f"after_months = {draw.randrange(4)}",
        f"after_days = {draw.randrange(40)}",
        f"parts = {draw.randrange(1, 4)}",
        f"within_months = {draw.randrange(1, 9)}",
        "if_active = true",
        'when = { metric = "revenue", at_least = 20_000 }',
    )
    return words + [option for option in options if draw.random() < 0.3]


def clawback(draw: random.Random) -> str:
    shape = draw.choice(SHAPES)
    words = [f'if = "{draw.choice(CAUSES)}"', f'shape = "{shape}"', f"share = {draw.choice(('1', '0.5', '0.333'))}"]
    window = draw.choice((f"within_months = {draw.randrange(3, 15)}", f"within_days = {draw.randrange(60, 400)}"))
    if shape == "linear" or draw.random() < 0.7:
        words.append(window)
    if shape == "steps":
        words.append("steps = [{ share = 1 }, { from_days = 40, share = 0.37 }, { from_days = 200, share = 0 }]")
    elif draw.random() < 0.3:
        words.append("full_days = 20")
    return f"{{ {', '.join(words)} }}"


def settlement(draw: random.Random) -> str:
    words = [
        f'every = "{draw.choice(("half-month", "month", "quarter"))}"',
        f"cut_days = {draw.randrange(3)}",
        f"pays_after_months = {draw.randrange(3)}",
        f"minimum = {draw.choice((0, 100, 1000))}",
        f'minimum_is = "{draw.choice(("at least", "above"))}"',
        f'negative = "{draw.choice(("net", "next period", "invoice"))}"',
    ]
    if draw.random() < 0.5:
        share = draw.choice(("1", "0.5"))
        words.append(f"draw = {{ amount = 1500, recover_share = {share}, months = 12 }}")
    else:
        words.append('each = "type"')
    return "[settlement]\n" + "\n".join(words)


@pytest.fixture(params=range(24), ids=lambda n: f"seed {n}")
def case(request: pytest.FixtureRequest) -> tuple[list[Program], Facts]:
    draw = random.Random(request.param)
    return [program(plan(draw))], worlds.facts(draw)


def outcomes(case: tuple[list[Program], Facts]) -> Sequence[Outcome]:
    return tuple(evaluate(*case, worlds.AS_OF).partners.values())


def test_both_modes_agree_and_every_figure_replays(case: tuple[list[Program], Facts]) -> None:
    programs, facts = case
    plain = evaluate(programs, facts, worlds.AS_OF).partners["A"]
    traced = explain(programs, facts, worlds.AS_OF, partners=["A"]).partners["A"]
    for where, value, figure in views(plain, traced):
        assert figure.value == value == replay(figure), where


def test_no_line_loses_more_than_it_earned_and_nothing_is_held_twice(case: tuple[list[Program], Facts]) -> None:
    for outcome in outcomes(case):
        total: dict[str, Decimal] = defaultdict(lambda: ZERO)
        held: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            total[entry.line] += entry.amount
            held[entry.line] += entry.amount if entry.bucket == "held" else ZERO
            assert held[entry.line] >= 0, entry
        for line in outcome.lines:
            assert ZERO <= total[line.id] <= line.amount, line.id
            assert sum((r.amount for r in outcome.at_risk.get(line.id, ())[:1]), ZERO) <= total[line.id] + 0


def test_statements_tie(case: tuple[list[Program], Facts]) -> None:
    for outcome in outcomes(case):
        for statement in outcome.statements.values():
            assert [c for c in statement.checks if not c.is_ok] == []
            assert statement.row("closing").held == sum((h.remaining for h in statement.held), ZERO)


def test_what_comes_into_a_payout_goes_somewhere(case: tuple[list[Program], Facts]) -> None:
    for outcome in outcomes(case):
        carried: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for p in outcome.payouts.values():
            assert p.carried_in + p.moved + p.advanced - p.recovered == p.paid + p.carried - p.invoiced + p.lost, p.key
            assert p.carried_in == carried[p.type], p.key
            assert min(p.paid, p.invoiced, p.owed, p.advanced, p.recovered) >= 0, p.key
            carried[p.type] = p.carried


def test_the_order_of_facts_never_matters(case: tuple[list[Program], Facts]) -> None:
    programs, facts = case
    turned = Facts({kind: rows[::-1] for kind, rows in facts.rows.items()})

    def text(found: Facts) -> bytes:
        everything: list[Any] = [
            (o.lines, o.entries, o.payouts, o.at_risk)
            for o in evaluate(programs, found, worlds.AS_OF).partners.values()
        ]
        return canonical(everything)

    assert text(turned) == text(facts)
