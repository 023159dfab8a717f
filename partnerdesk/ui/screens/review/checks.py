"""What is still to do before a pack leaves, and what is in order: each open check says where it is put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.reports.pack.data import ANATOMY
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.review.page_names import PAGE_NAMES

if TYPE_CHECKING:
    from partnerdesk.engine.problem import Problem
    from partnerdesk.queries.joint.review_desk import ReviewDesk
    from partnerdesk.ui.screens.review.composing import Pages

STALE = timedelta(days=35)  # a month and a few days: what is imported monthly is never called old
LACKS, LEFT_OUT = "It has no ", "left out"  # how the checks of a pack begin and what they say
_PAGES = {f"Page {number}": key for number, key in ANATOMY.items()} | {"Appendix": "appendix"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is put right: a page or a list of the outline, a row and a column of it, or a field."""

    key: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`kind` is good, warn or bad; an open one names its `page` and may say how to put it right."""

    kind: str
    sentence: str
    fix: str = ""
    target: Target | None = None
    page: str = ""

    @property
    def is_open(self) -> bool:
        return self.kind != "good"


def checks(desk: "ReviewDesk", made: "Pages | None", *, internal: bool, today: date) -> tuple[Check, ...]:
    """All checks, the open ones first and of them those that stop a pack."""
    found = [*_of_pages(desk, made), *_of_agenda(desk, made), *_of_book(desk, today), *_of_variant(made, internal)]
    if desk.view.review.is_held:
        found = [*_of_record(found)]
    return tuple(sorted(found, key=lambda check: ("bad", "warn", "good").index(check.kind)))


def _of_record(found: list[Check]) -> Iterator[Check]:
    """What still matters once a review was held: its words and figures stay, its commitments go on as actions."""
    yield Check("good", "Held: words and figures stay as they were")
    for check in found:
        target = check.target
        if target is not None and target.key == "list.commitment" and target.row is not None:
            yield replace(check, fix="Open the action", target=replace(target, key="actions"))
        elif not check.is_open or (target is not None and target.key == "partner"):
            yield check
        elif check.kind == "bad" or target is None:
            yield check if target is None else replace(check, fix="", target=None)


def page_of(problem: "Problem") -> str:
    """The key of the page that a problem of the pack is about; empty for one about a text anywhere."""
    place = str(problem.place).partition(",")[0]
    return _PAGES.get(place, "")


def _of_pages(desk: "ReviewDesk", made: "Pages | None") -> Iterator[Check]:
    problems = made.problems if made is not None else ()
    for same in _by_line(problems):
        problem = same[0]
        page = page_of(problem)
        if LEFT_OUT in problem.message:
            yield Check("good", f"Nothing to show under {PAGE_NAMES.get(page, page)}; that page is left out")
            continue
        fix, target = _remedy(desk, problem, page)
        kind = "warn" if problem.warning else "bad"
        yield Check(kind, _said(same), fix, target, page)
    if made is None:
        return
    if not any(not p.warning and page_of(p) in ("earnings", "score") for p in problems):
        yield Check("good", "Figures tie to statement and score")
    if not any("two lines" in p.message for p in problems):
        yield Check("good", "Every title fits two lines")
    if desk.view.commitments and not any("commitment" in str(p.place) for p in problems):
        yield Check("good", "Every commitment has owner, day and measure")


def _by_line(problems: "Sequence[Problem]") -> "list[list[Problem]]":
    """The problems one by one, but what one commitment or ask lacks together."""
    found: list[list[Problem]] = []
    for problem in problems:
        before = found[-1][0] if found else None
        if before and problem.message.startswith(LACKS) and str(before.place) == str(problem.place):
            found[-1].append(problem)
        else:
            found.append([problem])
    return found


def _said(same: "Sequence[Problem]") -> str:
    """What is wrong as a sentence that names its commitment or ask, with all that it lacks."""
    problem, part = same[0], str(same[0].place).rpartition(", ")[2]
    if not part.startswith(("commitment ", "ask ")) or not problem.message.startswith("It "):
        return problem.message
    lacks = [f"no {one.message.removeprefix(LACKS).rstrip('.')}" for one in same]
    if len(same) == 1:
        return f"{part.capitalize()}{problem.message[2:]}"
    return f"{part.capitalize()} has {', '.join(lacks[:-1])} and {lacks[-1]}."


def _remedy(desk: "ReviewDesk", problem: "Problem", page: str) -> tuple[str, Target | None]:
    """What the link of an open check says, and where it leads."""
    part, message = str(problem.place).rpartition(", ")[2], problem.message
    word, _, number = part.partition(" ")
    if word == "commitment" and number.isdecimal():
        rows = [row for row in desk.view.commitments if not row.internal]
        column = next((c for c, w in (("owner", "owner"), ("due", "date")) if w in message), "measure")
        fix = {"owner": "Name an owner", "due": "Set the day", "measure": "Say the measure"}[column]
        return fix, Target("list.commitment", rows[int(number) - 1].id if int(number) <= len(rows) else None, column)
    if word == "ask" and number.isdecimal():
        rows_of_asks = desk.view.of("ask")
        at = rows_of_asks[int(number) - 1].id if int(number) <= len(rows_of_asks) else None
        return "Set the day", Target("list.ask", at, "due")
    for words, fix, target in _PLACES:
        if words in message:
            return fix, target
    if "lines" in message:
        return "Shorten it", Target(page, column="title" if "title" in message else "deck")
    return ("Show the page", Target(page)) if page else ("", None)


_PLACES = (
    ("next review has no date", "Set its day", Target("list.agenda", column="next_review")),
    ("review has no date", "Set the day", Target("list.agenda", column="day")),
    ("Nobody attends", "Add attendees", Target("list.people")),
    ("no new commitment", "Add one", Target("list.commitment")),
    ("nobody owns the renewal", "Show the page", Target("renewals")),
)


def _of_book(desk: "ReviewDesk", today: date) -> Iterator[Check]:
    """Whether the data are fresh and disputes are settled."""
    if desk.read_on is not None and desk.read_on + STALE < today:
        days = (today - desk.read_on).days
        yield Check("warn", f"The newest import is {plural(days, 'day')} old", "Import", Target("data"))
    if today <= desk.ended:
        yield Check("warn", f"{spoken(desk.view.review.quarter)} is not over; figures still move")
    if desk.instead:
        of, own = spoken(desk.view.review.quarter), spoken(desk.instead)
        yield Check("warn", f"{of} is of the calendar; scores and targets are kept by {own}")
    if desk.disputes:
        words = "A dispute is open" if desk.disputes == 1 else f"{desk.disputes} disputes are open"
        yield Check("warn", f"{words}; be ready to answer", "Show it", Target("partner", column="earnings"))
    else:
        yield Check("good", "No dispute is open")


def _of_agenda(desk: "ReviewDesk", made: "Pages | None") -> Iterator[Check]:
    """Whether the topics fit into the meeting, and have the pages that they speak to."""
    length, sum_of = desk.view.review.minutes, desk.view.minutes
    if length and sum_of > length:
        sentence = f"The agenda takes {plural(sum_of, 'minute')}, the meeting {length}"
        yield Check("warn", sentence, "Shorten it", Target("list.agenda", column="minutes"))
    elif length:
        yield Check("good", f"The agenda fits, {sum_of} of {plural(length, 'minute')}")
    keys = made.keys if made is not None else None
    for item in desk.view.of("agenda"):
        if keys is not None and item.page and ANATOMY.get(item.page, item.page) not in keys:
            sentence = f"“{item.text}” is on the agenda, but the pack has no page {item.page}"
            yield Check("warn", sentence, "Change the topic", Target("list.agenda", item.id))


def _of_variant(made: "Pages | None", internal: bool) -> Iterator[Check]:
    if internal:
        yield Check("warn", "This variant holds our own notes; it stays in the house", "Show the partner's")
    else:
        yield Check("good", "No internal note is included")
    for one in made.strangers if made is not None else ():
        page = "" if one.place.startswith("list.") else one.place
        yield Check("warn" if internal else "bad", one.sentence, "Reword it", Target(one.place), page)
    if made is not None and not made.strangers:
        yield Check("good", "No other partner is named")
