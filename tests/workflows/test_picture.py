"""The picture of a case: what each box says and in which state, and that nothing lies on anything else."""

from itertools import combinations

import pytest

from workflows.picture.drawing import Link, Picture, Spot
from workflows.picture.heat import NODES, Figure, HeatWords, heat_picture
from workflows.picture.layout import lay_out, wrapped
from workflows.picture.review import NOT_TAKEN, ONE_BOX, STEPS, Course, End, Visit, Way, Words, picture_of

FILING = ("begin", "release", "check_completeness", "opinion", "check", "sign", "deliver", "acknowledge")
WORDS = Words(
    title="流程",
    states={"done": "已办", "now": "正在办理", "todo": "待办", "again": "须再办", "returned": "已退回", "off": "未走"},
    labels={
        key: key
        for key in (
            *("revise", "panel", "deferral", "freeze_draw", "announce_draw", "draw_numbers", "convene", "score"),
            *("meeting_of_experts", "finalise", "draft_opinion", "sign_panel_opinion", "remedy_check", "remedy_sign"),
            "remedy_deliver",
        )
    },
    acts={"send_back": "退回处室", "request_supplement": "补正", "send_to_drafter": "退回修改"},
    recalled="收回",
    again="上轮 %(text)s",
    times="%(act)s %(count)d 次，最近 %(when)s",
    counted="完成 %(done)d/%(all)d",
    back="%(label)s：由“%(source)s”回到“%(target)s”",
    not_taken="不经此路径",
)


def course(*visits: Visit, way: tuple[str, ...] = FILING, **more: object) -> Course:
    return Course(way=[Way(key, key, "某人") for key in way], visits=visits, words=WORDS, **more)


def passed(*nodes: str) -> list[Visit]:
    return [Visit(node, when=f"{day}日", who="甲") for day, node in enumerate(nodes, 1)]


def states(picture: Picture) -> dict[str, str]:
    return {box.key: box.state for box in picture.boxes}


def labels(picture: Picture) -> list[str]:
    return [arrow.label.text for arrow in picture.arrows if arrow.label is not None]


def details(picture: Picture, key: str) -> list[str]:
    return [line.text for box in picture.boxes if box.key == key for line in box.details]


@pytest.mark.parametrize("at", range(len(FILING)))
def test_filing_at_each_step_is_done_before_now_here_and_to_come_after(at: int) -> None:
    picture = picture_of(course(*passed(*FILING[:at]), Visit(FILING[at], is_open=True, due="9日到期")))
    expected = ["done"] * at + ["now"] + ["todo"] * (len(FILING) - at - 1)
    assert list(states(picture).values()) == expected
    assert details(picture, FILING[at]) == ["某人", "9日到期"]


def test_filing_that_is_over_is_done_everywhere_with_people_and_dates() -> None:
    picture = picture_of(course(*passed(*FILING), is_over=True))
    assert set(states(picture).values()) == {"done"}
    assert details(picture, "sign") == ["6日", "甲"]
    assert picture.said[5] == "sign · 已办 · 6日 · 甲"


def test_sending_back_is_an_arrow_back_and_what_must_be_done_again_says_so() -> None:
    back = Visit("sign", act="send_back", when="8日", who="刘", outcome="退回处室")
    picture = picture_of(course(*passed(*FILING[:5]), back, Visit("opinion", is_open=True)))
    assert states(picture) == dict(
        zip(FILING, ["done"] * 3 + ["now", "again", "returned", "todo", "todo"], strict=True)
    )
    assert labels(picture) == ["8日 退回处室"]
    assert details(picture, "check") == ["上轮 5日", "甲"]
    assert "8日 退回处室：由“sign”回到“opinion”" in picture.said


def test_sending_back_twice_is_one_arrow_that_counts() -> None:
    backs = [Visit("check", act="send_back", when=f"{day}日") for day in (6, 9)]
    picture = picture_of(course(*passed(*FILING[:4]), *backs, Visit("opinion", is_open=True)))
    assert labels(picture) == ["退回处室 2 次，最近 9日"]


def test_recalled_act_is_an_arrow_back_and_its_step_waits_again() -> None:
    recalled = Visit("opinion", act="propose", is_recalled=True, when="4日")
    picture = picture_of(course(*passed(*FILING[:3]), recalled, Visit("opinion", is_open=True)))
    assert states(picture)["opinion"] == "now"
    assert labels(picture) == ["4日 收回"]


def test_supplement_stands_below_the_release_with_its_stop() -> None:
    asked = Visit("check_completeness", act="request_supplement", when="3日", who="王")
    picture = picture_of(
        course(*passed("begin", "release"), asked, Visit("revise", is_open=True), stops={"revise": "停表中"})
    )
    found = states(picture)
    assert (found["release"], found["revise"], found["check_completeness"]) == ("again", "now", "returned")
    assert details(picture, "revise")[-1] == "停表中"
    assert labels(picture) == ["3日 补正"]


@pytest.mark.parametrize(("label", "is_proper", "state"), [("退回", False, "returned"), ("自主决策", True, "done")])
def test_end_before_a_decision_stands_below_the_last_step(label: str, is_proper: bool, state: str) -> None:
    picture = picture_of(course(*passed(*FILING[:3]), end=End(label, "5日", is_proper), is_over=True, panel=NOT_TAKEN))
    found = states(picture)
    assert (found["end"], found["opinion"], "panel" in found) == (state, "off", False)


