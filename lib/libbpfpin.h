/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/*
 * libbpfpin: pin BPF objects to things that can die, look at the pins, end
 * them.
 *
 * A pin that is a file is made and opened with bpf(2), so bpfpin_pin() and
 * bpfpin_get() need nothing but a kernel with the bpfpin module loaded (and
 * work on bpffs without it).  Everything else asks the module through its
 * device, whose manual is <linux/bpfpin.h>: the errors named there come through
 * unchanged.  ENOSYS from any of these says that the module is older than the
 * request.
 *
 * Conventions, which are libbpf's
 * -------------------------------
 * - A function that returns int returns 0 (or what its comment says), or a
 *   negative errno, and sets errno too.  One that returns a pointer returns
 *   NULL and sets errno.
 * - The last argument of most functions points to a structure of options, or
 *   is NULL for none.  Declare it with LIBBPFPIN_OPTS(), which fills in its
 *   size: a program built against an older header passes less, the library
 *   takes the rest as zero; one built against a newer header passes more,
 *   refused with EINVAL unless what the library does not know is zero.
 * - A structure that the library fills in is declared the same way.  What
 *   the library does not know it sets to zero.  A size smaller than that of
 *   the first release is EINVAL.  Numbers that stand for names (enums) may get
 *   new values.
 * - Unknown flags are EINVAL.
 * - Strings are bytes as the kernel keeps them: a path may hold any byte but
 *   zero, a name or comm any byte at all.  Escape before printing.
 *
 * Threads: any number may use one struct bpfpin at the same time.  A struct
 * bpfpin_pins or bpfpin_ties belongs to one thread at a time.  Descriptors are
 * close-on-exec.
 *
 * The idea of pins outside bpffs that end with their owner comes from the RFC
 * series "Pinning bpf objects outside bpffs" of January 2022 on the bpf list;
 * the shape of this library from libbpf.
 */
#ifndef __LIBBPFPIN_LIBBPFPIN_H
#define __LIBBPFPIN_LIBBPFPIN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <linux/bpfpin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LIBBPFPIN_MAJOR_VERSION	0
#define LIBBPFPIN_MINOR_VERSION	3
#define LIBBPFPIN_PATCH_VERSION	0

#ifndef LIBBPFPIN_API
#define LIBBPFPIN_API __attribute__((visibility("default")))
#endif

/* Declare a structure that carries its size: LIBBPFPIN_OPTS(type, name, .field = value). */
#define LIBBPFPIN_OPTS(TYPE, NAME, ...)					\
	struct TYPE NAME = ({						\
		memset(&NAME, 0, sizeof(struct TYPE));			\
		(struct TYPE) {						\
			.sz = sizeof(struct TYPE),			\
			__VA_ARGS__					\
		};							\
	})

/*
 * The version of the library that runs, which need not be the one a program
 * was built against.  The string ("0.3.0") is static.
 */
LIBBPFPIN_API __u32 libbpfpin_major_version(void);
LIBBPFPIN_API __u32 libbpfpin_minor_version(void);
LIBBPFPIN_API const char *libbpfpin_version_string(void);

/* ---- log ---------------------------------------------------------------- */

enum bpfpin_print_level {
	BPFPIN_PRINT_WARN,
	BPFPIN_PRINT_INFO,
	BPFPIN_PRINT_DEBUG,
};

typedef int (*bpfpin_print_fn_t)(enum bpfpin_print_level level,
				 const char *fmt, va_list args);

/*
 * Replace the function that gets the library's messages, for the whole
 * process; NULL silences them.  Returns the one before.  A message is one or
 * more whole lines.  At first warnings and infos go to stderr.  May be called
 * at any time; a message under way in another thread may still go to the old
 * function.
 */
LIBBPFPIN_API bpfpin_print_fn_t bpfpin_set_print(bpfpin_print_fn_t fn);

/* ---- making and opening pins: bpf(2), no device --------------------------- */

