# SPDX-License-Identifier: GPL-2.0-only
#
# Builds the module for the kernel in KDIR in the folder module_dir.

ko := $(module_dir)/bpfpin.ko
probed := $(module_dir)/compat/probed.h

$(ko): $(module_sources) $(probed)
	$(copy)
	$(MAKE) -C $(KDIR) O= M=$(module_dir) modules
	@touch $@

$(probed): $(wildcard kernel/compat/probes/*.c) kernel/compat/probe $(KDIR)/Module.symvers
	@mkdir -p $(module_dir)
	$(copy)
	@echo "  PROBE   $(KDIR)"
	@kernel/compat/probe $(KDIR) $(module_dir)/compat/probes >$@.new
	@mv $@.new $@

define copy
	@cp -Rpu kernel/. include VERSION $(module_dir)/
endef
