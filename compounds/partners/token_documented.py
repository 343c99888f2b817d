"""Where a token is got, for the district's document: the library's own view is none that drf-spectacular finds."""

from typing import Any

from compounds.partners.scopes import Scope

type Told = dict[str, Any]
PATH = "/api/v1/token/"
SCHEME = "client"
_FORM = "application/x-www-form-urlencoded"
_LASTS = 600
# By status and code of RFC 6749, section 5.2: what is so.
ERRORS: dict[tuple[int, str], str] = {
    (400, "unsupported_grant_type"): "grant_type is missing, is another than client_credentials, or no form was sent.",
    (400, "invalid_scope"): "A scope is asked for that the system has not.",
    (401, "invalid_client"): "Client id and secret are missing, wrong, called back, or of a system that is not in use.",
    (429, "slow_down"): "More than 120 requests, or 30 wrong ones, from one network address in a minute.",
}
_STATUSES = {
    400: "The request is not right.",
    401: "Nobody is known by this client id and secret.",
    429: "Too many requests: come again after Retry-After.",
}


def add(made: Told) -> None:
    """Write it into a document."""
    made["paths"] = {PATH: {"post": _operation()}, **made["paths"]}
    components = made["components"]
    components["schemas"] |= {"Token": _TOKEN, "TokenRefused": _REFUSED, "TokenRequest": _ASKED}
    components["securitySchemes"][SCHEME] = {
        "type": "http",
        "scheme": "basic",
        "description": "Client id and secret of the system, as the district's admin shows them.",
    }


_ASKED: Told = {
    "type": "object",
    "description": "Client id and secret stand in the header (HTTP Basic) or in the form. Other fields are ignored.",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "scope": {
            "type": "string",
            "description": "Scopes with spaces between; without it the token has all that the system has.",
            "examples": [f"{Scope.ISSUES_READ} {Scope.ISSUES_WRITE}"],
        },
        "client_id": {"type": "string"},
        "client_secret": {"type": "string"},
    },
}
_TOKEN: Told = {
    "type": "object",
    "required": ["access_token", "expires_in", "token_type", "scope"],
    "properties": {
        "access_token": {"type": "string"},
        "expires_in": {"type": "integer", "description": "Seconds."},
        "token_type": {"type": "string", "enum": ["Bearer"]},
        "scope": {"type": "string", "description": "What it is good for, with spaces between."},
    },
}
_REFUSED: Told = {
    "type": "object",
    "description": "A refusal as OAuth 2 has it (RFC 6749, section 5.2).",
    "required": ["error"],
    "properties": {
        "error": {"type": "string", "enum": sorted({error for _status, error in ERRORS})},
        "error_description": {"type": "string"},
    },
}


_AWAY: Told = {
    "description": "We are away for a moment: come again after Retry-After.",
    "headers": {"Retry-After": {"$ref": "#/components/headers/Retry-After"}},
    "content": {
        "application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "examples": {"unavailable": {"$ref": "#/components/examples/unavailable"}},
        }
    },
}


def _operation() -> Told:
    given = {"access_token": "iM0O2jLu9d4yQzZ7Cw6n", "expires_in": _LASTS, "token_type": "Bearer"}
    return {
        "operationId": "token",
        "summary": "Get a token",
        "description": (
            "OAuth 2 client credentials (RFC 6749, 4.4). A token lasts ten minutes; ask for the next one when a "
            "request is answered with 401. Good for both APIs, in the compounds that the system has a grant for."
        ),
        "tags": ["Token"],
        "security": [{SCHEME: []}, {}],
        "requestBody": {
            "required": True,
            "content": {_FORM: {"schema": {"$ref": "#/components/schemas/TokenRequest"}, "examples": _asked()}},
        },
        "responses": {
            "200": _answer("The token.", "Token", {"Example": given | {"scope": "issues:read issues:write"}})
            | {"headers": {"Cache-Control": {"schema": {"type": "string", "enum": ["no-store"]}}}},
            **{str(status): _refusals(status, said) for status, said in _STATUSES.items()},
            "503": _AWAY,
        },
    }


def _asked() -> Told:
    basic = {"grant_type": "client_credentials", "scope": "issues:read issues:write"}
    in_form = {"grant_type": "client_credentials", "client_id": "bXv3…", "client_secret": "Yx0k…"}
    return {
        "Basic": {"summary": "With HTTP Basic, for two scopes", "value": basic},
        "Form": {"summary": "With client id and secret in the form", "value": in_form},
    }


def _refusals(status: int, said: str) -> Told:
    mine = {error: {"error": error} for of, error in ERRORS if of == status}
    told = _answer(said, "TokenRefused", mine)
    for error, example in told["content"]["application/json"]["examples"].items():
        example["summary"] = ERRORS[status, error]
    if status == 429:
        told["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return told


def _answer(said: str, schema: str, examples: Told) -> Told:
    shown = {name: {"value": value} for name, value in examples.items()}
    told = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "examples": shown}
    return {"description": said, "content": {"application/json": told}}