/* Value of BPF_F_PATH_FD, which headers before Linux 6.5 do not have. */
#define BPFPIN_F_PATH_FD	(1U << 14)

struct bpfpin_pin_opts {
	size_t sz;
	/* BPFPIN_F_PATH_FD */
	__u32 file_flags;
	/* where a relative path starts, with BPFPIN_F_PATH_FD; Linux 6.5 */
	int path_fd;
	size_t :0;
};
#define bpfpin_pin_opts__last_field path_fd

/*
 * Pin the program, map or link behind @obj_fd to a new file at @path.  The
 * pin lasts until the file's end: its last name and last open descriptor
 * gone, or its file system unmounted.
 *
 * Errors: EPERM this file system takes no pins (bpfpin__file() says why), or
 * the caller may not use bpf(2); EEXIST there is a file; EINVAL @obj_fd is no
 * BPF object, or the kernel knows no BPFPIN_F_PATH_FD; EBADF; those of
 * creating a file.
 */
LIBBPFPIN_API int bpfpin_pin(int obj_fd, const char *path,
			     const struct bpfpin_pin_opts *opts);

struct bpfpin_get_opts {
	size_t sz;
	/* BPF_F_RDONLY, BPF_F_WRONLY (of a map), BPFPIN_F_PATH_FD */
	__u32 file_flags;
	/* where a relative path starts, with BPFPIN_F_PATH_FD; Linux 6.5 */
	int path_fd;
	size_t :0;
};
#define bpfpin_get_opts__last_field path_fd

/*
 * A new descriptor, the caller's to close, of the object pinned at @path.
 *
 * Errors: EACCES no permission for the file, or the file is no pin; ENOENT;
 * EPERM this file system takes no pins, or the caller may not use bpf(2);
 * EINVAL flags that this kind of object does not take.
 */
LIBBPFPIN_API int bpfpin_get(const char *path, const struct bpfpin_get_opts *opts);

/* "prog", "map", "link", or NULL for a type unknown to the library. */
LIBBPFPIN_API const char *bpfpin_object_type_str(enum bpfpin_object_type type);

/* ---- the module ------------------------------------------------------------ */

struct bpfpin;

struct bpfpin_open_opts {
	size_t sz;
	/* the device; NULL for BPFPIN_DEVICE */
	const char *device;
	size_t :0;
};
#define bpfpin_open_opts__last_field device

/*
 * Connect to the module.  Needs no rights beyond opening the device; what the
 * caller may then see or end is the module's to decide.
 *
 * A module of another interface version (bpfpin_status.abi_version) is no
 * error, as requests keep their meaning: a warning goes to the log, and what
 * an older module cannot do fails with ENOSYS.
 *
 * Errors: those of open(2), where ENOENT, ENODEV and ENXIO mean that the
 * module is not loaded; EPROTO the device is not bpfpin's; ENOMEM.
 */
LIBBPFPIN_API struct bpfpin *bpfpin__open(const struct bpfpin_open_opts *opts);

/* Ends the connection, never a pin.  NULL is fine. */
LIBBPFPIN_API void bpfpin__close(struct bpfpin *bpfpin);

/* The descriptor of the device; it stays the library's. */
LIBBPFPIN_API int bpfpin__fd(const struct bpfpin *bpfpin);

struct bpfpin_status {
	size_t sz;
	__u32 abi_version;	/* of the module; ours is BPFPIN_ABI_VERSION */
	__u32 features;		/* BPFPIN_FEATURE_* */
	int watch_error;	/* 0, or the negative errno that says why the */
	int pin_error;		/* feature is missing */
	int get_error;
	__u32 pins;		/* alive, whoever made them */
	__u32 watches;		/* alive, those of pins and ties included */
	__u8 instance[16];	/* new at each load of the module */
	char version[BPFPIN_VERSION_LEN];
	/* 0.2.0 */
	__u32 ties;		/* alive */
	size_t :0;
};
#define bpfpin_status__last_field ties

