"""Rounding, exchange and settlement in words; what a program leaves as it is by default is not spoken."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.engine.figures.called import LAST_DAY
from partnerdesk.engine.figures.reasons import day_words, percent_words, rule_amount
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Draw, Exchange, PayDay, Program, Rounding, Settlement, Withholding
from partnerdesk.engine.settling.payday import WEEKS, paid_otherwise
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.program.words.facts import where_words
from partnerdesk.program.words.naming import listed, many, month_day, ordinal, ordinal_ending, period_noun
from partnerdesk.program.words.phrases import RATES, Said, exchange_words

_LEAVING = {
    "carry": "",
    "pay": " Once the partner has left it is paid all the same.",
    "forfeit": " Once the partner has left it is forfeited.",
}
_NEGATIVE = {
    "net": "A balance below zero is taken from later payments.",
    "next period": "A balance below zero is taken from the next period's payment; what that cannot cover is waived.",
    "invoice": "A balance below zero is invoiced to the partner.",
}


def settlement(program: Program) -> Iterator[Said]:
    """How lines are rounded and exchanged, and how the payable balance is paid, where the program says so."""
    if program.rounding != Rounding():
        yield _rounding(program)
    if program.exchange != Exchange():
        sentence = f"{exchange_words(program.exchange)}."
        yield "exchange", "", "Exchange", sentence, "amount × rate", RATES[program.exchange.day]
    if program.settlement != Settlement():
        yield _settlement(program, program.settlement)


def paid_words(program: Program) -> str:
    """When and how the payable balance is paid, whether or not the program says it itself."""
    return _settlement(program, program.settlement)[3]


def _rounding(program: Program) -> Said:
    rule = program.rounding
    to = many(rule.decimals, "decimal") if rule.decimals else "whole units"
    to += f", as {program.currency} has" if rule.decimals_of == "currency" else ""
    mode = f"{rule.mode.replace('-', ' ')} to {to}"
    how = f"Each line is rounded {mode}."
    if rule.point == "total":
        how = (
            f"The sum of an earning's lines in a statement is rounded {mode}; each line is rounded down, and the lines "
            "with the largest remainders get what is missing."
        )
    return "rounding", "", "Rounding", how, f"rounded {mode}", f"per {rule.point}"


def _settlement(program: Program, rule: Settlement) -> Said:
    day = _day_words(rule)
    begins = f" (one begins on {day_words(rule.week_starts)})" if rule.week_starts is not None else ""
    when = f"Each {period_noun(rule.every)}{begins}"
    if rule.week_ends:
        when = f"Each time a {listed(list(rule.week_ends), 'or')} ends"
    parts = [f"{when} the payable balance is paid {day}."]
    parts += [_sooner_words(program, rule, other) for other in rule.pays]
    if rule.cut_days:
        parts.append(f"What becomes payable in the last {many(rule.cut_days, 'day')} before waits for the next time.")
    if rule.each == "type":
        parts.append("Each type of earning is settled by itself.")
    if rule.minimum > ZERO or rule.minimum_is == "above" or rule.minimums:
        parts.append(f"A balance {_minimum_words(program, rule)} is carried over.{_LEAVING[rule.on_leaving]}")
    if rule.lapses_after_months is not None:
        parts.append(f"What has waited {many(rule.lapses_after_months, 'month')} is forfeited, the oldest first.")
    parts.append(_NEGATIVE[rule.negative])
    if rule.draw is not None:
        parts.append(_draw_words(program, rule, rule.draw))
    parts += [_tax_words(tax) for tax in rule.tax]
    return "settlement", rule.reference, "Settlement", " ".join(parts), "payable balance", day


def _minimum_words(program: Program, rule: Settlement) -> str:
    """What is too little to be paid, for whom: below 50.00 USD (below 500.00 USD for partners whose method is wire)."""

    def small(minimum: Decimal) -> str:
        least = rule_amount(minimum, program.currency)
        return f"of {least} or less" if rule.minimum_is == "above" else f"below {least}"

    own = [
        f"{small(other.minimum)} for partners{where_words(other.partner)}"
        + (f" ({other.reference})" if other.reference else "")
        for other in rule.minimums
    ]
    return f"{small(rule.minimum)} ({', else '.join(own)})" if own else small(rule.minimum)


def _sooner_words(program: Program, rule: Settlement, other: PayDay) -> str:
    condition = other.says or need_words(program, other.when)
    period = f" in the {period_noun(other.every)}" if other.every != "month" else ""
    return f"It is paid {_day_words(paid_otherwise(rule, other))} where this holds{period}: {condition}."


def _tax_words(tax: Withholding) -> str:
    whom = f" for partners{where_words(tax.partner)}" if tax.partner else ""
    clause = f" ({tax.reference})" if tax.reference else ""
    return f"{tax.says}{clause}, {percent_words(tax.rate)} of what is paid, is withheld and passed on{whom}."


def _day_words(rule: Settlement) -> str:
    if not rule.pays_on_dates:
        return _usual_day_words(rule)
    dates, usual = listed([day_words(day) for day in rule.pays_on_dates]), _usual_day_words(rule)
    after = "after its end" if rule.pays_after_days is None else f"{usual} or later"
    return f"on the first of these days {after}: {dates}; after the last of them {usual}"


def _usual_day_words(rule: Settlement) -> str:
    weekday = f", or on the next {rule.pays_on_weekday} where that is none" if rule.pays_on_weekday else ""
    if not rule.pays_on_days:
        return f"{_one_day_words(rule)}{weekday}"
    days = listed([month_day(day) for day in rule.pays_on_days], "or")
    since = f"from {_one_day_words(rule)} on" if rule.pays_after_days is not None else "after its end"
    business = " or the next business day" if rule.business_days else ""
    return f"on the next {days} {since}{business}{weekday}"


def _one_day_words(rule: Settlement) -> str:
    if rule.pays_after_days == 0:
        return "on its last day" + (" or the next business day" if rule.business_days else "")
    if rule.pays_after_days is not None:
        kind = "business day" if rule.business_days else "day"
        return f"{rule.pays_after_days} {kind}{'s' * (rule.pays_after_days != 1)} after its end"
    after = f"the {ordinal(rule.pays_after_months)} month after" if rule.pays_after_months > 1 else "the month after"
    own = "that month" if rule.every in ("month", "half-month", *WEEKS) else "its last month"
    business = " or the next business day" if rule.business_days else ""
    day = "last day" if rule.pays_on_day >= LAST_DAY else f"{rule.pays_on_day}{ordinal_ending(rule.pays_on_day)}"
    return f"on the {day} of {after if rule.pays_after_months else own}{business}"


def _draw_words(program: Program, rule: Settlement, draw: Draw) -> str:
    months = f" in the first {many(draw.months, 'month')} after joining" if draw.months is not None else ""
    words = f"At least {rule_amount(draw.amount, program.currency)} are paid each {period_noun(rule.every)}{months}"
    if draw.steps:
        amounts = [f"{rule_amount(s.amount, program.currency)} from month {s.from_months}" for s in draw.steps]
        words += f", {listed(amounts)} after joining"
    if draw.when is not None:
        period = f" in the {period_noun(draw.every)}" if draw.every != "month" else ""
        words += f", where this holds{period}: {need_words(program, draw.when)}"
    if not draw.recoverable:
        return f"{words}; what is advanced is kept."
    what = "what is advanced"
    if (since := draw.recoverable_from_months) is not None:
        what = f"what is advanced in the first {many(since, 'month')} after joining is kept, and what is advanced later"
    whole = "what the period earned" if draw.recover_of == "earned" else "the excess"
    share = "" if draw.recover_share == ONE else f", at most {percent_words(draw.recover_share)} of {whole} at once"
    return f"{words}; {what} is taken from what is earned above it later{share}."
