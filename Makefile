# SPDX-License-Identifier: GPL-2.0-only
#
# make                   bpfpin.ko, libbpfpin and bpfpin, all below build/
# make KDIR=DIR          the module for the kernel whose headers are in DIR
# make install           library, header, command, man page, below PREFIX
# make sign KEY= CERT=   signs the module for Secure Boot; before installing it
# make modules_install   the module, for the kernel it was built for
# make uninstall         removes what the two installs put there
# make check             the tests, as ./check
# make bench             what things cost, in virtual machines
# make clean

# The kernel to build for: its release, or straight the folder of its headers.
KREL	?= $(shell uname -r)
KDIR	?= /lib/modules/$(KREL)/build
# Where everything that is built goes.
O	?= build
# By one name, whoever asks: make takes another for other files, and knows of none
# what they depend on.
override O := $(patsubst $(CURDIR)/%,%,$(abspath $(O)))

PREFIX	?= /usr/local
DESTDIR	?=
LIBDIR	?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
BINDIR	?= $(PREFIX)/sbin
MANDIR	?= $(PREFIX)/share/man

CC	?= gcc
AR	?= ar
INSTALL	?= install
PKG_CONFIG ?= pkg-config
CFLAGS	?= -O2 -g
WARNINGS := -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow -Wstrict-prototypes

.DEFAULT_GOAL := all
.PHONY: all bench check bench-modules test-modules module lib cmd install install-lib install-cmd modules_install \
	modules_uninstall sign uninstall uninstall-lib uninstall-cmd clean

all: module lib cmd

include kernel/build.mk
include lib/build.mk
include views/build.mk
include cmd/build.mk
include tests/modules/build.mk
include bench/modules/build.mk

install: install-lib install-cmd
uninstall: uninstall-cmd uninstall-lib

check:
	./check

bench:
	bench/run

clean:
	rm -rf $(O)
