"""One partner: its name in the header, its tabs, and the controls of the tab that is shown.

A tab is imported and made when it is first opened, so that the list of partners does not wait for five pages.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.partner_words import country_words, type_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.tabs import TabStrip

if TYPE_CHECKING:
    from partnerdesk.queries.partners.portfolio import PartnerRow
    from partnerdesk.ui.screens.partner.tab import PartnerTab

# key -> its words and its class, `module:class` of this package
TABS = {
    "overview": ("Overview", "overview.tab:OverviewTab"),
    "progress": ("Progress", "progress.tab:ProgressTab"),
    "earnings": ("Earnings", "earnings.tab:EarningsTab"),
    "changes": ("Changes", "earnings.changes:ChangesTab"),
    "forecast": ("Forecast", "forecast.page:ForecastTab"),
    "whatif": ("What-if", "whatif.page:WhatIfTab"),
    "plan": ("Plan", "plan.tab:PlanTab"),
    "history": ("History", "history.tab:HistoryTab"),
}
# a page that stands beside another in the same tab, so that a partner has five tabs: key -> the tab it belongs to
BESIDE = {"changes": "earnings", "forecast": "earnings", "whatif": "earnings"}
SIDES = (("This month", "earnings"), ("What changed", "changes"), ("Forecast", "forecast"), ("What-if", "whatif"))


class PartnerDetail(QWidget):
    """Holds the tabs; only the shown one reads."""

    def __init__(self, host: Screen) -> None:
        super().__init__()
        self._host = host
        self._rows: Mapping[str, PartnerRow] = {}
        self.partner = ""
        self.tab = "overview"
        self._pages: dict[str, PartnerTab] = {}
        self._boxes: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        own = [(words, key) for key, (words, _) in TABS.items() if key not in BESIDE]
        self.tabs = TabStrip("Partner", own, self._tab_chosen)
        self.stack = QStackedWidget()
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)

    @property
    def page(self) -> "PartnerTab":
        """The tab that is shown, made now when it was not yet."""
        if self.tab not in self._pages:
            module, _, name = TABS[self.tab][1].partition(":")
            kind = getattr(importlib.import_module(f"partnerdesk.ui.screens.partner.{module}"), name)
            made: PartnerTab = kind(self._host)
            self._pages[self.tab] = made
            self.stack.addWidget(made)
            self._host.header.add(self._box(made))
        return self._pages[self.tab]

    @property
    def sub(self) -> str:
        """The sub-page of the shown tab: a period, a part of the plan."""
        return self.page.sub

    def open(self, partner: str, tab: str, sub: str) -> None:
        """Show a tab of a partner."""
        if (partner, tab) != (self.partner, self.tab):
            self._host.messages.clear()
        self.partner = partner
        self.tab = tab if tab in TABS else "overview"
        self.tabs.show_tab(BESIDE.get(self.tab, self.tab))
        self.stack.setCurrentWidget(self.page)
        self._name()
        self.show_controls(True)
        self._show_subs(sub)
        self.page.show_partner(partner, sub)
        if self.page.subs():
            self.tabs.show_sub(self.page.sub)  # another partner may begin at another sub-page

    def _show_subs(self, sub: str) -> None:
        """Sub-pages of a tab that has them, such as those of the plan; pages that share a tab are each other's."""
        page = self.page
        if self.tab in (key for _, key in SIDES):
            self.tabs.set_subs(SIDES, self._chosen)
            self.tabs.show_sub(self.tab)
            return
        subs = page.subs()
        self.tabs.set_subs(subs, page.show_sub)
        if subs:
            self.tabs.show_sub(sub or page.sub)

    def reload(self) -> None:
        """Read the shown tab again."""
        if self.partner:
            self.page.reload()

    def name_partners(self, rows: "Mapping[str, PartnerRow]") -> None:
        """The list's rows, for the name in the header."""
        self._rows = rows
        if self.partner and self.isVisible():
            self._name()

    def show_controls(self, visible: bool) -> None:
        """Only the controls of the shown tab are in the header."""
        for key, box in self._boxes.items():
            box.setVisible(visible and key == self.tab)

    def _box(self, made: "PartnerTab") -> QWidget:
        """The controls of a tab in one widget, so that the tab alone says which of them are seen."""
        box = self._boxes[made.KEY] = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        for widget in made.header_controls():
            row.addWidget(widget)
        return box

    def commands(self) -> dict[str, Callable[[], object]]:
        """What the shown tab answers."""
        return self.page.commands()

    def letters(self) -> dict[str, Callable[[], object]]:
        """Single letters of the shown tab."""
        return self.page.letters()

    def _name(self) -> None:
        row = self._rows.get(self.partner)
        name = row.name if row is not None else self.partner
        known = (country_words(row.country), type_words(row.type)) if row is not None else ()
        note = " · ".join(part for part in known if part)
        self._host.header.set(name, note, "Partners", lambda: self._host.shell.go(Place("partners")))
        self._host.shell.set_partner(self.partner, name)

    def _tab_chosen(self, key: str) -> None:
        if key != BESIDE.get(self.tab):  # the strip follows a page that was opened; it does not lead away from it
            self._chosen(key)

    def _chosen(self, key: str) -> None:
        if self.partner and key != self.tab:
            self._host.shell.go(Place("partners", self.partner, key))
