"""The library: reference architectures, lessons, guides, templates; found by any word; who used which, below."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.dialogs.fund_step import Field, StepDialog
from partnerdesk.ui.screens.action_pages.part import Part
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.library import LibraryItem, UseRow
    from partnerdesk.queries.partners.people import PartnerName

FORMS = tuple((f.capitalize(), f) for f in ("reference architecture", "lesson learned", "guide", "template"))
ASKED = ("title", "tags", "product", "partner_type", "place", "text")


class LibraryPart(Part):
    KEY: ClassVar[str] = "library"
    TITLE: ClassVar[str] = "Library"
    NOUN: ClassVar[str] = "items"

    def __init__(self, segment: Any) -> None:
        self._partners: tuple[PartnerName, ...] = ()
        super().__init__(segment)
        self.new = self.write
        says = "What worked once, to be used again: architectures, lessons, guides, templates."
        self.top.set_empty(lambda: Empty("The library is empty", says, ("New item…", self.write), icon="book-open"))
        self.below.set_empty(lambda: Empty("Nobody used it yet", "Who used it, with whom and what came of it."))
        self.top.opened.connect(self.rewrite)
        self._made = [self.button("New item…", self.write), self.button("Record use…", self.use)]

    def key(self, row: "LibraryItem") -> int:
        return row.row.id

    def columns(self) -> list[Column]:
        return [
            Column("title", "Title", lambda r: (r.row.title, r.row.text), kind=kinds.NAME, width=420),
            Column("form", "Kind", lambda r: r.row.form, width=160),
            Column("tags", "Tags", lambda r: r.row.tags, kind=kinds.MUTED, width=180),
            Column("product", "Product", lambda r: r.row.product, kind=kinds.MUTED, width=150),
            Column("used", "Used", lambda r: len(r.uses), kind=kinds.NUMBER, width=60),
            Column("shared", "Shared", _shared, kind=kinds.STATUS, width=120),
        ]

    def part_columns(self) -> list[Column]:
        day = self.formats.day
        return [
            Column("day", "Date", lambda r: r.day, day, kinds.DATE, 110),
            Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=240),
            Column("by", "By", lambda r: r.used_by, width=180),
            Column("result", "Result", lambda r: r.result, width=420, edit=self._result()),
        ]

    def buttons(self) -> list[QWidget]:
        return [*self._made]

    # Reading

    def load(self) -> None:
        from partnerdesk.queries.enablement.library import library
        from partnerdesk.queries.partners.people import partner_rows

        self.segment.host.read(library, done=self.show_rows, slot="library")
        self.segment.host.read(partner_rows, done=self._know, slot="library partners")

    def _know(self, found: "tuple[PartnerName, ...]") -> None:
        self._partners = found

    def show_row(self, row: "LibraryItem | None") -> None:
        self.below.set_rows(row.uses if row is not None else ())
        if row is None:
            return
        item, day = row.row, self.formats.day
        wrote = f"{item.author}, {day(item.created)}" if item.author else day(item.created)
        self.title.set(item.title, wrote)
        says = [item.text, f"For {item.partner_type}." if item.partner_type else "", item.place and f"At {item.place}"]
        self.words.setText(" ".join(part for part in says if part))

    # Acting

    def menu(self, row: "LibraryItem") -> list[QAction | None]:
        from partnerdesk.ops.enablement.library import remove_item

        remove = partial(self.run, "Remove item", remove_item, row.row.id, toast="Item removed")
        verb = "Withdraw" if row.row.is_shared else "Share without names"
        return [
            self.act("Change…", lambda: self.rewrite(row)),
            self.act("Record use…", self.use),
            self.act(verb, lambda: self.share(row)),
            self.act(
                "Copy where it lies",
                lambda: copy_table([[row.row.place]], None),
                "" if row.row.place else "It lies nowhere.",
            ),
            None,
            self.act("Remove item", remove),
        ]

    def part_menu(self, row: "UseRow") -> list[QAction | None]:
        from partnerdesk.ops.enablement.library import remove_use

        return [self.act("Remove use", lambda: self.run("Remove use", remove_use, row.id, toast="Use removed"))]

    def share(self, row: "LibraryItem") -> None:
        """Share an item that names nobody, or take it back."""
        from partnerdesk.ops.enablement.library import share_item, withdraw_item

        if row.row.is_shared:
            self.run("Withdraw item", withdraw_item, row.row.id, toast="Withdrawn")
        else:
            today = self.segment.desk.today()
            self.run("Share item", share_item, row.row.id, on=today, toast="Shared: it names nobody")

    def write(self) -> None:
        """Ask for a new item."""
        from partnerdesk.ops.enablement.library import add_item

        def add(values: dict[str, Any]) -> None:
            desk = self.segment.desk
            given = values | {"on": desk.today(), "author": desk.user}
            self.run("Add item", add_item, done=self.added, toast="Item added", **given)

        self._ask("New item of the library", "Add item", {}, add)

    def rewrite(self, row: "LibraryItem") -> None:
        """Ask for other words of an item."""
        from partnerdesk.ops.enablement.library import change_item

        before = {name: getattr(row.row, name) for name in (*ASKED, "form")}

        def change(values: dict[str, Any]) -> None:
            self.run("Change item", partial(change_item, **values), row.row.id, before, toast="Item changed")

        self._ask(f"Change “{row.row.title}”", "Change item", before, change)

    def _ask(self, title: str, verb: str, now: dict[str, Any], then: Callable[[dict[str, Any]], object]) -> None:
        known = now.get
        fields = (
            Field("title", "Title", needed=True, value=known("title", "")),
            Field("form", "Kind", choices=FORMS, value=known("form", "")),
            Field("text", "Text", "what somebody else can use", value=known("text", "")),
            Field("tags", "Tags", "words, divided by commas", value=known("tags", "")),
            Field("product", "Product", value=known("product", "")),
            Field("partner_type", "Partner type", "all, where empty", value=known("partner_type", "")),
            Field("place", "Where it lies", "path or address", value=known("place", "")),
        )
        StepDialog(self.window(), title, "", verb, fields, None, self.formats, then).open()

    def use(self) -> None:
        """Ask with whom the current item was used, and with what result."""
        row: LibraryItem | None = self.top.current_row()
        if row is None or not self._partners:
            return
        partners = [(p.name, p.id) for p in self._partners]
        desk = self.segment.desk
        fields = (
            Field("partner", "Partner", choices=partners, value=self.segment.partner),
            Field("result", "Result", "what came of it"),
            Field("used_by", "By", value=desk.user),
        )

        def keep(values: dict[str, Any]) -> None:
            from partnerdesk.ops.enablement.library import use_item

            partner, day = values.pop("partner"), values.pop("on")
            self.run("Record use", use_item, row.row.id, partner, day=day, toast="Use recorded", **values)

        title = f"Who used “{row.row.title}”?"
        StepDialog(self.window(), title, "", "Record use", fields, desk.today(), self.formats, keep).open()

    def _result(self) -> Edit:
        def change(row: "UseRow", value: str) -> None:
            from partnerdesk.ops.enablement.library import change_use

            self.run("Edit result", partial(change_use, result=value), row.id, {"result": row.result})

        return Edit(lambda r: str(r.result), str.strip, change)


def _shared(row: "LibraryItem") -> tuple[str, str]:
    return ("good", "Shared") if row.row.is_shared else ("", "Ours alone")
