"""An opening statement is frozen once it is confirmed: its balances are those of a closed statement from then on."""

from partnerdesk.models.base import freeze
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import statement as statement

CONFIRMED = 'EXISTS (SELECT 1 FROM statement WHERE partner = {row}.partner AND "end" >= {row}.day)'

freeze(
    TABLES["opening"],
    "INSERT UPDATE DELETE",
    CONFIRMED,
    "This partner has a closed statement that begins with its opening balances, and closed means closed.",
    "A correction is an adjustment in the open period.",
)
