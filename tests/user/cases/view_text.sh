# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The texts of views, and what is made of them; read by tests/user/run.  The command
# reads them as any file, so a folder does for a cgroup.

# view NAME: a view with the text of stdin, in the cgroup $work/cgroup.
view() { mkdir -p "$work/cgroup"; cat >"$work/cgroup/bpf.$1"; }
# Shows it as JSON; jq's filter holds.
shows() {
	bpfpin -j view show "$work/cgroup/bpf.$1"
	is_rc 0; no_err; shift
	is_json "$@"
}

t_view_show() {
	: | fake
	printf 'a 1\nb max\n' | view x
	bpfpin view show "$work/cgroup/bpf.x"; is_rc 0; no_err; is_out 'a 1
b max'
	bpfpin vi s "$work/cgroup/bpf.x"; is_rc 0
	shows x '. == {a: 1, b: "max"}'
	bpfpin -p view show "$work/cgroup/bpf.x"; is_rc 0; is_json '.a == 1'
	# to a program it goes as it is, NUL and all
	printf 'a \033[31m\n\0\377' | view x
	bpfpin view show "$work/cgroup/bpf.x"
	cmp -s "$out" "$work/cgroup/bpf.x" || bad "it was changed"
}

t_view_show_cgroup() {
	: | fake
	rm -rf "$work/cgroup"
	printf 'a 1\n' | view x
	printf 'b 2\n' | view y
	echo 'no 1' >"$work/cgroup/other"
	mkdir "$work/cgroup/bpf.folder"
	bpfpin view show "$work/cgroup"; is_rc 0; no_err; is_out '==> bpf.x <==
a 1

==> bpf.y <==
b 2'
	bpfpin -j view show "$work/cgroup"; is_rc 0; is_json '. == {"bpf.x": {a: 1}, "bpf.y": {b: 2}}'
	mkdir -p "$work/cgroup/empty"
	bpfpin view show "$work/cgroup/empty"; is_error "there is no view in $work/cgroup/empty"
	# a name that is no UTF-8, and one that a terminal would obey
	mkdir -p "$work/cgroup/bad"
	echo 'a 1' >"$work/cgroup/bad/bpf"$'\377\e'
	bpfpin -j view show "$work/cgroup/bad"; is_rc 0; is_json '.["bpf\\xff\\x1b"].a == 1'
	bpfpin view show "$work/cgroup/bad"; is_rc 0; is_out '==> bpf\xff\x1b <==
a 1'
}

t_view_show_numbers() {
	: | fake
	view x <<-'END'
	big 18446744073709551615
	negative -5
	part 0.25
	negpart -1.50
	octal 007
	exp 1e5
	plus +1
	dot 1.
	point .5
	minus -
	endless 100000000000000000000000000000000000000000
	END
	shows x '.negative == -5 and .part == 0.25 and .negpart == -1.5 and .octal == "007" and
		.exp == "1e5" and .plus == "+1" and .dot == "1." and .point == ".5" and
		.minus == "-" and (.endless | type) == "string"'
	grep -q '"big":18446744073709551615[,}]' "$out" || bad "digits were lost: $(cat "$out")"
}

t_view_show_nested() {
	: | fake
	view x <<-'END'
	some avg10=0.00 total_usec=12
	8:0 rbytes=1 wbytes=max
	one a=1
	END
	shows x '. == {some: {avg10: 0, total_usec: 12}, "8:0": {rbytes: 1, wbytes: "max"}, one: {a: 1}}'
}

t_view_show_histograms() {
	: | fake
	view x <<-'END'
	lat_usec 1=0 2=5 4=17 inf=1
	size_bytes 512=1 1000=2 inf=0
	plain -10=1 0=2 0.5=3 inf=18446744073709551615
	one inf=3
	END
	shows x '.lat_usec == {unit: "usec", histogram: [{below: 1, count: 0}, {below: 2, count: 5},
			{below: 4, count: 17}, {below: null, count: 1}]} and
		.size_bytes.unit == "bytes" and (.plain | has("unit") | not) and
		[.plain.histogram[].below] == [-10, 0, 0.5, null] and
		.one.histogram == [{below: null, count: 3}]'
	grep -q '"count":18446744073709551615}' "$out" || bad "digits were lost: $(cat "$out")"
	# nearly: not the last, not ascending, twice the same, no number, no whole one, too many
	view x <<-'END'
	a 1=0 inf=1 2=3
	b 2=0 1=1 inf=3
	c 1=0 1=1 inf=3
	d 1=0 x=1 inf=3
	e 1=0 2=1.5 inf=3
	f 1=0 2=-1 inf=3
	g 1=0 2=18446744073709551616 inf=3
	h 1=0 2=1
	END
	shows x '[.[] | has("histogram")] | any | not'
}

