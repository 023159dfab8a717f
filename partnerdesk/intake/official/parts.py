"""Which part each column of a payout plays: by the words of its header, in many languages, and by what is in it.

The words are data (`resources/intake/payouts.toml`). A currency in a header ("Betrag in EUR") is no word of it. One
column plays each part, except that several may be references: the first that names something of ours counts. What was
taken off is never guessed: "net" may be without a tax that was kept back, or without one that comes on top. Of months
that stand side by side the one of the period is what was paid; of a debit and a credit the one with more cells.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.lexicon import squash
from partnerdesk.intake.numeric import has_amounts, has_currencies, has_days, has_numbers
from partnerdesk.intake.official.content import NOBODY, Ours, with_content, with_status
from partnerdesk.intake.official.headers import meanings_of, phrase, tokens
from partnerdesk.intake.official.months import Wanted, column_of, month_columns
from partnerdesk.intake.question import Question
from partnerdesk.intake.settlements import FEE, PERIOD, TAX, VAT, WITHHELD, heads
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
    "back": "Amount taken back",
    "direction": "Debit or credit",
    "status": "Whether it was paid",
}
REFERENCE, AMOUNT, TAKEN, BACK, DIRECTION = "reference", "amount", "taken", "back", "direction"
STATUS = "status"
# What the meanings of `settlements` are of a payout, in the order in which they are tried; the others are beside it.
_MEANT = {
    "paid": AMOUNT,
    "gross": AMOUNT,
    "net": AMOUNT,
    "line": REFERENCE,
    "reference": REFERENCE,
    "our_reference": REFERENCE,
    "instruction": REFERENCE,
    "statement": REFERENCE,
    "partner": "partner",
    "value_date": "day",
    "booking_date": "day",
    "currency": "currency",
}
_BESIDE = frozenset((WITHHELD, VAT, TAX, FEE, "bank_fee", PERIOD))
_ORDER = ("amount", "base", "rate", "reference", "partner", "day", "currency")  # in which whole headers are tried
_SINGLE = ("currency", "rate", "day", "partner", "reference")  # the order of single words


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("intake/payouts.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The squashed headers by which the table of a payout is found."""
    found = {word for part in _ORDER for word in _words()[part]["whole"]}
    found.update(squash(word) for words in heads().values() for word in words)
    return frozenset(found.union(*(_words()[part].get("words", ()) for part in _ORDER)))


def guessed(
    found: Table,
    ours: Ours = NOBODY,
    asked: Wanted | None = None,
    choices: Mapping[str, str] = MappingProxyType({}),
    questions: dict[str, Question] | None = None,
) -> dict[int, str]:
    """The part of each column that is recognised; without an amount only where no column can be one.

    Of periods side by side the one that is `asked` for is the amount; what does not tell goes to `questions`.
    """
    phrases = {c: phrase(h) for c, h in enumerate(found.headers) if found.words[c]}
    numbers = {c for c in phrases if has_numbers(found, c)}
    parts = _by_header(found, phrases, numbers)
    parts = with_status(found, with_content(found, parts, list(phrases), ours), phrases)
    pair = sides(found, phrases)
    if paid := [c for c in pair if parts.get(c) == AMOUNT]:
        return parts | {c: BACK for c in pair if c not in paid}
    if AMOUNT not in parts.values():
        left = [c for c in sorted(numbers) if c not in parts]
        if len(month_columns(found)) > 1:
            open_ = {} if questions is None else questions
            amount = column_of(found, left, asked, choices, open_) if asked else -1
            return parts | ({amount: AMOUNT} if amount >= 0 else {})
        if len(pair := _two_sides(found, phrases)) == 2:
            return {c: p for c, p in parts.items() if c not in pair} | {pair[0]: AMOUNT, pair[1]: BACK}
        amount = _amount(found, left)
        parts |= {amount: AMOUNT} if amount >= 0 else {}
    return parts


