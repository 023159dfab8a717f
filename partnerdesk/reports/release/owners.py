"""Whose the rows and texts are that a document is made of, looked at before its file is.

A text that is a name, an identifier or a sentence of somebody else, as it stands, has no business in the data; neither
has a row of another partner, whatever it would have shown.
"""

from collections.abc import Iterator

from partnerdesk.reports.release.walked import Walked
from partnerdesk.reports.release.world import World


def strangers(walked: Walked, world: World) -> Iterator[str]:
    """What in a document's data is not this partner's, each as half a sentence."""
    foreign = walked.partners - {world.partner, world.veil, ""}
    for partner in sorted(foreign) if world.partner else ():  # for everybody: the rows of worked cases are nobody's
        yield f"a row of {partner} is among its data"
    for text in sorted(walked.texts & world.terms.written):
        yield from world.foreign(text, "its data")
