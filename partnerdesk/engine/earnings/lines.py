"""Events become lines: every rule of every version over its days, in order, with what earlier events left behind."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import Generic, NamedTuple

from partnerdesk.engine.earnings.among import outside_groups
from partnerdesk.engine.earnings.bands import Rated, Running
from partnerdesk.engine.earnings.bases import base_of
from partnerdesk.engine.earnings.events import events, line_event
from partnerdesk.engine.earnings.filling import PaidBefore
from partnerdesk.engine.earnings.governing import governs
from partnerdesk.engine.earnings.making import made
from partnerdesk.engine.earnings.plans import Plan, next_of, plans_of
from partnerdesk.engine.earnings.quiet import quiet_lines
from partnerdesk.engine.earnings.rates import fixed_words
from partnerdesk.engine.earnings.shares import share_of
from partnerdesk.engine.earnings.sieve import Sieve
from partnerdesk.engine.earnings.tiered import rated_for, tier_for
from partnerdesk.engine.earnings.undated import undated
from partnerdesk.engine.figures.figure import Excluded, N, is_zero
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine, Workings
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import IN_ORDER_OF_DAYS, NAMES_APART, TELLS_UNREADABLE
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.tiers.eligibility import barred
from partnerdesk.engine.tiers.tiers import tier_on
from partnerdesk.engine.tiers.unmet import unmet_words
from partnerdesk.engine.world.world import MissingRate


class Earned(NamedTuple, Generic[N]):
    """All lines before caps, in order of (day, rule, id), and what did not count."""

    lines: list[EarningLine[N]]
    uncounted: list[Excluded]


def earned(reckoning: Reckoning[N], first: date) -> Earned[N]:
    """The lines of every rule of every version from `first` to the as-of day, each version on its own days."""
    return _Earning(reckoning).run(plans_of(reckoning, first))


class _Earning(Generic[N]):
    """One partner's lines in the making."""

    def __init__(self, reckoning: Reckoning[N]) -> None:
        self.reckoning = reckoning
        self.found: list[tuple[date, int, str, EarningLine[N]]] = []
        self.uncounted: list[Excluded] = []
        self.running: Running[N] = {}
        self.listening: dict[str, list[Plan]] = defaultdict(list)
        self.plans: dict[str, list[list[Plan]]] = defaultdict(list)
        self.by_earning: dict[str, list[EarningLine[N]]] = defaultdict(list)
        self.is_fed_back = reckoning.terms.is_fed_back
        self.is_in_order = reckoning.semantics >= IN_ORDER_OF_DAYS
        self.names_apart = reckoning.semantics >= NAMES_APART
        self.named: set[str] = set()
        self.paid = PaidBefore(reckoning, self.running)

    def run(self, plans: list[Plan]) -> Earned[N]:
        for plan in plans:
            rule = plan.terms.rule
            if self.reckoning.semantics >= TELLS_UNREADABLE:
                self.uncounted += undated(self.reckoning, plan.terms)
            if rule.on == LINES and rule.of == "own":
                plan.sieve = Sieve(self.reckoning, plan.terms)
                self.listening[f"earning.{rule.earning}"].append(plan)
        if self.is_fed_back:
            self._on_demand(plans)
        else:
            for group in self._groups(plans):
                if len(group) == 1:
                    self._in_turn(group[0])
                else:
                    self._in_order(group)
        self.found.sort(key=_place)
        return Earned([*map(_LINE, self.found)], self.uncounted)

    def _groups(self, plans: list[Plan]) -> list[list[Plan]]:
        """Each rule by itself, but for those of several versions that share days: what goes on through their events
        goes on in order of day.
        """
        groups: dict[str, list[Plan]] = {}
        found = []
        for plan in plans:
            key = plan.terms.key
            if plan.is_shared and self.is_in_order and key in groups:
                groups[key].append(plan)
                continue
            found.append([plan])
            if plan.is_shared:
                groups[key] = found[-1]
        return found

    def _in_order(self, group: list[Plan]) -> None:
        """The lines of one earning under several versions, event by event."""
        for plan in group:
            plan.left = iter(self.events(plan))
        self.advance_together(group, self.reckoning.as_of)

    def _in_turn(self, plan: Plan) -> None:
        """All lines of a rule, where none has to wait for those of another."""
        reckoning, terms = self.reckoning, plan.terms
        metric = terms.idle_without
        is_alone = not (self.listening or plan.has_namesakes or terms.key in self.paid.scopes)
        if terms.is_quiet and reckoning.arithmetic.plain and is_alone:
            days = plan.first, min(plan.last, terms.version.last)
            found = quiet_lines(reckoning, terms, days, plan.holds)
            self.found += zip(map(_EVENT, found), repeat(plan.order), map(_ID, found), found)
        elif metric is None:
            for event in self.events(plan):
                self.take(plan, event)
        else:
            known = reckoning.numbers[metric.slot]
            for event in self.events(plan):
                base = (known.get(event.period.label) or measured(reckoning, metric, event.period)).value
                if base is not None and not is_zero(base):
                    self.take(plan, event, base)

    def _on_demand(self, plans: list[Plan]) -> None:
        """Every rule as far as a metric asks for its lines, because a rule may rest on what others paid before."""
        for plan in plans:
            plan.left = iter(self.events(plan))
        groups = self._groups(plans)
        for group in groups:
            self.plans[group[0].terms.key].append(group)
        self.reckoning.lines_of = self.lines_of
        for group in groups:
            self.advance_together(group, self.reckoning.as_of)

    def lines_of(self, earning: str, through: date) -> list[EarningLine[N]]:
        """The lines of an earning up to a day, made now where they are not made yet."""
        key = f"earning.{earning}"
        for group in self.plans.get(key, ()):
            for plan in group:
                if plan.sieve is not None:
                    self.lines_of(plan.terms.rule.earning, through)
            self.advance_together(group, through)
        return [line for line in self.by_earning.get(key, ()) if line.event <= through]

    def advance_together(self, group: list[Plan], through: date) -> None:
        """Takes the events of some rules up to a day, in order of (day, id); of a rule at work nothing more."""
        while (plan := next_of(group)) is not None and plan.ahead is not None and plan.ahead.day <= through:
            plan.is_busy, event, plan.ahead = True, plan.ahead, None
            if not event.pause:
                self.take(plan, event)
            plan.is_busy = False

    def events(self, plan: Plan) -> Iterable[Event]:
        return events(self.reckoning, plan.terms, (plan.first, plan.last), plan.is_shared, self.uncounted)

    def leave_out(self, plan: Plan, event: Event, reason: str) -> None:
        if event.fact is not None and plan.terms.kind != LINES:
            self.uncounted.append(Excluded(event.fact, reason, plan.terms.rule.reference, day=event.day))

    def take(self, plan: Plan, event: Event, base: N | None = None) -> None:
        """Makes the line of an event, or notes why there is none; its base where that is known already."""
        reckoning, terms = self.reckoning, plan.terms
        if terms.version.has_gate and (reason := barred(reckoning, terms.version, event.day)):
            self.leave_out(plan, event, reason)
            return
        try:
            line = line_at(reckoning, plan, event, self.running, base)
        except MissingRate as missing:
            place = f"{terms.rule.says}, {terms.kind} {event.fact.id}"
            reckoning.problems.append(Problem(place, f"{missing}.", "Add the rate."))
            return
        if isinstance(line, str):
            self.leave_out(plan, event, line)
        elif line is not None:
            if plan.has_namesakes and self.names_apart:
                line = self._named_apart(plan, line)
            if terms.follows:
                reckoning.paid_on[line.id] = event
            self.found.append((line.event, plan.order, line.id, line))
            self.paid.note(terms, event, line)
            if self.is_fed_back:
                self.by_earning[terms.key].append(line)
            if self.listening:
                self._pass_on(line)

    def _named_apart(self, plan: Plan, line: EarningLine[N]) -> EarningLine[N]:
        """A line under an id of its own. The first of a fact keeps its plain one; a later version that pays on the same
        fact again adds its own first day, so that nothing that comes later changes an id.
        """
        id = line.id
        while id in self.named:
            id = f"{id}:{plan.terms.version.start.isoformat()}"
        self.named.add(id)
        return line._replace(id=id)

    def _pass_on(self, line: EarningLine[N]) -> None:
        """Gives a line to the rules that pay on it, under the version of its day."""
        for plan in self.listening.get(line.rule.key, ()):
            event = line_event(self.reckoning, plan.terms, line)
            is_due = plan.first <= event.day <= plan.last
            if plan.is_shared:
                is_due = is_due and governs(self.reckoning, plan.terms, event)
            if is_due and not plan.sieve.refuses(event):
                self.take(plan, event)


