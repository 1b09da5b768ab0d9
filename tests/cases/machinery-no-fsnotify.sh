# SPDX-License-Identifier: GPL-2.0-only
# what: for a kernel without CONFIG_FSNOTIFY bpf_watch_inode() is a function that says EPERM

expect_ok insmod /tests/modules/no_fsnotify.ko
expect_ok rmmod no_fsnotify

step "it does not need bpfpin"
unload_module
expect_ok insmod /tests/modules/no_fsnotify.ko
expect_ok rmmod no_fsnotify
load_module
