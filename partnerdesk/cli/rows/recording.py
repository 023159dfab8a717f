"""`partnerdesk partner` and `partnerdesk contact`: a partner's own record and its people, shown and changed."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, of_a_book, pairs
from partnerdesk.cli.rows import dealing, facts, merging
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.queries.partners.record import ContactRow, PartnerRecord
    from partnerdesk.store import Store


def records(commands: Commands) -> None:
    """All groups."""
    partner(commands)
    contact(commands)
    facts.typed_facts(commands)
    dealing.deal(commands)


def partner(commands: Commands) -> None:
    """The group with its actions."""
    says = "A partner's own record: names, numbers, status, account, attestations and fields of your own."
    examples = """  partnerdesk partner list
  partnerdesk partner show P-001
  partnerdesk partner add 'Nordlys Data' --set country=NO --set type=reseller
  partnerdesk partner edit P-001 --set 'legal_name=Nordlys Data AS' --set language=nb_NO
  partnerdesk partner merge P-007 into P-001 --preview
  partnerdesk partner edit P-001 --set iban=NO9386011117947 --set 'attribute:Cost centre=4711'

Days are written 2026-09-30; a field without a value is emptied. Closed statements keep the head they were closed
with; a restatement has today's."""
    group = command(commands, "partner", says, examples).add_subparsers(metavar="ACTION", required=True)
    made = command(group, "list", "All partners by name, with their ids.", "  partnerdesk partner list")
    of_a_book(made)
    made.set_defaults(run=list_partners)
    made = command(group, "show", "Every field of a partner, and its contacts.", "  partnerdesk partner show P-001")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    of_a_book(made)
    made.set_defaults(run=show)
    made = command(group, "add", "A new partner; prints its id.", "  partnerdesk partner add 'Nordlys Data'")
    made.add_argument("name", metavar="NAME")
    _settings(made, required=False)
    made.set_defaults(run=add)
    says = "Change fields of a partner, all of them as one step that undo takes back."
    made = command(
        group, "edit", says, "  partnerdesk partner edit P-001 --set segment=enterprise --set region=Nordics"
    )
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    _settings(made, required=True)
    made.set_defaults(run=edit)
    merging.merge(group)


def contact(commands: Commands) -> None:
    """The group with its actions."""
    says = "People: the contacts of a partner, and our own."
    examples = """  partnerdesk contact list P-001
  partnerdesk contact add P-001 'Ilse van Dorp' --set role='Alliance lead' --set email=ilse@nordlys.example --main
  partnerdesk contact add --ours 'Marit Solheim' --set role='Account manager'
  partnerdesk contact edit PE-1004 --set phone='+47 22 00 11 22'
  partnerdesk contact remove PE-1004"""
    group = command(commands, "contact", says, examples).add_subparsers(metavar="ACTION", required=True)
    says = "The contacts of a partner with their ids; ours without one."
    made = command(group, "list", says, "  partnerdesk contact list P-001")
    made.add_argument("partner", nargs="?", metavar="PARTNER", help="the partner's id; our own people without it")
    of_a_book(made)
    made.set_defaults(run=list_)
    made = command(group, "add", "A new contact; prints its id.", "  partnerdesk contact add P-001 'Ilse van Dorp'")
    made.add_argument("who", nargs="+", metavar="PARTNER NAME", help="the partner's id and the name; the name for ours")
    made.add_argument("--ours", action="store_true", help="one of our own people")
    _person(made)
    made.set_defaults(run=add_contact)
    made = command(group, "edit", "Change a contact.", "  partnerdesk contact edit PE-1004 --set role=Director --main")
    made.add_argument("id", metavar="CONTACT")
    _person(made)
    made.set_defaults(run=edit_contact)
    made = command(group, "remove", "Remove a contact whom nothing names.", "  partnerdesk contact remove PE-1004")
    made.add_argument("id", metavar="CONTACT")
    of_a_book(made)
    made.set_defaults(run=remove_contact)


def _settings(made: argparse.ArgumentParser, required: bool) -> None:
    says = "a field and its value; may be repeated"
    made.add_argument("--set", action="append", default=[], required=required, metavar="NAME=VALUE", help=says)
    of_a_book(made, with_day=True)


def _person(made: argparse.ArgumentParser) -> None:
    says = "name, role, email or phone and its value; may be repeated"
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=says)
    main = made.add_mutually_exclusive_group()
    main.add_argument("--main", action="store_true", default=None, help="the main contact of its partner")
    main.add_argument("--not-main", dest="main", action="store_false", help="no longer the main contact")
    of_a_book(made)


