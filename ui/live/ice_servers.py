"""ICE servers, which help a browser and this server to connect: STUN finds an address, TURN relays blocked traffic.

TURN comes from the first of three sources that is configured: fixed servers of the host, Cloudflare, Twilio. The latter
two give out credentials that expire. These are fetched here, never in the browser, and kept for half of their lifetime.
After a failure there is no new request for a minute.
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
from ui.common.settings import setting

log = logging.getLogger(__name__)

# ``urls`` (list of str), and where needed ``username`` and ``credential`` (str), as WebRTC's RTCIceServer.
IceServer = dict[str, Any]

LIFETIME_S = 2 * 3600
KEPT_S = LIFETIME_S / 2
_RETRY_AFTER_S = 60.0
_TIMEOUT_S = 4.0

_DEFAULT_STUN = "stun:stun.l.google.com:19302"

# Browsers block this port, so an attempt to use it would only take time.
_BLOCKED_PORT = ":53"


class CredentialStore:
    """Cache of fetched servers, and of failed fetches, for all visitors.

    Parameters
    ----------
    clock : callable
        Monotonic time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: dict[str, tuple[float, list[IceServer] | RelayError]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, fetch: Callable[[], list[IceServer]]) -> list[IceServer]:
        """Return the cached servers of a provider; fetch them again if they are too old.

        Parameters
        ----------
        name : str
            Name of the provider.
        fetch : callable
            Returns the provider's servers, or raises ``RelayError``.

        Raises
        ------
        RelayError
            If the fetch failed, now or less than a minute ago.
        """
        # The lock is held during the fetch: of several visitors at the same time only one fetches.
        with self._lock:
            expires_s, result = self._entries.get(name, (-1.0, []))
            if self._clock() >= expires_s:
                try:
                    result = fetch()
                    expires_s = self._clock() + KEPT_S
                except RelayError as error:
                    result = error
                    expires_s = self._clock() + _RETRY_AFTER_S
                self._entries[name] = expires_s, result
        if isinstance(result, RelayError):
            raise result
        return result


_store = CredentialStore()


def ice_servers(page_url: str | None, store: CredentialStore = _store) -> list[IceServer]:
    """Return the ICE servers for a visitor's browser and for this server.

    Parameters
    ----------
    page_url : str or None
        Address of the page in the visitor's browser.
    store : CredentialStore
        Cache of credentials that expire.

    Returns
    -------
    list of dict
        ``urls``, and ``username`` and ``credential`` where they are needed. Empty on the own machine or network when
        no TURN server is configured: there the two connect without help, and no other server gets any address.

    Raises
    ------
    RelayError
        If a TURN provider is configured and gives no credentials.
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
    """Return the servers without TURN: the STUN server of ``SER_STUN_URL`` on a public host, none elsewhere.

    Parameters
    ----------
    page_url : str or None
        Address of the page in the visitor's browser.
    """
    stun_url = setting("SER_STUN_URL", _DEFAULT_STUN)
    return [{"urls": [stun_url]}] if stun_url and is_public(page_url) else []


def has_relay(servers: list[IceServer]) -> bool:
    """Return whether a TURN server is among the servers."""
    return any(url.startswith("turn") for server in servers for url in server["urls"])


def is_public(page_url: str | None) -> bool:
    """Return whether an address is on the internet, not on this machine or the own network.

    Parameters
    ----------
    page_url : str or None
        Address of the page in the visitor's browser.
    """
    host = urlsplit(page_url or "").hostname or "localhost"
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host


def _from_cloudflare(key_id: str, key_token: str) -> list[IceServer]:
    content = _post(
        "Cloudflare",
        f"https://rtc.live.cloudflare.com/v1/turn/keys/{quote(key_id, safe='')}/credentials/generate-ice-servers",
        headers={"Authorization": f"Bearer {key_token}"},
        json={"ttl": LIFETIME_S},
    )
    return _usable_servers("Cloudflare", content.get("iceServers"))


def _from_twilio(account: str, account_token: str) -> list[IceServer]:
    content = _post(
        "Twilio",
        f"https://api.twilio.com/2010-04-01/Accounts/{quote(account, safe='')}/Tokens.json",
        auth=(account, account_token),
        data={"Ttl": LIFETIME_S},
    )
    return _usable_servers("Twilio", content.get("ice_servers"))


def _post(provider: str, url: str, **parameters: Any) -> dict[str, Any]:
    """Return the JSON object of a provider's response; empty if the response is something else."""
    try:
        response = requests.post(url, timeout=_TIMEOUT_S, **parameters)
    except requests.RequestException as cause:
        # The log holds neither the cause's message nor the address: both contain the account.
        log.warning("%s was not reached: %s", provider, type(cause).__name__)
        raise RelayError(
            f"{provider}, which relays live sound for this app, was not reached",
            expected="an answer from the relay, which Live needs on most networks",
            advice="Record instead, or try again in a minute",
        ) from None
    if response.status_code in (401, 403, 404):
        log.warning("%s answered %d: check its key and token", provider, response.status_code)
        raise RelayError(
            f"{provider}, which relays live sound for this app, does not accept the app's key",
            expected="a valid key in the settings of this app",
            advice="Record instead. If you are the host, docs/hosting.md explains where to put the key",
        )
    try:
        content = response.json() if response.ok else None
    except requests.JSONDecodeError:
        content = None
    return content if isinstance(content, dict) else {}


def _usable_servers(provider: str, entries: object) -> list[IceServer]:
    """Return a provider's servers without the addresses that browsers block.

    Parameters
    ----------
    provider : str
        Name of the provider.
    entries : object
        The part of the response that should be a list of servers. It comes from outside, so its form is checked.

    Raises
    ------
    RelayError
        If no TURN server is among them.
    """
    servers: list[IceServer] = []
    for entry in entries if isinstance(entries, list) else []:
        urls = entry.get("urls", []) if isinstance(entry, dict) else []
        urls = [urls] if isinstance(urls, str) else urls
        usable_urls = [url for url in urls if not url.partition("?")[0].endswith(_BLOCKED_PORT)]
        if usable_urls:
            credentials = {key: entry[key] for key in ("username", "credential") if key in entry}
            servers.append({"urls": usable_urls} | credentials)
    if not has_relay(servers):
        log.warning("%s gave no relay server", provider)
        raise RelayError(
            f"{provider}, which relays live sound for this app, gave no server",
            expected="a free relay, which Live needs on most networks",
            advice="Record instead, or try again in a minute",
        )
    return servers
