/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_HASHTABLE_H
#define _BPF_CORE_HASHTABLE_H

#include <linux/compiler.h>
#include <linux/rhashtable.h>

/**
 * hashtable_change() - insert into an rhashtable, or remove from it
 * @call: of rhashtable.h; returns an int
 *
 * The head of a bucket is a pointer, with the bucket's lock in its lowest bit.  Who
 * holds the lock reads the head plainly while another processor tries the bit: the
 * value read is the same but for that bit, which rhashtable.h masks.  This tells
 * KCSAN that it is meant.
 *
 * Return: what @call returns.
 */
#define hashtable_change(call) data_race(call)

#endif
