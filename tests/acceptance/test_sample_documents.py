"""The sample book's documents and screens say what the hand computed; what was closed stays as it was."""

import csv
import json
import re
import zlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.whole import Evaluation
from partnerdesk.models.statements import fact_chunk, statement
from partnerdesk.ops.outgoing import note_outgoing
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.queries.figures import explained
from partnerdesk.queries.outlook import outlook
from partnerdesk.queries.partners.earned import earned
from partnerdesk.queries.partners.people import partner_rows
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.reports.format import Formats
from partnerdesk.reports.release.outgoing import outgoing
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


def test_each_month_was_closed_a_few_days_after_its_end_on_the_data_of_that_day(book: Store) -> None:
    for row in book.read(closed_statements):
        document = restored(book.read(canonical_statement, row.id))
        assert document.issued is not None
        assert row.closed_at[:10] == document.issued.isoformat()
        assert row.as_of == document.data_as_of == document.issued, row.number
        assert 3 <= (document.issued - row.end).days <= 10
        assert document.issued.weekday() < 5


def test_a_statement_of_the_past_rests_on_no_fact_of_its_future(book: Store) -> None:
    planned = ("expected_close", "end", "expires", "due", "planned_kickoff", "planned_live", "start")
    for row in book.read(closed_statements, CLAWED_BACK):
        for kind, facts in book.read(_frozen_facts, row.id):
            days = {(f["id"], n): v for f in facts for n, v in f.items() if n not in planned and _is_day(v)}
            late = {key: day for key, day in days.items() if day > row.as_of.isoformat()}
            assert late == {}, (row.number, kind)


def test_a_go_live_that_nobody_knew_yet_is_no_release_day(book: Store, figures: Evaluation[Decimal]) -> None:
    """What waits for a go-live says so until it has happened; its day comes with the statement that releases it."""
    waiting = 0
    for row in book.read(closed_statements):
        held = restored(book.read(canonical_statement, row.id)).statement.held
        for hold in held:
            if hold.kind == "vesting" and hold.next_release is not None:
                assert hold.next_release <= row.as_of, (row.number, row.partner, hold)
            waiting += hold.kind == "vesting" and hold.next_release is None and bool(hold.remaining)
    assert waiting > 200


def test_a_gold_partner_is_not_called_registered_because_nobody_assumes_surveys(book: Store, tmp_path: Path) -> None:
    brindlemoor = next(p.id for p in book.read(partner_rows) if p.name == "Brindlemoor Systems")
    found = book.read(outlook, brindlemoor, AS_OF)
    for run in (found.scheduled, found.all_closes):
        assert run.tier == ""
        assert run.tier_words == "Gold today; not projected: no surveys or go-lives are assumed"
    pack = book.read(export_pack, brindlemoor, "2026Q3", AS_OF, tmp_path)
    page = next(
        t for text in texts(pack.path.read_bytes()) if squeezed("What changes the outcome") in (t := squeezed(text))
    )
    assert squeezed("As is and Platinum") in page  # the tier after Gold, not the one after the lowest
    assert "Registered" not in page


def test_a_tier_is_projected_where_all_that_decides_about_it_is_known(book: Store) -> None:
    assert book.read(outlook, "P-06", AS_OF).scheduled.tier_words == "Silver"


def _frozen_facts(session: Session, statement_id: int) -> list[tuple[str, list[dict[str, Any]]]]:
    hashes = session.execute(select(statement.c.facts).where(statement.c.id == statement_id)).scalar_one()
    query = select(fact_chunk.c.body).where(fact_chunk.c.sha256.in_(json.loads(hashes)))
    chunks = [json.loads(zlib.decompress(body)) for body in session.execute(query).scalars()]
    return [(kind, facts) for chunk in chunks for kind, facts in chunk.get("facts", {}).items()]


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


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
        with files.movements.open(encoding="utf-8-sig", newline="") as file:
            moved = [(Fraction(row["Held"]), Fraction(row["Payable"])) for row in csv.DictReader(file)]
        ends = tuple(wanted.get(("closing", bucket), Fraction(0)) for bucket in ("held", "payable"))
        assert tuple(map(sum, zip(*moved, strict=True))) == ends


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


def test_a_statement_that_left_stands_in_the_way_of_no_other_of_its_period(book: Store, tmp_path: Path) -> None:
    for partner in ("P-13", "P-07"):
        for period in ("2026-09", "2026-11"):  # closed, and a draft
            made = book.read(export_statements, period, AS_OF, tmp_path, partners=[partner])
            assert [one.partner for one in made] == [partner]
            book.keep(note_outgoing, outgoing(made), on=AS_OF, by="Ines Roth", at="2026-11-19T08:00:00Z")
