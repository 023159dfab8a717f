"""The complete format of a program for people who have never seen the source: printed text and JSON Schema.

Everything but the short introduction is made from the declared types of rules and facts, so it cannot go stale.
"""

from partnerdesk.program.reference.introduction import EXAMPLE
from partnerdesk.program.reference.schema import schema
from partnerdesk.program.reference.sections import sections
from partnerdesk.program.reference.text import reference

__all__ = ["EXAMPLE", "reference", "schema", "sections"]
