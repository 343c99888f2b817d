"""A compound that was opened today has nothing but its seeds and a secretary: every page says so in a sentence."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from tests.architecture import addresses, empty_pages
from tests.factories import PersonFactory

# Never empty: whoever reads it stands there.
LISTED = {"people/"}


@pytest.mark.django_db
def test_every_page_of_a_compound_just_opened_says_what_is_not_there_yet():
    with compound_context("c_south"):
        secretary = PersonFactory(name="周敏", posts=[PostKind.BRANCH_SECRETARY])
    client = Client()
    client.force_login(User.objects.get(pk=secretary.user_id))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    pages, found = 0, dict[str, Any]()
    for address in addresses.of_a_compound():
        if address.converters or address.route in LISTED:
            continue
        answer = client.get("/c/south" + address.path({}))
        if answer.status_code >= 400 and answer.status_code != 405:
            found[address.route] = answer.status_code
        elif answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            pages += 1
            if complaints := empty_pages.complaints(answer.content.decode()):
                found[address.route] = complaints

    assert pages > 40
    assert "\n".join(f"{route}: {what}" for route, what in found.items()) == ""
