"""A resident's own report: from the QR code at an entrance to a matter that the building's steward completes.

Nobody signs in. The words become a matter at the first step, written down by the compound's letter box; who said them
is somebody by the name given, without a door. The steward finds out who and which door, and hands over as usual. The
sender follows it by a tracking code that is shown once: of the code only a keyed hash is kept.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Entrance, Household, Person
from compounds.photos.intake import Picture
from consultation.errors import ReportCompleted, VoiceAlready, leads_to
from consultation.models import Category, Channel, Issue, Report, VisitOutcome, Voice
from consultation.services import flow, ringing, step1_visit
from consultation.services.ringing import Consent
from consultation.steps import Step

# Who stands as the writer of what residents send themselves, and as who said it when no name was left. Names are data,
# so they are not translated.
LETTER_BOX = "居民扫码自报"
SOMEBODY = "未留姓名的住户"
# Twelve digits: typed on a telephone's number pad, read out over the telephone, too many to guess.
_DIGITS = 12
_TITLE = 40


@dataclass(frozen=True)
class Sender:
    """What somebody chose to say about themselves; all of it may be empty."""

    name: str = ""
    phone: str = ""
    household: Household | None = None
    may_call: bool = False
    handlers_may_ring: bool = False

    @property
    def consent(self) -> Consent | None:
        """Whoever handles it rings at the number that may be kept, or not at all."""
        return Consent(self.phone) if self.handlers_may_ring and self.may_call else None


@transaction.atomic
def send(
    *, entrance: Entrance, category: Category, said: str, place_note: str, sender: Sender, photos: Iterable[Picture]
) -> tuple[Report, str]:
    """Keep a report and return it with its tracking code. A confidential category makes a confidential matter."""
    box = _letter_box()
    phone = sender.phone if sender.may_call else ""
    speaker = Person.objects.create(name=sender.name.strip() or SOMEBODY, phone=phone)
    issue = Issue(
        title=_first_words(said),
        said=said,
        category=category,
        openness=step1_visit.openness_of(category, None),
        building=entrance.building,
        entrance=entrance,
        place_note=place_note,
        spoken_by=speaker,
        channel=Channel.LETTER,
    )
    flow.begin(issue, by=box)
    step1_visit.add_voice(issue, speaker=speaker, consent=sender.consent, by=box)
    for photo in photos:
        step1_visit.add_photo(issue, photo, by=box)
    code = "".join(secrets.choice("0123456789") for _n in range(_DIGITS))
    report = Report.objects.create(
        issue=issue,
        entrance=entrance,
        household=sender.household,
        tracking_hash=_hash(code),
        may_call=sender.may_call,
    )
    return report, spaced(code)


def find(code: str) -> Report | None:
    """The report behind a tracking code, typed with or without spaces; or None."""
    digits = re.sub(r"[\s-]", "", code)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS}}}", digits):
        return None
    return Report.objects.select_related("issue").filter(tracking_hash=_hash(digits)).first()


def spaced(code: str) -> str:
    """The code as it is read and written: three groups of four."""
    return " ".join(code[n : n + 4] for n in range(0, _DIGITS, 4))


@transaction.atomic
def complete(
    issue: Issue,
    *,
    title: str,
    name: str,
    household: Household | None,
    spoken: VisitOutcome | None,
    by: Person,
) -> Report:
    """Say who sent it and from which door, as far as anybody could find out, and what it is about in one sentence.

    ``spoken`` writes down that somebody talked with that door today. Raises NotAtStep, ReportCompleted, VoiceAlready.
    """
    issue = flow.locked(issue, Step.VISIT)
    report = Report.objects.select_for_update(of=("self",)).get(issue=issue)
    if report.completed_by:
        raise ReportCompleted(name=report.completed_by.name, actions=[leads_to(_("See the matter"), issue)])
    issue.title, issue.spoken_by = title, _settled(issue, name.strip(), household, by)
    issue.save(update_fields=["title", "spoken_by", "updated_at"])
    report.completed_at, report.completed_by = timezone.now(), by
    report.save(update_fields=["completed_at", "completed_by", "updated_at"])
    if household and spoken:
        step1_visit.visit(household, outcome=spoken, on=timezone.localdate(), issue=issue, by=by)
    return report


def _settled(issue: Issue, name: str, household: Household | None, by: Person) -> Person:
    """The sender becomes somebody at that door: who is known there by that name, or the sender with that name."""
    sender = issue.spoken_by
    assert sender is not None
    known = Person.objects.filter(name=name, household=household).first() if name and household else None
    if known is None:
        sender.name, sender.household = name or sender.name, household
        sender.save(update_fields=["name", "household", "updated_at"])
        issue.voices.filter(person=sender).update(household=household)
        return sender
    try:
        with transaction.atomic():
            Voice.objects.filter(issue=issue, person=sender).update(person=known, household=household)
    except IntegrityError as error:
        raise VoiceAlready(name=known.name) from error
    if known.phone not in {"", sender.phone}:
        # They agreed to be rung at the number they left, not at another one.
        ringing.take_back(Voice.objects.get(issue=issue, person=known), by=by)
    if sender.phone:
        # A number that was left for a ring back goes to whom it belongs; one that is known stays.
        known.phone, sender.phone = known.phone or sender.phone, ""
        known.save(update_fields=["phone", "updated_at"])
        sender.save(update_fields=["phone", "updated_at"])
    return known


def _letter_box() -> Person:
    """The compound's one letter box; of two reports sent at the same time one makes it, the other waits for it."""
    box, _made = Person.objects.get_or_create(letter_box=True, defaults={"name": LETTER_BOX})
    return box


def _first_words(said: str) -> str:
    """What stands as the title until the report is completed: the first clause of what was written."""
    clause = re.split(r"[，。！？；,.!?;\n]", said.strip(), maxsplit=1)[0].strip() or said.strip()
    return clause if len(clause) <= _TITLE else f"{clause[: _TITLE - 1]}…"


def _hash(code: str) -> str:
    # Twelve digits are few enough to try them all against a plain hash, not against one keyed by the installation.
    return salted_hmac("consultation.report", code, algorithm="sha256").hexdigest()
