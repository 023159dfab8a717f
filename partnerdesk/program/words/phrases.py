"""Half sentences that several rules use: amounts, exchange."""

import re
from collections.abc import Sequence

from partnerdesk.engine.figures.reasons import day_words, percent_words, rule_amount
from partnerdesk.engine.rules import DatedAmount, Exchange, Program
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


def amounts_words(program: Program, amounts: Sequence[DatedAmount]) -> str:
    """An amount, or amounts with the days from which they hold."""
    return ", ".join(_amount_words(program, entry) for entry in amounts)


def _amount_words(program: Program, entry: DatedAmount) -> str:
    since = f" from {day_words(entry.since)}" if entry.since else ""
    if entry.metric:
        times = f"{percent_words(entry.times)} of " if entry.times != 1 else ""
        return f"{times}{metric_says(program, entry.metric)}{since}"
    if entry.amount is None and not entry.by_currency:
        return f"no limit{since}"
    amounts = [(program.currency, entry.amount)] if entry.amount is not None else []
    named = [rule_amount(amount, currency) for currency, amount in (*amounts, *entry.by_currency.items())]
    return f"{' or '.join(named)}{since}"


def exchange_words(rule: Exchange) -> str:
    return f"Foreign amounts are exchanged at {RATES[rule.day]}, from the table “{rule.table}”"


def says_more(numbers: str, sentence: str) -> bool:
    """Whether the numbers of a rule tell any that its sentence does not; a zero tells nothing."""
    if numbers in sentence:
        return False
    told, said = ({n.rstrip(".,") for n in _NUMBER.findall(text)} for text in (numbers, sentence))
    return not told or bool({number for number in told - said if number.strip("0.,\N{NO-BREAK SPACE}%")})
