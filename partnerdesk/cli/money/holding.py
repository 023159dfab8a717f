"""`partnerdesk hold`: payables of a deal, a customer or a partner put on hold, listed and released."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, day, of_a_book

if TYPE_CHECKING:
    from partnerdesk.queries.statements.holds import HoldRow
    from partnerdesk.store import Store


def hold(commands: Commands) -> None:
    """The group with its actions."""
    says = "What is payable of a deal, a customer or a partner, kept back until it is released."
    examples = """  partnerdesk hold place P-001 --deal D-17 --reason 'the order is under inquiry'
  partnerdesk hold list
  partnerdesk hold release HO-1001 --reason 'the order is confirmed'"""
    group = command(commands, "hold", says, examples).add_subparsers(metavar="ACTION", required=True)
    _place(group)
    made = command(group, "list", "Holds that stand, the oldest at the top.", "  partnerdesk hold list --all")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    made.add_argument("--all", action="store_true", help="released ones as well")
    of_a_book(made, with_day=True)
    made.set_defaults(run=list_)
    says = "End a hold: what it kept is payable again from the day on, and paid with that period."
    made = command(group, "release", says, "  partnerdesk hold release HO-1001 --reason 'the order is confirmed'")
    made.add_argument("id", metavar="HOLD")
    _why(made)
    made.set_defaults(run=release)


def _place(group: Commands) -> None:
    says = "Put a partner, or one of its deals or customers, on hold. Nothing is lost: it waits in held."
    examples = """  partnerdesk hold place P-001 --reason 'its bank account is being checked'
  partnerdesk hold place P-001 --customer C-4 --reason 'the customer disputes the invoice' --from 2026-10-01"""
    made = command(group, "place", says, examples)
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--deal", default="", metavar="ID", help="this deal only")
    which.add_argument("--customer", default="", metavar="ID", help="this customer only")
    _why(made)
    made.set_defaults(run=place)


def _why(made: argparse.ArgumentParser) -> None:
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, as the partner reads it")
    says = "the day in an open period; the day of the figures by default"
    made.add_argument("--from", dest="on", type=day, metavar="DAY", help=says)
    of_a_book(made, with_day=True)


def place(arguments: argparse.Namespace) -> int:
    """Puts something on hold, and says what of it is with finance already."""
    from partnerdesk.ops.statements.holds import place_hold
    from partnerdesk.queries.statements.holds import with_finance

    with books.writing(arguments) as store:
        on = arguments.on or books.day_of(store, arguments)
        of = {"deal": arguments.deal, "customer": arguments.customer}
        said = {"reason": arguments.reason, "day": on, "by": books.user()}
        name = arguments.deal or arguments.customer or arguments.partner
        scope = "deal" if arguments.deal else "customer" if arguments.customer else "partner"
        issued = store.read(with_finance, arguments.partner, scope, name, books.day_of(store, arguments))
        id = store.transact(f"Hold on {name}", place_hold, arguments.partner, **of, **said).value
        if issued.amount:
            amount = f"{terminal.amount(issued.amount, issued.currency)} {issued.currency}"
            way = " or ".join(f"`partnerdesk payments withdraw {item} --reason ...`" for item in issued.items)
            terminal.complain(f"{amount} of it are with finance already, which no hold stops; take it back with {way}.")
        return _told(store, arguments, id)


def release(arguments: argparse.Namespace) -> int:
    """Ends a hold."""
    from partnerdesk.ops.statements.holds import release_hold

    with books.writing(arguments) as store:
        on = arguments.on or books.day_of(store, arguments)
        said = {"reason": arguments.reason, "day": on, "by": books.user()}
        store.transact(f"Release {arguments.id}", release_hold, arguments.id, **said)
        return _told(store, arguments, arguments.id)


def list_(arguments: argparse.Namespace) -> int:
    """Holds that stand, or all."""
    from partnerdesk.queries.statements.holds import holds

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        rows = [r for r in store.read(holds, day, arguments.partner) if arguments.all or r.stands]
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"as_of": day.isoformat(), "holds": [plain(row) for row in rows]})
        return 0
    for row in rows:
        terminal.say(_words(row))
    if not rows:
        terminal.say("No hold." if arguments.all else "Nothing is on hold.")
    return 0


def _told(store: "Store", arguments: argparse.Namespace, id: str) -> int:
    """Says a hold as it stands now."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.statements.holds import hold_named

    row = store.read(hold_named, id, books.day_of(store, arguments))
    if arguments.json:
        terminal.say_json(plain(row))
    else:
        terminal.say(_words(row))
    return 0


def _words(row: "HoldRow") -> str:
    """A hold in one line."""
    of = "everything" if row.scope == "partner" else f"{row.scope} {row.name}"
    state = f"keeps {terminal.amount(row.kept, row.currency)} {row.currency}, {terminal.counted(row.days, 'day')}"
    if row.released is not None:
        state = f"released on {row.released} by {row.released_by}: {row.release_reason}"
    return f"{row.id}  {row.partner_name}, {of}  since {row.day} by {row.placed_by}: {row.reason}  {state}"
