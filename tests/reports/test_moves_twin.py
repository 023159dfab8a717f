"""The movements' CSV sums to a statement's closing balances, and names each movement as the workbook does."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.csvfile import unguarded
from partnerdesk.reports.statement.document import CorrectionDetail, StatementDocument
from partnerdesk.reports.statement.moves_twin import MOVE_TITLES, moves_twin
from partnerdesk.reports.statement.twin import SAMPLE_TITLE
from tests.reports.statement_samples import HOSTILE, entry, northwind, random_lines, row, rule, with_lines

D = Decimal


def records(document: StatementDocument) -> list[dict[str, str]]:
    text = moves_twin(document).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def sums(found: list[dict[str, str]]) -> tuple[Decimal, Decimal]:
    return sum((D(r["Held"]) for r in found), D(0)), sum((D(r["Payable"]) for r in found), D(0))


def corrected(**changes: str) -> StatementDocument:
    """Northwind's statement with a true-up of 10.00 less, on its rows as well."""
    document = northwind()
    of = {"line": "0807-01", "note": "changed since it was posted: UPFRONT of 2026-08", **changes}
    more = entry("trueup", "payable", "-10", "t1", rule=rule("UP-02", "earning.upfront"), reference="0807-01:a", **of)
    rows = {r.key: r for r in document.statement.rows}
    rows["trueup"] = row("trueup", "Corrections to closed periods", "0", "-10")
    rows["closing"] = row("closing", "Closing balance", "29225", "-10")
    statement = replace(document.statement, rows=tuple(rows.values()), entries=(*document.statement.entries, more))
    detail = {**document.corrections, more.id: CorrectionDetail("ST-2026-08")}
    return replace(document, statement=statement, corrections=detail, causes={"0807-01": "deal D-1 has 90.00, not 100"})


def test_held_and_payable_sum_to_the_closing_balances() -> None:
    found = records(northwind())
    assert sums(found) == (D(29_225), D(0))
    first = found[0]
    assert (first["Movement"], first["Kind"], first["Held"], first["Payable"], first["Day"], first["Text"]) == (
        *("Opening balance", "Carried over", "18400", "0", "2026-09-01"),
        "ST-2026-08 closing",
    )
    assert {r["Statement"] for r in found} == {"ST-2026-09"} and {r["Currency"] for r in found} == {"EUR"}
    assert tuple(first) == MOVE_TITLES


@pytest.mark.parametrize("seed", range(4))
def test_so_they_do_whatever_was_earned(seed: int) -> None:
    document = with_lines(northwind(), random_lines(80, seed))
    closing = document.statement.rows[-1]
    assert sums(records(document)) == (closing.held, closing.payable)


def test_each_movement_stands_in_one_record_with_both_of_its_sides() -> None:
    found = {(r["Movement"], r["Kind"]): r for r in records(northwind())}
    assert (
        len(found) == 1 + 8 + 6 + 1 + 3 + 2 + 1 + 1
    )  # opening, lines, holds, releases, clawbacks, adjustment, payment
    earned, released = found["0907-02", "Earned"], found["0807-01:v1", "Released"]
    assert (earned["Line"], earned["Held"], earned["Payable"], earned["Text"]) == ("0907-02", "0", "3840", "Recurring")
    assert (released["Line"], released["Held"], released["Payable"]) == ("0807-01", "-3900", "3900")
    assert released["Text"] == "customer paid the instalment"
    clawed, adjusted = found["0307-04:c1", "Clawback"], found["ADJ-0031", "Adjustment"]
    assert (clawed["Posted in"], clawed["Rule"], clawed["Held"]) == ("ST-2026-03", "CB-01", "-900")
    assert (adjusted["Reference"], adjusted["Approved by"]) == ("ADJ-0031", "H. Cho")
    assert found["REM-2026-0917", "Paid"]["Payable"] == "-31300"


def test_a_correction_tells_its_cause_and_what_it_corrects() -> None:
    found = records(corrected())
    assert sums(found) == (D(29_225), D(-10))
    (told,) = (r for r in found if r["Kind"] == "Correction")
    assert (told["Line"], told["Posted in"], told["Reference"]) == ("0807-01", "ST-2026-08", "0807-01:a")
    assert told["Text"] == "changed since it was posted: UPFRONT of 2026-08 (deal D-1 has 90.00, not 100)"


def test_texts_are_guarded_and_a_sample_says_so() -> None:
    for text in HOSTILE:
        (told,) = (r for r in records(replace(corrected(note=text), causes=None)) if r["Kind"] == "Correction")
        assert unguarded(told["Text"]) == text
    assert {r[SAMPLE_TITLE] for r in records(northwind(sample=True))} == {"invented"}


def test_movements_that_miss_the_closing_balance_by_a_cent_are_not_written() -> None:
    document = northwind()
    *others, paid = document.statement.entries
    short = replace(document.statement, entries=(*others, paid._replace(amount=paid.amount + D("0.01"))))
    with pytest.raises(Refused, match=r"closes with 29225 held and 0 payable, and its movements give 29225 and 0\.01"):
        moves_twin(replace(document, statement=short))
