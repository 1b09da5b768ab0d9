// SPDX-License-Identifier: GPL-2.0-only
/* Network namespaces, and the devices in them. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/nsfs.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include "main.h"
#include "netns.h"
#include "object.h"
#include "output.h"

/* Where ip-netns(8) keeps its names. */
#define NETNS_DIR "/run/netns"

int netns_open(int *argc, char ***argv, char **typed)
{
	const char *word;
	bool by_pid;
	char *path;
	__u32 pid;
	int fd;

	if (!*argc) {
		fail_usage("the network namespace is missing");
		return -1;
	}
	word = *(*argv)++;
	--*argc;
	by_pid = !strcmp(word, "pid") && *argc;
	if (by_pid) {
		word = *(*argv)++;
		--*argc;
		if (!parse_id(word, &pid) || !pid) {
			fail_usage("\"%s\" is not the id of a process", word);
			return -1;
		}
		path = text("/proc/%u/ns/net", pid);
	} else if (strchr(word, '/')) {
		path = text("%s", word);
	} else if (*word) {
		path = text(NETNS_DIR "/%s", word);
	} else {
		fail_usage("the name of a network namespace cannot be empty");
		return -1;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && by_pid) {
		fail("there is no process %s", word);
	} else if (fd < 0 && errno == ENOENT && !strchr(word, '/')) {
		fail("there is no network namespace \"%s\" (no %s)", word, path);
	} else if (fd < 0) {
		fail("cannot open the network namespace %s: %s", path, strerror(errno));
	} else if (ioctl(fd, NS_GET_NSTYPE, NULL) != CLONE_NEWNET) {
		fail("%s is no network namespace", path);
		close(fd);
		fd = -1;
	}
	free(path);
	if (fd >= 0)
		*typed = text("%s%s", by_pid ? "pid " : "", word);
	return fd;
}

/* A socket stays in the namespace that it was made in; we do not. */
static int socket_in(int netns_fd)
{
	int own, sock, err;

	if (netns_fd < 0)
		return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (own < 0)
		return -1;
	if (setns(netns_fd, CLONE_NEWNET)) {
		err = errno;
		close(own);
		errno = err;
		return -1;
	}
	sock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	err = errno;
	/* What we run for the user must not end up in there. */
	if (setns(own, CLONE_NEWNET)) {
		err = errno;
		if (sock >= 0)
			close(sock);
		sock = -1;
	}
	close(own);
	errno = err;
	return sock;
}

unsigned int netns_ifindex(int netns_fd, const char *ifname)
{
	size_t len = strlen(ifname);
	struct ifreq request = { 0 };
	int sock, err;

	if (!len || len >= sizeof(request.ifr_name)) {
		fail("there is no network device \"%s\"", ifname);
		return 0;
	}
	sock = socket_in(netns_fd);
	if (sock < 0) {
		fail("cannot look into the network namespace: %s", strerror(errno));
		return 0;
	}
	memcpy(request.ifr_name, ifname, len);
	err = ioctl(sock, SIOCGIFINDEX, &request) ? errno : 0;
	close(sock);
	if (!err)
		return (unsigned int)request.ifr_ifindex;
	if (err == ENODEV)
		fail("there is no network device \"%s\"", ifname);
	else
		fail("cannot look up the network device \"%s\": %s", ifname, strerror(err));
	return 0;
}
