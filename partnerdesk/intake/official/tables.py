"""The tables of a payout file: of the sheet whose columns are best known, and of others that are laid out alike.

A workbook may hold a sheet for each partner, or for each week; a sheet of another layout is a summary or a note.
"""

from collections.abc import Mapping
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.intake import files, table
from partnerdesk.intake.limits import WINDOW, Limits
from partnerdesk.intake.official.content import NOBODY, Ours
from partnerdesk.intake.official.parts import guessed, known_words
from partnerdesk.intake.table import Table


def read_tables(
    path: Path, choices: Mapping[str, str], ours: Ours = NOBODY, limits: Limits = WINDOW
) -> tuple[Table, ...]:
    """The tables of the sheet that was chosen, or of all that are like the one that is known best, which stands first.

    Of merged cells the first holds the value: a partner's name beside all its rows is a head above them. Raises Refused
    where nothing can be read.
    """
    sheets = files.read(path, limits, choices.get("encoding", ""))
    wanted = [s for s in sheets if s.name == choices.get("sheet", s.name) and s.rows]
    if not wanted:
        raise Refused(f"{path.name} has no rows.", "Choose another file, or another of its sheets.")
    found = [table.table(s, {"merged": "keep"} | dict(choices), known_words()) for s in wanted]
    best = max(found, key=lambda one: len(guessed(one, ours)))
    alike = [one for one in found if one is not best and one.headers == best.headers and one.header.index >= 0]
    return (best, *alike)
