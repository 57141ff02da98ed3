"""Which servers help a browser and this one to find each other: STUN tells an address, TURN relays what is blocked.

TURN comes from one of three places, the first that is set up: fixed servers of the host's own, Cloudflare, Twilio. The
latter two hand out credentials that expire. They are fetched here, never in the browser, and kept for half of their
life; after a failure nobody asks again for a minute.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from ser_core.errors import RelayError
from ui.live.settings import setting

log = logging.getLogger(__name__)

IceServer = dict[str, Any]

LIFETIME_S = 2 * 3600
KEPT_S = LIFETIME_S / 2
_PAUSE_S = 60.0
_TIMEOUT_S = 4.0

_DEFAULT_STUN = "stun:stun.l.google.com:19302"

# Browsers refuse this port, and wait for it in vain.
_REFUSED_PORT = ":53"


class CredentialStore:
    """Keeps what was fetched, and also that a fetch failed, for all visitors.

    Parameters
    ----------
    clock : callable
        Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, list[IceServer] | RelayError]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, fetch: Callable[[], list[IceServer]]) -> list[IceServer]:
        """Return what is kept under a name, fetched anew where it is too old.

        Raises
        ------
        RelayError
            If fetching it failed, now or less than a minute ago.
        """
        # Within the lock: of ten visitors who come together one fetches, and nine wait for it.
        with self._lock:
            until_s, found = self._kept.get(name, (-1.0, []))
            if self._clock() >= until_s:
                try:
                    found = fetch()
                    until_s = self._clock() + KEPT_S
                except RelayError as error:
                    found = error
                    until_s = self._clock() + _PAUSE_S
                self._kept[name] = until_s, found
        if isinstance(found, RelayError):
            raise found
        return found


_store = CredentialStore()


def ice_servers(page_url: str | None, store: CredentialStore = _store) -> list[IceServer]:
    """Return the servers for a visitor and for this server.

    Parameters
    ----------
    page_url : str or None
        The address in the visitor's browser.
    store : CredentialStore
        Where short-lived credentials are kept.

    Returns
    -------
    list of dict
        ``urls``, and ``username`` and ``credential`` where they are needed. Empty on one's own machine or network with
        no TURN set up: there the two find each other unaided, and nobody else needs to hear of it.

    Raises
    ------
    RelayError
        If a TURN provider is set up and gives no credentials.
    """
    if urls := setting("SER_TURN_URLS"):
        return [
            {
                "urls": urls.replace(",", " ").split(),
                "username": setting("SER_TURN_USERNAME"),
                "credential": setting("SER_TURN_CREDENTIAL"),
            }
        ]
    key_id, key_token = setting("CLOUDFLARE_TURN_KEY_ID"), setting("CLOUDFLARE_TURN_KEY_API_TOKEN")
    if key_id and key_token:
        return store.get("Cloudflare", lambda: _from_cloudflare(key_id, key_token))
    account, account_token = setting("TWILIO_ACCOUNT_SID"), setting("TWILIO_AUTH_TOKEN")
    if account and account_token:
        return store.get("Twilio", lambda: _from_twilio(account, account_token))
    return stun_servers(page_url)


def stun_servers(page_url: str | None) -> list[IceServer]:
    """Return what there is without TURN: ``SER_STUN_URL``'s server on a public host, nothing elsewhere."""
    stun = setting("SER_STUN_URL", _DEFAULT_STUN)
    return [{"urls": [stun]}] if stun and is_public(page_url) else []


def has_relay(servers: list[IceServer]) -> bool:
    """Tell whether there is a TURN server among them."""
    return any(url.startswith("turn") for server in servers for url in server["urls"])


def is_public(page_url: str | None) -> bool:
    """Tell whether an address is out on the internet, rather than this machine or one's own network."""
    host = urlsplit(page_url or "").hostname or "localhost"
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host


def _from_cloudflare(key_id: str, key_token: str) -> list[IceServer]:
    answer = _post(
        "Cloudflare",
        f"https://rtc.live.cloudflare.com/v1/turn/keys/{quote(key_id, safe='')}/credentials/generate-ice-servers",
        headers={"Authorization": f"Bearer {key_token}"},
        json={"ttl": LIFETIME_S},
    )
    return _checked("Cloudflare", answer.get("iceServers"))


def _from_twilio(account: str, account_token: str) -> list[IceServer]:
    answer = _post(
        "Twilio",
        f"https://api.twilio.com/2010-04-01/Accounts/{quote(account, safe='')}/Tokens.json",
        auth=(account, account_token),
        data={"Ttl": LIFETIME_S},
    )
    return _checked("Twilio", answer.get("ice_servers"))


def _post(provider: str, url: str, **parameters: Any) -> dict[str, Any]:
    try:
        response = requests.post(url, timeout=_TIMEOUT_S, **parameters)
    except requests.RequestException as cause:
        # Neither the cause's words nor the address go into the log: they name the account.
        log.warning("%s was not reached: %s", provider, type(cause).__name__)
        raise RelayError(
            f"{provider}, which relays live sound for this app, was not reached",
            expected="Live needs it on most networks",
            advice="Record instead, or try again in a minute",
        ) from None
    if response.status_code in (401, 403, 404):
        log.warning("%s answered %d: are its key and token right?", provider, response.status_code)
        raise RelayError(
            f"{provider}, which relays live sound for this app, does not accept the app's key",
            expected="Whoever hosts this app has to give it a valid key",
            advice="Record instead; if you host it, docs/hosting.md says where the key goes",
        )
    try:
        answer = response.json() if response.ok else None
    except requests.JSONDecodeError:
        answer = None
    return answer if isinstance(answer, dict) else {}


def _checked(provider: str, found: Any) -> list[IceServer]:
    servers = []
    for each in found if isinstance(found, list) else []:
        urls = each.get("urls", []) if isinstance(each, dict) else []
        urls = [urls] if isinstance(urls, str) else urls
        usable = [url for url in urls if not url.partition("?")[0].endswith(_REFUSED_PORT)]
        if usable:
            servers.append({"urls": usable} | {key: each[key] for key in ("username", "credential") if key in each})
    if not has_relay(servers):
        log.warning("%s gave no relay server", provider)
        raise RelayError(
            f"{provider}, which relays live sound for this app, gave no server",
            expected="Live needs one on most networks",
            advice="Record instead, or try again in a minute",
        )
    return servers
