"""Which pictures the guide and docs/pictures/ show: of which page, as seen by whom, how wide, and what of it.

An account is a user name of the demonstration, words that the demonstration says beside one when it starts (draws fall
anew each time, so nobody knows beforehand which expert has what to do), or nobody. Steps are followed one after the
other: the first visible element that is clicked, or an address beside the present one (``./``). A picture that shows
less than it promises (``must``) is not taken, and the script fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

BEHIND = (".ir-clockbar",)
"""What only a demonstration shows: its clock, which goes on while pictures are taken."""
BOTH = ("zh", "en")
TASK = 'main a[href^="/tasks/"]'
SEAT = 'main a[href^="/experts/seats/"]'
PANEL = 'main a[href^="/experts/panels/"]'
FORM = 'main form[method="post"] button'
SCORING = "独立评分（"
INVITED = "请答复能否参加"
DECLARING = "请签署回避声明"


@dataclass(frozen=True)
class Picture:
    """One picture; with ``crop`` only the first such element, and of it no more than ``tall`` pixels."""

    name: str
    account: str
    address: str = "/"
    steps: tuple[str, ...] = ()
    must: str = "main h1"
    crop: str = "main"
    tall: int = 900
    width: int = 1440
    languages: tuple[str, ...] = BOTH
    folder: str = "guide/pictures/{language}"

    def place(self, language: str) -> str:
        """The file's path below docs/."""
        return f"{self.folder.format(language=language)}/{self.name}.png"


def case(name: str, *then: str) -> tuple[str, ...]:
    """The steps from the list of cases to the page of this project, and on."""
    return (f'main a[href^="/cases/LYG"]:has-text("{name}")', *then)


def _of(name: str, kind: str = TASK) -> tuple[str, ...]:
    """The steps from the desk to what waits on this project."""
    return (f'{kind}:has-text("{name}")',)


def whole(picture: Picture) -> Picture:
    """The picture with the navigation beside the page."""
    return replace(picture, crop="")


def _enterprises() -> Iterator[Picture]:
    yield Picture("sign-in", "", "/sign-in/", must="main form", tall=600)
    yield whole(Picture("drafter-desk", "gk.chen", must='main a[href$="/reminder/"]'))
    yield Picture("drafter-phone", "gk.chen", width=375, tall=1100, must='main a[href$="/reminder/"]')
    draft = case("海州湾冷链物流园")
    yield Picture(
        "drafter-investment", "gk.chen", "/cases/", (*draft, "./investment/"), must="main .ir-route", tall=1100
    )
    yield Picture("drafter-materials", "gk.chen", "/cases/", (*draft, "./materials/"), must="main input[type=file]")
    yield Picture("drafter-submission", "gk.chen", "/cases/", (*draft, "./submission/"), tall=1000)
    yield Picture("drafter-supplement", "jk.you", steps=_of("档案数字化"), must=FORM, tall=600)
    inquiry = (*case("公交充换电站"), "./panel/")
    yield Picture("drafter-inquiry", "jt.kong", "/cases/", inquiry, must="main textarea", tall=700)
    yield Picture("releaser-release", "ny.wei", steps=_of("热源厂除尘"), must=FORM, tall=750)
    yield Picture("releaser-acknowledge", "gk.wu", steps=_of("皮带机"), must=FORM, tall=700)


