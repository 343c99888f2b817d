"""The QR code of an invitation link, drawn into the page itself: no picture of it is ever fetched or kept."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(link: str) -> SafeString:
    """An inline SVG without style attributes (the pages' CSP forbids them), readable when printed small."""
    drawn: str = segno.make(link, error="m").svg_inline(omitsize=True, border=2)
    # The drawing is made of numbers only; the link is in it as squares, not as text.
    return mark_safe(drawn)  # noqa: S308


def qr_file(link: str) -> str:
    """The code as an SVG file of its own, for what is set on paper or as a picture."""
    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="svg", xmldecl=False, border=1)
    return drawn.getvalue().decode()