def test_route_not_taken_is_shown_as_such() -> None:
    picture = picture_of(course(*passed(*FILING[:3]), Visit("opinion", is_open=True), panel=NOT_TAKEN))
    assert (states(picture)["panel"], details(picture, "panel")) == ("off", ["不经此路径"])


def test_panel_counts_confirmations_and_sheets_and_names_nobody() -> None:
    seats = [Visit("score", place=str(n), act="sign_sheet", when="7日") for n in (1, 2, 3)]
    seats += [Visit("score", place=str(n), is_open=True, due="9日到期") for n in (4, 5)]
    draw = passed("freeze_draw", "announce_draw", "draw_numbers", "convene")
    picture = picture_of(course(*passed(*FILING[:3]), *draw, *seats, panel=STEPS, confirmed="确认 5/5"))
    found = states(picture)
    assert (found["convene"], found["score"], found["finalise"], found["opinion"]) == ("done", "now", "todo", "todo")
    assert details(picture, "convene")[0] == "确认 5/5"
    assert details(picture, "score") == ["完成 3/5", "9日到期"]


def test_second_panel_counts_only_its_own_steps() -> None:
    first = [Visit("freeze_draw"), *[Visit("score", place=str(n), act="sign_sheet") for n in range(5)]]
    second = [Visit("freeze_draw"), Visit("announce_draw", is_open=True)]
    picture = picture_of(course(*passed(*FILING[:3]), *first, *second, panel=STEPS))
    found = states(picture)
    assert (found["freeze_draw"], found["announce_draw"], found["score"]) == ("done", "now", "todo")


def test_panel_is_one_box_where_its_steps_are_not_told() -> None:
    picture = picture_of(course(*passed(*FILING[:3]), Visit("panel", is_open=True), panel=ONE_BOX))
    assert states(picture)["panel"] == "now"
    assert "score" not in states(picture)


def test_deferral_stands_below_the_step_that_deferred() -> None:
    deferred = [*passed(*FILING[:4]), Visit("check", act="defer", when="5日"), Visit("deferral", is_open=True)]
    picture = picture_of(course(*deferred, deferred_at="check"))
    assert (states(picture)["check"], states(picture)["deferral"]) == ("stopped", "now")


def test_letter_put_right_has_a_row_of_its_own() -> None:
    mended = [*passed(*FILING), Visit("remedy_check", when="20日"), Visit("remedy_sign", is_open=True)]
    found = states(picture_of(course(*mended)))
    assert (found["remedy_check"], found["remedy_sign"], found["remedy_deliver"]) == ("done", "now", "todo")


def test_case_taken_over_begins_with_the_take_over() -> None:
    way = ("taken_over", *FILING[3:])
    paper = Visit("opinion", step="check", when="1日", who="李", outcome="线下")
    picture = picture_of(course(Visit("taken_over", when="2日"), paper, Visit("sign", is_open=True), way=way))
    assert states(picture)["check"] == "done"
    assert details(picture, "check") == ["1日 线下", "李"]


@pytest.mark.parametrize("panel", [STEPS, ONE_BOX, NOT_TAKEN])
def test_no_box_lies_on_another_and_all_lie_on_the_paper(panel: str) -> None:
    visits = [*passed(*FILING[:4]), Visit("check", act="send_back"), Visit("revise"), Visit("deferral")]
    picture = picture_of(course(*visits, Visit("opinion", is_open=True), panel=panel, deferred_at="check"))
    for one, other in combinations(picture.boxes, 2):
        assert (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        ), (one.key, other.key)
    assert all(box.x >= 0 and box.x + box.width <= picture.width for box in picture.boxes)
    assert all(box.y >= 0 and box.y + box.height <= picture.height for box in picture.boxes)


def test_ways_back_that_meet_lie_on_different_levels() -> None:
    spots = [Spot(key, key, column) for column, key in enumerate("abcd")]
    picture = lay_out(spots, [Link("c", "a", "back", "1"), Link("d", "b", "back", "2")])
    first, second = (arrow.label.y for arrow in picture.arrows if arrow.label is not None)
    assert first > second > 0


def test_words_break_between_words_and_characters_and_end_in_an_ellipsis() -> None:
    assert wrapped("Sign the opinion", 13, 80, 2) == ("Sign the", "opinion")
    assert wrapped("签署专家论证意见", 13, 80, 2) == ("签署专家论证", "意见")
    assert wrapped("甲" * 20, 10, 50, 2) == ("甲甲甲甲甲", "甲甲甲甲…")


def test_heat_shades_by_mean_days_and_leaves_what_was_never_taken_unshaded() -> None:
    figures = {"release": Figure(0.5, 8), "opinion": Figure(3.0, 8), "sign": Figure(1.6, 7), "meeting": Figure(0.0, 0)}
    words = HeatWords("用时", {key: key for key in NODES}, "%(days).1f 日", "%(count)d 件次", "没有办理")
    picture = heat_picture(figures, words)
    found = states(picture)
    assert [found[key] for key in ("release", "opinion", "sign", "meeting")] == ["heat-1", "heat-5", "heat-3", "heat-0"]
    assert details(picture, "opinion") == ["3.0 日", "8 件次"]
    assert sorted(found) == sorted(NODES)
