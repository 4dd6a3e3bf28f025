"""What the tests of the pages share: who is signed in, what a filled page sends, what a page shows."""

from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.accounts.models import User
from investreview.demo.files import sample_pdf
from investreview.projects.models import Case, Declaration
from investreview.projects.steps import WRITTEN

NAME = "码头皮带机改造项目（示例）"


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        name = have.get("name") or ""
        if tag == "input" and have.get("type") in ("checkbox", "radio"):
            if "checked" in have:
                self.values[name] = have.get("value") or "on"
        elif tag == "input" and name and have.get("type") != "file":
            self.values[name] = have.get("value") or ""
        elif tag == "select":
            self._select = name
            self.values[name] = ""
        elif tag == "option" and "selected" in have and self._select:
            self.values[self._select] = have.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def typed(html: str) -> dict[str, Any]:
    """What a browser would send from the page: every field with the value it shows."""
    reader = _Inputs()
    reader.feed(html)
    return {name: value.removeprefix("\n") for name, value in reader.values.items() if name != "csrfmiddlewaretoken"}


def filled(html: str, **fields: Any) -> dict[str, Any]:
    """A declaration of a filing of 18,600,000 yuan, typed into an opened page of facts."""
    return (
        typed(html)
        | {
            "name": NAME,
            "kind": "FIXED_ASSET",
            "nature": "MAIN",
            "main_business": "港口物流",
            "summary": "更新皮带机。\n分两个标段实施。",
            "plan_status": "IN_PLAN",
            "plan_row": "17",
            "controls_project": "on",
            "own_funds_yuan": "1,116",
            "borrowing_yuan": "7440000 元",
            "irr_bps": "8.35",
            "payback_months": "84",
            "decided_on": "2024-06-24",
            "contract_on": "2024-10-08",
            "payment_on": "2024-10-18",
            "report_number": "甲投〔2024〕31号",
            "contact_name": "张××（示例）",
            "contact_phone": "0518-00000000",
            "phases-0-name": "全部",
            "phases-0-total_yuan": "1860",
            "commitments-0-cash_yuan": "1860",
        }
        | fields
    )


def uploaded(name: str = "备案报告.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it; without ``content`` a PDF of ten pages."""
    return SimpleUploadedFile(name, content if content is not None else sample_pdf("示例", 10))


def error_beside(html: str, field_id: str) -> str:
    """The error that stands beside the field with this id."""
    marker = f'id="{field_id}_error">'
    return html.split(marker, 1)[1].split("</div>", 1)[0].strip() if marker in html else ""


def facts_url(case: Case) -> str:
    """Where the facts of the case are."""
    return f"/cases/{case.number}/facts/"


def materials_url(case: Case) -> str:
    """Where the materials of the case are."""
    return f"/cases/{case.number}/materials/"


def step_url(case: Case, step: str) -> str:
    """Where a step of the draft is."""
    return f"/cases/{case.number}/{step}/"


def opened(client: Client, case: Case) -> str:
    """The three steps on which facts are typed, one after the other, as this browser gets them."""
    return "".join(client.get(step_url(case, step)).content.decode() for step in WRITTEN)


def steps_in(sent: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What ``sent`` says on each step, as far as it says anything there."""
    found: dict[str, dict[str, Any]] = {step: {} for step in WRITTEN}
    for name, value in sent.items():
        for key, step in WRITTEN.items():
            if name in step.fields or name.partition("-")[0] in step.rows or (name == "add" and value in step.rows):
                found[key][name] = value
    return {key: fields for key, fields in found.items() if fields}


def save(client: Client, case: Case, sent: dict[str, Any]) -> Any:
    """The answer to what was sent, step by step as people press on; the first refusal ends it.

    The version is the page's that was opened; what one step saves is the next one's start.
    """
    version, answer = sent["version"], None
    for step, fields in steps_in(sent).items():
        answer = client.post(step_url(case, step), {**fields, "version": version})
        if answer.status_code != 302:
            return answer
        version = str(Declaration.objects.get(case=case).version)
    return answer


def content_of(answer: Any) -> bytes:
    """The bytes of a streamed answer."""
    kept = BytesIO()
    for piece in answer.streaming_content:
        kept.write(piece)
    answer.close()
    return kept.getvalue()
