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
)
