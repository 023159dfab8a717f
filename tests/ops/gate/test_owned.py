"""The words of a book by owner are read once, and anew as soon as anything was written, committed or taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Text
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Partner
from partnerdesk.errors import Refused
from partnerdesk.models import metadata
from partnerdesk.models.base import OURS
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.gate.owned import _owner, owned
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


def test_who_of_us_did_it_when_and_every_digest_are_marked_as_of_our_making() -> None:
    of_ours = {"at", "closed_at", "currency", "by", "maker", "checker", "issued_by", "recorded_by", "finished_by"}
    of_ours |= {"started_by", "read_by", "decided_by"}
    for table in metadata.sorted_tables:
        if table.name not in TABLES and _owner(table) is not None:
            texts = (c for c in table.columns if isinstance(c.type, Text))
            bare = [c.name for c in texts if (c.name in of_ours or "sha256" in c.name) and OURS not in c.info]
            assert not bare, f"{table.name} holds {bare}: mark them in its model, or two partners seem to share words"
