// SPDX-License-Identifier: GPL-2.0-only
/* Programs that iterate over cgroups, for views: good ones and bad ones. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The part of the kernel's that is needed; libbpf finds the places. */
struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
} __attribute__((preserve_access_index));

struct kernfs_node {
	__u64 id;
} __attribute__((preserve_access_index));

struct cgroup {
	int level;
	struct kernfs_node *kn;
} __attribute__((preserve_access_index));

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup *cgroup;
} __attribute__((preserve_access_index));

/* All but the sessions, which differ from one opening to the next. */
SEC("iter/cgroup")
int plain(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "cgroup %llu level %d number %llu\n";
	static const char last[] = "last number %llu\n";
	struct cgroup *cgroup = ctx->cgroup;
	__u64 args[3];

	if (!cgroup) {
		args[0] = ctx->meta->seq_num;
		bpf_seq_printf(ctx->meta->seq, last, sizeof(last), args, 8);
		return 0;
	}
	args[0] = cgroup->kn->id;
	args[1] = cgroup->level;
	args[2] = ctx->meta->seq_num;
	bpf_seq_printf(ctx->meta->seq, text, sizeof(text), args, sizeof(args));
	return 0;
}

SEC("iter/cgroup")
int other(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "other\n";

	if (ctx->cgroup)
		bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1);
	return 0;
}

SEC("iter/cgroup")
int session(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "%llu\n";
	__u64 id = ctx->meta->session_id;

	if (ctx->cgroup)
		bpf_seq_printf(ctx->meta->seq, text, sizeof(text), &id, sizeof(id));
	return 0;
}

SEC("iter/cgroup")
int half(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "half a li";

	bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1);
	return 1;
}

/* Fails at the end, behind a whole line. */
SEC("iter/cgroup")
int late(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "a line\n";

	if (!ctx->cgroup)
		return 1;
	bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1);
	return 0;
}

/* Fails if it finds no room for a line. */
SEC("iter/cgroup")
int strict(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "this is one line of 32 bytes...\n";
	int i;

	if (!ctx->cgroup)
		return 0;
	for (i = 0; i < 100; i++)
		if (bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1))
			return 1;
	return 0;
}

SEC("iter/cgroup")
int silent(struct bpf_iter__cgroup *ctx)
{
	return 0;
}

SEC("iter/cgroup")
int binary(struct bpf_iter__cgroup *ctx)
{
	unsigned char byte;
	int i;

	if (!ctx->cgroup)
		return 0;
	for (i = 0; i < 256; i++) {
		byte = i;
		bpf_seq_write(ctx->meta->seq, &byte, 1);
	}
	return 0;
}

/* How often it was run with a cgroup, and what it shall write. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

#define RUNS	0
#define LINES	1

static __u64 *number(__u32 which)
{
	return bpf_map_lookup_elem(&numbers, &which);
}

struct writer {
	struct seq_file *seq;
	__u64 run;
};

/* Lines of 32 bytes, which tell where they are and of which run they are. */
static long write_line(__u32 index, struct writer *writer)
{
	static const char text[] = "run %11llu line %10llu\n";
	__u64 args[2] = { writer->run, index };

	return bpf_seq_printf(writer->seq, text, sizeof(text), args, sizeof(args)) ? 1 : 0;
}

SEC("iter/cgroup")
int lines(struct bpf_iter__cgroup *ctx)
{
	struct writer writer = { .seq = ctx->meta->seq };
	__u64 *runs = number(RUNS), *count = number(LINES);

	if (!ctx->cgroup || !runs || !count)
		return 0;
	writer.run = __sync_fetch_and_add(runs, 1);
	bpf_loop(*count, write_line, &writer, 0);
	return 0;
}

static long spin(__u32 index, void *arg)
{
	return 0;
}

/* To the limit of a loop. */
SEC("iter/cgroup")
int slow(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "slow\n";

	if (!ctx->cgroup)
		return 0;
	bpf_loop(1 << 20, spin, 0, 0);
	bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1);
	return 0;
}

extern void cgroup_rstat_flush(struct cgroup *cgroup) __ksym;

/* May sleep, and takes the kernel's locks of statistics. */
SEC("iter.s/cgroup")
int flush(struct bpf_iter__cgroup *ctx)
{
	static const char text[] = "flushed\n";
	struct cgroup *cgroup = ctx->cgroup;

	if (!cgroup)
		return 0;
	cgroup_rstat_flush(cgroup);
	bpf_seq_write(ctx->meta->seq, text, sizeof(text) - 1);
	return 0;
}

/* Of another kind: no view. */
SEC("iter/bpf_map")
int maps(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
