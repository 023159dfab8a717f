"""What is read column by column for a whole book is what is read row by row for one partner."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, ExchangeRate, Facts, Partner
from partnerdesk.engine.metrics.plain_sums import plain_sums
from partnerdesk.engine.terms.measured import Measured, Plain
from partnerdesk.engine.terms.window_cuts import Cuts
from partnerdesk.engine.world import columns as columns_module
from partnerdesk.engine.world.columns import Columns
from partnerdesk.engine.world.index import Index
from tests.engine.cases import program

AS_OF = date(2022, 8, 20)
TEXT = """
currency = "EUR"
statements = "month"
[metric.won]
says = "Won"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
window = "period"
[metric.all]
says = "All"
of = "deal"
take = "sum"
value = "amount"
day = "registered"
window = "2 quarters before"
[metric.large]
says = "Large"
of = "deal"
where = { amount.above = 500 }
take = "sum"
value = "amount"
day = "closed"
window = "year to date"
[earning.it]
says = "It"
type = "BONUS"
on = "period end"
every = "quarter"
base = { metric = "won" }
rate = 0.03
"""


def _deals(seed: int, mixed: str) -> Facts:
    """Deals of three partners, in no order where `mixed` says so, some on one day; and with what else it names."""
    draw, rows = random.Random(seed), []
    for i in range(90):
        closed = date(2021, 1, 1) + timedelta(days=7 * i if mixed == "nothing" else draw.randrange(90) * 6)
        row = Deal(
            id=f"D{draw.randrange(10**6):06}-{i}",
            partner=f"P{i % 3}",
            status=draw.choice(("won", "lost", "open")) if mixed == "status" else "won",
            closed=None if mixed == "days" and draw.random() < 0.2 else closed,
            registered=closed - timedelta(days=40),
            amount=None if mixed == "amounts" and draw.random() < 0.2 else Decimal(draw.randrange(100, 99_999)) / 100,
            currency="USD" if mixed == "currencies" and draw.random() < 0.2 else "EUR",
        )
        rows.append(row)
    rate = ExchangeRate(id="R", table="ECB", day=date(2020, 1, 1), base="EUR", quote="USD", rate=Decimal("1.1"))
    named = tuple(Partner(id=f"P{n}", name=f"P{n}", currency="EUR") for n in range(4))
    return Facts({"partner": named, "deal": tuple(rows), "exchange_rate": (rate,)})


@pytest.mark.parametrize("mixed", ["nothing", "order", "status", "days", "amounts", "currencies"])
def test_a_book_at_once_gives_what_each_partner_gives_alone(mixed: str) -> None:
    rules = program(TEXT)
    for seed in range(6):
        facts = _deals(seed, mixed)
        whole = evaluate([rules], facts, AS_OF)
        for partner, found in whole.partners.items():
            alone = evaluate([rules], facts, AS_OF, partners=[partner]).partners[partner]
            assert repr((found.lines, found.entries, found.problems)) == repr(
                (alone.lines, alone.entries, alone.problems)
            )
            assert {k: repr(m) for k, m in found.metrics.items()} == {k: repr(m) for k, m in alone.metrics.items()}
        assert any(found.lines for found in whole.partners.values())


def test_columns_follow_the_rows_of_their_partner() -> None:
    facts = _deals(1, "amounts")
    columns = Columns(facts.of("deal"))
    for partner in ("P0", "P1", "P2"):
        own = [row for row in facts.of("deal") if row.partner == partner]
        assert columns.rows[partner] == own
        assert columns.of("amount")[partner] == [row.amount for row in own]
        assert columns.of("closed")[partner] == [row.closed for row in own]
    assert columns.values("currency") == {"EUR"}
    assert columns.types("amount") == {Decimal, type(None)}
    assert "P3" not in columns.rows


def test_equal_days_are_one_object() -> None:
    day = [date(2021, 1, 1), date(2021, 1, 1)]
    rows = [Deal(id=str(i), partner="P", closed=day[i]) for i in range(2)]
    first, second = Columns(rows).of("closed")["P"]
    assert first is second


def test_a_few_partners_are_read_row_by_row() -> None:
    facts = _deals(1, "nothing")
    assert Index(facts).columns("deal") is None
    assert Index(facts, is_whole=True).columns("deal") is not None
    assert Index(facts, is_whole=True).columns("exchange_rate") is None  # names no partner


def test_sums_of_plain_amounts_need_no_rows_by_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = property(lambda self: asked.append("rows") or {})  # type: ignore[func-returns-value]
    monkeypatch.setattr(Columns, "rows", rows)
    text = TEXT.partition("[metric.large]")[0] + "[earning.it]" + TEXT.partition("[earning.it]")[2]
    found = evaluate([program(text)], _deals(3, "nothing"), AS_OF)
    assert any(outcome.lines for outcome in found.partners.values())
    assert not asked


def test_a_stretch_between_two_cuts_is_added_once() -> None:
    days = [date(2021, 1, 1) + timedelta(days=i) for i in range(40)]
    facts = Plain(days, [Decimal(i) for i in range(40)], {})
    both = Cuts.of([("early", days[0], days[19]), ("late", days[10], days[29])])
    table: dict[object, Measured[Decimal]] = {}
    plain_sums(facts, both, table)
    assert {key: (one.value, one.counted) for key, one in table.items()} == {
        "early": (Decimal(190), 20),
        "late": (Decimal(390), 20),
    }
    facts.numbers.clear()  # nothing is added any more
    plain_sums(facts, both, table)
    assert table["early"].value == 190 and table["late"].value == 390


def test_what_is_read_ahead_is_what_is_read_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """In stretches, of which the last is not a whole one; and nothing is read twice."""
    monkeypatch.setattr(columns_module, "_STRETCH", 7)
    rows = _deals(2, "currencies").of("deal")
    ahead, asked = Columns(rows), Columns(rows)
    ahead.read(["partner", "closed", "amount"], ["currency"])
    ahead._rows = ()  # no row is looked at any more
    assert (ahead.of("closed"), ahead.of("amount")) == (asked.of("closed"), asked.of("amount"))
    assert ahead.values("currency") == asked.values("currency") == {"EUR", "USD"}
    assert ahead.types("closed") == asked.types("closed") == {date}
