"""A ceremony from the freeze to the evidence file, and what each step leaves behind."""

import json
from typing import Any

import pytest

from investreview.core.errors import DomainError
from investreview.draws import services
from investreview.draws import verify_draw as ird
from investreview.draws.kinds import DrawOutcome, DrawState
from investreview.draws.models import Draw, LogEntry, SealedOpening
from investreview.draws.services import numbers as numbers_service
from investreview.journal.models import Entry
from tests.draws import house as acts
from tests.draws.house import AT, BALLS, CANARY, House, minutes

pytestmark = pytest.mark.django_db


def kinds(draw: Draw) -> list[str]:
    return list(draw.log.order_by("seq").values_list("kind", flat=True))


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="draw.").order_by("pk").values_list("verb", flat=True))


def test_a_ceremony_goes_through_its_states_and_is_reproduced(house: House) -> None:
    draw = acts.freeze(house)
    assert (draw.state, draw.number, draw.request_hash) == ("FROZEN", None, "")
    draw = acts.announce(house, draw)
    assert (draw.state, draw.number, draw.seq, draw.previous) == ("ANNOUNCED", "LYG-CQ-2024-0001", 1, ird.ZEROS)
    draw = acts.enter(house, draw)
    assert (draw.state, bytes(draw.public_values).decode()) == ("ENTROPY", '[["balls10","7.3.0.4.9.1.1.6.8.2./"]]')
    draw = acts.conclude(draw)
    assert (draw.state, len(acts.present(draw))) == ("DRAWN", 5)
    acts.reveal_all(house, draw)
    leaver = acts.present(draw)[1]
    outcome = acts.replace(house, draw, leaver)
    draw.refresh_from_db()
    assert (draw.state, outcome.is_filled, len(outcome.joined), draw.wave_count) == ("WAVE", True, 1, 1)
    assert leaver not in acts.present(draw)
    acts.reveal_all(house, draw)
    draw = acts.close(house, draw)
    assert (draw.state, draw.outcome) == ("CLOSED", "COMPLETED")
    draw = services.disclose(draw_pk=draw.pk, at=minutes(70), **house.hand("secretary"))
    assert draw.state == "DISCLOSED"
    assert kinds(draw) == ["freeze", "announce", "entropy", "drawn", "wave", "reveal", "result"]
    for confidential in (False, True):
        evidence = ird.parse(acts.export(house, draw, confidential=confidential).decode())
        assert ird.verify(evidence) == []
        assert ("openings" in evidence) == confidential
    assert evidence["result"]["final"] == sorted(acts.present(draw))


def test_each_verb_is_in_the_journal_once_and_tells_no_name(house: House) -> None:
    draw = acts.drawn(house)
    acts.reveal_all(house, draw)
    acts.replace(house, draw, acts.present(draw)[0])
    acts.reveal_all(house, draw)
    acts.close(house, draw)
    services.disclose(draw_pk=draw.pk, at=minutes(70), **house.hand("secretary"))
    acts.export(house, draw, confidential=True)
    reveals = ["draw.ask_reveal", "draw.reveal"]
    assert verbs() == [
        "draw.freeze",
        "draw.announce",
        "draw.enter_numbers",
        "draw.conclude",
        *reveals * 5,
        "draw.propose_wave",
        "draw.record_wave",
        *reveals,
        "draw.close",
        "draw.disclose",
        "draw.export",
    ]
    told = b"".join(bytes(entry.content) for entry in Entry.objects.all())
    assert CANARY.encode() not in told
    assert b"E000" not in told


def test_the_journal_carries_the_head_of_the_log_at_each_step(house: House) -> None:
    draw = acts.drawn(house)
    heads = [entry.facts["head"] for entry in Entry.objects.filter(verb__startswith="draw.").order_by("pk")]
    assert heads == list(draw.log.order_by("seq").values_list("hash", flat=True))


def test_names_salts_and_the_random_number_are_nowhere_in_the_clear(house: House) -> None:
    draw = acts.drawn(house)
    stored = (
        b"".join(
            bytes(value)
            for row in [draw, *draw.log.all(), *draw.openings.all(), *draw.members.all()]
            for value in (getattr(row, one.attname) for one in row._meta.concrete_fields)
            if isinstance(value, bytes | memoryview)
        )
        + json.dumps([draw.terms, draw.sources, draw.ranking], ensure_ascii=False).encode()
    )
    for secret in (CANARY, "E000", "单位0", "139000", "phone"):
        assert secret.encode() not in stored
    draw = acts.failed(house, draw)
    nonce = ird.parse(acts.export(house, draw).decode())["entropy"][0][1]
    assert nonce.encode() not in stored
    assert bytes.fromhex(nonce) not in stored