_place, _LINE = itemgetter(0, 1, 2), itemgetter(3)
_EVENT, _ID = map(itemgetter, map(EarningLine._fields.index, ("event", "id")))


def line_at(
    reckoning: Reckoning[N], plan: Plan, event: Event, running: Running[N], known: N | None
) -> EarningLine[N] | str | None:
    """The line of an event, or None where nothing is earned, or why the event does not count.

    What is `known` is a base other than zero; else the condition is asked first, because a fact is told of it.
    """
    terms, rule = plan.terms, plan.terms.rule
    if plan.holds is not None and not plan.holds(reckoning, event.period):
        return _not_met(reckoning, terms, event)
    if terms.groups and (outside := outside_groups(reckoning, terms, event)):
        return outside
    if known is not None:
        base = known
    else:
        found = base_of(reckoning, terms, event)
        if found is None or isinstance(found, str):
            return found
        base = reckoning.arithmetic.of(event.fact, found)
        if not (base > ZERO or base < ZERO or rule.increment_over):
            return None
    tier = tier_on(reckoning, event.day) if terms.tier_is_of_day else tier_for(reckoning, terms, event)
    if rule.increment_over:
        return _increment(reckoning, terms, event, tier, base, running)
    if rule.amount is not None:
        rate: Rated[N] | str = Rated(None, base, (), fixed_words(reckoning))
    else:
        rate = rated_for(reckoning, terms, event, tier, base, running)
    if isinstance(rate, str):
        return rate
    return made(reckoning, terms, event, tier, base, rate)


