"""Vesting and clawback: shares that sum, waits that can end, windows that shapes need, causes that can happen."""

from collections.abc import Iterator

from partnerdesk.engine.facts import attributes
from partnerdesk.engine.figures.called import LAST_DAY
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Clawback, Earning, Program, Vest
from partnerdesk.engine.rules.timing import CAUSED_BY, CLAWED_BACK, LIVE
from partnerdesk.engine.settling.vesting import PERIOD_ENDS
from partnerdesk.engine.terms.triggers import LINES, trigger_of
from partnerdesk.engine.world.receipts import WORTH
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.lint.found import Found, filter_problems
from partnerdesk.program.lint.tiers import need_problems


def timing_problems(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    """What is wrong with when an earning is payable and when it is taken back."""
    total = sum((v.share for v in rule.vests), ZERO)
    if rule.vests and total != ONE:
        yield f"{path}.vests", f"the shares do not sum to 1, but to {plain(total)}.", "Correct the shares.", False
    for i, vest in enumerate(rule.vests):
        yield from _vest(program, f"{path}.vests.{i}", vest)
    for i, clawback in enumerate(rule.clawback):
        yield from _clawback(f"{path}.clawback.{i}", rule, clawback)
        if clawback.takes == "held" and not _is_ever_held(program, path.rpartition(".")[2], rule):
            message = "nothing of this earning is ever held: nothing would be taken."
            yield f"{path}.clawback.{i}.takes", message, 'Give it vests, or write takes = "all".', True
    below = program.earning.get(rule.earning)
    if rule.of == "sub-partners" and below is not None and below.clawback and not rule.clawback:
        message = f"what is clawed back of “{rule.earning}” leaves this as it was."
        yield f"{path}.clawback", message, 'Add clawback = { if = "clawed back" }, or say in `note` why not.', True


def _is_ever_held(program: Program, name: str, rule: Earning) -> bool:
    """Whether something of an earning waits before it is payable."""
    earn = program.eligibility.earn
    is_suspended = earn is not None and earn.otherwise == "suspend"
    return bool(rule.vests) or is_suspended or any(name in holdback.of for holdback in program.holdback.values())


def _vest(program: Program, path: str, vest: Vest) -> Iterator[Found]:
    if vest.share <= ZERO:
        yield f"{path}.share", "a share is above zero.", "Write 0.5 for half.", False
    if vest.parts < 1:
        yield f"{path}.parts", "a share has at least one part.", "Write 1, or drop parts.", False
    if vest.apart_months < 1:
        yield f"{path}.apart_months", "the parts follow each other.", "Write 1 for every month.", False
    elif vest.apart_months > 1 and vest.parts == 1:
        yield f"{path}.apart_months", "one part stands apart from nothing.", "Drop it, or write parts = 2.", True
    for name in ("after_months", "after_days", "within_months", "within_days"):
        if (getattr(vest, name) or 0) < 0:
            yield f"{path}.{name}", f"{name} is below zero.", "A share cannot be payable before its event.", False
    if vest.on_day is not None and not 1 <= vest.on_day <= LAST_DAY:
        yield f"{path}.on_day", "no month has that day.", "Write 1 to 31; 31 is the last day.", False
    if vest.when is not None:
        yield from need_problems(program, vest.when, f"{path}.when")
    yield from _which(path, vest)
    yield from _deadline(path, vest)


def _which(path: str, vest: Vest) -> Iterator[Found]:
    """Which of several deployments is waited for."""
    for name, is_asked in (("which", vest.which != "first"), ("nth", vest.nth is not None)):
        if is_asked and vest.at not in LIVE:
            message = "only go-lives and first values come once for each deployment."
            yield f"{path}.{name}", message, 'Drop it, or write at = "customer live".', False
    if vest.nth is not None and vest.which == "last":
        yield f"{path}.nth", "it waits for the last one already.", "Drop nth or which.", False
    elif vest.nth is not None and vest.nth < 1:
        yield f"{path}.nth", "deployments are counted from 1.", "Write 1 or more.", False


def _deadline(path: str, vest: Vest) -> Iterator[Found]:
    """Until when a share may wait."""
    if vest.within_months is not None and vest.within_days is not None:
        yield path, "the wait is given in months and in days.", "Keep one of within_months and within_days.", False
    is_certain = vest.at == "event" or vest.at in PERIOD_ENDS
    within = "within_months" if vest.within_months is not None else "within_days"
    is_bounded = getattr(vest, within) is not None
    if is_bounded and is_certain and vest.when is None:
        yield (
            f"{path}.{within}",
            f"the {vest.at} always comes in time.",
            "Drop it, or name what to wait for.",
            True,
        )
    is_asked = vest.if_active or vest.when is not None
    if vest.otherwise == "release" and is_asked and not is_bounded:
        message = "the share is released whether or not its condition holds."
        yield f"{path}.otherwise", message, 'Write otherwise = "forfeit", or give within_months to wait for it.', True


def _clawback(path: str, rule: Earning, clawback: Clawback) -> Iterator[Found]:
    yield from _window(path, clawback)
    if not ZERO < clawback.share <= ONE:
        yield f"{path}.share", "the share lies between 0 and 1.", "Write 0.5 for half.", False
    if clawback.shape == "steps":
        yield from _steps(path, clawback)
    elif clawback.steps:
        yield f"{path}.steps", f"the shape is {clawback.shape}, not steps.", 'Write shape = "steps".', False
    if clawback.cause in CAUSED_BY:
        yield from filter_problems(f"{path}.where", CAUSED_BY[clawback.cause], clawback.where)
    elif clawback.where:
        message = "what falls with the line below is filtered there."
        yield f"{path}.where", message, "Move it to the clawback of that earning.", False
    if not _can_happen(rule, clawback.cause):
        message = f"what this earns on can never be {clawback.cause}."
        remedy = "Earn on a deal, a contract or an invoice, or drop the clawback."
        yield f"{path}.if", message, remedy, True


def _window(path: str, clawback: Clawback) -> Iterator[Found]:
    months, days = clawback.within_months, clawback.within_days
    if months is not None and days is not None:
        yield path, "the window is given in months and in days.", "Keep one of within_months and within_days.", False
    if any(length is not None and length < 1 for length in (months, days)):
        yield path, "the window has no days.", "Write within_months = 12.", False
    if clawback.shape == "linear" and months is None and days is None:
        yield f"{path}.shape", "a linear clawback needs a window.", "Add within_months or within_days.", False
    if clawback.full_days < 0 or (days is not None and clawback.full_days > days):
        yield f"{path}.full_days", "it lies outside the window.", "Write fewer days than the window has.", False
    elif clawback.full_days and clawback.shape == "full":
        yield f"{path}.full_days", "all of it is taken back anyway.", "Drop it, or name another shape.", True


def _steps(path: str, clawback: Clawback) -> Iterator[Found]:
    floors = [step.from_days for step in clawback.steps]
    if not floors or floors != sorted(set(floors)):
        yield f"{path}.steps", "the steps' days must rise, each one once.", "Sort them.", False
    if any(not ZERO <= step.share <= ONE for step in clawback.steps):
        yield f"{path}.steps", "shares lie between 0 and 1.", "Write 0.5 for half.", False
    days = clawback.within_days
    if days is not None and any(floor > days for floor in floors):
        yield f"{path}.steps", "a step begins after the window.", "Lengthen the window, or drop the step.", True


def _can_happen(rule: Earning, cause: str) -> bool:
    """Whether a line of an earning has what a cause looks at: a contract or deal, a payment, an invoice."""
    trigger = trigger_of(rule)
    if cause == CLAWED_BACK or trigger is None:
        return rule.on == LINES
    has_business = {"deal", "contract"} & {a.name for a in attributes(trigger.kind)} or trigger.kind in WORTH
    return bool(has_business) and not (cause == "unpaid" and rule.on == "payment received")
