"""What holds for every address: no form without its token, no way to another host, headers that shut a page in."""

import json
import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from tests.architecture import addresses
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
PASSWORD = "Yutang-2026!"
EN = {"accept-language": "en"}
# A program sends these, with a key of its own; no browser's cookie opens them.
WITHOUT_TOKEN = {"open311_requests", "open311_unknown"}
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:///evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    " //evil.example/",
    "/\t/evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//evil.example/c/north/",
    "data:text/html,x",
)


def member(**client) -> Client:
    with compound_context("c_north"):
        person = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    user = User.objects.get(pk=person.user_id)
    user.username = "secretary"
    user.set_password(PASSWORD)
    user.save()
    browser = Client(headers=EN, **client)
    browser.force_login(user)
    return browser


def public_posts() -> list[str]:
    """Every address outside the compounds, the admin's too, with stand-ins for what it asks for."""
    found = []

    def walk(resolver: URLResolver, before: str) -> None:
        for part in resolver.url_patterns:
            route = before + str(part.pattern)
            if isinstance(part, URLResolver):
                walk(part, route)
            elif isinstance(part, URLPattern) and "api/" not in route and "(?P" not in route:
                for kind in ("path", "str", "int", "slug"):
                    for name in part.pattern.converters:
                        route = route.replace(f"<{kind}:{name}>", "1")
                found.append(f"/{route}")

    walk(get_resolver(settings.ROOT_URLCONF), "")
    return found


def test_no_form_is_taken_without_its_token():
    browser = member(enforce_csrf_checks=True)
    inside = [one for one in addresses.of_a_compound() if not one.methods or "POST" in one.methods]
    paths = [f"/c/north{one.path({})}" for one in inside if one.name not in WITHOUT_TOKEN] + public_posts()

    taken = []
    for path in paths:
        answer = browser.post(path, {"x": "1"})
        if answer.status_code != 403 or "Please send that once more" not in answer.text:
            taken.append((path, answer.status_code))

    assert len(paths) > 250
    assert taken == []


def test_a_token_of_somebody_else_is_none():
    browser, other = member(enforce_csrf_checks=True), Client()
    other.get("/accounts/login/")

    answer = browser.post("/language/", {"language": "en", "csrfmiddlewaretoken": other.cookies["csrftoken"].value})

    assert answer.status_code == 403


WAYS_ON = [
    *(("POST", path) for path in ("/accounts/login/", "/accounts/logout/", "/accounts/password/change/", "/language/")),
    *(("GET", path) for path in ("/accounts/login/", "/accounts/logout/", "/accounts/signup/", "/admin/login/")),
]


@pytest.mark.parametrize(("method", "path"), WAYS_ON)
@pytest.mark.parametrize("signed_in", [True, False])
def test_no_address_leads_to_another_host(method, path, signed_in):
    browser = member()
    user = User.objects.get(username="secretary")

    led = []
    for target in ELSEWHERE:
        caches["shared"].clear()
        browser.logout()
        if signed_in:
            browser.force_login(user)
        filled = {"login": "secretary", "password": PASSWORD, "language": "en"} if method == "POST" else {}
        filled |= {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD} if "change" in path else {}
        for sent, asked in ((filled | {"next": target}, ""), (filled, f"?{urlencode({'next': target})}")):
            answer = browser.generic(method, path + asked, urlencode(sent), FORM, headers={"referer": target})
            location = answer.headers.get("Location", "/")
            if not location.startswith("/") or location.startswith(("//", "/\\", "/\t")):
                led.append((target, location))

    assert led == []


@pytest.mark.parametrize("path", ["//evil.example/c/north/", "//evil.example", "/c/north//evil.example", "/c/north"])
def test_an_address_with_two_slashes_leads_nowhere_else(path):
    answer = Client().get(path)

    assert not answer.headers.get("Location", "/").startswith("//")


def kinds_of_answers() -> dict[str, str]:
    return {
        "a page for all": "/c/north/board/",
        "a page to sign in at": "/accounts/login/",
        "not there": "/c/north/issues/2026-9999/",
        "not there, outside": "/nowhere/",
        "sent to sign in": "/c/north/issues/",
        "the district's": "/admin/",
        "the district's sign-in": "/admin/login/",
        "no invitation": "/invite/x/",
        "a style": "/static/kernel/linjuli.css",
        "documents": "/api/docs/",
        "a program's answer": "/c/north/api/v1/issues/",
        "open data": "/c/north/board/issues.json",
        "no compound": "/c/nowhere/",
    }


@pytest.mark.parametrize("what", kinds_of_answers())
def test_every_answer_keeps_itself_to_itself(what):
    headers = Client(headers=EN).get(kinds_of_answers()[what]).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    if "html" in headers.get("Content-Type", ""):
        assert headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy, "nothing comes from another host"


def test_the_page_of_a_failure_keeps_itself_to_itself_too():
    browser = Client(enforce_csrf_checks=True, headers=EN)

    answer = browser.post("/c/north/report/1/", {})

    assert answer.status_code == 403
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_in_production_everything_goes_by_https_and_cookies_are_kept_close():
    asked = "SECURE_HSTS_SECONDS ALLAUTH_TRUSTED_PROXY_COUNT SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SECURE "
    asked += "CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT"
    code = "import json, sys; from django.conf import settings; "
    code += "print(json.dumps([getattr(settings, name) for name in sys.argv[1:]]))"
    environment = os.environ | {"DEMO": "", "ALLOWED_HOSTS": "a.example", "DJANGO_SETTINGS_MODULE": "config.settings"}

    told = subprocess.run(
        [sys.executable, "-c", code, *asked.split()], env=environment, capture_output=True, text=True, check=True
    )

    hsts, proxies, *flags = json.loads(told.stdout)
    assert all(flags)
    assert hsts >= 365 * 24 * 3600
    assert proxies == 1


def test_cookies_go_to_no_other_site():
    browser = member()
    browser.get("/accounts/password/change/")

    flags = {name: (morsel["samesite"], morsel["path"], morsel["domain"]) for name, morsel in browser.cookies.items()}

    assert flags["csrftoken"] == ("Lax", "/", "")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
