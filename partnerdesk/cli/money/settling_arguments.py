"""The arguments of the commands about closed statements: close, replay, restate."""

import argparse

from partnerdesk.cli.command import Commands, amount, command, existing, of_a_book
from partnerdesk.cli.money import closing, replaying, restating
from partnerdesk.queries.statements.approvals import NOT_A_LOCK


def settling(commands: Commands) -> None:
    """All of them."""
    close(commands)
    replay(commands)
    restate(commands)


def close(commands: Commands) -> None:
    made = command(
        commands,
        "close",
        "Close a period: its statements are frozen for good, once the total of their closing balances is typed in.",
        f"""  partnerdesk statement 2026-09 --list                         what stands in the period, and what blocks it
  partnerdesk close 2026-09 --total 51800.00 --maker Ana --checker Bo
  partnerdesk close 2026-06 --partner P-001 --total 830.00 --maker Ana --checker Bo

Confirming the opening statement of a partner that was taken over is closing its period. Nothing of it is undone.
{NOT_A_LOCK} Where one name stands twice,
the history says so; Settings > This book can ask for two people.""",
    )
    made.add_argument("period", metavar="PERIOD", help="a statement period that has ended, such as 2026-09")
    made.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    says = "the closing balances together, as the one who checked them has added them up"
    made.add_argument("--total", required=True, type=amount, metavar="AMOUNT", help=says)
    of_two(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=closing.run)


def replay(commands: Commands) -> None:
    made = command(
        commands,
        "replay",
        "Compute closed statements again from what was frozen with them, and compare them byte by byte.",
        """  partnerdesk replay my.partnerdesk
  partnerdesk replay my.partnerdesk --period 2026-09
  partnerdesk replay --partner P-001 --json

Each one is the same, or differs: then the first place that does is named, and the exit code is 1.""",
    )
    made.add_argument("file", type=existing, nargs="?", metavar="BOOK", help="the book, as with --book")
    made.add_argument("--period", metavar="PERIOD", help="this statement period only, such as 2026-09")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made)
    made.set_defaults(run=replaying.run)


def restate(commands: Commands) -> None:
    made = command(
        commands,
        "restate",
        "Issue a closed statement again as its next revision: a corrected head, other words, every figure the same.",
        """  partnerdesk restate P-001 2026-09 --reason 'the tax number was missing' --maker Ana --checker Bo
  partnerdesk statement 2026-09 --partner P-001                 its files, in the latest revision
  partnerdesk statement 2026-09 --partner P-001 --revision 1    as it was first sent

Figures change in no revision: what turns out later is a true-up in the next open period.""",
    )
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("period", metavar="PERIOD", help="a closed statement period, such as 2026-09")
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, as the partner reads it")
    made.add_argument("--anyway", action="store_true", help="also where nothing of its head and wording has changed")
    of_two(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=restating.run)


def of_two(made: argparse.ArgumentParser) -> None:
    """Who prepared and who checked what cannot be taken back."""
    made.add_argument("--maker", required=True, metavar="NAME", help="who prepared it")
    made.add_argument("--checker", required=True, metavar="NAME", help="who checked it")
