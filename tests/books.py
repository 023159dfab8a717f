"""An empty book in memory for tests of queries and ops: the tables alone, without the store around them."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from partnerdesk.models import metadata


@contextmanager
def empty_book() -> Iterator[Session]:
    """A session on a fresh in-memory book; what the test writes is never committed."""
    engine = create_engine(
        "sqlite://", creator=lambda: sqlcipher.connect(":memory:"), module=sqlcipher, poolclass=StaticPool
    )
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()
