#!/bin/sh
# make demo: reads the sample dispatches into a record, prints who said what and who did what, says what to try next.
set -eu
onrecord=${1:-onrecord}
record=${2:-demo/record.sqlite}
mkdir -p "$(dirname "$record")"

say() { printf '\n$ onrecord %s\n' "$*"; "$onrecord" "$@"; }

say read examples/october-1962 --record "$record"
say speakers --record "$record" --limit 12 --format table
say search missiles --record "$record" --limit 5 --format table
say events --party Khrushchev --record "$record" --limit 4 --format table

cat <<EOF

The record is $record. Next, try:

  $onrecord search --speaker Khrushchev --record $record
  $onrecord search turkey --since 1962-10-27 --min-confidence 0.9 --record $record
  $onrecord events --country USA --type REQUEST --record $record
  $onrecord show examples/october-1962/1962-10-27-moscow-names-turkey.txt
  $onrecord show examples/october-1962/1962-10-25-stevenson-and-zorin.html --html demo/page.html
  $onrecord read YOUR-ARTICLE.txt --date 2025-06-23 --record mine.sqlite
EOF
