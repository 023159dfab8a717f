"""What an action takes: a weight by its kind, which a person may set, and what the kinds are called."""

from collections.abc import Mapping
from decimal import Decimal

RENEWAL, DEAL, FORWARD, LIVE, AGAIN, CERTIFICATE = "renewal", "deal", "forward", "live", "again", "certificate"
KINDS = {
    RENEWAL: "A renewal that is due",
    DEAL: "An open deal that is due",
    FORWARD: "A deal or go-live brought forward",
    LIVE: "A go-live that is due",
    AGAIN: "A certificate earned again",
    CERTIFICATE: "A certificate of one more person",
}
MANY = {
    RENEWAL: "renewals",
    DEAL: "open deals",
    FORWARD: "anything brought forward",
    LIVE: "go-lives",
    AGAIN: "renewed certificates",
    CERTIFICATE: "new certificates",
}
USUAL: Mapping[str, Decimal] = {
    RENEWAL: Decimal(1),
    DEAL: Decimal(3),
    FORWARD: Decimal(5),
    LIVE: Decimal(2),
    AGAIN: Decimal(1),
    CERTIFICATE: Decimal(2),
}
