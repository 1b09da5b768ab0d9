# SPDX-License-Identifier: GPL-2.0-only
#
# The modules of the tests, for the kernel in KDIR, below its module's folder.

test_modules_dir = $(module_dir)/tests

test-modules: module
	@mkdir -p $(test_modules_dir)
	@cp -Rpu tests/modules/. include $(test_modules_dir)/
	$(MAKE) -C $(KDIR) O= M=$(test_modules_dir) \
		KBUILD_EXTRA_SYMBOLS=$(module_dir)/Module.symvers modules
	@# The module for a kernel that has one symbol less.
	@LC_ALL=C sed 's/bpf_map_iops/bpf_map_ioqs/g' $(module_dir)/bpfpin.ko \
		>$(test_modules_dir)/missing_symbol.ko
	@strip -g $(test_modules_dir)/missing_symbol.ko
