// SPDX-License-Identifier: GPL-2.0-only
/* What the sessions load: a program of each kind, all as small as can be. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

static void add_one(void)
{
	__u32 zero = 0;
	__u64 *number = bpf_map_lookup_elem(&counts, &zero);

	if (number)
		__sync_fetch_and_add(number, 1);
}

SEC("tc")
int classify(struct __sk_buff *skb)
{
	add_one();
	return TC_ACT_OK;
}

SEC("lwt_out")
int lwt(struct __sk_buff *skb)
{
	return BPF_OK;
}

SEC("xdp")
int pass(struct xdp_md *ctx)
{
	add_one();
	return XDP_PASS;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	add_one();
	return 1;
}

SEC("cgroup/connect4")
int connect(struct bpf_sock_addr *ctx)
{
	return 1;
}

SEC("raw_tracepoint/sched_process_exec")
int count(void *ctx)
{
	add_one();
	return 0;
}

char _license[] SEC("license") = "GPL";
