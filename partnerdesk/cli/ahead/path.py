"""`partnerdesk path`: the cheapest set of actions that brings a partner to a tier by a review, and others beside it."""

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, day, of_a_book

if TYPE_CHECKING:
    from partnerdesk.forecast.path import Step
    from partnerdesk.queries.path import PathView
    from partnerdesk.reports.format import Formats


def path(commands: Commands) -> None:
    """What has to be done to reach a tier, or why it cannot be reached."""
    made = command(
        commands,
        "path",
        "Say what brings a partner to a tier: the cheapest set of renewals, deals, go-lives and certificates by a day.",
        """  partnerdesk path P-001
  partnerdesk path P-001 --tier Platinum --by 2027-03-31
  partnerdesk path P-001 --json

Every set of actions is judged by the program itself on the facts as they would then be, by the end of the last review
up to the day (of the running review by default). Beside the cheapest path stand the one of the fewest actions, the
likeliest, and others without one kind of action, each with what it earns up to a year after the review, what else is
open going its likeliest way. Where nothing reaches the tier, what is missing is said. What each kind of action takes is
set under Settings.""",
    )
    made.add_argument("partner", metavar="ID", help="the partner")
    made.add_argument("--tier", default="", metavar="NAME", help="the next one by default")
    made.add_argument("--by", type=day, metavar="DAY", help="the end of the running review by default")
    of_a_book(made, with_day=True)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the paths, or what is missing."""
    from partnerdesk.queries.path import path_to

    with books.reading(arguments) as store:
        on = books.day_of(store, arguments)
        found = store.read(path_to, arguments.partner, on, arguments.tier, arguments.by)
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        told = plain(found.paths)
        for action in (*told["offered"], *(step["action"] for one in told["paths"] for step in one["steps"])):
            del action["rows"]  # the facts that would stand are no answer
        for path, brings in zip(told["paths"], plain(found.brings), strict=True):
            path["brings"] = brings
        told |= {"counts_from": plain(found.counts_from), "is_decided": found.is_decided}
        terminal.say_json(told | {"efforts": plain(found.efforts)})
    else:
        _say(found)
    return 0


def _say(view: "PathView") -> None:
    from partnerdesk.forecast import path_words as words
    from partnerdesk.reports.format import Formats

    formats, found = Formats(), view.paths
    terminal.say(f"{view.partner_name} ({found.partner}), {view.tier_today} today")
    terminal.say(f"{words.headline(found, formats.day)}.")
    who = "a person decides, and it counts" if view.is_decided else "it counts"
    terminal.say(f"Once reached, {who} from {formats.day(view.counts_from)}.")
    for one, brings in zip(found.paths, view.brings, strict=True):
        terminal.say()
        terminal.say(f"{one.name[:1].upper()}{one.name[1:]}: {words.summary(one, formats.number)}")
        told = words.earns(brings, formats.accounting, formats.day)
        terminal.say(f"It {told}.")
        rows = [_row(step, formats) for step in one.steps]
        for line in terminal.table(("Action", "By", "Chance", "For"), rows, frozenset((2,))):
            terminal.say(line)
    for need in found.missing:
        terminal.say(f"Missing with everything done: {words.missing(need, formats.number, formats.percent)}")
    for reason in found.held_back:
        terminal.say(f"Missing with everything done: {reason}")


def _row(step: "Step", formats: "Formats") -> tuple[str, ...]:
    from partnerdesk.forecast.path_words import step_note

    action = step.action
    return action.says, formats.day(action.day), _chance(action.chance, formats), step_note(step, formats.number)


def _chance(chance: Decimal | None, formats: "Formats") -> str:
    return "–" if chance is None else formats.percent(chance, 0)
