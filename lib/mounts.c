// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * /proc/self/mountinfo: from the path inside a file system to the path that
 * the caller can use.
 *
 * libmount reads that file too, but would bring libblkid, libselinux and
 * libpcre2 into every agent that uses this library, for four fields of a line.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "mounts.h"

#define MOUNTINFO "/proc/self/mountinfo"

static int octal(char c)
{
	return c >= '0' && c <= '7' ? c - '0' : -1;
}

/* The kernel writes blank, tab, newline, backslash and '#' as \ooo. */
static void unescape(char *s)
{
	char *to = s;
	int a, b, c;

	while (*s) {
		if (*s == '\\' && (a = octal(s[1])) >= 0 && (b = octal(s[2])) >= 0 &&
		    (c = octal(s[3])) >= 0) {
			*to++ = (char)(a << 6 | b << 3 | c);
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

/* Digits up to @end, and what follows that in *@s. */
static bool take_number(char **s, char end, unsigned long long most,
			unsigned long long *number)
{
	char *behind;

	if (**s < '0' || **s > '9')
		return false;
	errno = 0;
	*number = strtoull(*s, &behind, 10);
	if (errno || *behind != end || *number > most)
		return false;
	*s = behind + 1;
	return true;
}

static bool parse_numbers(char *id, char *dev, struct mount *mount)
{
	unsigned long long major, minor;

	if (!take_number(&id, '\0', ULLONG_MAX, &mount->id) ||
	    !take_number(&dev, ':', UINT_MAX, &major) ||
	    !take_number(&dev, '\0', UINT_MAX, &minor))
		return false;
	mount->major = (unsigned int)major;
	mount->minor = (unsigned int)minor;
	return true;
}

/* "36 35 98:0 /root /mount/point options..." */
static int parse_line(char *line, struct mount *mount)
{
	char *save, *id, *parent, *dev, *root, *point;

	id = strtok_r(line, " ", &save);
	parent = id ? strtok_r(NULL, " ", &save) : NULL;
	dev = parent ? strtok_r(NULL, " ", &save) : NULL;
	root = dev ? strtok_r(NULL, " ", &save) : NULL;
	point = root ? strtok_r(NULL, " \n", &save) : NULL;
	if (!point || !parse_numbers(id, dev, mount))
		return -EPROTO;
	unescape(root);
	unescape(point);
	mount->root = strdup(root);
	mount->point = strdup(point);
	if (mount->root && mount->point)
		return 0;
	free(mount->root);
	free(mount->point);
	return -ENOMEM;
}

static int compare_device(const struct mount *a, const struct mount *b)
{
	if (a->major != b->major)
		return a->major < b->major ? -1 : 1;
	if (a->minor != b->minor)
		return a->minor < b->minor ? -1 : 1;
	return 0;
}

static int compare(const void *pa, const void *pb)
{
	const struct mount *a = pa, *b = pb;
	int diff = compare_device(a, b);

	if (diff)
		return diff;
	return a->order < b->order ? -1 : a->order > b->order;
}

static int add(struct mounts *mounts, size_t *room, char *line)
{
	struct mount mount = { .order = mounts->count };
	int err;

	if (mounts->count == *room) {
		size_t more = *room ? *room * 2 : 64;
		struct mount *list = realloc(mounts->list, more * sizeof(*list));

		if (!list)
			return -ENOMEM;
		mounts->list = list;
		*room = more;
	}
	err = parse_line(line, &mount);
	if (!err)
		mounts->list[mounts->count++] = mount;
	return err;
}

int mounts_parse(struct mounts *mounts, FILE *f)
{
	char *line = NULL;
	size_t line_size = 0, room = 0;
	int err = 0;

	mounts->list = NULL;
	mounts->count = 0;
	errno = 0;
	while (!err && getline(&line, &line_size, f) > 0)
		err = add(mounts, &room, line);
	if (!err && ferror(f))
		err = errno ? -errno : -EIO;
	free(line);
	if (mounts->count)
		qsort(mounts->list, mounts->count, sizeof(*mounts->list), compare);
	return err;
}

int mounts_read(struct mounts *mounts)
{
	int fd, err;
	FILE *f;

	mounts->list = NULL;
	mounts->count = 0;
	fd = open(MOUNTINFO, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	f = fdopen(fd, "r");
	if (!f) {
		err = -errno;
		close(fd);
		return err;
	}
	err = mounts_parse(mounts, f);
	fclose(f);
	return err;
}

void mounts_free(struct mounts *mounts)
{
	size_t i;

	for (i = 0; i < mounts->count; i++) {
		free(mounts->list[i].root);
		free(mounts->list[i].point);
	}
	free(mounts->list);
}

const struct mount *mounts_of(const struct mounts *mounts, unsigned int major,
			      unsigned int minor, size_t *count)
{
	const struct mount key = { .major = major, .minor = minor };
	size_t low = 0, high = mounts->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_device(&mounts->list[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < mounts->count; end++)
		if (compare_device(&mounts->list[end], &key))
			break;
	*count = end - low;
	return *count ? &mounts->list[low] : NULL;
}

const struct mount *mounts_find(const struct mounts *mounts, unsigned long long id)
{
	size_t i;

	for (i = 0; i < mounts->count; i++)
		if (mounts->list[i].id == id)
			return &mounts->list[i];
	return NULL;
}

/* What of @path lies below @root: "" or "/...", or NULL. */
static const char *below(const char *path, const char *root)
{
	size_t len = strlen(root);

	if (len && root[len - 1] == '/')
		len--;
	if (strncmp(path, root, len) || (path[len] && path[len] != '/'))
		return NULL;
	return path + len;
}

int mount_path(const struct mount *mount, const char *path_in_fs, char **buf, size_t *size)
{
	const char *rest = below(path_in_fs, mount->root);
	size_t point_len = strlen(mount->point), need;

	if (!rest)
		return -ENOENT;
	/* "/" and "/a" make "/a" */
	if (*rest && point_len && mount->point[point_len - 1] == '/')
		point_len--;
	need = point_len + strlen(rest) + 1;
	if (need > *size) {
		char *more = realloc(*buf, need);

		if (!more)
			return -ENOMEM;
		*buf = more;
		*size = need;
	}
	memcpy(*buf, mount->point, point_len);
	memcpy(*buf + point_len, rest, need - point_len);
	return 0;
}
