// SPDX-License-Identifier: GPL-2.0-only
/*
 * BPF objects as the user names them: id N | name NAME | tag TAG | pinned FILE,
 * with bpftool's meaning.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include "main.h"
#include "object.h"
#include "output.h"

/* What differs between programs, maps and links. */
struct family {
	const char *word;	/* as typed */
	const char *singular, *plural;
	const char *fd_name[2];	/* of the anonymous inode behind a descriptor */
	bool named, tagged;
	int (*next_id)(__u32 start, __u32 *next);
	int (*fd_by_id)(__u32 id);
};

static const struct family families[] = {
	[BPFPIN_OBJECT_PROG] = {
		.word = "prog", .singular = "program", .plural = "programs",
		.fd_name = { "anon_inode:bpf-prog" },
		.named = true, .tagged = true,
		.next_id = bpf_prog_get_next_id, .fd_by_id = bpf_prog_get_fd_by_id,
	},
	[BPFPIN_OBJECT_MAP] = {
		.word = "map", .singular = "map", .plural = "maps",
		.fd_name = { "anon_inode:bpf-map" },
		.named = true,
		.next_id = bpf_map_get_next_id, .fd_by_id = bpf_map_get_fd_by_id,
	},
	[BPFPIN_OBJECT_LINK] = {
		.word = "link", .singular = "link", .plural = "links",
		/* the kernel has used both */
		.fd_name = { "anon_inode:bpf_link", "anon_inode:bpf-link" },
		.next_id = bpf_link_get_next_id, .fd_by_id = bpf_link_get_fd_by_id,
	},
};

bool parse_id(const char *word, __u32 *id)
{
	unsigned long number;
	char *end;

	if (!isdigit((unsigned char)*word))
		return false;
	errno = 0;
	number = strtoul(word, &end, 0);
	if (errno || *end || number > UINT32_MAX)
		return false;
	*id = (__u32)number;
	return true;
}

enum bpfpin_object_type object_type_parse(const char *word)
{
	size_t type;

	for (type = BPFPIN_OBJECT_PROG; type < array_size(families); type++)
		if (is_prefix(word, families[type].word))
			return (enum bpfpin_object_type)type;
	return BPFPIN_OBJECT_UNSPEC;
}

int object_get_info(enum bpfpin_object_type type, int fd, struct object_info *info)
{
	union {
		struct bpf_prog_info prog;
		struct bpf_map_info map;
		struct bpf_link_info link;
	} u;
	__u32 len;
	int err;

	memset(&u, 0, sizeof(u));
	memset(info, 0, sizeof(*info));
	len = type == BPFPIN_OBJECT_PROG ? sizeof(u.prog) :
	      type == BPFPIN_OBJECT_MAP ? sizeof(u.map) : sizeof(u.link);
	err = bpf_obj_get_info_by_fd(fd, &u, &len);
	if (err)
		return err;
	switch (type) {
	case BPFPIN_OBJECT_PROG:
		info->id = u.prog.id;
		memcpy(info->tag, u.prog.tag, sizeof(info->tag));
		memcpy(info->name, u.prog.name, sizeof(info->name));
		info->btf_id = u.prog.btf_id;
		info->func_info_rec_size = u.prog.func_info_rec_size;
		info->nr_func_info = u.prog.nr_func_info;
		break;
	case BPFPIN_OBJECT_MAP:
		info->id = u.map.id;
		memcpy(info->name, u.map.name, sizeof(info->name));
		break;
	default:
		info->id = u.link.id;
	}
	return 0;
}

