"""`partnerdesk backup` and `partnerdesk check`: a verified copy of a book, and whether a book is in order."""

import argparse

from partnerdesk.cli import books, terminal


def back_up(arguments: argparse.Namespace) -> int:
    """Makes a verified backup, or with --list names those there are."""
    with books.reading(arguments) as store:
        made = store.backups() if arguments.list else [store.backup(arguments.reason)]
    if arguments.json:
        listed = [{"path": str(b.path), "at": b.at.isoformat(), "reason": b.reason, "sha256": b.sha256} for b in made]
        terminal.say_json({"backups": listed})
        return 0
    for backup in made:
        terminal.say(f"{backup.at:%Y-%m-%d %H:%M} UTC  {backup.reason}  {backup.path}")
    if not made:
        terminal.say("There is no backup of this book yet.")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Says what is wrong with a book; exit 1 where something is. Nothing is repaired."""
    with books.reading(arguments) as store:
        found = store.check()
    if arguments.json:
        listed = [{"category": f.category, "sentence": f.sentence, "remedy": f.remedy} for f in found]
        terminal.say_json({"findings": listed})
    for finding in [] if arguments.json else found:
        terminal.say(f"{finding.category}: {finding.sentence} {finding.remedy}".strip())
    if not found and not arguments.json:
        terminal.say("The book is in order.")
    return 1 if found else 0
