"""Restating in the window: asked from a closed statement's row, run as one step that undo stops at."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from partnerdesk.queries.statements.approvals import step_label

if TYPE_CHECKING:
    from partnerdesk.queries.statements.archive import ClosedRow
    from partnerdesk.queries.statements.closing import RunRow
    from partnerdesk.ui.screens.base import Screen


def ask_restate(screen: "Screen", label: str, row: "RunRow", export: Callable[[list[str]], object]) -> None:
    """Asks why and who, says where nothing has changed, issues the statement again, and offers to export it."""
    from partnerdesk.ops.statements.restating import UNCHANGED, unchanged_since
    from partnerdesk.ui.dialogs.restate import RestateDialog

    def restate(reason: str, maker: str, checker: str) -> None:
        from partnerdesk.ops.statements.restating import restate

        screen.run(
            step_label(f"Restate {label} of {row.name}", maker, checker),
            restate,
            row.partner,
            label,
            screen.desk.today(),
            reason=reason,
            maker=maker,
            checker=checker,
            at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            done=lambda made: _restated(screen, made, row.name, export),
        )

    def ask(last: int | None) -> None:
        warns = UNCHANGED.format(last) if last is not None else ""
        of = f"{screen.desk.formats.label(label)} of {row.name}"
        RestateDialog(screen.window(), of, screen.desk.user, restate, warns).open()

    screen.read(unchanged_since, row.partner, label, screen.desk.today(), done=ask, slot="restate")


def _restated(screen: "Screen", made: "ClosedRow", name: str, export: Callable[[list[str]], object]) -> None:
    words = f"{made.number} of {name} is restated as v{made.revision}; every figure is the same"
    screen.shell.toast(words, "Export", lambda: export([made.partner]))
