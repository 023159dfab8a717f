"""`partnerdesk replay`: whether closed statements still come out as they were sent."""

import argparse

from partnerdesk.cli import books, terminal


def run(arguments: argparse.Namespace) -> int:
    """Says of each closed statement whether it is the same; exit 1 where one is not."""
    from partnerdesk.ops.statements.replaying import replay

    arguments.book = arguments.file or arguments.book
    with books.reading(arguments) as store, terminal.Bar() as bar:
        rows = store.read(replay, arguments.period, arguments.partner, progress=bar)
    wrong = [row for row in rows if not row.is_same]
    if arguments.json:
        keys = ("number", "revision", "partner", "period", "engine", "sha256", "is_complete", "is_same", "difference")
        terminal.say_json({"statements": [{key: getattr(row, key) for key in keys} for row in rows]})
        return 1 if wrong else 0
    for row in rows:
        said = f"differs: {row.difference}" if row.difference else "same"
        partly = "" if row.is_complete else " (rows after the period's end are those of the book today)"
        terminal.say(f"{row.number} v{row.revision} {row.partner}: {said}{partly}")
    terminal.say(f"{len(rows)} replayed, {len(rows) - len(wrong)} the same, {len(wrong)} different")
    return 1 if wrong else 0
