"""The dossier of a dispute as a PDF: the claim, how the line came about, its rows, the rule, what happened, the answer.

`data` says what it is made of, `build` lays it out; `ops.statements.dossiers` gathers it.
"""

from partnerdesk.reports.dossier.build import compose, file_name
from partnerdesk.reports.dossier.data import Dossier, Happened, Step, UsedRow

__all__ = ["Dossier", "Happened", "Step", "UsedRow", "compose", "file_name"]
