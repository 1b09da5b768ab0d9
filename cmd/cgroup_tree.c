// SPDX-License-Identifier: GPL-2.0-only
/* The cgroups below a directory. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "cgroup_tree.h"
#include "interval.h"
#include "output.h"
#include "view_text.h"

/* More is no tree of cgroups, but somebody's disk. */
#define MAX_CGROUPS 100000

char *cgroup_mount(void)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;
	char *path = NULL;

	if (!mounts)
		return NULL;
	while (!path && (mount = getmntent(mounts)))
		if (!strcmp(mount->mnt_type, "cgroup2"))
			path = text("%s", mount->mnt_dir);
	endmntent(mounts);
	return path;
}

/* ---- one cgroup */

static struct cgroup *new_cgroup(struct cgroup_tree *tree, struct cgroup *parent,
				 const char *name, ino_t ino)
{
	struct cgroup *cgroup = check_memory(calloc(1, sizeof(*cgroup)));

	cgroup->parent = parent;
	cgroup->name = text("%s", name);
	cgroup->ino = ino;
	tree->count++;
	return cgroup;
}

/* With all below it.  A tree may be deeper than our stack. */
static void lose(struct cgroup_tree *tree, struct cgroup *cgroup)
{
	struct cgroup *todo = cgroup, *child, *next;

	todo->next = NULL;
	while (todo) {
		cgroup = todo;
		todo = cgroup->next;
		for (child = cgroup->first; child; child = next) {
			next = child->next;
			child->next = todo;
			todo = child;
		}
		cgroup->first = NULL;
		cgroup->gone = true;
		cgroup->next = tree->gone;
		tree->gone = cgroup;
		tree->count--;
	}
}

void cgroup_tree_tidy(struct cgroup_tree *tree)
{
	struct cgroup *cgroup;

	while ((cgroup = tree->gone)) {
		tree->gone = cgroup->next;
		if (cgroup->data)
			tree->forget(cgroup->data);
		free(cgroup->name);
		free(cgroup);
	}
}

struct cgroup *cgroup_next(const struct cgroup *cgroup)
{
	if (cgroup->first)
		return cgroup->first;
	for (; cgroup; cgroup = cgroup->parent)
		if (cgroup->next)
			return cgroup->next;
	return NULL;
}

/* "/a/b", and before it what there is room for; "" for the root. */
static char *path_below(const struct cgroup *cgroup, const char *before)
{
	size_t len = strlen(before);
	const struct cgroup *up;
	char *path, *to;

	for (up = cgroup; up->parent; up = up->parent)
		len += strlen(up->name) + 1;
	path = check_memory(malloc(len + 1));
	to = path + len;
	*to = '\0';
	for (up = cgroup; up->parent; up = up->parent) {
		to -= strlen(up->name);
		memcpy(to, up->name, strlen(up->name));
		*--to = '/';
	}
	memcpy(path, before, strlen(before));
	return path;
}

char *cgroup_directory(const struct cgroup_tree *tree, const struct cgroup *cgroup)
{
	return path_below(cgroup, tree->path);
}

char *cgroup_text(const struct cgroup *cgroup)
{
	return cgroup->parent ? path_below(cgroup, "") : text("/");
}

/* ---- looking into it */

struct entry {
	char *name;
	ino_t ino;
};

struct entries {
	struct entry *list;
	size_t count, room;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void add_entry(struct entries *entries, const struct dirent *entry)
{
	if (entries->count == entries->room) {
		entries->room = entries->room ? entries->room * 2 : 16;
		entries->list = check_memory(realloc(entries->list, entries->room *
						     sizeof(*entries->list)));
	}
	entries->list[entries->count++] = (struct entry) {
		.name = text("%s", entry->d_name),
		.ino = entry->d_ino,
	};
}

/* Not all file systems tell the type; that of cgroups does. */
static unsigned char type_of(DIR *dir, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
		return DT_UNKNOWN;
	return IFTODT(st.st_mode);
}

static int list(struct cgroup_tree *tree, const struct cgroup *cgroup, struct entries *entries)
{
	char *path = cgroup_directory(tree, cgroup);
	DIR *dir = opendir(path);
	const struct dirent *entry;
	int err = errno;

	if (!dir) {
		free(path);
		return err;
	}
	while (errno = 0, entry = readdir(dir)) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		/* Only what may matter is worth asking for its type. */
		if (view_name_valid(entry->d_name) && type_of(dir, entry) == DT_REG)
			tree->saw_view(tree->ctx, path, entry->d_name);
		else if (type_of(dir, entry) == DT_DIR)
			add_entry(entries, entry);
	}
	err = errno;
	closedir(dir);
	free(path);
	return err;
}

/* A cgroup of the same name that is another one is lost, and comes anew. */
static void merge(struct cgroup_tree *tree, struct cgroup *cgroup, const struct entries *entries)
{
	struct cgroup **at = &cgroup->first, *child, *rest;
	size_t i;

	for (i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->list[i];

		while (*at && (strcmp((*at)->name, entry->name) < 0 ||
			       (!strcmp((*at)->name, entry->name) && (*at)->ino != entry->ino))) {
			child = *at;
			*at = child->next;
			lose(tree, child);
		}
		if (!*at || strcmp((*at)->name, entry->name)) {
			if (tree->count >= MAX_CGROUPS) {
				tree->cut = true;
				continue;
			}
			child = new_cgroup(tree, cgroup, entry->name, entry->ino);
			child->next = *at;
			*at = child;
		}
		at = &(*at)->next;
	}
	rest = *at;
	*at = NULL;
	while (rest) {
		child = rest;
		rest = child->next;
		lose(tree, child);
	}
}

static void scan(struct cgroup_tree *tree, struct cgroup *cgroup)
{
	struct entries entries = { 0 };
	size_t i;

	cgroup->error = list(tree, cgroup, &entries);
	if (entries.count)
		qsort(entries.list, entries.count, sizeof(*entries.list), by_name);
	merge(tree, cgroup, &entries);
	for (i = 0; i < entries.count; i++)
		free(entries.list[i].name);
	free(entries.list);
}

bool cgroup_tree_scan(struct cgroup_tree *tree, double until)
{
	struct cgroup *cgroup;

	/* What scan() changes is below, so we always come to the next. */
	for (cgroup = tree->root; cgroup; cgroup = cgroup_next(cgroup)) {
		if (cgroup->round == tree->round)
			continue;
		if (monotonic() >= until)
			return false;
		scan(tree, cgroup);
		cgroup->round = tree->round;
	}
	return true;
}

void cgroup_tree_again(struct cgroup_tree *tree)
{
	tree->cut = false;
	tree->round++;
}

void cgroup_tree_init(struct cgroup_tree *tree, const char *path)
{
	size_t len = strlen(path);

	/* "/a/" and "/b" would be "/a//b" */
	while (len > 1 && path[len - 1] == '/')
		len--;
	tree->path = text("%.*s", (int)len, path);
	tree->root = new_cgroup(tree, NULL, "", 0);
}

void cgroup_tree_free(struct cgroup_tree *tree)
{
	lose(tree, tree->root);
	cgroup_tree_tidy(tree);
	free(tree->path);
}
