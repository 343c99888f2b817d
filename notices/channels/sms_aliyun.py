"""SMS by Alibaba Cloud (阿里云短信, ``SendSms`` of 2017-05-25), with signature ``ACS3-HMAC-SHA256``. No SDK is needed.

Needs ``ALIYUN_SMS``: key id and secret of an account that may send SMS and nothing else, the approved signature, and an
approved template for each of ``TEMPLATES``.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from notices.channels import calling
from notices.channels.interface import AddressDead, Message, Permanent, SendingFailed, Temporary, Unclear

# Which of our messages there are, and the gaps that their templates have.
TEMPLATES = {"reminders": ("compound", "count"), "code": ("code",)}

_VERSION, _ACTION, _ALGORITHM = "2017-05-25", "SendSms", "ACS3-HMAC-SHA256"
# A gap of a template takes so many characters.
_GAP = 35
_HOUR, _HALF_DAY = timedelta(hours=1), timedelta(hours=12)
# What the vendor's answers mean here: for ever, the number's fault, or later (and how much later).
_MEANT: dict[str, Callable[[], SendingFailed]] = {
    "isv.MOBILE_NUMBER_ILLEGAL": partial(AddressDead, "no_mobile_number"),
    "isv.BUSINESS_LIMIT_CONTROL": partial(Temporary, "too_often", _HOUR),
    "isv.DAY_LIMIT_CONTROL": partial(Temporary, "too_often", _HALF_DAY),
    "isv.AMOUNT_NOT_ENOUGH": partial(Temporary, "sms_unpaid", _HOUR),
    "isv.OUT_OF_SERVICE": partial(Temporary, "sms_unpaid", _HOUR),
    "isp.SYSTEM_ERROR": partial(Temporary, "busy"),
    "isp.RAM_PERMISSION_DENY": partial(Temporary, "sms_key", _HOUR),
    "SignatureDoesNotMatch": partial(Temporary, "sms_key", _HOUR),
    "InvalidAccessKeyId.NotFound": partial(Temporary, "sms_key", _HOUR),
    "Throttling.User": partial(Temporary, "too_often"),
    "Throttling": partial(Temporary, "too_often"),
}


class AliyunSms:
    def send(self, number: str, message: Message) -> str:
        conf: dict[str, Any] = settings.ALIYUN_SMS
        template = conf["templates"].get(message.template)
        if not template:
            raise Permanent("sms_template_missing")
        gaps = {name: message.facts[name][:_GAP] for name in TEMPLATES[message.template]}
        query = {
            "PhoneNumbers": number,
            "SignName": conf["sign_name"],
            "TemplateCode": template,
            "TemplateParam": json.dumps(gaps, ensure_ascii=False),
            "OutId": message.reference,
        }
        headers = signed(query, host=urlsplit(conf["endpoint"]).netloc, conf=conf, now=datetime.now(UTC))
        # In the body, not in the address: addresses are written down by proxies.
        return _judged(calling.post(f"{conf['endpoint']}/", canonical(query).encode(), headers))


def canonical(query: dict[str, str]) -> str:
    """Names and values in order, as they are signed and sent (RFC 3986)."""
    return "&".join(f"{quote(key, safe='')}={quote(query[key], safe='')}" for key in sorted(query))


def signed(query: dict[str, str], *, host: str, conf: dict[str, Any], now: datetime, nonce: str = "") -> dict[str, str]:
    """The headers of a request whose parameters are the form in its body."""
    body = canonical(query).encode()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "host": host,
        "x-acs-action": _ACTION,
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-acs-date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce or secrets.token_hex(16),
        "x-acs-version": _VERSION,
    }
    proof = signature("", headers, conf["key_secret"])
    names = ";".join(sorted(headers))
    authorization = f"{_ALGORITHM} Credential={conf['key_id']},SignedHeaders={names},Signature={proof}"
    return {**headers, "Authorization": authorization}


def signature(query: str, headers: dict[str, str], secret: str) -> str:
    """Of a POST to ``/`` with this query and these headers, the hash of the body among them."""
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", query, lines, ";".join(sorted(headers)), headers["x-acs-content-sha256"]])
    to_sign = f"{_ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    return hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


def _judged(answer: dict[str, Any]) -> str:
    code = answer.get("Code")
    if not isinstance(code, str):
        raise Unclear("nonsense")
    if code == "OK":
        return str(answer.get("BizId", ""))[:100]
    raise _MEANT.get(code, partial(Permanent, f"sms_{code}"[:60]))()
