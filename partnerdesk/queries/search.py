"""Finding anything by a few letters: names, what people wrote, rules of the program; no case, no accents.

Every word that is typed must occur, as the beginning of a word in the text or in the name of the partner, customer or
product that it is about. Titles count more than texts, and among equals what fits best (bm25) comes first. Internal
rows are found as well: a search is for the screen, and nothing here leaves in a document.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded, marked, search_words
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.enablement.shipped import shipped
from partnerdesk.queries.rule_texts import rules_saying
from partnerdesk.queries.texts import BY_TABLE, NAMED, about_word, kind_word

KINDS = (
    *("partner", "person", "deal", "contract", "plan", "review", "action", "note"),
    *("statement", "dispute", "fund", "agreement", "run", "playbook", "pathway", "library", "rule"),
)
BY_A_LETTER = ("partner", "person")  # a letter alone is the beginning of a name; in texts it is everywhere
MANY = 400  # matches above which the newest are looked at instead of the best: a letter or two say nothing
NAMES = 40  # partners, customers and products that one word may stand for
TITLE, AROUND = 80, 40  # letters of a title that is cut from a text, and before a hit in a snippet

__all__ = ["KINDS", "Hit", "search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; `id` is that of its kind, `partner` whom it is about, `detail` a second line.

    `snippet` is the stretch of its text around what was typed, where the title does not show it; `table` says which
    part of a plan or review it is.
    """

    kind: str
    id: str
    partner: str | None
    partner_name: str
    title: str
    detail: str
    day: date | None
    snippet: str = ""
    table: str = ""


def search(session: Session, text: str, limit: int = 20, kinds: tuple[str, ...] = KINDS) -> tuple[Hit, ...]:
    """What the words of a text find, at most `limit` of each kind; nothing for an empty text."""
    words = search_words(text)
    if not words:
        return ()
    if len(words) == 1 and len(words[0]) == 1 and words[0].isascii():
        kinds = tuple(kind for kind in kinds if kind in BY_A_LETTER) or kinds
    asked = " AND ".join(_word(session, word) for word in words)
    found: list[Hit] = []
    for kind in kinds:
        if kind == "rule":
            found += (Hit("rule", *row) for row in rules_saying(session, words, limit))
        else:
            found += _hits(session, _best(session, kind, asked, words, limit), words)
            found += _shipped(words) if kind == "playbook" else ()
    if "partner" in kinds and not any(hit.kind == "partner" for hit in found):
        found += _partners_holding(session, folded(" ".join(text.split())), limit)
    return _ranked(found, words)


def _word(session: Session, word: str) -> str:
    """A word of the index's language: in the row's own words, or in a name that the row is about."""
    own = f'{{title body}} : "{word}" *'
    kinds = " OR ".join(kind_word(name) for name in NAMED)
    named = _asked(session, f'kind : ({kinds}) AND title : "{word}" *', "rowid", NAMES + 1)
    if not named or len(named) > NAMES:
        return f"({own})"
    sql = "SELECT tbl, key FROM search_doc WHERE id IN (SELECT value FROM json_each(?))"
    rows = session.connection().exec_driver_sql(sql, (json.dumps(named),))
    return f"({own} OR about : ({' OR '.join(about_word(name, key) for name, key in rows)}))"


def _best(session: Session, kind: str, asked: str, words: Sequence[str], limit: int) -> list[int]:
    """The documents of a kind that fit best; titles first."""
    of_kind = f"kind : {kind_word(kind)} AND {asked}"
    found = _asked(session, of_kind, "rowid DESC", MANY)
    if len(found) < MANY:
        return _asked(session, of_kind, "bm25(search_text, 0, 0, 10, 1)", limit) if len(found) > 1 else found
    titles = " AND ".join(f'title : "{word}" *' for word in words)
    first = _asked(session, f"kind : {kind_word(kind)} AND {titles}", "rowid DESC", limit)
    return list(dict.fromkeys([*first, *found[:limit]]))[:limit]


