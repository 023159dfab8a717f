"""Earnings: a trigger that exists, a base it has, one way to an amount, keys that mean something there."""

from collections.abc import Iterator

from partnerdesk.engine.facts import KINDS
from partnerdesk.engine.rules import Count, Earning, Formula, Program, Where
from partnerdesk.engine.terms.earnings import OF_FACTS
from partnerdesk.engine.terms.made_of import made_of, with_parts
from partnerdesk.engine.terms.triggers import LINES, OTHERS, PERIOD_END, TIER_REACHED, TRIGGERS, trigger_of
from partnerdesk.engine.world.where import is_day, known_path
from partnerdesk.program.lint.aggregates import no_attribute, no_day
from partnerdesk.program.lint.bases import base_problems, has_money, is_share
from partnerdesk.program.lint.bounds import bound_problems
from partnerdesk.program.lint.found import Found, filter_problems, unknown
from partnerdesk.program.lint.held import how_far_below, whose_tier
from partnerdesk.program.lint.rates import factor_problems, large_rates, rate_problems
from partnerdesk.program.lint.tiers import need_problems
from partnerdesk.program.lint.timing import timing_problems
from partnerdesk.program.lint.years import years_apart

_NO_FACT = "Drop it, or choose another trigger."
# What a fact says of its partner, which an earning without a fact asks of the partner itself.
_OF_PARTNER = ("partner", "days_since_joined", "days_since_left")


def earnings(program: Program) -> Iterator[Found]:
    for name, rule in program.earning.items():
        path = f"earning.{name}"
        found = list(_trigger(program, path, name, rule))
        yield from found
        if not found:
            yield from _earning(program, path, rule)


def _trigger(program: Program, path: str, name: str, rule: Earning) -> Iterator[Found]:
    """What leaves it open when the earning happens."""
    if rule.trigger is not None:
        kind, day = rule.trigger.fact, rule.trigger.day
        if kind not in KINDS:
            yield unknown(f"{path}.on", "kind of fact", kind, list(KINDS))
        elif not is_day(kind, day):
            yield no_day(f"{path}.on", kind, day)
    elif rule.on not in (*TRIGGERS, *OTHERS):
        yield unknown(f"{path}.on", "trigger", rule.on, [*TRIGGERS, *OTHERS])
    if (rule.on == LINES) != bool(rule.earning):
        message = 'on = "earning" and the key earning belong together.'
        yield f"{path}.earning", message, 'Write on = "earning" and name the earning it pays on.', False
    elif rule.earning and rule.earning not in program.earning:
        yield unknown(f"{path}.earning", "earning", rule.earning, list(program.earning))
    elif rule.of == "own" and name in _sources(program, rule):
        yield f"{path}.earning", "the earning pays on its own lines.", "Break the circle.", False


def _sources(program: Program, rule: Earning) -> set[str]:
    """The earnings of the partner's own on whose lines a rule pays, near and far."""
    found: set[str] = set()
    while rule.on == LINES and rule.of == "own" and rule.earning in program.earning and rule.earning not in found:
        found.add(rule.earning)
        rule = program.earning[rule.earning]
    return found


