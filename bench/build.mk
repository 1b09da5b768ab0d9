# SPDX-License-Identifier: GPL-2.0-only
#
# make -f bench/build.mk     what the benchmark runs in a guest

O	?= build
CC	?= gcc
CFLAGS	?= -O2 -g
bench_warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow -Wstrict-prototypes

.PHONY: bench
bench: $(O)/bench/measure

$(O)/bench/measure: bench/measure.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(bench_warnings) -o $@ $<
