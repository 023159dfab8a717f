"""Which of our names a row of a payout calls: as it stands, without its signs, or as one word of a sentence.

Several references of a row are tried in turn. A sentence that holds two of our names calls none of them.
"""

from collections.abc import Container

from partnerdesk.intake.official.row import OfficialRow

_AROUND = ".,;:()[]{}#\"'"


def called(row: OfficialRow, names: Container[str]) -> str:
    """The name, in lower case, by which a row calls a line; its first reference where it calls none that is known."""
    texts = [text.casefold() for text in (row.reference, *row.also) if text]
    for text in texts:
        if text in names:
            return text
    for text in texts:
        found = {word for piece in text.split() if (word := piece.strip(_AROUND)) in names}
        if len(found) == 1:
            return found.pop()
    return texts[0] if texts else ""
