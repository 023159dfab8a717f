"""What is still wrong with a pack before it leaves: problems by page, as a list, never an exception.

A problem that is no warning means that a figure does not tie or a text cannot be printed; warnings are for the
person to decide.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from partnerdesk.engine.problem import Problem
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DECK
from partnerdesk.reports.pack import titles
from partnerdesk.reports.pack.data import ANATOMY, PAGES, Earnings, InternalPack, PackData, ScoreView
from partnerdesk.reports.pack.frame import TITLE_WIDTH, is_long
from partnerdesk.reports.pack.renewing import due
from partnerdesk.reports.pack.words import span
from partnerdesk.reports.page import wrapped

_NUMBERS = {key: number for number, key in ANATOMY.items()}
_TOLERANCE = Decimal("0.05")  # a rounded total against the sum of unrounded parts
ZERO = Decimal(0)


def check_pack(pack: PackData | InternalPack, formats: Formats) -> list[Problem]:
    """All problems of a pack, those that stop it first."""
    data = pack.data if isinstance(pack, InternalPack) else pack
    unprintable = list(_unprintable(pack, data.partner.name))
    if unprintable:
        return unprintable
    found = [*_figures(data), *_words(data, formats), *_people(data), *_promises(data), *_left_out(data)]
    return sorted(found, key=lambda p: p.warning)


def _page(key: str) -> str:
    number = _NUMBERS[key]
    return "Appendix" if number == "A" else f"Page {number}, {key}"


def _unprintable(pack: object, owner: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for text in _texts(pack):
        if text in seen:
            continue
        seen.add(text)
        try:
            fonts.runs(text, "regular")
        except fonts.Undrawable as error:
            yield Problem(
                f"“{text}”",
                f"The character {fonts.describe(error.character)} cannot be printed: {error.why}.",
                fonts.remedy(error, owner),
            )


def _texts(value: object) -> Iterator[str]:
    """Every text of the rows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()))
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def _figures(data: PackData) -> Iterator[Problem]:
    """Whether the figures tie."""
    if data.earnings is not None:
        yield from _money(data.earnings)
    if data.score is not None:
        yield from _score(data.score)


def _money(earnings: Earnings) -> Iterator[Problem]:
    place = _page("earnings")
    for line in earnings.statements:
        if line.difference:
            yield Problem(place, f"{line.number}: opening and movements differ from the closing by {line.difference}.")
    for before, after in zip(earnings.statements, earnings.statements[1:], strict=False):
        if before.closing != after.opening:
            yield Problem(place, f"{after.number} does not open with what {before.number} closed with.")
    if earnings.statements:
        last = earnings.statements[-1]
        released = sum((r.total for r in earnings.releases), earnings.undated)
        if released != max(last.held, ZERO):
            yield Problem(place, f"Releases sum to {released}, but {last.held} is held.")
        if not last.is_final:
            yield Problem(place, f"{last.number} is a draft.", "Close the period first.", warning=True)


def _score(score: ScoreView) -> Iterator[Problem]:
    added = sum((c.adds for c in score.components), ZERO)
    if score.total is not None and score.components and abs(added - score.total) > _TOLERANCE:
        yield Problem(_page("score"), f"The components add up to {added}, but the score is {score.total}.")


def _words(data: PackData, formats: Formats) -> Iterator[Problem]:
    for page in PAGES:
        title, deck = titles.title(page, data, formats), titles.deck(page, data, formats)
        if is_long(title):
            yield Problem(_page(page), "The title is longer than two lines.", "Shorten it.", warning=True)
        if len(wrapped(deck, DECK, TITLE_WIDTH)) > 2:
            yield Problem(_page(page), "The text under the title is longer than two lines.", warning=True)
    if data.is_open:
        message = f"The data is older than the end of the {span(data.period)}."
        yield Problem(_page("summary"), message, "Import first.", warning=True)


def _people(data: PackData) -> Iterator[Problem]:
    place, meeting = _page("summary"), data.meeting
    if meeting.day is None:
        yield Problem(place, "The review has no date.", warning=True)
    for people, party in ((meeting.vendor, data.vendor), (meeting.partner, data.partner)):
        if not people:
            yield Problem(place, f"Nobody attends for {party.name}.", warning=True)
    for n, ask in enumerate(data.asks, start=1):
        if ask.due is None:
            yield Problem(f"{place}, ask {n}", "It has no date.", "Say by when.", warning=True)
    for renewal in due(data).flagged:
        if not renewal.owner:
            message = f"{renewal.customer}: the notice date has passed and nobody owns the renewal."
            yield Problem(_page("renewals"), message, "Name an owner.", warning=True)


def _promises(data: PackData) -> Iterator[Problem]:
    for n, promised in enumerate(data.next.commitments, start=1):
        place = f"{_page('next')}, commitment {n}"
        for value, what, remedy in (
            (promised.owner, "owner", "Name one person."),
            (promised.due, "date", "Say by when."),
            (promised.measure, "measure", "Say how it is seen that it was kept."),
        ):
            if not value:
                yield Problem(place, f"It has no {what}.", remedy, warning=True)
    if not data.next.commitments:
        yield Problem(_page("next"), "There is no new commitment.", warning=True)
    if data.next.next_review is None:
        yield Problem(_page("next"), "The next review has no date.", warning=True)


def _left_out(data: PackData) -> Iterator[Problem]:
    empty = {
        "commitments": not data.commitments,
        "score": data.score is None,
        "earnings": data.earnings is None or not data.earnings.statements,
        "renewals": not data.renewals,
        "pipeline": data.pipeline is None or not (data.pipeline.deals or data.pipeline.ground),
        "outlook": data.outlook is None or not (data.outlook.months or data.outlook.fan),
    }
    for page, is_empty in empty.items():
        if is_empty:
            yield Problem(_page(page), "The page is left out: there is nothing to show.", warning=True)
