"""The robot of a WeCom group (企业微信群机器人): messages are posted to its webhook, whose key is a secret.

It says at most 20 messages a minute, whoever sends them: ``room`` counts them. Text has at most 2,048 bytes, markdown
4,096, a picture 2 MB (JPEG or PNG).
"""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from notices.channels import calling
from notices.channels.interface import AddressDead, Message, Permanent, Temporary, Unclear
from notices.channels.texts import cut

TEXT_BYTES, MARKDOWN_BYTES, IMAGE_BYTES = 2048, 4096, 2 * 1024 * 1024
PATH = "/cgi-bin/webhook/send"

_BUSY, _TOO_OFTEN = {-1}, {45009, 45033}
# The key is none or the robot was removed; it was stopped; it is not in the group.
_NO_SUCH_ROBOT = {93000, 93004, 93008}


class Robot:
    text_bytes = TEXT_BYTES
    image_bytes = IMAGE_BYTES

    def is_set_up(self) -> bool:
        return True

    def send(self, address: str, message: Message) -> str:
        if not allowed(address):
            raise AddressDead("host_not_allowed")
        body = json.dumps(_payload(message), ensure_ascii=False).encode()
        return _judged(calling.post(address, body, {"Content-Type": "application/json; charset=utf-8"}))


def allowed(address: str) -> bool:
    """Whether this is a robot's address on a host that the installation sends to (``ROBOT_ORIGINS``)."""
    try:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        return False
    return origin in settings.ROBOT_ORIGINS and parts.path == PATH and parts.query.startswith("key=")


def _payload(message: Message) -> dict[str, Any]:
    if message.image:
        picture = message.image(IMAGE_BYTES)
        md5 = hashlib.md5(picture, usedforsecurity=False).hexdigest()
        return {"msgtype": "image", "image": {"base64": base64.b64encode(picture).decode(), "md5": md5}}
    if message.markdown:
        return {"msgtype": "markdown", "markdown": {"content": cut(message.markdown, MARKDOWN_BYTES)}}
    return {"msgtype": "text", "text": {"content": cut(message.text, TEXT_BYTES)}}


def _judged(answer: dict[str, Any]) -> str:
    """The receipt; WeCom gives none, so what it said. Its words are not kept where it refuses: they name addresses."""
    code = answer.get("errcode")
    if not isinstance(code, int) or isinstance(code, bool):
        raise Unclear("nonsense")
    if code == 0:
        return "ok"
    if code in _TOO_OFTEN:
        raise Temporary("too_often", timedelta(minutes=1))
    if code in _BUSY:
        raise Temporary("busy", timedelta(minutes=1))
    if code in _NO_SUCH_ROBOT:
        raise AddressDead("no_such_robot")
    raise Permanent(f"errcode_{code}")
