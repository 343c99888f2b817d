"""How often one address or one entrance may do something without an account. Counted in the shared cache."""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from compounds.kernel.errors import DomainError
from compounds.registry.context import current_schema

_HOUR = 3600


def address_of(request: HttpRequest) -> str:
    """The network address asked from, by the same rule as the limit on signing in; kept nowhere but as a keyed hash."""
    address: str = get_adapter(request).get_client_ip(request)
    return hidden(address)


def hidden(value: str) -> str:
    """A key for something that is kept nowhere: an address, or the token of a link."""
    return salted_hmac("consultation.limits", value, algorithm="sha256").hexdigest()


def count(what: str, who: object, *, most: int, error: DomainError) -> None:
    """Count one more try of ``who`` in this compound and clock hour. Raises ``error`` beyond ``most``."""
    key = f"{what}:{current_schema()}:{who}:{timezone.now():%Y%m%d%H}"
    cache = caches["shared"]
    cache.add(key, 0, _HOUR)
    try:
        tries = cache.incr(key)
    except ValueError:
        # Thrown out of a full cache between the two lines: begin again.
        cache.set(key, 1, _HOUR)
        tries = 1
    if tries > most:
        raise error
