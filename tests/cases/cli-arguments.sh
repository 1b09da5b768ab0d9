# SPDX-License-Identifier: GPL-2.0-only
# what: wrong arguments get one sentence, exit code 1, and JSON under -j; help tells of each command
# timeout: 540
. /tests/cli.sh

step "wrong arguments"
while read -r arguments; do
	# shellcheck disable=SC2086 # words
	error '?*' $arguments
done <<'END'
nonsense
s
--nonsense
-x list
pin
pin nonsense
pin map
pin map id
pin map id 1
pin map id x /x
pin map id -1 /x
pin map id 4294967296 /x
pin map id 1 /x more
pin map nonsense 1 /x
pin map tag 0123456789abcdef /x
pin link name x /x
pin prog tag 0123 /x
show id x
show id 1 more
show /x more
list more
list --all
list ties more
attach
attach prog id 1
attach prog id 1 to nonsense x
get
get file
tie
tie /x
tie /x to nonsense /y
untie
untie id 0
untie --all more
monitor more
monitor -c 0
unpin
unpin id x
unpin id 0
unpin id
unpin /x more
unpin --all more
clean
status more
version more
help nonsense
END

step "no command"
code=0
bpfpin >"$T/.out" 2>"$T/.err" || code=$?
expect_same $code 1 "exit code"
expect_same "$(head -n 1 "$T/.err")" "Usage: bpfpin [OPTIONS] COMMAND [ARGUMENTS]"
expect_ok bpfpin help >/dev/null
for command in pin attach get show list unpin tie untie monitor status clean version help; do
	expect_text "Usage: bpfpin [[]OPTIONS] $command*" bpfpin help $command
	json ".command == \"$command\"" bpfpin -j help $command
done
