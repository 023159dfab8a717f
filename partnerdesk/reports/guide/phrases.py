"""Words that several pages of a guide use: counts, amounts, days, clause lines."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.money import decimals
from partnerdesk.engine.rules import Program
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.words import RuleWords, rule_words
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.data import GuideData, WorkedRow

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LONGEST = 70  # characters of a name inside a title


def number_word(count: int) -> str:
    """A count in a sentence: words up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """A count and its noun: one tier, five ways to earn."""
    return f"{number_word(count)} {one if count == 1 else many or f'{one}s'}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text as a sentence: a capital at its beginning, a full stop at its end."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".!?" else f"{text}."


def short(name: str) -> str:
    """A name inside a title; where it is very long its end stands elsewhere in the guide."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def is_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def value_words(row: WorkedRow, formats: Formats, *, bare: bool = False) -> str:
    """What a figure is, with its unit; `bare` without the currency, where that stands in the column's title."""
    value, unit = row.value, row.unit
    if value is None:
        return "not evaluated"
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, str):
        return value
    if is_money(unit):
        places = _places(value, unit)
        return formats.accounting(value, places) if bare else f"{formats.number(value, places)} {unit}"
    if unit == "%":
        return percent_words(value)
    return plain(value) if unit in ("", "1") else f"{plain(value)} {unit}"


def _places(value: Decimal, currency: str) -> int:
    """Decimals of an amount: those of its currency, and more where a program keeps more."""
    exponent, least = value.normalize().as_tuple().exponent, decimals(currency)
    return min(12, max(least, -exponent)) if isinstance(exponent, int) else least


def clause_line(data: GuideData, rule: RuleWords, formats: Formats) -> str:
    """The rule as statements call it, and the version since which it says the same.

    That is its clause; without one its key, and nothing where the program has one such rule under its title.
    """
    since = _since(data, rule)
    held = f"since version {since.version}, {formats.day(since.effective_from)}"
    is_named = rule.reference != rule.key or "." in rule.key
    return f"Rule {rule.reference}  ·  {held}" if is_named else capital(held)


def _since(data: GuideData, rule: RuleWords) -> Program:
    """The first of the versions without a break in which the rule says what it says now."""
    since = data.program
    for version in reversed(data.earlier):
        words = {found.key: found for found in rule_words(version)}
        before = words.get(rule.key)
        if before is None or (before.sentence, before.parameters) != (rule.sentence, rule.parameters):
            break
        since = version
    return since
