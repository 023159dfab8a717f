"""The arguments of `partnerdesk funds`: list, show, and each step of a request; benefits and their delivery."""

import argparse

from partnerdesk.cli.command import Commands, amount, command, day, of_a_book
from partnerdesk.cli.money import funding

STEPS = (
    ("approve", "Approve a request, all of it where no amount is named.", funding.approve),
    ("deny", "Deny a request.", funding.deny),
    ("claim", "Record what the partner claims.", funding.claim),
    ("prove", "Record that the proof is there, and what came of the activity.", funding.prove),
    ("reimburse", "Pay what is claimed and proven, all of it where no amount is named.", funding.reimburse),
    ("release", "Give back what is approved or claimed and not needed.", funding.release),
)


def funds(commands: Commands) -> None:
    """The group with its actions."""
    says = "Funds for joint work: balances, requests with their clocks, and every step from request to payment."
    examples = """  partnerdesk funds list
  partnerdesk funds request P-001 joint_marketing --amount 4000.00 --project 'Roundtable for hospitals'
  partnerdesk funds approve F-1001 --approver 'Vera Lang'
  partnerdesk funds claim F-1001 --cost 7600.00 --evidence 'invoice 4711.pdf'
  partnerdesk funds reimburse F-1001 --approver 'Vera Lang' --result '14 leads, 2 deals'"""
    group = command(commands, "funds", says, examples).add_subparsers(metavar="ACTION", required=True)
    _read(group)
    _put(group)
    for name, told, run in STEPS:
        _step(group, name, told, run)
    _benefits(group)


def _read(group: Commands) -> None:
    made = command(group, "list", "Balances and open requests.", "  partnerdesk funds list --partner P-001 --all")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    made.add_argument("--all", action="store_true", help="finished requests as well")
    of_a_book(made, with_day=True)
    made.set_defaults(run=funding.list_)
    made = command(group, "show", "One fund with its movements.", "  partnerdesk funds show P-001 joint_marketing")
    _named(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=funding.show)


def _named(made: argparse.ArgumentParser) -> None:
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("fund", metavar="FUND", help="the fund, by its key or its title as funds list prints them")


def _put(group: Commands) -> None:
    for name, says, run in (
        ("allocate", "Put an amount into a fund by hand; below zero takes back.", funding.allocate),
        ("request", "Open a request for a joint project.", funding.request),
        ("expire", "Take what was not used out of a fund for good.", funding.expire),
    ):
        made = command(group, name, says, f"  partnerdesk funds {name} P-001 joint_marketing --amount 4000.00")
        _named(made)
        _money(made, required=True)
        if name != "expire":
            made.add_argument("--project", default="", metavar="TEXT", help="the joint project that it pays for")
            made.add_argument("--due", type=day, metavar="DAY", help="allocate: it expires; request: decided by then")
        if name == "request":
            made.add_argument("--activity", metavar="ID", help="the activity in the book that it pays for")
            made.add_argument("--anyway", action="store_true", help="also for more than the fund has available")
        if name == "allocate":
            made.add_argument("--approver", default="", metavar="NAME", help="who approved it")
            made.add_argument("--new", action="store_true", help="open a fund that the book does not have yet")
        of_a_book(made, with_day=True)
        made.set_defaults(run=run)


def _money(made: argparse.ArgumentParser, required: bool = False) -> None:
    made.add_argument("--amount", type=amount, required=required, metavar="AMOUNT", help="in the fund's currency")
    made.add_argument("--currency", default="", metavar="CODE", help="where it is another one")


def _step(group: Commands, name: str, says: str, run: object) -> None:
    needs = name in ("approve", "deny", "reimburse")
    made = command(group, name, says, f"  partnerdesk funds {name} F-1001" + " --approver 'Vera Lang'" * needs)
    made.add_argument("id", metavar="REQUEST")
    if name not in ("deny", "prove"):
        _money(made)
    if needs:
        made.add_argument("--approver", required=True, metavar="NAME", help="who decided")
    if name == "approve":
        made.add_argument("--due", type=day, metavar="DAY", help="to be claimed by then, not by the program's time")
    if name == "claim":
        made.add_argument("--cost", type=amount, metavar="AMOUNT", help="what the activity cost, proven")
    if name in ("claim", "prove"):
        made.add_argument("--evidence", default="", metavar="TEXT", help="where the proof lies")
    if name in ("prove", "reimburse"):
        made.add_argument("--result", default="", metavar="TEXT", help="what came of the activity")
    of_a_book(made, with_day=True)
    made.set_defaults(run=run)


def _benefits(group: Commands) -> None:
    made = command(group, "benefits", "What tiers promise and when it was delivered.", "  partnerdesk funds benefits")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made, with_day=True)
    made.set_defaults(run=funding.benefits)
    made = command(group, "deliver", "Record a benefit's delivery.", "  partnerdesk funds deliver P-001 launch-desk")
    made.add_argument("partner", metavar="PARTNER")
    made.add_argument("benefit", metavar="BENEFIT", help="its name in the program")
    made.add_argument("--evidence", default="", metavar="TEXT", help="what shows it")
    of_a_book(made, with_day=True)
    made.set_defaults(run=funding.deliver)