def _by_header(found: Table, phrases: Mapping[int, str], numbers: set[int]) -> dict[int, str]:
    """The parts that headers tell: whole ones first, then what they mean in any language, then single words."""
    parts: dict[int, str] = {}
    for c, part in _offered(found, phrases, numbers):
        is_free = c not in parts and (part == REFERENCE or part not in parts.values())
        if is_free and part and _can_be(part, c in numbers, found, c):
            parts[c] = part
    return parts


def _offered(found: Table, phrases: Mapping[int, str], numbers: set[int]) -> Iterator[tuple[int, str]]:
    """Columns with a part that their header tells, the surest first."""
    meant = {c: meanings_of(found.headers[c]) for c in phrases}
    for part in _ORDER:
        for word in _words()[part]["whole"]:
            yield from [(c, part) for c, own in phrases.items() if own == word][:1]
    for meaning, part in _MEANT.items():
        yield from ((c, part) for c in phrases if meaning in meant[c])
    for c in phrases:
        part = _by_words(tokens(found.headers[c]), c in numbers) if not _BESIDE.intersection(meant[c]) else ""
        if part != REFERENCE or not has_amounts(found, c):  # "Total factura" is no number of an invoice
            yield c, part


def sides(found: Table, phrases: Mapping[int, str]) -> list[int]:
    """A debit and a credit beside each other, of which each row fills one; none where there is no such pair."""
    words = _words()["sides"]
    pair = [[c for c, phrase in phrases.items() if phrase in words[side]] for side in ("debit", "credit")]
    if not all(len(columns) == 1 for columns in pair):
        return []
    (debit,), (credit,) = pair
    both = any(is_amount(d) and is_amount(c) for d, c in zip(found.columns[debit], found.columns[credit], strict=True))
    return [] if both else [debit, credit]


def is_amount(cell: str) -> bool:
    """Whether a cell holds an amount; some banks fill the other side with zeros."""
    return any(c in "123456789" for c in clean(cell))


def _two_sides(found: Table, phrases: Mapping[int, str]) -> list[int]:
    """A debit and a credit beside each other: the one with more cells is what was paid."""
    filled = {c: sum(map(is_amount, found.columns[c])) for c in sides(found, phrases)}
    return sorted(filled, key=lambda c: -filled[c]) if len(set(filled.values())) == 2 else []


def _can_be(part: str, is_numeric: bool, found: Table, column: int) -> bool:
    """Whether the cells allow a part: "Valuta" is a day or a currency."""
    if part in ("day", "currency"):
        return not (has_currencies if part == "day" else has_days)(found, column)
    return is_numeric or part not in ("amount", "base", "rate")


def _by_words(words: Sequence[str], is_numeric: bool) -> str:
    """The part of a header by its single words; amounts are told apart later, once all columns are known."""
    own = set(words)
    if own & set(_words()["neither"]["words"]):
        return ""
    for part in _SINGLE:
        if (
            own & set(_words()[part]["words"])
            and (is_numeric or part != "rate")
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
        own = set(tokens(found.headers[c]))
        if _BESIDE.intersection(meanings_of(found.headers[c])):
            continue
        if not own & {*words["neither"]["words"], *words["neither"]["numbers"]}:
            kinds = ("paid", "commission", "money")
            rank = next((n for n, kind in enumerate(kinds) if own & set(words["amount"][kind])), len(kinds))
            is_money = rank < len(kinds) or currency_in(found.headers[c]) != ""
            left.append((rank, not is_money, bool(own & set(words["amount"]["net"])), c))
    said = [one for one in left if not one[1]]
    if said:
        return min(said)[3]
    return left[0][3] if len(left) == 1 else -1


def told_apart(header: str) -> bool:
    """Whether a header says that its amounts are beside what was paid: a fee, a tax, a balance, what is planned."""
    words = _words()["neither"]
    return bool(_BESIDE.intersection(meanings_of(header)) or set(tokens(header)) & {*words["words"], *words["numbers"]})


def currency_in(header: str) -> str:
    """The currency that a header names: EUR of "Betrag in EUR"; empty where it names none."""
    named = [word for word in re.findall(r"[A-Z]{3}|€|£", header) if word in CODES or word in "€£"]
    return {"€": "EUR", "£": "GBP"}.get(named[0], named[0]) if named else ""
