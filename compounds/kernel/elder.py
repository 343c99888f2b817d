"""Elder mode: larger letters, more contrast, fewer choices; one switch for every page, remembered without a login.

What counts, first to last: ``?elder=1`` or ``0`` in the address (a QR code's), what was chosen on this device before,
and what the page begins with. The page is the same for both: one attribute on ``html`` makes the difference. So the
switch works in place where there is script, and by a plain link where there is none.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from compounds.kernel.errors import GetResponse

COOKIE = "elder"
_YEAR = 365 * 24 * 3600
_CHOICES = {"1": True, "0": False}


def is_on(request: HttpRequest) -> bool:
    """Whether this page is shown in elder mode."""
    request.elder_was_asked = True
    begins_so: bool = getattr(request, "elder_first", False)
    for chosen in (asked(request), remembered(request)):
        if chosen is not None:
            return chosen
    return begins_so


def asked(request: HttpRequest) -> bool | None:
    """What the address asks for; None where it says nothing."""
    return _CHOICES.get(request.GET.get("elder", ""))


def remembered(request: HttpRequest) -> bool | None:
    """What was chosen on this device; None where nothing was."""
    return _CHOICES.get(request.COOKIES.get(COOKIE, ""))


def begin_large(request: HttpRequest) -> None:
    """For a page that residents reach by a code or a link of their own: large unless they chose otherwise."""
    request.elder_first = True


class ElderMiddleware:
    """Remembers what the address asked for. Who began with a large page goes on in large letters for this visit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "elder_was_asked", False):
            patch_vary_headers(response, ["Cookie"])
        chosen = asked(request)
        if chosen is not None:
            _remember(request, response, "1" if chosen else "0", seconds=_YEAR)
        elif _began_large(request):
            _remember(request, response, "1", seconds=None)
        return response


def _began_large(request: HttpRequest) -> bool:
    nobody = not getattr(request, "user", None) or not request.user.is_authenticated
    return getattr(request, "elder_first", False) and nobody and remembered(request) is None


def _remember(request: HttpRequest, response: HttpResponse, value: str, *, seconds: int | None) -> None:
    # Not HttpOnly: the switch in the page writes it too.
    response.set_cookie(COOKIE, value, max_age=seconds, secure=request.is_secure(), samesite="Lax")
