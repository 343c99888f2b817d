import compounds.organisation.models.people
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import volunteers.models.activity
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("notices", "0001_initial"),
        ("organisation", "0001_initial"),
        ("photos", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("about", models.CharField(blank=True, max_length=500, verbose_name="what was agreed")),
                ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="whom to call there")),
                ("contact_phone", models.CharField(blank=True, max_length=20, verbose_name="their phone")),
                ("agreed_on", models.DateField(verbose_name="agreement of")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="agreement until")),
            ],
            options={
                "ordering": ["agreed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="partner_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("agreed_on")), _connector="OR"
                        ),
                        name="agreement_ends_after_it_starts",
                        violation_error_message="An agreement cannot end before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("brand", "volunteers' brand"),
                            ("feature", "feature activity"),
                            ("paired", "with a paired organisation"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="what it is")),
                ("since", models.DateField(verbose_name="since")),
                ("active", models.BooleanField(db_default=True, default=True, verbose_name="in use")),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="volunteers.partnerorganisation",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="programme_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("where", models.CharField(blank=True, max_length=120, verbose_name="where it is")),
                ("seats", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many people fit in")),
                ("active", models.BooleanField(db_default=True, default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="venue_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("doctor", "medical advice"),
                                ("nursing", "nursing and care"),
                                ("law", "law"),
                                ("repair", "repairs"),
                                ("electricity", "electricity and appliances"),
                                ("teaching", "teaching"),
                                ("counsel", "listening and comfort"),
                                ("mediation", "mediation"),
                                ("phone", "help with the phone"),
                                ("errands", "errands and shopping"),
                                ("driving", "driving"),
                                ("hair", "haircuts"),
                                ("cooking", "cooking"),
                                ("arts", "music, calligraphy, arts"),
                                ("sport", "sport and exercise"),
                                ("garden", "plants and gardens"),
                                ("safety", "fire safety and patrols"),
                                ("children", "looking after children"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="in words of one's own")),
                (
                    "free_times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("workday_day", "working days, daytime"),
                                ("workday_evening", "working days, evenings"),
                                ("weekend_day", "weekends, daytime"),
                                ("weekend_evening", "weekends, evenings"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                ("takes_requests", models.BooleanField(default=True, verbose_name="may be asked for help")),
                (
                    "shows_identity",
                    models.BooleanField(default=False, verbose_name="shows that they are a party member"),
                ),
                ("joined_on", models.DateField(verbose_name="since")),
                ("consented_on", models.DateField(verbose_name="consented on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="consent withdrawn on")),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="volunteer", to="organisation.person"
                    ),
                ),
                ("calendar_key", models.CharField(blank=True, db_default="", max_length=16)),
            ],
            options={
                "ordering": ["person__name", "pk"],
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["skills"], name="volunteers_by_skill")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("consented_on")),
                            _connector="OR",
                        ),
                        name="consent_is_withdrawn_after_it_was_given",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code_hash", ""), _negated=True),
                        fields=("code_hash",),
                        name="volunteer_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("kind", models.CharField(choices=[("association", "association"), ("squad", "squad")], max_length=11)),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="what it does")),
                ("founded_on", models.DateField(verbose_name="founded on")),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="squads",
                        to="volunteers.team",
                    ),
                ),
            ],
            options={
                "ordering": ["founded_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "association"), ("parent__isnull", True)),
                            models.Q(("kind", "squad"), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="squad_belongs_to_an_association",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="team_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dissolved_on__isnull", True),
                            ("dissolved_on__gte", models.F("founded_on")),
                            _connector="OR",
                        ),
                        name="team_is_dissolved_after_it_was_founded",
                        violation_error_message="A team cannot be dissolved before it was founded.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("leads", models.BooleanField(default=False, verbose_name="leads the team")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="volunteers.team",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["team", "-leads", "starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="membership_ends_after_it_starts",
                        violation_error_message="A time in a team cannot end before it starts.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("team", "="),
                            ("volunteer", "="),
                            (
                                compounds.organisation.models.people.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="in_a_team_once_at_a_time",
                        violation_error_message="This volunteer is in the team in this time already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("leads", True)),
                        expressions=[
                            ("team", "="),
                            (
                                compounds.organisation.models.people.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="team_has_one_leader_at_a_time",
                        violation_error_message="Somebody else leads this team in this time. End that first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("clinic", "free clinic"),
                            ("festival", "festival"),
                            ("class", "public class"),
                            ("patrol", "patrol"),
                            ("anti_fraud", "against fraud"),
                            ("fire_safety", "fire safety"),
                            ("epidemic", "epidemic control"),
                            ("policy", "explaining policies"),
                            ("civility", "civility and environment"),
                            ("care", "help in hardship"),
                            ("other", "another kind"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="what awaits people")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="or another place, in words")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("sign_up_until", models.DateTimeField(verbose_name="sign-up closes")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=9,
                    ),
                ),
                (
                    "repeat",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "does not repeat"),
                            ("weekly", "every week"),
                            ("monthly", "every month, on the same weekday, such as the second Saturday"),
                            ("by_date", "every month, on the same date"),
                        ],
                        max_length=7,
                        verbose_name="repeats",
                    ),
                ),
                ("repeat_until", models.DateField(blank=True, null=True, verbose_name="repeats until")),
                ("series_on", models.DateField(blank=True, null=True)),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_why", models.CharField(blank=True, max_length=300)),
                ("people_served", models.PositiveIntegerField(blank=True, null=True, verbose_name="people served")),
                (
                    "elderly_served",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="elderly people among them"),
                ),
                ("summary", models.CharField(blank=True, max_length=1000, verbose_name="what came of it")),
                ("summed_up_at", models.DateTimeField(blank=True, null=True)),
                ("door_key", models.CharField(blank=True, max_length=16)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="volunteers.activity",
                    ),
                ),
                (
                    "summed_up_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="volunteers.partnerorganisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="volunteers.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="volunteers.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="volunteers.venue",
                    ),
                ),
                (
                    "in_public",
                    models.BooleanField(db_default=True, default=True, verbose_name="shown on the public board"),
                ),
                ("attendance_closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendance_closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "photos",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, db_default=[], default=list
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["starts_at"], name="activities_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="activity_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="activity_ends_after_it_begins",
                        violation_error_message="An activity ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sign_up_until__lte", models.F("ends_at"))),
                        name="sign_up_closes_before_the_end",
                        violation_error_message="Sign-up closes before the activity ends.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("venue__isnull", False), models.Q(("state", "cancelled"), _negated=True)),
                        expressions=[
                            ("venue", "="),
                            (
                                volunteers.models.activity.TimeRange(
                                    "starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="venue_serves_one_activity_at_a_time",
                        violation_error_message="This place is taken at that time by another activity.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("cancelled_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                                ("cancelled_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="activity_is_cancelled_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("people_served__isnull", False), ("state", "held")),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("elderly_served__isnull", True),
                                ("people_served__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="held_activity_says_how_many_it_served",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elderly_served__isnull", True),
                            ("elderly_served__lte", models.F("people_served")),
                            _connector="OR",
                        ),
                        name="elderly_are_among_those_served",
                        violation_error_message="The elderly people are some of those served, not more.",
                    ),
                    models.UniqueConstraint(fields=("series", "series_on"), name="series_is_planned_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("door_key", ""), _negated=True), fields=("door_key",), name="door_key_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attendance_closed_at__isnull", True), ("attendance_closed_by__isnull", True)),
                            models.Q(("attendance_closed_at__isnull", False), ("attendance_closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="attendance_is_closed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "for_whom",
                    models.CharField(
                        choices=[("volunteers", "volunteers"), ("residents", "residents")],
                        max_length=10,
                        verbose_name="for whom",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="begins")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="volunteers.activity"
                    ),
                ),
            ],
            options={
                "ordering": ["for_whom", "starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "for_whom", "name"), name="slot_once_per_activity"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at__isnull", True), ("starts_at__isnull", True)),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="slot_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "skill",
                    models.CharField(
                        choices=[
                            ("doctor", "medical advice"),
                            ("nursing", "nursing and care"),
                            ("law", "law"),
                            ("repair", "repairs"),
                            ("electricity", "electricity and appliances"),
                            ("teaching", "teaching"),
                            ("counsel", "listening and comfort"),
                            ("mediation", "mediation"),
                            ("phone", "help with the phone"),
                            ("errands", "errands and shopping"),
                            ("driving", "driving"),
                            ("hair", "haircuts"),
                            ("cooking", "cooking"),
                            ("arts", "music, calligraphy, arts"),
                            ("sport", "sport and exercise"),
                            ("garden", "plants and gardens"),
                            ("safety", "fire safety and patrols"),
                            ("children", "looking after children"),
                        ],
                        max_length=12,
                        verbose_name="what kind of help",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="what is needed")),
                ("asker_name", models.CharField(blank=True, max_length=60, verbose_name="who asks")),
                ("asker_phone", models.CharField(blank=True, max_length=20, verbose_name="their phone")),
                ("needed_by", models.DateField(blank=True, null=True, verbose_name="needed by")),
                ("issue_number", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "looking for somebody"),
                            ("accepted", "somebody will help"),
                            ("done", "done"),
                            ("nobody", "nobody found: the branch is asked"),
                            ("withdrawn", "no longer needed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_why", models.CharField(blank=True, max_length=300)),
                ("thanks", models.CharField(blank=True, max_length=300, verbose_name="thanks")),
                ("thanked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_requests",
                        to="organisation.household",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "-created_at"], name="help_requests_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="help_request_says_what"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("issue_number", ""), _negated=True),
                        fields=("issue_number",),
                        name="one_help_request_per_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state__in", ["done", "withdrawn"])),
                            models.Q(("closed_at__isnull", True), ("state__in", ["open", "accepted", "nobody"])),
                            _connector="OR",
                        ),
                        name="help_request_is_closed_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("thanked_at__isnull", True), ("state", "done"), _connector="OR"),
                        name="thanked_for_what_is_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reasons", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "asked"),
                            ("accepted", "accepted"),
                            ("declined", "cannot"),
                            ("expired", "did not answer"),
                            ("done", "done"),
                            ("called_off", "called off"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes it took")),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="volunteers.helprequest",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="volunteers.volunteer"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["answer_by"], name="offers_running_out"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "volunteer"), name="asked_once_per_request"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted"])),
                        fields=("request",),
                        name="one_volunteer_at_a_time_per_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_is_answered_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HonourKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                (
                    "given_to",
                    models.CharField(
                        choices=[("person", "a person"), ("household", "a household")],
                        max_length=9,
                        verbose_name="given to",
                    ),
                ),
                (
                    "suggest_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no suggestions"),
                            ("hours", "hours served in the year"),
                            ("party_hours", "hours that party members served in the year"),
                            ("stewardship", "doors kept in touch with and matters brought"),
                            ("scoring", "the quarterly scoring's awards"),
                            ("help", "help given to neighbours"),
                        ],
                        max_length=11,
                        verbose_name="suggested from",
                    ),
                ),
                ("wording", models.CharField(blank=True, max_length=300, verbose_name="words on the certificate")),
                (
                    "posted",
                    models.BooleanField(db_default=True, default=True, verbose_name="posted before it is given"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("active", models.BooleanField(db_default=True, default=True, verbose_name="in use")),
                (
                    "suggest_least",
                    models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="from how many on"),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="honour_kind_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("reason", models.CharField(max_length=300, verbose_name="for what")),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("approved", "approved"),
                            ("posted", "posted"),
                            ("given", "given"),
                            ("dropped", "dropped"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="given on")),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("code", models.CharField(blank=True, max_length=24)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_why", models.CharField(blank=True, max_length=300)),
                ("reward", models.CharField(blank=True, max_length=80, verbose_name="reward")),
                (
                    "reward_value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="worth (yuan)"
                    ),
                ),
                ("reward_donor", models.CharField(blank=True, max_length=80, verbose_name="given by")),
                ("reward_received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="organisation.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="organisation.person",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="notices.posting",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "reward_receipt",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="photos.photo",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="volunteers.honourkind",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed to be named in public")),
                (
                    "family",
                    models.CharField(
                        blank=True, db_default="", max_length=40, verbose_name="what the family is called"
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "kind__position", "number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", True), ("person__isnull", False)),
                            models.Q(("household__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="honour_is_for_a_person_or_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="honour_says_for_what"
                    ),
                    models.UniqueConstraint(fields=("year", "number"), name="certificate_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True), fields=("code",), name="certificate_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reward_value__isnull", True),
                            models.Q(("reward_value__gt", 0), models.Q(("reward", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reward_of_a_value_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reward_received_on__isnull", True),
                            models.Q(
                                models.Q(("reward", ""), _negated=True),
                                ("reward_received_on__gte", models.F("given_on")),
                            ),
                            _connector="OR",
                        ),
                        name="reward_is_received_once_given",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["dropped", "withdrawn"]), _negated=True),
                        fields=("kind", "year", "person"),
                        name="person_is_honoured_once_a_year",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["dropped", "withdrawn"]), _negated=True),
                        fields=("kind", "year", "household"),
                        name="household_is_honoured_once_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["given", "withdrawn"]),
                                ("given_by__isnull", False),
                                ("given_on__isnull", False),
                                ("number__isnull", False),
                                models.Q(("code", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["given", "withdrawn"]), _negated=True),
                                ("code", ""),
                                ("given_by__isnull", True),
                                ("given_on__isnull", True),
                                ("number__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="given_honour_has_number_and_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dropped_at__isnull", False),
                                ("state__in", ["dropped", "withdrawn"]),
                                models.Q(("dropped_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["dropped", "withdrawn"]), _negated=True),
                                ("dropped_at__isnull", True),
                                ("dropped_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="honour_is_dropped_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("placed", "has a place"),
                            ("waiting", "on the waiting list"),
                            ("cancelled", "signed off"),
                        ],
                        max_length=9,
                    ),
                ),
                ("moved_up_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("came_at", models.DateTimeField(blank=True, null=True)),
                (
                    "came_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("code", "by the code at the door"),
                            ("list", "ticked on the list"),
                            ("sheet", "from the printed sheet"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "came_noted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="organisation.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="volunteers.slot"
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("name", ""), ("person__isnull", True), ("phone", ""), ("volunteer__isnull", False)
                            ),
                            models.Q(
                                ("name", ""), ("person__isnull", False), ("phone", ""), ("volunteer__isnull", True)
                            ),
                            models.Q(
                                ("person__isnull", True),
                                ("volunteer__isnull", True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="participant_is_a_volunteer_a_person_or_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("slot", "volunteer"),
                        name="volunteer_signs_up_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("slot", "person"),
                        name="person_signs_up_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True), models.Q(("phone", ""), _negated=True)
                        ),
                        fields=("slot", "phone", "name"),
                        name="resident_signs_up_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code_hash", ""), _negated=True),
                        fields=("code_hash",),
                        name="place_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="signed_off_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("came_at__isnull", True), ("came_by", "")),
                            models.Q(
                                ("came_at__isnull", False),
                                ("state", "placed"),
                                models.Q(("came_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="whoever_came_had_a_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("served_on", models.DateField(verbose_name="served on")),
                ("minutes", models.IntegerField(verbose_name="minutes")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("disputed_at", models.DateTimeField(blank=True, null=True)),
                ("dispute", models.CharField(blank=True, max_length=300, verbose_name="what is wrong with it")),
                ("dispute_answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("dispute_answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="volunteers.activity",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="volunteers.servicerecord",
                    ),
                ),
                (
                    "dispute_answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="volunteers.helpoffer",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="volunteers.participation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="volunteers.team",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["-served_on", "-pk"],
                "indexes": [models.Index(fields=["volunteer", "served_on"], name="hours_of_volunteer_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("minutes__range", (1, 1440))),
                            models.Q(
                                ("corrects__isnull", False),
                                ("minutes__range", (-1440, 1440)),
                                models.Q(("minutes", 0), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hours_are_of_one_day_and_corrected_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("participation",),
                        name="attendance_counts_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)), fields=("offer",), name="help_counts_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hours_are_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dispute", ""), ("disputed_at__isnull", True)),
                            models.Q(("disputed_at__isnull", False), models.Q(("dispute", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hours_are_disputed_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dispute_answer", ""),
                                ("dispute_answered_at__isnull", True),
                                ("dispute_answered_by__isnull", True),
                            ),
                            models.Q(
                                ("dispute_answered_at__gte", models.F("disputed_at")),
                                ("dispute_answered_by__isnull", False),
                                models.Q(("dispute_answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_is_answered_after_it_was_raised",
                    ),
                ],
            },
        ),
    ]
