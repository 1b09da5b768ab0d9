# SPDX-License-Identifier: GPL-2.0-only
# what: bpffs behaves with the module as without it: pin, open, print, errno, unlink
# timeout: 240

mount_fs bpf "$T/bpf"

# All that a user of bpffs can see, as text.
story()
{
	cd "$1" || exit
	for type in prog map prog_array link iter; do
		step "$type"
		id=$(bpfobj pin $type "$type")
		stat -c '%a %u %g %F %h' "$type"
		[ "$(bpfobj get "$type" | sed 's/.* //')" = "$id" ]
		bpfobj pin map "$type" 2>&1 || :
		bpfobj link "$type" again 2>&1 || :
		bpfobj rename "$type" new
		bpfobj get "$type" 2>&1 || :
		bpfobj open new r 2>&1 || :
		bpfobj open new rw 2>&1 || :
		bpfobj cat new 2>&1 || :
		bpfobj truncate new 2>&1 || :
		rm -f new again
		wait_gone $type "$id"
	done
	for args in "pin map missing/x" "pin map a.b" "get missing" "get missing/x" \
		"pin-null" "get-null" "pin-fd 99 x" "pin-fd 0 x" "pin-flags 64 x" \
		"pin-flags 8 x" "pin-dirty x" "get-dirty x" "mkdir a.b"; do
		step "$args"
		# shellcheck disable=SC2086 # words
		bpfobj $args 2>&1 || :
	done
	cd /
}

story "$T/bpf" >"$T/with"
module_was_loaded=
if module_loaded; then
	module_was_loaded=1
	unload_module
fi
story "$T/bpf" >"$T/without"
[ -z "$module_was_loaded" ] || load_module
cat "$T/without"
diff "$T/without" "$T/with" || fail "bpffs differs while the module is loaded"
