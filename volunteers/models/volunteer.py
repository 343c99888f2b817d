"""People who give their time, what they can do, and when."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person


class Skill(models.TextChoices):
    """What somebody can do for neighbours (特长)."""

    DOCTOR = "doctor", _("medical advice")
    NURSING = "nursing", _("nursing and care")
    LAW = "law", _("law")
    REPAIR = "repair", _("repairs")
    ELECTRICITY = "electricity", _("electricity and appliances")
    TEACHING = "teaching", _("teaching")
    COUNSEL = "counsel", _("listening and comfort")
    MEDIATION = "mediation", _("mediation")
    PHONE = "phone", _("help with the phone")
    ERRANDS = "errands", _("errands and shopping")
    DRIVING = "driving", _("driving")
    HAIR = "hair", _("haircuts")
    COOKING = "cooking", _("cooking")
    ARTS = "arts", _("music, calligraphy, arts")
    SPORT = "sport", _("sport and exercise")
    GARDEN = "garden", _("plants and gardens")
    SAFETY = "safety", _("fire safety and patrols")
    CHILDREN = "children", _("looking after children")


class FreeTime(models.TextChoices):
    """When somebody usually has time."""

    WORKDAY_DAY = "workday_day", _("working days, daytime")
    WORKDAY_EVENING = "workday_evening", _("working days, evenings")
    WEEKEND_DAY = "weekend_day", _("weekends, daytime")
    WEEKEND_EVENING = "weekend_evening", _("weekends, evenings")


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def active(self) -> Self:
        """Gave consent and did not take it back."""
        return self.filter(withdrawn_on__isnull=True)

    def able(self, skill: str) -> Self:
        return self.filter(skills__contains=[skill])


class Volunteer(TimeStamped):
    """One person who gives time to neighbours; a party member who shows it (亮身份) is one too, in a squad or not."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    skills = ArrayField(models.CharField(max_length=12, choices=Skill.choices), default=list, blank=True)
    # In words of one's own: "retired electrician, no work above two metres".
    about = models.CharField(_("in words of one's own"), max_length=200, blank=True)
    free_times = ArrayField(models.CharField(max_length=15, choices=FreeTime.choices), default=list, blank=True)
    # Asked for help by the system at all; somebody may give hours to a squad and want no requests.
    takes_requests = models.BooleanField(_("may be asked for help"), default=True)
    # 亮身份: shown to neighbours as a party member who can do this.
    shows_identity = models.BooleanField(_("shows that they are a party member"), default=False)
    joined_on = models.DateField(_("since"))
    # Consent that name, skills and hours are kept and shown to members; taken back, nothing of it is shown any more.
    consented_on = models.DateField(_("consented on"))
    withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    # Opens the volunteer's own page without an account; given by hand as a link or QR code, and anew at any time.
    code_hash = models.CharField(max_length=64, blank=True)
    code_given_at = models.DateTimeField(null=True, blank=True)
    # Part of the signed address of their own calendar; another one makes the old address worthless, an empty one all.
    calendar_key = models.CharField(max_length=16, blank=True, db_default="")

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("consented_on")),
                name="consent_is_withdrawn_after_it_was_given",
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="volunteer_code_once"),
        ]
        indexes = [GinIndex(fields=["skills"], name="volunteers_by_skill")]

    def __str__(self) -> str:
        """The name, as long as there is consent to show it."""
        return str(_("(consent withdrawn)")) if self.withdrawn_on else str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("volunteer", args=[self.pk])
