# SPDX-License-Identifier: GPL-2.0-only
#
# make -f examples/build.mk     the agents and the BPF programs of ./demo

O	?= build
CLANG	?= clang
CFLAGS	?= -O2 -g

examples_bpf := $(patsubst examples/%.bpf.c,$(O)/examples/%.bpf.o,$(wildcard examples/*.bpf.c))
examples_multiarch := $(shell $(CC) -print-multiarch)

.PHONY: examples
examples: $(O)/examples/agent $(O)/examples/podagent $(examples_bpf)

$(O)/examples/%: examples/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Wall -Wextra -Werror -o $@ $< -lbpf

$(O)/examples/%.bpf.o: examples/%.bpf.c
	@mkdir -p $(@D)
	$(CLANG) -target bpf -g -O2 -Wall -Werror -I/usr/include/$(examples_multiarch) -c -o $@ $<
