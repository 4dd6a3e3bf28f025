"""Breaking a title by sense, in the shapes of GB/T 9704: long over short, or short–long–short. Pure."""

from functools import lru_cache
from itertools import combinations, pairwise

from investreview.documents.layout.linebreak import NO_LINE_END, NO_LINE_START, split_clusters

FORBIDDEN = 1000.0
INSIDE_WORD = 60.0
PLAIN = 9.0
AT_WORD = 3.0
AT_JOINT = 0.0

ENDS_WELL = tuple(
    ["关于", "公司", "集团", "委", "厅", "局", "机", "园", "港", "区", "线", "站", "路", "桥", "库", "网", "船", "年度", "企业", "中心", "基地", "平台", "系统", "工程", "码头", "泊位", "设备", "设施", "项目", "股权", "规范"]
)
"""A line may well end after these."""

WORDS = tuple(
    ["国资委", "人民政府", "监督管理", "作业区", "皮带机", "节能", "改造", "项目", "备案", "复函", "示例", "建设", "工程", "升级", "技术", "智能", "智慧", "数字化", "一体化", "信息化", "自动化", "扩建", "新建", "迁建", "改扩建", "股权", "收购", "增资", "扩股", "投资", "转让", "基金", "设立", "合资", "公司", "有限公司", "集团", "分公司", "不予", "予以", "开展", "进行", "年度", "市属", "监管企业", "后评价", "抽查", "工作", "通知", "报送", "管理", "规范", "提示函", "物流园", "冷链", "码头", "泊位", "堆场", "航道", "污水", "处理厂", "管网", "供水", "供热", "热力", "光伏", "风电", "储能", "电站", "充电", "场站", "公交", "停车楼", "公共", "管廊", "基地", "中心", "平台", "系统", "设备", "更新", "采购", "购置", "生产线", "产业园", "产业", "园区", "科技", "农产品", "交易", "市场", "粮食", "烘干", "仓储", "仓库", "加工", "分拣", "联通", "道路", "桥梁", "隧道", "综合", "整治", "提升", "配套", "设施", "首期", "一期", "二期", "三期", "岸电", "船舶", "港口", "集装箱", "散货", "提标", "环保", "安全", "绿色", "低碳", "医疗", "养老", "文旅", "酒店"]
)
"""Words that are not torn apart."""


@lru_cache(maxsize=512)
def break_title(text: str, per_line: int) -> tuple[str, ...]:
    """The title in lines of at most ``per_line`` full-width characters; a line break in the text is the writer's own.

    Up to four lines are shaped by sense; a longer title is filled line by line.
    """
    if "\n" in text:
        return tuple(line for own in text.split("\n") for line in break_title(own.strip(), per_line) if line)
    pieces = split_clusters(text)
    sizes = [_cells(piece) for piece in pieces]
    total = sum(sizes)
    if total <= per_line:
        return (text,)
    wanted = int(-(-total // per_line))
    if wanted <= 4:
        for count in range(max(2, wanted), min(5, wanted + 2)):
            shaped = _shaped(pieces, sizes, count, per_line)
            if shaped:
                return shaped
    return _filled(pieces, per_line)


def _cells(piece: str) -> float:
    return sum(0.55 if ord(c) < 0x2000 else 1.0 for c in piece)


def _filled(pieces: list[str], per_line: int) -> tuple[str, ...]:
    lines, used = [""], 0.0
    for piece in pieces:
        for part in [piece] if _cells(piece) <= per_line else list(piece):
            if used + _cells(part) > per_line:
                lines.append("")
                used = 0.0
            lines[-1] += part
            used += _cells(part)
    return tuple(line for line in lines if line.strip())


def _shaped(pieces: list[str], sizes: list[float], count: int, per_line: int) -> tuple[str, ...]:
    """The best cut into ``count`` lines, or nothing where none fits."""
    starts = [0.0]
    for size in sizes:
        starts.append(starts[-1] + size)
    costs = _break_costs(pieces)
    usable = [i for i in range(1, len(pieces)) if costs[i] < FORBIDDEN]
    if count == 4:
        usable = [i for i in usable if costs[i] < INSIDE_WORD][:40]
    best, best_cost = (), float("inf")
    for cuts in combinations(usable, count - 1):
        edges = (0, *cuts, len(pieces))
        lengths = [starts[b] - starts[a] for a, b in pairwise(edges)]
        if max(lengths) > per_line:
            continue
        cost = sum(costs[i] for i in cuts) + _shape_cost(lengths)
        if cost < best_cost:
            best, best_cost = edges, cost
    return tuple("".join(pieces[a:b]) for a, b in pairwise(best))


def _shape_cost(lengths: list[float]) -> float:
    """How far the lines are from long over short, or from short–long–short."""
    short = min(lengths)
    cost = 4.0 * max(0.0, max(lengths) / 2 - short)
    if len(lengths) == 2:
        difference = lengths[0] - lengths[1]
        return cost + (abs(difference - 2) if difference > 0 else 6 + 2 * abs(difference))
    middle = max(lengths[1:-1])
    ends = max(lengths[0], lengths[-1])
    rhombus = abs(middle - ends - 3) if middle > ends else 8 + 2 * (ends - middle)
    return cost + rhombus + 0.5 * abs(lengths[0] - lengths[-1])


def _break_costs(pieces: list[str]) -> list[float]:
    """For each place between pieces: how bad a line break there reads."""
    text = "".join(pieces)
    place, places = 0, []
    for piece in pieces:
        places.append(place)
        place += len(piece)
    inside, edges = _word_places(text)
    costs = []
    for i, at in enumerate(places):
        before, after = text[:at], text[at:]
        cost = PLAIN
        if at in inside:
            cost = INSIDE_WORD
        elif before.endswith(ENDS_WELL):
            cost = AT_JOINT
        elif at in edges:
            cost = AT_WORD
        if after[:1] in {"的", "和", "及", "与", "（", "("}:
            cost += 12
        if before.endswith(("的", "和", "及", "与", "对", "在")):
            cost += 2
        if before.count("（") > before.count("）"):
            cost += 20
        is_torn = i == 0 or after[0] in NO_LINE_START or before[-1] in NO_LINE_END
        costs.append(FORBIDDEN if is_torn else cost)
    return costs


def _word_places(text: str) -> tuple[set[int], set[int]]:
    """Offsets inside known words, and offsets at their edges."""
    inside: set[int] = set()
    edges: set[int] = set()
    for word in WORDS:
        start = text.find(word)
        while start >= 0:
            inside.update(range(start + 1, start + len(word)))
            edges.update({start, start + len(word)})
            start = text.find(word, start + 1)
    return inside, edges
