"""The one pure function of the product: facts + program versions + as-of day -> figures.

Evaluation goes partner by partner. Lines and entries are computed at once; standings, statements and metric views
are built when they are looked at.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256

from partnerdesk.engine.earnings.limits import capped
from partnerdesk.engine.earnings.lines import Earned, earned
from partnerdesk.engine.earnings.nets import topped_up
from partnerdesk.engine.earnings.spreading import spread
from partnerdesk.engine.facts import KINDS, Facts, Partner
from partnerdesk.engine.family import Family
from partnerdesk.engine.figures.arithmetic import FIGURES, VALUES
from partnerdesk.engine.figures.at_rest import collector_at_rest
from partnerdesk.engine.figures.figure import Arithmetic, Figure, N
from partnerdesk.engine.metrics.drawn import read_ahead
from partnerdesk.engine.period import MONTHS
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Module, Program
from partnerdesk.engine.semantics import NEWEST
from partnerdesk.engine.settling.disputed import disputed
from partnerdesk.engine.settling.entries import timed
from partnerdesk.engine.settling.given_back import given_back
from partnerdesk.engine.settling.ledger import Posted, typed_entries
from partnerdesk.engine.settling.losses import with_losses
from partnerdesk.engine.settling.opening import posted_lines
from partnerdesk.engine.settling.spared_as_posted import spared_of_posted
from partnerdesk.engine.settling.statement import StatementBook
from partnerdesk.engine.settling.withheld import held_when_posted, withheld
from partnerdesk.engine.starting import Start, begin, starts_of
from partnerdesk.engine.terms.made_of import kinds_needed
from partnerdesk.engine.terms.modules import Roster
from partnerdesk.engine.terms.triggers import trigger_of
from partnerdesk.engine.views import PartnerViews
from partnerdesk.engine.whole import Evaluation, PartnerOutcome
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.tree import GROUP

# The tier of a day, by partner.
Tiers = Mapping[str, Callable[[date], str]]


def evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
    tiers: Tiers | None = None,
    semantics: int = NEWEST,
) -> Evaluation[Decimal]:
    """The figures of all partners (or the named ones) as of a day, in plain values.

    `programs` are versions of one program in any order. `posted` holds what closed statements posted per partner,
    `tiers` the tier of each day that a partner is taken to have, where the version of the day knows that tier;
    `semantics` is what the figures mean, where a statement was closed under an earlier number.
    Raises ValueError without a program or with two versions on one day.
    """
    return _evaluate(programs, facts, as_of, VALUES, partners, posted, tiers, semantics)


def explain(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    *,
    partners: Iterable[str] | None = None,
    posted: Mapping[str, Posted] | None = None,
    tiers: Tiers | None = None,
    semantics: int = NEWEST,
) -> Evaluation[Figure]:
    """The same evaluation with every step kept; meant for one partner at a time."""
    return _evaluate(programs, facts, as_of, FIGURES, partners, posted, tiers, semantics)


def _evaluate(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    arithmetic: Arithmetic[N],
    partners: Iterable[str] | None,
    posted: Mapping[str, Posted] | None,
    tiers: Tiers | None,
    semantics: int,
) -> Evaluation[N]:
    versions = in_order(programs)
    index = Index(facts, is_whole=partners is None)
    roster = Roster(versions, as_of, index, semantics)
    all_terms = roster.all_terms(index.partners())
    starts = {id(terms): starts_of(terms, facts, semantics) for terms in all_terms}
    read_ahead(index, all_terms)
    chosen = _chosen(index, partners)
    outcomes: dict[str, PartnerOutcome[N]] = dict.fromkeys(p.id for p in chosen)  # type: ignore[assignment]
    family: Family[N] = Family(index, chosen, all_terms)
    with collector_at_rest():
        for partner in family:
            world = roster.world(partner)
            reckoning = Reckoning(arithmetic, world, world.terms)
            reckoning.semantics = semantics
            reckoning.tier_held = tiers.get(partner.id) if tiers else None
            family.join(reckoning)
            found = _lines(reckoning, starts[id(world.terms)])
            family.keep(reckoning, found.lines)
            if partner.id in outcomes:
                outcomes[partner.id] = _outcome(reckoning, found, (posted or {}).get(partner.id))
            reckoning.forget()
    current = roster.plain.at(as_of).program
    return Evaluation(
        program=current.program,
        version=current.version,
        program_hash=versions_hash(versions),
        as_of=as_of,
        partners=outcomes,
        problems=tuple(p for outcome in outcomes.values() for p in outcome.problems),
    )


def _chosen(index: Index, partners: Iterable[str] | None) -> list[Partner]:
    """The partners that are asked about, or all, in order of their ids."""
    wanted = None if partners is None else set(partners)
    return sorted((p for p in index.partners() if wanted is None or p.id in wanted), key=lambda p: p.id)


def evaluate_one(reckoning: Reckoning[N], facts: Facts, posted: Posted | None = None) -> PartnerOutcome[N]:
    """The figures of one partner whose world and terms are made ready already: nothing is looked up for others.

    For a program in which no partner earns on those below it and no metric counts their facts. `facts` are those of
    the reckoning's world.
    """
    with collector_at_rest():
        return _outcome(reckoning, _lines(reckoning, starts_of(reckoning.terms, facts, reckoning.semantics)), posted)


def reached_at_end(reckoning: Reckoning[N], facts: Facts) -> str:
    """The tier that the figures of the last period reach, where nothing is earned first; empty without tiers.

    For a program whose metrics do not look at lines of earnings; else as `evaluate_one`.
    """
    begin(reckoning, starts_of(reckoning.terms, facts, reckoning.semantics))
    # Nobody asks for the periods before: each is worked out by itself, if at all.
    reckoning.runs = {unit: (reckoning.calendar.at(reckoning.as_of, unit),) for unit in MONTHS}
    views = PartnerViews(reckoning, StatementBook(reckoning, [], [], [], [], None), {}, {})
    return views.reached_at_end()


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


def _lines(reckoning: Reckoning[N], starts: Sequence[Start]) -> Earned[N]:
    """All lines of a partner after its limits, and what did not count."""
    found = earned(reckoning, begin(reckoning, starts))
    taken = partial(given_back, reckoning)
    lines = capped(reckoning, spread(reckoning, found.lines), taken)
    return Earned(lines + topped_up(reckoning, lines, taken), found.uncounted)


def _outcome(reckoning: Reckoning[N], found: Earned[N], posted: Posted | None) -> PartnerOutcome[N]:
    lines = posted_lines(reckoning, found.lines)
    money = timed(reckoning, lines)
    moved = money.entries + typed_entries(reckoning)
    waiting = disputed(reckoning, moved, posted)
    moved = moved + waiting.entries
    stopped = withheld(reckoning, lines, money.lots, moved, waiting.since)
    moved += stopped.entries
    since = held_when_posted(reckoning, posted) | stopped.since
    moved += spared_of_posted(reckoning, moved, since, money.lots, posted)
    entries = with_losses(reckoning, moved, since, posted)
    holds, closed_to = money.holds + waiting.holds + stopped.holds, posted.closed_to if posted else None
    book = StatementBook(reckoning, lines, entries, holds, found.uncounted, closed_to)
    return PartnerOutcome(
        reckoning.partner,
        reckoning.currency,
        tuple(lines),
        tuple(entries),
        tuple(dict.fromkeys(reckoning.problems)),
        PartnerViews(reckoning, book, money.lots, since),
    )


def _asks_for_enrolments(program: Program) -> bool:
    tracks = program.score.track if program.score else ()
    return any(track.enrolled for track in tracks) or any(module.enrolled for module in program.module.values())


def counts_groups(programs: Iterable[Program]) -> bool:
    """Whether metrics count the facts of a partner's whole group, so that a caller needs to load that."""
    tables = [table for p in programs for table in (p.metric, *(module.metric for module in p.module.values()))]
    decides = any(p.tiers.whose == GROUP for p in programs)
    return decides or any(metric.whose == GROUP for table in tables for metric in table.values())


def kinds_used(programs: Sequence[Program]) -> set[str]:
    """The kinds of fact an evaluation of these versions can touch: what a caller needs to load."""
    used = {"partner", "customer", "product", "deal", "credit", "contract", "deployment", "check", "transaction"}
    used |= {"adjustment", "payment", "exchange_rate", "tier_decision", "dispute", "hold", "opening"}
    used |= {"fund_entry", "activity"}
    if any(_asks_for_enrolments(program) for program in programs):
        used.add("enrolment")
    texts: list[Program | Module] = [*programs, *(module for program in programs for module in program.module.values())]
    for text in texts:
        used |= {kind for metric in text.metric.values() for kind in kinds_needed(metric)}
        used |= {trigger.kind for e in text.earning.values() if (trigger := trigger_of(e))}
    return used & set(KINDS)
