"""Statements read back by an independent reader equal the ledger to the cent: workbook, CSV files, pages and screen
(R8).

Statements of random books, every fourth an odd one, taken through evaluation, documents and the screen's own columns.
LibreOffice computes their formulas again and changes nothing; the same comparison finds a kept value that is off by a
cent.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from pypdf import PdfReader
from sqlalchemy.orm import Session

from partnerdesk.engine.money import decimals, minor
from partnerdesk.engine.outcome import Statement
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.moves_twin import moves_twin
from partnerdesk.reports.statement.printed import compose
from partnerdesk.reports.statement.twin import twin
from partnerdesk.reports.statement.workbook import workbook
from partnerdesk.ui.screens.statements_columns import columns
from tests.books import empty_book
from tests.prove.home import own_home
from tests.prove.leak_books import DAY, LeakBook
from tests.prove.leak_mutants import off_by_a_cent
from tests.prove.leak_odd import OddBook
from tests.prove.steps import Steps
from tests.reports.office import Office, has_office, recalculating
from tests.reports.statement_reader import assert_equals_ledger, differences, read

LOCALES = ("en_GB", "de_DE", "fr_FR", "pl_PL")
_EACH = 20  # statements that are read of each book at most
CASES = 58  # books that have a thousand of them together
_SPACES = re.compile(r"\s")


def main(full: bool, seed: int) -> None:
    """1,000 statements of random books, each of them computed again by LibreOffice as well."""
    with own_home() as folder:
        office = recalculating(folder / "office") if full and has_office() else None
        if full and office is None:
            print("  no LibreOffice here: nothing was recalculated")
        count = again = 0
        for number in Steps.of("books", CASES if full else 1):
            made = read_back(seed + number, _EACH if full else 4)
            count += len(made)
            if office:
                recalculated(office, made, seed + number)
                again += len(made)
        print(f"  {count} statements equal their ledger in workbook, CSV files, pages and screen", flush=True)
        print(f"  {again} workbooks computed again without a difference, a wrong one in each book found", flush=True)


def read_back(seed: int, most: int) -> dict[str, bytes]:
    """Reads statements of one random book in all four places; returns their workbooks."""
    made: dict[str, bytes] = {}
    drawn = OddBook(seed) if seed % 4 == 3 else LeakBook(seed)
    with empty_book() as session:
        drawn.fill(session)
        for number, (document, ledger) in enumerate(islice(statements(session), most)):
            formats = Formats(LOCALES[number % len(LOCALES)], english=True)
            formats.places = decimals(drawn.currency)  # as those of a window on such a book
            content = made[f"s{number}"] = workbook(document, formats)
            assert_equals_ledger(read(content), document)
            equals_ledger(document, ledger)
            of_csv(twin(document), ledger)
            of_movements(moves_twin(document), ledger)
            of_pages(compose(document, formats).content, ledger, formats)
            of_screen(session, ledger, formats)
    return made


def statements(session: Session) -> Iterator[tuple[StatementDocument, Statement[Decimal]]]:
    """Every statement of a book as a document, with the ledger that it was made of; the fullest first."""
    outcomes = evaluation(session, DAY).partners.values()
    found = [statement for outcome in outcomes for statement in outcome.statements.values()]
    for statement in sorted(found, key=lambda s: -len(s.entries)):
        yield statement_document(session, statement.partner, statement.period.label, DAY), statement


def equals_ledger(document: StatementDocument, ledger: Statement[Decimal]) -> None:
    """The rows of a document are sums of the ledger's entries, counted here once more."""
    movements = {"held": Decimal(0), "payable": Decimal(0)}
    for entry in ledger.entries:
        movements[entry.bucket] += entry.amount
    opening, closing = document.statement.rows[0], document.statement.rows[-1]
    assert opening.held + movements["held"] == closing.held, (document.statement.partner, document.number)
    assert opening.payable + movements["payable"] == closing.payable, (document.statement.partner, document.number)


def of_csv(content: bytes, ledger: Statement[Decimal]) -> None:
    """Each line of the twin is a line of the ledger."""
    told = [(r["Line"].removeprefix("'"), Decimal(r["Amount"]), Decimal(r["Computed"])) for r in _records(content)]
    assert told == [(line.id, line.amount, line.computed) for line in ledger.lines]


def of_movements(content: bytes, ledger: Statement[Decimal]) -> None:
    """What the movements' file adds up to are the closing balances, and of each line and day what the ledger moved."""
    opening, *moved = _records(content)
    first, last = ledger.rows[0], ledger.rows[-1]
    where = f"{ledger.partner} {ledger.period.label}"
    assert (Decimal(opening["Held"]), Decimal(opening["Payable"])) == (first.held, first.payable), f"{where}: opening"
    for title, closing in (("Held", last.held), ("Payable", last.payable)):
        total = sum((Decimal(r[title]) for r in (opening, *moved)), Decimal(0))
        assert total == closing, f"{where}: {title} sums to {total}, closing is {closing}"
    told, wanted = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for r in moved:
        for bucket in ("Held", "Payable"):
            told[bucket.lower(), r["Line"].removeprefix("'"), r["Day"]] += minor(Decimal(r[bucket]), ledger.currency)
    for entry in ledger.entries:
        wanted[entry.bucket, entry.line, entry.day.isoformat()] += minor(entry.amount, ledger.currency)
    assert {k: n for k, n in told.items() if n} == {k: n for k, n in wanted.items() if n}, f"{where}: movements"
    assert {r["Currency"] for r in (opening, *moved)} == {ledger.currency}


def _records(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def of_pages(content: bytes, ledger: Statement[Decimal], formats: Formats) -> None:
    """Every amount of the roll-forward stands on the first page, in the order of its rows."""
    text = _SPACES.sub("", PdfReader(io.BytesIO(content)).pages[0].extract_text())
    for row in ledger.rows:
        for amount in (row.held, row.payable, row.total):
            if amount:
                shown = _SPACES.sub("", formats.accounting(amount))
                assert shown in text, f"{ledger.partner} {ledger.period.label}: {row.label} {shown} is not on the page"


def of_screen(session: Session, ledger: Statement[Decimal], formats: Formats) -> None:
    """The cells of the Statements screen."""
    label = ledger.period.label
    row = next(r for r in run(session, label, DAY).rows if r.partner == ledger.partner)
    cells = {c.key: c.words(row) for c in columns(formats, lambda _: None, lambda _: None, lambda: label)}
    first, last = ledger.rows[0], ledger.rows[-1]
    paid = ledger.row("paid").total
    taken_over = sum((row.total for row in ledger.rows if row.key == "opened"), Decimal(0))  # where the partner began
    wanted = {"opening": first.total + taken_over, "closing": last.total, "held": last.held, "paid": paid}
    for key, amount in wanted.items():
        assert cells[key] == formats.accounting(amount), f"{ledger.partner} {label}: {key} shows {cells[key]}"
    earned = sum((line.amount for line in ledger.lines), Decimal(0))
    assert cells["earned"] == formats.accounting(earned), f"{ledger.partner} {label}: earned"


def recalculated(office: Office, made: dict[str, bytes], seed: int) -> None:
    """LibreOffice gets the figures that the workbooks bring along, and not the one that is a cent too high."""
    wrong = off_by_a_cent(made["s0"])
    again = office.recalculated({**made, "wrong": wrong})
    for name, content in made.items():
        assert differences(content, again[name]) == [], f"seed {seed}: {name}"
    assert differences(wrong, again["wrong"]), f"seed {seed}: a value that is off by a cent was not found"