/* The kernel cuts a program's name at 15 characters; its BTF has it whole. */
static bool full_name_is(int fd, const struct object_info *info, const char *name)
{
	struct bpf_prog_info ask;
	const struct btf_type *func;
	struct bpf_func_info *first;
	__u32 len = sizeof(ask);
	struct btf *btf = NULL;
	const char *full = NULL;
	bool same;

	if (!info->btf_id || !info->nr_func_info ||
	    info->func_info_rec_size < sizeof(*first))
		return false;
	first = check_memory(calloc(1, info->func_info_rec_size));
	memset(&ask, 0, sizeof(ask));
	ask.nr_func_info = 1;
	ask.func_info_rec_size = info->func_info_rec_size;
	ask.func_info = (__u64)(unsigned long)first;
	if (!bpf_obj_get_info_by_fd(fd, &ask, &len))
		btf = btf__load_from_kernel_by_id(info->btf_id);
	if (btf) {
		func = btf__type_by_id(btf, first->type_id);
		if (func && btf_is_func(func))
			full = btf__name_by_offset(btf, func->name_off);
	}
	same = full && !strcmp(full, name);
	btf__free(btf);
	free(first);
	return same;
}

static bool name_is(int fd, const struct object_info *info, const char *name,
		    enum bpfpin_object_type type)
{
	if (strlen(name) < BPF_OBJ_NAME_LEN)
		return !strncmp(info->name, name, BPF_OBJ_NAME_LEN);
	/* Only where the kernel has cut it need we look further. */
	return type == BPFPIN_OBJECT_PROG &&
	       !strncmp(info->name, name, BPF_OBJ_NAME_LEN - 1) && full_name_is(fd, info, name);
}

static int fail_rights(const struct family *family)
{
	fail("looking up %s needs CAP_SYS_ADMIN: run this as root", family->plural);
	return -1;
}

static int open_by_id(const struct family *family, const char *word, __u32 *id)
{
	int fd;

	if (!parse_id(word, id)) {
		fail_usage("\"%s\" is not the id of a %s", word, family->singular);
		return -1;
	}
	fd = family->fd_by_id(*id);
	if (fd >= 0)
		return fd;
	if (errno == EPERM)
		return fail_rights(family);
	if (errno == ENOENT)
		fail("there is no %s with id %u", family->singular, *id);
	else
		fail("cannot open the %s with id %u: %s", family->singular, *id, strerror(errno));
	return -1;
}

/* By tag if there is one, else by name, the word typed; exactly one object must match. */
static int open_matching(enum bpfpin_object_type type, const char *word, const __u8 *tag,
			 __u32 *id)
{
	const struct family *family = &families[type];
	const char *what = tag ? "tag" : "name";
	struct object_info info;
	int found = -1, fd, count = 0;
	char *ids = text("%s", ""), *more;
	__u32 next = 0;

	while (!family->next_id(next, &next)) {
		fd = family->fd_by_id(next);
		if (fd < 0 && errno == ENOENT)
			continue;	/* it went while we looked */
		if (fd < 0)
			break;
		if (object_get_info(type, fd, &info) ||
		    (tag ? memcmp(info.tag, tag, sizeof(info.tag)) != 0
			 : !name_is(fd, &info, word, type))) {
			close(fd);
			continue;
		}
		more = text("%s%s%u", ids, count ? ", " : "", info.id);
		free(ids);
		ids = more;
		*id = info.id;
		if (count++)
			close(fd);
		else
			found = fd;
	}
	if (errno == ENOENT && count == 1) {
		free(ids);
		return found;
	}
	if (errno == EPERM)
		fail_rights(family);
	else if (errno != ENOENT)
		fail("cannot look up %s: %s", family->plural, strerror(errno));
	else if (!count)
		fail("there is no %s with %s \"%s\"", family->singular, what, word);
	else
		fail("%d %s have the %s \"%s\", so say which by id: %s", count, family->plural,
		     what, word, ids);
	if (found >= 0)
		close(found);
	free(ids);
	return -1;
}

static bool parse_tag(const char *word, __u8 *tag)
{
	size_t i;

	if (strlen(word) != BPF_TAG_SIZE * 2)
		return false;
	for (i = 0; i < BPF_TAG_SIZE; i++) {
		char digits[3] = { word[i * 2], word[i * 2 + 1], '\0' };

		if (!isxdigit((unsigned char)digits[0]) || !isxdigit((unsigned char)digits[1]))
			return false;
		tag[i] = (__u8)strtoul(digits, NULL, 16);
	}
	return true;
}

