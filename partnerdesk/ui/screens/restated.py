"""Restating in the window: asked from a closed statement's row, run as one step that undo stops at."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from partnerdesk.queries.statements.approvals import step_label

if TYPE_CHECKING:
    from partnerdesk.queries.statements.archive import ClosedRow
    from partnerdesk.queries.statements.closing import RunRow
    from partnerdesk.ui.screens.statements import StatementsScreen


def ask_restate(screen: "StatementsScreen", label: str, row: "RunRow") -> None:
    """Asks why and who, says where nothing has changed, and issues the statement again."""
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
            done=lambda made: _restated(screen, made, row.name),
        )

    def ask(last: int | None) -> None:
        warns = UNCHANGED.format(last) if last is not None else ""
        of = f"{screen.desk.formats.label(label)} of {row.name}"
        RestateDialog(screen.window(), of, screen.desk.user, restate, warns).open()

    screen.read(unchanged_since, row.partner, label, screen.desk.today(), done=ask, slot="restate")


def _restated(screen: "StatementsScreen", made: "ClosedRow", name: str) -> None:
    words = f"{made.number} of {name} is restated as v{made.revision}; every figure is the same"
    screen.shell.toast(words, "Export", lambda: screen.export_partners([made.partner]))
