"""What is taken back of a line, when and why: a share of what was paid, by a cause and by the shape of the rule.

The cause says which part of the business is gone (all of it, the part refunded, lost or written off), the shape how
much of that is taken back on that day. Numbers are multiplied first and divided last, so that no cent depends on the
digits of a fraction.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N, Origin
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import add_months, months_between
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Clawback
from partnerdesk.engine.semantics import COUNTS_BEGUN_WINDOW, TELLS_SINCE
from partnerdesk.engine.settling.causes import Cause, Fraction, causes
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.world.contracts import contracts_of


class Taking(NamedTuple, Generic[N]):
    """An amount to take back; what is left of the line, or held of it where no more is taken, may be less."""

    id: str
    day: date
    amount: N
    note: str
    reference: str
    only_held: bool = False


def takings(reckoning: Reckoning[N], terms: EarningTerms, line: EarningLine[N]) -> list[Taking[N]]:
    """The clawbacks of a line up to the as-of day, both ends of the window included, in order of day."""
    found: list[Taking[N]] = []
    for i, clawback in enumerate(terms.rule.clawback):
        for cause in causes(reckoning, terms, clawback, line):
            if line.event <= cause.day <= min(last_day(clawback, line.event), reckoning.as_of):
                found.append(_taking(reckoning, terms, (i, clawback), line, cause))
    return sorted((t for t in found if t.amount > ZERO), key=lambda t: (t.day, t.id))


def last_day(clawback: Clawback, event: date) -> date:
    """The last day on which something is taken back."""
    ends = [date.max]
    if clawback.within_days is not None:
        ends.append(event + timedelta(days=clawback.within_days))
    if clawback.within_months is not None:
        ends.append(add_months(event, clawback.within_months))
    return min(ends)


def _taking(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    numbered: tuple[int, Clawback],
    line: EarningLine[N],
    cause: Cause[N],
) -> Taking[N]:
    i, clawback = numbered
    contract = cause.fact if cause.kind == "contract" else None
    amount = taken(reckoning, terms, numbered, line, cause.day, cause.part, contract, Origin(cause.kind, cause.fact.id))
    note = f"{cause.words}{_window_words(reckoning, terms, clawback, line, cause)}"
    amount, only_held = reckoning.arithmetic.because(amount, note), clawback.takes == "held"
    return Taking(f"c{i + 1}:{cause.fact.id}", cause.day, amount, note, clawback.reference, only_held)


def _window_words(
    reckoning: Reckoning[N], terms: EarningTerms, clawback: Clawback, line: EarningLine[N], cause: Cause[N]
) -> str:
    """How long after the line's event something is taken back, and since when that is counted."""
    if clawback.within_days is not None:
        length = f"{clawback.within_days} day{'s' * (clawback.within_days != 1)}"
    elif clawback.within_months is not None:
        length = f"{clawback.within_months} month{'s' * (clawback.within_months != 1)}"
    else:
        return ""
    if reckoning.semantics < TELLS_SINCE:
        days, months = clawback.within_days, clawback.within_months
        return f", within {months} months" if days is None else f", within {days} days"
    is_start = terms.trigger is not None and (terms.trigger.kind, terms.trigger.day) == ("contract", "start")
    own = is_start and (cause.kind, cause.fact.id) == (line.fact_kind, line.fact_id)
    return f", within {length} of {'its start on ' if own else ''}{day_words(line.event)}"


def taken(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    numbered: tuple[int, Clawback],
    line: EarningLine[N],
    day: date,
    part: Fraction[N] | None,
    contract: Any,
    dated: Origin,
) -> N:
    """What a clawback takes of a line on a day, rounded; `dated` is the fact that the day comes from."""
    ar, rounding, (i, clawback) = reckoning.arithmetic, terms.version.program.rounding, numbered
    where = terms.version.origin(f"{terms.key}.clawback.{i}")
    fractions = [part] if part is not None else []
    if part is None or clawback.shape != "full":
        fractions.append(_by_shape(reckoning, clawback, line, day, contract, where, dated))
    if clawback.share != ONE:
        fractions.append(Fraction(ar.rule(clawback.share, "%", "share that is taken back", where), None))
    parts, below = [line.amount, *(f.above for f in fractions)], [f.below for f in fractions if f.below is not None]
    if not below:
        amount = ar.product(parts, line.currency, "clawed back")
    else:
        amount = ar.product(parts, "1", "earned, times what is gone, before it is divided")
        divisor = below[0] if len(below) == 1 else ar.product(below, "1", "divided by")
        amount = ar.quotient(amount, divisor, line.currency, "clawed back")
    return ar.round(amount, rounding.decimals, rounding.mode)