/* What this module is and what works on this kernel. */
LIBBPFPIN_API int bpfpin__status(struct bpfpin *bpfpin, struct bpfpin_status *status);

struct bpfpin_kind_info {
	size_t sz;
	__u32 can;		/* BPFPIN_KIND_* */
	char kind[BPFPIN_KIND_LEN];
	char fs_type[BPFPIN_FS_LEN];	/* empty for what is on no file system */
	char reason[BPFPIN_REASON_LEN];	/* why no file pin, or empty */
	size_t :0;
};
#define bpfpin_kind_info__last_field reason

/* A row of the table of owner kinds, from 0; ENOENT behind the last. */
LIBBPFPIN_API int bpfpin__kind(struct bpfpin *bpfpin, __u32 index,
			       struct bpfpin_kind_info *info);

/* ---- files ----------------------------------------------------------------- */

/* path_fd is where a relative path starts (else the working directory) */
#define BPFPIN_OPT_PATH_FD	(1U << 0)
/* bpfpin__file(): look at a last symlink itself */
#define BPFPIN_OPT_NOFOLLOW	(1U << 1)

struct bpfpin_path_opts {
	size_t sz;
	__u32 flags;		/* BPFPIN_OPT_* */
	int path_fd;
	size_t :0;
};
#define bpfpin_path_opts__last_field path_fd

struct bpfpin_file_info {
	size_t sz;
	__u32 state;		/* enum bpfpin_file_state */
	__u32 pin_id;		/* of the pin, or the one its stamp tells of */
	__u32 can;		/* BPFPIN_KIND_* of the file's owner kind */
	char kind[BPFPIN_KIND_LEN];
	char fs_type[BPFPIN_FS_LEN];
	char reason[BPFPIN_REASON_LEN];	/* why no pin here, or empty */
	char stamp[BPFPIN_STAMP_LEN];	/* STALE, ALIAS: the file's stamp */
	size_t :0;
};
#define bpfpin_file_info__last_field stamp

/*
 * What is at @path, and could a pin be made there?  The path must exist: to
 * learn about a file that is yet to be made use bpfpin__explain().
 *
 * Errors: those of stat(2).
 */
LIBBPFPIN_API int bpfpin__file(struct bpfpin *bpfpin, const char *path,
			       struct bpfpin_file_info *info,
			       const struct bpfpin_path_opts *opts);

/*
 * The same for a file that need not exist: if there is nothing at @path, the
 * answer is about the directory it would be made in, and the reason about a pin of
 * that name.  An empty one means that the file system takes such pins.
 */
LIBBPFPIN_API int bpfpin__explain(struct bpfpin *bpfpin, const char *path,
				  struct bpfpin_file_info *info,
				  const struct bpfpin_path_opts *opts);

/*
 * End the pin at @path and remove that name, in one step.  @id is NULL, or
 * points to the id the pin must have (0 for any) and gets the id of the pin
 * that ended.  A last symlink is not followed.
 *
 * Errors: EINVAL the file is no pin, or not that one; ENOENT; those of
 * unlink(2).  After any error the pin lives.
 */
LIBBPFPIN_API int bpfpin__unpin_path(struct bpfpin *bpfpin, const char *path, __u32 *id,
				     const struct bpfpin_path_opts *opts);

/*
 * End the pin @id.  Its file, if it is a file pin, stays behind as an ordinary
 * empty one: bpfpin_pins__find() and bpfpin__unpin_path() take it along.  To the
 * owner of an attached pin nothing happens.
 *
 * Errors: ENOENT no such pin; EINVAL 0 is no id.
 */
LIBBPFPIN_API int bpfpin__unpin_id(struct bpfpin *bpfpin, __u32 id);

/*
 * Remove the file at @path if, and only if, it is provably left behind by a
 * pin that ended.  A last symlink is not followed.
 *
 * Errors: EINVAL it is not, or a pin that the caller may not see; EBUSY its pin
 * lives; those of unlink(2).
 */
LIBBPFPIN_API int bpfpin__clean(struct bpfpin *bpfpin, const char *path,
				const struct bpfpin_path_opts *opts);

