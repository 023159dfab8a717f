"""`partnerdesk statement`: statements as files, or their run as a list."""

import argparse
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.outgoing import note
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.statements.exports import ExportedStatement
    from partnerdesk.queries.statements.closing import Run
    from partnerdesk.store import Store


def statements(arguments: argparse.Namespace) -> int:
    """Writes the files, or with --list shows what stands in the period, or with --verify compares them."""
    from partnerdesk.reports.manifest import manifest_path

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        period = arguments.period or _last_period(store, day)
        place = manifest_path(arguments.out, period)
        if arguments.list:
            from partnerdesk.queries.statements import closing

            _say_run(store.read(closing.run, period, day), arguments.json)
            return 0
        if arguments.verify:
            return _verify(place, arguments.json)
        from partnerdesk.ops.statements.exports import export_statements

        with terminal.Bar() as bar:
            written = store.read(
                export_statements,
                period,
                day,
                arguments.out,
                partners=arguments.partner,
                pages=arguments.pdf,
                revision=arguments.revision,
                progress=bar,
            )
    note(arguments, written)
    _say_written(arguments, written, day, None if arguments.partner else place)
    return 0


def _say_written(
    arguments: argparse.Namespace, written: "Sequence[ExportedStatement]", day: date, manifest: Path | None
) -> None:
    if arguments.json:
        keys = ("partner", "name", "number", "status", "replaced")
        files = [
            {**{k: getattr(w, k) for k in keys}, **{k: str(getattr(w, k)) for k in _FILES if getattr(w, k)}}
            for w in written
        ]
        told = {"manifest": str(manifest)} if manifest else {}
        terminal.say_json({"as_of": day.isoformat(), "statements": files, **told})
        return
    for one in written:
        again = ", replacing an earlier export" if one.replaced else ""
        beside = " and ".join(path.name for path in (one.csv, one.pdf) if path)
        terminal.say(f"{one.name}: {one.number} {one.status}: {one.workbook} and {beside}{again}")
    if manifest:
        terminal.say(f"{terminal.counted(len(written), 'statement')}, each file with its digest in {manifest}")


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


_FILES = ("workbook", "csv", "pdf")


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
    amounts = ("Opening", "Earned", "Change", "Clawed back", "Adjusted", "Paid", "Held", "Payable")
    terminal.say(f"{found.period}, {terminal.counted(len(found.rows), 'statement')}, {len(found.ready)} ready to close")
    for line in terminal.table(("Partner", "Name", "Status", *amounts, "Currency", ""), rows, frozenset(range(3, 11))):
        terminal.say(line)
