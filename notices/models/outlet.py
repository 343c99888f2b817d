"""Where messages go out to: the robot of a WeCom group, or one person by e-mail or SMS."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Building, Person


class ChannelName(models.TextChoices):
    """Each way by which people are told. Board and app show what is there; nothing is sent to them."""

    BOARD = "board", _("public board")
    APP = "app", _("in the app")
    ROBOT = "robot", _("WeCom group")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")


SENT_BY = [ChannelName.ROBOT, ChannelName.EMAIL, ChannelName.SMS]
PERSONAL = [ChannelName.EMAIL, ChannelName.SMS]


class OutletQuerySet(models.QuerySet["Outlet"]):
    def robots(self) -> Self:
        return self.filter(channel=ChannelName.ROBOT)

    def personal(self) -> Self:
        return self.filter(channel__in=PERSONAL)

    def in_use(self) -> Self:
        return self.filter(active=True)


class Outlet(TimeStamped):
    """One robot of one WeCom group, or the wish of one person to be told by e-mail or SMS.

    A person's address is not kept here: it is that of the account or of the person, looked up when something is sent.
    """

    channel = models.CharField(max_length=8, choices=[(name.value, name.label) for name in SENT_BY])
    active = models.BooleanField(default=True)
    # Of a robot: what its group is called, whose it is (empty: the whole compound's), and its address with the key. The
    # address is a secret: whoever knows it writes in the group.
    name = models.CharField(_("name"), max_length=40, blank=True)
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    webhook = models.CharField(max_length=300, blank=True)
    # Of a person: who, whether for urgent things only, and a hash of the address that they have shown to be theirs.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="outlets")
    urgent_only = models.BooleanField(default=False)
    verified_hash = models.CharField(max_length=64, blank=True)
    # While they show it: from this follows the code that was sent; until when, and how often a wrong one was typed.
    nonce = models.CharField(max_length=32, blank=True)
    nonce_until = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    # How it goes: after a failure that is everybody's it rests, longer each time.
    resting_until = models.DateTimeField(null=True, blank=True)
    failures_in_row = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    last_failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=60, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "building__number", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(channel="robot"), name="robot_names_differ"),
            models.UniqueConstraint(
                fields=["person", "channel"],
                condition=Q(person__isnull=False),
                name="outlet_once_per_person_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(channel="robot", person__isnull=True, verified_hash="", nonce="", urgent_only=False)
                & ~Q(name="")
                & ~Q(webhook="")
                | Q(channel__in=["email", "sms"], person__isnull=False, building__isnull=True, name="", webhook=""),
                name="outlet_is_a_robot_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_channel_display()} · {self.person}"

    def rests(self, now: datetime) -> bool:
        """Whether nothing is tried here for the moment."""
        return self.resting_until is not None and self.resting_until > now

    @property
    def hint(self) -> str:
        """The end of a robot's key, by which its owner knows which one it is; never more."""
        return f"…{self.webhook[-4:]}"
