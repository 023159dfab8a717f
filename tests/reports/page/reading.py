"""Reads a PDF back with an independent reader, and looks at what a page holds."""

import io
from datetime import date
from typing import Any

from pypdf import PdfReader

from partnerdesk.reports.look import DOCUMENT
from partnerdesk.reports.page import A4_LANDSCAPE, Document, Meta


def new_document(owner: str = "Halvorsen Data", **meta: Any) -> Document:
    described = {"title": "A title", "author": "Fennmark", "subject": "Q3 2026", "made": date(2026, 11, 19)} | meta
    return Document(A4_LANDSCAPE, Meta(**described), DOCUMENT, owner)


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def texts(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader(content).pages]


def places(content: bytes, page: int) -> list[tuple[str, float, float]]:
    """Each text of a page with its place in points from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            found.append((text.strip(), cm[4] + tm[4] * cm[0], cm[5] + tm[5] * cm[3]))

    reader(content).pages[page].extract_text(visitor_text=visit)
    return found


def squeezed(text: str) -> str:
    """Without any space, for comparing what was broken into lines."""
    return "".join(text.split())


def fonts_of(content: bytes) -> dict[str, bool]:
    """Names of all fonts that the pages can use, and whether each is embedded."""
    found = {}
    for page in reader(content).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            described = font.get_object()
            descriptor = described.get("/FontDescriptor")
            found[str(described["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found


def images_of(content: bytes) -> int:
    return sum(len(page.images) for page in reader(content).pages)
