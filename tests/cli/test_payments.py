"""`partnerdesk payments`: due, released with a file, read back, matched, withdrawn."""

import csv
import json
from pathlib import Path

import pytest

from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.files import csv_file
from tests.ops.payments.test_payments import FILE
from tests.ops.payments.test_payments import store as store

NAMES, DAY = ("--maker", "Ana", "--checker", "Bo"), ("--as-of", "2025-04-20")


@pytest.fixture
def paid(store: Store) -> Path:
    """A book with payments due, closed."""
    path = Path(store.path)
    store.close()
    return path


def test_a_run_from_due_to_settled(paid: Path, type_in: Type, tmp_path: Path) -> None:
    of = ("--book", paid)
    code, out, _ = type_in("payments", "due", *of, *DAY)
    assert code == 0 and out.startswith("Due up to 2025-04-20: 3 rows, 320.25 EUR to be paid out")
    told = json.loads(type_in("payments", "due", *of, *DAY, "--json")[1])
    assert told["total"] == "320.25" and [r["net"] for r in told["rows"]] == ["30.00", "150.25", "170.00"]
    code, _, err = type_in("payments", "release", "--total", "1", *NAMES, *of, *DAY)
    assert code == 1 and "not the total of this run. " in err and "320.25" not in err
    (tmp_path / "out").mkdir()
    code, out, err = type_in("payments", "release", "--total", "320.25", *NAMES, *of, *DAY, "--out", tmp_path / "out")
    assert code == 0 and out.startswith("PR-0001  due up to 2025-04-20  320.25 EUR  3 of 3 items open"), err
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".csv", ".xlsx"]
    code, out, err = type_in("payments", "read", csv_file(tmp_path, FILE, "remittances.csv"), *of)
    assert code == 0 and out.endswith("3 settled now, 0 open, 1 unexpected\n"), (out, err)
    assert "A: 5.00 EUR of 2025-04-24 settles nothing: it names no item, and none of this partner is open in EUR" in out
    told = json.loads(type_in("payments", "match", *of, "--json")[1])
    assert (told["settled"], told["settled_now"]) == ([], [])
    assert (
        "PR-0001-003  pay  Nordlys  170.00 EUR (200.00 less tax 30.00)"
        in type_in("payments", "show", "PR-0001", *of)[1]
    )
    assert json.loads(type_in("payments", "list", *of, "--json")[1])["runs"][0]["items"][0]["state"] == "settled"


def test_what_a_file_settles_by_its_items_own_names_is_told(paid: Path, type_in: Type, tmp_path: Path) -> None:
    of = ("--book", paid)
    assert type_in("payments", "release", "--total", "320.25", *NAMES, *of, *DAY, "--out", tmp_path)[0] == 0
    (written,) = tmp_path.glob("PR-*.csv")
    head, _, alder, _ = csv.reader(written.read_text(encoding="utf-8-sig").splitlines())
    alder[12], alder[14:18] = "147.75", ["2025-04-22", "REM 2", "", "2.50"]  # net, value date and so on, fees
    back = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (head, alder))
    code, out, err = type_in("payments", "read", csv_file(tmp_path, back, "back.csv"), *of)
    assert code == 0 and "PR-0001-002 Alder: paid 150.25 EUR on 2025-04-22 (REM 2)\n" in out, (out, err)
    assert out.endswith("1 settled now, 2 open, 0 unexpected\n")


@pytest.mark.parametrize("heads", ["Partner,Item", "Partner,Note"])
def test_what_was_paid_is_told_with_its_tax_however_the_item_is_found(
    paid: Path, type_in: Type, tmp_path: Path, heads: str
) -> None:
    """An item asks for the gross amount, and so it is told: what is to come of one is gross as well."""
    of = ("--book", paid)
    assert type_in("payments", "release", "--total", "320.25", *NAMES, *of, *DAY)[0] == 0
    item = "PR-0001-003" if heads.endswith("Item") else "PR-0001-003 of April"
    rows = f"{heads},Net paid,Tax withheld,Value date\nNordlys,{item},170.00,30.00,2025-04-22\n"
    code, out, err = type_in("payments", "read", csv_file(tmp_path, rows, "paid.csv"), *of)
    assert code == 0 and "PR-0001-003 Nordlys: paid 200.00 EUR, 30.00 EUR of it tax on 2025-04-22" in out, (out, err)


def test_an_item_that_was_paid_too_much_is_told_as_settled(paid: Path, type_in: Type, tmp_path: Path) -> None:
    of = ("--book", paid)
    assert type_in("payments", "release", "--total", "320.25", *NAMES, *of, *DAY)[0] == 0
    rows = "Posten;Partner;Amount;Value date\nPR-0001-002;Alder;160.25;2025-04-22\nPR-0001-001;Alder;30.00;2025-04-22\n"
    code, out, err = type_in("payments", "read", csv_file(tmp_path, rows, "paid.csv"), *of)
    assert code == 0 and "PR-0001-002 Alder: paid 160.25 EUR on 2025-04-22, 10.00 EUR too much\n" in out, (out, err)
    assert "A: 30.00 EUR of 2025-04-22 settles nothing: PR-0001-001 is owed by the partner" in out
    assert out.endswith("1 settled now, 2 open, 1 unexpected\n")
    told = type_in("payments", "show", "PR-0001", *of)[1]
    assert "settled, 160.25 on 2025-04-22, 10.00 EUR too much" in told and "2 of 3 items open" in told


def test_an_item_is_withdrawn_and_a_file_written_again(paid: Path, type_in: Type, tmp_path: Path) -> None:
    of = ("--book", paid)
    assert type_in("payments", "list", *of)[1] == "No payment run was released yet.\n"
    assert type_in("payments", "release", "--total", "320.25", *NAMES, *of, *DAY)[0] == 0
    code, out, _ = type_in("payments", "withdraw", "PR-0001-003", "--reason", "closed account", *of, *DAY)
    assert (code, out) == (0, "PR-0001-003 is withdrawn; what it held is due again.\n")
    code, out, err = type_in("payments", "file", "PR-0001", "--out", tmp_path, *of, "--json")
    assert code == 0 and json.loads(out)["items"] == 2, err
    left = json.loads(type_in("documents", *of, "--json")[1])["documents"]
    assert [(row["kind"], row["about"], row["partner"]) for row in left[:2]] == [("payment file", "PR-0001", "")] * 2
    code, _, err = type_in("payments", "file", "PR-0002", *of)
    assert code == 1 and "no payment run PR-0002" in err
