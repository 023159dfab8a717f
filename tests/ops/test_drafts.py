"""Drafts from the first copy to the published version, and what a draft would have paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Deal, Partner, Transaction
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.drafts import change_draft, create_draft, discard_draft, publish_draft
from partnerdesk.ops.programs.trials import Money, cases_of, money_moved, trial
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.queries.drafts import DraftRow, shelf
from partnerdesk.queries.figures import evaluation
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

TODAY, AT = date(2025, 4, 15), "2025-04-15T09:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One partner, one version, and January closed with a commission of 1,200."""
    from partnerdesk.ops.statements.closing import close_period
    from partnerdesk.queries.statements.closing import run

    with Store.create(tmp_path / "x.partnerdesk", user="Ana") as made:
        made.transact("Add facts", add_rows, facts(), system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        made.transact("Add program", add_version, text, "2024.1.toml")
        total = made.read(run, "2025-01", AS_OF).total
        made.transact("Close", close_period, "2025-01", AS_OF, maker="Ana", checker="Bo", total=total, at=AT)
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "empty.partnerdesk", user="Ana") as made:
        yield made


def drafts(store: Store) -> tuple[DraftRow, ...]:
    return store.read(shelf, TODAY).drafts


def begun(store: Store, based_on: str = "2024.1") -> DraftRow:
    id = store.transact("New draft", create_draft, today=TODAY, at=AT, based_on=based_on).value
    return next(d for d in drafts(store) if d.id == id)


def edited(store: Store, draft: DraftRow, *changes: tuple[str, str]) -> DraftRow:
    text = draft.text
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    store.transact("Edit", change_draft, draft.id, draft.text, text, at=AT)
    return next(d for d in drafts(store) if d.id == draft.id)


def test_a_draft_begins_as_a_copy_with_a_name_and_a_first_day_of_its_own(store: Store) -> None:
    draft = begun(store)
    assert (draft.name, draft.based_on) == ("2026.1", "2024.1")
    original = store.read(shelf, TODAY).versions[0].text
    wanted = original.replace('version = "2024.1"', 'version = "2026.1"').replace(
        "effective_from = 2024-01-01", "effective_from = 2026-01-01"
    )
    assert draft.text == wanted, "comments and layout stay"
    assert begun(store).name == "2026.2"
    assert store.read(shelf, TODAY).closed_until == date(2025, 1, 31)


def test_a_draft_of_an_empty_book_begins_with_a_template_that_reads(empty: Store) -> None:
    draft = begun(empty, "")
    assert read_program(draft.text, "draft").problems == ()
    case, *_ = cases_of([], (draft.name, draft.text))
    assert case.is_met and not case.is_moved
    later = draft.text.replace("effective_from = 2026-01-01", "effective_from = 2027-01-01")
    case, *_ = cases_of([], (draft.name, later))
    assert case.is_met and case.is_moved, "a case of before is run as if the version held then"
    assert empty.transact("Publish", publish_draft, draft.id, draft.text).value == "2026.1"
    assert [v.version for v in empty.read(shelf, TODAY).versions] == ["2026.1"]


def test_the_first_draft_of_a_book_with_sales_begins_with_the_year_of_the_earliest(empty: Store) -> None:
    sold = [Transaction(id="T-2", partner="P-1", day=date(2024, 3, 5)), Deal(id="D-1", partner="P-1", closed=TODAY)]
    empty.transact("Import", add_rows, [Partner(id="P-1", name="Nordlys"), *sold])
    draft = begun(empty, "")
    assert draft.name == "2024.1" and "effective_from = 2024-01-01" in draft.text
    assert cases_of([], (draft.name, draft.text))[0].is_met


def test_an_edit_is_one_step_of_undo_and_names_the_draft_anew(store: Store) -> None:
    draft = begun(store)
    changed = edited(store, draft, ('version = "2026.1"', 'version = "2026.spring"'))
    assert changed.name == "2026.spring"
    broken = edited(store, changed, ('version = "2026.spring"', "version = "))
    assert broken.name == "2026.spring"
    store.undo()
    store.undo()
    assert drafts(store) == (draft,)
    with pytest.raises(Refused, match="since you opened it"):
        store.transact("Edit", change_draft, draft.id, "other", "x", at=AT)


