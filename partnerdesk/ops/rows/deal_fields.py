"""The fields of a deal that a person types, as texts: how it ended is no field, it has verbs of its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Attribute, attributes
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.typed_text import read_field
from partnerdesk.queries.facts import facts
from partnerdesk.queries.partners.people import partner_rows, people

FREE = "attribute:"  # before the name of a field of one's own
_ENDS = frozenset({"status", "closed", "lost_reason"})
_OWN = frozenset({"id", "attributes", "known_on"})


def deal_fields() -> tuple[Attribute, ...]:
    """The fields, in the order of the declaration."""
    return tuple(a for a in attributes("deal") if a.name not in _ENDS | _OWN)


def deal_names(session: Session) -> dict[str, dict[str, str]]:
    """What a deal may name, by kind: names by id of partners, of our people, and of products."""
    products = facts(session, kinds=("product",)).of("product")
    return {
        "partner": {row.id: row.name for row in partner_rows(session)},
        "person": {row.id: row.name for row in people(session, None)},
        "product": {row.id: row.name or row.id for row in products},
    }


def read_deal(given: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The values of typed fields, those of one's own under `attributes`; a customer stays the text that was typed, for
    one that is not known is added.

    Raises Refused for a field that a deal has not, or that has a verb of its own, and for what cannot be read.
    """
    fields, values, free = {a.name: a for a in deal_fields()}, dict[str, Any](), dict[str, str]()
    for name, text in given.items():
        if name.startswith(FREE):
            free[name.removeprefix(FREE).strip()] = text.strip()
            continue
        if name in _ENDS:
            raise Refused(f"“{name}” is set by how a deal ends.", "Use deal won, deal lost, deal slip or deal reopen.")
        if name not in fields:
            raise Refused(f"A deal has no field “{name}”.", f"Its fields are {', '.join(fields)}.")
        field = fields[name]
        values[name] = text.strip() or None if name == "customer" else read_field(field, text, names.get(field.to, {}))
    return values | ({"attributes": free} if free else {})
