"""What can be done for a tier by a day: renewals, deals, go-lives and certificates, each with its facts and effort."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Certification, Deal, Deployment
from partnerdesk.engine.period import add_months
from partnerdesk.engine.world.where import predicate
from partnerdesk.forecast.efforts import AGAIN, CERTIFICATE, DEAL, FORWARD, LIVE, RENEWAL
from partnerdesk.forecast.event import on_its_day
from partnerdesk.forecast.items import Alternative, Item, Rows
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.reaching import Reaching

REACH = 92  # days after the deadline from which something may be brought forward
MOST_PEOPLE = 6  # who may newly be certified
VALID = 24  # months, where the book says nothing else


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: its kind of effort, the open row it settles (or none), its words, the day by which it counts,
    its chance where there is a record, and the facts that stand then instead of the row.
    """

    kind: str
    fact: tuple[str, str] | None
    says: str
    day: date
    effort: Decimal
    chance: Decimal | None
    rows: Rows


def actions(prepared: Prepared, reaching: Reaching, efforts: Mapping[str, Decimal]) -> tuple[Action, ...]:
    """Everything that can be done by the horizon of `prepared`, in the order of its day."""
    found = [*_of_items(prepared, efforts), *_certificates(prepared, reaching, efforts)]
    return tuple(sorted(found, key=lambda a: (a.day, a.kind, a.says)))


def _of_items(prepared: Prepared, efforts: Mapping[str, Decimal]) -> Iterator[Action]:
    last = prepared.asked.horizon
    for item in prepared.items:
        assert item.day is not None
        if item.below and not prepared.below.counts:
            continue  # it pays the partner, but no tier of it sees it
        if item.day <= last:
            way = settled(item)
            if way is not None:
                kind = _KINDS[item.kind]
                yield Action(
                    kind, item.key, _says(item), item.day, efforts[kind], Decimal(f"{item.chance:.4f}"), way.rows
                )
        elif item.kind in ("deal", "deployment") and item.day <= last + timedelta(days=REACH):
            rows = _forward(prepared, item.alternatives[0].rows[0][1], last)
            yield Action(FORWARD, item.key, _says(item, last), last, efforts[FORWARD], None, rows)


def settled(item: Item) -> Alternative | None:
    """How an open item goes when somebody brings it about on its day; None where it cannot happen."""
    return on_its_day(item, [a for a in item.alternatives if a.happens and a.name not in _CHANGES])


_CHANGES = ("expanded", "contracted")  # a renewal as it is takes least
_KINDS = {"deal": DEAL, "contract": RENEWAL, "deployment": LIVE, "certification": AGAIN}


def _says(item: Item, forward: date | None = None) -> str:
    """An action in words: what somebody has to bring about."""
    if item.kind == "contract":
        return f"Renew {item.says.removesuffix(' renews')}"
    if item.kind == "certification":
        return f"Earn {item.says} again"
    verb = "Win" if item.kind == "deal" else "Finish"
    return f"{verb} {item.says}" + (f" earlier than {item.day}" if forward else "")


def _forward(prepared: Prepared, row: Any, day: date) -> Rows:
    """The facts where a later deal is won, or a later go-live happens, on a day."""
    if isinstance(row, Deployment):
        kickoff = row.kickoff or min(day, row.planned_kickoff or day)
        return (("deployment", replace(row, kickoff=kickoff, live=day)),)
    assert isinstance(row, Deal)
    won = replace(row, status="won", closed=day)
    return (("deal", won), *prepared.learned.follows.after(won, prepared.asked.as_of, day))


def _certificates(prepared: Prepared, reaching: Reaching, efforts: Mapping[str, Decimal]) -> Iterator[Action]:
    """One more person certified, as often as may help: for each watched metric of certificates the usual one."""
    day, seen = prepared.asked.horizon, set[tuple[str, str]]()
    for name in reaching.metrics("certification"):
        usual = _usual(prepared, reaching, name)
        if usual is None or (usual.certificate, usual.level) in seen:
            continue
        seen.add((usual.certificate, usual.level))
        people = _people(prepared, usual)
        for number in range(MOST_PEOPLE):
            who = people[number] if number < len(people) else f"one more person ({number + 1 - len(people)})"
            row = replace(usual, id=f"{usual.certificate}:{usual.level}:new:{number}", person=who)
            says = f"Certify {who}: {usual.certificate or usual.level or 'certificate'}"
            yield Action(CERTIFICATE, None, says, day, efforts[CERTIFICATE], None, (("certification", row),))


def _usual(prepared: Prepared, reaching: Reaching, name: str) -> Certification | None:
    """The certificate that most of those counted by a metric are, as this partner would hold it."""
    metric, world = reaching.version.program.metric[name], reaching.base.world
    passes = predicate("certification", metric.where) if metric.of == "certification" else None
    rows = [r for r in prepared.learned.facts.of("certification") if passes is None or passes(r, world)]
    if not rows:
        return None
    (kind, level), _ = Counter((r.certificate, r.level) for r in sorted(rows, key=lambda r: r.id)).most_common(1)[0]
    like: Certification = next(r for r in rows if (r.certificate, r.level) == (kind, level))
    day = prepared.asked.horizon
    length = (like.expires - like.awarded).days if like.expires and like.awarded else None
    expires = day + timedelta(days=length) if length else add_months(day, VALID)
    return replace(like, partner=prepared.partner, awarded=day, expires=expires, known_on=None, source=None)


def _people(prepared: Prepared, usual: Certification) -> list[str]:
    """The partner's people who hold no certificate that counts any more, by name."""
    day, own = prepared.asked.horizon, prepared.as_it_stands.of("certification")
    hold = {r.person for r in own if r.partner == prepared.partner and (r.expires is None or r.expires > day)}
    people = prepared.learned.facts.of("person")
    return sorted({p.name for p in people if p.partner == prepared.partner and p.side != "customer"} - hold)
