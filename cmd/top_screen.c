// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfpin top in a terminal.
 *
 * A round of looking is done in slices, so that keys are obeyed between them: first
 * at which cgroups there are, then at the values that the order depends on, of all.
 * What is only shown is read when it is drawn.
 */
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <curses.h>
#include "main.h"
#include "output.h"
#include "top_row.h"

/* Seconds: of a slice, and of the first rates. */
#define SLICE 0.05
#define FIRST_ROUND 0.5

#define MIN_WIDTH 7		/* of a column */
#define MAX_WIDTH 15
#define MIN_NAME 20
#define HEAD_LINES 3
#define SIGN_WIDTH 2		/* of "+ " before a name */
#define KEY_ESCAPE 27

struct screen {
	struct top *top;
	struct rows rows;
	size_t selected, first;	/* rows */
	struct cgroup *cgroup;	/* the selected one */
	size_t first_column, end_column;
	int name_width;
	bool help;
	/* What is being typed, or 0. */
	int prompt;
	char input[64];
	const char *complaint;
	bool quit;
};

static size_t page(void)
{
	return LINES > HEAD_LINES + 1 ? (size_t)(LINES - HEAD_LINES - 1) : 1;
}

/* Anew; what is selected and at the top stays, as far as it can. */
static void update_rows(struct screen *screen)
{
	struct rows *rows = &screen->rows;
	size_t i;

	rows_build(rows, screen->top);
	/*
	 * The same cgroup stays selected; if it is gone, what is now in its place.  But who
	 * is at the first wants to see the first.
	 */
	for (i = 0; screen->selected && i < rows->count; i++)
		if (rows->list[i].cgroup == screen->cgroup)
			screen->selected = i;
	if (screen->selected >= rows->count)
		screen->selected = rows->count ? rows->count - 1 : 0;
	screen->cgroup = rows->count ? rows->list[screen->selected].cgroup : NULL;
	/* Now nobody points to those that are gone. */
	cgroup_tree_tidy(&screen->top->tree);

	if (screen->selected < screen->first)
		screen->first = screen->selected;
	if (screen->selected >= screen->first + page())
		screen->first = screen->selected - page() + 1;
	if (screen->first + page() > rows->count)
		screen->first = rows->count > page() ? rows->count - page() : 0;
}

/* ---- drawing */

static bool is_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

/* What of @s fits into @width columns: its bytes, and in @used how many columns. */
static size_t fit(const char *s, int width, int *used)
{
	const char *start = s, *end = s + strlen(s);
	mbstate_t state = { 0 };

	*used = 0;
	while (s < end) {
		wchar_t wide;
		size_t len = mbrtowc(&wide, s, (size_t)(end - s), &state);
		int columns = len < (size_t)-2 ? wcwidth(wide) : -1;

		if (columns < 0 || *used + columns > width)
			break;
		*used += columns;
		s += len;
	}
	return (size_t)(s - start);
}

/* Printable text, and blanks up to the width; what is cut off is told by a sign. */
static void put(int y, int x, int width, bool right, const char *s)
{
	int used;
	size_t len;

	if (width > COLS - x)
		width = COLS - x;
	if (width <= 0)
		return;
	len = fit(s, width, &used);
	mvprintw(y, x, "%*s", width, "");
	if (!s[len]) {
		mvaddnstr(y, right ? x + width - used : x, s, (int)len);
		return;
	}
	len = fit(s, width - 1, &used);
	mvaddnstr(y, x, s, (int)len);
	mvaddstr(y, x + used, is_utf8() ? "\u2026" : "~");
}

/* From malloc(3). */
static char *row_name(const struct row *row)
{
	const char *name = row->path ? row->path : row->cgroup->parent ? row->cgroup->name : "/";

	return printable(name, strlen(name));
}

