/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the programs of the benchmark have in common.  They print nanoseconds of
 * CLOCK_MONOTONIC: in a guest whose clock counts instructions, instructions.
 * _GNU_SOURCE is defined by whoever includes this.
 */
#ifndef BPFPIN_BENCH_H
#define BPFPIN_BENCH_H

#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static inline __attribute__((noreturn)) void die(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what,
		strerror(errno));
	exit(1);
}

/* The result of a system call, which has to be good. */
static inline long must(long ret, const char *what)
{
	if (ret < 0)
		die(what);
	return ret;
}

static inline long bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static inline int new_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
	};

	return must(bpf(BPF_MAP_CREATE, &attr), "create a map");
}

static inline int new_prog(void)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
		.insns = (__u64)(unsigned long)insns,
		.insn_cnt = 2,
		.license = (__u64)(unsigned long)"GPL",
	};

	return must(bpf(BPF_PROG_LOAD, &attr), "load a program");
}

static inline void pin_fd(int fd, const char *path)
{
	union bpf_attr attr = {
		.bpf_fd = fd,
		.pathname = (__u64)(unsigned long)path,
	};

	must(bpf(BPF_OBJ_PIN, &attr), path);
}

static inline long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

#define BATCHES 9

static inline int compare_costs(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of an odd number. */
static inline double median(double *costs, int count)
{
	qsort(costs, count, sizeof(*costs), compare_costs);
	return costs[count / 2];
}

/*
 * What an operation costs: the median of nine batches of @rounds / 9 each, so that
 * what a worker of the kernel does in between does not count, or counts little.
 */
static inline double median_cost(void (*operation)(void), long rounds)
{
	long batch = rounds / BATCHES ?: 1;
	double cost[BATCHES];
	long long start;
	int i;
	long j;

	for (j = 0; j < batch; j++)
		operation();
	for (i = 0; i < BATCHES; i++) {
		start = now();
		for (j = 0; j < batch; j++)
			operation();
		cost[i] = (double)(now() - start) / batch;
	}
	return median(cost, BATCHES);
}

#endif /* BPFPIN_BENCH_H */
