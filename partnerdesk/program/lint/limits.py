"""Caps, safety nets and holdbacks: of earnings that exist, and not against each other."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.engine.earnings.dated import amount_on
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Cap, DatedAmount, Holdback, Program, SafetyNet
from partnerdesk.engine.rules.limits import MAKES_ROOM
from partnerdesk.engine.terms.triggers import PERIOD_END, TIER_REACHED
from partnerdesk.engine.world.where import known_path, referred_currency
from partnerdesk.program.lint.bases import number_problems
from partnerdesk.program.lint.found import Found, covers, unknown
from partnerdesk.program.lint.tiers import need_problems
from partnerdesk.program.lint.years import years_apart
from partnerdesk.program.taking import takes_only


def limits(program: Program) -> Iterator[Found]:
    for i, cap in program.cap.items():
        yield from _cap(program, f"cap.{i}", cap)
    for i, net in program.safety_net.items():
        yield from _safety_net(program, f"safety_net.{i}", net)
    for i, back in program.holdback.items():
        yield from _holdback(program, f"holdback.{i}", back)


def _cap(program: Program, path: str, cap: Cap) -> Iterator[Found]:
    yield from covers(program, path, (*cap.of, *cap.cut))
    yield from _dated(program, f"{path}.at_most", cap.at_most)
    for entry in cap.at_most:
        if entry.attribute:
            yield from _of_owner(f"{path}.at_most", cap.per, entry)
    for name in cap.cut:
        if name not in cap.of:
            yield f"{path}.cut", f"the cap does not cover {name}.", "Add it to of, or drop it here.", False
    if cap.when is not None:
        yield from need_problems(program, cap.when, f"{path}.when")
    yield from _without_owner(program, path, cap.per, cap.of, "limited")
    yield from years_apart(f"{path}.every", cap.every, "per", cap.per)
    yield from _taken_back(program, path, cap)
    most = [entry.amount for entry in cap.at_most if entry.amount is not None]
    for name, rule in ((n, program.earning[n]) for n in cap.of if n in program.earning):
        if isinstance(rule.least, Decimal) and most and rule.least > min(most):
            message = f"a line of {name} pays at least {rule.least:,f}, more than the cap allows."
            yield f"{path}.at_most", message, "Correct one of them.", True
        if takes_only(rule):
            message = f"a cap never limits what {name} takes off."
            yield f"{path}.of", message, 'Let its rate end in bands: { bands = "marginal", over = "year", ... }.', True


def _taken_back(program: Program, path: str, limit: Cap | SafetyNet) -> Iterator[Found]:
    """Room for what is taken back, where nothing is."""
    covered = [program.earning[name] for name in limit.of if name in program.earning]
    takes = [clawback.takes for rule in covered for clawback in rule.clawback]
    if limit.taken_back == MAKES_ROOM and "all" not in takes:
        message = "nothing that is paid is ever taken back of these earnings."
        yield f"{path}.taken_back", message, "Give one of them a clawback, or drop it.", True


def _of_owner(path: str, per: str, entry: DatedAmount) -> Iterator[Found]:
    """A number of what a cap is kept apart for."""
    if per == "partner":
        message = "an attribute is one of the customer, contract, deal or product that the cap is kept apart for."
        yield path, message, 'Add per = "deal", or write a metric.', False
        return
    yield from number_problems(path, per, (entry.attribute,))
    if known_path(per, entry.attribute) and referred_currency(per, entry.attribute):
        message = f"{entry.attribute} is an amount of something else."
        yield path, message, f"Name a number of the {per} itself.", False
    if entry.by_currency:
        yield path, "an attribute has a currency of its own.", "Drop by_currency.", False


def _without_owner(program: Program, path: str, per: str, of: tuple[str, ...], done: str) -> Iterator[Found]:
    """Earnings without a fact, where what is looked at is a fact's customer, contract, deal or product."""
    covered = [program.earning[name] for name in of if name in program.earning]
    if per != "partner" and any(rule.on in (PERIOD_END, TIER_REACHED) for rule in covered):
        message = f"lines without a fact have no {per}: they are not {done}."
        yield f"{path}.per", message, f"Leave those earnings to a {path.partition('.')[0]} of their own.", True


def _dated(program: Program, path: str, amounts: tuple[DatedAmount, ...]) -> Iterator[Found]:
    """Amounts in the order of their days, each one thing."""
    days = [entry.since for entry in amounts]
    known = [day for day in days if day is not None]
    if not amounts or None in days[1:] or known != sorted(set(known)):
        yield path, "the days must rise, each one once; only the first may be left out.", "Sort them.", False
    for entry in amounts:
        if entry.metric and entry.metric not in program.metric:
            yield unknown(path, "metric", entry.metric, list(program.metric))
        if (entry.amount is not None) + bool(entry.metric) + bool(entry.attribute) > 1:
            yield path, "a limit is an amount, a metric or an attribute.", "Keep one of them.", False
        if entry.times != ONE and not (entry.metric or entry.attribute):
            yield path, "only a metric or an attribute is multiplied.", "Write the amount itself.", False
        for amount in (entry.amount, *entry.by_currency.values()):
            if amount is not None and amount < ZERO:
                yield path, "a limit is zero or more.", "Correct the amount.", False


def _safety_net(program: Program, path: str, net: SafetyNet) -> Iterator[Found]:
    yield from covers(program, path, net.of)
    yield from _dated(program, f"{path}.at_least", net.at_least)
    if any(entry.attribute for entry in net.at_least):
        yield f"{path}.at_least", "a safety net promises an amount or a metric.", "Drop attribute.", False
    if any(entry.by_currency for entry in net.at_least):
        message = "a safety net looks at sums in the program's currency."
        yield f"{path}.at_least", message, "Drop by_currency.", False
    if net.when is not None:
        yield from need_problems(program, net.when, f"{path}.when")
    yield from _without_owner(program, path, net.per, net.of, "topped up")
    yield from _taken_back(program, path, net)
    if net.per == "partner" and any(_below(program, cap, net) for cap in program.cap.values()):
        yield path, "the safety net promises more than the cap allows.", "Correct one of them.", True


def _below(program: Program, cap: Cap, net: SafetyNet) -> bool:
    if not set(cap.of) >= set(net.of) or cap.every != net.every or cap.per != "partner":
        return False
    days = [entry.since or program.effective_from for entry in (*cap.at_most, *net.at_least)]
    limits = [(amount_on(cap.at_most, day), amount_on(net.at_least, day)) for day in days]
    return any(most is not None and least is not None and most < least for most, least in limits)


def _holdback(program: Program, path: str, back: Holdback) -> Iterator[Found]:
    yield from covers(program, path, back.of)
    if back.when is not None:
        yield from need_problems(program, back.when, f"{path}.when")
    if not ZERO < back.share < ONE:
        yield f"{path}.share", "the share lies between 0 and 1.", "Write 0.10 for 10 %.", False
    if back.release_after < 0:
        yield f"{path}.release_after", "it is released before it is held.", "Write 0 for the same period's end.", False
    if back.when is not None and back.otherwise == "release":
        message = "it is released whether or not its condition holds."
        yield f"{path}.otherwise", message, 'Write otherwise = "forfeit", or drop when.', True