def _by_shape(
    reckoning: Reckoning[N],
    clawback: Clawback,
    line: EarningLine[N],
    day: date,
    contract: Any,
    where: Origin,
    dated: Origin,
) -> Fraction[N]:
    """Which share of what is gone goes back, by the day on which it went."""
    ar, days = reckoning.arithmetic, (day - line.event).days
    whole = Fraction(ar.rule(ONE, "%", "taken back in full", where), None)
    if clawback.full_days and days <= clawback.full_days:
        return whole
    match clawback.shape:
        case "linear":
            return _linear(reckoning, clawback, line, day, where, dated) or whole
        case "steps":
            steps = [(Decimal(s.from_days), s.share) for s in clawback.steps]
            passed = ar.given(Decimal(days), "days", "days kept", dated)
            return Fraction(ar.step(passed, steps, "%", "share by days kept", where), None)
        case "contract" | "contract months" as shape:
            found = contract or next(iter(contracts_of(reckoning.world, line)), None)
            return _of_term(reckoning, found, day, dated, "days" if shape == "contract" else "months") or whole
    return whole


def _linear(
    reckoning: Reckoning[N], clawback: Clawback, line: EarningLine[N], day: date, where: Origin, dated: Origin
) -> Fraction[N] | None:
    """What is left of the window: days of a window in days, else months, a begun one among them."""
    ar, start = reckoning.arithmetic, line.event + timedelta(days=clawback.full_days)
    if clawback.within_days is not None:
        unit, length, kept = "days", clawback.within_days - clawback.full_days, (day - start).days
    elif clawback.within_months:
        unit, kept = "months", max(0, months_between(start, day))
        length = _months_after(reckoning, clawback, line, start) if clawback.full_days else clawback.within_months
    else:
        return None
    if length <= 0:
        return None
    window = ar.rule(Decimal(length), unit, "window", where)
    passed = ar.given(Decimal(kept), unit, f"{unit} kept", dated)
    return Fraction(ar.difference(window, passed, unit, f"{unit} not kept"), window)


def _months_after(reckoning: Reckoning[N], clawback: Clawback, line: EarningLine[N], start: date) -> int:
    """How many months a window has after the days in full, a begun one among them."""
    last = last_day(clawback, line.event)
    whole = months_between(start, last)
    is_begun = reckoning.semantics >= COUNTS_BEGUN_WINDOW and whole >= 0 and add_months(start, whole) < last
    return whole + is_begun


def _of_term(reckoning: Reckoning[N], contract: Any, day: date, dated: Origin, unit: str) -> Fraction[N] | None:
    """The days or months left of a contract's term, a begun month among them; None where it has no such term."""
    if contract is None or contract.start is None or contract.end is None or contract.end < contract.start:
        return None
    ar, kept_up_to, term_up_to = reckoning.arithmetic, day + timedelta(days=1), contract.end + timedelta(days=1)
    if unit == "days":
        term, kept = (term_up_to - contract.start).days, (kept_up_to - contract.start).days
    else:
        term, kept = months_between(contract.start, term_up_to), months_between(contract.start, kept_up_to)
    if term <= 0:
        return None
    left = term - min(term, max(0, kept))
    where = Origin("contract", contract.id, "end")
    return Fraction(
        ar.given(Decimal(left), unit, f"{unit} left of the term", dated),
        ar.given(Decimal(term), unit, f"{unit} of the term", where),
    )
