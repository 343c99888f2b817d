"""SMS: numbers, a file in place of a vendor, and the vendor's request against a server that checks its signature."""

import hashlib
import hmac
import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from notices.channels import calling, sms_aliyun
from notices.channels.interface import AddressDead, Message, Permanent, Temporary, Unclear
from notices.channels.sms import Sms, mobile

NUMBER = "13800000001"
TOLD = Message(
    "北苑有2件事", template="reminders", facts={"compound": "北苑 & 南苑", "count": "2"}, reference="c_north.7"
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (NUMBER, NUMBER),
        ("+86 138-0000-0001", NUMBER),
        ("0086（138）00000001", NUMBER),
        ("没有手机", ""),
        ("12345", ""),
        ("073128888888", ""),
        ("23800000001", ""),
        ("1380000000", ""),
        ("１３８００００００００１", ""),
        ("", ""),
    ],
)
def test_a_mobile_number_is_known_however_it_is_written(written, number):
    assert mobile(written) == number


def test_a_number_that_is_none_is_refused_before_anything_is_sent(settings):
    settings.SMS_BACKEND = "notices.channels.sms_aliyun.AliyunSms"

    with pytest.raises(AddressDead) as refused:
        Sms().send("没有手机", TOLD)

    assert refused.value.code == "no_mobile_number"


def test_the_file_is_its_owners_alone(settings, tmp_path):
    settings.VAR_DIR, settings.SMS_BACKEND = tmp_path, "notices.channels.sms_local.FileSms"

    assert Sms().send(NUMBER, TOLD) == "file"

    file = Path(tmp_path, "sms.txt")
    assert file.read_text().endswith(f"SMS {NUMBER} [reminders] 北苑有2件事\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_a_vendor_there_are_no_sms(settings):
    settings.SMS_BACKEND = ""

    assert not Sms().is_set_up()
    with pytest.raises(Permanent):
        Sms().send(NUMBER, TOLD)


def test_the_signature_is_that_of_the_vendors_own_example():
    """The worked example of the documentation of signature V3 (help.aliyun.com, request body and signature)."""
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"

    proof = sms_aliyun.signature(query, headers, "YourAccessKeySecret")

    assert proof == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"


class Vendor(BaseHTTPRequestHandler):
    """Checks the signature in its own words, from what came over the wire; answers as ``answer`` says."""

    answer: tuple[int, object] = (200, {"Code": "OK", "BizId": "9006^0"})
    seen: list[dict[str, list[str]]] = []
    nonces: set[str] = set()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        cls = type(self)
        status, answer = cls.answer if self._is_signed(body) else (400, {"Code": "SignatureDoesNotMatch"})
        if self._is_signed(body):
            cls.seen.append(parse_qs(body.decode()))
            cls.nonces.add(self.headers["x-acs-signature-nonce"])
        sent = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def _is_signed(self, body: bytes) -> bool:
        scheme, _space, rest = self.headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        names = parts["SignedHeaders"].split(";")
        needed = {
            "host",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-version",
        }
        digest = hashlib.sha256(body).hexdigest()
        lines = "".join(f"{name}:{self.headers[name]}\n" for name in names)
        request = f"POST\n/\n\n{lines}\n{';'.join(names)}\n{digest}"
        signed = f"{scheme}\n{hashlib.sha256(request.encode()).hexdigest()}".encode()
        proof = hmac.new(b"the-secret", signed, hashlib.sha256).hexdigest()
        return (
            needed <= set(names)
            and scheme == "ACS3-HMAC-SHA256"
            and parts["Credential"] == "the-id"
            and self.headers["x-acs-content-sha256"] == digest
            and hmac.compare_digest(parts["Signature"], proof)
        )

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def vendor(settings, monkeypatch):
    kind = type("Here", (Vendor,), {"seen": [], "nonces": set()})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    monkeypatch.setattr(calling, "_TIMEOUT", 0.5)
    settings.SMS_BACKEND = "notices.channels.sms_aliyun.AliyunSms"
    settings.ALIYUN_SMS = {
        "endpoint": f"http://127.0.0.1:{server.server_address[1]}",
        "key_id": "the-id",
        "key_secret": "the-secret",
        "sign_name": "邻聚里",
        "templates": {"reminders": "SMS_1", "code": "SMS_2"},
    }
    yield kind
    server.shutdown()
    server.server_close()


def test_the_vendor_is_asked_with_a_signature_that_holds(vendor):
    receipts = [Sms().send(NUMBER, TOLD) for _ in range(2)]

    assert receipts == ["9006^0"] * 2
    assert len(vendor.nonces) == 2
    assert vendor.seen[0] == {
        "PhoneNumbers": [NUMBER],
        "SignName": ["邻聚里"],
        "TemplateCode": ["SMS_1"],
        "TemplateParam": ['{"compound": "北苑 & 南苑", "count": "2"}'],
        "OutId": ["c_north.7"],
    }


def test_a_wrong_secret_is_refused_and_tried_again_once_it_is_right(vendor, settings):
    settings.ALIYUN_SMS = settings.ALIYUN_SMS | {"key_secret": "another"}

    with pytest.raises(Temporary) as refused:
        Sms().send(NUMBER, TOLD)

    assert refused.value.code == "sms_key"
    assert vendor.seen == []


@pytest.mark.parametrize(
    ("answer", "raised", "code"),
    [
        ((200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}), Temporary, "too_often"),
        ((200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL"}), AddressDead, "no_mobile_number"),
        ((200, {"Code": "isv.AMOUNT_NOT_ENOUGH"}), Temporary, "sms_unpaid"),
        ((200, {"Code": "isv.SMS_TEMPLATE_ILLEGAL"}), Permanent, "sms_isv.SMS_TEMPLATE_ILLEGAL"),
        ((200, {"Message": "OK"}), Unclear, "nonsense"),
        ((200, b"<html>"), Unclear, "nonsense"),
        ((503, {"Code": "ServiceUnavailable"}), Temporary, "http_503"),
    ],
)
def test_each_answer_has_one_meaning(vendor, answer, raised, code):
    vendor.answer = answer

    with pytest.raises(raised) as refused:
        Sms().send(NUMBER, TOLD)

    assert (type(refused.value), refused.value.code) == (raised, code)
    assert NUMBER not in repr(refused.value)


def test_words_that_the_vendor_has_not_approved_are_not_sent(vendor, settings):
    settings.ALIYUN_SMS = settings.ALIYUN_SMS | {"templates": {}}

    with pytest.raises(Permanent) as refused:
        Sms().send(NUMBER, TOLD)

    assert refused.value.code == "sms_template_missing"
