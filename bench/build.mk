# SPDX-License-Identifier: GPL-2.0-only
#
# make -f bench/build.mk     what the benchmark runs in a guest

O	?= build
CC	?= gcc
CFLAGS	?= -O2 -g
bench_warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow -Wstrict-prototypes
bench_programs := $(patsubst bench/%.c,$(O)/bench/%,$(wildcard bench/*.c))

.PHONY: bench
bench: $(bench_programs)

$(O)/bench/%: bench/%.c bench/bench.h include/uapi/linux/bpfpin.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(bench_warnings) -Iinclude/uapi -pthread -o $@ $<
