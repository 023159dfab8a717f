"""The arguments of `partnerdesk dispute`: raise, returned, list, show, note, escalate, decide."""

import argparse

from partnerdesk.cli.command import Commands, amount, command, existing, of_a_book
from partnerdesk.cli.money import disputing

COUNTS = ("tier", "attainment", "cap")


def dispute(commands: Commands) -> None:
    """The group with its actions."""
    says = "Disputes of closed statements' lines, movements and totals: raised, read from a returned workbook, decided."
    examples = """  partnerdesk dispute returned ST-2026-09_NORTHWIND_v1.xlsx --preview
  partnerdesk dispute list
  partnerdesk dispute decide DI-0001 partly --amount 120.00 --reason 'half of the term' --approver 'Bo'"""
    group = command(commands, "dispute", says, examples).add_subparsers(metavar="ACTION", required=True)
    _raise(group)
    _returned(group)
    _read(group)
    _answer(group)


def _raise(group: Commands) -> None:
    made = command(
        group,
        "raise",
        "Open a dispute of a line, another movement or the total of a closed statement; the program gives the window "
        "and the day of the answer.",
        """  partnerdesk dispute raise P-001 LINE --reason '15 % were agreed' --raised-by Rita --claimed 1500.00
  partnerdesk dispute raise P-001 ST-2026-09 --reason 'a campaign is missing' --raised-by Rita --more 1200.00""",
    )
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument(
        "line",
        metavar="LINE",
        help="the line or movement as the first column of its sheet has it; for a total the number of the statement",
    )
    made.add_argument("--reason", required=True, metavar="TEXT", help="what the partner says")
    made.add_argument("--claimed", type=amount, metavar="AMOUNT", help="the amount that it expects instead")
    made.add_argument("--more", type=amount, metavar="AMOUNT", help="what it expects on top, instead of --claimed")
    _who(made)
    made.set_defaults(run=disputing.raise_)


def _who(made: argparse.ArgumentParser) -> None:
    made.add_argument("--raised-by", required=True, metavar="NAME", help="who raised it")
    says = "after the window: why the claim is taken all the same"
    made.add_argument("--late-because", default="", metavar="TEXT", help=says)
    of_a_book(made, with_day=True)


def _returned(group: Commands) -> None:
    made = command(
        group,
        "returned",
        "Read a statement that a partner sent back: marked rows become disputes, every other difference is listed.",
        """  partnerdesk dispute returned ST-2026-09_NORTHWIND_v1.xlsx --preview --raised-by Rita
  partnerdesk dispute returned ST-2026-09_NORTHWIND_v1.xlsx --raised-by Rita

Nothing but the marks and their comments is taken from the file.""",
    )
    made.add_argument("file", type=existing, metavar="FILE", help="the returned workbook")
    made.add_argument("--preview", action="store_true", help="show what the file says, and write nothing")
    _who(made)
    made.set_defaults(run=disputing.returned)


def _read(group: Commands) -> None:
    made = command(group, "list", "Open disputes with the day of their answer.", "  partnerdesk dispute list --all")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    made.add_argument("--all", action="store_true", help="decided ones as well")
    of_a_book(made, with_day=True)
    made.set_defaults(run=disputing.list_)
    made = command(group, "show", "One dispute with all that happened to it.", "  partnerdesk dispute show DI-0001")
    made.add_argument("id", metavar="DISPUTE")
    of_a_book(made, with_day=True)
    made.set_defaults(run=disputing.show)
    says = "The dossier of a dispute as PDF: claim, calculation, rows, rule in force, what happened, the answer."
    made = command(group, "dossier", says, "  partnerdesk dispute dossier DI-0001 --out dossiers/")
    made.add_argument("id", metavar="DISPUTE")
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where the file goes")
    of_a_book(made, with_day=True)
    made.set_defaults(run=disputing.dossier)


def _answer(group: Commands) -> None:
    for name, says, run in (
        ("note", "Record what happened to an open dispute.", disputing.note),
        ("escalate", "Hand an open dispute to somebody above; its clock goes on.", disputing.escalate),
    ):
        made = command(group, name, says, f"  partnerdesk dispute {name} DI-0001 --reason 'asked finance'")
        made.add_argument("id", metavar="DISPUTE")
        made.add_argument("--reason", required=True, metavar="TEXT", help="what happened, or why and to whom")
        of_a_book(made, with_day=True)
        made.set_defaults(run=run)
    _decide(group)


def _decide(group: Commands) -> None:
    made = command(
        group,
        "decide",
        "Answer a dispute. What is granted becomes an adjustment that names what it is about, in the open period.",
        """  partnerdesk dispute decide DI-0001 approved --reason 'the addendum holds' --approver Bo
  partnerdesk dispute decide DI-0001 denied --reason 'sold before the addendum' --approver Bo""",
    )
    made.add_argument("id", metavar="DISPUTE")
    made.add_argument("outcome", choices=("approved", "partly", "denied"))
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, as the partner reads it")
    made.add_argument("--approver", required=True, metavar="NAME", help="who approved it")
    made.add_argument("--amount", type=amount, metavar="AMOUNT", help="what is added; approved: what was claimed")
    says = "the adjustment counts for this; may be repeated"
    made.add_argument("--counts-for", action="append", default=[], choices=COUNTS, help=says)
    of_a_book(made, with_day=True)
    made.set_defaults(run=disputing.decide)
