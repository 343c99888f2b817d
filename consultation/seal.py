"""Sealing the counts of an open scoring, so that no dump, backup or log of the database tells what they are.

A tally that grows by one tells what the last scorer gave to everybody who can look twice: at two nightly backups, at
the archive of the write-ahead log, at row versions that were not vacuumed yet; and while only one has scored, to
anybody who looks once. So what is kept of a count is ``(count + mask) mod 2^62``, with a mask made from the
installation's secret key and a nonce that is new at each writing (docs/adr/0020). With it every number changes at every
submission.
"""

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.utils.crypto import salted_hmac

_SIZE = 1 << 62

type Mask = Callable[[int, int], int]


def masks(nonce: str, *, where: str) -> list[Mask]:
    """One function per known key, today's first: it gives the mask of a subject's value. ``where`` names the round."""
    return [_mask(nonce, where, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def sealed(count: int, mask: int) -> int:
    return (count + mask) % _SIZE


def opened(kept: int, mask: int) -> int:
    """The count; with a wrong mask some number that no count has."""
    return (kept - mask) % _SIZE


def _mask(nonce: str, where: str, secret: str) -> Mask:
    # One key for each writing, from which the masks of its hundred tallies come at little cost.
    key = salted_hmac("consultation.scoring", f"{where}:{nonce}", secret=secret, algorithm="sha256").digest()

    def mask(subject: int, value: int) -> int:
        digest = blake2b(f"{subject}:{value}".encode(), key=key, digest_size=8).digest()
        return int.from_bytes(digest) % _SIZE

    return mask
