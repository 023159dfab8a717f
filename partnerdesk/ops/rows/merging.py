"""Making one of two partners of the book that are the same company: what names the one names the other, and it goes.

Its id and its names stay known for the files that come. A partner with closed statements keeps its own row: what was
posted to it would otherwise be paid to the other one once more.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import MAP, attributes
from partnerdesk.errors import Refused
from partnerdesk.models import metadata
from partnerdesk.models.facts import TABLES
from partnerdesk.models.vanished import vanished_row
from partnerdesk.ops.imports import also_known, relinking
from partnerdesk.ops.imports.also_known import Also
from partnerdesk.ops.imports.known import CALLED, KNOWN_BY, STATUS
from partnerdesk.ops.rows.merge_checks import Pair, above, counted, in_the_way, left_on_record, moved_tables
from partnerdesk.ops.rows.record import set_main_contact
from partnerdesk.queries.partners.record import is_main
from partnerdesk.queries.unknown import no_partner

_OWN = ("id", "name", "status", "currency", "left", "attributes")  # fields that the other partner keeps as they are


@dataclass(frozen=True, slots=True)
class Merging:
    """What making one of two partners does: `moves` in words such as "3 deals", the fields of `new` that are empty and
    take what `old` says, and what stays on record under the old id. `in_the_way` are sentences; one refuses it."""

    pair: Pair
    moves: tuple[str, ...]
    fills: tuple[str, ...]
    stays: tuple[str, ...]
    corrects: bool  # the other one has closed statements: what comes of their time is a correction
    in_the_way: tuple[str, ...]
    remedy: str  # of what is in the way; empty where nothing is

    @property
    def said(self) -> tuple[str, ...]:
        """What it does in sentences, what is in the way last."""
        return (*self.does, *self.in_the_way, *filter(None, [self.remedy]))

    @property
    def does(self) -> tuple[str, ...]:
        """What it does in sentences."""
        said = [f"{'It moves' if self.moves else 'Nothing moves'}{': ' if self.moves else ''}{', '.join(self.moves)}."]
        if self.fills:
            fields = ", ".join(name.replace("_", " ") for name in self.fills)
            said.append(f"Empty fields of {self.pair.new} that it fills: {fields}.")
        if self.stays:
            said.append(f"It stays on record under {self.pair.old}: {', '.join(self.stays)}.")
        if self.corrects:
            said.append("What comes under closed statements is corrected on the next one.")
        return tuple(said)


def merging(session: Session, old: str, new: str) -> Merging:
    """What `merge_partners` would do. Raises Refused where one of them is not in the book, or both are one."""
    pair = _pair(session, old, new)
    _, stay = relinking.apart(session, [relinking.Merge("partner", old, new)])
    words = [f"“{pair.old_name}” ({old}) has closed statements, and what was posted stays with it."]
    way = tuple(words if stay else in_the_way(session, pair))
    before, after = (_row(session, id) for id in (old, new))
    return Merging(
        pair,
        tuple(counted(session, old)),
        tuple(_filled(session, before, after)),
        tuple(left_on_record(session, old)),
        bool(relinking.apart(session, [relinking.Merge("partner", new, old)])[1]),
        way,
        _remedy(session, pair) if way else "",
    )


def merge_partners(session: Session, old: str, new: str, *, by: str = "") -> Merging:
    """Makes `old` and `new` the one partner `new`; returns what that did.

    Raises Refused with what is in the way, and then nothing changes.
    """
    found = merging(session, old, new)
    if found.in_the_way:
        raise Refused(" ".join(found.in_the_way), found.remedy)
    before, after = (_row(session, id) for id in (old, new))
    _fill(session, found, before, after)
    _name_elsewhere(session, old, new)
    main = _main_contact(session, new)
    names = tuple(dict.fromkeys(text for name in ("name", *CALLED) if (text := before[name])))
    relinking.merge(session, [relinking.Merge("partner", old, new)])
    if main is not None:  # of two main contacts that of the partner that stays
        set_main_contact(session, main, by=by)
    also_known.note(session, [Also(before["system"], before["key"], new, names), Also("", old, new, names)])
    return found


def _remedy(session: Session, pair: Pair) -> str:
    _, closed = relinking.apart(session, [relinking.Merge("partner", pair.old, pair.new)])
    if closed:
        _, other = relinking.apart(session, [relinking.Merge("partner", pair.new, pair.old)])
        way = f"give its open rows to {pair.new} by hand or by a file"
        return f"{way[0].upper()}{way[1:]}." if other else f"Merge {pair.new} into {pair.old} instead, or {way}."
    return "Remove or change that first; nothing was merged."


def _pair(session: Session, old: str, new: str) -> Pair:
    if old == new:
        raise Refused("A partner cannot be merged into itself.", "Name the one that goes and the one that stays.")
    return Pair(old, _row(session, old)["name"], new, _row(session, new)["name"])


def _row(session: Session, id: str) -> Mapping[str, Any]:
    table = TABLES["partner"]
    found = session.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
    if found is None:
        raise no_partner(session, id)
    return dict(found)


def _filled(session: Session, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """The fields that are empty with the one and said with the other."""
    for a in attributes("partner"):
        name = a.name
        if a.kind == MAP or name in _OWN or before[name] in (None, "") or after[name]:
            continue
        if name != "parent" or after["id"] not in (before[name], *above(session, before[name])):
            yield name


def _fill(session: Session, found: Merging, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Own fields of the old one come along as well, where the other has none of that name."""
    values: dict[str, Any] = {name: before[name] for name in found.fills}
    if after["parent"] == before["id"]:
        values["parent"] = None if before["parent"] in (before["id"], after["id"]) else before["parent"]
    theirs, ours = (json.loads(row["attributes"]) for row in (before, after))
    extra = {k: v for k, v in theirs.items() if k not in (KNOWN_BY, STATUS, *ours)}
    if extra:
        values["attributes"] = json.dumps(ours | extra, ensure_ascii=False, sort_keys=True)
    if values:
        table = TABLES["partner"]
        session.execute(update(table).where(table.c.id == after["id"]).values(**values))


def _main_contact(session: Session, partner: str) -> str | None:
    person = TABLES["person"].c
    rows = session.execute(select(person.id, person.attributes).where(person.partner == partner))
    return next((row.id for row in rows if is_main(json.loads(row.attributes))), None)


def _name_elsewhere(session: Session, old: str, new: str) -> None:
    """What is no fact: plans, actions, notes, reviews and the like, and rows that are gone and wait."""
    for name in moved_tables():
        table: Table = metadata.tables[name]
        session.execute(update(table).where(table.c.partner == old).values(partner=new))
    waiting = vanished_row.c
    for id, text in session.execute(select(waiting.id, waiting.partners).where(waiting.partners.contains(old))):
        partners = json.loads(text)
        if old in partners:
            named = list(dict.fromkeys(new if one == old else one for one in partners))
            session.execute(update(vanished_row).where(waiting.id == id).values(partners=json.dumps(named)))
