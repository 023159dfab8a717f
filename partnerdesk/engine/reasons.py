"""Sentences: why a line amounts to what it does. One text for screen, page and sheet."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.figure import Figure
from partnerdesk.engine.money import HUNDRED, ZERO, decimals, rounded

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import EarningLine

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(n: Any) -> Decimal:
    """The plain value of a number in either mode of arithmetic."""
    return n.value if isinstance(n, Figure) else n


def amount_words(value: Decimal, currency: str) -> str:
    """An amount with its currency and that currency's decimals: 1,240.00 EUR, 1,240 JPY."""
    places = decimals(currency)
    shown = rounded(value, places) + ZERO  # no zero below zero
    return f"{shown:,.{places}f} {currency}".replace("-", "\N{MINUS SIGN}")


def day_words(day: date) -> str:
    """A day as people read it, whatever the system's language: 14 Dec 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def percent_words(share: Decimal) -> str:
    """A share as percent without needless zeros: 8 %, 12.5 %."""
    text = f"{share * HUNDRED:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}\N{NO-BREAK SPACE}%"


def factor_words(value: Decimal) -> str:
    """A multiplier: 1.05."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def line_reason(line: "EarningLine[Any]") -> str:
    """1,240.00 EUR = 15,500.00 EUR x 8 %, because Gold partners earn 8 % (rule RC-01, version 2026.2)."""
    amount, computed = number(line.amount), number(line.computed)
    parts = [amount_words(number(line.base), line.currency)]
    if line.steps:
        parts = [
            " + ".join(f"{amount_words(part, line.currency)} × {percent_words(rate)}" for part, rate in line.steps)
        ]
        if len(line.steps) > 1 and (line.factor is not None or line.share is not None):
            parts = [f"({parts[0]})"]
    if line.rate is not None:
        parts.append(percent_words(number(line.rate)))
    parts += [factor_words(number(n)) for n in (line.factor, line.share) if n is not None]
    formula = " × ".join(parts)
    sentence = f"{amount_words(computed, line.currency)} = {formula}"
    if line.type == "TOPUP":
        sentence = amount_words(computed, line.currency)
    because = line.because
    if line.rate is not None and because.endswith("earn"):
        because = f"{because} {percent_words(number(line.rate))}"
    if because:
        sentence += f", because {because}"
    if amount != computed:
        sentence += f"; {amount_words(amount, line.currency)} after limits: {line.effect_note}"
    return f"{sentence} (rule {line.rule.reference}, version {line.rule.version})"
