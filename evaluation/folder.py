"""The documents of a folder and of the folders below it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common.domain import exact_json
from common.domain.fields import ORDER
from common.extraction.answer import tidy
from evaluation import manifest, pictures
from evaluation.sample import NO_VENDOR, Sample, group_of

_DOCUMENTS = frozenset({".pdf", *pictures.ENDINGS})


class BadFolder(Exception):
    """The folder can't be evaluated; the message names the file and says what is wrong with it."""


def samples(folder: Path, *, originals: bool = False) -> list[Sample]:
    """Every document of `folder` that has its true values beside it.

    A folder with a MANIFEST.jsonl is what that file lists; in any other, a PDF or
    a picture counts that has a .json of its own name. With `originals`, the documents with their
    e-invoice inside are taken, of the rows that name one. Raises BadFolder.
    """
    if not folder.is_dir():
        raise BadFolder(f"{folder} is no folder")
    root = folder.resolve()
    found = list(_below(root, root, originals))
    if not found:
        raise BadFolder(
            f"{folder} holds no document with ground truth: neither {manifest.NAME} nor x.pdf with x.json"
        )
    return found


def _below(folder: Path, root: Path, originals: bool) -> Iterator[Sample]:
    listed = folder / manifest.NAME
    if listed.is_file():
        yield from _listed(listed, root, originals)
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path, root, originals)
        elif path.suffix.lower() in _DOCUMENTS and path.with_suffix(".json").is_file() and not originals:
            yield _pair(path, root)


def _listed(listed: Path, root: Path, originals: bool) -> Iterator[Sample]:
    try:
        lines = listed.read_text("utf-8").splitlines()
    except ValueError as fault:
        raise BadFolder(f"{listed} is not UTF-8") from fault
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            sample = manifest.sample(_object(line), listed.parent, root, originals=originals)
        except ValueError as fault:
            raise BadFolder(f"{listed}, line {number}: {fault}") from fault
        if sample is not None:
            yield sample


def _pair(path: Path, root: Path) -> Sample:
    beside = path.with_suffix(".json")
    try:
        told = _object(beside.read_text("utf-8"))
        unknown = sorted(set(told) - set(ORDER) - {"confidence"})
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no field of an invoice")
    except ValueError as fault:
        raise BadFolder(f"{beside}: {fault}") from fault
    clean = tidy(told)
    unlike = [name for name in told if told[name] not in (None, "", []) and clean.get(name) in (None, [])]
    if set(unlike) - {"confidence"}:
        raise BadFolder(f"{beside}: {', '.join(unlike)} has no value of its kind")
    truth = {name: clean[name] for name in ORDER if name in told}
    return Sample(
        path.relative_to(root).as_posix(),
        group_of(path.parent, root),
        path,
        truth,
        truth.get("vendor_name") or NO_VENDOR,
    )


def _object(text: str) -> dict[str, Any]:
    value = exact_json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value
