"""What the local cloud's processes are told, and which model services they get."""

from __future__ import annotations

import pytest

from emulators.cloud import environment, keys

STAND_IN = "http://127.0.0.1:1"
AT_STAND_IN = {
    "GEMINI_BASE_URL": STAND_IN,
    "GEMINI_API_KEY": "local",
    "VERTEX_BASE_URL": STAND_IN,
    "VERTEX_PROJECT": "local-invoices",
}
VERTEX_AT_STAND_IN = {"VERTEX_BASE_URL": STAND_IN, "VERTEX_PROJECT": "local-invoices"}


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ({}, AT_STAND_IN),
        ({"GEMINI_API_KEY": "", "VERTEX_PROJECT": ""}, AT_STAND_IN),
        ({"GEMINI_API_KEY": "k"}, VERTEX_AT_STAND_IN),
        ({"GEMINI_BASE_URL": "http://mine"}, {"GEMINI_API_KEY": "local", **VERTEX_AT_STAND_IN}),
        ({"VERTEX_PROJECT": "p"}, {}),
        ({"VERTEX_BASE_URL": "http://mine"}, {"VERTEX_PROJECT": "local-invoices"}),
        ({"GEMINI_API_KEY": "k", "VERTEX_PROJECT": "p"}, {}),
        ({"GEMINI_API_KEY": "k", "GEMINI_BASE_URL": "http://mine", "VERTEX_PROJECT": "p"}, {}),
    ],
)
def test_the_stand_in_takes_the_place_of_what_is_not_given(
    given: dict[str, str], added: dict[str, str]
) -> None:
    stand_in = STAND_IN if environment.wants_stand_in(given) else None
    assert environment.model_services(given, stand_in) == added


def test_without_a_stand_in_nothing_is_made_up() -> None:
    assert environment.model_services({}, None) == {}


def test_what_functions_framework_or_google_would_take_for_theirs_is_not_passed_on() -> None:
    given = {"PATH": "/bin", "HOST": "h", "PORT": "1", "DEBUG": "1", "FUNCTION_TARGET": "x", "TOKEN_KEY": "t"}
    told = environment.inherited({**given, "PUBSUB_EMULATOR_HOST": "elsewhere:1", "GCLOUD_PROJECT": "real"})
    assert told["PATH"] == "/bin"
    assert not {"HOST", "PORT", "DEBUG", "FUNCTION_TARGET", "TOKEN_KEY"} & set(told)
    assert not {"PUBSUB_EMULATOR_HOST", "GCLOUD_PROJECT"} & set(told)


def test_this_machine_is_never_reached_through_a_proxy() -> None:
    told = environment.inherited({"HTTP_PROXY": "http://proxy:3128", "NO_PROXY": "example.org"})
    assert told["NO_PROXY"] == "example.org,127.0.0.1,localhost,::1"
    assert told["no_proxy"] == "127.0.0.1,localhost,::1"


def test_functions_work_on_the_local_project_whatever_the_user_works_on() -> None:
    given = {"GOOGLE_CLOUD_PROJECT": "real", "INVOICE_BUCKET": "real", "LINK_SECRET": "old"}
    made = keys.fresh()
    told = environment.of_functions(given, {"firestore": 1, "storage": 2}, "http://localhost:8000", made)
    assert told["GOOGLE_CLOUD_PROJECT"] == "local-invoices"
    assert told["INVOICE_BUCKET"] == "invoices"
    assert told["FIRESTORE_EMULATOR_HOST"] == "127.0.0.1:1"
    assert told["STORAGE_EMULATOR_HOST"] == "http://127.0.0.1:2"
    assert "PUBSUB_EMULATOR_HOST" not in told
    assert told["PUBLIC_URL"] == "http://localhost:8000"
    assert told["AUTH_MODE"] == "open"
    assert told["LINK_SECRET"] == made.link_secret
    assert "TOKEN_KEY" not in told
