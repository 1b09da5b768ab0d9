// SPDX-License-Identifier: GPL-2.0-only
/*
 * lsmdeny: runs a command to which a security module forbids something.
 *
 * The security module is a BPF program at a hook of the kernel's: for this
 * process the hook gives the errno EDOM, which nothing else here would give.  It
 * is gone when the command ends.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <linux/bpf.h>

static __attribute__((noreturn)) void die(const char *what)
{
	fprintf(stderr, "lsmdeny: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long bpf(int cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

static int find_hook(const char *name)
{
	struct btf *btf = btf__load_vmlinux_btf();
	char function[64];
	int id;

	if (!btf)
		die("the kernel has no BTF");
	snprintf(function, sizeof(function), "bpf_lsm_%s", name);
	id = btf__find_by_name_kind(btf, function, BTF_KIND_FUNC);
	btf__free(btf);
	if (id < 0)
		die(function);
	return id;
}

static int load(int hook)
{
	const struct bpf_insn insns[] = {
		/* if (bpf_get_current_pid_tgid() >> 32 != pid) return 0; */
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_current_pid_tgid },
		{ .code = BPF_ALU64 | BPF_RSH | BPF_K, .imm = 32 },
		{ .code = BPF_JMP | BPF_JEQ | BPF_K, .off = 2, .imm = getpid() },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = -EDOM },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	char log[4096] = "";
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_LSM,
		.expected_attach_type = BPF_LSM_MAC,
		.attach_btf_id = hook,
		.insns = (unsigned long)insns,
		.insn_cnt = sizeof(insns) / sizeof(*insns),
		.license = (unsigned long)"GPL",
		.prog_name = "lsmdeny",
		.log_buf = (unsigned long)log,
		.log_size = sizeof(log),
		.log_level = 1,
	};
	int prog = bpf(BPF_PROG_LOAD, &attr);

	if (prog < 0)
		fprintf(stderr, "%s", log);
	return prog;
}

int main(int argc, char **argv)
{
	union bpf_attr attr = {};
	int prog, link;

	if (argc < 3 || *argv[1] == '-') {
		fprintf(stderr, "Usage: lsmdeny HOOK COMMAND...\n");
		return 1;
	}
	prog = load(find_hook(argv[1]));
	if (prog < 0)
		die("cannot load the program");
	attr.raw_tracepoint.prog_fd = prog;
	link = bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
	if (link < 0)
		die("cannot attach the program");
	/* Left open for the command: so long does it last. */
	if (dup(link) < 0)
		die("dup");
	execvp(argv[2], argv + 2);
	die(argv[2]);
}
