"""`partnerdesk whatif` as typed: beside what is, kept under a name, and badged."""

import json
from pathlib import Path

from tests.cli.conftest import Type

DAY = ("--as-of", "2026-06-30")
MORE = ("--set", "deal:D1:amount=40000")


def test_a_what_if_is_told_beside_what_is(type_in: Type, book: Path) -> None:
    code, said, _ = type_in("whatif", "try", "P1", "--book", book, *DAY, *MORE)
    assert code == 0
    assert said.startswith("WHAT-IF")
    assert "Earned in all" in said and "changed data" in said
    code, said, _ = type_in("whatif", "try", "P1", "--book", book, *DAY, *MORE, "--json")
    found = json.loads(said)
    assert code == 0 and found["what_if"] is True
    whole = next(row for row in found["figures"] if row["key"] == "whole")
    assert float(whole["after"]) > float(whole["before"])
    assert found["because"]["residual"] in ("0", "0.00") and "range" not in found
    drawn = ("--range", "--scenarios", "8", "--months", "2")
    code, said, _ = type_in("whatif", "try", "P1", "--book", book, *DAY, *MORE, *drawn)
    assert code == 0 and "What-if, 10 %" in said and "of 8 futures (seed 1)" in said
    code, said, _ = type_in("whatif", "try", "P1", "--book", book, *DAY, *MORE, *drawn, "--json")
    assert len(json.loads(said)["range"]["months"]) == 2


def test_what_cannot_be_is_refused_with_its_reason(type_in: Type, book: Path) -> None:
    for typed, says in (
        (("--set", "deal:D1:amount=lots"), "“lots” is not an amount"),
        (("--set", "deal:D1=lots"), "Write KIND:ID:FIELD=VALUE"),
        (("--rule", "nothing.at.all=1"), "has no key nothing.at.all"),
        (("--remove", "deal"), "Write KIND:ID"),
        (("--set", "deal:D1:amount=-5"), "“Amount” of a deal is not below zero. Write it like 12500."),
        (("--set", "deal:D1:closed=9999-12-31"), "is no day from 1900 to 2199"),
        (("--set", "partner:P1:parent=P1"), "cannot be its own parent. Name another parent partner, or none."),
        (("--on", "2199-12-31"), "2199-12-31 is too far ahead. Look at a day up to 2036-06-30"),
    ):
        code, _, complaint = type_in("whatif", "try", "P1", "--book", book, *DAY, *typed)
        assert code == 1 and says in complaint


def test_scenarios_are_kept_compared_renamed_and_deleted(type_in: Type, book: Path) -> None:
    of_book = ("--book", book, *DAY)
    assert type_in("whatif", "save", "P1", "More", *MORE, *of_book, "--reason", "asked")[0] == 0
    assert type_in("whatif", "save", "P1", "None", "--remove", "deal:D1", *of_book)[0] == 0
    code, said, _ = type_in("whatif", "show", "P1", "More", "--against", "None", *of_book)
    assert code == 0 and "None and More" in said
    assert type_in("whatif", "rename", "P1", "None", "Without", "--book", book)[0] == 0
    assert type_in("whatif", "delete", "P1", "More", "--book", book)[0] == 0
    code, said, _ = type_in("whatif", "list", "--book", book, "--json")
    assert [row["name"] for row in json.loads(said)["scenarios"]] == ["Without"]
    code, _, complaint = type_in("whatif", "show", "P1", "More", *of_book)
    assert code == 1 and "There are “Without”." in complaint
