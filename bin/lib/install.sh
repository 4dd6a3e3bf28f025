# Shared by bin/demo and bin/test: a virtual environment that holds exactly one lock file.
# Every way to fail ends with a sentence that says what to do, in Chinese and English, and exit code 3.

stop_with() {
  printf '%s\n' "$@" >&2
  exit 3
}

# The first Python on this machine that is new enough.
find_python() {
  for each in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$each" ] || continue
    if command -v "$each" >/dev/null 2>&1 && "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$each"
      return
    fi
  done
  stop_with "没有找到 Python 3.11 或更高版本。请安装后重试，或用 PYTHON=/路径/python3 指明。" \
    "No Python 3.11 or later was found. Install one and try again, or name it: PYTHON=/path/to/python3 bin/demo"
}

# $1 exists and is a virtual environment of a Python that is new enough.
make_environment() {
  if [ -x "$1/bin/python" ] && "$1/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    return
  fi
  found=$(find_python) || exit 3
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$found" "$1" && return
    stop_with "uv 未能建立虚拟环境 $1；请检查磁盘空间和目录权限。" "uv could not make the virtual environment $1: check free space and permissions."
  fi
  if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    stop_with "这个 Python（$found）缺少 venv 或 ensurepip。Debian、Ubuntu 请执行：apt install python3-venv；或安装 uv 后重试。" \
      "This Python ($found) lacks venv or ensurepip. On Debian or Ubuntu: apt install python3-venv; or install uv and try again."
  fi
  rm -rf "$1"
  "$found" -m venv "$1" ||
    stop_with "未能建立虚拟环境 $1；请检查磁盘空间和目录权限。" "The virtual environment $1 could not be made: check free space and permissions."
}

# The packages of lock file $2 are in environment $1; an unchanged lock costs nothing the second time.
install_into() {
  make_environment "$1"
  stamp="$1/.installed-$(basename "$2")"
  if [ -f "$stamp" ] && cmp -s "$2" "$stamp"; then
    return
  fi
  echo "正在安装依赖包（首次约一分钟） / Installing packages (about a minute the first time)" >&2
  if command -v uv >/dev/null 2>&1 && [ -z "${PIP_NO_INDEX:-}" ]; then
    uv pip install --quiet --python "$1/bin/python" --require-hashes -r "$2" || cannot_install
  else
    "$1/bin/python" -m pip --version >/dev/null 2>&1 || "$1/bin/python" -m ensurepip >/dev/null 2>&1 || cannot_install
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$2" || cannot_install
  fi
  cp "$2" "$stamp"
}

cannot_install() {
  stop_with "依赖包未能安装，原因见上方。若本机不能访问软件包索引：在能访问的机器上执行" \
    "  pip download --require-hashes -r requirements.lock -d wheels" \
    "把 wheels 目录拷来，再执行 PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels bin/demo" \
    "The packages could not be installed; the reason is above. Without a package index on this machine: run the line" \
    "above on a machine that has one, bring the folder wheels here, and run PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels bin/demo"
}
