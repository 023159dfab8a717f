"""An earning in words: when, how much, which events count, when it is payable."""

from decimal import Decimal

from partnerdesk.engine.figures.reasons import rule_amount
from partnerdesk.engine.money import ONE
from partnerdesk.engine.rules import Base, Earning, Formula, Program, Rate, RateEntry
from partnerdesk.engine.rules.earnings import alone
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.terms.triggers import LINES, trigger_of
from partnerdesk.engine.world.days import FREE
from partnerdesk.engine.world.where import money_attribute, referred_currency
from partnerdesk.engine.world.where_words import plain, spoken
from partnerdesk.program.taking import takes_off, takes_only, turned
from partnerdesk.program.words.naming import listed, metric_says, period_noun, verb
from partnerdesk.program.words.phrases import Said, exchange_words
from partnerdesk.program.words.rates import Paid, factor_table, factor_words, rate_table, rate_words
from partnerdesk.program.words.series import group_sentences, series_sentences, trigger_words
from partnerdesk.program.words.timing import vests_sentence, vests_table

# Amounts whose own name does not read well: by kind and attribute.
_RECURRING = {
    ("contract", "recurring"): "yearly recurring amount",
    ("contract", "outcome_amount"): "yearly amount after the renewal",
    ("deal", "recurring"): "recurring amount of the first year",
}


def earning(program: Program, name: str, rule: Earning) -> Said:
    base = base_words(program, rule)
    parts = [trigger_words(program, rule)]
    # A fee, a vendor's share: said by its size.
    words, parameters = pay_words(program, turned(rule) if takes_only(rule) else rule)
    parts.append(f", {taken_off(words)}" if takes_off(rule) else f", you earn {words}")
    if rule.amount is not None:
        formula = rule_amount(rule.amount, program.currency)
    else:
        formula = f"{base.removeprefix('the ')} × rate" if base else "amount"
    for factor in rule.factor:
        formula += " × factor"
        parts.append(f", times {factor_words(program, factor)}")
        parameters += f"; factor {table}" if (table := factor_table(program, factor)) else ""
    formula = _bounded(program, rule, formula)
    more = [*group_sentences(program, rule), *series_sentences(rule), *_amount_sentences(program, rule)]
    more += [exchange_words(rule.exchange)] if rule.exchange else []
    parts += [f". {sentence}" for sentence in more]
    parameters += "".join(f"; {said}" for said in _bound_tables(program, rule) if said not in "".join(more))
    if said := vests_sentence(program, rule):
        parts.append(said)
        parameters += f"; {vests_table(rule)}"
    money = program.rounding
    formula += f", rounded {money.mode.replace('-', ' ')} to {money.decimals} decimals per {money.point}"
    return f"earning.{name}", rule.reference, rule.says, "".join(parts) + ".", formula, parameters


def taken_off(words: str) -> str:
    """What is taken off, as a half sentence; what goes on behind a comma stands last."""
    return f"this is taken off: {words}" if ", " in words else f"{words} is taken off"


def pay_words(program: Program, rule: Earning) -> tuple[str, str]:
    """What is earned, inside a sentence, and its numbers; before any multiplier."""
    if rule.amount is not None:
        amount = rule_amount(rule.amount, program.currency)
        return amount, amount
    assert rule.rate is not None
    if rule.base.by_currency and rule.rate == Rate(entries=(RateEntry(rate=ONE),)):
        return base_words(program, rule), _amounts(rule.base)
    paid = Paid(program.currency, _is_money(program, rule), _is_number(program, rule))
    words = rate_words(program, rule.rate, base_words(program, rule), paid).removesuffix(",")
    return words, rate_table(program, rule.rate, paid)


def base_words(program: Program, rule: Earning) -> str:
    """What is paid on; empty where fixed amounts are paid."""
    base = rule.base
    if base.metric:
        words = _the(metric_says(program, base.metric))
    elif rule.on == LINES:
        words = "it"
    elif base.by_currency:
        whose = f"its {spoken(base.currency)}" if base.currency else "its currency"
        words = f"{_amounts(base)} (by {whose})"
    elif base.attribute:
        trigger = trigger_of(rule)
        name = _RECURRING.get((trigger.kind if trigger else "", base.attribute))
        words = f"the {name or spoken(base.attribute)}"
    else:
        return ""
    if base.less and base.times:
        words = f"({words} less the {spoken(base.less)})"  # the difference is multiplied, not what is taken away
    return words + _changes(base)


def _amounts(base: Base) -> str:
    """Amounts by currency: 500.00 USD, 450.00 EUR or 60,000.00 JPY."""
    return listed([rule_amount(amount, currency) for currency, amount in base.by_currency.items()], "or")


