// SPDX-License-Identifier: GPL-2.0-only
/*
 * fdtool: a process that has descriptors, told what to do with them by lines on
 * standard input, one command each.  When the answer comes, a line on standard
 * output, the system call has returned.
 *
 *   socket KIND     tcp udp unix dgram netlink packet: FD
 *   pair KIND       stream dgram seqpacket: FD FD
 *   listen          a TCP socket on the loopback device: FD PORT
 *   connect PORT    FD
 *   accept FD       FD
 *   pipe            FD FD
 *   make KIND       memfd eventfd epoll timerfd signalfd inotify pidfd userfaultfd
 *                   secretmem io_uring perf: FD
 *   open PATH       read-only: FD
 *   openrw PATH     FD
 *   opath PATH      O_PATH: FD
 *   dup FD          FD
 *   send FD FD      the second over the first, by SCM_RIGHTS: ok
 *   recv FD         what was sent: FD
 *   close FD        ok
 *   fork            a child has all descriptors, too, and sleeps: PID
 *   pid             of this process: PID
 *   netns           the process goes to a new network namespace: ok
 *   unshare-user    and to a new user namespace: ok
 *
 * What fails answers "errno ENAME".
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

#include "tool.h"

static int answer(long ret)
{
	if (ret < 0)
		printf("errno %s\n", strerrorname_np(errno) ?: "unknown");
	else
		printf("%ld\n", ret);
	return ret < 0;
}

static void answer_ok(long ret)
{
	if (ret < 0)
		answer(ret);
	else
		printf("ok\n");
}

static void answer_two(int ret, const int *fds)
{
	if (ret < 0)
		answer(ret);
	else
		printf("%d %d\n", fds[0], fds[1]);
}

static int make_socket(const char *kind)
{
	if (!strcmp(kind, "tcp"))
		return socket(AF_INET, SOCK_STREAM, 0);
	if (!strcmp(kind, "udp"))
		return socket(AF_INET, SOCK_DGRAM, 0);
	if (!strcmp(kind, "unix"))
		return socket(AF_UNIX, SOCK_STREAM, 0);
	if (!strcmp(kind, "dgram"))
		return socket(AF_UNIX, SOCK_DGRAM, 0);
	if (!strcmp(kind, "netlink"))
		return socket(AF_NETLINK, SOCK_RAW, 0);
	if (!strcmp(kind, "packet"))
		return socket(AF_PACKET, SOCK_RAW, 0);
	die("no socket '%s'", kind);
}

static void make_pair(const char *kind)
{
	int fds[2], type = SOCK_STREAM;

	if (!strcmp(kind, "dgram"))
		type = SOCK_DGRAM;
	else if (!strcmp(kind, "seqpacket"))
		type = SOCK_SEQPACKET;
	answer_two(socketpair(AF_UNIX, type, 0, fds), fds);
}

static void make_listen(void)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(addr);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (void *)&addr, len) || listen(fd, 1) ||
	    getsockname(fd, (void *)&addr, &len))
		answer(-1);
	else
		printf("%d %d\n", fd, ntohs(addr.sin_port));
}

static long make_connect(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(port),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd < 0 || connect(fd, (void *)&addr, sizeof(addr)) ? -1 : fd;
}

static long make_file(const char *kind)
{
	struct perf_event_attr event = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(event),
		.config = PERF_COUNT_SW_CPU_CLOCK,
	};
	struct io_uring_params params = { .flags = 0 };
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	if (!strcmp(kind, "memfd"))
		return memfd_create("fdtool", 0);
	if (!strcmp(kind, "eventfd"))
		return eventfd(0, 0);
	if (!strcmp(kind, "epoll"))
		return epoll_create1(0);
	if (!strcmp(kind, "timerfd"))
		return timerfd_create(CLOCK_MONOTONIC, 0);
	if (!strcmp(kind, "signalfd"))
		return signalfd(-1, &signals, 0);
	if (!strcmp(kind, "inotify"))
		return inotify_init();
	if (!strcmp(kind, "pidfd"))
		return syscall(SYS_pidfd_open, getpid(), 0);
	if (!strcmp(kind, "userfaultfd"))
		return syscall(SYS_userfaultfd, 0);
	if (!strcmp(kind, "secretmem"))
		return syscall(SYS_memfd_secret, 0);
	if (!strcmp(kind, "io_uring"))
		return syscall(SYS_io_uring_setup, 2, &params);
	if (!strcmp(kind, "perf"))
		return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);
	die("no kind '%s'", kind);
}

union rights {
	struct cmsghdr header;
	char space[CMSG_SPACE(sizeof(int))];
};

static long send_fd(int via, int fd)
{
	char byte = 0;
	struct iovec iov = { &byte, 1 };
	union rights rights;
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof(rights),
	};

	rights.header.cmsg_len = CMSG_LEN(sizeof(int));
	rights.header.cmsg_level = SOL_SOCKET;
	rights.header.cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(&rights.header), &fd, sizeof(fd));
	return sendmsg(via, &msg, 0);
}

static long recv_fd(int via)
{
	char byte;
	struct iovec iov = { &byte, 1 };
	union rights rights;
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof(rights),
	};
	int fd;

	if (recvmsg(via, &msg, MSG_DONTWAIT) < 0)
		return -1;
	if (!msg.msg_controllen)
		die("no descriptor came");
	memcpy(&fd, CMSG_DATA(&rights.header), sizeof(fd));
	return fd;
}

static long make_fork(void)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	while (!pid)
		pause();
	return pid;
}

static void run(char *command, char *arg, char *arg2)
{
	int fds[2], fd = arg ? atoi(arg) : -1;

	if (!strcmp(command, "pipe"))
		answer_two(pipe(fds), fds);
	else if (!strcmp(command, "listen"))
		make_listen();
	else if (!strcmp(command, "fork"))
		answer(make_fork());
	else if (!strcmp(command, "pid"))
		answer(getpid());
	else if (!strcmp(command, "netns"))
		answer_ok(unshare(CLONE_NEWNET));
	else if (!strcmp(command, "unshare-user"))
		answer_ok(unshare(CLONE_NEWUSER | CLONE_NEWNET));
	else if (!arg)
		die("'%s' alone", command);
	else if (!strcmp(command, "socket"))
		answer(make_socket(arg));
	else if (!strcmp(command, "pair"))
		make_pair(arg);
	else if (!strcmp(command, "connect"))
		answer(make_connect(fd));
	else if (!strcmp(command, "accept"))
		answer(accept(fd, NULL, NULL));
	else if (!strcmp(command, "make"))
		answer(make_file(arg));
	else if (!strcmp(command, "open"))
		answer(open(arg, O_RDONLY | O_NONBLOCK));
	else if (!strcmp(command, "openrw"))
		answer(open(arg, O_RDWR));
	else if (!strcmp(command, "opath"))
		answer(open(arg, O_PATH));
	else if (!strcmp(command, "dup"))
		answer(dup(fd));
	else if (!strcmp(command, "recv"))
		answer(recv_fd(fd));
	else if (!strcmp(command, "close"))
		answer_ok(close(fd));
	else if (!strcmp(command, "send") && arg2)
		answer_ok(send_fd(fd, atoi(arg2)));
	else
		die("no command '%s'", command);
}

int main(void)
{
	char line[4096];

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGCHLD, SIG_IGN);
	while (fgets(line, sizeof(line), stdin)) {
		char *command = strtok(line, " \n");
		char *arg = strtok(NULL, " \n");

		if (command)
			run(command, arg, strtok(NULL, " \n"));
	}
	return 0;
}
