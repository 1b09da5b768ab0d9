# SPDX-License-Identifier: GPL-2.0-only
#
# The modules of the benchmark, for the kernel in KDIR, below our module's folder.

bench_modules_dir = $(module_dir)/bench

bench-modules: module
	@mkdir -p $(bench_modules_dir)
	@cp -Rpu bench/modules/. $(bench_modules_dir)/
	$(MAKE) -C $(KDIR) O= M=$(bench_modules_dir) modules
