# SPDX-License-Identifier: GPL-2.0-only
#
# make fuzz              $(O)/fuzz/bin/NAME of each tests/fuzz/NAME.c
#
# Library and command are built anew, with what libFuzzer and the sanitizers need.
# What they would ask of the kernel, the C library or libbpf goes to a fake one: the
# calls are renamed in their objects alone, so that libFuzzer keeps the true ones.

FUZZ_O		:= $(O)/fuzz
FUZZ_TARGETS	:= $(patsubst tests/fuzz/%.c,$(FUZZ_O)/bin/%,$(wildcard tests/fuzz/*.c))
FUZZ_COMMON	:= $(patsubst %.c,$(FUZZ_O)/%.o,$(wildcard tests/fuzz/common/*.c))
FUZZ_CODE	:= $(patsubst %.c,$(FUZZ_O)/%.o,$(wildcard lib/*.c cmd/*.c))
FUZZ_CC		= $(CLANG) -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all \
			-fsanitize=address,undefined,float-cast-overflow
OBJCOPY		?= objcopy

.SECONDARY: $(FUZZ_COMMON) $(FUZZ_CODE) $(FUZZ_TARGETS:$(FUZZ_O)/bin/%=$(FUZZ_O)/tests/fuzz/%.o)

fuzz: $(FUZZ_TARGETS)

define FUZZ_COMPILE
	@mkdir -p $(@D)
	$(FUZZ_CC) -fsanitize=fuzzer-no-link -Itests/fuzz/common -Icmd $(CMD_CPPFLAGS) \
		$$($(PKG_CONFIG) --cflags $(CMD_NEEDS)) $(WARNINGS) -Wno-missing-prototypes \
		-std=gnu11 -MMD -MP -c -o $@ $<
endef

$(FUZZ_O)/tests/%.o: tests/%.c
	$(FUZZ_COMPILE)

$(FUZZ_CODE): $(FUZZ_O)/%.o: %.c tests/fuzz/common/renamed
	$(FUZZ_COMPILE)
	$(OBJCOPY) --redefine-syms=tests/fuzz/common/renamed $@

$(FUZZ_O)/code.a: $(FUZZ_CODE) $(FUZZ_COMMON)
	rm -f $@
	$(AR) rcs $@ $^

$(FUZZ_O)/bin/%: $(FUZZ_O)/tests/fuzz/%.o $(FUZZ_O)/code.a
	@mkdir -p $(@D)
	$(FUZZ_CC) -fsanitize=fuzzer -o $@ $^ $$($(PKG_CONFIG) --libs $(CMD_NEEDS)) -lm

-include $(FUZZ_CODE:.o=.d) $(FUZZ_COMMON:.o=.d) \
	$(FUZZ_TARGETS:$(FUZZ_O)/bin/%=$(FUZZ_O)/tests/fuzz/%.d)
