#!/usr/bin/env bash
# Installs gouji into .venv, checks the real example and writes what was found into a copy under out/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

venv=${GOUJI_VENV:-.venv}
example=templates/examples/heilongjiang-2020.xlsx

say "安装 gouji 到 $venv（installing into $venv）…"
make_venv "$venv"
pip_in "$venv" --editable .

mkdir -p out
say "\$ gouji annotate $example -o out/"
say
"$venv/bin/gouji" annotate "$example" -o out/ "$@"
say
say "用 Excel、WPS 或 LibreOffice 打开 out/heilongjiang-2020.xlsx，批注在出问题的单元格里；原文件没有改动。"
say "(Open out/heilongjiang-2020.xlsx: the notes are in the flagged cells; the example itself is unchanged.)"