def list_partners(arguments: argparse.Namespace) -> int:
    """Says who is in the book."""
    from partnerdesk.queries.partners.people import partner_rows

    with books.reading(arguments) as store:
        found = store.read(partner_rows)
    if arguments.json:
        terminal.say_json({"partners": [{"id": row.id, "name": row.name} for row in found]})
        return 0
    for row in found:
        terminal.say(f"{row.id}  {row.name}")
    if not found:
        terminal.say("No partner yet.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Says a record."""
    from partnerdesk.queries.partners.record import partner_record

    with books.reading(arguments) as store:
        return _told(arguments, store.read(partner_record, arguments.partner))


def add(arguments: argparse.Namespace) -> int:
    """Adds a partner."""
    from partnerdesk.ops.rows.record import add_record

    with books.writing(arguments) as store:
        values = _values(store, "", pairs(arguments.set))
        on, by = books.day_of(store, arguments), books.user()
        id = store.transact("Add partner", add_record, arguments.name, values, on=on, by=by).value
        terminal.say_json({"partner": id}) if arguments.json else terminal.say(id)
    return 0


def edit(arguments: argparse.Namespace) -> int:
    """Changes fields of a record and says what they are then."""
    from partnerdesk.ops.rows.record import edit_record
    from partnerdesk.queries.partners.record import partner_record

    with books.writing(arguments) as store:
        values = _values(store, arguments.partner, pairs(arguments.set))
        on, by = books.day_of(store, arguments), books.user()
        label = f"Edit {', '.join(values)} of {arguments.partner}"
        store.transact(label, edit_record, arguments.partner, values, {}, on=on, by=by)
        return _told(arguments, store.read(partner_record, arguments.partner), tuple(values))


def _values(store: "Store", partner: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the fields read it."""
    from partnerdesk.ops.rows.record_fields import Known, named
    from partnerdesk.queries.partners.people import partner_rows, people

    partners = {row.id: row.name for row in store.read(partner_rows) if row.id != partner}
    known = Known(partners, {row.id: row.name for row in store.read(people, None)})
    return {name: named(name).read(text, known) for name, text in given.items()}


def _told(arguments: argparse.Namespace, found: "PartnerRecord", only: Sequence[str] = ()) -> int:
    """Says fields of a record, all of them and the contacts by default."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.ops.rows.record_fields import FIELDS, OWN, named, value_of

    declared = {f.attribute.lower() for f in FIELDS if f.attribute}
    own = [OWN + name for name in sorted(found.partner.attributes) if name.lower() not in declared]
    names = only or (*(f.name for f in FIELDS), *own)
    values = {name: value_of(found.partner, named(name)) for name in names}
    if arguments.json:
        contacts = {} if only else {"contacts": [plain(row) for row in found.contacts]}
        terminal.say_json({"partner": found.partner.id, "record": plain(values), **contacts})
        return 0
    terminal.say(f"{found.partner.name} ({found.partner.id})")
    for name, value in values.items():
        terminal.say(f"  {name}: {'' if value is None else value}")
    for row in () if only else found.contacts:
        terminal.say(f"  contact {_words(row)}")
    return 0


def _words(row: "ContactRow") -> str:
    """Somebody in one line."""
    parts = (row.name, row.role, row.email, row.phone, "main contact" if row.main else "")
    return f"{row.id}  {', '.join(part for part in parts if part)}"


def list_(arguments: argparse.Namespace) -> int:
    """Says the contacts of a partner, or our own people."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.partners.record import contacts_of

    with books.reading(arguments) as store:
        found = store.read(contacts_of, arguments.partner)
    if arguments.json:
        terminal.say_json({"contacts": [plain(row) for row in found]})
        return 0
    for row in found:
        terminal.say(_words(row))
    if not found:
        terminal.say("No contact yet.")
    return 0


def add_contact(arguments: argparse.Namespace) -> int:
    """Adds somebody."""
    from partnerdesk.ops.rows.record import add_contact
    from partnerdesk.ops.rows.record_fields import person_fields

    whose, *names = [None, *arguments.who] if arguments.ours else arguments.who
    if len(names) != 1:
        raise Refused("Name the partner and the contact.", "partnerdesk contact add P-001 'Ilse van Dorp'")
    if arguments.ours and arguments.main:
        raise Refused("Only a partner has a main contact.", "Leave out --main.")
    values = person_fields({"name": names[0], **pairs(arguments.set)})
    return _step(arguments, "Add contact", partial(add_contact, partner=whose, fields=values, main=arguments.main))


def edit_contact(arguments: argparse.Namespace) -> int:
    """Changes somebody."""
    from partnerdesk.ops.rows.record import edit_contact
    from partnerdesk.ops.rows.record_fields import person_fields

    values = person_fields(pairs(arguments.set))
    if not values and arguments.main is None:
        raise Refused("Nothing is to be changed.", "Add --set NAME=VALUE, --main or --not-main.")
    label = f"Edit {arguments.id}"
    return _step(arguments, label, partial(edit_contact, id=arguments.id, fields=values, main=arguments.main))


def _step(arguments: argparse.Namespace, label: str, op: Callable[..., Any]) -> int:
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.partners.record import contact_named

    with books.writing(arguments) as store:
        id = store.transact(label, op, by=books.user()).value
        row = store.read(contact_named, id)
    terminal.say_json(plain(row)) if arguments.json else terminal.say(_words(row))
    return 0


def remove_contact(arguments: argparse.Namespace) -> int:
    """Removes somebody."""
    from partnerdesk.ops.rows.partners import remove_person

    with books.writing(arguments) as store:
        store.transact(f"Remove {arguments.id}", remove_person, arguments.id, by=books.user())
    terminal.say_json({"removed": arguments.id}) if arguments.json else terminal.say(f"{arguments.id} is removed.")
    return 0
