/* SPDX-License-Identifier: GPL-2.0-only */
/* The views that the command brings along. */
#ifndef __VIEWS_VIEWS_H
#define __VIEWS_VIEWS_H

#include <stddef.h>
#include <bpf/libbpf.h>

struct view {
	const char *name;
	const char *summary;
	/* that has to be enabled for the cgroup, or NULL */
	const char *controller;
	const void *(*object)(size_t *size);
};

/* Ends with an entry without a name. */
extern const struct view views[];

/* NULL if there is none of that name. */
const struct view *view_find(const char *name);

/*
 * Load it for this cgroup and those below; the caller closes the object.  NULL and
 * errno.  It counts from when its events are attached.
 */
struct bpf_object *view_load(const struct view *view, int cgroup_fd);

/* The program that writes the file. */
struct bpf_program *view_program(const struct view *view, struct bpf_object *object);

/* The next program of the view that hangs on an event, after @program; NULL at the end. */
struct bpf_program *view_next_event(struct bpf_object *object, struct bpf_program *program);

/*
 * Make room for the cgroups that are there, with the events attached, so that none is
 * missed.  What does not work is left to the events.
 */
void view_make_room(struct bpf_object *object, const char *cgroup);

#endif /* __VIEWS_VIEWS_H */
