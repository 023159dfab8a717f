"""`partnerdesk audit`: a sample of a metric's rows, findings with evidence, corrections, and the report."""

import argparse
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, existing, of_a_book
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.queries.audits import AuditRow, AuditView
    from partnerdesk.store import Store


def audit(commands: Commands) -> None:
    """The group with its actions."""
    says = "Metric audits: a sample of the rows that a metric counts, found right or wrong by evidence, and corrected."
    examples = """  partnerdesk audit start P-001 joint_revenue --period 2026Q3 --size 20 --seed 7
  partnerdesk audit record MA-0001 3 wrong --evidence 'order 4711' --set amount=1200.00
  partnerdesk audit finish MA-0001 --conclusion 'one typing error, corrected'
  partnerdesk audit report MA-0001 --out audits/"""
    group = command(commands, "audit", says, examples).add_subparsers(metavar="ACTION", required=True)
    _start(group)
    _record(group)
    _read(group)


def _start(group: Commands) -> None:
    says = "Draw a sample of the rows that a metric counts: some of every size, the same ones for the same seed."
    made = command(group, "start", says, "  partnerdesk audit start P-001 joint_revenue --period 2026Q3 --size 20")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("metric", metavar="METRIC", help="its key in the program, [metric.KEY]")
    made.add_argument("--period", required=True, metavar="PERIOD", help="such as 2026Q3")
    made.add_argument("--size", type=int, default=20, metavar="ROWS", help="20 by default")
    made.add_argument("--seed", type=int, default=1, metavar="NUMBER", help="1 by default")
    of_a_book(made, with_day=True)
    made.set_defaults(run=start)


def _record(group: Commands) -> None:
    says = "Record what was found of a row; a wrong one may be corrected or withdrawn, and closed periods are trued up."
    examples = """  partnerdesk audit record MA-0001 1 right --evidence 'signed order of 3 May'
  partnerdesk audit record MA-0001 2 wrong --evidence 'order 4711' --set amount=1200.00 --set closed=2026-05-03
  partnerdesk audit record MA-0001 3 wrong --evidence 'entered twice' --withdraw
  partnerdesk audit record MA-0001 4 unverifiable --note 'the customer does not answer'"""
    made = command(group, "record", says, examples)
    made.add_argument("id", metavar="AUDIT")
    made.add_argument("number", type=int, metavar="ROW", help="its number in the sample")
    made.add_argument("finding", choices=("right", "wrong", "unverifiable"))
    made.add_argument("--evidence", default="", metavar="TEXT", help="the document, or who confirmed it")
    made.add_argument("--note", default="", metavar="TEXT", help="what else is to be said")
    made.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="correct a field of the fact")
    made.add_argument("--withdraw", action="store_true", help="take the fact out of the book")
    of_a_book(made, with_day=True)
    made.set_defaults(run=record)
    made = command(group, "finish", "End an audit with what follows from it.", "  partnerdesk audit finish MA-0001 ...")
    made.add_argument("id", metavar="AUDIT")
    made.add_argument("--conclusion", required=True, metavar="TEXT", help="what follows from it")
    of_a_book(made, with_day=True)
    made.set_defaults(run=finish)


def _read(group: Commands) -> None:
    made = command(group, "list", "Audits, the newest first.", "  partnerdesk audit list --partner P-001")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made)
    made.set_defaults(run=list_)
    made = command(group, "show", "One audit with its sample.", "  partnerdesk audit show MA-0001")
    made.add_argument("id", metavar="AUDIT")
    of_a_book(made)
    made.set_defaults(run=show)
    says = "What was audited by whom with which result, as a workbook."
    made = command(group, "report", says, "  partnerdesk audit report MA-0001 --out audits/")
    made.add_argument("id", metavar="AUDIT")
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where the file goes")
    of_a_book(made)
    made.set_defaults(run=report)


def start(arguments: argparse.Namespace) -> int:
    """Draws a sample."""
    from partnerdesk.ops.audits.auditing import start_audit

    with books.writing(arguments) as store:
        said: dict[str, Any] = {"size": arguments.size, "seed": arguments.seed, "by": books.user()}
        said |= {"on": books.day_of(store, arguments), "at": books.moment()}
        of = (arguments.partner, arguments.metric, arguments.period)
        return _told(store, arguments, store.transact(f"Audit {arguments.metric}", start_audit, *of, **said).value)


