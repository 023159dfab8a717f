"""A statement that comes back is dropped on the window: recognised, read, shown, and its marks become disputes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ops.statements.returned import Returned
    from partnerdesk.ui.screens.base import Screen


def is_returned(path: Path) -> bool:
    """Whether a file has the sheets of a statement."""
    if path.suffix.lower() != ".xlsx":
        return False
    from partnerdesk.intake.grid import is_statement

    return is_statement(path)


def take_returned(screen: "Screen", paths: Sequence[Path]) -> bool:
    """Read a returned statement and show what it says; False for any other file."""
    if not paths or not is_returned(paths[0]):
        return False
    from partnerdesk.ops.statements.returned import read_returned

    screen.read(read_returned, paths[0], done=lambda found: _show(screen, found), slot="returned")
    return True


def _show(screen: "Screen", found: "Returned") -> None:
    from partnerdesk.ui.dialogs.returned import ReturnedDialog

    def given(raised_by: str, late_because: str) -> None:
        _raise(screen, found, raised_by, late_because)

    ReturnedDialog(screen.window(), found, given).open()


def _raise(screen: "Screen", found: "Returned", raised_by: str, late_because: str) -> None:
    from partnerdesk.ops.statements.returned import raise_returned

    count = len(found.fresh)
    screen.run(
        f"Disputes from {found.file}",
        raise_returned,
        found,
        toast=f"{count} dispute{'s' if count > 1 else ''} raised",
        raised_by=raised_by,
        late_because=late_because,
        on=screen.desk.today(),
        by=screen.desk.user,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
