"""The API's documents: what drf-spectacular finds, and what every address has besides."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from compounds.partners import links, token_documented
from compounds.partners.hooks.documented import webhooks
from compounds.partners.paging import FollowQuery, PageQuery
from compounds.partners.problems import PROBLEM
from compounds.partners.refusals import refusals_of
from compounds.partners.shapes import Shape
from compounds.partners.views import ApiView, scopes_of

_HEADER: Literal["header"] = "header"
_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    _HEADER,
    required=True,
    description="New for each thing that is to be done. The same key and body again: the same answer, for 24 hours.",
)
_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "minLength": 1, "pattern": "^[!-~]+$"},
    _HEADER,
    required=True,
    description="The ETag of the version that is changed.",
)


class FieldError(serializers.Serializer[Any]):
    """One thing that is not right, and where."""

    pointer = serializers.CharField(required=False, help_text="A JSON pointer (RFC 6901) into the body.")
    parameter = serializers.CharField(required=False, help_text="The name of a parameter.")
    detail = serializers.CharField()
    code = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """A refusal (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="In the language of Accept-Language: zh or en.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; programs decide by it.")
    detail = serializers.CharField(required=False)
    hint = serializers.CharField(required=False, help_text="What to do next.")
    errors = FieldError(many=True, required=False)  # type: ignore[assignment] # a field, as the RFC has its name


# By status what is refused with it; the codes stand in the examples.
_REFUSED = {
    400: "The request cannot be read: broken JSON, a parameter, a cursor, the key.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "No grant, no scope, no post: not for the one who asks.",
    404: "There is nothing here, or nothing that the one who asks may see.",
    409: "A rule of the house forbids it, or the first request with this key still runs.",
    411: "Content-Length is missing: the body comes in pieces.",
    412: "If-Match names another version.",
    413: "More than 256 KiB; with photos, more than 91 MB.",
    415: "The body is application/json in UTF-8, where photos are taken multipart/form-data too.",
    422: "Fields are wrong, or the key was used for something else.",
    428: "A change names in If-Match what it changes.",
    429: "More requests in this minute than are granted; come again after Retry-After.",
    500: "A fault of ours. Nothing was changed.",
    503: (
        "Held by another request, or the database, or what counts requests, is away. Nothing was changed: send it "
        "again after Retry-After."
    ),
}
_LINK = OpenApiParameter(
    "Link", str, _HEADER, response=[200], description='The address of the following page, rel="next" (RFC 8288).'
)
_ETAG = OpenApiParameter("ETag", str, _HEADER, response=True, description="The version; name it in If-Match.")


