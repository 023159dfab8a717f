"""What the two names under a close, a payment run or a restatement say, and where one person was both."""

NOT_A_LOCK = "A file on your own machine cannot hold its owner to this: the two names are a record, not a lock."
ALONE = "prepared and checked by one person"


def same_person(maker: str, checker: str) -> bool:
    """Whether both names are one, however they are written."""
    return " ".join(maker.split()).casefold() == " ".join(checker.split()).casefold()


def step_label(label: str, maker: str, checker: str) -> str:
    """The name of the step in the history, which says where one person did both."""
    return f"{label}, {ALONE}" if same_person(maker, checker) else label
