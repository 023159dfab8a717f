"""The one pure function of the product: facts + program versions + as-of day -> figures.

Evaluation goes partner by partner. Lines and entries are computed at once; standings, statements and metric views
are built when they are looked at.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Generic

from partnerdesk.engine.arithmetic import FIGURES, VALUES
from partnerdesk.engine.benefits.register import benefits
from partnerdesk.engine.disputed import disputed
from partnerdesk.engine.earnings.limits import capped
from partnerdesk.engine.earnings.lines import Earned, earned
from partnerdesk.engine.earnings.nets import topped_up
from partnerdesk.engine.earnings.spreading import spread
from partnerdesk.engine.earnings.triggers import trigger_of
from partnerdesk.engine.eligibility import takes_part
from partnerdesk.engine.exposure.leaving import exposures
from partnerdesk.engine.facts import HAPPENED, KINDS, Facts
from partnerdesk.engine.family import Family
from partnerdesk.engine.figure import Arithmetic, Figure, N
from partnerdesk.engine.funds.accounts import accounts
from partnerdesk.engine.index import Index
from partnerdesk.engine.lazy import Lazy, Whole
from partnerdesk.engine.ledger import Posted, settled, typed_entries
from partnerdesk.engine.metric_terms import kinds_needed
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.modules import Roster
from partnerdesk.engine.opening import posted_lines
from partnerdesk.engine.outcome import Evaluation, MetricResult, PartnerOutcome, Score, StageView, Standing, Statement
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.risk import at_risk
from partnerdesk.engine.rules import Module, Program
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.settlement import payouts
from partnerdesk.engine.stages import stages
from partnerdesk.engine.standing import standing
from partnerdesk.engine.statement import StatementBook
from partnerdesk.engine.terms import Terms, Version
from partnerdesk.engine.tiers import tier_on
from partnerdesk.engine.timing import timed
from partnerdesk.engine.where import EARNING
from partnerdesk.engine.withheld import withheld

# The tier of a day, by partner.
Tiers = Mapping[str, Callable[[date], str]]

# Facts whose first day starts a partner's periods.
_STARTS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


def evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
    tiers: Tiers | None = None,
) -> Evaluation[Decimal]:
    """The figures of all partners (or the named ones) as of a day, in plain values.

    `programs` are versions of one program in any order. `posted` holds what closed statements posted per partner,
    `tiers` the tier of each day that a partner is taken to have, where the version of the day knows that tier.
    Raises ValueError without a program or with two versions on one day.
    """
    return _evaluate(programs, facts, as_of, VALUES, partners, posted, tiers)


def explain(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
    tiers: Tiers | None = None,
) -> Evaluation[Figure]:
    """The same evaluation with every step kept; meant for one partner at a time."""
    return _evaluate(programs, facts, as_of, FIGURES, partners, posted, tiers)


def _evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    arithmetic: Arithmetic[N],
    partners: Iterable[str] | None,
    posted: Mapping[str, Posted] | None,
    tiers: Tiers | None,
) -> Evaluation[N]:
    versions = in_order(programs)
    index = Index(facts, is_whole=partners is None)
    roster = Roster(versions, as_of, index)
    all_terms = roster.all_terms(index.partners())
    starts = {id(terms): _starts(terms, facts) for terms in all_terms}
    wanted = {p.id for p in index.partners()} if partners is None else set(partners)
    chosen = sorted((p for p in index.partners() if p.id in wanted), key=lambda p: p.id)
    outcomes: dict[str, PartnerOutcome[N]] = dict.fromkeys(p.id for p in chosen)  # type: ignore[assignment]
    family: Family[N] = Family(index, chosen, any(terms.has_overrides for terms in all_terms))
    with _collector_at_rest():
        for partner in family:
            world = roster.world(partner)
            reckoning = Reckoning(arithmetic, world, world.terms)
            reckoning.tier_held = tiers.get(partner.id) if tiers else None
            family.join(reckoning)
            found = _lines(reckoning, starts[id(world.terms)])
            family.keep(reckoning, found.lines)
            if partner.id in outcomes:
                outcomes[partner.id] = _outcome(reckoning, found, (posted or {}).get(partner.id))
    current = roster.plain.at(as_of).program
    return Evaluation(
        program=current.program,
        version=current.version,
        program_hash=versions_hash(versions),
        as_of=as_of,
        partners=outcomes,
        problems=tuple(p for outcome in outcomes.values() for p in outcome.problems),
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for cycles while many small rows are made that have none: it would take a quarter of the time.

    At the end they join the oldest generation unsearched (frozen and thawed again), or switching the collector on
    would search all of them at once; what has a cycle is found by its next full search.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


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


def _starts(terms: Terms, facts: Facts) -> list[tuple[str, str]]:
    """The kinds of fact, with the attribute that dates them, whose first one starts a partner's periods."""
    versions = terms.versions
    triggers = [t.trigger for version in versions for t in version.earnings.values() if t.trigger]
    dated = [*((kind, "") for kind in _STARTS), *((t.kind, t.day) for t in triggers)]
    starts = dict.fromkeys(dated + [drawn for version in versions for drawn in _drawn(version)])
    # The usual day of a kind is the first of its days that is known: that one by itself tells nothing more.
    usual = {(kind, HAPPENED.get(kind, ("day",))[0]) for kind, day in starts if not day}
    return [start for start in starts if start not in usual and facts.of(start[0])]


