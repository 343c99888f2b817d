"""The words of a delivery, made when it goes: what was taken out of a posting or a reminder meanwhile goes nowhere.

In Chinese, whatever language anybody has chosen, as the long picture is. A group reads what hangs on the board; a
letter goes to one person; an SMS says how many things wait and nothing about them.
"""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.registry import short_links
from compounds.registry.models import Compound
from notices import files, postings, reminders
from notices.channels.interface import Message, Permanent
from notices.channels.robot import MARKDOWN_BYTES
from notices.channels.texts import as_link, cut, fits
from notices.delivering import codes, long_pictures
from notices.models import ChannelName, Delivery, DeliveryKind, Posting, Reminder

# Of a long title in a list of many.
_TITLE_BYTES = 120


def of(batch: list[Delivery], compound: Compound, today: date) -> Message:
    """What goes out for these rows in one message. Raises Permanent where there is nothing to say any more."""
    first = batch[0]
    with translation.override("zh-hans"):
        match first.kind:
            case DeliveryKind.POSTING:
                message = _of_posting(batch, compound, today)
            case DeliveryKind.PICTURE:
                message = _of_picture(first, today)
            case DeliveryKind.CODE:
                message = _of_code(first, compound)
            case DeliveryKind.TEST:
                message = Message(
                    _("This is a test. Notices of %(compound)s arrive here.") % {"compound": compound.name}
                )
            case _:
                message = _of_reminders(first, compound)
    return message


def how_many_fit(rows: list[Delivery], compound: Compound) -> int:
    """How many of these postings one message can name; at least one."""
    with translation.override("zh-hans"):
        for count in range(len(rows), 1, -1):
            if fits(_list([row.posting for row in rows[:count] if row.posting], compound), MARKDOWN_BYTES):
                return count
    return 1


def _of_posting(batch: list[Delivery], compound: Compound, today: date) -> Message:
    standing = [row.posting for row in batch if row.posting and row.posting.ends_on >= today]
    if not standing:
        raise Permanent("over")
    if len(standing) > 1:
        return Message(text="", markdown=_list(standing, compound))
    return Message(postings.share_text(standing[0], compound_name=compound.name, link=_link(standing[0])))


def _list(rows: list[Posting], compound: Compound) -> str:
    """Many postings in one message: what each is called, and where to read it."""
    title = ngettext("%(compound)s: %(n)s new notice", "%(compound)s: %(n)s new notices", len(rows))
    paths = short_links.of([files.path_of(row) for row in rows])
    lines = [as_link(cut(row.title, _TITLE_BYTES), _absolute(paths.get(files.path_of(row)))) for row in rows]
    head = title % {"compound": compound.name, "n": len(rows)}
    return "\n".join([f"**{head}**", *(f"> {line}" for line in lines)])


def _of_picture(delivery: Delivery, today: date) -> Message:
    if delivery.posting is None or delivery.posting.ends_on < today:
        raise Permanent("over")
    picture = long_pictures.of(delivery.posting)
    return Message(text="", image=lambda most: long_pictures.at_most(picture, most))


def _of_code(delivery: Delivery, compound: Compound) -> Message:
    code = codes.code_of(delivery.outlet)
    if delivery.key != delivery.outlet.nonce:
        # Another was asked for meanwhile.
        raise Permanent("over")
    words = _("Your code is %(code)s. It is good for 15 minutes. Whoever did not ask for it may forget it.")
    return Message(
        text=words % {"code": code},
        subject=_("[%(compound)s] Confirm your address") % {"compound": compound.name},
        template="code",
        facts={"code": code},
    )


def _of_reminders(delivery: Delivery, compound: Compound) -> Message:
    rows = _reminders(delivery)
    if not rows:
        raise Permanent("over")
    count = len(rows)
    urgent = delivery.kind == DeliveryKind.URGENT
    said = (
        _("%(compound)s: something urgent waits for you. Sign in to see it.")
        if urgent
        else ngettext(
            "%(compound)s: %(n)s thing waits for you. Sign in to see it.",
            "%(compound)s: %(n)s things wait for you. Sign in to see them.",
            count,
        )
    ) % {"compound": compound.name, "n": count}
    facts = {"compound": compound.name, "count": str(count)}
    if delivery.outlet.channel == ChannelName.SMS:
        return Message(said, template="reminders", facts=facts)
    page = f"{settings.ORIGIN}{compound.url}{short_links.path_to('reminders')}"
    lines = [f"· {reminders.title(row)}: {reminders.words(row)}" for row in rows]
    bye = _("You get this because you chose it; on that page you can end it.")
    return Message("\n".join([said, "", *lines, "", page, "", bye]), subject=said)


def _reminders(delivery: Delivery) -> list[Reminder]:
    if delivery.reminder:
        return [delivery.reminder]
    return list(Reminder.objects.filter(digest=delivery.digest).order_by("at", "pk"))


def _link(posting: Posting) -> str:
    return _absolute(files.short_link_of(posting))


def _absolute(link: short_links.ShortLink | None) -> str:
    return f"{settings.ORIGIN}{short_links.short_path(link)}" if link else ""
