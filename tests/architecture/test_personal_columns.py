"""Erasing a person reaches every text of a compound: a new column is emptied by erase_person(), or named here."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from compounds.organisation import audit
from compounds.organisation.models import Person, PostKind, SheetImport
from consultation.models import (
    AssignmentReport,
    Dissent,
    HandlerLink,
    HandlerLinkUse,
    Hold,
    Invitation,
    Issue,
    IssueLink,
    LinkKind,
    ListEntry,
    MandatoryReport,
    Meeting,
    Nudge,
    OpenRating,
    Party,
    PartySeat,
    Recusal,
    Referral,
    Reopening,
    ScoringCorrection,
    ScoringRound,
    Supervision,
    Voice,
)
from consultation.services import erasure, meeting_record, step3_meet
from consultation.steps import Step
from notices.models import Objection, Posting, PostingKind, Reminder
from notices.publishing import deciding, drafting
from tests.architecture import scenery
from tests.factories import IssueFactory, PersonFactory
from tests.volunteers.planning import planned
from volunteers.models import Honour, HonourKind
from volunteers.services import activities, honours

NAME, PHONE = "欧阳晓月", "13812345678"
# Texts that say nothing about a person: names of places, bodies and kinds of things, keys, and what machines write.
NOT_PERSONAL = {
    "organisation.Household.door",
    "organisation.OrganisationSettings.post_titles",
    "organisation.SheetImport.counts",
    "organisation.Unit.name",
    "photos.Photo.error",
    "consultation.Category.emergency_numbers",
    "consultation.Category.name",
    "consultation.Category.name_en",
    "consultation.Document.error",
    "consultation.HandlerLink.token_hash",
    "consultation.Issue.number",
    "consultation.Proposal.weights",
    "consultation.OutsideDeadline.order_number",
    "consultation.PaperSheet.keyed",
    "consultation.PaperSheet.code_hash",
    "consultation.Report.tracking_hash",
    "consultation.ResponsibleBody.name",
    # The office to turn to when it is late.
    "consultation.ResponsibleBody.supervisor",
    "consultation.Scorer.link_hash",
    "consultation.ScoringRound.nonce",
    "consultation.Voice.rating_hash",
    "notices.Delivery.error",
    "notices.Delivery.key",
    "notices.Delivery.receipt",
    "notices.Objection.code_hash",
    # What a group is called, its robot's secret, and of a person's address no more than a keyed hash.
    "notices.Outlet.last_error",
    "notices.Outlet.name",
    "notices.Outlet.nonce",
    "notices.Outlet.verified_hash",
    "notices.Outlet.webhook",
    "notices.PostingPlace.name",
    "notices.Reminder.key",
    "notices.Reminder.kind",
    "notices.Reminder.target",
    "notices.PostingFile.digest",
    "notices.PostingFile.error",
    "notices.Spot.name",
    # What a place is called and where it is, and keys of calendars and doors.
    "volunteers.Venue.name",
    "volunteers.Venue.where",
    "volunteers.Volunteer.calendar_key",
    "volunteers.Activity.door_key",
    # What the figures said, and what an honour of this kind says of anybody.
    "volunteers.Honour.code",
    "volunteers.Honour.facts",
    "volunteers.HonourKind.name",
    "volunteers.HonourKind.name_en",
    "volunteers.HonourKind.wording",
    # Offices above and whose hand it was there: nobody of this compound.
    "consultation.Referral.ended_for",
    "consultation.StepRecord.moved_for",
    "consultation.Supervision.closed_for",
    "consultation.Supervision.office",
    "organisation.SheetImport.office",
    "volunteers.Participation.code_hash",
    # A number, and why somebody was asked: near, with time, with little at hand.
    "volunteers.HelpRequest.issue_number",
    "volunteers.HelpOffer.reasons",
    "volunteers.Team.name",
    "volunteers.Volunteer.code_hash",
    # What the action is called, not whom it was about.
    "organisation.AuditEntry.action",
}
EMPTIED_BY_ROW = {
    # Bytes: an uploaded sheet goes whole (tests/organisation/test_spreadsheet.py keeps none that was taken in).
    "organisation.SheetImport.content",
}
# What is typed into a field for names and numbers; into all others goes a sentence with both.
TYPED = {
    "consultation.SignUp.name": NAME,
    "consultation.SignUp.door": PHONE,
    "notices.Objection.name": f"3号楼201{NAME}",
    "consultation.HandlerLinkUse.name": NAME,
    "consultation.AssignmentReport.handler_name": NAME,
    "consultation.ResponsibleBody.contact_name": NAME,
    "consultation.ResponsibleBody.contact_phone": PHONE,
    "consultation.Mediation.mediator": NAME,
    "volunteers.Participation.name": NAME,
    "volunteers.HelpRequest.asker_name": NAME,
    "volunteers.HelpRequest.asker_phone": PHONE,
    "consultation.Care.consent_by": NAME,
    "volunteers.Participation.phone": PHONE,
    "consultation.Mediation.parties": f"{NAME}与上官乙",
    "volunteers.PartnerOrganisation.contact_name": NAME,
    "volunteers.PartnerOrganisation.contact_phone": PHONE,
}
# Only in the rows about them; those about others stay as they are.
THEIR_OWN = {
    "organisation.Person.name",
    "organisation.Person.phone",
    "organisation.AuditEntry.about",
    "organisation.AuditEntry.facts",
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


def columns() -> dict[str, models.Field]:
    """Every text of a compound's tables that is not one of a few given choices, by app, model and field."""
    return {
        f"{model._meta.label}.{field.name}": field
        for label in labels()
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def test_what_is_not_personal_exists():
    assert set(columns()) >= NOT_PERSONAL | EMPTIED_BY_ROW


@pytest.fixture
def general(north):
    return PersonFactory(posts=[PostKind.GENERAL_SECRETARY])


@pytest.fixture
def person(general):
    """Somebody who stands behind every matter, and came to the meetings that were about none; each table has a row."""
    built = scenery.build()
    _more_rows(built.secretary)
    person = Person.objects.create(name=NAME, phone=PHONE)
    for issue in Issue.objects.all():
        Voice.objects.create(issue=issue, person=person, recorded_by=general)
    for meeting in Meeting.objects.filter(items=None):
        Invitation.objects.create(meeting=meeting, invited_as="deliberator", person=person)
    audit.record("person.change", about=person, by=general, name={"old": NAME, "new": NAME})
    return person


def _more_rows(by: Person) -> None:
    """What the scenery, which leads to pages, has no need of."""
    now, issue, meeting = timezone.now(), Issue.objects.earliest("pk"), Meeting.objects.earliest("pk")
    item = meeting.items.get()
    one, other = (IssueFactory(title=title, recorded_by=by) for title in "甲乙")
    IssueLink.objects.create(kind=LinkKind.MERGED_INTO, issue=one, other=other, note="x", voices=1, households=1, by=by)
    OpenRating.objects.create(issue=issue, stars=4, said="x")
    MandatoryReport.objects.create(issue=issue, reported_to="x", note="x", due_at=now, reported_at=now, recorded_by=by)
    Dissent.objects.create(item=item, text="x", recorded_by=by)
    Recusal.objects.create(item=item, attendance=meeting.attendances.earliest("pk"), reason="x")
    link = HandlerLink.objects.get()
    Nudge.objects.create(assignment=link.assignment, at=now, by=by, words="x")
    HandlerLinkUse.objects.create(link=link, at=now, name="x", result="progress")
    AssignmentReport.objects.create(
        assignment=link.assignment, kind="progress", text="x", at=now, link=link, handler_name="x"
    )
    off = step3_meet.convene(starts_at=now, venue="x", issues=[IssueFactory(step=Step.MEET, recorded_by=by)], by=by)
    meeting_record.cancel(off, reason="x", by=by)
    ended = {"answer": "x", "answered_at": now, "answered_by": by}
    Reopening.objects.update(state="refused", **ended)
    Supervision.objects.update(**ended)
    Objection.objects.update(state="dismissed", **ended)
    Referral.objects.update(answer="x", ended_at=now, ended_by=by, next_step="propose")
    Hold.objects.update(answer="x", ended_at=now, ended_by=by)
    _notices(by)
    _honours(by)
    entry = ListEntry.objects.filter(issue_list__published_at=None).earliest("pk")
    ListEntry.objects.filter(pk=entry.pk).update(hand_rank=1, hand_reason="x", hand_by=by)
    Reminder.objects.create(kind="x", key="x", person=by, at=now, out_at=now, urgent=True, facts={"title": "x"})
    told = Posting.objects.filter(kind=PostingKind.RESULT).latest("pk")
    ScoringCorrection.objects.create(round=ScoringRound.objects.earliest("pk"), reason="x", posting=told, by=by)
    off = planned(now + timedelta(days=9), places={"volunteers": 1, "residents": 1}, title="x", by=by)
    activities.cancel(off, why="x", now=now, by=by)
    PartySeat.objects.create(
        party=Party.BRANCH, vacant=True, vacancy_reason="x", starts_on=date(2010, 1, 1), ends_on=date(2010, 2, 1)
    )


def _honours(by: Person) -> None:
    """One that was dropped; the scenery's were given, and hang."""
    kind = HonourKind.objects.get(name="好邻居")
    honour = honours.propose(kind, PersonFactory(), year=2020, reason="x", by=by)
    honours.drop(honour, why="x", by=by)
    Honour.objects.filter(pk=honour.pk).update(family="x", reward="x", reward_donor="x")


def _notices(by: Person) -> None:
    """One that was sent back, and one that was published and withdrawn; both in English too."""
    words = {
        "kind": "law",
        "title": "x",
        "text": "x",
        "chart": "x 1",
        "title_en": "x",
        "text_en": "x",
        "chart_en": "x 1",
    }
    for sent_back in (True, False):
        notice = drafting.write({**words, "ends_on": timezone.localdate()}, by=by)
        if sent_back:
            deciding.send_back(notice, why="x", by=by)
        else:
            deciding.approve(notice, now=timezone.now(), by=by)
            deciding.publish(notice, now=timezone.now(), by=by)
            deciding.withdraw(notice, why="x", now=timezone.now(), by=by)


def _write_the_person_into(name: str, field: models.Field) -> int:
    """Into every row that may hold a text there. Returns how many hold it now."""
    table, column = field.model._meta.db_table, field.column
    words = TYPED.get(name, f"找{NAME}，{PHONE}。")[: field.max_length]
    if isinstance(field, models.JSONField):
        words = json.dumps({"title": words}, ensure_ascii=False)
    try:
        return _change(f'UPDATE {table} SET "{column}" = %s', words)
    except IntegrityError:
        # In some rows a rule wants it empty.
        return _change(f'UPDATE {table} SET "{column}" = %s WHERE "{column}" <> \'\'', words)


def _change(sql: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _still_there() -> set[str]:
    """The columns in which the name or the number stands."""
    found = set()
    for name, field in columns().items():
        if name in EMPTIED_BY_ROW:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM {field.model._meta.db_table} WHERE "{field.column}"::text ~ %s)',
                [f"{NAME}|{PHONE}"],
            )
            if cursor.fetchone()[0]:
                found.add(name)
    return found


@pytest.fixture
def everywhere(person):
    """The person's name and number in every text that is not said to be about something else."""
    elsewhere = NOT_PERSONAL | EMPTIED_BY_ROW | THEIR_OWN
    personal = {name: field for name, field in columns().items() if name not in elsewhere}
    _change("SET CONSTRAINTS ALL IMMEDIATE")
    tables = {field.model._meta.db_table for field in personal.values()}
    for table in tables:
        _change(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    without_a_row = {name for name, field in personal.items() if not _write_the_person_into(name, field)}
    for table in tables:
        _change(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert not without_a_row, "give these a row in the scenery, or name them in NOT_PERSONAL"
    assert _still_there() == set(personal) | THEIR_OWN


@pytest.mark.parametrize("with_words", [False, True])
def test_nothing_of_a_person_is_left_in_any_column(general, person, everywhere, with_words):
    erasure.erase(person, with_words=with_words, by=general)

    assert _still_there() == set()
    assert not SheetImport.objects.filter(content__isnull=False).exists()
