"""A plan's workbook comes back: nothing changed is nothing proposed, each changed cell is exactly that proposal."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnerdesk.errors import Refused
from partnerdesk.intake.grid import is_plan, is_statement
from partnerdesk.ops.joint.plan_parts import change_objective
from partnerdesk.ops.joint.plans import agree_plan, change_plan, close_plan, remove_plan, revise_plan
from partnerdesk.ops.plan.contents import text_of
from partnerdesk.ops.plan.proposals import accept_proposals, proposals, refuse_proposals, reopen_proposal, take_sheet
from partnerdesk.ops.plan.returned import ReturnedSheet
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.queries.joint.plans import PlanView, plan_view
from partnerdesk.reports.plan.sheets import HEAD
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.ops.plan.filled import DAY, HOSTILE, filled_in, full_plan, place, read, sent
from tests.reports.office import needs_office, recalculating

SEED = 20261127


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        yield store


@pytest.fixture
def plan(store: Store) -> int:
    return full_plan(store)


@pytest.fixture
def path(store: Store, plan: int, tmp_path: Path) -> Path:
    return sent(store, plan, tmp_path / "out")


def view(store: Store, plan: int) -> PlanView:
    found = store.read(plan_view, plan, DAY)
    assert found is not None
    return found


def take(store: Store, found: ReturnedSheet) -> tuple[int, ...]:
    return tuple(store.transact("Take", take_sheet, found, on=DAY, by="Ann").value)


def accept(store: Store, *ids: int, **more: Any) -> None:
    store.transact("Accept", accept_proposals, ids, on=DAY, by="Ann", **more)


def test_a_file_that_was_not_touched_proposes_nothing(store: Store, path: Path) -> None:
    assert is_plan(path) and not is_statement(path)
    for back in (path, filled_in(path, {})):
        found = read(store, back)
        assert (found.proposed, found.differences) == ((), ())
        assert (found.partner, found.plan.number) == ("P1", "JP-2026-P1")
        with pytest.raises(Refused, match="proposes nothing"):
            take(store, found)


def test_a_text_that_looks_like_an_escape_of_the_format_comes_back_as_it_is(
    store: Store, plan: int, tmp_path: Path
) -> None:
    store.transact("Text", change_plan, plan, {}, thesis="_x000D_ and _x0041_\x0b")
    found = read(store, sent(store, plan, tmp_path / "escapes"))
    assert (found.proposed, found.differences) == ((), ())


def test_nothing_internal_is_in_the_workbook_and_no_text_is_a_formula(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = " ".join(str(cell.value) for cell in cells)
    assert "Our own floor" not in said and "influence" not in said.casefold() and "stance" not in said.casefold()
    assert HOSTILE in said
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(sheet.protection.sheet and sheet.sheet_state == "visible" for sheet in book)
    tinted = [cell for cell in cells if not cell.protection.locked]
    assert tinted and all(cell.fill.fgColor.rgb.endswith("FFFCF2") for cell in tinted)


def open_cells(path: Path) -> list[tuple[str, str, str]]:
    """Sheet, place and kind of every open cell of a row that is there: its format, or its other choices."""
    found = []
    for sheet in openpyxl.load_workbook(path):
        lists = [(v.sqref, str(v.formula1)) for v in sheet.data_validations.dataValidation]
        for row in sheet.iter_rows(min_row=HEAD + 2):
            for cell in row:
                if not cell.protection.locked and row[0].value:
                    kinds = [words for places, words in lists if cell.coordinate in places]
                    others = [word for word in kinds[0].strip('"').split(",") if word != cell.value] if kinds else []
                    found.append(
                        (sheet.title, cell.coordinate, "|".join(["", *others]) if others else cell.number_format)
                    )
    return found


def test_each_changed_cell_is_exactly_that_proposal(store: Store, path: Path) -> None:
    cells = open_cells(path)
    assert len(cells) > 60 and len({sheet for sheet, _, _ in cells}) == 12
    dice = random.Random(SEED)
    for chosen in (cells, dice.sample(cells, len(cells) // 2), dice.sample(cells, 1)):
        values = {(sheet, at): other(kind, dice) for sheet, at, kind in chosen}
        found = read(store, filled_in(path, {at: value for at, (_, value) in values.items()}))
        wanted = {f"{sheet}, {at}": text for (sheet, at), (text, _) in values.items()}
        assert {p.place: p.theirs for p in found.proposed} == wanted, SEED
        assert len(found.proposed) == len(chosen) and found.differences == ()


def other(kind: str, dice: random.Random) -> tuple[str, Any]:
    """Another value of a cell, and the text that it is compared by."""
    if kind.startswith("|"):
        word = dice.choice(kind.split("|")[1:])
        return word, word.upper()
    if kind.endswith("%"):
        number = dice.randint(1, 99)
        return text_of(Decimal(number) / 100), number / 100
    if "yyyy" in kind:
        day = date(2026, 5, dice.randint(1, 28))
        return day.isoformat(), day
    if kind in ("0", "#,##0.######"):
        number = dice.randint(4, 900)
        return str(number), number
    word = f"Proposal {dice.randint(0, 10**6)}\nwith a second line"
    return word, word


def test_what_is_not_open_is_named_and_not_taken(store: Store, path: Path) -> None:
    back = filled_in(
        path,
        {
            ("Joint plan", place(path, "Joint plan", "Text", 3)): "You want what we want",
            ("Targets", place(path, "Targets", "Reached Q1 2026", 2)): 7,
            ("Objectives", "A5"): "999",
            ("Objectives", "Z5"): "beside",
            ("Risks", "C5"): "perhaps",
            ("People", "F4"): "Influence",
        },
    )
    found = read(store, back)
    assert found.proposed == ()
    named = {(d.sheet, d.cell) for d in found.differences}
    assert {("Joint plan", "C7"), ("Targets", "G6"), ("Objectives", "A5"), ("Risks", "C5"), ("People", "F4")} <= named
    assert ("Objectives", "") in named, "the row whose name was changed is missing"
    assert any("none of low, medium, high" in d.returned for d in found.differences)


def test_a_new_row_is_one_proposal_and_becomes_a_row(store: Store, plan: int, path: Path) -> None:
    cells = {"Objective": "Name a reference", "Due": date(2026, 11, 30), "Reached": 1, "Status": "at risk"}
    cells |= {"Reason": "No consent yet", "You commit": "@SUM(1)"}
    back = filled_in(path, {("Objectives", place(path, "Objectives", t, 2)): v for t, v in cells.items()})
    found = read(store, back)
    assert found.differences == ()
    (proposed,) = found.proposed
    assert (proposed.state, proposed.what, proposed.label) == ("new", "New objective", "Name a reference")
    accept(store, *take(store, found))
    row = view(store, plan).objectives[-1]
    assert (row.title, row.due, row.status, row.reason) == (
        "Name a reference",
        date(2026, 11, 30),
        "at risk",
        "No consent yet",
    )
    assert row.partner_commitment == "@SUM(1)"
    assert read(store, back).proposed == ()


def test_a_new_row_without_its_name_is_named_and_not_taken(store: Store, path: Path) -> None:
    found = read(store, filled_in(path, {("Objectives", place(path, "Objectives", "Why", 2)): "Because"}))
    assert found.proposed == () and "no Objective" in found.differences[0].returned


def test_a_new_target_comes_with_its_quarters_and_a_sixth_is_not_taken(store: Store, plan: int, path: Path) -> None:
    def target(n: int, **cells: Any) -> dict[tuple[str, str], Any]:
        titled = {title.replace("_", " "): value for title, value in cells.items()}
        return {("Targets", place(path, "Targets", title, n)): value for title, value in titled.items()}

    rate = {"Unit": "%", "Baseline": 80, "Target_Q1_2026": 85, "Target_Q4_2026": "97.5 %", "Reached_Q1_2026": 0.5}
    shares = {"Unit": "%", "Target_Q1_2026": 0.85, "Reached_Q1_2026": 1}
    back = filled_in(
        path,
        target(3, Target="Renewals", Confidence="high", **rate)
        | target(4, Target="Answers in a day", **shares)
        | target(5, Target="Visits", Unit="visits", Target_Q2_2026=3)
        | target(6, Target="One too many"),
    )
    found = read(store, back)
    assert found.differences == () and [p.what for p in found.proposed] == ["New target"] * 4
    ids = take(store, found)
    listed = {p.id: p for p in store.read(proposals, "P1", DAY)}
    assert dict(listed[ids[1]].fields)["Target Q1 2026"] == "85 %"
    assert list(dict(listed[ids[2]].fields)) == ["Target", "Unit", "Target Q2 2026"]
    accept(store, *ids[:3])
    row, other, plain = view(store, plan).targets[-3:]
    assert (row.label, row.unit, row.source, row.baseline, row.confidence) == (
        *("Renewals", "%", "manual", Decimal("0.8"), "high"),
    )
    assert {q.quarter: (q.value, q.actual) for q in row.quarters} == {
        "2026Q1": (Decimal("0.85"), Decimal("0.005")),
        "2026Q4": (Decimal("0.975"), None),
    }
    assert (other.quarters[0].value, other.quarters[0].actual) == (Decimal("0.85"), 1)
    assert plain.quarters[0].value == 3
    assert [p.label for p in read(store, back).proposed] == ["One too many"]
    with pytest.raises(Refused, match="5 targets, and no more"):
        accept(store, ids[3])
    store.undo()
    assert len(view(store, plan).targets) == 2


def test_accepting_is_one_step_each_and_refusing_is_kept_with_its_day(store: Store, plan: int, path: Path) -> None:
    back = filled_in(path, {("Joint plan", "C5"): "Our own words", ("Risks", place(path, "Risks", "Owner")): "Ilse"})
    found = read(store, back)
    first, second = take(store, found)
    accept(store, first)
    assert view(store, plan).plan.thesis == "Our own words"
    store.undo()
    assert view(store, plan).plan.thesis.startswith("First line")
    store.redo()
    store.transact("Refuse", refuse_proposals, [second], on=DAY, by="Ann", reason="Not hers")
    listed = {p.id: p for p in store.read(proposals, "P1", DAY)}
    assert (listed[second].status, listed[second].decided_on, listed[second].reason) == ("refused", DAY, "Not hers")
    again = read(store, back)
    assert [(p.field, p.known) for p in again.proposed] == [("owner", "refused")] and again.fresh == ()
    with pytest.raises(Refused, match="is refused already"):
        accept(store, second)
    store.transact("Reopen", reopen_proposal, second)
    accept(store, second)
    assert view(store, plan).risks[0].owner == "Ilse"


def test_what_we_changed_meanwhile_is_a_conflict(store: Store, plan: int, path: Path) -> None:
    objective = view(store, plan).objectives[0].id
    back = filled_in(path, {("Objectives", place(path, "Objectives", "You commit")): "A demo lab"})
    store.transact("Meanwhile", change_objective, objective, {}, partner_commitment="Two workshops")
    found = read(store, back)
    (proposed,) = found.proposed
    assert (proposed.state, proposed.base, proposed.ours) == ("conflict", "", "Two workshops")
    (id,) = take(store, found)
    store.transact("Again", change_objective, objective, {}, partner_commitment="Three workshops")
    with pytest.raises(Refused, match="was “Two workshops” when you looked"):
        accept(store, id, seen={id: proposed.ours})
    accept(store, id, seen={id: "Three workshops"})
    assert view(store, plan).objectives[0].partner_commitment == "A demo lab"


def test_an_agreed_plan_takes_reports_and_its_next_version_takes_words(store: Store, plan: int, path: Path) -> None:
    cells = {("Objectives", place(path, "Objectives", "Objective")): "Win four hospitals"}
    cells |= {("Objectives", place(path, "Objectives", "Reached")): 60}
    back = filled_in(path, cells)
    for row in view(store, plan).objectives:
        sides = {"vendor_commitment": "x", "vendor_owner": "R", "partner_commitment": "y", "partner_owner": "I"}
        store.transact("Sides", change_objective, row.id, {}, **sides)
    agreeable(store, plan)
    store.transact("Agree", agree_plan, plan, on=DAY, by="both")
    words, report = take(store, read(store, back))
    accept(store, report)
    assert view(store, plan).objectives[0].actual == 60
    with pytest.raises(Refused, match="start its next version"):
        accept(store, words)
    following = store.transact("Revise", revise_plan, plan, on=DAY).value
    accept(store, words)
    assert view(store, following).objectives[0].title == "Win four hospitals"
    assert view(store, plan).objectives[0].title == "Win 3 hospitals"


def agreeable(store: Store, plan: int) -> None:
    from partnerdesk.ops.joint.plan_governance import change_account
    from partnerdesk.ops.joint.plan_parts import change_decision

    found = view(store, plan)
    for account in found.accounts:
        store.transact("Owner", change_account, account.id, {}, partner_owner="Ilse")
    for decision in found.decisions:
        store.transact("Who", change_decision, decision.id, {}, accountable="Rosa")


def test_a_locked_plans_workbook_is_open_for_reports_only(store: Store, plan: int, tmp_path: Path) -> None:
    for row in view(store, plan).objectives:
        sides = {"vendor_commitment": "x", "vendor_owner": "R", "partner_commitment": "y", "partner_owner": "I"}
        store.transact("Sides", change_objective, row.id, {}, **sides)
    agreeable(store, plan)
    store.transact("Agree", agree_plan, plan, on=DAY, by="both")
    path = sent(store, plan, tmp_path / "locked")
    open_ones = {(sheet, at[0]) for sheet, at, _ in open_cells(path)}
    assert ("Objectives", "B") not in open_ones and ("Objectives", "N") in open_ones
    assert not any(sheet == "Joint plan" for sheet, _ in open_ones)
    store.transact("Close", close_plan, plan, on=DAY)
    with pytest.raises(Refused, match="closed"):
        store.transact("Send", send_sheet, plan, DAY, tmp_path)


def test_another_partners_file_and_a_strange_one_are_refused(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is the plan of AT&T <Labs>, not of"):
        read(store, path, "P2")
    for cells in ({("Joint plan", key_place(path)): ""}, {("Joint plan", key_place(path)): "PS-0123456789abcdef"}):
        with pytest.raises(Refused, match=r"no plan workbook|was not sent from this book"):
            read(store, filled_in(path, cells))
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(Refused):
        read(store, damaged)


def key_place(path: Path) -> str:
    sheet = openpyxl.load_workbook(path)["Joint plan"]
    return next(c.coordinate for row in sheet.iter_rows() for c in row if str(c.value).startswith("PS-"))


def test_what_was_sent_is_known_after_undo_and_without_its_plan_says_so(store: Store, tmp_path: Path) -> None:
    plan = full_plan(store, "P2")
    path = sent(store, plan, tmp_path / "out")
    store.transact("After", change_plan, plan, {}, thesis="Later")
    store.undo()
    assert read(store, path).differences == ()
    store.transact("Remove", remove_plan, plan)
    with pytest.raises(Refused, match="not in this book any more"):
        read(store, path)


def test_a_row_that_is_gone_cannot_be_accepted(store: Store, plan: int, path: Path) -> None:
    from partnerdesk.ops.joint.plan_parts import remove_risk

    found = read(store, filled_in(path, {("Risks", place(path, "Risks", "Owner")): "Ilse"}))
    (id,) = take(store, found)
    store.transact("Gone", remove_risk, view(store, plan).risks[0].id)
    (row,) = store.read(proposals, "P1", DAY)
    assert (row.state, "not in the plan any more" in row.stands) == ("gone", True)
    with pytest.raises(Refused, match="not in the plan any more"):
        accept(store, id)


@needs_office
def test_an_office_program_saves_it_unchanged(store: Store, path: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    saved.write_bytes(recalculating(tmp_path / "office").recalculated({path.name: path.read_bytes()})[path.name])
    found = read(store, saved)
    assert (found.proposed, found.differences) == ((), ())
