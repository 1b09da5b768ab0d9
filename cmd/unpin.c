// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin unpin */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "owner.h"
#include "selection.h"

/* What became of a pin's file. */
enum file_end {
	FILE_NONE,		/* an attached pin has none */
	FILE_REMOVED,
	FILE_WAS_GONE,		/* it had lost its names before */
	FILE_STAYS,
};

/*
 * End a pin that bpfpin_pins has just told of, and its file with it.  It may
 * be renamed or end under our hands: ENOENT if it ended.  On a file system
 * that has become read-only the file has to stay.
 */
static int end_pin(struct bpfpin *module, struct bpfpin_pins *pins,
		   struct bpfpin_pin_info *pin, enum file_end *end)
{
	int err, tries;
	__u32 id;

	if (*pin->pin_name) {
		*end = FILE_NONE;
		return bpfpin__unpin_id(module, pin->id);
	}

	for (tries = 0; pin->path_state == BPFPIN_PATH_FOUND && tries < 3; tries++) {
		*end = FILE_REMOVED;
		id = pin->id;
		err = bpfpin__unpin_path(module, pin->path, &id, NULL);
		if (err == -EROFS)
			break;
		if (err != -ENOENT && err != -EINVAL)
			return err;
		err = bpfpin_pins__find(pins, pin->id, pin);
		if (err)
			return err;
	}
	/* Somebody renames it faster than we look. */
	if (tries == 3)
		return -EBUSY;
	*end = pin->path_state == BPFPIN_PATH_DELETED ? FILE_WAS_GONE : FILE_STAYS;
	return bpfpin__unpin_id(module, pin->id);
}

static struct json_object *ended_json(const struct bpfpin_pin_info *pin, enum file_end end)
{
	struct json_object *object = json_object_new_object();

	json_add_uint(object, "id", pin->id);
	if (end == FILE_NONE) {
		json_add_bytes(object, "pin_name", pin->pin_name);
		return object;
	}
	json_add_bytes(object, "path",
		       pin->path_state == BPFPIN_PATH_FOUND ? pin->path : NULL);
	json_add_bool(object, "file_stays", end == FILE_STAYS);
	return object;
}

