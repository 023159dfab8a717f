"""The two ways in which a user can hear "no"; any other exception is a bug of ours."""


class PartnerDeskError(Exception):
    """A sentence for the user, with what to do about it."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy


class Refused(PartnerDeskError):
    """A rule forbids what was asked; nothing changed."""


class NoProgram(Refused):
    """Figures were asked for in a book without a partner program."""


class Damaged(PartnerDeskError):
    """The disk, the file or a lock stands in the way; nothing changed."""


class Cancelled(Exception):
    """The user stopped a long job; nothing changed."""
