/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * The interface of /dev/bpfpin.
 *
 * File pins are made and opened with bpf(2): BPF_OBJ_PIN and BPF_OBJ_GET accept
 * a path on any supported file system while the module is loaded.  The device
 * is for what bpf(2) has no command for: pins attached to an owner that is
 * there already (a socket, a cgroup, a network namespace, ...), ties, looking,
 * explaining and releasing, and following what happens.
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
 * - A bad pointer is EFAULT, and nothing was done, if no other thread has taken
 *   the memory away meanwhile.  An unknown request is ENOTTY.
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
#define BPFPIN_ABI_VERSION	3

#define BPFPIN_VERSION_LEN	32
#define BPFPIN_KIND_LEN		16
#define BPFPIN_FS_LEN		32
#define BPFPIN_NAME_LEN		16
#define BPFPIN_REASON_LEN	192
#define BPFPIN_STAMP_LEN	192
/* Of the name of an attached pin, with the zero byte. */
#define BPFPIN_PIN_NAME_LEN	256

/* The type of a pinned object; the numbers of the kernel's enum bpf_type. */
enum bpfpin_object_type {
	BPFPIN_OBJECT_UNSPEC	= 0,
	BPFPIN_OBJECT_PROG	= 1,
	BPFPIN_OBJECT_MAP	= 2,
	BPFPIN_OBJECT_LINK	= 3,
};

/*
 * How a request names an owner:
 *
 * - a network device: @ifindex, in the network namespace that @fd is a
 *   descriptor of, or in the caller's own if @fd is -1; @path is 0;
 * - by path: @path, relative to the directory @fd or to AT_FDCWD; a last
 *   symlink is followed; @ifindex is 0;
 * - by descriptor: @fd, open for anything but O_PATH; the others are 0.
 *
 * By path or by descriptor it is a file, a cgroup directory, a socket, a pipe, a
 * memfd, a network namespace (the file below /proc/PID/ns or its bind mount).
 *
 * Errors: EBADF no such descriptor; EINVAL @path and @ifindex, or @fd is no
 * network namespace; those of stat(2); ENODEV no such device;
 * EOPNOTSUPP the kernel does not tell the end of such an owner (BPFPIN_IOC_FILE
 * says why, and so does the log); ENOENT it is just ending.
 *
 * What the caller needs over an owner, besides CAP_BPF or CAP_SYS_ADMIN in the
 * initial user namespace (EPERM):
 *
 * - file, cgroup: write permission, or to own it, or a descriptor open for
 *   writing (else EACCES);
 * - socket, pipe and others without a name: a descriptor of it;
 * - network namespace, network device: CAP_NET_ADMIN in the user namespace
 *   that owns the network namespace (else EPERM).
 */
struct bpfpin_owner {
	__s32	fd;
	__u32	ifindex;
	__aligned_u64 path;	/* pointer to the path, or 0 */
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
	__u32	watches;	/* number of watches alive, those of pins and ties too */
	__u32	ties;		/* number of ties alive; 0 before ABI 2 */
	__u8	instance[16];	/* random, new at each load of the module */
	char	version[BPFPIN_VERSION_LEN];
};

#define BPFPIN_STATUS_SIZE_VER0	88

/*
 * BPFPIN_IOC_KIND: a row of the table of owner kinds, counted from 0.
 * ENOENT behind the last row.  Everybody may ask.
 */
#define BPFPIN_KIND_PIN		(1U << 0)	/* takes file pins */
#define BPFPIN_KIND_WATCH	(1U << 1)	/* can own attached pins and ties */
#define BPFPIN_KIND_STAMP	(1U << 2)	/* files outlive their mount */
#define BPFPIN_KIND_VIEW	(1U << 3)	/* takes views; ABI 3 */

