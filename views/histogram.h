/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __VIEWS_HISTOGRAM_H
#define __VIEWS_HISTOGRAM_H

#include <linux/types.h>

/* Of microseconds: below 1, 2, 4, ... 2^20, and all else. */
#define BUCKETS		22

struct histogram {
	__u64 buckets[BUCKETS];
};

/* The number of the highest bit that is set, from 1; without a loop. */
static inline __attribute__((always_inline)) __u32 histogram_bucket(__u64 usec)
{
	__u32 value = usec, bit = 0, step;

	if (usec >= 1 << (BUCKETS - 2))
		return BUCKETS - 1;
#pragma unroll
	for (step = 16; step; step /= 2) {
		if (value >> step) {
			value >>= step;
			bit += step;
		}
	}
	return bit + value;
}

#endif /* __VIEWS_HISTOGRAM_H */
