// SPDX-License-Identifier: GPL-2.0-only
/* What an agent loads for each pod: two programs and five maps. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} pod_flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} pod_policy SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} pod_config SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} pod_bytes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} pod_events SEC(".maps");

static void count(__u32 way, __u64 bytes)
{
	__u64 *sum = bpf_map_lookup_elem(&pod_bytes, &way);

	if (sum)
		__sync_fetch_and_add(sum, bytes);
}

/* 0 if the pod may talk to nobody, 1 if it may. */
static int allowed(__u32 peer)
{
	__u32 zero = 0, *config = bpf_map_lookup_elem(&pod_config, &zero);
	__u64 one = 1;

	if (bpf_map_lookup_elem(&pod_policy, &peer))
		return 0;
	bpf_map_update_elem(&pod_flows, &peer, &one, BPF_ANY);
	if (config && *config)
		bpf_ringbuf_output(&pod_events, &peer, sizeof(peer), 0);
	return 1;
}

SEC("cgroup_skb/egress")
int pod_egress(struct __sk_buff *skb)
{
	count(0, skb->len);
	return allowed(skb->remote_ip4);
}

SEC("xdp")
int pod_xdp(struct xdp_md *ctx)
{
	count(1, ctx->data_end - ctx->data);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
