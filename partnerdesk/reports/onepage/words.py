"""Title, opening and money of the one page, drafted from its rows; they claim only what these prove."""

from collections.abc import Iterator
from datetime import date, timedelta

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.onepage.data import OnePage
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import Gate, Renewal

DAYS = 180
_QUOTED = 60  # letters of a promise that is named
_NAMED = 36  # of a customer in the title; the list below has more of it


def title(page: OnePage, formats: Formats) -> str:
    """How far the next tier is, and the renewal that needs somebody."""
    parts = [part for part in (_standing(page, formats), _renewal(page, formats)) if part]
    return f"{page.partner.called}: {', '.join(parts) or 'nothing is measured yet'}"


def _standing(page: OnePage, formats: Formats) -> str:
    score = page.score
    if score is None or score.total is None:
        return ""
    if score.next_tier is None:
        return f"{score.tier}, the highest tier"
    if score.points_short:
        gap = formats.number(score.points_short, 1)
        return f"{gap}{HARD_SPACE}{'point' if score.points_short == 1 else 'points'} from {score.next_tier}"
    left = open_gates(page)
    return f"{words.counted(len(left), 'gate')} from {score.next_tier}" if left else f"{score.next_tier} in reach"


def open_gates(page: OnePage) -> list[Gate]:
    """What the next tier asks for besides the score and is not met."""
    return [g for g in page.score.gates if not g.met and not g.depth] if page.score and page.score.next_tier else []


def due(page: OnePage) -> list[Renewal]:
    """Open renewals of the next half year, and those whose end has passed, by day."""
    last = page.as_of + timedelta(days=DAYS)
    return sorted((r for r in page.renewals if r.is_open and r.renews <= last), key=lambda r: (r.renews, r.customer))


def has_passed(renewal: Renewal, as_of: date) -> bool:
    """Whether its notice date or even its end has passed."""
    return renewal.renews < as_of or (renewal.notice_by is not None and renewal.notice_by < as_of)


def _renewal(page: OnePage, formats: Formats) -> str:
    found = due(page)
    pressing = [r for r in found if has_passed(r, page.as_of) or not r.owner]
    if not pressing:
        return ""
    first = min(pressing, key=lambda r: (bool(r.owner), r.renews))
    day = words.long_day(formats, first.renews, page.as_of)
    if not first.owner:
        return f"{quoted(first.customer, _NAMED)} renews on {day} without an owner"
    return f"{quoted(first.customer, _NAMED)} renews on {day}, its notice date has passed"


def opening(page: OnePage, formats: Formats, most: int = 2) -> str:
    """The brief: what to say first. The digest: what changed since the quarter before. So many sentences at most."""
    found = _say_first(page, formats) if page.internal else _changes(page, formats)
    return " ".join(list(found)[:most])


def _say_first(page: OnePage, formats: Formats) -> Iterator[str]:
    late = [owed for owed in page.ours if owed.late]
    if late:
        when = f", due {formats.day(late[0].due)}" if late[0].due else ""
        more = f" and {words.number_word(len(late) - 1)} more" if len(late) > 1 else ""
        yield f"We are late with “{quoted(late[0].text)}”{when}{more}: begin there."
    for renewal in due(page):
        if not renewal.owner:
            value, day = formats.compact(renewal.value), formats.day(renewal.renews)
            yield f"{renewal.customer} needs an owner: {value} renews on {day}."
            break
    score = page.score
    best = max(score.levers, key=lambda lever: lever.gain, default=None) if score else None
    if score and score.next_tier and score.points_short and best and best.gain > 0:
        gain, gap = (formats.number(points, 1) for points in (best.gain, score.points_short))
        yield f"{best.text} adds {gain} points at most; {gap} are needed."
    for gate in open_gates(page):
        yield f"{score.next_tier if score else ''} still needs: {words.small(gate.text)}."
    theirs = [owed for owed in page.theirs if owed.late]
    if theirs:
        yield f"They are late with “{quoted(theirs[0].text)}”."


def quoted(text: str, letters: int = _QUOTED) -> str:
    """As much of a text as a line that repeats it holds."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _changes(page: OnePage, formats: Formats) -> Iterator[str]:
    for figure in page.figures:
        if figure.value is None or figure.previous is None or figure.value == figure.previous:
            continue
        moved = words.change(formats, figure.value, figure.previous, figure.unit)
        if any(digit in moved for digit in "123456789"):
            yield f"{figure.label}: {moved} on {page.previous}."


def money(page: OnePage, formats: Formats) -> str:
    """The last statement in a sentence or two."""
    found = page.money
    if found is None:
        return "No statement is finished yet."
    month = formats.period(found.period)
    said = f"Earned in {month} {formats.amount(found.earned)} {page.currency}."
    said += f" Paid {formats.amount(found.paid)}." if found.paid else " Nothing was paid in it."
    said += f" Held at {formats.day(found.period.end)} {formats.amount(found.held)}"
    if found.next_release and found.release:
        said += f"; next release {formats.amount(found.release)} in {formats.short_month(found.next_release)}"
    return f"{said}. Statement {found.number}."