def test_a_discarded_draft_comes_back_with_undo(store: Store) -> None:
    draft = begun(store)
    store.transact("Discard", discard_draft, draft.id)
    assert drafts(store) == ()
    store.undo()
    assert drafts(store) == (draft,)


def test_a_draft_moves_no_figure(store: Store) -> None:
    before = store.read(evaluation, AS_OF)
    begun(store)
    assert store.read(evaluation, AS_OF) is before, "nothing was computed anew"


def test_publishing_makes_a_version_that_never_changes_and_is_not_undone(store: Store) -> None:
    draft = edited(store, begun(store), ("Platinum = 0.15", "Platinum = 0.16"))
    assert store.transact("Publish", publish_draft, draft.id, draft.text).value == "2026.1"
    found = store.read(shelf, date(2026, 1, 1))
    assert found.drafts == ()
    assert [(v.version, v.state, v.until) for v in found.versions] == [
        ("2024.1", "ended", date(2025, 12, 31)),
        ("2026.1", "in force", None),
    ]
    assert store.undo_label is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("rate = 0.05", "rte = 0.05"), "rte is not a known key"),
        (("effective_from = 2026-01-01", "effective_from = 2025-01-31"), "would change periods that are closed"),
        (("effective_from = 2026-01-01", "effective_from = 2024-01-01"), "already takes effect"),
        (('version = "2026.1"', 'version = "2024.1"'), "is published already"),
        (("program = ", 'vendor = "x"\nprogram = "other" #'), "runs the program"),
    ],
)
def test_what_cannot_be_published_is_refused_and_stays_a_draft(
    store: Store, change: tuple[str, str], message: str
) -> None:
    draft = begun(store)
    if "vendor" in change[1]:
        draft = edited(store, draft, ('vendor = "Fennmark Software"\n', ""))
    draft = edited(store, draft, change)
    with pytest.raises(Refused, match=message):
        store.transact("Publish", publish_draft, draft.id, draft.text)
    assert drafts(store) == (draft,)


def test_a_case_that_differs_stops_the_publishing(empty: Store) -> None:
    draft = edited(empty, begun(empty, ""), ("Registered = 0.05", "Registered = 0.06"))
    case, *_ = cases_of([], (draft.name, draft.text))
    assert [(a.expected, a.found, a.is_met) for a in case.answers] == [(Decimal("500.00"), Decimal("600.00"), False)]
    with pytest.raises(Refused, match=r"expects 500\.00 for earned · 2026-03, the rules give 600\.00"):
        empty.transact("Publish", publish_draft, draft.id, draft.text)
    with pytest.raises(Refused, match="since its effect was shown"):
        empty.transact("Publish", publish_draft, draft.id, "another text")


def moved(store: Store, draft: DraftRow) -> Money:
    given = store.read(trial, TODAY, draft.text)
    assert given is not None
    return money_moved(given, (draft.name, draft.text))


def test_the_money_moved_is_that_of_the_last_closed_period(store: Store) -> None:
    draft = begun(store)
    same = moved(store, draft)
    assert (same.period.label, same.is_closed, same.instead_of, same.since) == (
        "2025-01",
        True,
        "2024.1",
        date(2024, 1, 1),
    )
    assert (same.before, same.after, same.change) == (Decimal(1200), Decimal(1200), 0)
    draft = edited(store, draft, ("Gold = 0.12", "Gold = 0.135"))
    (row,) = moved(store, draft).rows
    assert (row.name, row.before, row.after, row.change) == ("Aurelia & Söhne", 1200, 1350, 150)


def test_thresholds_move_money_through_the_tiers_they_give(store: Store) -> None:
    """A draft stands in since the first day of the version in force, so that its tiers were reached by its rules."""
    draft = edited(store, begun(store), ('name = "Gold"', 'name = "Golden"'), ("Gold = 0.12", "Golden = 0.12"))
    assert moved(store, draft).after < 1200


def test_a_text_that_cannot_be_read_moves_nothing(store: Store) -> None:
    draft = edited(store, begun(store), ("rate = 0.05", "rte = 0.05"))
    assert store.read(trial, TODAY, draft.text) is None
    assert cases_of([], (draft.name, draft.text)) == ()