struct bpfpin_ioc_kind {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_kind) */
	__u32	flags;		/* in: 0 */
	__u32	index;		/* in: which row */
	__u32	can;		/* BPFPIN_KIND_* */
	char	kind[BPFPIN_KIND_LEN];		/* name of the owner kind */
	/* As in /proc/filesystems, or empty for what has no inode. */
	char	fs_type[BPFPIN_FS_LEN];
	char	reason[BPFPIN_REASON_LEN];	/* why no file pin, or empty */
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
/*
 * in: if there is nothing, the answer is on the directory where a file would be
 * made, and @reason on a pin of that name.  EEXIST a symlink that leads nowhere;
 * EROFS.  A module of ABI 1 says EINVAL.
 */
#define BPFPIN_FILE_NEW		(1U << 1)

enum bpfpin_file_state {
	BPFPIN_FILE_NONE	= 0,	/* no pin, or not the caller's to see */
	BPFPIN_FILE_PIN		= 1,	/* a living pin: pin_id */
	BPFPIN_FILE_STALE	= 2,	/* left behind by a pin that ended */
	BPFPIN_FILE_ALIAS	= 3,	/* copy of, or other way to, a living pin */
	BPFPIN_FILE_BPFFS	= 4,	/* a program, map or link of bpffs */
	BPFPIN_FILE_INHERITED	= 5,	/* of a view in a cgroup above: pin_id */
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
 * too small gets nothing, and that is no error.  What the path is depends on
 * the owner: for a network device it is its name, see BPFPIN_PATH_*.
 */
#define BPFPIN_INFO_NEXT	(1U << 0)

/* Of what a pin is, in @view: its program writes what its file says ... */
#define BPFPIN_INFO_VIEW	(1U << 0)
/* ... and all cgroups below have the file, too. */
#define BPFPIN_INFO_INHERITED	(1U << 1)

/* The path counts from the root of the file system, not of the caller. */
#define BPFPIN_PATH_IN_FS	(1U << 0)
/* The path as the maker gave it; the file may have been renamed since. */
#define BPFPIN_PATH_AT_PIN	(1U << 1)
/* The file has no name any more, only open descriptors. */
#define BPFPIN_PATH_UNLINKED	(1U << 2)
/* The path is the name of a network device, today's. */
#define BPFPIN_PATH_DEVICE	(1U << 3)

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
	/* ABI 2 */
	__u32	ifindex;	/* of an owner that is a network device */
	__u32	netns_ino;	/* of a device or namespace: as in /proc/PID/ns */
	char	pin_name[BPFPIN_PIN_NAME_LEN];	/* of an attached pin, else empty */
	/* ABI 3 */
	__u32	view;		/* BPFPIN_INFO_VIEW, BPFPIN_INFO_INHERITED */
	__u32	reserved;
};

#define BPFPIN_INFO_SIZE_VER0	160

/*
 * BPFPIN_IOC_UNPIN: end a pin now, whatever its owner does.
 *
 * With a path: the file at that path must be a living pin (and the one named
 * by @id, if @id is not 0).  The pin ends and that name is removed, in one
 * step under the directory's lock; the caller needs the permissions of
 * unlink(2).  Without a path (0): the pin @id ends; the file of a file pin stays
 * behind as an ordinary empty one, and to the owner of an attached pin nothing
 * happens.  @id comes back as the pin that ended.
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
 * Errors: EINVAL no stamp or not empty, or a living pin that the caller may not
 * see; EBUSY the pin lives; those of unlink(2).
 */
struct bpfpin_ioc_clean {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_clean) */
	__u32	flags;		/* in: 0 */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__u32	reserved;
	__aligned_u64 path;	/* in: pointer to the path */
};

#define BPFPIN_CLEAN_SIZE_VER0	24

/*
 * BPFPIN_IOC_ATTACH: pin an object to an owner that is there already.
 *
 * The pin holds the object until the owner ends or the pin is ended by
 * BPFPIN_IOC_UNPIN; the owner is not kept alive by it.  An owner can have any
 * number of pins, told apart by name: 1 to 255 bytes, no '/' and not "." or "..".
 * The pin gives no more than the descriptor could: a map that is open for
 * reading only can be had from it for reading only.
 *
 * Errors: EBADF, EINVAL @object_fd is no program, map or link; EINVAL a wrong
 * name; ENAMETOOLONG; EEXIST the owner has a pin of that name; those of struct
 * bpfpin_owner.
 */
