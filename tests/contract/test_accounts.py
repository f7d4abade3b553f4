"""Sign-up and login as documented."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.contract.caller import body, error

PASSWORD = "securepass123"


def new_name() -> str:
    return f"john_doe_{secrets.token_hex(6)}"


def sign_up(http: httpx.Client, **fields: object) -> httpx.Response:
    return http.post("/signup/", json={"user_name": new_name(), "user_password": PASSWORD, **fields})


def test_a_new_user_is_created_and_can_log_in(http: httpx.Client) -> None:
    name = new_name()
    account = {"user_name": name, "user_password": PASSWORD, "mobile_no": "9876543210"}
    created = http.post("/signup/", json=account)
    assert created.status_code == 201
    user_id = body(created)["user_id"]
    assert body(created) == {"message": "User created successfully", "user_id": user_id}
    login = http.post("/login/", json={"user_name": name, "user_password": PASSWORD})
    assert login.status_code == 200
    answer = body(login)
    assert {key: answer[key] for key in ("message", "user_id", "user_name")} == {
        "message": "Login successful",
        "user_id": user_id,
        "user_name": name,
    }
    assert answer["token_type"] == "Bearer"
    assert answer["access_token"].count(".") == 2
    assert answer["expires_in"] > 0


def test_ids_are_handed_out_in_order(http: httpx.Client) -> None:
    ids = [body(sign_up(http))["user_id"] for _ in range(4)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("path", ["/signup/", "/login/"])
@pytest.mark.parametrize(
    "account", [{}, {"user_name": "x"}, {"user_password": "x"}, {"user_name": " ", "user_password": None}]
)
def test_name_and_password_are_required(http: httpx.Client, path: str, account: dict[str, object]) -> None:
    assert error(http.post(path, json=account)) == (400, "user_name and user_password are required")


@pytest.mark.parametrize("variant", [str, str.upper, lambda name: f"  {name}\t"])
def test_a_name_is_taken_whatever_its_case_and_surrounding_space(http: httpx.Client, variant: object) -> None:
    name = new_name()
    assert sign_up(http, user_name=name).status_code == 201
    assert callable(variant)
    assert error(sign_up(http, user_name=variant(name))) == (400, "User already exists")
    login = http.post("/login/", json={"user_name": variant(name), "user_password": PASSWORD})
    assert login.status_code == 200


@pytest.mark.parametrize("fields", [{"user_password": "wrong"}, {"user_name": "nobody-of-that-name"}])
def test_wrong_credentials_are_refused(http: httpx.Client, fields: dict[str, str]) -> None:
    name = new_name()
    sign_up(http, user_name=name)
    account = {"user_name": name, "user_password": PASSWORD, **fields}
    assert error(http.post("/login/", json=account)) == (401, "Invalid credentials")


def test_a_long_password_works_whole(http: httpx.Client) -> None:
    name, password = new_name(), "p" * 1024
    assert sign_up(http, user_name=name, user_password=password).status_code == 201
    assert http.post("/login/", json={"user_name": name, "user_password": password}).status_code == 200
    shorter = {"user_name": name, "user_password": password[:-1]}
    assert error(http.post("/login/", json=shorter)) == (401, "Invalid credentials")
    longer = {"user_name": name, "user_password": password + "p"}
    assert error(http.post("/login/", json=longer)) == (401, "Invalid credentials")
    assert error(sign_up(http, user_password=password + "p")) == (
        400,
        "user_password must be at most 1024 characters",
    )


@pytest.mark.parametrize("mobile", ["9876543210", "+919876543210", "1", "", None])
def test_a_mobile_number_has_up_to_13_characters(http: httpx.Client, mobile: str | None) -> None:
    assert sign_up(http, mobile_no=mobile).status_code == 201


@pytest.mark.parametrize(
    ("mobile", "text"),
    [
        ("12345678901234", "mobile_no must be at most 13 characters"),
        ("98765-43210", "mobile_no must be digits"),
        ("+", "mobile_no must be digits"),
        ("९८७६", "mobile_no must be digits"),
        (9876543210, "mobile_no must be a string"),
    ],
)
def test_another_mobile_number_is_refused(http: httpx.Client, mobile: object, text: str) -> None:
    assert error(sign_up(http, mobile_no=mobile)) == (400, text)


@pytest.mark.parametrize("field", ["user_name", "user_password"])
def test_a_value_of_the_wrong_type_is_named(http: httpx.Client, field: str) -> None:
    assert error(sign_up(http, **{field: 7})) == (400, f"{field} must be a string")


def test_a_form_works_like_json(http: httpx.Client) -> None:
    account = {"user_name": new_name(), "user_password": PASSWORD}
    assert http.post("/signup/", data=account).status_code == 201
    assert http.post("/login", data=account).status_code == 200


def test_of_fifty_sign_ups_of_one_name_at_once_exactly_one_succeeds(http: httpx.Client) -> None:
    name = new_name()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: sign_up(http, user_name=name), range(50)))
    assert sorted(answer.status_code for answer in answers) == [201] + [400] * 49
    assert {error(answer)[1] for answer in answers if answer.status_code == 400} == {"User already exists"}


def test_the_key_set_that_verifies_tokens_is_public(http: httpx.Client) -> None:
    keys = body(http.get("/.well-known/jwks.json"))["keys"]
    assert [key["alg"] for key in keys] == ["ES256"]
    assert "d" not in keys[0]