def _commission() -> Iterator[Picture]:
    yield whole(Picture("officer-desk", "wang", must=TASK))
    yield Picture("officer-completeness", "wang", steps=_of("粮食烘干线"), must=FORM, tall=1000)
    yield Picture("officer-opinion", "wang", steps=_of("公共管廊"), must="main [name=proposal]", tall=1100)
    yield Picture("officer-case", "wang", "/cases/", case("公共管廊数字化"), must="main svg", tall=1300)
    yield Picture("officer-paper", "wang", "/paper/", must='main a[href$="/paper/"]', tall=700)
    yield Picture("head-check", "li", steps=_of("客运枢纽安检"), must=FORM, tall=1100)
    yield Picture("head-paper", "li", steps=_of("海岛补给码头", 'main a[href^="/paper/"]'), must=FORM, tall=800)
    yield Picture("countersigner-opinion", "sun", steps=_of("人才社区"), must=FORM, tall=1000)
    instruction = ('main a[href^="/instructions/"]',)
    yield Picture("countersigner-instruction", "sun", "/instructions/", instruction, must="main textarea", tall=800)
    yield whole(Picture("leader-signing", "liu", "/signing/", must="main textarea"))
    yield Picture("leader-phone", "liu", "/signing/", width=375, tall=1200, must="main textarea")
    yield Picture("leader-overview", "liu", "/overview/", must="main canvas", tall=1200)
    yield whole(Picture("office-desk", "he", "/office/", must='main a[href$="/original/"]'))
    yield Picture("office-deliver", "he", steps=_of("绿色甲醇"), must="main input[type=file]", tall=800)
    yield Picture("office-agenda", "he", "/agendas/", ('main a[href^="/agendas/"]',), must=FORM, tall=700)


def _panels() -> Iterator[Picture]:
    chosen = ("main [value=PORT]", 'main form[method="get"] button')
    freezing = (*_of("集装箱堆场"), *chosen)
    yield Picture("draw-setup", "zhao", steps=freezing, must="main [name=meets_at], main [id*=meets_at]", tall=1200)
    yield Picture("draw-numbers", "ji", steps=_of("政务云"), must="main [name$=ball_10]", tall=1000)
    yield Picture("draw-reveal", "ji", steps=_of("海洋牧场", PANEL), must=FORM, tall=1100)
    yield Picture("draw-list", "zhao", "/experts/draws/", must='main a[href^="/experts/draws/"]', tall=800)
    yield Picture("secretary-meeting", "miao", steps=_of("公交充换电站"), must="main [name=chair]", tall=1000)
    yield Picture("secretary-inquiry", "miao", steps=_of("用户侧储能", PANEL), must=FORM, tall=900)
    yield Picture("secretary-compare", "feng", steps=(*_of("用户侧储能", PANEL), TASK), must=FORM, tall=1000)
    yield Picture("expert-desk", SCORING, "/experts/seats/", must=SEAT, tall=600)
    yield Picture("expert-invitation", INVITED, "/experts/seats/", (SEAT,), must=FORM, tall=700)
    yield Picture(
        "expert-declaration", DECLARING, "/experts/seats/", (SEAT,), must="main [name=answer], main [type=radio]"
    )
    scoring = _of("用户侧储能", SEAT)
    yield Picture("expert-sheet", SCORING, "/experts/seats/", scoring, must="main [type=number]", tall=1300)
    yield Picture("expert-phone", INVITED, "/experts/seats/", (SEAT,), must=FORM, width=375, tall=900)
    yield Picture("pool-keeper-pool", "chu", "/experts/", must='main a[href^="/experts/pool/"]', tall=700)
    yield Picture("pool-keeper-expert", "chu", "/experts/", ('main a[href^="/experts/pool/"]',), tall=1200)


