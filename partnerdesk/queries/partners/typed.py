"""The facts of a partner as a person looks through them: kind by kind, each row with what its fields may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Attribute, Fact, attributes
from partnerdesk.engine.rules import Program
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.unknown import no_partner

MOST = 200  # used words that complete a field
_SAID = {("activity", "kind"), ("survey", "kind"), ("check", "group"), ("transaction", "kind")}  # their words list them


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Rows by kind, newest first; names of what rows refer to, by kind and id; words that complete a text field."""

    partner: str
    rows: Mapping[str, tuple[Fact, ...]]
    names: Mapping[str, Mapping[str, str]]
    words: Mapping[tuple[str, str], tuple[str, ...]]

    def named(self, kind: str, id: str | None) -> str:
        """What a reference says: the name of its row, else its id."""
        return self.names.get(kind, {}).get(id or "", id or "") or (id or "")


def partner_facts(session: Session, partner: str, kinds: Sequence[str]) -> PartnerFacts:
    """The facts of some kinds that are a partner's own. Raises Refused for an unknown partner."""
    if not session.scalar(select(TABLES["partner"].c.id).where(TABLES["partner"].c.id == partner)):
        raise no_partner(session, partner)
    world = facts(session, partner, kinds)
    rows = {kind: tuple(sorted(_own(world.of(kind), partner), key=_newest(kind), reverse=True)) for kind in kinds}
    fields = {kind: attributes(kind) for kind in kinds}
    referred = {a.to for own in fields.values() for a in own if a.kind == declared.REF} - {"partner"} | {"person"}
    return PartnerFacts(
        partner,
        rows,
        {kind: _names(session, kind, partner) for kind in sorted(referred)},
        {(kind, a.name): _words(session, kind, a) for kind in kinds for a in fields[kind] if a.kind == declared.TEXT},
    )


def _own(rows: Sequence[Any], partner: str) -> list[Any]:
    """Without those that only hang on a deal of the partner and are another one's."""
    return [row for row in rows if row.partner in (None, partner)]


def _newest(kind: str) -> Any:
    days = [*declared.HAPPENED.get(kind, ()), "day", "planned_live", "planned_kickoff"]
    names = [name for name in days if any(a.name == name for a in attributes(kind))]

    def order(row: Any) -> tuple[str, str]:
        found = next((day for name in names if (day := getattr(row, name)) is not None), None)
        return (found.isoformat() if found else "", row.id)

    return order


def _names(session: Session, kind: str, partner: str) -> dict[str, str]:
    """What rows of a kind are called; of deals, contracts and deployments those of the partner."""
    table = TABLES[kind].c
    says = table.name if "name" in table else table.id
    query = select(table.id, says).order_by(table.id)
    if "partner" in table and kind != "person":
        query = query.where(table.partner == partner)
    return {id: name or id for id, name in session.execute(query)}


def _words(session: Session, kind: str, field: Attribute) -> tuple[str, ...]:
    """What a text field may say: what the program has a name for, what its words list, what is in the book already."""
    found = dict.fromkeys(program_names(programs(session), kind, field.name) or ())
    if (kind, field.name) in _SAID:
        found |= dict.fromkeys(part.strip() for part in field.says.replace(" or ", ", ").split(","))
    column = TABLES[kind].c[field.name]
    used = select(column).where(column != "").distinct().order_by(column).limit(MOST)
    return tuple(found | dict.fromkeys(session.scalars(used)))


def program_names(versions: Sequence[Program], kind: str, name: str) -> tuple[str, ...] | None:
    """What a field names of the book's program, the newest version first; None where it names nothing of it."""
    find = _NAMED.get((kind, name))
    if find is None:
        return None
    return tuple(dict.fromkeys(word for version in reversed(versions) for word in find(version) if word))


def _observed(version: Program) -> list[str]:
    """What observations are called that a metric of the version counts."""
    tests = [test for m in version.metric.values() if m.of == "observation" for test in m.where]
    return [
        str(value) for test in tests if test.attribute == "metric" and not test.negated for value in test.one_of or ()
    ]


_NAMED: Mapping[tuple[str, str], Any] = {
    ("tier_decision", "tier"): lambda v: [tier.name for tier in v.tier],
    ("enrolment", "program"): lambda v: [v.program, v.name],
    ("enrolment", "module"): lambda v: [word for key, module in v.module.items() for word in (key, module.says)],
    ("enrolment", "track"): lambda v: [track.name for track in v.score.track] if v.score else [],
    ("observation", "metric"): _observed,
}
