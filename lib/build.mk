# SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#
# The library: $(O)/lib/libbpfpin.so.*, .a and .pc.

LIB_O		:= $(O)/lib
# The header is the only place where the version stands.
LIB_VERSION	:= $(shell awk '/define LIBBPFPIN_(MAJOR|MINOR|PATCH)_VERSION/ { \
			printf "%s%s", sep, $$3; sep = "." }' lib/libbpfpin.h)
LIB_SONAME	:= libbpfpin.so.$(firstword $(subst ., ,$(LIB_VERSION)))
LIB_SO		:= libbpfpin.so.$(LIB_VERSION)
LIB_OBJS	:= $(patsubst lib/%.c,$(LIB_O)/%.o,$(wildcard lib/*.c))
# First ours, as installed and as in the tree, then whatever the user adds.
LIB_CPPFLAGS	:= -Iinclude/uapi -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
LIB_HEADERS_DIR	:= $(INCLUDEDIR)/bpfpin

lib: $(LIB_O)/libbpfpin.a $(LIB_O)/$(LIB_SO) $(LIB_O)/abi.checked

$(LIB_O)/%.o: lib/%.c
	@mkdir -p $(@D)
	$(CC) $(LIB_CPPFLAGS) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) -std=gnu11 -fPIC \
		-fvisibility=hidden -MMD -MP -c -o $@ $<

$(LIB_O)/libbpfpin.a: $(LIB_OBJS)
	rm -f $@
	$(AR) rcs $@ $^

$(LIB_O)/$(LIB_SO): $(LIB_OBJS) lib/libbpfpin.map
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(LIB_SONAME) \
		-Wl,--version-script=lib/libbpfpin.map -Wl,-z,relro,-z,now \
		-o $@ $(LIB_OBJS)
	ln -sf $(LIB_SO) $(LIB_O)/$(LIB_SONAME)
	ln -sf $(LIB_SONAME) $(LIB_O)/libbpfpin.so

# What the library exports is a promise: a change to it is a change to the
# list, made by hand, or the build fails.
$(LIB_O)/abi.checked: $(LIB_O)/$(LIB_SO) lib/libbpfpin.abi
	@nm -D --defined-only --with-symbol-versions $< | \
		awk '$$2 ~ /^[TDBRVW]$$/ { print $$3 }' | LC_ALL=C sort >$(LIB_O)/abi.found
	@grep -v '^#' lib/libbpfpin.abi | diff -u --label lib/libbpfpin.abi \
		--label "exported by $(LIB_SO)" - $(LIB_O)/abi.found || \
		{ echo "the symbols of $(LIB_SO) are not those of lib/libbpfpin.abi" >&2; exit 1; }
	@touch $@

install-lib: lib
	$(INSTALL) -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(LIB_HEADERS_DIR) \
		$(DESTDIR)$(INCLUDEDIR)/linux
	$(INSTALL) -m 755 $(LIB_O)/$(LIB_SO) $(DESTDIR)$(LIBDIR)/$(LIB_SO)
	ln -sf $(LIB_SO) $(DESTDIR)$(LIBDIR)/$(LIB_SONAME)
	ln -sf $(LIB_SONAME) $(DESTDIR)$(LIBDIR)/libbpfpin.so
	$(INSTALL) -m 644 $(LIB_O)/libbpfpin.a $(DESTDIR)$(LIBDIR)/libbpfpin.a
	$(INSTALL) -m 644 lib/libbpfpin.h $(DESTDIR)$(LIB_HEADERS_DIR)/libbpfpin.h
	$(INSTALL) -m 644 include/uapi/linux/bpfpin.h $(DESTDIR)$(INCLUDEDIR)/linux/bpfpin.h
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
		-e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(LIB_VERSION)|' \
		lib/libbpfpin.pc.in >$(LIB_O)/libbpfpin.pc
	$(INSTALL) -m 644 $(LIB_O)/libbpfpin.pc $(DESTDIR)$(LIBDIR)/pkgconfig/libbpfpin.pc

uninstall-lib:
	rm -f $(DESTDIR)$(LIBDIR)/$(LIB_SO) $(DESTDIR)$(LIBDIR)/$(LIB_SONAME) \
		$(DESTDIR)$(LIBDIR)/libbpfpin.so $(DESTDIR)$(LIBDIR)/libbpfpin.a \
		$(DESTDIR)$(LIB_HEADERS_DIR)/libbpfpin.h \
		$(DESTDIR)$(INCLUDEDIR)/linux/bpfpin.h \
		$(DESTDIR)$(LIBDIR)/pkgconfig/libbpfpin.pc
	[ ! -d $(DESTDIR)$(LIB_HEADERS_DIR) ] || \
		rmdir --ignore-fail-on-non-empty $(DESTDIR)$(LIB_HEADERS_DIR)

-include $(LIB_OBJS:.o=.d)
