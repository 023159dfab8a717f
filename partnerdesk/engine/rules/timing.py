"""When what was earned is payable, and when it is taken back."""

from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import key
from partnerdesk.engine.rules.tiers import Need

VESTS_AT = (
    "event",
    "month end",
    "quarter end",
    "year end",
    "contract start",
    "payment received",
    "first payment",
    "customer live",
    "first value",
)
LIVE = ("customer live", "first value")  # what may come once for each deployment
CLAWED_BACK = "clawed back"
CAUSES = ("churned", "refunded", "contracted", "unpaid", CLAWED_BACK)
# The kind of fact that each cause is read from; what falls with another line is read from none.
CAUSED_BY = {"churned": "contract", "contracted": "contract", "refunded": "transaction", "unpaid": "transaction"}
TAKES = ("all", "held")
SHAPES = ("full", "linear", "steps", "contract", "contract months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vest:
    """A share of a line and when it becomes payable; until then it is held."""

    share: Decimal = key("Share of the line")
    at: str = key(
        "What it waits for: the event itself; the end of its month, quarter or fiscal year; the start of its contract; "
        "the customer's payments (in part where it is paid in part, invoices of one contract or deal in their order, "
        "a deal's lines as the deal), or the first of them alone, such as a deposit; the customer's go-live or first "
        "value",
        "event",
        VESTS_AT,
    )
    which: str = key(
        "With customer live and first value, of several deployments: the first one that is there, or the last, once "
        "all that are known are there",
        "first",
        ("first", "last"),
    )
    nth: int | None = key("In place of the first one: the so-manieth that is there", None, example="3")
    after_months: int = key("So many months later", 0)
    after_days: int = key("So many days later", 0)
    on_day: int | None = key(
        "Then on the next such day of a month, the day itself included; 31 is the last day of every month. At the "
        "month's end with 15 it is the 15th of the month after",
        None,
        example="15",
    )
    parts: int = key("In so many equal parts: the first on that day, each other one a month later", 1)
    apart_months: int = key("With parts: each other one so many months later", 1)
    within_months: int | None = key(
        "What it waits for, or `when`, must come true within so many months of the event", None
    )
    within_days: int | None = key("In place of months: within so many days of the event", None)
    if_active: bool = key(
        "Only if the customer's contract has not ended on that day; without a contract it counts", False
    )
    when: Need | None = key(
        "What must hold in the statement period of that day; with `within_months` it may come true later, seen at the "
        "end of a statement period",
        None,
    )
    otherwise: str = key("What happens when it does not", "forfeit", ("forfeit", "release"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClawStep:
    from_days: int = key("From so many days after the event on", 0)
    share: Decimal = key("Share that is taken back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clawback:
    """Written with `if` for the cause. What is taken back is a share of what the line earned, never more than is left.

    It comes first from what is not vested yet, then from what is held, then from what is payable. What settlement
    forfeited or let lapse before it was paid is not taken as well. Where only what was
    advanced is at stake, give the advance and the rest earnings of their own.
    """

    cause: str = key(
        "churned: the contract ended for good, on its outcome_on, else at its end; refunded: a payment was given "
        "back, or the invoice that earned was credited (its share); contracted: the contract was renewed for less (the "
        "share lost); unpaid: an invoice was written off, by a transaction of kind write-off (its share; the invoice "
        "of the same number, else the latest one before); clawed back: the line that this one pays on was, by its own "
        'earning\'s clawback (its share, as far as there was one), for rules with on = "earning"; written `if`',
        "churned",
        CAUSES,
    )
    where: Where = key(
        "Only such causes: contracts that ended or were renewed for less (their reason is not redundancy), "
        "transactions that gave back or wrote off. The first churn is the first of those that count",
        (),
        example='{ reason = { not = "redundancy", or_unknown = true } }',
    )
    within_months: int | None = key("Within so many months of the event, the last day included", None)
    within_days: int | None = key("Within so many days of the event, the last day included", None)
    full_days: int = key("In full up to this day after the event, whatever the shape", 0)
    shape: str = key(
        "full; linear: by what is left of the window, counted from `full_days` on, in days where the window is given "
        "in days and otherwise in months, a begun one among those that are left (after two months and a day of 12 it "
        "is 10/12); steps: by a table; contract: by the days that are left of the contract's term; contract months: by "
        "its months that are left, a begun one among them",
        "full",
        SHAPES,
    )
    steps: tuple[ClawStep, ...] = key("With shape steps", ())
    share: Decimal = key("Only this share of it", Decimal(1))
    takes: str = key(
        "all: whatever is left of the line, paid or not; held: only what is not payable yet on that day (not vested, "
        "held back, suspended): what became payable stays earned. What falls with the line falls by what was asked for",
        "all",
        TAKES,
    )
    reference: str = key("Clause", "")
