// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/self/mountinfo, and paths in its mounts.  The input is a path inside of a file
 * system, a newline, and the file.
 * runs: 40000
 */
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "mounts.h"

static void check_mount(const struct mounts *mounts, const struct mount *mount, const char *path,
			char **buf, size_t *size)
{
	size_t count, len = strlen(mount->point);
	const struct mount *first = mounts_of(mounts, mount->major, mount->minor, &count);

	require(first && first <= mount && mount < first + count);
	require(mounts_find(mounts, mount->id)->id == mount->id);
	if (mount_path(mount, path, buf, size))
		return;
	require(strlen(*buf) < *size);
	/* "/" and "/a" are "/a" */
	require(len && mount->point[len - 1] == '/' ? !strncmp(*buf, mount->point, len - 1)
						    : !strncmp(*buf, mount->point, len));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size }, first = take_until(&input, '\n');
	char *path = take_string(&first), *buf = NULL;
	size_t room = 0, i, count;
	struct mounts mounts;
	FILE *f;

	if (input.size) {
		f = fmemopen((void *)input.bytes, input.size, "r");
		require(f);
		/* What came before a line that is none is there all the same. */
		mounts_parse(&mounts, f);
		fclose(f);
		for (i = 0; i < mounts.count; i++)
			check_mount(&mounts, &mounts.list[i], path, &buf, &room);
		mounts_of(&mounts, (unsigned int)size, 0, &count);
		mounts_free(&mounts);
	}
	free(buf);
	free(path);
	return 0;
}
