"""Who stands at a compound's door: nobody, a member, somebody of the district, or a member of another compound."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError, GetResponse, NotAllowed, answer
from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from compounds.registry.models import Membership, Staff, StaffEntry

_READS = ("GET", "HEAD", "OPTIONS")


class NotYourCompound(DomainError):
    """The login has no membership here; the page says nothing of what is inside."""

    code = "not_your_compound"
    status = 403
    title = _("You have no post in this compound")
    message = _("Its pages are for the people who serve there.")
    hint = _("If you should have one, ask that compound's branch to appoint you.")


class NoPostToday(NotYourCompound):
    """A member whose last term has ended."""

    code = "no_post_today"
    title = _("Your term here has ended")
    message = _("You hold no post in this compound today.")


class OfficeReadsHere(NotAllowed):
    """Staff of the district have no Person in a compound: there they change nothing, at either level."""

    code = "office_reads_here"
    message = _("Staff of the district read a compound's pages and change nothing on them.")
    hint = _("What an office does for a compound is done from the district's pages.")


def open_to_all[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a compound's view as one for everybody, without login."""
    view.open_to_all = True
    return view


class PersonMiddleware:
    """Sets ``request.person`` (who the login is here; None for staff and outside a compound) or refuses.

    Each page that staff read is kept as a look into the compound.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = None
        request.looks_in = False
        response = self.get_response(request)
        if request.looks_in and not _belongs_to_a_page(request, response):
            StaffEntry.objects.create(user=request.user, compound=request.compound, path=request.path_info[:200])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.compound is None or getattr(view, "own_door", False):
            return None
        open_to_all = getattr(view, "open_to_all", False)
        if not request.user.is_authenticated:
            return None if open_to_all else redirect_to_login(request.get_full_path())
        try:
            let_in(request, open_to_all=open_to_all)
        except DomainError as error:
            # What is raised before a view does not reach process_exception.
            return answer(request, error)
        return None


def let_in(request: HttpRequest, *, open_to_all: bool) -> None:
    """Set ``request.person`` for a login, or have it read as staff of the district.

    Raises NoPostToday, NotYourCompound, OfficeReadsHere; nothing where the view is for everybody.
    """
    request.person = _person_of(request)
    if request.person is None and not open_to_all:
        _let_staff_read(request)


def _person_of(request: HttpRequest) -> Person | None:
    """The member, if the login is one and holds a post today."""
    if not Membership.objects.filter(user=request.user, compound=request.compound).exists():
        return None
    person = Person.objects.filter(user_id=request.user.pk).first()
    return person if person and person.serving else None


def _let_staff_read(request: HttpRequest) -> None:
    if Membership.objects.filter(user=request.user, compound=request.compound).exists():
        raise NoPostToday
    if not Staff.objects.filter(user=request.user).over(request.compound).exists():
        raise NotYourCompound
    if request.method not in _READS:
        raise OfficeReadsHere(actions=[(_("To the district's pages"), "/admin/")])
    request.looks_in = True


def _belongs_to_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a browser fetched this picture for a page that it shows: the page is kept, once."""
    fetched_for = request.headers.get("Sec-Fetch-Dest")
    return fetched_for == "image" and response.headers.get("Content-Type", "").startswith("image/")


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: who the login is here, and what they may do: ``{% if may.issue__record %}``."""
    person = getattr(request, "person", None)
    return {"person": person, "may": Allowed(person)}


class Allowed:
    """Answers for one person whether an action is theirs; the dot of its name is written as two underscores."""

    def __init__(self, person: Person | None) -> None:
        self.person = person

    def __getitem__(self, action: str) -> bool:
        return allows(action.replace("__", "."), self.person)
