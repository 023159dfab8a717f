"""What is typed into a cell of deals and renewals: amounts, shares of one, people."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PersonRow
    from partnerdesk.reports.format import Formats

HUNDRED = Decimal(100)


def amount_reader(formats: "Formats", currency: str) -> Callable[[str], Decimal | None]:
    """Reads an amount with or without its currency; nothing typed is no amount. Refused where it is none."""

    def read(typed: str) -> Decimal | None:
        words = typed.strip().removesuffix(currency).removeprefix(currency).strip()
        return formats.parse_number(words) if words else None

    return read


def share_reader(formats: "Formats") -> Callable[[str], Decimal | None]:
    """Reads a probability in percent, `40` or `40 %`; nothing typed is none. Refused outside of 0 to 100."""

    def read(typed: str) -> Decimal | None:
        words = typed.replace("%", "").strip()
        if not words:
            return None
        found = formats.parse_number(words)
        if not 0 <= found <= HUNDRED:
            raise Refused("A probability is between 0 and 100 %.", "Clear it to use the book's own record.")
        return found / HUNDRED

    return read


def person_reader(people: "Sequence[PersonRow]") -> Callable[[str], str | None]:
    """Reads the name of one of these people; nothing typed is nobody. Refused where nobody has the name."""

    def read(typed: str) -> str | None:
        wanted = " ".join(typed.split()).casefold()
        if not wanted:
            return None
        found = next((p.id for p in people if p.name.casefold() == wanted), None)
        if found is None:
            raise Refused(f"Nobody of ours is called “{typed.strip()}”.", "People come with an import.")
        return found

    return read


def stage_reader() -> Callable[[str], str]:
    """Reads a stage; how a deal ended is no stage and has verbs of its own."""

    def read(typed: str) -> str:
        stage = typed.strip()
        if not stage:
            raise Refused("A stage needs a name.")
        if stage.casefold() in ("won", "lost"):
            raise Refused(f"Mark the deal as {stage.casefold()} instead.", "W wins and L loses the selected deal.")
        return stage

    return read