def test_the_public_evidence_names_nobody_and_no_employer(house: House) -> None:
    evidence = acts.export(house, acts.closed(house))
    for secret in (CANARY, "E000", "单位", "139000"):
        assert secret.encode() not in evidence


def test_numbers_and_aliases_of_two_snapshots_have_nothing_in_common(house: House) -> None:
    first = acts.freeze(house).snapshot_data["rows"]
    second = acts.freeze(house, subject=acts.Subject("case", "other")).snapshot_data["rows"]
    assert [row["no"] for row in first] == [row["no"] for row in second] == list(range(1, 13))
    assert {row["leaf"] for row in first} & {row["leaf"] for row in second} == set()
    assert [row["leaf"] for row in first] == sorted(row["leaf"] for row in first)


def test_aliases_follow_the_employers_and_come_in_the_order_of_the_rows(house: House) -> None:
    draw = acts.failed(house, acts.drawn(house, rows=acts.pool(12, units=4), excluded=[]))
    evidence = ird.parse(acts.export(house, draw, confidential=True).decode())
    pairs = {
        (row["unit"], opening["private"]["unit"])
        for row, opening in zip(evidence["snapshot"]["rows"], evidence["openings"], strict=True)
    }
    assert len(pairs) == len({alias for alias, _ in pairs}) == len({unit for _, unit in pairs}) == 4
    assert list(dict.fromkeys(row["unit"] for row in evidence["snapshot"]["rows"])) == ["U01", "U02", "U03", "U04"]


def test_the_openings_are_everybody_as_the_room_above_gave_them(house: House) -> None:
    draw = acts.failed(house, acts.drawn(house))
    evidence = ird.parse(acts.export(house, draw, confidential=True).decode())
    opened = {one["private"]["id"]: one["private"] for one in evidence["openings"]}
    assert opened == {
        row.stable_id: {"id": row.stable_id, "name": row.name, "unit": row.unit, **row.private} for row in acts.pool()
    }


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
@pytest.mark.parametrize("cap", [None, 1])
def test_the_hash_and_the_cap_chosen_before_the_freeze_are_used_throughout(
    house: House, hash_name: str, cap: int | None
) -> None:
    draw = acts.closed(house, hash_name=hash_name, unit_cap=cap)
    evidence = ird.parse(acts.export(house, draw).decode())
    assert (evidence["snapshot"]["hash"], evidence["request"].get("unit_cap")) == (hash_name, cap)
    assert ird.verify(evidence) == []


def test_a_sample_is_published_with_its_conclusion(house: House) -> None:
    draw = acts.freeze_sample(house)
    acts.announce(house, draw)
    acts.enter(house, draw)
    draw = acts.conclude(draw)
    assert (draw.state, draw.outcome, draw.first) == ("DISCLOSED", "COMPLETED", None)
    assert kinds(draw) == ["freeze", "announce", "entropy", "reveal", "result"]
    evidence = ird.parse(acts.export(house, draw, confidential=True, who="officer").decode())
    assert (ird.verify(evidence), evidence["request"]["project"], "openings" in evidence) == ([], "2024", False)
    assert (SealedOpening.objects.count(), verbs()[3]) == (0, "draw.conclude")


def test_a_wave_that_cannot_be_filled_ends_the_round(house: House) -> None:
    rows = acts.pool(6)
    draw = acts.drawn(house, rows=rows, excluded=[])
    acts.reveal_all(house, draw)
    members = acts.present(draw)
    first = acts.replace(house, draw, members[0])
    acts.reveal_all(house, draw)
    assert first.is_filled
    wave = acts.propose(house, draw, members[1])
    services.countersign_wave(wave_pk=wave.pk, at=minutes(32), **house.hand("witness2"))
    last = acts.record(house, wave)
    draw.refresh_from_db()
    assert (last.joined, last.is_filled, draw.state, draw.outcome) == ((), False, "INFEASIBLE", "INFEASIBLE")
    assert kinds(draw) == ["freeze", "announce", "entropy", "drawn", "wave", "wave", "reveal", "result"]
    evidence = ird.parse(acts.export(house, draw).decode())
    assert (ird.verify(evidence), evidence["result"]["error"]) == ([], "infeasible")
    assert evidence["result"]["final"] == sorted(acts.present(draw))


