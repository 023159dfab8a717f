"""`partnerdesk opening`: balances of partners taken over, entered and listed; closing their period confirms them."""

import argparse
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import amount, day
from partnerdesk.errors import Refused

_READ: Mapping[str, Callable[[str], Any]] = {"amount": amount, "due": day, "event": day}
_TEXTS = ("kind", "currency", "line", "earning", "waits_for", "deal", "contract", "customer", "product")


def enter(arguments: argparse.Namespace) -> int:
    """Writes the balances and says what they come to."""
    from partnerdesk.ops.openings.entering import enter_opening

    balances = [_fields(text) for text in arguments.balance]
    with books.writing(arguments) as store:
        store.transact(
            f"Enter the opening of {arguments.partner}",
            enter_opening,
            arguments.partner,
            arguments.day,
            balances,
            evidence=arguments.evidence,
            by=books.user(),
        )
    return list_(arguments)


def _fields(text: str) -> dict[str, Any]:
    """The fields of a balance from its words. Raises Refused for a field or value that there is not."""
    found: dict[str, Any] = {}
    for word in shlex.split(text):
        name, is_given, value = word.partition("=")
        if not is_given or name not in (*_READ, *_TEXTS, "if_active"):
            fields = ", ".join((*_READ, *_TEXTS, "if_active"))
            raise Refused(f"“{word}” is no field of a balance.", f"Write FIELD=VALUE; the fields are {fields}.")
        try:
            found[name] = value == "yes" if name == "if_active" else _READ.get(name, str)(value)
        except argparse.ArgumentTypeError as wrong:
            raise Refused(f"{name}: {wrong}.", "Nothing was entered.") from None
    return found


def list_(arguments: argparse.Namespace) -> int:
    """The balances of all partners, or of one."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.statements.openings import openings

    with books.reading(arguments) as store:
        found = store.read(openings, arguments.partner)
    if arguments.json:
        terminal.say_json([plain(view) for view in found])
        return 0
    for view in found:
        state = "confirmed" if view.is_confirmed else "not confirmed yet: close its period"
        terminal.say(f"{view.partner}, balances of {view.day}, {state}")
        for row in view.rows:
            due = f", {row.waits_for or 'on'} {row.due or ''}".rstrip() if row.due or row.waits_for else ""
            line = f", line {row.line}" if row.line else ""
            amount = f"{terminal.amount(row.amount, row.currency)} {row.currency}"
            terminal.say(f"  {row.kind} {amount}{due}{line}, {row.evidence or row.source}")
    if not found:
        terminal.say("No partner was taken over.")
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Takes the balances away."""
    from partnerdesk.ops.openings.entering import remove_opening

    with books.writing(arguments) as store:
        store.transact(f"Remove the opening of {arguments.partner}", remove_opening, arguments.partner)
    terminal.say(f"{arguments.partner} has no opening balances.")
    return 0
