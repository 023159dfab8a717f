"""Rounding and settlement: days that exist, a draw that can be paid, types that can be settled apart."""

from collections.abc import Iterator

from partnerdesk.engine.figures.called import LAST_DAY
from partnerdesk.engine.fiscal import WEEKDAYS
from partnerdesk.engine.money import ONE, ZERO, decimals
from partnerdesk.engine.rules import Draw, Program, Rounding, Settlement
from partnerdesk.engine.settling.payday import WEEKS, paid_otherwise
from partnerdesk.program.lint.found import Found, filter_problems, unknown
from partnerdesk.program.lint.tiers import need_problems

_LENGTHS = {**WEEKS, "half-month": 13, "month": 28, "quarter": 90, "half": 181, "year": 365}
MOST_DECIMALS, WEEKEND = 12, ("Saturday", "Sunday")


def settlement(program: Program) -> Iterator[Found]:
    """What is wrong with how lines are rounded and how the payable balance is paid."""
    rule = program.settlement
    if not -MOST_DECIMALS <= program.rounding.decimals <= MOST_DECIMALS:
        yield "rounding.decimals", "that many decimals mean nothing.", "Write 2 for cents.", False
    else:
        yield from _smallest(program)
    yield from _days(rule)
    for name in ("cut_days", "pays_after_months", "pays_after_days", "minimum"):
        if (getattr(rule, name) or 0) < 0:
            yield f"settlement.{name}", f"{name} is below zero.", "Write zero or more.", False
    if rule.cut_days >= _shortest(rule):
        yield "settlement.cut_days", "the cut lies before the period.", "Write fewer days than the period has.", False
    if rule.on_leaving != "carry" and not rule.minimum and not any(own.minimum for own in rule.minimums):
        yield "settlement.on_leaving", "there is no minimum below which it would matter.", "Add minimum.", True
    yield from _weeks(rule)
    if rule.lapses_after_months is not None and rule.lapses_after_months < 1:
        yield "settlement.lapses_after_months", "nothing could wait.", "Write 1 or more.", False
    if rule.each == "type":
        yield from _apart(program)
    if rule.draw is not None:
        yield from _draw(rule, rule.draw)
        yield from _quota(program, rule.draw)
    yield from _pays(program, rule)
    yield from _minimums(rule)
    yield from _tax(rule)


def _shortest(rule: Settlement) -> int:
    """How many days a settlement period has at least."""
    days = sorted(WEEKDAYS.index(name) for name in rule.week_ends if name in WEEKDAYS)
    between = [later - day for day, later in zip(days, [*days[1:], *(day + 7 for day in days[:1])], strict=True)]
    return min(between, default=_LENGTHS[rule.every])


def _smallest(program: Program) -> Iterator[Found]:
    """Lines finer than anything that can be paid, or coarser by a default that was made for cents."""
    own, written, usual = decimals(program.currency), program.rounding.decimals, Rounding().decimals
    if own != written and (written > own or written == usual):
        message = f"lines are rounded to {written} decimals, {program.currency} has {own or 'none'}."
        yield "rounding.decimals", message, f"Write rounding = {{ decimals = {own} }}.", True


def _days(rule: Settlement) -> Iterator[Found]:
    if not 1 <= rule.pays_on_day <= LAST_DAY:
        yield "settlement.pays_on_day", "no month has that day.", "Write 1 to 31; 31 is the last day.", False
    if list(rule.pays_on_days) != sorted(set(rule.pays_on_days)) or any(
        not 1 <= day <= LAST_DAY for day in rule.pays_on_days
    ):
        message = "the days rise, each once, from 1 to 31."
        yield "settlement.pays_on_days", message, "Write [15, 31] for the 15th and the last day.", False
    if rule.pays_on_weekday in WEEKEND and rule.business_days:
        message = "a weekend day is no business day."
        yield "settlement.pays_on_weekday", message, "Drop business_days, or name Monday to Friday.", False
    if list(rule.pays_on_dates) != sorted(set(rule.pays_on_dates)):
        message = "the days must rise, each once."
        yield "settlement.pays_on_dates", message, "Sort them and drop what is there twice.", False


def _pays(program: Program, rule: Settlement) -> Iterator[Found]:
    """Other days of payment: their condition can be looked at, their day exists and is another one."""
    for i, other in enumerate(rule.pays):
        path = f"settlement.pays.{i}"
        yield from need_problems(program, other.when, f"{path}.when")
        if other.pays_on_day is not None and not 1 <= other.pays_on_day <= LAST_DAY:
            yield f"{path}.pays_on_day", "no month has that day.", "Write 1 to 31; 31 is the last day.", False
        if min(other.pays_after_days or 0, other.pays_after_months or 0) < 0:
            yield path, "it is paid before the period ends.", "Write zero or more.", False
        if other.pays_after_days is not None and (other.pays_after_months or other.pays_on_day):
            yield path, "days and a month's day are two answers.", "Write one of them.", False
        if paid_otherwise(rule, other) == rule:
            yield path, "the day is the usual one.", "Give another day, or drop it.", True


