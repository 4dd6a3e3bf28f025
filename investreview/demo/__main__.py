"""``bin/demo``: what was asked for is checked before anything is touched, then built or served."""

import argparse
import os
import socket
import sys
from pathlib import Path

from investreview.demo import directory

ROOT = Path(__file__).resolve().parents[2]
LAST_PORT = 65535
IN_USE = (
    "DATABASE_URL 所指的数据库中已有数据；演示只在空库中生成，也不删除您的数据。请另建一个空库。"
    " / The database of DATABASE_URL holds data; a demonstration begins in an empty one and deletes nothing of yours."
)


def main() -> int:
    """The exit code: 0 when done, 2 when the wish cannot be met, with a sentence that says what to do."""
    wish = _parser().parse_args()
    target = Path(wish.dir or ("demo-out" if wish.once else ROOT / "var")).resolve()
    if target.exists() and not target.is_dir():
        return _refuse(f"{target} 不是目录，请另选。 / {target} is not a directory; choose another.")
    if directory.is_running(target):
        return _refuse(
            f"{target} 中的演示正在运行；请先停止它，或用 --dir 另选目录。"
            f" / The demonstration in {target} is running; stop it first, or choose another --dir."
        )
    try:
        return _once(target, wish) if wish.once else _serve(target, wish)
    except directory.CannotWrite as error:
        return _refuse(
            f"不能写入 {target}（{error}）；请用 --dir 另选目录。 / {target} cannot be written; choose another --dir."
        )


def _port(text: str) -> int:
    """A port as it was typed. Raises: ArgumentTypeError."""
    if text.isascii() and text.isdecimal() and 0 < int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"端口应为 1 至 {LAST_PORT} 的整数 / a port is a number from 1 to {LAST_PORT}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/demo", description="演示系统 / The demonstration")
    parser.add_argument("--once", action="store_true", help="只生成数据库、文书与 summary.json / build and stop")
    parser.add_argument("--dir", help="目录（默认 var，或与 --once 同用时 demo-out） / where the data go")
    parser.add_argument(
        "--force", action="store_true", help="先清除该目录中以前的演示数据 / replace what an earlier run left"
    )
    parser.add_argument("--port", type=_port, default=8000, help="端口，默认 8000 / the port")
    return parser


def _once(target: Path, wish: argparse.Namespace) -> int:
    if target.exists() and any(target.iterdir()):
        if not wish.force:
            return _refuse(
                f"{target} 不是空目录；请另选目录，或加 --force 清除其中以前的演示数据。"
                f" / {target} is not empty; choose another or add --force to replace an earlier demonstration."
            )
        directory.clear(target)
    _start_django(target, wish.port)
    from investreview.demo.build import DatabaseInUse, build

    try:
        made = build(target)
    except DatabaseInUse:
        return _refuse(IN_USE)
    print(
        f"已生成 {target}：{len(made['routes'])} 件办件，{len(made['documents'])} 份文书，"
        f"{made['seconds']} 秒，内存峰值 {made['peak_mb']} MB；概要见 summary.json。"
        f" / Built: {len(made['routes'])} cases, {len(made['documents'])} papers; see summary.json."
    )
    return 0


def _serve(target: Path, wish: argparse.Namespace) -> int:
    if not _is_free(wish.port):
        return _refuse(
            f"端口 {wish.port} 已被占用；请先停止占用它的程序，或换一个端口：bin/demo --port {wish.port + 1}"
            f" / Port {wish.port} is in use; stop what uses it, or try bin/demo --port {wish.port + 1}"
        )
    if wish.force or not directory.is_complete(target):
        directory.clear(target)
    elif directory.has_own_database(target) == bool(os.environ.get("DATABASE_URL")):
        return _refuse(
            f"{target} 中的演示数据属于另一个数据库；请用 --dir 另选目录，或加 --force 清除。"
            f" / The demonstration in {target} belongs to another database; choose another --dir, or add --force."
        )
    _start_django(target, wish.port)
    from investreview.demo import serve
    from investreview.demo.build import DatabaseInUse

    try:
        return serve.serve(target, wish.port)
    except DatabaseInUse:
        return _refuse(IN_USE)


def _start_django(target: Path, port: int) -> None:
    directory.prepare(target)
    os.environ |= {"DATA_DIR": str(target), "PORT": str(port)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")
    import django

    django.setup()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
