// SPDX-License-Identifier: GPL-2.0-only
/* An iterator over maps that prints many lines for each, of various lengths. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The part of the kernel's that is needed; libbpf finds the places. */
struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map {
	struct bpf_iter_meta *meta;
} __attribute__((preserve_access_index));

static const char line[] = "line %d of 1000 ....\n";

SEC("iter/bpf_map")
int many(struct bpf_iter__bpf_map *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	__u64 arg;
	int i;

	/* What is printed for one map has to fit into the kernel's buffer. */
	if (ctx->meta->seq_num >= 3)
		return 0;
	for (i = 0; i < 1000; i++) {
		arg = i;
		if (bpf_seq_printf(seq, line, sizeof(line), &arg, sizeof(arg)))
			return 0;
	}
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
