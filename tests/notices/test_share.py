"""What goes round in a WeChat group: a short text with the short link, and one long picture that the worker makes."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from compounds.jobs.files import MAX_ATTEMPTS
from compounds.organisation.models import PostKind
from compounds.registry import short_links
from compounds.registry.context import current_schema
from compounds.registry.models import ShortLink
from consultation.models import AssignmentState, Issue, Openness
from consultation.services import erasure, step4_handle
from notices import file_content, file_making, files, postings
from notices.models import FileForm, FileState, Posting, PostingFile, PostingKind
from notices.postings import SHARE_LENGTH
from tests.consultation.handling import secretary, task_at, voice_of
from tests.factories import PersonFactory


def put_up(text="已更换减震垫", title="电梯夜里异响"):
    return postings.put_up(
        PostingKind.COMPLETION, title=title, text=text, today=timezone.localdate(), by=PersonFactory(name="李支书")
    )


def of_a_matter(text="已完成"):
    """A posting of a matter that everybody may read."""
    task = task_at(AssignmentState.VERIFIED, title="电梯异响", openness=Openness.PUBLIC)
    return task.issue, step4_handle.post_completion(task, text=text, by=secretary())


def make(posting):
    file_making.make_waiting(timezone.now)
    return posting.files.get(form=FileForm.PICTURE)


def drawn(**facts):
    posting = Posting(
        kind=facts.pop("kind", "completion"),
        title=facts.pop("title", "电梯"),
        text=facts.pop("text", "修好"),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    return Image.open(
        io.BytesIO(file_making.draw(posting, FileForm.PICTURE, compound_name="北苑", link=facts.pop("link", "")))
    )


@pytest.mark.parametrize("length", [1, 150, 2000])
def test_the_text_on_the_page_carries_the_short_link_and_is_short(web, length):
    posting = put_up(text="楼" * length)

    page = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/postings/{posting.pk}/")

    code = files.short_link_of(posting).code
    assert page.context["share"].endswith(f"http://testserver/q/{code}")
    assert len(page.context["share"]) <= SHARE_LENGTH
    assert "/c/north/" not in page.context["share"]


def test_the_short_link_leads_everybody_to_the_matter_on_the_board(north):
    issue, posting = of_a_matter()
    link = files.short_link_of(posting)

    answer = Client().get(short_links.short_path(link), follow=True)

    assert [address for address, _status in answer.redirect_chain] == [
        f"/c/north/board/postings/{posting.pk}/",
        f"/c/north/board/{issue.number}/",
    ]
    assert answer.status_code == 200


def test_a_posting_whose_matter_is_public_no_more_is_not_reached(anyone):
    issue, posting = of_a_matter()
    assert anyone.get(f"/board/postings/{posting.pk}/").status_code == 302

    Issue.objects.filter(pk=issue.pk).update(openness=Openness.MEMBERS)

    assert anyone.get(f"/board/postings/{posting.pk}/").status_code == 404


def test_the_worker_makes_a_picture_as_wide_as_a_telephone_and_as_long_as_the_words(north):
    short, long = make(put_up()), put_up(text="更换下来的旧件放在物业服务中心，居民可以去看。\n" * 80)
    long = make(long)

    sizes = [Image.open(default_storage.open(row.path(current_schema()))).size for row in (short, long)]

    assert [row.state for row in (short, long)] == [FileState.READY] * 2
    assert [width for width, _height in sizes] == [1080, 1080]
    assert sizes[1][1] > 3 * sizes[0][1]


def test_only_public_facts_stand_on_it(north):
    posting = put_up()

    facts = file_content.picture(posting, compound_name="北苑", link="https://x.cn/q/abc")

    assert "李支书" not in str(facts)
    assert facts["paragraphs"] == ["已更换减震垫"]


def test_objections_are_not_offered_where_none_is_received(north):
    refusal, completion = (
        file_content.picture(
            Posting(kind=kind, title="", text="", starts_on=timezone.localdate(), ends_on=timezone.localdate()),
            compound_name="",
            link="",
        )
        for kind in (PostingKind.REFUSAL, PostingKind.COMPLETION)
    )

    assert (refusal["answered_within"], completion["answered_within"]) == (0, 3)


def test_awkward_words_are_never_read_as_markup(north):
    plain, awkward = drawn(text="更换"), drawn(text="#strong[x] $ * _ @a <b> \\ {{ 7*7 }} 张㛃李𬭎", title='"#quit()')

    assert awkward.width == plain.width == 1080


def test_with_an_address_it_carries_a_code(settings, north):
    without = make(put_up()).size
    settings.ORIGIN = "https://linjuli.example"

    row = make(put_up())

    assert row.size > without


def test_the_page_shows_it_once_it_is_made_and_lets_it_be_saved(web, anyone):
    posting = put_up()
    address = f"/postings/{posting.pk}/picture/"
    client = web(PersonFactory(posts=[PostKind.PARTY_MEMBER]))
    before = client.get(f"/postings/{posting.pk}/")
    assert client.get(address).status_code == 404

    make(posting)

    page, file = client.get(f"/postings/{posting.pk}/"), client.get(address)
    assert "It is being made" in before.text
    assert f'{address}" download' in page.text
    assert (file.status_code, file["Content-Type"]) == (200, "image/png")
    assert b"".join(file.streaming_content).startswith(b"\x89PNG")
    assert anyone.get(address).status_code == 302


def test_a_posting_from_before_gets_its_link_and_picture_when_the_branch_asks(web):
    posting = put_up()
    PostingFile.objects.all().delete()
    ShortLink.objects.all().delete()
    client = web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY]))
    page = client.get(f"/postings/{posting.pk}/")
    assert page.context["share"].endswith("/board/")
    assert "Make the picture" in page.text
    assert "Make the missing sheets" in page.text

    client.post(f"/postings/{posting.pk}/share/")

    assert files.short_link_of(posting)
    assert make(posting).state == FileState.READY


def test_asking_twice_makes_one_link_and_one_picture(north):
    posting = put_up()
    files.order(posting)

    assert ShortLink.objects.filter(path=files.path_of(posting)).count() == 1
    assert file_making.make_waiting(timezone.now) == len(files.forms_of(posting))
    assert file_making.make_waiting(timezone.now) == 0


def test_one_that_cannot_be_made_is_kept_and_tried_again_when_asked(north, monkeypatch):
    posting = put_up()
    with monkeypatch.context() as broken:
        broken.setattr(file_making, "_PICTURE", Path("not there.typ"))
        for _n in range(MAX_ATTEMPTS):
            PostingFile.objects.update(leased_until=timezone.now())
            file_making.make_waiting(timezone.now)
    assert PostingFile.objects.get(form=FileForm.PICTURE).state == FileState.FAILED

    files.order(posting)

    assert make(posting).state == FileState.READY


def test_erasing_somebody_whom_a_posting_names_makes_its_picture_anew(north):
    issue, named = of_a_matter("欧阳晓月家的水管已换")
    voice, other = voice_of(issue, name="欧阳晓月"), put_up()
    file_making.make_waiting(timezone.now)
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])

    erasure.erase(voice.person, with_words=False, by=general)

    states = {(row.posting_id, row.state) for row in PostingFile.objects.all()}
    assert states == {(named.pk, FileState.QUEUED), (other.pk, FileState.READY)}
    assert make(named).state == FileState.READY
