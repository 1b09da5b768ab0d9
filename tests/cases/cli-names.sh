# SPDX-License-Identifier: GPL-2.0-only
# what: names with newlines, control characters, quotes and no UTF-8 are pinned, listed and unpinned
# timeout: 540
. /tests/cli.sh

# Each: the name as printf writes it, what the listing shows, what JSON has.
cat >"$T/.names" <<'END'
a\nb a\x0ab a\nb
\n \x0a \n
a\tb a\x09b a\tb
\033[2J\007 \x1b[2J\x07 \u001b[2J\u0007
quote"quote quote"quote quote\"quote
apostrophe' apostrophe' apostrophe'
back\\slash back\slash back\\slash
back\\x41 back\x5cx41 back\\x41
$(false)`x` $(false)`x` $(false)`x`
-rf -rf -rf
\303\251 \xc3\xa9 é
\377 \xff �
\355\240\200 \xed\xa0\x80 ���
\342\202 \xe2\x82 ��
\177 \x7f \u007f
\302\205 \xc2\x85 \u0085
\342\200\256abc \xe2\x80\xaeabc \u202eabc
*?[] *?[] *?[]
[0,1]{} [0,1]{} [0,1]{}
%%s%%n %s%n %s%n
END

mount_fs bpf "$T/bpf"
map=$(bpfobj pin map "$T/bpf/map")
mkdir "$T/dir"
cd "$T/dir"

# each_name COMMAND...: for every name, the name as its last argument.
each_name()
{
	while read -r format shown json; do
		# shellcheck disable=SC2059 # it is a format; the dot keeps a last newline
		name=$(printf -- "$format.")
		name=${name%.}
		"$@" "$T/dir/$name"
	done <"$T/.names"
}

check_listed()
{
	grep -qF " $T/dir/$shown " "$T/.list" || fail "no $shown in: $(cat "$T/.list")"
}

step "pinned"
each_name quiet pin map id "$map"
number=$(wc -l <"$T/.names")
expect_same "$(find . -type f -print0 | tr -cd '\0' | wc -c)" "$number" "files"

step "listed"
bpfpin list >"$T/.list"
expect_same "$(wc -l <"$T/.list")" $((number + 1)) "lines of the listing"
if tr -d '\n' <"$T/.list" | LC_ALL=C grep -q '[[:cntrl:]]'; then
	fail "a control character came through"
fi
each_name check_listed
wanted=$(while read -r format shown json; do
	printf '"%s"\n' "$T/dir/$json"
done <"$T/.names" | jq -cs .)
for option in -j -p; do
	json "map(.path) == $wanted and (map(.path_state) | unique == [\"found\"])" bpfpin $option list
done
json "map(select(.path_bytes) | .path_bytes[-4:]) == [\"2fff\", \"a080\", \"e282\"]" bpfpin -j list

step "found, and refused a second time"
check_name()
{
	json ".path == \"$T/dir/$json\"" bpfpin -j show "$1"
	# Neither a newline nor anything else must break the sentence.
	code=0
	bpfpin pin map id "$map" "$1" >"$T/.out" 2>"$T/.err" || code=$?
	expect_error "cannot pin to $T/dir/*: there is a file already" "pin $1"
	LC_ALL=C grep -q '[^ -~]' "$T/.err" && ! grep -qF "$shown" "$T/.err" &&
		fail "unprintable: $(cat "$T/.err")"
	json ".path == \"$T/dir/$json\" and .file_stays == false" bpfpin -j unpin "$1"
	[ ! -e "$1" ] || fail "the file is still there"
}
each_name check_name
expect_same "$(bpfobj status)" "pins 0 watches 0"

step "ended all at once"
each_name quiet pin map id "$map"
expect_text "$number pins ended" bpfpin unpin --all
expect_same "$(ls -A)" "" "files left"

step "the longest name, and the longest path there is"
cd "$T"
long=$(printf '%0255d' 0)
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
	mkdir "$long"
	cd "$long"
done
quiet pin map id "$map" "$long"
json '.[0].path_state == "found" and (.[0].path | length) == 15 * 256 + 4' bpfpin -j list
expect_same "$(bpfpin list | wc -l)" 2
pin=$(bpfpin -j list | jq '.[0].id')
quiet unpin id "$pin"
[ ! -e "$long" ] || fail "the file is still there"

step "a path that is too long to be told"
mkdir "$long"
cd "$long"
quiet pin map id "$map" "$long"
json '.[0].path == null and .[0].path_state == "none"' bpfpin -j list
json '.object_name == "bpfobj_map"' bpfpin -j show "$long"
quiet unpin "$long"
quiet pin map id "$map" "$long"
pin=$(bpfpin -j list | jq '.[0].id')
expect_text "pin $pin has ended; its file stays, as no path leads to it from here" \
	bpfpin unpin id "$pin"
[ -f "$long" ] || fail "the file is gone"
cd /

step "names of objects and processes"
cp "$(command -v bpfobj)" "$T/a\"b
c"
id=$("$T/a\"b
c" pin map "$T/x")
json '.comm == "a\"b\nc"' bpfpin -j show "$T/x"
expect_same "$(bpfpin list | wc -l)" 2
expect_text '* a"b\\x0ac *' bpfpin list
rm "$T/x"
gone map "$id"
