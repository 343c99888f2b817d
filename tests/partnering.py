"""Partner systems in tests: a client with a secret, its token by the real address, and requests with both."""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from compounds.partners import clients
from compounds.partners.models import Client
from compounds.partners.scopes import Scope

ALL = list(Scope)


def a_client(place: Any = None, *, scopes: Iterable[Scope] = ALL, handles: Iterable[str] = ()) -> tuple[Client, str]:
    """A client with all scopes and, with a place, a grant there; and its secret."""
    client = clients.open_client("12345 热线", scopes=scopes)
    if place is not None:
        clients.grant(client, place, handles=handles)
    return client, clients.new_secret(client, now=timezone.now())


def token_for(client: Client, secret: str, **said: str) -> str:
    answer = ask_for_token(client.client_id, secret, **said)
    assert answer.status_code == 200, answer.content
    token: str = answer.json()["access_token"]
    return token


def ask_for_token(client_id: str, secret: str, **said: str) -> Any:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **said}
    return Browser().post("/api/v1/token/", form)


class Api:
    """Sends JSON with a token; a POST gets a key of its own unless one is given."""

    def __init__(self, token: str, mount: str = "/c/north/api/v1", language: str = "en") -> None:
        self.browser = Browser(raise_request_exception=False)
        self.mount = mount
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body or {}, **{"Idempotency_Key": str(uuid.uuid4()), **headers})

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        url = path if path.startswith(("/", "http")) else f"{self.mount}/{path}"
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {"content_type": "application/json"} | ({"data": _bytes(body)} if body is not None else {})
        return self.browser.generic(method, url, headers=self.headers | sent, **kept)


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()


def api_of(place: Any, **how: Any) -> Api:
    """A new client with a grant at that place, with its token."""
    return Api(token_for(*a_client(place, **how)))
