"""`partnerdesk statement`: statements as files, or their run as a list."""

import argparse
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.statements.written import ExportedStatement, StatementRun
    from partnerdesk.queries.statements.closing import Run
    from partnerdesk.store import Store


def statements(arguments: argparse.Namespace) -> int:
    """Writes the files, or with --list shows what stands in the period, or with --verify compares them."""
    from partnerdesk.reports.manifest import manifest_path

    # The bar ends last: what was written before Ctrl-C goes on record, too.
    with terminal.WholeSteps() as bar, books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        period = arguments.period or _last_period(store, day)
        place = manifest_path(arguments.out, period)
        if arguments.list:
            from partnerdesk.ops.statements.before_closing import doubts
            from partnerdesk.queries.statements import closing

            _say_run(store.read(closing.run, period, day), arguments.json)
            for problem in store.read(doubts, period, day):
                terminal.complain(str(problem))
            return 0
        if arguments.verify:
            return _verify(place, arguments.json)
        from partnerdesk.ops.statements.exports import export_run

        more = {"partners": arguments.partner, "pages": arguments.pdf, "revision": arguments.revision}
        run = store.read(export_run, period, day, arguments.out, **more, progress=bar)
        store.close()
        note(arguments, run)
    return _say_written(arguments, run, day, None if arguments.partner else place)


def _say_written(arguments: argparse.Namespace, run: "StatementRun", day: date, manifest: Path | None) -> int:
    """Tells of every file; what could not be written makes the command fail, once everything else is there."""
    if arguments.json:
        keys = ("partner", "name", "number", "status", "replaced")
        files = [
            {**{k: getattr(w, k) for k in keys}, **{k: str(path) for k, path in _files_of(w)}} for w in run.written
        ]
        told: dict[str, object] = {"manifest": str(manifest)} if manifest else {}
        told |= {"left_out": [asdict(one) for one in run.left_out]} if run.left_out else {}
        told |= {"not_reached": run.stopped} if run.stopped else {}
        terminal.say_json({"as_of": day.isoformat(), "statements": files, **told})
        return terminal.STOPPED if run.stopped else 1 if run.left_out else 0
    for one in run.written:
        again = ", replacing an earlier export" if one.replaced else ""
        first, *others = (path for _, path in _files_of(one))
        beside = f" and {' and '.join(path.name for path in others)}" if others else ""
        terminal.say(f"{one.name}: {one.number} {one.status}: {first}{beside}{again}")
    if manifest:
        terminal.say(f"{terminal.counted(len(run.written), 'statement')}, each file with its digest in {manifest}")
    code = terminal.say_left_out(run.left_out)
    return terminal.say_stopped(run.stopped, "statement") if run.stopped else code


def _files_of(one: "ExportedStatement") -> list[tuple[str, Path]]:
    """What was written of a statement, by what it is."""
    there = {listed.file for listed in one.listed}
    return [(name, path) for name in _FILES if (path := getattr(one, name)) is not None and path.name in there]


def _last_period(store: "Store", day: date) -> str:
    """The newest period that has ended."""
    from partnerdesk.queries.statements.closing import statement_periods

    ended = [period.label for period in store.read(statement_periods, day) if period.end <= day]
    if not ended:
        raise Refused("No statement period has ended yet.", "Name a period, such as 2026-09.")
    return ended[0]


def _verify(manifest: Path, as_json: bool) -> int:
    """Compares files with what their run wrote."""
    from partnerdesk.reports.manifest import changed_files

    changed = list(changed_files(manifest))
    if as_json:
        terminal.say_json({"manifest": str(manifest), "changed": changed})
    else:
        terminal.say("\n".join(f"{name} is missing, or not what the run wrote" for name in changed) or "all as written")
    return 1 if changed else 0


_FILES = ("workbook", "csv", "movements", "funds", "pdf")


def _say_run(found: "Run", as_json: bool) -> None:
    from partnerdesk.engine.outcome.record import plain

    if as_json:
        terminal.say_json(plain(found) | {"total": f"{found.total:f}"})
        return
    from partnerdesk.reports.format import Formats

    formats = Formats(places=decimals(found.currency))

    def shown(amount: Decimal) -> str:
        return formats.accounting(amount)

    rows = [
        (
            *(r.partner, r.name, r.status),
            *map(shown, (r.opening, r.earned)),
            "" if r.change is None else formats.change(r.change),
            *map(shown, (r.clawed_back, r.adjusted, r.paid, r.held, r.payable)),
            *(r.currency, r.why),
        )
        for r in found.rows
    ]
    amounts = ("Opening", "Earned", "Change", "Taken back", "Adjusted", "Paid", "Held", "Payable")
    terminal.say(f"{found.period}, {terminal.counted(len(found.rows), 'statement')}, {len(found.ready)} ready to close")
    for line in terminal.table(("Partner", "Name", "Status", *amounts, "Currency", ""), rows, frozenset(range(3, 11))):
        terminal.say(line)
