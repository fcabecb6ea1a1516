"""How much is read of what strangers send."""

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one paper may cost; beyond it less is read, or nothing.

    `file_bytes` holds for all its pictures together, `pixels` for each and before it is decoded.
    After `begin_seconds` no further page is begun; after `kill_seconds` the process is ended.
    `memory_bytes` is address space, of which about a third is in use at the most.
    `waiting` papers may be in hand or wait; after `idle_seconds` without one the process ends.
    """

    file_bytes: int = 20 * _MEBIBYTE
    pixels: int = 40_000_000
    pages: int = 10
    begin_seconds: float = 60.0
    kill_seconds: float = 150.0
    memory_bytes: int = 4096 * _MEBIBYTE
    waiting: int = 8
    idle_seconds: float = 300.0
