"""What an earning pays on: an attribute that is a number, a metric, an amount by currency."""

from collections.abc import Iterator

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Base, Earning, Program
from partnerdesk.engine.terms.triggers import LINES, OTHERS
from partnerdesk.engine.world.where import is_number, known_path, money_attribute
from partnerdesk.program.lint.aggregates import no_attribute
from partnerdesk.program.lint.found import Found, unknown


def base_problems(program: Program, at: str, rule: Earning, kind: str) -> Iterator[Found]:
    """What a base, which stands at a key of the text, cannot mean."""
    base = rule.base
    if base.metric and base.metric not in program.metric:
        yield unknown(at, "metric", base.metric, list(program.metric))
    if sum(map(bool, (base.attribute, base.metric, base.by_currency))) > 1:
        yield at, "the base is an attribute, a metric or an amount by currency.", "Keep one of them.", False
    if base.per is not None and base.per <= ZERO:
        yield at, "a base is divided by more than zero.", "Correct per.", False
    if is_flat(rule):
        if base.attribute or base.metric or base.by_currency:
            yield at, "a fixed amount is paid whatever the base.", "Drop base.", True
    elif not (base.attribute or base.metric or base.by_currency or rule.on == LINES):
        yield at, "there is nothing to pay on: the base is a metric or an amount.", _base_remedy(kind), False
    yield from _by_currency(at, kind, base)
    named = base.attribute.removeprefix("metric.")
    if kind and named in program.metric and not known_path(kind, base.attribute):
        yield at, f"{named} is a metric.", f'Write base = {{ metric = "{named}" }}.', False
    elif kind:
        yield from _of_event(at, kind, base)
    elif base.attribute or base.less or base.times or base.by_currency:
        message = f"no fact triggers this earning: {OTHERS[rule.on]}; its base is a metric."
        yield at, message, "Write base = { metric = ... }.", False


def _by_currency(at: str, kind: str, base: Base) -> Iterator[Found]:
    """Amounts by currency: of codes that there are, and of an event that says which one counts."""
    if not base.by_currency:
        if base.currency:
            yield f"{at}.currency", "only an amount by currency asks for one.", "Drop it, or add by_currency.", False
        return
    if base.less:
        yield f"{at}.less", "nothing is taken away from an amount by currency.", "Write the amount itself.", False
    for code, amount in base.by_currency.items():
        if code not in CODES:
            yield f"{at}.by_currency", f"{code} is not a currency code.", "Write an ISO 4217 code such as EUR.", False
        if amount < ZERO:
            yield f"{at}.by_currency", "an amount is zero or more.", "Give a rate below zero for what is taken.", False
    if kind in ("", LINES):
        return
    if base.currency and not known_path(kind, base.currency):
        yield no_attribute(f"{at}.currency", kind, base.currency)
    elif not base.currency and not known_path(kind, "currency"):
        message = f"{kind} has no currency by which the amount is chosen."
        yield f"{at}.by_currency", message, 'Say whose: currency = "partner.currency".', False


def _of_event(at: str, kind: str, base: Base) -> Iterator[Found]:
    """What a base asks of the fact, or of the line, that triggers the earning."""
    if kind == LINES:
        if base.attribute not in ("", "amount") or base.less or base.times or base.by_currency:
            yield at, "a line of an earning is paid on by its amount.", "Drop base.", False
        return
    yield from number_problems(at, kind, (base.attribute, base.less, base.times))
    if (base.by_currency or money_attribute(kind, base.attribute)) and money_attribute(kind, base.times):
        yield at, "it multiplies an amount of money by another one.", "Multiply it by a plain number.", False


def _base_remedy(kind: str) -> str:
    return 'Write base = "amount", or base = { metric = ... }.' if kind else "Write base = { metric = ... }."


def is_flat(rule: Earning) -> bool:
    """Whether fixed amounts are paid, so that no base is needed."""
    entries = rule.rate.entries if rule.rate else ()
    return rule.amount is not None or (bool(entries) and all(e.amount is not None for e in entries))


def number_problems(path: str, kind: str, names: tuple[str, ...]) -> Iterator[Found]:
    for name in filter(None, names):
        if not known_path(kind, name):
            yield no_attribute(path, kind, name)
        elif not is_number(kind, name):
            yield path, f"{kind}'s {name} is no number.", "Name an amount or a number.", False


def has_money(kind: str, base: Base) -> bool:
    """Whether a base is an amount that may be in another currency."""
    return bool(base.by_currency) or money_attribute(kind, base.attribute) or money_attribute(kind, base.times)


def is_share(rule: Earning, kind: str) -> bool:
    """Whether a rate is a share of an amount of the fact itself, or of a line."""
    base = rule.base
    is_plain = base.per is None and not (base.whole or base.times)
    return kind == LINES or (bool(kind) and is_plain and money_attribute(kind, base.attribute))
