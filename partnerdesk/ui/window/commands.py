"""What the window itself answers to commands: pages, undo, look, panels, tables, sheets of help."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.frame import Frame
from partnerdesk.ui.window.look import bind_look


def bind_frame(window: Frame) -> None:
    """Bind every command that does not depend on the page, and what pages answer in the same way."""
    _bind_pages(window)
    _bind_tables(window)
    bind_look(window)
    bind = window.commands.bind
    bind("app.quit", window.close)
    bind("app.find", window.open_palette)
    bind("edit.undo", window.desk.undo)
    bind("edit.redo", window.desk.redo)
    bind("view.back", window.back, lambda: "" if window.trail.can_go_back else "There is no page before")
    bind("view.forward", window.forward, lambda: "" if window.trail.can_go_forward else "There is no page after")
    bind("view.next_pane", partial(next_pane, window, 1))
    bind("view.previous_pane", partial(next_pane, window, -1))
    bind("view.inspector", window.side.toggle, lambda: "" if window.side.has_something else "No panel on this page")
    bind("partner.note", partial(_open_quick_add, window))
    bind("partner.dates", partial(_export_dates, window))
    bind("help.own", window.own_wanted.emit)
    bind("help.keys", partial(_open_sheet, window))
    bind("help.about", partial(_open_about, window))
    bind("help.licences", partial(_open_licences, window))


def _bind_pages(window: Frame) -> None:
    bind = window.commands.bind
    for page in window.pages:
        bind(f"page.{page.id}", partial(window.go, Place(page.id)))
        for command in page.answers:
            bind(command, partial(_run_on_page, window, page.id, command))
    known = {page.id for page in window.pages}
    if "partners" in known:
        bind("partner.open", lambda: window.go(Place("partners", window.partner[0])))
        bind("partner.agreement", lambda: window.go(Place("partners", window.partner[0], "history", "agreement")))
        bind("partner.details", lambda: window.go(Place("partners", window.partner[0], "overview", "details")))
        bind("partner.enablement", lambda: window.go(Place("partners", window.partner[0], "progress", "enablement")))
        bind("partner.playbook", lambda: window.go(Place("actions", window.partner[0], "playbooks", "offered")))
        bind("tools.whatif", lambda: window.go(Place("partners", window.partner[0], "whatif")))
        bind("partner.changes", lambda: window.go(Place("partners", window.partner[0], "changes")))
        bind("partner.digest", partial(_export_digest, window))
        bind("partner.opening", partial(_open_opening, window))
        bind("partner.hold", partial(_open_hold, window))
        bind("partner.merge", partial(_open_merge, window))
    if "reviews" in known:
        bind("partner.review", lambda: window.go(Place("reviews", window.partner[0], "new")))
    if "statements" in known:
        bind("partner.statement", lambda: window.go(Place("statements", window.partner[0])))


def _run_on_page(window: Frame, page: str, command: str) -> None:
    """Open a page and run a command that it answers."""
    window.go(Place(page))
    then = window.page.commands().get(command) if window.page is not None else None
    if then is not None:
        then()


def _bind_tables(window: Frame) -> None:
    bind = window.commands.bind

    def on_table(name: str, **kw: int) -> Callable[[], str]:
        """A function of `ui.table_commands`, which the first paint does without."""

        def call() -> str:
            if window.page is None:
                return "There is no page"
            from partnerdesk.ui.table import commands as table_commands

            return str(getattr(table_commands, name)(window.page, **kw) or "")

        return call

    why_not = on_table("why_not_table")
    bind("edit.copy", on_table("copy_rows", headers=False), why_not)
    bind("edit.copy_headed", on_table("copy_rows", headers=True), why_not)
    bind("page.edit", on_table("edit_cell"), why_not)
    bind("view.columns", on_table("choose_columns"), why_not)
    bind("partner.next_tab", on_table("step_tab", by=1), on_table("why_not_tab"))
    bind("partner.previous_tab", on_table("step_tab", by=-1), on_table("why_not_tab"))
    bind("page.find", on_table("focus_filter"), on_table("why_not_filter"))


def next_pane(window: Frame, by: int) -> None:
    """Move the keyboard between sidebar, page and panel."""
    panes: list[QWidget] = [window.sidebar.pages, window.stack]
    panes += [window.side] if window.side.isVisible() else []
    focus = QApplication.focusWidget()
    at = next((i for i, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), 0)
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    for _ in panes:
        at = (at + by) % len(panes)
        target = _first_control(panes[at])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _first_control(pane: QWidget) -> QWidget | None:
    """The control of a pane that Tab would reach first."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return pane
    found = (w for w in pane.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next((w for w in found if w.isEnabled()), None)


def _open_quick_add(window: Frame) -> None:
    from partnerdesk.ui.quick_add import QuickAdd

    QuickAdd(window)


def _export_dates(window: Frame) -> None:
    from partnerdesk.ui.screens.dates import export_dates

    if window.page is not None:
        export_dates(window.page, window.partner[0], for_partner=True)


def _export_digest(window: Frame) -> None:
    from partnerdesk.ui.screens.partner.overview.one_page import write_page

    if window.page is not None:
        write_page(window.page, window.partner[0], internal=False)


def _open_opening(window: Frame) -> None:
    from partnerdesk.ui.screens.opening import ask_opening

    window.go(Place("partners", window.partner[0], "earnings"))
    if window.page is not None:
        ask_opening(window.page, window.partner[0])


def _open_hold(window: Frame) -> None:
    from partnerdesk.ui.screens.holding import ask_hold

    window.go(Place("partners", window.partner[0], "earnings"))
    if window.page is not None:
        ask_hold(window.page, window.partner[0])


def _open_merge(window: Frame) -> None:
    from partnerdesk.ui.screens.merging import ask_merge

    partner = window.partner[0]
    window.go(Place("partners"))
    if window.page is not None:
        ask_merge(window.page, partner)


def _open_sheet(window: Frame) -> None:
    from partnerdesk.ui.dialogs.shortcuts import ShortcutSheet

    ShortcutSheet(window, window.commands).open()


def _open_about(window: Frame) -> None:
    from partnerdesk.ui.dialogs.about import AboutDialog

    AboutDialog(window).open()


def _open_licences(window: Frame) -> None:
    from partnerdesk.ui.dialogs.about import LicencesDialog

    LicencesDialog(window).open()
