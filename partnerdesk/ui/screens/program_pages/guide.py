"""The guide of the text that is shown, as a PDF for partners: written away from the window, then offered to open."""

from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.screens.files import open_document
from partnerdesk.ui.screens.program_pages import shelf as shelves

if TYPE_CHECKING:
    from partnerdesk.ops.programs.guide import ExportedGuide
    from partnerdesk.ui.screens.program import ProgramScreen


class Guide:
    """Of a draft, too: it says what partners would read."""

    def __init__(self, screen: "ProgramScreen") -> None:
        self._screen = screen
        self._opens = False

    def why_not(self) -> str:
        """Why there can be no guide now, in words."""
        drafting = self._screen.drafting
        if drafting.study is None or drafting.cases is None:
            return "The text is being read"
        if drafting.study.stops:
            return "The guide waits for the text's problems to be corrected"
        return "" if all(case.is_met for case in drafting.cases) else "The guide waits for the cases that differ"

    def preview(self) -> None:
        """Write it, and open its pages."""
        self.export()
        self._opens = True

    def export(self) -> None:
        """Write it into the folder of exports, with numbers and days as the window shows them."""
        from partnerdesk.ops.gate.owned_words import names_of_partners

        self._opens = False
        if self._screen.drafting.item is not None and not self.why_not():
            self._screen.read(names_of_partners, done=self._write, slot="guide")

    def _write(self, partners: tuple[str, ...]) -> None:
        from partnerdesk.ops.programs.guide import export_version_guide

        screen, item = self._screen, self._screen.drafting.item
        if item is None or screen.shelf is None or self.why_not():
            return
        others = [
            (o.name, o.text) for o in shelves.items(screen.shelf).values() if o.draft is None and o.key != item.key
        ]
        screen.desk.compute(
            export_version_guide,
            (item.name, screen.drafting.text),
            others,
            paths.folder("exports"),
            screen.desk.formats.symbols.locale,
            partners,
            label="Writing the guide",
            done=self._written,
            failed=screen.show_error,
        )

    def _written(self, guide: "ExportedGuide") -> None:
        from partnerdesk.ui.outgoing import note_left

        note_left(self._screen, guide)
        if self._opens:
            open_document(guide.path)
        pages = f"{guide.pages} page{'s' * (guide.pages != 1)}"
        left = f"; {len(guide.left_out)} for partners by name left out" if guide.left_out else ""
        self._screen.shell.toast(f"{guide.path.name} written, {pages}{left}", "Open", lambda: open_document(guide.path))
