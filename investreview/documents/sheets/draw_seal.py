"""抽取事项封存单: what is fixed before a ball is drawn, to be signed by both sides."""

from reportlab.lib.units import mm

from investreview.documents.contents import DrawSealSheet
from investreview.documents.layout import blocks, form
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import Row
from investreview.documents.sheets import draw_parts as parts

EXCLUSION_COLUMNS = (11 * mm, 51 * mm, 16 * mm)
SIGNERS = ("抽取人", "监督人")
ALTERNATES = "同一次排序依次递补，不另行抽取；任何人不得要求重抽"
BALLS = (
    "双方在本单签字后，由监督人一方取球，一人唱读、另一人录入，谁唱读、谁录入载入抽取记录表，可以拍照存档；数字只录入一次，"
    "录入后不得更改，也不得重抽。"
)
VOID = "本单签字后、取球前，任何一项发生变化的，本单作废，另出新单并说明原因。"


def lay_out(sheet: DrawSealSheet) -> list[Page]:
    """The sheet's pages: facts, exclusions by number, hashes, source of the numbers, two signatures."""
    flow = parts.begin(sheet, right=f"封存时间：{sheet.sealed_at}")
    flow.rows(_facts(sheet))
    sections = blocks.Sections(flow)
    lines = [(parts.no_text(e.no), parts.basis_text(e), e.source or "—") for e in sheet.exclusions]
    title = f"封存前已排除人员（仅列编号和代码，共{len(lines)}人）"
    parts.exclusions(sections, title, ("编号", "依据（代码）", "来源"), EXCLUSION_COLUMNS, lines)
    sealed = [(_commitment(one.party, len(sheet.commitments)), one.digest) for one in sheet.commitments]
    hashes = parts.hashes([("名册摘要", sheet.snapshot_sha), *sealed, ("抽取事项指纹", sheet.request_sha)])
    sections.rows(f"封存摘要（{sheet.hash_name}，抽取前确定，抽取后不得更改）", hashes, keep=blocks.NOTE_HEIGHT)
    blocks.note(flow, f"核对方式：监督人在自己的屏幕上核对指纹全部16组，并键入末8位：{_tail(sheet.request_sha)}。")
    signing = blocks.sign_section_height(len(SIGNERS))
    sections.sentences("现场随机数字的来源", (f"{sheet.source}。{BALLS}",), keep=signing)
    sections.head("封存签字（签字后方可取球）", keep=len(SIGNERS) * blocks.SIGN_HEIGHT)
    blocks.sign_fields(flow, SIGNERS, when="签字时间", blank="年　月　日　时　分")
    blocks.note(flow, VOID)
    return form.finish(flow, sheet, foot=f"{sheet.number} · 封存单 · 第{sheet.round}轮")


def _facts(sheet: DrawSealSheet) -> list[Row]:
    eligible = sheet.pool_size - len(sheet.exclusions)
    size = f"{sheet.pool_size}人（编号为本次抽取专用）"
    changes = f"{parts.admitted(sheet)}\n退出{sheet.removed_count}人"
    return [
        *parts.subject(sheet, blocks.EVEN),
        blocks.pair("专 家 库", sheet.pool, "轮　　次", parts.round_text(sheet)),
        blocks.pair("在库人数", size, "30日内变动", changes),
        blocks.wide("席　　位", parts.seats(sheet)),
        blocks.wide("候补办法", ALTERNATES),
        blocks.wide("入选机会", f"未排除的{eligible}人中，{parts.chances(sheet)}（模拟{sheet.simulations}次）"),
        *parts.earlier(sheet, blocks.EVEN),
    ]


def _commitment(party: str, how_many: int) -> str:
    return "系统封存随机数摘要" if how_many == 1 else f"封存随机数摘要\n（{party}）"


def _tail(digest: str) -> str:
    return f"{digest[-8:-4]} {digest[-4:]}"
