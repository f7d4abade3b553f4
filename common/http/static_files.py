"""Files that are shipped with a function: a fixed set, kept by browsers for as long as it is unchanged."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache, cached_property
from pathlib import Path

from flask import Request, Response

from common.errors import Missing

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".ttf": "font/ttf",
    ".pfb": "application/octet-stream",
    ".bcmap": "application/octet-stream",
    ".icc": "application/vnd.iccprofile",
}
"""What is served, by ending; a file of another kind in the folder is not."""

PACKED = frozenset({".js", ".mjs", ".css", ".json", ".svg", ".wasm"})
UNCHANGING = "public, max-age=31536000, immutable"
SMALLEST_PACKED = 1024

_FILE_POLICY = "default-src 'none'; connect-src 'self'"
_WORKER_POLICY = f"{_FILE_POLICY}; script-src 'wasm-unsafe-eval'"
"""A worker obeys the policy of its own file: this one may decode pictures in WebAssembly."""


class StaticFiles:
    """The files below `folder`, at `url`/{version}/{path}; `version` names exactly these contents."""

    def __init__(self, folder: Path, url: str, vendor_lock: str) -> None:
        self._folder = folder
        self._url = url
        self._vendor_lock = vendor_lock

    def base(self) -> str:
        """The URL below which the files are, with the version in it."""
        return f"{self._url}/{self.version}"

    @cached_property
    def version(self) -> str:
        """A digest of our own files and of the lock that pins the others."""
        digest = hashlib.sha256()
        for name in sorted(self._files):
            if not name.startswith("vendor/") or name == self._vendor_lock:
                digest.update(name.encode() + b"\0" + self._files[name].read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    def answer(self, request: Request, path: str) -> Response:
        """The file at {version}/{path}; raises Missing for whatever is not one of the set."""
        version, _, name = path.partition("/")
        file = self._files.get(name)
        if file is None or file.suffix not in TYPES:
            raise Missing("Not found")
        current = version == self.version
        headers = {
            "Content-Type": TYPES[file.suffix],
            # A page that was opened before an update asks by the old version: it gets the new file, uncached.
            "Cache-Control": UNCHANGING if current else "no-store",
            "Content-Security-Policy": _WORKER_POLICY if ".worker." in file.name else _FILE_POLICY,
            "ETag": f'"{self.version}"',
        }
        if current and request.if_none_match.contains(self.version):
            return Response(status=304, headers=headers)
        if file.suffix in PACKED:
            headers["Vary"] = "Accept-Encoding"
            if request.accept_encodings["gzip"] and file.stat().st_size >= SMALLEST_PACKED:
                headers["Content-Encoding"] = "gzip"
                return Response(_packed(file), headers=headers)
        return Response(file.read_bytes(), headers=headers)

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {
            path.relative_to(self._folder).as_posix(): path
            for path in self._folder.rglob("*")
            if path.is_file()
        }


@cache  # the files are a fixed set
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)
