"""What is typed into a cell of days, months or a list of numbers, read or refused."""

from partnerdesk.errors import Refused


def whole(text: str) -> int:
    """A whole number. Raises Refused."""
    try:
        return int(text.strip().replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        raise Refused(f"“{text}” is no whole number.", "Write digits, such as 10 or -5.") from None


def whole_or_none(text: str) -> int | None:
    """A whole number, None for an empty cell. Raises Refused."""
    return whole(text) if text.strip() else None


def wholes(text: str) -> tuple[int, ...]:
    """Whole numbers divided by commas; none for an empty cell. Raises Refused."""
    return tuple(whole(part) for part in text.split(",") if part.strip())