struct bpfpin_ioc_attach {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_attach) */
	__u32	flags;		/* in: 0 */
	struct bpfpin_owner owner;	/* in */
	__s32	object_fd;	/* in: a program, map or link */
	__u32	id;		/* out: of the pin */
	__aligned_u64 name;	/* in: pointer to the name */
};

#define BPFPIN_ATTACH_SIZE_VER0	40

/*
 * BPFPIN_IOC_OPEN: a descriptor of a pinned object, by the pin's id or by owner
 * and name.
 *
 * @file_flags as those of BPF_OBJ_GET: 0, BPF_F_RDONLY or BPF_F_WRONLY.  With an
 * @id, @owner is {-1, 0, 0} and @name 0.  The descriptor is close-on-exec.
 *
 * The caller must be one who may see the pin (ENOENT); of the owner's rules in
 * struct bpfpin_owner only those on how it is named hold.
 *
 * Errors: ENOENT no such pin; EACCES more than the pin's maker had; EINVAL wrong
 * flags; EMFILE; those on naming an owner.
 */
struct bpfpin_ioc_open {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_open) */
	__u32	flags;		/* in: 0 */
	struct bpfpin_owner owner;	/* in, if @id is 0 */
	__u32	id;		/* in, or 0; out: of the pin */
	__u32	file_flags;	/* in: BPF_F_RDONLY, BPF_F_WRONLY */
	__aligned_u64 name;	/* in: pointer to the name, if @id is 0 */
	__s32	object_fd;	/* out */
	__u32	object_type;	/* out: enum bpfpin_object_type */
};

#define BPFPIN_OPEN_SIZE_VER0	48

/*
 * BPFPIN_IOC_TIE: have the kernel remove something at an owner's end.
 *
 * @path is an entry of bpffs, a directory of bpffs, or the file of a pin.  At
 * the owner's end a worker removes it: a directory with everything below it,
 * whoever put it there; a file of a pin together with the pin.  What is outside
 * is never touched, and a symlink is removed, not followed.  The tie keeps
 * neither the owner nor the bpffs mount alive or busy.  Removing what is tied by
 * hand, or unmounting its file system, dissolves the tie.  Something can be
 * tied to several owners; the first that ends removes it.
 *
 * The owner may also be an entry of bpffs or the file of a pin.
 *
 * Needs CAP_BPF or CAP_SYS_ADMIN in the initial user namespace, write permission
 * on the directory that @path is in, and what struct bpfpin_owner says.
 *
 * Errors: EINVAL @path is neither of bpffs nor the file of a pin, or is the root
 * of a bpffs, or is the owner itself or a directory that the owner is in;
 * EOPNOTSUPP @path is the file of a pin in sysfs, or inherited; EBUSY something is
 * mounted there; ENOENT; those of stat(2) and struct bpfpin_owner.
 */
struct bpfpin_ioc_tie {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_tie) */
	__u32	flags;		/* in: 0 */
	struct bpfpin_owner owner;	/* in */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__u32	id;		/* out: of the tie */
	__aligned_u64 path;	/* in: pointer to the path; a last symlink itself */
};

#define BPFPIN_TIE_SIZE_VER0	40

/*
 * BPFPIN_IOC_UNTIE: dissolve a tie by id, or all ties of a path that the caller
 * may see.  Nothing is removed.
 *
 * Who may see a tie is who may see a pin.
 *
 * Errors: ENOENT no such tie; those of stat(2).
 */
struct bpfpin_ioc_untie {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_untie) */
	__u32	flags;		/* in: 0 */
	__u32	id;		/* in: or 0, and a path */
	__s32	path_fd;	/* in */
	__aligned_u64 path;	/* in: pointer to the path, or 0 */
	__u32	count;		/* out: how many were dissolved */
	__u32	reserved;
};

#define BPFPIN_UNTIE_SIZE_VER0	32

/*
 * BPFPIN_IOC_TIE_INFO: a tie by id; with BPFPIN_INFO_NEXT as in BPFPIN_IOC_INFO.
 * The buffers work as there; path_flags are BPFPIN_PATH_*.
 */
