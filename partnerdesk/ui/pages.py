"""The pages of the sidebar, in order. A page is one row here and one module in `ui/screens`.

Only pages that exist are listed: the sidebar has no dead items.
"""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.ui.actions import BOOK, ActionRow, shown
from partnerdesk.ui.widgets.sidebar import NavItem

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its id, title, icon and key, and `module:class` of its screen, imported when it is first opened."""

    id: str
    title: str
    icon: str
    keys: str
    screen: str
    below: bool = False  # under the line
    needs_book: bool = True
    answers: tuple[str, ...] = ()  # commands that open this page from anywhere and run there

    def load(self) -> "type[Screen]":
        """The screen's class."""
        module, _, name = self.screen.partition(":")
        found: type[Screen] = getattr(importlib.import_module(f"partnerdesk.ui.screens.{module}"), name)
        return found


PAGES: tuple[Page, ...] = (
    Page("today", "Today", "sun-medium", "Ctrl+1", "today:TodayScreen"),
    Page("partners", "Partners", "users-round", "Ctrl+2", "partners:PartnersScreen", answers=("partner.new",)),
    Page("deals", "Deals & renewals", "calendar-clock", "Ctrl+3", "deals:DealsScreen", answers=("deal.new",)),
    Page("actions", "Plans & actions", "list-checks", "Ctrl+4", "actions:ActionsScreen"),
    Page("reviews", "Reviews", "presentation", "Ctrl+5", "reviews:ReviewsScreen"),
    Page("statements", "Statements", "file-spreadsheet", "Ctrl+6", "statements:StatementsScreen"),
    Page("funds", "Funds", "wallet", "Ctrl+7", "funds:FundsScreen"),
    Page("program", "Program", "scale", "Ctrl+9", "program:ProgramScreen", answers=("program.add",)),
    Page(
        "data",
        "Data",
        "database",
        "",
        "data:DataScreen",
        below=True,
        answers=("data.import", "data.backup", "data.restore", "tools.check"),
    ),
    Page("settings", "Settings", "settings", "Ctrl+,", "settings:SettingsScreen", below=True, needs_book=False),
)


def nav_items(pages: tuple[Page, ...] = PAGES) -> list[NavItem]:
    """The rows of the sidebar, with the line where the second group begins."""
    rows = [NavItem(page.id, page.title, page.icon, shown(page.keys)) for page in pages]
    first_below = next((at for at, page in enumerate(pages) if page.below), len(pages))
    if 0 < first_below < len(pages):
        rows.insert(first_below, NavItem(""))
    return rows


def page_rows(pages: Iterable[Page]) -> list[ActionRow]:
    """The commands that open the pages."""
    return [
        ActionRow(f"page.{p.id}", p.title, "View", 0, tuple(p.keys.split()), p.icon, (BOOK,) if p.needs_book else ())
        for p in pages
    ]
