"""More rules that many published programs have: fees, growth, trees of partners, bounties, what was earned before."""

FURTHER: tuple[tuple[str, str], ...] = (
    (
        "A fee of 2 % of what is invoiced, at least 1 an invoice",
        """\
[earning.fee]
says = "Fee"
type = "FEE"
on = "invoice issued"
base = "amount"
rate = -0.02
least = 1""",
    ),
    (
        "1,000 at the year's end for each customer whose purchases grew by a tenth or more",
        """\
[metric.bought]
says = "Purchases of the year"
of = "transaction"
where = { kind = ["invoice", "credit-note"] }

[metric.growing]
says = "Customers that grew by a tenth"
growth = "bought"
groups = { by = "customer", keep = { at_least = 0.1 } }

[earning.growing]
says = "Growing customers"
type = "BONUS"
on = "period end"
every = "year"
base = { metric = "growing" }
rate = 1000""",
    ),
    (
        "A group needs a volume of 100,000, of which at most half may come from any one leg",
        """\
[metric.required]
says = "Required group volume"
fixed = 100_000

[metric.group_volume]
says = "Group volume, of a leg at most half of what is required"
of = "transaction"
where = { kind = "invoice" }
whose = "branch"
window = "trailing 12 months"
groups = { by = "leg", take = "sum", not_above = { metric = "required", times = 0.5 } }

[[stage]]
name = "Director"
done_when = { metric = "group_volume", at_least = 100_000 }""",
    ),
    (
        "5 % of a contract's first year, or 20 for each of its seats where that is more",
        """\
[earning.seats]
says = "By value or by seats"
type = "UPFRONT"
on = "contract started"
base = "recurring"
rate = 0.05
least = { base = "seats", rate = 20 }""",
    ),
    (
        "5 % of cross-sold business until 10,000 were paid in the year, then 3 %; the sale that crosses is split",
        """\
[earning.crossing]
says = "Cross-sold business"
type = "UPFRONT"
on = "deal won"
where.kind = "cross-sell"
base = "amount"
rate = { bands = "marginal", over = "year", floors_of = "paid", steps = [
  { from = 0, rate = 0.05 },
  { from = 10_000, rate = 0.03 },
] }""",
    ),
    (
        "A royalty of 10 % of the price on the first 5,000 copies of a title, 12.5 % on the next ones",
        """\
[earning.copies]
says = "Copies sold"
type = "ROYALTY"
on = "invoice issued"
where.attributes.edition = "hardcover"
base = { attribute = "attributes.copies", times = "product.attributes.price" }
rate = { bands = "marginal", over = "ever", each = "product", floors_of = "attributes.copies", steps = [
  { from = 0, rate = 0.10 },
  { from = 5000, rate = 0.125 },
] }""",
    ),
    (
        "5 % on hardware and on licences until both together paid 10,000 in the year, then 3 %",
        """\
[earning.hardware]
says = "Hardware"
type = "UPFRONT"
on = "deal won"
where.attributes.line = "hardware"
base = "amount"

[earning.hardware.rate]
bands = "marginal"
over = "year"
floors_of = "paid"
paid_with = ["licences"]
steps = [{ from = 0, rate = 0.05 }, { from = 10_000, rate = 0.03 }]

[earning.licences]
says = "Licences"
type = "UPFRONT"
on = "deal won"
where.attributes.line = "licences"
base = "amount"

[earning.licences.rate]
bands = "marginal"
over = "year"
floors_of = "paid"
paid_with = ["hardware"]
steps = [{ from = 0, rate = 0.05 }, { from = 10_000, rate = 0.03 }]""",
    ),
    (
        "15 % of hosting for three years of a contract; from who is Base then, for its first year only",
        """\
[earning.hosting]
says = "Hosting"
type = "RECURRING"
on = "invoice issued"
where.attributes.service = "hosting"
base = "amount"
for_months = 36

[earning.hosting.rate]
age_of = "stream"
entries = [{ rate = 0.15 }, { rate = 0, tier = "Base", from_months = 12 }]""",
    ),
    (
        "A distributor that buys less than 5,000 in a year pays the difference",
        """\
[metric.least_bought]
says = "Least purchases of a year"
fixed = 5000

[metric.bought_so_far]
says = "Purchases of a year"
of = "transaction"
where = { kind = ["invoice", "credit-note"] }

[metric.missing]
says = "What is missing of the least purchases"
total = [{ metric = "least_bought" }, { metric = "bought_so_far", times = -1 }]
not_below = 0

[earning.difference]
says = "Difference to the least purchases"
type = "FEE"
on = "period end"
every = "year"
when = { partner = { type = "distributor" } }
base = { metric = "missing" }
rate = -1""",
    ),
    (
        "A bounty of 500 USD, 450 EUR or 60,000 JPY, by the currency of the deal",
        """\
[earning.bounty]
says = "Bounty"
type = "BOUNTY"
on = "deal won"
where.kind = "upsell"
base = { by_currency = { USD = 500, EUR = 450, JPY = 60_000 } }
rate = 1""",
    ),
    (
        "30 % of usage from the month after a million was earned in the year, and in the year after it; else 15 %",
        """\
[metric.shares]
says = "Shares of the year up to the month before"
of = "earning"
where = { earning = "share" }
window = "year to date, 1 month earlier"

[metric.shares_before]
says = "Shares of the year before"
of = "earning"
where = { earning = "share" }
window = "whole year, a year earlier"

[earning.share]
says = "Share of usage"
type = "SHARE"
on = "usage reported"
base = "amount"

[earning.share.rate]
entries = [{ rate = 0.3, when = { any = [
  { metric = "shares", above = 1_000_000 },
  { metric = "shares_before", above = 1_000_000 },
] } }]
otherwise = 0.15""",
    ),
    (
        "A bonus on the volume of a whole branch, less what the branches directly below earn on theirs",
        """\
[metric.services]
says = "Services of the branch"
of = "deal"
where = { status = "won", kind = "services" }
whose = "branch"

[metric.below]
says = "Bonuses of the branches directly below"
of = "earning"
where = { earning = "branch" }
whose = "sub-partners"

[earning.branch]
says = "Bonus of the branch"
type = "BONUS"
on = "period end"
base = { metric = "services" }
rate = { bands = "whole amount", steps = [{ from = 1000, rate = 0.12 }, { from = 1500, rate = 0.15 }] }

[earning.branches_below]
says = "Less the bonuses of the branches below"
type = "BONUS"
on = "period end"
base = { metric = "below" }
rate = -1""",
    ),
    (
        "10 for a reference that is given within 30 days of a go-live, a day that the facts have as a free attribute",
        """\
[earning.reference]
says = "Reference in time"
type = "SPIF"
on = "activity verified"
where.kind = "reference"
where.days.attributes.gone_live.day = { at_least = 0, at_most = 30 }
amount = 10""",
    ),
    (
        "1,000 once in a year, at the end of the quarter in which its renewals reach 50,000",
        """\
[metric.renewed]
says = "Renewals of the year so far"
of = "deal"
where = { status = "won", kind = "renewal" }
window = "year to date"

[earning.reached_once]
says = "50,000 of renewals"
type = "BONUS"
on = "period end"
base = { metric = "renewed" }
increment_over = "year"
increment_of = "latest"
rate = { bands = "whole amount", steps = [{ from = 50_000, amount = 1000 }] }""",
    ),
    (
        "100 for the first referral, 200 for the second, 300 for each one after",
        """\
[earning.first_referral]
says = "First referral"
type = "REFERRAL"
on = "deal won"
where.attributes.referral = "yes"
amount = 100
count = { to = 1 }

[earning.second_referral]
says = "Second referral"
type = "REFERRAL"
on = "deal won"
where.attributes.referral = "yes"
amount = 200
count = { from = 2, to = 2 }

[earning.more_referrals]
says = "Each further referral"
type = "REFERRAL"
on = "deal won"
where.attributes.referral = "yes"
amount = 300
count = { from = 3 }""",
    ),
)
