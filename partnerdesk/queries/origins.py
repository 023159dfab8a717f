"""What an explanation rests on: the cells of a file that each fact was read from (or who typed it), and the rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from partnerdesk.program.words import RuleWords, rule_words
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import programs
from partnerdesk.queries.imports import source_cells

MOST = 60


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A fact that went in and where it stands; `place` says file, sheet, row and column as a user finds them.

    One that somebody typed names the partner whose facts it is among.
    """

    kind: str
    id: str
    place: str
    batch: int | None
    partner: str = ""


def origins(session: Session, wanted: Sequence[tuple[str, str, str]], most: int | None = MOST) -> tuple[OriginRow, ...]:
    """The origins of (kind, id, field) triples, in their order; at most `most` of them."""
    return tuple(_origin(session, *one) for one in wanted[:most])


def _origin(session: Session, kind: str, id: str, field: str) -> OriginRow:
    cells = source_cells(session, kind, id, field) if field else ()
    if cells:
        more = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
        return OriginRow(kind, id, f"{cells[0]}{more}", cells[0].batch)
    found = fact(session, kind, id)
    if found is None or found.source is None:
        return OriginRow(kind, id, "no longer in the book" if found is None else "typed", None)
    return OriginRow(kind, id, str(found.source), found.source.batch, getattr(found, "partner", None) or "")


def rule_sheet(session: Session, key: str, version: str) -> RuleWords | None:
    """A rule in a partner's words; of the version named, else of the newest that has it; None where none has."""
    found = [words for program in programs(session) for words in rule_words(program) if words.key == key]
    return next((words for words in found if words.version == version), found[-1] if found else None)