def record(arguments: argparse.Namespace) -> int:
    """Records a finding."""
    from partnerdesk.ops.audits.auditing import Finding, record_finding
    from partnerdesk.queries.audits import audit_named

    with books.writing(arguments) as store:
        row = next((r for r in store.read(audit_named, arguments.id).rows if r.number == arguments.number), None)
        given = Finding(
            finding=arguments.finding,
            evidence=arguments.evidence,
            note=arguments.note,
            changes=_changes(row, arguments.set),
            withdraw=arguments.withdraw,
        )
        said: dict[str, Any] = {"on": books.day_of(store, arguments), "by": books.user()}
        label = f"Finding on row {arguments.number} of {arguments.id}"
        store.transact(label, record_finding, arguments.id, arguments.number, given, **said)
        return _told(store, arguments, arguments.id)


def _changes(row: "AuditRow | None", texts: list[str]) -> dict[str, Any]:
    """The fields to correct. Raises Refused for one that the kind does not have."""
    from partnerdesk.ops.audits.entering import value_of

    found = {}
    for text in texts if row is not None else ():
        name, is_given, value = text.partition("=")
        if not is_given:
            raise Refused(f"“{text}” names no value.", "Write FIELD=VALUE.")
        found[name] = value_of(row.kind if row else "", name, value)
    return found


def finish(arguments: argparse.Namespace) -> int:
    """Ends an audit."""
    from partnerdesk.ops.audits.auditing import finish_audit

    with books.writing(arguments) as store:
        said: dict[str, Any] = {"on": books.day_of(store, arguments), "by": books.user()}
        label = f"Finish audit {arguments.id}"
        store.transact(label, finish_audit, arguments.id, conclusion=arguments.conclusion, **said)
        return _told(store, arguments, arguments.id)


def list_(arguments: argparse.Namespace) -> int:
    """Audits in a line each."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.audits import audits

    with books.reading(arguments) as store:
        found = store.read(audits, arguments.partner)
    if arguments.json:
        terminal.say_json([{**plain(one), "result": one.result} for one in found])
        return 0
    for one in found:
        terminal.say(_words(one))
    if not found:
        terminal.say("Nothing was audited.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """One audit."""
    with books.reading(arguments) as store:
        return _told(store, arguments, arguments.id)


def report(arguments: argparse.Namespace) -> int:
    """Writes the report."""
    from partnerdesk.ops.audits.documents import write_audit
    from partnerdesk.queries.audits import audit_named
    from partnerdesk.reports.release.outgoing import Outgoing, digest_of

    with books.reading(arguments) as store:
        path = store.read(write_audit, arguments.id, arguments.out)
        found = store.read(audit_named, arguments.id)
    note(arguments, Outgoing("audit report", found.partner, found.id, path.name, digest_of(path), found.partner_name))
    if arguments.json:
        terminal.say_json({"audit": arguments.id, "path": str(path)})
    else:
        terminal.say(str(path))
    return 0


def _told(store: "Store", arguments: argparse.Namespace, id: str) -> int:
    """Says an audit with its sample as it stands now."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.audits import audit_named

    found = store.read(audit_named, id)
    if arguments.json:
        terminal.say_json({**plain(found), "result": found.result})
        return 0
    terminal.say(_words(found))
    for row in found.rows:
        said = f"{row.finding}: {row.evidence or row.note}" if row.finding else "to look at"
        changed = f"; {row.changed}" if row.changed else ""
        terminal.say(
            f"  {row.number}  {row.kind} {row.fact} {row.says}  {row.amount:,.2f}  {row.source}  {said}{changed}"
        )
    return 0


def _words(found: "AuditView") -> str:
    ended = f", finished {found.finished}: {found.conclusion}" if found.finished else ""
    of = f"{found.partner_name}, {found.title} {found.period}"
    return f"{found.id}  {of}  {found.day} by {found.by}, seed {found.seed}  {found.result}{ended}"
