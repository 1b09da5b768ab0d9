# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The command top: its screen, and its tables; read by tests/user/run.  A tree of plain
# files does for one of cgroups.

# tree DIRECTORY...: anew; each has two views, and so has the root.
tree() {
	rm -rf "$work/top"
	local each
	for each in . "$@"; do
		mkdir -p "$work/top/$each"
		counts "$each" 0
	done
}
# say FILE TEXT: in one write(2), as long as the one before, so that nobody reads half.
say() { printf '%s\n%*s\n' "$2" $((400 - ${#2})) '' | dd of="$work/top/$1" conv=notrunc bs=1k status=none; }
# counts DIRECTORY N: what its views say.
counts() {
	say "$1/bpf.tcp" "connections $2
sent_bytes $(($2 * 1024))
open_max 7
rtt_usec 64=$2 1024=$2 inf=0
lost 0"
	say "$1/bpf.mem" "stall_usec $(($2 * 10))
lost 0"
}
# counting STEP DIRECTORY...: from now on, the second by two steps at a time, and so on.
counting() {
	(
		trap 'exit' TERM
		for ((i = 1; ; i++)); do
			local each factor=0
			for each in "${@:2}"; do
				counts "$each" $((i * $1 * ++factor))
			done
			sleep 0.05
		done
	) &
	writer=$!
}
stop_counting() {
	[ "$writer" ] || return 0
	kill "$writer"
	wait "$writer" 2>/dev/null
	writer=''
}
writer=''

# top COLUMNS LINES ARGUMENT...
top() { terminal "$1" "$2" "$PWD/$O/bpfpin" top "${@:3}"; }
# These names in this order, from the start of the tree.
named() {
	[ "$(sed -n '4,$s/^ *[-+]* *\(\/*[^ ]*\).*/\1/p' "$out" | head -n $# | tr '\n' ' ')" = "$* " ]
}
names() { soon named "$@" || bad "not $*: $(on_screen)"; }
stop() {
	keys q
	ended 0
	stop_counting
}

# ---- the screen

t_top_screen() {
	tree app/db app/web system
	counting 100 app/web
	top 80 12 -i 0.5 "$work/top"
	has '^    * web  *[0-9.]*ms  *[0-9.]*k  *0  *[0-9.]*M  *7$'
	has '^      db  *0  *0  *0  *0  *7$'
	has '^  - app$'
	grep -q '^CGROUP  *stall/s connections/s  lost/s  sent/s open_max$' "$out" || bad "other heads: $(on_screen)"
	grep -q '^  *mem  *tcp  *mem  *tcp  *tcp$' "$out" || bad "other views: $(on_screen)"
	[ "$(wc -l <"$out")" = 12 ] && [ "$(wc -L <"$out")" -le 80 ] || bad "not 80x12: $(on_screen)"
	grep -q '^bpfpin top  .*/top  5 cgroups  every 0.5s$' "$out" || bad "other title: $(on_screen)"
	grep -q '^2 more columns: < and >   h help  q quit$' "$out" || bad "does not say what is cut: $(on_screen)"
	# what there was no room for is there when it is what is sorted by
	keys '<'; has ' lost/s↓$'
	keys '<'; has ' rtt p99↓'; has '^      web .*  1ms  *0$'
	stop
}

t_top_screen_rates_and_totals() {
	tree app
	counts app 5000
	top 120 10 -i 0.3 -c tcp.connections,tcp.sent_bytes,mem.stall_usec,tcp.rtt_usec:p50,none.at_all "$work/top"
	has ' app  *0  *0  *0  *-$'
	has 'connections/s *sent/s *stall/s *rtt p50 *at_all/s$'
	has '^no cgroup has a view bpf.none   h help  q quit$'
	keys t; has ' app  *5k  *4.9M  *50ms  *64us$'
	has 'connections *sent *stall *rtt p50 *at_all$'; has ' totals$'
	keys t; has ' app  *0  *0  *0  *-$'
	# what shrinks once may have begun anew; what does so again is no counter
	counts app 4000; has ' app  *-  *-  *-  *-$'; has ' app  *0  *0  *0  *-$'
	counts app 3000; has ' app  *3k  *2.9M  *30ms  *-$'
	stop
}

t_top_screen_tree() {
	tree a/x a/y b c/z
	top 80 14 -i 0.3 "$work/top"
	names / a x y b c z
	keys Down Enter; has '^  + a$'; names / a b c z
	keys Enter; has '^  - a$'; names / a x y b c z
	keys Left; names / a b c z
	keys Right; names / a x y b c z
	keys Down Left Left; names / a b c z
	keys Right s; names / /a /a/x /a/y /b /c /c/z
	keys r; names /c/z /c /b /a/y /a/x /a /; has '^CGROUP, backwards '
	keys r s; names / a x y b c z
	keys /; has '^part of the name: _$'
	keys -l y; keys Enter; names / a y; has '^\[y\]  '
	keys Left Left Left; names / a y
	keys Escape; names /
	keys Right; names / a x y
	stop
}

t_top_screen_sorts() {
	tree a b c
	counting 500 b c
	top 80 14 -i 0.3 -c tcp.connections "$work/top"
	names / a b c
	keys 1; has 'connections/s↓'; names / c b a
	keys s; names /c /b / /a
	keys r; has '↑'; names /a / /b /c
	keys 0; has_not '[↑↓]'; names / /a /b /c
	# there is no ninth
	keys 9 '>'; has 'connections/s↓'
	stop
}

t_top_screen_comes_and_goes() {
	tree a/x b
	top 80 14 -i 0.2 "$work/top"
	names / a x b
	keys Down Down
	rm -r "$work/top/a"; names / b; has ' 2 cgroups '
	mkdir "$work/top/c"; counts c 1; names / b c
	# many, again and again, while it is looked at in all ways
	( for ((i = 1; i < 100; i++)); do mkdir -p "$work/top/d$i/e"; rm -rf "$work/top/d$((i - 1))"; sleep 0.02; done ) &
	keys End Enter Enter s s '>' '>'
	wait $!
	names / b c d99 e
	mv "$work/top" "$work/top.gone"; has '^cannot look into it: No such file or directory '
	mv "$work/top.gone" "$work/top"; has '^  * b  *'
	stop
}

t_top_screen_unreadable() {
	tree a b
	rm "$work/top/a/bpf.tcp"; mkfifo "$work/top/a/bpf.tcp"
	truncate -s 1G "$work/top/b/bpf.tcp"
	rm "$work/top/b/bpf.mem"
	top 100 10 -i 0.3 -c tcp.connections,mem.stall_usec "$work/top"
	has '^  *a  *-  *0$'; has '^  *b  *-$'
	has '^2 unreadable, such as .*/top/a/bpf.tcp: Invalid argument   h help'
	keys End; has '^bpf.tcp: File too large   h help  q quit$'
	stop
	# a path that is too long to be opened
	tree a
	(cd "$work/top" && for ((i = 0; i < 17; i++)); do
		mkdir "$(printf '%0250d' 1)" && cd "$(printf '%0250d' 1)" || exit
	done) || bad "cannot make it"
	top 80 8 -i 0.3 "$work/top"
	has '^[1-9] unreadable, such as '
	keys End Up; has '^cannot look into it: File name too long   h help  q quit$'
	stop
	bpfpin top -j -t -n 1 "$work/top"
	is_json '[.cgroups[] | select(.error) | .error] == ["File name too long"]'
	rm -rf "$work/top"
}

t_top_screen_nothing() {
	mkdir -p "$work/nothing"
	top 80 8 -i 0.2 "$work/nothing"
	has '^no view with numbers: "bpfpin view install" lists some   h help  q quit$'
	keys Enter s r t 1 '<' '>' End PageUp Right
	# until there is one
	echo 'n 5' >"$work/nothing/bpf.x"; has '^/  *5$'
	has '^h help  q quit$'
	stop
	rm -r "$work/nothing"
}

t_top_screen_hostile() {
	tree "$(printf 'esc\033[31mred')" "$(printf 'bad\377')" "$(printf 'new\nline')" m$'\303\274'll 日本語 \
		"$(printf 'x%.0s' {1..200})"
	# text of other forms, words, a key that is no word
	printf 'state running\nconnections \033[2J\nsent_bytes max\n\0\n' >"$work/top/m"$'\303\274'"ll/bpf.tcp"
	head -c 1048576 /dev/urandom >"$work/top/日本語/bpf.tcp"
	top 80 14 -i 0.3 -c tcp.connections,tcp.sent_bytes,tcp.state "$work/top"
	has '^    esc\\x1b\[31mred  '; has '^    bad\\xff  '; has '^    new\\x0aline  '
	# a word is no rate
	has ' sent  *state$'; has '^    müll  *max  *running$'
	has '^    日本語'; has '^    xxxxxxxxx*…  *0  *0$'
	keys s; has '^/esc\\x1b\[31mred  '
	keys / ; keys -l 'bad'; keys BSpace BSpace BSpace BSpace; keys -l ü; keys BSpace; keys -l müll; keys Enter
	names /müll
	stop
	terminal 80 14 env LC_ALL=C "$PWD/$O/bpfpin" top -i 0.3 -c tcp.connections "$work/top"
	has '^    m\\xc3\\xbcll'; has '^    xxxxxxxxx*~'
	keys 1; has 'connections/s v$'
	stop
}

t_top_screen_sizes() {
	tree app/deep/deeper/deepest
	top 80 12 -i 0.3 "$work/top"
	has 'deepest'
	for size in 40x8 20x4 5x3 1x1 200x50; do
		tm resize-window -x "${size%x*}" -y "${size#*x}"
		# it has seen it: of the smallest there is nothing to be seen
		[ "${size%x*}" -lt 20 ] || has '^bpfpin top'
	done
	has '^h help  q quit$'; has ' open_max *rtt p99 '
	tm resize-window -x 40 -y 6; has ' more columns'
	[ "$(wc -L <"$out")" -le 40 ] || bad "wider than 40: $(on_screen)"
	stop
}

t_top_screen_many() {
	local i
	rm -rf "$work/top"
	for ((i = 0; i < 100; i++)); do
		mkdir -p "$work/top/g$i"
		(cd "$work/top/g$i" && eval "mkdir c{0..99}")
		counts "g$i/c1" 0
	done
	counting 100 g7/c1 g55/c1
	top 80 24 -i 1 "$work/top"
	has ' 10101 cgroups '; names / g0 c0 c1 c10
	keys 1 s; names /g55/c1 /g7/c1
	keys 0 End; has '^/g99/c99$'
	stop
}

t_top_screen_prompts() {
	tree a
	top 80 10 -i 1 "$work/top"
	has 'every 1s$'
	keys d; has '^seconds: _$'
	keys -l 0.5; keys Enter; has 'every 0.5s$'
	keys d; keys -l xx; keys Enter; has '^that is not a number of seconds from 0.01 to 86400$'
	keys h; has '^Enter,<-,-> fold  .*  d delay$'
	keys h; has_not '^Enter'
	keys '?'; has '^Enter'
	keys d 3 Escape; has 'every 0.5s$'
	stop
}

t_top_screen_ends() {
	tree a
	top 80 10 "$work/top"; has '^  *a  '
	keys C-c; ended 1
	top 80 10 "$work/top"; has '^  *a  '
	kill "$(pgrep -P "$(tm display-message -p '#{pane_pid}')" bpfpin)"; ended 1
	# by itself
	top 80 10 -i 0.1 -n 3 "$work/top"; ended 0
	# and comes back
	terminal 80 10 bash --norc -i
	keys -l "PS1='ready>' && '$PWD/$O/bpfpin' top '$work/top'"; keys Enter; has '^  *a  '
	keys C-z; has Stopped; has '^ready>$'
	[ "$(tm display-message -p '#{alternate_on}')" = 0 ] || bad "the screen is still its own"
	keys -l fg; keys Enter; has '^  *a  '
	keys q; has '^ready>$'
	keys -l 'exit 5'; keys Enter; ended 5
}

t_top_screen_terminal_unknown() {
	local term
	tree a
	for term in nonsense dumb; do
		terminal 100 10 env TERM=$term "$PWD/$O/bpfpin" top "$work/top"
		has "^Error: this terminal (TERM=$term) is not known here, or too simple: use --batch\$"
		ended 1
	done
}

# ---- tables

t_top_batch() {
	tree app/web
	: | fake
	counts app/web 1000
	bpfpin top "$work/top" -b -n 1 -t -c tcp.connections,tcp.sent_bytes,mem.stall_usec,tcp.rtt_usec
	is_rc 0; no_err; is_out 'tcp.connections tcp.sent_bytes mem.stall_usec tcp.rtt_usec:p99 CGROUP
              0              0              0                - /
              -              -              -                - /app
             1k          1000K           10ms              1ms /app/web'
	counting 100 app/web
	bpfpin top "$work/top" -n 2 -i 1 -c bpf.tcp.connections; stop_counting
	is_rc 0; no_err
	[ "$(grep -c '^ *tcp.connections/s CGROUP$' "$out")" = 2 ] || bad "printed $(cat "$out")"
	[ "$(grep -c '^ *[0-9.]*k* /app/web$' "$out")" = 2 ] || bad "no rate: $(cat "$out")"
	[ "$(grep -c '^ *0 /$' "$out")" = 2 ] || bad "printed $(cat "$out")"
	# by default what fits, and what does not is said
	bpfpin top "$work/top" -n 1 -t; is_rc 0
	[ "$(head -n 1 "$out")" = 'mem.stall_usec tcp.connections mem.lost tcp.sent_bytes CGROUP' ] || bad "printed $(cat "$out")"
	[ "$(cat "$err")" = 'Warning: 3 more columns: -c names those to show' ] || bad "said $(cat "$err")"
	bpfpin top "$work/top" -n 1 -t -c none.x; is_rc 0
	[ "$(cat "$err")" = 'Warning: no cgroup has a view bpf.none' ] || bad "said $(cat "$err")"
}

t_top_json() {
	tree app
	: | fake
	counts app 1000
	bpfpin -j top "$work/top" -n 1 -t; is_rc 0; no_err
	is_json '[.cgroups[].path] == ["/", "/app"] and .cgroups[1].values == {
		"tcp.connections": 1000, "tcp.sent_bytes": 1024000, "tcp.open_max": 7, "tcp.rtt_usec": 1004.8,
		"tcp.lost": 0, "mem.stall_usec": 10000, "mem.lost": 0 } and .cgroups[0].values["tcp.rtt_usec"] == null
		and (.columns[] | select(.column == "tcp.rtt_usec")) == {column: "tcp.rtt_usec", unit: "usec", shown: "p99"}
		and .cut == false'
	counting 100 app
	bpfpin top -j "$work/top" -n 2 -i 1 -c tcp.connections,tcp.connections:value,tcp.open_max; stop_counting
	is_rc 0; no_err
	jq -es 'length == 2 and (.[0].columns | map(.shown)) == ["rate", "value", "value"] and
		all(.[]; .cgroups[1].values["tcp.connections"] > 0)' "$out" >/dev/null || bad "printed $(cat "$out")"
	# words, nested keys, what is missing, and what cannot be read
	printf 'state max\nsome avg10=0.25 total_usec=12\nbig 18446744073709551615\n' >"$work/top/bpf.a.b"
	truncate -s 1G "$work/top/app/bpf.a.b"
	bpfpin -j top "$work/top" -n 1 -t -c a.b.state,a.b.some.avg10,a.b.big,x.y; is_rc 0
	is_json '.cgroups[0].values == {"a.b.state": "max", "a.b.some.avg10": 0.25, "a.b.big": .cgroups[0].values["a.b.big"], "x.y": null}
		and .cgroups[1].errors == {"bpf.a.b": "File too large"}'
	grep -q '"a.b.big":18446744073709551615,' "$out" || bad "digits were lost: $(cat "$out")"
}

t_top_batch_anew() {
	# a view that is made anew counts from zero, and is no gauge for that
	tree app
	: | fake
	(
		trap exit TERM
		for ((i = 0; ; i++)); do
			printf 'stall_usec 3\n' >"$work/top/app/new$((i % 2))"
			mv "$work/top/app/new$((i % 2))" "$work/top/app/bpf.mem"
		done
	) &
	writer=$!
	bpfpin top -j "$work/top" -n 3 -i 0.2 -c mem.stall_usec; stop_counting
	is_rc 0
	jq -es 'all(.[]; .columns[0].shown == "rate")' "$out" >/dev/null || bad "printed $(cat "$out")"
}

t_top_wrong() {
	: | fake
	bpfpin top a b; is_error 'unexpected argument "b": see "bpfpin help top"'
	bpfpin top /none; is_error 'cannot look into /none: No such file or directory'
	bpfpin top -c x /; is_error '"x" is not a column: that is NAME.KEY: see "bpfpin help top"'
	for spec in '' , .x x. bpf.x a.b,; do
		bpfpin top -c "$spec" /
		[ "$rc" = 1 ] && grep -q 'is not a column: that is NAME.KEY' "$err" || bad "$spec: said $(cat "$err")"
	done
	bpfpin top -c; is_error 'the option "-c" needs the names of columns: see "bpfpin help"'
	bpfpin top -n; is_error 'the option "-n" needs a number: see "bpfpin help"'
	bpfpin top -n 0; is_error '"0" is not a number of times: see "bpfpin help top"'
	bpfpin top -i x; is_error '"x" is not a number of seconds from 0.01 to 86400: see "bpfpin help top"'
	bpfpin top -a; is_error 'there is no option "-a": see "bpfpin help"'
	bpfpin list -b; is_error 'there is no option "-b": see "bpfpin help"'
	bpfpin t; is_error '"t" may be tie, top: type more of it'
	mkdir -p "$work/nothing"
	bpfpin top "$work/nothing" -n 1 -t; is_error "there is no view with numbers below $work/nothing: \"bpfpin view install\" lists some to make"
	bpfpin -j top "$work/nothing" -n 1 -t; is_rc 0; is_json '.columns == [] and (.cgroups | length) == 1'
	# nobody reads it any more
	( timeout 60 "$O/bpfpin" top "$work/nothing" -j -t -i 0.1; echo $? >"$work/rc" ) 2>"$err" | true
	[[ $(cat "$work/rc") = @(1|141) ]] || bad "it does not end with its reader: $(cat "$work/rc")"
}
