/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BPF objects made without a compiler, by bare system calls, for programs of
 * tests/tools.  Whatever fails ends the program, see tool.h.
 */
#ifndef BPFPIN_TESTS_OBJECT_H
#define BPFPIN_TESTS_OBJECT_H

#include <sys/syscall.h>

#include <bpf/btf.h>
#include <linux/bpf.h>

#include "tool.h"

static inline long bpf(int cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

static inline int prog_load(__u32 type, __u32 attach_type, __u32 btf_id,
			    const struct bpf_insn *insns, __u32 count)
{
	union bpf_attr attr = {
		.prog_type = type,
		.insns = (unsigned long)insns,
		.insn_cnt = count,
		.license = (unsigned long)"GPL",
		.prog_name = "bpfobj_prog",
		.expected_attach_type = attach_type,
		.attach_btf_id = btf_id,
	};

	return ok(bpf(BPF_PROG_LOAD, &attr));
}

static inline int prog_return(__u32 type, __u32 attach_type, int value)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = value },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return prog_load(type, attach_type, 0, insns, 2);
}

static inline int map_create(__u32 type, const char *name)
{
	union bpf_attr attr = {
		.map_type = type,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
	};

	snprintf(attr.map_name, sizeof(attr.map_name), "%s", name);
	return ok(bpf(BPF_MAP_CREATE, &attr));
}

static inline int link_create(int prog, int target, __u32 attach_type)
{
	union bpf_attr attr = {
		.link_create.prog_fd = prog,
		.link_create.target_fd = target,
		.link_create.attach_type = attach_type,
	};
	int link = ok(bpf(BPF_LINK_CREATE, &attr));

	close(prog);
	return link;
}

/* What the kernel's BTF calls a function; the last is remembered. */
static inline __u32 btf_func(const char *function)
{
	static const char *last;
	static int id;
	struct btf *btf;

	if (last && !strcmp(last, function))
		return id;
	btf = btf__load_vmlinux_btf();
	if (!btf)
		die("the kernel has no BTF");
	id = btf__find_by_name_kind(btf, function, BTF_KIND_FUNC);
	if (id < 0)
		die("the kernel has no %s", function);
	btf__free(btf);
	last = function;
	return id;
}

/* A program of an iterator that prints "bpfobj\n" once. */
static inline int prog_iter(const char *function)
{
	union { char text[8]; __u64 word; } line = { .text = "bpfobj\n" };
	const struct bpf_insn insns[] = {
		/* r6 = ctx->meta; if (r6->seq_num) return 0; */
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 6, .src_reg = 1 },
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 2, .src_reg = 6, .off = 16 },
		{ .code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = 2, .off = 8 },
		/* bpf_seq_write(r6->seq, &line, 7); */
		{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = 3, .imm = line.word },
		{ .imm = line.word >> 32 },
		{ .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = 10, .src_reg = 3, .off = -8 },
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 1, .src_reg = 6 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 2, .src_reg = 10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 2, .imm = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 3, .imm = 7 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_seq_write },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return prog_load(BPF_PROG_TYPE_TRACING, BPF_TRACE_ITER, btf_func(function), insns,
			 sizeof(insns) / sizeof(*insns));
}

#endif /* BPFPIN_TESTS_OBJECT_H */
