"""Drafts of program versions: texts that people still write. Publishing turns one into a version that never changes.

A draft may hold anything, also a text with problems; nothing evaluates it until it is published.
"""

from sqlalchemy import Column, Integer, Table, Text

from partnerdesk.models.base import metadata
from partnerdesk.models.plans import words

program_draft = Table(
    "program_draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # what the list calls it
    words("text"),
    words("based_on"),  # the version that it was copied from; empty for one that began with the template
    Column("changed", Text, nullable=False),  # UTC
    sqlite_strict=True,
)
