"""What is due when: payouts by settlement period, what is carried, advanced, recovered, invoiced or lost."""

from datetime import date

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Adjustment, Partner, Payment, Transaction
from partnerdesk.engine.semantics import SAYS_CONDITIONS
from partnerdesk.engine.trace import find
from partnerdesk.program.words import rule_words
from tests.engine.cases import both, facts, problems, program, worked
from tests.engine.payouts import GATED, LATER, SHARE, D, balances, earned, paid, plan, settled


def test_by_default_a_month_is_paid_on_the_15th_of_the_next() -> None:
    (payout,) = settled("", earned(500))
    assert (payout.key, payout.day, payout.cut, payout.paid) == ("2025-01", date(2025, 2, 15), date(2025, 1, 31), 500)
    assert (payout.because, payout.is_running) == ("paid on 15 Feb 2025", False)


def test_a_commission_on_bookings_is_paid_in_full_at_the_next_payroll() -> None:
    # hold-04: 100,000 at 15 %, closed on 31 December.
    row = Transaction(id="I", partner="A", kind="invoice", day=date(2024, 12, 31), amount=D(100_000))
    (payout,) = settled("", [row], more=SHARE.replace("rate = 1", "rate = 0.15"))
    assert (payout.key, payout.paid, payout.day) == ("2024-12", 15_000, date(2025, 1, 15))


@pytest.mark.parametrize(
    ("settlement", "key", "day"),
    [
        ("pays_after_months = 2", "2025-01", date(2025, 3, 15)),  # pay-01: usage of month 1, paid in month 3
        ("pays_after_months = 0, pays_on_day = 31", "2025-01", date(2025, 1, 31)),
        ("pays_on_day = 31", "2025-01", date(2025, 2, 28)),
        ("business_days = true", "2025-01", date(2025, 2, 17)),  # the 15th is a Saturday
        ("pays_on_day = 16, business_days = true", "2025-01", date(2025, 2, 17)),  # a Sunday
        ("pays_on_day = 17, business_days = true", "2025-01", date(2025, 2, 17)),  # a Monday
        ("pays_after_days = 45", "2025-01", date(2025, 3, 17)),
        ("pays_after_days = 1", "2025-01", date(2025, 2, 1)),
        ("pays_after_days = 1, business_days = true", "2025-01", date(2025, 2, 3)),
        ("pays_after_days = 5, business_days = true", "2025-01", date(2025, 2, 7)),
        ('every = "quarter"', "2025Q1", date(2025, 4, 15)),
        ('every = "half"', "2025H1", date(2025, 7, 15)),
        ('every = "year"', "2025", date(2026, 1, 15)),
        ('every = "half-month"', "2025-01b", date(2025, 2, 15)),
        ('every = "half-month", pays_after_days = 5, business_days = true', "2025-01b", date(2025, 2, 7)),
        # A calendar: the first of its days after the period's end, at least so many days after, else as without it.
        ("pays_on_dates = [2025-01-31,2025-02-20,2025-03-19]", "2025-01", date(2025, 2, 20)),
        ("pays_on_dates = [2025-02-01]", "2025-01", date(2025, 2, 1)),  # a Saturday that stands in the calendar
        ("pays_on_dates = [2025-02-01,2025-02-28], pays_after_days = 5", "2025-01", date(2025, 2, 28)),
        (
            "pays_on_dates = [2025-02-06,2025-02-07], pays_after_days = 5, business_days = true",
            "2025-01",
            date(2025, 2, 7),
        ),
        ("pays_on_dates = [2025-01-20]", "2025-01", date(2025, 2, 15)),
        # Days of every month: the first of them after the period's end, or from so many days after it on.
        ('every = "half-month", pays_on_days = [15,31]', "2025-01b", date(2025, 2, 15)),
        ("pays_on_days = [28,31]", "2025-01", date(2025, 2, 28)),
        ("pays_on_days = [1,20], pays_after_days = 10", "2025-01", date(2025, 2, 20)),
        ("pays_on_days = [1,5], pays_after_days = 10", "2025-01", date(2025, 3, 1)),
        ("pays_on_days = [1,15], business_days = true", "2025-01", date(2025, 2, 3)),  # the 1st is a Saturday
        # Weekdays: the day itself where it is one.
        ('pays_on_day = 1, pays_on_weekday = "Friday"', "2025-01", date(2025, 2, 7)),
        ('pays_on_day = 7, pays_on_weekday = "Friday"', "2025-01", date(2025, 2, 7)),
        ('every = "week", pays_after_days = 1, pays_on_weekday = "Friday"', "2025-01-20", date(2025, 1, 31)),
        ('pays_on_days = [15], pays_on_weekday = "Sunday"', "2025-01", date(2025, 2, 16)),
    ],
)
def test_when_a_period_is_paid(settlement: str, key: str, day: date) -> None:
    (payout,) = settled(settlement.replace(", ", "\n"), earned(500))
    assert (payout.key, payout.day, payout.paid) == (key, day, 500)