/* The two lines above a column, and what of it is to be put behind them. */
static void column_head(const struct screen *screen, size_t column, char head[2][64])
{
	const struct top *top = screen->top;
	const struct column *of = &top->columns.list[column];
	const char *suffix = column_suffix(of, top->totals), *arrow = "";
	char *view = text("%.*s", (int)(strlen(of->name) - strlen(of->key) - 1), of->name);
	char *safe = printable(view, strlen(view));
	/* it stands before the sign that tells, which may be two bytes */
	int room = MAX_WIDTH - (int)strlen(suffix) - of->histogram - 2;

	if (screen->rows.sort == column)
		arrow = is_utf8() ? (screen->rows.reverse ? "\u2191" : "\u2193") :
				    (screen->rows.reverse ? " ^" : " v");
	snprintf(head[0], 64, "%s", safe);
	snprintf(head[1], 64, "%.*s%s%s%s", (int)of->key_len < room ? (int)of->key_len : room,
		 of->key, of->histogram ? " " : "", suffix, arrow);
	free(safe);
	free(view);
}

static int column_width(const struct screen *screen, size_t column)
{
	char head[2][64];
	int i, used, width = MIN_WIDTH;

	column_head(screen, column, head);
	for (i = 0; i < 2; i++) {
		fit(head[i], MAX_WIDTH, &used);
		if (width < used)
			width = used;
	}
	return width + 1;
}

/* What all names that are on the screen take, as far as that is left over. */
static void choose_name_width(struct screen *screen, int room)
{
	const struct rows *rows = &screen->rows;
	size_t i;

	for (i = 0; i < page() && screen->first + i < rows->count; i++) {
		const struct row *row = &rows->list[screen->first + i];
		char *safe = row_name(row);
		int used;

		fit(safe, INT_MAX / 2, &used);
		used += row->path ? 0 : 2 * (int)row->depth + SIGN_WIDTH;
		/* It does not shrink, that the columns stay where they are. */
		if (screen->name_width < used)
			screen->name_width = used;
		free(safe);
	}
	if (screen->name_width < MIN_NAME)
		screen->name_width = MIN_NAME;
	if (screen->name_width > room)
		screen->name_width = room;
}

/* Which there is room for: that which is sorted by is one of them. */
static void choose_columns(struct screen *screen)
{
	size_t count = screen->top->columns.count, sort = screen->rows.sort, i;
	/* What columns leave to names at least. */
	int room, for_names = COLS / 3 > MIN_NAME ? COLS / 3 : MIN_NAME;

	if (screen->first_column >= count || sort < screen->first_column)
		screen->first_column = sort < count ? sort : 0;
	for (;;) {
		room = COLS - for_names;
		for (i = screen->first_column; i < count; i++) {
			int width = column_width(screen, i);

			if (width > room)
				break;
			room -= width;
		}
		if (sort >= count || sort < i || screen->first_column == sort)
			break;
		screen->first_column++;
	}
	screen->end_column = i;
	choose_name_width(screen, for_names + room);
}

static void draw_title(const struct screen *screen)
{
	const struct top *top = screen->top;
	char *safe = printable(top->tree.path, strlen(top->tree.path)), *line;

	line = text("bpfpin top  %s  %zu cgroup%s  every %gs%s%s", safe, top->tree.count,
		    top->tree.count == 1 ? "" : "s", top->interval.seconds,
		    top->totals ? "  totals" : "", screen->rows.flat ? "  flat" : "");
	put(0, 0, COLS, false, line);
	free(line);
	free(safe);
}

static void draw_heads(const struct screen *screen)
{
	int x = screen->name_width;
	char head[2][64];
	size_t i;

	attron(A_REVERSE);
	put(1, 0, COLS, false, "");
	put(2, 0, COLS, false, "");
	put(2, 0, screen->name_width, false, screen->rows.sort == NO_COLUMN &&
	    screen->rows.reverse ? "CGROUP, backwards" : "CGROUP");
	for (i = screen->first_column; i < screen->end_column; i++) {
		int width = column_width(screen, i);

		column_head(screen, i, head);
		put(1, x + 1, width - 1, true, head[0]);
		put(2, x + 1, width - 1, true, head[1]);
		x += width;
	}
	attroff(A_REVERSE);
}

