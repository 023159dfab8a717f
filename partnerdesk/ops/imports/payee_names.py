"""By which names a payment file may call a partner: its own, those on the heads of its closed statements, and the
numbers of its items; alone in a cell, or somewhere in the text that a bank writes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.intake.items import item_words
from partnerdesk.ops.imports.known import KNOWN_BY, folded
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.runs import all_items
from partnerdesk.queries.statements.heads import names_on_heads

_LEAST = 4  # letters of a name that is looked for within a text: “ab” stands in any
_WORD = re.compile(r"\w+")


class PayeeNames:
    """The names of the partners of a book; read once it is asked for them, since most files hold no payments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def whole(self, text: str) -> str:
        """The one partner that a text is the name of, today or on a closed statement; empty where none or several."""
        return _one(self._names.get(folded(text)) or self._former.get(folded(text)) or set())

    def within(self, text: str) -> str:
        """The one partner whose item a text names, else whose name stands in it; of two names in one, the longer."""
        items = {self.items[word] for word in item_words(text) if word in self.items}
        return _one(items) if items else self.whole(text) or _one(self._standing_in(text))

    def former(self, text: str) -> set[str]:
        """The partners whose closed statements are headed with a name."""
        return self._former.get(folded(text), set())

    @cached_property
    def items(self) -> dict[str, str]:
        """Number of an item -> its partner."""
        return {item.reference: item.partner for item in all_items(self._session)}

    def _standing_in(self, text: str) -> set[str]:
        words = _words(text)
        found = [(name, ids) for name, ids in self._spoken.items() if f" {name} " in words]
        names = [name for name, _ in found]
        longest = [
            ids for name, ids in found if not any(name != other and f" {name} " in f" {other} " for other in names)
        ]
        return set().union(*longest)

    @cached_property
    def _spoken(self) -> dict[str, set[str]]:
        """Names as words of a text, long enough to be known there."""
        found: dict[str, set[str]] = defaultdict(set)
        for names in (self._names, self._former):
            for name, ids in names.items():
                if sum(map(str.isalpha, name)) >= _LEAST:
                    found[_words(name).strip()] |= ids
        return found

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for partner in facts(self._session, kinds=("partner",)).of("partner"):
            for text in _called(partner):
                found[folded(text)].add(partner.id)
        return found

    @cached_property
    def _former(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for partner, texts in names_on_heads(self._session).items():
            for text in texts:
                found[folded(text)].add(partner)
        return found


def _called(partner: Partner) -> Iterator[str]:
    """What a partner that somebody described is called."""
    if KNOWN_BY not in partner.attributes:
        yield from filter(None, (partner.id, partner.name, partner.legal_name, partner.document_name, partner.tax_id))


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _one(ids: set[str]) -> str:
    return next(iter(ids)) if len(ids) == 1 else ""