def test_each_half_of_a_month_is_paid_on_the_next_of_its_days() -> None:
    found = settled('every = "half-month"\npays_on_days = [15, 31]', earned(100, day=15))
    assert [(p.key, p.day, p.paid) for p in found] == [("2025-01a", date(2025, 1, 31), 100)]


def test_half_months_end_on_the_15th_and_on_the_last_day() -> None:
    rows = [
        *earned(100, 200, day=15),
        *[r.__class__(id="x", partner="A", kind="invoice", day=date(2025, 2, 28), amount=D(7)) for r in earned(1)],
    ]
    found = settled('every = "half-month"\npays_after_days = 5', rows)
    assert [(p.key, p.cut, p.day, p.paid) for p in found] == [
        ("2025-01a", date(2025, 1, 15), date(2025, 1, 20), 100),
        ("2025-02a", date(2025, 2, 15), date(2025, 2, 20), 200),
        ("2025-02b", date(2025, 2, 28), date(2025, 3, 5), 7),
    ]


def test_an_invoice_paid_by_card_waits_thirty_days_and_is_settled_in_month_four() -> None:
    # pay-02: usage in month 1, the customer pays in month 2, 30 days later it is month 3, paid on the 15th of month 4.
    text = """
    [earning.usage]
    says = "Usage"
    type = "USAGE"
    on = "usage reported"
    base = "amount"
    rate = 0.2
    vests = [{ share = 1, at = "payment received", after_days = 30 }]
    """
    rows = [
        Transaction(id="U", partner="A", customer="C", kind="usage", day=date(2025, 1, 31), amount=D(1_000)),
        Transaction(id="P", partner="A", customer="C", kind="payment", day=date(2025, 2, 20), amount=D(1_000)),
    ]
    (payout,) = settled("", rows, more=text)
    assert (payout.key, payout.day, payout.paid) == ("2025-03", date(2025, 4, 15), 200)


def test_a_run_on_the_15th_with_a_cut_two_days_before() -> None:
    # pay-03: the run of 15 November covers what came up to 13 November.
    settlement = "pays_after_months = 0\npays_on_day = 15\ncut_days = 2"
    rows = [
        Transaction(id=f"I{n}", partner="A", kind="invoice", day=date(2024, 11, n), amount=D(n))
        for n in (1, 13, 14, 15)
    ]
    first, second = settled(settlement, rows)
    assert (first.cut, first.day, first.paid) == (date(2024, 11, 13), date(2024, 11, 15), 14)
    assert (second.cut, second.day, second.paid) == (date(2024, 12, 13), date(2024, 12, 15), 29)


def test_a_cut_before_the_period_ends() -> None:
    assert paid("cut_days = 11", earned(100, day=20)) == [100]
    assert [p.key for p in settled("cut_days = 12", earned(100, day=20))] == ["2025-02"]


