"""The words of a book by owner are read once, and anew as soon as anything was written, committed or taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.gate.owned import owned
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store import Store

DAY = date(2026, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Begin", add_rows, [Partner(id="P1", name="Nordlys")])
        yield store


def test_they_are_read_once_for_a_state_and_day_of_the_book(store: Store) -> None:
    first = store.read(owned, DAY)
    assert store.read(owned, DAY) is first
    assert store.read(owned, date(2026, 10, 1)) is not first


def test_what_another_connection_commits_is_seen(store: Store) -> None:
    store.read(owned, DAY)
    store.transact("Add", add_rows, [Customer(id="C1", name="Meridia Pharma")])
    assert "Meridia Pharma" in store.read(owned, DAY).terms.written
    store.transact("Note", add_note, "P1", day=DAY, text="Aldermoor is next", author="me")
    assert "Aldermoor is next" in store.read(owned, DAY).inner["P1"]
    store.undo()
    assert "P1" not in store.read(owned, DAY).inner


def test_a_step_sees_its_own_rows_and_the_next_one_nothing_of_what_was_taken_back(store: Store) -> None:
    def fails(session: Session) -> None:
        add_rows(session, [Customer(id="C1", name="Meridia Pharma")])
        assert "Meridia Pharma" in owned(session, DAY).terms.written
        raise Refused("No.")

    for look in (lambda: store.transact("Look", owned, DAY).value, lambda: store.keep(owned, DAY)):
        with pytest.raises(Refused):
            store.transact("Fail", fails)
        assert "Meridia Pharma" not in look().terms.written


def test_what_is_said_about_a_partner_is_none_of_its_words_but_of_a_document_for_ourselves(store: Store) -> None:
    store.transact("Note", add_note, "P1", day=DAY, text="Aldermoor may leave us", author="me")
    store.transact("Note", add_note, "P1", day=DAY, text="Met in Bergen", author="me", internal=False)

    def said(session: Session, internal: bool) -> list[str]:
        world = Whose(session, DAY).world("P1", "Nordlys", internal=internal)
        return [text for text in ("Aldermoor may leave us", "Met in Bergen") if not any(world.foreign(text, "B2"))]

    assert store.read(said, False) == ["Met in Bergen"]
    assert store.read(said, True) == ["Aldermoor may leave us", "Met in Bergen"]
