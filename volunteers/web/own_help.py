"""One's own page as a volunteer: what one is asked, what one has agreed to, hours and honours, skills, consent.

With a login it is found in the menu. Most volunteers have no account: they come by a personal link, on which looking
changes nothing, and where another's door is shown only after the last digits of one's own phone.
"""

import hmac
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.organisation.models import Person
from compounds.organisation.policies import may
from compounds.registry import limits
from volunteers import policies
from volunteers.errors.helping import OfferGone
from volunteers.errors.volunteers import HelperLinkGone, TooManyHelperTries
from volunteers.forms.helping import DigitsForm, DoneForm
from volunteers.forms.volunteers import MyOwnForm
from volunteers.help_words import reasons
from volunteers.models import HelpOffer, Volunteer
from volunteers.selectors import volunteers as found
from volunteers.services import helping
from volunteers.services import volunteers as entries

TRIES_AN_HOUR, DIGITS_AN_HOUR = 60, 10
_DIGITS = 4


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.VOLUNTEER_OWN)
def own_help(request: HttpRequest) -> HttpResponse:
    """The page of whoever is signed in; whoever is no volunteer yet can say here what they can do."""
    volunteer = Volunteer.objects.active().filter(person=request.person).select_related("person").first()
    page = _Page(request, request.person, volunteer, base="kernel/compound.html")
    return page.answer(back=lambda: redirect("own_help"))


@never_cache
@sensitive_post_parameters()
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def helper_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a personal link. GET changes nothing: chat programs fetch links first, and people forward them."""
    elder.begin_large(request)
    try:
        volunteer = entries.find_by_link(token)
    except HelperLinkGone:
        # Said by the address alone, to whoever was just sent there: nothing is known of a link that does not work.
        left = "left" in request.GET
        return _aside(render(request, "volunteers/helper_link_gone.html", {"left": left}, status=410))
    if request.method == "POST":
        limits.count("helper", limits.hidden(token), most=TRIES_AN_HOUR, error=TooManyHelperTries())
    page = _Page(request, volunteer.person, volunteer, base="kernel/base.html", by_link=True)
    return _aside(page.answer(back=lambda: _to_link(token, page)))


def _to_link(token: str, page: "_Page") -> HttpResponse:
    """Back to the link; with their consent it stops working, and says goodbye instead."""
    left = page.volunteer is not None and page.volunteer.withdrawn_on is not None
    return redirect(reverse("helper_link", args=[token]) + ("?left" if left else ""))


def _aside(response: HttpResponse) -> HttpResponse:
    """A page without an account, in no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


