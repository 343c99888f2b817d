"""The district opens a partner's system on a phone: the pages fit, and the secret is shown once."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client as Browsing

from compounds.accounts.models import User
from compounds.partners.models import Client
from tests.journeys.conftest import PHONE
from tests.partnering import a_client
from tests.partners.hooking import a_webhook
from tests.registry.scopes import staff


def test_its_pages_fit_a_phone(served, browser, committing):
    partner = a_client(committing, handles=["property_company"])[0]
    webhook = a_webhook(partner, "https://hotline.example.gov.cn/linjuli/webhooks/incoming-events")
    user = User.objects.get(pk=staff("district", "administer", district=committing.community.district).pk)
    browsing = Browsing()
    browsing.force_login(user)
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    session = browsing.cookies[settings.SESSION_COOKIE_NAME].value
    host = urlsplit(served).hostname
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": host, "path": "/"}])
    tab = context.new_page()

    for name, path in {
        "list": "/admin/partners/client/",
        "add": "/admin/partners/client/add/",
        "webhook-list": "/admin/partners/subscription/",
        "webhook-add": "/admin/partners/subscription/add/",
        "webhook-log": "/admin/partners/hookdelivery/",
        "webhook": f"/admin/partners/subscription/{webhook.pk}/change/",
        "change": f"/admin/partners/client/{Client.objects.get().pk}/change/",
    }.items():
        tab.goto(served + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        if folder := os.environ.get("SHOTS"):
            tab.screenshot(path=f"{folder}/partner-{name}.png", full_page=True)
    tab.get_by_role("button", name="生成新密钥").click()
    tab.get_by_text("client_secret").wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("SHOTS"):
        tab.screenshot(path=f"{folder}/partner-secret.png", full_page=True)
    context.close()
