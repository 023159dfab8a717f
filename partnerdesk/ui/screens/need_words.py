"""What a row of Today says: one sentence per event, in the user's locale."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerdesk.queries.statements.wording import NOT_CLOSED
from partnerdesk.reports.gone import gone_words
from partnerdesk.ui.screens.period_words import period_words

if TYPE_CHECKING:
    from partnerdesk.queries.today.view import Need
    from partnerdesk.reports.format import Formats


LONGEST = 48  # of a customer's name, in letters


def need_words(need: "Need", formats: "Formats") -> str:
    """The sentence of a row, without the partner's name."""
    return _SENTENCES[need.event](need, formats)


def plural(count: int, one: str) -> str:
    """`1 day`, `2 days`."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def brief(name: str) -> str:
    """A name in a sentence of one line: a longer one ends in an ellipsis, so that the sentence is read to its end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _renews(need: "Need", formats: "Formats") -> str:
    when = f"in {plural(need.count, 'day')}" if need.count else "today"
    words = f"{brief(need.subject) or 'A customer'} renews {when}"
    if not need.is_owned:
        words += ", nobody owns it"
    if need.day is None or need.due is None:
        return words
    is_past = (need.due - need.day).days > need.count
    return f"{words}, the notice date has passed" if is_past else f"{words}, notice by {formats.short_day(need.day)}"


def _proposed(need: "Need", formats: "Formats") -> str:
    return f"The figures of {period_words(need.period, formats)} propose {need.subject}, now {need.about}"


def _near(need: "Need", formats: "Formats") -> str:
    return f"{_points(need, formats)} short of {need.subject}, quarter ends in {plural(need.count, 'day')}"


def _edge(need: "Need", formats: "Formats") -> str:
    return f"{_points(need, formats)} above the {need.subject} floor"


def _points(need: "Need", formats: "Formats") -> str:
    return f"{formats.number(need.figure or 0, 1)} points"


def _drift(need: "Need", formats: "Formats") -> str:
    return f"The score fell {need.count} quarters running, to {formats.number(need.figure or 0, 1)}"


def _late(need: "Need", formats: "Formats") -> str:
    late = f"{plural(need.count, 'day')} late"
    return f"{need.subject}, {late}" if need.kind == "action" else f"Review of {_quarter(need, formats)}, {late}"


def _quarter(need: "Need", formats: "Formats") -> str:
    return period_words(need.period, formats)


def _due(need: "Need", formats: "Formats") -> str:
    when = f"in {plural(-need.count, 'day')}" if need.count else "today"
    return f"Review of {_quarter(need, formats)} {when}"


def _ready(need: "Need", formats: "Formats") -> str:
    return f"{_quarter(need, formats)} is ready to close for {plural(need.count, 'partner')}"


def _blocked(need: "Need", formats: "Formats") -> str:
    label, waits, _ = need.subject.partition(NOT_CLOSED)
    why = f"{period_words(label, formats)}{NOT_CLOSED}" if waits else need.subject
    return f"{_quarter(need, formats)} cannot close: {why}"


def _answer(need: "Need", formats: "Formats") -> str:
    when = f"in {plural(need.count, 'day')}" if need.count else "today"
    return f"Dispute {need.subject} of {need.about} is to be answered {when}"


def _overdue(need: "Need", formats: "Formats") -> str:
    return f"Dispute {need.subject} of {need.about} is open, its answer {plural(need.count, 'day')} late"


_STEPS = {
    "decision": "The request for {0} is to be decided",
    "claim": "{0} is to be claimed",
    "proof": "The proof for {0} is due",
    "payment": "{0} is to be reimbursed",
}


def _fund_step(need: "Need", formats: "Formats") -> str:
    step = need.event.removesuffix("-late")
    said, days = _STEPS[step].replace("{0}", need.subject), plural(need.count, "day")
    if need.event != step:
        return f"{said}, {days} late"
    return f"{said} in {days}" if need.count else f"{said} today"


def _expires(need: "Need", formats: "Formats") -> str:
    when = f"in {plural(need.count, 'day')}" if need.count else "today"
    return f"Unused money of {need.subject} expires {when}"


def _deliver(need: "Need", formats: "Formats") -> str:
    when = f"in {plural(need.count, 'day')}" if need.count else "today"
    return f"{need.subject}, promised to {need.about} partners, is due {when}"


def _undelivered(need: "Need", formats: "Formats") -> str:
    return f"{need.subject}, promised to {need.about} partners, is {plural(need.count, 'day')} late"


def _stands(need: "Need", formats: "Formats") -> str:
    of = "The partner" if need.subject == need.partner_name else need.subject
    return f"{of} has been on hold for {plural(need.count, 'day')}: {need.about}"


def _ends(need: "Need", formats: "Formats") -> str:
    more = f", and {need.count - 1} more soon" if need.count > 1 else ""
    return f"{need.subject} of {need.about} ends on {formats.short_day(need.due)}{more}" if need.due else need.subject


def _gone(need: "Need", formats: "Formats") -> str:
    if need.count == 1:
        return f"{gone_words(need.subject, formats)}, is gone from {need.about}: keep it or accept it?"
    return f"{need.count} rows are gone from {need.about}: keep them or accept them?"


def _clock(need: "Need", formats: "Formats") -> str:
    who = f" with {need.about}" if need.about else ""
    clock = f"{plural(need.count, 'day')} over its time" if need.count else "its time ends today"
    return f"{need.subject}, level {need.period}{who}, {clock}"


_SENTENCES: "dict[str, Callable[[Need, Formats], str]]" = {
    "renews": _renews,
    "proposed": _proposed,
    "near": _near,
    "edge": _edge,
    "drift": _drift,
    "late": _late,
    "due": _due,
    "ready": _ready,
    "blocked": _blocked,
    "answer": _answer,
    "overdue": _overdue,
    "expires": _expires,
    "deliver": _deliver,
    "undelivered": _undelivered,
    "clock": _clock,
    "stands": _stands,
    "ends": _ends,
    "gone": _gone,
    **{event: _fund_step for step in _STEPS for event in (step, f"{step}-late")},
}