def _later() -> Iterator[Picture]:
    years = "/evaluations/years/"
    year = ('main a[href^="/evaluations/years/"]',)
    yield Picture("evaluation-due", "ping", "/evaluations/", must="main table", tall=700)
    yield Picture("evaluation-year", "ping", years, year, must="main table", tall=900)
    yield Picture("evaluation-notice", "ping", steps=('main a[href^="/evaluations/notices/"]',), must=FORM, tall=700)
    yield Picture("archivist-ledger", "lu", "/past/", must="main table", tall=600)
    yield Picture("archivist-check", "lu", "/past/", ('main a[href$="/check/"]',), must=FORM, tall=1000)
    yield Picture("auditor-draws", "han", "/experts/draws/", must='main a[href^="/experts/draws/"]', tall=700)
    journal = 'main section:has(form[action$="/journal/"]), main .card:has(form[action*="journal"])'
    yield Picture("auditor-journal", "han", "/cases/", case("东部客运枢纽"), must=journal, crop=journal, tall=700)
    yield Picture("rule-keeper-rules", "xu", "/rules/", ('main a[href^="/rules/"]',), tall=900)
    yield Picture("administrator-people", "anquan", "/people/", must='main a[href^="/people/"]', tall=700)
    person = ('main a[href^="/people/"]:has-text("王××")',)
    yield Picture("administrator-person", "anquan", "/people/", person, must=FORM, tall=1200)
    yield Picture("administrator-jobs", "xitong", "/jobs/", tall=800)
    yield Picture("administrator-access-log", "shenji", "/access-log/", must="main table", tall=600)


def _desks() -> Iterator[Picture]:
    """docs/pictures/: what is compared with the reference pictures of the design, mostly in Chinese."""
    draft = case("海州湾冷链物流园")
    panel = case("公交充换电站")
    officer, leader = "wang", "liu"
    for name, account, address, steps in (
        ("overview-1440", leader, "/overview/", ()),
        ("overview-375", leader, "/overview/", ()),
        ("inbox-1440", officer, "/", ()),
        ("inbox-375", officer, "/", ()),
        ("inbox-enterprise-1440", "gk.chen", "/", ()),
        ("leave-1440", officer, "/leave/", ()),
        ("case-1440", officer, "/cases/", panel),
        ("case-375", officer, "/cases/", panel),
        ("submission-1440", "gk.chen", "/cases/", (*draft, "./investment/")),
        ("submission-375", "gk.chen", "/cases/", (*draft, "./investment/")),
        ("summary-1440", "gk.chen", "/cases/", (*draft, "./submission/")),
        ("signing-1440", leader, "/signing/", ()),
        ("signing-375", leader, "/signing/", ()),
        ("agenda-1440", "he", "/agendas/", ('main a[href^="/agendas/"]',)),
        ("rules-1440", officer, "/rules/", ('main a[href^="/rules/"]',)),
        ("search-1440", officer, "/search/?q=LYG-2024", ()),
        ("second-factor", officer, "/account/second-factor/", ()),
        ("notices-1440", officer, "/notices/", ()),
    ):
        yield _desk(name, account, address, steps, language="zh")
    yield _desk("overview-1440-en", leader, "/overview/", (), language="en")


def _desk(name: str, account: str, address: str, steps: tuple[str, ...], *, language: str) -> Picture:
    width = 375 if name.endswith("-375") else 1440
    tall = 1300 if name == "rules-1440" else 6000
    shown = Picture(name, account, address, steps, crop="html", tall=tall, width=width)
    return replace(shown, folder="pictures", languages=(language,))


PICTURES = (*_enterprises(), *_commission(), *_panels(), *_later(), *_desks())
SEEN_OLD = (
    "sign-in",
    "drafter-desk",
    "drafter-phone",
    "drafter-materials",
    "submission-1440",
    "submission-375",
    "releaser-release",
    "inbox-1440",
    "officer-opinion",
    "case-1440",
    "case-375",
    "signing-1440",
    "signing-375",
    "overview-1440",
    "office-deliver",
    "draw-numbers",
    "draw-reveal",
    "secretary-meeting",
    "expert-sheet",
    "expert-phone",
    "evaluation-year",
    "archivist-check",
    "rules-1440",
    "administrator-person",
)
IN_OLD_ENGINE = tuple(
    replace(one, folder="pictures/chromium-88", languages=("zh",)) for one in PICTURES if one.name in SEEN_OLD
)
"""docs/pictures/chromium-88/: what the pictures of the same names show, as the oldest engine of the floor shows it."""
