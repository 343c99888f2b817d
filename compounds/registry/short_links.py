"""Short public addresses for printing: a QR code carries ``/q/<code>``, never a compound's address in words."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe

from compounds.kernel import elder
from compounds.registry.context import current_schema
from compounds.registry.models import Compound, CompoundState, ShortLink

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 7


def path_to(url_name: str, *args: object) -> str:
    """The path of a page below its compound's mount, as short links keep it."""
    return reverse(url_name, urlconf=settings.COMPOUND_URLCONF, args=args).removeprefix(get_script_prefix())


def make(paths: list[str]) -> dict[str, ShortLink]:
    """The short links of these pages of the compound one stands in; those that are missing are made."""
    compound = Compound.objects.get(schema_name=current_schema())
    there = set(of(paths))
    ShortLink.objects.bulk_create(
        [ShortLink(code=_new_code(), compound=compound, path=path) for path in paths if path not in there],
        ignore_conflicts=True,
    )
    return of(paths)


def of(paths: list[str]) -> dict[str, ShortLink]:
    """The short links that these pages of the compound one stands in have, by path."""
    schema_name = current_schema()
    found = ShortLink.objects.filter(compound__schema_name=schema_name, path__in=paths)
    return {link.path: link for link in found}


def short_path(link: ShortLink) -> str:
    """Where ``follow`` answers."""
    return f"/q/{link.code}"


def for_paper(address: str) -> str:
    """A short address as the code on a sheet at a door carries it: it leads to the page in large letters."""
    return f"{address}?elder=1"


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """To the page behind a code. What is unknown, or in a compound that is not open, is a 404."""
    if not code.isascii() or not code.isalnum():
        raise Http404
    link = (
        ShortLink.objects.select_related("compound")
        .filter(code=code.lower(), compound__state=CompoundState.READY)
        .first()
    )
    if link is None:
        raise Http404
    return redirect(link.compound.url + _in_large_letters(request, link.path))


def _in_large_letters(request: HttpRequest, path: str) -> str:
    """A sheet's code asks for large letters; who has chosen otherwise on this phone keeps their choice."""
    if not elder.asked(request) or elder.remembered(request) is not None:
        return path
    return f"{path}{'&' if '?' in path else '?'}elder=1"


def _new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
