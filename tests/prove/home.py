"""A folder for a proof that is the data folder as well, so that nothing of the user's is touched."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_home() -> Iterator[Path]:
    """The folder; it is removed at the end."""
    kept = os.environ.get("PARTNERDESK_HOME")
    with tempfile.TemporaryDirectory(prefix="partnerdesk-prove-") as name:
        os.environ["PARTNERDESK_HOME"] = str(Path(name) / "home")
        try:
            yield Path(name)
        finally:
            os.environ.pop("PARTNERDESK_HOME", None)
            if kept is not None:
                os.environ["PARTNERDESK_HOME"] = kept
