"""The condition on which what is held is released, in the words of its rule and with how it stands on the day of the
data: the ledger keeps only when that is decided.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, Entry, Held
from partnerdesk.engine.period import Period, period_at
from partnerdesk.engine.rules import Holdback, Need, Program
from partnerdesk.engine.terms.asking import need_label, need_words, value_words
from partnerdesk.engine.whole import Outcome
from partnerdesk.ops.statements.documents import versions_until
from partnerdesk.reports.statement.document import StatementDocument


def may_be(document: StatementDocument) -> bool:
    """Whether anything held on a statement is a holdback: nothing else has a condition of its rule."""
    return any(hold.kind == "holdback" and hold.remaining for hold in document.statement.held)


def conditions_of(document: StatementDocument, outcome: Outcome, programs: tuple[Program, ...]) -> Mapping[str, str]:
    """By the id of a hold its whole condition; of those alone that are forfeited where it does not hold."""
    kept = {entry.id: entry for entry in outcome.entries if entry.kind == "holdback" and entry.bucket == HELD}
    found = {}
    for hold in document.statement.held:
        entry = kept.get(f"{hold.id}:holdback:{HELD}")
        program, rule = _ruled(programs, entry) if entry and hold.remaining > ZERO else (None, None)
        if program and rule and rule.when and rule.otherwise == "forfeit":
            found[hold.id] = _condition(document, outcome, program, hold, rule, rule.when)
    return found


def _ruled(programs: tuple[Program, ...], entry: Entry[Decimal]) -> tuple[Program | None, Holdback | None]:
    """The version and the holdback by which something was kept back; what was taken over names its holdback alone."""
    if entry.rule is not None:
        program = next((p for p in programs if p.version == entry.rule.version), None)
    else:
        program = versions_until(programs, entry.day)[-1]
    key = entry.rule.key if entry.rule is not None else entry.id.partition(":")[0]
    return program, program.holdback.get(key.removeprefix("holdback.")) if program else None


def _condition(
    document: StatementDocument, outcome: Outcome, program: Program, hold: Held[Decimal], rule: Holdback, when: Need
) -> str:
    """When it is decided, what must hold then, what is measured now, and what if it does not hold."""
    day = min(document.data_as_of, hold.next_release or document.data_as_of)
    period = period_at(day, rule.release_unit, program.fiscal_year)
    now = "; ".join(_measures(program, outcome, when, period, day))
    asks = "" if when.says else f", if {need_words(program, when)}"
    measured = f" (on {day_words(day)}: {now})" if now else ""
    return f"{hold.condition}{asks}{measured}, else forfeited"


def _measures(program: Program, outcome: Outcome, need: Need, period: Period, day: date) -> Iterator[str]:
    """What each part of a requirement bounds comes to in a period, as far as it is known on the day."""
    for part in (*need.all, *need.any, *need.none, *need.of):
        yield from _measures(program, outcome, part, period, day)
    if need.metric:
        value = outcome.metric_in(need.metric, period.label).value
        yield f"{need_label(program, need)} {'unknown' if value is None else value_words(program, need.metric, value)}"
    elif need.score and (score := outcome.scores.get(period.label)) is not None:
        yield f"{need_label(program, need)} {value_words(program, '', score.total)}"
    elif need.tier:
        yield f"tier {outcome.views.tier_on(day)}"
