"""What the last quarters' meetings were about. What is said is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """What one quarter's meeting was about."""

    key: str
    title: str
    said: str
    category: str
    building: int
    agreed: str
    done: str
    scene: str
    stars: int
    rated: str


TOPICS = (
    Topic(
        "slide",
        "儿童滑梯松动，边角开裂",
        "滑梯一晃一晃的，边上裂了口子，孩子裤子都挂破了。",
        "水电公共设施",
        4,
        "物业公司先围起来，十天内更换滑梯板、紧固支架，业委会验收。",
        "滑梯板已更换，支架重新紧固，业委会验收合格。",
        "slide_new",
        5,
        "孙女又天天去滑了，摸着稳当。",
    ),
    Topic(
        "lift_light",
        "10栋电梯轿厢灯坏了一半，风扇不转",
        "电梯里黑乎乎的，夏天闷得慌，老人不敢一个人坐。",
        "电梯设备",
        10,
        "物业公司一周内更换轿厢灯和风扇，并检查其余各栋。",
        "10栋电梯灯和风扇已换新，其余各栋检查完毕。",
        "lift_repaired",
        4,
        "灯亮了，就是风扇声音大一点。",
    ),
    Topic(
        "flowers",
        "中心花坛秃了一片，下雨全是泥",
        "花坛踩秃了，一下雨泥水流到路上，鞋子没法看。",
        "绿化环境",
        8,
        "物业公司补种麦冬并加铺一条踏步石，志愿者一起种。",
        "花坛已补种，踏步石已铺好，志愿者参加了栽种。",
        "lawn_green",
        5,
        "下雨天再也不用踮着脚走。",
    ),
    Topic(
        "sand",
        "西门减速带松脱，夜里咣当响",
        "车一过就咣当一声，半夜吵得睡不着，螺丝还翘起来。",
        "噪声扰民",
        1,
        "物业公司更换西门减速带并加橡胶垫，夜间提醒慢行。",
        "西门减速带已更换并加了橡胶垫，夜里没有响声了。",
        "road_mended",
        4,
        "夜里安静了，白天车还是快。",
    ),
    Topic(
        "bench",
        "13栋前长椅断腿，老人没处坐",
        "那条长椅断了一条腿，我们几个老的只好坐花坛边上。",
        "公共空间占用",
        13,
        "物业公司修好长椅，再添两条，放在树荫下。",
        "长椅已修好，树荫下又添了两条。",
        "lawn_green",
        5,
        "几个老伙计又能坐在一起晒太阳。",
    ),
)
