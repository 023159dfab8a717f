"""`partnerdesk dispute`: disputes raised, read from a returned file, listed, escalated and decided."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint import outgoing

if TYPE_CHECKING:
    from partnerdesk.ops.statements.returned import Returned
    from partnerdesk.queries.statements.disputes import DisputeRow
    from partnerdesk.store import Store


def _said(store: "Store", arguments: argparse.Namespace) -> dict[str, Any]:
    """The day, the person and the moment of a step."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"on": books.day_of(store, arguments), "by": books.user(), "at": at}


def raise_(arguments: argparse.Namespace) -> int:
    """Opens a dispute of a line, a movement or a total."""
    from partnerdesk.ops.statements.disputes import Claim, raise_dispute

    names = ("partner", "line", "reason", "raised_by", "claimed", "more", "late_because")
    claim = Claim(**{name: getattr(arguments, name) for name in names})
    with books.writing(arguments) as store:
        id = store.transact(f"Dispute {arguments.line}", raise_dispute, claim, **_said(store, arguments)).value
        return _told(store, arguments, [id])


def returned(arguments: argparse.Namespace) -> int:
    """Reads a returned workbook; exit 1 where something else than marks was altered."""
    from partnerdesk.ops.statements.returned import raise_returned, read_returned

    with books.reading(arguments) if arguments.preview else books.writing(arguments) as store:
        found = store.read(read_returned, arguments.file)
        ids: tuple[str, ...] = ()
        if found.fresh and not arguments.preview:
            said = _said(store, arguments) | {"raised_by": arguments.raised_by, "late_because": arguments.late_because}
            ids = store.transact(f"Disputes from {found.file}", raise_returned, found, **said).value
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({**plain(found), "raised": list(ids)})
    else:
        _say_returned(found, ids)
    return 1 if found.altered else 0


def _say_returned(found: "Returned", ids: tuple[str, ...]) -> None:
    rows = terminal.counted(len(found.marked), "row")
    terminal.say(f"{found.file}: {found.closed.number} of {found.partner_name}, {rows} marked")
    terminal.say(found.against)
    made = dict(zip((m.line for m in found.fresh), ids, strict=False))
    for mark in found.marked:
        stands = (mark.known and f"{mark.known} stands for it") or made.get(mark.line, "becomes a dispute")
        terminal.say(f"  {mark.sheet}, row {mark.row}  {mark.says}: {mark.comment or 'no comment'} ({stands})")
    if found.altered:
        count = f"{len(found.altered)} cell{'s are' if len(found.altered) > 1 else ' is'}"
        terminal.complain(f"{count} not as issued; nothing of that is taken:")
    for one in found.altered:
        terminal.complain(f"  {one.sheet} {one.cell}: issued “{one.issued}”, returned “{one.returned}”")
    if found.uncalculated:
        terminal.complain(f"Without values, as the program that saved the file did not calculate: {found.uncalculated}")


def list_(arguments: argparse.Namespace) -> int:
    """Open disputes, or all of them, the one whose answer is due first at the top."""
    from partnerdesk.queries.statements.disputes import disputes

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        rows = [r for r in store.read(disputes, day, arguments.partner) if arguments.all or r.is_open]
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"as_of": day.isoformat(), "disputes": [plain(r) for r in rows]})
        return 0
    for row in rows:
        terminal.say(_words(row))
    if not rows:
        terminal.say("No dispute." if arguments.all else "No dispute is open.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """One dispute with its steps."""
    with books.reading(arguments) as store:
        return _told(store, arguments, [arguments.id], with_steps=True)


def dossier(arguments: argparse.Namespace) -> int:
    """Writes the dossier of a dispute."""
    from partnerdesk.ops.statements.dossiers import export_dossier

    with books.reading(arguments) as store:
        made = store.read(export_dossier, arguments.id, books.day_of(store, arguments), arguments.out)
    outgoing.note(arguments, made)
    if arguments.json:
        terminal.say_json({"dispute": made.id, "path": str(made.path), "pages": made.pages})
        return 0
    terminal.say(f"{made.path}: {made.pages} page{'s' * (made.pages != 1)}")
    return 0


def note(arguments: argparse.Namespace) -> int:
    """Records what happened."""
    from partnerdesk.ops.statements.disputes import note_on_dispute

    return _step(arguments, f"Note on {arguments.id}", note_on_dispute)


def escalate(arguments: argparse.Namespace) -> int:
    """Hands a dispute to somebody above."""
    from partnerdesk.ops.statements.disputes import escalate_dispute

    return _step(arguments, f"Escalate {arguments.id}", escalate_dispute)


def _step(arguments: argparse.Namespace, label: str, op: Any) -> int:
    with books.writing(arguments) as store:
        store.transact(label, op, arguments.id, arguments.reason, **_said(store, arguments))
        return _told(store, arguments, [arguments.id], with_steps=True)


def decide(arguments: argparse.Namespace) -> int:
    """Answers a dispute."""
    from partnerdesk.ops.statements.disputes import Decision, decide_dispute

    given = Decision(
        outcome=arguments.outcome,
        reason=arguments.reason,
        approver=arguments.approver,
        amount=arguments.amount,
        counts_for_tier="tier" in arguments.counts_for,
        counts_for_attainment="attainment" in arguments.counts_for,
        counts_for_cap="cap" in arguments.counts_for,
    )
    with books.writing(arguments) as store:
        store.transact(f"Decide {arguments.id}", decide_dispute, arguments.id, given, **_said(store, arguments))
        return _told(store, arguments, [arguments.id], with_steps=True)


def _told(store: "Store", arguments: argparse.Namespace, ids: list[str], with_steps: bool = False) -> int:
    """Says disputes as they stand now."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.statements.disputes import dispute_named, dispute_steps
    from partnerdesk.queries.statements.missing import missing

    day = books.day_of(store, arguments)
    rows = [store.read(dispute_named, id, day) for id in ids]
    found = [(row, store.read(missing, row, day), store.read(dispute_steps, row.id)) for row in rows]
    if arguments.json:
        listed = [
            {
                **plain(row),
                "brought": plain(still.brought),
                "missing": plain(still.left),
                "steps": list(map(plain, steps)),
            }
            for row, still, steps in found
        ]
        terminal.say_json({"as_of": day.isoformat(), "disputes": listed})
        return 0
    for row, still, steps in found:
        terminal.say(_words(row))
        if row.is_open and (came := still.words()):
            terminal.say(f"  {came}")
        for step in steps if with_steps else ():
            terminal.say(f"  {step.day.isoformat()}  {step.kind}, {step.by}: {step.says}")
    return 0


def _words(row: "DisputeRow") -> str:
    """A dispute in one line."""
    claimed = f", claimed {terminal.amount(row.claimed, row.currency)}" if row.claimed is not None else ""
    money = f"{terminal.amount(row.amount, row.currency)} {row.currency}{claimed}"
    if row.is_open:
        left = row.days_left if row.days_left is not None else 0
        clock = f"{terminal.counted(-left, 'day')} late" if left < 0 else f"{terminal.counted(left, 'day')} left"
        state = f"{row.outcome}, answer due {row.answer_by}, {clock}"
    else:
        granted = (
            f", granted {terminal.amount(row.granted, row.currency)} {row.currency} as {row.adjustment}"
            if row.adjustment
            else ""
        )
        state = f"{row.outcome} on {row.decided}{granted}"
    what = row.line if row.kind == "line" else row.what
    return f"{row.id}  {row.partner_name}  {row.statement} {what}  {money}  {state}"