t_view_show_other_text() {
	: | fake
	printf '%s\n' 'a 1' 'three words here' '' 'a=1' ' b 1' 'c 1 ' 'd  1' $'e\t1' 'f x=1 y' \
		'g y x=1' 'h x=1 =2' 'a 2' 'text 3' $'gr\303\274n 1' 'z 26' | view x
	shows x '. == {a: 1, z: 26, text: $t}' --arg t 'three words here

a=1
 b 1
c 1 
d  1
e	1
f x=1 y
g y x=1
h x=1 =2
a 2
text 3
grün 1
'
	printf 'a 1' | view x; shows x '. == {a: 1}'
	printf 'just' | view x; shows x '. == {text: "just"}'
	: | view x; shows x '. == {}'
	bpfpin view show "$work/cgroup/bpf.x"; is_rc 0; is_out ''
}

t_view_show_hostile() {
	: | fake
	printf 'a 1\n\0b 2\nc \0\n\377\376 1\nd 4\n' | view x
	shows x '.a == 1 and .d == 4 and .text == "\ufffdb 2\nc \ufffd\n\ufffd\ufffd 1\n" and
		.text_bytes == "006220320a6320000afffe20310a"'
	# long lines of each kind
	{ head -c 1048576 /dev/zero | tr '\0' x; printf '\na 1\n'; } | view x
	shows x '.a == 1 and (.text | length) == 1048577'
	{ printf 'k '; head -c 1048576 /dev/zero | tr '\0' 9; } | view x
	shows x '(.k | length) == 1048576'
	head -c 1048576 /dev/zero | tr '\0' '=' | view x
	shows x '(.text | length) == 1048576'
	head -c 1048576 /dev/zero | tr '\0' '\n' | view x
	shows x '(.text | length) == 1048576'
	head -c 1048576 /dev/zero | tr '\0' ' ' | view x
	shows x '(.text | length) == 1048576'
	{ printf 'k'; for ((i = 0; i < 100000; i++)); do printf ' %d=1' $i; done; } | view x
	shows x '(.k | length) == 100000'
	# anything at all
	local i
	for ((i = 0; i < 20; i++)); do
		head -c 30000 /dev/urandom | if ((i % 2)); then cat; else tr -c '0-9=.\nainf' '  \n=1'; fi | view x
		shows x 'type == "object"'
	done
}

t_view_show_errors() {
	: | fake
	bpfpin view show "$work/none"; is_error "cannot read $work/none: No such file or directory"
	bpfpin -j view show "$work/none"; is_json_error "cannot read $work/none: No such file or directory"
	bpfpin view show; is_error 'the view, or the cgroup, is missing: see "bpfpin help view"'
	bpfpin view show a b; is_error 'unexpected argument "b": see "bpfpin help view"'
	bpfpin view show -i 3 x; is_error 'view show takes neither --interval nor --count: see "bpfpin help view"'
	bpfpin view bogus; is_error 'view has no command "bogus": see "bpfpin help view"'
	# what is no file is not waited for
	rm -rf "$work/cgroup"; printf 'a 1\n' | view x
	mkfifo "$work/cgroup/bpf.fifo"
	bpfpin view show "$work/cgroup/bpf.fifo"
	is_error "cannot read $work/cgroup/bpf.fifo: Invalid argument"
	# one that cannot be read does not keep the others away
	truncate -s 1G "$work/cgroup/bpf.huge"
	bpfpin view show "$work/cgroup"; is_rc 1
	[ "$(cat "$err")" = "Error: cannot read $work/cgroup/bpf.huge: File too large" ] || bad "said $(cat "$err")"
	grep -q '^a 1$' "$out" || bad "printed $(cat "$out")"
	bpfpin -j view show "$work/cgroup"; is_rc 1; no_err
	is_json '. == {"bpf.huge": {error: "File too large"}, "bpf.x": {a: 1}}'
}

runqlat() {
	view runqlat <<-'END'
	wait_usec 1=0 2=5 4=17 8=300 16=2010 32=900 64=120 128=40 256=0 512=9 1024=3 2048=1 4096=0 inf=0
	size_bytes 512=0 1024=40 2048=0 inf=8
	lost 0
	END
}

t_view_plot() {
	: | fake
	runqlat
	bpfpin view plot "$work/cgroup/bpf.runqlat"; is_rc 0; no_err; is_out 'wait_usec
    1us -   2us     5  ▏
    2us -   4us    17  ▌
    4us -   8us   300  ████████▌
    8us -  16us  2010  █████████████████████████████████████████████████████████
   16us -  32us   900  █████████████████████████▌
   32us -  64us   120  ███▍
   64us - 128us    40  █▏
  128us - 256us     0
  256us - 512us     9  ▎
  512us -   1ms     3  ▏
    1ms -   2ms     1  ▏
  total 3405  p50 ~13us  p90 ~29us  p99 ~94us

size_bytes
  512B -  1K  40  ██████████████████████████████████████████████████████████████
    1K -  2K   0
    2K - inf   8  ████████████▍
  total 48  p50 ~819B  p90 >2K  p99 >2K'
	[ "$(wc -L <"$out")" -le 80 ] ||
		bad "it is wider than 80 columns"
	bpfpin -j view plot "$work/cgroup/bpf.runqlat" size_bytes; is_rc 0
	is_json 'length == 1 and .[0].total == 48 and .[0].unit == "bytes" and .[0].p99 == 2048'
	# more than 64 bits in all
	echo 'a 1=18446744073709551615 inf=18446744073709551615' >"$work/cgroup/bpf.large"
	bpfpin -j view plot "$work/cgroup/bpf.large"; is_rc 0
	grep -q '"total":36893488147419103230,' "$out" || bad "printed $(cat "$out")"
}

