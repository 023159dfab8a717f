"""Words of column headers to targets: exact matches on squashed words, weighed by how much they give away.

`stage` speaks for a deal more than `date` does, because fewer kinds know it. The words are data
(`resources/intake/headers.toml`); this module builds the dictionaries and says nothing about any vendor's layout.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.facts import REF
from partnerdesk.intake import settlements
from partnerdesk.intake.targets import ACCOUNT, KEY, Target, kinds, targets
from partnerdesk.paths import resource

ANY, BY_KEY = "any", "key"
_IN_CURRENCY = re.compile(rf"\s+\(?(?:(?:in|en|em)\s+)?[Tk]?(?:{'|'.join(sorted(CODES))}|[€$£])\)?\s*$")
_ATTRIBUTE = 20  # what an attribute of a record says about the kind of its rows: the bank's own lists have it, too


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a header within a kind. `by` says what a reference holds; a smaller `rank` is a closer match."""

    target: str
    by: str
    rank: int
    weight: int  # of 100


@lru_cache(maxsize=16384)
def squash(header: str) -> str:
    """A header without case, accents, blanks and signs: "Région (HQ)" becomes "regionhq"."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    return "".join(c for c in plain if c.isalnum())


def without_currency(header: str) -> str:
    """A squashed header without its currency: "Amount USD", "Amount (EUR)" and "Amount in TEUR" are amounts."""
    return squash(_IN_CURRENCY.sub("", header))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("intake/headers.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def kind_words(kind: str) -> tuple[str, ...]:
    """The squashed words that name a kind."""
    return tuple(dict.fromkeys(map(squash, (kind.replace("_", " "), *_words()[kind]["words"]))))


@lru_cache(maxsize=1)
def _spread() -> dict[str, int]:
    """In how many kinds a word heads a field."""
    spread: dict[str, set[str]] = defaultdict(set)
    for kind in kinds():
        for words in _words()[kind]["fields"].values():
            for word in words:
                spread[squash(word)].add(kind)
    return {word: len(found) for word, found in spread.items()}


@lru_cache(maxsize=64)
def senses(kind: str) -> dict[str, tuple[Sense, ...]]:
    """Squashed header -> its readings when the rows are of this kind, the closest first."""
    found: dict[str, list[Sense]] = defaultdict(list)
    for word, sense in _all_senses(kind):
        if word and not any(s.target == sense.target for s in found[word]):
            found[word].append(sense)
    return {word: tuple(sorted(s, key=lambda sense: sense.rank)) for word, s in found.items()}


def _all_senses(kind: str) -> Iterator[tuple[str, Sense]]:
    fields = targets(kind)
    # What arrived comes before what is merely called an amount.
    yield from _settled(kind, ("paid", "net"), -2)
    written: dict[str, list[str]] = _words()[kind]["fields"]
    for field, target in fields.items():
        if target.shape == KEY:
            continue
        own = [field.replace("_", " "), *written.get(field, ())]
        for rank, word in enumerate(dict.fromkeys(map(squash, own))):
            weight = 200 // _spread().get(word, 1)
            yield word, _reading(target, word, rank, min(weight, 60) if target.shape == REF else weight)
        yield squash(target.says), _reading(target, squash(target.says), 1, 100)
    for name, words in _words()[kind].get("attributes", {}).items():
        for rank, word in enumerate(dict.fromkeys(map(squash, words))):
            yield word, Sense(f"{kind}.attributes.{name}", "", rank, _ATTRIBUTE)
    yield from _own(kind, fields)
    yield from _settled(kind, tuple(settlements.PAYMENT), 40)
    for target in fields.values():
        if target.shape == REF and target.to != kind:
            yield from _referring(target, target.to)
            if target.to == "partner" and ACCOUNT not in fields and kind not in (ACCOUNT, "partner", "deal_line"):
                yield from _referring(target, ACCOUNT)  # the only company that such a row can name


def _settled(kind: str, meanings: Sequence[str], rank: int) -> Iterator[tuple[str, Sense]]:
    """What payouts and remittances call the fields of a payment; an earlier meaning is a closer match."""
    fields = targets(kind)
    for far, meaning in enumerate(meanings if kind == "payment" else (), rank):
        name, weight = settlements.PAYMENT[meaning], 100 if meaning in settlements.TELLING else 10
        for word in map(squash, settlements.heads()[meaning]):
            target = fields.get(name)
            yield word, _reading(target, word, far, weight) if target else Sense(f"payment.{name}", "", far, weight)


def _reading(target: Target, word: str, rank: int, weight: int) -> Sense:
    if target.shape != REF:
        return Sense(target.name, "", rank, weight)
    if any(word.endswith(ending) for ending in ("id", "key", "number", "code")):
        return Sense(target.name, BY_KEY, rank, weight)
    return Sense(f"{target.name}.name", ANY, rank, weight)


def _endings(which: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(squash, _words()["endings"][which])))


def _own(kind: str, fields: dict[str, Target]) -> Iterator[tuple[str, Sense]]:
    """The key and the name of the kind itself."""
    title = next((f for f in ("name", "title", "certificate") if f in fields), "")
    for place, word in enumerate(kind_words(kind)):
        for ending in _endings("id"):
            yield word + ending, Sense(f"{kind}.key", "", 20 + place, 300)
            yield ending + word, Sense(f"{kind}.key", "", 24 + place, 200)
        if title:
            for ending in _endings("name"):
                yield word + ending, Sense(f"{kind}.{title}", "", 20 + place, 200)
        yield word, Sense(f"{kind}.{title}" if title else f"{kind}.key", "", 30 + place, 150)
    for place, word in enumerate(_endings("bare_id")):
        yield word, Sense(f"{kind}.key", "", 50 + place, 30)
    if title:
        for place, word in enumerate(_endings("bare_name")):
            yield word, Sense(f"{kind}.{title}", "", 50 + place, 20)


def _referring(target: Target, kind: str) -> Iterator[tuple[str, Sense]]:
    """Words of another kind: its key, or its name."""
    far = 15 if kind == ACCOUNT else 10
    theirs = frozenset(map(squash, _words()[kind].get("theirs", ()))) if target.field == "owner" else ()
    for place, word in enumerate(kind_words(kind)):
        if word in theirs:
            continue
        for ending in _endings("id"):
            yield word + ending, Sense(target.name, BY_KEY, far + place, 60)
        for ending in _endings("name"):
            yield word + ending, Sense(f"{target.name}.name", ANY, far + place, 60)
        yield word, Sense(f"{target.name}.name", ANY, far + 5 + place, 60)


@lru_cache(maxsize=1)
def _base() -> tuple[frozenset[str], frozenset[str]]:
    """The words of all fields, and those of all kinds."""
    fields = {squash(word) for kind in kinds() for words in _words()[kind]["fields"].values() for word in words}
    own = {squash(field) for kind in kinds() for field in targets(kind)}
    own |= {squash(word) for words in settlements.heads().values() for word in words}
    return frozenset(fields | own), frozenset(word for kind in kinds() for word in kind_words(kind))


@lru_cache(maxsize=16384)
def is_known(word: str) -> bool:
    """Whether any kind knows a squashed word: what tells a header row from a row of data."""
    fields, words = _base()
    if word in fields or word in words or word in _endings("bare_id") or word in _endings("bare_name"):
        return True
    for ending in (*_endings("id"), *_endings("name")):
        if word.endswith(ending) and word[: -len(ending)] in words:
            return True
    return False
