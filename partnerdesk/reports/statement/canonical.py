"""The canonical data of a statement: JSON whose bytes depend on what it says and on nothing else.

Keys are sorted, days are ISO, amounts are decimal strings without needless zeros (so 5 and 5.00 are one thing), and
there is neither clock nor locale in it. Its SHA-256 stands in every document made from it, so that a file can be
checked against what was closed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from partnerdesk.engine.facts import KIND_OF, Fact
from partnerdesk.engine.period import Period
from partnerdesk.reports.statement.document import StatementDocument

FORMAT = "partnerdesk-statement-1"
# What came later to a type: left out where there is none of it, so that older statements keep their bytes.
_LATER = {
    "EarningLine": frozenset({"workings"}),
    "RuleRef": frozenset({"module"}),
    "FundSheet": frozenset({"goes_on"}),
    "PaymentRow": frozenset({"bank_reference", "account", "fees", "statements", "invoice", "learned_late"}),
    "StatementDocument": frozenset(
        {
            "restates",
            "restated_because",
            "funds",
            "stake",
            "payments",
            "semantics",
            "causes",
            "posted_rules",
            "adjusted",
            "settled",
            "conditions",
        }
    ),
}


def canonical(document: StatementDocument) -> bytes:
    """The document as canonical JSON in UTF-8."""
    # What is told when it is drawn is no part of it.
    kept = replace(document, causes=None, posted_rules=None, adjusted=None, settled=None, conditions=None)
    data = {"format": FORMAT, "document": _plain(kept)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def fingerprint(document: StatementDocument) -> str:
    """SHA-256 of the canonical data, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def decimal_text(value: Decimal) -> str:
    """The shortest plain text of a number: `5`, `-0.25`; zero has no sign."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _plain(value: Any) -> Any:
    """The value as what JSON knows; names of fields are those of the types."""
    if value is None:
        return None
    kind = type(value)
    if kind is str:
        return value
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer(kind)
    return write(value)


def _writer(kind: type[Any]) -> Callable[[Any], Any]:
    """How values of a type are written; found once per type."""
    if issubclass(kind, Fact):  # what did not count: the fact is named, its content is the facts' own hash
        name = KIND_OF[kind]
        return lambda fact: [name, fact.id]
    if issubclass(kind, Mapping):
        return lambda mapping: {key: _plain(part) for key, part in mapping.items()}
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else getattr(kind, "_fields", None)
    if names is not None:
        names = sorted(names)  # as they are written: keys that stand in order are sorted at no cost
        get = _getter(names)
        later = _LATER.get(kind.__name__, frozenset())
        return lambda row: {
            n: v if v is None or type(v) is str else _plain(v)  # most parts: not worth a call
            for n, v in zip(names, get(row), strict=True)
            if v is not None or n not in later
        }
    if issubclass(kind, tuple):
        return lambda parts: [_plain(part) for part in parts]
    raise TypeError(f"{kind.__name__} has no canonical form")


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of a row at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda row: tuple(getattr(row, name) for name in names)


def _as_it_is(value: Any) -> Any:
    return value


_WRITERS: dict[type[Any], Callable[[Any], Any]] = {
    type(None): _as_it_is,
    str: _as_it_is,
    int: _as_it_is,
    bool: _as_it_is,
    Decimal: decimal_text,
    date: date.isoformat,
    Period: lambda period: [period.label, period.start.isoformat(), period.end.isoformat()],
}
