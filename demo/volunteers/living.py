"""Activities around today: planned, signed up for, moved, cancelled, attended; hours that wait, and one in dispute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Person
from compounds.workdays.calendar import works_nationally
from demo.draw import stream
from demo.people import names, phone
from demo.stories.stage import Stage
from demo.stories.telling import Story
from demo.volunteers import calendar, coming, ground
from demo.volunteers.coming import After, PlannedPlan
from demo.volunteers.history import Ledger
from volunteers.models import (
    Activity,
    CameBy,
    ForWhom,
    Participation,
    PartnerOrganisation,
    Programme,
    ServiceRecord,
    Venue,
)
from volunteers.services import activities, attendance, hours, sign_up, summing_up
from volunteers.services.sign_up import Who

# Numbers of residents who sign up without an account.
_FIRST_PHONE = 9100


class Living:
    """The activities told so far, by key, and who may still sign up."""

    def __init__(self, stage: Stage, ledger: Ledger) -> None:
        self.stage, self.ledger = stage, ledger
        self.told: dict[str, Activity] = {}
        self.names = names(stream("xijun", "residents who sign up"))
        self.phones = (phone(n) for n in range(_FIRST_PHONE, 10_000))
        self.eager = stream("xijun", "volunteers who sign up")

    def stories(self) -> list[Story]:
        plans = [*coming.AROUND, self._stall(), self._clinic(), self._feature()]
        return [
            *(self._one(plan) for plan in plans),
            self._moved(),
            self._cancelled(),
            self._signed_off(),
            *self._hours(),
        ]

    def _stall(self) -> PlannedPlan:
        """On an evening on which people come home from work."""
        day = coming.STALL.day
        while not works_nationally(self.stage.day(-day)):
            day += 1
        return replace(coming.STALL, day=day)

    def _clinic(self) -> PlannedPlan:
        """The next of the hospital's Saturdays; from now on it repeats by itself."""
        today = self.stage.today
        day = calendar.clinic_days(today + timedelta(days=1), today + timedelta(days=40))[0]
        return replace(coming.CLINIC, day=(day - today).days)

    def _feature(self) -> PlannedPlan:
        plan = calendar.next_feature("xijun", self.stage.today)
        return PlannedPlan(
            "feature",
            (6, "20:10"),
            (plan.day - self.stage.today).days,
            plan.clock,
            plan.minutes,
            plan.kind,
            plan.title,
            "会什么带什么，不会的来搭把手。" + ("下雨改在8栋架空层。" if plan.venue == ground.SQUARE else ""),
            plan.team,
            volunteers=16,
            residents=None,
            going=9,
            coming=6,
            programme=plan.programme,
            venue=plan.venue,
            place=plan.place,
        )

    # --- One activity ------------------------------------------------------------------------------------------------

    def _one(self, plan: PlannedPlan) -> Story:
        """Planned by the team's leader, signed up for, and what came of it, as far as its day has come."""
        yield self.stage.at(plan.planned)
        leader = self.ledger.leader(self.ledger.teams[plan.team])
        activity = self.told[plan.key] = activities.plan(
            self._facts(plan),
            places={ForWhom.VOLUNTEERS: plan.volunteers, ForWhom.RESIDENTS: plan.residents},
            now=timezone.now(),
            by=leader,
        )
        yield from self._sign_ups(plan, activity)
        if plan.after != After.NOTHING:
            yield from self._attended(plan, activity, leader)

    def _facts(self, plan: PlannedPlan) -> dict[str, Any]:
        starts_at = self.stage.at((-plan.day, plan.clock))
        return {
            "kind": plan.kind,
            "programme": Programme.objects.filter(name=plan.programme).first(),
            "team": self.ledger.teams[plan.team],
            "partner": PartnerOrganisation.objects.filter(name=plan.partner).first(),
            "title": plan.title,
            "text": plan.text,
            "venue": Venue.objects.filter(name=plan.venue).first(),
            "place": plan.place,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=plan.minutes),
            "sign_up_until": starts_at - timedelta(hours=1),
            "repeat": plan.repeat,
            "in_public": plan.in_public,
        }

    def _sign_ups(self, plan: PlannedPlan, activity: Activity) -> Story:
        """One after the other, from the day after planning on; all before today, and before it begins."""
        first = self.stage.at((plan.planned[0] - 1, "08:20"))
        last = min(self.stage.at((1, "21:00")), activity.sign_up_until)
        who = [*self._volunteers(plan), *self._residents(plan)]
        self.eager.shuffle(who)
        for nth, (for_whom, one, by) in enumerate(who):
            yield first + (last - first) * nth / len(who)
            slot = activity.slots.get(for_whom=for_whom)
            if for_whom == ForWhom.RESIDENTS and by is None:
                sign_up.sign_up_openly(slot, name=one.name, phone=one.phone, now=timezone.now())
            else:
                sign_up.sign_up(slot, one, now=timezone.now(), by=by)

    def _volunteers(self, plan: PlannedPlan) -> Iterator[tuple[ForWhom, Who, Person | None]]:
        team = self.ledger.teams[plan.team]
        serving = [who.volunteer.person for who in self.ledger.serving_on(team, self.stage.today)]
        for person in self.eager.sample(serving, plan.going):
            yield ForWhom.VOLUNTEERS, sign_up.member(person), None

    def _residents(self, plan: PlannedPlan) -> Iterator[tuple[ForWhom, Who, Person | None]]:
        """Every third is written down by a steward at the door, the others sign up themselves, without an account."""
        for nth in range(plan.coming):
            by = self.stage.steward(1 + nth % 14) if nth % 3 == 2 else None
            yield ForWhom.RESIDENTS, Who(name=next(self.names), phone=next(self.phones)), by

    def _attended(self, plan: PlannedPlan, activity: Activity, leader: Person) -> Story:
        """All but the last of the list came."""
        yield activity.starts_at + timedelta(minutes=4)
        for row in list(Participation.objects.placed().filter(slot__activity=activity))[:-1]:
            attendance.tick(row, how=CameBy.LIST, now=timezone.now(), by=leader)
        if plan.after == After.CLOSED:
            yield activity.ends_at + timedelta(minutes=20)
            attendance.close(activity, minutes={}, now=timezone.now(), by=leader)
            summing_up.sum_up(
                activity,
                people_served=plan.served,
                elderly_served=None,
                summary=plan.summary,
                now=timezone.now(),
                by=leader,
            )

    # --- What became of some of them ---------------------------------------------------------------------------------

    def _moved(self) -> Story:
        """The class gives way to a meeting; those who signed up keep their places."""
        yield self.stage.at((3, "12:10"))
        activity = self.told["calligraphy"]
        starts_at = activity.starts_at + timedelta(days=2)
        when = {
            "starts_at": starts_at,
            "ends_at": activity.ends_at + timedelta(days=2),
            "sign_up_until": activity.sign_up_until + timedelta(days=2),
            "venue": activity.venue,
            "place": activity.place,
        }
        activities.move(activity, when, now=timezone.now(), by=activity.planned_by)

    def _cancelled(self) -> Story:
        yield self.stage.at((4, "18:00"))
        activity = self.told["haircuts"]
        why = "预报有大雨，凉亭挡不住，改到下个月再办。"
        activities.cancel(activity, why=why, now=timezone.now(), by=activity.planned_by)

    def _signed_off(self) -> Story:
        """Somebody cannot come to the full class; whoever waited longest has the place now."""
        yield self.stage.at((1, "21:30"))
        placed = Participation.objects.placed().filter(slot__activity=self.told["phone_class"], volunteer=None)
        sign_up.sign_off(placed[2], now=timezone.now())

    def _hours(self) -> Iterator[Story]:
        yield self._approved(self.stage.at((5, "20:00")))
        yield self._put_right()
        yield self._in_dispute()

    def _approved(self, at: datetime) -> Story:
        """The leader approves the squad's hours; the branch the leader's own."""
        yield at
        rows = ServiceRecord.objects.filter(activity=self.told["smoke"])
        hours.approve(rows, now=timezone.now(), by=self.told["smoke"].planned_by)
        hours.approve(rows, now=timezone.now(), by=self.stage.secretary)

    def _put_right(self) -> Story:
        yield self.stage.at((4, "21:00"))
        record = self._line_of("smoke")
        hours.dispute(record, words="我家有事，四点就走了，多记了一个小时。", now=timezone.now())
        yield self.stage.at((3, "20:15"))
        words = "核对过签到表，改成一小时，谢谢提醒。"
        hours.answer(record, words=words, minutes=60, now=timezone.now(), by=self.told["smoke"].planned_by)

    def _in_dispute(self) -> Story:
        yield self.stage.at((1, "20:30"))
        words = "结束后我和老周又去了两户，到一点才回，应该再加一小时。"
        hours.dispute(self._line_of("quilts"), words=words, now=timezone.now())

    def _line_of(self, key: str) -> ServiceRecord:
        """The first line of somebody who does not lead."""
        lines = ServiceRecord.objects.filter(activity=self.told[key], corrects=None).order_by("pk")
        return lines.exclude(volunteer__person=self.told[key].planned_by)[0]
