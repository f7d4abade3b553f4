"""Where Google's emulators come from: an installed gcloud, firebase-tools' cache, or a download."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from emulators.cloud.download import NotFetched, fetch
from emulators.cloud.faults import CannotStart
from emulators.cloud.java import is_archive


@dataclass(frozen=True)
class Jar:
    """One emulator's jar. The file is the one that firebase-tools 15.34.2 pins."""

    name: str
    component: str
    in_sdk: str
    in_cache: tuple[str, ...]
    file: str
    size: int
    sha256: str


FIRESTORE = Jar(
    name="Firestore",
    component="cloud-firestore-emulator",
    in_sdk="platform/cloud-firestore-emulator/cloud-firestore-emulator.jar",
    in_cache=("cloud-firestore-emulator-v*.jar",),
    file="cloud-firestore-emulator-v1.22.0.jar",
    size=136_707_194,
    sha256="9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c",
)
PUBSUB = Jar(
    name="Pub/Sub",
    component="pubsub-emulator",
    in_sdk="platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar",
    in_cache=("pubsub-emulator-*/**/cloud-pubsub-emulator-*-all.jar",),
    file="pubsub-emulator-0.8.37.zip",
    size=53_029_797,
    sha256="c83383e0c71633e58abad6fdc9c0312c7d0f6a5a34236c42e3f92eb24ded1c26",
)


@dataclass(frozen=True)
class Places:
    """Where a jar is looked for, in this order, and where the one download comes from."""

    sdks: tuple[Path, ...]
    firebase: Path
    cache: Path
    source: str = "https://storage.googleapis.com/firebase-preview-drop/emulator"

    @staticmethod
    def of(environ: Mapping[str, str]) -> Places:
        """The usual places on this machine."""
        home = Path(environ.get("HOME") or Path.home())
        cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
        gcloud = shutil.which("gcloud", path=environ.get("PATH", os.defpath))
        roots = [Path(environ["CLOUDSDK_ROOT_DIR"])] if environ.get("CLOUDSDK_ROOT_DIR") else []
        if gcloud:
            roots.append(Path(gcloud).resolve().parents[1])
        roots.append(home / "google-cloud-sdk")
        return Places(
            sdks=tuple(roots),
            firebase=home / ".cache" / "firebase" / "emulators",
            cache=cache / "invoice-management-system" / "emulators",
        )

    def find(self, jar: Jar, report: Callable[[str], None]) -> Path:
        """The jar's path, after a download where it is on this machine nowhere; raises CannotStart."""
        looked = [(sdk, jar.in_sdk) for sdk in self.sdks]
        looked += [(self.firebase, pattern) for pattern in jar.in_cache]
        for folder, pattern in looked:
            whole = [path for path in folder.glob(pattern) if is_archive(path)]
            if whole:
                return max(whole, key=_release)
        return self._downloaded(jar, report)

    def _downloaded(self, jar: Jar, report: Callable[[str], None]) -> Path:
        target = self.cache / f"{Path(jar.file).stem}.jar"
        if is_archive(target):
            return target
        report(f"Downloading {jar.name}'s emulator, once, to {self.cache}")
        file = self.cache / jar.file
        try:
            fetch(f"{self.source}/{jar.file}", file, size=jar.size, sha256=jar.sha256, report=report)
        except NotFetched as error:
            raise CannotStart(
                f"{jar.name}'s emulator is not on this machine and could not be downloaded ({error}): "
                "connect to the network for this one time, or run "
                f"`gcloud components install {jar.component}`"
            ) from error
        if file != target:
            _unpack_jar(file, target)
            file.unlink()
        return target


def _unpack_jar(archive: Path, target: Path) -> None:
    """Takes the one jar of the emulator out of its zip."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    with ZipFile(archive) as packed:
        name = next(each for each in packed.namelist() if re.search(r"/cloud-pubsub-emulator-.*\.jar$", each))
        with packed.open(name) as source, fresh.open("wb") as made:
            shutil.copyfileobj(source, made)
    fresh.replace(target)


def _release(path: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", path.name))
