"""The one pure function of the product: facts + program versions + as-of day -> figures.

Evaluation goes partner by partner. Lines and entries are computed at once; standings, statements and metric views
are built when they are looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

from partnerdesk.engine.arithmetic import FIGURES, VALUES
from partnerdesk.engine.earnings.limits import capped, topped_up
from partnerdesk.engine.earnings.lines import earned
from partnerdesk.engine.facts import KINDS, Facts, Partner
from partnerdesk.engine.figure import Arithmetic, Figure
from partnerdesk.engine.lazy import Lazy
from partnerdesk.engine.ledger import Posted, settled, typed_entries
from partnerdesk.engine.metrics import measured, unit_of
from partnerdesk.engine.outcome import Evaluation, MetricResult, PartnerOutcome, Score, Standing, Statement
from partnerdesk.engine.period import Period, periods
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Program
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.statement import StatementBook
from partnerdesk.engine.tiers import standing
from partnerdesk.engine.timing import timed
from partnerdesk.engine.world import Index, World, happened

N = TypeVar("N")

# Facts whose first day starts a partner's periods.
_STARTS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


def evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
) -> Evaluation[Decimal]:
    """The figures of all partners (or the named ones) as of a day, in plain values.

    `programs` are versions of one program in any order. `posted` holds what closed statements posted per partner.
    Raises ValueError without a program or with two versions on one day.
    """
    return _evaluate(programs, facts, as_of, VALUES, partners, posted)


def explain(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
) -> Evaluation[Figure]:
    """The same evaluation with every step kept; meant for one partner at a time."""
    return _evaluate(programs, facts, as_of, FIGURES, partners, posted)


def _evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    arithmetic: Arithmetic[N],
    partners: Iterable[str] | None,
    posted: Mapping[str, Posted] | None,
) -> Evaluation[N]:
    versions = in_order(programs)
    index = Index(facts)
    wanted = None if partners is None else set(partners)
    outcomes = {
        partner.id: _partner(versions, index, partner, as_of, arithmetic, (posted or {}).get(partner.id))
        for partner in sorted(index.partners(), key=lambda p: p.id)
        if wanted is None or partner.id in wanted
    }
    current = [p for p in versions if p.effective_from <= as_of] or [versions[0]]
    return Evaluation(
        program=current[-1].program,
        version=current[-1].version,
        program_hash=versions_hash(versions),
        as_of=as_of,
        partners=outcomes,
        problems=tuple(p for outcome in outcomes.values() for p in outcome.problems),
    )


def in_order(programs: Sequence[Program]) -> tuple[Program, ...]:
    """Versions oldest first. Raises ValueError for none, for two on one day, or for two programs."""
    versions = tuple(sorted(programs, key=lambda p: p.effective_from))
    if not versions:
        raise ValueError("an evaluation needs a program")
    if len({p.effective_from for p in versions}) != len(versions):
        raise ValueError("two versions of the program take effect on one day")
    if len({p.program for p in versions}) != 1:
        raise ValueError("an evaluation runs one program")
    return versions


def versions_hash(versions: Sequence[Program]) -> str:
    """One hash over the texts of all versions."""
    return sha256("\n".join(p.sha256 for p in versions).encode()).hexdigest()


def _partner(
    programs: Sequence[Program],
    index: Index,
    partner: Partner,
    as_of: date,
    arithmetic: Arithmetic[N],
    posted: Posted | None,
) -> PartnerOutcome[N]:
    program = programs[-1]
    world = World(index, partner, program.currency, program.exchange.table)
    reckoning = Reckoning(arithmetic, world, programs, as_of)
    first = _first_day(world, programs, as_of)
    found = earned(reckoning, first)
    lines = capped(reckoning, found.lines)
    lines += topped_up(reckoning, lines, first)
    money = timed(reckoning, lines, first)
    entries = settled(reckoning, [*money.entries, *typed_entries(reckoning)], posted)
    book = StatementBook(reckoning, lines, entries, money.holds, found.uncounted)
    return PartnerOutcome(
        partner=partner.id,
        currency=world.currency,
        metrics=_metrics(reckoning, first),
        scores=_scores(reckoning, first),
        standings=_standings(reckoning, first),
        lines=tuple(lines),
        entries=tuple(entries),
        statements=_statements(book, first),
        problems=tuple(reckoning.problems),
    )


def _first_day(world: World, programs: Sequence[Program], as_of: date) -> date:
    """The first day of the partner's periods: its first fact, not before the first version."""
    days = []
    for kind in _STARTS:
        dated = [d for row in world.rows(kind) if (d := happened(kind, row)) is not None]
        if dated:
            days.append(min(dated))
    return min(max(min(days, default=as_of), programs[0].effective_from), as_of)


def _by_label(reckoning: Reckoning[N], first: date, unit: str) -> dict[str, Period]:
    year_start = reckoning.programs[-1].fiscal_year_starts
    return {p.label: p for p in periods(first, reckoning.as_of, unit, year_start)}


def review_unit(program: Program) -> str:
    """How often metrics, scores and standings are taken."""
    return program.score.every if program.score else program.tiers.every


def _metrics(reckoning: Reckoning[N], first: date) -> "Mapping[tuple[str, str], MetricResult[N]]":
    program = reckoning.programs[-1]
    labels = _by_label(reckoning, first, review_unit(program))

    def build(key: tuple[str, str]) -> MetricResult[N]:
        name, label = key
        version = reckoning.program_at(min(labels[label].end, reckoning.as_of))
        if name not in version.metric:
            return MetricResult(name, name, "", None, f"version {version.version} does not define it")
        found = measured(reckoning, name, labels[label])
        unit = unit_of(version, name, reckoning.world.currency)
        return MetricResult(
            name, version.metric[name].says, unit, found.value, found.missing, found.counted, found.excluded
        )

    names = {name: None for p in reckoning.programs for name in p.metric}
    return Lazy([(name, label) for label in labels for name in names], build)


def _scores(reckoning: Reckoning[N], first: date) -> "Mapping[str, Score[N]]":
    program = reckoning.programs[-1]
    labels = _by_label(reckoning, first, program.score.every) if program.score else {}

    def build(label: str) -> Score[N]:
        score = scored(reckoning, labels[label])
        if score is None:
            raise KeyError(label)
        return score

    scoring = {
        label: p for label, p in labels.items() if reckoning.program_at(min(p.end, reckoning.as_of)).score is not None
    }
    return Lazy(scoring, build)


def _standings(reckoning: Reckoning[N], first: date) -> "Mapping[str, Standing[N]]":
    program = reckoning.programs[-1]
    labels = _by_label(reckoning, first, program.tiers.every) if program.tier else {}
    return Lazy(labels, lambda label: standing(reckoning, labels[label]))


def _statements(book: StatementBook[N], first: date) -> "Mapping[str, Statement[N]]":
    labels = _by_label(book.reckoning, first, book.reckoning.programs[-1].statements)
    return Lazy(labels, lambda label: book.statement(labels[label]))


def kinds_used(programs: Sequence[Program]) -> set[str]:
    """The kinds of fact an evaluation of these versions can touch: what a caller needs to load."""
    from partnerdesk.engine.earnings.triggers import TRIGGERS

    used = {"partner", "customer", "product", "deal", "credit", "contract", "deployment", "check", "transaction"}
    used |= {"adjustment", "payment", "exchange_rate", "tier_decision"}
    for program in programs:
        used |= {m.of for m in program.metric.values() if m.of}
        used |= {TRIGGERS[e.on].kind for e in program.earning.values() if e.on in TRIGGERS}
    return used & set(KINDS)
