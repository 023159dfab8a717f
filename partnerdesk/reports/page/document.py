"""A PDF document under construction: fonts, pages, outline and the few metadata that we set ourselves.

Equal input gives equal bytes: no clock, no random name, no trace of the library or the machine. The bytes are
returned; writing them to a file is the work of `reports.atomic`.
"""

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerdesk.reports import gate
from partnerdesk.reports.fonts import face
from partnerdesk.reports.look import Look
from partnerdesk.reports.page.geometry import Fault, Placed, faults
from partnerdesk.reports.page.paper import MM, Paper, font_name

A4_LANDSCAPE = (297 * MM, 210 * MM)
A4_PORTRAIT = (210 * MM, 297 * MM)
LETTER_LANDSCAPE, LETTER_PORTRAIT = (792.0, 612.0), (612.0, 792.0)
PAPERS = ("A4", "Letter")
_LETTER = frozenset("US CA MX PH CL CO VE CR GT PA DO PR SV NI HN".split())  # what these regions print on
_SIGNATURE = b"ReportLab Generated PDF document (opensource)"
_TRAILER = b"% ReportLab generated PDF document -- digest (opensource)"


@dataclass(frozen=True, slots=True)
class Meta:
    """All that the file says about itself. `made` is a day of the data, never of the clock."""

    title: str
    author: str
    subject: str
    made: date
    language: str = "en-GB"


class Document:
    """Pages of one size in one look. `finish` returns the file; `placed` holds every text that was drawn.

    `on` is the sheet, where it is not the page's size: the page then stands in the middle of it.
    """

    def __init__(
        self,
        size: tuple[float, float],
        meta: Meta,
        look: Look,
        owner: str,
        on: tuple[float, float] | None = None,
    ) -> None:
        canvas_module = gate.reportlab()
        self._bytes = io.BytesIO()
        self._canvas: Any = canvas_module.Canvas(
            self._bytes,
            pagesize=on or size,
            invariant=1,
            pageCompression=1,
            initialFontName=font_name(face("regular")),
            lang=meta.language,
        )
        self.size, self.look, self.owner = size, look, owner
        wide, high = on or size
        self._shift = ((wide - size[0]) / 2, (high - size[1]) / 2)
        self.placed: list[Placed] = []
        self.pages = 0
        _describe(self._canvas, meta)

    def page(self, outline: str, key: str, level: int = 0) -> Paper:
        """A new page, reachable in the outline under that text; an empty text adds no entry."""
        if self.pages:
            self._canvas.showPage()
        if any(self._shift):
            self._canvas.translate(*self._shift)
        self.pages += 1
        if outline:
            self.mark(outline, key, level)
        return Paper(self._canvas, self.size, self.look, self.owner, self.pages, self.placed)

    def mark(self, outline: str, key: str, level: int = 0) -> None:
        """Another entry of the outline that leads to the page being drawn."""
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(outline, key, level=level, closed=False)

    def faults(self) -> list[Fault]:
        """Texts that are clipped, overlapping or outside their room."""
        return faults(self.placed, *self.size)

    def finish(self) -> bytes:
        """The file. Nothing can be drawn afterwards."""
        self._canvas.showOutline()
        self._canvas.save()
        return _without_signature(self._bytes.getvalue())


def paper_of(locale: str) -> str:
    """The paper that a region prints on: `Letter` in most of the Americas, else `A4`."""
    return "Letter" if locale.replace("-", "_").rpartition("_")[2] in _LETTER else "A4"


def _describe(canvas: Any, meta: Meta) -> None:
    """Sets title, author, subject and days, and leaves everything else out."""
    pdfdoc = gate.pdf("pdfbase.pdfdoc")
    document = canvas._doc

    class OwnInfo(pdfdoc.PDFInfo):  # type: ignore[misc, name-defined]
        def format(self, document: Any) -> bytes:
            made = pdfdoc.PDFString(f"D:{meta.made:%Y%m%d}000000Z")
            entries = {
                "Title": pdfdoc.PDFString(meta.title),
                "Author": pdfdoc.PDFString(meta.author),
                "Subject": pdfdoc.PDFString(meta.subject),
                "CreationDate": made,
                "ModDate": made,
            }
            return bytes(pdfdoc.PDFDictionary(entries).format(document))

    info = OwnInfo()
    info.title, info.author, info.subject = meta.title, meta.author, meta.subject
    document.info = info
    document.signature = hashlib.md5(repr(meta).encode(), usedforsecurity=False)


def _without_signature(data: bytes) -> bytes:
    """The file without the two comments of the library, byte for byte as long, so that all offsets stay."""
    head, body, tail = data[:200], data[200:-400], data[-400:]
    head = head.replace(_SIGNATURE, b" " * len(_SIGNATURE))
    tail = tail.replace(_TRAILER, b" " * len(_TRAILER))
    return head + body + tail
