"""What the links of the inspector open: the rows behind an input, each with the place it was read from, and the rule.

Both open in the inspector itself; Back returns to the figure. A row that came with an import leads on to the data, one
that was typed to the facts of its partner.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from partnerdesk.ops.rows.typed import TYPED
from partnerdesk.ui.effect import WORDS
from partnerdesk.ui.explanation import Explanation, InputRow, count_words
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.frame import Frame

if TYPE_CHECKING:
    from partnerdesk.program.words import RuleWords
    from partnerdesk.queries.origins import OriginRow

T = TypeVar("T")
ROWS_SLOT, RULE_SLOT = "why.rows", "why.rule"


class WhyLinks:
    """Answers the links of one window's inspector."""

    def __init__(self, window: Frame) -> None:
        self._window = window

    def open_input(self, row: InputRow) -> None:
        """The rows behind an input; a single row of the list leads to where it was imported."""
        if row.place:
            self._window.go(Place(*row.place))
        elif row.leaves:
            from partnerdesk.queries.origins import origins

            wanted = [(leaf.kind, leaf.id, leaf.field) for leaf in row.leaves]
            self._read(origins, wanted, done=lambda found: self._show_rows(row, found), slot=ROWS_SLOT)

    def _show_rows(self, row: InputRow, found: "Sequence[OriginRow]") -> None:
        rows = []
        for leaf, origin in zip(row.leaves, found, strict=False):
            place = place_of(origin)
            name = f"{leaf.id}, {leaf.value}" if leaf.value else leaf.id
            note = WORDS if leaf.is_silent else ""
            rows.append(InputRow(name, origin.place, leaf.kind, (leaf.id,), place=place, note=note))
        hidden = len(row.leaves) - len(rows)
        says = "Each with the place where it was read."
        if hidden:
            says += f" The first {len(rows)} of {len(row.leaves)}."
        self._push(Explanation("", count_words(len(row.leaves)), "", row.name, says, inputs=tuple(rows)))

    def open_rule(self, key: str, version: str) -> None:
        """The rule in a partner's words."""
        from partnerdesk.queries.origins import rule_sheet

        self._read(rule_sheet, key, version, done=self._show_rule, slot=RULE_SLOT)

    def _show_rule(self, words: "RuleWords | None") -> None:
        if words is None:
            return
        from_day = self._window.desk.formats.day(words.effective_from)
        about = f"{words.title} · version {words.version}, from {from_day}"
        said = "\n\n".join(part for part in (words.sentence, words.formula, words.parameters) if part)
        self._push(Explanation("", words.reference, "", about, said))

    def _push(self, explanation: Explanation) -> None:
        inspector = self._window.side.inspector
        if inspector is not None:
            inspector.push(explanation)

    def _read(self, query: Callable[..., T], *args: Any, done: Callable[[T], object], slot: str) -> None:
        failed = self._window.page.show_error if self._window.page is not None else None
        self._window.desk.read(query, *args, done=done, failed=failed, slot=slot)


def place_of(origin: "OriginRow") -> tuple[str, ...]:
    """Where a row is looked at: the import that brought it, or among the facts of its partner where it was typed."""
    if origin.batch is not None:
        return ("data", "imports")
    if origin.partner and origin.kind in TYPED:
        return ("partners", origin.partner, "overview", f"facts:{origin.kind}:{origin.id}")
    return ()
