"""What people typed that a statement tells: reasons of adjustments, holds and restatements, remittances, words about
fund requests.

Everything else on a statement is a figure, a name of the partner's own rows, or a sentence of ours. These texts may
name somebody else, so they are looked at before a statement is closed and before it leaves.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.ops.gate.foreign_sums import amounts_in
from partnerdesk.ops.gate.strangers import refuse_strangers, texts_in
from partnerdesk.reports.release import Terms
from partnerdesk.reports.statement.document import StatementDocument

_TYPED: Mapping[str, tuple[str, ...]] = {
    "adjustment": ("reason_code", "reason", "approver"),
    "hold": ("reason", "placed_by", "release_reason", "released_by"),
    "payment": ("remittance", "method", "bank_reference", "statements", "invoice"),
    "fund_entry": ("project", "result", "evidence", "approver"),
    "dispute": ("reason",),
    "opening": ("evidence",),
}


class Typed:
    """The typed texts of a book's facts by partner."""

    def __init__(self, session: Session, found: Facts) -> None:
        self._session, self._facts = session, found
        self._texts: dict[str, set[str]] = defaultdict(set)
        for kind, names in _TYPED.items():
            for row in found.of(kind):
                self._texts[row.partner].update(text for name in names if (text := getattr(row, name)))

    @cached_property
    def _names(self) -> Terms:
        """Everybody's names: most texts hold none of them, and need not be looked at for each partner."""
        customers = (c.name for c in self._facts.of("customer"))
        return Terms(name for name in (*chain.from_iterable(self._called.values()), *customers) if name)

    @cached_property
    def _called(self) -> Mapping[str, tuple[str, ...]]:
        """What each partner is called; a remittance often holds the identifier of its own."""
        partners = self._facts.of("partner")
        return {p.id: (p.id, p.name, p.legal_name, p.document_name, p.tax_id) for p in partners}

    def _may_tell(self, text: str, own: tuple[str, ...]) -> bool:
        """Whether a text holds a name of the book that is not its partner's, or a number like an amount."""
        return any(hit.term not in own for hit in self._names.find(text)) or any(True for _ in amounts_in(text))

    def may_refuse(self, partner: str) -> bool:
        """Whether some text of a partner may name somebody else: most have none, and need no look at a document."""
        return bool(self._doubtful(partner, ()))

    def refuse_strangers(self, document: StatementDocument) -> None:
        """Raises Refused where a text that this statement tells names another partner, or a customer of another's."""
        partner, because = document.statement.partner, document.restated_because
        if texts := self._doubtful(partner, (because,) if because else ()):
            told = "\n".join(texts_in(document))
            said = sorted(text for text in texts if text in told)
            if said:
                refuse_strangers(self._session, partner, document.partner_name, said, "The statement")

    def _doubtful(self, partner: str, more: tuple[str, ...]) -> list[str]:
        own = self._called.get(partner, ())
        return [text for text in (*self._texts.get(partner, ()), *more) if self._may_tell(text, own)]
