"""Files that show what was paid below zero, as a bank and a ledger of vendors do: asked about, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.intake.question import Option, Question

PAID, BACK = "paid", "back"


def turned(
    rows: Sequence[OfficialRow], choices: Mapping[str, str], questions: dict[str, Question]
) -> tuple[OfficialRow, ...]:
    """The rows, each with the other sign where amounts below zero are what was paid.

    Asks where most amounts are below zero; the answer is the choice `sign`.
    """
    below = [row for row in rows if row.amount < 0]
    if len(below) * 2 <= len(rows):
        return tuple(rows)
    if "sign" not in choices:
        options = (Option(PAID, "They were paid"), Option(BACK, "They were taken back"))
        because = (
            f"{len(below)} of {len(rows)} amounts are below zero, such as {below[0].amount:,f} for {_what(below[0])}."
        )
        questions["sign"] = Question("sign", "What are amounts below zero?", because, options, len(rows))
    if choices.get("sign") != PAID:
        return tuple(rows)
    return tuple(replace(row, amount=-row.amount) for row in rows)


def _what(row: OfficialRow) -> str:
    return row.reference or row.partner or row.place