def _drawn(version: Version) -> list[tuple[str, str]]:
    """What metrics draw on, with the day that places it, where an earning rests on metrics and no fact triggers it."""
    if all(terms.kind for terms in version.earnings.values()):
        return []
    return [(m.of, m.day) for m in version.program.metric.values() if m.of not in ("", EARNING)]


def _begin(reckoning: Reckoning[N], starts: Sequence[tuple[str, str]]) -> date:
    """Sets the first day of the partner's periods: of its first fact, or of a partner's it earns on, in a version."""
    worlds = (reckoning.world, *reckoning.below)
    days = [world.first_day(kind, attribute) for world in worlds for kind, attribute in starts]
    fact = min([day for day in days if day is not None and day <= reckoning.as_of], default=reckoning.as_of)
    reckoning.began = min(fact, reckoning.world.partner.joined or fact)
    reckoning.first = min(max(fact, reckoning.terms.versions[0].start), reckoning.as_of)
    return reckoning.first


def _lines(reckoning: Reckoning[N], starts: Sequence[tuple[str, str]]) -> Earned[N]:
    """All lines of a partner after its limits, and what did not count."""
    found = earned(reckoning, _begin(reckoning, starts))
    lines = capped(reckoning, spread(reckoning, found.lines))
    return Earned(lines + topped_up(reckoning, lines), found.uncounted)


def _outcome(reckoning: Reckoning[N], found: Earned[N], posted: Posted | None) -> PartnerOutcome[N]:
    lines = posted_lines(reckoning, found.lines)
    money = timed(reckoning, lines)
    waiting = disputed(reckoning)
    moved = money.entries + typed_entries(reckoning) + waiting.entries
    stopped = withheld(reckoning, [*lines, *(lot.line for lot in money.lots.values())], moved)
    entries = settled(reckoning, moved + stopped.entries, posted)
    holds, closed_to = money.holds + waiting.holds + stopped.holds, posted.closed_to if posted else None
    book = StatementBook(reckoning, lines, entries, holds, found.uncounted, closed_to)
    views, risks = _Views(reckoning, book), Whole(lambda: at_risk(reckoning, money.lots))
    return PartnerOutcome(
        partner=reckoning.world.partner.id,
        currency=reckoning.currency,
        metrics=Lazy(views.metric_keys, views.metric),
        scores=Lazy(views.score_keys, views.score),
        standings=Lazy(views.standing_keys, views.standing),
        lines=tuple(lines),
        entries=tuple(entries),
        statements=Lazy(views.statement_keys, views.statement),
        problems=tuple(dict.fromkeys(reckoning.problems)),
        payouts=Whole(lambda: payouts(reckoning, entries, stopped.since)),
        at_risk=risks,
        exposures=Whole(lambda: exposures(reckoning, money.lots, risks)),
        stages=Whole(views.stages),
        funds=Whole(lambda: accounts(reckoning, reckoning.as_of)),
        benefits=Whole(lambda: benefits(reckoning)),
        funds_on=lambda day: accounts(reckoning, day),
        tier_on=lambda day: tier_on(reckoning, day),
    )


