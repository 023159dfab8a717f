"""What was owed of a gross, a net and a tax: statements are held against the amount before anything was taken off.

A tax that was withheld is part of what was owed, one that comes on top is not, and a header that says only "tax" does
not tell: it is asked. So is a fee, or a tax withheld, beside an amount that does not say whether it is before or after.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from partnerdesk.intake.columns import Columns
from partnerdesk.intake.number_columns import Number, NumberColumns
from partnerdesk.intake.numeric import has_numbers
from partnerdesk.intake.official.headers import meanings_of, phrase
from partnerdesk.intake.question import Findings, Option, Question
from partnerdesk.intake.settlements import FEE, GROSS, NET, PAID, TAX, VAT, WITHHELD
from partnerdesk.intake.table import Table

AMOUNT, TAKEN = "amount", "taken"
KEPT, ON_TOP = "kept", "on top"
YES, NO = "yes", "no"


def settled(
    found: Table,
    parts: Mapping[int, str],
    chosen: Collection[int],
    choices: Mapping[str, str],
    questions: dict[str, Question],
) -> dict[int, str]:
    """The parts with the amount that was owed, and what was taken off it; `chosen` columns stay as the user said.

    Adds what only the user can say to `questions`, under `tax`, `amount` and `taken:HEADER`; an answer to one of them
    says more than what a column was before.
    """
    told = dict(parts)
    amount = next((c for c, part in parts.items() if part == AMOUNT), -1)
    of = _by_meaning(found)
    if amount >= 0 and (amount not in chosen or "tax" in choices):
        free = {m: [c for c in columns if c not in chosen or "tax" in choices] for m, columns in of.items()}
        del told[amount]
        amount = _owed(found, amount, free, choices, questions)
        told[amount] = AMOUNT
    if amount >= 0 and (amount not in chosen or "amount" in choices):
        del told[amount]
        amount = _of_twins(found, amount, choices, questions)
        told[amount] = AMOUNT
    if amount < 0 or "tax" in questions or amount in of[GROSS] or _is_whole(found, amount, of):
        return told
    for c in (*of[WITHHELD], *of[TAX], *of[FEE]):
        is_answered = f"taken:{found.headers[c]}" in choices
        if c == amount or (c in chosen and not is_answered) or (c in of[TAX] and "tax" in choices):
            continue
        told.pop(c, None)
        if _was_taken(found, c, amount, of, choices, questions):
            told[c] = TAKEN
    return told


def still_meant(kept: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The kept choices without answers about columns whose part is said anew: what a person names last counts."""
    named = {key.partition(":")[2] for key in given if key.startswith("column:")}
    gone = {f"taken:{header}" for header in named} | ({"tax", "amount"} if named else set())
    return {key: value for key, value in kept.items() if key not in gone}


def _of_twins(found: Table, amount: int, choices: Mapping[str, str], questions: dict[str, Question]) -> int:
    """The amount where several columns are called the same, but for their currency; asked under `amount`."""
    said = [re.sub(r"\s*\([0-9]+\)$", "", header) for header in found.headers]
    own = phrase(said[amount])
    twins = [c for c, header in enumerate(said) if found.words[c] and phrase(header) == own and has_numbers(found, c)]
    if len({found.columns[c] for c in twins}) < 2:
        return amount
    if choices.get("amount") in found.headers:
        return found.headers.index(choices["amount"])
    options = tuple(Option(found.headers[c], found.headers[c]) for c in twins)
    asks, because = "Which column is the amount paid?", "Several columns are called alike and hold different values."
    questions["amount"] = Question("amount", asks, because, options, found.count)
    return amount


def _by_meaning(found: Table) -> dict[str, list[int]]:
    """The columns of amounts by what they mean; those without any amount are none."""
    of: dict[str, list[int]] = {meaning: [] for meaning in (GROSS, NET, PAID, WITHHELD, VAT, TAX, FEE)}
    for c, header in enumerate(found.headers):
        is_filled = any(digit in cell for cell in found.columns[c] for digit in "123456789")
        for meaning in meanings_of(header) if is_filled and has_numbers(found, c) else ():
            if meaning in of:
                of[meaning].append(c)
    return of


def _owed(
    found: Table,
    amount: int,
    of: Mapping[str, Sequence[int]],
    choices: Mapping[str, str],
    questions: dict[str, Question],
) -> int:
    """The column of what was owed, where a gross and a net stand beside each other."""
    nets = [*of[NET], *of[PAID]]
    if not of[GROSS] or not nets or amount not in (*of[GROSS], *nets):
        return amount
    gross, net = of[GROSS][0], nets[0]
    if of[WITHHELD]:
        return gross
    if of[VAT]:
        return net
    if not of[TAX]:
        return gross
    if "tax" not in choices:
        tax, before, after = (f"“{found.headers[c]}”" for c in (of[TAX][0], gross, net))
        options = (Option(KEPT, f"Kept back: {before} was owed"), Option(ON_TOP, f"On top: {after} was owed"))
        asks = f"Was {tax} kept back, or does it come on top?"
        because = f"Statements are held against what was owed: {before} or {after}."
        questions["tax"] = Question("tax", asks, because, options, found.count)
    return net if choices.get("tax") == ON_TOP else gross


def _is_whole(found: Table, amount: int, of: Mapping[str, Sequence[int]]) -> bool:
    """Whether an amount less everything that was taken off is the net beside it, in every row."""
    off = [*of[WITHHELD], *of[TAX], *of[FEE]]
    net = next((c for c in (*of[NET], *of[PAID]) if c != amount), -1)
    if net < 0 or not off:
        return False
    numbers = NumberColumns(Columns(found, Findings({})))
    whole, rest, *taken = (numbers.read((c,))[0] for c in (amount, net, *off))
    return all(
        _of(w) - sum(abs(_of(column[i])) for column in taken) == _of(r)
        for i, (w, r) in enumerate(zip(whole, rest, strict=True))
    )


def _of(number: object) -> Decimal:
    return number.value if isinstance(number, Number) else Decimal(0)


def _was_taken(
    found: Table,
    column: int,
    amount: int,
    of: Mapping[str, Sequence[int]],
    choices: Mapping[str, str],
    questions: dict[str, Question],
) -> bool:
    """A tax withheld was taken off a net and off what was paid; all else only the user can say."""
    if column in of[WITHHELD] and amount in (*of[NET], *of[PAID]):
        return True
    key, off, whole = f"taken:{found.headers[column]}", found.headers[column], found.headers[amount]
    if key not in choices:
        options = (Option(YES, f"Yes: “{whole}” is what arrived"), Option(NO, f"No: “{whole}” is the amount before it"))
        because = "Statements are held against what was owed before anything was taken off."
        questions[key] = Question(key, f"Was “{off}” taken off “{whole}”?", because, options, found.count)
    return choices.get(key) == YES
