"""How rules are written that rest on the tiers of partners below, on years of a contract, or on some of several."""

MORE: tuple[tuple[str, str], ...] = (
    (
        "A mentor has three partners directly below who are Gold",
        """\
[metric.gold_below]
says = "Gold partners directly below"
of = "tier_held"
take = "count"
whose = "sub-partners"
where = { tier = "Gold" }
window = "in force"

[[stage]]
name = "Mentor"
done_when = { metric = "gold_below", at_least = 3 }""",
    ),
    (
        "What the rate for one's own tier is above that of the partner below, on what it sells",
        """\
[earning.level]
says = "Difference of levels"
type = "OVERRIDE"
on = "deal won"
where.attributes.scheme = "levels"
of = "sub-partners"
base = "amount"
rate = { by_tier = { Base = 0.05, Gold = 0.08 } }
tier_of = "difference\"""",
    ),
    (
        "20 % of the first 500 that a contract is invoiced in each of its own years, then 10 %",
        """\
[earning.contract_years]
says = "By years of the contract"
type = "SHARE"
on = "invoice issued"
where.attributes.service = "yearly"
base = "amount"

[earning.contract_years.rate]
bands = "marginal"
over = "contract year"
each = "contract"
steps = [{ from = 0, rate = 0.2 }, { from = 500, rate = 0.1 }]""",
    ),
    (
        "Half when the first site of a deal goes live, half once all of its sites are live",
        """\
[earning.sites]
says = "Sites of a deal"
type = "MILESTONE"
on = "deal won"
where.attributes.scheme = "sites"
base = "amount"
rate = 0.1
vests = [{ share = 0.5, at = "customer live" }, { share = 0.5, at = "customer live", which = "last" }]""",
    ),
    (
        "At most 300 a quarter, at least 100: what is taken back in the quarter makes room, and is made up for",
        """\
[earning.refundable]
says = "Refundable sales"
type = "SHARE"
on = "payment received"
where.attributes.service = "refundable"
base = "amount"
rate = 0.1
clawback = [{ if = "refunded" }]

[cap.refundable]
says = "Cap of a quarter"
of = ["refundable"]
every = "quarter"
at_most = 300
taken_back = "makes room"

[safety_net.refundable]
says = "Least of a quarter"
of = ["refundable"]
every = "quarter"
when = { metric = "refundable_sales", above = 0 }
at_least = 100
taken_back = "makes room"

[metric.refundable_sales]
says = "Refundable sales"
of = "transaction"
where = { kind = "payment", attributes.service = "refundable" }""",
    ),
    (
        "Who becomes Gold is paid up to the rate of Gold for the sales of the last three months",
        """\
[metric.recent]
says = "Sales of the last three months"
of = "deal"
where = { status = "won", attributes.scheme = "back-pay" }
window = "trailing 3 months"

[metric.recent_paid]
says = "Paid on them so far"
of = "earning"
where = { earning = "sales" }
window = "trailing 3 months"

[metric.owed]
says = "What is missing to the rate of Gold"
total = [{ metric = "recent", times = 0.08 }, { metric = "recent_paid", times = -1 }]
not_below = 0

[earning.sales]
says = "Sales"
type = "UPFRONT"
on = "deal won"
where.attributes.scheme = "back-pay"
base = "amount"
rate = { by_tier = { Base = 0.05, Gold = 0.08 } }

[earning.back_pay]
says = "Back-pay"
type = "BONUS"
on = "tier reached"
measured = "event"
base = { metric = "owed" }
rate = { by_tier = { Base = 0, Gold = 1 } }""",
    ),
    (
        "The mean of the best three of the last four quarters, and the two largest deals of the year",
        """\
[metric.delivered]
says = "Services delivered"
of = "deal"
where = { status = "won", attributes.scheme = "delivery" }

[metric.best_quarters]
says = "Best three of four quarters"
window = "trailing 4 quarters"
series = { metric = "delivered", each = "quarter", take = "mean", keep = { best = 3 } }

[metric.largest_deals]
says = "Two largest deals of the year"
of = "deal"
where = { status = "won", attributes.scheme = "delivery" }
window = "year to date"
groups = { by = "id", take = "sum", keep = { best = 2 } }""",
    ),
    (
        "Co-op of 3 % of a year's purchases, from 7,500 on 4 % of all; it pays half of what is done in the next year",
        """\
[metric.coop_purchases]
says = "Purchases under the co-op scheme"
of = "transaction"
where = { kind = ["invoice", "credit-note"], attributes.scheme = "coop" }

[fund.coop]
says = "Co-op"
every = "year"
accrues_on = "coop_purchases"
bands = { how = "whole amount", steps = [{ from = 0, rate = 0.03 }, { from = 7500, rate = 0.04 }] }
use_periods = 1
cost_share = 0.5""",
    ),
    (
        "Of what partners sell 5 % for the one directly above, 3 % for the one above that, 1 % for the third",
        """\
[earning.first_level]
says = "Sales directly below"
type = "OVERRIDE"
on = "usage reported"
where.attributes.scheme = "levels"
of = "sub-partners"
base = "amount"
rate = 0.05

[earning.second_level]
says = "Sales two levels below"
type = "OVERRIDE"
on = "usage reported"
where.attributes.scheme = "levels"
of = "sub-partners"
level = 2
base = "amount"
rate = 0.03

[earning.third_level]
says = "Sales three levels below"
type = "OVERRIDE"
on = "usage reported"
where.attributes.scheme = "levels"
of = "sub-partners"
level = 3
base = "amount"
rate = 0.01""",
    ),
    (
        "A royalty of 6 % of a month's sales, at least 500 a month, also in a month without any",
        """\
[metric.month_sales]
says = "Sales of the month"
of = "transaction"
where = { kind = "usage", attributes.scheme = "franchise" }

[metric.six_percent]
says = "6 % of the month's sales"
total = [{ metric = "month_sales", times = 0.06 }]

[metric.least_royalty]
says = "Least royalty of a month"
fixed = 500
unit = "EUR"

[metric.royalty_due]
says = "Royalty of the month"
greatest_of = ["six_percent", "least_royalty"]

[earning.franchise]
says = "Franchise royalty"
type = "FEE"
on = "period end"
every = "month"
when = { partner = { type = "franchisee" } }
base = { metric = "royalty_due" }
rate = -1""",
    ),
    (
        "A broker's share of 20 % until 18,000 were taken in the agreement year",
        """\
[earning.broker]
says = "Broker's share"
type = "FEE"
on = "deal won"
where.attributes.scheme = "brokerage"
base = "amount"
rate = { bands = "marginal", over = "agreement year", floors_of = "paid", steps = [
  { from = 0, rate = -0.2 },
  { from = 18_000, rate = 0 },
] }""",
    ),
    (
        "A base and a promotion that come together to at most six times the monthly charge of their deal",
        """\
[earning.signed]
says = "Base of a signature"
type = "SPIF"
on = "deal won"
where.attributes.scheme = "charged"
base = "attributes.monthly"
rate = 2

[earning.promotion]
says = "Promotion"
type = "SPIF"
on = "deal won"
where.attributes.scheme = "charged"
base = "attributes.monthly"
rate = 5

[cap.of_the_charge]
says = "Six times the monthly charge"
of = ["signed", "promotion"]
every = "ever"
per = "deal"
at_most = { attribute = "attributes.monthly", times = 6 }
cut = ["promotion"]""",
    ),
)
