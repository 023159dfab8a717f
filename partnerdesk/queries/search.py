"""Finding anything by a few letters: partners, people, deals, plans, reviews, actions, notes; no case, no accents."""

from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.queries.texts import Entry, Hit, entries

KINDS = ("partner", "person", "deal", "plan", "review", "action", "note")

__all__ = ["KINDS", "Hit", "search"]


def search(session: Session, text: str, limit: int = 20, kinds: tuple[str, ...] = KINDS) -> tuple[Hit, ...]:
    """What holds every word of the text somewhere, titles that begin with it first; nothing for an empty text."""
    whole = " ".join(folded(text).split())
    words = whole.split()
    if not words:
        return ()
    found = [e for e in entries(session) if e.hit.kind in kinds and all(word in e.words for word in words)]
    found.sort(key=lambda e: _rank(e, whole, words))
    return tuple(entry.hit for entry in found[:limit])


def _rank(entry: Entry, whole: str, words: list[str]) -> tuple[Any, ...]:
    title = entry.title
    if title.startswith(whole):
        place = 0
    elif all(f" {word}" in f" {title}" for word in words):
        place = 1
    else:
        place = 2 if all(word in title for word in words) else 3
    age = -entry.hit.day.toordinal() if entry.hit.day else 0
    return place, KINDS.index(entry.hit.kind), age, title, entry.hit.id
