"""Rows that are gone from their source are a question: kept with evidence, or accepted with a true-up that says why."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops import imports
from partnerdesk.ops.enablement.certificates import record_certificate, remove_certificate
from partnerdesk.ops.imports import Answer
from partnerdesk.ops.imports.effect import effect, effect_of_accepting, effect_of_removing
from partnerdesk.ops.rows.deals import add_deal, mark_won, reopen_deal
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.vanishing.answering import accept_rows, keep_rows
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.imports import batches
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.resting import resting_deals, resting_period
from partnerdesk.queries.vanished import vanished_rows
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.disputes.disputed import MOMENT, line, opened

TODAY = date(2025, 5, 6)
HEAD = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date,Kind\n"
ROWS = [f"X-{n},P1,Customer {n},Closed Won,{n}000.00,EUR,2025-04-{n + 10},new\n" for n in range(1, 7)]
KEPT = Answer("keep", "Order form 17")


def deals(folder: Path, *numbers: int, name: str = "deals.csv") -> Path:
    return csv_file(folder, HEAD + "".join(ROWS[n - 1] for n in numbers), name)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book with January to April closed; six deals of April came from a file."""
    with opened(tmp_path, "hold") as book:
        bring(book, deals(tmp_path, 1, 2, 3, 4, 5, 6))
        close(book, "2025-04")
        yield book


def close(book: Store, label: str, as_of: date = TODAY) -> None:
    total = book.read(run, label, as_of).total
    book.transact("Close", close_period, label, as_of, maker="Ana", checker="Bo", total=total, at=MOMENT)


def true_ups(book: Store, as_of: date = TODAY) -> dict[str, Decimal]:
    """By their notes the corrections of closed periods."""
    found: dict[str, Decimal] = {}
    for entry in book.read(evaluation, as_of).partners["P1"].entries:
        if entry.kind == "trueup":
            found[entry.note] = found.get(entry.note, Decimal(0)) + entry.amount
    return found


def take_in(
    book: Store,
    file: Path,
    gone: Answer = imports.Answer(),  # noqa: B008
    choices: Mapping[str, str] | None = None,
) -> imports.Applied:
    shown = look(book, file, choices)
    return book.transact(f"Import {file.name}", imports.apply, shown, by="Ann", gone=gone).value


def test_a_list_that_lacks_a_row_asks_and_the_statement_waits(store: Store, tmp_path: Path) -> None:
    file = deals(tmp_path, 1, 2, 4, 5, 6)
    (gone,) = look(store, file).gone
    assert (gone.kind, gone.id, gone.partners) == ("deal", "X-3", ("P1",))
    assert gone.says == "Deal X-3, 3,000.00 EUR, 13 Apr 2025" and gone.source.startswith("deals.csv")
    assert take_in(store, file).gone == 1 and true_ups(store) == {}, "nothing changes until somebody answers"
    late = date(2025, 6, 3)
    (row,) = store.read(run, "2025-05", late).rows
    assert (row.status, row.why) == (
        "blocked",
        "1 row is gone from deals.csv; keep or accept it under Data, Gone rows",
    )
    (asked,) = store.read(vanished_rows, waiting=True)
    assert (asked.partner_name, asked.missing, asked.by) == (row.name, "deals.csv", "Ann")
    assert look(store, file).gone == (), "asked once"
    store.transact("Keep", keep_rows, [asked.id], evidence="Order form 17", by="Bo")
    assert store.read(run, "2025-05", late).rows[0].status == "ready" and true_ups(store) == {}
    (kept,) = store.read(vanished_rows)
    assert (kept.answer, kept.evidence, kept.answered_by) == ("keep", "Order form 17", "Bo")
    assert look(store, file).gone == (), "a row that was kept is not asked for again"
    take_in(store, deals(tmp_path, 1, 2, 3, 4, 5, 6))
    assert store.read(vanished_rows) == (), "it is in the file again"


def test_accepted_it_leaves_the_book_and_the_true_up_says_why(store: Store, tmp_path: Path) -> None:
    before = store.read(evaluation, TODAY).partners["P1"]
    take_in(store, deals(tmp_path, 1, 2, 4, 5, 6))
    (asked,) = store.read(vanished_rows)
    found = store.suppose(effect_of_accepting, [asked.id], TODAY)
    store.transact("Accept", accept_rows, [asked.id], by="Bo")
    assert store.read(fact, "deal", "X-3") is None
    told = true_ups(store)
    assert told and all(note.startswith("source row vanished: ") for note in told), told
    (one,) = found.partners
    assert one.corrected == ("2025-04",) and one.change("trueup") == sum(told.values()) < 0
    with pytest.raises(Refused, match="accepted as gone"):
        store.transact("Keep", keep_rows, [asked.id], evidence="x", by="Bo")
    store.undo()
    assert true_ups(store) == {} and store.read(evaluation, TODAY).partners["P1"].entries == before.entries
    assert store.read(vanished_rows, waiting=True) == (asked,)
    store.redo()
    close(store, "2025-05", date(2025, 6, 3))
    assert {row.is_same for row in store.read(replay)} == {True}
    whole = deals(tmp_path, 1, 2, 3, 4, 5, 6)
    assert [q.key for q in look(store, whole).questions] == ["removed"], "somebody said that it is gone"
    take_in(store, whole, choices={"removed": "back"})
    later = true_ups(store, date(2025, 6, 3))
    back = {note for note in later if not note.startswith("source row vanished")}
    assert back and sum(later.values()) == 0, "the row came back, and a later true-up gives it its own cause"


