#!/bin/sh
# The task file of Qingshan. Each task does whatever set-up is missing, with progress.
#
#   ./qs run      set up, load the real plans and the fictional county, start, print address and log-ins
#   ./qs test     set up and run the tests       [--database sqlite|postgresql] [pytest arguments]
#   ./qs check    formatter, linter, types, contracts, migrations, translations, templates, written pages
#   ./qs bench    the benchmarks of benchmarks/  [name ...]
#   ./qs soak     the long proofs                [name ...]
#   ./qs shots    screenshots of every main page, wide and narrow
#   ./qs lock     make the locks of requirements/ anew
#   ./qs do ...   the qingshan command inside the environment, e.g. ./qs do audit verify
#
# --apt (before or after the task) installs what Debian or Ubuntu must bring; CI=true implies it.
# QINGSHAN_WHEELHOUSE=FOLDER installs from a folder of wheels, without a network.
set -eu
cd "$(dirname "$0")"
ROOT=$PWD
VENV=${QINGSHAN_VENV:-$ROOT/.venv}
PY=$VENV/bin/python
APT=${CI:+yes}
export PYTHONUTF8=1
export UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true # offices have certificates of their own (two names, old and new)

say() { printf '\033[36m▸ %s\033[0m\n' "$*" >&2; }
die() { printf '\033[31m✕ %s\033[0m\n' "$*" >&2; exit 1; }

# ---- what the system must bring -------------------------------------------------
find_python() {
  for name in ${QINGSHAN_PYTHON:-python3 python3.13 python3.12 python3.11}; do
    command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$name"; return; fi
  done
}

missing_packages() { # $1: run | test
  python=$(find_python)
  [ -n "$python" ] || printf 'python3 '
  if [ ! -x "$PY" ]; then
    [ -n "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv '
  fi
  [ "$1" = test ] || return 0
  command -v git >/dev/null 2>&1 || printf 'git '
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || printf 'chromium '
  has_chinese_font || printf 'fonts-noto-cjk '
}

wished_packages() { # what --apt brings besides; without it the tests that want it are skipped, each with its reason
  [ "$1" = test ] || return 0
  command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1 || printf 'libreoffice-writer '
}

has_chinese_font() {
  find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" "${HOME:-/nonexistent}/.local/share/fonts" \
    -iname '*CJK*' -o -iname '*SourceHan*' -o -iname '*simsun*' -o -iname '*wqy*' 2>/dev/null | grep -q .
}

prerequisites() {
  needed=$(missing_packages "$1")
  wished=$(wished_packages "$1")
  [ -n "$needed$wished" ] || return 0
  sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  line="$sudo apt-get update && $sudo apt-get install -y $needed"
  if [ -n "$APT" ] && command -v apt-get >/dev/null 2>&1; then
    say "installing with apt: $needed$wished"
    $sudo apt-get update -qq
    # shellcheck disable=SC2086
    [ -z "$needed" ] || DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq $needed >/dev/null
    # shellcheck disable=SC2086 # an office without its desktop: a third of the size
    [ -z "$wished" ] || DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $wished >/dev/null
    needed=$(missing_packages "$1")$(wished_packages "$1")
    [ -z "$needed" ] || die "apt did not bring: $needed"
    return 0
  fi
  if [ -z "$needed" ]; then
    say "without ${wished% } the tests of old Word files and of PDF made by LibreOffice are skipped (./qs --apt $1 brings it)"
    return 0
  fi
  die "this machine still needs: $needed— run:  $line   (or: ./qs --apt $1)"
}

# ---- set-up ----------------------------------------------------------------------
changed() { # $1: lock file; true when it was not yet installed as it stands now
  sum=$(cksum <"$1")
  [ "$(cat "$VENV/.installed-$(basename "$1")" 2>/dev/null)" != "$sum" ]
}
installed() { cksum <"$1" >"$VENV/.installed-$(basename "$1")"; }

setup() { # $1: server | dev
  if [ ! -x "$PY" ]; then
    say "making the environment in $(basename "$VENV")"
    "$(find_python)" -m venv "$VENV"
  fi
  offline=
  [ -z "${QINGSHAN_WHEELHOUSE:-}" ] || offline="--no-index --find-links $QINGSHAN_WHEELHOUSE"
  lock=requirements/$1.txt
  if changed "$lock" && { [ "$1" = dev ] || changed requirements/dev.txt; }; then
    say "installing the locked packages ($lock)"
    # shellcheck disable=SC2086
    if "$PY" -m pip install -q --disable-pip-version-check $offline --require-hashes -r requirements/uv.txt 2>/dev/null; then
      "$PY" -m uv pip install -q --python "$PY" $offline --require-hashes -r "$lock"
    else # a machine uv has no wheel for: slower, the same packages
      "$PY" -m pip install -q --disable-pip-version-check $offline --require-hashes -r "$lock"
    fi
    installed "$lock"
  fi
  if [ ! -x "$VENV/bin/qingshan" ]; then
    "$PY" -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
  fi
  "$PY" tools/assets.py >&2 || die "the web assets could not be brought; see above"
  "$PY" tools/translations.py compile
}

# ---- tasks -----------------------------------------------------------------------
run_tests() {
  database=sqlite
  if [ "${1:-}" = --database ]; then database=$2; shift 2; fi
  # Three workers for two cores: one waits for its browser most of the time, or for the database.
  case $database in
    sqlite) exec "$PY" -m pytest -n 3 --dist loadgroup "$@" ;;
    # The pure rooms, the handbook, pages and who is shown what at which address are proven once, on the first run;
    # so is each room's table of moves, for tests/rights tries every move for everybody on this one too.
    postgresql) exec "$PY" tools/pg.py run -- "$PY" -m pytest -n 3 --dist loadgroup \
      --ignore-glob 'src/qingshan/kernel/*' --ignore-glob 'src/qingshan/science/*' --ignore-glob 'src/qingshan/standards/*' \
      --ignore-glob 'src/qingshan/reading/*' --ignore-glob 'src/qingshan/evaluation/*' \
      --ignore-glob '*/tests/test_*page*.py' --ignore-glob 'src/qingshan/*/tests/test_moves.py' \
      --ignore tests/rights/test_matrix.py --ignore tests/rights/test_links.py --ignore tests/rights/test_rows.py \
      --ignore tests/handbook --ignore tests/tools --ignore tests/journeys --ignore-glob 'tests/test_*.py' "$@" ;;
    *) die "--database $database: allowed are sqlite and postgresql" ;;
  esac
}

