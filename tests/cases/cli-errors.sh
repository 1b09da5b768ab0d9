# SPDX-License-Identifier: GPL-2.0-only
# what: without the module, without rights, or with nowhere to write to: one sentence, exit code 1, JSON under -j
# timeout: 360
. /tests/cli.sh

mount_fs bpf "$T/bpf"
map=$(bpfobj pin map "$T/bpf/map")

step "without rights"
# run_as_user TEXT ARGUMENT...
run_as_user()
{
	wanted=$1
	shift
	code=0
	as_user bpfpin "$@" >"$T/.out" 2>"$T/.err" || code=$?
	expect_same $code 1 "exit code of bpfpin $*"
	expect_error "$wanted" "bpfpin $*"
	code=0
	as_user bpfpin -j "$@" >"$T/.out" 2>"$T/.err" || code=$?
	expect_same $code 1 "exit code of bpfpin -j $*"
	expect_json_error "$wanted" "bpfpin -j $*"
}
id=$(bpfobj pin map "$T/x")
pin=$(pin_id "$T/x")
chmod 1777 "$T"
run_as_user "looking up maps needs CAP_SYS_ADMIN: run this as root" pin map id "$map" "$T/y"
run_as_user "looking up programs needs CAP_SYS_ADMIN: run this as root" pin prog name x "$T/y"
run_as_user "cannot open what is pinned at $T/x: Permission denied" pin map pinned "$T/x" "$T/y"
run_as_user "there is no pin with id $pin" show id "$pin"
run_as_user "$T/x is no pin that you may see" show "$T/x"
run_as_user "$T/x is no pin that you may see" unpin "$T/x"
run_as_user "there is no pin with id $pin" unpin id "$pin"
as_user bpfpin -j list >"$T/.out" 2>"$T/.err" || fail "list is for everybody"
expect_json '. == []' list
expect_same "$(as_user bpfpin list 2>&1)" "1 pin, which you may not see"
expect_text "0 pins ended" as_user bpfpin unpin --all
alive map "$id"
rm "$T/x"

step "without the module"
unload_module
missing='the bpfpin module is not loaded (no /dev/bpfpin): load it with "modprobe bpfpin"'
for arguments in list show "show /x" "show id 1" status "unpin /x" "unpin id 1" "unpin --all" \
	"clean /x"; do
	# shellcheck disable=SC2086 # words
	error "$missing" $arguments
done
error "cannot pin to $T/x: outside bpffs that needs the bpfpin module, which is not loaded*" \
	pin map id "$map" "$T/x"
quiet pin map id "$map" "$T/bpf/y"
expect_text "*module not loaded" bpfpin version
json '.module_version == null' bpfpin -j version

step "something else by the name of the device"
: >/dev/bpfpin
error "/dev/bpfpin is not the device of the bpfpin module" list
rm /dev/bpfpin
load_module

step "what cannot be printed is a failure"
if bpfpin status >/dev/full 2>"$T/.err"; then
	fail "no error, and nothing was printed"
fi
expect_text "Error: cannot write to the standard output" cat "$T/.err"
