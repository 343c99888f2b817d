"""How a partner's system proves who it is when it asks for a token."""

from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from oauth2_provider.oauth2_validators import OAuth2Validator

from compounds.accounts.models import hash_token
from compounds.partners import clients
from compounds.partners.models import Client


class ClientCredentialsValidator(OAuth2Validator):
    """Client credentials only; a secret is good as long as its own row says.

    One instance serves all threads, so it keeps nothing. The library compares with one secret in the client's row;
    instead of it the loaded client carries the hashes of all that are valid now.
    """

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def _load_application(self, client_id: str | None, request: Any) -> Client | None:
        if not client_id or "\x00" in client_id:
            # Nobody is named; or by a character that PostgreSQL does not know, and the library does not expect what its
            # driver says to it.
            return None
        client: Client | None = super()._load_application(client_id, request)
        if client is not None:
            client.client_secret = " ".join(clients.valid_hashes(client, now=timezone.now()))
        return client

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        hashed = hash_token(provided_secret)
        if not any([constant_time_compare(hashed, valid) for valid in stored_secret.split()]):  # noqa: C419 - all of them
            return False
        clients.secret_used(hashed, now=timezone.now())
        return True
