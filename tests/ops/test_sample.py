"""The sample book: the same for a seed everywhere, believable in its parts, and holding what was planted in it."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from statistics import mean
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import KIND_OF, Fact, Facts, Survey
from partnerdesk.engine.whole import Evaluation
from partnerdesk.ops.rows.facts import by_kind, check_rows
from partnerdesk.ops.sample import AS_OF, Planted, make_sample, planted_in, sample_rows
from partnerdesk.ops.sample.dice import Dice, Spread, parts
from partnerdesk.ops.sample.planted import HOSTILE_CUSTOMER, HOSTILE_STEP, LEFT, SOLD
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.plans import plan_view, plans
from partnerdesk.queries.joint.reviews import review_view, reviews
from partnerdesk.queries.pipeline.contracts import contract_row, renewals_due
from partnerdesk.queries.pipeline.deals import deal_view
from tests.books import empty_book

QUARTERS = ["2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"]
AHEAD = {"expected_close", "end", "expires", "due", "planned_kickoff", "planned_live"}


@pytest.fixture(scope="module")
def rows() -> list[Fact]:
    return sample_rows()


@pytest.fixture(scope="module")
def book() -> Iterator[tuple[Session, Planted]]:
    with empty_book() as session:
        yield session, make_sample(session)


@pytest.fixture(scope="module")
def planted(rows: list[Fact]) -> Planted:
    return planted_in(rows, 2026)


@pytest.fixture(scope="module")
def figures(rows: list[Fact]) -> Evaluation[Decimal]:
    found = []
    for file in sorted(resource("programs/fennmark").glob("*.toml")):
        read = read_program(file.read_text(encoding="utf-8"), file.name)
        assert read.program is not None, read.problems
        found.append(read.program)
    return evaluate(found, Facts({kind: tuple(of) for kind, of in by_kind(rows).items()}), AS_OF)


def digest(rows: list[Fact]) -> str:
    return sha256("\n".join(repr(row) for row in rows).encode()).hexdigest()


def test_a_seed_gives_the_same_world_whatever_the_machine_calls_home(rows: list[Fact]) -> None:
    code = "from tests.ops.test_sample import digest, sample_rows; print(digest(sample_rows()))"
    strange = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"}
    run = subprocess.run([sys.executable, "-c", code], env=os.environ | strange, capture_output=True, check=True)
    assert run.stdout.decode().strip() == digest(rows)
    assert digest(sample_rows(7)) != digest(rows)


def test_the_world_has_its_size_and_its_kinds(rows: list[Fact]) -> None:
    kinds = {kind: len(of) for kind, of in by_kind(rows).items()}
    assert kinds["partner"] == 24 and 3500 < len(rows) < 5500
    assert {p.type for p in by_kind(rows)["partner"]} == {"reseller", "integrator", "value-added", "referral", "msp"}
    assert {p.currency for p in by_kind(rows)["partner"]} == {"EUR", "GBP", "USD", "SEK", "PLN", "CHF"}
    assert set(kinds) >= set(
        "person partner customer product deal credit stage_change contract transaction deployment check survey "
        "certification activity fund_entry adjustment exchange_rate target case enrolment tier_decision".split()
    )
    assert {t.kind for t in by_kind(rows)["transaction"]} == {"payment", "invoice", "credit-note", "refund"}
    assert {c.outcome for c in by_kind(rows)["contract"]} == {"open", "renewed", "expanded", "contracted", "churned"}
    assert {d.status for d in by_kind(rows)["deal"]} == {"open", "won", "lost"}


def test_every_row_passes_the_checks_that_a_users_row_must_pass(session: Session, rows: list[Fact]) -> None:
    assert check_rows(session, rows, system="sample") == []


def test_nothing_happens_after_the_day_of_the_book(rows: list[Fact]) -> None:
    for row in rows:
        for f in fields(row):
            day = getattr(row, f.name)
            if f.metadata["is"] == "day" and day is not None and f.name not in AHEAD and f.name != "start":
                assert day <= AS_OF, (row, f.name)
        assert row.known_on is None or row.known_on <= AS_OF


def test_a_contract_follows_the_one_it_renews(rows: list[Fact]) -> None:
    contracts = {c.id: c for c in by_kind(rows)["contract"]}
    followers = [c for c in contracts.values() if c.renewal_of]
    assert len(followers) > 200
    for row in followers:
        before = contracts[row.renewal_of]
        assert row.start == before.end + timedelta(days=1) and row.recurring == before.outcome_amount
        assert before.outcome in ("renewed", "expanded", "contracted")
    assert not [c for c in contracts.values() if c.outcome == "open" and c.end < AS_OF]


def test_late_go_lives_lower_answers(rows: list[Fact]) -> None:
    kinds = by_kind(rows)
    deployments = {d.id: d for d in kinds["deployment"]}
    scores: dict[bool, list[Decimal]] = defaultdict(list)
    for survey in kinds["survey"]:
        if survey.deployment:
            row = deployments[survey.deployment]
            scores[row.live > row.planned_live].append(survey.score)
    assert len(scores[True]) >= 25 and len(scores[False]) >= 80
    assert mean(scores[False]) - mean(scores[True]) > 1


def test_low_answers_lose_renewals(rows: list[Fact]) -> None:
    kinds = by_kind(rows)
    answers: dict[str, list[Survey]] = defaultdict(list)
    for survey in sorted(kinds["survey"], key=lambda s: s.day):
        if survey.kind == "csat":
            answers[survey.customer].append(survey)
    lost: dict[bool, list[bool]] = defaultdict(list)
    for contract in kinds["contract"]:
        last = [s for s in answers[contract.customer] if contract.outcome_on and s.day <= contract.outcome_on]
        if last:
            lost[last[-1].score <= 3].append(contract.outcome == "churned")
    low, high = mean(lost[True]), mean(lost[False])
    assert len(lost[True]) >= 25 and low > 0.25 and high < 0.12 and low > 3 * high


def test_one_partner_stands_just_below_gold_and_one_just_above(figures: Any, planted: Planted) -> None:
    below = figures.partners[planted.partners["below_gold"]].standings["2026Q3"]
    score = figures.partners[planted.partners["below_gold"]].scores["2026Q3"].total
    assert (below.tier, below.reached, below.next_tier) == ("Silver", "Silver", "Gold")
    assert Decimal(71) <= score < 75 and below.points_short == 75 - score
    above = figures.partners[planted.partners["above_gold"]]
    assert Decimal(75) <= above.scores["2026Q3"].total < 78
    assert (above.standings["2026Q3"].tier, above.standings["2026Q3"].reached) == ("Gold", "Gold")


def test_one_partner_drifts_down_four_quarters_running(figures: Any, planted: Planted) -> None:
    scores = figures.partners[planted.partners["drifting"]].scores
    totals = [scores[quarter].total for quarter in QUARTERS]
    assert totals == sorted(totals, reverse=True) and len(set(totals)) == 5 and totals[0] - totals[-1] > 8
    proposal = figures.partners[planted.partners["drifting"]].standings["2026Q3"].proposal
    assert proposal is not None and not proposal.up


def test_each_mechanism_of_the_program_occurs(figures: Any, planted: Planted) -> None:
    by_role = {role: figures.partners[id] for role, id in planted.partners.items()}
    assert any(line.effect < 0 for line in by_role["capped"].lines)
    assert any(e.kind == "topup" for e in by_role["safety_net"].entries)
    taken = [e for e in by_role["clawed_back"].entries if e.kind == "clawback" and planted.churned_contract in e.note]
    assert taken and all(e.day == LEFT for e in taken)
    assert any(e.kind == "forfeiture" for e in by_role["escalated"].entries)
    kinds = Counter(e.kind for outcome in figures.partners.values() for e in outcome.entries)
    assert set(kinds) >= {"accrual", "deferral", "holdback", "release", "clawback", "topup", "forfeiture", "adjustment"}
    types = {line.type for outcome in figures.partners.values() for line in outcome.lines}
    assert types == {"UPFRONT", "EXPANSION", "RECURRING", "MILESTONE", "REBATE", "TOPUP"}
    assert not figures.problems


def test_tiers_are_spread_and_few_moves_wait_for_a_person(figures: Any) -> None:
    standings = [outcome.standings["2026Q3"] for outcome in figures.partners.values()]
    tiers = Counter(s.tier for s in standings)
    assert set(tiers) == {"Registered", "Silver", "Gold", "Platinum"} and tiers["Platinum"] >= 2 <= tiers["Registered"]
    assert 2 <= sum(s.proposal is not None for s in standings) <= 6


def test_the_early_end_is_as_it_was_planned(book: tuple[Session, Planted]) -> None:
    session, planted = book
    row = contract_row(session, planted.churned_contract)
    assert row is not None and row.deal is not None and (row.end, row.outcome) == (LEFT, "churned")
    deal = deal_view(session, row.deal)
    assert deal is not None and deal.deal.closed == SOLD and deal.deal.partner == planted.partners["clawed_back"]


def test_a_large_renewal_has_no_owner_and_its_day_of_notice_has_passed(book: tuple[Session, Planted]) -> None:
    session, planted = book
    found = {r.contract.id: r for r in renewals_due(session, AS_OF, 180)}
    row = found[planted.unowned_renewal]
    assert row.is_unowned and row.is_notice_past and row.days == 25
    assert row.contract.partner == planted.partners["below_gold"]
    assert len(found) > 60


def test_names_that_break_careless_programs_are_always_there(book: tuple[Session, Planted]) -> None:
    session, planted = book
    view = deal_view(session, planted.hostile_deal)
    assert view is not None and (view.deal.customer_name, view.deal.next_step) == (HOSTILE_CUSTOMER, HOSTILE_STEP)
    assert view.deal.partner_name == "Delta" and "$5k to $10k" in view.deal.name


def test_every_row_leads_back_to_a_file_and_a_row(book: tuple[Session, Planted]) -> None:
    session, _ = book
    found = facts(session)
    assert all(row.source and row.source.file.startswith("sample_") and row.source.row > 1 for _, row in found)
    written = {(kind, row.id): row for kind, row in found}
    assert written == {(KIND_OF[type(row)], row.id): row for row in sample_rows()}


def test_plans_keep_the_rules_of_plans(book: tuple[Session, Planted]) -> None:
    session, planted = book
    views = [plan_view(session, p.id, AS_OF) for p in plans(session)]
    running = [v for v in views if v and v.plan.status == "in progress"]
    assert len(running) == 9 and all(v.obstacles == () for v in running)
    shared = [v for v in views if v and v.plan.status == "shared" and v.obstacles]
    assert [v.plan.partner for v in shared] == [planted.partners["below_gold"]]
    assert shared[0].obstacles == ("Objective “Second product at three customers” has no partner owner.",)
    assert all(v.targets and v.decisions and v.risks and len(v.objectives) == 4 for v in running)


def test_reviews_have_kept_late_dropped_and_carried_commitments(book: tuple[Session, Planted]) -> None:
    session, planted = book
    by_status = Counter(r.status for r in reviews(session))
    assert by_status == {"held": 29, "sent": 2, "draft": 8}
    states = Counter(a.state for a in actions(session, AS_OF))
    assert all(states[state] >= 5 for state in ("done", "late", "dropped", "open", "proposed")), states
    assert any(a.carried_to for a in actions(session, AS_OF))
    draft = next(r for r in reviews(session, planted.partners["below_gold"]) if r.status == "draft")
    view = review_view(session, draft.id, AS_OF)
    assert view is not None and view.previous and view.minutes == 90 and view.of("learning")
    assert {c.page for c in view.checks} == {"8"} and view.pages["score"].narrative
    assert view.kept("vendor").promised >= 3 <= view.kept("partner").promised


def test_everybody_has_notes_and_some_are_for_the_partner(book: tuple[Session, Planted]) -> None:
    session, _ = book
    found = notes(session)
    assert {n.partner for n in found} == {f"P-{n:02}" for n in range(1, 25)}
    assert any(n.internal for n in found) and any(not n.internal for n in found)
    assert not [n for n in found if "{" in n.text]
    assert not [a for a in actions(session, AS_OF) if "{" in a.text + a.outcome]


def test_dice_are_fair_enough_and_parts_sum_to_the_whole() -> None:
    dice = Dice(1, "x")
    assert {dice.between(1, 6) for _ in range(200)} == {1, 2, 3, 4, 5, 6}
    assert sorted(dice.some([1, 2, 3], 9)) == [1, 2, 3]
    spread = Spread()
    assert sum(spread.next(20) for _ in range(100)) == 20
    for total in (100, 12_345, 99_900):
        assert sum(parts(total, 7, 100, dice)) == total
    for _ in range(50):
        assert dice.workday(date(2026, 11, 2), date(2026, 11, 29)).weekday() < 5
