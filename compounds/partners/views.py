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

from compounds.kernel.bodies import SMALL, give_back_connection
from compounds.kernel.errors import DomainError
from compounds.partners import clients, uploads
from compounds.partners.authentication import Partner
from compounds.partners.errors import Changed, ForPartnersOnly, MatchMissing, NoGrant, ScopeMissing
from compounds.partners.filtering import Documented, Filters
from compounds.partners.idempotency import Keyed
from compounds.partners.models import DEFAULT_RATE
from compounds.partners.problems import BodyTooLarge, LengthRequired
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, canonical
from compounds.registry import limits

# What is no larger was read before the view (``kernel.bodies``).
LARGEST_BODY = SMALL
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

    A request that changes something is one transaction: what is refused leaves nothing behind. It begins when the body
    is here, so that who sends slowly holds nothing.
    """

    # For each method the scope that a token needs (of several any one), and the action that a signed-in person's posts
    # must allow.
    scopes: ClassVar[dict[str, Scope | tuple[Scope, ...]]] = {}
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
    # What the services of each method raise, and what the door does: the document lists their codes (``refusals``).
    refusals: ClassVar[dict[str, tuple[type[DomainError], ...]]] = {}
    door_for_partners: ClassVar[tuple[type[DomainError], ...]] = (NoGrant,)
    door_for_people: ClassVar[tuple[type[DomainError], ...]] = ()
    door_for_people_who_write: ClassVar[tuple[type[DomainError], ...]] = ()

    partner: Partner | None = None
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
            response = self._changed(request, *args, **kwargs)
        if self.partner is not None:
            clients.seen(self.partner.client, now=timezone.now())
        return response

    def _changed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What the framework's own ``dispatch`` does, but for the transaction, which ends before a refusal is told."""
        self.args, self.kwargs, self.headers = args, kwargs, self.default_response_headers
        self.request = asked = self.initialize_request(request, *args, **kwargs)
        try:
            self.initial(asked, *args, **kwargs)
            self._read_body(asked)
            with transaction.atomic():
                return self._done(asked, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - what it does not know it raises again
            return self.finalize_response(asked, self.handle_exception(error), *args, **kwargs)

    def _done(self, asked: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it, and keep what is answered under its key. Raises whatever refuses it."""
        keyed = None
        if asked.method == "POST":
            keyed = Keyed(asked, owner=self.owner_key, schema_name=self.schema_name)
            if earlier := keyed.begin(timezone.now()):
                raise Replayed(earlier)
        method = str(asked.method).lower()
        known = method in self.http_method_names
        handler = getattr(self, method, self.http_method_not_allowed) if known else self.http_method_not_allowed
        response = self.finalize_response(asked, handler(asked, *args, **kwargs), *args, **kwargs)
        response.render()
        if keyed is not None:
            keyed.keep(response, timezone.now())
        return response

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
        self._recognise(request)
        self._count(request)
        self._let_in(request)

    def _recognise(self, request: Request) -> None:
        self.partner = request.auth if isinstance(request.auth, Partner) else None
        if self.partner is None and not request.user.is_authenticated:
            raise NotAuthenticated

    def _let_in(self, request: Request) -> None:
        if request.method not in self.allowed_methods:
            # Answered as such, once it is known that the one who asks may be here at all.
            self.let_anybody_in(request)
            return
        if self.partner is not None:
            wanted = scopes_of(self, _read_as_get(request))
            if wanted and not any(self.partner.has(scope) for scope in wanted):
                raise ScopeMissing(scope=" / ".join(wanted))
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

        Raises BodyTooLarge, LengthRequired before it is read.
        """
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            # Django reads as far as Content-Length says: nothing of what comes in pieces.
            raise LengthRequired
        length = request.META.get("CONTENT_LENGTH") or "0"
        takes_files = bool(self.largest_upload) and uploads.is_form(request)
        if not length.isdecimal() or int(length) > (self.largest_upload if takes_files else LARGEST_BODY):
            raise BodyTooLarge
        if takes_files:
            self._read_parts(request, many=int(length) > LARGEST_BODY)
        else:
            request.sent_body = request._request.body  # type: ignore[attr-defined]  # noqa: SLF001

    def _read_parts(self, request: Request, *, many: bool) -> None:
        """Not kept whole: its files are on disk. While many come in, which takes minutes, no connection is held, and
        what was taken away meanwhile is gone."""
        if many:
            give_back_connection()
        request.sent_body = uploads.fingerprint(cast("QueryDict", request.data))  # type: ignore[attr-defined]
        if many:
            again = self.initialize_request(request._request)  # noqa: SLF001
            self.perform_authentication(again)
            self._recognise(again)
            self._let_in(again)


def scopes_of(view: ApiView | type[ApiView], method: str) -> tuple[Scope, ...]:
    """Any one of these a token needs there; none where a token is enough."""
    wanted = view.scopes.get(method, ())
    return (wanted,) if isinstance(wanted, Scope) else wanted


def _read_as_get(request: Request) -> str:
    return "GET" if request.method in SAFE_METHODS else str(request.method)
