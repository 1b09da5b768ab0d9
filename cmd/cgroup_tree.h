/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_CGROUP_TREE_H
#define __BPFPIN_CMD_CGROUP_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * The cgroups below a directory, as they were when they were looked at last: they
 * come and go at any moment.
 */
struct cgroup {
	struct cgroup *parent, *first, *next;	/* by name */
	char *name;		/* as the kernel has it; "" of the root */
	ino_t ino;
	int error;		/* of looking into it */
	unsigned int round;	/* when we did */
	bool gone;
	/* The user's of the tree: */
	bool closed, shown;
	void *data;
};

struct cgroup_tree {
	char *path;		/* of the root */
	struct cgroup *root;
	size_t count;
	bool cut;		/* there are more than we look at */
	unsigned int round;
	struct cgroup *gone;	/* those that are, until cgroup_tree_tidy() */
	/* To free a cgroup's data. */
	void (*forget)(void *data);
	/* Told of every view that is seen, with the directory that it is in. */
	void (*saw_view)(void *ctx, const char *directory, const char *name);
	void *ctx;
};

/* Where cgroup2 is mounted, from malloc(3); NULL if nowhere. */
char *cgroup_mount(void);

/* The tree is empty but for its root, until it is scanned. */
void cgroup_tree_init(struct cgroup_tree *tree, const char *path);
void cgroup_tree_free(struct cgroup_tree *tree);

/*
 * Look at every directory once in a round.  False if it was not done when the clock
 * of monotonic() showed @until: to be called again.
 */
bool cgroup_tree_scan(struct cgroup_tree *tree, double until);
/* Begin a new round. */
void cgroup_tree_again(struct cgroup_tree *tree);
/* Free those that are gone: nobody must have pointers to them any more. */
void cgroup_tree_tidy(struct cgroup_tree *tree);

/* The one behind it in the order of a listing, or NULL. */
struct cgroup *cgroup_next(const struct cgroup *cgroup);

/* From malloc(3): the directory, and how it is shown: from the root of the tree. */
char *cgroup_directory(const struct cgroup_tree *tree, const struct cgroup *cgroup);
char *cgroup_text(const struct cgroup *cgroup);

#endif /* __BPFPIN_CMD_CGROUP_TREE_H */
