// SPDX-License-Identifier: GPL-2.0-only
/*
 * What becomes of bytes that somebody else chose, for a terminal and in JSON.  The input
 * is the bytes.
 * runs: 60000
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "fuzz.h"
#include "output.h"

/* Nothing that a terminal would obey, and as long as it says. */
static void check_printable(const char *s)
{
	const char *end = s + strlen(s);
	mbstate_t state = { 0 };
	wchar_t wide;

	while (s < end) {
		size_t len = mbrtowc(&wide, s, (size_t)(end - s), &state);

		require(len && len <= (size_t)(end - s) && iswprint((wint_t)wide));
		s += len;
	}
}

/* The text is read back; and if it is not that, its bytes are. */
static void check_json(const struct input *input)
{
	struct json_object *object = json_object_new_object(), *read, *member;
	const char *string;
	int len;

	json_add_text(object, "a", (const char *)input->bytes, input->size);
	string = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN);
	read = json_tokener_parse(string);
	require(read && json_object_object_get_ex(read, "a", &member));
	len = json_object_get_string_len(member);
	if (json_object_object_get_ex(read, "a_bytes", NULL)) {
		json_object_object_get_ex(read, "a_bytes", &member);
		require((size_t)json_object_get_string_len(member) == 2 * input->size);
	} else {
		require((size_t)len == input->size);
		require(!memcmp(json_object_get_string(member), input->bytes, input->size));
	}
	json_object_put(read);
	json_object_put(object);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct input input = { bytes, size };
	char *safe, *string;

	if (!size)
		return 0;
	safe = printable((const char *)bytes, size);
	check_printable(safe);
	free(safe);
	check_json(&input);
	string = take_string(&input);
	print_line("%s", string);
	free(string);
	return 0;
}
