"""The user's choices for a file: which there are, and what they may say. A misspelt one is refused, not ignored.

Choices are texts by key, so that a screen, a command and the book's memory hold them alike.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from partnerdesk.engine.currencies import CODES
from partnerdesk.errors import Refused
from partnerdesk.intake import days, numerals
from partnerdesk.intake.targets import kinds, target, targets

REMOVED, BACK, LEAVE = "removed", "back", "leave"  # what becomes of rows that somebody removed from the book

SAME, OF_BOOK, OF_FILE = "same", "book", "own"  # whose ids a plain file names rows by
TWICE, TAKE, CORRECT = "twice", "take", "correct"  # what becomes of rows that the book seems to have already; or LEAVE
PAYEE = "payee"  # whether payments to partners that the book does not know make them: TAKE or LEAVE
PARTNER = "partner"  # whether new partners called as one of the book are that one: CORRECT, TAKE or LEAVE
OWNER = "owner"  # whether rows of closed statements change their partner: TAKE or LEAVE
NONE = "none"  # of the columns of a file none is what was asked for
BELOW_ZERO, OUT = "below zero", "out"  # whether payments below zero went out or came back; BACK or LEAVE
AGAIN = "again"  # whether payments with a remittance text of the book are others or corrections: TAKE or CORRECT

# Choices for the whole file; those with values take no others.
_OF_FILE: Mapping[str, tuple[str, ...]] = {
    "encoding": (),
    "delimiter": (),
    "sheet": (),
    "header": (),
    "origin": (),
    "kind": kinds(),
    "system": (),
    "currency": tuple(sorted(CODES)),
    "accounts": ("partner", "customer"),
    "hidden": ("include",),
    "merged": ("repeat", "keep"),
    REMOVED: (BACK, LEAVE),
    SAME: (OF_BOOK, OF_FILE),
    TWICE: (LEAVE, TAKE, CORRECT),
    PARTNER: (CORRECT, TAKE, LEAVE),
    OWNER: (TAKE, LEAVE),
    PAYEE: (TAKE, LEAVE),
    BELOW_ZERO: (OUT, BACK, LEAVE),
    AGAIN: (TAKE, CORRECT),
}
# Choices for one column (`date:Close date`), or for all of them (`date`).
_OF_COLUMN: Mapping[str, tuple[str, ...]] = {
    "date": (days.DAY_FIRST, days.MONTH_FIRST),
    "serial": (days.FROM_1900, days.FROM_1904),
    "decimal": (numerals.POINT, numerals.COMMA),
    "units": ("units", "thousands", "hundredths"),
    "round": ("half up", "no"),
    "fill": ("repeat", "blank"),
    "term": ("year", "whole"),
}
# Choices that always name something more; how they are written.
_NAMED: Mapping[str, str] = {
    "column": "column:HEADER",
    "set": "set:FIELD",
    "find": "find:FIELD",
    "value": "value:HEADER:TEXT",
}
_IGNORED = ("", "ignore")


def check(choices: Mapping[str, str], headers: Sequence[str]) -> None:
    """Raises Refused for a choice that does not exist, names a column that is not there, or cannot be what it says."""
    for key, value in choices.items():
        name, _, rest = key.partition(":")
        if key in _OF_FILE:
            _one_of(key, value, _OF_FILE[key])
        elif name in _OF_COLUMN:
            if rest:
                _present(key, rest, headers)
            _one_of(key, value, _OF_COLUMN[name])
        elif name == "column":
            _present(key, rest, headers)
            _known(value.partition(" as ")[0])
        elif name in ("set", "find"):
            _known(rest)
            if name == "find" and value != NONE:
                _present(key, value, headers)
        elif name != "value" or not rest:
            raise _unknown(key, name)


def _unknown(key: str, name: str) -> Refused:
    """A choice that does not exist: the nearest one, else all of them as they are written."""
    near = get_close_matches(name, (*_OF_FILE, *_OF_COLUMN, *_NAMED), 1)
    every = ", ".join((*_OF_FILE, *_OF_COLUMN, *_NAMED.values()))
    return Refused(f"There is no choice “{key}”.", f"Did you mean “{near[0]}”?" if near else f"There are {every}.")


def _one_of(key: str, value: str, allowed: Sequence[str]) -> None:
    if allowed and value not in allowed:
        some = ", ".join(allowed[:12])
        raise Refused(f"“{value}” is no answer to “{key}”.", f"Choose one of: {some}.")


def _present(key: str, header: str, headers: Sequence[str]) -> None:
    if header not in headers:
        near = get_close_matches(header, headers, 1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"The columns are {', '.join(headers[:12])}."
        raise Refused(f"The choice “{key}” names a column “{header}” that the file does not have.", remedy)


def _known(name: str) -> None:
    if name in _IGNORED or target(name) is not None:
        return
    kind = name.partition(".")[0]
    names = [t.name for t in targets(kind).values()] if kind in kinds() else [f"{k}.…" for k in kinds()]
    near = get_close_matches(name, names, 1)
    remedy = f"Did you mean “{near[0]}”?" if near else f"Fields are {', '.join(names[:30])}."
    raise Refused(f"“{name}” is no field that a column can become.", remedy)
