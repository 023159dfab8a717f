"""Books for tests: an empty one in memory, the tables alone without the store around them; and a copy of a file."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from partnerdesk.models import metadata
from partnerdesk.store import Store


@cache
def _engine() -> Engine:
    def connect() -> sqlcipher.Connection:
        connection = sqlcipher.connect(":memory:", isolation_level=None)
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, module=sqlcipher, poolclass=StaticPool)
    metadata.create_all(engine)
    return engine


@contextmanager
def empty_book() -> Iterator[Session]:
    """A session on an in-memory book; what the test writes is rolled back, so that the tables are made once only."""
    with _engine().connect() as connection:
        connection.info.clear()  # what was kept of the book before
        connection.exec_driver_sql("BEGIN")
        with Session(connection) as session:
            yield session
        connection.exec_driver_sql("ROLLBACK")


@contextmanager
def opened_copy(file: Path, folder: Path, user: str) -> Iterator[Store]:
    """A copy of a closed book, opened for a whole session of tests with a data folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(folder))
        with Store.open(Path(shutil.copy(file, folder)), user=user) as store:
            yield store
