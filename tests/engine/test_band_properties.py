"""Marginal bands that go on, at random: more never earns less, and however a sum is cut it earns the same."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from partnerdesk.engine.facts import Transaction
from tests.engine.test_earning_bands import pays

EXACT = "[rounding]\ndecimals = 9\n"


def bands(draw: random.Random) -> str:
    """Two to four bands of any rates, which may fall, and amounts that only rise."""
    floors = [0, *sorted(draw.sample(range(10, 400), draw.randint(1, 3)))]
    rates = [draw.choice((0, "0.01", "0.05", "0.2")) for _ in floors]
    has_amounts = draw.random() < 0.3
    amounts = sorted(draw.randrange(0, 30) for _ in floors) if has_amounts else [0] * len(floors)
    steps = [f"{{ from = {f}, rate = {r}, amount = {a} }}" for f, r, a in zip(floors, rates, amounts, strict=True)]
    each = draw.choice(("", ', each = "customer"'))
    over = draw.choice(("quarter", "year", "ever"))
    edge = draw.choice(("from", "above"))
    return f'bands = "marginal", over = "{over}"{each}, edge = "{edge}", steps = [{", ".join(steps)}]'


def invoices(draw: random.Random) -> list[Transaction]:
    days = [date(2026, 1, 1) + timedelta(days=draw.randrange(200)) for _ in range(draw.randint(2, 6))]
    return [
        Transaction(
            id=f"i{n}",
            partner="A",
            kind="invoice",
            day=day,
            amount=D(draw.randrange(1, 20_000)) / 100,
            customer=draw.choice(("C1", "C2")),
        )
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_marginal_bands_are_indifferent_to_splitting_and_never_pay_less_for_more(seed: int) -> None:
    draw = random.Random(seed)
    text, rows = bands(draw), invoices(draw)
    whole = sum(pays(text, *rows, head=EXACT))
    one = draw.choice(rows)
    others, amount = [row for row in rows if row is not one], one.amount or D(0)
    part = (amount * D(draw.randrange(1, 100)) / 100).quantize(D("0.01"))
    halves = [replace(one, id="first", amount=part), replace(one, id="second", amount=amount - part)]
    assert sum(pays(text, *others, *halves, head=EXACT)) == whole
    more = replace(one, amount=amount + D(draw.randrange(1, 30_000)) / 100)
    assert sum(pays(text, *others, more, head=EXACT)) >= whole
