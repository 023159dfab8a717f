"""One person who prepares and checks: said, kept in the history, and refused by a book that asks for two."""

from datetime import date
from pathlib import Path

from partnerdesk.ops.settings import set_book_setting
from partnerdesk.queries.audit import steps
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import Type


def test_one_person_is_recorded_or_refused(book: Path, type_in: Type) -> None:
    with Store.open(book, user="me") as store:
        total = store.read(run, "2026-02", date(2026, 9, 30)).total
        store.transact("Two people", set_book_setting, "two_people", True)
    close = ("close", "2026-02", "--total", total, "--book", book, "--as-of", "2026-09-30", "--maker", "Ana B")
    code, out, err = type_in(*close, "--checker", " ana  b ")
    assert (code, out) == (1, "") and "this book asks for another person to check" in err
    with Store.open(book, user="me") as store:
        store.transact("One person", set_book_setting, "two_people", False)
    code, out, err = type_in(*close, "--checker", "ana b")
    assert code == 0 and "is final" in out and "prepared and checked by one person" in err
    with Store.open(book, user="me", write=False) as store:
        assert store.read(steps, limit=1)[0].label == "Close 2026-02, prepared and checked by one person"
    code, out, _ = type_in("close", "--help")
    assert code == 0 and "a record, not a lock" in out