/* ---- owners ------------------------------------------------------------------ */

/* fd is given; see struct bpfpin_owner_spec */
#define BPFPIN_OWNER_FD		(1U << 0)

/*
 * How the caller names an owner, in one of three ways:
 *
 * - @path: a file, a cgroup's directory, a network namespace's file (below
 *   /proc/PID/ns, or a bind mount of it), a socket's name, ...; a last symlink
 *   is followed.  @fd is where a relative path starts, if BPFPIN_OWNER_FD is set.
 * - @ifindex: a network device, in the network namespace that @fd is open for
 *   if BPFPIN_OWNER_FD is set, else in the caller's own.
 * - neither: what @fd is open for (not O_PATH): one of the above, or a socket,
 *   a pipe, a memfd.  BPFPIN_OWNER_FD must be set.
 *
 * Both, or none of the three, is EINVAL.  <linux/bpfpin.h> says with struct
 * bpfpin_owner which rights the caller needs, and which errors there are.
 */
struct bpfpin_owner_spec {
	size_t sz;
	__u32 flags;		/* BPFPIN_OWNER_FD */
	int fd;
	const char *path;
	__u32 ifindex;
	size_t :0;
};
#define bpfpin_owner_spec__last_field ifindex

/* ---- attached pins ----------------------------------------------------------- */

/*
 * Pin the program, map or link behind @obj_fd to @owner, which is there
 * already, under @name.  The pin lasts until the owner's end.  @id is NULL or
 * gets the pin's id.
 *
 * Errors: EBADF, EINVAL @obj_fd is no BPF object, or @name not 1 to 255 bytes
 * without '/' that are neither "." nor ".."; ENAMETOOLONG; EEXIST the owner has
 * a pin of that name; EPERM, EACCES no right to the owner; EOPNOTSUPP the kernel
 * does not tell the end of such an owner; ENODEV; those of stat(2).
 */
LIBBPFPIN_API int bpfpin__attach(struct bpfpin *bpfpin, int obj_fd,
				 const struct bpfpin_owner_spec *owner,
				 const char *name, __u32 *id);

struct bpfpin_get_fd_opts {
	size_t sz;
	/* BPF_F_RDONLY, BPF_F_WRONLY (of a map) */
	__u32 file_flags;
	/* filled in: the pin, and what the descriptor is of */
	__u32 pin_id;
	__u32 object_type;	/* enum bpfpin_object_type */
	size_t :0;
};
#define bpfpin_get_fd_opts__last_field object_type

/*
 * A new descriptor, the caller's to close, of the object of the pin @id, be it
 * attached or a file; or of the one attached to @owner under @name.  Of the
 * rights to an owner none is needed, only that the caller may see the pin.
 *
 * Errors: ENOENT no such pin; EACCES the pin's maker had no right to so much;
 * EINVAL 0 is no id, or flags that this kind of object does not take; EMFILE;
 * those on naming an owner.
 */
LIBBPFPIN_API int bpfpin__get_fd_by_id(struct bpfpin *bpfpin, __u32 id,
				       struct bpfpin_get_fd_opts *opts);
LIBBPFPIN_API int bpfpin__get_fd_by_name(struct bpfpin *bpfpin,
					 const struct bpfpin_owner_spec *owner,
					 const char *name,
					 struct bpfpin_get_fd_opts *opts);

/* ---- views -------------------------------------------------------------------- */

/* every cgroup below has the file, too */
#define BPFPIN_VIEW_OPT_INHERIT	(1U << 0)
/* mode, uid, gid are given; else the files are readable for all, and the caller's */
#define BPFPIN_VIEW_OPT_MODE	(1U << 1)
#define BPFPIN_VIEW_OPT_UID	(1U << 2)
#define BPFPIN_VIEW_OPT_GID	(1U << 3)

