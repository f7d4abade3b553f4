"""A line between a function and a part that it needs, which a test can cut and mend."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

_PIECE = 65536


class Line:
    """Forwards connections to `target`; while it is cut, nothing passes and nobody is let in."""

    def __init__(self, target: str) -> None:
        host, _, port = target.removeprefix("http://").partition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._cut = False
        self._cut_after: int | None = None
        self._sent = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        """Breaks every connection and lets none through until it is mended."""
        with self._lock:
            self._cut = True
            ends, self._open = self._open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut_after(self, sent: int) -> None:
        """Cuts the line as soon as so many further bytes have been sent to the part."""
        with self._lock:
            self._cut_after = self._sent + sent

    def mend(self) -> None:
        """Lets connections through again."""
        with self._lock:
            self._cut, self._cut_after = False, None

    @property
    def is_cut(self) -> bool:
        """Whether it is cut now."""
        return self._cut

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                refused = self._cut
            if refused:
                near.close()
                continue
            try:
                far = socket.create_connection(self._target)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                target.sendall(piece)
                if counted and self._over_limit(len(piece)):
                    self.cut()
            target.shutdown(socket.SHUT_WR)

    def _over_limit(self, size: int) -> bool:
        with self._lock:
            self._sent += size
            return self._cut_after is not None and self._sent > self._cut_after
