"""The code by which somebody shows that an address is theirs, and what is kept of an address that they have shown.

Neither stands in the database: both follow from the secret key.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from notices.models import Outlet


def code_of(outlet: Outlet) -> str:
    """Six digits, from the nonce that was drawn for this try."""
    drawn = salted_hmac("notices.delivering.code", f"{outlet.pk} {outlet.nonce}", algorithm="sha256").digest()
    return f"{int.from_bytes(drawn[:8]) % 1_000_000:06d}"


def hash_of(address: str) -> str:
    return salted_hmac("notices.delivering.address", address, algorithm="sha256").hexdigest()


def is_verified(outlet: Outlet, address: str) -> bool:
    """Whether this very address was shown to be theirs; one that was changed since was not."""
    return bool(outlet.verified_hash) and constant_time_compare(outlet.verified_hash, hash_of(address))
