"""The one header of safety that Django does not set: what of the device a page of ours may use."""

from django.http import HttpRequest, HttpResponse

from compounds.kernel.errors import GetResponse

# A page asks for photos through the file chooser, which needs none of these; whatever is slipped in gets none.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi "
    "payment screen-wake-lock serial usb xr-spatial-tracking".split()
)


class PermissionsMiddleware:
    """Say on every answer that it uses nothing of the device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
