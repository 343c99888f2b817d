import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("photos", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outlet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("robot", "WeCom group"), ("email", "e-mail"), ("sms", "SMS")], max_length=8
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                ("webhook", models.CharField(blank=True, max_length=300)),
                ("urgent_only", models.BooleanField(default=False)),
                ("verified_hash", models.CharField(blank=True, max_length=64)),
                ("nonce", models.CharField(blank=True, max_length=32)),
                ("nonce_until", models.DateTimeField(blank=True, null=True)),
                ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                ("resting_until", models.DateTimeField(blank=True, null=True)),
                ("failures_in_row", models.PositiveSmallIntegerField(default=0)),
                ("last_sent_at", models.DateTimeField(blank=True, null=True)),
                ("last_failed_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=60)),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.building",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["channel", "building__number", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("channel", "robot")), fields=("name",), name="robot_names_differ"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("person", "channel"),
                        name="outlet_once_per_person_and_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "robot"),
                                ("nonce", ""),
                                ("person__isnull", True),
                                ("urgent_only", False),
                                ("verified_hash", ""),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("webhook", ""), _negated=True),
                            ),
                            models.Q(
                                ("building__isnull", True),
                                ("channel__in", ["email", "sms"]),
                                ("name", ""),
                                ("person__isnull", False),
                                ("webhook", ""),
                            ),
                            _connector="OR",
                        ),
                        name="outlet_is_a_robot_or_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice_board", "notice board"),
                            ("wechat_group", "residents' WeChat group"),
                            ("other_place", "another place"),
                        ],
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("active", models.BooleanField(db_default=True, default=True)),
            ],
            options={
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["notice_board", "wechat_group", "other_place"])),
                        name="entrances_are_no_spots",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="spot_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("result", "what was agreed"),
                            ("completion", "what was done"),
                            ("refusal", "why it is not taken up again"),
                            ("scoring", "what the quarter's scoring found"),
                            ("honour", "who is to be honoured"),
                            ("notice", "a notice"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("ends_provisional", models.BooleanField(default=False)),
                (
                    "posted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="posting_ends_after_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice_board", "notice board"),
                            ("wechat_group", "residents' WeChat group"),
                            ("other_place", "another place"),
                            ("entrance", "entrance"),
                        ],
                        max_length=14,
                    ),
                ),
                ("ticked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entrance",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.entrance",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="notices.posting",
                    ),
                ),
                (
                    "proof",
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
                    "ticked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("name", models.CharField(blank=True, db_default="", max_length=40)),
                (
                    "spot",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.spot",
                    ),
                ),
            ],
            options={
                "ordering": ["-kind", "entrance__building__number", "entrance__number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proof__isnull", True), ("ticked_at__isnull", True), ("ticked_by__isnull", True)),
                            models.Q(
                                ("proof__isnull", False), ("ticked_at__isnull", False), ("ticked_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="ticked_with_proof",
                    ),
                    models.UniqueConstraint(
                        fields=("posting", "kind", "spot", "entrance"),
                        name="place_once_per_posting",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entrance__isnull", False), ("kind", "entrance"), ("spot__isnull", True)),
                            models.Q(models.Q(("kind", "entrance"), _negated=True), ("entrance__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_an_entrance_names_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="notices.posting",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("picture", "long picture"),
                            ("a4", "one sheet, A4"),
                            ("a3", "one large sheet, A3"),
                            ("entrances", "one sheet for each entrance, A4"),
                        ],
                        db_default="picture",
                        default="picture",
                        max_length=10,
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
                ("queued_at", models.DateTimeField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "db_table": "notices_sharepicture",
                "ordering": ["posting", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "working"])),
                        fields=["created_at"],
                        name="picture_unfinished",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("posting", "form"), name="posting_file_once_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("size__gt", 0), _connector="OR"
                        ),
                        name="ready_picture_has_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("out_at", models.DateTimeField()),
                ("handed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("handed_at", None)), fields=["out_at"], name="digest_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "day"), name="one_digest_per_person_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("out_at", models.DateTimeField()),
                ("urgent", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                ("target", models.JSONField(default=list)),
                ("handed_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="notices.digest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-out_at", "-pk"],
                "indexes": [
                    models.Index(fields=["person", "-out_at", "-id"], name="reminders_of_person"),
                    models.Index(
                        condition=models.Q(("handed_at", None), ("urgent", True)),
                        fields=["out_at"],
                        name="reminder_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "person"), name="each_reminder_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest__isnull", True), ("urgent", True)),
                            models.Q(("digest__isnull", False), ("urgent", False)),
                            _connector="OR",
                        ),
                        name="urgent_or_in_a_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("posting", "posting"),
                            ("picture", "long picture"),
                            ("digest", "the day's reminders"),
                            ("urgent", "urgent reminder"),
                            ("test", "test message"),
                            ("code", "code to confirm an address"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("next_try_at", models.DateTimeField()),
                ("give_up_at", models.DateTimeField()),
                ("error", models.CharField(blank=True, max_length=60)),
                ("receipt", models.CharField(blank=True, max_length=100)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "decided_by",
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
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notices.digest",
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="joined",
                        to="notices.delivery",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notices.posting",
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notices.reminder",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="notices.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["next_try_at"], name="delivery_waiting"
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["leased_until"], name="delivery_leased"
                    ),
                    models.Index(
                        condition=models.Q(("state", "failed")), fields=["finished_at"], name="delivery_failed"
                    ),
                    models.Index(fields=["-created_at", "-id"], name="deliveries_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "kind", "key"), name="each_delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("digest", None),
                                ("kind__in", ["posting", "picture"]),
                                ("posting__isnull", False),
                                ("reminder", None),
                            ),
                            models.Q(
                                ("digest__isnull", False), ("kind", "digest"), ("posting", None), ("reminder", None)
                            ),
                            models.Q(
                                ("digest", None), ("kind", "urgent"), ("posting", None), ("reminder__isnull", False)
                            ),
                            models.Q(
                                ("digest", None), ("kind__in", ["test", "code"]), ("posting", None), ("reminder", None)
                            ),
                            _connector="OR",
                        ),
                        name="delivery_is_about_what_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leased_until__isnull", False), ("state", "sending")),
                            models.Q(models.Q(("state", "sending"), _negated=True), ("leased_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_is_leased_while_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state__in", ["sent", "failed"])),
                            models.Q(("finished_at__isnull", True), ("state__in", ["queued", "sending"])),
                            _connector="OR",
                        ),
                        name="delivery_is_finished_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("result", "result"),
                            ("progress", "progress"),
                            ("meeting", "meeting"),
                            ("activity", "activity"),
                            ("policy", "policy"),
                            ("anti_fraud", "against fraud"),
                            ("law", "law"),
                            ("rumour", "rumour clarified"),
                            ("emergency", "emergency"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                ("chart", models.TextField(blank=True, max_length=1000, verbose_name="chart")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="English title")),
                ("text_en", models.TextField(blank=True, max_length=4000, verbose_name="English text")),
                ("chart_en", models.TextField(blank=True, max_length=1500, verbose_name="English chart")),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("compound", "the whole compound"),
                            ("buildings", "some buildings"),
                            ("entrances", "some entrances"),
                            ("post", "those who hold one kind of post"),
                        ],
                        default="compound",
                        max_length=10,
                    ),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        blank=True,
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
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("approved", "approved"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("sent_back", models.CharField(blank=True, max_length=300)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=300)),
                ("replaced", models.BooleanField(default=False)),
                ("readings", models.PositiveIntegerField(default=0)),
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
                    "posting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice",
                        to="notices.posting",
                    ),
                ),
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
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="notices.notice",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "withdrawn_by",
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
                    "worded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices_written",
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
                "ordering": ["-published_at", "-pk"],
                "indexes": [models.Index(fields=["-published_at", "-id"], name="notice_newest_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="notice_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chart_en", ""), ("text_en", ""), ("title_en", "")),
                            models.Q(
                                models.Q(("title_en", ""), _negated=True), models.Q(("text_en", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_whole_in_english_or_not_at_all",
                        violation_error_message="Write both the English title and the English text, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("places__len", 0), ("post", ""), ("target", "compound")),
                            models.Q(("places__len__gt", 0), ("post", ""), ("target__in", ["buildings", "entrances"])),
                            models.Q(("places__len", 0), ("target", "post"), models.Q(("post", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="notice_is_for_whom_its_target_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="notice_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_back", ""), ("state", "draft"), _connector="OR"),
                        name="only_a_draft_is_sent_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("published_at__isnull", True), ("state", "draft")),
                            models.Q(
                                ("approved_at__isnull", False), ("published_at__isnull", True), ("state", "approved")
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("published_at__isnull", False), ("state", "published")
                            ),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="notice_is_approved_then_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                ("approved_by__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                ("published_by__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                ("withdrawn_by__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        name="who_did_what_to_a_notice_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(
                                    models.Q(("withdrawn_why", ""), _negated=True), ("replaced", True), _connector="OR"
                                ),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("replaced", False),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("posting__isnull", True), ("published_at__isnull", True), ("starts_on__isnull", True)
                            ),
                            models.Q(
                                ("posting__isnull", True),
                                ("published_at__isnull", False),
                                ("starts_on__isnull", False),
                                ("target", "post"),
                            ),
                            models.Q(
                                ("posting__isnull", False),
                                ("published_at__isnull", False),
                                ("starts_on__isnull", False),
                                models.Q(("target", "post"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="published_notice_hangs_where_its_target_says",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("replaces",),
                        name="one_notice_takes_another_s_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("board", "from the board"),
                            ("link", "by the posting's link"),
                            ("steward", "taken down by somebody who serves here"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField()),
                ("due_provisional", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waits for an answer"), ("upheld", "upheld"), ("dismissed", "dismissed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000)),
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
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="notices.posting"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["upheld", "dismissed"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_is_answered_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "steward"), ("recorded_by__isnull", False)),
                            models.Q(models.Q(("channel", "steward"), _negated=True), ("recorded_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="who_takes_an_objection_down_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="objection_says_something"
                    ),
                ],
            },
        ),
    ]
