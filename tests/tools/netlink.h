/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Network devices, by rtnetlink.  What is static inline here is 0 or -errno.
 */
#ifndef BPFPIN_TESTS_NETLINK_H
#define BPFPIN_TESTS_NETLINK_H

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

/* Asks rtnetlink and waits for its answer. */
static inline int netlink(struct nlmsghdr *header)
{
	struct { struct nlmsghdr header; struct nlmsgerr error; char more[512]; } reply;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), ret;

	if (fd < 0)
		return -errno;
	header->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	if (send(fd, header, header->nlmsg_len, 0) < 0 ||
	    recv(fd, &reply, sizeof(reply), 0) < 0)
		ret = -errno;
	else
		ret = reply.error.error;
	close(fd);
	return ret;
}

/* A dummy device; the name has up to seven letters. */
static inline int new_dummy(const char *name)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg info;
		struct nlattr name;
		char name_text[8];
		struct nlattr linkinfo;
		struct nlattr kind;
		char kind_text[8];
	} request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_NEWLINK,
			    .nlmsg_flags = NLM_F_CREATE | NLM_F_EXCL },
		.name = { sizeof(struct nlattr) + 8, IFLA_IFNAME },
		.linkinfo = { 2 * sizeof(struct nlattr) + 8, IFLA_LINKINFO },
		.kind = { sizeof(struct nlattr) + 6, IFLA_INFO_KIND },
		.kind_text = "dummy",
	};

	snprintf(request.name_text, sizeof(request.name_text), "%s", name);
	return netlink(&request.header);
}

static inline int delete_link(int ifindex)
{
	struct { struct nlmsghdr header; struct ifinfomsg info; } request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_DELLINK },
		.info.ifi_index = ifindex,
	};

	return netlink(&request.header);
}

#endif /* BPFPIN_TESTS_NETLINK_H */
