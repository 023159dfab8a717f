"""The pages of a pack as the tests read them."""

from partnerdesk.reports.pack import write_pack
from tests.reports.pack.world import (
    FORMATS,
    pack,
)
from tests.reports.page.reading import texts

WHOLE = (
    *("summary", "commitments", "score", "earnings", "renewals", "pipeline", "outlook", "next"),
    *("appendix", "appendix"),
)
LONG = "The Very Long and Rather Unwieldy Company Name of Hamburg & Sons GmbH & Co. KG"


def pages(**changes: object) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts(write_pack(pack(**changes), FORMATS))]


def whole(number: str) -> str:
    return number.split(".")[0].replace(",", "")
