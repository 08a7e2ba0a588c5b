# shellcheck shell=bash
# What the scripts share: messages, system packages, a Python that is new enough, virtual environments.

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Debian packages by name, as root or through sudo. Fails, saying what to run, where neither is possible.
install_packages() {
  local as_root=()
  if ! command -v apt-get >/dev/null; then
    say "缺少系统软件，请用本机的包管理器安装：$*（missing system packages: $*）" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "缺少系统软件，请以 root 运行：apt-get install $*（missing system packages, install them as root）" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "安装系统软件（system packages）：$*"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update </dev/null >/dev/null || return 1
  "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >/dev/null
}

# The first Python of at least 3.11: $PYTHON when set, else the usual names.
find_python() {
  local name
  for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "需要 Python 3.11 或更新的版本（Python 3.11 or newer is needed）。"
}

# A virtual environment in folder $1, made anew when it is missing or its Python is gone.
make_venv() {
  local python
  if "$1/bin/python" -c 'import pip' 2>/dev/null; then
    return
  fi
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages python3-venv ca-certificates || exit 1
  fi
  "$python" -m venv --clear "$1"
}

# pip of the environment in folder $1; only errors are shown.
pip_in() {
  local folder=$1
  shift
  "$folder/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$@"
}
