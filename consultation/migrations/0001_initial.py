import compounds.organisation.models.people
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from decimal import Decimal
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
            name="ResponsibleBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("branch", "branch"),
                            ("property_company", "property company"),
                            ("owners_committee", "owners' committee"),
                            ("developer", "developer"),
                            ("lift_maintainer", "lift maintainer"),
                            ("utility", "water, power or gas company"),
                            ("authority", "authority"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "contact_name",
                    models.CharField(blank=True, db_default="", max_length=60, verbose_name="contact person"),
                ),
                (
                    "contact_phone",
                    models.CharField(blank=True, db_default="", max_length=20, verbose_name="contact phone"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "supervisor",
                    models.CharField(blank=True, db_default="", max_length=80, verbose_name="supervised by"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Care",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("alone", "lives alone"),
                            ("mobility", "limited mobility"),
                            ("illness", "long illness"),
                            ("child", "child often alone"),
                            ("hardship", "hardship"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                        verbose_name="why",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what to know")),
                ("rhythm_days", models.PositiveSmallIntegerField(verbose_name="days between two visits")),
                ("consent_by", models.CharField(max_length=60, verbose_name="who agreed")),
                (
                    "consent_how",
                    models.CharField(
                        choices=[
                            ("spoken", "said at the door"),
                            ("by_phone", "said by phone"),
                            ("written", "in writing"),
                            ("relative", "through a relative"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("consented_on", models.DateField(verbose_name="agreed on")),
                ("begun_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_needed", "no longer needed"),
                            ("moved", "moved away"),
                            ("died", "died"),
                            ("withdrawn", "consent withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="why it ends",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "carer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cares",
                        to="organisation.person",
                    ),
                ),
                (
                    "ended_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="cares", to="organisation.household"
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("household",),
                        name="one_care_per_household_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rhythm_days__range", (1, 183))), name="care_from_daily_to_half_yearly"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_as", ""), ("ended_by__isnull", True), ("ended_on__isnull", True)),
                            models.Q(
                                ("ended_on__gte", models.F("begun_on")), models.Q(("ended_as", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="care_ends_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consent_by", ""), _negated=True), name="care_rests_on_somebodys_consent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_as", "withdrawn"), _negated=True),
                            models.Q(("note", ""), ("reason", "other")),
                            _connector="OR",
                        ),
                        name="withdrawn_care_keeps_no_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "openness",
                    models.CharField(
                        choices=[("public", "public"), ("members", "members only"), ("confidential", "confidential")],
                        default="public",
                        max_length=12,
                    ),
                ),
                ("emergency_numbers", models.CharField(blank=True, max_length=120)),
                ("owners_vote_item", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("must_report", models.BooleanField(default=False)),
                ("report_hours", models.PositiveSmallIntegerField(db_default=24, default=24)),
                ("active", models.BooleanField(default=True)),
                (
                    "evaluate_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                    ),
                ),
                (
                    "meet_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                    ),
                ),
                (
                    "propose_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                    ),
                ),
                (
                    "referred_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                    ),
                ),
                (
                    "visit_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                    ),
                ),
                ("asks_for_help", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owners_vote_item__isnull", True), ("owners_vote_item__range", (1, 9)), _connector="OR"
                        ),
                        name="article_278_has_nine_items",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visit_days__range", (1, 250)),
                            ("propose_days__range", (1, 250)),
                            ("meet_days__range", (1, 250)),
                            ("evaluate_days__range", (1, 250)),
                            ("referred_days__range", (1, 250)),
                        ),
                        name="category_limits_within_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("number", models.CharField(max_length=12, unique=True, verbose_name="number")),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("said", models.TextField(max_length=2000, verbose_name="what was said")),
                (
                    "openness",
                    models.CharField(
                        choices=[("public", "public"), ("members", "members only"), ("confidential", "confidential")],
                        default="public",
                        max_length=12,
                    ),
                ),
                ("place_note", models.CharField(blank=True, max_length=80, verbose_name="place")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("visit", "Visit and ask"),
                            ("propose", "Branch proposes"),
                            ("meet", "Four parties consult"),
                            ("handle", "Divide and handle"),
                            ("evaluate", "Sum up and evaluate"),
                            ("referred", "Passed upward"),
                            ("closed", "Closed"),
                        ],
                        default="visit",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "solved"),
                            ("partly", "partly solved"),
                            ("planned", "planned for later"),
                            ("not_ours", "not ours"),
                            ("withdrawn", "withdrawn"),
                            ("duplicate", "duplicate"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sheet", models.UUIDField(editable=False, null=True, unique=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="organisation.building",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="consultation.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "entrance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="organisation.entrance",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_issues",
                        to="organisation.unit",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_issues",
                        to="organisation.person",
                    ),
                ),
                (
                    "spoken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "witnessed_by",
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
                    "answerable_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerable_for",
                        to="consultation.responsiblebody",
                    ),
                ),
                (
                    "owner_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_issues",
                        to="consultation.responsiblebody",
                    ),
                ),
                ("clock_days", models.PositiveIntegerField(blank=True, null=True)),
                ("clock_from", models.DateField(blank=True, null=True)),
                ("clock_until", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_outside", models.BooleanField(db_default=False, default=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("spoken", "said to somebody who serves here"),
                            ("letter", "sent by the QR code"),
                            ("suggestion", "a party member's suggestion"),
                        ],
                        db_default="spoken",
                        default="spoken",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["step", "-updated_at"], name="issue_by_step"),
                    models.Index(fields=["-updated_at", "-id"], name="issue_newest_first"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("title"), name="gin_trgm_ops"
                        ),
                        name="issue_title_trigrams",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("said"), name="gin_trgm_ops"
                        ),
                        name="issue_said_trigrams",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="issue_number_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("step", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("step", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="closed_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step", "closed"),
                            models.Q(("owner_body__isnull", True), ("owner_unit__isnull", False)),
                            models.Q(("owner_body__isnull", False), ("owner_unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="open_issue_has_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answerable_body__isnull", True), ("outcome", "not_ours"), _connector="OR"),
                        name="not_ours_names_whose_it_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuePhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="consultation.issue"
                    ),
                ),
                (
                    "photo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issue_photo", to="photos.photo"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StepRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "Visit and ask"),
                            ("propose", "Branch proposes"),
                            ("meet", "Four parties consult"),
                            ("handle", "Divide and handle"),
                            ("evaluate", "Sum up and evaluate"),
                            ("referred", "Passed upward"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_step",
                    models.CharField(
                        choices=[
                            ("visit", "Visit and ask"),
                            ("propose", "Branch proposes"),
                            ("meet", "Four parties consult"),
                            ("handle", "Divide and handle"),
                            ("evaluate", "Sum up and evaluate"),
                            ("referred", "Passed upward"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "solved"),
                            ("partly", "partly solved"),
                            ("planned", "planned for later"),
                            ("not_ours", "not ours"),
                            ("withdrawn", "withdrawn"),
                            ("duplicate", "duplicate"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="consultation.issue"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("moved_for", models.CharField(blank=True, db_default="", max_length=140)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moved_by__isnull", False), ("moved_for", "")),
                            models.Q(("moved_by__isnull", True), models.Q(("moved_for", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="moved_by_a_person_or_an_office",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideDeadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("hotline", "12345 hotline"),
                            ("platform", "city or grid platform"),
                            ("other", "another office"),
                        ],
                        default="hotline",
                        max_length=10,
                        verbose_name="who set it",
                    ),
                ),
                ("order_number", models.CharField(max_length=40, verbose_name="order number")),
                ("contact_by", models.DateTimeField(blank=True, null=True, verbose_name="first contact by")),
                ("answer_by", models.DateTimeField(verbose_name="answer by")),
                ("contacted_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                    "contacted_by",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_deadlines",
                        to="consultation.issue",
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
                "ordering": ["answer_by", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "order_number"),
                        name="outside_order_once",
                        violation_error_message="This order is written down already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact_by__isnull", True), ("contact_by__lte", models.F("answer_by")), _connector="OR"
                        ),
                        name="contact_before_the_answer",
                        violation_error_message="The first contact comes before the answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contacted_at__isnull", True), ("contacted_by__isnull", True)),
                            models.Q(("contacted_at__isnull", False), ("contacted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contacted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="outside_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("hold", "it was on hold"),
                            ("calendar", "the calendar was published or corrected"),
                            ("urgent", "it is urgent"),
                            ("outside", "a deadline from outside goes before ours"),
                            ("ours", "the outside deadline is met, ours holds again"),
                            ("category", "its category was corrected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before_on", models.DateField(null=True)),
                ("before_at", models.DateTimeField(null=True)),
                ("after_on", models.DateField(null=True)),
                ("after_at", models.DateTimeField(null=True)),
                ("waited_days", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_changes",
                        to="consultation.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PartySeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("branch", "Branch"),
                            ("property_company", "Property company"),
                            ("owners_committee", "Owners' committee"),
                            ("residents", "Residents"),
                        ],
                        max_length=20,
                    ),
                ),
                ("body_name", models.CharField(blank=True, max_length=80, verbose_name="filled by")),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party_rules", "party branch"),
                            ("contract", "property service contract"),
                            ("owners_committee", "owners' committee"),
                            ("management_committee", "property management committee"),
                            ("residents_committee", "residents' committee in its place"),
                            ("self_governed", "self-governing group"),
                            ("representatives", "elected residents' representatives"),
                        ],
                        max_length=24,
                        verbose_name="legal basis",
                    ),
                ),
                ("vacant", models.BooleanField(default=False, verbose_name="vacant")),
                ("vacancy_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="fewest people")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="consultation.responsiblebody",
                    ),
                ),
            ],
            options={
                "ordering": ["party", "starts_on"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("party", "="),
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
                        name="seat_filled_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("body__isnull", True),
                                ("body_name", ""),
                                ("ends_on__isnull", False),
                                ("vacant", True),
                                models.Q(("vacancy_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("vacancy_reason", ""),
                                ("vacant", False),
                                models.Q(("body_name", ""), _negated=True),
                                models.Q(("legal_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="seat_is_filled_or_vacant_with_reason_and_end",
                    ),
                    models.CheckConstraint(condition=models.Q(("minimum__gte", 1)), name="seat_needs_somebody"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deliberator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("branch", "Branch"),
                            ("property_company", "Property company"),
                            ("owners_committee", "Owners' committee"),
                            ("residents", "Residents"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliberator_terms",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["party", "person__name"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
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
                        name="deliberator_sits_for_one_party",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("starts_at", models.DateTimeField(verbose_name="when")),
                ("venue", models.CharField(max_length=80, verbose_name="where")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancel_reason",
                    models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="reason"),
                ),
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
                    "convened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancel_reason", ""), ("cancelled_at__isnull", True), ("cancelled_by__isnull", True)
                            ),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                models.Q(("cancel_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_by_somebody_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deliberator", "deliberator"),
                            ("invited", "invited"),
                            ("observer", "attending without a seat"),
                            ("excused", "excused"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("branch", "Branch"),
                            ("property_company", "Property company"),
                            ("owners_committee", "Owners' committee"),
                            ("residents", "Residents"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="organisation.person",
                    ),
                ),
                (
                    "signed_in_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="consultation.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="signs_in_once_for_one_party"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["deliberator", "invited"]), models.Q(("party", ""), _negated=True)),
                            models.Q(("kind", "observer"), ("party", "")),
                            ("kind", "excused"),
                            _connector="OR",
                        ),
                        name="who_sits_sits_for_a_party",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("minutes_planned", models.PositiveSmallIntegerField(default=15)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="consultation.issue",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="consultation.meeting",
                    ),
                ),
                ("abstained", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("against", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "hands_counted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("in_favour", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "issue"), name="matter_once_per_agenda"),
                    models.UniqueConstraint(fields=("meeting", "position"), name="position_once_per_agenda"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("abstained", None), ("against", None), ("hands_counted_by", None), ("in_favour", None)
                            ),
                            models.Q(
                                ("in_favour", None),
                                ("against", None),
                                ("abstained", None),
                                ("hands_counted_by", None),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="hands_counted_whole_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="consultation.attendance",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="consultation.agendaitem",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "attendance"), name="recuses_once_per_item")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("consensus", "consensus"),
                            ("no_consensus", "no consensus, back to the branch"),
                            ("deferred", "deferred to the next meeting"),
                            ("referred", "passed upward"),
                            ("provisional", "agreed by those present, waits for written consent"),
                            ("owners_vote", "submitted to the owners' vote"),
                            ("lapsed", "not decided, the matter went another way"),
                        ],
                        max_length=14,
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="what was agreed")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="estimated cost (yuan)"
                    ),
                ),
                (
                    "fund_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "costs nothing"),
                            ("property_fee", "property fee"),
                            ("common_income", "income from common parts"),
                            ("maintenance_fund", "maintenance fund"),
                            ("crowdfunding", "collected among neighbours"),
                            ("public_money", "public money"),
                        ],
                        max_length=18,
                        verbose_name="paid from",
                    ),
                ),
                (
                    "emergency_repair",
                    models.BooleanField(db_default=False, default=False, verbose_name="emergency repair"),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="consultation.agendaitem",
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
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="consultation.responsiblebody",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emergency_repair", False), ("fund_source", "maintenance_fund"), _connector="OR"
                        ),
                        name="an_emergency_repair_is_paid_from_the_fund",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["consensus", "provisional", "owners_vote"]), _negated=True),
                            models.Q(
                                ("body__isnull", False),
                                ("cost__gte", 0),
                                ("cost__isnull", False),
                                ("due_on__isnull", False),
                                models.Q(("fund_source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consensus_names_body_date_and_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("branch", "Branch"),
                            ("property_company", "Property company"),
                            ("owners_committee", "Owners' committee"),
                            ("residents", "Residents"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("agree", "agree"), ("reservation", "agree with a reservation"), ("no", "say no")],
                        max_length=12,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="consultation.decision",
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
                ("given_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                (
                    "paper",
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
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "party"), name="one_answer_per_seat"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "reservation"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_reservation_is_spelled_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_by", None), ("given_on", None), ("paper", None), ("recorded_by", None)),
                            models.Q(
                                ("given_on", None),
                                ("given_by", None),
                                ("paper", None),
                                ("recorded_by", None),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="written_answer_is_signed_and_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on", None),
                            ("answer", "agree"),
                            models.Q(("answer", "no"), models.Q(("remark", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_written_refusal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("text", models.CharField(max_length=500, verbose_name="what they think")),
                (
                    "attendance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="consultation.attendance",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="consultation.agendaitem",
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
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("drawn_up_on", models.DateField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "drawn_up_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "issued_by",
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
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="consultation.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="minutes_issued_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("branch", "Branch"),
                            ("property_company", "Property company"),
                            ("owners_committee", "Owners' committee"),
                            ("residents", "Residents"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("remark", "confirmed with a remark"),
                            ("declined", "declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "minutes",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="consultation.minutes",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.person"
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
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "party"), name="one_confirmation_per_seat"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "confirmed"), models.Q(("remark", ""), _negated=True), _connector="OR"
                        ),
                        name="remark_or_refusal_is_spelled_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("task", models.CharField(max_length=1000)),
                ("due_on", models.DateField()),
                ("danger", models.BooleanField(db_default=False, default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("handed_out", "handed out"),
                            ("accepted", "accepted"),
                            ("done", "reported done"),
                            ("verified", "verified"),
                            ("returned", "returned"),
                            ("withdrawn", "taken back"),
                        ],
                        default="handed_out",
                        max_length=10,
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("report", models.CharField(blank=True, max_length=1000, verbose_name="what was done")),
                (
                    "accepted_by",
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
                    "completion_posting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment_of_completion",
                        to="notices.posting",
                    ),
                ),
                (
                    "reported_by",
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
                    "result_posting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment_of_result",
                        to="notices.posting",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment",
                        to="consultation.decision",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="consultation.issue"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="consultation.responsiblebody",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", True), ("reported_at__isnull", True), ("state", "handed_out")
                            ),
                            models.Q(
                                ("accepted_at__isnull", False), ("reported_at__isnull", True), ("state", "accepted")
                            ),
                            models.Q(("reported_at__isnull", True), ("state__in", ["returned", "withdrawn"])),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("reported_at__isnull", False),
                                ("state__in", ["done", "verified"]),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_state_has_its_times",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("danger", False), ("decision__isnull", True), _connector="OR"),
                        name="danger_waits_for_no_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("passed", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="consultation.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "photo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verification", to="photos.photo"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("passed", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="what_is_missing_is_spelled_out",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("docx", "official copy (Word)"), ("pdf", "reading copy (PDF)")], max_length=4
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("working", "being made"),
                            ("ready", "ready"),
                            ("failed", "could not be made"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveIntegerField(default=0)),
                (
                    "minutes",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="consultation.minutes",
                    ),
                ),
            ],
            options={
                "ordering": ["kind"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "working"])),
                        fields=["created_at"],
                        name="document_unfinished",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "kind"), name="document_once_per_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("size__gt", 0), _connector="OR"
                        ),
                        name="ready_document_has_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "level",
                    models.CharField(
                        choices=[("community", "Community"), ("street", "Street"), ("district", "District")],
                        max_length=9,
                    ),
                ),
                ("office", models.CharField(max_length=140)),
                ("question", models.CharField(max_length=500, verbose_name="question")),
                ("answer_due_on", models.DateField()),
                ("answer_due_provisional", models.BooleanField(db_default=False, default=False)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_for", models.CharField(blank=True, max_length=140)),
                (
                    "answered_by",
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
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_up_by",
                        to="consultation.supervision",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="consultation.issue",
                    ),
                ),
                ("working_days", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["answer_due_on"], name="supervision_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("issue", "level"),
                        name="one_open_supervision_per_issue_and_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="supervision_is_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_for", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("closed_for", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="supervision_is_closed_by_an_office",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("steward", "building steward"),
                            ("supervisor", "the body's supervisor"),
                            ("branch", "branch"),
                            ("general", "general branch"),
                            ("office", "street or district"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(choices=[("late", "late"), ("nudges", "urged three times")], max_length=8)),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="escalations", to="consultation.issue"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="consultation.steprecord",
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultation.supervision",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "level"), name="each_level_once_a_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "office"), ("to_unit__isnull", True)),
                            models.Q(models.Q(("level", "office"), _negated=True), ("to_unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="escalation_reaches_a_unit_or_an_office",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("due_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("still_fine", "still fine"), ("came_back", "it came back")], max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="consultation.issue"
                    ),
                ),
                (
                    "new_issue",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carries_on_from",
                        to="consultation.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("asked_at__isnull", True)),
                        fields=("issue",),
                        name="one_follow_up_waits_per_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_at__isnull", True),
                                ("asked_by__isnull", True),
                                ("new_issue__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("asked_at__isnull", False),
                                ("asked_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_asked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "came_back"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_came_back_is_spelled_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("resident", "a resident's answer"),
                            ("owners_vote", "the owners' vote"),
                            ("higher_body", "a higher body"),
                            ("season", "the season"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                        verbose_name="waiting for",
                    ),
                ),
                ("question", models.CharField(max_length=300, verbose_name="what exactly")),
                ("since", models.DateField()),
                ("review_on", models.DateField()),
                ("review_provisional", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="what came of it")),
                (
                    "ended_by",
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
                    "put_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="consultation.issue"
                    ),
                ),
                ("review_from", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("issue",), name="one_hold_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hold_ends_with_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "invited_as",
                    models.CharField(
                        choices=[
                            ("deliberator", "deliberator"),
                            ("reporter", "raised the matter"),
                            ("affected", "affected household"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("door", "at the door"),
                            ("phone", "by phone"),
                            ("wechat", "by WeChat"),
                            ("paper", "paper in the letter box"),
                        ],
                        max_length=8,
                        verbose_name="told",
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="organisation.household",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="consultation.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="organisation.person",
                    ),
                ),
                (
                    "told_by",
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
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="consultation.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["item__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "item", "person", "household"), name="invited_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", True), ("person__isnull", False)),
                            models.Q(("household__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_person_or_a_household_is_invited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True), ("told_how", "")),
                            models.Q(
                                models.Q(("told_how", ""), _negated=True),
                                ("told_at__isnull", False),
                                ("told_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="told_by_somebody_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("door", models.CharField(blank=True, max_length=40, verbose_name="door")),
                ("statement", models.CharField(blank=True, max_length=500, verbose_name="what should be read out")),
                ("read_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendance",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sign_up",
                        to="consultation.attendance",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_ups", to="consultation.meeting"
                    ),
                ),
                (
                    "read_out_by",
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
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_out_at__isnull", True), ("read_out_by__isnull", True)),
                            models.Q(
                                ("read_out_at__isnull", False),
                                ("read_out_by__isnull", False),
                                models.Q(("statement", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_statement_is_read_out_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("merged_into", "merged into"), ("split_from", "split from")], max_length=12
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("voices", models.PositiveIntegerField()),
                ("households", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="consultation.issue"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="linked_from", to="consultation.issue"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("issue", models.F("other")), _negated=True),
                        name="a_matter_is_not_linked_to_itself",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "split_from")), fields=("issue",), name="split_from_one_matter_only"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mediation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("mediator", models.CharField(max_length=60)),
                ("parties", models.CharField(max_length=300)),
                ("handed_on", models.DateField()),
                ("met_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "they agree, in writing"),
                            ("partly", "they agree on part of it"),
                            ("failed", "they do not agree"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mediation_agreement",
                        to="photos.photo",
                    ),
                ),
                (
                    "ended_by",
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
                    "handed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mediations", to="consultation.issue"
                    ),
                ),
            ],
            options={
                "ordering": ["-handed_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("issue",),
                        name="one_mediation_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("met_on__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("met_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mediation_ends_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["agreed", "partly"]), _negated=True),
                            ("agreement__isnull", False),
                            _connector="OR",
                        ),
                        name="what_is_agreed_is_in_writing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "failed"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="failed_mediation_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandatoryReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reported_to", models.CharField(max_length=80)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("due_at", models.DateTimeField()),
                ("reported_at", models.DateTimeField()),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandatory_report",
                        to="consultation.issue",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpenRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("stars", models.PositiveSmallIntegerField()),
                ("said", models.CharField(blank=True, max_length=300)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="open_ratings",
                        to="consultation.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stars__range", (1, 5))), name="open_rating_one_to_five_stars"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnersVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "article_item",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1. rules of procedure of the owners' assembly"),
                            (2, "2. the owners' compact"),
                            (3, "3. electing or replacing the owners' committee"),
                            (4, "4. hiring or dismissing the property company"),
                            (5, "5. use of the maintenance fund"),
                            (6, "6. raising the maintenance fund"),
                            (7, "7. rebuilding"),
                            (8, "8. changed or commercial use of common parts"),
                            (9, "9. other matters of common ownership"),
                        ],
                        verbose_name="article 278",
                    ),
                ),
                ("question", models.CharField(max_length=300, verbose_name="question")),
                ("ballot_from", models.DateField(verbose_name="ballot from")),
                ("ballot_until", models.DateField(verbose_name="ballot until")),
                ("total_persons", models.PositiveIntegerField(verbose_name="owners, persons")),
                ("total_area", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="exclusive area, m²")),
                (
                    "took_part_persons",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="took part, persons"),
                ),
                (
                    "took_part_area",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="took part, m²"
                    ),
                ),
                ("for_persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="in favour, persons")),
                (
                    "for_area",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="in favour, m²"
                    ),
                ),
                ("counted_on", models.DateField(blank=True, null=True, verbose_name="counted on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "passed"),
                            ("too_few", "too few took part"),
                            ("refused", "not enough agreed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owners_vote",
                        to="consultation.decision",
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="owners_vote", to="consultation.hold"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owners_votes",
                        to="consultation.issue",
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
            ],
            options={
                "ordering": ["-ballot_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("article_item__range", (1, 9))), name="vote_names_an_item_of_article_278"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ballot_until__gte", models.F("ballot_from"))),
                        name="ballot_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_area__gt", 0), ("total_persons__gt", 0)),
                        name="a_compound_has_owners_and_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("counted_on__isnull", True),
                                ("for_area__isnull", True),
                                ("for_persons__isnull", True),
                                ("recorded_by__isnull", True),
                                ("result", ""),
                                ("took_part_area__isnull", True),
                                ("took_part_persons__isnull", True),
                            ),
                            models.Q(
                                ("counted_on__isnull", True),
                                ("for_area__isnull", True),
                                ("for_persons__isnull", True),
                                ("recorded_by__isnull", False),
                                ("result", "withdrawn"),
                                ("took_part_area__isnull", True),
                                ("took_part_persons__isnull", True),
                            ),
                            models.Q(
                                ("counted_on__isnull", False),
                                ("for_area__gte", 0),
                                ("for_area__isnull", False),
                                ("for_area__lte", models.F("took_part_area")),
                                ("for_persons__isnull", False),
                                ("for_persons__lte", models.F("took_part_persons")),
                                ("recorded_by__isnull", False),
                                ("result__in", ["passed", "too_few", "refused"]),
                                ("took_part_area__isnull", False),
                                ("took_part_area__lte", models.F("total_area")),
                                ("took_part_persons__isnull", False),
                                ("took_part_persons__lte", models.F("total_persons")),
                            ),
                            _connector="OR",
                        ),
                        name="no_more_votes_than_owners",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("general_branch", "the community's general branch"),
                            ("street", "the street"),
                            ("district", "the district"),
                            ("body", "a body named below"),
                        ],
                        max_length=16,
                    ),
                ),
                ("question", models.CharField(max_length=500)),
                ("sent_on", models.DateField()),
                ("answer_due_on", models.DateField()),
                ("answer_due_provisional", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "Visit and ask"),
                            ("propose", "Branch proposes"),
                            ("meet", "Four parties consult"),
                            ("handle", "Divide and handle"),
                            ("evaluate", "Sum up and evaluate"),
                            ("referred", "Passed upward"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ended_by",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="consultation.issue"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="consultation.responsiblebody",
                    ),
                ),
                ("ended_for", models.CharField(blank=True, db_default="", max_length=140)),
            ],
            options={
                "ordering": ["-sent_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("issue",),
                        name="one_referral_waits_per_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", False), ("level", "body")),
                            models.Q(models.Q(("level", "body"), _negated=True), ("body__isnull", True)),
                            _connector="OR",
                        ),
                        name="referral_to_a_level_or_a_body",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_due_on__gte", models.F("sent_on"))),
                        name="referral_due_after_it_is_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("ended_for", ""),
                                ("next_step", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ended_for", ""),
                                models.Q(("next_step", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", True),
                                models.Q(("ended_for", ""), _negated=True),
                                models.Q(("next_step", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_ends_with_a_next_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("stars", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("link", "by the reporter's link"),
                            ("member", "by a member"),
                            ("steward", "taken down at the door"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.household",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="consultation.issue",
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
                    "witnessed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "household"), name="one_rating_per_household"),
                    models.CheckConstraint(condition=models.Q(("stars__range", (1, 5))), name="one_to_five_stars"),
                    models.CheckConstraint(
                        condition=models.Q(("stars__gte", 3), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="low_rating_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("stars", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("due_on", models.DateField()),
                ("due_provisional", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the branch"),
                            ("taken_up", "taken up again"),
                            ("refused", "refused"),
                            ("settled", "settled: the rating was changed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="consultation.issue"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refusals",
                        to="notices.posting",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="consultation.rating"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("rating",), name="rating_waits_for_one_answer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", True), ("state", "settled")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["taken_up", "refused"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reopening_state_has_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("posting__isnull", True), ("state", "refused"), _connector="OR"),
                        name="only_a_refusal_is_posted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("tracking_hash", models.CharField(max_length=64, unique=True)),
                ("may_call", models.BooleanField(default=False)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "completed_by",
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
                    "entrance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="organisation.entrance"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.household",
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="consultation.issue"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_at__isnull", True), ("completed_by__isnull", True)),
                            models.Q(("completed_at__isnull", False), ("completed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_completed_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "scoring is open"),
                            ("frozen", "counted, soon posted"),
                            ("posted", "posted"),
                            ("awarded", "ended"),
                            ("skipped", "not held"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("opened_on", models.DateField()),
                ("closes_on", models.DateField(null=True)),
                ("keying_until", models.DateField(null=True)),
                ("dates_provisional", models.BooleanField(db_default=False, default=False)),
                ("posting_days", models.PositiveSmallIntegerField(db_default=5, default=5)),
                ("fewest_scores", models.PositiveSmallIntegerField(db_default=5, default=5)),
                ("prior_weight", models.PositiveSmallIntegerField(db_default=5, default=5)),
                ("nonce", models.CharField(db_default="", default="", editable=False, max_length=32)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("sheets", models.PositiveIntegerField(null=True)),
                ("mean_of_all", models.DecimalField(decimal_places=2, max_digits=3, null=True)),
                ("awarded_at", models.DateTimeField(null=True)),
                (
                    "skip_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_meeting", "no meeting was held in the quarter"),
                            ("no_scorer", "nobody holds a post that scores"),
                        ],
                        db_default="",
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scoring_round",
                        to="notices.posting",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-quarter"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "quarter"), name="one_scoring_per_quarter"),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4))), name="a_year_has_four_quarters"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closes_on__isnull", True),
                                ("state", "skipped"),
                                models.Q(("skip_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "skipped"), _negated=True),
                                ("closes_on__isnull", False),
                                ("keying_until__gte", models.F("closes_on")),
                                ("skip_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="scoring_is_held_or_skipped_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("frozen_at__isnull", True),
                                ("sheets__isnull", True),
                                ("state__in", ["open", "skipped"]),
                            ),
                            models.Q(
                                ("frozen_at__isnull", False),
                                ("sheets__isnull", False),
                                ("state__in", ["frozen", "posted", "awarded"]),
                            ),
                            _connector="OR",
                        ),
                        name="scoring_is_counted_once_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posting__isnull", False), ("state__in", ["posted", "awarded"])),
                            models.Q(("posting__isnull", True), ("state__in", ["open", "frozen", "skipped"])),
                            _connector="OR",
                        ),
                        name="posted_scoring_has_its_posting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awarded_at__isnull", False), ("state", "awarded")),
                            models.Q(models.Q(("state", "awarded"), _negated=True), ("awarded_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="ended_scoring_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("procedure", "how consultation was run"),
                            ("feedback", "how results were fed back"),
                            ("deliberator", "deliberator"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scored_as",
                        to="organisation.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="consultation.scoringround",
                    ),
                ),
                ("abstained", models.PositiveIntegerField(null=True)),
                ("fair_mean", models.DecimalField(decimal_places=2, max_digits=3, null=True)),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("scores", models.PositiveIntegerField(null=True)),
                ("total", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "kind", "person"), name="scored_once_per_round", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "deliberator"), ("person__isnull", False)),
                            models.Q(models.Q(("kind", "deliberator"), _negated=True), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_a_deliberator_is_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("abstained__isnull", True), ("scores__isnull", True), ("total__isnull", True)),
                            models.Q(("abstained__isnull", False), ("scores__isnull", False)),
                            _connector="OR",
                        ),
                        name="counted_whole_or_not_at_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fair_mean__isnull", True), ("place__isnull", True), ("total__isnull", True)),
                            models.Q(
                                ("total__gte", models.F("scores")),
                                (
                                    "total__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(5), "*", models.F("scores")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="scores_add_up_to_what_they_can",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fair_mean__isnull", True), ("place__isnull", True)),
                            models.Q(("fair_mean__range", (Decimal("1"), Decimal("5"))), ("place__gte", 1)),
                            _connector="OR",
                        ),
                        name="fair_mean_has_a_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scorer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("general_secretary", "general branch secretary"),
                            ("community_worker", "community worker"),
                            ("grid_worker", "grid worker"),
                            ("branch_secretary", "branch secretary"),
                            ("branch_committee", "branch committee member"),
                            ("party_member", "party member"),
                            ("building_steward", "building steward"),
                            ("neighbour_lead", "neighbour lead"),
                            ("residents_rep", "residents' representative"),
                            ("owners_committee", "owners' committee member"),
                            ("property_staff", "property company staff"),
                            ("volunteer_leader", "volunteer leader"),
                        ],
                        max_length=20,
                    ),
                ),
                ("scored", models.BooleanField(default=False)),
                ("took_paper", models.BooleanField(default=False)),
                ("link_hash", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scorer_in", to="organisation.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorers",
                        to="consultation.scoringround",
                    ),
                ),
            ],
            options={
                "ordering": ["person__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person"), name="scorer_once_per_round"),
                    models.CheckConstraint(
                        condition=models.Q(("scored", True), ("took_paper", True), _negated=True),
                        name="scores_on_screen_or_on_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField()),
                ("sealed", models.BigIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="consultation.scoringround",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="consultation.scoringsubject",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "subject", "value"), name="one_tally_per_value"),
                    models.CheckConstraint(
                        condition=models.Q(("value__range", (0, 5))), name="tally_of_a_value_there_is"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("counted", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_sheets",
                        to="consultation.scoringround",
                    ),
                ),
                ("keyed", models.JSONField(blank=True, db_default={}, default=dict)),
            ],
            options={
                "ordering": ["code_hash"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("counted", False), ("keyed", {}), _connector="OR"),
                        name="nothing_keyed_stays_of_a_counted_sheet",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scores", models.PositiveIntegerField(null=True)),
                ("total", models.PositiveIntegerField(null=True)),
                ("reason", models.CharField(max_length=500, verbose_name="what was wrong, and what is right")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "objection",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scoring_correction",
                        to="notices.objection",
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scoring_correction",
                        to="notices.posting",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="consultation.scoringround",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="consultation.scoringsubject",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="correction_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scores__isnull", True), ("subject__isnull", True), ("total__isnull", True)),
                            models.Q(
                                ("scores__isnull", False),
                                ("subject__isnull", False),
                                ("total__gte", models.F("scores")),
                                (
                                    "total__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(5), "*", models.F("scores")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="correction_names_both_numbers_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fair_mean", models.DecimalField(decimal_places=2, max_digits=3)),
                ("scores", models.PositiveIntegerField()),
                ("given_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="organisation.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="consultation.scoringround",
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("round", "person"), name="awarded_once_per_round")],
            },
        ),
        migrations.CreateModel(
            name="ConsultationSettings",
            fields=[
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                (
                    "per_household",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="points for each household",
                    ),
                ),
                (
                    "households_at_most",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="for households, at most",
                    ),
                ),
                (
                    "urgent",
                    models.PositiveSmallIntegerField(
                        default=30, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="urgent"
                    ),
                ),
                (
                    "soon",
                    models.PositiveSmallIntegerField(
                        default=15, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="soon"
                    ),
                ),
                (
                    "frail",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="elderly, ill or disabled people",
                    ),
                ),
                (
                    "families",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="families with small children",
                    ),
                ),
                (
                    "per_waiting_day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="points for each day of waiting",
                    ),
                ),
                (
                    "waiting_at_most",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="for waiting, at most",
                    ),
                ),
                (
                    "visit_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="Visit and ask",
                    ),
                ),
                (
                    "propose_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="Branch proposes",
                    ),
                ),
                (
                    "meet_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="Four parties consult",
                    ),
                ),
                (
                    "evaluate_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="Sum up and evaluate",
                    ),
                ),
                (
                    "referred_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="Passed upward",
                    ),
                ),
                (
                    "scoring_days",
                    models.PositiveSmallIntegerField(
                        db_default=10,
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="Scoring is open for",
                    ),
                ),
                (
                    "scoring_posting_days",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="The result hangs for",
                    ),
                ),
                (
                    "escalate_first_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="First level up, when it is late by",
                    ),
                ),
                (
                    "escalate_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="Each level of an urgent matter, after",
                    ),
                ),
                (
                    "escalate_next_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="Each further level, after",
                    ),
                ),
                (
                    "office_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="Days in which the branch answers the street or district",
                    ),
                ),
                (
                    "propose_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="Branch proposes",
                    ),
                ),
                (
                    "referred_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="Passed upward",
                    ),
                ),
                (
                    "visit_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="Visit and ask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_settings_row"),
                    models.CheckConstraint(
                        condition=models.Q(("families__lte", models.F("frail")), ("soon__lte", models.F("urgent"))),
                        name="more_need_gives_no_fewer_points",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "urgent__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "-", models.F("households_at_most")
                                        ),
                                        "-",
                                        models.F("frail"),
                                    ),
                                    "-",
                                    models.F("waiting_at_most"),
                                ),
                            )
                        ),
                        name="at_most_a_hundred_points",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("visited_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("talked", "talked"),
                            ("by_phone", "by phone"),
                            ("not_home", "not at home"),
                            ("refused", "did not want to"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("contact_before", models.DateField(blank=True, editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="organisation.person"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="organisation.household",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="consultation.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["-visited_on", "-pk"],
                "indexes": [models.Index(fields=["household", "-visited_on"], name="visit_by_household")],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "urgency",
                    models.CharField(
                        choices=[("can_wait", "can wait"), ("soon", "soon"), ("urgent", "urgent")],
                        max_length=10,
                        verbose_name="how urgent",
                    ),
                ),
                (
                    "concerns",
                    models.CharField(
                        choices=[
                            ("anyone", "anyone"),
                            ("families", "families with small children"),
                            ("frail", "elderly, ill or disabled people"),
                        ],
                        max_length=10,
                        verbose_name="whom it concerns",
                    ),
                ),
                (
                    "served",
                    models.CharField(
                        choices=[
                            ("one_body", "one body alone"),
                            ("several", "several parties"),
                            ("owners_money", "common parts or owners' money"),
                        ],
                        max_length=14,
                        verbose_name="who must serve",
                    ),
                ),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="working days it should take")),
                (
                    "difficulty",
                    models.CharField(
                        choices=[("simple", "simple"), ("moderate", "takes some work"), ("hard", "hard")],
                        max_length=10,
                        verbose_name="difficulty",
                    ),
                ),
                ("suggestion", models.CharField(max_length=500, verbose_name="what the branch suggests")),
                ("households", models.PositiveIntegerField()),
                ("waiting_days", models.PositiveIntegerField()),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("direct", "hand out directly"),
                            ("meeting", "four parties' meeting"),
                            ("owners_vote", "owners' vote"),
                        ],
                        max_length=12,
                    ),
                ),
                ("weights", models.JSONField(blank=True, db_default={}, default=dict)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="consultation.issue"
                    ),
                ),
                (
                    "sorted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="IssueList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("edition", models.PositiveIntegerField(unique=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("published_at"),
                        condition=models.Q(("published_at__isnull", True)),
                        name="one_draft_list_at_a_time",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_published_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("rank", models.PositiveIntegerField(blank=True, null=True)),
                ("hand_rank", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "hand_reason",
                    models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="reason"),
                ),
                (
                    "hand_by",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_entries",
                        to="consultation.issue",
                    ),
                ),
                (
                    "issue_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="consultation.issuelist",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultation.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "-proposal__score", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue_list", "issue"), name="matter_once_per_list"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hand_by__isnull", True), ("hand_rank__isnull", True), ("hand_reason", "")),
                            models.Q(
                                ("hand_by__isnull", False),
                                ("hand_rank__gte", 1),
                                models.Q(("hand_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="moved_by_hand_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandlerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("wrong_answers", models.PositiveSmallIntegerField(default=0)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handler_links",
                        to="consultation.assignment",
                    ),
                ),
                (
                    "made_by",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("assignment",),
                        name="one_handler_link_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandlerLinkUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("name", models.CharField(max_length=60)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("progress", "reported progress"),
                            ("done", "reported done"),
                            ("wrong", "wrong digits"),
                            ("rang", "looked at phone numbers"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="consultation.handlerlink"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AssignmentReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("progress", "progress"), ("done", "done")], max_length=8)),
                ("text", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("handler_name", models.CharField(blank=True, max_length=60)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="consultation.assignment",
                    ),
                ),
                (
                    "by",
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
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="consultation.handlerlink",
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
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("handler_name", ""), ("link__isnull", True)),
                            models.Q(
                                ("by__isnull", True),
                                ("link__isnull", False),
                                models.Q(("handler_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_by_a_member_or_through_a_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="report_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("due_on", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("again", "handed out again"),
                            ("propose", "back to the branch's sorting"),
                            ("meet", "back to the four parties"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="consultation.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultation.responsiblebody",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("assignment",),
                        name="one_return_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="return_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="return_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nudge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nudges", to="consultation.assignment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False), ("words", ""), _connector="OR"),
                        name="the_boards_nudge_has_no_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("said", models.CharField(blank=True, max_length=2000)),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="organisation.household",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="consultation.issue",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="organisation.person"
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
                    "witnessed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("ring_agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ring_agreed_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("rating_hash", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "rating_link_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "person"), name="one_voice_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ring_agreed_at__isnull", True), ("ring_agreed_to__isnull", True)),
                            models.Q(("ring_agreed_at__isnull", False), ("ring_agreed_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_was_given_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rating_hash__isnull", True), ("rating_link_by__isnull", True)),
                            models.Q(("rating_hash__isnull", False), ("rating_link_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="rating_link_made_by_somebody",
                    ),
                ],
            },
        ),
    ]
