"""The session of an op: what it may do to a book, and what it leaves to the transaction it is in."""

from sqlalchemy.orm import Session


class OpSession(Session):
    """The session of an op: it writes, and only `Store.transact` ends its transaction."""

    def commit(self) -> None:
        raise RuntimeError("an op never commits: Store.transact does")

    def rollback(self) -> None:
        raise RuntimeError("an op never rolls back: it raises, and Store.transact does")
