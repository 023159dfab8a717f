"""What waits in held while a line, a movement or the total of a statement is disputed, where the program says so."""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tests.second.judge.account import Account
from tests.second.judge.numbers import statement_named
from tests.second.judge.typed import HELD, PAYABLE, Entry, in_own_money, opens, until_today

Part = tuple[date, Fraction, str]  # what payouts take on a day, under a type
PAID = ("payment", "tax")


class About(NamedTuple):
    """What a dispute is about: what of it became payable, and by which day all of it had."""

    entries: list[Entry]
    by: date
    is_total: bool = False


def disputed(account: Account, entries: list[Entry]) -> list[Entry]:
    """What of it is payable and not paid waits from the dispute on until its decision.

    It is what became payable last, and payouts are without it from the day on which it did.
    """
    found = []
    for row in until_today(account, "dispute", opens(account)):
        if row.unpaid is None or row.unpaid <= 0 or account.version_on(row.day).disputes.meanwhile != "hold":
            continue
        amount = in_own_money(account, row, row.unpaid)
        if amount is None:
            continue
        about = _about(account, row, entries)
        taken, freed = _last_payable(about, amount)
        moves = [("holdback", row.day, amount, taken)]
        if row.decided is not None and row.decided <= account.as_of:
            day = max(row.decided, row.day)
            moves.append(("release", day, -amount, tuple((day, part, type_) for part, type_ in freed)))
        for kind, day, held, settled in moves:
            found.append(Entry(kind, HELD, day, held, row.line))
            found.append(Entry(kind, PAYABLE, day, -held, row.line, "", settled))
    return found


def _about(account: Account, row: Any, entries: list[Entry]) -> About:
    """A line with all that became of it, else the total of a statement, else one movement on it."""
    payable = [entry for entry in entries if entry.bucket == PAYABLE and entry.day <= row.day]
    if own := [entry for entry in payable if entry.line == row.line]:
        return About(own, row.day)
    span = statement_named(account, row.statement, row.day)
    if span is None:
        return About([], row.day)
    end, inside = min(span.end, row.day), [entry for entry in payable if entry.day in span]
    if row.line == row.statement:
        return About([entry for entry in inside if entry.kind not in PAID], end, is_total=True)
    return About([entry for entry in inside if _is_named(entry, row)][:1], end)


def _is_named(entry: Entry, row: Any) -> bool:
    """Whether a movement is the one that a dispute names: by its kind, its amount, and its line or the row entered."""
    if row.amount is None or entry.amount != Fraction(row.amount):
        return False
    if entry.fact:
        return f"{entry.kind}:{entry.fact}" == row.line
    name = row.line.removesuffix(f":{PAYABLE}")
    if name.startswith("opening:"):  # named by the row that brought it, not by its line
        return name.endswith(f":{entry.kind}") or (entry.kind == "opening" and name.count(":") == 1)
    return name.endswith(f":{entry.kind}") and (not entry.line or name.startswith(f"{entry.line}:"))


def _last_payable(about: About, amount: Fraction) -> tuple[tuple[Part, ...], list[tuple[Fraction, str]]]:
    """What a dispute takes, the newest first, and what its decision gives back of each type."""
    parts, type_ = list[Part](), ""
    for entry in sorted(about.entries, key=lambda entry: entry.day)[::-1]:
        type_ = entry.type
        if (part := min(entry.amount, amount)) > 0:
            parts.append((entry.day, -part, type_))
            amount -= part
    if amount:
        parts.append((about.by, -amount, "" if about.is_total else type_))
    types = {type_ for _, _, type_ in parts}
    return tuple(parts), [(-sum((p for _, p, t in parts if t == name), Fraction(0)), name) for name in sorted(types)]
