"""`evaluate` on real orders: the reseller growth plan, from a folder of CSV files to the cent."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.paths import resource
from tests.cli.conftest import Type

ORDERS = (
    ("ResellerSales_201707_202005.csv", "utf-8-sig", "Sales"),
    ("as_published/ResellerSales_202006.csv", "utf-16", "SalesAmount"),
)


@pytest.fixture(scope="module")
def orders(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each order as a won deal; no partner table, so the resellers are those that the deals name."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for name, encoding, amount in ORDERS:
        path = shared / "data" / "adventureworks_resellers" / name
        with path.open(encoding=encoding, newline="") as lines:
            for row in csv.DictReader(lines):
                key = (row["SalesOrderNumber"], row["ResellerKey"], row["OrderDate"][:10])
                sums[key] = sums.get(key, Decimal(0)) + Decimal(row[amount])
    folder = tmp_path_factory.mktemp("facts")
    with (folder / "deals.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "partner", "closed", "amount", "currency", "status"))
        out.writerows((order, reseller, day, amount, "USD", "won") for (order, reseller, day), amount in sums.items())
    return folder


def test_the_growth_plan_comes_out_to_the_cent(shared: Path, orders: Path, type_in: Type) -> None:
    program = resource("programs/adventureworks_growth.toml")
    code, out, error = type_in("evaluate", program, orders, "--as-of", "2020-06-30", "--json")
    assert code == 0, error
    found = json.loads(out)
    expected = json.loads((shared / "reference" / "bench" / "expected_growth_plan.json").read_text())
    sums: dict[str, Decimal] = Counter()
    tiers: Counter[str] = Counter()
    for partner in found["partners"].values():
        for line in partner["earnings"]:
            sums[line["type"]] += Decimal(line["amount"])
            if line["type"] == "COMMISSION":
                tiers[line["tier"]] += 1
                sums["revenue"] += Decimal(line["base"])
        for entry in partner["entries"]:
            if entry["bucket"] == "held":
                sums[entry["kind"]] += Decimal(entry["amount"])
    assert tiers == expected["tiers"]
    assert sums["revenue"] == Decimal(expected["revenue"])
    assert sums["COMMISSION"] == Decimal(expected["commission"])
    assert sums["BONUS"] == Decimal(expected["bonus"])
    assert sums["TOPUP"] == Decimal(expected["safety_net"])
    assert sums["holdback"] == Decimal(expected["held_back"])
    assert -sums["release"] == Decimal(expected["released"])
    assert -sums["forfeiture"] == Decimal(expected["forfeited"])
    assert sum(sums[k] for k in ("holdback", "release", "forfeiture")) == Decimal(expected["still_held"])