static void draw_name(const struct screen *screen, int y, const struct row *row)
{
	int width = screen->name_width, indent = 2 * (int)row->depth;
	char *name = row_name(row);
	const char *sign = !row->cgroup->first ? "" :
			   rows_is_open(&screen->rows, row->cgroup) ? "-" : "+";

	/* A deep one still shows something of its name. */
	if (indent > width / 2)
		indent = width / 2;
	if (!row->path) {
		put(y, indent, SIGN_WIDTH, false, sign);
		indent += SIGN_WIDTH;
	}
	put(y, indent, width - indent, false, name);
	free(name);
}

static void draw_row(struct screen *screen, int y, size_t at)
{
	const struct row *row = &screen->rows.list[at];
	struct top *top = screen->top;
	int x = screen->name_width;
	char buf[READING_TEXT];
	size_t i;

	if (at == screen->selected)
		attron(A_REVERSE);
	put(y, 0, COLS, false, "");
	draw_name(screen, y, row);
	for (i = screen->first_column; i < screen->end_column; i++) {
		int width = column_width(screen, i);

		top_read(top, row->cgroup, i);
		put(y, x + 1, width - 1, true,
		    reading_text(buf, &top->columns, i, row->cgroup->data, top->totals));
		x += width;
	}
	attroff(A_REVERSE);
}

/* Why the selected cgroup has not all its values; or NULL. */
static char *selected_error(const struct screen *screen)
{
	const struct readings *readings = screen->cgroup ? screen->cgroup->data : NULL;
	size_t i;

	if (screen->cgroup && screen->cgroup->error)
		return text("cannot look into it: %s", strerror(screen->cgroup->error));
	for (i = 0; readings && i < readings->file_count; i++)
		if (readings->files[i].error && readings->files[i].error != -ENOENT)
			return text("%s: %s", screen->top->columns.files[i].name,
				    strerror(-readings->files[i].error));
	return NULL;
}

/* What is not there to be seen; or NULL. */
static char *missing_note(const struct screen *screen)
{
	const struct top *top = screen->top;
	size_t hidden = top->columns.count - (screen->end_column - screen->first_column);

	if (!top->scanned && !top->columns.count)
		return text("looking ...");
	if (top->errors)
		return text("%zu unreadable, such as %s", top->errors, top->error);
	if (top->tree.cut)
		return text("there are more cgroups than this looks at");
	if (!top->columns.count)
		return text("no view with numbers: \"bpfpin view install\" lists some");
	if (top->scanned && columns_missing(&top->columns))
		return text("no cgroup has a view %s", columns_missing(&top->columns));
	if (hidden)
		return text("%zu more column%s: < and >", hidden, hidden == 1 ? "" : "s");
	return NULL;
}

/* From malloc(3). */
static char *note_of(const struct screen *screen)
{
	char *said, *note;

	if (screen->prompt)
		return text("%s: %s_", screen->prompt == '/' ? "part of the name" : "seconds",
			    screen->input);
	if (screen->complaint)
		return text("%s", screen->complaint);
	if (screen->help)
		return text("Enter,<-,-> fold  <,>,0-9 sort  r reverse  s flat  / filter  t totals  d delay");
	said = selected_error(screen);
	if (!said)
		said = missing_note(screen);
	note = text("%s%sh help  q quit", said ? said : "", said ? "   " : "");
	free(said);
	return note;
}

static void draw_note(const struct screen *screen)
{
	const char *filter = screen->prompt ? "" : screen->rows.filter;
	char *note = note_of(screen), *line, *safe;

	line = text("%s%s%s%s", *filter ? "[" : "", filter, *filter ? "]  " : "", note);
	safe = printable(line, strlen(line));
	put(LINES - 1, 0, COLS, false, safe);
	free(safe);
	free(line);
	free(note);
}

