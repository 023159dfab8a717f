"""Which part each column of a payout plays: by the words of its header, in many languages, and by what is in it.

The words are data (`resources/intake/payouts.toml`). A currency in a header ("Betrag in EUR") is no word of it. One
column plays each part, except that several may be references: the first that names something of ours counts. What was
taken off is never guessed: "net" may be without a tax that was kept back, or without one that comes on top.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.lexicon import squash
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean
from partnerdesk.paths import resource

PARTS: Mapping[str, str] = {
    "partner": "Partner",
    "reference": "Reference of the line, deal, contract or invoice",
    "day": "Day",
    "amount": "Amount paid",
    "base": "Base of the amount",
    "rate": "Rate",
    "currency": "Currency",
    "taken": "Tax or fee taken off the amount",
}
REFERENCE, AMOUNT, TAKEN = "reference", "amount", "taken"
_ORDER = ("amount", "base", "rate", "reference", "partner", "day", "currency")  # in which whole headers are tried
_SINGLE = ("currency", "rate", "day", "partner", "reference")  # the order of single words
_COMPARED = 200  # rows that are looked at
_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}", re.ASCII)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("intake/payouts.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The squashed headers by which the table of a payout is found."""
    found = {word for part in _ORDER for word in _words()[part]["whole"]}
    return frozenset(found.union(*(_words()[part].get("words", ()) for part in _ORDER)))


def guessed(found: Table) -> dict[int, str]:
    """The part of each column that is recognised; without an amount only where no column can be one."""
    parts: dict[int, str] = {}
    phrases = {c: squash(" ".join(_tokens(h))) for c, h in enumerate(found.headers) if found.words[c]}
    numbers = {c for c in phrases if _is_numeric(found, c)}
    for part in _ORDER:
        for word in _words()[part]["whole"]:
            fits = [c for c, phrase in phrases.items() if phrase == word and c not in parts]
            if fits and (part not in parts.values() or part == REFERENCE) and _can_be(part, fits[0] in numbers):
                parts[fits[0]] = part
    for c in phrases:
        part = _by_words(_tokens(found.headers[c]), c in numbers)
        if c not in parts and part and (part == REFERENCE or part not in parts.values()):
            parts[c] = part
    if AMOUNT not in parts.values():
        amount = _amount(found, [c for c in sorted(numbers) if c not in parts])
        parts |= {amount: AMOUNT} if amount >= 0 else {}
    return parts


def _can_be(part: str, is_numeric: bool) -> bool:
    return is_numeric or part not in ("amount", "base", "rate")


def _by_words(tokens: list[str], is_numeric: bool) -> str:
    """The part of a header by its single words; amounts are told apart later, once all columns are known."""
    own = set(tokens)
    if own & set(_words()["neither"]["words"]):
        return ""
    for part in _SINGLE:
        if (
            own & set(_words()[part]["words"])
            and _can_be(part, is_numeric)
            and not (part == REFERENCE and is_numeric and own & set(_words()["amount"]["money"]))
        ):
            return part
    return "base" if is_numeric and _is_base(own) else ""


def _is_base(own: set[str]) -> bool:
    words = _words()["base"]
    is_amount = bool(own & set(_words()["amount"]["money"]))
    return bool(own & set(words["words"])) or (is_amount and bool(own & set(words["money"])))


def _amount(found: Table, columns: list[int]) -> int:
    """The column of the amount among those of numbers: said to be paid, a commission, any amount, else the only one."""
    words = _words()
    left = []
    for c in columns:
        own = set(_tokens(found.headers[c]))
        if not own & set(words["neither"]["words"]):
            kinds = ("paid", "commission", "money")
            rank = next((n for n, kind in enumerate(kinds) if own & set(words["amount"][kind])), len(kinds))
            is_money = rank < len(kinds) or currency_in(found.headers[c]) != ""
            left.append((rank, not is_money, c))
    said = [one for one in left if not one[1]]
    if said:
        return min(said)[2]
    return left[0][2] if len(left) == 1 else -1


def currency_in(header: str) -> str:
    """The currency that a header names: EUR of "Betrag in EUR"; empty where it names none."""
    named = [word for word in re.findall(r"[A-Z]{3}|€|£", header) if word in CODES or word in "€£"]
    return {"€": "EUR", "£": "GBP"}.get(named[0], named[0]) if named else ""


def _tokens(header: str) -> list[str]:
    """The words of a header without case and accents, and without a currency."""
    plain = unicodedata.normalize("NFKD", header.replace("ø", "o").replace("ł", "l").replace("Ł", "l"))
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return [word.casefold() for word in words if word not in CODES]


def _is_numeric(found: Table, column: int) -> bool:
    """Whether most cells of a column are numbers and not days."""
    cells = [text for cell in found.columns[column][:_COMPARED] if (text := clean(cell))]
    numbers = [text for text in cells if _is_number(text)]
    return bool(cells) and len(numbers) * 2 > len(cells)


def _is_number(text: str) -> bool:
    rest = re.sub(r"[0-9.,'’\s()+\-−%€£$]", "", text)
    return any(c.isdigit() for c in text) and (not rest or rest in CODES or rest == "zł") and not _DAY.fullmatch(text)
