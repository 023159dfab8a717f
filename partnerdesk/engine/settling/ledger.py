"""Entries of all kinds in order, periods that are closed, and the true-up that carries later truth forward.

What a closed statement posted stands. Where recomputing a closed period gives something else, the difference becomes
entries of the first open period, each naming the entry it corrects and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

from partnerdesk.engine.figures.figure import N, Origin, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, REMITTED, Entry, corrected_id
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import TELLS_CORRECTED, TELLS_SINCE
from partnerdesk.engine.world.world import MissingRate

VANISHED = "source row vanished"
_OF_SUMS = {
    "holdback": "holdback on the sum of lines until",
    "release": "release of what was held of the sum of lines,",
}
_OF = " of "  # stands in a true-up's note before the period that it corrects


@dataclass(frozen=True, slots=True)
class Posted:
    """What closed statements of one partner hold: their entries and the last closed day.

    `vanished` are ids of entries whose row is gone from its source, as somebody has accepted since that day.
    """

    closed_to: date
    entries: tuple[Entry[Decimal], ...]
    vanished: frozenset[str] = frozenset()


def typed_entries(reckoning: Reckoning[N]) -> list[Entry[N]]:
    """Entries that people or finance made: adjustments and payments up to the as-of day."""
    found = []
    for kind in ("adjustment", "payment"):
        if not reckoning.world.index.facts.of(kind):
            continue
        for row in reckoning.world.series(kind, "day").between(reckoning.opens, reckoning.as_of):
            if row.amount is None:
                continue
            try:
                found.append(_typed(reckoning, kind, row))
                if kind == "payment" and row.tax:
                    found.append(_typed(reckoning, "tax", row))
            except MissingRate as missing:
                reckoning.problems.append(Problem(f"{kind} {row.id}", f"{missing}.", "Add the rate."))
    return found


def _typed(reckoning: Reckoning[N], kind: str, row: Any) -> Entry[N]:
    """The entry of an adjustment, a payment or its tax, rounded like a line. Raises MissingRate."""
    ar, version, field = reckoning.arithmetic, reckoning.terms.at(row.day), "tax" if kind == "tax" else "amount"
    amount = reckoning.money(version.program.exchange, row, getattr(row, field), field, kind, row.day)
    if row.currency != reckoning.currency:
        rounding = version.program.rounding
        amount = ar.round(amount, rounding.decimals, rounding.mode)
    if kind in REMITTED:
        note, reference = f"remittance {row.remittance}".strip(), row.remittance or row.id
        amount = ar.negative(amount, "paid" if kind == "payment" else "withheld")
    else:
        note, reference = row.reason or row.reason_code, row.id
    period, partner = reckoning.terms.statement_period(row.day), reckoning.world.partner.id
    id = f"{kind}:{row.id}"
    return Entry(id, kind, PAYABLE, row.day, period, amount, partner, note=note, reference=reference)


def settled(reckoning: Reckoning[N], recomputed: list[Entry[N]], posted: Posted | None) -> list[Entry[N]]:
    """All entries that stand: posted ones of closed periods, recomputed ones after them, true-ups between."""
    if posted is None:
        return sorted(recomputed, key=entry_order)
    stood = [_kept(reckoning, e) for e in posted.entries]
    later = [e for e in recomputed if e.period.end > posted.closed_to]
    before = {e.id: e for e in recomputed if e.period.end <= posted.closed_to}
    return sorted([*stood, *_true_up(reckoning, posted, before, stood), *later], key=entry_order)


def _kept(reckoning: Reckoning[N], entry: Entry[Decimal]) -> Entry[N]:
    """A posted entry in the mode of this evaluation: its amount is a given of the closed statement."""
    if not reckoning.arithmetic.traced:
        return entry  # type: ignore[return-value]  # a given of either mode without words is its amount
    where = Origin("statement", entry.period.label, entry.id)
    currency = reckoning.currency
    amount = reckoning.arithmetic.given(entry.amount, currency, f"posted in {entry.period}", where)
    return Entry(*entry)._replace(amount=amount)  # type: ignore[arg-type, return-value]


def _true_up(
    reckoning: Reckoning[N], posted: Posted, before: Mapping[str, Entry[N]], stood: Iterable[Entry[N]]
) -> list[Entry[N]]:
    """What closed periods would be today, less what they posted and what earlier true-ups already corrected."""
    sums, samples = _posted_sums(reckoning, stood)
    period = reckoning.terms.statement_period(posted.closed_to + timedelta(days=1))
    found = []
    for id in sorted({*sums, *before}):
        now, then = before.get(id), sums.get(id)
        difference = _difference(reckoning, now, then)
        if is_zero(difference):
            continue
        sample = now or samples[id]
        cause = VANISHED if id in posted.vanished else _cause(now, then is not None)
        found.append(
            sample._replace(
                id=f"trueup:{id}:{period}",
                kind="trueup",
                day=period.start,
                period=period,
                amount=difference,
                note=f"{cause}: {_what(reckoning, sample)}{_OF}{sample.period}",
                reference=id,
            )
        )
    return found


def _what(reckoning: Reckoning[N], entry: Entry[N]) -> str:
    """What is corrected, in words, set off from its period; of what is held of a sum its note says only until when."""
    tells_since = reckoning.semantics >= TELLS_SINCE
    if tells_since and entry.kind == "clawback" and entry.note:
        return f"{entry.note},"
    if entry.kind in _OF_SUMS and not entry.line and entry.note and reckoning.semantics >= TELLS_CORRECTED:
        is_own_end = tells_since and entry.note == f"end of {entry.period}"  # its period is told behind it
        return f"{_OF_SUMS[entry.kind]} {'its end' if is_own_end else entry.note},"
    return entry.note or entry.type or entry.kind


def corrects_period(entry: Entry[Any], label: str) -> bool:
    """Whether a true-up corrects what the period of that label posted, or would have: its note ends so."""
    return entry.kind == "trueup" and entry.note.endswith(f"{_OF}{label}")


def _posted_sums(reckoning: Reckoning[N], stood: Iterable[Entry[N]]) -> tuple[dict[str, N], dict[str, Entry[N]]]:
    groups: dict[str, list[N]] = {}
    samples: dict[str, Entry[N]] = {}
    for entry in stood:
        id = corrected_id(entry)
        groups.setdefault(id, []).append(entry.amount)
        samples.setdefault(id, entry)
    currency = reckoning.currency
    return {id: reckoning.arithmetic.sum(parts, currency, "posted") for id, parts in groups.items()}, samples


def _difference(reckoning: Reckoning[N], now: Entry[N] | None, then: N | None) -> N:
    ar, currency = reckoning.arithmetic, reckoning.currency
    zero = ar.given(ZERO, currency, "nothing", Origin("statement", "", ""))
    return ar.difference(now.amount if now else zero, then if then is not None else zero, currency, "correction")


def _cause(now: Entry[Any] | None, was_posted: bool) -> str:
    if now is None:
        return "no longer earned on today's facts"
    return "changed since it was posted" if was_posted else "known only after the close"


# The stated order of entries.
entry_order = itemgetter(*map(Entry._fields.index, ("day", "line", "id")))
