#!/bin/sh
# The Snakemake recipe of docs/scale.md with smaller numbers: a worker is killed at work, and the results are compared
# with those of one run.
#
#     python3 -m venv target/snakemake && target/snakemake/bin/pip install snakemake
#     PATH=$PWD/target/snakemake/bin:$PATH benches/scale/snakemake.sh target/release/switchover
set -eu
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"
ln -s "$program" "$place/bin/switchover"
export PATH="$place/bin:$PATH"
cd "$place"
cp "$root/scenarios/11-random-year.toml" year.toml
sed -n '/^### Snakemake/,/^### /p' "$root/docs/scale.md" | sed -n '/^```python/,/^```/{/^```/!p}' |
    sed 's/100000/800/; s/^SHARDS = 100/SHARDS = 8/; s/:02d}/}/; s/of-100/of-8/' >Snakefile
switchover run year.toml --replications 800 --quiet --out whole
snakemake --cores 2 >log 2>&1 &
victim=
until [ -n "$victim" ]; do
    for process in $(pgrep -x switchover); do
        if [ "$(readlink "/proc/$process/cwd")" = "$place" ] &&
            tr '\0' ' ' <"/proc/$process/cmdline" | grep -q -- '--shard 3/8'; then
            victim=$process
        fi
    done
    sleep 0.02
done
kill -KILL "$victim"
wait $! || { cat log && exit 1; }
grep -i 'trying to restart' log
diff -r whole results/year
echo "the same bytes, after process $victim of shard 3 was killed"
