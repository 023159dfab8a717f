"""The reseller growth plan as a program file gives every published row and total to the cent."""

import csv
import json
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Facts, Partner
from partnerdesk.engine.whole import Evaluation
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_file
from tests.conftest import SHARED

DATA = SHARED / "data" / "adventureworks_resellers"
EXPECTED = SHARED / "reference" / "bench"
ORDERS = (
    (DATA / "ResellerSales_201707_202005.csv", "utf-8-sig", "Sales"),
    (DATA / "as_published" / "ResellerSales_202006.csv", "utf-16", "SalesAmount"),
)
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared reseller data is not beside the checkout")


@pytest.fixture(scope="module")
def found() -> Evaluation[Decimal]:
    program = read_file(Path(resource("programs/adventureworks_growth.toml"))).program
    assert program is not None
    amounts: dict[tuple[str, str, date], Decimal] = defaultdict(Decimal)
    for path, encoding, column in ORDERS:
        with path.open(encoding=encoding, newline="") as file:
            for row in csv.DictReader(file):
                key = (row["SalesOrderNumber"], row["ResellerKey"], date.fromisoformat(row["OrderDate"][:10]))
                amounts[key] += Decimal(row[column])
    deals = tuple(
        Deal(id=order, partner=partner, status="won", closed=day, amount=amount, currency="USD")
        for (order, partner, day), amount in amounts.items()
    )
    partners = tuple(Partner(id=str(n), name=f"Reseller {n}", currency="USD") for n in range(1, 702))
    return evaluate([program], Facts({"partner": partners, "deal": deals}), date(2020, 6, 30))


def rows(found: Evaluation[Decimal]) -> dict[tuple[str, str], dict[str, Decimal | str]]:
    """Per reseller and quarter: what the plan pays, by the columns of the published file."""
    names = {"COMMISSION": "commission", "BONUS": "bonus", "TOPUP": "safety_net"}
    result: dict[tuple[str, str], dict[str, Decimal | str]] = {}
    for partner, outcome in found.partners.items():
        for line in outcome.lines:
            row = result.setdefault((partner, line.period.label), {"tier": line.tier})
            row[names[line.type]] = line.amount
        for entry in outcome.entries:
            if entry.kind == "holdback" and entry.bucket == "held":
                result[partner, entry.period.label]["held_back"] = entry.amount
    return result


def test_every_row(found: Evaluation[Decimal]) -> None:
    computed, seen = rows(found), 0
    with (EXPECTED / "expected_growth_plan.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            ours = computed[row["reseller"], row["quarter"]]
            assert ours["tier"] == row["tier"], row
            for column in ("commission", "bonus", "safety_net", "held_back"):
                assert ours.get(column, Decimal(0)) == Decimal(row[column]), (column, row)
            quarter = found.partners[row["reseller"]].metrics["revenue", row["quarter"]]
            assert quarter.value == Decimal(row["revenue"]), row
            seen += 1
    assert seen == len(computed) == 3779


def test_totals(found: Evaluation[Decimal]) -> None:
    expected = json.loads((EXPECTED / "expected_growth_plan.json").read_text())
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for outcome in found.partners.values():
        for line in outcome.lines:
            sums[line.type] += line.amount
        for entry in outcome.entries:
            if entry.bucket == "held":
                sums[entry.kind] += entry.amount
        sums["held"] += sum((e.amount for e in outcome.entries if e.bucket == "held"), Decimal(0))
    assert Counter(row["tier"] for row in rows(found).values()) == expected["tiers"]
    named = {
        "commission": sums["COMMISSION"],
        "bonus": sums["BONUS"],
        "safety_net": sums["TOPUP"],
        "held_back": sums["holdback"],
        "released": -sums["release"],
        "forfeited": -sums["forfeiture"],
        "still_held": sums["held"],
    }
    assert {k: str(v) for k, v in named.items()} == {k: expected[k] for k in named}
