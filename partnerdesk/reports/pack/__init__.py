"""The QBR pack: a PDF that opens with last quarter's commitments and closes with new ones.

`write_pack` turns frozen rows into the bytes of the file; `check_pack` says beforehand what is still wrong with
them. Pages of the pack that have nothing to say are left out, and pages are numbered over those present. Nothing
here reads a database or a clock.
"""

from partnerdesk.reports.pack.build import Composed, compose, file_name, write_pack
from partnerdesk.reports.pack.checks import check_pack

__all__ = ["Composed", "check_pack", "compose", "file_name", "write_pack"]
