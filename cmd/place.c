// SPDX-License-Identifier: GPL-2.0-only
/* Where things are: paths, devices, namespaces, as text and as JSON. */
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "output.h"
#include "place.h"

/* Of a path that does not lead there: for the listing, and for JSON. */
static const struct {
	const char *suffix, *name;
} states[] = {
	[BPFPIN_PATH_NONE]	= { "", "none" },
	[BPFPIN_PATH_FOUND]	= { "", "found" },
	[BPFPIN_PATH_HIDDEN]	= { " (not mounted here)", "hidden" },
	[BPFPIN_PATH_MAKERS]	= { " (when pinned)", "when-pinned" },
	[BPFPIN_PATH_DELETED]	= { " (deleted)", "deleted" },
	[BPFPIN_PATH_NETDEV]	= { "", "none" },
};

char *place_inode(const struct place *place)
{
	if (!place->ino && !place->dev_major && !place->dev_minor)
		return NULL;
	return text("%u:%u:%llu", place->dev_major, place->dev_minor,
		    (unsigned long long)place->ino);
}

char *place_path(const struct place *place)
{
	const char *path = place->path ? place->path : "";

	if (place->ifindex)
		return text("%s (ifindex %u, net:[%u])", *path ? path : "-", place->ifindex,
			    place->netns_ino);
	/* as in /proc/PID/ns */
	if (place->netns_ino && !*path)
		return text("net:[%u]", place->netns_ino);
	return text("%s%s", path, states[place->path_state].suffix);
}

void place_json(struct json_object *object, const char *prefix, const struct place *place)
{
	bool found = place->path_state == BPFPIN_PATH_FOUND;
	bool netdev = place->path_state == BPFPIN_PATH_NETDEV;
	char dev[32], *key;

	snprintf(dev, sizeof(dev), "%u:%u", place->dev_major, place->dev_minor);
	key = text("%sdev", prefix);
	json_add_string(object, key, dev);
	free(key);
	key = text("%sino", prefix);
	json_add_uint(object, key, place->ino);
	free(key);
	key = text("%spath", prefix);
	json_add_bytes(object, key, found ? place->path : NULL);
	free(key);
	key = text("%spath_state", prefix);
	json_add_string(object, key, states[place->path_state].name);
	free(key);
	if (!found && !netdev && place->path) {
		key = text("%spath_hint", prefix);
		json_add_bytes(object, key, place->path);
		free(key);
	}
	if (place->ifindex) {
		json_add_bytes(object, "ifname", netdev ? place->path : NULL);
		json_add_uint(object, "ifindex", place->ifindex);
	}
	if (place->netns_ino)
		json_add_uint(object, "netns_ino", place->netns_ino);
}
