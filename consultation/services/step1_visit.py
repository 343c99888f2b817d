"""Step 1: a steward, lead or party member goes round, listens and writes down; then hands it to the branch.

What is said at a door becomes a visit of that household, a matter with its first voice, and photos. Who spoke, who
wrote it down and who was there stay with the words.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Building, Entrance, Household, Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.photos.intake import Picture
from consultation.errors import ReportNotCompleted, VoiceAlready, leads_to
from consultation.models import Category, Channel, Issue, IssuePhoto, Openness, Report, Visit, VisitOutcome, Voice
from consultation.models.step1_visit import IN_TOUCH
from consultation.services import flow, ringing
from consultation.services.ringing import Consent
from consultation.steps import Step


@dataclass(frozen=True)
class Place:
    """Where it is: as much as is known. A household brings its entrance and building."""

    building: Building | None = None
    entrance: Entrance | None = None
    household: Household | None = None
    note: str = ""

    @classmethod
    def at_door(cls, household: Household, note: str = "") -> "Place":
        return cls(household.entrance.building, household.entrance, household, note)


@transaction.atomic
def record(
    *,
    title: str,
    said: str,
    category: Category,
    place: Place,
    spoken_by: str,
    witnessed_by: Person | None = None,
    openness: Openness | None = None,
    photos: Iterable[Picture] = (),
    consent: Consent | None = None,
    sheet: uuid.UUID | None = None,
    channel: Channel = Channel.SPOKEN,
    by: Person,
) -> Issue:
    """Write down what somebody said.

    ``spoken_by`` is a name (empty when the recorder speaks for themselves). A confidential category makes a
    confidential matter whatever ``openness`` says. A ``sheet`` that was written down before gives that matter again.
    ``consent`` says that who handles it may ring the speaker. Raises NoNumberToRing, OtherNumberKnown.
    """
    speaker = speaker_at(spoken_by, place.household) or by
    issue = Issue(
        title=title,
        said=said,
        category=category,
        openness=openness_of(category, openness),
        building=place.building,
        entrance=place.entrance,
        place_note=place.note,
        spoken_by=speaker,
        witnessed_by=witnessed_by,
        channel=channel,
    )
    issue.recorded_by, issue.sheet = by, sheet
    if sheet:
        # Its number was waited for, so the first sending has been committed and is seen.
        flow.number(issue)
        if earlier := Issue.objects.filter(sheet=sheet, recorded_by=by).first():
            return earlier
    flow.begin(issue, also=["voices"], by=by)
    # The first voice: nobody can have spoken before, and the district has been told.
    voice = _voice(issue, speaker=speaker, household=place.household, witnessed_by=witnessed_by, by=by)
    if consent:
        ringing.agree(voice, consent, by=by)
    if place.household:
        visit(place.household, outcome=VisitOutcome.TALKED, on=timezone.localdate(), issue=issue, by=by)
    for photo in photos:
        add_photo(issue, photo, by=by)
    return issue


@transaction.atomic
def visit(
    household: Household, *, outcome: VisitOutcome, on: date, note: str = "", issue: Issue | None = None, by: Person
) -> Visit:
    """Write down one call at a door; when somebody spoke, the household is in touch from that day on.

    The same outcome of the same day by the same person is one visit, so that a double tap counts once and what was
    said at the door joins it.
    """
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    again = Visit.objects.filter(household=household, outcome=outcome, visited_on=on, by=by).first()
    if again and not (note and again.note) and not (issue and again.issue_id):
        again.note, again.issue = again.note or note, again.issue or issue
        again.save(update_fields=["note", "issue", "updated_at"])
        return again
    row = Visit.objects.create(
        household=household,
        outcome=outcome,
        visited_on=on,
        note=note,
        issue=issue,
        by=by,
        contact_before=household.last_contact_on,
    )
    if outcome in IN_TOUCH:
        Household.objects.filter(pk=household.pk).exclude(last_contact_on__gte=on).update(last_contact_on=on)
    touch("visits")
    return row


@transaction.atomic
def add_voice(
    issue: Issue,
    *,
    speaker: Person,
    household: Household | None = None,
    said: str = "",
    witnessed_by: Person | None = None,
    consent: Consent | None = None,
    by: Person,
) -> Voice:
    """One more person behind a matter. Raises VoiceAlready, NoNumberToRing, OtherNumberKnown."""
    try:
        with transaction.atomic():
            voice = _voice(issue, speaker=speaker, household=household, said=said, witnessed_by=witnessed_by, by=by)
    except IntegrityError as error:
        raise VoiceAlready(name=speaker.name, actions=[leads_to(_("See the matter"), issue)]) from error
    if consent:
        ringing.agree(voice, consent, by=by)
    touch("voices")
    return voice


def _voice(
    issue: Issue,
    *,
    speaker: Person,
    household: Household | None,
    said: str = "",
    witnessed_by: Person | None,
    by: Person,
) -> Voice:
    return Voice.objects.create(
        issue=issue,
        person=speaker,
        household_id=household.pk if household else speaker.household_id,
        said=said,
        recorded_by=by,
        witnessed_by=witnessed_by,
    )


@transaction.atomic
def add_voice_at_door(
    issue: Issue, *, name: str, household: Household, said: str = "", consent: Consent | None = None, by: Person
) -> Voice:
    """One more household behind a matter, by the name its speaker gave. Raises what ``add_voice`` does."""
    visit(household, outcome=VisitOutcome.TALKED, on=timezone.localdate(), issue=issue, by=by)
    speaker = speaker_at(name, household) or by
    return add_voice(issue, speaker=speaker, household=household, said=said, consent=consent, by=by)


@transaction.atomic
def join(
    issue: Issue,
    *,
    said: str,
    place: Place,
    spoken_by: str,
    witnessed_by: Person | None = None,
    photos: Iterable[Picture] = (),
    consent: Consent | None = None,
    by: Person,
) -> Voice:
    """What would have been a matter of its own becomes one more voice of this one, with photos.

    Raises what ``add_voice`` does. A voice holds 500 characters of what was said.
    """
    speaker = speaker_at(spoken_by, place.household) or by
    if place.household:
        visit(place.household, outcome=VisitOutcome.TALKED, on=timezone.localdate(), issue=issue, by=by)
    for photo in photos:
        add_photo(issue, photo, by=by)
    return add_voice(
        issue,
        speaker=speaker,
        household=place.household,
        said=said[:500],
        witnessed_by=witnessed_by,
        consent=consent,
        by=by,
    )


@transaction.atomic
def add_photo(issue: Issue, picture: Picture, *, by: Person) -> IssuePhoto:
    """One more photo of a matter."""
    return IssuePhoto.objects.create(issue=issue, photo=intake.keep(picture), added_by=by)


def hand_over(issue: Issue, *, note: str = "", by: Person) -> Issue:
    """Sorted and summed up, the matter goes to the branch. Raises MoveNotAllowed, ReportNotCompleted."""
    if Report.objects.filter(issue=issue, completed_at=None).exists():
        raise ReportNotCompleted(actions=[leads_to(_("See the matter"), issue)])
    return flow.advance(issue, Step.PROPOSE, note=note, by=by)


def speaker_at(name: str, household: Household | None) -> Person | None:
    """The person of that name at that door; somebody new there when nobody has it."""
    name = name.strip()
    if not name:
        return None
    if household is None:
        return Person.objects.create(name=name)
    found = Person.objects.filter(name=name, household=household).first()
    return found or Person.objects.create(name=name, household=household)


def openness_of(category: Category, wished: Openness | None) -> Openness:
    """What was wished, and at least as closed as the category."""
    order = [Openness.PUBLIC, Openness.MEMBERS, Openness.CONFIDENTIAL]
    return max(Openness(category.openness), wished or Openness.PUBLIC, key=order.index)
