"""`partnerdesk reconcile`: what was officially paid, line by line against the statements of a period."""

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, amount, command, existing, of_a_book
from partnerdesk.cli.joint import outgoing
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.reconcile.matching import Reconciliation
    from partnerdesk.ops.reconcile.row import ReconRow


def reconcile(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(
        commands,
        "reconcile",
        "Hold a file of what was officially paid against the statements of a period, line by line.",
        """  partnerdesk reconcile payouts.csv --period 2026-09
  partnerdesk reconcile payouts.xlsx --period 2026-09 --column 'Our ref=reference' --tolerance 0.05 --out sheets/
  partnerdesk reconcile payouts.csv --period 2026-09 --dispute --raised-by 'Finance desk'""",
    )
    made.add_argument("file", type=existing, metavar="FILE", help="a CSV, TSV or XLSX file of any layout")
    made.add_argument("--period", required=True, metavar="PERIOD", help="the statement period, such as 2026-09")
    made.add_argument("--partner", default="", metavar="ID", help="this partner only; needed where no column names one")
    says = "which part a column plays, remembered: partner, reference, day, amount, base, rate, currency, taken, back, "
    says += "direction, status or nothing"
    made.add_argument("--column", action="append", default=[], metavar="HEADER=PART", help=says)
    says = "answer a question about the file, such as 'decimal:Amount=,'; may be repeated"
    made.add_argument("--choose", action="append", default=[], metavar="KEY=VALUE", help=says)
    made.add_argument("--tolerance", type=amount, default=Decimal(0), metavar="AMOUNT", help="zero by default")
    made.add_argument("--out", type=existing, metavar="FOLDER", help="write the sheet there as well")
    says = "open a dispute of each line that differs, of the partners whom the file names"
    made.add_argument("--dispute", action="store_true", help=says)
    says = "with --dispute: also of this partner, whom the file does not name; may be repeated"
    made.add_argument("--also", action="append", default=[], metavar="ID", help=says)
    made.add_argument("--raised-by", default="", metavar="NAME", help="who raises the disputes")
    made.add_argument("--late-because", default="", metavar="TEXT", help="why they are taken after the window")
    of_a_book(made, with_day=True)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 where everything matches, 1 where something differs or cannot be read."""
    from partnerdesk.ops.reconcile.disputing import raise_differences, remember_columns
    from partnerdesk.ops.reconcile.documents import write_reconciliation
    from partnerdesk.ops.reconcile.matching import reconcile as held_against
    from partnerdesk.reports.release.outgoing import Outgoing, digest_of

    choices = _choices(arguments)
    keeps = arguments.dispute or bool(choices)
    with books.writing(arguments) if keeps else books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        asked: dict[str, Any] = {"partner": arguments.partner, "tolerance": arguments.tolerance, "choices": choices}
        found = store.read(held_against, arguments.file, arguments.period, day, **asked)
        if not found.official.has_amount and not found.official.questions:
            problem = found.problems[0]
            raise Refused(problem.message, f"{problem.remedy} Write --column 'HEADER=amount'.")
        if choices:
            store.transact("Remember the columns of a payout", remember_columns, found.official, choices)
        ids: tuple[str, ...] = ()
        if arguments.dispute:
            said = {"raised_by": arguments.raised_by, "late_because": arguments.late_because, "on": day}
            said |= {"by": books.user(), "at": books.moment()}
            ids = store.transact(
                "Dispute what was paid", raise_differences, found, _chosen(found, arguments), **said
            ).value
        path = store.read(write_reconciliation, found, arguments.out, day) if arguments.out else None
    if path is not None:
        outgoing.note(arguments, Outgoing("reconciliation", "", found.period, path.name, digest_of(path)))
    if arguments.json:
        terminal.say_json(_plain(found) | {"raised": list(ids), "sheet": str(path or "")})
    else:
        _say(found, ids)
    return 1 if found.problems or found.official.questions or any(row.kind != "match" for row in found.rows) else 0


def _chosen(found: "Reconciliation", arguments: argparse.Namespace) -> list["ReconRow"]:
    """The rows to dispute: of those whom the file names, and of those that a person names besides."""
    for partner in arguments.also:
        if partner not in found.unnamed:
            known = f"Those are: {', '.join(found.unnamed)}." if found.unnamed else "Leave --also out."
            raise Refused(f"{partner} is no partner that the file leaves out.", known)
    return [row for partner in ("", *dict.fromkeys(arguments.also)) for row in found.disputable(partner)]


def _choices(arguments: argparse.Namespace) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text, prefix in (*((t, "column:") for t in arguments.column), *((t, "") for t in arguments.choose)):
        key, sign, value = text.rpartition("=")
        if not sign or not key:
            raise Refused(f"“{text}” says nothing.", "Write HEADER=PART, such as 'Our ref=reference'.")
        chosen[f"{prefix}{key.strip()}"] = value.strip()
    return chosen


def _plain(found: "Reconciliation") -> dict[str, Any]:
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.ops.reconcile.classes import DEFINITIONS

    return {
        "format": "partnerdesk reconciliation 1",
        "period": found.period,
        "file": found.official.file,
        "sha256": found.official.sha256,
        "columns": dict(found.official.parts),
        "tolerance": f"{found.tolerance:f}",
        "classes": {kind: {"means": says, "rows": found.count(kind)} for kind, says in DEFINITIONS.items()},
        "rows": [plain(row) | {"difference": f"{row.difference:f}"} for row in found.rows],
        "problems": [str(problem) for problem in found.problems],
        "questions": [plain(question) for question in found.official.questions],
    }


def _say_partners(found: "Reconciliation") -> None:
    """Partner by partner how much differs, where there are several; those that the file does not name in a sentence."""
    left_out = found.unnamed
    by = {r.partner: r.partner_name or r.partner or "unknown" for r in found.rows if r.partner not in left_out}
    cells = []
    for partner, name in by.items() if len(by) + len(left_out) > 1 else ():
        own = [row for row in found.rows if row.partner == partner]
        for currency in dict.fromkeys(row.currency for row in own):
            part = [row for row in own if row.currency == currency]
            sums = (sum((getattr(r, side) for r in part), Decimal(0)) for side in ("ours", "paid", "difference"))
            differ = sum(row.kind != "match" for row in part)
            cells.append((name, f"{len(part)}", f"{differ}", *(terminal.amount(n, currency) for n in sums), currency))
    head = ("Partner", "Lines", "Differ", "Statement", "Paid", "Difference", "")
    for line in terminal.table(head, cells, frozenset({1, 2, 3, 4, 5})) if cells else ():
        terminal.say(line)
    if left_out:
        lines = sum(row.partner in left_out for row in found.rows)
        told = f"Not in this file: {', '.join(f'{name} ({id})' for id, name in left_out.items())}"
        terminal.say(f"{told}, {lines} line{'s' * (lines != 1)}. --dispute leaves them alone; --also ID takes one in.")


def _say(found: "Reconciliation", ids: tuple[str, ...]) -> None:
    from partnerdesk.ops.reconcile.classes import DEFINITIONS

    terminal.say(f"{found.official.file} against {found.period}")
    for kind, says in DEFINITIONS.items():
        if number := found.count(kind):
            terminal.say(f"  {number:4}  {kind}: {says}")
    _say_partners(found)
    rows = [row for row in found.rows if row.kind != "match" and row.partner not in found.unnamed]
    cells = [
        (
            *(row.kind, row.partner_name or row.partner, row.line or row.reference),
            *(terminal.amount(n, row.currency) for n in (row.ours, row.paid, row.difference)),
            *(row.currency, row.because, row.place),
        )
        for row in rows
    ]
    head = ("Class", "Partner", "Line", "Statement", "Paid", "Difference", "", "Why", "Where")
    for line in terminal.table(head, cells, frozenset({3, 4, 5})) if cells else ():
        terminal.say(line)
    if found.official.sums:
        terminal.say(f"Left out as sums of others: {', '.join(found.official.sums)}")
    for problem in found.problems:
        terminal.complain(str(problem))
    for question in found.official.questions:
        options = " or ".join(f"--choose '{question.key}={o.value}'" for o in question.options)
        terminal.complain(f"{question.asks} {question.because} {options}")
    if ids:
        terminal.say(f"Raised: {', '.join(ids)}")
