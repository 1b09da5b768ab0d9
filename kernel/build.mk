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

# depmod for the kernel $$release, or modprobe knows nothing of a module that came
# or went.  A folder without modules.order is not of a kernel that is installed.
module_root = $(if $(DESTDIR),$(abspath $(DESTDIR)))
depmod = test ! -e "$(module_root)/lib/modules/$$release/modules.order" || { \
	echo "  DEPMOD  $(module_root)/lib/modules/$$release" && PATH="$$PATH:/usr/sbin:/sbin" \
	depmod $(if $(DESTDIR),-b "$(module_root)") "$$release"; }

# Without signing by the kernel's build, which has no key: see sign.  And without
# its depmod, which wants a System.map beside the headers: packaged headers have
# none, and then it says that it does nothing.
modules_install: module
	$(MAKE) -C $(KDIR) O= M=$(module_dir) CONFIG_MODULE_SIG_ALL= \
		cmd_depmod= quiet_cmd_depmod= \
		$(if $(DESTDIR),INSTALL_MOD_PATH=$(module_root)) \
		INSTALL_MOD_DIR=updates modules_install
	@release=$(module_release); $(depmod)

# For Secure Boot: with a key that the firmware trusts, before modules_install.
sign: module
	@test -n "$(KEY)" -a -n "$(CERT)" || { echo "bpfpin: say which key:" \
		"make sign KEY=FILE CERT=FILE" >&2; exit 1; }
	$(KDIR)/scripts/sign-file sha256 $(KEY) $(CERT) $(module_dir)/bpfpin.ko

# Of every kernel: there may have been others since it was installed.
modules_uninstall:
	@for updates in $(module_root)/lib/modules/*/updates; do \
		for module in "$$updates"/bpfpin.ko*; do test ! -e "$$module" || break; done; \
		test -e "$$module" || continue; \
		echo "  RM      $$updates/bpfpin.ko*"; \
		rm -f "$$updates"/bpfpin.ko* || exit; \
		rmdir "$$updates" 2>/dev/null || :; \
		release=$${updates%/updates}; release=$${release##*/}; \
		$(depmod) || exit; \
	done

uninstall: modules_uninstall
