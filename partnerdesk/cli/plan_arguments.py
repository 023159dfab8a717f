"""The arguments of `partnerdesk plan`."""

import argparse

from partnerdesk.cli import plans
from partnerdesk.cli.command import Commands, command, existing, of_a_book


def add_plan(commands: Commands) -> None:
    """The command with its actions."""
    says = "A partner's joint account plan as a document."
    examples = """  partnerdesk plan pdf P-001 --out plans/
  partnerdesk plan list"""
    group = command(commands, "plan", says, examples).add_subparsers(metavar="ACTION", required=True)
    _list(group)
    _pdf(group)


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


def _of_a_plan(made: argparse.ArgumentParser) -> None:
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("--year", type=int, metavar="YEAR", help="the plan that begins in it; that of today by default")
    made.add_argument("--version", type=int, metavar="N", help="which version; the newest by default")


def _out(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
