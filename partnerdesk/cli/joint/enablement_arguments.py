"""The arguments of `partnerdesk enablement` and `partnerdesk playbook`."""

import argparse

from partnerdesk.cli.command import Commands, command, day, of_a_book
from partnerdesk.cli.joint import enabling


def enablement(commands: Commands) -> None:
    """A partner's gaps, certificates that end, and sessions."""
    says = "What a partner lacks in certificates and sessions for its tiers, and what ends within 180 days."
    made = command(commands, "enablement", says, "  partnerdesk enablement P-001 --as-of 2026-09-30")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    of_a_book(made, with_day=True)
    made.set_defaults(run=enabling.enablement)


def playbook(commands: Commands) -> None:
    """The group with its actions."""
    says = "Playbooks: templates of dated actions for both sides, what they would create, and what runs where."
    examples = """  partnerdesk playbook list --partner P-001
  partnerdesk playbook preview certification-drive P-001 --start 2026-10-05
  partnerdesk playbook start certification-drive P-001 --start 2026-10-05
  partnerdesk playbook runs
  partnerdesk playbook stop 3 --reason 'The exam centre closed'"""
    group = command(commands, "playbook", says, examples).add_subparsers(metavar="ACTION", required=True)
    _lists(group)
    _starts(group)
    _ends(group)


def _lists(group: Commands) -> None:
    for name, says, run in (
        ("list", "All playbooks; for a partner with what speaks for each.", enabling.list_),
        ("runs", "Playbooks that were started: how far, and the goal before and after.", enabling.runs),
    ):
        made = command(group, name, says, f"  partnerdesk playbook {name} --partner P-001")
        made.add_argument("--partner", metavar="ID", help="this partner only")
        of_a_book(made, with_day=True)
        made.set_defaults(run=run)


def _starts(group: Commands) -> None:
    for name, says, run in (
        ("preview", "What starting would create; nothing is written.", enabling.preview),
        ("start", "Create the actions, in one step.", enabling.start),
    ):
        made = command(group, name, says, f"  partnerdesk playbook {name} onboarding P-001 --start 2026-10-05")
        made.add_argument("playbook", metavar="PLAYBOOK", help="its name in `playbook list`")
        made.add_argument("partner", metavar="PARTNER", help="the partner's id")
        made.add_argument("--start", type=day, metavar="DAY", help="the day that its days count from; today by default")
        made.add_argument("--all-days", action="store_true", help="Saturdays and Sundays count as well")
        if name == "start":
            told = "key of the metric that measures the goal; the playbook's by default, '' for none"
            made.add_argument("--metric", metavar="KEY", help=told)
        of_a_book(made, with_day=True)
        made.set_defaults(run=run)


def _ends(group: Commands) -> None:
    stop = _ended(group, "stop", "Stop one for a reason; open actions are dropped with it.")
    stop.add_argument("--reason", required=True, metavar="TEXT", help="why")
    stop.set_defaults(run=enabling.stop)
    finish = _ended(group, "finish", "It came to its end: nothing of it is open.")
    finish.add_argument("--outcome", default="", metavar="TEXT", help="what came of it")
    finish.set_defaults(run=enabling.finish)


def _ended(group: Commands, name: str, says: str) -> argparse.ArgumentParser:
    made = command(group, name, says, f"  partnerdesk playbook {name} 3")
    made.add_argument("run_id", type=int, metavar="RUN", help="its number in `playbook runs`")
    of_a_book(made, with_day=True)
    return made