def review_unit(program: Program) -> str:
    """How often metrics, scores and standings are taken."""
    return program.score.every if program.score else program.tiers.every


class _Views(Generic[N]):
    """What is built of a partner when it is looked at: metrics, scores, standings, statements by period."""

    def __init__(self, reckoning: Reckoning[N], book: StatementBook[N]) -> None:
        self.reckoning, self.book, self.terms = reckoning, book, reckoning.terms

    def periods(self, unit: str) -> dict[str, Period]:
        """The partner's periods by label, from its first one to the running one."""
        found = self.reckoning.calendar.between(self.reckoning.first, self.reckoning.as_of, unit)
        return {period.label: period for period in found}

    def reviews(self) -> dict[str, Period]:
        return self.periods(review_unit(self.terms.versions[-1].program))

    def metric_keys(self) -> list[tuple[str, str]]:
        names = {name: None for version in self.terms.versions for name in version.program.metric}
        return [(name, label) for label in self.reviews() for name in names]

    def metric(self, key: tuple[str, str]) -> MetricResult[N]:
        name, period = key[0], self.reviews()[key[1]]
        version = self.terms.at_end(period)
        if name not in version.metrics:
            return MetricResult(name, name, "", None, f"version {version.program.version} does not define it")
        terms = version.metrics[name]
        found, days = measured(self.reckoning, terms, period), terms.window(period, 0, self.reckoning.world.partner)
        return MetricResult(
            name, terms.metric.says, terms.unit, found.value, found.missing, found.counted, found.excluded, days
        )

    def stages(self) -> dict[str, StageView[N]]:
        calendar, day = self.reckoning.calendar, self.reckoning.as_of
        return stages(self.reckoning, calendar.at(day, review_unit(self.terms.versions[-1].program)))

    def score_keys(self) -> list[str]:
        found = [(k, p) for k, p in self.reviews().items() if self.terms.at_end(p).program.score is not None]
        return [label for label, period in found if takes_part(self.reckoning, period)]

    def score(self, label: str) -> Score[N]:
        period = self.reviews()[label]
        score = scored(self.reckoning, self.terms.at_end(period), period)
        assert score
        return score

    def tier_periods(self) -> dict[str, Period]:
        return self.periods(self.terms.versions[-1].program.tiers.every)

    def standing_keys(self) -> list[str]:
        found = [(label, p) for label, p in self.tier_periods().items() if self.terms.at_end(p).program.tier]
        return [label for label, period in found if takes_part(self.reckoning, period)]

    def standing(self, label: str) -> Standing[N]:
        return standing(self.reckoning, self.tier_periods()[label])

    def statement_keys(self) -> dict[str, Period]:
        """From the first fact on; from an earlier entry, too: what was posted stays, though its fact went elsewhere."""
        calendar, first = self.reckoning.calendar, self.reckoning.opening
        if first is None:
            moved = min((e.period.start for e in self.book.entries), default=self.reckoning.first)
            first = min(self.reckoning.first, max(moved, self.terms.versions[0].start))
        return {p.label: p for p in calendar.between(first, self.reckoning.as_of, self.terms.statements)}

    def statement(self, label: str) -> Statement[N]:
        return self.book.statement(self.statement_keys()[label])


def kinds_used(programs: Sequence[Program]) -> set[str]:
    """The kinds of fact an evaluation of these versions can touch: what a caller needs to load."""
    used = {"partner", "customer", "product", "deal", "credit", "contract", "deployment", "check", "transaction"}
    used |= {"adjustment", "payment", "exchange_rate", "tier_decision", "dispute", "hold", "opening"}
    used |= {"fund_entry", "activity"}
    texts: list[Program | Module] = [*programs, *(module for program in programs for module in program.module.values())]
    for text in texts:
        used |= {kind for metric in text.metric.values() for kind in kinds_needed(metric)}
        used |= {trigger.kind for e in text.earning.values() if (trigger := trigger_of(e))}
    return used & set(KINDS)
