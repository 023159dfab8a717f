"""How rules are written that look at each customer, contract or deal by itself."""

APART: tuple[tuple[str, str], ...] = (
    (
        "10 % of what is sold of a deal, at least 50 for each deal in a quarter; lines of less than 5 are not paid",
        """\
[earning.sold_lines]
says = "Lines of a deal"
type = "LINES"
on = { fact = "deal_line", day = "shipped", says = "a line is shipped" }
base = "amount"
rate = 0.1
nothing_below = 5

[safety_net.each_deal]
says = "Least of a deal"
of = ["sold_lines"]
every = "quarter"
per = "deal"
at_least = 50""",
    ),
    (
        "An advance of the contract is recouped out of its royalties, which are shared then",
        """\
[earning.royalty]
says = "Royalty"
type = "ROYALTY"
on = "usage reported"
where.attributes.service = "royalty"
base = "amount"

[earning.royalty.rate]
bands = "marginal"
over = "ever"
each = "contract"
floors_times = "contract.attributes.advance"
steps = [{ from = 0, rate = 0 }, { from = 1, rate = 0.5 }]""",
    ),
    (
        "20 % of what a contract is invoiced until twice its yearly amount was paid",
        """\
[earning.until_twice]
says = "Until twice the year"
type = "SHARE"
on = "invoice issued"
where.attributes.service = "twice"
base = "amount"

[earning.until_twice.rate]
bands = "marginal"
over = "ever"
each = "contract"
floors_of = "paid"
floors_times = "contract.recurring"
steps = [{ from = 0, rate = 0.2 }, { from = 2, rate = 0 }]""",
    ),
    (
        "A trailing of 10 % until a client has paid back 5,000 of its subsidy; a fee of 1 % for large clients alone",
        """\
[metric.paid_back]
says = "Clients that paid 5,000 back"
of = "transaction"
where = { kind = "payment", attributes.purpose = "subsidy" }
window = "ever"
groups = { by = "customer", keep = { at_least = 5000 } }

[metric.large]
says = "Clients with 100,000 in the year"
of = "transaction"
where = { kind = ["invoice", "credit-note"] }
window = "whole year"
groups = { by = "customer", keep = { at_least = 100_000 } }

[earning.trailing]
says = "Trailing"
type = "TRAIL"
on = "invoice issued"
where.attributes.service = "subsidised"
measured = "event"
without = "paid_back"
base = "amount"
rate = 0.1

[earning.large_fee]
says = "Fee of large clients"
type = "FEE"
on = "invoice issued"
where.attributes.service = "managed"
among = "large"
base = "amount"
rate = -0.01""",
    ),
    (
        "A pool is shared by the points of all partners: their sum and the pool are observed, with their evidence",
        """\
[metric.own_points]
says = "Own points"
of = "activity"
take = "count"
where = { kind = "pooled", verified_by = { known = true } }

[metric.all_points]
says = "Points of all partners"
of = "observation"
where = { metric = "points of all" }
take = "latest"
value = "value"

[metric.pool]
says = "Pool of the quarter"
of = "observation"
where = { metric = "pool" }
take = "latest"
value = "value"

[metric.pool_share]
says = "Share of the points"
ratio = ["own_points", "all_points"]

[metric.own_pool]
says = "Part of the pool"
product = ["pool", "pool_share"]

[earning.pool]
says = "Part of the pool"
type = "POOL"
on = "period end"
base = { metric = "own_pool" }
rate = 1""",
    ),
    (
        "1,000 for the best of a quarter, 500 for the second and third: a rank among all partners is observed",
        """\
[metric.rank]
says = "Rank of the quarter"
of = "observation"
where = { metric = "rank" }
take = "latest"
value = "value"
missing = "not evaluated"

[earning.best]
says = "Best of the quarter"
type = "PRIZE"
on = "period end"

[earning.best.rate]
entries = [
  { amount = 1000, when = { metric = "rank", at_most = 1 } },
  { amount = 500, when = { metric = "rank", above = 1, at_most = 3 } },
]""",
    ),
)
