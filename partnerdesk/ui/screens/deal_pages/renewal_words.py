"""What speaks against a renewal, and what became of one, as words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from partnerdesk.queries.pipeline import renewal_signs as kinds
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal
    from partnerdesk.queries.pipeline.renewal_signs import Sign
    from partnerdesk.reports.format import Formats

BANDS = {kinds.HIGH: "High", kinds.MEDIUM: "Medium", kinds.LOW: "Low"}
GLYPHS = {kinds.HIGH: "bad", kinds.MEDIUM: "warn", kinds.LOW: "good"}
OUTCOMES = {
    "renewed": ("good", "Renewed"),
    "expanded": ("up", "Expanded"),
    "contracted": ("down", "Contracted"),
    "churned": ("bad", "Churned"),
}


def sign_words(sign: "Sign", row: "ListedRenewal", formats: "Formats") -> str:
    """A sign as a few words."""
    return _WORDS[sign.kind](sign, row, formats)


def risk_words(row: "ListedRenewal", formats: "Formats") -> tuple[str, str]:
    """`High: CSAT 2 of 5, nobody owns it`; of a decided one, what became of it."""
    if not row.is_open:
        glyph, words = OUTCOMES[row.contract.outcome]
        return glyph, f"{words}: {row.contract.reason}" if row.contract.reason else words
    why = ", ".join(sign_words(sign, row, formats) for sign in row.signs)
    words = BANDS[row.band]
    return GLYPHS[row.band], f"{words}: {why}" if why else words


def at_stake(rows: "Sequence[ListedRenewal]", formats: "Formats") -> str:
    """`Value 1.12M, at high risk 310k` of the open ones."""
    from partnerdesk.queries.pipeline.renewal_calendar import value_of

    risk = value_of(rows, kinds.HIGH)
    return f"Value {formats.compact(value_of(rows))} \N{MIDDLE DOT} at high risk {formats.compact(risk)}"


def _answer(sign: "Sign", row: "ListedRenewal", formats: "Formats") -> str:
    found = row.survey
    if found is None or found.scale_max is None:
        return "unhappy answer"
    return f"CSAT {_plain(found.score)} of {_plain(found.scale_max)}"


def _plain(value: object) -> str:
    words = f"{value}"
    return words.rstrip("0").rstrip(".") if "." in words else words


_WORDS: "dict[str, Callable[[Sign, ListedRenewal, Formats], str]]" = {
    kinds.ENDED: lambda s, r, f: f"term ended {plural(s.days, 'day')} ago",
    kinds.NOTICE: lambda s, r, f: "notice passed",
    kinds.ANSWER: _answer,
    kinds.USAGE: lambda s, r, f: f"usage \N{MINUS SIGN}{f.percent(s.share or 0, 0)}",
    kinds.CASE: lambda s, r, f: f"ticket open {s.days} d",
    kinds.UNOWNED: lambda s, r, f: "nobody owns it",
    kinds.UNPREPARED: lambda s, r, f: "no action",
}


def customer_of(row: "ListedRenewal") -> str:
    """Whose contract it is, as far as anybody said."""
    return row.contract.customer_name or row.id
