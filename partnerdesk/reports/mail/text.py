"""The words of a mail from a template: the first line is the subject, the rest the text, with places in braces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from partnerdesk.errors import Refused

_OF_ALL = ("partner", "contact", "number", "period", "program", "vendor", "sender", "actions")
# A forecast's stretch, its amounts, and what it rests on.
_OF_FORECASTS = ("from", "until", "low", "middle", "high", "currency", "months", "deals", "renewals", "day")
PLACES = (*_OF_ALL, *_OF_FORECASTS)
_PLACE = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says, and the template with its places empty."""

    subject: str
    body: str
    template: str


def filled(template: str, values: Mapping[str, str]) -> MailText:
    """The text with its places filled. Raises Refused for a place that there is not, and for a mail without subject."""
    for place in _PLACE.findall(template):
        if place not in PLACES:
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise Refused(f"The text of the mail names {{{place}}}, which is no place.", f"There are {known}.")
    said = _PLACE.sub(lambda place: values.get(place[1], ""), template.replace("\r\n", "\n"))
    subject, _, body = said.strip().partition("\n")
    if not subject.strip():
        raise Refused("The text of the mail has no subject.", "Its first line is the subject.")
    return MailText(" ".join(subject.split()), body.strip() + "\n", _PLACE.sub("", template))