def _not_met(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> str:
    """That the rule's condition does not hold; what it lacks, where every step is kept."""
    need, said = terms.rule.when, "the condition of the rule is not met"
    if need is None or not reckoning.arithmetic.traced:
        return said
    return f"{said}: {unmet_words(reckoning, terms.version, need, event.period)}"


def _increment(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, base: N, running: Running[N]
) -> EarningLine[N] | str | None:
    """What all bases of the unit earn up to now, less what its earlier lines paid; bases are credited shares."""
    ar, currency, rule = reckoning.arithmetic, reckoning.currency, terms.rule
    share = share_of(reckoning, terms, event)
    if share is not None:
        base = ar.product([base, share], currency, "credited base")
    scope = f"increment of {terms.key}", reckoning.label(event.day, rule.increment_over)
    before, paid = running.get((*scope, "bases")), running.get((*scope, "paid"))
    if rule.increment_of == "latest":
        before = None  # the base holds what came before it
    whole = base if before is None else ar.sum([before, base], currency, "bases up to now")
    running[*scope, "bases"] = whole
    if rule.amount is not None:
        rate: Rated[N] | str = Rated(None, whole, (), fixed_words(reckoning))
    else:
        rate = rated_for(reckoning, terms, event, tier, whole, running)
    if isinstance(rate, str):
        return rate
    line = made(reckoning, terms, event, tier, base, rate, Workings(before=before, paid=paid))
    if isinstance(line, str):
        return line
    if is_zero(base) and is_zero(line.computed):
        return None
    parts = [line.computed] if paid is None else [paid, line.computed]
    running[*scope, "paid"] = ar.sum(parts, currency, f"paid before{terms.increments_in}")
    return line
