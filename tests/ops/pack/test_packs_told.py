"""What a pack says of money: paid by its days, held by kind, lost of a fund day by day; of files, when they came."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Deal, FundEntry, Partner, Payment
from partnerdesk.ops.pack import pack_data
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.holds import place_hold
from partnerdesk.queries.imports import batches
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import write_pack
from partnerdesk.reports.pack.checks import check_pack
from partnerdesk.reports.pack.data import PackData
from partnerdesk.store import Store
from tests.files import bring, csv_file
from tests.ops.statements.test_changed_partner import PROGRAM, close
from tests.reports.page.reading import texts

D, DAY, FORMATS = Decimal, date(2026, 4, 20), Formats("en_GB")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A deal of January: 50 payable, 50 held until July. January is closed."""
    day = date(2026, 1, 5)
    deal = Deal(id="D", partner="P", status="won", closed=day, amount=D(1000))
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P", name="P Ltd", joined=day), deal], system="t")
        store.transact("Add", add_version, PROGRAM, "p.toml")
        close(store, "2026-01")
        yield store


def told(store: Store) -> PackData:
    made = store.read(pack_data, "P", "2026Q1", DAY)
    assert isinstance(made, PackData)
    assert not [p for p in check_pack(made, FORMATS) if not p.warning]
    return made


def test_what_was_learned_late_was_paid_in_the_quarter_and_is_no_correction(store: Store) -> None:
    late = Payment(id="L", partner="P", day=date(2026, 1, 20), amount=D(20), currency="EUR")
    store.transact("Pay", add_rows, [late], system="t")
    made = told(store)
    assert made.earnings is not None
    february = made.earnings.statements[1]
    assert (february.corrected, february.paid_late, february.paid, february.difference) == (0, -20, 0, 0)
    assert made.figures[-1].paid == 20
    assert "Paid before" in texts(write_pack(made, FORMATS))[1]


def test_what_a_hold_keeps_is_not_said_to_vest(store: Store) -> None:
    store.transact("Hold", place_hold, "P", reason="the invoice is disputed", day=date(2026, 3, 1), by="Ana")
    found = told(store).earnings
    assert found is not None
    assert (found.vesting, found.holdback, found.undated, found.kept) == (50, 50, 50, 50)
    said = texts(write_pack(told(store), FORMATS))[1]
    assert "vesting 50" in said and "holdback and other 50" in said


def test_each_part_of_a_fund_expires_on_its_own_day(store: Store) -> None:
    for id, amount, due in (("F1", 800, date(2026, 6, 30)), ("F2", 2000, date(2026, 9, 30))):
        day = date(2026, 2, 1)
        row = FundEntry(id=id, partner="P", fund="Launch", kind="allocation", day=day, amount=D(amount), due=due)
        store.transact("Give", add_rows, [row], system="t")
    made = told(store)
    assert made.outlook is not None and made.outlook.fund is not None
    assert made.outlook.fund.parts_left == ((800, date(2026, 6, 30)), (2000, date(2026, 9, 30)))
    said = " ".join(" ".join(texts(write_pack(made, FORMATS))).split())
    assert "expires 30 Jun" in said and "expires 30 Sep" in said


def test_a_file_was_received_when_it_was_imported(store: Store, tmp_path: Path) -> None:
    text = "Deal id,Partner id,Status,Closed,Amount,Currency\nX1,P,won,2026-02-03,100,EUR\n"
    batch = bring(store, csv_file(tmp_path, text, "deals.csv"), {"same": "book"}).batch
    at = next(row.at for row in store.read(batches) if row.id == batch)
    row = next(s for s in told(store).appendix.sources if s.name == "deals.csv")
    assert row.received == date.fromisoformat(str(at)[:10])


def test_what_was_earned_says_why_statements_have_another_amount(store: Store) -> None:
    assert told(store).figures[-1].stated is None
    store.transact("Correct", change_row, "deal", "D", {"amount": D(1000)}, amount=D(800))
    earned = told(store).figures[-1]
    assert (earned.value, earned.stated) == (80, 100)
    first, second = (" ".join(page.split()) for page in texts(write_pack(told(store), FORMATS))[:2])
    assert "100 on statements" in first
    assert "100.00 on statements as they were closed and 80.00 with what changed since" in second


def test_a_quarter_has_the_metrics_of_a_program_that_looks_at_them_by_month(tmp_path: Path) -> None:
    metric = '[metric.won]\nsays = "Won business"\nof = "deal"\nwindow = "trailing 12 months"\n'
    tiers = '[[tier]]\nname = "Seed"\n[[tier]]\nname = "Tree"\nrequires = { metric = "won", at_least = 5000 }\n'
    deal = Deal(id="D", partner="P", status="won", closed=date(2026, 1, 5), amount=D(1000))
    with Store.create(tmp_path / "Monthly.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P", name="P Ltd"), deal], system="t")
        text = f'{PROGRAM}\n{metric}{tiers}[tiers]\nevery = "month"\n'
        store.transact("Add", add_version, text, "p.toml")
        made = told(store)
    assert (made.figures[0].label, made.figures[0].value) == ("Won business", 1000)
    assert next(d.value for d in made.appendix.definitions if d.label == "Won business") == 1000


def test_a_quarter_stands_as_its_last_month_under_tiers_that_are_looked_at_by_month(tmp_path: Path) -> None:
    metric = '[metric.won]\nsays = "Won business"\nof = "deal"\nwindow = "period"\n'
    part = '[score]\nevery = "month"\n[[score.parts]]\nmetric = "won"\nweight = 100\n'
    part += "scale = [{ at = 0, points = 0 }, { at = 4000, points = 100 }]\n"
    tiers = '[[tier]]\nname = "Seed"\n[[tier]]\nname = "Tree"\nrequires = { score = 40 }\n'
    won = ((2025, 12, 3000), (2026, 1, 1000), (2026, 3, 2000))
    deals = [
        Deal(id=f"D{month}", partner="P", status="won", closed=date(year, month, 5), amount=D(amount))
        for year, month, amount in won
    ]
    with Store.create(tmp_path / "Monthly.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P", name="P Ltd", joined=date(2025, 1, 1)), *deals], system="t")
        text = f'{PROGRAM.replace("2026-01-01", "2025-01-01")}\n{metric}{part}{tiers}[tiers]\nevery = "month"\n'
        store.transact("Add", add_version, text, "p.toml")
        score = told(store).score
    assert score is not None and (score.total, score.reached) == (50, "Tree")
    assert score.components[0].previous == 75, "that of December, the last month of the quarter before"
    assert [point.total for point in score.history[-2:]] == [75, 50]
