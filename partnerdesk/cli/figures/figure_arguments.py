"""The arguments of the commands that compute and explain figures: evaluate, explain, difference."""

from partnerdesk.cli.command import Commands, command, day, existing, of_a_book
from partnerdesk.cli.figures import differing, evaluating, explaining


def evaluate(commands: Commands) -> None:
    made = command(
        commands,
        "evaluate",
        "Run a program file on plain facts, without a book: metrics, score, tier, earnings, statements.",
        """  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30
  partnerdesk evaluate program.toml facts.json --as-of 2026-09-30 --partner P1 --json
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --partner P1 --explain csat
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --explain 2026-09:closing.payable

FACTS is a folder of CSV files (partner.csv, deal.csv, transaction.csv ...; the columns are the names of the fields)
or one TOML or JSON file with one table per kind. Amounts are decimal texts, in the program's currency where
the row names none; days are written 2026-09-30.

In JSON, `versions` names every version with the sha256 of its text, as `program add` and `program check` tell it;
`program_hash` is the sha256 of those of all versions, oldest first, one a line. An explained figure has all its steps
there, beside all the others; as text it is printed alone, and the closing of an earlier statement is named with how to
ask for it. A row of a statement is PERIOD:ROW, one bucket of it PERIOD:ROW.held or .payable; more names of figures
(payouts, funds, at_risk) are at the end of `partnerdesk program reference`.""",
    )
    made.add_argument("program", type=existing, metavar="PROGRAM", help="a program file, or a folder of its versions")
    made.add_argument("facts", type=existing, metavar="FACTS", help="a folder of CSV files, or a TOML or JSON file")
    made.add_argument("--as-of", type=day, required=True, metavar="DAY", help="the day the figures stand at")
    made.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    made.add_argument("--json", action="store_true", help="every figure as JSON")
    made.add_argument(
        "--explain",
        action="append",
        default=[],
        metavar="ID",
        help="how a figure came about: an earning line, an entry, a metric, score, or PERIOD:ROW of a statement",
    )
    made.set_defaults(run=evaluating.run)


def explain(commands: Commands) -> None:
    made = command(
        commands,
        "explain",
        "Show how a figure of a book came about, down to the rows it was read from.",
        """  partnerdesk explain score:2026Q3 --partner P-001
  partnerdesk explain 2026-09:closing --partner P-001 --json
  partnerdesk explain renewal_rate --partner P-001

FIGURE is the id of an earning line or an entry; score or a metric, for every period or with :PERIOD for one; or
PERIOD:ROW of a statement, such as 2026-09:closing (2026-09:closing.held or .payable for one bucket). Each fact is named
with the file, sheet, row and column that it was read from, or as typed. The closing of an earlier period is named with
its value and how to ask for it; --json has all steps, and the places in `origins`.""",
    )
    made.add_argument("figure", metavar="FIGURE", help="what is explained")
    made.add_argument("--partner", required=True, metavar="ID", help="whose figure")
    of_a_book(made, with_day=True)
    made.set_defaults(run=explaining.run)


def difference(commands: Commands) -> None:
    """Two sides on plain files, or two points of a book."""
    made = command(
        commands,
        "difference",
        "Say why two evaluations differ: a waterfall of amounts by cause, down to lines and rows, nothing left over.",
        """  partnerdesk difference --before 2025.toml facts/ 2026-06-30 --after 2026.toml facts/ 2026-06-30
  partnerdesk difference --before rules/ may/ 2026-05-31 --after rules/ june/ 2026-06-30 --partner P1 --json
  partnerdesk difference --partner P-001 --since 2026-08 --book my.partnerdesk
  partnerdesk difference --partner P-001 --since 2026-06-30 --until 2026-09 --of payable

On files each side is a program (a file, or a folder of its versions), facts as `evaluate` takes them, and the day. In
a book a point is a closed statement (2026-08), a day (2026-06-30), or today, the default of --until.

One ingredient after the other is swapped and all is evaluated again: the day, new, removed and changed rows, the
program, the tier, exchange, adjustments, payments, rounding. Each amount is the difference of two evaluations. With
--partner rows are told apart by the business they belong to.""",
    )
    side = ("PROGRAM", "FACTS", "DAY")
    made.add_argument("--before", nargs=3, metavar=side, help="the first side, on files")
    made.add_argument("--after", nargs=3, metavar=side, help="the second side, on files")
    made.add_argument(
        "--since", metavar="POINT", help="the first point, in a book; the last closed statement by default"
    )
    made.add_argument("--until", metavar="POINT", default="", help="the second point, in a book")
    made.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    says = "what is compared: balance (held and payable, payments taken off), held, payable, or earned"
    made.add_argument("--of", choices=("balance", "held", "payable", "earned"), default="balance", help=says)
    of_a_book(made, with_day=True)
    made.set_defaults(run=differing.run)
