"""A partner's agreement as a document: its text with the places filled, the fields for both signatures, the schedule.

`data` is the agreement as `program.agreement` has it; nothing else is read, so an issued one can be made again.
"""

from partnerdesk.reports.agreement.build import compose, file_name
from partnerdesk.reports.page.composed import Composed

__all__ = ["Composed", "compose", "file_name"]