struct bpfpin_view_opts {
	size_t sz;
	__u32 flags;		/* BPFPIN_VIEW_OPT_* */
	__u32 mode;		/* at most 0666 */
	__u32 uid;
	__u32 gid;
	size_t :0;
};
#define bpfpin_view_opts__last_field gid

/*
 * Make a view (0.3.0): a file at @path, in the directory of a cgroup of version 2
 * and with a name that begins with "bpf", whose text the program behind @prog_fd
 * writes at each read.  The program is one of SEC("iter/cgroup").  <linux/bpfpin.h>
 * tells at BPFPIN_IOC_VIEW what a reader gets.  A file there that is inherited gives
 * way.  A view is a file pin: bpfpin__unpin_path() or rm ends it.  @id is NULL or
 * gets the pin's id.
 *
 * Errors: EBADF, EINVAL @prog_fd is no such program; EOPNOTSUPP no views there;
 * EPERM a wrong name, or the caller may not use BPF or give files away; EEXIST;
 * those of making a file.
 */
LIBBPFPIN_API int bpfpin__view_add(struct bpfpin *bpfpin, int prog_fd, const char *path,
				   const struct bpfpin_view_opts *opts, __u32 *id);

/*
 * Give the view that was made at @path another program (0.3.0), in one step for all
 * its readers.  @id is NULL or gets the pin's id.
 *
 * Errors: EBADF; EINVAL no such program, or no view of the caller's at @path, or one
 * that is inherited; those of stat(2).
 */
LIBBPFPIN_API int bpfpin__view_replace(struct bpfpin *bpfpin, int prog_fd, const char *path,
				       __u32 *id);

/* ---- looking at the pins ----------------------------------------------------- */

/* What bpfpin_pin_info.path, and those of bpfpin_tie_info, are worth. */
enum bpfpin_path_state {
	/* NULL: the kernel knows no path */
	BPFPIN_PATH_NONE	= 0,
	/* leads the caller there: looked at while the walk came by */
	BPFPIN_PATH_FOUND	= 1,
	/*
	 * counts from the root of the file system; no mount that the caller
	 * sees leads there
	 */
	BPFPIN_PATH_HIDDEN	= 2,
	/* as the maker gave it; it does not (or no longer) lead there */
	BPFPIN_PATH_MAKERS	= 3,
	/*
	 * the file has lost its names and lives by open descriptors only; the
	 * path is the last one, to be shown and nothing else
	 */
	BPFPIN_PATH_DELETED	= 4,
	/* no path but the name of the network device, today's (0.2.0) */
	BPFPIN_PATH_NETDEV	= 5,
};

struct bpfpin_pin_info {
	size_t sz;
	__u32 id;
	__u32 object_type;	/* enum bpfpin_object_type */
	__u32 object_id;	/* as in bpf(2) */
	__u32 object_subtype;	/* bpf_prog_type, bpf_map_type, bpf_link_type */
	__u32 uid;		/* who pinned, in the caller's user namespace */
	__u32 pid;		/* its process id in the initial namespace */
	__u64 created_ns;	/* nanoseconds of CLOCK_REALTIME */
	__u64 ino;		/* recycled: for the reader only */
	__u32 dev_major;
	__u32 dev_minor;
	__u32 path_state;	/* enum bpfpin_path_state */
	/*
	 * Of the file pin's file, or of the owner.  Not the caller's: good
	 * until the next call for the same struct bpfpin_pins.
	 */
	const char *path;
	__u8 object_tag[8];	/* of a program */
	char object_name[BPFPIN_NAME_LEN];
	char comm[BPFPIN_NAME_LEN];
	char kind[BPFPIN_KIND_LEN];
	char fs_type[BPFPIN_FS_LEN];
	/* 0.2.0 */
	__u32 ifindex;		/* of an owner that is a network device, else 0 */
	__u32 netns_ino;	/* of a device or namespace: as in /proc/PID/ns */
	char pin_name[BPFPIN_PIN_NAME_LEN]; /* of an attached pin, else empty */
	/* 0.3.0 */
	__u32 view;		/* BPFPIN_INFO_VIEW, BPFPIN_INFO_INHERITED, or 0 */
	size_t :0;
};
#define bpfpin_pin_info__last_field view

