"""Facts that a person types about a partner: what an import brings, one row at a time, the same to every figure.

A typed row has an identifier of its own and belongs to no file, so a file read later neither finds nor changes it. Who
typed it and since when it is known stands with it. What the program must know (a tier, a module) is checked before.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import KINDS, Attribute, Fact, Partner, attributes
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import refuse_closed
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.facts import add_rows, change_row, present_row, remove_row
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.ops.sentences import listed
from partnerdesk.ops.vanishing.by_hand import before_removal
from partnerdesk.queries.figures import programs
from partnerdesk.queries.partners.typed import program_names

# Kinds without a place of their own come first; deals, contracts and money for joint work have other verbs.
TYPED = (
    "observation tier_decision enrolment target activity certification deployment check survey case transaction".split()
)
_OWN = frozenset({"id", "known_on", "partner", "attributes"})
# What a person must say beside what the declaration asks for: without its day a fact counts nowhere.
_NEEDED = {
    "observation": ("day", "value", "evidence"),
    "tier_decision": ("day", "reason"),
    "target": ("start", "end", "amount"),
    "activity": ("kind", "day"),
    "certification": ("certificate", "awarded"),
    "check": ("item", "day", "met"),
    "survey": ("day", "score"),
    "case": ("opened",),
    "transaction": ("kind", "day", "amount"),
}

_FREE = {("observation", "metric")}  # may also name what no rule counts yet


def fields_of(kind: str) -> tuple[Attribute, ...]:
    """The fields of a kind that a person types. Raises Refused for a kind that is not typed here."""
    if kind not in TYPED:
        raise Refused(f"No row of kind “{kind}” is typed here.", f"Kinds are {', '.join(TYPED)}.")
    return tuple(a for a in attributes(kind) if a.name not in _OWN)


def is_needed(kind: str, field: Attribute) -> bool:
    """Whether a person must say it."""
    return field.required or field.name in _NEEDED.get(kind, ())


def add_fact(
    session: Session,
    kind: str,
    partner: str,
    values: Mapping[str, Any],
    free: Mapping[str, str] | None = None,
    /,
    *,
    on: date,
    by: str = "",
) -> str:
    """A new row about a partner from values of its fields and free attributes; returns its id.

    Raises Refused for a field that is needed or unknown, and for a tier, track or module that no program has.
    """
    row = present_row(session, "partner", partner)
    assert isinstance(row, Partner)
    known = {a.name: a for a in fields_of(kind)}
    _refuse_unknown(kind, values, known)
    given = {name: value for name, value in values.items() if value is not None and value != ""}
    if "currency" in known:
        given.setdefault("currency", row.currency)
    if kind == "tier_decision":
        given.setdefault("decided_by", by)
    _complete(kind, given, known)
    _in_programs(session, kind, given)
    if kind == "tier_decision":
        refuse_closed(session, partner, given["day"])
    own: dict[str, Any] = {
        "id": next_id(session, kind),
        "partner": partner,
        "attributes": dict(free or {}),
        "known_on": on,
    }
    made = KINDS[kind](**own, **_full(given, known))
    (id,) = add_rows(session, [made], by=by)
    return id


def edit_fact(
    session: Session,
    kind: str,
    id: str,
    before: Fact,
    values: Mapping[str, Any],
    free: Mapping[str, str] | None = None,
    /,
    *,
    by: str = "",
) -> None:
    """Changes fields of a row as its editor saw it; one that a file brought keeps its place there. Raises Refused."""
    known = {a.name: a for a in fields_of(kind)}
    _refuse_unknown(kind, values, known)
    changes = {name: _empty(known[name]) if value is None or value == "" else value for name, value in values.items()}
    if free is not None:
        changes["attributes"] = dict(free)
    now = {a.name: getattr(before, a.name) for a in known.values()} | changes
    _complete(kind, now, {name: a for name, a in known.items() if name in changes})
    _in_programs(session, kind, {name: value for name, value in changes.items() if value != getattr(before, name)})
    changes = {name: value for name, value in changes.items() if value != getattr(before, name)}
    if changes:
        change_row(session, kind, id, before, by=by, **changes)


def remove_fact(
    session: Session, kind: str, id: str, before: Fact | None = None, /, *, accepted: bool = False, by: str = ""
) -> None:
    """Removes a row that nothing names. Raises Refused, also where closed statements rest on it and that was not
    accepted."""
    fields_of(kind)
    before_removal(session, kind, id, accepted=accepted, by=by)
    remove_row(session, kind, id, before)


def _refuse_unknown(kind: str, values: Mapping[str, Any], known: Collection[str]) -> None:
    for name in values:
        if name not in known:
            raise Refused(f"A {named(kind)} has no field “{name}”.", f"Its fields are {', '.join(known)}.")


def _complete(kind: str, values: Mapping[str, Any], known: Mapping[str, Attribute]) -> None:
    for name, field in known.items():
        if is_needed(kind, field) and values.get(name) in (None, ""):
            raise Refused(f"“{field.says}” is needed.", f"Say it for this {named(kind)}.")


def _empty(field: Attribute) -> Any:
    return field.default if not field.required else ""


def _full(given: Mapping[str, Any], known: Mapping[str, Attribute]) -> dict[str, Any]:
    return {name: given.get(name, _empty(field)) for name, field in known.items()}


def _in_programs(session: Session, kind: str, values: Mapping[str, Any]) -> None:
    """Raises Refused for a name that no version of the book's program has; a book without a program takes any."""
    versions = programs(session)
    for name, value in values.items() if versions else ():
        known = program_names(versions, kind, name)
        if known is None or (kind, name) in _FREE:
            continue
        for one in [part.strip() for part in str(value or "").split(",")]:
            if one and one not in known:
                choices = listed(known) if known else "none"
                raise Refused(f"“{one}” is no {name} of the program.", f"There is {choices}.")
