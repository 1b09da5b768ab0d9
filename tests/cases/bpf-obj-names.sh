# SPDX-License-Identifier: GPL-2.0-only
# what: a pin may have any name that a file can have
# timeout: 360

check_names()
{
	cd "$2"
	pins=0
	newline='a
b'
	for name in "$newline" "$(printf 'tab\there')" "$(printf 'bell\007')" \
		"$(printf 'escape\033[31m')" 'two  spaces ' '-r' '--' '*' '?' '"' "'" \
		'back\\slash' '$(id)' ';' '.hidden' 'a.b' '...' '~' \
		"$(printf 'umlaut \303\274')" "$(printf 'not utf-8 \377\376')"; do
		id=$(bpfobj pin map "$name")
		pins=$((pins + 1))
		expect_same "$(bpfobj get "$name")" "map $id"
		expect_same "$(bpfobj get "$2/$name")" "map $id"
		expect_errno EEXIST bpfobj pin map "$name"
	done
	expect_pins $pins
	expect_same "$(find . -type f -print0 | tr -cd '\0' | wc -c)" $pins "files"
	find . -type f -exec rm -- {} +
	expect_pins 0
	cd "$T"
}

on_each_fs check_names
