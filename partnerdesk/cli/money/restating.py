"""`partnerdesk restate`: a closed statement issued again, every figure the same."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Writes the next revision and says which it is."""
    from partnerdesk.ops.statements.restating import restate
    from partnerdesk.queries.statements.approvals import step_label

    with books.writing(arguments) as store:
        if not arguments.anyway:
            _refuse_same(store, arguments)
        done = store.transact(
            step_label(f"Restate {arguments.period} of {arguments.partner}", arguments.maker, arguments.checker),
            restate,
            arguments.partner,
            arguments.period,
            books.day_of(store, arguments),
            reason=arguments.reason,
            maker=arguments.maker,
            checker=arguments.checker,
            at=books.moment(),
        )
    terminal.warn_alone(arguments.maker, arguments.checker)
    row = done.value
    if arguments.json:
        keys = ("number", "partner", "period", "revision", "because", "sha256", "maker", "checker")
        terminal.say_json({key: getattr(row, key) for key in keys})
        return 0
    terminal.say(f"{row.number} v{row.revision} of {row.partner} takes the place of v{row.revision - 1}: {row.because}")
    return 0


def _refuse_same(store: "Store", arguments: argparse.Namespace) -> None:
    """Raises Refused where the next revision would say nothing else than the last one."""
    from partnerdesk.ops.statements.restating import UNCHANGED, unchanged_since

    day = books.day_of(store, arguments)
    last = store.read(unchanged_since, arguments.partner, arguments.period, day)
    if last is not None:
        raise Refused(UNCHANGED.format(last), "Add --anyway where it was never sent, or has to be issued again.")