def _earning(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    trigger = trigger_of(rule)
    kind = trigger.kind if trigger else LINES if rule.on == LINES else ""
    if kind:
        yield from filter_problems(f"{path}.where", kind, rule.where)
    else:
        yield from _without_fact(path, rule)
    yield from base_problems(program, f"{path}.base", rule, kind)
    yield from _amounts(path, rule)
    yield from bound_problems(program, path, rule, kind)
    if rule.exchange is not None and not _exchanges(rule, kind):
        yield f"{path}.exchange", "nothing is exchanged here: the base is no amount of a fact.", "Drop it.", True
    if rule.when is not None:
        yield from need_problems(program, rule.when, f"{path}.when")
    if rule.rate is not None:
        yield from rate_problems(program, f"{path}.rate", rule.rate, kind)
        if is_share(rule, kind):
            yield from large_rates(f"{path}.rate", rule.rate)
    for factor in rule.factor:
        yield from factor_problems(program, f"{path}.factor", factor, kind)
    yield from _groups(program, path, rule, kind)
    yield from _series(program, path, rule)
    yield from _unverified(program, path, rule, kind)
    yield from timing_problems(program, path, rule)


def _unverified(program: Program, path: str, rule: Earning, kind: str) -> Iterator[Found]:
    """Pay for activity that nobody verifies: for each one, or by a metric that counts them."""
    trigger = trigger_of(rule)
    if kind == "activity" and not _is_verified((*rule.where, *(trigger.where if trigger else ()))):
        remedy = "Add where = { verified_by = { known = true } }."
        yield path, "it pays for activity that nobody verifies.", remedy, True
    is_whole = all(name in program.metric for metric in program.metric.values() for name in made_of(metric))
    paid = [rule.base.metric] if is_whole and rule.base is not None and rule.base.metric in program.metric else []
    if any(m.of == "activity" and not _is_verified(m.where) for m in with_parts(program, paid)):
        remedy = "Add where = { verified_by = { known = true } } to its metric."
        yield f"{path}.base", "it pays for activity that nobody verifies.", remedy, True


def _is_verified(where: Where) -> bool:
    return any(test.attribute in ("verified_by", "evidence") for test in where)


def _without_fact(path: str, rule: Earning) -> Iterator[Found]:
    """Keys that ask something of a fact where none triggers the earning."""
    count = rule.count
    asked = {
        "where": bool(rule.where),
        "among": bool(rule.among),
        "without": bool(rule.without),
        "of": rule.of != "own",
        "once_per": bool(rule.once_per),
        "while_active": rule.while_active,
        "for_months": rule.for_months is not None,
        "tier_as_of": rule.tier_as_of in OF_FACTS,
        "rules_as_of": rule.rules_as_of in OF_FACTS,
        "count": count is not None and (rule.on != TIER_REACHED or count.per not in ("partner", "tier")),
    }
    for name, is_asked in asked.items():
        if is_asked:
            message, remedy = f"it looks at a fact, and this earning happens when {OTHERS[rule.on]}.", _NO_FACT
            if name == "count" and rule.on == PERIOD_END:
                remedy += (
                    " What is paid once in a year is an amount in bands, with increment_over, of a metric that does "
                    "not fall: a series that takes the greatest."
                )
            if name == "where" and rule.on == PERIOD_END:
                remedy += " What the metric counts, and in which days, is said by the metric's own `where`."
            if name == "where" and all(test.attribute.split(".")[0] in _OF_PARTNER for test in rule.where):
                remedy = "Ask it of the partner: when = { partner = { ... } }."
            yield f"{path}.{name}", message, remedy, False


def _amounts(path: str, rule: Earning) -> Iterator[Found]:
    if (rule.amount is None) == (rule.rate is None):
        yield path, "an earning has either a rate or a fixed amount.", "Give one of rate and amount.", False
    if not rule.increment_over:
        if rule.increment_of != "sum":
            yield f"{path}.increment_of", "the line pays no increment.", "Drop it, or add increment_over.", False
        return
    bands = [b for b in (rule.rate.bands, *(e.bands for e in rule.rate.entries)) if b] if rule.rate else []
    fixed = rule.amount is not None or (rule.rate is not None and any(e.amount is not None for e in rule.rate.entries))
    if fixed:
        yield f"{path}.increment_over", "a fixed amount does not grow with its bases.", "Give a rate.", False
    if any(bands_.over or bands_.floors_of != "bases" for bands_ in bands):
        message = "the bases are added up already; bands that go on would count them twice."
        yield f"{path}.increment_over", message, "Drop over and floors_of in the bands.", False


def _series(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    if rule.every and rule.on != PERIOD_END:
        yield f"{path}.every", "only a period's end has a period.", f'Drop it, or write on = "{PERIOD_END}".', True
    if rule.measured == "event" and rule.on == PERIOD_END:
        yield f"{path}.measured", "the event is the period's end: it is measured whole.", "Drop it.", True
    if rule.for_months is not None and rule.for_months < 1:
        yield f"{path}.for_months", "it is below one.", "Write 1 or more.", False
    if rule.count is not None:
        yield from _count(f"{path}.count", rule, rule.count)
    yield from how_far_below(f"{path}.level", rule)
    yield from whose_tier(program, f"{path}.tier_of", rule)


def _groups(program: Program, path: str, rule: Earning, kind: str) -> Iterator[Found]:
    """Metrics in whose groups an event's own must, or must not, count."""
    for name, other in (("among", rule.among), ("without", rule.without)):
        at, metric = f"{path}.{name}", program.metric.get(other)
        if other and metric is None:
            yield unknown(at, "metric", other, list(program.metric))
        elif metric is not None and metric.groups is None:
            yield at, f"{other} has no groups.", "Name a metric with groups, such as groups = { by = ... }.", False
        elif metric is not None and metric.groups is not None and kind and not _has_group(kind, metric.groups.by):
            yield no_attribute(at, kind, metric.groups.by)


def _has_group(kind: str, by: str) -> bool:
    """Whether a fact says to which group it belongs; its customer may be that of its deal."""
    return known_path(kind, by) or (by == "customer" and known_path(kind, "deal"))


def _count(path: str, rule: Earning, count: Count) -> Iterator[Found]:
    if count.first < 1:
        yield path, "events are counted from 1.", "Correct from.", False
    if count.last is not None and count.last < count.first:
        yield path, "no event is counted.", "Write to at least as great as from.", False
    yield from years_apart(f"{path}.over", count.over, "per", count.per)
    if count.per == "tier" and rule.on != TIER_REACHED:
        yield path, "only a tier that is reached is counted by tier.", f'Write on = "{TIER_REACHED}".', False


def _exchanges(rule: Earning, kind: str) -> bool:
    """Whether a base of the rule may be an amount of a fact in another currency."""
    bases = [rule.base, *(bound.base for bound in (rule.least, rule.most) if isinstance(bound, Formula))]
    return kind not in ("", LINES) and any(has_money(kind, base) for base in bases)
