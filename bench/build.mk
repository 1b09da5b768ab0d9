# SPDX-License-Identifier: GPL-2.0-only
#
# make -f bench/build.mk     what the benchmark runs in a guest

O	?= build
CC	?= gcc
CLANG	?= clang
CFLAGS	?= -O2 -g
bench_warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow -Wstrict-prototypes
bench_programs := $(patsubst bench/%.c,$(O)/bench/%,$(wildcard bench/*.c))
bench_bpf := $(patsubst bench/bpf/%.bpf.c,$(O)/bench/%.bpf.o,$(wildcard bench/bpf/*.bpf.c))
bench_multiarch := $(shell $(CC) -print-multiarch)

.PHONY: bench
bench: $(bench_programs) $(bench_bpf)

$(O)/bench/%: bench/%.c bench/bench.h include/uapi/linux/bpfpin.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(bench_warnings) -Iinclude/uapi -pthread -o $@ $<

$(O)/bench/%.bpf.o: bench/bpf/%.bpf.c
	@mkdir -p $(@D)
	$(CLANG) -target bpf -g -O2 -Wall -Werror -I/usr/include/$(bench_multiarch) -c -o $@ $<
