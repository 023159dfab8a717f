"""The arguments of `partnerdesk opening`: enter, list, remove."""

from partnerdesk.cli.command import Commands, command, day, of_a_book
from partnerdesk.cli.money import openings


def opening(commands: Commands) -> None:
    """The group with its actions."""
    says = "Opening statements of partners taken over in mid-life: what was held, payable, owed and paid so far."
    examples = """  partnerdesk opening enter P-001 --day 2026-06-30 --evidence 'ledger.xlsx of finance' \\
      --balance 'kind=vesting amount=600 due=2026-09-30 line=L-7 earning=anchor contract=K-1' \\
      --balance 'kind=paid amount=400 line=L-7 event=2026-01-10' --balance 'kind=payable amount=250'
  partnerdesk import balances.csv                  the same from a file, which is then the evidence
  partnerdesk opening list
  partnerdesk close 2026-06 --partner P-001 --total 850.00 --maker Ana --checker Bo     confirms and freezes it"""
    group = command(commands, "opening", says, examples).add_subparsers(metavar="ACTION", required=True)
    made = command(group, "enter", "Enter a partner's balances in the place of those typed before.", examples)
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    says = "the last day that the balances hold, which ends a statement period"
    made.add_argument("--day", required=True, type=day, metavar="DAY", help=says)
    made.add_argument("--evidence", required=True, metavar="TEXT", help="the file, statement or confirmation")
    says = "one balance as FIELD=VALUE words, fields as in `partnerdesk program reference opening`; may be repeated"
    made.add_argument("--balance", required=True, action="append", metavar="FIELDS", help=says)
    of_a_book(made)
    made.set_defaults(run=openings.enter)
    made = command(group, "list", "Opening balances, and whether they are confirmed.", "  partnerdesk opening list")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made)
    made.set_defaults(run=openings.list_)
    made = command(group, "remove", "Take unconfirmed balances away.", "  partnerdesk opening remove P-001")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    of_a_book(made)
    made.set_defaults(run=openings.remove)
