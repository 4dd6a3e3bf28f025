#!/usr/bin/env python3
"""The verifiable draw ``ird-draw/1`` (可核验抽取): this file draws, and with this file anybody checks what was drawn.

    python3 verify_draw.py evidence.json [more.json ...] [--request HEX] [--head HEX]

It needs Python 3.8 or later and nothing else. It recomputes the result of each evidence file from what was fixed before
the on-site numbers existed, and says REPRODUCED, or every mismatch; exit code 0 or 1. ``--request`` and ``--head`` are
copied from the signed paper: a file that was invented from start to end agrees with itself, not with the paper.
Several files are also checked as one chain.

How to read it: bytes and hashes · seats, and seats under a cap · the panel and its waves · the sample · the result and
the log · verification · the chain · command line. The server draws with the same functions.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import sys
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

SCHEME = "ird-draw/1"
ZEROS = "0" * 64
LARGEST = 2**53 - 1


class Malformed(ValueError):
    """What was given is no evidence of this scheme; the text says where and why."""


# ── Bytes and hashes ─────────────────────────────────────────────────────────────────────────────────────────────────


def canonical(value: Any) -> bytes:
    """JSON after RFC 8785, without floats, numbers beyond 2^53-1 and lone surrogates: one spelling per value."""
    try:
        return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise Malformed("文本含不成对的代理字符 / a text holds a lone surrogate") from None


def _sorted(value: Any) -> Any:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, (list, tuple)):
        return [_sorted(item) for item in value]
    if value is None or isinstance(value, (str, bool)) or (isinstance(value, int) and abs(value) <= LARGEST):
        return value
    raise Malformed(f"{shown(value)} 不是允许的JSON值 / is no value of this JSON")


def u64(number: int) -> bytes:
    """Eight bytes, the highest first."""
    return number.to_bytes(8, "big")


class Hash:
    """The hash function that a request names, with the scheme's labels; another one is never used instead."""

    def __init__(self, name: str) -> None:
        try:
            hashlib.new(name)
        except ValueError:
            raise Malformed(f"本机没有摘要算法{name} / this machine lacks the hash {name}") from None
        self.name = name

    def digest(self, label: str, *parts: bytes) -> bytes:
        """H(label, parts)."""
        return hashlib.new(self.name, _tag(label) + b"".join(parts)).digest()

    def of(self, label: str, value: Any) -> str:
        """H(label, JCS(value)) in hex: of a snapshot, a request, a first panel, a result, a log entry."""
        return self.digest(label, canonical(value)).hex()

    def mac(self, key: bytes, label: str, message: bytes) -> bytes:
        """MAC(key, label, message)."""
        return hmac.new(key, _tag(label) + message, self.name).digest()

    def leaf(self, salt: bytes, private: Any) -> str:
        """What the snapshot shows of a person: nothing, until salt and private record are opened."""
        return self.mac(salt, "leaf", canonical(private)).hex()

    def commitment(self, party: str, nonce: bytes) -> str:
        """What the request shows of a party's random number before it is revealed."""
        name = party.encode()
        return self.digest("commit", u64(len(name)), name, nonce).hex()

    def seed(self, request_hash: str, entropy: Any) -> bytes:
        """The seed exists only when request, sealed numbers and on-site numbers are all there."""
        return self.digest("seed", bytes.fromhex(request_hash), self.digest("entropy", canonical(entropy)))

    def order(self, seed: bytes, numbers: Iterable[int]) -> list[tuple[bytes, int]]:
        """(ticket, number) of everybody, ascending."""
        begun, tickets = hmac.new(seed, _tag("ticket"), self.name), []
        for number in numbers:
            ticket = begun.copy()
            ticket.update(number.to_bytes(8, "big"))
            tickets.append((ticket.digest(), number))
        return sorted(tickets)

    def words(self, seed: bytes, label: str) -> Iterator[int]:
        """The stream of 64-bit numbers of this label."""
        name = label.encode()
        for block in count():
            found = self.mac(seed, "stream", u64(len(name)) + name + u64(block))
            yield from (int.from_bytes(found[place : place + 8], "big") for place in range(0, 32, 8))


def _tag(label: str) -> bytes:
    return f"{SCHEME}/{label}".encode() + b"\0"


def below(words: Iterator[int], bound: int) -> int:
    """The next number of the stream below ``bound``, each equally likely."""
    limit = 2**64 - 2**64 % bound
    return next(word for word in words if word < limit) % bound


