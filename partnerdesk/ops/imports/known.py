"""What a book already knows of the rows a file names: keys of the same system, names, and rows nobody described yet.

One SELECT per kind, when it is first asked for. Rows of the file itself are added as they get their ids, so that a
file may refer to what it brings.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from partnerdesk.ops.imports.also_known import also_known
from partnerdesk.ops.imports.rawsql import fetched

# Kinds of which a row may be named before it is described; until then it stands as a placeholder.
PLACED = ("partner", "customer", "product", "person", "territory")
UNKNOWN = "unknown"
STATUS, KNOWN_BY, AS_ACCOUNT = "status", "known by", "account "
_OTHER_NAMES = {"person": ("employee", "email")}
# What else a partner is called, on contracts and by a bank; its name in the book comes before these.
CALLED = ("legal_name", "document_name", "tax_id")


def folded(name: str) -> str:
    """A name as names are compared."""
    return " ".join(name.split()).casefold()


@dataclass(slots=True)
class Placed:
    """A placeholder: by what a file named it (key, name, employee, email, any), and the text it used."""

    id: str
    by: str
    text: str
    is_account: bool  # named as an account: a partner or a customer, nobody knew


@dataclass(slots=True)
class Kind:
    """The rows of one kind. `ids` gives the id of a key of this system; `taken` all ids with their systems."""

    ids: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    others: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by what else than its name
    placeholders: dict[str, Placed] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The only row of a name; None where there is none or more than one. A described row outranks placeholders."""
        found = self.names.get(folded(name), ())
        described = [id for id in found if id not in self.placeholders]
        if len(described) == 1:
            return described[0]
        return next(iter(found)) if len(found) == 1 else None

    def named(self, text: str) -> str | None:
        """The only row of a name or, where none has it, of what else a row is called."""
        found = self.called.get(folded(text), ())
        if self.names.get(folded(text)) or len(found) != 1:
            return self.one(text)
        return next(iter(found))


def _name(found: Kind, id: str, key: str, name: str, attributes: str, others: dict[str, str]) -> None:
    by = json.loads(attributes).get(KNOWN_BY, "") if KNOWN_BY in attributes else ""
    if by:
        way = by.removeprefix(AS_ACCOUNT)
        text = key.partition(":")[2] if way in others else key
        found.placeholders[id] = Placed(id, way, text, by.startswith(AS_ACCOUNT))
    found.names[folded(name)].add(id)
    for other, text in others.items():
        if text:
            found.others[other][folded(text)].add(id)


