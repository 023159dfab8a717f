"""`partnerdesk fact`: what is known of a partner, shown and typed; files bring the same with `partnerdesk import`."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, of_a_book, pairs
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Fact
    from partnerdesk.store import Store

FREE = "attribute:"


def typed_facts(commands: Commands) -> None:
    """The group with its actions."""
    says = "Facts about a partner that somebody types: observations, tier decisions, enrolments, targets and more."
    examples = """  partnerdesk fact kinds
  partnerdesk fact list P-001 observation
  partnerdesk fact add P-001 observation --set metric=fit --set day=2026-10-01 --set value=4 --set evidence=Interview
  partnerdesk fact add P-001 tier_decision --set tier=Gold --set day=2027-01-01 --set 'reason=agreed with the board'
  partnerdesk fact edit certification Z-1004 --set expires=2028-02-28
  partnerdesk fact remove observation OB-1001

Days are written 2026-09-30, amounts 1234.56, yes or no; a field without a value is emptied. Free attributes are
set as attribute:NAME=VALUE."""
    group = command(commands, "fact", says, examples).add_subparsers(metavar="ACTION", required=True)
    made = command(group, "kinds", "The kinds that are typed, with their fields.", "  partnerdesk fact kinds")
    made.add_argument("--json", action="store_true", help="as JSON")
    made.set_defaults(run=kinds)
    made = command(group, "list", "The rows of a partner.", "  partnerdesk fact list P-001 enrolment")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("kind", nargs="?", metavar="KIND", help="only this kind")
    of_a_book(made)
    made.set_defaults(run=list_)
    example = "  partnerdesk fact add P-001 enrolment --set program=harbour --set module=small --set day=2026-07-01"
    made = command(group, "add", "A new row; prints its id.", example)
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("kind", metavar="KIND")
    _settings(made)
    made.set_defaults(run=add)
    made = command(
        group, "edit", "Change fields of a row.", "  partnerdesk fact edit target TG-1001 --set amount=250000"
    )
    _row(made)
    _settings(made)
    made.set_defaults(run=edit)
    made = command(group, "remove", "Remove a row that nothing names.", "  partnerdesk fact remove observation OB-1001")
    _row(made)
    of_a_book(made)
    says = "also where closed statements rest on it; the next statement corrects what they posted"
    made.add_argument("--accept", action="store_true", help=says)
    made.set_defaults(run=remove)


def _row(made: argparse.ArgumentParser) -> None:
    made.add_argument("kind", metavar="KIND")
    made.add_argument("id", metavar="ID")


def _settings(made: argparse.ArgumentParser) -> None:
    says = "a field and its value; may be repeated"
    made.add_argument("--set", action="append", default=[], required=True, metavar="NAME=VALUE", help=says)
    of_a_book(made, with_day=True)


def kinds(arguments: argparse.Namespace) -> int:
    """Says the kinds with their fields."""
    from partnerdesk.ops.rows.typed import TYPED, fields_of, is_needed

    if arguments.json:
        fields = {kind: {a.name: a.says for a in fields_of(kind)} for kind in TYPED}
        terminal.say_json(fields)
        return 0
    for kind in TYPED:
        terminal.say(kind)
        for a in fields_of(kind):
            terminal.say(f"  {a.name}: {a.says}{' (needed)' if is_needed(kind, a) else ''}")
    return 0


def list_(arguments: argparse.Namespace) -> int:
    """Says the rows of a partner."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.ops.rows.typed import TYPED, fields_of
    from partnerdesk.queries.partners.typed import partner_facts

    wanted = TYPED
    if arguments.kind:
        fields_of(arguments.kind)
        wanted = [arguments.kind]
    with books.reading(arguments) as store:
        found = store.read(partner_facts, arguments.partner, wanted)
    if arguments.json:
        terminal.say_json({kind: [plain(row) for row in found.rows[kind]] for kind in wanted})
        return 0
    for kind in wanted:
        for row in found.rows[kind]:
            terminal.say(f"{kind}  {_words(kind, row)}")
    return 0


def _words(kind: str, row: "Fact") -> str:
    """A row in one line, with where it comes from."""
    from partnerdesk.ops.rows.typed import fields_of

    values = ((a.name, getattr(row, a.name)) for a in fields_of(kind))
    said = ", ".join(f"{name}={value}" for name, value in values if value not in (None, ""))
    return f"{row.id}  {said}  [{row.source or 'typed'}]"


def add(arguments: argparse.Namespace) -> int:
    """Adds a row."""
    from partnerdesk.ops.rows.typed import add_fact

    with books.writing(arguments) as store:
        on, by, kind = books.day_of(store, arguments), books.user(), arguments.kind
        values, free = _values(store, kind, arguments.partner, pairs(arguments.set))
        label = f"Add {kind.replace('_', ' ')}"
        id = store.transact(label, add_fact, kind, arguments.partner, values, free, on=on, by=by).value
        terminal.say_json({kind: id}) if arguments.json else terminal.say(id)
    return 0


def edit(arguments: argparse.Namespace) -> int:
    """Changes fields of a row."""
    from partnerdesk.ops.rows.typed import edit_fact
    from partnerdesk.queries.statements.resting import corrected_later, resting_period

    with books.writing(arguments) as store:
        row = _present(store, arguments)
        partner = getattr(row, "partner", None) or ""
        values, free = _values(store, arguments.kind, partner, pairs(arguments.set))
        kept = {k: v for k, v in {**row.attributes, **free}.items() if v}
        label = f"Edit {arguments.kind.replace('_', ' ')}"
        store.transact(label, edit_fact, arguments.kind, row.id, row, values, kept, by=books.user())
        if period := store.read(resting_period, arguments.kind, row.id):
            terminal.complain(corrected_later(period))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Removes a row; with --accept one that closed statements rest on."""
    from partnerdesk.ops.rows.typed import remove_fact

    with books.writing(arguments) as store:
        row = _present(store, arguments)
        label, said = f"Remove {arguments.kind.replace('_', ' ')}", {"accepted": arguments.accept, "by": books.user()}
        store.transact(label, remove_fact, arguments.kind, row.id, row, **said)
    return 0


def _present(store: "Store", arguments: argparse.Namespace) -> "Fact":
    from partnerdesk.ops.rows.facts import present_row
    from partnerdesk.ops.rows.typed import fields_of

    fields_of(arguments.kind)
    return store.read(present_row, arguments.kind, arguments.id)


def _values(store: "Store", kind: str, partner: str, given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed, as the fields read it, and the free attributes."""
    from partnerdesk.ops.rows.typed import fields_of
    from partnerdesk.ops.rows.typed_text import read_field
    from partnerdesk.queries.partners.typed import partner_facts

    fields = {a.name: a for a in fields_of(kind)}
    names = store.read(partner_facts, partner, [kind]).names if partner else {}
    values, free = {}, {}
    for name, text in given.items():
        if name.startswith(FREE):
            free[name.removeprefix(FREE).strip()] = text.strip()
        elif name not in fields:
            raise Refused(f"A {kind.replace('_', ' ')} has no field “{name}”.", f"Its fields are {', '.join(fields)}.")
        else:
            values[name] = read_field(fields[name], text, names.get(fields[name].to, {}))
    return values, free