# ── Seats, and seats under a cap ─────────────────────────────────────────────────────────────────────────────────────


class Pool:
    """The people of a snapshot before the seats of a request: who fits which class; ``*`` fits everybody."""

    def __init__(self, rows: list[Any], seats: list[Any], cap: int | None) -> None:
        self.rows = {row["no"]: row for row in rows}
        self.sizes = {seat["spec"]: seat["n"] for seat in seats if seat["n"]}
        self.total = sum(self.sizes.values())
        self.cap = cap
        self._fits: dict[int, tuple[str, ...]] = {}

    def fits(self, no: int) -> tuple[str, ...]:
        """The classes, in request order, that this person may take a seat of."""
        if no not in self._fits:
            spec = self.rows[no]["spec"]
            self._fits[no] = tuple(name for name in self.sizes if name == "*" or name in spec)
        return self._fits[no]

    def unit(self, no: int) -> str:
        """The alias of this person's employer."""
        return self.rows[no]["unit"]


class Seating:
    """Who holds which seat. A newcomer may make others change their class, but nobody loses their seat."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.held: dict[str, list[int]] = {name: [] for name in pool.sizes}
        self._hopeless: set[tuple[str, ...]] = set()

    def fill(self, locked: Iterable[int]) -> bool:
        """Whether these have their seats now, before anybody else."""
        return all(self.take(no) for no in locked)

    def take(self, no: int) -> bool:
        """Whether the person has a seat now. Who cannot be seated beside these cannot be seated beside more."""
        fits = self.pool.fits(no)
        if fits in self._hopeless or not self._try(no, set()):
            self._hopeless.add(fits)
            return False
        return True

    def _try(self, no: int, seen: set[str]) -> bool:
        """TRY(e, seen) of the rules: an augmenting path, in request order and seating order."""
        classes = [name for name in self.pool.fits(no) if name not in seen]
        for name in classes:
            if len(self.held[name]) < self.pool.sizes[name]:
                self.held[name].append(no)
                return True
        for name in classes:
            if name in seen:
                continue
            seen.add(name)
            for place, member in enumerate(list(self.held[name])):
                del self.held[name][place]
                moved = self._try(member, seen)
                self.held[name].insert(place, no if moved else member)
                if moved:
                    return True
        return False

    def shortage(self, available: Iterable[int]) -> dict[str, Any]:
        """The classes that ask for more people than there are: what makes the panel impossible."""
        unfilled = [name for name, people in self.held.items() if len(people) < self.pool.sizes[name]]
        least = min((self._entangled(name) for name in unfilled), key=len)
        return {
            "seats": [name for name in self.pool.sizes if name in least],
            "need": sum(self.pool.sizes[name] for name in least),
            "have": sum(1 for no in available if not least.isdisjoint(self.pool.fits(no))),
        }

    def _entangled(self, unfilled: str) -> set[str]:
        """The class and every class that holds somebody who could sit in one of these."""
        found: set[str] = set()
        grown = {unfilled}
        while grown:
            found |= grown
            grown = {
                name
                for name, people in self.held.items()
                if name not in found and any(not found.isdisjoint(self.pool.fits(no)) for no in people)
            }
        return found


def seats_of(pool: Pool, members: Iterable[int]) -> dict[int, str]:
    """The seat of each member of a panel, given in their order."""
    seating = Seating(pool)
    seating.fill(members)
    return {no: name for name, people in seating.held.items() for no in people}


class CappedSeating:
    """A full panel with at most ``cap`` people of one unit, as a flow: source → unit → person → class → sink.

    ``seat`` always is a possible panel; ``fixed`` are those in it who are accepted. To accept one more, a path is
    sought along which others change their class, or leave and are replaced.
    """

    SOURCE, SINK = ("source", ""), ("sink", "")

    def __init__(self, pool: Pool, cap: int, available: list[int]) -> None:
        self.pool = pool
        self.cap = cap
        self.available = available
        self.seat: dict[int, str] = {}
        self.held: dict[str, set[int]] = {name: set() for name in pool.sizes}
        self.used: Counter[str] = Counter()
        self.fixed: set[int] = set()
        self._of_unit: dict[str, list[int]] = {}
        self._hopeless: set[tuple[str, tuple[str, ...]]] = set()

    def fill(self, locked: Iterable[int]) -> bool:
        """Whether a full panel exists that holds ``locked``, who fit together; it stands in ``seat`` then."""
        for no, name in seats_of(self.pool, locked).items():
            self._move(no, name)
            self.fixed.add(no)
        for no in self.available:
            if len(self.seat) == self.pool.total:
                return True
            if no not in self.seat and self.used[self.pool.unit(no)] < self.cap:
                free = (name for name in self.pool.fits(no) if len(self.held[name]) < self.pool.sizes[name])
                self._move(no, next(free, None))
        while len(self.seat) < self.pool.total and self._shift(self.SOURCE, self.SINK):
            pass
        return len(self.seat) == self.pool.total

    def take(self, no: int) -> bool:
        """Whether a full panel exists with everybody fixed so far and this person, who is fixed then."""
        unit = self.pool.unit(no)
        kind = (unit, self.pool.fits(no))
        if no not in self.seat:
            is_spent = sum(self.pool.unit(other) == unit for other in self.fixed) >= self.cap
            if is_spent or kind in self._hopeless or not self._shift(("person", no), ("unit", unit)):
                self._hopeless.add(kind)
                return False
        self.fixed.add(no)
        return True

    def shortage(self, available: Iterable[int]) -> None:
        """Under a cap there is no count by class that explains why a panel is impossible."""

    def _shift(self, start: tuple[str, Any], goal: tuple[str, Any]) -> bool:
        """The shortest path from start to goal was walked and its people moved, or there is none."""
        came, queue = {start: start}, deque([start])
        while queue and goal not in came:
            node = queue.popleft()
            for following in self._next(*node):
                if following not in came:
                    came[following] = node
                    queue.append(following)
        if goal not in came:
            return False
        while goal != start:
            (kind, key), before = goal, came[goal]
            if before[0] == "person":
                self._move(before[1], key if kind == "class" else None)
            goal = before
        return True

    def _next(self, kind: str, key: Any) -> Iterator[tuple[str, Any]]:
        """Where a unit of flow may go on: to a free place, or by pushing somebody out of a taken one."""
        if kind == "source":
            yield from (("unit", unit) for unit in self._people_by_unit() if self.used[unit] < self.cap)
        elif kind == "unit":
            yield self.SOURCE
            yield from (("person", no) for no in self._people_by_unit()[key] if no not in self.seat)
        elif kind == "person":
            yield from (("class", name) for name in self.pool.fits(key) if self.seat.get(key) != name)
            if key in self.seat and key not in self.fixed:
                yield "unit", self.pool.unit(key)
        elif kind == "class":
            if len(self.held[key]) < self.pool.sizes[key]:
                yield self.SINK
            yield from (("person", no) for no in self.held[key])

    def _people_by_unit(self) -> dict[str, list[int]]:
        if not self._of_unit:
            for no in self.available:
                self._of_unit.setdefault(self.pool.unit(no), []).append(no)
        return self._of_unit

    def _move(self, no: int, name: str | None) -> None:
        """The person sits in the class, or in none."""
        self.used[self.pool.unit(no)] += (name is not None) - (no in self.seat)
        if no in self.seat:
            self.held[self.seat.pop(no)].discard(no)
        if name is not None:
            self.seat[no] = name
            self.held[name].add(no)


# ── The panel and its waves ──────────────────────────────────────────────────────────────────────────────────────────


class Infeasible(Exception):
    """No full panel exists; ``detail`` tells the shortage by class, where there is such a reason."""

    def __init__(self, detail: dict[str, Any] | None) -> None:
        super().__init__("infeasible")
        self.detail = detail


def first_panel(pool: Pool, available: list[int], locked: Collection[int] = ()) -> list[int]:
    """The first full panel in the order of ``available`` that holds everybody in ``locked``, in that order.

    Raises: Infeasible where there is none.
    """
    seating = Seating(pool) if pool.cap is None else CappedSeating(pool, pool.cap, available)
    members = set(locked)
    if seating.fill(_in_order(available, locked)):
        for no in available:
            if len(members) == pool.total:
                break
            if no not in members and seating.take(no):
                members.add(no)
    if len(members) < pool.total:
        raise Infeasible(seating.shortage(available))
    return _in_order(available, members)


def _in_order(numbers: Iterable[int], wanted: Collection[int]) -> list[int]:
    """The wanted ones, every one of whom is there; looks no further than the last of them."""
    return list(islice((no for no in numbers if no in wanted), len(wanted)))


def panel_result(h: Hash, seed: bytes, snapshot: Any, request: Any, waves: list[Any]) -> dict[str, Any]:
    """The first panel, what each wave changed, and who is on the panel in the end.

    Raises: Malformed for a wave in which nobody leaves, or somebody who is not there, or that comes after the end.
    """
    pool = Pool(snapshot["rows"], request["seats"], request.get("unit_cap"))
    excluded = {row["no"] for row in request["excluded"]}
    available = [no for _, no in h.order(seed, pool.rows) if no not in excluded]
    try:
        members = first_panel(pool, available)
    except Infeasible as error:
        if waves:
            raise Malformed("waves: 未抽出专家组，无人可以退出 / nobody was drawn who could leave") from None
        return {"error": "infeasible", "detail": error.detail}
    seats = seats_of(pool, members) if pool.cap is None else {}
    first = [{"no": no, "seat": seats.get(no), "ticket": h.mac(seed, "ticket", u64(no)).hex()} for no in members]
    result: dict[str, Any] = {"first": first, "steps": []}
    for place, wave in enumerate(waves):
        left = {row["no"] for row in wave["left"]}
        if "error" in result or not left or len(left) < len(wave["left"]) or not left <= set(members):
            raise Malformed(f"waves[{place}]: 只有在组专家可以退出，每人一次 / only present members leave, each once")
        available = [no for no in available if no not in left]
        stayed = [no for no in members if no not in left]
        try:
            members = first_panel(pool, available, set(stayed))
            result["steps"].append({"left": sorted(left), "joined": sorted(set(members) - set(stayed))})
        except Infeasible as error:
            members = stayed
            result.update(error="infeasible", detail=error.detail)
    result["final"] = sorted(members)
    return result


# ── The sample ───────────────────────────────────────────────────────────────────────────────────────────────────────

GROUPED_BY = {"ent_systematic": ("ent",), "all_systematic": (), "cell_ceil": ("ent", "band")}


def share(number: int, rule: Any) -> int:
    """The rule's share of a number, rounded up, in whole numbers only."""
    part: int = -((-number * rule["num"]) // rule["den"])
    return part


def sample_result(h: Hash, seed: bytes, snapshot: Any, request: Any) -> dict[str, Any]:
    """The projects that must be in, and on top of them the drawn ones of each group."""
    rows, rule = snapshot["rows"], request["rule"]
    rank = {no: place for place, (_, no) in enumerate(h.order(seed, [row["no"] for row in rows]))}
    members: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        if not row["must"]:
            members.setdefault(tuple(row[name] for name in GROUPED_BY[rule["method"]]), []).append(row)
    sorted_by = [name for name in ("ent", "band") if name not in GROUPED_BY[rule["method"]]]
    groups: list[dict[str, Any]] = []
    for group in sorted(members, key=lambda names: [name.encode() for name in names]):
        listed = sorted(members[group], key=lambda row: ([row[name].encode() for name in sorted_by], rank[row["no"]]))
        numbers = [row["no"] for row in listed]
        size, wanted, start = len(numbers), share(len(numbers), rule), None
        if rule["method"] == "cell_ceil":
            picked = numbers[:wanted]
        else:
            start = below(h.words(seed, "start:" + canonical(group).decode()), size)
            steps = [(place * wanted + start) // size for place in range(size + 1)]
            picked = [no for place, no in enumerate(numbers) if steps[place + 1] > steps[place]]
        groups.append({"group": list(group), "N": size, "n": wanted, "start": start, "picked": sorted(picked)})
    must = [row["no"] for row in rows if row["must"]]
    drawn = sorted(no for group in groups for no in group["picked"])
    total, floor = len(must) + len(drawn), share(len(rows), rule)
    return {"sample": {"must": must, "random": drawn, "groups": groups, "total": total, "floor": floor}}


# ── The result and the log ───────────────────────────────────────────────────────────────────────────────────────────


def result_of(snapshot: Any, request: Any, entropy: Any, waves: list[Any]) -> dict[str, Any]:
    """Everything a draw brings about, from what was fixed before and the numbers; nothing else goes in."""
    h = Hash(request["hash"])
    request_hash = h.of("request", request)
    seed = h.seed(request_hash, entropy)
    if request["kind"] == "panel":
        drawn = panel_result(h, seed, snapshot, request, waves)
    elif waves:
        raise Malformed("waves: 抽样没有递补 / a sample has no waves")
    else:
        drawn = sample_result(h, seed, snapshot, request)
    return {"request_hash": request_hash, "seed": seed.hex(), **drawn}


def log_entry(h: Hash, before: list[Any], kind: str, at: str, actor: str, payload: Any) -> dict[str, Any]:
    """The entry that follows ``before``: it names the hash of the last one."""
    prev = h.of("log", before[-1]) if before else ZEROS
    return {"seq": len(before), "prev": prev, "type": kind, "at": at, "actor": actor, "payload": payload}


def log_payloads(h: Hash, evidence: Any, result: Any) -> list[tuple[str, Any]]:
    """The type and payload of each entry that the log of a finished draw has, and no other."""
    request, entropy = evidence["request"], evidence["entropy"]
    sealed = len(request["commits"])
    told = [
        ("freeze", {"snapshot": h.of("snapshot", evidence["snapshot"])}),
        ("announce", {"request": h.of("request", request)}),
        ("entropy", {"values": entropy[sealed:]}),
    ]
    if "first" in result:
        told.append(("drawn", {"first": h.of("first", result["first"])}))
    told += [("wave", wave) for wave in evidence["waves"]]
    return [*told, ("reveal", {"values": entropy[:sealed]}), ("result", {"result": h.of("result", result)})]


# ── Verification: first the shape, then whether everything agrees ────────────────────────────────────────────────────


class Leaf(NamedTuple):
    """A value that holds no others: what is asked of it, and whether it is so."""

    asks: str
    holds: Callable[[Any], bool]


def is_hex(value: Any) -> bool:
    """Whether this is a hash, salt or nonce as the scheme spells it."""
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _whole(least: int) -> Leaf:
    return Leaf(f"不小于{least}的整数 / a whole number from {least}", lambda v: type(v) is int and v >= least)


def _word(*allowed: str) -> Leaf:
    return Leaf(" | ".join(allowed), lambda v: isinstance(v, str) and v in allowed)


ANY = Leaf("任意值 / anything", lambda v: True)
TEXT = Leaf("文本 / text", lambda v: isinstance(v, str))
HEX = Leaf("64位小写十六进制 / 64 lower-case hex digits", is_hex)
YES_NO = Leaf("true | false", lambda v: isinstance(v, bool))
NUMBERS = Leaf(
    "数字后加“.”、末尾加“/” / numbers, each followed by “.”, and “/” at the end",
    lambda v: isinstance(v, str) and re.fullmatch(r"([^./]+\.)+/", v) is not None,
)
PRIVATE = Leaf(
    "含name与id的对象 / an object with name and id",
    lambda v: isinstance(v, dict) and isinstance(v.get("name"), str) and isinstance(v.get("id"), str),
)
SNAPSHOT = {"scheme": _word(SCHEME), "hash": _word("sha256", "sm3"), "taken_at": TEXT}
REQUEST = {
    "scheme": _word(SCHEME),
    "hash": _word("sha256", "sm3"),
    "draw_id": TEXT,
    "project": TEXT,
    "round": _whole(1),
    "seq": _whole(1),
    "previous": HEX,
    "snapshot": HEX,
    "commits": [{"party": TEXT, "commit": HEX}],
    "public": [{"id": TEXT, "desc": TEXT}],
}
EVIDENCE = {
    "entropy": [(TEXT, TEXT)],
    "waves": [{"left": [{"no": _whole(1), "code": TEXT, "doc?": HEX}]}],
    "result": ANY,
    "log": [{"seq": _whole(0), "prev": HEX, "type": TEXT, "at": TEXT, "actor": TEXT, "payload": ANY}],
    "log_head": HEX,
}
EXPERT = {"no": _whole(1), "spec": [TEXT], "unit": TEXT, "leaf": HEX}
PROJECT = {"no": _whole(1), "code": TEXT, "ent": TEXT, "band": TEXT, "amount_wan": _whole(-LARGEST), "must": YES_NO}
SHAPES = {
    "panel": {
        **EVIDENCE,
        "snapshot": {**SNAPSHOT, "kind": _word("experts"), "rows": [EXPERT]},
        "request": {
            **REQUEST,
            "kind": _word("panel"),
            "seats": [{"spec": TEXT, "n": _whole(0)}],
            "excluded": [{"no": _whole(1), "code": TEXT, "ref": TEXT}],
            "unit_cap?": _whole(1),
        },
        "openings?": [{"no": _whole(1), "salt": HEX, "private": PRIVATE}],
    },
    "sample": {
        **EVIDENCE,
        "snapshot": {**SNAPSHOT, "kind": _word("projects"), "rows": [PROJECT]},
        "request": {
            **REQUEST,
            "kind": _word("sample"),
            "rule": {"num": _whole(1), "den": _whole(1), "method": _word(*GROUPED_BY)},
        },
    },
}


def shape_faults(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Every place where the value is not built as the shape: exactly these fields (``?``: or not), of these kinds."""
    if isinstance(shape, Leaf):
        if not shape.holds(value):
            yield f"{at}: {shown(value)} 应为{shape.asks}"
    elif isinstance(shape, dict) and isinstance(value, dict):
        fields = {name.rstrip("?"): part for name, part in shape.items()}
        prefix = f"{at}." if at else ""
        for name in [name for name in shape if name in fields and name not in value]:
            yield f"{prefix}{name}: 缺少 / is missing"
        for name, item in value.items():
            if name in fields:
                yield from shape_faults(item, fields[name], prefix + name)
            else:
                yield f"{prefix}{shown(name)}: 多余的字段 / is no field of this scheme"
    elif isinstance(shape, list) and isinstance(value, list):
        for place, item in enumerate(value):
            yield from shape_faults(item, shape[0], f"{at}[{place}]")
    elif isinstance(shape, tuple) and isinstance(value, list) and len(value) == len(shape):
        for place, item in enumerate(value):
            yield from shape_faults(item, shape[place], f"{at}[{place}]")
    else:
        kinds = {"dict": "对象 / an object", "list": "数组 / a list", "tuple": "一对值 / a pair"}
        yield f"{at or 'JSON'}: {shown(value)} 应为{kinds[type(shape).__name__]}"


def differences(at: str, found: Any, wanted: Any) -> Iterator[str]:
    """Every place where what was found is not what was recomputed; true is not 1."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        for name in wanted:
            yield from differences(f"{at}.{name}", found[name], wanted[name])
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for place, item in enumerate(wanted):
            yield from differences(f"{at}[{place}]", found[place], item)
    elif type(found) is not type(wanted) or found != wanted:
        yield f"{at}: 应为 {shown(wanted)} 实为 {shown(found)} / should be the former, is the latter"


def rule_faults(snapshot: Any, request: Any, entropy: Any) -> Iterator[str]:
    """Every rule beyond the shape that the snapshot, the request and the numbers break."""
    numbers = [row["no"] for row in snapshot["rows"]]
    parties = [one["party"] for one in request["commits"]]
    sources = [one["id"] for one in request["public"]]
    rules = [
        (numbers == sorted(set(numbers)), "snapshot.rows: 编号须递增 / numbers must ascend"),
        (snapshot["hash"] == request["hash"], "snapshot.hash: 须同request.hash / must be that of the request"),
        (bool(parties), "request.commits: 至少一个封存随机数 / at least one sealed number"),
        (bool(sources), "request.public: 至少一个现场来源 / at least one public source"),
        (_once(parties + sources), "request.commits, public: 名称重复 / ids must be distinct"),
        ((request["seq"] == 1) == (request["previous"] == ZEROS), "request.previous: 仅首次为零 / zeros if first"),
        ([name for name, _ in entropy] == parties + sources, "entropy: 来源须同事项 / sources as in the request"),
    ]
    if request["kind"] == "panel":
        excluded = [row["no"] for row in request["excluded"]]
        rules += [
            (_once([seat["spec"] for seat in request["seats"]]), "request.seats: 类别重复 / a class stands twice"),
            (_once(excluded), "request.excluded: 编号重复 / a number stands twice"),
            (set(excluded) <= set(numbers), "request.excluded: 名册无此编号 / a number that the snapshot lacks"),
        ]
    else:
        rules.append((request["rule"]["num"] <= request["rule"]["den"], "request.rule: 比例大于1 / more than all"))
    yield from (sentence for holds, sentence in rules if not holds)


def sealing_faults(h: Hash, evidence: Any) -> Iterator[str]:
    """Everything that was opened and is not what was sealed: snapshot, random numbers, names."""
    request, rows, entropy = evidence["request"], evidence["snapshot"]["rows"], evidence["entropy"]
    yield from differences("request.snapshot", request["snapshot"], h.of("snapshot", evidence["snapshot"]))
    for sealed, (_, nonce) in zip(request["commits"], entropy):
        if not is_hex(nonce) or h.commitment(sealed["party"], bytes.fromhex(nonce)) != sealed["commit"]:
            yield f"entropy: {shown(sealed['party'])} 与封存的随机数不符 / is not the number that was sealed"
    for name, value in entropy[len(request["commits"]) :]:
        yield from shape_faults(value, NUMBERS, f"entropy {shown(name)}")
    if "openings" not in evidence:
        return
    openings = evidence["openings"]
    if [one["no"] for one in openings] != [row["no"] for row in rows]:
        yield "openings: 须按序公开每一行 / must open every row, in order"
    elif not _once([one["private"]["id"] for one in openings]):
        yield "openings: 同一人占两行 / somebody stands in two rows"
    else:
        opened = (h.leaf(bytes.fromhex(one["salt"]), one["private"]) for one in openings)
        differing = [row["no"] for row, leaf in zip(rows, opened) if row["leaf"] != leaf]
        yield from (f"openings: {no}号与封存的不符 / number {no} is not who was sealed" for no in differing)


def _once(values: list[Any]) -> bool:
    return len(values) == len(set(values))


def built_wrong(evidence: Any) -> list[str]:
    """Nothing, when the evidence has the fields of its kind and a known hash: only then can it be recomputed."""
    try:
        canonical(evidence)
        request = evidence.get("request") if isinstance(evidence, dict) else None
        is_sample = isinstance(request, dict) and request.get("kind") == "sample"
        faults = list(shape_faults(evidence, SHAPES["sample" if is_sample else "panel"]))
        return faults or ([] if Hash(evidence["request"]["hash"]) else faults)
    except Malformed as fault:
        return [str(fault)]
    except RecursionError:
        return ["嵌套过深 / nested too deeply"]


def verify(evidence: Any) -> list[str]:
    """Nothing, when the evidence is whole and its result is reproduced; else a sentence for each mismatch."""
    faults = built_wrong(evidence)
    if faults:
        return faults
    try:
        faults.extend(_disagreements(evidence))
    except Malformed as fault:
        faults.append(str(fault))
    except RecursionError:
        faults.append("request.seats: 席位类别过多 / too many classes")
    return faults


def _disagreements(evidence: Any) -> Iterator[str]:
    snapshot, request, entropy = evidence["snapshot"], evidence["request"], evidence["entropy"]
    h, log = Hash(request["hash"]), evidence["log"]
    yield from rule_faults(snapshot, request, entropy)
    yield from sealing_faults(h, evidence)
    result = result_of(snapshot, request, entropy, evidence["waves"])
    yield from differences("result", evidence["result"], result)
    payloads = log_payloads(h, evidence, result)
    if len(log) != len(payloads):
        yield f"log: 应为 {' '.join(kind for kind, _ in payloads)} / should be these entries"
        return
    for place, (kind, payload) in enumerate(payloads):
        wanted = log_entry(h, log[:place], kind, log[place]["at"], log[place]["actor"], payload)
        yield from differences(f"log[{place}]", log[place], wanted)
    yield from differences("log_head", evidence["log_head"], h.of("log", log[-1]))


# ── The chain of a commission's draws ────────────────────────────────────────────────────────────────────────────────


def heads_of(evidence: Any) -> list[tuple[str, str]]:
    """The hashes that a signed sheet or a later draw may carry: of ``drawn``, of each wave, of the last entry.

    With each the time of the entry after it, empty for the last.
    """
    h, log = Hash(evidence["request"]["hash"]), evidence["log"]
    times = [entry["at"] for entry in log[1:]] + [""]
    carried = [place for place, entry in enumerate(log) if entry["type"] in ("drawn", "wave") or not times[place]]
    return [(h.of("log", log[place]), times[place]) for place in carried]


def follows(after: Any, before: Any) -> bool:
    """Whether ``previous`` is the log head that the draw before had when this one was announced.

    That is its last, unless its panel was still at work then: what came later in that log is not older.
    """
    announced_at = after["log"][1]["at"]
    later = dict(heads_of(before)).get(after["request"]["previous"])
    if not later:
        return later == ""
    return _is_instant(later) and _is_instant(announced_at) and later >= announced_at


def _is_instant(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text) is not None


def chain_faults(draws: list[Any]) -> list[str]:
    """Every place where draws that are whole in themselves do not follow one another without gap."""
    ordered = sorted(draws, key=lambda evidence: int(evidence["request"]["seq"]))
    faults = []
    for before, after in zip(ordered, ordered[1:]):
        last, found = before["request"]["seq"], after["request"]["seq"]
        if found != last + 1:
            faults.append(f"链 chain: 第{last}次之后是第{found}次 / {found} comes after {last}")
        elif not follows(after, before):
            faults.append(f"链 chain: 第{found}次没有承接第{last}次 / {found} was not built on {last}")
    return faults


# ── Command line ─────────────────────────────────────────────────────────────────────────────────────────────────────


def parse(text: str) -> Any:
    """The JSON text as values. Raises: Malformed for whatever this scheme's JSON does not allow."""
    hooks: dict[str, Any] = {"parse_int": _bounded, "parse_float": _refused, "parse_constant": _refused}
    try:
        return json.loads(text, object_pairs_hook=_each_key_once, **hooks)
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed(f"不是JSON / not JSON: {error}") from None
    except RecursionError:
        raise Malformed("嵌套过深 / nested too deeply") from None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise Malformed(f"字段重复 / a key stands twice: {shown([name for name, _ in pairs])}")
    return value


def _bounded(digits: str) -> int:
    is_read = len(digits) <= 17 and digits != "-0" and abs(int(digits)) <= LARGEST
    return int(digits) if is_read else _refused(digits)


def _refused(word: str) -> NoReturn:
    raise Malformed(f"不允许的数 / no number of this JSON: {shown(word)}")


def shown(value: Any) -> str:
    """The value in at most 100 characters, nothing invisible in it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=repr)
    visible = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[:100])
    return visible + "…" if len(text) > 100 else visible


def read_file(path: str) -> tuple[Any, list[str]]:
    """The evidence, or nothing where it cannot be recomputed, and a sentence for each mismatch."""
    try:
        evidence = parse(Path(path).read_bytes().decode())
    except OSError as error:
        return None, [f"无法读取 / cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        return None, ["不是UTF-8文本 / not UTF-8"]
    except Malformed as fault:
        return None, [str(fault)]
    return None if built_wrong(evidence) else evidence, verify(evidence)


def summary(evidence: Any) -> Iterator[str]:
    """What an auditor compares with the signed paper, recomputed."""
    request, log = evidence["request"], evidence["log"]
    h = Hash(request["hash"])
    request_hash = h.of("request", request)
    yield f"抽取 draw {shown(request['draw_id'])}  事项 project {shown(request['project'])}  seq {request['seq']}"
    yield f"封存摘要 request   {request_hash}"
    yield f"随机种子 seed      {h.seed(request_hash, evidence['entropy']).hex()}"
    yield f"日志首 log head    {h.of('log', log[-1]) if log else ZEROS}"
    yield f"名册 pool size     {len(evidence['snapshot']['rows'])}"
    for name, value in evidence["entropy"][len(request["commits"]) :]:
        yield f"现场随机数字 on-site numbers  {shown(name)}  {shown(value)}"


def paper_faults(draws: list[Any], request_hash: str | None, head: str | None) -> Iterator[str]:
    """Each hash of the signed paper that none of the draws has; spaces and capitals do not matter."""
    requests = [Hash(one["request"]["hash"]).of("request", one["request"]) for one in draws]
    heads = [found for one in draws for found, _ in heads_of(one)]
    for name, given, found in (("--request", request_hash, requests), ("--head", head, heads)):
        if given is not None and "".join(given.split()).lower() not in found:
            yield f"{name}: 与纸面不符 / differs from the paper: {shown(given)}"


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(1, f"MISMATCH {shown(message)}\n")


def main(arguments: list[str] | None = None) -> int:
    """0 when every file is reproduced, the chain holds and the paper agrees; else 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    parser = _Arguments(description="Recomputes draws from their evidence files (ird-draw/1).")
    parser.add_argument("evidence", nargs="+", help="evidence files; several are also checked as a chain")
    parser.add_argument("--request", metavar="HEX", help="the request fingerprint on the signed paper")
    parser.add_argument("--head", metavar="HEX", help="the log head on the signed paper")
    options = parser.parse_args(arguments)
    draws, is_whole = [], True
    for path in options.evidence:
        evidence, faults = read_file(path)
        print(shown(path))
        if evidence is not None:
            draws.append(evidence)
            print("\n".join(summary(evidence)))
        print("".join(f"MISMATCH {fault}\n" for fault in faults), end="")
        is_whole = is_whole and not faults
    faults = [*paper_faults(draws, options.request, options.head), *(chain_faults(draws) if is_whole else ())]
    print("".join(f"MISMATCH {fault}\n" for fault in faults), end="")
    is_whole = is_whole and not faults
    if not is_whole:
        return 1
    print("REPRODUCED")
    return 0


if __name__ == "__main__":
    sys.exit(main())
