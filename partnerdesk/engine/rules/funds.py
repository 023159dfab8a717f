"""Money for joint work, and what else a tier brings: funds with their own ledger, and benefits that are delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.rules.keys import UNITS, key
from partnerdesk.engine.rules.rates import Bands
from partnerdesk.engine.rules.tiers import Need

FUND_KINDS = ("co-marketing", "co-innovation", "other")
STANDING, ONCE = "standing", "once"
MARGINAL, WHOLE = "marginal", "whole amount"  # the ways in which a fund accrues by bands


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Money for joint work that is asked for, approved, claimed with proof and reimbursed; never a part of a payout.

    What is put into it: an accrual (a rate of a metric, at each period's end), a grant (at each period's start), and
    allocations by hand (fund entries). Its ledger runs beside that of earnings. Entries of one request are exchanged
    at the rate of the request's day. What is approved or claimed and not needed (a reimbursement that is less than its
    claim) stays so until an entry of kind release gives it back.
    """

    says: str = key("Its name for people")
    kind: str = key("What it is for", "co-marketing", FUND_KINDS)
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")
    when: Need | None = key(
        "What must hold for an accrual in its period, for a grant in the period before; otherwise nothing is put in",
        None,
    )
    every: str = key("How often something is put in", "quarter", UNITS)
    accrues_on: str = key("Metric of which a rate is put in at the period's end; none without it", "")
    rate: Decimal | None = key("That rate; also for tiers that rate_by_tier does not name", None)
    rate_by_tier: Mapping[str, Decimal] = key("The rate by the tier in force at the period's end", {})
    bands: Bands | None = key(
        "In place of `rate`: rates by size, of the metric that it accrues on or of the one that `by` names; `marginal` "
        "and `whole amount`, with floors and rates alone",
        None,
        example='{ how = "whole amount", steps = [{ from = 0, rate = 0.03 }, { from = 7500, rate = 0.04 }] }',
    )
    grant: Decimal | None = key("Put in at the period's start; also for tiers that grant_by_tier does not name", None)
    grant_by_tier: Mapping[str, Decimal] = key("The grant by the tier in force at the period's start", {})
    minimum: Decimal = key("An accrual below this is nothing", Decimal(0))
    at_most: Decimal | None = key("An accrual is at most this", None)
    use_periods: int | None = key(
        "For so many periods it may be used: an accrual in those after its own, a grant in its own and the next ones; "
        "then what is left of it expires. Without it nothing expires but what an entry dates",
        None,
    )
    use_within: str = key(
        "Use it or lose it: what is left expires at the end of the month, quarter, half or fiscal year that holds the "
        "day on which it was put in; with use_periods, too, at whichever end comes first",
        "",
        ("", *UNITS),
    )
    cost_share: Decimal = key("Share of an activity's proven cost that the fund pays at most", Decimal(1))
    cost_share_by: Mapping[str, Decimal] = key(
        "That share by the kind of the activity; `cost_share` for all others",
        {},
        example="{ event = 0.5, training = 1 }",
    )
    claim_minimum: Decimal = key("A claim that comes to less than this is none", Decimal(0))
    decide_days: int | None = key("Days in which a request is decided", None)
    claim_days: int | None = key(
        "Days after the activity (after the approval, where its day is not known) in which it is claimed; then what "
        "is approved and not claimed lapses",
        None,
    )
    claim_months: int | None = key(
        "In place of days: so many months after it, on the same day of the month or its last", None
    )
    proof_days: int | None = key("Days after the claim in which its proof is there; without it the claim lapses", None)
    pay_days: int | None = key("Days after the proof in which it is reimbursed", None)
    lapsed: str = key(
        "What becomes of an approval or a claim that lapsed: it returns to what is available, unless that has expired "
        "meanwhile, or it is forfeited",
        "returns",
        ("returns", "forfeited"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What a tier brings, where more is said of it than its name in the tier's `benefits`.

    It is promised to every partner in a tier that lists it. Activities of kind `benefit` whose title is its name
    (or its name for people) say when it was delivered.
    """

    says: str = key("Its name for people")
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")
    delivered: str = key(
        "standing: it simply holds while the tier does; once: delivered once after the tier was entered; or once in "
        "every such period",
        STANDING,
        (STANDING, ONCE, *UNITS),
    )
    within_days: int = key("Delivered within so many days of the tier's first day, or of the period's", 30)
    fund: str = key("Fund whose rate it sets", "")
    fund_rate: Decimal | None = key(
        "Rate of that fund while it is promised; a rate that the fund itself names for the tier comes first", None
    )
    protection_days: int | None = key("A renewal stays the partner's so many days after the contract's end", None)
    payout_days: int | None = key(
        "Payouts come so many days after their period's end, in place of what the settlement says; of several the "
        "soonest. The tier of the period's last day counts",
        None,
    )
