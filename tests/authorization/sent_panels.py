"""What a rightful person sends to the pages of panels, seats and pools."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from experts.models import Expert
from experts.selectors.sheets import rules_of
from investreview.demo import hands
from tests.authorization.experts import LEFT_OUT, expert_called
from tests.authorization.panels import AWAY, PanelScene
from tests.authorization.scenes import DAY
from tests.authorization.site import Site
from tests.experts.sheets import whole
from tests.projects.pages import typed
from workflows.panel.forms.sheets import initial_of

Body = dict[str, Any]
Made = Callable[[Site, str, str], Body]
TODAY = DAY.isoformat()
FILES = {
    ("panel:act", "decline invited"): "document",
    ("panel:act", "declare seated"): "scan",
    ("panel:act", "enter-sheet scoring"): "scan",
    ("panel:new_round", "case invited"): "document",
    ("panel_case:evidence", "condition concluded"): "evidence",
    ("panel_case:evidence", "condition scoring"): "evidence",
    ("experts:enter_recusal", "case awaiting"): "scan",
}
"""Which field of which POST is a file."""
RECUSAL = {"kind": "CLASS", "stated": "近三年为竞争对手提供咨询的人员", "credit_code": "", "reason": "同业竞争（示例）"}
NAMED = {"name": "乙集团有限公司（示例）", "credit_code": ""}
FACTS = {
    "name": "专家新（示例）",
    "born_on": "1970-05-01",
    "phone": "13800138000",
    "email": "",
    "title": "高级工程师",
    "in_field_since": "1995-07-01",
    "specialties": ["LAW"],
}


def _scene(site: Site, thing: str) -> PanelScene:
    scene = site.scenes[thing.split(" ")[-1]]
    assert isinstance(scene, PanelScene)
    return scene


def _sheet(scene: PanelScene) -> Body:
    initial = initial_of(whole(rules_of(scene.stage.panel)))
    return {key: "" if value is None else value for key, value in initial.items()}


def _shown(site: Site, url: str, who: str, name: str) -> str:
    """What a hidden field of the page in front of somebody holds."""
    return str(typed(site.clients[who].get(url).content.decode())[name])


def _act(site: Site, thing: str, who: str) -> Body:
    act, scene = thing.split(" ")[0], _scene(site, thing)
    if act in ("ask-reveal", "confirm-reveal"):
        return {"no": _shown(site, reverse("panel:panel", args=[scene.stage.panel.pk]), who, "no")}
    made = _ACTS.get(act)
    return made(scene) if made is not None else {}


_CALL = {"called_at": f"{TODAY}T08:50", "result": "AGREED", "reason": "", "present": "监督人（示例）"}
_ACTS: dict[str, Callable[[PanelScene], Body]] = {
    "note-call": lambda scene: {"place": scene.others[2], **_CALL},
    "confirm-seat": lambda scene: {"place": scene.others[0]},
    "decline": lambda scene: {"place": scene.others[1], "kind": "DECLINED", "reason": AWAY},
    "confirm-decline": lambda scene: {"place": 1},
    "reject-decline": lambda scene: {"place": 1, "reason": "未经核实（示例）"},
    "declare": lambda scene: {"place": scene.others[0], "has_conflict": "no", "statement": ""},
    "postpone": lambda scene: {"meets_at": "2024-07-10T10:00", "venue": "二楼（示例）", "reason": "场地（示例）"},
    "elect-chair": lambda scene: {"chair": scene.others[1]},
    "enter-sheet": lambda scene: {
        **_sheet(scene),
        "place": scene.others[2],
        "dated_on": "2024-07-01",
        "correction_reason": "",
    },
    "reject-sheet": lambda scene: {"place": scene.others[1], "reason": "第二项不符（示例）"},
}


def _new_round(site: Site, thing: str, who: str) -> Body:
    return {"version": hands.fresh(_scene(site, thing).case).version, "reason": "候补不足（示例）"}


def _versioned(**fields: Any) -> Made:
    """Beside the version of the expert that the address names."""

    def made(site: Site, thing: str, who: str) -> Body:
        expert = Expert.objects.get(number=site.things[thing]["number"])
        return {"version": expert.version, **fields}

    return made


def _account(site: Site, thing: str, who: str) -> Body:
    expert = Expert.objects.get(number=site.things[thing]["number"])
    unlinked = site.cast.user("expert").__class__.objects.get(full_name=expert.name)
    return {"version": expert.version, "user": unlinked.pk}


def _hit(site: Site, thing: str, who: str) -> Body:
    scene, left_out = _scene(site, thing), LEFT_OUT[1]
    return {
        "expert": expert_called(left_out).pk,
        "fingerprint": scene.fingerprint_of(left_out),
        "reason": "持股0.5%（示例）",
    }


def _fixed(**fields: Any) -> Made:
    return lambda site, thing, who: dict(fields)


BODIES: dict[str, Made] = {
    "panel:act": _act,
    "panel:new_round": _new_round,
    "panel_case:answer": _fixed(text="已签三份长协。"),
    "panel_case:evidence": _fixed(version=1, statement="已落实。"),
    "panel_case:judgement": _fixed(version=2, judgement="MET", text="经核验已落实。"),
    "seats:decline": _fixed(kind="DECLINED", reason=AWAY),
    "seats:declare": _fixed(has_conflict="NONE", statement=""),
    "seats:save": lambda site, thing, who: {**_sheet(_scene(site, thing)), "sheet_version": 1},
    "seats:ask": _fixed(text="资金何时到位？"),
    "seats:correct": lambda site, thing, who: {**_sheet(_scene(site, thing)), "reason": "笔误（示例）"},
    "seats:large_type": _fixed(next="/"),
    "experts:new_expert": _fixed(version=0, **FACTS),
    "experts:edit_expert": _versioned(**FACTS),
    "experts:account": _account,
    "experts:propose": _versioned(pool="SUPERVISION"),
    "experts:admit": _versioned(),
    "experts:refuse": _versioned(reason="材料不全（示例）"),
    "experts:remove": _versioned(pool="INVESTMENT", reason="本人申请（示例）"),
    "experts:add_employer": _versioned(
        kind="EMPLOYED", stated_name="某研究院（示例）", credit_code="", position="", from_on="2020-01-01", until_on=""
    ),
    "experts:end_employer": _versioned(until_on="2024-06-30"),
    "experts:match_employer": _versioned(**NAMED),
    "experts:add_conflict": _versioned(**NAMED, kind="LOAN", basis="来信（示例）", from_on="2022-01-01", until_on=""),
    "experts:end_conflict": _versioned(until_on="2024-06-30"),
    "experts:suspend": _versioned(reason="出国（示例）", from_on=TODAY, until_on=""),
    "experts:lift": _versioned(until_on=TODAY, reason="已回国（示例）"),
    "experts:confirm_hit": _fixed(answer="同意（示例）"),
    "experts:refuse_hit": _fixed(answer="不同意（示例）"),
    "experts:avoidance": _hit,
    "experts:recusals": _fixed(**RECUSAL),
    "experts:enter_recusal": _fixed(**RECUSAL),
    "experts:withdraw_recusal": _fixed(version=1),
    "experts:answer_recusal": _fixed(version=1, outcome="REFUSE", organisations="", answer="理由不足（示例）"),
}
"""Route → the body."""
