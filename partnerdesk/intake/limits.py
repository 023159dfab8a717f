"""How large a file may be that comes in through the window. Not a rule about its content.

The numbers keep a hostile or mistaken file from eating the machine; a folder of facts given to `evaluate` has none.
"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. `ratio` is unpacked to packed size of one part of a workbook."""

    file_bytes: int = 25 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 200
    rows: int = 200_000
    columns: int = 256
    seconds: int = 60
    memory: int = 1024 * MEGABYTE


WINDOW = Limits()
NONE = Limits(*(10**12,) * 5, seconds=10**6, memory=10**12)
