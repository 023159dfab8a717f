"""Half sentences that several rules use: amounts, exchange."""

import re
from collections.abc import Sequence

from partnerdesk.engine.figures.reasons import day_words, percent_words, rule_amount
from partnerdesk.engine.rules import DatedAmount, Exchange, Program
from partnerdesk.engine.world.where_words import plain, spoken
from partnerdesk.program.words.naming import metric_says

_NUMBER = re.compile(r"\d[\d.,]*(?:\N{NO-BREAK SPACE}%)?")  # 1 year tells nothing of 1 %

# key, reference, title, sentence, formula, parameters
Said = tuple[str, str, str, str, str, str]

RATES = {
    "event": "the last rate up to the event's day",
    "month start": "the last rate before the event's month",
    "quarter start": "the last rate before the event's quarter",
    "year start": "the last rate before the event's fiscal year",
    "month mean": "the mean of the rates of the event's month",
}


def limits_words(program: Program, amounts: Sequence[DatedAmount], span: str) -> str:
    """A limit with its span: at most 80.00 EUR a month from 1 Apr 2026, without limit from 1 Jun 2026."""
    said = [f"at most {words} {span}" if words else "without limit" for words in (_amount(program, e) for e in amounts)]
    return ", ".join(words + _since(entry) for words, entry in zip(said, amounts, strict=True))


def floors_words(program: Program, amounts: Sequence[DatedAmount]) -> str:
    """An amount, or amounts with the days from which they hold: 150.00 EUR, no floor from 1 Jun 2026."""
    return ", ".join((_amount(program, entry) or "no floor") + _since(entry) for entry in amounts)


def _since(entry: DatedAmount) -> str:
    return f" from {day_words(entry.since)}" if entry.since else ""


def _amount(program: Program, entry: DatedAmount) -> str:
    """An amount without its day; empty where it is "none"."""
    if entry.attribute:
        return (
            f"{plain(entry.times)} × its {spoken(entry.attribute)}"
            if entry.times != 1
            else f"its {spoken(entry.attribute)}"
        )
    if entry.metric:
        times = f"{percent_words(entry.times)} of " if entry.times != 1 else ""
        return f"{times}{metric_says(program, entry.metric)}"
    amounts = [(program.currency, entry.amount)] if entry.amount is not None else []
    return " or ".join(rule_amount(amount, currency) for currency, amount in (*amounts, *entry.by_currency.items()))


def exchange_words(rule: Exchange) -> str:
    return f"Foreign amounts are exchanged at {RATES[rule.day]}, from the table “{rule.table}”"


def says_more(numbers: str, sentence: str) -> bool:
    """Whether the numbers of a rule tell any that its sentence does not; a zero tells nothing."""
    if numbers in sentence:
        return False
    told, said = ({n.rstrip(".,") for n in _NUMBER.findall(text)} for text in (numbers, sentence))
    return not told or bool({number for number in told - said if number.strip("0.,\N{NO-BREAK SPACE}%")})
