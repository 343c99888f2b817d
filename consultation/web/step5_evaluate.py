"""Step 5: ratings at the door, by link and by members; closing, and taking a matter up again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from compounds.accounts.qr import qr_svg
from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.organisation.models import Person
from compounds.organisation.policies import allows, may, require
from compounds.organisation.sight import households_visible_to
from compounds.registry import limits
from consultation.errors import MoveNotAllowed, TooManyRatings
from consultation.forms.step5_evaluate import STARS, ClosingForm, RatingAtDoorForm, RatingForm, TakingUpForm, VoiceForm
from consultation.models import Issue, Outcome, Rating, RatingChannel, Voice
from consultation.policies import sees
from consultation.services import follow_up, step5_evaluate
from consultation.steps import MOVES, Step
from consultation.web.sign import sign_of

RATINGS_AN_HOUR = 20
_WORDS_SHOWN = 20


@dataclass(frozen=True)
class Choice:
    """One voice as somebody who takes ratings down sees it."""

    voice: Voice
    where: str
    rating: Rating | None


@dataclass(frozen=True)
class Ending:
    """One outcome, and why it cannot be chosen here."""

    outcome: Outcome
    why_not: str


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.rate")
def rate_at_door(request: HttpRequest, number: str) -> HttpResponse:
    """Take down a household's rating; a member with a voice of their own gives their own here."""
    issue = _issue_or_404(request, number)
    if not allows("issue.rate_at_door", request.person):
        require("issue.rate", request.person, issue)
    step5_evaluate.require_being_rated(issue)
    if request.method != "POST":
        blank = RatingAtDoorForm(voices=issue.voices.all(), recorder=request.person, initial=_chosen(request))
        return _rating_page(request, issue, blank)
    form = RatingAtDoorForm(request.POST, voices=_voices_to_rate(issue, request.person), recorder=request.person)
    if not form.is_valid():
        return _rating_page(request, issue, form)
    # What is offered holds others' voices only for those who may take their ratings down.
    voice: Voice = form.cleaned_data["voice"]
    own = voice.person_id == request.person.pk
    step5_evaluate.rate(
        issue,
        household=voice.household,
        stars=form.cleaned_data["stars"],
        reason=form.cleaned_data["reason"],
        channel=RatingChannel.MEMBER if own else RatingChannel.STEWARD,
        given_by=voice.person,
        witnessed_by=None if own else form.cleaned_data["witnessed_by"],
        by=request.person,
    )
    messages.success(request, _("The rating is kept. It can be changed until the matter is closed."))
    return redirect("rate_at_door", issue.number)


@never_cache
@require_POST
@may("issue.make_rating_link")
def rating_link(request: HttpRequest, number: str) -> HttpResponse:
    """A new link for one voice. It is known in this answer only: of its token just a hash is kept."""
    issue = _issue_or_404(request, number)
    step5_evaluate.require_being_rated(issue)
    voices = issue.voices.select_related("person") if sees(request.person, issue, "spoken_by") else Voice.objects.none()
    form = VoiceForm(request.POST, voices=voices)
    if not form.is_valid():
        empty = RatingAtDoorForm(voices=issue.voices.all(), recorder=request.person)
        return _rating_page(request, issue, empty, link_form=form, status=422)
    voice = form.cleaned_data["voice"]
    token = step5_evaluate.make_link(voice, by=request.person)
    link = request.build_absolute_uri(reverse("rate_by_link", args=[token]))
    context = {"nav": "issues", "issue": issue, "voice": voice, "link": link, "qr": qr_svg(link)}
    return render(request, "consultation/step5_link.html", context)


