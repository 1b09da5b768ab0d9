# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of loading and unloading fails once: it is loaded or not, and what works is told
# kernels: *-debug
# timeout: 600
# kernel-leaks: sysfs_slab_add
. /tests/faults.sh

# A cache whose kobject cannot be added leaves the kobject's name: nobody puts it.
unload_module
expect_ok bpffault --set-up do_one_initcall
fault insmod "$module" "$T/bpf-x"
expect_ok bpffault --set-up
fault --none rmmod "$module" "$T/bpf-x"
load_module
