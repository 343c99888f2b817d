"""How often one address, link or entrance may do something without an account. Counted in the shared cache."""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from compounds.kernel.errors import DomainError
from compounds.registry.context import current_schema

HOUR, DAY = 3600, 24 * 3600


def address_of(request: HttpRequest) -> str:
    """The network address asked from, by the same rule as the limit on signing in; kept nowhere but as a keyed hash."""
    address: str = get_adapter(request).get_client_ip(request)
    return hidden(address)


def hidden(value: str) -> str:
    """A key for something that is kept nowhere: an address, or the token of a link."""
    return salted_hmac("registry.limits", value, algorithm="sha256").hexdigest()


def count(what: str, who: object, *, most: int, error: DomainError) -> None:
    """Count one more try of ``who`` in this compound and clock hour. Raises ``error`` beyond ``most``."""
    if not takes(what, who, most=most):
        raise error


def takes(what: str, who: object, *, most: int, seconds: int = HOUR) -> bool:
    """Count one more try of ``who`` in this compound and stretch of time; whether it is within ``most``."""
    return tries(f"{what}:{current_schema()}:{who}", seconds=seconds) <= most


def tries(what: str, *, seconds: int) -> int:
    """Count one more try in this stretch of time, anywhere in the installation. Returns how many it makes."""
    key = f"{what}:{int(timezone.now().timestamp()) // seconds}"
    cache = caches["shared"]
    cache.add(key, 0, seconds)
    try:
        counted: int = cache.incr(key)
    except ValueError:
        # Thrown out of a full cache between the two lines: begin again.
        cache.set(key, 1, seconds)
        counted = 1
    return counted
