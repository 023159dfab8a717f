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
)