static void draw(struct screen *screen)
{
	size_t i;

	update_rows(screen);
	choose_columns(screen);
	erase();
	draw_title(screen);
	draw_heads(screen);
	for (i = 0; i < page() && screen->first + i < screen->rows.count; i++)
		draw_row(screen, HEAD_LINES + (int)i, screen->first + i);
	draw_note(screen);
	refresh();
}

/* ---- keys */

static void move_to(struct screen *screen, size_t row)
{
	if (!screen->rows.count)
		return;
	screen->selected = row < screen->rows.count ? row : screen->rows.count - 1;
	screen->cgroup = screen->rows.list[screen->selected].cgroup;
}

static void move_by(struct screen *screen, size_t rows, bool up)
{
	if (up)
		move_to(screen, screen->selected > rows ? screen->selected - rows : 0);
	else
		move_to(screen, screen->selected + rows);
}

static void fold(struct screen *screen, bool closed)
{
	struct cgroup *cgroup = screen->cgroup;

	if (!cgroup)
		return;
	if (closed && (cgroup->closed || !cgroup->first) && cgroup->parent)
		screen->cgroup = cgroup->parent;
	else
		cgroup->closed = closed;
}

/* Whoever wants another order wants to see what is first in it. */
static void sort_by(struct screen *screen, size_t column)
{
	if (column != NO_COLUMN && column >= screen->top->columns.count)
		return;
	screen->rows.sort = column;
	screen->rows.reverse = false;
	move_to(screen, 0);
}

/* By name, and by each column, around. */
static void sort_next(struct screen *screen, bool back)
{
	size_t count = screen->top->columns.count;

	if (screen->rows.sort == NO_COLUMN)
		sort_by(screen, back ? count - 1 : 0);
	else if (back ? !screen->rows.sort : screen->rows.sort + 1 >= count)
		sort_by(screen, NO_COLUMN);
	else
		sort_by(screen, back ? screen->rows.sort - 1 : screen->rows.sort + 1);
}

static void end_prompt(struct screen *screen)
{
	double seconds;

	if (screen->prompt == '/')
		snprintf(screen->rows.filter, sizeof(screen->rows.filter), "%s", screen->input);
	else if (interval_valid(screen->input, &seconds))
		screen->top->interval.seconds = seconds;
	else if (*screen->input)
		screen->complaint = "that is not a number of seconds from 0.01 to 86400";
	screen->prompt = 0;
}

static void type(struct screen *screen, int key)
{
	size_t len = strlen(screen->input);

	if (key == '\n' || key == '\r' || key == KEY_ENTER) {
		end_prompt(screen);
	} else if (key == KEY_ESCAPE) {
		screen->prompt = 0;
	} else if (key == KEY_BACKSPACE || key == 127 || key == '\b') {
		/* all bytes of a character */
		while (len && (screen->input[--len] & 0xc0) == 0x80)
			;
		screen->input[len] = '\0';
	} else if (key >= ' ' && key < 256 && len + 1 < sizeof(screen->input)) {
		screen->input[len] = (char)key;
		screen->input[len + 1] = '\0';
	}
}

static void ask(struct screen *screen, int prompt)
{
	screen->prompt = prompt;
	screen->input[0] = '\0';
}

