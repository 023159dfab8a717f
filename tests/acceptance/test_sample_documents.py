"""The sample book's documents and screens say what the hand computed; what was closed stays as it was."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.outcome import Evaluation
from partnerdesk.ops.exports import export_pack, export_statements
from partnerdesk.queries.figures import explained
from partnerdesk.queries.partner import earned
from partnerdesk.queries.statements import canonical_statement, closed_statements
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.acceptance.rollforward import months, rollforward
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF
from tests.acceptance.traces import agree
from tests.reports.office import needs_office, recalculating
from tests.reports.page.reading import squeezed, texts
from tests.reports.statement_reader import differences, formulas, read
from tests.reports.test_statement_recalculation import mutant

CAPPED, CLAWED_BACK = "P-04", "P-09"
RECALCULATED = [CAPPED, CLAWED_BACK, "P-07", "P-16", "P-22"]
QUARTER = ("2026-07", "2026-08", "2026-09")
LANGUAGES = {CAPPED: "fr_FR", CLAWED_BACK: "pl_PL"}  # the packs are in the partner's own


@pytest.mark.parametrize("partner", ["P-01", CAPPED, CLAWED_BACK, "P-24"])
def test_both_modes_agree_and_every_figure_is_what_its_steps_give(
    book: Store, figures: Evaluation[Decimal], partner: str
) -> None:
    assert agree(figures.partners[partner], book.read(explained, partner, AS_OF)) > 2_000


def test_what_was_closed_is_written_again_byte_for_byte(book: Store) -> None:
    closed = book.read(closed_statements)
    assert len(closed) == 24 * 33
    for row in closed:
        body = book.read(canonical_statement, row.id)
        assert canonical(restored(body)) == body, row.number


def test_a_closed_statement_says_what_the_hand_says(book: Store, by_hand: dict[str, Money]) -> None:
    for row in book.read(closed_statements):
        wanted = rollforward(by_hand[row.partner])[row.period]
        assert (Fraction(row.held), Fraction(row.payable)) == (wanted["closing", "held"], wanted["closing", "payable"])
        assert Fraction(row.opening) == wanted["opening", "held"] + wanted["opening", "payable"]
        assert Fraction(row.paid) == wanted.get(("paid", "payable"), Fraction(0))


@pytest.mark.parametrize("partner", [CAPPED, CLAWED_BACK])
def test_sheet_screen_and_pack_show_the_same_figures(
    book: Store, by_hand: dict[str, Money], tmp_path: Path, partner: str
) -> None:
    by_month, formats = rollforward(by_hand[partner]), Formats(LANGUAGES[partner])
    pack = book.read(export_pack, partner, "2026Q3", AS_OF, tmp_path)
    page = next(squeezed(t) for t in texts(pack.path.read_bytes()) if f"ST-{QUARTER[0]}" in squeezed(t))
    for month in QUARTER:
        wanted = by_month[month]
        screen = book.read(earned, partner, month, AS_OF).statement
        (files,) = book.read(export_statements, month, AS_OF, tmp_path, partners=[partner])
        sheet = list(read(files.workbook.read_bytes()).rows.values())
        for row, shown in zip(screen.rows, sheet, strict=True):
            hand = tuple(wanted.get((row.key, bucket), Fraction(0)) for bucket in ("held", "payable"))
            assert (Fraction(row.held), Fraction(row.payable)) == hand, (month, row)
            assert tuple(Fraction(n) for n in shown) == (*hand, sum(hand)), (month, row.key)
        for key in ("opening", "paid", "closing"):
            amount = total(wanted, key)
            assert squeezed(formats.accounting(amount)) in page or not amount, (month, key, amount)
        with files.csv.open(encoding="utf-8-sig", newline="") as file:
            twin = sum(Fraction(line["Amount"]) for line in csv.DictReader(file))
        assert twin == sum(n for (key, _), n in wanted.items() if key.startswith("earned.") or key == "topup")


def total(row: dict[tuple[str, str], Fraction], key: str) -> Decimal:
    """A row of the roll-forward in both buckets."""
    cents = sum(row.get((key, bucket), Fraction(0)) for bucket in ("held", "payable")) * 100
    return Decimal(int(cents)).scaleb(-2)


@needs_office
def test_the_office_computes_the_statements_anew_and_notices_a_cent(book: Store, tmp_path: Path) -> None:
    """The same comparison finds the workbook in which one cached value is a cent beside the truth."""
    written = book.read(export_statements, "2026-09", AS_OF, tmp_path, partners=RECALCULATED)
    contents = {w.partner: w.workbook.read_bytes() for w in written}
    assert sorted(contents) == sorted(RECALCULATED)
    wrong = {f"wrong {place}": mutant(contents[CAPPED], 1, place) for place in closing_cells(contents[CAPPED])[:1]}
    again = recalculating(tmp_path / "office").recalculated(contents | wrong)
    for partner, content in contents.items():
        assert differences(content, again[partner]) == [], partner
        assert formulas(again[partner]).keys() == formulas(content).keys()
    for name, content in wrong.items():
        assert len(differences(content, again[name])) == 1, name


def closing_cells(content: bytes) -> list[str]:
    """Where the closing balance stands: held, payable, total."""
    found: list[Any] = sorted(place for sheet, place in formulas(content) if sheet == "1 Summary")
    row = max(int(place[1:]) for place in found if place[0] == "D")
    return [f"{column}{row}" for column in "CDE"]


def test_there_is_a_statement_for_every_month(figures: Evaluation[Decimal]) -> None:
    assert all(list(o.statements) == [label for label, _, _ in months()] for o in figures.partners.values())
