"""Reviews of the sample book as the tests of their screens open them."""

import io
from typing import Any

from pypdf import PdfReader

from partnerdesk.queries.joint.review_pages import review_list
from tests.ui.screens.conftest import Stage

OPEN = ("Helvetor Informatik", "2026Q3")


def review_of(stage: Stage, name: str, quarter: str) -> Any:
    rows = stage.desk._store.read(review_list, stage.desk.today())  # type: ignore[union-attr]
    return next(row for row in rows if (row.partner_name, row.quarter) == (name, quarter))


def builder_of(stage: Stage, name: str = OPEN[0], quarter: str = OPEN[1]) -> Any:
    page = stage.go("reviews", str(review_of(stage, name, quarter).id))
    assert page.builder.made is not None
    return page.builder


def text_of(pdf: bytes) -> str:
    """The words of a PDF with single blanks between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
