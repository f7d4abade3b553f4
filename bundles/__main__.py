"""`python -m bundles [NAME …]`: builds the named functions' bundles, or all of them, under build/."""

from __future__ import annotations

import argparse
import hashlib

from bundles.bundle import BUNDLES, ROOT, build


def main() -> None:
    """Builds and prints one line a bundle: its zip, size, modules, requirements and checksum."""
    parser = argparse.ArgumentParser(prog="python -m bundles", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BUNDLES)}")
    names = parser.parse_args().names or list(BUNDLES)
    for unknown in set(names) - set(BUNDLES):
        parser.error(f"no bundle is called {unknown}")
    for name in names:
        bundle = build(name, ROOT / "build")
        content = bundle.archive.read_bytes()
        modules = len(list((bundle.folder / "common").rglob("*.py")))
        pinned = (bundle.folder / "requirements.txt").read_text("utf-8").count("==")
        print(
            f"{bundle.archive.relative_to(ROOT)}  {len(content) / 1024:.0f} KiB,"
            f" {modules} modules of common/, {pinned} requirements,"
            f" sha256 {hashlib.sha256(content).hexdigest()[:16]}"
        )


if __name__ == "__main__":
    main()
