import compounds.organisation.models.people
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OrganisationSettings",
            fields=[
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                (
                    "contact_rhythm_days",
                    models.PositiveSmallIntegerField(
                        db_default=90, default=90, verbose_name="days between two contacts"
                    ),
                ),
                ("post_titles", models.JSONField(blank=True, db_default={}, default=dict)),
                ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_row_of_organisation_settings"),
                    models.CheckConstraint(
                        condition=models.Q(("contact_rhythm_days__range", (7, 366))),
                        name="contact_rhythm_of_a_week_to_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "general branch"), (2, "branch"), (3, "building"), (4, "neighbour group")]
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["level", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent__isnull", True)),
                            models.Q(("level__gt", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_the_root_has_no_parent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("level__lte", 2)),
                        fields=("level",),
                        name="one_general_branch_and_one_branch",
                    ),
                    models.UniqueConstraint(fields=("parent", "name"), name="unit_name_once_below_its_parent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="building", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Entrance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "building",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entrances",
                        to="organisation.building",
                    ),
                ),
            ],
            options={
                "ordering": ["building__number", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("building", "number"), name="entrance_once_in_its_building")
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("door", models.CharField(max_length=10, verbose_name="door")),
                (
                    "occupancy",
                    models.CharField(
                        choices=[("owner", "lived in by its owner"), ("let", "let"), ("empty", "empty")],
                        default="owner",
                        max_length=6,
                        verbose_name="occupancy",
                    ),
                ),
                ("last_contact_on", models.DateField(blank=True, null=True, verbose_name="last contact")),
                (
                    "entrance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="organisation.entrance",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["entrance__building__number", "entrance__number", "door"],
                "constraints": [models.UniqueConstraint(fields=("entrance", "door"), name="door_once_in_its_entrance")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("user_id", models.BigIntegerField(blank=True, editable=False, null=True, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="organisation.household",
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("letter_box", models.BooleanField(db_default=False, default=False, editable=False)),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("letter_box", True)), fields=("letter_box",), name="one_letter_box"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letter_box", False),
                            models.Q(
                                ("erased_at__isnull", True),
                                ("household__isnull", True),
                                ("phone", ""),
                                ("user_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_box_is_nobody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
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
                        verbose_name="post",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organisation.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organisation.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "ordering": ["unit__level", "unit__position", "kind", "starts_on"],
                "indexes": [models.Index(fields=["kind", "starts_on"], name="post_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="post_ends_after_it_starts",
                        violation_error_message="A term cannot end before it starts.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("unit", "="),
                            ("kind", "="),
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
                        name="post_once_per_person_and_unit",
                        violation_error_message="This person holds that post in this time already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["general_secretary", "branch_secretary", "building_steward", "neighbour_lead"],
                            )
                        ),
                        expressions=[
                            ("unit", "="),
                            ("kind", "="),
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
                        name="single_post_has_one_holder",
                        violation_error_message="Somebody else holds this post in this time. End that term first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("action", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=200)),
                ("facts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
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
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["-at", "-id"], name="audit_newest_first")],
            },
        ),
        migrations.CreateModel(
            name="SheetImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("file_name", models.CharField(max_length=120)),
                ("content", models.BinaryField(null=True)),
                ("taken_in_at", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("office", models.CharField(blank=True, db_default="", max_length=140)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taken_in_at__isnull", True), ("content__isnull", True), _connector="OR"),
                        name="taken_in_sheet_keeps_no_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("office", "")),
                            models.Q(("by__isnull", True), models.Q(("office", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sheet_is_a_persons_or_an_offices",
                    ),
                ],
            },
        ),
    ]
