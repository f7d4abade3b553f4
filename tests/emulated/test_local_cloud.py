"""`nox -s local` as its user meets it: it starts, says so, survives what it should, and leaves nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from emulators.cloud import ALL
from tests.emulated.local_run import SMALL, LocalRun, all_gone, local_run
from tests.running import eventually

KILLED = ["the parent"] + (["the parent and its watchdog"] if sys.platform == "linux" else [])


def pasted(run: LocalRun) -> str:
    """What the printed command prints."""
    (command,) = re.findall(r"^  (curl .*)$", run.output, re.MULTILINE)
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def ports(run: LocalRun) -> list[int]:
    return [*run.state["ports"].values()]


def test_all_of_it_starts_answers_and_is_gone_after_ctrl_c(tmp_path: Path) -> None:
    with local_run(tmp_path / "a folder") as run:
        state = run.ready().state
        assert set(state["ports"]) == set(state["pids"]) == set(state["urls"]) == ALL
        assert state["pid"] == run.process.pid
        assert state["ready_in_seconds"] < 20
        for name in ALL:
            assert re.search(rf"^  {name} +ready in", run.output, re.MULTILINE)
            os.kill(state["pids"][name], 0)
            assert httpx.get(state["urls"][name], timeout=10).status_code < 500
        assert state["gateway_url"] in run.output
        assert state["api_key"] in run.output
        assert '"invoice_id":1' in pasted(run)
        # The queue reads it, without anybody's call.
        with run.cloud.client() as client:
            eventually(lambda: client.get("/invoice/1/data/").json()["invoice"]["data_fetch"] == "Y")
            asked = {"api_key": state["api_key"], "model": "gemini-2.5-pro", "pdf_base64": "no"}
            assert client.post("/process-pdf/gemini/", json=asked).status_code == 400
            assert client.post("/process-pdf/gemini/", json=asked | {"api_key": "other"}).status_code == 401
        family = run.family()
        run.send(signal.SIGINT)
        assert run.exit_code() == 0
        all_gone(family, [*state["ports"].values()], within=1)
        assert not run.has_state
        assert run.output.endswith("Stopping …\nStopped.\n")


def test_in_token_mode_the_printed_command_works_too(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL, AUTH_MODE="token") as run:
        assert json.loads(pasted(run.ready()))["message"] == "Webhook received and logged"


def test_its_facts_are_for_their_owner_alone(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL) as run:
        run.ready()
        for name in ("state.json", "envoy.json"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_sigterm_stops_all_of_it(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL) as run:
        family, taken = run.ready().family(), ports(run)
        run.send(signal.SIGTERM)
        assert run.exit_code() == 0
        all_gone(family, taken, within=1)


def test_ctrl_c_in_the_middle_of_the_start_stops_what_has_begun(tmp_path: Path) -> None:
    with local_run(tmp_path) as run:
        eventually(lambda: "ready in" in run.output)
        family = run.family()
        run.send(signal.SIGINT)
        assert run.exit_code() == 0
        all_gone(family, [], within=1)
        assert not run.has_state


@pytest.mark.parametrize("killed", KILLED)
def test_nothing_stays_behind_after_kill_9_of(tmp_path: Path, killed: str) -> None:
    with local_run(tmp_path, *SMALL) as run:
        family, taken = run.ready().family(), ports(run)
        # The functions' workers are children of children.
        assert len(family) > len(run.state["pids"])
        if "watchdog" in killed:
            os.kill(run.watchdog(), signal.SIGKILL)
        run.process.kill()
        all_gone(family, taken)
        if "watchdog" not in killed:
            assert not run.has_state
            assert not (tmp_path / "bucket").exists()


def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL) as run:
        family, taken = run.ready().family(), ports(run)
        # A stopped process can't obey, so that the first Ctrl-C has to wait for it.
        os.kill(run.state["pids"]["firestore"], signal.SIGSTOP)
        run.send(signal.SIGINT)
        eventually(lambda: "Stopping" in run.output)
        run.send(signal.SIGINT)
        assert run.exit_code(within=2) == 1
        all_gone(family, taken)


def test_a_killed_function_is_started_again_and_found_by_its_new_pid(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL) as run:
        before = run.ready().state
        os.kill(before["pids"]["webhook"], signal.SIGKILL)
        # The gateway holds on to a call for as long as that takes.
        assert httpx.post(f"{before['gateway_url']}/webhook/", json={"a": 1}, timeout=30).status_code == 200
        after = run.state
        assert after["pids"].pop("webhook") != before["pids"].pop("webhook")
        assert after["pids"] == before["pids"]
        assert after["urls"] == before["urls"]
        eventually(lambda: "webhook is back" in run.output)
        assert "webhook ended (killed by SIGKILL); it is started again" in run.output


def test_an_emulator_that_dies_ends_the_run_with_its_last_words(tmp_path: Path) -> None:
    with local_run(tmp_path, *SMALL) as run:
        family, state = run.ready().family(), run.state
        os.kill(state["pids"]["firestore"], signal.SIGKILL)
        assert run.exit_code() == 1
        assert "firestore ended (killed by SIGKILL); its last words" in run.output
        assert "Dev App Server is now running." in run.output
        all_gone(family, [*state["ports"].values()], within=1)


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with local_run(tmp_path, "--port", str(port)) as run:
            assert run.exit_code(within=10) == 1
            told = run.output.splitlines()
    assert told[1:] == [
        f"Port {port} is taken by another program: stop that one, "
        f"or choose another port, for example LOCAL_PORT={port + 1}"
    ]


def test_a_port_that_is_taken_on_ipv6_alone_is_taken(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET6) as other:
        other.bind(("::1", 0))
        other.listen()
        with local_run(tmp_path, "--port", str(other.getsockname()[1])) as run:
            assert run.exit_code(within=10) == 1
            assert "is taken by another program" in run.output


def test_a_wrong_setting_is_one_clear_sentence(tmp_path: Path) -> None:
    with local_run(tmp_path, USD_INR="many") as run:
        assert run.exit_code(within=10) == 1
        assert run.output.splitlines()[1:] == [
            "USD_INR is 'many'; it must be a number above 0: correct it or leave it out"
        ]


def test_a_folder_of_another_run_is_not_touched(tmp_path: Path) -> None:
    with local_run(tmp_path, "--parts", "storage") as first:
        state = first.ready().state
        with local_run(tmp_path / "second", "--folder", str(tmp_path), "--parts", "storage") as second:
            assert second.exit_code(within=10) == 1
            told = (tmp_path / "second" / "printed.txt").read_text("utf-8")
        assert f"{tmp_path} is in use by another local cloud" in told
        assert first.state == state


def test_two_runs_beside_each_other_share_nothing(tmp_path: Path) -> None:
    with local_run(tmp_path / "1", *SMALL) as one, local_run(tmp_path / "2", *SMALL) as two:
        one.ready()
        two.ready()
        assert not set(ports(one)) & set(ports(two))
        one.cloud.put_object("docs/1/one.pdf", b"%PDF-1")
        with one.cloud.client() as first, two.cloud.client() as second:
            assert first.post("/webhook/", json={"to": "one"}).status_code == 200
            assert two.cloud.objects("") == []
            assert second.get("/webhook/show/").json()["total_webhooks"] == 0
            one.send(signal.SIGINT)
            assert one.exit_code() == 0
            assert second.get("/webhook/show/").status_code == 200


def test_nobody_has_to_read_what_it_prints(tmp_path: Path) -> None:
    """`nox -s local | head -1`: the reader goes away, the system stays."""
    command = [sys.executable, "-m", "emulators", "--port", "0", "--folder", str(tmp_path), *SMALL]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    try:
        eventually((tmp_path / "state.json").exists)
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
