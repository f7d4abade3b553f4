"""The demo: it says that all is right only when it is, and what is wrong when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import httpx
import pytest
from rich.console import Console

from emulators.cloud import LocalCloud, LocalOptions, local_cloud
from emulators.demo.__main__ import run
from emulators.demo.running import running
from emulators.samples import samples

SECONDS = 120.0


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("demo"),
        port=0,
        settings={"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""},
    )
    with local_cloud(options) as cloud:
        yield cloud


def shown(cloud: LocalCloud) -> tuple[int, str]:
    """The exit code and what a person sees."""
    seen = StringIO()
    code = run(Console(file=seen, width=200), cloud.gateway_url, SECONDS)
    return code, seen.getvalue()


@pytest.fixture(scope="module")
def undisturbed(cloud: LocalCloud) -> tuple[int, str]:
    return shown(cloud)


def test_every_sample_is_read_right_and_the_reader_is_named_for_what_it_is(
    cloud: LocalCloud, undisturbed: tuple[int, str]
) -> None:
    code, text = undisturbed
    assert code == 0, text
    assert "Every value of every invoice is right." in text
    assert "not by a model" in text
    for sample in samples():
        assert f"{sample.name}: 21 of 21 values right, done" in text
    assert text.count(f"Check page: {cloud.gateway_url}/check/?invoice_id=") == len(samples())


def test_one_wrong_value_is_named_and_ends_the_demo_with_1(cloud: LocalCloud) -> None:
    order = {"fault": "wrong_values", "times": None, "match": "AF-2026-0417", "values": {"total_amt": 2940}}
    faults = f"{cloud.urls['gemini']}/control/faults"
    httpx.post(faults, json=order).raise_for_status()
    try:
        code, text = shown(cloud)
    finally:
        httpx.delete(faults).raise_for_status()
    assert code == 1
    assert "us-invoice.pdf: total_amt is 3072.14, read as 2940.00" in text
    assert "1 wrong:" in text


def test_the_check_page_that_the_demo_names_opens(undisturbed: tuple[int, str]) -> None:
    url = undisturbed[1].split("Check page: ")[1].split()[0]
    page = httpx.get(url, headers={"Accept": "text/html"}).raise_for_status()
    assert page.headers["content-type"].startswith("text/html")


def test_a_running_system_is_found_by_its_state_and_only_while_it_runs(cloud: LocalCloud) -> None:
    assert running(cloud.folder) == cloud.gateway_url
    assert running(cloud.folder / "elsewhere") is None
    left_behind = cloud.folder / "crashed"
    left_behind.mkdir()
    (left_behind / "state.json").write_text(cloud.state.read_text("utf-8"), "utf-8")
    assert running(left_behind) is None
