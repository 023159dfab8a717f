"""The label of a period, such as 2026-09 or 2026Q3, in the words of the user's locale."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


def period_words(label: str, formats: "Formats") -> str:
    """`September 2026`, `Q3 2026`; a label that is neither stays as it is."""
    return formats.label(label)