@pytest.mark.parametrize(
    ("minimum_is", "amounts", "expected"),
    [
        ("at least", (50, 30, 20), [50, 0, 50]),
        ("above", (50, 30, 21), [0, 80, 0]),
        ("above", (49, 1, 1), [0, 0, 51]),
    ],
)
def test_what_is_too_little_is_carried_over(minimum_is: str, amounts: tuple[int, ...], expected: list[int]) -> None:
    assert paid(f'minimum = 50\nminimum_is = "{minimum_is}"', earned(*amounts), date(2025, 3, 31)) == expected


def test_some_partners_have_another_minimum() -> None:
    first = '{ minimum = 30, partner = { country = "DE" } }'
    later = '{ minimum = 0, partner = { country = ["DE", "AT"] } }'
    for rows, expected in (("", [0, 60]), (first, [40, 0]), (f"{first}, {later}", [40, 0]), (later, [40, 20])):
        rule = f"minimum = 50\nminimums = [{rows}]"
        found = settled(rule, [Partner(id="A", name="Alder", country="DE"), *earned(40, 20)], date(2025, 2, 28))
        assert [p.paid for p in found] == expected, rows


def test_a_minimum_without_partners_is_a_warning_and_none_lies_below_zero() -> None:
    found = problems(plan("minimum = 50\nminimums = [{ minimum = -1 }]"))
    assert [(p.place.rsplit(", ", 1)[-1], p.warning) for p in found] == [
        ("settlement.minimums.0.minimum", False),
        ("settlement.minimums.0", True),
    ]


def test_a_balance_below_the_minimum_says_so() -> None:
    (payout,) = settled("minimum = 50", earned(20), date(2025, 1, 31))
    assert (payout.carried, payout.because) == (20, "not at least the minimum of 50.00 EUR; carried over")


@pytest.mark.parametrize(
    ("on_leaving", "expected"), [("carry", (0, 30, 0)), ("pay", (30, 0, 0)), ("forfeit", (0, 0, 30))]
)
def test_what_becomes_of_the_rest_when_a_partner_leaves(on_leaving: str, expected: tuple[int, int, int]) -> None:
    rows = [Partner(id="A", name="Alder", left=date(2025, 2, 10)), *earned(10, 20)]
    first, second = settled(f'minimum = 50\non_leaving = "{on_leaving}"', rows, date(2025, 2, 28))
    assert (first.paid, first.carried) == (0, 10)
    assert (second.paid, second.carried, second.lost) == expected


def test_a_debt_is_netted_before_anything_new_is_paid() -> None:
    # ms-recoup-01: 1,000 prove uncollectible; of three times 400 nothing, nothing and 200 are paid.
    write_off = Transaction(id="W", partner="A", kind="write-off", day=date(2025, 2, 20), amount=D(-1_000), number="1")
    rows = [*earned(1_000, 0, 400, 400, 400), write_off]
    found = settled("", rows)
    assert [p.paid for p in found] == [1_000, 0, 0, 0, 200]
    assert [p.carried for p in found] == [0, -1_000, -600, -200, 0]
    assert found[1].because == "below zero: taken from later payments"


def test_a_debt_that_only_the_next_payment_bears() -> None:
    found = settled('negative = "next period"', earned(100, -300, 120, 500))
    assert [(p.paid, p.carried, p.lost) for p in found] == [(100, 0, 0), (0, -300, 0), (0, 0, -180), (500, 0, 0)]


def test_a_new_debt_beside_an_old_one_is_carried_once() -> None:
    found = settled('negative = "next period"', earned(-300, -50, 20))
    assert [(p.carried, p.lost) for p in found] == [(-300, 0), (-50, -300), (0, -30)]


def test_a_debt_that_is_invoiced() -> None:
    found = settled('negative = "invoice"', earned(100, -300, 120))
    assert [(p.paid, p.carried, p.invoiced) for p in found] == [(100, 0, 0), (0, 0, 300), (120, 0, 0)]


