"""Where a partner's system gets its token: OAuth 2 client credentials (RFC 6749, 4.4), errors as that text has them."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import TokenView

from compounds.registry import limits

# Wrong secrets from one address in a minute; a secret has 256 random bits, so this only keeps the noise down.
MOST_FAILURES = 30
# Requests of any kind: many partners may come through one address, and a token lasts ten minutes.
MOST_REQUESTS = 120
_MINUTE = 60


class Token(TokenView):
    """POST with ``grant_type=client_credentials``, and client id and secret by HTTP Basic (or in the form)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = limits.address_of(request)
        if limits.tries(f"tokens:{address}", seconds=_MINUTE) > MOST_REQUESTS:
            return _slow_down()
        if request.POST.get("grant_type") != "client_credentials":
            return _refused("unsupported_grant_type", 400)
        response: HttpResponse = super().post(request, *args, **kwargs)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            # The way in which a client says who it is (RFC 6749, 5.2); the library names that of the API.
            response.headers["WWW-Authenticate"] = 'Basic realm="token"'
        if response.status_code >= 400:
            failed = limits.tries(f"token:{address}", seconds=_MINUTE)
            if failed > MOST_FAILURES:
                return _slow_down()
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As every refusal here it is JSON, and no page to which a browser would be sent on."""
        return _refused("invalid_request", 405, Allow="POST")


def _slow_down() -> JsonResponse:
    return _refused("slow_down", 429, **{"Retry-After": str(_MINUTE)})


def _refused(error: str, status: int, **headers: str) -> JsonResponse:
    return JsonResponse({"error": error}, status=status, headers={"Cache-Control": "no-store", **headers})