struct bpfpin_ioc_tie_info {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_tie_info) */
	__u32	flags;		/* in: BPFPIN_INFO_NEXT */
	__u32	id;		/* in and out */
	__u32	uid;		/* who tied, in the caller's user namespace */
	__u32	pid;		/* its process id in the initial namespace */
	__u32	is_dir;		/* a directory is tied */
	__u64	created;	/* nanoseconds of CLOCK_REALTIME */
	__aligned_u64 path;	/* in: buffer for what is tied, or 0 */
	__aligned_u64 owner_path;	/* in: buffer for the owner, or 0 */
	__u32	path_size;	/* in: room; out: needed */
	__u32	owner_path_size;
	__u32	path_flags;
	__u32	owner_path_flags;
	__u64	ino;		/* of what is tied */
	__u64	owner_ino;
	__u32	dev_major;
	__u32	dev_minor;
	__u32	owner_dev_major;
	__u32	owner_dev_minor;
	__u32	ifindex;	/* of an owner that is a network device */
	__u32	netns_ino;
	char	comm[BPFPIN_NAME_LEN];
	char	fs_type[BPFPIN_FS_LEN];		/* of what is tied */
	char	owner_kind[BPFPIN_KIND_LEN];
	char	owner_fs_type[BPFPIN_FS_LEN];
};

#define BPFPIN_TIE_INFO_SIZE_VER0	200

/*
 * BPFPIN_IOC_MONITOR: from now on read(2) of this descriptor gives what happens,
 * a whole number of struct bpfpin_event at a time, and waits for the first unless
 * O_NONBLOCK is set; poll(2) works.  A reader that is too slow misses events; the
 * next one it gets says how many.
 *
 * Needs CAP_BPF or CAP_SYS_ADMIN in the initial user namespace.
 *
 * Errors: EBUSY it already does; EINVAL read(2) of less room than one event.
 */
struct bpfpin_ioc_monitor {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_monitor) */
	__u32	flags;		/* in: 0 */
};

#define BPFPIN_MONITOR_SIZE_VER0	8

enum bpfpin_event_type {
	BPFPIN_EVENT_PINNED	= 1,
	BPFPIN_EVENT_RELEASED	= 2,
};

/* Why a pin, or what was tied, was released. */
enum bpfpin_cause {
	BPFPIN_CAUSE_NONE	= 0,	/* it was not */
	BPFPIN_CAUSE_UNLINK	= 1,	/* last name of the file, last opener gone */
	BPFPIN_CAUSE_CLOSE	= 2,	/* last reference to what has no name */
	BPFPIN_CAUSE_UMOUNT	= 3,
	BPFPIN_CAUSE_RMDIR	= 4,	/* of the cgroup */
	BPFPIN_CAUSE_NETNS	= 5,	/* the namespace ended */
	BPFPIN_CAUSE_NETDEV	= 6,	/* the device was unregistered */
	BPFPIN_CAUSE_UNPIN	= 7,	/* somebody asked for it */
	BPFPIN_CAUSE_TIE	= 8,	/* by a tie, at its owner's end */
};

struct bpfpin_event {
	__u32	size;		/* sizeof(struct bpfpin_event) of the module */
	__u32	lost;		/* events missed just before this one */
	__u32	type;		/* enum bpfpin_event_type */
	__u32	cause;		/* enum bpfpin_cause */
	__u32	pin_id;
	__u32	object_type;	/* enum bpfpin_object_type */
	__u32	object_id;
	__u32	object_subtype;
	__u64	time;		/* nanoseconds of CLOCK_REALTIME */
	char	object_name[BPFPIN_NAME_LEN];
	char	kind[BPFPIN_KIND_LEN];	/* of the owner */
};

