#!/bin/sh
# The Slurm recipe of docs/scale.md on a Slurm of this machine alone: a controller and a node are started, the job
# script of the page is submitted with smaller numbers, a task is killed at work and made again, and the results
# are compared with those of one run.
#
#     cargo build --release && sudo benches/scale/slurm.sh target/release/switchover
#
# With a number of replications and a Python that has the package, distributed and dask-jobqueue, the block of the page
# about these is run as well.
#
# Needs root, slurm-wlm and munge. Everything is in a directory of its own; what was started is ended again.
set -eu
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
place=$(mktemp -d)
host=$(hostname -s)
replications=${2:-800}
python=${3:-}

end() {
    for name in slurmd slurmctld munged; do
        [ ! -f "$place/$name.pid" ] || kill "$(cat "$place/$name.pid")" || true
    done
    sleep 1
    rm -rf "$place"
}
trap end EXIT

mkdir "$place/state" "$place/spool" "$place/bin" "$place/study"
ln -s "$program" "$place/bin/switchover"
chmod 755 "$place"
head -c 1024 /dev/urandom >"$place/key"
chmod 400 "$place/key"
cat >"$place/slurm.conf" <<CONF
ClusterName=alone
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$place/munge
CredType=cred/munge
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=1024
PartitionName=all Nodes=ALL Default=YES
CONF
export SLURM_CONF="$place/slurm.conf"
export PATH="$place/bin:$PATH"

munged --force --key-file="$place/key" --socket="$place/munge" --pid-file="$place/munged.pid" \
    --log-file="$place/munged.log" --seed-file="$place/munged.seed"
slurmctld
slurmd
until sinfo --noheader --format=%t 2>/dev/null | grep -q idle; do sleep 0.2; done

cd "$place/study"
cp "$root/scenarios/11-random-year.toml" year.toml
# The script of the page, which makes 100,000 replications in 100 shards; here there are 8 shards.
sed -n '/^### Slurm/,/^### /p' "$root/docs/scale.md" | sed -n '/^```sh/,/^```/{/^```/!p}' |
    sed "s/100000/$replications/" >job.sh
sed 's/--threads 1/& --shards 8/' job.sh >again.sh
switchover run year.toml --replications "$replications" --quiet --out whole

job=$(sbatch --parsable --array=0-7 job.sh)
echo "job $job: 8 shards of $((replications / 8)) replications"
# The program that works for the third task.
victim=
until [ -n "$victim" ]; do
    for process in $(pgrep -x switchover); do
        if grep -qzx "SLURM_ARRAY_JOB_ID=$job" "/proc/$process/environ" &&
            grep -qzx SLURM_ARRAY_TASK_ID=2 "/proc/$process/environ"; then
            victim=$process
        fi
    done
    sleep 0.02
done
kill -KILL "$victim"
echo "killed process $victim of task 2"
while squeue --noheader --job "$job" | grep -q .; do sleep 0.5; done
scontrol show job "$job" | grep -o 'ArrayTaskId=[0-9]*\|JobState=[A-Z]*\|ExitCode=[0-9:]*' | paste - - - | sort

! switchover merge parts --out merged --quiet 2>missing || { echo "nothing is missing" && exit 1; }
cat missing
again=$(sed -n 's/.*run shards* \([0-9,-]*\) again.*/\1/p' missing)
sbatch --wait --array="$again" again.sh
switchover merge parts --out merged --quiet
diff -r whole merged
echo "the same bytes"

[ -n "$python" ] || exit 0
{
    echo 'import json'
    echo 'from switchover import Scenario, dask'
    echo 'year = Scenario.read("year.toml")'
    sed -n '/^On Slurm, with/,/^On Kubernetes/p' "$root/docs/scale.md" | sed -n '/^```python/,/^```/{/^```/!p}' |
        sed "s/1_000_000/$replications/; s/jobs=100/jobs=2/; s/parts=\"parts\"/parts=\"again\"/"
    echo 'cluster.close()'
    echo 'whole = json.load(open("whole/experiment.json"))'
    echo 'assert all(whole[key] == own for key, own in estimates.summary.items())'
    echo 'print("the same numbers by", type(cluster).__name__)'
} >dask.py.txt
"$python" dask.py.txt
