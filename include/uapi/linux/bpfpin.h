/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * The interface of /dev/bpfpin.
 *
 * Pins are made and opened with bpf(2): BPF_OBJ_PIN and BPF_OBJ_GET accept a
 * path on any supported file system while the module is loaded.  The device
 * is for what bpf(2) has no command for: looking, explaining and releasing.
 *
 * Rules that hold for every request
 * ---------------------------------
 * - The argument is a pointer to a structure that begins with its own size in
 *   bytes.  A caller built against an older header passes less, the kernel
 *   takes the rest as zero and writes back no more than was passed.  A caller
 *   built against a newer header passes more: refused with E2BIG unless what
 *   the kernel does not know is zero.  A size below the first version of the
 *   structure (BPFPIN_*_SIZE_VER0) is EINVAL.
 * - Unknown flags and non-zero reserved fields are EINVAL.
 * - A bad pointer is EFAULT.  An unknown request is ENOTTY.
 * - Strings that the kernel fills in are always terminated by a zero byte.
 *   Names of files may hold any byte but '/' and zero, so escape before
 *   printing.
 * - Every request may sleep.  None needs the device to be opened for writing.
 *
 * Who may see or release a pin: whoever has CAP_BPF or CAP_SYS_ADMIN in the
 * initial user namespace, and the user (file system uid) that made the pin,
 * unless that is 0: root without these capabilities is root of a container.
 * For everybody else the pin does not exist: ENOENT.
 */
#ifndef _UAPI_LINUX_BPFPIN_H
#define _UAPI_LINUX_BPFPIN_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define BPFPIN_DEVICE		"/dev/bpfpin"

/* Grows when a request is added; none ever changes its meaning. */
#define BPFPIN_ABI_VERSION	1

#define BPFPIN_VERSION_LEN	32
#define BPFPIN_KIND_LEN		16
#define BPFPIN_FS_LEN		32
#define BPFPIN_NAME_LEN		16
#define BPFPIN_REASON_LEN	192
#define BPFPIN_STAMP_LEN	192

/* The type of a pinned object; the numbers of the kernel's enum bpf_type. */
enum bpfpin_object_type {
	BPFPIN_OBJECT_UNSPEC	= 0,
	BPFPIN_OBJECT_PROG	= 1,
	BPFPIN_OBJECT_MAP	= 2,
	BPFPIN_OBJECT_LINK	= 3,
};

/*
 * BPFPIN_IOC_STATUS: what this module is and what works on this kernel.
 * Everybody may ask.
 */
#define BPFPIN_FEATURE_WATCH	(1U << 0)	/* an inode's end is noticed */
#define BPFPIN_FEATURE_PIN	(1U << 1)	/* BPF_OBJ_PIN is extended */
#define BPFPIN_FEATURE_GET	(1U << 2)	/* BPF_OBJ_GET is extended */

struct bpfpin_ioc_status {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_status) */
	__u32	flags;		/* in: 0 */
	__u32	abi_version;	/* BPFPIN_ABI_VERSION of the module */
	__u32	features;	/* BPFPIN_FEATURE_* */
	__s32	watch_error;	/* 0, or the negative errno that says why */
	__s32	pin_error;	/* a feature is missing; for pin and get EBUSY: */
	__s32	get_error;	/* taken by a live patch, or ftrace is disabled */
	__u32	pins;		/* number of pins alive, whoever made them */
	__u32	watches;	/* number of watches alive, pins included */
	__u32	reserved;
	__u8	instance[16];	/* random, new at each load of the module */
	char	version[BPFPIN_VERSION_LEN];
};

#define BPFPIN_STATUS_SIZE_VER0	88

/*
 * BPFPIN_IOC_KIND: a row of the table of owner kinds, counted from 0.
 * ENOENT behind the last row.  Everybody may ask.
 */
#define BPFPIN_KIND_PIN		(1U << 0)	/* takes file pins */
#define BPFPIN_KIND_WATCH	(1U << 1)	/* its inodes can be watched */
#define BPFPIN_KIND_STAMP	(1U << 2)	/* files outlive their mount */

struct bpfpin_ioc_kind {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_kind) */
	__u32	flags;		/* in: 0 */
	__u32	index;		/* in: which row */
	__u32	can;		/* BPFPIN_KIND_* */
	char	kind[BPFPIN_KIND_LEN];		/* name of the owner kind */
	char	fs_type[BPFPIN_FS_LEN];		/* as in /proc/filesystems */
	char	reason[BPFPIN_REASON_LEN];	/* why not, or empty */
};

#define BPFPIN_KIND_SIZE_VER0	256

/*
 * BPFPIN_IOC_FILE: what is at this path, and could a pin be made there?
 * The caller needs search permission on the way, as for stat(2), and sees
 * PIN only of a pin that it may see (else NONE).
 *
 * Errors: those of stat(2).
 */
#define BPFPIN_FILE_NOFOLLOW	(1U << 0)	/* in: a last symlink itself */

enum bpfpin_file_state {
	BPFPIN_FILE_NONE	= 0,	/* no pin, or not the caller's to see */
	BPFPIN_FILE_PIN		= 1,	/* a living pin: pin_id */
	BPFPIN_FILE_STALE	= 2,	/* left behind by a pin that ended */
	BPFPIN_FILE_ALIAS	= 3,	/* copy of, or other way to, a living pin */
	BPFPIN_FILE_BPFFS	= 4,	/* a program, map or link of bpffs */
};

