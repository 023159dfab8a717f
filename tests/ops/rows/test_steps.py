"""Plans, reviews and facts in a whole book: one step each, undone and redone, and locked in the file itself."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.models.plans import objective
from partnerdesk.models.reviews import review_item
from partnerdesk.ops.joint import plan_parts, plans, reviews
from partnerdesk.ops.joint.actions import add_action, carry_over
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.rows.deals import mark_won
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.sample import make_sample
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.plans import plan_view
from partnerdesk.queries.joint.reviews import review_view
from partnerdesk.queries.search import search
from partnerdesk.store import Store

TODAY = date(2026, 11, 19)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "book.partnerdesk", user="R. Silva")
    store.transact("Add partner", add_rows, [Partner(id="P-1", name="Łużyca Systemy")])
    yield store
    store.close()


def _picture(session: Session) -> Any:
    plan, review = plan_view(session, 1, TODAY), review_view(session, 1, TODAY)
    return plan, review, actions(session, TODAY), notes(session), facts(session)


def test_every_step_is_undone_and_redone_exactly(store: Store) -> None:
    steps: list[tuple[Any, ...]] = [
        (add_rows, [Deal(id="D-1", partner="P-1", amount=Decimal("12.50"))]),
        (plans.add_plan, "P-1", {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "on": TODAY}),
        (plan_parts.add_objective, 1, {"title": "Grow"}),
        (reviews.add_review, "P-1", "2026Q3", {"on": TODAY}),
        (reviews.set_page, 1, "score", {"narrative": "Two slipped"}),
        (add_action, "P-1", {"text": "Demo", "side": "partner", "on": TODAY, "due": TODAY, "review": 1}),
        (reviews.hold_review, 1, {"on": TODAY}),
        (carry_over, 1, {"due": date(2026, 12, 1), "on": TODAY}),
        (add_note, "P-1", {"day": TODAY, "text": "Called"}),
        (mark_won, "D-1", {"on": TODAY}),
    ]
    pictures = [store.read(_picture)]
    for op, *args in steps:
        named = args.pop() if isinstance(args[-1], dict) else {}
        store.transact(op.__name__, op, *args, **named)
        pictures.append(store.read(_picture))
    for before in reversed(pictures[:-1]):
        store.undo()
        assert store.read(_picture) == before
    for after in pictures[1:]:
        store.redo()
        assert store.read(_picture) == after


def _closed_plan(store: Store) -> None:
    store.transact(
        "Plan", plans.add_plan, "P-1", start=date(2026, 1, 1), end=date(2026, 12, 31), on=TODAY, with_template=False
    )
    store.transact("Goals", plans.change_plan, 1, {}, partner_goals="Grow")
    sides = {f"{side}_{what}": "x" for side in ("vendor", "partner") for what in ("commitment", "owner")}
    store.transact("Objective", plan_parts.add_objective, 1, title="Grow", due=TODAY, **sides)
    store.transact("Agree", plans.agree_plan, 1, on=TODAY, by="both")
    store.transact("Close", plans.close_plan, 1, on=TODAY)


def test_a_closed_plan_is_locked_in_the_file_until_the_closing_is_undone(store: Store) -> None:
    _closed_plan(store)

    def past_the_ops(session: Session) -> None:
        session.execute(update(objective).values(title="Shrink"))

    with pytest.raises(Refused, match="This plan is closed and stays as it was"):
        store.transact("Cheat", past_the_ops)
    store.undo()
    store.transact("Report", plan_parts.report_objective, 1, status="done")


def test_a_held_review_is_locked_in_the_file_until_that_is_undone(store: Store) -> None:
    store.transact("Review", reviews.add_review, "P-1", "2026Q3", on=TODAY)
    store.transact("Held", reviews.hold_review, 1, on=TODAY)

    def past_the_ops(session: Session) -> None:
        session.execute(update(review_item).values(text="Nothing was said"))

    with pytest.raises(Refused, match="This review was held; its record stays as it was"):
        store.transact("Cheat", past_the_ops)
    store.undo()
    store.transact("Win", reviews.add_item, 1, "win", text="Signed after all")


def test_search_sees_each_step_and_each_undo(store: Store) -> None:
    assert [h.title for h in store.read(search, "luzyca")] == ["Łużyca Systemy"]
    store.transact("Note", add_note, "P-1", day=TODAY, text="Zaufanie rośnie")
    assert [h.kind for h in store.read(search, "rosnie")] == ["note"]
    store.undo()
    assert store.read(search, "rosnie") == ()


def test_the_sample_fills_a_book_in_one_step(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "Sample.partnerdesk", user="me", sample=True)
    done = store.transact("Make the sample book", make_sample)
    assert {"deal", "plan", "review", "action", "note", "batch", "source_row"} <= done.changes.tables
    assert [hit.title for hit in store.read(search, "viet song", 1, ("partner",))] == ["Việt Sông Tech"]
    assert [f.category for f in store.check()] == ["backups"]
    store.close()
