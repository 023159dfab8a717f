"""What payouts forfeit or waive, as movements of the payable balance on the last day of each period that has ended."""

from datetime import date

from tests.second.judge.ledger import PAYABLE, Entry
from tests.second.judge.payouts import Payout


def losses(paid: list[Payout], as_of: date) -> list[Entry]:
    """One movement for each payout that loses something; a debt that is waived comes back."""
    lost = [payout for payout in paid if payout.lost and payout.span.end <= as_of]
    return [Entry("loss", PAYABLE, payout.span.end, -payout.lost, "", payout.type) for payout in lost]
