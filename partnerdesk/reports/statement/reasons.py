"""The sentences beside the lines of a statement, composed once for all of its files."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from partnerdesk.engine.figures.writing import Manner, manner
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.reports.statement.document import StatementDocument


class _Told:
    """Lines in a manner, the same where both are the same objects: to compare lines costs more than to compose anew."""

    def __init__(self, lines: Sequence[EarningLine[Decimal]], manner: Manner | None) -> None:
        self.lines, self.manner = lines, manner

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self.lines is other.lines and self.manner is other.manner

    def __hash__(self) -> int:
        return id(self.lines)


def reasons(document: StatementDocument) -> tuple[str, ...]:
    """The reason of each line, in its order, in the manner that holds."""
    return _composed(_Told(document.statement.lines, manner()))


@lru_cache(maxsize=1)  # a statement's files are made one after the other
def _composed(told: _Told) -> tuple[str, ...]:
    return tuple(line.reason for line in told.lines)
