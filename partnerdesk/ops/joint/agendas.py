"""What a review's meeting starts with: topics with minutes, each speaking to a page of the pack."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.reviews import review_item
from partnerdesk.ops import edits
from partnerdesk.queries.joint.reviews import previous_review, review_row

Topic = tuple[str, int, str]  # text, minutes and the number of the page

# The order of the pack, with minutes that add up to ninety.
STANDARD: tuple[Topic, ...] = (
    ("Commitments of last quarter", 15, "2"),
    ("Score, gates and what moves them", 20, "3"),
    ("Earnings and held money", 10, "4"),
    ("Renewals", 20, "5"),
    ("Outlook", 10, "7"),
    ("New commitments and decisions", 15, "8"),
)
_AGENDAS: dict[str, tuple[Topic, ...]] = {
    "operating": (("Open commitments", 10, "2"), ("Deals and renewals", 15, "5"), ("What is stuck", 5, "8")),
    "quarterly": STANDARD,
    "half-yearly": (*STANDARD[:-1], ("Plan and objectives", 30, "7"), STANDARD[-1]),
}
_FIRST = "What each side expects of the other"  # in the place of promises, where nothing was promised yet


def agenda_of(kind: str, *, is_first: bool = False) -> tuple[Topic, ...]:
    """The topics of a kind of review; a partner's first one has no promises to look back at, and takes as long."""
    (text, minutes, page), *rest = _AGENDAS[kind]
    return ((_FIRST, minutes, "") if is_first else (text, minutes, page), *rest)


def start_agenda(session: Session, id: int, kind: str, *, like: int | None = None) -> None:
    """Gives a new review the topics of another one, or those of its kind."""
    row = review_row(session, id)
    is_first = row is None or previous_review(session, row) is None
    lines = select(review_item).where(review_item.c.review == like, review_item.c.kind == "agenda")
    old = session.execute(lines.order_by(review_item.c.position)).all() if like is not None else []
    looks_back, *_ = agenda_of(kind)
    for topic in [(o.text, o.minutes, o.page) for o in old] or agenda_of(kind, is_first=is_first):
        again = topic[0] == _FIRST and not is_first
        text, minutes, page = (looks_back[0], topic[1], looks_back[2]) if again else topic
        edits.add_part(session, review_item, "review", id, kind="agenda", text=text, minutes=minutes, page=page)
