"""A partner's agreement as content: the template's text with its places filled, and the schedule of its own terms.

`own` makes a version the partner's own, `schedule` says its terms, `template` fills the text, `changes` compares two
agreements. Nothing here knows a page, a book or another partner.
"""
