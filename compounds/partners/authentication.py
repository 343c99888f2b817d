"""Who asks: a partner's system by its token, or a person who is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from compounds.accounts.models import hash_token
from compounds.partners import clients
from compounds.partners.models import Client, Secret
from compounds.partners.scopes import Scope

_LONGEST_TOKEN = 500


@dataclass(frozen=True)
class Partner:
    """A system that asks, and what its token is good for: no more than what the system may still do today."""

    client: Client
    scopes: frozenset[str]
    # What was read along with its token, where the one who asks wanted that (``TokenAuthentication.along``).
    known: Mapping[str, Any] = field(default_factory=dict)

    def has(self, scope: Scope) -> bool:
        return scope in self.scopes


def partner_by_token(token: str, **along: Combinable) -> Partner | None:
    """Whose token it is, as long as it is good; with what is read of its row by the same statement."""
    rows = get_access_token_model().objects.select_related("application").annotate(**along)
    row = rows.filter(token_checksum=hash_token(token), expires__gt=timezone.now()).first()
    if row is None or row.application is None or not row.application.active:
        return None
    client = row.application
    known = {name: getattr(row, name) for name in along}
    return Partner(client, frozenset(row.scope.split()) & frozenset(client.scopes), known)


def partner_by_key(key: str) -> Partner | None:
    """Whose key it is: a token, or a secret where a protocol knows nothing but one lasting key."""
    if not 0 < len(key) <= _LONGEST_TOKEN:
        return None
    if partner := partner_by_token(key):
        return partner
    now = timezone.now()
    row = Secret.objects.valid(now).select_related("client").filter(secret_hash=hash_token(key)).first()
    if row is None or not row.client.active:
        return None
    clients.secret_used(row.secret_hash, now=now)
    return Partner(row.client, frozenset(row.client.scopes))


class InvalidToken(AuthenticationFailed):
    default_code = "invalid_token"
    default_detail = _("The token is unknown, expired or revoked.")


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``; sets ``request.auth`` to the Partner."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Partner] | None:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        if not kind:
            return None
        if kind.lower() != "bearer" or not 0 < len(token) <= _LONGEST_TOKEN:
            raise InvalidToken
        partner = partner_by_token(token, **self.along(request))
        if partner is None:
            raise InvalidToken
        return AnonymousUser(), partner

    def along(self, request: Request) -> dict[str, Combinable]:
        """What is asked of a system on each request, to be read of its token's row: one statement for each less."""
        return {}

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SignedIn(SessionAuthentication):
    """The session of somebody who is signed in on the pages; what changes something carries the CSRF token."""


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    match_subclasses = True
    name = "partner"

    def get_security_definition(self, auto_schema: object) -> dict[str, object]:
        return {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/v1/token/",
                    "scopes": {scope.value: str(scope.label) for scope in Scope},
                }
            },
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SignedIn
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, object]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