/*
 * BPFPIN_IOC_VIEW: make a view, or give one another program.
 *
 * A view is a file in the directory of a cgroup (version 2) whose text a program
 * of the type SEC("iter/cgroup") writes, of that cgroup, at each read that begins
 * at the file's beginning; other reads go on in that text.  The program is run as
 * the kernel's iterator over one cgroup runs it, so it writes the same.  If it
 * returns 1 the reader gets EIO; if it writes more than 1 MiB, E2BIG; once the
 * file is removed, ENODEV.
 *
 * BPF_OBJ_PIN of such a program in such a directory makes a view too, with the
 * permissions and the owner of any pin.  In every way a view is a file pin.
 *
 * INHERIT: every cgroup below has the file as well, with the same permissions and
 * owner, and a new one has it when mkdir(2) returns (soon after, if the kernel had
 * no memory just then).  These are not pins: removing the one that was made removes
 * all, and they cannot be removed by hand (EPERM).
 * A view, or any pin, can be made in the place of one that is inherited, by this
 * request; when it is removed, what was inherited comes back.
 *
 * REPLACE: @path is a view that the caller may see; its program becomes @prog_fd.
 * Every reader gets what the old program writes or what the new one does.  @mode,
 * @uid and @gid are 0.
 *
 * Needs CAP_BPF or CAP_SYS_ADMIN in the initial user namespace, and to make one
 * write permission on the directory; CAP_CHOWN to give the files to others.
 *
 * Errors: EBADF; EINVAL @prog_fd is no such program, or for REPLACE @path no such
 * view; EINVAL @mode has other bits than 0666; EOPNOTSUPP there are no views on
 * that file system; EPERM the name does not begin with "bpf"; EEXIST; those of
 * making a file.
 */
#define BPFPIN_VIEW_INHERIT	(1U << 0)
#define BPFPIN_VIEW_REPLACE	(1U << 1)

/* @uid, @gid: the caller's own */
#define BPFPIN_VIEW_CALLER	((__u32)-1)

struct bpfpin_ioc_view {
	__u32	size;		/* in: sizeof(struct bpfpin_ioc_view) */
	__u32	flags;		/* in: BPFPIN_VIEW_* */
	__s32	prog_fd;	/* in: the program */
	__s32	path_fd;	/* in: where a relative path starts, or AT_FDCWD */
	__aligned_u64 path;	/* in: pointer to the path */
	__u32	mode;		/* in: permissions of the files */
	__u32	uid;		/* in: their owner, in the caller's user namespace */
	__u32	gid;		/* in: their group */
	__u32	id;		/* out: of the pin */
};

#define BPFPIN_VIEW_SIZE_VER0	40

#define BPFPIN_IOC_MAGIC	0xBF

/* The size is in the structure, not in the number: a request never changes. */
#define BPFPIN_IOC_STATUS	_IO(BPFPIN_IOC_MAGIC, 0x00)
#define BPFPIN_IOC_KIND		_IO(BPFPIN_IOC_MAGIC, 0x01)
#define BPFPIN_IOC_FILE		_IO(BPFPIN_IOC_MAGIC, 0x02)
#define BPFPIN_IOC_INFO		_IO(BPFPIN_IOC_MAGIC, 0x03)
#define BPFPIN_IOC_UNPIN	_IO(BPFPIN_IOC_MAGIC, 0x04)
#define BPFPIN_IOC_CLEAN	_IO(BPFPIN_IOC_MAGIC, 0x05)
#define BPFPIN_IOC_ATTACH	_IO(BPFPIN_IOC_MAGIC, 0x06)
#define BPFPIN_IOC_OPEN		_IO(BPFPIN_IOC_MAGIC, 0x07)
#define BPFPIN_IOC_TIE		_IO(BPFPIN_IOC_MAGIC, 0x08)
#define BPFPIN_IOC_UNTIE	_IO(BPFPIN_IOC_MAGIC, 0x09)
#define BPFPIN_IOC_TIE_INFO	_IO(BPFPIN_IOC_MAGIC, 0x0a)
#define BPFPIN_IOC_MONITOR	_IO(BPFPIN_IOC_MAGIC, 0x0b)
#define BPFPIN_IOC_VIEW		_IO(BPFPIN_IOC_MAGIC, 0x0c)

#endif /* _UAPI_LINUX_BPFPIN_H */
