"""`partnerdesk funds`: from allocation to reimbursement, typed."""

import json
from pathlib import Path

from tests.cli.conftest import Type

DAY = ("--as-of", "2026-09-30")


def test_a_request_is_typed_from_ask_to_payment(book: Path, type_in: Type) -> None:
    at = ("--book", book, *DAY)
    assert type_in("funds", "allocate", "P1", "Launch", "--amount", "2000", *at)[0] == 0
    asked = type_in("funds", "request", "P1", "Launch", "--amount", "500", "--project", "Fair", "--json", *at)
    id = json.loads(asked[1])["entry"]
    code, out, _ = type_in("funds", "approve", id, "--approver", "Vera", *at)
    assert code == 0 and "approved" in out
    assert type_in("funds", "claim", id, "--amount", "480", "--evidence", "bill.pdf", *at)[0] == 0
    code, out, _ = type_in("funds", "reimburse", id, "--approver", "Vera", "--result", "9 leads", "--json", *at)
    assert (code, json.loads(out)["paid"]) == (0, "480.00")
    listed = json.loads(type_in("funds", "list", "--json", "--all", *at)[1])
    assert [(f["fund"], f["state"]) for f in listed["requests"]] == [("Launch", "approved")]
    code, out, _ = type_in("funds", "show", "P1", "Launch", *at)
    assert code == 0 and "reimbursement" in out


def test_a_refusal_is_a_sentence(book: Path, type_in: Type) -> None:
    at = ("--book", book, *DAY)
    code, _, told = type_in("funds", "request", "P1", "Launch", "--amount", "5", "--project", "Fair", *at)
    assert code == 1 and "Allocate money to it first" in told
    assert type_in("funds", "allocate", "P1", "Launch", "--amount", "100", *at)[0] == 0
    code, _, told = type_in("funds", "show", "P1", "Lunch", *at)
    assert code == 1 and told.endswith("Did you mean Launch? Known: Launch.\n")
    asking = ("funds", "request", "P1", "Launch", "--amount", "500", "--project", "Fair", "--json", *at)
    code, _, told = type_in(*asking)
    assert code == 1 and "has 100.00" in told and "--anyway records it" in told
    id = json.loads(type_in(*asking, "--anyway")[1])["entry"]
    code, _, told = type_in("funds", "approve", id, "--approver", "Vera", *at)
    assert code == 1 and "more than the fund has available" in told


def test_benefits_are_listed(book: Path, type_in: Type) -> None:
    assert type_in("funds", "benefits", "--book", book, *DAY) == (0, "No tier promises anything.\n", "")
