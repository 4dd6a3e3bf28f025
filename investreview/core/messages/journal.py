"""Sentences of the journal: what ``verify_journal`` found."""

SENTENCES: dict[str, tuple[str, str]] = {
    "journal_heads_missing": (
        "无法读取链首文件 {path}。请检查路径和权限，或不带 --heads 运行。",
        "The file of heads {path} cannot be read. Check path and permissions, or run without --heads.",
    ),
    "journal_heads_not_read": (
        "链首文件 {path} 第 {line} 行格式不对。每行应为：链、序号、哈希，以制表符分隔。",
        "Line {line} of {path} is not a head. Each line holds chain, number and hash, parted by tabs.",
    ),
    "journal_gap": (
        "链 {chain} 缺少第 {expected} 条（其后是第 {seq} 条，记录 {entry}）：有记录被删除或序号被改动。",
        "Chain {chain}: entry {expected} is missing (next is {seq}, row {entry}): something was deleted or renumbered.",
    ),
    "journal_link_broken": (
        "链 {chain} 第 {seq} 条（记录 {entry}）与前一条接不上：此处或之前被改动、插入或调换。",
        "Chain {chain}, entry {seq} (row {entry}) does not follow the entry before: changed, inserted or swapped.",
    ),
    "journal_content_changed": (
        "链 {chain} 第 {seq} 条（记录 {entry}）的内容与封存时不同。",
        "Chain {chain}, entry {seq} (row {entry}): the content is not what was sealed.",
    ),
    "journal_columns_changed": (
        "链 {chain} 第 {seq} 条（记录 {entry}）的检索栏与封存的原文不一致。",
        "Chain {chain}, entry {seq} (row {entry}): the columns do not say what the sealed bytes say.",
    ),
    "journal_head_differs": (
        "链 {chain} 第 {seq} 条（记录 {entry}）的哈希与库外链首不同：链被整体替换过。",
        "Chain {chain}, entry {seq} (row {entry}): the hash differs from the outside head; the chain was replaced.",
    ),
    "journal_head_row_differs": (
        "链 {chain} 的链首（第 {seq} 条）与最后一次封存不一致。",
        "Chain {chain}: the head row (entry {seq}) does not agree with the last seal.",
    ),
    "journal_tail_cut": (
        "链 {chain} 只到第 {seq} 条，而库外链首记有第 {outside} 条：末尾被截去。",
        "Chain {chain} ends at entry {seq}, but an outside head knows entry {outside}: the tail was cut.",
    ),
    "journal_entry_unaccounted": (
        "链 {chain} 的记录 {entry} 既未封存、也不在待封存之列。",
        "Chain {chain}: row {entry} is neither sealed nor waiting to be sealed.",
    ),
    "journal_trigger_missing": (
        "链 {chain} 所在数据库缺少防篡改触发器 {trigger}，或其内容被改动。请运行 migrate 重建，并查明原因。",
        "The database of chain {chain} lacks the append-only trigger {trigger}, or it was altered. "
        "Run migrate to make it anew, and find out why.",
    ),
}
