"""The one pure function of the product: facts + program versions + as-of day -> figures.

Evaluation goes partner by partner. Lines and entries are computed at once; standings, statements and metric views
are built when they are looked at.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from partnerdesk.engine.earnings.limits import capped
from partnerdesk.engine.earnings.lines import Earned, earned
from partnerdesk.engine.earnings.nets import topped_up
from partnerdesk.engine.earnings.spreading import spread
from partnerdesk.engine.facts import HAPPENED, KINDS, Facts, Partner
from partnerdesk.engine.family import Family
from partnerdesk.engine.figures.arithmetic import FIGURES, VALUES
from partnerdesk.engine.figures.at_rest import collector_at_rest
from partnerdesk.engine.figures.figure import Arithmetic, Figure, N
from partnerdesk.engine.metrics.drawn import read_ahead
from partnerdesk.engine.period import MONTHS
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Module, Program
from partnerdesk.engine.semantics import BEGINS_BELOW, BEGINS_COUNTED, NEWEST
from partnerdesk.engine.settling.disputed import disputed
from partnerdesk.engine.settling.entries import timed
from partnerdesk.engine.settling.ledger import Posted, typed_entries
from partnerdesk.engine.settling.losses import with_losses
from partnerdesk.engine.settling.opening import posted_lines
from partnerdesk.engine.settling.spared_as_posted import spared_of_posted
from partnerdesk.engine.settling.statement import StatementBook
from partnerdesk.engine.settling.withheld import held_when_posted, withheld
from partnerdesk.engine.terms.made_of import kinds_needed
from partnerdesk.engine.terms.modules import Roster
from partnerdesk.engine.terms.triggers import trigger_of
from partnerdesk.engine.terms.versions import Terms, Version
from partnerdesk.engine.views import PartnerViews
from partnerdesk.engine.whole import Evaluation, PartnerOutcome
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.tree import GROUP
from partnerdesk.engine.world.where import MADE
from partnerdesk.engine.world.world import World

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
    starts = {id(terms): _starts(terms, facts, semantics) for terms in all_terms}
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
        return _outcome(reckoning, _lines(reckoning, _starts(reckoning.terms, facts, reckoning.semantics)), posted)


def reached_at_end(reckoning: Reckoning[N], facts: Facts) -> str:
    """The tier that the figures of the last period reach, where nothing is earned first; empty without tiers.

    For a program whose metrics do not look at lines of earnings; else as `evaluate_one`.
    """
    _begin(reckoning, _starts(reckoning.terms, facts, reckoning.semantics))
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


def _starts(terms: Terms, facts: Facts, semantics: int) -> list[tuple[str, str]]:
    """The kinds of fact, with the attribute that dates them, whose first one starts a partner's periods."""
    versions = terms.versions
    triggers = [t.trigger for version in versions for t in version.earnings.values() if t.trigger]
    dated = [*((kind, "") for kind in _STARTS), *((t.kind, t.day) for t in triggers)]
    starts = dict.fromkeys(dated + [drawn for version in versions for drawn in _drawn(version, semantics)])
    # The usual day of a kind is the first of its days that is known: that one by itself tells nothing more.
    usual = {(kind, HAPPENED.get(kind, ("day",))[0]) for kind, day in starts if not day}
    return [start for start in starts if start not in usual and facts.of(start[0])]


def _drawn(version: Version, semantics: int) -> list[tuple[str, str]]:
    """What metrics draw on, with the day that places it, where an earning rests on metrics and no fact triggers it.

    A version that pays nothing rests on metrics alone: tiers that are reached by people or points have a history.
    """
    rests_alone = not version.earnings and semantics >= BEGINS_COUNTED
    if not rests_alone and all(terms.kind for terms in version.earnings.values()):
        return []
    return [(m.of, m.day) for m in version.program.metric.values() if m.of and m.of not in MADE]


def _begin(reckoning: Reckoning[N], starts: Sequence[tuple[str, str]]) -> date:
    """Sets the first day of the partner's periods: of its first fact, or of one that it earns on or that is counted
    with its own, in a version.

    Who earns on lines of partners below may earn on those below them, too: their first facts count as well.
    """
    worlds = [reckoning.world, *reckoning.below, *(_counted(reckoning) if reckoning.terms.counts_of else ())]
    days = [world.first_day(kind, attribute) for world in worlds for kind, attribute in starts]
    known = [day for day in days if day is not None and day <= reckoning.as_of]
    if reckoning.terms.earns_on_lines_below and reckoning.semantics >= BEGINS_BELOW:
        known += [reckoning.kin[b.partner.id].fact for b in reckoning.below if b.partner.id in reckoning.kin]
    reckoning.fact = fact = min(known, default=reckoning.as_of)
    reckoning.began = min(fact, reckoning.world.partner.joined or fact)
    reckoning.first = min(max(fact, reckoning.terms.versions[0].start), reckoning.as_of)
    return reckoning.first


def _counted(reckoning: Reckoning[N]) -> list[World]:
    """The worlds of those whose facts metrics count; a problem where the partner stands below itself."""
    tree, whose = reckoning.world.tree, reckoning.terms.counts_of
    found = [world for one in sorted(whose) for world in tree.worlds(one)]
    if tree.is_circle:
        place, message = f"partner {reckoning.partner}", "it stands below itself; each partner's facts count once."
        reckoning.problems.append(Problem(place, message, "Correct its parent partner."))
    return found


def _lines(reckoning: Reckoning[N], starts: Sequence[tuple[str, str]]) -> Earned[N]:
    """All lines of a partner after its limits, and what did not count."""
    found = earned(reckoning, _begin(reckoning, starts))
    lines = capped(reckoning, spread(reckoning, found.lines))
    return Earned(lines + topped_up(reckoning, lines), found.uncounted)


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
