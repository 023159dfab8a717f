"""`partnerdesk plan`: joint account plans listed and written as documents."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.store import Store


def listed(arguments: argparse.Namespace) -> int:
    """The plans of a partner, or of all."""
    from partnerdesk.queries.joint.plans import plans

    with books.reading(arguments) as store:
        found = store.read(plans, arguments.partner, latest=not arguments.versions)
    if arguments.json:
        keys = ("partner", "number", "title", "version", "status")
        terminal.say_json({"plans": [{key: getattr(row, key) for key in keys} for row in found]})
        return 0
    rows = [(r.number, str(r.version), r.status, r.partner_name, r.title) for r in found]
    for line in terminal.table(("Plan", "Version", "Status", "Partner", "Title"), rows, frozenset({1})):
        terminal.say(line)
    return 0


def pdf(arguments: argparse.Namespace) -> int:
    """Writes the pages."""
    from partnerdesk.ops.plan.documents import export_plan

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        plan = plan_of(store, arguments)
        made = store.read(export_plan, plan, day, arguments.out, paper=arguments.paper)
    note(arguments, made)
    if arguments.json:
        told = {"partner": made.partner, "number": made.number, "version": made.version}
        terminal.say_json({**told, "path": str(made.path), "pages": made.pages})
        return 0
    again = ", replacing an earlier export" if made.replaced else ""
    terminal.say(f"{made.path}: {terminal.counted(made.pages, 'page')}{again}")
    return 0


def plan_of(store: "Store", arguments: argparse.Namespace) -> int:
    """The plan that is meant. Raises Refused where there is none."""
    from partnerdesk.ops.plan.documents import plan_named
    from partnerdesk.queries.joint.plans import plans

    if arguments.year is None and arguments.version is None:
        return store.read(plan_named, arguments.partner, books.day_of(store, arguments))
    found = [
        row
        for row in store.read(plans, arguments.partner, latest=arguments.version is None)
        if arguments.year in (None, row.start.year) and arguments.version in (None, row.version)
    ]
    if not found:
        raise Refused(f"{arguments.partner} has no such plan.", "See `partnerdesk plan list --versions`.")
    return found[0].id