static int unpin_id(struct bpfpin *module, __u32 id)
{
	struct bpfpin_pins *pins = bpfpin__pins(module, NULL);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	enum file_end end;
	int err;

	if (!pins)
		return fail("cannot look for the pin's file: %s", module_strerror(-errno));
	err = bpfpin_pins__find(pins, id, &pin);
	if (!err)
		err = end_pin(module, pins, &pin, &end);
	if (err == -ENOENT)
		fail("there is no pin with id %u", id);
	else if (err && *pin.pin_name)
		fail("cannot end pin %u with name \"%s\": %s", id, pin.pin_name,
		     module_strerror(err));
	else if (err && pin.path_state == BPFPIN_PATH_FOUND)
		fail("cannot end pin %u at %s: %s", id, pin.path, module_strerror(err));
	else if (err)
		fail("cannot end pin %u: %s", id, module_strerror(err));
	else if (options.json)
		json_print(ended_json(&pin, end));
	else if (end == FILE_STAYS && pin.path_state == BPFPIN_PATH_FOUND)
		print_line("pin %u has ended; its file %s stays, as the file system is read-only",
			   id, pin.path);
	else if (end == FILE_STAYS)
		print_line("pin %u has ended; its file stays, as no path leads to it from here",
			   id);
	bpfpin_pins__free(pins);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int unpin_path(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	struct json_object *object;
	__u32 id = 0;
	int err;

	err = bpfpin__unpin_path(module, path, &id, NULL);
	/* The kernel lets nobody remove what is inherited. */
	if ((err == -EINVAL || err == -EPERM) &&
	    !bpfpin__file(module, path, &file, &nofollow)) {
		if (file.state == BPFPIN_FILE_INHERITED)
			return module_fail_inherited("unpin", path, &file);
		if (err == -EINVAL && file.state != BPFPIN_FILE_PIN)
			return module_fail_no_pin(path, &file);
	}
	if (err)
		return fail("cannot unpin %s: %s", path, module_strerror(err));
	if (options.json) {
		object = json_object_new_object();
		json_add_uint(object, "id", id);
		json_add_bytes(object, "path", path);
		json_add_bool(object, "file_stays", false);
		json_print(object);
	}
	return EXIT_SUCCESS;
}

/* Where a terminal watches, a line that moves, ten times a second at most. */
static void progress(unsigned int done, unsigned int total)
{
	static struct timespec last;
	static int terminal = -1;
	struct timespec now;

	if (terminal < 0)
		terminal = isatty(STDERR_FILENO) && !options.debug;
	if (!terminal)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (done < total && (now.tv_sec - last.tv_sec) * 1000 +
	    (now.tv_nsec - last.tv_nsec) / 1000000 < 100)
		return;
	last = now;
	if (done < total)
		fprintf(stderr, "\r%u of %u pins ended\033[K", done, total);
	else
		fprintf(stderr, "\r\033[K");
}

struct tally {
	unsigned int ended, with_them, stay, failed;
	struct json_object *ended_list, *failed_list;
};

static void count_failure(struct tally *tally, const struct bpfpin_pin_info *pin, int err)
{
	bool found = pin->path_state == BPFPIN_PATH_FOUND && !*pin->pin_name;
	struct json_object *object;

	tally->failed++;
	if (!options.json) {
		progress(1, 1);
		complain("cannot end pin %u%s%s: %s", pin->id, found ? " at " : "",
			 found ? pin->path : "", module_strerror(err));
		return;
	}
	object = json_object_new_object();
	json_add_uint(object, "id", pin->id);
	if (*pin->pin_name)
		json_add_bytes(object, "pin_name", pin->pin_name);
	else
		json_add_bytes(object, "path", found ? pin->path : NULL);
	json_add_string(object, "error", module_strerror(err));
	json_object_array_add(tally->failed_list, object);
}

/*
 * How many pins there are to end, and the id of the last: the end of one can bring
 * that of others, which are attached to its file, before the walk comes to them.
 */
static __u32 count_pins(struct bpfpin *module, unsigned int *count)
{
	LIBBPFPIN_OPTS(bpfpin_pins_opts, no_paths, .no_paths = true);
	struct bpfpin_pins *pins = bpfpin__pins(module, &no_paths);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	__u32 last = 0;

	while (pins && bpfpin_pins__next(pins, &pin) > 0) {
		++*count;
		last = pin.id;
	}
	bpfpin_pins__free(pins);
	return last;
}

/* The walk; -errno if it could not go to its end. */
static int end_all(struct bpfpin *module, struct tally *tally)
{
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	struct bpfpin_pins *pins = bpfpin__pins(module, NULL);
	unsigned int listed = 0;	/* before the first was ended */
	unsigned int met = 0;	/* of those, the ones that were there when their turn came */
	enum file_end end;
	__u32 last;
	int err;

	if (!pins)
		return -errno;
	last = count_pins(module, &listed);
	while ((err = bpfpin_pins__next(pins, &pin)) > 0) {
		err = end_pin(module, pins, &pin, &end);
		if (err == -ENOENT)
			continue;	/* it ended without us */
		met += pin.id <= last;
		if (err) {
			count_failure(tally, &pin, err);
			continue;
		}
		tally->ended++;
		tally->stay += end == FILE_STAYS;
		if (options.json)
			json_object_array_add(tally->ended_list, ended_json(&pin, end));
		progress(tally->ended, listed);
	}
	progress(1, 1);
	bpfpin_pins__free(pins);
	if (!err && tally->ended && listed > met)
		tally->with_them = listed - met;
	return err;
}

static char *ended_text(const struct tally *tally)
{
	if (!tally->with_them)
		return text("%u pin%s ended", tally->ended, tally->ended == 1 ? "" : "s");
	return text("%u pin%s ended, and %u with %s", tally->ended, tally->ended == 1 ? "" : "s",
		    tally->with_them, tally->ended == 1 ? "it" : "them");
}

static int unpin_all(struct bpfpin *module)
{
	struct tally tally = { 0 };
	struct json_object *object = NULL;
	char *message, *ended;
	int err;

	if (options.json) {
		object = json_object_new_object();
		tally.ended_list = json_object_new_array();
		tally.failed_list = json_object_new_array();
		json_object_object_add(object, "unpinned", tally.ended_list);
		json_object_object_add(object, "failed", tally.failed_list);
	}
	err = end_all(module, &tally);
	if (options.json) {
		if (err)
			message = text("cannot list the pins: %s", module_strerror(err));
		else
			message = text("%u of %u pins could not be ended", tally.failed,
				       tally.ended + tally.failed);
		if (err || tally.failed)
			json_add_bytes(object, "error", message);
		free(message);
		if (tally.with_them)
			json_add_uint(object, "ended_with_them", tally.with_them);
		json_print(object);
	} else {
		if (err)
			complain("cannot list the pins: %s", module_strerror(err));
		ended = ended_text(&tally);
		if (tally.stay)
			print_line("%s; the files of %u stay, as no path that can be written "
				   "leads to them from here", ended, tally.stay);
		else
			print_line("%s", ended);
		free(ended);
	}
	return err || tally.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* OWNER name NAME */
static int unpin_owner(int argc, char **argv)
{
	LIBBPFPIN_OPTS(bpfpin_get_fd_opts, opened);
	struct bpfpin *module = NULL;
	int fd, err = EXIT_FAILURE;
	struct owner owner;
	const char *name;

	if (owner_parse(&argc, &argv, false, &owner))
		return EXIT_FAILURE;
	name = owner_pin_name(&argc, &argv);
	if (!name)
		goto out;
	if (argc) {
		fail_usage("unexpected argument \"%s\"", argv[0]);
		goto out;
	}
	module = owner_module(&owner);
	if (!module)
		goto out;
	fd = owner_open_pin(module, &owner, name, &opened);
	if (fd < 0)
		goto out;
	/* When we are done, the object is to be gone. */
	close(fd);
	err = unpin_id(module, opened.pin_id);
out:
	bpfpin__close(module);
	owner_free(&owner);
	return err;
}

int do_unpin(int argc, char **argv)
{
	struct selection which;
	struct bpfpin *module;
	int err;

	if (selection_parse("unpin", "pin", argc, argv, &which))
		return EXIT_FAILURE;
	if (!which.by_id && argc > 1 && owner_leads_in(argv[0]))
		return unpin_owner(argc, argv);
	if (!which.by_id && argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	module = module_open();
	if (!module)
		return EXIT_FAILURE;
	err = which.all ? unpin_all(module) : which.by_id ? unpin_id(module, which.id) :
	      unpin_path(module, argv[0]);
	bpfpin__close(module);
	return err;
}
