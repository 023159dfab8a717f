"""A closed statement's document, restored from its canonical data, so that it can be written again as it was."""

import json

from partnerdesk.engine.restore import restore
from partnerdesk.errors import Damaged
from partnerdesk.reports.statement.canonical import FORMAT
from partnerdesk.reports.statement.document import StatementDocument


def restored(body: bytes) -> StatementDocument:
    """The document whose canonical data this is: `canonical(restored(body)) == body`.

    Raises Damaged for data of another format or with parts missing.
    """
    data = json.loads(body)
    if data.get("format") != FORMAT:
        raise Damaged("The frozen statement has another format than this program writes.", "Use a newer PartnerDesk.")
    try:
        document: StatementDocument = restore(StatementDocument, data["document"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise Damaged("The frozen statement cannot be read.", "Check the book, or restore a backup.") from wrong
    return document
