"""The real reseller and CRM files, brought in through the import, give every expected figure to the cent."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, period_at
from partnerdesk.queries.partners.attainment import attainment, company_types, pipeline
from partnerdesk.queries.pipeline.retention import cohort, concentration, recency
from partnerdesk.queries.pipeline.sales import SalesRow, counts, sales, sales_by, sales_by_period
from partnerdesk.store.file import Store
from tests.files import ABOUT, ORDERS, bring

JULY = FiscalYear(7)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder for books that live as long as the session."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("session_home")
        patch.setenv("PARTNERDESK_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def resellers(shared: Path) -> Path:
    return shared / "data" / "adventureworks_resellers"


@pytest.fixture(scope="session")
def expected(resellers: Path) -> Any:
    return json.loads((resellers / "expected_aw.json").read_text("utf-8"), parse_float=Decimal)


@pytest.fixture(scope="session")
def book(home: Path, resellers: Path) -> Iterator[Store]:
    """What the files describe first, then the orders."""
    with Store.create(home / "aw.partnerdesk", user="Ann") as store:
        for name in (*ABOUT, *ORDERS):
            bring(store, resellers / name)
        yield store


@pytest.fixture(scope="session")
def other_order(home: Path, resellers: Path) -> Iterator[Store]:
    """June before the three years, orders and targets before what describes them."""
    with Store.create(home / "aw2.partnerdesk", user="Ann") as store:
        for name in ("Targets_long.csv", *reversed(ORDERS), *reversed(ABOUT[:-1])):
            bring(store, resellers / name)
        yield store


def agrees(row: SalesRow, wanted: dict[str, Any]) -> None:
    """A row of sales against an entry of the expected values."""
    assert row.currency == "USD"
    assert (row.lines, row.deals, row.units) == (wanted["lines"], wanted["orders"], wanted["units"])
    assert (str(row.revenue), str(row.cost), str(row.margin)) == (
        wanted["revenue"],
        wanted["cost"],
        wanted["gross_margin"],
    )
    assert six(row.margin_share) == wanted["gross_margin_pct"]
    assert (row.partners, row.products) == (wanted["active_resellers"], wanted["products"])
    assert (str(row.first), str(row.last)) == (wanted["first_order"], wanted["last_order"])
    if "yoy" in wanted:
        assert six(row.growth) == wanted["yoy"]
    if "new_resellers" in wanted:
        assert row.new_partners == wanted["new_resellers"]


def six(share: Decimal | None) -> str | None:
    return None if share is None else str(share.quantize(Decimal("0.000001")))


def test_the_totals_of_three_years_and_a_month(book: Store, expected: Any) -> None:
    june = date(2020, 6, 1)
    agrees(book.read(sales)[0], expected["combined"])
    agrees(book.read(sales, None, date(2020, 5, 31))[0], expected["base_only"])
    agrees(book.read(sales, june)[0], expected["june_increment"])


@pytest.mark.parametrize(
    ("unit", "start", "name", "label"),
    [("quarter", CALENDAR_YEAR, "by_quarter", "{0}-{1}"), ("year", JULY, "by_fiscal_year", "{0}")],
)
def test_every_period_with_its_growth(book: Store, expected: Any, unit: str, start: int, name: str, label: str) -> None:
    rows = book.read(sales_by_period, unit, start)
    found = {label.format(row.label[:4], row.label[4:]) if unit == "quarter" else row.label: row for row in rows}
    assert list(found) == list(expected[name])
    for key, wanted in expected[name].items():
        agrees(found[key], wanted)


def test_the_revenue_of_every_month(book: Store, expected: Any) -> None:
    rows = book.read(sales_by_period, "month")
    assert {row.label: str(row.revenue) for row in rows} == expected["by_month_revenue"]


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("country", "by_country"),
        ("type", "by_business_type"),
        ("territory", "by_territory"),
        ("category", "by_category"),
        ("family", "by_subcategory"),
    ],
)
def test_every_group(book: Store, expected: Any, what: str, name: str) -> None:
    rows = {row.label: row for row in book.read(sales_by, what)}
    assert set(rows) == set(expected[name])
    for label, wanted in expected[name].items():
        agrees(rows[label], wanted)


def test_what_is_known_before_a_figure_is_trusted(book: Store, expected: Any) -> None:
    found, wanted = book.read(counts), expected["counts"]
    assert (found.partners, found.partners_with_sales) == (wanted["resellers"], wanted["resellers_with_sales"])
    assert found.partners_without_sales == wanted["resellers_never_bought"]
    assert (found.partner_names, found.product_names) == (
        wanted["distinct_reseller_names"],
        wanted["distinct_product_names"],
    )
    assert list(found.names_of_several_partners) == wanted["duplicate_reseller_names"]
    assert found.products == wanted["products"]
    assert found.lines_below_cost == wanted["lines_sold_below_cost"]
    assert found.lines_not_shipped == wanted["june_lines_without_ship_date"]
    assert found.undescribed == ()


def test_the_cohort_of_a_year_in_the_next(book: Store, expected: Any) -> None:
    years = [period_at(date(year, 1, 1), "year", JULY) for year in (2019, 2020)]
    (found,) = book.read(cohort, *years)
    wanted = expected["cohort_FY2019_to_FY2020"]
    assert (found.first, found.second) == (wanted["resellers_FY2019"], wanted["resellers_FY2020"])
    assert (found.retained, found.lost, found.new) == (wanted["retained"], wanted["lost"], wanted["new"])
    assert (found.growing, found.declining) == (wanted["growing"], wanted["declining"])
    assert six(found.logo_retention) == wanted["logo_retention"]
    assert six(found.gross_retention) == wanted["gross_revenue_retention"]
    assert six(found.net_retention) == wanted["net_revenue_retention"]


def test_every_target_against_what_was_sold(book: Store, expected: Any) -> None:
    rows = [r for r in book.read(attainment, "year", JULY) if r.period <= "FY2020"]  # there are targets to FY2022
    each = {f"{r.period}|{r.number}": r for r in rows if r.id}
    assert set(each) == set(expected["target_attainment"])
    for key, wanted in expected["target_attainment"].items():
        row = each[key]
        assert (row.name, str(row.target), str(row.actual)) == (wanted["name"], wanted["target"], wanted["actual"])
        assert six(row.share) == wanted["attainment"]
    for row in (r for r in rows if not r.id):
        wanted = expected["target_attainment_total"][row.period]
        assert (str(row.target), str(row.actual), six(row.share)) == tuple(wanted.values())


def test_concentration_and_recency(book: Store, expected: Any) -> None:
    (found,) = book.read(concentration)
    wanted = expected["concentration"]
    assert {f"top{n}": six(share) for n, share in found.top} == {
        k: wanted[k] for k in ("top1", "top10", "top20", "top50")
    }
    assert six(found.top_fifth) == wanted["top_20pct_of_buying_resellers"]
    assert found.index is not None and str(found.index.quantize(Decimal("0.0001"))) == wanted["hhi"]
    ages = {row.days: row.partners for row in book.read(recency, date(2020, 6, 30))}
    said = expected["recency_asof_2020-06-30"]
    assert ages == {90: said["0-90"], 180: said["91-180"], 365: said["181-365"], -1: said[">365"], None: said["never"]}
    names = {row.label: str(row.revenue) for row in book.read(sales_by, "partner")}
    assert all(names[str(top["ResellerKey"])] == top["revenue"] for top in expected["top20"])


def test_files_come_in_any_order(book: Store, other_order: Store) -> None:
    for query, *given in ((sales,), (sales_by_period, "quarter"), (sales_by, "country"), (sales_by, "category")):
        assert other_order.read(query, *given) == book.read(query, *given)
    assert other_order.read(counts) == book.read(counts)
    assert other_order.read(attainment, "year", JULY) == book.read(attainment, "year", JULY)


def test_the_second_time_changes_nothing(other_order: Store, resellers: Path) -> None:
    before = other_order.revision
    published = ("as_published/ResellerSalesTargets.csv",)
    for name in (*ORDERS, *ABOUT, *published):
        done = bring(other_order, resellers / name)
        assert (done.batch, done.new, done.changed, done.placeholders) == (None, 0, 0, 0)
    assert other_order.revision == before


# Salesforce


@pytest.fixture(scope="session")
def crm(shared: Path) -> Path:
    return shared / "data" / "salesforce_exports"


@pytest.mark.parametrize("extract", ["stomita", "sfdc_assets", "earthfink1982"])
@pytest.mark.parametrize("turned", [False, True])
def test_three_dialects_of_salesforce_in_either_order(tmp_path: Path, crm: Path, extract: str, turned: bool) -> None:
    wanted = json.loads((crm / "expected_salesforce.json").read_text("utf-8"))[extract]
    files = sorted((crm / extract).glob("*.csv"), reverse=turned)
    with Store.create(tmp_path / "crm.partnerdesk", user="Ann") as store:
        for file in files:
            bring(store, file)
        for file in files:
            assert bring(store, file).batch is None
        (found,) = store.read(pipeline)
        types = store.read(company_types)
    assert found.deals == wanted["opportunities"]
    assert dict(found.stages) == wanted["stages"]
    assert (found.won, found.lost, six(found.win_rate)) == (wanted["won"], wanted["lost"], wanted["win_rate"])
    assert (str(found.won_amount), str(found.amount)) == (wanted["won_amount"], wanted["total_amount"])
    assert found.without_company == wanted["orphans"]
    assert {t.type: t.partners + t.customers for t in types} == wanted["account_types"]
    assert sum(t.partners for t in types) == wanted["account_types"].get("Partner", 0)
    assert sum(t.partners + t.customers for t in types) == wanted["accounts"]


def test_all_three_together_stay_apart_and_add_up(tmp_path: Path, crm: Path) -> None:
    wanted = json.loads((crm / "expected_salesforce.json").read_text("utf-8"))
    with Store.create(tmp_path / "crm.partnerdesk", user="Ann") as store:
        for extract in wanted:
            bring(store, crm / extract / "Opportunity.csv")
        for extract in wanted:
            bring(store, crm / extract / "Account.csv")
        (found,) = store.read(pipeline)
    assert found.amount == sum(Decimal(w["total_amount"]) for w in wanted.values())
    assert (found.won, found.lost) == (sum(w["won"] for w in wanted.values()), sum(w["lost"] for w in wanted.values()))