struct bpfpin_ioc_file {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_file) */
	__u32	flags;		/* in: BPFPIN_FILE_* */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__u32	state;		/* enum bpfpin_file_state */
	__aligned_u64 path;	/* in: pointer to the path */
	__u32	pin_id;		/* of the pin, or the one its stamp tells of */
	__u32	can;		/* BPFPIN_KIND_* of the file's owner kind */
	char	kind[BPFPIN_KIND_LEN];
	char	fs_type[BPFPIN_FS_LEN];
	char	reason[BPFPIN_REASON_LEN];	/* why no pin here, or empty */
	char	stamp[BPFPIN_STAMP_LEN];	/* STALE, ALIAS: the file's stamp */
};

#define BPFPIN_FILE_SIZE_VER0	464

/*
 * BPFPIN_IOC_INFO: a pin by id; with BPFPIN_INFO_NEXT the pin with the lowest
 * id that is at least @id, which is how to list them all.
 *
 * Errors: ENOENT no such pin, or none further.
 *
 * The path is written to @path, at most @path_size bytes with the zero byte;
 * @path_size comes back as the bytes needed, 1 for no path known.  A buffer
 * too small gets nothing, and that is no error.
 */
#define BPFPIN_INFO_NEXT	(1U << 0)

/* The path counts from the root of the file system, not of the caller. */
#define BPFPIN_PATH_IN_FS	(1U << 0)
/* The path as the maker gave it; the file may have been renamed since. */
#define BPFPIN_PATH_AT_PIN	(1U << 1)
/* The file has no name any more, only open descriptors. */
#define BPFPIN_PATH_UNLINKED	(1U << 2)

struct bpfpin_ioc_info {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_info) */
	__u32	flags;		/* in: BPFPIN_INFO_* */
	__u32	id;		/* in and out */
	__u32	object_type;	/* enum bpfpin_object_type */
	__u32	object_id;	/* as in bpf(2) */
	__u32	object_subtype;	/* bpf_prog_type, bpf_map_type, bpf_link_type */
	__u32	uid;		/* who pinned, in the caller's user namespace */
	__u32	pid;		/* its process id in the initial namespace */
	__u64	created;	/* nanoseconds of CLOCK_REALTIME */
	__u64	ino;		/* inode number, for the reader only: recycled */
	__u32	dev_major;	/* of the mount, as in /proc/self/mountinfo */
	__u32	dev_minor;
	__u32	path_flags;	/* BPFPIN_PATH_* */
	__u32	path_size;	/* in: room; out: needed */
	__aligned_u64 path;	/* in: pointer to the buffer, or 0 */
	__u8	object_tag[8];	/* of a program */
	char	object_name[BPFPIN_NAME_LEN];
	char	comm[BPFPIN_NAME_LEN];		/* name of the process */
	char	kind[BPFPIN_KIND_LEN];
	char	fs_type[BPFPIN_FS_LEN];
};

#define BPFPIN_INFO_SIZE_VER0	160

/*
 * BPFPIN_IOC_UNPIN: end a pin now, whatever its owner does.
 *
 * With a path: the file at that path must be a living pin (and the one named
 * by @id, if @id is not 0).  The pin ends and that name is removed, in one
 * step under the directory's lock; the caller needs the permissions of
 * unlink(2).  Without a path (0): the pin @id ends and its file stays behind
 * as an ordinary empty one.  @id comes back as the pin that ended.
 *
 * Errors: ENOENT no such pin or file; EINVAL the file is no pin, or not @id's;
 * those of unlink(2), and then the pin still lives.
 */
struct bpfpin_ioc_unpin {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_unpin) */
	__u32	flags;		/* in: 0 */
	__u32	id;		/* in and out */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__aligned_u64 path;	/* in: pointer to the path, or 0 */
};

#define BPFPIN_UNPIN_SIZE_VER0	24

/*
 * BPFPIN_IOC_CLEAN: remove a file if, and only if, it is a stale pin: an
 * empty regular file with this module's stamp whose pin has ended.  Looked at
 * and removed in one step under the directory's lock; the caller needs the
 * permissions of unlink(2).  A last symlink is not followed.
 *
 * Errors: EINVAL no stamp or not empty; EBUSY the pin lives; those of
 * unlink(2).
 */
struct bpfpin_ioc_clean {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_clean) */
	__u32	flags;		/* in: 0 */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__u32	reserved;
	__aligned_u64 path;	/* in: pointer to the path */
};

#define BPFPIN_CLEAN_SIZE_VER0	24

#define BPFPIN_IOC_MAGIC	0xBF

/* The size is in the structure, not in the number: a request never changes. */
#define BPFPIN_IOC_STATUS	_IO(BPFPIN_IOC_MAGIC, 0x00)
#define BPFPIN_IOC_KIND		_IO(BPFPIN_IOC_MAGIC, 0x01)
#define BPFPIN_IOC_FILE		_IO(BPFPIN_IOC_MAGIC, 0x02)
#define BPFPIN_IOC_INFO		_IO(BPFPIN_IOC_MAGIC, 0x03)
#define BPFPIN_IOC_UNPIN	_IO(BPFPIN_IOC_MAGIC, 0x04)
#define BPFPIN_IOC_CLEAN	_IO(BPFPIN_IOC_MAGIC, 0x05)

#endif /* _UAPI_LINUX_BPFPIN_H */