def _minimums(rule: Settlement) -> Iterator[Found]:
    for i, own in enumerate(rule.minimums):
        path = f"settlement.minimums.{i}"
        yield from filter_problems(f"{path}.partner", "partner", own.partner)
        if own.minimum < ZERO:
            yield f"{path}.minimum", "minimum is below zero.", "Write zero or more.", False
        if not own.partner:
            message = "it fits every partner, so that the usual minimum and those after it never count."
            yield path, message, "Give it partners, or write it as minimum.", True


def _tax(rule: Settlement) -> Iterator[Found]:
    for i, tax in enumerate(rule.tax):
        path = f"settlement.tax.{i}"
        yield from filter_problems(f"{path}.partner", "partner", tax.partner)
        if not ZERO < tax.rate < ONE:
            yield f"{path}.rate", "the share lies between 0 and 1.", "Write 0.15 for 15 %.", False
        if not tax.partner and i + 1 < len(rule.tax):
            yield path, "it fits every partner and hides those after it.", "Put it last, or give it partners.", True


def _weeks(rule: Settlement) -> Iterator[Found]:
    if rule.every in WEEKS and rule.pays_after_days is None and not (rule.pays_on_dates or rule.pays_on_days):
        message = f"each {rule.every} would be paid on one day of a later month, with others."
        yield (
            "settlement.every",
            message,
            "Add pays_after_days, pays_on_days or pays_on_dates, if that is not meant.",
            True,
        )
    yield from _week_ends(rule)
    if rule.week_starts is not None and rule.every not in WEEKS:
        message = "only weeks begin on a day of their own."
        yield "settlement.week_starts", message, 'Drop it, or write every = "week".', False


def _week_ends(rule: Settlement) -> Iterator[Found]:
    """Weekdays on which a week's settlements end: such as there are, each once, and of weeks alone."""
    path = "settlement.week_ends"
    for name in rule.week_ends:
        if name not in WEEKDAYS:
            yield unknown(path, "weekday", name, WEEKDAYS)
    if len(set(rule.week_ends)) != len(rule.week_ends):
        yield path, "a weekday stands there twice.", "Drop it once.", False
    if rule.week_ends and rule.every != "week":
        yield path, f"it divides weeks, and this is settled by “{rule.every}”.", 'Write every = "week".', False
    if rule.week_ends and rule.week_starts is not None:
        yield path, "weeks that end on these days begin on the days after.", "Drop week_starts.", False


def _apart(program: Program) -> Iterator[Found]:
    for name, holdback in program.holdback.items():
        types = {program.earning[e].type for e in holdback.of if e in program.earning}
        if holdback.every and len(types) > 1:
            message = "a holdback on the sum of several types cannot be settled by type."
            yield f"holdback.{name}.every", message, 'Drop every, or write each = "partner" in settlement.', False


def _draw(rule: Settlement, draw: Draw) -> Iterator[Found]:
    path = "settlement.draw"
    if draw.amount <= ZERO:
        yield f"{path}.amount", "a draw is above zero.", "Write what is advanced at least.", False
    months = [step.from_months for step in draw.steps]
    if months != sorted(set(months)) or any(month < 1 for month in months):
        yield f"{path}.steps", "the months must rise, each once, from 1 on.", "Sort them; amount is the first.", False
    if any(step.amount < ZERO for step in draw.steps):
        yield f"{path}.steps", "a draw is not below zero.", "Write 0 to end it.", False
    if draw.months is not None and any(month >= draw.months for month in months):
        yield f"{path}.steps", "a step comes after the draw's last month.", "Correct months or the step.", True
    yield from _recovered(path, draw)
    if draw.months is not None and draw.months < 1:
        yield f"{path}.months", "the draw is never paid.", "Write 1 or more.", False
    if rule.each == "type":
        yield f"{path}", "a draw is an advance on all earnings together.", 'Write each = "partner".', False
    if draw.amount < rule.minimum:
        yield f"{path}.amount", "the draw alone is below the minimum and is not paid.", "Lower the minimum.", True


def _quota(program: Program, draw: Draw) -> Iterator[Found]:
    """What must hold for a draw, and the period in which that is looked at."""
    if draw.when is not None:
        yield from need_problems(program, draw.when, "settlement.draw.when")
    elif draw.every != "month":
        message = "no condition is looked at in that period."
        yield "settlement.draw.every", message, "Drop it, or give the draw a when.", True


def _recovered(path: str, draw: Draw) -> Iterator[Found]:
    """What is taken back of a draw."""
    if not ZERO < draw.recover_share <= ONE:
        yield f"{path}.recover_share", "the share lies between 0 and 1.", "Write 0.5 for half.", False
    if draw.recover_of == "earned" and draw.recover_share == ONE:
        message = "all that is earned is more than the excess, which is taken at most."
        yield f"{path}.recover_of", message, "Drop it, or give recover_share.", True
    since = draw.recoverable_from_months
    if since is not None and (since < 1 or not draw.recoverable):
        remedy = "Write 1 or more, and no recoverable = false; drop it where all or nothing is recovered."
        yield f"{path}.recoverable_from_months", "it never tells one month from another.", remedy, False
    if not draw.recoverable and draw.recover_share != ONE:
        yield f"{path}.recover_share", "nothing is recovered of this draw.", "Drop it, or make it recoverable.", True
