// SPDX-License-Identifier: GPL-2.0-only
/*
 * tcp: what the sockets of a cgroup send and receive.  The kernel counts it for each
 * socket; this adds what has come to the counts since it looked last: at each segment
 * that arrives, when the program reads, at a retransmit, and at the end.
 */
#include "histogram.h"

struct values {
	__u64 connections;
	__u64 sent;
	__u64 received;
	__u64 retransmits;
	struct histogram rtt;
};

#include "view.bpf.h"

#define IPPROTO_TCP	6

/* What a socket's counts were. */
struct seen {
	__u64 sent;
	__u64 received;
	__u64 acked;
	__u64 retransmits;
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct seen);
} sockets SEC(".maps");

struct event {
	__u64 sent;
	__u64 received;
	__u32 connections;
	__u32 retransmits;
	__u32 rtt_us;
	__u32 has_rtt;
};

static __always_inline void view_event(struct values *v, const struct event *event)
{
	if (event->connections)
		view_add(&v->connections, event->connections);
	if (event->sent)
		view_add(&v->sent, event->sent);
	if (event->received)
		view_add(&v->received, event->received);
	if (event->retransmits)
		view_add(&v->retransmits, event->retransmits);
	if (event->has_rtt)
		view_add_time(&v->rtt, event->rtt_us * 1000ULL);
}

/* The sequence number of the other side's FIN is counted as a byte received. */
static __always_inline __u64 received(struct sock *sk, struct tcp_sock *tp)
{
	return tp->bytes_received - !!(sk->__sk_common.skc_flags & (1UL << SOCK_DONE));
}

static __always_inline void look(struct sock *sk, struct tcp_sock *tp, struct seen *seen)
{
	seen->sent = tp->bytes_sent - tp->bytes_retrans;
	seen->received = received(sk, tp);
	seen->acked = tp->bytes_acked;
	seen->retransmits = tp->total_retrans;
}

/* Count what is new; with @begins the socket's counts are new themselves. */
static __always_inline void sync(struct sock *sk, bool begins, __u32 connections)
{
	struct event event = { .connections = connections };
	struct cgroup *cgrp = sk->sk_cgrp_data.cgroup;
	struct seen before, *seen;
	struct tcp_sock *tp;

	if (!view_covers(cgrp))
		return;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return;
	seen = bpf_sk_storage_get(&sockets, sk, NULL, 0);
	if (!seen) {
		seen = bpf_sk_storage_get(&sockets, sk, NULL, BPF_SK_STORAGE_GET_F_CREATE);
		if (!seen) {
			view_add(&lost, 1);
			return;
		}
		/* One that was there before the view counts from now on. */
		if (!begins)
			look(sk, tp, seen);
	} else if (begins) {
		__builtin_memset(seen, 0, sizeof(*seen));
	}
	before = *seen;
	look(sk, tp, seen);
	event.sent = seen->sent - before.sent;
	event.received = seen->received - before.received;
	event.retransmits = seen->retransmits - before.retransmits;
	/* An acknowledgment has come, and with it a new estimate. */
	if (seen->acked != before.acked && tp->srtt_us) {
		event.rtt_us = tp->srtt_us >> 3;
		event.has_rtt = 1;
	}
	if (event.sent || event.received || event.retransmits || event.has_rtt || connections)
		view_count(cgrp, &event);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(tcp_state, struct sock *sk, int from, int to)
{
	/* A connection that is made by this side begins with the first, else with the last. */
	bool begins = to == BPF_TCP_SYN_SENT || (from == BPF_TCP_SYN_RECV && to == BPF_TCP_ESTABLISHED);

	if (sk->sk_protocol == IPPROTO_TCP &&
	    (begins || to == BPF_TCP_ESTABLISHED || to == BPF_TCP_CLOSE))
		sync(sk, begins, to == BPF_TCP_ESTABLISHED);
	return 0;
}

SEC("tp_btf/tcp_probe")
int BPF_PROG(tcp_segment, struct sock *sk)
{
	sync(sk, false, 0);
	return 0;
}

SEC("tp_btf/tcp_rcv_space_adjust")
int BPF_PROG(tcp_read, struct sock *sk)
{
	sync(sk, false, 0);
	return 0;
}

SEC("tp_btf/tcp_retransmit_skb")
int BPF_PROG(tcp_retransmit, struct sock *sk)
{
	sync(sk, false, 0);
	return 0;
}

VIEW(tcp)
{
	view_print(seq, "connections", v->connections);
	view_print(seq, "sent_bytes", v->sent);
	view_print(seq, "received_bytes", v->received);
	view_print(seq, "retransmits", v->retransmits);
	view_print_histogram(seq, "rtt_usec", v->rtt);
}
