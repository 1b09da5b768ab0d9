// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an agent would show of each cgroup: two numbers that something else counts,
 * by the cgroup's id.  The same program is a view and an iterator of the kernel.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The part of the kernel's that is needed; libbpf finds the places. */
struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct kernfs_node {
	__u64 id;
} __attribute__((preserve_access_index));

struct cgroup {
	struct kernfs_node *kn;
} __attribute__((preserve_access_index));

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup *cgroup;
} __attribute__((preserve_access_index));

struct latency {
	__u64 count;
	__u64 nanoseconds;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, struct latency);
} latencies SEC(".maps");

SEC("iter/cgroup")
int latency(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "count %llu\nmean_ns %llu\n";
	struct cgroup *cgroup = ctx->cgroup;
	struct latency *latency;
	__u64 id, args[2];

	if (!cgroup)
		return 0;
	id = cgroup->kn->id;
	latency = bpf_map_lookup_elem(&latencies, &id);
	if (!latency || !latency->count)
		return 0;
	args[0] = latency->count;
	args[1] = latency->nanoseconds / latency->count;
	bpf_seq_printf(ctx->meta->seq, text, sizeof(text), args, sizeof(args));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
