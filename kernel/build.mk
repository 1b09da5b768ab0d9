# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel's build system builds where the sources are, so they are copied to
# a folder for each kernel: one tree serves any number of them.

# The headers know their kernel better than we do.
module_release = $(or $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' \
	$(KDIR)/include/generated/utsrelease.h 2>/dev/null),$(KREL))
module_dir = $(abspath $(O))/module/$(module_release)

module_sources := $(shell find kernel include -type f) VERSION

module:
	@test -e $(KDIR)/Makefile || { echo "bpfpin: no kernel headers in $(KDIR);" \
		"install them (on Debian: linux-headers-amd64) or say where: make KDIR=..." >&2; exit 1; }
	@$(MAKE) --no-print-directory -f kernel/build-one.mk \
		KDIR=$(KDIR) module_dir=$(module_dir) module_sources="$(module_sources)"
	@ln -sf module/$(module_release)/bpfpin.ko $(O)/bpfpin.ko

# Without signing by the kernel's build, which has no key: see sign.
modules_install: module
	$(MAKE) -C $(KDIR) O= M=$(module_dir) CONFIG_MODULE_SIG_ALL= \
		$(if $(DESTDIR),INSTALL_MOD_PATH=$(abspath $(DESTDIR))) \
		INSTALL_MOD_DIR=updates modules_install

# For Secure Boot: with a key that the firmware trusts, before modules_install.
sign: module
	@test -n "$(KEY)" -a -n "$(CERT)" || { echo "bpfpin: say which key:" \
		"make sign KEY=FILE CERT=FILE" >&2; exit 1; }
	$(KDIR)/scripts/sign-file sha256 $(KEY) $(CERT) $(module_dir)/bpfpin.ko

# Of every kernel: there may have been others since it was installed.
modules_uninstall:
	rm -f $(DESTDIR)/lib/modules/*/updates/bpfpin.ko*
	$(if $(DESTDIR),,-depmod)

uninstall: modules_uninstall
