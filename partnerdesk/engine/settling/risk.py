"""The worst case: what could still be clawed back of each line, and until when."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import AtRisk
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Clawback
from partnerdesk.engine.rules.timing import CLAWED_BACK
from partnerdesk.engine.settling.causes import causes, churns
from partnerdesk.engine.settling.clawback import last_day, taken
from partnerdesk.engine.settling.holds import remaining
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.world.contracts import contracts_of


def at_risk(reckoning: Reckoning[N], lots: Mapping[str, Lot[N]]) -> dict[str, tuple[AtRisk[N], ...]]:
    """By line, what each of its clawbacks could take on the day after the as-of day."""
    found = ((id, tuple(_risks(reckoning, lot))) for id, lot in lots.items())
    return {id: risks for id, risks in found if risks}


def _risks(reckoning: Reckoning[N], lot: Lot[N]) -> Iterator[AtRisk[N]]:
    ar, line, terms = reckoning.arithmetic, lot.line, lot.terms
    left = line.amount
    if lot.lost:
        lost = ar.sum(lot.lost, line.currency, "lost before")
        left = ar.difference(left, lost, line.currency, "left of the line")
    tomorrow = reckoning.as_of + timedelta(days=1)
    for i, clawback in enumerate(terms.rule.clawback):
        until = _until(reckoning, lot, clawback)
        if (until is not None and until < tomorrow) or _is_settled(reckoning, lot, clawback):
            continue
        where = terms.version.origin(f"{terms.key}.clawback.{i}")
        most = taken(reckoning, terms, (i, clawback), line, max(tomorrow, line.event), None, None, where)
        amount = ar.least([most, left], line.currency, "at risk, at most what is left")
        if clawback.takes == "held" and amount > ZERO:
            amount = ar.least([amount, _held(reckoning, lot, amount)], line.currency, "at risk, at most what is held")
        if amount > ZERO:
            rule = terms.version.ref(f"{terms.key}.clawback", clawback.reference or line.rule.reference)
            yield AtRisk(line.id, clawback.cause, amount, until, rule, line.customer)


def _held(reckoning: Reckoning[N], lot: Lot[N], amount: N) -> N:
    """What is held of a line, alone or in sums of periods, as far as an amount that is taken comes out of them."""
    ar, currency, rounding = reckoning.arithmetic, lot.line.currency, lot.terms.version.program.rounding
    parts = [left for hold in lot.holds if (left := remaining(reckoning, hold)) > ZERO]
    for hold, share in lot.sums:
        if (left := remaining(reckoning, hold)) > ZERO:
            part = ar.round(ar.product([amount, share], currency, "held of it"), rounding.decimals, rounding.mode)
            parts.append(ar.least([part, left], currency, "held of it, at most what is there"))
    return ar.sum(parts, currency, "held") if parts else reckoning.nothing


def _until(reckoning: Reckoning[N], lot: Lot[N], clawback: Clawback) -> date | None:
    """The last day on which something can be taken; None where it never ends."""
    last = last_day(clawback, lot.line.event)
    if clawback.shape == "steps" and clawback.steps and not clawback.steps[-1].share:
        last = min(last, lot.line.event + timedelta(days=clawback.steps[-1].from_days - 1))
    if clawback.shape in ("contract", "contract months"):
        ends = [c.end for c in contracts_of(reckoning.world, lot.line)[:1] if c.end is not None]
        last = min([last, *ends])
    if clawback.cause == CLAWED_BACK:
        last = min(last, _until_below(reckoning, lot))
    return None if last == date.max else last


def _until_below(reckoning: Reckoning[N], lot: Lot[N]) -> date:
    """The last day on which something of the line below can be clawed back, and of this one with it."""
    event = reckoning.paid_on.get(lot.line.id)
    whose = reckoning if event is None or event.world is None else reckoning.kin.get(event.world.partner.id)
    if event is None or whose is None:
        return date.min
    base = event.fact
    terms = whose.terms.earnings[base.rule.effective_from].get(base.rule.key)
    return max((last_day(c, base.event) for c in terms.rule.clawback), default=date.min) if terms else date.min


def _is_settled(reckoning: Reckoning[N], lot: Lot[N], clawback: Clawback) -> bool:
    """Whether the customer is gone already: only the first churn that counts takes something back."""
    if clawback.cause != "churned":
        return False
    if any(c.day <= reckoning.as_of for c in causes(reckoning, lot.terms, clawback, lot.line)):
        return True
    gone = {c.fact.id for c in churns(reckoning, lot.line) if c.day <= reckoning.as_of} if clawback.where else ()
    return bool(gone) and all(c.id in gone for c in contracts_of(reckoning.world, lot.line))
