"""Why is this number what it is: its figure with all steps, a sentence, the rule in words, and the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.difference import Corrected
from partnerdesk.engine.figures.bearing import unused
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.rules import Program
from partnerdesk.engine.trace import find, name
from partnerdesk.engine.whole import Traced
from partnerdesk.errors import Refused
from partnerdesk.program.words import definition, words_of
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import explained, needed_programs


@dataclass(frozen=True, slots=True)
class Why:
    """What the inspector shows. `previous` is the same number a period earlier, where there is one; `causes` say why
    a correction of a closed period is there, with the titles of earnings by their keys (`ops.statements.differences`);
    `assumed` are the rows, as (kind, id), that no book holds: those of a what-if, and what follows from an event.
    """

    named: str
    figure: Figure
    partner_name: str
    period: str  # the label of the figure's period; empty for a line or an entry
    sentence: str
    rule: RuleRef | None
    rule_sentence: str
    previous_label: str = ""
    previous: Decimal | None = None
    causes: tuple[Corrected, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    assumed: frozenset[tuple[str, str]] = frozenset()
    without_effect: tuple[Figure, ...] | None = None  # leaves of which no other value would change it, once looked for


def why(session: Session, partner: str, named: str, as_of: date) -> Why:
    """The explanation of a figure of one partner. Raises Refused where the number is not evaluated or not there."""
    rows = facts(session, partner, kinds=("partner",)).of("partner")
    outcome = explained(session, partner, as_of)
    found = why_of(outcome, needed_programs(session), rows[0].name if rows else partner, named)
    return replace(found, without_effect=unused(found.figure))


def why_of(outcome: Traced, programs: Sequence[Program], partner_name: str, named: str) -> Why:
    """The explanation of a figure of an outcome that is traced already. Raises Refused as `why` does."""
    try:
        figure = find(outcome, named)
    except (KeyError, StopIteration):
        figure = None
    if figure is None:
        raise Refused("This number is not evaluated.", "The page says what is missing.")
    rule = _rule(outcome, named)
    previous_label, previous = _before(outcome, named)
    words = _rule_words(programs, rule)
    return Why(
        named,
        figure,
        partner_name,
        _label(named),
        _sentence(programs, outcome, named, figure),
        rule,
        words,
        previous_label,
        previous,
    )


def _parts(named: str) -> list[str]:
    return named.split("|")


def _label(named: str) -> str:
    """The period in a figure's name."""
    kind, *rest = _parts(named)
    return "" if kind in ("line", "entry") else rest[-1]


def _rule(outcome: Traced, named: str) -> RuleRef | None:
    kind, *rest = _parts(named)
    if kind == "line":
        return next((line.rule for line in outcome.lines if line.id == rest[0]), None)
    if kind == "entry":
        return next((e.rule for e in outcome.entries if e.id == rest[0]), None)
    if kind in ("score", "measured", "points", "adds") and rest[-1] in outcome.scores:
        return outcome.scores[rest[-1]].rule
    if kind in ("short", "need") and rest[-1] in outcome.standings:
        return outcome.standings[rest[-1]].rule
    return None


def _rule_words(programs: Sequence[Program], rule: RuleRef | None) -> str:
    if rule is None:
        return ""
    for program in programs:
        if program.version == rule.version:
            words = words_of(program, rule)
            return words.sentence if words else ""
    return ""


def _sentence(programs: Sequence[Program], outcome: Traced, named: str, figure: Figure) -> str:
    """One plain sentence: a line's reason, a metric's definition, or what the rule says of this number."""
    kind, *rest = _parts(named)
    if kind == "line":
        return next(line.reason for line in outcome.lines if line.id == rest[0])
    if kind in ("metric", "measured", "need") and rest[0] != "score":
        for program in reversed(programs):
            if rest[0] in program.metric:
                return f"{program.metric[rest[0]].says} is the {definition(program, rest[0])}."
    if kind == "entry":
        return next((e.note for e in outcome.entries if e.id == rest[0]), "") or figure.why
    return figure.why


def _before(outcome: Traced, named: str) -> tuple[str, Decimal | None]:
    """The same number in the period before."""
    kind, *rest = _parts(named)
    if kind in ("line", "entry", "held") or not rest:
        return "", None
    labels = list(outcome.statements) if kind in ("row", "moved") else list(outcome.scores or outcome.standings)
    if rest[-1] not in labels or labels.index(rest[-1]) == 0:
        return "", None
    earlier = labels[labels.index(rest[-1]) - 1]
    try:
        found = find(outcome, name(kind, *rest[:-1], earlier))
    except (KeyError, StopIteration):
        return "", None
    return (earlier, found.value) if found is not None else ("", None)
