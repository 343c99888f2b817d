"""The help's pages. Everybody may read all of them; a link leads only where this reader may go."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, get_script_prefix, resolve, reverse
from django.views.decorators.http import require_safe

from compounds.organisation.door import open_to_all
from compounds.organisation.policies import allows
from compounds.registry.models import Compound
from handbook.roles import BY_SLUG, PAGES, outside, pages_of
from handbook.roles.page import Answer, Line, Page
from handbook.words import CHAPTERS


@dataclass(frozen=True)
class Shown:
    """A line of the help with its address for this reader; empty where they may not go."""

    line: Line | Answer
    url: str


@require_safe
@open_to_all
def own_page(request: HttpRequest) -> HttpResponse:
    """The page of one's own role. Outside of all compounds a member is led to the help of theirs."""
    if request.compound is None and request.user.is_authenticated and not request.user.is_staff:
        compound = Compound.objects.entered_by(request.user).order_by("pk").first()
        if compound:
            return redirect(f"{compound.url}help/")
    return _page(request, _own(request)[0])


@require_safe
@open_to_all
def role_page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in BY_SLUG:
        raise Http404
    return _page(request, BY_SLUG[slug])


@require_safe
@open_to_all
def words(request: HttpRequest) -> HttpResponse:
    return render(request, "handbook/words.html", {"chapters": CHAPTERS})


def _page(request: HttpRequest, page: Page) -> HttpResponse:
    context = {
        "page": page,
        "pages": PAGES,
        "own": page in _own(request) and request.user.is_authenticated,
        "monday": [Shown(line, _url(request, line.to)) for line in page.monday],
        "week": [Shown(line, _url(request, line.to)) for line in page.week],
        "asked": [Shown(answer, _url(request, answer.to)) for answer in page.asked],
    }
    return render(request, "handbook/help.html", context)


def _own(request: HttpRequest) -> list[Page]:
    if request.person is not None:
        return pages_of(request.person) or [outside.RESIDENT]
    return [outside.DISTRICT] if request.user.is_staff else [outside.RESIDENT]


def _url(request: HttpRequest, to: str) -> str:
    """Where the line leads, if it is there and this reader may open it."""
    if to.startswith("/"):
        return to if request.user.is_staff else ""
    try:
        url = reverse(to)
    except NoReverseMatch:
        return ""
    view = resolve("/" + url.removeprefix(get_script_prefix())).func
    return url if _opens(request, view) else ""


def _opens(request: HttpRequest, view: Any) -> bool:
    if request.person is None:
        return getattr(view, "open_to_all", False)
    action = getattr(view, "action", None)
    return action is None or allows(action, request.person)