check() {
  say "format";        "$PY" -m ruff format --check -q .
  say "lint";          "$PY" -m ruff check -q .
  say "types";         "$VENV/bin/mypy"
  say "contracts";     "$VENV/bin/lint-imports" --no-cache >"$VENV/contracts.log" 2>&1 || { cat "$VENV/contracts.log"; exit 1; }
  say "migrations";    "$PY" -m django makemigrations --check --dry-run --settings qingshan.portal.settings
                       "$PY" tools/initial_migrations.py --check
  say "translations";  "$PY" tools/translations.py check
  say "unmarked words"; "$PY" tools/unmarked.py
  say "templates";     "$PY" tools/templates.py
  say "state diagrams"; "$PY" tools/state_diagrams.py --check
  say "handbook";      "$PY" tools/handbook.py --check
  say "unverified";    "$PY" tools/unverified.py --check
  say "all clean"
}

lock() {
  for name in server dev; do
    "$PY" -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
      --no-emit-find-links --no-annotate "requirements/$name.in" -o "requirements/$name.txt" "$@"
  done
}

if [ "${1:-}" = --apt ]; then APT=yes; shift; fi
task=${1:-help}
[ $# -eq 0 ] || shift
if [ "${1:-}" = --apt ]; then APT=yes; shift; fi

case $task in
  run)   prerequisites run;  setup server; exec "$VENV/bin/qingshan" run "$@" ;;
  do)    prerequisites run;  setup server; exec "$VENV/bin/qingshan" "$@" ;;
  test)  prerequisites test; setup dev; run_tests "$@" ;;
  check) prerequisites run;  setup dev; QINGSHAN_HOME=$(mktemp -d) && export QINGSHAN_HOME && check ;;
  bench) prerequisites run;  setup dev; exec "$PY" -m benchmarks "$@" ;;
  soak)  prerequisites test; setup dev; exec "$PY" tools/soak.py "$@" ;;
  shots) prerequisites test; setup dev; exec "$PY" tools/screenshots.py "$@" ;;
  lock)  prerequisites run;  setup dev; lock "$@" ;;
  *)     sed -n '2,16s/^# \{0,1\}//p' "$0"; [ "$task" = help ] || exit 2 ;;
esac
