"""What is done with the statements of a period: one row's menu, the close, and the files that partners receive."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.drafting_mail import draft_statement
from partnerdesk.ui.screens.holding import ask_hold
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.raising import ask_dispute
from partnerdesk.ui.screens.restated import ask_restate

if TYPE_CHECKING:
    from partnerdesk.engine.problem import Problem
    from partnerdesk.ops.statements.written import StatementRun
    from partnerdesk.queries.statements.closing import Run, RunRow
    from partnerdesk.ui.screens.statements import StatementsScreen


def row_menu(screen: "StatementsScreen", row: "RunRow") -> list[QAction]:
    """What can be done with one partner's statement."""
    of = row.partner
    offered: list[tuple[str, Callable[[], object]]] = [
        ("Open partner", lambda: screen.open_partner(row)),
        ("Export this statement", lambda: screen.export_partners([of])),
        ("Export it with pages to print", lambda: screen.export_partners([of], pages=True)),
        ("Draft a mail with this statement", lambda: draft_statement(screen, of, screen.label)),
    ]
    if row.status == "closed":
        offered += [
            ("Replay this statement", lambda: screen.replay_run(of)),
            ("Restate this statement…", lambda: ask_restate(screen, screen.label, row, screen.export_partners)),
        ]
    made = [_action(screen, text, then) for text, then in offered]
    writing = [_action(screen, "Put on hold…", lambda: ask_hold(screen, of))]
    if row.number:
        writing.insert(0, _action(screen, "Dispute the total…", lambda: ask_dispute(screen, of, row.number)))
    for action in writing:
        action.setEnabled(screen.desk.book is not None and screen.desk.book.is_writable)
    return [*made, *writing]


def _action(screen: "StatementsScreen", text: str, then: Callable[[], object]) -> QAction:
    action = QAction(text, screen)
    action.triggered.connect(lambda _checked=False: then())
    return action


def ask_close(screen: "StatementsScreen") -> None:
    """Read what should be looked at first, ask for the total and both names, then close what is ready."""
    from partnerdesk.ops.statements.before_closing import doubts

    found, label = screen.run_, screen.label
    if found is not None and found.ready:
        screen.read(doubts, label, screen.desk.today(), done=lambda told: _ask_close(screen, found, told), slot="close")


def _ask_close(screen: "StatementsScreen", found: "Run", told: "Sequence[Problem]") -> None:
    from partnerdesk.ui.dialogs.close_period import CloseDialog

    def given(maker: str, checker: str, total: Decimal) -> None:
        _close(screen, found.period, maker, checker, total)

    ready = {row.name for row in found.ready}
    own = [problem for problem in told if problem.place in ready]
    CloseDialog(screen.window(), found, screen.desk.formats, screen.desk.user, given, own)


def _close(screen: "StatementsScreen", label: str, maker: str, checker: str, total: Decimal) -> None:
    from datetime import UTC, datetime

    from partnerdesk.ops.statements.closing import close_period
    from partnerdesk.queries.statements.approvals import step_label
    from partnerdesk.queries.statements.closing import moment_in

    own = screen.desk.book.info.as_of if screen.desk.book else None
    at = moment_in(own, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    today = screen.desk.today()
    said: dict[str, Any] = {"maker": maker, "checker": checker, "total": total, "at": at}
    step = step_label(f"Close {label}", maker, checker)
    job = screen.run(step, close_period, label, today, done=lambda run: _closed(screen, run), progress=True, **said)
    none = "None of its statements is closed; close them when you are ready."
    job.stopped = lambda: screen.messages.say("info", "The close was stopped.", none)


def _closed(screen: "StatementsScreen", run: "Run") -> None:
    count = len(run.ready)
    words = f"{run.period} is closed, {count} statement{'s are' if count > 1 else ' is'} final"
    screen.shell.toast(words, "Export", screen.export_partners)


def ask_export(screen: "StatementsScreen") -> None:
    """Ask as which files all statements of the period are written, and write them."""
    from partnerdesk.ui.dialogs.export_run import ExportRunDialog

    found = screen.run_
    if found is not None and found.rows:
        kind = "statement" if found.is_closed else "draft"
        what = (
            f"{len(found.rows)} {kind}{'s' if len(found.rows) > 1 else ''} of {screen.desk.formats.label(found.period)}"
        )
        state = screen.shell.state
        ExportRunDialog(screen.window(), what, state, lambda pages: export_statements(screen, None, pages=pages)).open()


def export_statements(screen: "StatementsScreen", partners: list[str] | None, *, pages: bool) -> None:
    """Write the period's statements as files, of some partners or of all."""
    from partnerdesk.ui.exporting import export_away, statements_from

    if screen.run_ is None:
        return
    folder = paths.folder("exports") / f"statements-{screen.label}"
    export_away(
        screen,
        f"Exporting {'statements' if screen.run_.is_closed else 'drafts'}",
        statements_from,
        screen.label,
        screen.desk.today(),
        folder,
        partners,
        pages,
        done=lambda written: _exported(screen, folder, written, pages=pages, is_run=partners is None),
    )


def _exported(screen: "StatementsScreen", folder: Path, run: "StatementRun", *, pages: bool, is_run: bool) -> None:
    from partnerdesk.ui.screens.files import open_folder

    written = run.written
    count = len(written)
    beside = "its CSV files and PDF" if pages else "its CSV files"
    if run.stopped:
        listed = " The manifest lists both." if is_run else ""
        made = f"{plural(count, 'statement')} written, each with {beside}, and on record"
        refused = f" {run.left_out[0].says}" if run.left_out else ""
        words = f"{made}; {run.stopped} not reached.{listed}{refused} Export again for all of them."
        screen.messages.say("info", "The export was stopped.", words, keep=True)
        return
    words = f"{plural(count, 'statement')} written, each with {beside}"
    words += "; a manifest holds their digests" if is_run else ""
    words = left_words(written, screen.desk.formats) if count == 1 and not is_run else words
    if not run.left_out:
        screen.shell.toast(words, "Open folder", lambda: open_folder(folder))
        return
    partners = len({one.partner for one in run.left_out})
    words = f"Not every file of {partners} partner{'s' if partners != 1 else ''} was written; {count} have files."
    more = f" {len(run.left_out) - 1} more: see the manifest." if len(run.left_out) > 1 else ""
    screen.messages.say("warn", words, f"{run.left_out[0].says}{more}", keep=True)
