"""In the whole test suite no operation of the API answers a code that its document does not list."""

from django.http import HttpRequest, HttpResponse

from compounds.kernel.errors import GetResponse
from compounds.partners.problems import PROBLEM
from compounds.partners.refusals import refusals_of
from compounds.partners.views import ApiView


class OnlyDocumentedMiddleware:
    """The innermost of all, in tests only: what is not documented breaks the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        view = getattr(getattr(request.resolver_match, "func", None), "cls", None)
        if response.headers.get("Content-Type") == PROBLEM and view is not None and issubclass(view, ApiView):
            told, method = response.data, "GET" if request.method == "HEAD" else request.method
            # A method that the address does not take is no operation of its.
            known = {(one.status, one.code) for one in refusals_of(view, method)}
            assert not hasattr(view, method.lower()) or (told["status"], told["code"]) in known, (
                f"{method} {request.path} answers {told['code']}, which its document does not list"
            )
        return response
