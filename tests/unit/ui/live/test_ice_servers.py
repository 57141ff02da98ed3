"""ICE servers: their sources, how long they are kept, and the errors when there are none."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import requests

from ser_core.errors import RelayError
from tests.unit.ui.live.stub_clock import StubClock
from ui.live.ice_servers import KEPT_S, LIFETIME_S, CredentialStore, has_relay, ice_servers, is_public

PUBLIC = "https://how-does-it-sound.example.org/live"
SETTINGS = [
    "SER_TURN_URLS",
    "SER_TURN_USERNAME",
    "SER_TURN_CREDENTIAL",
    "SER_STUN_URL",
    "CLOUDFLARE_TURN_KEY_ID",
    "CLOUDFLARE_TURN_KEY_API_TOKEN",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
]
TURN = {"urls": ["turn:relay.example.org:3478?transport=udp"], "username": "u", "credential": "c"}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


class StubPost:
    """Replaces ``requests.post``: returns one response, or raises, and records the requests."""

    def __init__(self, content: Any = None, status: int = 201, error: Exception | None = None) -> None:
        self.content, self.status, self.error = content, status, error
        self.requests: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, url: str, **parameters: Any) -> requests.Response:
        self.requests.append((url, parameters))
        if self.error:
            raise self.error
        response = requests.Response()
        response.status_code = self.status
        response._content = json.dumps(self.content).encode()
        return response


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., StubPost]:
    """Return a function that configures a TURN provider and sets its response."""

    def install(name: str, *arguments: Any, **keywords: Any) -> StubPost:
        post = StubPost(*arguments, **keywords)
        monkeypatch.setattr(requests, "post", post)
        keys = {
            "Cloudflare": ("CLOUDFLARE_TURN_KEY_ID", "CLOUDFLARE_TURN_KEY_API_TOKEN"),
            "Twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
        }
        for setting in keys[name]:
            monkeypatch.setenv(setting, f"secret-{setting}")
        return post

    return install


@pytest.mark.parametrize(
    "address",
    [
        None,
        "http://localhost:8501/live",
        "http://127.0.0.1/",
        "http://192.168.1.7:8501",
        "http://[::1]/",
        "http://pi.local/",
    ],
)
def test_the_own_machine_and_network_need_no_server(address: str | None) -> None:
    assert not is_public(address)
    assert ice_servers(address) == []


def test_a_public_host_without_a_relay_uses_stun_unless_that_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    (server,) = ice_servers(PUBLIC)
    assert server["urls"][0].startswith("stun:")
    assert not has_relay([server])
    monkeypatch.setenv("SER_STUN_URL", "stun:stun.example.org")
    assert ice_servers(PUBLIC) == [{"urls": ["stun:stun.example.org"]}]
    monkeypatch.setenv("SER_STUN_URL", "")
    assert ice_servers(PUBLIC) == []


def test_fixed_servers_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SER_TURN_URLS", "turn:a.example.org:3478, turns:a.example.org:5349")
    monkeypatch.setenv("SER_TURN_USERNAME", "u")
    monkeypatch.setenv("SER_TURN_CREDENTIAL", "c")
    servers = ice_servers(PUBLIC)
    assert servers == [
        {"urls": ["turn:a.example.org:3478", "turns:a.example.org:5349"], "username": "u", "credential": "c"}
    ]
    assert has_relay(servers)
    # On the own machine too, so that the host can try the relay.
    assert ice_servers(None) == servers


def test_cloudflare_gets_its_key_and_addresses_that_browsers_block_are_left_out(
    configure: Callable[..., StubPost],
) -> None:
    blocked = "turn:turn.cloudflare.com:53?transport=udp"
    usable = "turn:turn.cloudflare.com:3478?transport=udp"
    stun = {"urls": ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"]}
    post = configure("Cloudflare", {"iceServers": [stun, TURN | {"urls": [usable, blocked]}]})
    assert ice_servers(PUBLIC, CredentialStore()) == [
        {"urls": ["stun:stun.cloudflare.com:3478"]},
        TURN | {"urls": [usable]},
    ]
    ((url, parameters),) = post.requests
    assert "/keys/secret-CLOUDFLARE_TURN_KEY_ID/credentials/generate-ice-servers" in url
    assert parameters["headers"]["Authorization"] == "Bearer secret-CLOUDFLARE_TURN_KEY_API_TOKEN"
    assert parameters["json"] == {"ttl": LIFETIME_S}
    assert parameters["timeout"] < 8


def test_twilio_gets_its_account(configure: Callable[..., StubPost]) -> None:
    urls = "turn:global.turn.twilio.com:3478?transport=udp"
    listed = [{"url": "stun:x", "urls": "stun:x"}, TURN | {"url": urls, "urls": urls}]
    post = configure("Twilio", {"ice_servers": listed, "password": "p"})
    assert ice_servers(PUBLIC, CredentialStore()) == [{"urls": ["stun:x"]}, TURN | {"urls": [urls]}]
    ((url, parameters),) = post.requests
    assert url.endswith("/Accounts/secret-TWILIO_ACCOUNT_SID/Tokens.json")
    assert parameters["auth"] == ("secret-TWILIO_ACCOUNT_SID", "secret-TWILIO_AUTH_TOKEN")
    assert parameters["data"] == {"Ttl": LIFETIME_S}


def test_credentials_are_cached_for_half_of_their_lifetime(configure: Callable[..., StubPost]) -> None:
    post = configure("Cloudflare", {"iceServers": [TURN]})
    clock = StubClock()
    store = CredentialStore(clock)
    for now_s in (0.0, KEPT_S / 2, KEPT_S - 1):
        clock.now_s = now_s
        assert ice_servers(PUBLIC, store) == [TURN]
    assert len(post.requests) == 1
    # Credentials from the cache are still valid for at least as long as they were cached.
    assert KEPT_S <= LIFETIME_S / 2
    clock.now_s = KEPT_S
    ice_servers(PUBLIC, store)
    assert len(post.requests) == 2


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        ({"error": requests.ConnectTimeout("https://secret")}, "was not reached"),
        ({"status": 401, "content": {}}, "does not accept the app's key"),
        ({"status": 500, "content": {}}, "gave no server"),
        ({"content": {"iceServers": [{"urls": ["stun:x"]}]}}, "gave no server"),
        ({"content": ["?"]}, "gave no server"),
        ({"content": {"iceServers": ["?"]}}, "gave no server"),
    ],
)
def test_a_failing_provider_leads_to_a_clear_error_and_is_not_asked_again_for_a_minute(
    configure: Callable[..., StubPost], caplog: pytest.LogCaptureFixture, failure: dict[str, Any], message: str
) -> None:
    post = configure("Twilio" if "iceServers" not in str(failure) else "Cloudflare", **failure)
    clock = StubClock()
    store = CredentialStore(clock)
    with caplog.at_level(logging.WARNING):
        for now_s in (0.0, 30.0):
            clock.now_s = now_s
            with pytest.raises(RelayError, match=message) as raised:
                ice_servers(PUBLIC, store)
            assert "instead" in raised.value.advice
    assert len(post.requests) == 1
    assert "secret" not in caplog.text
    assert caplog.records
    post.error, post.status, post.content = None, 201, {"iceServers": [TURN], "ice_servers": [TURN]}
    clock.now_s = 61.0
    assert ice_servers(PUBLIC, store) == [TURN]
