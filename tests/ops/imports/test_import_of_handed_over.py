"""A file that gives a row of closed statements to another partner: that is asked, with both and the statements."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import facts
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.statements.test_changed_partner import PROGRAM, close

FILE = "Opportunity ID,Partner ID,Status,Type,Close date,Amount,Currency\nWON,Q,won,new,2026-01-05,900.00,EUR\n"
ENDED = {"set:deal.status": "won"}
STILL_OPEN = "Opportunity ID,Partner ID,Status,Type,Amount,Currency\nOPEN,Q,open,new,900.00,EUR\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    """A won and an open deal of P; January is closed."""
    day, amount = date(2026, 1, 5), Decimal(1000)
    rows = [Partner(id=id, name=f"{id} Ltd", joined=day) for id in "PQ"]
    won = Deal(id="WON", partner="P", status="won", closed=day, amount=amount)
    still = Deal(id="OPEN", partner="P", status="open", expected_close=date(2026, 6, 30), amount=amount)
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [*rows, won, still], system="files")
        store.transact("Add", add_version, PROGRAM, "p.toml")
        close(store, "2026-01")
        yield store


def owners(store: Store) -> dict[str, str | None]:
    return {deal.id: deal.partner for deal in store.read(facts, kinds=("deal",)).of("deal")}


def test_it_is_asked_of_what_was_posted_and_nothing_comes_in_before(book: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, FILE)
    (asked,) = look(book, path, ENDED).questions
    assert (asked.key, asked.rows) == ("owner", 1)
    assert "Deal WON (ST-2026-01) goes from P (P Ltd) to Q (Q Ltd)" in asked.because
    with pytest.raises(Refused, match="Does it change its partner"):
        bring(book, path, ENDED)
    assert owners(book) == {"WON": "P", "OPEN": "P"}


def test_an_open_deal_moves_nothing_that_was_posted(book: Store, tmp_path: Path) -> None:
    assert bring(book, csv_file(tmp_path, STILL_OPEN)).changed == 1
    assert owners(book) == {"WON": "P", "OPEN": "Q"}


@pytest.mark.parametrize(("answer", "owner", "changed"), [("take", "Q", 1), ("leave", "P", 0)])
def test_the_answer_holds_for_this_file_alone(
    book: Store, tmp_path: Path, answer: str, owner: str, changed: int
) -> None:
    path = csv_file(tmp_path, FILE)
    done = bring(book, path, {**ENDED, "owner": answer})
    assert (done.changed, owners(book)["WON"]) == (changed, owner)
    if answer == "leave":
        assert [q.key for q in look(book, path).questions] == ["owner"], "asked anew the next time"
