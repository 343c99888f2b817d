"""Bodies in parts that are not right: broken, cut off, of another charset, with a text where a file should be."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from compounds.partners.documents import documents
from tests.partners.test_bad_input import INVALID, UNREADABLE, WRITING, assert_refused, scene  # noqa: F401 - a fixture
from tests.partners.writing import PNG, Operation, rows

FORM = "multipart/form-data"
_TAKING = {
    told["operationId"]
    for methods in documents()["compound"].made()["paths"].values()
    for told in methods.values()
    if FORM in told.get("requestBody", {}).get("content", {})
}
TAKING = [operation for operation in WRITING if operation.name in _TAKING]


class Body(NamedTuple):
    bytes: bytes
    expected: tuple[int, str]
    kind: str = f"{FORM}; boundary=x"
    pointers: tuple[str, ...] = ()


def part(name: str, said: bytes, more: str = "", kind: str = "") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n'
    return head.encode() + (f"Content-Type: {kind}\r\n" if kind else "").encode() + b"\r\n" + said + b"\r\n"


def whole(operation: Operation, *left_out: str) -> bytes:
    kept = {name: value for name, value in operation.example.items() if name not in left_out}
    return b"".join(part(name, str(value).encode()) for name, value in kept.items())


def texts(operation: Operation) -> list[str]:
    return [name for name in operation.fields("string") if name in operation.example]


END = b"--x--\r\n"


def broken_boundary(operation: Operation) -> Iterator[Body]:
    body = whole(operation) + END
    for kind in (FORM, f"{FORM}; boundary=", f"{FORM}; boundary=\u7535"):
        yield Body(body, UNREADABLE, kind)
    required = tuple(f"/{name}" for name in operation.shape["required"])
    if operation.name == "issue_create":
        # Of a task that it cannot be said of, its state is told first.
        yield Body(body, INVALID, f"{FORM}; boundary=another", pointers=required)
        yield Body(b"", INVALID, pointers=required)


def missing_part(operation: Operation) -> Iterator[Body]:
    for name in operation.shape["required"]:
        yield Body(whole(operation, name) + END, INVALID, pointers=(f"/{name}",))


def twice(operation: Operation) -> Iterator[Body]:
    for name in operation.shape["required"]:
        more = part(name, str(operation.example[name]).encode())
        yield Body(whole(operation) + more + END, INVALID, pointers=(f"/{name}",))


def no_file(operation: Operation) -> Iterator[Body]:
    body = whole(operation)
    yield Body(body + part("photos", b"a text") + END, INVALID, pointers=("/photos/0",))
    for said in (b"a text", b"", PNG[:20]):
        yield Body(body + part("photos", said, '; filename="a.png"', "image/png") + END, INVALID)


def a_file_for_a_text(operation: Operation) -> Iterator[Body]:
    for name in texts(operation):
        body = whole(operation, name) + part(name, PNG, '; filename="a.png"', "image/png")
        yield Body(body + END, INVALID, pointers=(f"/{name}",))


def wrong_charset(operation: Operation) -> Iterator[Body]:
    for name in texts(operation):
        for charset in ("gbk", "utf-16"):
            body = whole(operation, name) + part(
                name, "\u7535\u68af".encode(charset), "", f"text/plain; charset={charset}"
            )
            yield Body(body + END, UNREADABLE)
    for charset in ("gbk", "base64", "no-such"):
        kind = f"{FORM}; boundary=x; charset={charset}"
        yield Body(whole(operation) + END, (415, "unsupported_media_type"), kind)


LINES: list[Callable[[Operation], Iterator[Body]]] = [
    *(broken_boundary, missing_part, twice, no_file, a_file_for_a_text, wrong_charset)
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.__name__)
def test_it_is_refused_everywhere_and_changes_nothing(scene, line):  # noqa: F811 - the fixture
    before, count = rows(), 0

    for operation in TAKING:
        for body in line(operation):
            answer = scene.send(operation, body.bytes, Content_Type=body.kind)
            told = assert_refused(answer, body.expected, operation, (body.kind, body.bytes[:300]))
            assert {one["pointer"] for one in told.get("errors", [])} >= set(body.pointers), body.bytes[:300]
            count += 1

    assert count
    assert rows() == before


def test_what_is_right_is_taken(scene):  # noqa: F811 - the fixture
    operation = next(one for one in TAKING if one.name == "issue_create")
    body = whole(operation) + part("photos", PNG, '; filename="a.png"', "image/png") + END

    assert scene.send(operation, body, Content_Type=f"{FORM}; boundary=x").status_code == 201
