"""`partnerdesk plan`: the workbook that a partner fills in, what came back in it, and what is decided about that."""

import argparse
import json
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.cli.joint.plans import plan_of

if TYPE_CHECKING:
    from partnerdesk.ops.plan.proposals import ProposalRow
    from partnerdesk.ops.plan.returned import ReturnedSheet


def workbook(arguments: argparse.Namespace) -> int:
    """Writes the workbook and keeps what stands in it."""
    from partnerdesk.ops.plan.sheets import send_sheet

    with books.writing(arguments) as store:
        day, plan = books.day_of(store, arguments), plan_of(store, arguments)
        made = store.transact("Write the plan's workbook", send_sheet, plan, day, arguments.out).value
    note(arguments, made)
    if arguments.json:
        told = {"partner": made.partner, "number": made.number, "version": made.version, "key": made.key}
        terminal.say_json({**told, "path": str(made.path)})
        return 0
    again = ", replacing an earlier export" if made.replaced else ""
    terminal.say(f"{made.path}: {made.number}, version {made.version}, {made.key}{again}")
    return 0


def returned(arguments: argparse.Namespace) -> int:
    """Reads a returned workbook; exit 1 where something that is not the partner's to change was changed."""
    from partnerdesk.ops.plan.proposals import take_sheet
    from partnerdesk.ops.plan.returned import read_sheet

    with books.reading(arguments) if arguments.preview else books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        found = store.read(read_sheet, arguments.file, day, arguments.partner)
        ids: tuple[int, ...] = ()
        if found.fresh and not arguments.preview:
            label = f"Proposals from {found.file}"
            ids = store.transact(label, take_sheet, found, on=day, by=books.user()).value
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({**plain(found), "taken": list(ids)})
    else:
        _say_returned(found, ids)
    return 1 if found.differences else 0


def _say_returned(found: "ReturnedSheet", ids: tuple[int, ...]) -> None:
    proposals = terminal.counted(len(found.proposed), "proposal")
    terminal.say(f"{found.file}: {found.plan.number} of {found.partner_name}, {proposals}")
    made = dict(zip((one.place for one in found.fresh), ids, strict=False))
    for one in found.proposed:
        state = one.known or one.state
        where = f"{made[one.place]}  " if one.place in made else ""
        terminal.say(f"  {where}{one.label or found.plan.title}: {one.what}: {_moved(one.base, one.theirs)} ({state})")
        if one.state == "conflict":
            terminal.say(f"    the plan says “{one.ours}” now")
    if found.differences:
        terminal.complain(f"{len(found.differences)} other cells are not as they were sent; nothing of them is taken:")
    for other in found.differences:
        terminal.complain(f"  {other.sheet} {other.cell}: sent “{other.issued}”, returned “{other.returned}”")


def _moved(base: str, theirs: str) -> str:
    if theirs.startswith("{") and not base:
        return ", ".join(f"{name.replace('_', ' ')} “{text}”" for name, text in json.loads(theirs).items())
    return f"“{base}” becomes “{theirs}”"


def listed(arguments: argparse.Namespace) -> int:
    """A partner's proposals as they stand."""
    from partnerdesk.ops.plan.proposals import proposals

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        rows = store.read(proposals, arguments.partner, day, only_open=not arguments.all)
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"as_of": day.isoformat(), "proposals": [plain(row) for row in rows]})
        return 0
    for row in rows:
        terminal.say(_words(row))
    if not rows:
        terminal.say("No proposal." if arguments.all else "No proposal is open.")
    return 0


def _words(row: "ProposalRow") -> str:
    """A proposal in a line or two."""
    decided = f"{row.status} on {row.decided_on} by {row.decided_by}" if row.decided_on else row.state or "so already"
    line = f"{row.id}  {row.label}  {row.what}: {_moved(row.base, row.theirs)} ({decided})"
    if row.stands:
        return f"{line}\n    {row.stands}"
    return f"{line}\n    the plan says “{row.ours}” now" if row.state == "conflict" and row.is_open else line


def accept(arguments: argparse.Namespace) -> int:
    """Writes proposals into the plan."""
    from partnerdesk.ops.plan.proposals import accept_proposals

    with books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        store.transact("Accept proposals", accept_proposals, arguments.ids, on=day, by=books.user())
    return _decided(arguments, "accepted")


def refuse(arguments: argparse.Namespace) -> int:
    """Keeps proposals as refused."""
    from partnerdesk.ops.plan.proposals import refuse_proposals

    with books.writing(arguments) as store:
        said = {"by": books.user(), "reason": arguments.reason}
        store.transact("Refuse proposals", refuse_proposals, arguments.ids, on=books.day_of(store, arguments), **said)
    return _decided(arguments, "refused")


def _decided(arguments: argparse.Namespace, word: str) -> int:
    if arguments.json:
        terminal.say_json({word: arguments.ids})
    else:
        terminal.say(f"{len(arguments.ids)} proposal{'s' * (len(arguments.ids) != 1)} {word}")
    return 0
