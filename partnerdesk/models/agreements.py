"""Partners' agreements: the texts they begin with, every version that was issued, and who signed which copy.

An issued agreement never changes: it keeps its content, and the very bytes of its document. A signature is recorded
by the digest of the signed file; the file itself stays where it is. What was recorded wrongly is recorded again.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, freeze, metadata, of_our_making, personal
from partnerdesk.models.plans import words

agreement_template = Table(
    "agreement_template",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    words("text"),
    Column("changed", Text, nullable=False),  # UTC
    UniqueConstraint("name"),
    sqlite_strict=True,
)

agreement = Table(
    "agreement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),  # AG-P-01-2
    Column("partner", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("issued_on", Day, nullable=False),
    Column("holds_from", Day, nullable=False),
    Column("template", Text, nullable=False),  # the name of the text that it began with
    Column("program", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib of the canonical agreement
    Column("content_sha256", Text, nullable=False),  # of the canonical agreement
    Column("document", LargeBinary, nullable=False),  # the PDF
    Column("document_sha256", Text, nullable=False),
    Column("file", Text, nullable=False),  # the name of the PDF
    Column("pages", Integer, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    UniqueConstraint("partner", "version"),
    sqlite_strict=True,
)
personal(agreement.c.issued_by)
freeze(
    agreement,
    "UPDATE DELETE",
    "1",
    "An issued agreement never changes.",
    "Issue the next version.",
)

signature = Table(
    "signature",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agreement", Integer, ForeignKey("agreement.id"), nullable=False),
    Column("signed_on", Day, nullable=False),
    Column("for_partner", Text, nullable=False),
    Column("for_vendor", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the signed file
    Column("size", Integer, nullable=False),  # of the signed file, in bytes
    words("file"),  # its name, where it was kept
    Column("recorded_by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    sqlite_strict=True,
)
personal(signature.c.for_partner, signature.c.for_vendor, signature.c.recorded_by, signature.c.file)
Index("ix_signature_agreement", signature.c.agreement)
freeze(
    signature,
    "UPDATE",
    "1",
    "A recorded signature never changes.",
    "Record it again; the last record counts.",
)
# Names of files and programs: “Agreement_Acme” of one partner would be in the name of every other Acme's.
of_our_making(agreement, "template program program_version content_sha256 document_sha256 file issued_by at")
of_our_making(signature, "sha256 recorded_by at")