def test_concluding_again_changes_nothing(house: House) -> None:
    draw = acts.drawn(house)
    before = (draw.version, bytes(draw.first), LogEntry.objects.count(), len(verbs()))
    again = acts.conclude(draw, minutes(50))
    assert (again.version, bytes(again.first), LogEntry.objects.count(), len(verbs())) == before


def test_the_same_numbers_again_change_nothing_and_others_are_refused_with_both_shown(house: House) -> None:
    draw = acts.announced(house)
    acts.enter(house, draw)
    again = acts.enter(house, draw)
    assert (again.state, verbs().count("draw.enter_numbers")) == ("ENTROPY", 1)
    acts.conclude(draw)
    with pytest.raises(DomainError) as refused:
        acts.enter(house, draw, acts.OTHER_BALLS)
    assert refused.value.code == "draws_numbers_differ"
    assert ("8.2./" in refused.value.facts["entered"], "8.3./" in refused.value.facts["given"]) == (True, True)


def test_what_was_changed_in_the_database_stops_the_draw(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = acts.announced(house)
    acts.enter(house, draw)
    altered = draw.snapshot_data
    altered["rows"][0]["spec"] = ["财务会计", "法律风险"]
    monkeypatch.setattr(Draw, "snapshot_data", altered)
    with pytest.raises(DomainError) as refused:
        acts.conclude(draw)
    assert refused.value.code == "draws_evidence_altered"


def test_a_draw_whose_log_was_changed_cannot_be_closed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = acts.drawn(house)
    acts.reveal_all(house, draw)
    data = LogEntry.data.fget  # type: ignore[attr-defined]

    def told(entry: LogEntry) -> Any:
        return {**data(entry), "actor": "witness:wang"} if entry.kind == "entropy" else data(entry)

    monkeypatch.setattr(LogEntry, "data", property(told))
    with pytest.raises(DomainError) as refused:
        acts.close(house, draw)
    assert refused.value.code == "draws_evidence_altered"


def test_the_panel_is_what_the_verifier_draws_from_the_same_numbers(house: House) -> None:
    draw = acts.failed(house, acts.drawn(house))
    evidence = ird.parse(acts.export(house, draw).decode())
    result = ird.result_of(evidence["snapshot"], evidence["request"], evidence["entropy"], [])
    assert evidence["entropy"][1] == ["balls10", "".join(f"{ball}." for ball in BALLS) + "/"]
    assert [row["no"] for row in result["first"]] == acts.present(draw)
    assert result["first"] == json.loads(bytes(draw.first))


def test_an_opinion_that_was_signed_closes_the_draw(house: House) -> None:
    draw = acts.drawn(house)
    acts.reveal_all(house, draw)
    draw = services.close_on_opinion(draw_pk=draw.pk, actor=house.secretary.as_actor(), at=minutes(80))
    assert (draw.state, draw.outcome, draw.closed_by) == (DrawState.CLOSED, DrawOutcome.COMPLETED, None)


def test_numbers_are_never_entered_inside_another_transaction(house: House, django_db_blocker: object) -> None:
    from django.db import transaction

    draw = acts.announced(house)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        acts.enter(house, draw)
    assert Draw.objects.get(pk=draw.pk).public_values is None


def test_tickets_are_shown_down_to_the_last_member_only(house: House) -> None:
    draw = acts.drawn(house)
    last = max(draw.members.values_list("rank", flat=True))
    assert len(draw.ranking) == last < 12
    assert draw.ranking[-1][0] == acts.present(draw)[-1]
    assert {len(ticket) for _, ticket in draw.ranking} == {numbers_service.TICKET_SHOWN}


def test_the_times_of_the_log_never_run_backwards(house: House) -> None:
    draw = acts.freeze(house)
    acts.announce(house, draw, at=minutes(-30))
    times = list(draw.log.order_by("seq").values_list("at", flat=True))
    assert times == [AT, AT]