class _Page:
    """One look at, or one act on, somebody's own page."""

    def __init__(
        self, request: HttpRequest, person: Person, volunteer: Volunteer | None, *, base: str, by_link: bool = False
    ) -> None:
        self.request, self.person, self.volunteer = request, person, volunteer
        self.base, self.by_link = base, by_link
        party = found.is_party_member(person)
        self.own = MyOwnForm(volunteer=volunteer, party_member=party, initial=self._start())
        self.done: tuple[int, DoneForm] | None = None
        # With a login, one is who one is.
        self.shows_doors, self.digits = not by_link, DigitsForm()
        self.has_digits = len(person.phone) >= _DIGITS
        self.status = 200

    def answer(self, *, back: Callable[[], HttpResponse]) -> HttpResponse:
        if self.request.method == "POST" and self._act(self.request.POST.get("do", "")):
            return back()
        return self._shown()

    def _act(self, do: str) -> bool:
        """Whether something was done; else the page is shown again."""
        acts = {"say": self._say}
        if self.volunteer:
            acts |= {
                "accept": self._accept,
                "decline": self._decline,
                "give_back": self._give_back,
                "done": self._done,
                "withdraw": self._withdraw,
                "doors": self._doors,
            }
        self.status = 422
        return acts[do]() if do in acts else False

    def _start(self) -> dict[str, Any]:
        return MyOwnForm.start(self.volunteer) if self.volunteer else {}

    def _say(self) -> bool:
        party = found.is_party_member(self.person)
        self.own = MyOwnForm(self.request.POST, volunteer=self.volunteer, party_member=party)
        if not self.own.is_valid():
            return False
        if self.volunteer:
            entries.say(self.volunteer, self.own.own())
        else:
            entries.enrol(self.person, self.own.own(), on=timezone.localdate(), by=self.person)
        messages.success(self.request, _("Kept. Thank you."))
        return True

    def _offer(self) -> HelpOffer:
        """The own offer that is meant. Raises OfferGone."""
        key = self.request.POST.get("offer", "")
        rows = HelpOffer.objects.filter(volunteer=self.volunteer)
        offer = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
        if offer is None:
            raise OfferGone
        return offer

    def _accept(self) -> bool:
        helping.accept(self._offer(), now=timezone.now())
        messages.success(self.request, self._agreed())
        return True

    def _agreed(self) -> str:
        """By link the name is not shown yet."""
        if self.shows_doors:
            return _("Thank you. Here is who asks; please get in touch soon.")
        if self.has_digits:
            return _("Thank you. Give the last four digits of your phone, and you see who asks.")
        return _("Thank you. Your squad's leader or the branch tells you who asks.")

    def _decline(self) -> bool:
        helping.decline(self._offer(), now=timezone.now())
        messages.success(self.request, _("No matter. Somebody else is asked."))
        return True

    def _give_back(self) -> bool:
        helping.give_back(self._offer(), now=timezone.now())
        messages.success(self.request, _("Good that you say so. Somebody else is asked."))
        return True

    def _done(self) -> bool:
        offer = self._offer()
        form = _done_form(offer, self.request.POST)
        if not form.is_valid():
            self.done = (offer.pk, form)
            return False
        helping.done(offer, **form.cleaned_data, now=timezone.now(), by=self.person)
        messages.success(self.request, _("Thank you for helping. The time is written down."))
        return True

    def _withdraw(self) -> bool:
        assert self.volunteer is not None
        self.volunteer = entries.withdraw(self.volunteer, now=timezone.now(), by=self.person)
        messages.success(
            self.request, _("Taken back. Nothing personal is shown any more; the hours stay in the books.")
        )
        return True

    def _doors(self) -> bool:
        """By link: another's door only to whoever knows the digits of the volunteer's own phone."""
        limits.count("helper_digits", self.person.pk, most=DIGITS_AN_HOUR, error=TooManyHelperTries())
        self.digits = DigitsForm(self.request.POST)
        if self.digits.is_valid():
            known = self.person.phone[-_DIGITS:]
            given = self.digits.cleaned_data["digits"]
            self.shows_doors = len(known) == _DIGITS and hmac.compare_digest(known.encode(), given.encode())
            if self.shows_doors:
                self.status = 200
            else:
                self.digits.add_error("digits", _("These are not the last digits of the phone that we know of you."))
        return False

    def _done_form(self, offer: HelpOffer) -> DoneForm:
        """The one that was sent and is not right; else an empty one."""
        return self.done[1] if self.done and self.done[0] == offer.pk else _done_form(offer)

    def _shown(self) -> HttpResponse:
        context: dict[str, Any] = {
            "base": self.base,
            "by_link": self.by_link,
            "nav": "tree",
            "volunteer": self.volunteer,
            "who": self.person,
            "own_form": self.own,
            "digits_form": self.digits,
            "shows_doors": self.shows_doors,
            "has_digits": self.has_digits,
        }
        if self.volunteer:
            offers = found.offers_of(self.volunteer)
            context |= {
                "offers": offers,
                "agreed": [(offer, self._done_form(offer)) for offer in offers.agreed],
                "asked": [(offer, reasons(offer.reasons)) for offer in offers.asked],
                "told": found.told_of(self.volunteer, timezone.localdate()),
            }
        return render(self.request, "volunteers/own_help.html", context, status=self.status)


def _done_form(offer: HelpOffer, *data: Any) -> DoneForm:
    """Several may stand on one page."""
    return DoneForm(*data, auto_id=f"id_{offer.pk}_%s")


urlpatterns = [
    path("my-help/", own_help, name="own_help"),
    path("helper/<str:token>/", helper_link, name="helper_link"),
]
