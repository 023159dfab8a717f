"""`partnerdesk deal`: deals listed, shown, added, edited, won, lost, slipped and opened again."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, amount, command, day, of_a_book, pairs

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deals import DealRow, DealView
    from partnerdesk.store import Store

EXAMPLES = """  partnerdesk deal list --partner P-001 --status open
  partnerdesk deal add 'Harbour rollout' --partner P-001 --set customer='Port of Bergen' --set amount=48000
  partnerdesk deal edit D-1004 --set expected_close=2026-12-12 --set stage=Proposal
  partnerdesk deal won D-1004 --amount 46500
  partnerdesk deal lost D-1005 --reason 'the budget went elsewhere'

Days are written 2026-09-30, amounts 1234.56; a field without a value is emptied. A customer that is not known yet is
added. Fields of your own are set as attribute:NAME=VALUE."""


def deal(commands: Commands) -> None:
    """The group with its actions."""
    group = command(commands, "deal", "Deals of all partners.", EXAMPLES).add_subparsers(
        metavar="ACTION", required=True
    )
    says = "Deals with their ids: open ones by expected close, then the others, the newest first."
    made = command(group, "list", says, "  partnerdesk deal list --status open")
    made.add_argument("--partner", metavar="ID", help="of this partner only")
    made.add_argument("--status", choices=("open", "won", "lost"), help="only these")
    of_a_book(made)
    made.set_defaults(run=list_)
    made = _one(group, "show", "Every field of a deal, its way through the stages and its shares.", show)
    of_a_book(made)
    made = command(group, "add", "A new open deal; prints its id.", "  partnerdesk deal add 'Rollout' --partner P-001")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--partner", metavar="ID", help="whose it is; nobody's without it")
    _settings(made, required=False)
    made.set_defaults(run=add)
    made = _one(group, "edit", "Change fields of a deal, all of them as one step that undo takes back.", edit)
    _settings(made, required=True)
    says = "also where it changes its partner under closed statements; the next ones correct what they posted"
    made.add_argument("--accept", action="store_true", help=says)
    _ends(group)


def _ends(group: Commands) -> None:
    made = _one(group, "won", "It was won, for the amount that was signed.", won)
    made.add_argument("--amount", type=amount, metavar="AMOUNT", help="what was signed; its amount so far by default")
    _on(made)
    made = _one(group, "lost", "It was lost, for a reason.", lost)
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence")
    _on(made)
    made = _one(group, "slip", "It closes later than expected, for a reason.", slip)
    made.add_argument("--until", required=True, type=day, metavar="DAY", help="when it closes now")
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence")
    _on(made)
    _on(_one(group, "reopen", "A deal that was won or lost is open again, in its last stage.", reopen))


def _one(group: Commands, name: str, says: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    made = command(group, name, says, f"  partnerdesk deal {name} D-1004{_MORE.get(name, '')}")
    made.add_argument("deal", metavar="DEAL", help="the deal's id")
    made.set_defaults(run=run)
    return made


_MORE = {
    "edit": " --set expected_close=2026-12-12",
    "lost": " --reason 'the budget went elsewhere'",
    "slip": " --until 2027-01-31 --reason 'their board meets in January'",
}


def _settings(made: argparse.ArgumentParser, required: bool) -> None:
    says = "a field and its value; may be repeated"
    made.add_argument("--set", action="append", default=[], required=required, metavar="NAME=VALUE", help=says)
    of_a_book(made, with_day=True)


def _on(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--on", type=day, metavar="DAY", help="the day on which it happened; the day of the book by default"
    )
    of_a_book(made, with_day=True)


def list_(arguments: argparse.Namespace) -> int:
    """Says the deals, one a line."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.pipeline.deals import deals

    with books.reading(arguments) as store:
        found = store.read(deals, arguments.partner, arguments.status)
    if arguments.json:
        terminal.say_json({"deals": [plain(row) for row in found]})
        return 0
    for row in found:
        terminal.say(_words(row))
    if not found:
        terminal.say("No deal.")
    return 0


def _words(row: "DealRow") -> str:
    """A deal in one line."""
    worth = f"{terminal.amount(row.amount, row.currency)} {row.currency}" if row.amount is not None else "no amount"
    closes = f"closes {row.expected_close}" if row.status == "open" and row.expected_close else ""
    state = f"{row.status} on {row.closed}" if row.closed else row.status
    parts = (row.name, row.partner_name or "no partner", row.customer_name, worth, state, row.stage, closes)
    return f"{row.id}  {', '.join(part for part in parts if part)}"