def test_weeks_are_named_by_their_first_day() -> None:
    rows = [Transaction(id=f"I{d}", partner="A", kind="invoice", day=date(2025, 2, d), amount=D(d)) for d in (2, 3, 9)]
    found = settled('every = "week"\npays_after_days = 5', rows, date(2025, 2, 20))
    assert [(p.key, p.paid, p.day) for p in found] == [
        ("2025-01-27", 2, date(2025, 2, 7)),
        ("2025-02-03", 12, date(2025, 2, 14)),
    ]
    assert (found[1].period.start, found[1].period.end) == (date(2025, 2, 3), date(2025, 2, 9))


@pytest.mark.parametrize(
    ("starts", "keys"),
    [
        ("", ["2025-01-27", "2025-02-10"]),
        ("week_starts = 2025-02-05", ["2025-02-05", "2025-02-19"]),
        ("week_starts = 2026-02-12", ["2025-02-13"]),  # later than all of it: counted back
    ],
)
def test_two_weeks_are_counted_from_a_day_on_which_they_begin(starts: str, keys: list[str]) -> None:
    days = [5, 20] if len(keys) > 1 else [20]
    rows = [Transaction(id=f"I{d}", partner="A", kind="invoice", day=date(2025, 2, d), amount=D(d)) for d in days]
    found = settled(f'every = "two weeks"\npays_after_days = 3\n{starts}', rows, date(2025, 3, 20))
    assert [p.key for p in found] == keys


def test_what_waits_too_long_lapses_oldest_first() -> None:
    # 30 in January, 40 in March of which 10 are taken back; the 20 that are left of January lapse in April.
    rows = [*earned(30, 0, 40), Adjustment(id="J", partner="A", day=date(2025, 3, 25), amount=D(-10), reason="r")]
    found = {p.key: p for p in settled("minimum = 100\nlapses_after_months = 3", rows, date(2025, 7, 31))}
    assert [(p.key, p.carried, p.lost) for p in found.values() if p.lost] == [("2025-04", 30, 30), ("2025-06", 0, 30)]
    assert "lapsed" in found["2025-04"].because


def test_a_later_taking_comes_off_what_waits_longest() -> None:
    rows = [*earned(30, 40), Adjustment(id="J", partner="A", day=date(2025, 3, 25), amount=D(-35), reason="r")]
    found = settled("minimum = 100\nlapses_after_months = 3", rows, date(2025, 7, 31))
    assert [(p.key, p.carried, p.lost) for p in found if p.lost] == [("2025-05", 0, 35)]


def test_what_reaches_the_minimum_in_its_last_period_is_paid() -> None:
    found = settled("minimum = 100\nlapses_after_months = 3", earned(30, 0, 0, 80), date(2025, 7, 31))
    assert [(p.key, p.paid, p.lost) for p in found if p.paid or p.lost] == [("2025-04", 110, 0)]


TWO = SHARE + SHARE.replace("earning.share", "earning.rebate").replace('"SHARE"', '"REBATE"').replace("= 1", "= 0.1")


def test_each_type_is_settled_by_itself() -> None:
    more = (
        TWO
        + '[holdback.back]\nof = ["rebate"]\nshare = 0.5\nevery = "month"\nrelease_after = 1\nrelease_unit = "month"\n'
    )
    outcome = worked(plan('each = "type"\nminimum = 50', more), [*earned(400, 400), *earned(-5)[:1]], date(2025, 3, 31))
    balances(outcome)
    # The rebate is 40 a month; half of it comes a month later. The adjustment has no type.
    assert {key: p.paid for key, p in outcome.payouts.items()} == {
        "2025-01": 0,
        "2025-02": 0,
        "2025-03": 0,
        "2025-01|REBATE": 0,
        "2025-01|SHARE": 400,
        "2025-02|REBATE": 60,
        "2025-02|SHARE": 400,
        "2025-03|REBATE": 0,
    }


