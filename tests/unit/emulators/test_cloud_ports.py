"""Ports: free ones, below those of outgoing connections, never the same for two runs."""

from __future__ import annotations

import socket

import pytest

from emulators.cloud.ports import FIRST, LAST, Ports, is_free


def test_runs_at_once_have_different_ports() -> None:
    runs = [Ports() for _ in range(20)]
    taken = [run.take() for run in runs for _ in range(14)]
    for run in runs:
        run.close()
    assert len(set(taken)) == len(taken)
    assert all(FIRST <= port < LAST for port in taken)


def test_a_port_that_a_stranger_listens_on_is_left_out() -> None:
    run = Ports()
    first = run.take()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", first + 1))
        stranger.listen()
        assert run.take() == first + 2
    run.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_with_a_listener_is_not_free(address: str) -> None:
    with socket.socket() as listener:
        listener.bind((address, 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert not is_free(port)
    assert is_free(port)


def test_a_port_whose_last_connection_is_still_being_closed_is_free() -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        caller = socket.create_connection(("127.0.0.1", port))
        accepted, _ = listener.accept()
        # The side that closes first keeps the port for a while (TIME_WAIT).
        accepted.close()
        caller.close()
    assert is_free(port)