def test_an_import_answers_at_once_and_says_what_that_would_move(store: Store, tmp_path: Path) -> None:
    file = deals(tmp_path, 1, 2, 4, 5, 6)
    found = {
        kind: store.suppose(effect, file, {}, TODAY, gone=answer)
        for kind, answer in (("later", Answer()), ("accept", Answer("accept")))
    }
    assert [bool(found[kind].partners) for kind in ("later", "accept")] == [False, True]
    with pytest.raises(Refused, match="names its evidence"):
        take_in(store, file, Answer("keep"))
    take_in(store, file, Answer("accept"))
    for answer in (Answer("accept"), KEPT):
        assert take_in(store, file, answer).gone == 0, "an answer for rows that are gone, where none is"
    (one,) = found["accept"].partners
    assert one.change("trueup") == sum(true_ups(store).values())
    store.undo()
    assert store.read(fact, "deal", "X-3") is not None and store.read(vanished_rows) == ()


def test_other_lists_of_the_same_kind_are_not_asked_about(store: Store, tmp_path: Path) -> None:
    other = "Y-1,P1,Customer 9,Closed Won,500.00,EUR,2025-04-12,new\n"
    assert look(store, csv_file(tmp_path, HEAD + other, "north.csv")).gone == (), "none of its rows is of that list"
    assert look(store, deals(tmp_path, 1, 2, name="week.csv")).gone == (), "rows of other days"
    assert look(store, csv_file(tmp_path, HEAD + ROWS[0] + ROWS[5], "changes.csv")).gone == (), "less than half of it"
    broken = HEAD + "".join(ROWS[:4]) + ROWS[4].replace("5000.00", "five")
    assert look(store, csv_file(tmp_path, broken)).gone == (), "a row that cannot be read is not gone"
    first = [g.id for g in look(store, deals(tmp_path, 2, 3, 4, 5, 6)).gone]
    assert first == ["X-1"], "the first day of the list, too"


def test_an_import_taken_back_asks_where_closed_statements_rest_on_it(store: Store) -> None:
    (batch,) = [row.id for row in store.read(batches) if row.file == "deals.csv"]
    with pytest.raises(Refused, match=r"rows of import B-0001 of deals\.csv stand under closed statements"):
        store.transact("Take back", imports.take_back, batch, by="Bo")
    store.transact("Take back", imports.take_back, batch, given=KEPT, by="Bo")
    assert store.read(fact, "deal", "X-3") is not None and true_ups(store) == {}
    assert {row.answer for row in store.read(vanished_rows)} == {"keep"}
    store.undo()
    store.transact("Take back", imports.take_back, batch, given=Answer("accept"), by="Bo")
    assert store.read(fact, "deal", "X-3") is None and store.read(batches) == ()
    told = true_ups(store)
    assert told and all(note.startswith("source row vanished: ") for note in told)
    store.undo()
    assert true_ups(store) == {} and store.read(vanished_rows) == ()
    close_later = date(2025, 6, 3)
    store.transact("Take back", imports.take_back, batch, given=Answer("accept"), by="Bo")
    close(store, "2025-05", close_later)
    assert {row.is_same for row in store.read(replay)} == {True}


def test_a_partner_with_closed_statements_stays_when_its_rows_are_accepted_as_gone(tmp_path: Path) -> None:
    with opened(tmp_path, "hold") as book:
        text = HEAD + "".join(ROWS).replace(",P1,", ",Newcomer,")
        batch = bring(book, csv_file(tmp_path, text)).batch
        close(book, "2025-04")
        assert batch is not None
        book.transact("Take back", imports.take_back, batch, given=Answer("accept"), by="Bo")
        found = book.read(evaluation, TODAY).partners
        (newcomer,) = [outcome for id, outcome in found.items() if id != "P1"]
        closing = newcomer.statements["2025-05"].row("closing")
        assert (closing.held, closing.payable) == (0, 0), "what was posted is taken back to nothing"
        assert {one.note.partition(":")[0] for one in newcomer.entries if one.kind == "trueup"} == {
            "source row vanished"
        }


