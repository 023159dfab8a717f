"""`partnerdesk dispute`: raised, listed with its clock, escalated, decided."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from partnerdesk.models.book import book as book_table
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.ops.disputes.disputed import LATER, line, opened


@pytest.fixture
def named(tmp_path: Path) -> tuple[Path, str]:
    with opened(tmp_path, "hold") as store:
        return tmp_path / "hold.partnerdesk", line(store)


def test_a_dispute_from_claim_to_decision(type_in: Type, named: tuple[Path, str]) -> None:
    book, of = named
    at = ("--book", book, "--as-of", "2025-04-20")
    said = ("--reason", "15 % were agreed", "--raised-by", "Rita", "--claimed", "1500.00")
    code, out, err = type_in("dispute", "raise", "P1", of, *said, *at)
    assert code == 0 and out.startswith("DI-0001  Aurelia & Söhne  ST-2025-01"), err
    code, out, _ = type_in("dispute", "list", "--book", book, "--as-of", "2025-09-01", "--json")
    assert code == 0 and json.loads(out)["disputes"][0]["outcome"] == "open"
    code, out, _ = type_in("dispute", "list", "--book", book, "--as-of", "2025-09-01")
    assert "days late" in out
    assert type_in("dispute", "escalate", "DI-0001", "--reason", "to Kim", *at)[0] == 0
    done = ("approved", "--reason", "the addendum holds", "--approver", "Bo")
    code, out, _ = type_in("dispute", "decide", "DI-0001", *done, *at)
    assert code == 0 and "granted 300.00 EUR as DI-0001-A" in out
    assert type_in("dispute", "list", *at)[1] == "No dispute is open.\n"
    code, _, err = type_in("dispute", "decide", "DI-0001", *done, *at)
    assert code == 1 and "is decided" in err


def test_a_total_is_disputed_with_what_is_missing(type_in: Type, named: tuple[Path, str]) -> None:
    at = ("--book", named[0], "--as-of", "2025-04-20")
    said = ("--reason", "a campaign is missing", "--raised-by", "Rita", "--more", "1200.00")
    code, out, err = type_in("dispute", "raise", "P1", "ST-2025-03", *said, *at)
    assert code == 0 and "ST-2025-03 the total  600.00 EUR, claimed 1,800.00  open" in out, err
    done = ("approved", "--reason", "it was agreed", "--approver", "Bo")
    code, out, _ = type_in("dispute", "decide", "DI-0001", *done, *at)
    assert code == 0 and "granted 1,200.00 EUR as DI-0001-A" in out
    code, _, err = type_in("dispute", "raise", "P1", "ST-2031-03", *said, *at)
    assert code == 1 and "The number of a statement stands for its total" in err


def test_a_wrong_amount_is_a_wrong_command_line(type_in: Type, named: tuple[Path, str]) -> None:
    said = ("--reason", "x", "--raised-by", "Rita", "--claimed", "many")
    code, _, err = type_in("dispute", "raise", "P1", named[1], *said, "--book", named[0])
    assert code == 2 and "is not an amount" in err


def test_a_hold_is_placed_listed_and_released(type_in: Type, named: tuple[Path, str]) -> None:
    at = ("--book", named[0], "--as-of", "2025-04-20")
    code, out, err = type_in("hold", "place", "P1", "--reason", "its bank account is being checked", *at)
    assert code == 0 and out.startswith("HO-1001  Aurelia & Söhne, everything  since 2025-04-20"), err
    listed = json.loads(type_in("hold", "list", "--json", *at)[1])["holds"]
    assert [(row["scope"], row["released"]) for row in listed] == [("partner", None)]
    code, _, err = type_in("hold", "place", "P1", "--reason", "again", *at)
    assert code == 1 and "HO-1001 stands on it already" in err
    code, out, _ = type_in("hold", "release", "HO-1001", "--reason", "it is right", *at)
    assert code == 0 and "released on 2025-04-20" in out
    assert type_in("hold", "list", *at)[1] == "Nothing is on hold.\n"


def test_a_hold_says_what_is_with_finance_already(type_in: Type, named: tuple[Path, str]) -> None:
    at = ("--book", named[0], "--as-of", "2025-04-20")
    code, _, err = type_in("payments", "release", "--total", "600", "--maker", "Ana", "--checker", "Bo", *at)
    assert code == 0, err
    code, out, err = type_in("hold", "place", "P1", "--deal", "D1", "--reason", "the order is under inquiry", *at)
    assert code == 0 and out.startswith("HO-1001")
    assert "600.00 EUR of it are with finance already" in err and "payments withdraw PR-0001-001" in err


def test_an_audit_from_sample_to_report(type_in: Type, named: tuple[Path, str], tmp_path: Path) -> None:
    at = ("--book", named[0], "--as-of", "2025-04-20")
    code, out, err = type_in("audit", "start", "P1", "joint_revenue", "--period", "2025Q1", "--size", "1", *at)
    assert code == 0 and out.startswith("MA-0001  Aurelia & Söhne, ") and "1 to look at" in out, err
    code, _, err = type_in("audit", "record", "MA-0001", "1", "wrong", "--evidence", "x", "--set", "none=1", *at)
    assert code == 1 and "has no field “none”" in err
    said = ("--evidence", "order 4711", "--set", "amount=9000.00")
    code, out, err = type_in("audit", "record", "MA-0001", "1", "wrong", *said, *at)
    assert code == 0 and "wrong: order 4711; amount from" in out, err
    assert type_in("audit", "finish", "MA-0001", "--conclusion", "corrected", *at)[0] == 0
    listed = json.loads(type_in("audit", "list", "--json", "--book", named[0])[1])
    assert [(one["result"], one["conclusion"]) for one in listed] == [("1 of 1 wrong", "corrected")]
    code, out, _ = type_in("audit", "report", "MA-0001", "--out", tmp_path, "--book", named[0])
    assert code == 0 and Path(out.strip()).is_file()


def test_what_a_closed_statement_posted_names_its_line_or_row_and_goes_on(
    type_in: Type, named: tuple[Path, str]
) -> None:
    of = ("--partner", "P1", "--book", named[0], "--as-of", "2025-04-20")
    _, out, err = type_in("explain", "2025-02:paid", *of)
    assert f"of line {named[1]}, how it came about: explain {named[1]}" in type_in("explain", "2025-01:closing", *of)[1]
    assert "[statement 2025-02: payment Y1, typed" in out, err
    assert "[deal " in type_in("explain", named[1], *of)[1]


def test_a_book_that_stands_at_a_day_of_its_own_closes_on_it(type_in: Type, named: tuple[Path, str]) -> None:
    with Store.open(named[0], user="Ana") as store:
        store.transact("Stand", lambda session: session.execute(update(book_table).values(as_of=LATER)))
        total = store.read(run, "2025-04", LATER).total
    said = ("--total", total, "--maker", "Ana", "--checker", "Bo", "--book", named[0])
    code, _, err = type_in("close", "2025-04", *said)
    with Store.snapshot(named[0], user="Ana") as store:
        assert store.read(closed_statements)[0].issued == LATER, (code, err)
