"""`partnerdesk statement` and `partnerdesk qbr`: documents as files; or a statement run as a list."""

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal

if TYPE_CHECKING:
    from partnerdesk.queries.statements.closing import Run


def statements(arguments: argparse.Namespace) -> int:
    """Writes the files, or with --list shows what stands in the period."""
    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        if arguments.list:
            from partnerdesk.queries.statements import closing

            _say_run(store.read(closing.run, arguments.period, day), arguments.json)
            return 0
        from partnerdesk.ops.exports import export_statements

        with terminal.Bar() as bar:
            written = store.read(
                export_statements,
                arguments.period,
                day,
                arguments.out,
                partners=arguments.partner,
                pages=arguments.pdf,
                revision=arguments.revision,
                progress=bar,
            )
    if arguments.json:
        keys = ("partner", "name", "number", "status", "replaced")
        files = [
            {**{k: getattr(w, k) for k in keys}, **{k: str(getattr(w, k)) for k in _FILES if getattr(w, k)}}
            for w in written
        ]
        terminal.say_json({"as_of": day.isoformat(), "statements": files})
        return 0
    for one in written:
        again = ", replacing an earlier export" if one.replaced else ""
        beside = " and ".join(path.name for path in (one.csv, one.pdf) if path)
        terminal.say(f"{one.name}: {one.number} {one.status}: {one.workbook} and {beside}{again}")
    return 0


_FILES = ("workbook", "csv", "pdf")


def pack(arguments: argparse.Namespace) -> int:
    """Writes the review pack of one partner and quarter."""
    from partnerdesk.ops.exports import export_pack

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        written = store.read(
            export_pack, arguments.partner, arguments.quarter, day, arguments.out, internal=arguments.internal
        )
    if arguments.json:
        told = {"partner": written.partner, "quarter": written.quarter, "as_of": day.isoformat()}
        terminal.say_json({**told, "path": str(written.path), "pages": list(written.pages)})
        return 0
    again = ", replacing an earlier export" if written.replaced else ""
    terminal.say(f"{written.path}: {len(written.pages)} pages{again}")
    return 0


def _say_run(found: "Run", as_json: bool) -> None:
    from partnerdesk.engine.record import plain

    if as_json:
        terminal.say_json(plain(found) | {"total": f"{found.total:f}"})
        return
    from partnerdesk.reports.format import Formats

    formats = Formats()

    def shown(amount: Decimal) -> str:
        return formats.accounting(amount)

    rows = [
        (
            *(r.partner, r.name, r.status),
            *map(shown, (r.opening, r.earned, r.clawed_back, r.adjusted, r.paid, r.held, r.payable)),
            *(r.currency, r.why),
        )
        for r in found.rows
    ]
    head = ("Partner", "Name", "Status", "Opening", "Earned", "Clawed back", "Adjusted", "Paid", "Held", "Payable")
    terminal.say(f"{found.period}, {len(found.rows)} statements, {len(found.ready)} ready to close")
    for line in terminal.table((*head, "Currency", ""), rows, frozenset(range(3, 10))):
        terminal.say(line)
