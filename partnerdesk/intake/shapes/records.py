"""Activities, cases, surveys, checks: what was not done or not answered is no fact."""

from typing import Any

from partnerdesk.intake.rows import Rows
from partnerdesk.intake.values import meaning


def activity(rows: Rows) -> None:
    """Only what is done happened."""
    for i, status in enumerate(rows.take("status", "")):
        if status and meaning("done", status) != "yes":
            rows.ignore(i, f"status “{status}”: not done")


def case(rows: Rows) -> None:
    """A case that is open again has no closing day."""
    closed_flags, statuses = rows.take("is_closed"), rows.take("status", "")
    if not rows.has("closed"):
        return
    closed = rows.fields["closed"]
    for i, (flag, status) in enumerate(zip(closed_flags, statuses, strict=True)):
        if flag == 0 or (flag is None and meaning("status", status) == "open"):
            closed[i] = None


def survey(rows: Rows) -> None:
    """Only answers, each on its scale; the scale of an NPS is known, any other stands in the file or is asked."""
    from partnerdesk.intake.question import Option

    if rows.has("kind"):
        rows.each("kind", lambda text: meaning("survey_kind", text) or text.casefold() or "csat")
    elif rows.header("score").casefold().startswith(("nps", "net promoter")):
        rows.fields["kind"] = ["nps"] * rows.count
    scores = rows.get("score")
    for i, score in enumerate(scores):
        if score is None:
            rows.ignore(i, "no answer")
    kinds, low, high = rows.get("kind", "csat"), rows.get("scale_min"), rows.get("scale_max")
    missing = [i for i, k in enumerate(kinds) if k != "nps" and high[i] is None and scores[i] is not None]
    if missing:
        largest = max(scores[i].value for i in missing)
        scales = [s for s in ("5", "7", "10", "100") if int(s) >= largest]
        options = tuple(Option(s, f"up to {s}") for s in scales)
        asks = f"What is the highest possible answer in column {rows.header('score')}?"
        rows.findings.ask(
            "set:survey.scale_max", asks, f"The highest answer given is {largest:f}.", options, len(missing)
        )
    _nps_scale(rows, kinds, low, high)


def _nps_scale(rows: Rows, kinds: list[str], low: list[Any], high: list[Any]) -> None:
    from decimal import Decimal

    from partnerdesk.intake.number_columns import Number

    zero, ten, hundred = Number(Decimal(0)), Number(Decimal(10)), Decimal(100)
    scores = rows.get("score")
    one = zero if any(s is not None and s.value == 0 for s in scores) else Number(Decimal(1))
    highs = [h if h is not None or k != "nps" else ten for k, h in zip(kinds, high, strict=True)]
    rows.fields["scale_max"] = highs
    rows.fields["scale_min"] = [
        m if m is not None else zero if k == "nps" or (h is not None and h.value == hundred) else one
        for k, m, h in zip(kinds, low, highs, strict=True)
    ]
