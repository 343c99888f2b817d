"""Webhooks in the district's admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from compounds.partners.hooks import signing
from compounds.partners.models import Event, HookDelivery, Subscription
from compounds.registry.models import Compound
from consultation.steps import Step
from tests.factories import IssueFactory
from tests.organisation.district.conftest import Above
from tests.partnering import a_client
from tests.partners.hooking import Worker, a_webhook, settle
from tests.partners.receiver import Receiver

pytestmark = pytest.mark.django_db
URL = "https://partner.example/hook"


@pytest.fixture
def compound(db):
    return Compound.objects.get(slug="north")


@pytest.fixture
def above(compound):
    community = compound.community
    return Above(community.district, community.street, community)


def change(row):
    return reverse("admin:partners_subscription_change", args=[row.pk])


def form(client, **said):
    return {"client": client.pk, "types": ["issue.moved"], "url": URL, "active": "on", **said}


def test_who_administers_a_district_makes_one_and_gives_it_a_secret(above, compound):
    admin, client = above.client("administer", "district"), a_client(compound)[0]

    made = admin.post(reverse("admin:partners_subscription_add"), form(client, compound=compound.pk))

    assert made.status_code == 302, made.text
    row = Subscription.objects.get()
    assert (row.compound, row.types, row.url) == (compound, ["issue.moved"], URL)
    shown = admin.post(reverse("admin:partners_subscription_secret", args=[row.pk]))
    row.refresh_from_db()
    assert signing.secret(row.nonce) in shown.text
    assert signing.secret(row.nonce) not in admin.get(change(row)).text


def test_a_compound_without_a_grant_is_refused(above, compound):
    client = a_client()[0]

    answer = above.client("administer", "district").post(
        reverse("admin:partners_subscription_add"), form(client, compound=compound.pk)
    )

    assert answer.status_code == 200
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(("level", "scope"), [("read", "district"), ("administer", "community")])
def test_others_change_nothing(above, compound, level, scope):
    row = a_webhook(a_client(compound)[0], URL)
    browser = above.client(level, scope)

    assert browser.post(reverse("admin:partners_subscription_add"), form(row.client)).status_code == 403
    for name in ("secret", "replay"):
        answer = browser.post(reverse(f"admin:partners_subscription_{name}", args=[row.pk]))
        assert answer.status_code in {403, 404}
    fresh = Subscription.objects.get()
    assert (fresh.nonce, fresh.seen_at) == (row.nonce, row.seen_at)


def test_one_that_was_switched_off_says_so_and_is_in_use_again_by_a_tick(above, compound):
    row = a_webhook(a_client(compound)[0], URL, active=False, disabled_at=timezone.now(), failures=9)
    admin = above.client("administer", "district")

    assert "errornote" in admin.get(change(row)).text
    admin.post(change(row), form(row.client))

    row.refresh_from_db()
    assert (row.active, row.disabled_at, row.failures) == (True, None, 0)


def ago(**how):
    return timezone.now() - timedelta(**how)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"active": False, "disabled_at": ago(), "failing_since": ago(days=2)}, "nothing was taken for a day"),
        ({"active": False, "disabled_at": ago(), "failing_since": ago()}, "this address is gone"),
        ({"failing_since": ago(hours=2)}, "it is tried again"),
    ],
)
def test_the_first_page_tells_who_manages_partners_which_webhook_somebody_must_see_to(above, compound, said, words):
    row = a_webhook(a_client(compound)[0], URL, **said)

    reader = above.client("read", "district")
    first, its_own = (reader.get(url, headers={"accept-language": "en"}).text for url in ("/admin/", change(row)))

    assert words in first
    assert change(row) in first
    assert words in its_own
    assert URL not in above.client("administer", "community").get("/admin/").text


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ({"state": "failed", "answer": "500", "tried_at": ago(hours=2)}, True),
        ({"state": "failed", "answer": "500", "tried_at": ago(hours=25)}, False),
        ({"state": "failed", "answer": "not_allowed", "tried_at": ago(hours=2)}, False),
        ({"state": "queued", "answer": "500", "tried_at": ago(hours=2)}, False),
    ],
)
def test_an_event_that_was_given_up_is_told_though_others_went_well(above, north, said, is_told):
    row = a_webhook(a_client(north)[0], URL)
    IssueFactory(step=Step.PROPOSE)
    first, second = Event.objects.all()[:2]
    HookDelivery.objects.create(subscription=row, event=first, next_try_at=ago(), attempts=10, **said)
    HookDelivery.objects.create(subscription=row, event=second, next_try_at=ago(), state="sent", tried_at=ago())

    words = "1 event was given up within a day"
    reader = above.client("read", "district")
    pages = [reader.get(url, headers={"accept-language": "en"}).text for url in ("/admin/", change(row))]

    assert [words in page for page in pages] == [is_told] * 2


@pytest.mark.parametrize("said", [{}, {"active": False}, {"failing_since": ago(minutes=5)}])
def test_what_is_well_or_will_be_by_itself_is_not_told(above, compound, said):
    a_webhook(a_client(compound)[0], URL, **said)

    assert URL not in above.client("administer", "district").get("/admin/").text


def test_one_that_is_to_stay_off_is_saved_so_and_told_no_more(above, compound):
    row = a_webhook(a_client(compound)[0], URL, active=False, disabled_at=timezone.now())
    admin = above.client("administer", "district")
    left = {name: value for name, value in form(row.client).items() if name != "active"}

    admin.post(change(row), left)

    row.refresh_from_db()
    assert (row.active, row.disabled_at) == (False, None)


def test_it_is_told_again_from_a_moment_on(above, compound):
    row = a_webhook(a_client(compound)[0], URL)
    admin, address = (
        above.client("administer", "district"),
        reverse("admin:partners_subscription_replay", args=[row.pk]),
    )

    admin.post(address, {"since_0": "2026-03-01", "since_1": "08:00"})

    row.refresh_from_db()
    assert f"{timezone.localtime(row.seen_at):%Y-%m-%d %H:%M}" == "2026-03-01 08:00"
    admin.post(address, {"since_0": "", "since_1": "x"})
    assert Subscription.objects.get().seen_at == row.seen_at


def test_the_log_shows_what_was_sent_to_whom_and_what_was_answered(above, north, settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    receiver = Receiver()
    row = a_webhook(a_client(north)[0], receiver.url)
    IssueFactory(step=Step.HANDLE)
    settle()
    Worker().work()
    receiver.close()
    delivery = HookDelivery.objects.first()

    address = reverse("admin:partners_hookdelivery_changelist") + f"?subscription__id__exact={row.pk}"
    reader = above.client("read", "district")
    assert delivery.event.message_id in reader.get(address).text
    one = reverse("admin:partners_hookdelivery_change", args=[delivery.pk])
    assert reader.get(one).status_code == 200
    assert above.client("administer", "community").get(address).status_code == 403
