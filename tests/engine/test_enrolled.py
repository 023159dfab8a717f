"""Modules and tracks that a partner is enrolled in and leaves: each event is ruled by the terms of its own day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Contract, Deal, Enrolment, Partner
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import facts, problems, program, worked

AS_OF = date(2026, 12, 31)
PROGRAM = """
program = "p"
name = "Alliance"
version = "1"
effective_from = 2026-01-01
[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.10
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "quarter"
base = { metric = "revenue" }
rate = 0.01
[[holdback]]
says = "Holdback"
of = ["upfront"]
share = 0.10
every = "quarter"
release_after = 1
release_unit = "quarter"
[module.green]
says = "Green partners"
enrolled = true
[module.green.earning.upfront]
rate = 0.20
[module.green.earning.thanks]
says = "Thanks"
type = "THANKS"
on = "deal won"
amount = 7
"""
NEXT = PROGRAM.replace('version = "1"\neffective_from = 2026-01-01', 'version = "2"\neffective_from = 2026-07-01')
NEXT = NEXT.replace("rate = 0.10", "rate = 0.11").replace("rate = 0.20", "rate = 0.22")
BY_CUSTOMER = PROGRAM.replace('on = "deal won"', 'on = "deal won"\nstream = "customer"')
NEW_STREAMS = (
    NEXT.replace('on = "deal won"', 'on = "deal won"\nstream = "customer"')
    + '[transition]\napplies_to = "new streams"\n'
)
AGAIN = NEXT + '[transition]\napplies_to = "retroactive"\nsince = 2026-04-01\n'


def deal(day: date, amount: int = 100) -> Deal:
    return Deal(id=f"D{day:%m%d}", partner="A", status="won", closed=day, amount=Decimal(amount))


def enrolled(day: date | None, module: str = "", **more: str) -> Enrolment:
    return Enrolment(id=f"E{day}", partner="A", program="p", day=day, module=module, **more)


MONTHS = [deal(date(2026, month, 15)) for month in range(1, 13)]
JOINS, LEAVES = enrolled(date(2026, 5, 1), "green"), enrolled(date(2026, 11, 15))


def paid(text: str | list[str], rows: list[Any], type_: str = "UPFRONT") -> dict[int, Decimal]:
    """What deals earned by the month in which they were won."""
    return {line.event.month: line.amount for line in worked(text, rows, AS_OF).lines if line.type == type_}


def test_terms_change_on_the_day_of_the_enrolment_and_back_on_that_of_the_next_one() -> None:
    found = paid(PROGRAM, [*MONTHS, JOINS, LEAVES])
    assert found == {month: Decimal(20 if 5 <= month <= 10 else 10) for month in range(1, 13)}
    assert list(paid(PROGRAM, [*MONTHS, JOINS, LEAVES], "THANKS")) == [5, 6, 7, 8, 9, 10]


def test_who_was_never_enrolled_has_the_versions_terms_and_so_has_another_programs() -> None:
    other = Enrolment(id="E", partner="A", program="q", day=date(2026, 2, 1), module="green")
    for rows in (MONTHS, [*MONTHS, other]):
        assert set(paid(PROGRAM, rows).values()) == {Decimal(10)}


@pytest.mark.parametrize("module", ["green", "Green partners", "blue, green"])
def test_a_module_is_named_by_its_id_or_name_among_others(module: str) -> None:
    assert set(paid(PROGRAM, [*MONTHS, enrolled(None, module)]).values()) == {Decimal(20)}


def test_the_program_may_be_named_as_people_name_it() -> None:
    row = Enrolment(id="E", partner="A", program="Alliance", day=date(2026, 1, 1), module="green")
    assert set(paid(PROGRAM, [*MONTHS, row]).values()) == {Decimal(20)}


def test_an_enrolment_holds_into_the_next_version() -> None:
    found = paid([PROGRAM, NEXT], [*MONTHS, JOINS, enrolled(date(2026, 9, 1))])
    assert [found[month] for month in (4, 5, 6, 7, 8, 9, 12)] == [10, 20, 20, 22, 22, 11, 11]


def test_a_version_that_is_run_again_has_the_enrolments_of_its_days() -> None:
    found = paid([PROGRAM, AGAIN], [*MONTHS, JOINS, enrolled(date(2026, 7, 1))])
    assert [found[month] for month in (1, 3, 4, 5, 6, 7, 12)] == [10, 10, 11, 22, 22, 11, 11]


def test_what_began_under_the_version_before_stays_with_it_whatever_is_joined_later() -> None:
    began = [Contract(id=f"C{m}", partner="A", customer=f"C{m}", start=date(2026, m, 1)) for m in (2, 8)]
    won = [
        Deal(id=f"{of}{m}", partner="A", customer=of, status="won", closed=date(2026, m, 20), amount=Decimal(100))
        for m in (9, 11)
        for of in ("C2", "C8")
    ]
    outcome = worked([BY_CUSTOMER, NEW_STREAMS], [*began, *won, enrolled(date(2026, 10, 1), "green")], AS_OF)
    found = {line.fact_id: line.amount for line in outcome.lines if line.type == "UPFRONT"}
    assert found == {"C29": 10, "C211": 10, "C89": 11, "C811": 22}


def test_a_holdback_on_a_sum_is_taken_of_each_terms_lines_and_named_apart() -> None:
    outcome = worked(PROGRAM, [*MONTHS, JOINS], AS_OF)
    held = [
        (e.id, e.amount) for e in outcome.entries if e.kind == "holdback" and e.bucket == "held" and e.day.month == 6
    ]
    assert sorted(amount for _, amount in held) == [1, 4]
    assert len({e.id for e in outcome.entries}) == len(outcome.entries)


def test_a_line_says_under_which_terms_it_was_earned() -> None:
    lines = {
        line.event.month: line for line in worked(PROGRAM, [*MONTHS, JOINS], AS_OF).lines if line.type == "UPFRONT"
    }
    assert (lines[4].rule.module, lines[4].rule.effective_from) == (None, date(2026, 1, 1))
    assert (lines[5].rule.module, lines[5].rule.effective_from) == ("green", date(2026, 5, 1))
    assert {line.rule.version for line in lines.values()} == {"1"}


def test_partners_join_by_themselves() -> None:
    rows = [*MONTHS, JOINS, Partner(id="A", name="Alder"), Partner(id="B", name="Birch")]
    rows += [Deal(id=f"B{d.id}", partner="B", status="won", closed=d.closed, amount=d.amount) for d in MONTHS]
    both = evaluate([program(PROGRAM)], facts(rows), AS_OF).partners
    assert sum(line.amount for line in both["B"].lines if line.type == "UPFRONT") == 120
    assert sum(line.amount for line in both["A"].lines if line.type == "UPFRONT") == 200


def test_a_tier_that_the_terms_would_change_is_kept_until_its_next_review() -> None:
    text = PROGRAM.replace(
        "[module.green.earning.upfront]",
        """[module.green.metric.revenue]
where = { status = "won", amount = { above = 1_000 } }
[module.green.earning.upfront]""",
    )
    text += """
[tiers]
every = "quarter"
moves = "automatic"
in_force = "same period"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 300 }
"""
    found = worked(text, [*MONTHS, JOINS], AS_OF)
    days = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [found.tier_on(day) for day in days] == ["Gold", "Gold", "Gold", "Gold", "Base"]


TRACKS = """
program = "p"
version = "1"
effective_from = 2026-01-01
[metric.deals]
says = "Deals"
of = "deal"
take = "count"
where = { status = "won" }
window = "period"
[score]
every = "quarter"
choose = "assigned"
[[score.track]]
name = "Build"
enrolled = true
parts = [{ metric = "deals", weight = 100, scale = [{ at = 0, points = 0 }, { at = 10, points = 100 }] }]
[[score.track]]
name = "Sell"
parts = [{ metric = "deals", weight = 100, scale = [{ at = 0, points = 0 }, { at = 5, points = 100 }] }]
"""


def test_a_track_is_the_one_that_the_partner_is_enrolled_in_at_the_periods_end() -> None:
    rows = [*MONTHS, enrolled(date(2026, 5, 1), track="Build"), enrolled(date(2026, 12, 1), track="Sell")]
    scores = worked(TRACKS, rows, AS_OF).scores
    assert {label: (score.track, score.total) for label, score in scores.items()} == {
        "2026Q1": ("Sell", Decimal(60)),
        "2026Q2": ("Build", Decimal(30)),
        "2026Q3": ("Build", Decimal(30)),
        "2026Q4": ("Sell", Decimal(60)),
    }


def test_the_words_say_for_whom_it_is() -> None:
    said = {words.key: words.sentence for words in rule_words(program(PROGRAM))}
    assert said["module.green"].startswith("A partner that is enrolled in it has its own terms for ")
    assert "from the day of its enrolment until one without it" in said["module.green"]
    assert "Build for partners that are enrolled in it" in next(
        words.sentence for words in rule_words(program(TRACKS)) if words.key == "score"
    )


def test_a_module_for_nobody_in_particular_is_told_and_so_is_an_enrolled_track_of_the_best() -> None:
    assert any("enrolled = true" in problem.remedy for problem in problems(PROGRAM.replace("enrolled = true", "")))
    assert any("assigned" in problem.remedy for problem in problems(TRACKS.replace('choose = "assigned"\n', "")))
    assert not [problem for problem in problems(TRACKS) if not problem.warning]


def test_enrolments_are_read_where_a_program_asks_for_them() -> None:
    assert "enrolment" in kinds_used([program(PROGRAM)])
    assert "enrolment" in kinds_used([program(TRACKS)])
    assert "enrolment" not in kinds_used([program(PROGRAM.replace("enrolled = true", 'partner = { type = "msp" }'))])


def outcome(rows: list[Any]) -> Outcome:
    return evaluate([program(PROGRAM)], facts(rows), AS_OF).partners["A"]


def test_what_came_before_the_day_is_what_it_was() -> None:
    before, after = outcome(MONTHS), outcome([*MONTHS, JOINS])
    early = [line for line in after.lines if line.event < date(2026, 5, 1)]
    assert early == [line for line in before.lines if line.event < date(2026, 5, 1)]
