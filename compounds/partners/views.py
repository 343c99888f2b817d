"""What every view of the API does before and after its own few lines."""

from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, Throttled
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from compounds.partners import clients, uploads
from compounds.partners.authentication import Partner
from compounds.partners.errors import Changed, ForPartnersOnly, MatchMissing, ScopeMissing
from compounds.partners.filtering import Documented, Filters
from compounds.partners.idempotency import Keyed
from compounds.partners.models import DEFAULT_RATE
from compounds.partners.problems import BodyTooLarge, LengthRequired
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, canonical
from compounds.registry import limits

LARGEST_BODY = 256 * 1024
_MINUTE = 60
# Requests without a valid token from one network address in a minute.
MOST_STRANGERS = 120


class Replayed(Exception):
    """This request was answered before."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer


class JsonOnly(BaseContentNegotiation):
    """Answers are JSON, whatever the other side says that it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return DefaultContentNegotiation().select_parser(request, parsers)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Who asks, how often, with what right, with which key; then the method; then the answer's headers.

    A request that changes something is one transaction: what is refused leaves nothing behind.
    """

    # For each method the scope that a token needs, and the action that a signed-in person's posts must allow.
    scopes: ClassVar[dict[str, Scope]] = {}
    actions: ClassVar[dict[str, str]] = {}
    http_method_names = ["get", "head", "post", "patch"]
    content_negotiation_class = JsonOnly
    # The methods that change what is there: they name its version in If-Match.
    needs_match: ClassVar[frozenset[str]] = frozenset({"PATCH"})
    # How large a body with files may be, where the view takes one (``PartsParser`` among its parsers).
    largest_upload: ClassVar[int] = 0
    # What a list takes behind the question mark: the shape of its pages, and its filters.
    query_shape: ClassVar[type[Shape] | None] = None
    filterset_class: ClassVar[type[Filters] | None] = None
    filter_backends = [Documented]
    # Only a partner's system comes here: a person has the pages.
    partners_only = False

    partner: Partner | None = None
    keyed: Keyed | None = None
    rate: tuple[int, int, int] | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view = super().as_view(**initkwargs)
        # The pages' own door sends who is not signed in to a form; this one answers with a problem.
        view.own_door = True  # type: ignore[attr-defined]
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE_METHODS:
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = self._in_one_transaction(request, *args, **kwargs)
        if self.partner is not None:
            clients.seen(self.partner.client, now=timezone.now())
        return response

    def _in_one_transaction(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif self.keyed is not None and isinstance(response, HttpResponse):
                self.keyed.keep(response, timezone.now())
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self._read_body(request)
        if request.method == "POST":
            keyed = Keyed(request, owner=self.owner_key, schema_name=self.schema_name)
            if earlier := keyed.begin(timezone.now()):
                raise Replayed(earlier)
            self.keyed = keyed

    @property
    def owner_key(self) -> str:
        return self.partner.client.owner_key if self.partner else f"user:{self.request.user.pk}"

    @property
    def schema_name(self) -> str:
        """The compound that the request works in; empty in public."""
        return ""

    def perform_authentication(self, request: Request) -> None:
        """Who asks. A token that is none, or no token at all, is counted by the address that it comes from."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self._count_stranger(request)
            raise
        if request.auth is None and not request.user.is_authenticated:
            self._count_stranger(request)

    def _count_stranger(self, request: Request) -> None:
        if limits.tries(f"api-stranger:{limits.address_of(request)}", seconds=_MINUTE) > MOST_STRANGERS:
            raise Throttled(wait=_MINUTE)

    def check_permissions(self, request: Request) -> None:
        """The door: a partner's token needs its scope, a person's posts the action; then where they may."""
        self.partner = request.auth if isinstance(request.auth, Partner) else None
        if self.partner is None and not request.user.is_authenticated:
            raise NotAuthenticated
        self._count(request)
        if request.method not in self.allowed_methods:
            # Answered as such, once it is known that the one who asks may be here at all.
            self.let_anybody_in(request)
            return
        if self.partner is not None:
            scope = self.scopes.get(_read_as_get(request))
            if scope is not None and not self.partner.has(scope):
                raise ScopeMissing(scope=scope.value)
        elif self.partners_only:
            raise ForPartnersOnly
        self.let_anybody_in(request)

    def let_anybody_in(self, request: Request) -> None:
        if self.partner is not None:
            self.let_partner_in(request, self.partner)
        else:
            self.let_user_in(request)

    def let_partner_in(self, request: Request, partner: Partner) -> None:
        """Whether its grants reach here. Raises NoGrant."""
        raise NotImplementedError

    def let_user_in(self, request: Request) -> None:
        """Whether who is signed in may be here. Raises a DomainError."""
        raise NotImplementedError

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Replayed):
            return exc.answer  # type: ignore[return-value]
        self.keyed = None
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        if self.rate is not None:
            most, left, resets = self.rate
            response.headers["RateLimit-Policy"] = f'"minute";q={most};w={_MINUTE}'
            response.headers["RateLimit"] = f'"minute";r={left};t={resets}'
        return response

    def etag(self, shown: Any) -> str:
        """The version of what is shown: the same for the same content."""
        return f'"{sha256(canonical(shown)).hexdigest()[:32]}"'

    def one(self, shown: Any, *, status: int = 200, **headers: str) -> Response:
        """One thing with its version."""
        return Response(shown, status=status, headers={"ETag": self.etag(shown), **headers})

    def require_match(self, request: Request, etag: str) -> None:
        """Raise MatchMissing, or Changed unless If-Match names this version."""
        named = request.headers.get("If-Match")
        if named is None:
            raise MatchMissing
        if named.strip() != "*" and etag not in {one.strip() for one in named.split(",")}:
            raise Changed

    def _count(self, request: Request) -> None:
        """How many requests of this minute are left. Raises Throttled."""
        most = self.partner.client.per_minute if self.partner else DEFAULT_RATE
        made = limits.tries(f"api:{self.owner_key}", seconds=_MINUTE)
        resets = _MINUTE - int(timezone.now().timestamp()) % _MINUTE
        self.rate = (most, max(0, most - made), resets)
        if made > most:
            raise Throttled(wait=timedelta(seconds=resets).total_seconds())

    def _read_body(self, request: Request) -> None:
        """Keep the body as it came, of one with files its parts' digest.

        Raises BodyTooLarge, LengthRequired before it is read. Of a request that only reads no body is looked at.
        """
        if request.method in SAFE_METHODS:
            request.sent_body = b""  # type: ignore[attr-defined]
            return
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            # Django reads as far as Content-Length says: nothing of what comes in pieces.
            raise LengthRequired
        length = request.META.get("CONTENT_LENGTH") or "0"
        takes_files = bool(self.largest_upload) and uploads.is_form(request)
        if not length.isdecimal() or int(length) > (self.largest_upload if takes_files else LARGEST_BODY):
            raise BodyTooLarge
        if takes_files:
            # Not kept whole: its files are on disk.
            request.sent_body = uploads.fingerprint(cast("QueryDict", request.data))  # type: ignore[attr-defined]
            return
        request.sent_body = request._request.body  # type: ignore[attr-defined]  # noqa: SLF001


def _read_as_get(request: Request) -> str:
    return "GET" if request.method in SAFE_METHODS else str(request.method)
