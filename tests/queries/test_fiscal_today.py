"""Today, Partners and the list of deals count by the quarter of a program whose year begins on 1 February."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops.mail.previewing import mail_preview
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.partners.portfolio import portfolio
from partnerdesk.queries.pipeline.deal_list import deal_list
from partnerdesk.queries.today.ranked import today
from partnerdesk.reports.mail.text import REVIEW
from partnerdesk.store import Store
from tests.cli.evaluating import PROGRAM

JUNE = date(2026, 6, 15)
HEAD = 'fiscal_year_starts = "02-01"'
WEEKS = f'{HEAD}\nfiscal_weeks = {{ ends_on = "Saturday" }}'  # its second quarter is 3 May to 1 August 2026


def won(id: str, day: date, amount: int) -> Deal:
    return Deal(id=id, partner="P1", kind="new", status="won", closed=day, amount=Decimal(amount))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        yield store


@pytest.fixture(params=[(HEAD, date(2026, 5, 1), date(2026, 7, 31)), (WEEKS, date(2026, 5, 3), date(2026, 8, 1))])
def quarter(request: pytest.FixtureRequest, store: Store) -> tuple[date, date]:
    head, first, last = request.param
    store.transact(
        "Program", add_version, PROGRAM.replace("[metric.revenue]", f"{head}\n\n[metric.revenue]", 1), "fiscal.toml"
    )
    before = date.fromordinal(first.toordinal() - 1)
    after = date.fromordinal(last.toordinal() + 1)
    open_ones = [
        Deal(id=id, partner="P1", kind="new", status="open", expected_close=day, amount=Decimal(5))
        for id, day in (("O1", last), ("O2", after))
    ]
    rows = [Partner(id="P1", name="Alder"), won("D1", before, 10000), won("D2", first, 2000), won("D3", JUNE, 300)]
    rows += [won("D0", date(2025, 6, 1), 1000), *open_ones]
    store.transact("Facts", add_rows, rows)
    return first, last


def test_the_partner_list_counts_from_the_first_day_of_the_quarter(store: Store, quarter: tuple[date, date]) -> None:
    found = store.read(portfolio, JUNE)
    assert (found.quarter.label, found.quarter.start, found.quarter.end) == ("FY2027Q2", *quarter)
    assert found.rows[0].earned == Decimal("184.00")  # 8 % of what was won in it
    assert found.rows[0].earned_year == Decimal("984.00")


def test_the_tiles_of_today_are_of_the_fiscal_quarter(store: Store, quarter: tuple[date, date]) -> None:
    tiles = {tile.key: tile for tile in store.read(today, JUNE).tiles}
    assert tiles["revenue"].value == Decimal(2300)
    assert tiles["revenue"].change == Decimal("1.3")  # on 1,000 in the same quarter a year before
    assert tiles["earned"].value == Decimal("184.00")
    assert store.read(today, JUNE).won.deals == 2


def test_deals_that_close_this_quarter_are_those_of_the_fiscal_one(store: Store, quarter: tuple[date, date]) -> None:
    assert [row.id for row in store.read(deal_list, JUNE).rows if row.closes_this_quarter] == ["O1"]


def test_the_preview_of_a_mail_names_the_fiscal_quarter(store: Store, quarter: tuple[date, date]) -> None:
    found = store.read(mail_preview, REVIEW, "P1", "en", JUNE)
    assert found.text is not None and "Q2 FY2027" in f"{found.text}"
