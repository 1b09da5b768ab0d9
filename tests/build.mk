# SPDX-License-Identifier: GPL-2.0-only
#
# make -f tests/build.mk     what tests run in a guest, besides modules
#
# Every tests/tools/NAME.c becomes a program, every tests/bpf/NAME.bpf.c a BPF
# object.  Programs are static: tests start many, and guests are slow.

O	?= build
CC	?= gcc
CLANG	?= clang
PKG_CONFIG ?= pkg-config
CFLAGS	?= -O2 -g

tests_warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow -Wstrict-prototypes
tests_tools := $(patsubst tests/tools/%.c,$(O)/tests/bin/%,$(wildcard tests/tools/*.c))
tests_bpf := $(patsubst tests/bpf/%.bpf.c,$(O)/tests/bpf/%.bpf.o,$(wildcard tests/bpf/*.bpf.c))
tests_multiarch := $(shell $(CC) -print-multiarch)

.PHONY: tests
tests: $(tests_tools) $(tests_bpf)

$(O)/tests/bin/%: tests/tools/%.c tests/tools/object.h tests/tools/tool.h include/uapi/linux/bpfpin.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(tests_warnings) -pthread -Iinclude/uapi -static -o $@ $< -lbpf -lelf -lz

$(O)/tests/bpf/%.bpf.o: tests/bpf/%.bpf.c
	@mkdir -p $(@D)
	$(CLANG) -target bpf -g -O2 -Wall -Werror -I/usr/include/$(tests_multiarch) -c -o $@ $<
