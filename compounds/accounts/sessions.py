"""Members' devices stay signed in for 90 days; district staff are signed out after half an hour without a request."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from compounds.kernel.errors import GetResponse

_SEEN = "staff_seen"
# A row is written at most once a minute, not on each request.
_WRITE_EVERY = 60


class StaffIdleMiddleware:
    """Sign a staff account out once it has been idle for STAFF_IDLE_SECONDS."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_staff:
            now = int(time.time())
            seen = request.session.get(_SEEN, now)
            if now - seen > settings.STAFF_IDLE_SECONDS:
                logout(request)
            elif now - seen > _WRITE_EVERY or _SEEN not in request.session:
                request.session[_SEEN] = now
        return self.get_response(request)
