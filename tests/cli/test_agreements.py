"""`partnerdesk agreement` as a person types it: terms, issue, versions, signature, text."""

import json
from pathlib import Path

import pytest

from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.program.agreements import PARTNERS, TEXT

LATER = TEXT.replace('version = "1"', 'version = "2"').replace("2026-01-01", "2026-06-01").replace("0.11", "0.12")


@pytest.fixture
def gorge(tmp_path: Path) -> Path:
    path = tmp_path / "gorge.partnerdesk"
    with Store.create(path, user="me") as store:
        store.transact("Program", add_version, TEXT, "gorge.toml")
        store.transact("Program", add_version, LATER, "later.toml")
        store.transact("Facts", add_rows, list(PARTNERS))
    return path


def day(text: str) -> tuple[str, str]:
    return "--as-of", text


def test_terms_are_shown_before_anything_is_issued(gorge: Path, type_in: Type) -> None:
    code, out, _ = type_in("agreement", "terms", "P-N", "--book", gorge, *day("2026-03-01"))
    assert code == 0
    assert "AG-P-N-1, Nordfell Systems: terms from 2026-03-01" in out
    assert "Upfront commission [U-1 · version 1, 1 Jan 2026]" in out
    assert "module.alder, Terms of Aldermoor: for partners whose id is P-A" in out, "the account manager sees it"
    code, out, _ = type_in("agreement", "terms", "P-N", "--book", gorge, "--json", *day("2026-03-01"))
    told = json.loads(out)
    assert "Aldermoor" not in json.dumps(told["agreement"]) and len(told["digest"]) == 64
    assert type_in("agreement", "list", "--book", gorge)[1].count("\n") == 2


def test_versions_are_issued_listed_compared_and_written_again(gorge: Path, type_in: Type, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = type_in("agreement", "issue", "P-N", "--book", gorge, "--out", out, *day("2026-03-01"))
    assert code == 0 and "AG-P-N-1" in said
    (first,) = out.iterdir()
    kept = first.read_bytes()
    again = ("agreement", "issue", "P-N", "--book", gorge, "--out", out)
    assert type_in(*again, *day("2026-03-01"))[0] == 1, "nothing differs"
    code, said, _ = type_in(*again, "--from", "2026-07-01", "--json", *day("2026-06-20"))
    assert (code, json.loads(said)["version"]) == (0, 2)
    first.unlink()
    type_in("agreement", "export", "P-N", "--version", "1", "--out", out, "--book", gorge)
    assert first.read_bytes() == kept
    code, said, _ = type_in("agreement", "diff", "P-N", "--book", gorge)
    assert code == 0 and "Since AG-P-N-1" in said and "changed  What you earn: Upfront commission" in said
    code, said, _ = type_in("agreement", "list", "P-N", "--book", gorge, "--json")
    rows = json.loads(said)["agreements"]
    assert [(r["version"], r["holds_from"], r["status"]) for r in rows] == [
        (2, "2026-07-01", "issued"),
        (1, "2026-03-01", "issued"),
    ]


def test_a_signed_copy_is_recorded_and_known_again(gorge: Path, type_in: Type, tmp_path: Path) -> None:
    out = tmp_path / "out"
    type_in("agreement", "issue", "P-N", "--book", gorge, "--out", out, *day("2026-03-01"))
    (issued,) = out.iterdir()
    signed = tmp_path / "scan.pdf"
    signed.write_bytes(issued.read_bytes() + b"% two signatures")
    code, _, error = type_in("agreement", "check", "P-N", signed, "--book", gorge)
    assert code == 1 and "scan.pdf is no signed copy" in error
    code, _, error = type_in("agreement", "check", "P-N", issued, "--book", gorge)
    assert code == 1 and "as it was issued" in error
    names = ("--for-partner", "Nils <Fell>", "--for-vendor", "Vera", "--on", "2026-03-02")
    code, said, _ = type_in("agreement", "sign", "P-N", signed, *names, "--book", gorge, *day("2026-03-05"))
    assert code == 0 and "AG-P-N-1: signed 2026-03-02" in said
    code, said, _ = type_in("agreement", "check", "P-N", signed, "--book", gorge)
    assert code == 0 and "is the signed copy of AG-P-N-1, signed 2026-03-02 by Nils <Fell> and Vera" in said


def test_the_text_is_shown_replaced_and_its_places_are_told(gorge: Path, type_in: Type, tmp_path: Path) -> None:
    code, said, _ = type_in("agreement", "text", "--book", gorge)
    assert code == 0 and said.startswith("1. What is agreed")
    assert "{dispute days}" in type_in("agreement", "text", "--places", "--book", gorge)[1]
    own = tmp_path / "own.txt"
    own.write_text("For {partnr}.")
    code, _, error = type_in("agreement", "text", own, "--book", gorge)
    assert code == 1 and "own.txt, line 1: there is no place {partnr}. Did you mean {partner}?" in error
    own.write_text("Terms of {partner}, {city}.")
    assert type_in("agreement", "text", own, "--text", "Short", "--book", gorge)[0] == 0
    code, _, error = type_in("agreement", "terms", "P-N", "--text", "Short", "--book", gorge, *day("2026-03-01"))
    assert code == 1 and "names {city}" in error


def test_the_day_of_an_issue_is_a_day(gorge: Path, type_in: Type) -> None:
    assert type_in("agreement", "issue", "P-N", "--from", "soon", "--book", gorge)[0] == 2
    code, _, error = type_in("agreement", "export", "P-N", "--book", gorge)
    assert code == 1 and "P-N has no agreement. Issue one." in error
