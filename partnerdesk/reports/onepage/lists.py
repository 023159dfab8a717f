"""The lists of the one page: deals, renewals, what each side owes, notes and people, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import Role
from partnerdesk.reports.onepage.data import OnePage, Owed, Person
from partnerdesk.reports.onepage.words import due, has_passed, open_gates, quoted
from partnerdesk.reports.pack import words
from partnerdesk.reports.page import MM, Paper, Span
from partnerdesk.reports.page.blocks import Block, Item, Listing
from partnerdesk.reports.page.portrait import WIDTH
from partnerdesk.reports.page.text import fitted

_ROLE = Role(10.5, 14.5)
_BOLD = replace(_ROLE, face="semibold")
_QUIET = replace(_ROLE, size=9.5, colour="muted")
_PAD = 1.5
_LETTERS = 62  # of a text in a list; the screen has it whole
_NOTE, _NOTE_LETTERS = 330, 28


def deals(page: OnePage, formats: Formats, width: float, rows: int) -> Listing:
    """The largest open deals."""
    count = len(page.deals)
    worth = f", {formats.compact(page.pipeline)}{HARD_SPACE}{page.currency}" if page.pipeline else ""
    title = f"Open deals: {count}{worth}"
    items = []
    for deal in page.deals[:rows]:
        amount = formats.compact(deal.amount) if deal.amount is not None else "no amount"
        items.append(_item(deal.customer, deal.stage, f"{amount}{_day(deal.close, formats)}", rows))
    return _listing(title if count else "Open deals", items, count, width, "No deal is open.")


def _day(day: date | None, formats: Formats) -> str:
    return f" · {formats.short_day(day)}" if day else ""


def renewals(page: OnePage, formats: Formats, width: float, rows: int) -> Listing:
    """What renews in half a year, those past their notice date named."""
    found = due(page)
    value = sum((r.value for r in found), start=page.pipeline * 0)
    items = []
    for renewal in found[:rows]:
        state = "notice passed" if has_passed(renewal, page.as_of) else "" if renewal.owner else "no owner"
        text = f"{formats.short_day(renewal.renews)} · {formats.compact(renewal.value)}"
        items.append(_item(renewal.customer, state, text, rows, pressing=bool(state)))
    worth = f": {formats.compact(value)}{HARD_SPACE}{page.currency}" if found else ""
    title = f"Renewals in 180 days{worth}"
    return _listing(title, items, len(found), width, "No contract ends by then.")


def owed(page: OnePage, formats: Formats, width: float, rows: int, *, ours: bool) -> Listing:
    """What one side promised and has open."""
    found = sorted(page.ours if ours else page.theirs, key=lambda o: (o.due or date.max, o.text))
    if page.internal:
        name = "We owe them" if ours else "They owe us"
    else:
        name = f"{page.vendor.short if ours else page.partner.short} owes"
    items = [
        _item(o.text, _who(o), formats.short_day(o.due) if o.due else "no date", rows, pressing=o.late)
        for o in found[:rows]
    ]
    return _listing(f"{name}: {len(found)}" if found else name, items, len(found), width, "Nothing is open.")


def _who(found: Owed) -> str:
    return ", ".join(part for part in ("late" if found.late else "", found.owner) if part)


def notes(page: OnePage, formats: Formats, rows: int) -> Sequence[Block]:
    """The last note, whole as far as it fits; more of them where lists have room."""
    newest = sorted(page.notes, key=lambda note: note.day, reverse=True)[: 2 if rows > 3 else 1]
    if not newest:
        return []
    items = []
    for note in newest:
        said = quoted(note.text, _NOTE if rows > 1 else _NOTE // 3)
        items.append(Item((Span(f"{formats.short_day(note.day)}, {note.kind}  ", _QUIET), Span(said, _ROLE))))
    return [Listing("Last note" if len(items) == 1 else "Last notes", tuple(items), WIDTH, _ROLE, pad=_PAD)]


@dataclass(frozen=True, slots=True)
class People:
    """Up to three people side by side: name and role, and below them how to reach each."""

    people: tuple[Person, ...]

    @property
    def height(self) -> float:
        return 2 * _ROLE.leading

    def draw(self, paper: Paper, x: float, top: float) -> float:
        wide = WIDTH / 3
        for n, person in enumerate(self.people):
            left = x + n * wide
            room = (left, left + wide - 3 * MM)
            said = (Span(person.name, _BOLD), Span(f"  {person.role}", _QUIET))
            paper.text(left, top, fitted(said, _ROLE, room[1] - left), _ROLE, room=room)
            paper.text(left, top + _ROLE.leading, fitted(person.reach, _QUIET, room[1] - left), _QUIET, room=room)
        return top + self.height

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        return (self, None) if self.height <= height else (None, self)


def people(page: OnePage) -> Sequence[Block]:
    """Whom to call."""
    return [People(page.people[:3])] if page.people else []


def passage(title: str, text: str, role: Role) -> Listing:
    """A paragraph under a heading with an ink line."""
    return Listing(title, (Item((Span(text, role),)),), WIDTH, role, pad=1.6)


def gates(page: OnePage, formats: Formats) -> str:
    """The open gates beside the score: the first one with its figures, and how many more."""
    found = open_gates(page)
    if not found:
        return ""
    first = found[0]
    figures = ""
    if first.value is not None and first.needed is not None:
        now, needed = (words.quantity(formats, v, first.unit) for v in (first.value, first.needed))
        figures = f" {now} of {needed}"
    more = f", and {words.number_word(len(found) - 1)} more" if len(found) > 1 else ""
    return f"{words.counted(len(found), 'gate')} open: {words.small(first.text)}{figures}{more}"


def _item(name: str, note: str, tail: str, rows: int, *, pressing: bool = False) -> Item:
    """A line; where there is room for one line of each list only, it is short."""
    quiet = replace(_QUIET, colour="bad") if pressing else _QUIET
    text = [
        Span(quoted(name, _LETTERS if rows > 1 else 24), _BOLD),
        *((Span(f"  {quoted(note, _NOTE_LETTERS if rows > 1 else 14)}", quiet),) if note else ()),
    ]
    return Item(tuple(text), tail=(Span(tail, _ROLE),))


def _listing(title: str, items: list[Item], whole: int, width: float, empty: str) -> Listing:
    rest = whole - len(items)
    if rest > 0:
        items = [*items, Item((Span(f"{words.capital(words.number_word(rest))} more", _QUIET),))]
    return Listing(
        title, tuple(items), width, _ROLE, tail_role=_ROLE, pad=_PAD if width < 100 * MM else 1.2, empty=empty
    )
