"""A what-if is what the engine would say of a really changed book, and changes nothing of this one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Certification, Observation
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.models import metadata
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.whatif.because import because, because_figures, why_in
from partnerdesk.ops.whatif.beside import beside
from partnerdesk.ops.whatif.documents import sheet_of, write_whatif
from partnerdesk.ops.whatif.entering import with_input
from partnerdesk.ops.whatif.inputs import SHARE, inputs
from partnerdesk.ops.whatif.ranging import ranged
from partnerdesk.ops.whatif.rules_changed import texts
from partnerdesk.ops.whatif.scenarios import change_scenario, delete_scenario, describe_scenario, save_scenario
from partnerdesk.ops.whatif.trying import AS_IS, Case, refuse_left, tried
from partnerdesk.program.reader import read_program
from partnerdesk.queries.audit import changes_of_step, steps
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.forecasts import ahead_of
from partnerdesk.queries.scenarios import ADD, METRIC, REMOVE, RULE, SET, Change, scenario_named, scenarios
from partnerdesk.queries.statements.archive import posted
from partnerdesk.reports.release import release
from partnerdesk.reports.whatif import BADGE, as_workbook
from partnerdesk.store import Store

TODAY, AT, PARTNER = date(2026, 11, 19), "2026-11-19T09:00:00Z", "P-04"
JOURNAL = {"op", "change", "book", "scenario", "scenario_change"}
PLATINUM = "earning.anchor.rate.by_tier.Platinum"


def won(id: str, day: date = TODAY) -> tuple[Change, ...]:
    return Change(SET, "deal", id, "status", "won"), Change(SET, "deal", id, "closed", day.isoformat())


def open_deal(store: Store) -> Any:
    return next(d for d in store.read(facts, kinds=("deal",)).of("deal") if d.partner == PARTNER and d.status == "open")


def of(store: Store, *changes: Change, day: date | None = None, partner: str = PARTNER) -> Any:
    return store.read(tried, partner, Case("If", changes, day), TODAY)


def same(one: Outcome, other: Outcome) -> None:
    """Every figure of both."""
    assert (one.lines, one.entries) == (other.lines, other.entries)
    for name in ("scores", "standings", "statements", "metrics", "payouts", "funds"):
        first, second = getattr(one, name), getattr(other, name)
        assert list(first) == list(second), name
        assert [first[key] for key in first] == [second[key] for key in second], name


def contents(store: Store) -> str:
    """A digest of every row of facts, programs, statements and all else but scenarios and the journal."""

    def read(session: Any) -> str:
        names = [t.name for t in metadata.sorted_tables if t.name not in JOURNAL and t.info.get("journaled", True)]
        on = session.connection()
        rows = ((name, on.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()) for name in names)
        return sha256(repr(list(rows)).encode()).hexdigest()

    return str(store.read(read))


def test_a_metric_comes_to_no_more_than_the_way_it_is_made_allows(sample: Store) -> None:
    # retention lies from 0 to 1, net of growth it may exceed 1; a count and a share of yes and no are never below zero
    allowed = {"renewal_rate": ("0", "1"), "net_renewal_rate": ("0", "1.3"), "joint_growth": ("-1", "4")}
    allowed |= {"deployment_quality": ("0", "1"), "certified_people": ("0", "40"), "joint_revenue": ("-5", "9e6")}
    refused = {"renewal_rate": ("-0.01", "1.01"), "net_renewal_rate": ("-0.1", "1e9"), "joint_growth": ("-1.1",)}
    refused |= {"deployment_quality": ("1.5",), "certified_people": ("-1",), "joint_revenue": ("-1e30", "1e30")}
    for name, values in allowed.items():
        for value in values:
            assert not of(sample, Change(METRIC, name, value=value)).left, (name, value)
    for name, values in refused.items():
        for value in values:
            (left,) = of(sample, Change(METRIC, name, value=value)).left
            assert "cannot be" in left.why and "Write " in left.why, (name, value)


def test_a_partner_is_not_above_those_above_it(sample: Store) -> None:
    above = Change(SET, "partner", "P-05", "parent", PARTNER)
    assert not of(sample, above).left
    (left,) = of(sample, above, Change(SET, "partner", PARTNER, "parent", "P-05")).left
    assert left.change.item == PARTNER and "above and below" in left.why


def test_facts_and_statements_stay_as_they_are(own: Store) -> None:
    before, figures = contents(own), own.read(outcome, PARTNER, TODAY)
    changes = (*won(open_deal(own).id), Change(RULE, "2026.2", "", PLATINUM, "0.2"), Change(REMOVE, "partner", "P-05"))
    case = Case("If", changes)
    assert own.read(beside, PARTNER, Case(), case, TODAY).lines
    own.read(because, PARTNER, Case(), case, TODAY)
    own.transact("Keep", save_scenario, PARTNER, "If", changes, today=TODAY, at=AT)
    own.transact("Delete", delete_scenario, own.read(scenario_named, PARTNER, "If").id)
    assert contents(own) == before
    same(own.read(outcome, PARTNER, TODAY), figures)


def test_as_is_is_what_every_screen_says(sample: Store) -> None:
    for partner in ("P-01", PARTNER):
        same(of(sample, partner=partner).outcome, sample.read(outcome, partner, TODAY))


def test_it_is_what_a_really_changed_book_says(own: Store) -> None:
    deal = open_deal(own)
    contract = next(c for c in own.read(facts, kinds=("contract",)).of("contract") if c.partner == PARTNER)
    person = Certification(id="NEW", partner=PARTNER, person="Eva", certificate="Engineer", awarded=TODAY)
    added = [
        Change(ADD, "certification", "NEW", name, str(getattr(person, name)))
        for name in ("partner", "person", "certificate", "awarded")
    ]
    churned = (
        Change(SET, "contract", contract.id, "outcome", "churned"),
        Change(SET, "contract", contract.id, "outcome_on", "2026-10-05"),
        Change(SET, "contract", contract.id, "outcome_amount", "0"),
    )
    found = of(own, *won(deal.id), *churned, *added)
    assert not found.left

    def really(session: Any) -> None:
        change_row(session, "deal", deal.id, deal, status="won", closed=TODAY)
        values = {"outcome": "churned", "outcome_on": date(2026, 10, 5), "outcome_amount": Decimal(0)}
        change_row(session, "contract", contract.id, contract, **values)
        add_rows(session, [person])

    was = own.read(outcome, PARTNER, TODAY)
    own.transact("Really", really)
    now = own.read(outcome, PARTNER, TODAY)
    assert now.lines != was.lines
    same(found.outcome, now)


def test_what_is_taken_away_goes_with_what_hangs_on_it(own: Store) -> None:
    deal = next(d for d in own.read(facts, kinds=("deal",)).of("deal") if d.partner == PARTNER and d.status == "won")
    found = of(own, Change(REMOVE, "deal", deal.id))

    def really(session: Any) -> None:
        for kind in ("credit", "deal_line", "stage_change"):
            session.execute(delete(TABLES[kind]).where(TABLES[kind].c.deal == deal.id))
        for kind in ("contract", "transaction", "deployment"):
            rows = [r for r in facts(session, kinds=(kind,)).of(kind) if r.deal == deal.id]
            for row in rows:
                change_row(session, kind, row.id, row, deal=None)
        session.execute(delete(TABLES["deal"]).where(TABLES["deal"].c.id == deal.id))

    own.transact("Really", really)
    same(found.outcome, own.read(outcome, PARTNER, TODAY))


def test_a_rule_is_what_that_text_would_say(sample: Store) -> None:
    versions = sample.read(texts)
    again = [read_program(t.text.replace("Platinum = 0.15", "Platinum = 0.2"), t.file).program for t in versions]
    rows, closed = sample.read(facts), sample.read(posted, PARTNER)
    really = evaluate([p for p in again if p], rows, TODAY, partners=[PARTNER], posted=closed).partners[PARTNER]
    changes = [Change(RULE, t.version, "", PLATINUM, "0.2") for t in versions]
    same(of(sample, *changes).outcome, really)


def test_a_metric_comes_to_what_is_said_and_the_past_stays(sample: Store) -> None:
    was = of(sample).outcome
    found = of(sample, Change(METRIC, "deployment_quality", value="0.5"))
    label = list(was.scores)[-1]
    assert found.outcome.metrics["deployment_quality", label].value == Decimal("0.5")
    earlier = list(was.scores)[:-1]
    assert [found.outcome.scores[key].total for key in earlier] == [was.scores[key].total for key in earlier]
    weight = next(c.weight for c in was.scores[label].components if c.metric == "deployment_quality")
    assert weight and found.outcome.scores[label].total < was.scores[label].total
    assert not any(isinstance(row, Observation) for _, row in sample.read(facts, kinds=("observation",)))


@pytest.mark.parametrize("day", [None, date(2027, 3, 31)])
def test_the_difference_is_told_without_a_rest(sample: Store, day: date | None) -> None:
    changes = (*won(open_deal(sample).id), Change(RULE, "2026.2", "", PLATINUM, "0.11"))
    sides = Case(AS_IS, (), day), Case("If", changes, day)
    found, why = sample.read(beside, PARTNER, *sides, TODAY), sample.read(because, PARTNER, *sides, TODAY).found
    total = found.figure("total")
    assert total is not None
    assert (why.start, why.end, why.residual) == (total.before, total.after, 0)
    assert {step.cause for step in why.steps} >= {"changed data", "program version"}
    whole = found.figure("whole")
    assert whole is not None
    assert whole.change == sum((line.change for line in found.lines), Decimal(0)) != 0
    traced = sample.read(because_figures, PARTNER, *sides, TODAY)
    assert [replay(step.amount) for step in traced.steps] == [step.amount for step in why.steps]
    assert bool(found.taken_as_paid) == bool(day)


def test_every_figure_of_both_sides_answers_why(sample: Store) -> None:
    case = Case("If", won(open_deal(sample).id))
    found = sample.read(beside, PARTNER, Case(), case, TODAY)
    for row in found.figures:
        for side, value in ((Case(), row.before), (case, row.after)):
            if row.figure and value is not None:
                assert replay(sample.read(why_in, PARTNER, side, row.figure, TODAY).figure) == value
    line = sample.read(why_in, PARTNER, case, f"line|{found.lines[0].id}", TODAY)
    assert line.figure.value == found.lines[0].after


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ((Change(SET, "deal", "{deal}", "closed", "soon"),), "not a day for “Closed on”. Write it like 2026-12-31."),
        ((Change(SET, "deal", "{deal}", "amount", "many"),), "“many” is not an amount"),
        ((Change(SET, "deal", "{deal}", "amount", "NaN"),), "“NaN” is not an amount"),
        ((Change(SET, "deal", "{deal}", "status", "won"),), "needs the day on which it closed"),
        ((Change(SET, "deal", "{deal}", "status", "maybe"),), "“maybe” is none of"),
        ((Change(SET, "deal", "{deal}", "colour", "red"),), "has no field “colour”"),
        ((Change(SET, "deal", "{deal}", "customer", "NOBODY"),), "there is no customer NOBODY"),
        ((Change(SET, "whale", "W", "name", "x"),), "no kind of fact “whale”"),
        ((Change(ADD, "deal", "{deal}", "status", "lost"),), "There is a deal"),
        ((Change(ADD, "credit", "N", "share", "0.5"),), "needs “Deal”"),
        ((Change(RULE, "2026.2", "", PLATINUM, "much"),), "“much” is no value"),
        ((Change(RULE, "2026.2", "", PLATINUM, "1\n[x]"),), "is no value"),
        ((Change(RULE, "2026.2", "", "earning.anchor.rat", "1"),), "Did you mean rate?"),
        ((Change(RULE, "2026.2", "", "earning.nothing.rate", "1"),), "has no key earning.nothing.rate"),
        ((Change(RULE, "2026.2", "", "effective_from", "2024-01-01"),), "would not fit together"),
        ((Change(METRIC, "happiness", value="1"),), "no metric happiness"),
    ],
)
def test_what_cannot_be_is_named_and_the_rest_stands(sample: Store, changes: Sequence[Change], says: str) -> None:
    deal = open_deal(sample).id
    wrong = [replace(c, item=c.item.format(deal=deal)) for c in changes]
    other = Change(RULE, "2026.2", "", "earning.milestone.note", '"x"')
    found = of(sample, other, *wrong)
    assert says in found.left[0].why
    assert {left.change for left in found.left} == {*wrong, *([other] if "effective_from" in str(changes) else [])}
    same(found.outcome, of(sample).outcome)
    with pytest.raises(Refused, match=r"\w"):
        refuse_left(found.left)


def test_it_leaves_badged_and_never_as_a_document_for_the_partner(sample: Store, tmp_path: Path) -> None:
    sides = Case(), Case("If", (*won(open_deal(sample).id), Change(METRIC, "renewal_rate", value="0.5")))
    path = sample.read(write_whatif, PARTNER, *sides, TODAY, tmp_path)
    assert path.name.startswith("WHAT-IF_")
    for sheet in load_workbook(path).worksheets:
        assert sheet["A2"].value == BADGE
    found = sheet_of(sample.read(beside, PARTNER, *sides, TODAY), "Fennmark", TODAY)
    world = sample.read(lambda s: Whose(s, TODAY).world(PARTNER, "Atelier Brumaire"))
    with pytest.raises(Refused, match="its figures are a what-if"):
        release(tmp_path / "out.xlsx", as_workbook(found), world, found)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_day_that_is_over_is_refused(sample: Store) -> None:
    with pytest.raises(Refused, match="is over"):
        of(sample, day=date(2026, 1, 1))


def test_scenarios_are_steps_of_undo_with_an_audit_entry(own: Store) -> None:
    changes = won(open_deal(own).id)
    said = {"today": TODAY, "at": AT, "reason": "the worst", "owner": "Ann", "day": date(2027, 1, 31)}
    own.transact("Keep “If”", save_scenario, PARTNER, "If", changes, **said)
    row = own.read(scenario_named, PARTNER, "If")
    assert (row.changes, row.reason, row.owner, row.created, row.day) == (
        changes,
        "the worst",
        "Ann",
        TODAY,
        date(2027, 1, 31),
    )
    (step,) = own.read(steps, limit=1)
    assert step.label == "Keep “If”"
    assert {c.table for c in own.read(changes_of_step, step.id)} == {"scenario", "scenario_change"}
    with pytest.raises(Refused, match="already"):
        own.transact("Keep", save_scenario, PARTNER, " If ", changes, **said)
    more = (*changes, Change(RULE, "2026.2", "", PLATINUM, "0.2"))
    own.transact("Change", change_scenario, row, more, at="2026-11-19T10:00:00Z", day=None)
    with pytest.raises(Refused, match="was changed since"):
        own.transact("Change", change_scenario, row, changes, at=AT)
    own.transact(
        "Rename", describe_scenario, own.read(scenario_named, PARTNER, "If"), name="When", reason="", owner="", at=AT
    )
    (now,) = own.read(scenarios, PARTNER)
    assert (now.name, now.changes, now.day) == ("When", more, None)
    own.transact("Delete", delete_scenario, now.id)
    assert own.read(scenarios) == ()
    own.undo()
    assert own.read(scenarios) == (now,)
    for _ in range(3):
        own.undo()
    assert own.read(scenarios) == ()
    with pytest.raises(Refused, match="Nothing is another way"):
        own.transact("Keep", save_scenario, PARTNER, "Empty", (), today=TODAY, at=AT)
    with pytest.raises(Refused, match="no partner"):
        own.transact("Keep", save_scenario, "NOBODY", "If", changes, today=TODAY, at=AT)


def test_a_scenario_whose_row_vanished_says_so(own: Store) -> None:
    new = Certification(id="NEW", partner=PARTNER, person="Eva", certificate="Engineer", awarded=TODAY)
    own.transact("Add", add_rows, [new])
    changes = (Change(SET, "certification", "NEW", "expires", "2026-11-20"), *won(open_deal(own).id))
    own.transact("Keep", save_scenario, PARTNER, "If", changes, today=TODAY, at=AT)
    row = own.read(scenario_named, PARTNER, "If")
    assert not own.read(tried, PARTNER, Case(row.name, row.changes), TODAY).left
    own.transact(
        "Away", lambda s: s.execute(delete(TABLES["certification"]).where(TABLES["certification"].c.id == "NEW"))
    )
    found = own.read(tried, PARTNER, Case(row.name, row.changes), TODAY)
    (left,) = found.left
    assert left.is_gone
    assert "no certification NEW in this book any more" in left.why
    refuse_left(found.left, but_gone=True)
    same(found.outcome, of(own, *won(open_deal(own).id)).outcome)


def test_a_range_of_both_sides_has_the_same_luck(sample: Store) -> None:
    (ahead,) = sample.read(ahead_of, [PARTNER], TODAY, (24, 1), 3)
    deal = open_deal(sample)
    found = sample.read(ranged, PARTNER, Case(), Case("Won", won(deal.id)), TODAY, (24, 1), 3)
    assert found.whole.before == ahead.whole.earned
    assert [row.before for row in found.months] == [m.earned for m in ahead.months], "what is, as the forecast says it"
    assert found.whole.more.p50 > 0 and found.better > Decimal("0.5")
    same_case = Case("Same", (Change(SET, "deal", deal.id, "next_step", "Call them"),))
    still = sample.read(ranged, PARTNER, Case(), same_case, TODAY, (24, 1), 3)
    assert still.whole.more.is_certain and still.whole.more.mean == 0 and still.better == 0


def test_a_chance_moves_the_range_and_no_figure(sample: Store) -> None:
    deal = open_deal(sample)
    sure, never = (Case(n, (Change(SET, "deal", deal.id, "probability", n),)) for n in ("1", "0"))
    found = sample.read(ranged, PARTNER, never, sure, TODAY, (24, 1), 6)
    assert found.whole.more.mean > 0
    for case in (sure, never):
        same(sample.read(tried, PARTNER, case, TODAY).outcome, of(sample).outcome)
    given = next(
        i for i in sample.read(inputs, PARTNER, TODAY) if i.place.item == deal.id and i.says.startswith("Chance")
    )
    assert (given.kind, given.now) == (SHARE, deal.probability)
    with pytest.raises(Refused, match="from 0 % to 100 %"):
        with_input((), given, Decimal("1.4"), TODAY)


def test_a_metric_stays_what_a_case_says_in_all_futures(sample: Store) -> None:
    case = Case("Content", (Change(METRIC, "renewal_rate", "", "", "0.2"),))
    found = sample.read(ranged, PARTNER, Case(), case, TODAY, (6, 1), 3)
    assert not found.left and len(found.months) == 3
