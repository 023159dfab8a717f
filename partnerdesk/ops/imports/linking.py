"""References of a draft to ids of the book: texts become ids, unknown ones become placeholders, accounts take sides.

Whether an account is a partner or a customer stands with the account; a deal that names it follows. A name that
several rows carry links to none of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.rows import Part, Reference
from partnerdesk.ops.imports.known import CALLED, PLACED, Known

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A row that the file names and nobody described yet."""

    kind: str
    id: str
    key: str
    name: str
    by: str
    text: str
    is_account: bool = False


@dataclass(slots=True)
class Linked:
    """The parts of a draft with ids in place of texts, and what had to be made for it."""

    parts: list[Part] = field(default_factory=list)
    ids: list[list[str]] = field(default_factory=list)
    placeholders: dict[tuple[str, str], Placeholder] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def link(known: Known, draft: Draft, proven: Mapping[int, str] = MappingProxyType({})) -> Linked:
    """The draft's parts with their references resolved; `proven` are the partners of payments by row of the table."""
    linked = Linked()
    parts = sorted(draft.parts, key=lambda p: p.kind not in PLACED)
    for part in parts:
        ids = _ids(known, part)
        linked.ids.append(ids)
    for part in parts:
        linked.parts.append(_Linker(known, linked, draft, part, proven).linked())
    return linked


def _ids(known: Known, part: Part) -> list[str]:
    ids = known.ids_for(part.kind, part.keys)
    if part.kind in PLACED:
        names = part.fields.get("name", [""] * len(ids))
        others = [o for o in ("employee", "email") if o in part.fields and part.kind == "person"]
        for i, (key, id) in enumerate(zip(part.keys, ids, strict=True)):
            called = [part.fields[c][i] for c in CALLED if c in part.fields and part.kind == "partner"]
            known.add(part.kind, key, id, names[i], called, **{o: part.fields[o][i] for o in others})
            known.kind(part.kind).placeholders.pop(id, None)  # described from here on
    else:
        own = known.kind(part.kind)
        own.ids.update(zip(part.keys, ids, strict=True))
        own.taken.update(dict.fromkeys(ids, known.system))
    return ids


class _Linker:
    """The references of one part."""

    def __init__(self, known: Known, linked: Linked, draft: Draft, part: Part, proven: Mapping[int, str]) -> None:
        self._known, self._linked, self._draft, self._part = known, linked, draft, part
        self._proven = proven if part.kind == "payment" else {}
        self._fields: dict[str, Sequence[Any]] = dict(part.fields)
        self._declared = {a.name for a in facts.attributes(part.kind)}

    def linked(self) -> Part:
        for name, reference in self._part.references.items():
            if name in self._fields and reference.to != ACCOUNT:
                self._fields[name] = self._column(name, reference)
        if ACCOUNT in self._fields:
            self._account(self._part.references[ACCOUNT])
        return replace(self._part, fields=self._fields)

    def _column(self, name: str, reference: Reference) -> list[str | None]:
        texts = self._fields[name]
        proven = [self._proven.get(row) if name == "partner" else None for row in self._part.rows]
        asked = {t for t, id in zip(texts, proven, strict=True) if t and not id}
        found: dict[Any, str | None] = {t: self._one(reference.to, t, reference) for t in asked}
        found[None] = None
        return [id or found[t] for t, id in zip(texts, proven, strict=True)]

    def _one(self, kind: str, text: str, reference: Reference) -> str:
        id = self._known.resolve(kind, text, reference.by)
        if id is None and reference.by == "key" and (name := reference.names.get(text)):
            id = None if kind in PLACED else self._known.resolve(kind, name, "name")
        if id is not None:
            return id
        if kind not in PLACED:
            return self._known.id_for(kind, text)
        return self._placeholder(kind, text, reference)

    def _placeholder(self, kind: str, text: str, reference: Reference) -> str:
        by = reference.by
        key = text if by in ("key", "any", "name") else f"{by}:{text}"
        made = self._linked.placeholders.get((kind, key))
        if made is None:
            name = reference.names.get(text, text)
            id = self._known.id_for(kind, text)
            made = Placeholder(kind, id, key, name, by, text, reference.to == ACCOUNT)
            self._linked.placeholders[kind, key] = made
            others = {by: text} if by in ("employee", "email") else {}
            self._known.add(kind, key, id, name, **others)
            if by != "key" and self._known.is_ambiguous(kind, text):
                message = f"Several {kind}s are called “{text}”; the rows that name it are linked to none of them."
                remedy = "Add a column with the identifier."
                self._linked.problems.append(Problem(self._draft.table.sheet.file, message, remedy, warning=True))
        return made.id

    # Accounts

    def _account(self, reference: Reference) -> None:
        """An account goes where it belongs: partner, or customer; beside a named partner it is the customer."""
        accounts = self._fields.pop(ACCOUNT)
        has_customer = "customer" in self._declared
        partners = list(self._fields.get("partner", [None] * len(accounts)))
        customers = list(self._fields.get("customer", [None] * len(accounts)))
        sides: dict[tuple[str, bool], tuple[str, str]] = {}
        for i, text in enumerate(accounts):
            if not text:
                continue
            key = (text, partners[i] is not None)
            if key not in sides:
                sides[key] = self._side(text, partners[i] is not None, has_customer, reference)
            side, id = sides[key]
            if side == "partner":
                partners[i] = id
            elif customers[i] is None:
                customers[i] = id
        self._fields["partner"] = partners
        if has_customer:
            self._fields["customer"] = customers
        if self._part.kind == "person":
            self._employed(accounts, partners)

    def _employed(self, accounts: Sequence[Any], partners: Sequence[Any]) -> None:
        """People of an account that is no partner, or not yet: its text stays with them, for when it becomes one."""
        if "side" not in self._fields:
            pairs = zip(accounts, partners, strict=True)
            self._fields["side"] = ["partner" if p else "customer" if a else "vendor" for a, p in pairs]
        held = self._fields.get("attributes", ["{}"] * len(accounts))
        self._fields["attributes"] = [
            h if p or not a else json.dumps(json.loads(h) | {ACCOUNT: a}, ensure_ascii=False, sort_keys=True)
            for h, a, p in zip(held, accounts, partners, strict=True)
        ]

    def _side(self, text: str, has_partner: bool, has_customer: bool, reference: Reference) -> tuple[str, str]:
        if not has_partner:
            partner = self._known.resolve("partner", text, reference.by)
            if partner is not None and partner not in self._known.kind("partner").placeholders:
                return "partner", partner
        if not has_customer:
            return "", ""
        named = reference
        if self._known.resolve("customer", text, reference.by) is None:
            named = self._named_as_partner(text, reference)
        return "customer", self._one("customer", text, named)

    def _named_as_partner(self, text: str, reference: Reference) -> Reference:
        """A partner that is the customer of another partner's deal keeps its name there."""
        partner = self._known.resolve("partner", text, reference.by)
        if partner is None:
            return reference
        names = self._known.kind("partner").names
        name = next((n for n, ids in names.items() if partner in ids), "")
        names_: Mapping[str, str] = {text: name} if name and text not in reference.names else {}
        return Reference(reference.to, reference.by, {**reference.names, **names_})
