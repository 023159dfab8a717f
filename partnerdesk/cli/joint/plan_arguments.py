"""The arguments of `partnerdesk plan`."""

import argparse

from partnerdesk.cli.command import Commands, command, existing, of_a_book
from partnerdesk.cli.joint import plans, proposing


def add_plan(commands: Commands) -> None:
    """The command with its actions."""
    says = "A partner's joint account plan as pages, and as a workbook that comes back with proposals."
    examples = """  partnerdesk plan pdf P-001 --out plans/
  partnerdesk plan workbook P-001 --out plans/
  partnerdesk plan returned Plan_Acme_2027_v1.xlsx
  partnerdesk plan accept 12 13"""
    group = command(commands, "plan", says, examples).add_subparsers(metavar="ACTION", required=True)
    _list(group)
    _pdf(group)
    _workbook(group)
    _returned(group)
    _proposals(group)
    _accept(group)
    _refuse(group)


def _list(group: Commands) -> None:
    says = "The plans with their number, version and status."
    made = command(group, "list", says, "  partnerdesk plan list\n  partnerdesk plan list P-001 --json")
    made.add_argument("partner", nargs="?", metavar="PARTNER", help="of this partner only")
    made.add_argument("--versions", action="store_true", help="all versions, not only the newest of each period")
    of_a_book(made, with_day=True)
    made.set_defaults(run=plans.listed)


def _pdf(group: Commands) -> None:
    says = "Write the plan as PDF for the partner: nothing of it is internal."
    made = command(
        group, "pdf", says, "  partnerdesk plan pdf P-001 --out plans/\n  partnerdesk plan pdf P-001 --year 2027"
    )
    _of_a_plan(made)
    made.add_argument("--paper", choices=("a4", "letter"), default="", help="that of the partner's country by default")
    _out(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=plans.pdf)


def _workbook(group: Commands) -> None:
    says = "Write the plan as a workbook that the partner fills in and sends back."
    made = command(group, "workbook", says, "  partnerdesk plan workbook P-001 --out plans/")
    _of_a_plan(made)
    _out(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=proposing.workbook)


def _returned(group: Commands) -> None:
    says = "Read a workbook that came back: its changes become proposals; 1 where something else was changed in it."
    example = "  partnerdesk plan returned back.xlsx\n  partnerdesk plan returned back.xlsx --preview --json"
    made = command(group, "returned", says, example)
    made.add_argument("file", type=existing, metavar="FILE", help="the returned XLSX")
    made.add_argument("--partner", default="", metavar="PARTNER", help="refuse the file of any other partner")
    made.add_argument("--preview", action="store_true", help="only say what it proposes")
    of_a_book(made, with_day=True)
    made.set_defaults(run=proposing.returned)


def _proposals(group: Commands) -> None:
    says = "What a partner proposed and nobody has decided, with what the plan says now."
    example = "  partnerdesk plan proposals P-001\n  partnerdesk plan proposals P-001 --all --json"
    made = command(group, "proposals", says, example)
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("--all", action="store_true", help="decided ones as well")
    of_a_book(made, with_day=True)
    made.set_defaults(run=proposing.listed)


def _accept(group: Commands) -> None:
    made = command(group, "accept", "Write proposals into the plan, all or none.", "  partnerdesk plan accept 12 13")
    made.add_argument("ids", type=int, nargs="+", metavar="ID", help="as `plan proposals` lists them")
    of_a_book(made, with_day=True)
    made.set_defaults(run=proposing.accept)


def _refuse(group: Commands) -> None:
    says = "Keep proposals as refused; the same value is not proposed again."
    made = command(group, "refuse", says, "  partnerdesk plan refuse 14 --reason 'the customer is theirs'")
    made.add_argument("ids", type=int, nargs="+", metavar="ID", help="as `plan proposals` lists them")
    made.add_argument("--reason", default="", metavar="WORDS", help="why")
    of_a_book(made, with_day=True)
    made.set_defaults(run=proposing.refuse)


def _of_a_plan(made: argparse.ArgumentParser) -> None:
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("--year", type=int, metavar="YEAR", help="the plan that begins in it; that of today by default")
    made.add_argument("--version", type=int, metavar="N", help="which version; the newest by default")


def _out(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
