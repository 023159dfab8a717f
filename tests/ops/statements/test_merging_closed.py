"""A partner that a file only named has closed statements: its description under a number takes nothing from it."""

from datetime import date
from pathlib import Path

from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.files import bring, csv_file, look

DAY = date(2026, 9, 30)
HEADER = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\n"
DEAL = HEADER + "F-1,Gorge,Customer,Closed Won,50000.00,EUR,2026-01-20\n"
COMPANY = "Partner ID,Partner,Country\nG1,Gorge,DE\n"


def test_what_was_posted_stays_with_its_partner_and_is_paid_once(tmp_path: Path) -> None:
    make_book(tmp_path / "book.partnerdesk")
    with Store.open(tmp_path / "book.partnerdesk", user="Ann") as store:
        bring(store, csv_file(tmp_path, DEAL))
        total = store.read(run, "2026-01", DAY).total
        names = {"maker": "Ann", "checker": "Ben", "at": "2026-09-30T12:00:00Z"}
        store.transact("Close", close_period, "2026-01", DAY, total=total, **names)
        (posted,) = [row for row in store.read(closed_statements) if row.partner == "Gorge"]
        shown = look(store, csv_file(tmp_path, COMPANY, "partners.csv"))
        assert [p.message for p in shown.problems if p.warning] == [
            "“Gorge” has closed statements under that name, and the file calls it G1."
        ]
        bring(store, csv_file(tmp_path, COMPANY, "partners.csv"))
        found = store.read(evaluation, DAY).partners
        closing = found["Gorge"].statements["2026-01"].row("closing")
        assert (closing.held, closing.payable) == (posted.held, posted.payable) != (0, 0)
        assert found["G1"].lines == ()