@pytest.mark.parametrize(
    ("otherwise", "expected"), [("suspend", [(0, 100, 0), (300, 0, 0)]), ("forfeit", [(0, 0, 100), (200, 0, 0)])]
)
def test_a_partner_that_may_not_be_paid(otherwise: str, expected: list[tuple[int, int, int]]) -> None:
    from partnerdesk.engine.facts import Survey

    rows = [*earned(100, 200), Survey(id="S", partner="A", day=date(2025, 2, 3), score=D(5))]
    found = settled("", rows, more=SHARE + GATED % otherwise)
    assert [(p.paid, p.carried, p.lost) for p in found] == expected
    assert found[0].because.startswith("the condition for payment is not met: a survey was answered")
    before = evaluate([program(plan("", SHARE + GATED % otherwise))], facts(rows), LATER, semantics=SAYS_CONDITIONS - 1)
    assert next(iter(before.partners["A"].payouts.values())).because.startswith("a survey was answered")


def test_payments_move_balances_but_no_payout() -> None:
    remitted = Payment(id="R", partner="A", day=date(2025, 2, 15), amount=D(80), remittance="R1")
    rows = [*earned(100, 200), remitted]
    assert paid("", rows) == [100, 200]
    outcome = worked(plan("minimum = 1000"), rows, LATER)
    assert outcome.statements["2025-02"].row("closing").payable == 220
    assert outcome.statements == worked(SHARE, rows, LATER).statements


def test_the_running_period_is_marked() -> None:
    found = settled("", earned(100, 200), date(2025, 2, 21))
    assert [(p.key, p.is_running, p.paid) for p in found] == [("2025-01", False, 100), ("2025-02", True, 200)]


def test_payouts_are_found_by_name() -> None:
    _, traced = both(plan("draw = { amount = 2000 }"), earned(1_500, 2_375), date(2025, 2, 28))
    values = {name: figure.value for name in NAMED if (figure := find(traced, f"{name}|2025-02")) is not None}
    assert values == {"payout": 2_000, "payout.recovered": 375, "payout.owed": 125, "payout.moved": 2_375}


NAMED = ("payout", "payout.recovered", "payout.owed", "payout.moved")


@pytest.mark.parametrize(
    ("settlement", "said"),
    [
        ("pays_on_day = 32", "no month has that day"),
        ("cut_days = -1", "below zero"),
        ("cut_days = 28", "before the period"),
        ('on_leaving = "pay"', "no minimum"),
        ("draw = { amount = 0 }", "above zero"),
        ("draw = { amount = 10, recover_share = 2 }", "between 0 and 1"),
        ("draw = { amount = 10, recover_share = 0.5, recoverable = false }", "nothing is recovered"),
        ("draw = { amount = 10, months = 0 }", "never paid"),
        ('draw = { amount = 10, recover_of = "earned" }', "all that is earned is more than the excess"),
        ("draw = { amount = 10, recoverable_from_months = 0 }", "never tells one month from another"),
        ("draw = { amount = 10, recoverable_from_months = 2, recoverable = false }", "never tells one month"),
        ('each = "type"\ndraw = { amount = 10 }', "all earnings together"),
        ("draw = { amount = 10, steps = [{ from_months = 0, amount = 5 }] }", "the months must rise"),
        ("draw = { amount = 10, steps = [{ from_months = 2, amount = -5 }] }", "not below zero"),
        ("draw = { amount = 10, months = 2, steps = [{ from_months = 2, amount = 5 }] }", "after the draw's last"),
        ('every = "week"', "on one day of a later month"),
        ("week_starts = 2025-01-06", "only weeks"),
        ("pays_on_dates = [2025-02-20, 2025-01-20]", "the days must rise"),
        ("pays_on_days = [15, 1]", "the days rise"),
        ("pays_on_days = [0, 15]", "the days rise"),
        ('pays_on_weekday = "Sunday"\nbusiness_days = true', "no business day"),
        ("lapses_after_months = 0", "nothing could wait"),
        ("minimum = 50\ndraw = { amount = 10 }", "below the minimum"),
    ],
)
def test_what_cannot_be_settled_is_refused(settlement: str, said: str) -> None:
    found = problems(plan(settlement))
    assert [p for p in found if said in p.message], found
    assert all(p.remedy for p in found)


