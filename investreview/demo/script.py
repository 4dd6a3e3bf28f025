"""From ``cases-2024.yaml`` to dated acts: what each person of the demonstration did on which day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from investreview.core.clock import SHANGHAI
from investreview.core.workdays import WorkCalendar
from investreview.demo import hands
from investreview.demo.cast import Cast, enterprise_named
from investreview.projects.models import Case, Project
from investreview.projects.services.drafts import CommitmentInput, PhaseInput

WAN = Decimal(10_000)


@dataclass(frozen=True, order=True)
class Event:
    """One act at one moment; events are played in the order of time."""

    at: datetime
    order: int
    label: str = field(compare=False)
    run: Callable[[], object] = field(compare=False)


@dataclass
class Story:
    """One case of the demonstration: its line of the file, its days, and what happened until the step that waits."""

    line: dict[str, Any]
    cast: Cast
    calendar: WorkCalendar
    order: int
    case: Case | None = None
    entry: int = 0

    @property
    def key(self) -> str:
        """What the project's creation is known by."""
        return f"demo-{self.line['key']}"

    def is_begun(self) -> bool:
        """Whether the project of this story is in the database."""
        return Project.objects.filter(creation_key=self.key).exists()

    @property
    def until(self) -> str:
        """The step that still waits; empty when the story goes to its end."""
        return str(self.line.get("until", ""))

    def day(self, base: date, working_days: int) -> date:
        """``working_days`` after ``base``, or before it when negative."""
        if working_days >= 0:
            return self.calendar.add(base, working_days) if working_days else base
        day = base
        while working_days:
            day -= timedelta(days=1)
            working_days += self.calendar.is_working_day(day)
        return day

    def confirmed_on(self) -> date:
        """The day of completeness, from which the other days follow."""
        if "confirmed" in self.line:
            return self.line["confirmed"]  # type: ignore[no-any-return]
        if "signed" in self.line:
            return self.day(self.line["signed"], -int(self.line["days"]))
        if "released" in self.line:
            return self.day(self.line["released"], 1)
        if "handed_over" in self.line:
            return self.day(self.line["handed_over"], 2)
        return self.day(date(2024, 8, 7), 3)

    def events(self) -> Iterator[Event]:
        """The acts of this story in order, up to the step that waits."""
        for label, day, hour, run in self._acts():
            minute = (7 * self.order + 3 * len(label)) % 50
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)
            yield Event(at, self.order, f"{self.line['key']} {label}", partial(run, at))

    def _acts(self) -> Iterator[tuple[str, date, int, Callable[[datetime], object]]]:
        ready = self.confirmed_on()
        first_release = -5 if self.line.get("supplement") and self.until != "revise" else -1
        yield "draft", self.day(ready, first_release - 4), 10, self._draft
        if self.until == "draft":
            return
        yield "gather", self.day(ready, first_release - 2), 11, self._gather
        yield "hand over", self.day(ready, first_release - 1), 15, self._hand_over
        if self.until == "release":
            return
        yield "release", self.day(ready, first_release), 14, self._release
        if self.until == "check_completeness":
            return
        if self.line.get("supplement"):
            yield "ask supplement", self.day(ready, first_release + 1), 9, self._ask
            if self.until == "revise":
                return
            yield "supplement", self.day(ready, -2), 10, self._supplement
            yield "hand over again", self.day(ready, -2), 15, self._hand_over
            yield "release again", self.day(ready, -1), 14, self._release
        yield "confirm", ready, 10, self._confirm
        if "withdrawn" in self.line:
            yield "withdraw", self.line["withdrawn"]["day"], 16, self._withdraw
        if self.line.get("ends") or "withdrawn" in self.line or self.until == "opinion":
            return
        yield from self._after_confirmation(ready)

    def _after_confirmation(self, ready: date) -> Iterator[tuple[str, date, int, Callable[[datetime], object]]]:
        """The officer's opinion and the signing chain of a filing."""
        yield "propose", self.day(ready, 2), 11, self._propose
        if self.until == "check":
            return
        yield "check", self.day(ready, 4), 10, self._check
        if "instruction" in self.line:
            yield "instruct", self.day(ready, 4), 15, self._instruct
        yield from self._signature(self.line.get("signed", self.day(ready, 4)))

    def _signature(self, day: date) -> Iterator[tuple[str, date, int, Callable[[datetime], object]]]:
        if self.line.get("paper") or self.line.get("paper_entered"):
            yield "print sheet", day, 14, self._print_sheet
            yield "enter paper", self.day(day, 1), 9, lambda at: self._enter_paper(day, at)
        if self.until == "sign":
            return
        if self.line.get("paper"):
            yield "compare paper", self.day(day, 1), 13, self._compare
        else:
            yield "sign", day, 16, self._sign
        if self.until == "deliver":
            return
        yield "deliver", self.day(day, 1), 15, self._deliver
        if self.until == "acknowledge":
            return
        yield "acknowledge", self.day(day, 1), 17, self._acknowledge

    @property
    def _case(self) -> Case:
        if self.case is None:
            raise ValueError(f"{self.line['key']} has no case yet")
        return self.case

    @property
    def _drafter(self):  # type: ignore[no-untyped-def]
        return self.cast.drafters[self.line.get("enterprise") or self.line["group"]]

    @property
    def _releaser(self):  # type: ignore[no-untyped-def]
        return self.cast.releasers[self.line["group"]]

    def _draft(self, at: datetime) -> None:
        self.case = hands.draft(self._wanted(at.date()), self._drafter, self.key, at)

    def _wanted(self, today: date) -> hands.Wanted:
        line = self.line
        total, own = Decimal(line["total"]) * WAN, Decimal(line["own"]) * WAN
        later = Decimal(line.get("second_phase", 0)) * WAN
        whole = (PhaseInput("全部", total),)
        phases = (PhaseInput("一期", total), PhaseInput("二期", later)) if later else whole
        enterprise = enterprise_named(line.get("enterprise") or line["group"])
        return hands.Wanted(
            enterprise=enterprise,
            name=line["name"],
            fields={
                "kind": line["kind"],
                "nature": "MAIN",
                "main_business": line["business"],
                "summary": line["content"],
                "site": line["site"],
                "plan_status": "IN_PLAN",
                "plan_row": line["plan_row"],
                "plan_amount_yuan": Decimal(line.get("plan_amount", line["total"])) * WAN,
                "own_funds_yuan": own,
                "borrowing_yuan": total + later - own,
                "irr_bps": 640 + 15 * self.order,
                "payback_months": 96 + self.order,
                "report_number": line["report"],
                "report_on": today,
                "decided_on": self.day(today, -1),
                "contract_on": today + timedelta(days=60),
                "payment_on": today + timedelta(days=75),
                "contact_name": self._drafter.full_name,
                "contact_phone": "0518-8000×××× （示例）",
            },
            phases=phases,
            commitments=(CommitmentInput(enterprise_id=enterprise.pk, cash_yuan=own),),
        )

    def _gather(self, at: datetime) -> None:
        hands.gather_materials(self._case, self._drafter, at)

    def _hand_over(self, at: datetime) -> None:
        hands.hand_over(self._case, self._drafter, at)

    def _release(self, at: datetime) -> None:
        hands.release(self._case, self._releaser, at)

    def _ask(self, at: datetime) -> None:
        hands.ask_supplement(self._case, self.cast["officer"], self.line["supplement"], at)

    def _supplement(self, at: datetime) -> None:
        for item in self.line["supplement"]:
            hands.replace_material(self._case, self._drafter, item["slot"], at)

    def _confirm(self, at: datetime) -> None:
        hands.confirm(self._case, self.cast["officer"], at)

    def _withdraw(self, at: datetime) -> None:
        hands.withdraw(self._case, self._releaser, self.line["withdrawn"]["reason"], at)

    def _propose(self, at: datetime) -> None:
        risks, refusal = self.line.get("risks", []), self.line.get("refused", "")
        hands.propose(self._case, self.cast["officer"], at, risks=risks, refusal=refusal)

    def _check(self, at: datetime) -> None:
        hands.check(self._case, self.cast["head"], at)

    def _instruct(self, at: datetime) -> None:
        asked = self.line["instruction"]
        due_on = self.day(at.date(), asked["days"])
        hands.instruct(self._case, self.cast["deputy"], asked["office"], asked["text"], due_on, f"{self.key}-asked", at)

    def _print_sheet(self, at: datetime) -> None:
        hands.print_sheet(self._case, self.cast["officer"], at)

    def _enter_paper(self, dated_on: date, at: datetime) -> None:
        self.entry = hands.enter_paper(self._case, self.cast["officer"], self.cast["deputy"], dated_on, at)

    def _compare(self, at: datetime) -> None:
        hands.compare_paper(self.entry, self.cast["document_officer"], at)

    def _sign(self, at: datetime) -> None:
        hands.sign(self._case, self.cast["deputy"], at)

    def _deliver(self, at: datetime) -> None:
        hands.deliver(self._case, self.cast["document_officer"], at)

    def _acknowledge(self, at: datetime) -> None:
        hands.acknowledge(self._case, self._releaser, at)
