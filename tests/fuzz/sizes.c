// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structures of callers that are older or newer than the library: nothing is read or
 * written behind the size that they say.  The input is a byte, which says what is
 * called, the size, and the structure behind it; then what the kernel answers.
 * runs: 40000
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "fuzz.h"
#include "libbpfpin.h"
#include "output.h"

/* A structure of just its size, which is its first member; NULL if it is less. */
static void *take_sized(struct input *input)
{
	size_t size = take_byte(input) + (size_t)take_byte(input) * 256;
	char *sized = size < sizeof(size) ? NULL : check_memory(malloc(size));

	if (!sized)
		return NULL;
	take(input, sized + sizeof(size), size - sizeof(size));
	memcpy(sized, &size, sizeof(size));
	return sized;
}

static void walk_pins(struct bpfpin *module, void *opts, void *info)
{
	struct bpfpin_pins *pins = bpfpin__pins(module, opts);

	while (pins && bpfpin_pins__next(pins, info) > 0)
		;
	bpfpin_pins__free(pins);
}

static void walk_ties(struct bpfpin *module, void *opts, void *info)
{
	struct bpfpin_ties *ties = bpfpin__ties(module, opts);

	while (ties && bpfpin_ties__next(ties, info) > 0)
		;
	bpfpin_ties__free(ties);
}

/* No pointer of the input is followed. */
static void *without_pointer(void *sized, size_t offset)
{
	size_t size;

	if (!sized)
		return NULL;
	memcpy(&size, sized, sizeof(size));
	if (offset < size)
		memset((char *)sized + offset, 0,
		       size - offset < sizeof(void *) ? size - offset : sizeof(void *));
	return sized;
}

/* A bool is one: a compiler sees to it. */
static void *with_bool(void *sized, size_t offset)
{
	size_t size;

	if (!sized)
		return NULL;
	memcpy(&size, sized, sizeof(size));
	if (offset < size)
		((char *)sized)[offset] &= 1;
	return sized;
}

#define BOOL(sized, type, member) with_bool(sized, offsetof(struct type, member))
#define WITHOUT(sized, type, member) without_pointer(sized, offsetof(struct type, member))

static void close_if(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void call(struct bpfpin *module, uint8_t which, void *sized)
{
	LIBBPFPIN_OPTS(bpfpin_owner_spec, owner, .path = "/a");
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	LIBBPFPIN_OPTS(bpfpin_tie_info, tie);

	switch (which) {
	case 0:
		bpfpin__close(bpfpin__open(WITHOUT(sized, bpfpin_open_opts, device)));
		break;
	case 1:
		bpfpin__status(module, sized);
		break;
	case 2:
		bpfpin__kind(module, 0, sized);
		break;
	case 3:
		bpfpin__file(module, "/a", sized, NULL);
		break;
	case 4:
		bpfpin__explain(module, "/a", &file, sized);
		break;
	case 5:
		walk_pins(module, NULL, sized);
		break;
	case 6:
		walk_pins(module, BOOL(WITHOUT(sized, bpfpin_pins_opts, owner), bpfpin_pins_opts,
				       no_paths), &pin);
		break;
	case 7:
		walk_ties(module, NULL, sized);
		break;
	case 8:
		walk_ties(module, BOOL(sized, bpfpin_ties_opts, no_paths), &tie);
		break;
	case 9:
		bpfpin__attach(module, 0, WITHOUT(sized, bpfpin_owner_spec, path), "a", NULL);
		break;
	case 10:
		close_if(bpfpin__get_fd_by_name(module, &owner, "a", sized));
		break;
	case 11:
		bpfpin__view_add(module, 0, "/a", sized, NULL);
		break;
	case 12:
		bpfpin_pin(0, "/a", sized);
		break;
	case 13:
		close_if(bpfpin_get("/a", sized));
		break;
	default:
		close_if(bpfpin__monitor(module, BOOL(sized, bpfpin_monitor_opts, nonblock)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size };
	uint8_t which = take_byte(&input);
	void *sized = take_sized(&input);
	struct bpfpin *module;

	bpfpin_set_print(NULL);
	fake_kernel_reset();
	module = bpfpin__open(NULL);
	require(module);
	fake_kernel.answers = input;
	call(module, which % 15, sized);
	bpfpin__close(module);
	free(sized);
	return 0;
}