@never_cache
@sensitive_post_parameters()
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def rate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A resident rates, and may change it until closing. GET changes nothing: chat programs fetch links first."""
    voice = step5_evaluate.find_by_link(token)
    if voice is None or voice.household is None:
        return _resident_page(request, "consultation/step5_link_gone.html", {"issue": None}, status=404)
    if voice.issue.step != Step.EVALUATE:
        return _resident_page(request, "consultation/step5_link_gone.html", {"issue": voice.issue}, status=410)
    rating = Rating.objects.filter(issue=voice.issue, household=voice.household).first()
    known = _known(rating, voice)
    form = RatingForm(*_sent(request), initial=known)
    if request.method == "POST":
        _count_try(token)
        if form.is_valid():
            _rate_by(voice, form)
            return redirect("rate_by_link", token)
    context = {
        "issue": voice.issue,
        "rating": rating,
        "form": form,
        "stars": STARS,
        "chosen": str(form["stars"].value() or ""),
        "work": list(voice.issue.assignments.standing().select_related("body", "completion_posting")),
    }
    status = 422 if form.errors else 200
    return _resident_page(request, "consultation/step5_rate_by_link.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.close")
def close(request: HttpRequest, number: str) -> HttpResponse:
    issue = _issue_or_404(request, number)
    if Step.CLOSED not in MOVES[Step(issue.step)]:
        raise MoveNotAllowed(issue, Step.CLOSED)
    form = ClosingForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        step5_evaluate.close(issue, **form.cleaned_data, by=request.person)
        messages.success(request, _("The matter is closed."))
        return redirect(issue)
    possible = step5_evaluate.outcomes_of(issue)
    after_work = _("Only after the work was done and looked at.")
    context = {
        "nav": "issues",
        "issue": issue,
        "steps": sign_of(issue),
        "form": form,
        "endings": [Ending(outcome, "" if outcome in possible else after_work) for outcome in Outcome],
        "chosen": form["outcome"].value(),
        "hindrances": [error.context() for error in step5_evaluate.hindrances(issue)],
        "ratings": list(issue.ratings.all()),
        "voices": issue.voices.filter(household__isnull=False).values("household").distinct().count(),
        "open_ratings": issue.open_ratings.aggregate(mean=Avg("stars"), count=Count("pk")),
        "open_words": issue.open_ratings.exclude(said="")[:_WORDS_SHOWN],
    }
    return render(request, "consultation/step5_close.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.take_up_again")
def take_up(request: HttpRequest, number: str) -> HttpResponse:
    issue = _issue_or_404(request, number)
    anew = issue.step == Step.CLOSED and not follow_up.carries_on_as_itself(issue)
    if anew:
        follow_up.require_not_carried_on(issue)
    else:
        step5_evaluate.require_may_be_taken_up(issue)
    form = TakingUpForm(*_sent(request))
    if request.method != "POST" or not form.is_valid():
        low = issue.ratings.dissatisfied()
        context = {"nav": "issues", "issue": issue, "steps": sign_of(issue), "form": form, "low": low, "anew": anew}
        return render(request, "consultation/step5_take_up.html", context, status=422 if form.errors else 200)
    if anew:
        issue = follow_up.carry_on(issue, note=form.cleaned_data["note"], by=request.person)
        messages.success(request, _("The branch has it again, as %(number)s.") % {"number": issue.number})
        return redirect(issue)
    step5_evaluate.take_up_again(issue, note=form.cleaned_data["note"], by=request.person)
    messages.success(request, _("The matter is with the branch again."))
    return redirect(issue)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST,) if request.method == "POST" else ()


def _issue_or_404(request: HttpRequest, number: str) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(request.person).with_place(), number=number)


def _voices_to_rate(issue: Issue, person: Person) -> Any:
    """All voices for those who may know who spoke and take ratings down; otherwise one's own."""
    voices = issue.voices.select_related("person", "household__entrance__building__unit")
    if allows("issue.rate_at_door", person) and sees(person, issue, "spoken_by"):
        return voices
    return voices.filter(person=person)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {"voice": request.GET.get("voice", "")}


def _rating_page(
    request: HttpRequest, issue: Issue, form: RatingAtDoorForm, *, link_form: Any = None, status: int = 200
) -> HttpResponse:
    person = request.person
    voices = [voice for voice in _voices_to_rate(issue, person) if voice.household or voice.person_id == person.pk]
    known = set(households_visible_to(person).filter(voices__issue=issue).values_list("pk", flat=True))
    ratings = {rating.household_id: rating for rating in issue.ratings.all()}
    context = {
        "nav": "issues",
        "issue": issue,
        "steps": sign_of(issue),
        "form": form,
        "stars": STARS,
        "chosen": str(form["stars"].value() or ""),
        "chosen_voice": str(form["voice"].value() or (voices[0].pk if len(voices) == 1 else "")),
        "choices": [
            Choice(
                voice=voice,
                where=_where(voice, door=voice.household_id in known or sees(person, issue, "door")),
                rating=ratings.get(voice.household_id),
            )
            for voice in voices
        ],
        "doorless": issue.voices.filter(household=None).count(),
        "rated": len(ratings),
        "households": issue.voices.filter(household__isnull=False).values("household").distinct().count(),
        "takes_down": allows("issue.rate_at_door", person) and sees(person, issue, "spoken_by"),
        "makes_links": allows("issue.make_rating_link", person) and sees(person, issue, "spoken_by"),
        "link_form": link_form,
    }
    return render(request, "consultation/step5_rate.html", context, status=422 if form.errors else status)


def _where(voice: Voice, *, door: bool) -> str:
    if voice.household is None:
        return ""
    return str(voice.household if door else voice.household.entrance)


def _known(rating: Rating | None, voice: Voice) -> dict[str, Any]:
    """What the form begins with: words are given back only to the one who said them."""
    if rating is None:
        return {}
    own = rating.given_by_id == voice.person_id
    return {"stars": rating.stars, "reason": rating.reason if own else ""}


def _rate_by(voice: Voice, form: RatingForm) -> None:
    assert voice.household is not None
    step5_evaluate.rate(
        voice.issue,
        household=voice.household,
        stars=form.cleaned_data["stars"],
        reason=form.cleaned_data["reason"],
        channel=RatingChannel.LINK,
        given_by=voice.person,
        by=None,
    )


def _count_try(token: str) -> None:
    """Raise TooManyRatings once a link has sent more than RATINGS_AN_HOUR within one clock hour."""
    error = TooManyRatings(actions=[(_("Back to your rating"), reverse("rate_by_link", args=[token]))])
    limits.count("rating", limits.hidden(token), most=RATINGS_AN_HOUR, error=error)


def _resident_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page for residents: large letters unless they asked for small ones, and in no search engine."""
    elder.begin_large(request)
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("issues/<issue:number>/rating/", rate_at_door, name="rate_at_door"),
    path("issues/<issue:number>/rating-link/", rating_link, name="rating_link"),
    path("issues/<issue:number>/closing/", close, name="issue_close"),
    path("issues/<issue:number>/taking-up/", take_up, name="issue_take_up"),
    path("rate/<str:token>/", rate_by_link, name="rate_by_link"),
]
