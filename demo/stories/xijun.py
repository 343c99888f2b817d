"""西郡佳园: the fence from first word to closing, and live matters in every step."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from compounds.organisation.models import Entrance, PostKind
from consultation.models import Document, Outcome, RatingChannel, ResponsibleBody
from consultation.services import bodies, reports, suggestions
from demo.holders import holders
from demo.plans import COMPANY_CHANGED, XIJUN
from demo.stories import council
from demo.stories.care import look_after
from demo.stories.first_steps import publish_list, raise_matter
from demo.stories.handling import handle
from demo.stories.meetings import meet
from demo.stories.notices import tell_notices
from demo.stories.office_days import moved
from demo.stories.plans import HandlingPlan, RatingPlan, TickPlan
from demo.stories.quarters import quarters
from demo.stories.reading import read
from demo.stories.stage import Stage
from demo.stories.telling import Story, tell
from demo.stories.unfolding import unfold
from demo.stories.xijun_bodies import BODIES, EARLIER_COMPANY
from demo.stories.xijun_council import COUNCIL, MEETINGS, PUBLISHED, SEATS
from demo.stories.xijun_matters import MATTERS
from demo.volunteers.xijun import tell_volunteers
from notices.models import PlaceKind, PostingFile
from notices.upkeep import spots

ALL_BUILDINGS = 14
# The residents' reading room became the station; the report does not say when.
STATION_OPENED = date(2021, 9, 1)

FENCE = HandlingPlan(
    key="fence",
    accepted=(101, "10:30"),
    result_ticked=TickPlan((101, "17:30"), ALL_BUILDINGS),
    reported=(84, "16:20"),
    report="12米围栏已整段更换，底座重新浇筑，刷了两遍防锈漆，旧围栏已清运。三家报价和决算贴在公告栏，实际花费17940元。",
    scene="fence_repaired",
    verified=(83, "09:30"),
    verified_by=6,
    found="逐根推过，不晃；断口、焊渣都清干净了。",
    posted=(82, "10:00"),
    posting="东门南侧12米围栏已整段更换，6栋楼栋长到现场核实。实际花费17940元，从公共收益列支，比预算少660元。"
    "有意见请找本楼楼栋长，或到邻聚里党群服务站。",
    completion_ticked=TickPlan((82, "18:00"), ALL_BUILDINGS),
    ratings=(
        RatingPlan((80, "19:00"), 0, 5, "修得扎实，孙子可以放心在那边玩了。"),
        RatingPlan((80, "19:20"), 1, 5, "", RatingChannel.LINK),
        RatingPlan((79, "18:30"), 2, 4, "就是从提出来到修好等了一个多月。"),
        RatingPlan((79, "19:40"), 3, 5, "底座也重新做了，没有糊弄。", RatingChannel.LINK),
        RatingPlan((78, "10:00"), 4, 4, ""),
    ),
    closed=(74, "10:00"),
    outcome=Outcome.SOLVED,
    note="公示期满无异议，5户评价均满意。",
)
GARAGE = HandlingPlan(key="garage", accepted=(20, "09:00"), result_ticked=TickPlan((20, "17:00"), 3))
BINS = HandlingPlan(
    key="bins",
    accepted=(20, "09:05"),
    result_ticked=TickPlan((20, "17:20"), 2),
    reported=(5, "15:30"),
    report="换了4个新桶，顶棚和水龙头已装好，冲洗时间表贴在桶点旁。",
    scene="bins_clean",
    verified=(4, "08:20"),
    verified_by=2,
    found="早上7点多来看，地面刚冲过，没有积水。",
    posted=(2, "10:00"),
    posting="2栋东侧垃圾桶点已换新桶、装顶棚和冲洗水龙头，每天早上7点、晚上8点冲洗。2栋楼栋长已现场核实。",
    completion_ticked=TickPlan((2, "17:30"), 3),
    ratings=(
        RatingPlan((1, "18:50"), 0, 4, "味道小多了，晚上那次冲洗希望坚持下去。"),
        RatingPlan((1, "19:15"), 1, 5, "", RatingChannel.LINK),
    ),
)
HALL_DOOR = HandlingPlan(
    key="hall_door",
    accepted=(20, "09:10"),
    result_ticked=TickPlan((20, "17:40"), 3),
    reported=(1, "11:00"),
    report="3栋1单元闭门器已换新，门轴校正过，轻推能自己关严。其余单元门查了一遍，另换了两个。",
    scene="hall_door",
)
HANDLINGS = (FENCE, GARAGE, BINS, HALL_DOOR)


# What is long over: each year's matters in a file of its own.
PAST = ("2021", "2022", "2023", "2024", "2025")
LIVE = "live"
_FILES_WITHIN = 90


def tell_xijun(today: date, tell_of: Callable[[str], None]) -> None:
    """Set up the council and tell everything up to yesterday, saying which year is being told."""
    council.set_up(BODIES, SEATS, COUNCIL, today)
    stage = Stage(today)
    at_work = stage.at_work()
    published = [(moved(days, today), clock) for days, clock in PUBLISHED]
    tales = [tale for name in (*PAST, LIVE) for tale in read(name, today)]
    tell(
        [
            _years(stage, tell_of),
            *unfold(stage, tales, published),
            *(raise_matter(at_work, matter) for matter in MATTERS),
            *(publish_list(stage, moment) for moment in published),
            *(meet(at_work, meeting) for meeting in MEETINGS),
            *(handle(at_work, handling) for handling in HANDLINGS),
            _one_more_place(stage),
            _company_left(stage),
            _scanned(stage),
            _suggested(stage),
            *look_after(stage),
            *quarters(stage),
            *tell_notices(stage),
            *tell_volunteers(stage),
        ]
    )
    _leave_old_files_unmade(stage)


def _leave_old_files_unmade(stage: Stage) -> None:
    """The worker begins with what hangs today; files of long ago are made when somebody asks for them."""
    long_ago = stage.at((_FILES_WITHIN, "00:00"))
    PostingFile.objects.filter(posting__ends_on__lt=long_ago.date()).delete()
    Document.objects.filter(minutes__issued_at__lt=long_ago).delete()


def _years(stage: Stage, tell_of: Callable[[str], None]) -> Story:
    for year in range(XIJUN.branch_founded_on.year, stage.today.year + 1):
        yield stage.at(((stage.today - max(date(year, 1, 1), XIJUN.branch_founded_on)).days, "00:00"))
        tell_of(_("Telling of %(year)s") % {"year": year})


def _one_more_place(stage: Stage) -> Story:
    """Besides board and group, postings hang at the station where the neighbours meet."""
    yield stage.at(((stage.today - STATION_OPENED).days, "09:00"))
    spots.add(kind=PlaceKind.OTHER, name="邻聚里党群服务站", by=stage.secretary)


def _company_left(stage: Stage) -> Story:
    """The first property company takes on nothing more; what it did stays."""
    yield stage.at(((stage.today - COMPANY_CHANGED).days, "09:00"))
    bodies.retire(ResponsibleBody.objects.get(name=EARLIER_COMPANY), by=stage.secretary)


def _scanned(stage: Stage) -> Story:
    """A resident scans the poster in the hall; the building's steward has not been to the door yet."""
    yield stage.at((1, "20:35"))
    reports.send(
        entrance=Entrance.objects.get(building__number=5, number=2),
        category=stage.category("水电公共设施"),
        said="二单元一楼门厅的灯不亮，晚上进门看不见台阶，我妈差点绊倒。已经有三四天了。",
        place_note="一楼门厅",
        sender=reports.Sender(name="小陈"),
        photos=[],
    )


def _suggested(stage: Stage) -> Story:
    """A party member says what could be done better (建言献策); the branch has not sorted it yet."""
    yield stage.at((3, "21:10"))
    by = holders(PostKind.PARTY_MEMBER, stage.today)[0]
    suggestions.suggest(
        title="10栋架空层空着的一间，办个老年食堂兼图书角",
        said="独居老人中午常常随便对付一口。10栋架空层那一间空了两年，水电都通。可以先试三个月，一顿十块，志愿者轮流帮厨，"
        "下午给孩子看书。我愿意牵头算一笔账。",
        category=stage.category("公共空间占用"),
        building=None,
        sheet=None,
        by=by,
    )
