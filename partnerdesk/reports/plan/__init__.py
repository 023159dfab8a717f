"""The joint account plan as documents: pages to read and sign, and a workbook that the partner fills in.

`compose` turns frozen rows into a PDF of usually five to eight pages; a section that says nothing has no page. Nothing
here reads a book or a clock.
"""

from partnerdesk.reports.plan.build import compose, file_name

__all__ = ["compose", "file_name"]
