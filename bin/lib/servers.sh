# Servers for bin/test: those that answer are used; otherwise own ones are started in a temporary folder and stopped at
# the end. PostgreSQL never runs as root. Sets postgres_url, TEST_REDIS_URL, and why when something is missing.
# OWN_POSTGRES=1 starts one of our own where another answers: it waits for no disk, a copied database takes it a sixth.

postgres_url=""
why=""
own_folder=""
own_postgres_bin=""
own_redis_pid=""

free_port() { python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

as_postgres() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif command -v runuser >/dev/null 2>&1; then
    runuser -u postgres -- "$@"
  else
    su postgres -s /bin/sh -c '"$0" "$@"' -- "$@"
  fi
}

stop_own_servers() {
  [ -n "$own_postgres_bin" ] && as_postgres "$own_postgres_bin/pg_ctl" -D "$own_folder/postgres" -m immediate stop >/dev/null 2>&1
  [ -n "$own_redis_pid" ] && kill "$own_redis_pid" 2>/dev/null
  [ -n "$own_folder" ] && rm -rf "$own_folder"
}
trap stop_own_servers EXIT

# In memory where there is room for it.
make_own_folder() {
  [ -n "$own_folder" ] && return
  local above=${TMPDIR:-/tmp} free
  free=$(df --output=avail /dev/shm 2>/dev/null | tail -1)
  [ -w /dev/shm ] && [ "${free:-0}" -gt 4000000 ] && above=/dev/shm
  own_folder=$(mktemp -d "$above/investreview-servers.XXXXXX")
  chmod 755 "$own_folder"
}

answers_postgres() {
  python - "$1" <<'PYTHON' 2>/dev/null
import sys, psycopg
with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
    sys.exit(not connection.execute("select rolcreatedb or rolsuper from pg_roles where rolname = current_user").fetchone()[0])
PYTHON
}

# postgres_url names a server on which this user may create databases.
find_postgres() {
  local candidate=${TEST_POSTGRES_URL:-postgresql://postgres@127.0.0.1:5432/postgres}
  [ -n "${OWN_POSTGRES:-}" ] && start_postgres && return
  if answers_postgres "$candidate"; then
    postgres_url=$candidate
    return
  fi
  start_postgres
}

start_postgres() {
  local bin port
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -z "$bin" ] && bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
  if [ ! -x "$bin/initdb" ]; then
    why="没有可用的服务器，也没有安装 / no server answers and none is installed (apt install postgresql)"
    return 1
  fi
  if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then
    why="不能以 root 启动，又没有 postgres 用户 / it does not start as root, and there is no user postgres"
    return 1
  fi
  make_own_folder
  port=$(free_port)
  mkdir -p "$own_folder/postgres"
  [ "$(id -u)" = 0 ] && chown postgres "$own_folder/postgres"
  chmod 700 "$own_folder/postgres"
  if as_postgres "$bin/initdb" -D "$own_folder/postgres" -U postgres -A trust -E UTF8 --locale=C >"$own_folder/initdb.log" 2>&1 &&
    as_postgres "$bin/pg_ctl" -D "$own_folder/postgres" -w -l "$own_folder/postgres/log" \
      -o "-p $port -h 127.0.0.1 -k $own_folder/postgres -c fsync=off -c full_page_writes=off -c max_connections=100" start >/dev/null 2>&1; then
    own_postgres_bin=$bin
    postgres_url="postgresql://postgres@127.0.0.1:$port/postgres"
    return
  fi
  why="启动失败 / could not be started: $(tail -2 "$own_folder/initdb.log" "$own_folder/postgres/log" 2>/dev/null | tr '\n' ' ')"
  return 1
}

answers_redis() {
  python - "$1" <<'PYTHON' 2>/dev/null
import sys, redis
redis.Redis.from_url(sys.argv[1], socket_connect_timeout=2).ping()
PYTHON
}

# TEST_REDIS_URL names a server that answers.
find_redis() {
  local port
  export TEST_REDIS_URL=${TEST_REDIS_URL:-redis://127.0.0.1:6379/9}
  answers_redis "$TEST_REDIS_URL" && return
  if ! command -v redis-server >/dev/null 2>&1; then
    why="没有可用的服务器，也没有安装 / no server answers and none is installed (apt install redis-server)"
    return 1
  fi
  make_own_folder
  port=$(free_port)
  redis-server --bind 127.0.0.1 --port "$port" --save "" --appendonly no --dir "$own_folder" >/dev/null 2>&1 &
  own_redis_pid=$!
  export TEST_REDIS_URL="redis://127.0.0.1:$port/9"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    answers_redis "$TEST_REDIS_URL" && return
    sleep 0.3
  done
  why="启动失败 / could not be started"
  return 1
}