def _the(name: str) -> str:
    return name if name.split(" ", 1)[0] in ("the", "their", "our", "its") else f"the {name}"


def _is_money(program: Program, rule: Earning) -> bool:
    """Whether a rate is a share of money, and not an amount for each of something that is counted."""
    trigger, base = trigger_of(rule), rule.base
    if base.whole:
        return False
    if base.metric:
        return unit_of(program, base.metric, program.currency) == program.currency
    if base.times:
        return True  # so many at a price, or at a rate that was agreed
    if trigger is None or not base.attribute or money_attribute(trigger.kind, base.attribute):
        return True
    return bool(referred_currency(trigger.kind, base.attribute))


def _is_number(program: Program, rule: Earning) -> bool:
    """Whether a rate is paid on a bare number, of which nothing says what it counts: an amount as it is observed."""
    base = rule.base
    if base.whole or _is_money(program, rule):
        return False
    unit = unit_of(program, base.metric, program.currency) if base.metric else ""
    return unit == "1" or base.attribute.startswith(FREE)


def _changes(base: Base) -> str:
    less = f" less the {spoken(base.less)}" if base.less and not base.times else ""
    less += f" times the {spoken(base.times)}" if base.times else ""
    floor = f", counted as {plain(base.not_below)} where it is less," if base.not_below is not None else ""
    per = f" divided by {plain(base.per)}" if base.per is not None else ""
    return less + floor + per + (" in whole ones" if base.whole else "")


def _bounded(program: Program, rule: Earning, formula: str) -> str:
    if rule.increment_over:
        formula = f"{formula} on {_so_far(rule)} − paid before"
    if rule.least is not None:
        formula = f"greatest of {_bare(program, rule, rule.least)} and {formula}"
    return formula if rule.most is None else f"least of {_bare(program, rule, rule.most)} and {formula}"


def _bare(program: Program, rule: Earning, bound: Decimal | Formula) -> str:
    """An amount of a formula, whose currency stands beside it; another base at its own rate."""
    if isinstance(bound, Decimal):
        return rule_amount(bound, program.currency).removesuffix(f" {program.currency}")
    base = base_words(program, alone(rule, bound)).removeprefix("the ")
    return f"({base} × its rate)" if base else "an amount by case"


def _bound_words(program: Program, rule: Earning, bound: Decimal | Formula) -> str:
    """What bounds a line, inside a sentence: 5.00 EUR, 20 EUR for each one of the seats."""
    if isinstance(bound, Decimal):
        return rule_amount(bound, program.currency)
    return pay_words(program, alone(rule, bound))[0]


def _bound_tables(program: Program, rule: Earning) -> list[str]:
    """The numbers of the tables that bound a line."""
    formulas = [(name, bound) for name, bound in _bounds(rule) if isinstance(bound, Formula)]
    return [f"{name} {pay_words(program, alone(rule, bound))[1]}" for name, bound in formulas]


def _bounds(rule: Earning) -> list[tuple[str, Decimal | Formula]]:
    """The bounds that a rule has, each with its words."""
    both = (("at least", rule.least), ("at most", rule.most))
    return [(words, bound) for words, bound in both if bound is not None]


def _so_far(rule: Earning) -> str:
    """What an increment is worked out on."""
    if rule.increment_of != "sum":
        return "the base as it stands"
    return (
        "everything up to now" if rule.increment_over == "ever" else f"the {period_noun(rule.increment_over)} up to now"
    )


def _amount_sentences(program: Program, rule: Earning) -> list[str]:
    """What bounds a line, and what it makes good."""
    found = []
    if rule.increment_over:
        before = "" if rule.increment_over == "ever" else f" in the {period_noun(rule.increment_over)}"
        bands = rule.rate.bands if rule.rate else None
        is_fixed = bands is not None and not any(step.rate for step in bands.steps)
        earns = "reaches by then" if is_fixed else "earns at today's rate"
        made_good = "each amount is paid once" if is_fixed else "a change of rate is made good"
        found.append(f"It pays what {_so_far(rule)} {earns}, less what was paid before{before}: {made_good}")
    if rule.nothing_below is not None:
        least, taken = rule_amount(rule.nothing_below, program.currency), "taken off" if takes_off(rule) else "paid"
        waits = ", and waits for the next one" if rule.increment_over else ""
        found.append(f"A line of less than {least} is not {taken}{waits}")
    bounds = [f"{name} {_bound_words(program, rule, bound)}" for name, bound in _bounds(rule)]
    of = metric_says(program, rule.base.metric) if rule.base.metric and rule.least is not None else ""
    none = f", and nothing where {of} {verb(of)} 0" if of else ""
    pays = "takes off" if takes_off(rule) else "pays"
    return [*found, f"A line {pays} {' and '.join(bounds)}{none}"] if bounds else found
