# SPDX-License-Identifier: GPL-2.0-only
#
# The command: $(O)/bpfpin, its manual page and completion.
#
# libbpfpin is linked in, so the command runs from the build tree as it does
# once installed, and never meets another version of the library.

CMD_O		:= $(O)/cmd
CMD_OBJS	:= $(patsubst cmd/%.c,$(CMD_O)/%.o,$(wildcard cmd/*.c)) $(CMD_O)/views.o
CMD_NEEDS	:= libbpf json-c smartcols
COMPLETIONDIR	?= $(PREFIX)/share/bash-completion/completions

cmd: $(O)/bpfpin

define CMD_COMPILE
	@mkdir -p $(@D)
	@$(PKG_CONFIG) --exists $(CMD_NEEDS) || { echo "the command needs the headers of" \
		"$(CMD_NEEDS): on Debian, libbpf-dev libjson-c-dev libsmartcols-dev" >&2; exit 1; }
	$(CC) -Iinclude/uapi -Ilib -Iviews -isystem $(VIEWS_O) -D_GNU_SOURCE \
		-D_FILE_OFFSET_BITS=64 \
		$$($(PKG_CONFIG) --cflags $(CMD_NEEDS)) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) \
		-std=gnu11 -MMD -MP -c -o $@ $<
endef

$(CMD_O)/%.o: cmd/%.c
	$(CMD_COMPILE)

# What bpftool writes is no code of ours: the headers are the system's, which gcc
# does not warn of.
$(CMD_O)/views.o: views/views.c $(VIEWS_SKELETONS)
	$(CMD_COMPILE)

$(O)/bpfpin: $(CMD_OBJS) $(LIB_O)/libbpfpin.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(CMD_NEEDS)) -lm

install-cmd: cmd
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man8 $(DESTDIR)$(COMPLETIONDIR)
	$(INSTALL) -m 755 $(O)/bpfpin $(DESTDIR)$(BINDIR)/bpfpin
	$(INSTALL) -m 644 cmd/bpfpin.8 $(DESTDIR)$(MANDIR)/man8/bpfpin.8
	$(INSTALL) -m 644 cmd/bpfpin.bash-completion $(DESTDIR)$(COMPLETIONDIR)/bpfpin

uninstall-cmd:
	rm -f $(DESTDIR)$(BINDIR)/bpfpin $(DESTDIR)$(MANDIR)/man8/bpfpin.8 \
		$(DESTDIR)$(COMPLETIONDIR)/bpfpin

-include $(CMD_OBJS:.o=.d)