def show(arguments: argparse.Namespace) -> int:
    """Says all of a deal."""
    with books.reading(arguments) as store:
        view = _present(store, arguments.deal)
    return _told(arguments, view)


def add(arguments: argparse.Namespace) -> int:
    """Adds a deal."""
    from partnerdesk.ops.rows.deals import add_deal

    with books.writing(arguments) as store:
        values = {"partner": None, "name": arguments.name, "customer": None} | _values(store, _given(arguments))
        values["customer"] = values["customer"] or ""
        if arguments.partner:
            values |= _values(store, {"partner": arguments.partner})
        on, by = books.day_of(store, arguments), books.user()
        id = store.transact("Add deal", add_deal, on=on, by=by, **values).value
        terminal.say_json({"deal": id}) if arguments.json else terminal.say(id)
    return 0


def edit(arguments: argparse.Namespace) -> int:
    """Changes fields of a deal and says what it is then."""
    from partnerdesk.ops.rows.deals import edit_deal

    with books.writing(arguments) as store:
        _present(store, arguments.deal)
        values = _values(store, _given(arguments))
        said = {"on": books.day_of(store, arguments), "accepted": arguments.accept, "by": books.user()}
        store.transact(f"Edit {', '.join(values)} of {arguments.deal}", edit_deal, arguments.deal, values, **said)
        return _done(store, arguments)


def won(arguments: argparse.Namespace) -> int:
    """Marks a deal as won."""
    from partnerdesk.ops.rows.deals import mark_won

    return _step(arguments, f"Mark {arguments.deal} as won", mark_won, amount=arguments.amount)


def lost(arguments: argparse.Namespace) -> int:
    """Marks a deal as lost."""
    from partnerdesk.ops.rows.deals import mark_lost

    return _step(arguments, f"Mark {arguments.deal} as lost", mark_lost, reason=arguments.reason)


def slip(arguments: argparse.Namespace) -> int:
    """Moves the day on which a deal should close."""
    from partnerdesk.ops.rows.deals import slip_deal

    said = {"until": arguments.until, "reason": arguments.reason}
    return _step(arguments, f"Move {arguments.deal} to a later day", slip_deal, **said)


def reopen(arguments: argparse.Namespace) -> int:
    """Opens a deal again."""
    from partnerdesk.ops.rows.deals import reopen_as_before

    return _step(arguments, f"Reopen {arguments.deal}", reopen_as_before)


def _step(arguments: argparse.Namespace, label: str, op: Callable[..., Any], **said: Any) -> int:
    with books.writing(arguments) as store:
        _present(store, arguments.deal)
        on = arguments.on or books.day_of(store, arguments)
        store.transact(label, op, arguments.deal, on=on, by=books.user(), **said)
        return _done(store, arguments)


def _done(store: "Store", arguments: argparse.Namespace) -> int:
    """Says a deal as it stands now, and whether closed statements rest on it."""
    from partnerdesk.queries.statements.resting import corrected_later, resting_deals

    _told(arguments, _present(store, arguments.deal))
    if period := store.read(resting_deals, [arguments.deal]):
        terminal.complain(corrected_later(period))
    return 0


def _given(arguments: argparse.Namespace) -> dict[str, str]:
    return pairs(arguments.set)


def _values(store: "Store", given: dict[str, str]) -> dict[str, Any]:
    """What was typed, as the fields read it."""
    from partnerdesk.ops.rows.deal_fields import deal_names, read_deal

    return read_deal(given, store.read(deal_names))


def _present(store: "Store", id: str) -> "DealView":
    from partnerdesk.queries.pipeline.deals import deal_view
    from partnerdesk.queries.unknown import no_row

    found = store.read(deal_view, id)
    if found is None:
        raise store.read(no_row, "deal", id)
    return found


def _told(arguments: argparse.Namespace, view: "DealView") -> int:
    """Says a deal with its stages and shares."""
    from partnerdesk.engine.outcome.record import plain

    if arguments.json:
        terminal.say_json(plain(view))
        return 0
    terminal.say(_words(view.deal))
    for name, value in plain(view.deal).items():
        if name not in ("id", "name") and value not in (None, ""):
            terminal.say(f"  {name}: {value}")
    for row in view.stages:
        slipped = f", slipped to {row.slipped_to}: {row.because}" if row.slipped_to else ""
        terminal.say(f"  {row.day or 'no day'}  {row.stage or 'no stage'}{slipped}")
    for credit in view.credits:
        terminal.say(f"  {credit.partner_name} has {credit.share.normalize():f} of it, {credit.role}")
    return 0
