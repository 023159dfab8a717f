"""The arguments of `partnerdesk payments`: due, release, list, show, file, read, match, withdraw."""

from partnerdesk.cli.command import Commands, amount, command, day, existing, of_a_book
from partnerdesk.cli.money import paying
from partnerdesk.cli.money.settling_arguments import of_two
from partnerdesk.cli.rows import vanishing


def payments(commands: Commands) -> None:
    """The group with its actions."""
    says = "Payment runs: what is due to partners, released to finance as a file, and settled by what finance paid."
    examples = """  partnerdesk payments due --on 2026-10-15
  partnerdesk payments release --on 2026-10-15 --total 48210.50 --maker Ana --checker Bo --out finance/
  partnerdesk payments read remittances.csv
  partnerdesk payments withdraw PR-0001-003 --reason 'the account is closed'"""
    group = command(commands, "payments", says, examples).add_subparsers(metavar="ACTION", required=True)
    _due(group)
    _runs(group)
    _read(group)
    _withdraw(group)


def _due(group: Commands) -> None:
    made = command(group, "due", "What is due, and what waits for a close.", "  partnerdesk payments due")
    on = "everything that is due up to this day; the day of the figures by default"
    made.add_argument("--on", type=day, metavar="DAY", help=on)
    of_a_book(made, with_day=True)
    made.set_defaults(run=paying.due)
    made = command(
        group,
        "release",
        "Release what is due as a payment run, once its total is typed in; a released run never changes.",
        """  partnerdesk payments release --total 48210.50 --maker Ana --checker Bo --out finance/
  partnerdesk payments release --partner P-001 --total 1200.00 --maker Ana --checker Bo""",
    )
    made.add_argument("--on", type=day, metavar="DAY", help=on)
    made.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    says = "what is paid out together, net of tax, as the one who checked it has added it up"
    made.add_argument("--total", required=True, type=amount, metavar="AMOUNT", help=says)
    made.add_argument("--out", type=existing, metavar="FOLDER", help="write its files there as well")
    of_two(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=paying.release)


def _runs(group: Commands) -> None:
    made = command(group, "list", "The runs there are, the latest first.", "  partnerdesk payments list")
    of_a_book(made)
    made.set_defaults(run=paying.list_)
    made = command(group, "show", "A run item by item.", "  partnerdesk payments show PR-0001")
    made.add_argument("number", metavar="RUN")
    of_a_book(made)
    made.set_defaults(run=paying.show)
    made = command(group, "file", "Write a run as CSV and XLSX.", "  partnerdesk payments file PR-0001 --out finance/")
    made.add_argument("number", metavar="RUN")
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where they go; here by default")
    of_a_book(made)
    made.set_defaults(run=paying.file)


def _read(group: Commands) -> None:
    made = command(
        group,
        "read",
        "Read what finance paid from a file of any layout, and settle the items of the runs with it.",
        """  partnerdesk payments read remittances.csv
  partnerdesk payments read bank.xlsx --choose 'kind:=payment' --choose 'column:Info=payment.remittance'

It is the import of `partnerdesk import`, with its questions and answers, and then `payments match`.""",
    )
    made.add_argument("files", type=existing, nargs="+", metavar="FILE", help="a CSV, TSV or XLSX file")
    says = "answer a question, or correct what was recognised; may be repeated"
    made.add_argument("--choose", action="append", default=[], metavar="KEY=VALUE", help=says)
    made.add_argument("--leave-out", action="store_true", help="import the other rows where some cannot be")
    made.add_argument("--book", type=existing, metavar="FILE", help="the book, as with every command")
    vanishing.answering(made)
    made.set_defaults(run=paying.read, json=False, new=False, preview=False, undo=None)
    made = command(group, "match", "Settle items with the payments that are there.", "  partnerdesk payments match")
    of_a_book(made)
    made.set_defaults(run=paying.match)


def _withdraw(group: Commands) -> None:
    made = command(
        group,
        "withdraw",
        "Take an item back that finance did not pay; what it held is due again.",
        "  partnerdesk payments withdraw PR-0001-003 --reason 'the account is closed'",
    )
    made.add_argument("item", metavar="ITEM", help="its reference, as the file has it")
    made.add_argument("--reason", required=True, metavar="TEXT", help="why")
    of_a_book(made, with_day=True)
    made.set_defaults(run=paying.withdraw)
