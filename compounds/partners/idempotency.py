"""The same POST sent twice is done once: the first answer is kept for a day and given again, byte for byte.

The kept answer is written in the transaction of what it answers, so neither can be there without the other. Who runs
with a key holds an advisory lock on it until that transaction ends; a second request does not wait for it but is told
to come back. Only what succeeded is kept: a refusal has changed nothing, and may be tried again with the same key.
"""

import hashlib
from datetime import datetime

from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from compounds.partners.errors import KeyInUse, KeyInvalid, KeyMissing, KeyReused
from compounds.partners.models import ANSWERS_KEPT, KeptAnswer

_LONGEST = 255
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Content-Language")


class Keyed:
    """One request with its key. Begin inside the transaction that does the work."""

    def __init__(self, request: Request, *, owner: str, schema_name: str) -> None:
        self.owner, self.schema_name = owner, schema_name
        self.key = _key(request)
        self.fingerprint = _fingerprint(request)

    def begin(self, now: datetime) -> HttpResponse | None:
        """The earlier answer, if there is one. Raises KeyInUse, KeyReused."""
        kept = self._rows()
        # Asked for at once: what was committed just before the lock was got may be missed here, and is met by ``keep``.
        sql, parameters = kept.values("fingerprint", "created_at").query.sql_with_params()
        with connection.cursor() as cursor:
            lock = "SELECT locked, kept.* FROM pg_try_advisory_xact_lock(%s) AS locked"
            asked = " ".join([lock, "LEFT JOIN (", sql, ") AS kept ON true"])
            cursor.execute(asked, [self._lock(), *parameters])
            locked, fingerprint, made_at = cursor.fetchone()
        if not locked:
            raise KeyInUse
        if fingerprint is None:
            return None
        if now - made_at > ANSWERS_KEPT:
            kept.delete()
            return None
        if fingerprint != self.fingerprint:
            raise KeyReused
        row = kept.get()
        answer = HttpResponse(bytes(row.body), status=row.status, headers=row.headers)
        answer.headers["Idempotent-Replayed"] = "true"
        return answer

    def keep(self, response: HttpResponse, now: datetime) -> None:
        """Keep what was answered, in the transaction that did it.

        Raises KeyInUse where the first request ended while this one began; nothing of this one may stay then.
        """
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        row = KeptAnswer(
            owner=self.owner,
            schema_name=self.schema_name,
            key=self.key,
            fingerprint=self.fingerprint,
            status=response.status_code,
            headers=headers,
            body=response.content,
            created_at=now,
        )
        try:
            row.save(force_insert=True)
        except IntegrityError as error:
            raise KeyInUse from error

    def _rows(self) -> QuerySet[KeptAnswer]:
        return KeptAnswer.objects.filter(owner=self.owner, schema_name=self.schema_name, key=self.key)

    def _lock(self) -> int:
        said = "\n".join([self.owner, self.schema_name, self.key]).encode()
        return int.from_bytes(hashlib.sha256(said).digest()[:8], signed=True)


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        raise KeyMissing
    if not key or len(key) > _LONGEST or not (key.isascii() and key.isprintable()):
        raise KeyInvalid
    return key


def _fingerprint(request: Request) -> str:
    """Of method, address and body: the request as it was meant, whatever its headers."""
    digest = hashlib.sha256()
    for part in (request.method or "", request.get_full_path(), request.content_type.split(";")[0]):
        digest.update(part.encode() + b"\0")
    # Kept by the view, which looked at its length first.
    digest.update(request.sent_body)  # type: ignore[attr-defined]
    return digest.hexdigest()


def forget_old(now: datetime) -> int:
    """What was kept for longer than a day. Returns how many."""
    deleted, _by_model = KeptAnswer.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()
    return deleted
