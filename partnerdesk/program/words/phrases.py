"""Half sentences that several rules use: filters, names, amounts."""

from collections.abc import Sequence

from partnerdesk.engine.reasons import day_words, rule_amount
from partnerdesk.engine.rules import DatedAmount, Exchange, Program, Test, Where
from partnerdesk.engine.where import plain, spoken, tests_words

# key, reference, title, sentence, formula, parameters
Said = tuple[str, str, str, str, str, str]

RATES = {
    "event": "the last rate up to the event's day",
    "month start": "the last rate before the event's month",
    "quarter start": "the last rate before the event's quarter",
    "year start": "the last rate before the event's fiscal year",
    "month mean": "the mean of the rates of the event's month",
}


def where_words(where: Where) -> str:
    """A filter as a half sentence: " whose kind is new or cross-sell", " that are escalated"."""
    states = [_state(test) for test in where if _is_state(test)]
    others = tests_words(tuple(test for test in where if not _is_state(test)))
    said = " and ".join([*([f"whose {others}"] if others else []), *states])
    return f" {said}" if said else ""


_STATES = ("escalated", "in_time", "met")


def _is_state(test: Test) -> bool:
    """Whether a test asks for a state that people name as such."""
    return test.attribute in _STATES and test.one_of in ((True,), (False,))


def _state(test: Test) -> str:
    """That are escalated; that are not."""
    wanted = (test.one_of == (True,)) is not test.negated
    return f"that are {'' if wanted else 'not '}{spoken(test.attribute)}"


def many(count: int, noun: str) -> str:
    """A number of things: 1 month, 6 months."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def metric_says(program: Program, metric: str) -> str:
    return program.metric[metric].says.lower()


def earning_names(program: Program, names: tuple[str, ...]) -> str:
    said = [program.earning[n].says.lower() for n in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def amounts_words(program: Program, amounts: Sequence[DatedAmount]) -> str:
    """An amount, or amounts with the days from which they hold."""
    return ", ".join(_amount_words(program, entry) for entry in amounts)


def _amount_words(program: Program, entry: DatedAmount) -> str:
    since = f" from {day_words(entry.since)}" if entry.since else ""
    if entry.metric:
        times = f" × {plain(entry.times)}" if entry.times != 1 else ""
        return f"{metric_says(program, entry.metric)}{times}{since}"
    if entry.amount is None and not entry.by_currency:
        return f"no limit{since}"
    amounts = [(program.currency, entry.amount)] if entry.amount is not None else []
    named = [rule_amount(amount, currency) for currency, amount in (*amounts, *entry.by_currency.items())]
    return f"{' or '.join(named)}{since}"


def exchange_words(rule: Exchange) -> str:
    return f"Foreign amounts are exchanged at {RATES[rule.day]}, from the table “{rule.table}”"
