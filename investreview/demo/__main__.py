"""``bin/demo``: what was asked for is checked before anything is touched, then built or served."""

import argparse
import os
import socket
import sys
from pathlib import Path

from investreview.demo import directory

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """The exit code: 0 when done, 2 when the wish cannot be met, with a sentence that says what to do."""
    wish = _parser().parse_args()
    if wish.once:
        return _once(Path(wish.dir or "demo-out").resolve(), wish)
    return _serve(Path(wish.dir or ROOT / "var").resolve(), wish)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/demo", description="演示系统 / The demonstration")
    parser.add_argument("--once", action="store_true", help="只生成数据库、文书与 summary.json / build and stop")
    parser.add_argument("--dir", help="目录（默认 var，或与 --once 同用时 demo-out） / where the data go")
    parser.add_argument(
        "--force", action="store_true", help="先清除该目录中以前的演示数据 / replace what an earlier run left"
    )
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000 / the port")
    return parser


def _once(target: Path, wish: argparse.Namespace) -> int:
    if target.exists() and not target.is_dir():
        return _refuse(f"{target} 不是目录，请另选。 / {target} is not a directory; choose another.")
    if target.exists() and any(target.iterdir()):
        if not wish.force:
            return _refuse(
                f"{target} 不是空目录；请另选目录，或加 --force 清除其中以前的演示数据。"
                f" / {target} is not empty; choose another or add --force to replace an earlier demonstration."
            )
        directory.clear(target)
    _start_django(target, wish.port)
    from investreview.demo.build import build

    build(target)
    return 0


def _serve(target: Path, wish: argparse.Namespace) -> int:
    if not _is_free(wish.port):
        return _refuse(
            f"端口 {wish.port} 已被占用；请先停止占用它的程序，或换一个端口：bin/demo --port {wish.port + 1}"
            f" / Port {wish.port} is in use; stop what uses it, or try bin/demo --port {wish.port + 1}"
        )
    if wish.force or not directory.is_complete(target):
        directory.clear(target)
    _start_django(target, wish.port)
    from investreview.demo import serve

    return serve.serve(target, wish.port)


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
