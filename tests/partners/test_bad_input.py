"""What is not right is refused with a documented problem, whatever it is sent to, and changes nothing."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from compounds.partners import clients
from compounds.partners.documents import documents
from compounds.partners.views import LARGEST_BODY
from consultation.models import AssignmentState, BodyKind
from tests.consultation.handling import task_at
from tests.factories import BuildingFactory
from tests.partnering import Api, a_client, token_for
from tests.partners.serving import application
from tests.partners.writing import JSON, Operation, as_json, operations, rows

WRITING = operations()
UNREADABLE = (400, "parse_error")
INVALID = (422, "invalid")


class Scene(NamedTuple):
    """A partner, what it brought in, and a task that it may take over."""

    api: Api
    client: Any
    secret: str
    number: str
    task: int

    def path(self, operation: Operation) -> str:
        return operation.path.format(number=self.number, id=self.task)

    def send(self, operation: Operation, body: bytes, **headers: str) -> Any:
        """With all that is asked for besides the body; a header that is given goes before."""
        said = {"If_Match": "*", **({"Idempotency_Key": "one"} if operation.method == "POST" else {}), **headers}
        return self.api.send(operation.method, self.path(operation), body, **said)


@pytest.fixture
def scene(north) -> Scene:
    for number in (3, 5):
        BuildingFactory(number=number)
    client, secret = a_client(north, handles=BodyKind.values)
    api = Api(token_for(client, secret))
    type(client).objects.update(per_minute=1_000_000)
    made = api.post("issues/", {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1})
    return Scene(api, client, secret, made.json()["number"], task_at(AssignmentState.HANDED_OUT).pk)


class Sent(NamedTuple):
    body: bytes
    expected: tuple[int, str] = UNREADABLE
    headers: dict[str, str] = {}
    pointers: tuple[str, ...] = ()


def of_each(operation: Operation, *bodies: bytes, expected: tuple[int, str] = UNREADABLE) -> Iterator[Sent]:
    for body in bodies:
        yield Sent(body, expected)


def all_wrong(operation: Operation, names: list[str], value: Any) -> Iterator[Sent]:
    """Each of these fields has that value, and each is named."""
    if names:
        body = json.dumps(operation.example | dict.fromkeys(names, value)).encode()
        yield Sent(body, INVALID, pointers=tuple(f"/{name}" for name in names))


def broken(operation: Operation) -> Iterator[Sent]:
    whole = as_json(operation.example)
    yield from of_each(operation, b"{", whole[:-1], whole + b"}", b"\xef\xbb\xbf{}", b"\x00")


def of_another_charset(operation: Operation) -> Iterator[Sent]:
    whole = json.dumps(operation.example | {"more": "电梯"}, ensure_ascii=False)
    yield from of_each(operation, whole.encode("gbk"), whole.encode("utf-16"), b'{"\xed\xa0\x80": 1}')
    for charset in ("gbk", "base64", "no-such"):
        kind = {"Content_Type": f"{JSON}; charset={charset}"}
        yield Sent(as_json(operation.example), (415, "unsupported_media_type"), kind)


def of_another_kind(operation: Operation) -> Iterator[Sent]:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "x"):
        yield Sent(as_json(operation.example), (415, "unsupported_media_type"), {"Content_Type": kind})


def no_object(operation: Operation) -> Iterator[Sent]:
    yield from of_each(operation, b"[{}]", b"null", b'"x"', b"1", expected=INVALID)


def twice(operation: Operation) -> Iterator[Sent]:
    yield from of_each(operation, b'{"a": 1, "a": 1}', b'{"a": {"b": 1, "c": 2, "b": 1}}')


def nested(operation: Operation) -> Iterator[Sent]:
    deep = 100_000
    yield from of_each(operation, b"[" * deep, b'{"a":' * (deep // 3), b"[" * deep + b"]" * deep)
    yield from all_wrong(operation, operation.fields("string", "integer"), json.loads("[" * 500 + "]" * 500))


def no_numbers(operation: Operation) -> Iterator[Sent]:
    yield from of_each(operation, *(b'{"a": %s}' % word for word in (b"NaN", b"Infinity", b"-Infinity")))


def huge_numbers(operation: Operation) -> Iterator[Sent]:
    yield from of_each(operation, b"9" * 5000, b'{"a": -%s}' % (b"9" * 5000))
    for number in (10**40, 2**31, -1, 0, float("1e300"), 1.0, -0.5):
        yield from all_wrong(operation, operation.fields("integer"), number)
    for name in operation.fields("integer"):
        body = as_json(operation.example | {name: 77777}).replace(b"77777", b"1e400")
        yield Sent(body, INVALID, pointers=(f"/{name}",))


def wrong_types(operation: Operation) -> Iterator[Sent]:
    for value in (5, True, None, ["x"], {"a": 1}):
        yield from all_wrong(operation, operation.fields("string"), value)
    for value in ("1", True, None, [1], {"a": 1}, ""):
        yield from all_wrong(operation, operation.fields("integer"), value)


def unknown_fields(operation: Operation) -> Iterator[Sent]:
    more = {"colour": "/colour", "a/b~c": "/a~1b~0c", "": "/", "\x00": "/\x00", "电": "/电", "\ud800": "/?"}
    body = json.dumps(operation.example | dict.fromkeys(more, 1)).encode()
    yield Sent(body, INVALID, pointers=tuple(more.values()))
    yield Sent(as_json({f"n{n}": 1 for n in range(10_000)}), INVALID)


def missing_fields(operation: Operation) -> Iterator[Sent]:
    for name in operation.shape.get("required", []):
        left = {key: value for key, value in operation.example.items() if key != name}
        yield Sent(as_json(left), INVALID, pointers=(f"/{name}",))


def no_text(operation: Operation) -> Iterator[Sent]:
    for text in ("a\x00b", "\u200b\u2060", "\ud800", "🙂" * 5000):
        yield from all_wrong(operation, operation.fields("string"), text)


def too_large(operation: Operation) -> Iterator[Sent]:
    yield from of_each(operation, b"x" * (LARGEST_BODY + 1), b" " * 10_000_000, expected=(413, "body_too_large"))


def in_pieces(operation: Operation) -> Iterator[Sent]:
    yield Sent(as_json(operation.example), (411, "length_required"), {"Transfer_Encoding": "chunked"})


def bad_headers(operation: Operation) -> Iterator[Sent]:
    whole = as_json(operation.example)
    for token in ("Bearer", "Basic eDp5", "Bearer \x00", "Bearer 电", "Bearer " + "x" * 9000):
        yield Sent(whole, (401, "invalid_token"), {"Authorization": token})
    if operation.method == "POST":
        for key in ("", "电", "a\x00", "x" * 256):
            yield Sent(whole, (400, "idempotency_key_invalid"), {"Idempotency_Key": key})
    if operation.method == "PATCH":
        for version in ("", '"x"', "W/*", "电", "\x00"):
            yield Sent(whole, (412, "precondition_failed"), {"If_Match": version})


LINES: list[Callable[[Operation], Iterator[Sent]]] = [
    *(broken, of_another_charset, of_another_kind, no_object, twice, nested, no_numbers, huge_numbers, wrong_types),
    *(unknown_fields, missing_fields, no_text, too_large, in_pieces, bad_headers),
]


def assert_refused(answer: Any, expected: tuple[int, str], operation: Operation, what: Any = "") -> dict[str, Any]:
    """With a problem that the document names, and that says of itself what it is."""
    about = (operation.name, what, answer.content[:300])
    assert answer.headers["Content-Type"] == "application/problem+json", about
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["code"]) == expected == (told["status"], told["code"]), about
    assert str(answer.status_code) in DOCUMENTED[operation.name], about
    assert len(answer.content) < 10_000, about
    return told


DOCUMENTED = {
    told["operationId"]: set(told["responses"])
    for one in documents().values()
    for methods in one.made()["paths"].values()
    for told in methods.values()
}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.__name__)
def test_it_is_refused_everywhere_and_changes_nothing(scene, line):
    before, count = rows(), 0

    for operation in WRITING:
        for sent in line(operation):
            answer = scene.send(operation, sent.body, **sent.headers)
            told = assert_refused(answer, sent.expected, operation, (sent.body[:200], sent.headers))
            named = {one["pointer"] for one in told.get("errors", [])}
            assert named >= set(sent.pointers), (operation.name, sent.body[:200])
            count += 1

    assert count
    assert rows() == before


def test_what_is_right_is_taken(scene):
    """So that the tests above change one thing only."""
    for name in ("issue_create", "issue_correct", "assignment_accept", "assignment_progress", "assignment_done"):
        operation = next(one for one in WRITING if one.name == name)
        answer = scene.send(operation, as_json(operation.example), Idempotency_Key=name)
        assert answer.status_code in {200, 201}, answer.content


def revoked(scene: Scene) -> None:
    get_access_token_model().objects.all().delete()


def expired(scene: Scene) -> None:
    get_access_token_model().objects.update(expires=timezone.now() - timedelta(seconds=1))


def switched_off(scene: Scene) -> None:
    type(scene.client).objects.update(active=False)


def gone(scene: Scene) -> None:
    type(scene.client).objects.filter(pk=scene.client.pk).delete()


@pytest.mark.parametrize("how", [revoked, expired, switched_off, gone], ids=lambda how: how.__name__)
def test_a_token_that_has_ended_is_refused_everywhere(scene, how):
    how(scene)
    before = rows()

    for operation in WRITING:
        answer = scene.send(operation, as_json(operation.example))
        assert_refused(answer, (401, "invalid_token"), operation)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    assert rows() == before


def test_a_secret_that_was_called_back_gets_no_token_and_its_tokens_end_by_themselves(scene):
    scene.client.secrets.update(revoked_at=timezone.now())
    another = clients.new_secret(scene.client, now=timezone.now())

    with pytest.raises(AssertionError, match="invalid_client"):
        token_for(scene.client, scene.secret)

    assert token_for(scene.client, another)


class Unread:
    """A body of which nothing may be read."""

    def read(self, *_size: int) -> bytes:
        pytest.fail("the body was read")

    readline = read


def test_of_ten_megabytes_nothing_is_read(scene):
    begun: list[str] = []

    for operation in WRITING:
        environ = {
            "REQUEST_METHOD": operation.method,
            "PATH_INFO": scene.path(operation),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": Unread(),
            "CONTENT_TYPE": JSON,
            "CONTENT_LENGTH": "10000000",
            "HTTP_IDEMPOTENCY_KEY": "1",
            "HTTP_AUTHORIZATION": scene.api.headers["Authorization"],
        }
        application(environ, lambda status, _headers: begun.append(status))

    assert [status.partition(" ")[0] for status in begun] == ["413"] * len(WRITING)


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家𪚥𰻞",  # CJK extensions B and G
        "e\u0301 は\u3099 ก็",  # what is put together is not put into one
        "🙂 👩🏽‍🌾 👨‍👩‍👧‍👦 ❤️‍🔥 🇨🇳 1️⃣",
        "<b>&amp;\"'\\ %s {{ x }} ${x}",
        "ﬁ ½ Ⅷ ㈱ Å",  # nothing is written in another way
    ],
)
def test_emoji_and_rare_characters_are_kept_as_they_came(scene, text):
    made = scene.api.post("issues/", {"title": text, "said": text, "category": 1, "place_note": text})
    changed = scene.api.patch(made.headers["Location"], {"title": f"{text}!", "reason": text}, If_Match="*")
    read = scene.api.get(f"issues/{made.json()['number']}/")

    assert (made.json()["title"], made.json()["said"], made.json()["place"]["note"]) == (text, text, text)
    assert changed.json()["title"] == read.json()["title"] == f"{text}!"
