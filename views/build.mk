# SPDX-License-Identifier: GPL-2.0-only
#
# The views that the command brings along: views/NAME.bpf.c becomes the object
# $(VIEWS_O)/NAME.bpf.o, and that the header NAME.skel.h, which has it as bytes.
# They take their layouts from the kernel that loads them, and nothing from the
# machine that builds them.

CLANG	?= clang
LLVM_STRIP ?= llvm-strip
BPFTOOL	?= $(firstword $(wildcard /usr/sbin/bpftool) bpftool)

VIEWS_O		:= $(O)/views
VIEWS_NAMES	:= $(patsubst views/%.bpf.c,%,$(wildcard views/*.bpf.c))
VIEWS_SKELETONS	:= $(VIEWS_NAMES:%=$(VIEWS_O)/%.skel.h)
# Where <asm/types.h> is.
VIEWS_MULTIARCH	:= $(shell $(CC) -print-multiarch)

.SECONDARY: $(VIEWS_NAMES:%=$(VIEWS_O)/%.bpf.o)

# Of debug information only BTF is wanted.
$(VIEWS_O)/%.bpf.o: views/%.bpf.c
	@mkdir -p $(@D)
	@for tool in $(CLANG) $(LLVM_STRIP) $(BPFTOOL); do \
		command -v "$$tool" >/dev/null || { echo "the views that the command brings along" \
		"need $$tool: on Debian, clang llvm bpftool" >&2; exit 1; }; done
	$(CLANG) -target bpf -mcpu=v3 -g -O2 -Wall -Werror -I/usr/include/$(VIEWS_MULTIARCH) \
		-MMD -MP -MT $@ -MF $(@:.o=.d) -c -o $@.tmp $<
	$(LLVM_STRIP) -g $@.tmp
	mv $@.tmp $@

$(VIEWS_O)/%.skel.h: $(VIEWS_O)/%.bpf.o
	$(BPFTOOL) gen skeleton $< name $*_bpf >$@.tmp
	mv $@.tmp $@

-include $(VIEWS_NAMES:%=$(VIEWS_O)/%.bpf.d)
