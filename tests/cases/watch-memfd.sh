# SPDX-License-Identifier: GPL-2.0-only
# what: a memfd can be watched: its end is its last close(2)
. /tests/watch.sh

load_consumer
# shellcheck disable=SC2046 # two words
set -- $(holdfd memfd)
pid=$1 fd=$2
follow 0 "/proc/$pid/fd/$fd"
drop_caches
calls 0 0 "while it is open"
exec 5<"/proc/$pid/fd/$fd"
kill -KILL "$pid"
wait_for sh -c "! [ -e /proc/$pid ] || grep -q ') Z' /proc/$pid/stat"
calls 0 0 "while it is open a second time"
exec 5<&-
ended 0 "after close"
unload_consumer