class DocumentedView(AutoSchema):  # type: ignore[misc]
    """Adds to each address what holds for all: refusals, keys, versions, limits."""

    def get_override_parameters(self) -> list[Any]:
        found = list(super().get_override_parameters())
        if self.method == "POST" and getattr(self.view, "takes_key", True):
            found.append(_KEY)
        if self._changes:
            found.append(_MATCH)
        shape = getattr(self.view, "query_shape", None)
        if self.method == "GET" and shape is not None:
            found += [shape, _LINK] if issubclass(shape, PageQuery | FollowQuery) else [shape]
        if getattr(self.view, "has_etag", False):
            found.append(_ETAG)
        return found

    @property
    def _changes(self) -> bool:
        return self.method in getattr(self.view, "needs_match", ())

    @property
    def _ours(self) -> ApiView:
        return cast("ApiView", self.view)

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for one in refusals_of(self._ours, self.method):
            if str(one.status) not in bodies:
                said = OpenApiResponse(Problem, _REFUSED[one.status])
                bodies[str(one.status)] = self._get_response_for_code(said, str(one.status), [PROBLEM], direction)
            told = bodies[str(one.status)]["content"][PROBLEM]
            told.setdefault("examples", {})[one.code] = {"value": one.example}
        return dict(sorted(bodies.items()))

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with its scope, of several with any one, or a session; both are written down by the ordinary way."""
        super().get_auth()
        wanted = scopes_of(self._ours, self.method)
        ways: list[dict[str, list[str]]] = [{"partner": [scope.value]} for scope in wanted] or [{"partner": []}]
        return ways if getattr(self.view, "partners_only", False) else [*ways, {"session": []}]

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", "API")]


def document(urlconf: str, *, title: str, description: str, servers: list[dict[str, Any]]) -> dict[str, Any]:
    """One of the two documents, as plain data."""
    generator = SchemaGenerator(urlconf=urlconf, api_version="1")  # type: ignore[no-untyped-call]
    made: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    made["info"] = {"title": title, "version": "1", "description": description, "license": {"name": "Apache-2.0"}}
    made["servers"] = servers
    _close(made)
    _bound(made)
    _tell_headers(made)
    links.add(made)
    _share_examples(made)
    schemas = made["components"]["schemas"]
    if "EventOut" in schemas:
        # The district's: where a token is got, and what webhooks bring.
        token_documented.add(made)
        made["webhooks"] = webhooks(schemas)
    # In the order in which they are read: webhooks last.
    made["tags"] = [{"name": name} for name in _tags(made)]
    return made


def _tags(made: dict[str, Any]) -> list[str]:
    told = [one for methods in made["paths"].values() for one in methods.values()]
    told += [one for methods in made.get("webhooks", {}).values() for one in methods.values()]
    found = {tag for one in told for tag in one["tags"]}
    return sorted(found, key=lambda tag: (tag != "Token", tag == "Webhooks", tag))


def _share_examples(made: dict[str, Any]) -> None:
    """The same refusal stands in many places: once in the components, named by its code."""
    shared: dict[str, Any] = {}
    for methods in made["paths"].values():
        for told in methods.values():
            for status, answer in told["responses"].items():
                examples = answer.get("content", {}).get(PROBLEM, {}).get("examples", {})
                for code, example in examples.items():
                    # `invalid` is of parameters or of fields.
                    name = code if shared.setdefault(code, example) == example else f"{code}_{status}"
                    shared[name] = example
                    examples[code] = {"$ref": f"#/components/examples/{name}"}
    made["components"]["examples"] = dict(sorted(shared.items()))


def _bound(made: dict[str, Any]) -> None:
    """Addresses take no negative numbers; the document says so too."""
    for methods in made["paths"].values():
        for told in methods.values():
            for parameter in told.get("parameters", []):
                if parameter["in"] == "path" and parameter["schema"].get("type") == "integer":
                    parameter["schema"]["minimum"] = 0


def _tell_headers(made: dict[str, Any]) -> None:
    """How many requests are left, with each answer that is none of a refusal; when to come again, with those that say
    so."""
    made["components"]["headers"] = _HEADERS
    for methods in made["paths"].values():
        for told in methods.values():
            for status, answer in told["responses"].items():
                named = ("RateLimit", "RateLimit-Policy") if status < "400" else ("Retry-After",)
                if status < "400" or status in {"429", "503"}:
                    answer["headers"] = answer.get("headers", {}) | {
                        name: {"$ref": f"#/components/headers/{name}"} for name in named
                    }


_HEADERS = {
    "RateLimit": {
        "description": "How many requests of this minute are left, and how many seconds of it.",
        "schema": {"type": "string", "pattern": '^"minute";r=[0-9]+;t=[0-9]+$'},
        "example": '"minute";r=583;t=41',
    },
    "RateLimit-Policy": {
        "description": "How many requests a minute the system is granted.",
        "schema": {"type": "string", "pattern": '^"minute";q=[0-9]+;w=60$'},
        "example": '"minute";q=600;w=60',
    },
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}, "example": 2},
}


def _close(made: dict[str, Any]) -> None:
    """Bodies take no field that they do not name; the shapes say so, and so does the document."""
    for name, shape in made["components"]["schemas"].items():
        if name in _CLOSED and shape.get("type") == "object":
            shape["additionalProperties"] = False


_CLOSED: set[str] = set()


def closed[S: type[Shape]](shape: S) -> S:
    """Mark a body's shape, so that its schema in the document is closed."""
    _CLOSED.update({shape.__name__, f"{shape.__name__}Request", f"Patched{shape.__name__}Request"})
    return shape


@dataclass(frozen=True)
class Document:
    """One of the two documents."""

    name: str
    title: str
    description: str
    urlconf: str
    servers: list[dict[str, Any]]

    def made(self) -> dict[str, Any]:
        """In English, whoever asks: it is compared with the one that is checked in."""
        with translation.override("en"):
            return document(self.urlconf, title=self.title, description=self.description, servers=self.servers)


_HOW = (
    "Get a token from `/api/v1/token/` (OAuth 2 client credentials) and send it as `Authorization: Bearer …`. "
    "Refusals are `application/problem+json`; decide by `code`. Lists are cut by cursor: follow `Link`. "
    "Send an `Idempotency-Key` with each POST, and `If-Match` with each PATCH."
)


def documents() -> dict[str, Document]:
    """By name."""
    district = Document(
        "district",
        "Linjuli: the district's API",
        f"Compounds, their figures, and what is overdue. {_HOW}",
        settings.ROOT_URLCONF,
        [{"url": "/"}],
    )
    compound = Document(
        "compound",
        "Linjuli: a compound's API",
        f"Matters and the five steps they go through. A token needs a grant for the compound. {_HOW}",
        settings.COMPOUND_URLCONF,
        [{"url": "/c/{compound}", "variables": {"compound": {"default": "xijun", "description": "The compound."}}}],
    )
    return {one.name: one for one in (district, compound)}