def _asked(session: Session, match: str, order: str, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY {order} LIMIT ?"
    return [int(row[0]) for row in session.connection().exec_driver_sql(sql, (match, limit))]


def _hits(session: Session, docs: Sequence[int], words: Sequence[str]) -> list[Hit]:
    """What the documents say, in their order; the same line of two versions of a plan once."""
    if not docs:
        return []
    sql = "SELECT id, tbl, key FROM search_doc WHERE id IN (SELECT value FROM json_each(?))"
    placed = {row[0]: (row[1], row[2]) for row in session.connection().exec_driver_sql(sql, (json.dumps(docs),))}
    said = {table: _said(session, table, [k for t, k in placed.values() if t == table]) for table, _ in placed.values()}
    names = _names(session)
    made: dict[tuple[Any, ...], Hit] = {}
    for table, key in (placed[doc] for doc in docs if doc in placed):
        if key in said[table]:
            hit = _hit(table, said[table][key], names, words)
            made.setdefault((hit.kind, hit.partner, hit.title, hit.detail, hit.snippet), hit)
    return list(made.values())


def _said(session: Session, table: str, keys: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    searched = BY_TABLE[table]
    sql = f'{searched.hits} WHERE t."{searched.key}" IN (SELECT value FROM json_each(?))'
    rows = session.connection().exec_driver_sql(sql, (json.dumps(list(keys)),))
    return {row[0]: tuple(row[1:]) for row in rows}


def _names(session: Session) -> dict[str, str]:
    partner = TABLES["partner"].c
    return {row.id: row.name for row in session.execute(select(partner.id, partner.name))}


def _hit(table: str, row: tuple[Any, ...], names: Mapping[str, str], words: Sequence[str]) -> Hit:
    opens, partner, title, detail, day, text = row
    shown = title or _cut(text)
    snippet = "" if marked(shown, words) else _snippet(text or "", words)
    name = names.get(partner, partner or "")
    on = date.fromisoformat(day) if day else None
    return Hit(BY_TABLE[table].kind, str(opens), partner, name, shown, detail or "", on, snippet, table)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip()}…"


def _snippet(text: str, words: Sequence[str]) -> str:
    """The stretch around the first word that was typed; nothing where the text does not hold one."""
    line = " ".join(text.split())
    places = marked(line, words)
    if not places:
        return ""
    start = max(0, places[0][0] - AROUND)
    start = line.find(" ", start) + 1 if start else 0
    stretch = line[start : start + 2 * TITLE]
    return f"{'… ' if start else ''}{stretch}{'…' if start + len(stretch) < len(line) else ''}"


def _shipped(words: Sequence[str]) -> list[Hit]:
    """Playbooks that come with the program and have every word in their title: they are files, and few."""
    said = [(one, search_words(one.title)) for one in shipped()]
    return [
        Hit("playbook", one.key, None, "", one.title, "playbook", None)
        for one, spoken in said
        if all(any(word.startswith(typed) for word in spoken) for typed in words)
    ]


def _partners_holding(session: Session, letters: str, limit: int) -> list[Hit]:
    """Partners with the letters inside a word, where none begins with them: they are few enough to look at each."""
    held = [(id, name) for id, name in _names(session).items() if letters in folded(name)]
    keys = [id for id, _ in sorted(held, key=lambda pair: folded(pair[1]))[:limit]]
    said, names = _said(session, "partner", keys), _names(session)
    return [_hit("partner", said[key], names, ()) for key in keys]


def _ranked(found: Sequence[Hit], words: Sequence[str]) -> tuple[Hit, ...]:
    """Titles that begin with what was typed, then those that hold all of it; within a kind as the index ranked them."""
    whole = " ".join(words)
    places: dict[str, Callable[[str], bool]] = {
        "begins": lambda title: title.startswith(whole),
        "holds": lambda title: all(f" {word}" in f" {title}" for word in words),
    }

    def rank(at: int) -> tuple[int, int, int]:
        hit = found[at]
        title = " ".join(search_words(hit.title))
        place = next((n for n, fits in enumerate(places.values()) if fits(title)), len(places))
        return place, KINDS.index(hit.kind), at

    return tuple(found[at] for at in sorted(range(len(found)), key=rank))