def test_a_row_removed_by_hand_is_accepted_first_where_closed_statements_rest_on_it(store: Store) -> None:
    said = {"person": "Cy Dahl", "certificate": "Architect", "on": date(2025, 5, 2), "by": "Ana"}
    id = store.transact("Record", record_certificate, "P1", **said).value
    store.transact("Remove", remove_certificate, id)
    store.undo()
    assert store.read(resting_period, "certification", id) == ""
    close(store, "2025-05", date(2025, 6, 3))
    assert store.read(resting_period, "certification", id) == "2025-05"
    with pytest.raises(Refused, match="Closed statements rest on this certification"):
        store.transact("Remove", remove_certificate, id)
    assert store.suppose(effect_of_removing, remove_certificate, id, date(2025, 6, 3)).partners == ()
    store.transact("Remove", remove_certificate, id, accepted=True, by="Bo")
    (row,) = store.read(vanished_rows)
    assert (row.answer, row.missing, row.answered_by) == ("accept", "the book, removed by hand", "Bo")
    store.undo()
    assert store.read(fact, "certification", id) is not None and store.read(vanished_rows) == ()


def test_what_no_closed_statement_rests_on_is_taken_back_at_once(store: Store, tmp_path: Path) -> None:
    done = take_in(store, csv_file(tmp_path, HEAD + ROWS[0].replace("X-1", "Z-1").replace("-04-", "-05-"), "may.csv"))
    assert done.batch is not None and store.read(imports.under_closed, done.batch) == ()
    store.transact("Take back", imports.take_back, done.batch, by="Bo")
    assert store.read(fact, "deal", "Z-1") is None and store.read(vanished_rows) == ()


HELD = "Partner,Person,Certificate,Awarded on\nP1,Cy Dahl,Architect,2025-05-02\nP1,Di Moe,Architect,2025-05-03\n"


def test_a_row_removed_by_hand_returns_with_its_file_only_if_somebody_says_so(store: Store, tmp_path: Path) -> None:
    file = csv_file(tmp_path, HELD, "certificates.csv")
    assert take_in(store, file).new == 2
    (id,) = [c.id for c in store.read(facts).of("certification") if c.awarded == date(2025, 5, 3)]
    store.transact("Remove", remove_certificate, id, by="Bo")
    shown = look(store, file)
    (asked,) = shown.questions
    assert asked.asks == "1 certification of this file was removed from the book. What becomes of it now?"
    assert "3 May 2025 (removed by Bo, " in asked.because and [o.value for o in asked.options] == ["back", "leave"]
    with pytest.raises(Refused, match="was removed from the book"):
        store.transact("Import", imports.apply, shown, by="Ann")
    left = take_in(store, file, choices={"removed": "leave"})
    assert left.new == 0 and store.read(fact, "certification", id) is None
    again = look(store, file)
    assert again.questions == () and again.rows_new == 0 and not again.has_changes, "the answer is kept"
    (offer,) = again.offers
    assert [o.value for o in offer.options] == ["back"] and "3 May 2025 (removed by Bo" in offer.because
    assert [p.message for p in again.problems] == ["1 certification that somebody removed stays out of the book."]
    assert take_in(store, file, choices={"removed": "back"}).new == 1
    assert len(store.read(facts).of("certification")) == 2 and look(store, file).problems == ()
    store.undo()
    assert len(look(store, file).problems) == 1


def test_a_deal_counts_in_a_closed_period_where_it_was_won_or_lost_in_it_then_or_now(store: Store) -> None:
    said = {"partner": "P1", "name": "Meridian", "amount": Decimal(100), "currency": "EUR"}
    id = store.transact("Add", add_deal, on=date(2025, 4, 28), **said).value
    won = next(d.id for d in store.read(facts, kinds=("deal",)).of("deal") if d.name != "Meridian" and d.closed)
    assert store.read(resting_deals, [id]) == "", "open, and no closed statement knows it"
    assert (store.read(resting_deals, [won]), store.read(resting_deals, [id, won])) == ("2025-04", "2025-04")
    store.transact("Win", mark_won, id, on=date(2025, 4, 30))
    assert store.read(resting_deals, [id]) == "2025-04", "won in a period that is closed"
    store.undo()
    store.transact("Win", mark_won, id, on=date(2025, 5, 2))
    assert store.read(resting_deals, [id]) == "", "won after all that is closed"
    store.transact("Reopen", reopen_deal, won, stage="Offer", on=date(2025, 5, 2))
    assert store.read(resting_deals, [won]) == "2025-04", "was won when the period closed"


def test_a_dispute_for_which_a_closed_statement_holds_money_is_decided_and_not_removed(tmp_path: Path) -> None:
    with opened(tmp_path, "hold") as book:
        head = "Dispute ID,Partner,Line,Statement,Day,Amount,Unpaid,Reason,Raised by,Currency\n"
        row = f"F-1,P1,{line(book)},ST-2025-01,2025-04-20,1200.00,720.00,too little,Ines,EUR\n"
        batch = bring(book, csv_file(tmp_path, head + row, "disputes.csv"), {"kind": "dispute"}).batch
        close(book, "2025-04")
        held = [e.id for e in book.read(evaluation, TODAY).partners["P1"].entries if e.id.startswith("dispute:")]
        assert held != []
        with pytest.raises(Refused, match="holds money for dispute F-1"):
            book.transact("Take back", imports.take_back, batch, given=Answer("accept"), by="Bo")
        book.transact("Take back", imports.take_back, batch, given=KEPT, by="Bo")
        assert book.read(fact, "dispute", "F-1") is not None and true_ups(book) == {}