static void obey(struct screen *screen, int key)
{
	screen->complaint = NULL;
	switch (key) {
	case 'q':
		screen->quit = true;
		break;
	case KEY_UP:
	case 'k':
		move_by(screen, 1, true);
		break;
	case KEY_DOWN:
	case 'j':
		move_by(screen, 1, false);
		break;
	case KEY_PPAGE:
		move_by(screen, page(), true);
		break;
	case KEY_NPAGE:
	case ' ':
		move_by(screen, page(), false);
		break;
	case KEY_HOME:
		move_to(screen, 0);
		break;
	case KEY_END:
		move_to(screen, screen->rows.count);
		break;
	case KEY_LEFT:
		fold(screen, true);
		break;
	case KEY_RIGHT:
		fold(screen, false);
		break;
	case '\n':
	case '\r':
	case KEY_ENTER:
		if (screen->cgroup)
			screen->cgroup->closed = !screen->cgroup->closed;
		break;
	case '<':
		sort_next(screen, true);
		break;
	case '>':
		sort_next(screen, false);
		break;
	case '0':
		sort_by(screen, NO_COLUMN);
		break;
	case '1' ... '9':
		sort_by(screen, (size_t)(key - '1'));
		break;
	case 'r':
		screen->rows.reverse = !screen->rows.reverse;
		move_to(screen, 0);
		break;
	case 's':
		screen->rows.flat = !screen->rows.flat;
		break;
	case 't':
		screen->top->totals = !screen->top->totals;
		break;
	case 'h':
	case '?':
		screen->help = !screen->help;
		break;
	case '/':
		ask(screen, '/');
		break;
	case 'd':
		ask(screen, 'd');
		break;
	case KEY_ESCAPE:
		screen->rows.filter[0] = '\0';
		screen->help = false;
		break;
	}
}

/* False if there is no terminal any more. */
static bool wait_key(double seconds)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	if (poll(&in, 1, seconds > 0 ? (int)ceil(seconds * 1000) : 0) < 0)
		return true;
	return !(in.revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* ---- */

/* One slice; true when the round is done. */
static bool work(struct screen *screen)
{
	struct top *top = screen->top;
	double until = monotonic() + SLICE;

	if (!top_scan(top, until))
		return false;
	return screen->rows.sort >= top->columns.count || top_read_all(top, screen->rows.sort, until);
}

/* All keys that there are; false if there is none. */
static bool obey_keys(struct screen *screen)
{
	bool any = false;
	int key;

	while (!screen->quit && (key = getch()) != ERR) {
		if (key == KEY_RESIZE)
			screen->name_width = 0;
		else if (screen->prompt)
			type(screen, key);
		else
			obey(screen, key);
		/* Rows that the next one can move among are those on the screen. */
		draw(screen);
		any = true;
	}
	return any;
}

static void run(struct screen *screen)
{
	struct top *top = screen->top;
	struct interval *interval = &top->interval;
	double next = monotonic() + fmin(FIRST_ROUND, interval->seconds);
	/* The first round has no rates, and nobody counts it. */
	__u32 rounds = top->totals ? 1 : 0;
	bool working = true;

	draw(screen);
	while (!screen->quit) {
		if (!working && monotonic() >= next) {
			if (interval->limited && rounds++ == interval->count)
				return;
			next = monotonic() + interval->seconds;
			top_again(top);
			working = true;
		}
		if (working && work(screen)) {
			working = false;
			draw(screen);
		}
		if (!wait_key(working ? 0 : next - monotonic()))
			return;
		if (!obey_keys(screen))
			continue;
		/* A shorter delay begins now. */
		next = fmin(next, monotonic() + interval->seconds);
		/* What a new order depends on may not have been read yet. */
		working = true;
	}
}

int top_screen(struct top *top)
{
	struct screen screen = { .top = top, .rows.sort = NO_COLUMN };
	/* What it sets up ends the screen at SIGINT and SIGTERM, too. */
	SCREEN *terminal = newterm(NULL, stdout, stdin);

	/* It would take one where the cursor cannot go up. */
	if (!terminal || !tigetstr("cup")) {
		if (terminal)
			endwin();
		return fail("this terminal (TERM=%s) is not known here, or too simple: use --batch",
			    getenv("TERM") ? getenv("TERM") : "");
	}
	set_escdelay(25);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	curs_set(0);
	run(&screen);
	endwin();
	delscreen(terminal);
	rows_free(&screen.rows);
	return EXIT_SUCCESS;
}
