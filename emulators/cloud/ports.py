"""Ports for one run. Two runs at once never get the same."""

from __future__ import annotations

import random
import socket
from collections.abc import Sequence

FIRST, LAST = 20000, 32000
"""Below what Linux and macOS give to outgoing connections, which would otherwise take a part's port
while the part is being started again."""

BLOCK = 32
"""Ports in a block; its first is held, bound, for as long as the run lasts, and is nobody's."""


class Ports:
    """A block of ports that is this run's alone, until `close`."""

    def __init__(self) -> None:
        starts = list(range(FIRST, LAST, BLOCK))
        random.shuffle(starts)
        for start in starts:
            held = _bound("127.0.0.1", start)
            if held is not None:
                self._held = held
                self._left = iter(range(start + 1, start + BLOCK))
                return
        raise OSError(f"no port between {FIRST} and {LAST} is free")

    def take(self) -> int:
        """The next port of the block that no stranger listens on."""
        return next(port for port in self._left if is_free(port))

    def close(self) -> None:
        """Gives the block back."""
        self._held.close()


def is_free(port: int, addresses: Sequence[str] = ("127.0.0.1",)) -> bool:
    """Whether a server could listen on `port` at each of these addresses of this machine."""
    for address in addresses:
        # As servers do: connections of an earlier run that are still being closed are no hindrance.
        probe = _bound(address, port, reuse=True)
        if probe is None:
            return False
        probe.close()
    return True


def _bound(address: str, port: int, *, reuse: bool = False) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(reuse))
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        if reuse:
            made.listen(1)
    except OSError:
        made.close()
        return None
    return made