struct bpfpin_pins;

struct bpfpin_pins_opts {
	size_t sz;
	/* begin with the lowest id that is at least this */
	__u32 start_id;
	/* do not ask for paths, which is quicker: path_state is NONE */
	bool no_paths;
	/*
	 * 0.2.0: only the pins that end with this owner; looked up once, when
	 * the walk begins
	 */
	const struct bpfpin_owner_spec *owner;
	size_t :0;
};
#define bpfpin_pins_opts__last_field owner

/*
 * Begin a walk over the pins that the caller may see.  It is no snapshot:
 * pins come in the order of their ids as they are when their turn comes, one
 * that lives all the time comes exactly once.  The table of mounts is read
 * here, once; a pin on a file system mounted later has a HIDDEN path.
 *
 * @bpfpin must outlive the walk.
 *
 * Errors: ENOMEM; those of reading /proc/self/mountinfo; for an owner those of
 * stat(2).
 */
LIBBPFPIN_API struct bpfpin_pins *bpfpin__pins(struct bpfpin *bpfpin,
					       const struct bpfpin_pins_opts *opts);

/* 1 and the next pin, or 0 behind the last one. */
LIBBPFPIN_API int bpfpin_pins__next(struct bpfpin_pins *pins,
				    struct bpfpin_pin_info *info);

/* The pin @id, wherever the walk is, which goes on from where it was. */
LIBBPFPIN_API int bpfpin_pins__find(struct bpfpin_pins *pins, __u32 id,
				    struct bpfpin_pin_info *info);

/* NULL is fine. */
LIBBPFPIN_API void bpfpin_pins__free(struct bpfpin_pins *pins);

/* ---- ties ---------------------------------------------------------------------- */

/*
 * Have the kernel remove @path at the owner's end: an entry of bpffs, a
 * directory of bpffs with everything below it, whoever put it there, or the file
 * of a pin together with the pin.  A last symlink is not followed.  Of @opts
 * BPFPIN_OPT_PATH_FD counts.  @id is NULL or gets the tie's id.
 *
 * Errors: EINVAL @path is neither of bpffs nor the file of a pin, or is the root
 * of a bpffs, or is the owner or a directory above it; EOPNOTSUPP @path is the file
 * of a pin in sysfs, or inherited; EBUSY something is mounted there; EPERM, EACCES
 * no right to the directory that @path is in, or to the owner; those of stat(2) and
 * on naming an owner.
 */
LIBBPFPIN_API int bpfpin__tie(struct bpfpin *bpfpin, const char *path,
			      const struct bpfpin_owner_spec *owner, __u32 *id,
			      const struct bpfpin_path_opts *opts);

/*
 * Dissolve the tie @id; nothing is removed.
 *
 * Errors: ENOENT no such tie; EINVAL 0 is no id.
 */
LIBBPFPIN_API int bpfpin__untie_id(struct bpfpin *bpfpin, __u32 id);

/*
 * Dissolve all ties of what is at @path that the caller may see.  @count is NULL
 * or gets how many there were.  A last symlink is not followed.
 *
 * Errors: ENOENT no tie, or nothing there; those of stat(2).
 */
LIBBPFPIN_API int bpfpin__untie_path(struct bpfpin *bpfpin, const char *path, __u32 *count,
				     const struct bpfpin_path_opts *opts);