class Known:
    """The book as one import sees it."""

    def __init__(self, session: Session, system: str, shares_ids: bool, numbers_its_own: bool = False) -> None:
        self._session, self.system = session, system
        self.shares_ids = shares_ids  # a plain table may name rows of other systems by their ids
        self._numbers_its_own = numbers_its_own  # its ids are no ids of the book, whatever they look like
        self._kinds: dict[str, Kind] = {}
        self.meant: dict[str, str] = {}  # keys of this file that a person said are a partner of the book under another
        self.borrowed: dict[str, set[str]] = defaultdict(set)  # by kind the ids of other systems that it names rows by

    def kind(self, kind: str) -> Kind:
        if kind not in self._kinds:
            self._kinds[kind] = self._loaded(kind)
        return self._kinds[kind]

    def _loaded(self, kind: str) -> Kind:
        found = Kind()
        others = _OTHER_NAMES.get(kind, ())
        also = CALLED if kind == "partner" else ()
        if kind not in PLACED and not self.shares_ids:
            return self._renamed(kind)
        columns = ["id", "system", "key", *(("name", "attributes", *others, *also) if kind in PLACED else ())]
        named = ", ".join(f'"{c}"' for c in columns)
        for id, system, key, *names in fetched(self._session, f'SELECT {named} FROM "{kind}"'):
            found.taken[id] = system
            if system == self.system:
                found.ids[key] = id
            if names:
                _name(found, id, key, names[0], names[1], dict(zip(others, names[2:], strict=False)))
            for text in filter(None, names[2:] if also else ()):
                found.called[folded(text)].add(id)
        if kind == "partner":
            self._also(found)
        return found

    def _also(self, found: Kind) -> None:
        """What else partners are called since a person said so. A row that has a key of its own keeps it."""
        by_id = self.shares_ids and not self._numbers_its_own
        for one in also_known(self._session):
            if one.id not in found.taken:
                continue
            for text in filter(None, one.names):
                found.called[folded(text)].add(one.id)
            own = one.key in found.ids or (not one.system and one.key in found.taken)
            if not own and (one.system == self.system or (not one.system and by_id)):
                found.ids[one.key] = self.meant[one.key] = one.id

    def _renamed(self, kind: str) -> Kind:
        """A kind that is only referred to by key: what other systems took, and where an id is not the key."""
        sql = f'SELECT "id", "system", "key" FROM "{kind}" WHERE "system" <> ? OR "id" <> "key"'
        found = Kind()
        for id, system, key in fetched(self._session, sql, (self.system,)):
            found.taken[id] = system
            if system == self.system:
                found.ids[key] = id
        return found

    def mean(self, kind: str, key: str, id: str) -> None:
        """A key of this file is a row of the book that another source brought."""
        self.kind(kind).ids[key] = id

    def mean_partners(self, meant: Mapping[str, str]) -> None:
        """Keys of this file are partners of the book under other ids, as a person says now."""
        self.meant |= {key: id for key, id in meant.items() if key not in self.kind("partner").ids}
        for key in meant:
            self.mean("partner", key, meant[key])

    def ids_for(self, kind: str, keys: Sequence[str]) -> list[str]:
        """`id_for` of many keys."""
        known = self.kind(kind)
        return list(keys) if not known.taken else [self.id_for(kind, key) for key in keys]

    def id_for(self, kind: str, key: str) -> str:
        """The id of this system's key: the one it has, the key itself, or the key with the system where it is taken."""
        known = self.kind(kind)
        if key in known.ids:
            return known.ids[key]
        return key if key not in known.taken else f"{key} ({self.system})"

    def add(self, kind: str, key: str, id: str, name: str = "", called: Sequence[str] = (), **others: str) -> None:
        """A row that the file brings; `called` are the names that it has beside `name`."""
        known = self.kind(kind)
        known.ids[key] = id
        known.taken.setdefault(id, self.system)
        if name:
            known.names[folded(name)].add(id)
        for text in filter(None, called):
            known.called[folded(text)].add(id)
        for other, text in others.items():
            if text:
                known.others[other][folded(text)].add(id)

    def resolve(self, kind: str, text: str, by: str) -> str | None:
        """The id that a text of a reference means, or None."""
        known = self.kind(kind)
        if by in ("key", "any") and text in known.ids:
            return known.ids[text]
        if by in ("key", "any") and self._borrows(kind, text, by):
            return text
        for other in _OTHER_NAMES.get(kind, ()) if by != "key" else ():
            found = known.others[other].get(folded(text), set()) if by in ("any", other) else set()
            if len(found) == 1:
                return next(iter(found))
        if by in ("any", "name"):
            return known.named(text)
        return known.ids.get(f"{by}:{text}")

    def _borrows(self, kind: str, text: str, by: str) -> bool:
        """Whether a text is the id of a row that another system brought, and this file means that one by it."""
        taken = self.kind(kind).taken.get(text, self.system if by == "key" else None)
        if not self.shares_ids or taken is None or (by == "key" and taken == self.system):
            return False
        if by == "key":
            self.borrowed[kind].add(text)
        return by == "any" or not self._numbers_its_own

    def is_ambiguous(self, kind: str, text: str) -> bool:
        """Whether several described rows carry the name."""
        known = self.kind(kind)
        found = known.names.get(folded(text), ())
        return sum(1 for id in found if id not in known.placeholders) > 1
