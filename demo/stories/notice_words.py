"""The words of the demo's notices. The newspaper page's figures stand as they are there; the rest is invented."""

from datetime import date, timedelta
from typing import Any

from demo.stories.meetings import EVENING, VENUE
from demo.stories.stage import Stage

type Wording = dict[str, Any]

_SUNDAY = 6
# The months in which one likes to sit at long tables in the garden at noon.
OUTDOORS = {4, 5, 6, 9, 10, 11}


def fraud_county(stage: Stage) -> Wording:
    return {
        "title": "一季度县里的骗子最爱用这几招",
        "text": "1至3月，县里统计了电信网络诈骗案件：刷单返利最多，案件和损失都占三分之一以上。"
        "受害人里，45岁以下的占73%，女性占66.67%，可见不是只有老人才会上当。\n"
        "记住三句话：刷单先垫钱的，都是骗；客服主动来退款的，先挂断再打官方电话；"
        "带您炒股稳赚的，把手机放下来问问家里人。\n拿不准，打96110，或者找楼栋长。",
        "chart": "按案件数\n刷单返利 34.62%\n冒充电商客服 16.67%\n虚假购物服务 15.38%\n网络游戏交易 11.54%\n"
        "按损失金额\n刷单返利 35.37%\n冒充电商客服 26.34%\n虚假投资理财 16.75%",
        "title_en": "How fraudsters worked in the county this quarter",
        "text_en": "From January to March the county counted its telephone and internet fraud. Paid “order "
        "boosting” comes "
        "first: more than a third of all cases, and of all money lost. Of the victims 73% were younger than 45, and "
        "66.67% were women; it is not only the old who are taken in.\n"
        "Whoever wants money before you earn any is a fraud. If “customer service” calls about a refund, hang up and "
        "ring the official number. If somebody promises sure profits, ask your family first.\n"
        "Not sure? Call 96110, or ask your building steward.",
        "chart_en": "By cases\nPaid order boosting 34.62%\nFake customer service 16.67%\nFake shopping and "
        "services 15.38%\n"
        "Game trading 11.54%\n"
        "By money lost\nPaid order boosting 35.37%\nFake customer service 26.34%\nFake investments 16.75%",
    }


def fraud_city(stage: Stage) -> Wording:
    return {
        "title": "2023年全市反诈成绩单",
        "text": "2023年，全市电信网络诈骗案件比上年少了13.3%，损失少了41.1%；民警发出预警184万次，追回2.6亿元。\n"
        "接到96110的电话请一定要接，那是提醒您的，不是骗子。",
        "title_en": "Against fraud: how the city did in 2023",
        "text_en": "In 2023 the city had 13.3% fewer fraud cases than the year before, and 41.1% less money was "
        "lost. The police "
        "sent 1.84 million warnings and brought back 260 million yuan.\nIf 96110 calls, please answer: it is a "
        "warning.",
    }


def law(stage: Stage) -> Wording:
    return {
        "title": "孩子满12岁，哪些事要负刑事责任",
        "text": "从2021年3月1日起施行的刑法第十七条：已满12岁不满14岁的孩子，只有犯故意杀人、故意伤害罪，"
        "致人死亡，或者以特别残忍手段致人重伤造成严重残疾，情节恶劣，并且经最高人民检察院核准追诉的，才负刑事责任。\n"
        "不到负刑事责任的年龄，不等于没人管：监护人要管教，学校也会帮教。遇到孩子之间的冲突，请先找楼栋长或社区。",
        "title_en": "From twelve on: when a child answers before a criminal court",
        "text_en": "Article 17 of the Criminal Law, as in force since 1 March 2021: from 12 to under 14 years "
        "of age a child is "
        "criminally liable only for intentional homicide, or for intentional injury with death or, by specially cruel "
        "means, serious disability, in bad circumstances, and only once the Supreme People's Procuratorate approves.",
    }


def rumour(stage: Stage) -> Wording:
    return {
        "title": "“小学生写的信”是七年前的假消息",
        "text": "这两天不少微信群在转一封“小学生写的信”。查过了：这封信七年前就在网上传，内容是假的。\n"
        "请不要再转。没有核实的消息随手转发，造成后果的，会依法处罚。看到拿不准的消息，先问问楼栋长。",
        "title_en": "The “pupil's letter” is seven years old and false",
        "text_en": "A letter said to be written by a pupil goes round in local WeChat groups. It is seven years "
        "old, and false. "
        "Please do not forward it: passing on what nobody has checked can be punished.",
    }


