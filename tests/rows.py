"""One plausible row of every kind of fact, all fields set, for tests that must cover every kind."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.facts import Fact

_VALUES: dict[str, Any] = {
    facts.TEXT: "Łużyca & <Söhne> ‘$5k’",
    facts.DAY: date(2026, 2, 28),
    facts.MONEY: Decimal("-1234.56"),
    facts.RATE: Decimal("0.0750"),
    facts.WHOLE: 12,
    facts.FLAG: True,
    facts.MAP: {"region code": "N-1", "ärea": "x"},
}
_OWN: dict[str, Any] = {
    "currency": "GBP",
    "base": "EUR",
    "quote": "USD",
    "scale_min": Decimal(0),
    "scale_max": Decimal(5),
}


def full_row(kind: str, **own: Any) -> Any:
    """A row whose every declared field is set; references name the row `<kind>-1`."""
    values = {a.name: _value(a) for a in facts.attributes(kind)}
    return facts.KINDS[kind](**(values | {"id": f"{kind}-1"} | own))


def one_of_each() -> Iterator[Fact]:
    """A full row of every kind, references resolved within them."""
    for kind in facts.KINDS:
        own = {"renewal_of": None} if kind == "contract" else {}
        yield full_row(kind, **own)


def _value(a: facts.Attribute) -> Any:
    if a.name in _OWN:
        return _OWN[a.name]
    if a.kind == facts.REF:
        return f"{a.to}-1"
    return a.choices[-1] if a.choices else _VALUES[a.kind]