t_view_plot_widths() {
	: | fake
	runqlat
	COLUMNS=40 LC_ALL=C bpfpin view plot "$work/cgroup/bpf.runqlat" wait_usec
	is_rc 0; is_out 'wait_usec
    1us -   2us     5  .
    2us -   4us    17  .
    4us -   8us   300  ##
    8us -  16us  2010  #################
   16us -  32us   900  #######
   32us -  64us   120  #
   64us - 128us    40  .
  128us - 256us     0
  256us - 512us     9  .
  512us -   1ms     3  .
    1ms -   2ms     1  .
  total 3405  p50 ~13us  p90 ~29us  p99 ~94us'
	for columns in 1 20 0 -5 x 99999999999; do
		COLUMNS=$columns bpfpin view plot "$work/cgroup/bpf.runqlat"; is_rc 0; no_err
	done
	# short forms that would be the same
	echo 'x_usec 1000=0 1001=2 1002=3 inf=0' | view x
	bpfpin view plot "$work/cgroup/bpf.x"
	grep -q '^  1000usec - 1001usec  2  ' "$out" || bad "printed $(cat "$out")"
	echo 'x 0=3 inf=0' | view x
	bpfpin view plot "$work/cgroup/bpf.x"
	grep -q '^  -inf - 0  3  ' "$out" || bad "printed $(cat "$out")"
	echo 'x 1=0 inf=0' | view x
	bpfpin view plot "$work/cgroup/bpf.x"; is_rc 0
	is_out 'x
  total 0  p50 -  p90 -  p99 -'
}

t_view_plot_again() {
	: | fake
	runqlat
	( sleep 0.5; sed 's/ 2=5 / 2=15 /; s/1024=40/1024=39/' "$work/cgroup/bpf.runqlat" >"$work/new"
		mv "$work/new" "$work/cgroup/bpf.runqlat" ) &
	bpfpin view plot "$work/cgroup/bpf.runqlat" -i 1 -c 2; wait
	is_rc 0; no_err
	grep -q '^  1us - 2us  10  ' "$out" || bad "no difference: $(cat "$out")"
	grep -q '^  total 10  p50' "$out" || bad "no difference: $(cat "$out")"
	# what shrank began anew
	[ "$(grep -c '^  total 4[78] ' "$out")" = 2 ] || bad "it is no new beginning: $(cat "$out")"
	for word in 0 x -1 inf '' ' 1' 1x 1e9; do
		bpfpin view plot "$work/cgroup/bpf.runqlat" -i "$word"
		is_error "\"$word\" is not a number of seconds from 0.01 to 86400: see \"bpfpin help view\""
	done
	bpfpin view plot x -i 1 -c 0; is_error '"0" is not a number of times: see "bpfpin help view"'
	bpfpin view plot x -c 2; is_error '--count is for --interval: see "bpfpin help view"'
}

t_view_plot_errors() {
	: | fake
	printf 'a 1\nb x=1\n' | view x
	bpfpin view plot "$work/cgroup/bpf.x"; is_error "there is no histogram in $work/cgroup/bpf.x"
	bpfpin view plot "$work/cgroup/bpf.x" b; is_error "there is no histogram \"b\" in $work/cgroup/bpf.x"
	bpfpin view plot "$work/none"; is_error "cannot read $work/none: No such file or directory"
	bpfpin view plot; is_error 'the view is missing: see "bpfpin help view"'
	bpfpin view plot a b c; is_error 'unexpected argument "c": see "bpfpin help view"'
}

t_view_plot_terminal() {
	local path
	: | fake
	runqlat
	terminal 60 30 "$PWD/$O/bpfpin" view plot "$work/cgroup/bpf.runqlat" wait_usec
	has '^wait_usec$'; has '^  total 3405  p50 ~13us  p90 ~29us  p99 ~94us$'
	grep -q '^    8us -  16us  2010  █*$' "$out" || bad "no bar: $(on_screen)"
	[ "$(wc -L <"$out")" = 60 ] || bad "not 60 columns wide: $(on_screen)"
	ended 0
	# again and again in the same place: then it is what has come
	terminal 60 30 "$PWD/$O/bpfpin" view plot "$work/cgroup/bpf.runqlat" wait_usec -i 0.2
	has '^  total 0  p50 -  p90 -  p99 -$'
	[ "$(grep -c wait_usec "$out")" = 1 ] && [ "$(head -n 1 "$out")" = wait_usec ] || bad "not in its place: $(on_screen)"
	keys C-c; ended 130
	# a screen that nothing can be shown on stays as it is
	for path in /none "$work/cgroup/bpf.x"; do
		echo 'a 1' | view x
		terminal 200 10 bash -c 'echo before; exec "$@"' bash "$PWD/$O/bpfpin" view plot "$path" -i 1
		has "^Error: .* $path"; has '^before$'; ended 1
	done
}
