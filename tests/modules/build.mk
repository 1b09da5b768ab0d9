# SPDX-License-Identifier: GPL-2.0-only
#
# The modules of the tests, for the kernel in KDIR, below its module's folder.

test_modules_dir = $(module_dir)/tests

test-modules: module
	@mkdir -p $(test_modules_dir)
	@cp -Rpu tests/modules/. include $(test_modules_dir)/
	$(MAKE) -C $(KDIR) O= M=$(test_modules_dir) \
		KBUILD_EXTRA_SYMBOLS=$(module_dir)/Module.symvers modules
