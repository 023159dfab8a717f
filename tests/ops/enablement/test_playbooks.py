"""Playbooks and the library: a template becomes dated actions in one step; what names nobody may be shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Certification, Customer, Deal, Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.enablement import library as shelf
from partnerdesk.ops.enablement import playbooks as own
from partnerdesk.ops.enablement.runs import finish_run, reopen_run, start_playbook, stop_run
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.joint.actions import add_action, carry_over, complete_action
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.enablement.library import library, tags
from partnerdesk.queries.enablement.playbook import due_day
from partnerdesk.queries.enablement.playbooks import offered, playbook_named, playbooks, preview
from partnerdesk.queries.enablement.runs import Progressed, goal_measures, runs
from partnerdesk.queries.enablement.shipped import shipped
from tests.ops.enablement.test_enablement import PROGRAM

TODAY, MONDAY = date(2026, 6, 15), date(2026, 6, 15)
STAGE = '\n[[stage]]\nname = "Training"\ndone_when = { metric = "experts", at_least = 2 }\n'


@pytest.fixture
def ready(session: Session) -> Session:
    session.execute(insert(book).values(one=1, id="plays", name="Plays", created="2026-01-01T00:00:00Z", sample=False))
    add_version(session, PROGRAM + STAGE, "taught.toml")
    add_rows(
        session,
        [
            Person(id="V-1", name="Marit Solheim", role="Account manager"),
            Person(id="V-2", name="Callum Breck", role="Solution engineer"),
            Partner(id="P-1", name="Nordlys Data AS", owner="V-1", joined=date(2026, 1, 1)),
            Person(id="H-1", name="Ilse van Dorp", role="Delivery lead", side="partner", partner="P-1"),
            Customer(id="C-1", name="Borealis Kraft GmbH"),
            Deal(id="D-1", partner="P-1", customer="C-1", status="won", closed=date(2026, 1, 20)),
        ],
    )
    return session


def started(session: Session, on: date = MONDAY) -> int:
    seen = preview(session, "P-1", "certification-drive", on, TODAY)
    return start_playbook(
        session, "P-1", "certification-drive", start=on, on=TODAY, actions=seen.actions, metric=seen.metric, by="Marit"
    )


def run_of(session: Session, id: int, as_of: date = TODAY) -> Progressed:
    return next(p for p in runs(session, as_of) if p.run.id == id)


@pytest.mark.parametrize(
    ("days", "workdays", "due"),
    [
        (0, True, date(2026, 6, 15)),
        (4, True, date(2026, 6, 19)),
        (5, True, date(2026, 6, 22)),  # the weekend counts none
        (-1, True, date(2026, 6, 12)),
        (5, False, date(2026, 6, 20)),  # a Saturday, where every day counts
    ],
)
def test_a_number_of_days_is_a_day(days: int, workdays: bool, due: date) -> None:
    assert due_day(MONDAY, days, workdays) == due


def test_a_start_on_a_weekend_is_the_working_day_after_it_or_before() -> None:
    saturday = date(2026, 6, 13)
    assert (due_day(saturday, 0, True), due_day(saturday, 1, True)) == (date(2026, 6, 15), date(2026, 6, 16))
    assert due_day(saturday, -1, True) == date(2026, 6, 11)


def test_shipped_playbooks_are_whole() -> None:
    assert len(shipped()) == 6
    for playbook in shipped():
        assert playbook.goal and playbook.says and playbook.metrics and len(playbook.steps) >= 6
        assert {"vendor", "partner"} == {step.side for step in playbook.steps}, "both sides owe something"
        assert [step.days for step in playbook.steps] == sorted(step.days for step in playbook.steps)
        assert all(step.measure and step.role for step in playbook.steps)


def test_what_fits_now_is_offered_first_with_its_reasons(ready: Session) -> None:
    first, *_, last = offered(ready, "P-1", TODAY)
    assert first.playbook.key == "certification-drive"
    assert first.reasons == ("Made for stage Training", "Plus asks for certified experts")
    assert last.reasons == ()


def test_a_preview_dates_every_action_and_finds_its_owner(ready: Session) -> None:
    seen = preview(ready, "P-1", "certification-drive", MONDAY, TODAY)
    rows = {a.text: (a.side, a.team, a.owner, a.due) for a in seen.actions}
    assert rows["Exams"] == ("partner", "partner", "Ilse van Dorp", date(2026, 8, 3))
    assert rows["Hour of questions, a week before the exam"][2] == "Callum Breck"
    assert rows["Course places, vouchers and learning material"][2] == "", "nobody has that role"
    assert (seen.metric, seen.without_owner) == ("experts", 1)
    assert next(m.value for m in seen.measures if m.metric == "experts") == 0
    calendar = preview(ready, "P-1", "certification-drive", MONDAY, TODAY, workdays=False)
    assert calendar.actions[0].due == date(2026, 6, 18)
    with pytest.raises(Refused, match="There is no partner P-9"):
        preview(ready, "P-9", "certification-drive", MONDAY, TODAY)


def test_a_started_playbook_is_its_actions_and_goes_as_they_go(ready: Session) -> None:
    id = started(ready, date(2026, 6, 1))
    before = run_of(ready, id)
    assert (before.total, before.done, before.late) == (7, 0, 2)
    assert {a.source for a in before.actions} == {"playbook"} and before.actions[0].playbook == "Certification drive"
    assert [a.team for a in before.actions][3] == "sales engineering"
    complete_action(ready, before.actions[0].id, on=TODAY)
    later = carry_over(ready, before.actions[1].id, due=date(2026, 7, 1), on=TODAY)
    after = run_of(ready, id)
    assert (after.total, after.done, after.late) == (7, 1, 0), "one that was carried over counts once"
    assert later in [a.id for a in after.actions]
    assert after.next_action is not None and after.next_action.due == date(2026, 6, 15)


def test_a_playbook_ends_done_when_nothing_is_open_and_stopped_for_a_reason(ready: Session) -> None:
    id = started(ready)
    with pytest.raises(Refused, match="7 actions of this playbook are still open"):
        finish_run(ready, id, on=TODAY)
    with pytest.raises(Refused, match="stopped for a reason"):
        stop_run(ready, id, on=TODAY, reason=" ")
    assert stop_run(ready, id, on=TODAY, reason="The exam centre closed") == 7
    stopped = run_of(ready, id)
    assert (stopped.run.status, stopped.dropped) == ("stopped", 7)
    assert {a.outcome for a in stopped.actions} == {"The exam centre closed"}
    reopen_run(ready, id)
    assert run_of(ready, id).is_through
    finish_run(ready, id, on=TODAY, outcome="Done by hand")
    with pytest.raises(Refused, match="This playbook has ended"):
        stop_run(ready, id, on=TODAY, reason="x")


def test_the_goal_is_measured_before_and_after_by_the_engine(ready: Session) -> None:
    id = started(ready, date(2026, 3, 2))
    held = Certification(id="Z-1", partner="P-1", person="Ada", certificate="Cloud Architect", awarded=date(2026, 5, 4))
    add_rows(ready, [held])
    (measure,) = goal_measures(ready, [run_of(ready, id).run], TODAY)
    assert (measure.says, measure.before, measure.after, measure.change) == ("Certified experts", 0, 1, Decimal(1))
    assert (measure.first_day, measure.last_day) == (date(2026, 3, 2), TODAY)
    stop_run(ready, id, on=date(2026, 4, 1), reason="Paused")
    (ended,) = goal_measures(ready, [run_of(ready, id).run], TODAY)
    assert (ended.last_day, ended.after) == (date(2026, 4, 1), 0), "what came after the end is not its doing"


def test_an_action_may_be_left_out_or_changed_before_the_start(ready: Session) -> None:
    seen = preview(ready, "P-1", "renewal-rescue", MONDAY, TODAY)
    chosen = [replace(seen.actions[0], owner="Somebody"), *seen.actions[2:4]]
    id = start_playbook(ready, "P-1", "renewal-rescue", start=MONDAY, on=TODAY, actions=chosen)
    assert [a.owner for a in run_of(ready, id).actions] == ["Somebody", "Marit Solheim", ""]
    with pytest.raises(Refused, match="Nothing of this playbook would be done"):
        start_playbook(ready, "P-1", "renewal-rescue", start=MONDAY, on=TODAY, actions=[])
    with pytest.raises(Refused, match="There is no playbook renewal-recue"):
        start_playbook(ready, "P-1", "renewal-recue", start=MONDAY, on=TODAY, actions=chosen)


def test_an_own_playbook_is_a_copy_to_change(ready: Session) -> None:
    id = own.copy_playbook(ready, "onboarding", title="Onboarding, short")
    copy = playbook_named(ready, f"own-{id}")
    source = playbook_named(ready, "onboarding")
    assert copy.is_own and not source.is_own
    assert [replace(s, id=None) for s in copy.steps] == list(source.steps)
    assert (copy.stages, copy.metrics, copy.goal) == (source.stages, source.metrics, source.goal)
    first = copy.steps[0].id
    assert first is not None
    own.change_step(ready, first, copy.steps[0], text="Call them", days=1)
    own.move_step(ready, first, 2)
    own.remove_step(ready, playbook_named(ready, copy.key).steps[-1].id or 0)
    changed = playbook_named(ready, copy.key)
    assert [s.text for s in changed.steps][1] == "Call them" and len(changed.steps) == len(source.steps) - 1
    run = start_playbook(
        ready, "P-1", copy.key, start=MONDAY, on=TODAY, actions=preview(ready, "P-1", copy.key, MONDAY, TODAY).actions
    )
    own.remove_playbook(ready, id)
    assert copy.key not in {p.key for p in playbooks(ready)}
    assert run_of(ready, run).run.title == "Onboarding, short", "what runs keeps its words"


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda s: own.add_playbook(s, title=" "), "needs a title"),
        (lambda s: own.add_step(s, own.add_playbook(s, title="A"), text="x", days=800), "within two years"),
        (lambda s: own.add_step(s, own.add_playbook(s, title="A"), text="x", days=1, side="us"), "“us” is no side"),
        (lambda s: preview(s, "P-1", f"own-{own.add_playbook(s, title='A')}", MONDAY, TODAY), "“A” has no steps"),
    ],
)
def test_what_makes_no_playbook_is_refused(ready: Session, attempt: Callable[[Session], object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        attempt(ready)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What Nordlys Data AS did", "Nordlys Data AS"),
        ("nordlys  DATA has a lab", "nordlys  DATA"),
        ("At Borealis Kraft the import failed", "Borealis Kraft"),
        ("Ask Solheim", "Solheim"),
        ("Ask Marit Solheim", "Marit Solheim"),
    ],
)
def test_an_item_that_names_somebody_is_not_shared(ready: Session, text: str, named: str) -> None:
    id = shelf.add_item(ready, form="lesson learned", title="Imports", text=text, on=TODAY)
    with pytest.raises(Refused, match=f"This item names “{named}”\\."):
        shelf.share_item(ready, id, on=TODAY)
    assert not library(ready)[0].row.is_shared


def test_a_shared_item_stays_without_names(ready: Session) -> None:
    id = shelf.add_item(ready, form="guide", title="Imports", text="Map the columns first.", on=TODAY)
    shelf.share_item(ready, id, on=TODAY)
    row = library(ready)[0].row
    with pytest.raises(Refused, match="names “Borealis-Kraft”"):
        shelf.change_item(ready, id, row, place="https://files.example/Borealis-Kraft.pdf")
    shelf.change_item(ready, id, row, text="Map the columns first, then the days.")
    shelf.withdraw_item(ready, id)
    shelf.change_item(ready, id, {}, text="As Nordlys Data did")
    assert not library(ready)[0].row.is_shared


def test_the_library_is_found_by_words_tags_and_use(ready: Session) -> None:
    first = shelf.add_item(ready, form="guide", title="Über Importe", tags="Daten, Excel", text="x", on=TODAY)
    shelf.add_item(ready, form="lesson learned", title="Go-lives", tags="excel", text="uber importe", on=TODAY)
    assert [i.row.title for i in library(ready, "uber")] == ["Über Importe", "Go-lives"]
    assert [i.row.title for i in library(ready, "uber go")] == ["Go-lives"]
    assert [i.row.title for i in library(ready, form="guide")] == ["Über Importe"]
    assert tags(library(ready)) == (("excel", 2), ("daten", 1))
    assert len(library(ready, tag="EXCEL")) == 2
    use = shelf.use_item(ready, first, "P-1", day=TODAY, used_by="Marit", result="Import in a day")
    (item,) = library(ready, "importe", form="guide")
    assert [(u.partner_name, u.used_by, u.result) for u in item.uses] == [
        ("Nordlys Data AS", "Marit", "Import in a day")
    ]
    shelf.change_use(ready, use, item.uses[0], result="Import in an hour")
    assert library(ready, form="guide")[0].uses[0].result == "Import in an hour"
    shelf.remove_item(ready, first)
    assert not library(ready, form="guide")


def test_words_of_a_playbook_at_one_partner_are_no_secret_from_another(ready: Session) -> None:
    """A long word of a playbook's may stand in another partner's documents; one of its own rows may not."""
    add_rows(ready, [Partner(id="P-2", name="Quiet Harbour")])
    id = own.copy_playbook(ready, "certification-drive")
    own.add_step(ready, id, text="As Nordlys Data AS did with straightforwardness", days=50)
    started(ready)
    add_action(ready, "P-1", text="Unquestionably theirs alone", side="partner", on=TODAY)
    world = Whose(ready, TODAY).world("P-2", "Quiet Harbour")
    found = {hit.term for hit in world.terms.find("Certificates issued for certification, unquestionably")}
    assert {term for term in found if term not in world.own} == {"Unquestionably"}
    assert "straightforwardness" not in world.own, "a step that names a partner is not for everybody"