struct bpfpin_tie_info {
	size_t sz;
	__u32 id;
	__u32 uid;		/* who tied, in the caller's user namespace */
	__u32 pid;		/* its process id in the initial namespace */
	bool is_dir;		/* a directory is tied */
	__u64 created_ns;	/* nanoseconds of CLOCK_REALTIME */
	__u64 ino;		/* of what is tied; recycled: for the reader only */
	__u64 owner_ino;
	__u32 dev_major;
	__u32 dev_minor;
	__u32 owner_dev_major;
	__u32 owner_dev_minor;
	__u32 ifindex;		/* of an owner that is a network device, else 0 */
	__u32 netns_ino;	/* of a device or namespace: as in /proc/PID/ns */
	__u32 path_state;	/* enum bpfpin_path_state */
	__u32 owner_path_state;
	/*
	 * Not the caller's: good until the next call for the same struct
	 * bpfpin_ties.
	 */
	const char *path;
	const char *owner_path;
	char comm[BPFPIN_NAME_LEN];
	char fs_type[BPFPIN_FS_LEN];	/* of what is tied */
	char owner_kind[BPFPIN_KIND_LEN];
	char owner_fs_type[BPFPIN_FS_LEN];
	size_t :0;
};
#define bpfpin_tie_info__last_field owner_fs_type

struct bpfpin_ties;

struct bpfpin_ties_opts {
	size_t sz;
	/* begin with the lowest id that is at least this */
	__u32 start_id;
	/* do not ask for paths, which is quicker: the states are NONE */
	bool no_paths;
	size_t :0;
};
#define bpfpin_ties_opts__last_field no_paths

/* A walk over the ties that the caller may see; all is as for bpfpin__pins(). */
LIBBPFPIN_API struct bpfpin_ties *bpfpin__ties(struct bpfpin *bpfpin,
					       const struct bpfpin_ties_opts *opts);

/* 1 and the next tie, or 0 behind the last one. */
LIBBPFPIN_API int bpfpin_ties__next(struct bpfpin_ties *ties,
				    struct bpfpin_tie_info *info);

/* The tie @id, wherever the walk is, which goes on from where it was. */
LIBBPFPIN_API int bpfpin_ties__find(struct bpfpin_ties *ties, __u32 id,
				    struct bpfpin_tie_info *info);

/* NULL is fine. */
LIBBPFPIN_API void bpfpin_ties__free(struct bpfpin_ties *ties);

/* ---- what happens ---------------------------------------------------------------- */

struct bpfpin_monitor_opts {
	size_t sz;
	/* reading does not wait but fails with EAGAIN */
	bool nonblock;
	size_t :0;
};
#define bpfpin_monitor_opts__last_field nonblock

/*
 * A new descriptor, the caller's to close, that tells of each pin that is made
 * and each that ends, from now on.  Needs CAP_BPF or CAP_SYS_ADMIN.  It can be
 * polled, and read with bpfpin_read_events() or with read(2): struct
 * bpfpin_event, but of the module's size, which is in each.
 *
 * It is a descriptor of its own: @bpfpin may be closed before it.
 *
 * Errors: EPERM; those of opening the device.
 */
LIBBPFPIN_API int bpfpin__monitor(struct bpfpin *bpfpin, const struct bpfpin_monitor_opts *opts);

/*
 * Gets one event, of which event->size bytes are there: at least what a header
 * of 0.2.0 knows.  event->lost is how many are missing just before this one.
 * Anything but 0 ends the reading; what was read already is dropped then.
 */
typedef int (*bpfpin_event_fn)(void *ctx, const struct bpfpin_event *event);

/*
 * Wait for events and hand those that are there to @fn, one by one.  Returns
 * how many, or what @fn returned if that is not 0.
 *
 * Errors: EAGAIN nothing there and @monitor_fd does not wait; EINTR; EPROTO what
 * was read is no event; those of read(2).
 */
LIBBPFPIN_API int bpfpin_read_events(int monitor_fd, bpfpin_event_fn fn, void *ctx);

/* "pinned", "released", or NULL for a type unknown to the library. */
LIBBPFPIN_API const char *bpfpin_event_type_str(enum bpfpin_event_type type);

/* "none", "unlink", "close", "umount", ..., or NULL for one unknown to the library. */
LIBBPFPIN_API const char *bpfpin_cause_str(enum bpfpin_cause cause);

#ifdef __cplusplus
}
#endif

#endif /* __LIBBPFPIN_LIBBPFPIN_H */
