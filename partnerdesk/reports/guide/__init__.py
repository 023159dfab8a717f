"""The program guide: one version of a program as a document for partners, in its own words and with its own figures.

`data` is what a guide is made from: versions of a program and their worked cases, already computed. Nothing of any
partner is in it. `build` makes the PDF.
"""

from partnerdesk.reports.guide.build import compose, file_name, formats_for
from partnerdesk.reports.guide.data import GuideData, Worked, WorkedRow
from partnerdesk.reports.page.composed import Composed

__all__ = ["Composed", "GuideData", "Worked", "WorkedRow", "compose", "file_name", "formats_for"]
