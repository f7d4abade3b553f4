"""The emulators' one download, from a server of this machine: whole and true, or not at all."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from errno import ECONNREFUSED
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest

from emulators.cloud.download import NotFetched, fetch
from emulators.cloud.faults import CannotStart
from emulators.cloud.jars import FIRESTORE, PUBSUB, Jar, Places


@dataclass
class Server:
    """Answers with `files`; sends `cut` bytes less than it promises, and waits `pause` s between pieces."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    cut: int = 0
    pause: float = 0.0
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            content = served.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            for start in range(0, len(content) - served.cut, 1000):
                self.wfile.write(content[start : min(start + 1000, len(content) - served.cut)])
                time.sleep(served.pause)

        def log_message(self, format: str, *args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Server(f"http://127.0.0.1:{listening.server_port}")
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    listening.shutdown()
    thread.join()
    listening.server_close()


def zipped(name: str, content: bytes = b"a class" * 2000) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def pinned(jar: Jar, content: bytes) -> Jar:
    return replace(jar, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def places(server: Server, tmp_path: Path) -> Places:
    return Places(
        sdks=(tmp_path / "sdk",), firebase=tmp_path / "firebase", cache=tmp_path / "cache", source=server.url
    )


def nothing(line: str) -> None:
    pass


def test_a_jar_that_is_nowhere_is_downloaded_once(server: Server, tmp_path: Path) -> None:
    content = zipped("a.class")
    server.files[f"/{FIRESTORE.file}"] = content
    lines: list[str] = []
    for _ in range(2):
        found = places(server, tmp_path).find(pinned(FIRESTORE, content), lines.append)
        assert found.read_bytes() == content
    assert server.asked == [f"/{FIRESTORE.file}"]
    assert lines[0] == f"Downloading Firestore's emulator, once, to {tmp_path / 'cache'}"
    assert lines[-1] == f"  {FIRESTORE.file}: 100 % of 0 MB"
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [FIRESTORE.file]


def test_a_jar_in_a_zip_is_taken_out_of_it(server: Server, tmp_path: Path) -> None:
    jar = zipped("a.class")
    content = zipped("pubsub-emulator/lib/cloud-pubsub-emulator-0.8.37-all.jar", jar)
    server.files[f"/{PUBSUB.file}"] = content
    for _ in range(2):
        assert places(server, tmp_path).find(pinned(PUBSUB, content), nothing).read_bytes() == jar
    assert server.asked == [f"/{PUBSUB.file}"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["pubsub-emulator-0.8.37.jar"]


def test_an_installed_gcloud_comes_first_then_firebases_cache_with_its_newest(
    server: Server, tmp_path: Path
) -> None:
    looked = places(server, tmp_path)
    for version in ("1.9.0", "1.19.8", "1.2.0"):
        path = tmp_path / "firebase" / f"cloud-firestore-emulator-v{version}.jar"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zipped("a.class"))
    broken = tmp_path / "firebase" / "cloud-firestore-emulator-v1.99.0.jar"
    broken.write_bytes(zipped("a.class")[:-40])
    assert looked.find(FIRESTORE, nothing).name == "cloud-firestore-emulator-v1.19.8.jar"
    installed = tmp_path / "sdk" / FIRESTORE.in_sdk
    installed.parent.mkdir(parents=True)
    installed.write_bytes(zipped("a.class"))
    assert looked.find(FIRESTORE, nothing) == installed
    unpacked = tmp_path / "firebase/pubsub-emulator-0.8.2/pubsub-emulator/lib"
    unpacked.mkdir(parents=True)
    (unpacked / "cloud-pubsub-emulator-0.8.2-all.jar").write_bytes(zipped("a.class"))
    assert looked.find(PUBSUB, nothing).parent == unpacked
    assert server.asked == []


def test_gclouds_home_is_found_from_the_path(tmp_path: Path) -> None:
    program = tmp_path / "opt" / "google-cloud-sdk" / "bin" / "gcloud"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    link = tmp_path / "bin" / "gcloud"
    link.parent.mkdir()
    link.symlink_to(program)
    found = Places.of({"PATH": str(link.parent), "HOME": str(tmp_path / "home")})
    assert found.sdks[0] == program.parents[1]
    assert found.cache == tmp_path / "home/.cache/invoice-management-system/emulators"
    named = Places.of({"PATH": "", "HOME": "/h", "CLOUDSDK_ROOT_DIR": "/sdk", "XDG_CACHE_HOME": "/c"})
    assert named.sdks[0] == Path("/sdk")
    assert named.cache == Path("/c/invoice-management-system/emulators")


def test_without_a_network_the_cure_is_one_clear_sentence(tmp_path: Path) -> None:
    unreachable = Server("http://127.0.0.1:9")
    with pytest.raises(CannotStart) as caught:
        places(unreachable, tmp_path).find(FIRESTORE, nothing)
    assert str(caught.value) == (
        "Firestore's emulator is not on this machine and could not be downloaded "
        f"(http://127.0.0.1:9/{FIRESTORE.file}: [Errno {ECONNREFUSED}] Connection refused): "
        "connect to the network for this one time, or run "
        "`gcloud components install cloud-firestore-emulator`"
    )


@pytest.mark.parametrize(
    ("content", "cut", "why"),
    [
        (b"b" * 5000, 0, "is not the file it should be"),
        (b"a" * 5001, 0, "is longer than the 5,000 bytes"),
        (b"a" * 4999, 0, "is not the file it should be"),
        (b"a" * 5000, 1500, "IncompleteRead|is not the file"),
        (None, 0, "404|Not Found"),
    ],
    ids=["other bytes", "longer", "shorter", "cut off", "missing"],
)
def test_what_is_not_the_very_file_is_not_kept(
    server: Server, tmp_path: Path, content: bytes | None, cut: int, why: str
) -> None:
    if content is not None:
        server.files["/a.jar"] = content
    server.cut = cut
    digest = hashlib.sha256(b"a" * 5000).hexdigest()
    with pytest.raises(NotFetched, match=why):
        fetch(f"{server.url}/a.jar", tmp_path / "a.jar", size=5000, sha256=digest, report=nothing)
    assert [*tmp_path.iterdir()] == []


def test_a_server_that_dawdles_is_given_up(server: Server, tmp_path: Path) -> None:
    server.files["/a.jar"], server.pause = b"a" * 200_000, 0.05
    digest = hashlib.sha256(server.files["/a.jar"]).hexdigest()
    for limit in ({"whole": 0.3}, {"silence": 0.02}):
        with pytest.raises(NotFetched):
            fetch(
                f"{server.url}/a.jar",
                tmp_path / "a.jar",
                size=200_000,
                sha256=digest,
                report=nothing,
                **limit,
            )
    assert [*tmp_path.iterdir()] == []
