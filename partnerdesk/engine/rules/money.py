"""Rounding, exchange, and how what is payable is settled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.fiscal import WEEKDAYS
from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import MODES, UNITS, key
from partnerdesk.engine.rules.tiers import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    decimals: int = key("Decimals of every line", 2)
    decimals_of: str = key(
        "Who says how many decimals: the program, by `decimals`; or its currency, as many as the smallest unit of that "
        "has: none in JPY, three in KWD, two in most",
        "program",
        ("program", "currency"),
    )
    mode: str = key("How", "half-up", MODES)
    point: str = key(
        "line: each line by itself; total: the sum of an earning's lines in a statement, spread so that lines add up: "
        "each is rounded down and the largest remainders get what is missing. Before caps and holdbacks, which round "
        "each amount",
        "line",
        ("line", "total"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    table: str = key("Exchange table", "program")
    day: str = key(
        "The last rate up to the event's day; up to the day before its month, quarter or fiscal year; or the mean of "
        "the rates dated in its month; none after the as-of day. Without a rate the other way round serves; without "
        "that one, a metric is not evaluated and an event earns nothing",
        "event",
        ("event", "month start", "quarter start", "year start", "month mean"),
    )


WEEKS = ("week", "two weeks")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawStep:
    """What a draw promises from some month on."""

    from_months: int = key("In periods that begin so many whole months or more after the partner joined")
    amount: Decimal = key("Paid at least, per settlement period; 0 ends the draw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """An advance on earnings of a settlement period."""

    amount: Decimal = key("Paid at least, per settlement period")
    steps: tuple[DrawStep, ...] = key(
        "A draw that declines (or rises) by schedule: the amounts that follow the first one, each until the next",
        (),
        example="[{ from_months = 3, amount = 500 }, { from_months = 6, amount = 0 }]",
    )
    recoverable: bool = key("What it advanced is taken from later earnings above it", True)
    recoverable_from_months: int | None = key(
        "Only what it advances in periods that begin so many whole months or more after the partner joined is taken "
        "from later earnings; what it advanced before is kept",
        None,
    )
    recover_share: Decimal = key("At most this share of the excess is taken back at once", Decimal(1))
    recover_of: str = key(
        "What `recover_share` is a share of: what is earned above the draw (the excess), or all that is earned in the "
        "period, of which no more than the excess is taken",
        "excess",
        ("excess", "earned"),
    )
    months: int | None = key("Only in periods that begin in the first so many months after the partner joined", None)
    when: Need | None = key(
        "Only while this holds in the period that holds the last day of what is settled: a quota is met. What was "
        "advanced before is recovered all the same",
        None,
        example='{ metric = "demos", at_least = 4 }',
    )
    every: str = key("Which period `when` is looked at in", "month", UNITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDay:
    """Another day of payment for partners of whom something holds: who is of a tier is paid sooner."""

    when: Need = key(
        "What must hold in the period that holds the last day of what is settled: a tier, a score, a metric",
        example='{ tier = "Gold" }',
    )
    every: str = key("Which period is looked at", "month", UNITS)
    pays_after_days: int | None = key("So many days after the settled period's end", None)
    pays_after_months: int | None = key("In place of days: so many months after the period's last month", None)
    pays_on_day: int | None = key("Day of that month; the settlement's own by default", None)
    says: str = key("The condition in words, where the words made of the rule do not serve", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """Tax that is kept back of each payment and passed on for the partner."""

    rate: Decimal = key("Share of what is paid")
    says: str = key("Its name for people: Withholding tax")
    partner: Where = key("Which partners, by any attribute; all by default", (), example='{ country = "IN" }')
    reference: str = key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMinimum:
    """Another minimum for some partners: a bank transfer from 500 on, a wallet from 50 on."""

    minimum: Decimal = key("Below this the balance is carried over")
    partner: Where = key(
        "Which partners, by any attribute; all by default", (), example='{ attributes.method = "bank transfer" }'
    )
    reference: str = key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """When and how the payable balance is paid out.

    Payouts say what is due by these rules; they suppose that earlier ones were made. What was really paid are
    payments, and only they move a balance. So a debt is waived as far as the balance stood below zero after what was
    really paid: a payout that was not made bears it first. What is settled apart by type takes them all as made, and
    so do the payouts of a partner with no payment and no closed statement. An advance that was paid before anything
    is earned is an opening of kind receivable: what is earned is set off against it.
    """

    every: str = key(
        "How often. Weeks are named by their first day, such as 2026-02-09, and are usually paid by `pays_after_days`; "
        "half-months are those of the calendar: 2026-02a and 2026-02b",
        "month",
        (*WEEKS, "half-month", *UNITS),
    )
    week_starts: date | None = key(
        "With week or two weeks: a day on which one begins; Monday 1 January 2024 by default", None
    )
    week_ends: tuple[str, ...] = key(
        "With week: what is settled ends on each of these weekdays, in place of once a week. Two of them and "
        "`pays_after_days = 1` pay twice a week, on Tuesday what came up to Monday and on Friday the rest",
        (),
        example='["Monday", "Thursday"]',
    )
    cut_days: int = key(
        "What became payable in the last so many days before the period's end, or before the payment day where that "
        "comes first, waits for the next time",
        0,
    )
    pays_after_months: int = key("Paid so many calendar months after the one in which the period ends", 1)
    pays_on_day: int = key("Day of that month; the last one where the month is shorter", 15)
    pays_after_days: int | None = key("In place of month and day: so many days after the period's end", None)
    pays_on_dates: tuple[date, ...] = key(
        "A calendar of payment days: the first of these after the period's end, or with `pays_after_days` the first "
        "that is not before that day. After the last of them the other keys count",
        (),
        example="[2026-01-20, 2026-02-20, 2026-03-19]",
    )
    pays_on_days: tuple[int, ...] = key(
        "In place of month and day: on the first of these days of a month after the period's end, or with "
        "`pays_after_days` from that day on; 31 is the last day of every month. With half-months [15, 31] pays what "
        "came up to the 15th on the month's last day, and the rest on the next 15th",
        (),
        example="[15, 31]",
    )
    pays_on_weekday: str = key(
        "On the next such weekday where the day is none: with `pays_on_day = 1` the first Friday of the month, with "
        "weeks and `pays_after_days = 1` every Friday",
        "",
        ("", *WEEKDAYS),
    )
    business_days: bool = key(
        "On the next Monday to Friday where the day is none; days are counted that way, too. Days of `pays_on_dates` "
        "stand as they are",
        False,
    )
    minimum: Decimal = key("Below this the balance is carried over", Decimal(0))
    minimums: tuple[OwnMinimum, ...] = key(
        "Another minimum for some partners, by how or in which currency they are paid; the first one that fits counts, "
        "`minimum` for all others",
        (),
    )
    minimum_is: str = key("The minimum itself is paid, or must be exceeded", "at least", ("at least", "above"))
    on_leaving: str = key(
        "What happens to a balance below the minimum once the partner has left",
        "carry",
        ("carry", "pay", "forfeit"),
    )
    lapses_after_months: int | None = key(
        "What became payable and waits (below the minimum, or for the condition to be paid) is forfeited once so many "
        "months have passed since the end of its settlement period; it may still be paid with the period in which they "
        "pass. The oldest is taken first for what comes off the balance meanwhile",
        None,
    )
    each: str = key(
        "What is settled apart: a partner, or each type of its earnings; what has no type is settled by itself",
        "partner",
        ("partner", "type"),
    )
    negative: str = key(
        "A balance below zero is taken from later payments; from the next period's only, and what that cannot cover is "
        "waived; or it is invoiced",
        "net",
        ("net", "next period", "invoice"),
    )
    draw: Draw | None = key("An advance", None)
    pays: tuple[PayDay, ...] = key("Other days of payment; the first one whose condition holds counts", ())
    tax: tuple[Withholding, ...] = key(
        "Tax withheld of what is paid; the first one that fits the partner counts. What was really withheld is the "
        "payment's own",
        (),
    )
    reference: str = key("Clause", "")