static bool fd_is(const struct family *family, int fd)
{
	char proc[64], name[64];
	ssize_t len;
	size_t i;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	len = readlink(proc, name, sizeof(name) - 1);
	if (len < 0)
		return false;
	name[len] = '\0';
	for (i = 0; i < array_size(family->fd_name); i++)
		if (family->fd_name[i] && !strcmp(name, family->fd_name[i]))
			return true;
	return false;
}

static int open_pinned(enum bpfpin_object_type type, const char *path, __u32 *id)
{
	const struct family *family = &families[type];
	struct object_info info;
	int fd = bpfpin_get(path, NULL);

	if (fd < 0) {
		fail("cannot open what is pinned at %s: %s", path, strerror(errno));
		return -1;
	}
	if (!fd_is(family, fd)) {
		fail("what is pinned at %s is no %s", path, family->singular);
		close(fd);
		return -1;
	}
	if (object_get_info(type, fd, &info)) {
		fail("cannot look at the %s pinned at %s: %s", family->singular, path,
		     strerror(errno));
		close(fd);
		return -1;
	}
	*id = info.id;
	return fd;
}

int object_open(enum bpfpin_object_type type, int *argc, char ***argv, __u32 *id)
{
	const struct family *family = &families[type];
	__u8 tag[BPF_TAG_SIZE];
	const char *how, *word;

	if (*argc < 2) {
		fail_usage("id, name or file of the %s is missing", family->singular);
		return -1;
	}
	how = (*argv)[0];
	word = (*argv)[1];
	*argc -= 2;
	*argv += 2;

	if (is_prefix(how, "id"))
		return open_by_id(family, word, id);
	if (is_prefix(how, "pinned"))
		return open_pinned(type, word, id);
	if (family->named && is_prefix(how, "name")) {
		if (!*word) {
			fail_usage("a name cannot be empty");
			return -1;
		}
		return open_matching(type, word, NULL, id);
	}
	if (family->tagged && is_prefix(how, "tag")) {
		if (!parse_tag(word, tag)) {
			fail_usage("\"%s\" is not a tag of %d hexadecimal digits", word,
				   BPF_TAG_SIZE * 2);
			return -1;
		}
		return open_matching(type, word, tag, id);
	}
	fail_usage("a %s is named by %s, not \"%s\"", family->singular,
		   family->tagged ? "id, name, tag or pinned" :
		   family->named ? "id, name or pinned" : "id or pinned", how);
	return -1;
}

int object_open_any(const char *doing, enum bpfpin_object_type *type, int *argc, char ***argv,
		    __u32 *id)
{
	if (!*argc) {
		fail_usage("what to %s is missing", doing);
		return -1;
	}
	*type = object_type_parse((*argv)[0]);
	if (*type == BPFPIN_OBJECT_UNSPEC) {
		fail_usage("\"%s\" is none of prog, map and link", (*argv)[0]);
		return -1;
	}
	--*argc;
	++*argv;
	return object_open(*type, argc, argv, id);
}

const char *object_subtype_str(enum bpfpin_object_type type, __u32 subtype, char buf[32])
{
	const char *name = NULL;

	if (type == BPFPIN_OBJECT_PROG)
		name = libbpf_bpf_prog_type_str((enum bpf_prog_type)subtype);
	else if (type == BPFPIN_OBJECT_MAP)
		name = libbpf_bpf_map_type_str((enum bpf_map_type)subtype);
	else if (type == BPFPIN_OBJECT_LINK)
		name = libbpf_bpf_link_type_str((enum bpf_link_type)subtype);
	if (name)
		return name;
	snprintf(buf, 32, "type %u", subtype);
	return buf;
}