def test_types_cannot_be_apart_where_a_holdback_is_on_their_sum() -> None:
    more = TWO + '[holdback.back]\nof = ["rebate", "share"]\nshare = 0.5\nevery = "month"\nrelease_after = 1\n'
    (found,) = problems(plan('each = "type"', more))
    assert "several types" in found.message


def test_the_words_say_every_key() -> None:
    text = plan(
        'every = "half-month"\ncut_days = 2\npays_after_days = 5\nbusiness_days = true\nminimum = 50\n'
        'minimum_is = "above"\non_leaving = "forfeit"\nnegative = "invoice"\n'
        "draw = { amount = 500, recover_share = 0.5, months = 6 }"
    )
    (said,) = [r for r in rule_words(program(text)) if r.key == "settlement"]
    assert said.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "Each half-month the payable balance is paid 5 business days after its end. What becomes payable in the last 2 "
        "days before waits for the next time. A balance of 50.00 EUR or less is carried over. Once the partner has "
        "left it is forfeited. A balance below zero is invoiced to the partner. At least 500.00 EUR are paid each "
        "half-month in the first 6 months after joining; what is advanced is taken from what is earned above it later, "
        "at most 50 % of the excess at once."
    )


@pytest.mark.parametrize(
    ("settlement", "said"),
    [
        ("pays_after_months = 0", "on the 15th of that month."),
        (
            "pays_after_months = 2\nbusiness_days = true",
            "on the 15th of the second month after or the next business",
        ),
        ('each = "type"', "Each type of earning is settled by itself."),
        ('negative = "next period"', "taken from the next period's payment"),
        ('every = "week"\npays_after_days = 5', "Each week the payable balance is paid 5 days after its end."),
        ('every = "two weeks"\nweek_starts = 2025-01-06', "Each second week (one begins on 6 Jan 2025) the"),
        (
            "pays_on_dates = [2025-01-20, 2025-02-20]",
            "on the first of these days after its end: 20 Jan 2025 and 20 Feb 2025; after the last of them on the 15th",
        ),
        ("pays_on_dates = [2025-01-20]\npays_after_days = 5", "days 5 days after its end or later: 20 Jan 2025; after"),
        ("pays_on_days = [15, 31]", "paid on the next 15th or last day of a month after its end."),
        ("pays_on_days = [1, 15]\npays_after_days = 3", "on the next 1st or 15th from 3 days after its end on."),
        ('pays_on_day = 1\npays_on_weekday = "Friday"', "the month after, or on the next Friday where that is none."),
        ("lapses_after_months = 12", "What has waited 12 months is forfeited, the oldest first."),
        ("draw = { amount = 5, steps = [{ from_months = 3, amount = 2 }] }", "each month, 2.00 EUR from month 3 after"),
        ("minimum = 10", "A balance below 10.00 EUR is carried over."),
        (
            'minimum = 10\nminimums = [{ minimum = 500, partner = { country = "US" } }]',
            "A balance below 10.00 EUR (below 500.00 EUR for partners whose country is US) is carried over.",
        ),
        ("draw = { amount = 5, recoverable = false }", "what is advanced is kept."),
        (
            "draw = { amount = 5, recoverable_from_months = 6 }",
            "advanced in the first 6 months after joining is kept, and what is advanced later is taken from what",
        ),
        (
            'draw = { amount = 5, recover_share = 0.5, recover_of = "earned" }',
            "of what the period earned at once.",
        ),
    ],
)
def test_each_value_has_words(settlement: str, said: str) -> None:
    assert [r for r in rule_words(program(plan(settlement))) if r.key == "settlement" and said in r.sentence]
