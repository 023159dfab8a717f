"""How rules that many published programs have are written: a sentence of theirs, and the text that says it.

Together the texts are one program that works, which the tests hold to figures worked out by hand.
"""

from partnerdesk.program.reference.further_recipes import FURTHER
from partnerdesk.program.reference.recipes_apart import APART
from partnerdesk.program.reference.recipes_more import MORE

HEAD = """\
program = "recipes"
version = "1"
effective_from = 2026-01-01
"""

RECIPES: tuple[tuple[str, str], ...] = (
    (
        "A level is reached by a volume in each of three months in a row, and kept for twelve",
        """\
[metric.volume]
says = "Volume of the month"
of = "deal"
where = { status = "won" }

[[tier]]
name = "Base"

[[tier]]
name = "Gold"
requires = { metric = "volume", at_least = 1000, for_periods = 3 }

[tiers]
every = "month"
qualifies_for = 12""",
    ),
    (
        "At every location there are two certified people",
        """\
[metric.staffed]
says = "Locations with two certified people"
of = "certification"
take = "distinct"
value = "person"
window = "in force"
groups = { by = "attributes.location", keep = { at_least = 2 } }

[metric.locations]
says = "Locations"
of = "certification"
take = "distinct"
value = "attributes.location"
window = "in force"

[metric.share_staffed]
says = "Share of locations that are staffed"
ratio = ["staffed", "locations"]

[[stage]]
name = "Staffing"
done_when = { metric = "share_staffed", at_least = 1 }""",
    ),
    (
        (
            "5 % of new business won within 90 days of its registration, twice that in November, at least 25 a deal; a "
            "third each year; the rate of the tier that was held when it was registered, and nothing after the partner "
            "has left"
        ),
        """\
[earning.registered]
says = "Registered business"
type = "UPFRONT"
on = "deal won"
where.kind = "new"
where.days.registered.closed = { at_most = 90 }
where.days_since_left = { at_most = 0, or_unknown = true }
base = "amount"
rate = { by_tier = { Base = 0.05, Gold = 0.06 } }
factor = [{ entries = [{ factor = 2, where = { closed = { at_least = 2026-11-01, at_most = 2026-11-30 } } }] }]
least = 25
tier_as_of = "registration"
vests = [{ share = 1, parts = 3, apart_months = 12 }]""",
    ),
    (
        "10 % of the first year, all of it back within 12 months, half of it within 24",
        """\
[earning.first_year]
says = "First year"
type = "UPFRONT"
on = "contract started"
base = "recurring"
rate = 0.1
clawback = [{ if = "churned", within_months = 12 }, { if = "churned", within_months = 24, share = 0.5 }]""",
    ),
    (
        (
            "20 % of payments in a customer's first year, then 10 % for as long as its contract is in force; at most "
            "500 per customer in all"
        ),
        """\
[earning.recurring]
says = "Recurring commission"
type = "RECURRING"
on = "payment received"
while_active = true
base = "amount"
rate = { by_age = [{ from_months = 0, rate = 0.2 }, { from_months = 12, rate = 0.1 }] }

[cap.customer]
of = ["recurring"]
per = "customer"
every = "ever"
at_most = 500""",
    ),
    (
        "A rate per unit that was agreed for the one contract",
        """\
[earning.agreed]
says = "Agreed rate"
type = "USAGE"
on = "usage reported"
base = { attribute = "attributes.units", times = "contract.attributes.agreed" }
rate = 1""",
    ),
    (
        "20 % of a customer's first 500, 10 % up to 10,000, 5 % above",
        """\
[earning.sliding]
says = "Sliding share"
type = "SHARE"
on = "invoice issued"
base = "amount"
rate = { bands = "marginal", over = "ever", each = "customer", steps = [
  { from = 0, rate = 0.2 },
  { from = 500, rate = 0.1 },
  { from = 10000, rate = 0.05 },
] }""",
    ),
    (
        "From 5,000 in a year on everything at 3 %, back to the first invoice",
        """\
[earning.retroactive]
says = "Retroactive rebate"
type = "REBATE"
on = "invoice issued"
base = "amount"
rate = { bands = "whole amount", steps = [{ from = 0, rate = 0.01 }, { from = 5000, rate = 0.03 }] }
increment_over = "year\"""",
    ),
    (
        "A rebate of 4 % a year if purchases grew, less the 1 % that was advanced each quarter",
        """\
[metric.purchases]
says = "Purchases"
of = "transaction"
where = { kind = ["invoice", "credit-note"] }

[metric.growth]
says = "Growth of purchases"
growth = "purchases"

[metric.advanced]
says = "Advanced in the year"
of = "earning"
where = { earning = "advance" }

[earning.advance]
says = "Advance"
type = "ADVANCE"
on = "period end"
base = { metric = "purchases" }
rate = 0.01

[earning.annual]
says = "Rebate of the year"
type = "REBATE"
on = "period end"
every = "year"
when = { metric = "growth", above = 0 }
base = { metric = "purchases" }
rate = 0.04

[earning.settled]
says = "Advances taken off"
type = "REBATE"
on = "period end"
every = "year"
base = { metric = "advanced" }
rate = -1""",
    ),
    (
        "500 for every third deal of all time",
        """\
[metric.deals]
says = "Deals won"
of = "deal"
take = "count"
where = { status = "won" }
window = "ever"

[earning.third]
says = "Every third deal"
type = "BONUS"
on = "period end"
base = { metric = "deals", per = 3, whole = true }
rate = 500
increment_over = "ever"
increment_of = "latest\"""",
    ),
    (
        "A fifth of the recurring commission of partners directly below, taken back with it",
        """\
[earning.override]
says = "Override"
type = "OVERRIDE"
on = "earning"
earning = "recurring"
of = "sub-partners"
rate = 0.2
clawback = [{ if = "clawed back" }]""",
    ),
    *FURTHER,
    *APART,
    *MORE,
)


def together() -> str:
    """All of them as one text."""
    return "\n".join([HEAD, *(f"# {says}\n{text}\n" for says, text in RECIPES)])
