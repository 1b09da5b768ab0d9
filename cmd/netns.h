/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_NETNS_H
#define __BPFPIN_CMD_NETNS_H

/*
 * Take a NETNS (NAME | PATH | pid PID) off the arguments and open it: a
 * descriptor that is the caller's, and in @text what was typed, to be freed; or
 * -1 and said why.
 */
int netns_open(int *argc, char ***argv, char **text);

/*
 * The index of a network device, in the namespace of a descriptor or in our own
 * if that is -1; or 0 and said why.
 */
unsigned int netns_ifindex(int netns_fd, const char *ifname);

#endif /* __BPFPIN_CMD_NETNS_H */
