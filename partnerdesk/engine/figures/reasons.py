"""Sentences: why a line amounts to what it does. One text for screen, page and sheet."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.writing import manner, places
from partnerdesk.engine.money import HUNDRED, ZERO, decimals, rounded

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import EarningLine

NUMBER = "1"  # the unit of what has none
WHOLE_ONES = "whole ones"  # what a base counts that is divided, in the words of its rule
MOST = 12  # decimals that a locale's own numbers have
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(n: Any) -> Decimal:
    """The plain value of a number in either mode of arithmetic."""
    return n.value if isinstance(n, Figure) else n


def amount_words(value: Any, currency: str) -> str:
    """An amount with its currency and that currency's decimals: 1,240.00 EUR, 1,240 JPY."""
    if not isinstance(value, Decimal):
        return f"an amount in {currency}"  # it differs from future to future
    if (said := manner()) is not None:
        return f"{said.number(rounded(value, decimals(currency)), decimals(currency))} {currency}"
    return _usual_amount(value, currency)


@lru_cache(maxsize=4096)
def _usual_amount(value: Decimal, currency: str) -> str:
    places = decimals(currency)
    shown = rounded(value, places) + ZERO  # no zero below zero
    return f"{shown:,.{places}f} {currency}".replace("-", "\N{MINUS SIGN}")


def day_words(day: date) -> str:
    """A day as people read it, whatever the system's language: 14 Dec 2026."""
    said = manner()
    return said.day(day) if said is not None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def rule_amount(amount: Decimal, currency: str) -> str:
    """An amount that a rule states, with its currency's decimals at least: 750.00 EUR, 750 JPY."""
    said, shown = manner(), max(decimals(currency), places(amount))
    if said is not None:
        return f"{said.number(amount, min(shown, MOST))} {currency}"
    return f"{amount:,.{shown}f} {currency}".replace("-", "\N{MINUS SIGN}")


def percent_words(share: Decimal) -> str:
    """A share as percent without needless zeros: 8 %, 12.5 %."""
    return f"{exact_words(share * HUNDRED)}\N{NO-BREAK SPACE}%"


def exact_words(number: Decimal) -> str:
    """A number with every digit it has, without needless zeros: 0.0006."""
    if (said := manner()) is not None:
        return said.number(number, min(places(number), MOST))
    text = f"{number:f}".replace("-", "\N{MINUS SIGN}")
    return text.rstrip("0").rstrip(".") if "." in text else text


def factor_words(value: Decimal) -> str:
    """A multiplier: 1.05."""
    if manner() is not None:
        return exact_words(rounded(value, 4))
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _counted(value: Decimal, line: "EarningLine[Any]") -> str:
    """Money with its currency, or what is counted with its unit."""
    return base_words(value, line.base_unit or line.currency, line.currency)


def base_words(value: Decimal, unit: str, currency: str) -> str:
    """Money with its currency, or so many of a unit, a bare number without one: 1,200 lots, 1 whole one, 700,000."""
    if unit == currency or not isinstance(value, Decimal):
        return amount_words(value, unit)
    if unit == NUMBER:
        return _grouped(value)
    one = unit == WHOLE_ONES and abs(value) == 1
    return f"{_grouped(value)} {unit.removesuffix('s') if one else unit}"


def _grouped(value: Decimal) -> str:
    """A number with its thousands apart and at most four decimals."""
    if manner() is not None:
        return exact_words(rounded(value, 4))
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def _rated(rate: Decimal, line: "EarningLine[Any]") -> str:
    """A share of money, or an amount for each one of what is counted."""
    return rule_amount(rate, line.currency) if line.pays_each else percent_words(rate)


def _gross_words(line: "EarningLine[Any]") -> str:
    """What a line's amount is before its multipliers: base x rate, slices, fixed amounts."""
    workings, base = line.workings, _counted(number(line.base), line)
    if workings and workings.before is not None:
        base = f"({_counted(number(workings.before), line)} + {base})"
    fixed = [amount_words(number(workings.fixed), line.currency)] if workings and workings.fixed is not None else []
    if line.steps and workings and workings.on_metric:
        slices = " + ".join(f"{factor_words(part)} × {factor_words(rate)}" for part, rate in line.steps)
        parts = [f"{base} × ({slices})"]
    elif line.steps:
        parts = [f"{_counted(part, line)} × {_rated(rate, line)}" for part, rate in line.steps]
    elif line.rate is not None:
        parts = [f"{base} × {_rated(number(line.rate), line)}"]
    else:
        parts = [] if fixed else [base]
    return " + ".join([*parts, *fixed])


def _bound_words(line: "EarningLine[Any]") -> str:
    """The least and most of a line, in words, where they count."""
    workings = line.workings
    if workings is None:
        return ""
    bounds = ((workings.least, "at least"), (workings.most, "at most"))
    return "".join(f", {word} {amount_words(bound, line.currency)}" for bound, word in bounds if bound is not None)


def line_reason(line: "EarningLine[Any]") -> str:
    """1,240.00 EUR = 15,500.00 EUR x 8 %, because Gold partners earn 8 % (rule RC-01, version 2026.2)."""
    amount, computed = number(line.amount), number(line.computed)
    gross = _gross_words(line)
    others = [factor_words(number(n)) for n in (line.factor, line.share) if n is not None]
    formula = " × ".join([f"({gross})" if others and " + " in gross else gross, *others])
    if line.workings and line.workings.paid is not None:
        formula += f" − {amount_words(number(line.workings.paid), line.currency)} paid before"
    sentence = amount_words(computed, line.currency)
    bounds = _bound_words(line)
    if line.type != "TOPUP" and (bounds or formula != sentence):  # a fixed amount is made of nothing else
        sentence += f" = {formula}{bounds}"
    because = line.because
    if line.rate is not None and because.endswith("earn"):
        because = f"{because} {_rated(number(line.rate), line)}"
    if because:
        sentence += f", because {because}"
    if amount != computed:
        sentence += f"; {amount_words(amount, line.currency)} after limits: {line.effect_note}"
    return f"{sentence} (rule {line.rule.reference}, version {line.rule.version})"
