"""The servers that help to connect: where they come from, how long they are kept, what is said when there are none."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
import requests

from ser_core.errors import RelayError
from ui.live import ice
from ui.live.ice import KEPT_S, LIFETIME_S, CredentialStore, has_relay, ice_servers, is_public

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


class Provider:
    """Stands in for ``requests.post``."""

    def __init__(self, answer: Any = None, status: int = 201, fault: Exception | None = None) -> None:
        self.answer, self.status, self.fault = answer, status, fault
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, url: str, **parameters: Any) -> requests.Response:
        self.asked.append((url, parameters))
        if self.fault:
            raise self.fault
        response = requests.Response()
        response.status_code = self.status
        response.json = lambda: self.answer
        return response


@pytest.fixture
def provide(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Provider]:
    def install(name: str, *arguments: Any, **keywords: Any) -> Provider:
        provider = Provider(*arguments, **keywords)
        monkeypatch.setattr(ice.requests, "post", provider)
        keys = {
            "Cloudflare": ("CLOUDFLARE_TURN_KEY_ID", "CLOUDFLARE_TURN_KEY_API_TOKEN"),
            "Twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
        }
        for setting in keys[name]:
            monkeypatch.setenv(setting, f"secret-{setting}")
        return provider

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
def test_at_home_no_server_is_needed(address: str | None) -> None:
    assert not is_public(address)
    assert ice_servers(address) == []


def test_a_public_host_without_a_relay_has_stun_unless_it_says_no(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
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
    found = ice_servers(PUBLIC)
    assert found == [
        {"urls": ["turn:a.example.org:3478", "turns:a.example.org:5349"], "username": "u", "credential": "c"}
    ]
    assert has_relay(found)
    # At home too: whoever sets a relay up wants to see it work.
    assert ice_servers(None) == found


def test_cloudflare_is_asked_with_its_key_and_its_blocked_port_left_out(provide: Callable[..., Provider]) -> None:
    blocked = "turn:turn.cloudflare.com:53?transport=udp"
    open_ = "turn:turn.cloudflare.com:3478?transport=udp"
    stun = {"urls": ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"]}
    provider = provide("Cloudflare", {"iceServers": [stun, TURN | {"urls": [open_, blocked]}]})
    assert ice_servers(PUBLIC, CredentialStore()) == [
        {"urls": ["stun:stun.cloudflare.com:3478"]},
        TURN | {"urls": [open_]},
    ]
    ((url, parameters),) = provider.asked
    assert "/keys/secret-CLOUDFLARE_TURN_KEY_ID/credentials/generate-ice-servers" in url
    assert parameters["headers"]["Authorization"] == "Bearer secret-CLOUDFLARE_TURN_KEY_API_TOKEN"
    assert parameters["json"] == {"ttl": LIFETIME_S}
    assert parameters["timeout"] < 8


def test_twilio_is_asked_with_its_account(provide: Callable[..., Provider]) -> None:
    urls = "turn:global.turn.twilio.com:3478?transport=udp"
    listed = [{"url": "stun:x", "urls": "stun:x"}, TURN | {"url": urls, "urls": urls}]
    provider = provide("Twilio", {"ice_servers": listed, "password": "p"})
    assert ice_servers(PUBLIC, CredentialStore()) == [{"urls": ["stun:x"]}, TURN | {"urls": [urls]}]
    ((url, parameters),) = provider.asked
    assert url.endswith("/Accounts/secret-TWILIO_ACCOUNT_SID/Tokens.json")
    assert parameters["auth"] == ("secret-TWILIO_ACCOUNT_SID", "secret-TWILIO_AUTH_TOKEN")
    assert parameters["data"] == {"Ttl": LIFETIME_S}


def test_credentials_are_kept_below_their_lifetime(provide: Callable[..., Provider]) -> None:
    provider = provide("Cloudflare", {"iceServers": [TURN]})
    now_s = [0.0]
    store = CredentialStore(clock=lambda: now_s[0])
    for now_s[0] in (0.0, KEPT_S / 2, KEPT_S - 1):
        assert ice_servers(PUBLIC, store) == [TURN]
    assert len(provider.asked) == 1
    # Whoever got them last still has them for as long again.
    assert KEPT_S <= LIFETIME_S / 2
    now_s[0] = KEPT_S
    ice_servers(PUBLIC, store)
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"fault": requests.ConnectTimeout("https://secret")}, "was not reached"),
        ({"status": 401, "answer": {}}, "does not accept the app's key"),
        ({"status": 500, "answer": {}}, "gave no server"),
        ({"answer": {"iceServers": [{"urls": ["stun:x"]}]}}, "gave no server"),
        ({"answer": ["?"]}, "gave no server"),
        ({"answer": {"iceServers": ["?"]}}, "gave no server"),
    ],
)
def test_a_provider_that_fails_is_told_of_plainly_and_left_alone_for_a_while(
    provide: Callable[..., Provider], caplog: pytest.LogCaptureFixture, fault: dict[str, Any], words: str
) -> None:
    provider = provide("Twilio" if "iceServers" not in str(fault) else "Cloudflare", **fault)
    now_s = [0.0]
    store = CredentialStore(clock=lambda: now_s[0])
    with caplog.at_level(logging.WARNING):
        for now_s[0] in (0.0, 30.0):
            with pytest.raises(RelayError, match=words) as caught:
                ice_servers(PUBLIC, store)
            assert "instead" in caught.value.advice
    assert len(provider.asked) == 1
    assert "secret" not in caplog.text
    assert caplog.records
    provider.fault, provider.status, provider.answer = None, 201, {"iceServers": [TURN], "ice_servers": [TURN]}
    now_s[0] = 61.0
    assert ice_servers(PUBLIC, store) == [TURN]
