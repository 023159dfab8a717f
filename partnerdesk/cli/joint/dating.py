"""`partnerdesk calendar`: dates as a calendar file, for a partner or for us."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, existing, of_a_book
from partnerdesk.cli.joint.outgoing import note

if TYPE_CHECKING:
    from partnerdesk.ops.calendars.exports import ExportedCalendar
    from partnerdesk.store import Store


def calendar(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(
        commands,
        "calendar",
        "Write dates as a calendar file (.ics): reviews, renewals, notice, plans, answers, open actions.",
        """  partnerdesk calendar P-001 --out calendars/        # for the partner, nothing internal in it
  partnerdesk calendar P-001 --internal
  partnerdesk calendar --owner "Tobias Rendlow"
  partnerdesk calendar                              # all partners, for us""",
    )
    made.add_argument("partner", metavar="PARTNER", nargs="?", help="the partner's id; all partners without it")
    made.add_argument("--internal", action="store_true", help="of one partner, but for us: internal actions as well")
    made.add_argument("--owner", default="", metavar="NAME", help="for us: only what this person owns")
    made.add_argument("--todo", action="store_true", help="actions as tasks (VTODO) instead of events of a whole day")
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where the file goes")
    of_a_book(made, with_day=True)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file."""
    with books.reading(arguments) as store:
        made = _written(arguments, store)
    note(arguments, made)
    if arguments.json:
        terminal.say_json({"path": str(made.path), "count": made.count, "sha256": made.sha256})
    else:
        terminal.say(f"{made.path}\n{terminal.counted(made.count, 'date')}")
    return 0


def _written(arguments: argparse.Namespace, store: "Store") -> "ExportedCalendar":
    from partnerdesk.ops.calendars.exports import export_partner_calendar
    from partnerdesk.ops.calendars.ours import export_calendar

    day, stamp, out, todos = books.day_of(store, arguments), datetime.now(UTC), arguments.out, arguments.todo
    if arguments.partner and not (arguments.internal or arguments.owner):
        return store.read(export_partner_calendar, arguments.partner, day, out, stamp, todos=todos)
    given = {"partner": arguments.partner, "owner": arguments.owner, "todos": todos}
    return store.read(export_calendar, day, out, stamp, **given)
