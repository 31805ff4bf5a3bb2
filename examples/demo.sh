#!/bin/sh
# make demo: reads the sample dispatches into a record, prints who said what, says what to try next.
set -eu
onrecord=${1:-onrecord}
record=${2:-demo/record.sqlite}
mkdir -p "$(dirname "$record")"

say() { printf '\n$ onrecord %s\n' "$*"; "$onrecord" "$@"; }

say read examples/october-1962 --record "$record"
say speakers --record "$record"
say search missiles --record "$record"

cat <<EOF

The record is $record. Next, try:

  $onrecord search --speaker Khrushchev --record $record
  $onrecord show "\$($onrecord search missiles --record $record --limit 1 | cut -d'"' -f4)" --html demo/page.html
  $onrecord read YOUR-ARTICLE.txt --date 2025-06-23 --record my.sqlite
  $onrecord --help
EOF
