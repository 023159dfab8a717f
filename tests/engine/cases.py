"""A program as text and a few facts, evaluated in both modes: every number agrees, every figure replays."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import KIND_OF, Facts, Partner
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome, Traced
from partnerdesk.program.reader import read_program

HEAD = 'program = "p"\nversion = "1"\neffective_from = 2020-01-01\n'
PARTNER = Partner(id="A", name="Alder")


def program(text: str) -> Program:
    """A version from its text; the three keys that every version has may be left out."""
    read = read_program(text if "effective_from" in text else HEAD + text, "case")
    assert read.program is not None, read.problems
    return read.program


def problems(text: str) -> list[Problem]:
    """What reading finds wrong, or warns of."""
    return list(read_program(text if "effective_from" in text else HEAD + text, "case").problems)


def facts(rows: Sequence[Any]) -> Facts:
    """Facts from rows of any kinds; partner A is there when no partner is given."""
    if not any(isinstance(row, Partner) for row in rows):
        rows = [PARTNER, *rows]
    kinds: dict[str, list[Any]] = {}
    for row in rows:
        kinds.setdefault(KIND_OF[type(row)], []).append(row)
    return Facts({kind: tuple(found) for kind, found in kinds.items()})


def worked(text: str | Sequence[str], rows: Sequence[Any], as_of: date, partner: str = "A") -> Outcome:
    """A partner's outcome, after both modes agreed on every number and every figure replayed."""
    return both(text, rows, as_of, partner)[0]


def both(text: str | Sequence[str], rows: Sequence[Any], as_of: date, partner: str = "A") -> tuple[Outcome, Traced]:
    """A partner's outcome in values and in figures, checked against each other."""
    programs = [program(t) for t in ([text] if isinstance(text, str) else text)]
    plain = evaluate(programs, facts(rows), as_of).partners[partner]
    traced = explain(programs, facts(rows), as_of).partners[partner]
    for where, value, figure in views(plain, traced):
        assert figure.value == value, where
        assert replay(figure) == value, where
    return plain, traced


def pairs(plain: Any, traced: Any, where: str = "") -> Iterator[tuple[str, Decimal, Figure]]:
    """Every number of a plain outcome beside its figure."""
    if isinstance(traced, Figure):
        yield where, plain, traced
    elif isinstance(traced, tuple) and hasattr(traced, "_fields"):
        for name in traced._fields:
            yield from pairs(getattr(plain, name), getattr(traced, name), f"{where}.{name}")
    elif isinstance(traced, tuple | list):
        assert len(plain) == len(traced), where
        for n, (a, b) in enumerate(zip(plain, traced, strict=True)):
            yield from pairs(a, b, f"{where}[{n}]")
    elif hasattr(traced, "__dataclass_fields__"):
        for name in set(traced.__dataclass_fields__) - {"excluded", "uncounted"}:  # kept for explanations only
            yield from pairs(getattr(plain, name), getattr(traced, name), f"{where}.{name}")
    else:
        assert plain == traced, where


def views(plain: Outcome, traced: Traced) -> Iterator[tuple[str, Decimal, Figure]]:
    """Every number of a partner's outcome beside its figure."""
    for name in ("metrics", "scores", "standings", "statements", "payouts", "at_risk", "exposures", "stages", "funds"):
        for key in getattr(traced, name):
            yield from pairs(getattr(plain, name)[key], getattr(traced, name)[key], f"{name} {key}")
    yield from pairs(plain.lines, traced.lines, "lines")
    yield from pairs(plain.entries, traced.entries, "entries")
