// SPDX-License-Identifier: GPL-2.0-only
/* A link that needs nothing but itself: what bpftool pins by its command `iter'. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct bpf_iter__bpf_map {
	union {
		void *meta;
		__u64 : 64;
	};
	union {
		void *map;
		__u64 : 64;
	};
};

SEC("iter/bpf_map")
int every_map(struct bpf_iter__bpf_map *ctx)
{
	return 0;
}

char _license[] SEC("license") = "GPL";