def table(stage: Stage) -> Wording:
    day = _next_sunday(stage.today) - timedelta(days=1)
    if day.month not in OUTDOORS:
        return {
            "title": "邻里饺子会，一起包一起吃",
            "text": f"{_day(day)}（周六）下午3点，{VENUE}，面和馅由志愿者准备，带上围裙就行。老人可以请楼栋长来接。",
        }
    return {
        "title": "邻里百家宴，一家一道菜",
        "text": f"{_day(day)}（周六）中午11点半，中心花园，每家带一道拿手菜。碗筷由志愿者准备，老人可以请楼栋长来接。",
    }


def table_moved(stage: Stage) -> Wording:
    day = _next_sunday(stage.today)
    if (day - timedelta(days=1)).month not in OUTDOORS:
        return {
            "title": "饺子会改到周日：邻里饺子会，一起包一起吃",
            "text": f"服务站周六检修电路，饺子会改到{_day(day)}（周日）下午3点，还是在{VENUE}，面和馅由志愿者准备，"
            "带上围裙就行。老人可以请楼栋长来接。",
            "title_en": "Making dumplings together moves to Sunday",
            "text_en": f"The electricians are in the service station on Saturday, so the neighbours make dumplings on "
            f"Sunday, {day:%-d %B}, at three in the afternoon, in the same place. Volunteers bring dough and filling.",
        }
    return {
        "title": "百家宴改到周日：邻里百家宴，一家一道菜",
        "text": f"天气预报周六有雨，百家宴改到{_day(day)}（周日）中午11点半，还是在中心花园，每家带一道拿手菜。"
        "碗筷由志愿者准备，老人可以请楼栋长来接。",
        "title_en": "The neighbours' table moves to Sunday",
        "text_en": f"Rain is forecast for Saturday, so the neighbours' table is on Sunday, {day:%-d %B}, at "
        f"half past eleven in "
        "the central garden. Every family brings a dish; volunteers bring bowls and chopsticks.",
    }


def meeting(stage: Stage) -> Wording:
    day = stage.coming_friday(EVENING)
    return {
        "title": "周五晚上四方议事会，欢迎来听",
        "ends_on": day.date(),
        "text": f"{_day(day.date())}（周五）晚上{EVENING}，{VENUE}。要议的事项已在公示栏列出。"
        "谁都可以来列席、发言；来不了的，把话告诉楼栋长，会上会念出来。",
        "title_en": "Four-party meeting on Friday: come and listen",
        "text_en": f"On Friday, {day:%-d %B}, at {EVENING}, in the neighbours' service station. What is to be "
        f"discussed is on the "
        "board. Anybody may come and speak; whoever cannot come tells the building steward.",
    }


def water(stage: Stage) -> Wording:
    return {
        "title": "3栋、4栋停水抢修",
        "text": f"3栋、4栋之间主水管漏水，正在抢修，{_day(stage.today)}早上8点到下午5点停水。请提前接好水。"
        "物业在3栋门口放了应急水箱，行动不便的老人打物业电话，有人送上门。",
        "title_en": "No water in buildings 3 and 4 today",
        "text_en": f"The main between buildings 3 and 4 leaks and is being repaired. No water on "
        f"{stage.today:%-d %B} from 8:00 to "
        "17:00. There is a tank in front of building 3; the property company brings water to whoever cannot come.",
    }


def stewards(stage: Stage) -> Wording:
    return {
        "title": "楼栋长本月请看三件事",
        "text": "一、楼道里的电动车和杂物；二、独居老人家的燃气软管；三、单元公告栏上过期的纸，看到请取下来。"
        "看完在系统里记一笔，月底一起商量。",
    }


def bikes(stage: Stage) -> Wording:
    return {
        "title": "西围墙充电棚分批检修插座",
        "text": "西围墙三个充电棚本周逐个检修插座，每个棚停用一天。停用的那天请到另外两个棚充电，不便之处请见谅。",
    }


def _next_sunday(today: date) -> date:
    """The Sunday after the coming Saturday, so that either lies ahead."""
    return today + timedelta(days=(_SUNDAY - today.weekday() - 1) % 7 + 1)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
