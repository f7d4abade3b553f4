"""What a run is asked for on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common.config import Profile
from evaluation.engine import ENGINES, Engine

OUTPUT = Path("build/evaluation")


@dataclass(frozen=True)
class Options:
    """One run."""

    folder: Path
    engine: Engine
    model: str
    """Empty: the setting EXTRACTION_MODEL."""
    profile: Profile
    plant: bool
    seed: int
    originals: bool
    ocr: bool
    yes: bool
    output: Path


def read(arguments: Sequence[str] | None = None) -> Options:
    """The options in `arguments`; ends the program with a word about its use where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description="Scores extractions from a folder of documents whose true values are known.",
        epilog="docs/evaluation.md explains the folder and every figure.",
    )
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="documents with ground truth, also in folders below"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="stand-in", help="what reads (default: %(default)s)"
    )
    parser.add_argument("--model", default="", help="default: the setting EXTRACTION_MODEL")
    parser.add_argument(
        "--profile", choices=("v1", "v2"), default="v1", help="the request (default: %(default)s)"
    )
    parser.add_argument(
        "--plant", action="store_true", help="plant errors in true extractions; asks no model"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="of the chance in planted errors (default: %(default)s)"
    )
    parser.add_argument(
        "--originals", action="store_true", help="documents with their e-invoice, of rows that name one"
    )
    parser.add_argument(
        "--ocr", action="store_true", help="recognise text in pictures, to find values in scans"
    )
    parser.add_argument("--yes", action="store_true", help="spend what the estimate says")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR", help="default: %(default)s")
    return Options(**vars(parser.parse_args(arguments)))
