/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * lists.c - lists of speakers and participants, as houses print them:
 *
 *   Ann Bell | Director, House of Salt          Norway      Ms. Ann Bell, Director
 *   Ann Bell                                    NORWAY
 *   Director, House of Salt                     Ms. Ann Bell, Director
 *   Bell, Ann      Director, House of Salt      Ms. Ann BELL (Norway)
 *
 *   AB     Ann Bell     House of Salt    NORWAY/SWEDEN, Country: Norway
 *   Bell, Ann van der
 *
 *   | Ann Bell | Director | House of Salt | Norway |      a table, or cells between tabs
 *
 *   Ann Bell          Tom Marsh         below pictures, side by side
 *   Director          Minister
 *
 * Whether surnames come first is told for the list as a whole: a line alone
 * ("Tarn, Winter") could be either.
 */
#include "corpus/people/gathering.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define LINE_BYTES 600
#define GROUP_WORDS_MAX 5	/* of a line that heads a group of people */
#define GIVEN_WORDS_MAX 5	/* with the particles behind: "Ann Eva van der" */
#define GRID_COLUMNS_MAX 8
#define GRID_BYTES_MAX 2000
#define CELLS_MAX 10
#define CELL_BYTES_MAX 160

struct list {
	struct gathering *gathering;
	bool surname_first;
	const char *house;	/* country or body that a line named alone */
	int last;		/* the person of the line before; -1 */
	bool bare;		/* the line before was that person's name and nothing else */
	guint rows, names[CELLS_MAX];	/* rows of cells, and how often a column holds a name */
	int name_column;	/* -1: none does as a rule */
};

static bool is_list_block(const struct block *block)
{
	return block->zone == ZONE_PEOPLE && block->kind != BLOCK_HEADING;
}

/* ---- surname first ---- */

/* "Bell, Ann", "Bell, Ann van der" at the beginning of a line: the two parts; the second
 * ends with the particles. */
static bool inverted_name(struct list *list, const char *s, guint32 len, struct range *surname, struct range *given)
{
	struct name name;
	struct word word;
	guint skipped = 0;
	const char *comma = memchr(s, ',', MIN(len, 50));
	if (comma == NULL || !name_scan(s, 0, (guint32)(comma - s), &name) || name.words > 4 || name.end < (guint32)(comma - s))
		return false;
	*surname = (struct range){ name.start, name.end };
	guint32 pos = (guint32)(comma - s) + 1, from = pos, to = pos;
	GString *folded = list->gathering->folded;
	for (guint n = 0; n < GIVEN_WORDS_MAX; n++) {
		guint32 before = pos, look = pos;
		if (n == 0 && skipped < 2 && word_next(s, &look, len, &word)) {	/* "Bell, Dr Ann" */
			words_fold_to(folded, s, word.start, word.end);
			if (cue_is(CUE_HONORIFIC, folded->str, -1)) {
				pos = look + (look < len && s[look] == '.');
				skipped++;
				n--;
				continue;
			}
		}
		if (!word_next(s, &pos, len, &word) || word.digit || word.start > before + 2 || (n > 0 && s[word.start - 1] != ' '))
			break;
		words_fold_to(folded, s, word.start, word.end);
		if (!word.upper && (n == 0 || !cue_is(CUE_PARTICLE, folded->str, -1)))
			break;
		if (cue_begins(CUE_ROLE, folded->str) > 0 || cue_begins(CUE_BODY, folded->str) > 0 || cue_is(CUE_COUNTRY, folded->str, -1) ||
		    cue_is(CUE_RANK, folded->str, -1))
			break;
		from = n == 0 ? word.start : from;
		to = word.end;
	}
	*given = (struct range){ from, to };
	bool ends = to >= len || strchr(",;(\t|\n", s[to]) != NULL || (s[to] == ' ' && to + 1 < len && (s[to + 1] == ' ' || s[to + 1] == '('));
	return to > from && ends;
}

/* ---- one line ---- */

/* Two blanks or more, or a tab, end a column. */
static guint32 column_end(const char *s, guint32 pos, guint32 len)
{
	while (pos < len && s[pos] != '\t' && !(s[pos] == ' ' && pos + 1 < len && s[pos + 1] == ' '))
		pos++;
	return pos;
}

/* Behind the first column, "Norway      Mr. A, Director": three blanks or a tab,
 * and the second column is where the name stands; else 0. */
static guint32 second_column(struct list *list, const char *s, guint32 len)
{
	struct name name;
	guint32 gap = 0, at;
	while (gap + 3 < len && s[gap] != '\t' && !(s[gap] == ' ' && s[gap + 1] == ' ' && s[gap + 2] == ' '))
		gap++;
	for (at = gap; at < len && g_ascii_isspace(s[at]); at++)
		;
	if (gap == 0 || gap + 3 >= len || at >= len || !name_scan(s, at, len, &name))
		return 0;
	words_fold_to(list->gathering->folded, s, 0, gap);
	bool titled = name.honorific < name.start;
	return titled || cue_is(CUE_COUNTRY, list->gathering->folded->str, -1) ? at : 0;
}

/* What a list says of a person's house before the name: a country, or a body. */
static void set_house(struct list *list, int index, const char *s, guint32 len)
{
	struct gathering *gathering = list->gathering;
	struct range house = text_trim(s, (struct range){ 0, len });
	if (index < 0 || house.end <= house.start)
		return;
	struct person *person = document_person(gathering->doc, index);
	const char *printed = document_string(gathering->doc, s + house.start, (gssize)(house.end - house.start));
	words_fold_to(gathering->folded, s, house.start, house.end);
	if (!cue_is(CUE_COUNTRY, gathering->folded->str, -1))
		person->organisation = person->organisation == NULL ? printed : person->organisation;
	else if (person->country == NULL)
		person->country = printed;
}

/* "Director, House of Salt" below the name. */
static bool describes_last(struct list *list, const char *s, guint32 len)
{
	struct name name;
	GString *folded = list->gathering->folded;
	if (list->last < 0)
		return false;
	if (name_scan(s, 0, len, &name) && name.honorific < name.start)
		return false;
	if (name_scan(s, 0, len, &name) && name.words >= 2 && name.end + 1 < len && column_end(s, name.end, len) == name.end)
		return false;	/* another one, with the function in the next column */
	const char *comma = memchr(s, ',', len);
	words_fold_to(folded, s, 0, comma == NULL ? len : (guint32)(comma - s));
	if (cue_begins(CUE_ROLE, folded->str) > 0 || cue_begins(CUE_RANK, folded->str) > 0)
		return true;
	/* of whose function stands beside the name already, "Ann Bell Vice Director" below tells nothing */
	return document_person(list->gathering->doc, list->last)->role == NULL && cue_holds(CUE_ROLE, folded->str) && memchr(s, '|', len) == NULL;
}

/* "Moderator: Ann Bell, House of Salt" among the others. */
static bool read_moderator(struct list *list, const char *s, guint32 len)
{
	struct gathering *gathering = list->gathering;
	const char *colon = memchr(s, ':', MIN(len, 60));
	if (colon == NULL)
		return false;
	guint32 behind = (guint32)(colon + 1 - s);
	words_fold_to(gathering->folded, s, 0, behind - 1);
	if (!cue_is(CUE_MODERATOR, gathering->folded->str, -1))
		return false;
	list->last = gathering_add(gathering, s + behind, len - behind);
	if (list->last >= 0 && gathering->panel >= 0 && document_panel(gathering->doc, gathering->panel)->moderator < 0)
		document_panel(gathering->doc, gathering->panel)->moderator = list->last;
	return true;
}

/* "Ann Bell (Chair)    AB    House of Salt", "Ann Bell, House of Salt    AB": the second column is what she is called by. */
static bool read_called(struct list *list, const char *s, guint32 len)
{
	struct name name;
	guint32 first = column_end(s, 0, len), from = first, to;
	while (from < len && g_ascii_isspace(s[from]))
		from++;
	to = column_end(s, from, len);
	if (from >= len || to - from < 2 || to - from > 4 || !g_ascii_isupper(s[from]) ||
	    (!g_ascii_isupper(s[to - 1]) && !g_ascii_isupper(s[from + 1])) ||
	    !name_scan(s, 0, first, &name) || name.words < 2)
		return false;
	g_autofree char *initials = g_strndup(s + from, to - from);
	guint32 own = name.end < first && s[name.end] == ',' ? first : name.end;
	g_autofree char *entry = g_strdup_printf("%.*s, %.*s", (int)own, s, (int)(len - to), s + to);
	list->last = gathering_add(list->gathering, entry, (guint32)strlen(entry));
	roster_call(list->gathering->roster, list->last, initials);
	struct range role = text_trim(s, (struct range){ name.end, first });
	if (list->last >= 0 && role.end > role.start + 2 && s[role.start] == '(') {
		struct person *person = document_person(list->gathering->doc, list->last);
		person->role = document_string(list->gathering->doc, s + role.start + 1, (gssize)(role.end - role.start - 2));
		words_fold_to(list->gathering->folded, person->role, 0, (guint32)strlen(person->role));
		if (list->gathering->doc->chair < 0 && cue_is(CUE_PRESIDES, list->gathering->folded->str, -1))
			list->gathering->doc->chair = list->last;
	}
	return true;
}

/* "AB    Ann Bell    House of Salt": the first column is what she is called by. */
static bool read_called_first(struct list *list, const char *s, guint32 len)
{
	struct name name;
	guint32 end = column_end(s, 0, len), from = end, k = 0;
	while (from < len && g_ascii_isspace(s[from]))
		from++;
	if (end < 2 || end > 4 || from >= len || !name_scan(s, from, len, &name) || name.words < 2)
		return false;
	for (guint32 i = name.start; k < end && i < name.end; i++)
		k += g_ascii_toupper(s[i]) == s[k];
	if (k < end || !g_ascii_isupper(s[0]) || g_ascii_toupper(s[name.start]) != s[0])
		return false;
	g_autofree char *initials = g_strndup(s, end);
	list->last = gathering_add(list->gathering, s + from, len - from);
	roster_call(list->gathering->roster, list->last, initials);
	return true;
}

/* "Knot Institute" alone: of whoever stood alone on the line above, else of those below. */
static bool read_house(struct list *list, const char *s, guint32 len)
{
	struct name name;
	GString *folded = list->gathering->folded;
	words_fold_to(folded, s, 0, len);
	if (!cue_holds(CUE_BODY, folded->str) || cue_holds(CUE_ROLE, folded->str) || memchr(s, ',', len) != NULL || memchr(s, '|', len) != NULL ||
	    column_end(s, 0, len) < len || memchr(s, '(', len) != NULL ||
	    (name_scan(s, 0, len, &name) && name.words >= 2))
		return false;
	if (list->bare)
		set_house(list, list->last, s, len);
	else
		list->house = document_string(list->gathering->doc, s, len);
	return true;
}

/* ---- a row of cells ---- */

/* The cells between tabs; how many. */
static guint row_cells(const char *s, guint32 len, struct range *cells)
{
	guint n = 0;
	for (guint32 pos = 0; pos <= len && n < CELLS_MAX;) {
		const char *tab = memchr(s + pos, '\t', len - pos);
		guint32 end = tab == NULL ? len : (guint32)(tab - s);
		cells[n++] = text_trim(s, (struct range){ pos, end });
		pos = end + 1;
	}
	return n;
}

/* A cell that is a person's name, "Bell, Ann" turned: the name as an entry of its own; NULL. */
static char *cell_name(struct list *list, const char *s, struct range cell)
{
	struct name name;
	struct range surname, given;
	const char *text = s + cell.start;
	guint32 len = cell.end - cell.start;
	GString *folded = list->gathering->folded;
	if (len == 0 || len > CELL_BYTES_MAX || !name_scan(text, 0, len, &name))
		return NULL;
	words_fold_to(folded, text, name.start, name.end);
	if (cue_holds(CUE_BODY, folded->str) || cue_begins(CUE_ROLE, folded->str) > 0 || cue_begins(CUE_RANK, folded->str) > 0 ||
	    cue_is(CUE_COUNTRY, folded->str, -1))
		return NULL;
	if (name.words >= 2)
		return name.end == len || strchr(",(", text[name.end]) != NULL || (text[name.end] == ' ' && text[name.end + 1] == '(')
		       ? g_strndup(text, len) : NULL;
	return inverted_name(list, text, len, &surname, &given) && given.end == len
	       ? g_strdup_printf("%.*s %.*s", (int)(given.end - given.start), text + given.start,
	                         (int)(surname.end - surname.start), text + surname.start) : NULL;
}

/* What one cell says of the person; false where it does not show which of the fields it is. */
static bool describe_by_cell(struct list *list, struct person *person, const char *s, struct range cell)
{
	GString *folded = list->gathering->folded;
	const char **field;
	words_fold_to(folded, s, cell.start, cell.end);
	bool role = cue_begins(CUE_ROLE, folded->str) > 0 || cue_begins(CUE_RANK, folded->str) > 0;
	bool body = cue_holds(CUE_BODY, folded->str);
	if (cue_is(CUE_COUNTRY, folded->str, -1))
		field = &person->country;
	else if (role || (!body && cue_holds(CUE_ROLE, folded->str)))
		field = &person->role;
	else if (cue_is(CUE_HONORIFIC, folded->str, -1))
		field = &person->honorific;
	else if (body)
		field = &person->organisation;
	else
		return false;
	if (*field == NULL)
		*field = part_text(list->gathering->doc, s, cell);
	return true;
}

/* "Ann Bell", "Director", "House of Salt", "Norway" in cells: one person, in a column of
 * names. What no cue tells is the function or the house, whichever is missing. */
static bool read_row(struct list *list, const char *s, guint32 len)
{
	struct range cells[CELLS_MAX];
	struct gathering *gathering = list->gathering;
	guint n = list->name_column < 0 ? 0 : row_cells(s, len, cells);
	g_autofree char *entry = n >= 3 && (guint)list->name_column < n ? cell_name(list, s, cells[list->name_column]) : NULL;
	int index = entry == NULL ? -1 : gathering_add(gathering, entry, (guint32)strlen(entry));
	if (index < 0)
		return false;
	struct person *person = document_person(gathering->doc, index);
	struct range untold = { 0, 0 };
	for (guint i = 0; i < n; i++) {
		guint32 bytes = cells[i].end - cells[i].start;
		bool other = bytes < 2 || bytes > CELL_BYTES_MAX || g_ascii_isdigit(s[cells[i].start]) ||
			memchr(s + cells[i].start, '@', bytes) != NULL;
		if (i != (guint)list->name_column && !other && !describe_by_cell(list, person, s, cells[i]) && untold.end == 0)
			untold = cells[i];
	}
	if (untold.end > 0 && person->role != NULL && person->organisation == NULL)
		person->organisation = part_text(gathering->doc, s, untold);
	else if (untold.end > 0 && person->organisation != NULL && person->role == NULL)
		person->role = part_text(gathering->doc, s, untold);
	if (list->house != NULL)
		set_house(list, index, list->house, (guint32)strlen(list->house));
	if (gathering->panel >= 0 && gathering->listed->len < 500)
		g_array_append_val(gathering->listed, index);
	list->last = -1;	/* nothing below is of this person */
	list->bare = false;
	return true;
}

static void count_names(struct list *list, const char *s, guint32 len)
{
	struct range cells[CELLS_MAX];
	guint n = row_cells(s, len, cells);
	if (n < 3)
		return;
	list->rows++;
	for (guint i = 0; i < n; i++) {
		g_autofree char *name = cell_name(list, s, cells[i]);
		list->names[i] += name != NULL;
	}
}

/* The column that holds a name in most rows, the first of several. */
static int column_of_names(const struct list *list)
{
	guint best = 0;
	for (guint i = 1; i < CELLS_MAX; i++)
		best = list->names[i] > list->names[best] ? i : best;
	return list->names[best] > 0 && list->names[best] * 2 >= list->rows ? (int)best : -1;
}

/* ---- any line ---- */

static void read_line(struct list *list, const char *s, guint32 len)
{
	struct gathering *gathering = list->gathering;
	struct range surname, given;
	while (len > 0 && g_ascii_isspace(*s)) {
		s++;
		len--;
	}
	if (len == 0 || read_moderator(list, s, len) || read_called(list, s, len) || read_called_first(list, s, len) ||
	    read_row(list, s, len))
		return;
	struct range only;
	if (countries_named(s, len, &only)) {	/* of those below; of several nobody knows which */
		list->house = only.end > only.start ? document_string(gathering->doc, s + only.start, (gssize)(only.end - only.start)) : NULL;
		list->last = -1;
		return;
	}
	if (read_house(list, s, len)) {
		list->bare = false;
		return;
	}
	if (describes_last(list, s, len)) {
		person_describe(gathering->doc, document_person(gathering->doc, list->last), s, len);
		list->bare = false;
		return;
	}
	guint32 at = second_column(list, s, len);
	g_autofree char *turned = NULL;
	if (at == 0 && list->surname_first && inverted_name(list, s, len, &surname, &given)) {
		turned = g_strdup_printf("%.*s %.*s, %.*s", (int)(given.end - given.start), s + given.start,
		                         (int)(surname.end - surname.start), s + surname.start, (int)(len - given.end), s + given.end);
		list->last = gathering_add(gathering, turned, (guint32)strlen(turned));
	} else {
		list->last = gathering_add(gathering, s + at, len - at);
	}
	if (list->last >= 0 && gathering->panel >= 0 && gathering->listed->len < 500)
		g_array_append_val(gathering->listed, list->last);
	/* "Observers": what heads those below, and is none of ours */
	if (list->last < 0 && memchr(s, ',', len) == NULL && words_count(s, (struct range){ 0, len }, GROUP_WORDS_MAX + 1) <= GROUP_WORDS_MAX)
		list->house = NULL;
	list->bare = list->last >= 0 && name_alone(s, (struct range){ at, len }, &(struct name){ 0 });
	if (at > 0)
		set_house(list, list->last, s, at);
	else if (list->house != NULL)
		set_house(list, list->last, list->house, (guint32)strlen(list->house));
}

/* ---- the list ---- */

typedef void line_fn(struct list *list, const char *s, guint32 len, void *data);

/* The cells of a table's row with tabs between them. */
static struct piece row_of(const struct document *doc, const struct block *block, GString *buffer)
{
	struct piece piece = { .block = block };
	g_string_truncate(buffer, 0);
	for (guint k = 0; k < block->n_ranges; k++) {
		struct range cell = block->ranges[k];
		if (k > 0)
			g_string_append_c(buffer, '\t');
		for (guint32 i = cell.start; i < cell.end; i++)
			g_string_append_c(buffer, doc->text[i] == '\t' || doc->text[i] == '\n' ? ' ' : doc->text[i]);
	}
	piece.s = buffer->str;
	piece.len = (guint32)buffer->len;
	return piece;
}

static guint each_line(struct list *list, guint first, line_fn *fn, void *data)
{
	struct document *doc = list->gathering->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	guint i = first;
	for (; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block_is_silent(block))
			continue;
		if (!is_list_block(block))
			break;
		struct piece piece = block->kind == BLOCK_TABLE_ROW && block->n_ranges >= 3 ? row_of(doc, block, own) : piece_of(doc, block, own);
		for (guint32 pos = 0; pos < piece.len;) {
			guint32 end = text_line_end(piece.s, pos, piece.len);
			if (end > pos && end - pos < LINE_BYTES)
				fn(list, piece.s + pos, end - pos, data);
			pos = end + 1;
		}
	}
	return i;
}

static void count_inverted(struct list *list, const char *s, guint32 len, void *data)
{
	guint *counts = data;
	struct range surname, given;
	while (len > 0 && g_ascii_isspace(*s)) {
		s++;
		len--;
	}
	count_names(list, s, len);
	counts[0]++;
	counts[1] += inverted_name(list, s, len, &surname, &given);
}

static void take_line(struct list *list, const char *s, guint32 len, void *data)
{
	(void)data;
	read_line(list, s, len);
}

guint list_read(struct gathering *gathering, guint first)
{
	struct list list = { .gathering = gathering, .last = -1, .name_column = -1 };
	guint counts[2] = { 0, 0 };
	each_line(&list, first, count_inverted, counts);
	list.name_column = column_of_names(&list);
	list.surname_first = counts[1] >= 3 && counts[1] * 5 >= counts[0] * 3;
	return each_line(&list, first, take_line, NULL);
}

/* ---- names side by side ---- */

/* The parts of a line between gaps of three blanks; how many. */
static guint line_parts(const char *s, guint32 from, guint32 to, struct range *parts, guint max)
{
	guint n = 0;
	for (guint32 pos = from; pos < to && n < max;) {
		while (pos < to && g_ascii_isspace(s[pos]))
			pos++;
		guint32 end = pos;
		while (end < to && !(s[end] == ' ' && end + 2 < to && s[end + 1] == ' ' && s[end + 2] == ' '))
			end++;
		if (end > pos)
			parts[n++] = (struct range){ pos, end };
		pos = end;
	}
	return n;
}

/* Which name stands nearest above a part. */
static guint column_of(const guint32 *starts, guint n, guint32 start)
{
	guint nearest = 0;
	for (guint i = 1; i < n; i++)
		if (ABS((gint64)starts[i] - start) < ABS((gint64)starts[nearest] - start))
			nearest = i;
	return nearest;
}

bool grid_read(struct gathering *gathering, struct block *block)
{
	struct range parts[GRID_COLUMNS_MAX];
	guint32 starts[GRID_COLUMNS_MAX];
	GString *entries[GRID_COLUMNS_MAX];
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(gathering->doc, block, own);
	const char *feed = memchr(piece.s, '\n', piece.len);
	if (block->kind == BLOCK_HEADING || block->n_ranges != 1 || feed == NULL || piece.len > GRID_BYTES_MAX)
		return false;
	guint32 line = (guint32)(feed - piece.s);
	guint n = line_parts(piece.s, 0, line, parts, GRID_COLUMNS_MAX);
	struct name name;
	for (guint i = 0; i < n; i++)
		if (!name_alone(piece.s, parts[i], &name))
			return false;
	if (n < 2)
		return false;
	/* columns are counted from the beginning of the line in the text, not of the block */
	guint32 margin = 0;
	for (guint32 at = block_start(block); at > 0 && gathering->doc->text[at - 1] == ' '; at--)
		margin++;
	for (guint i = 0; i < n; i++) {
		starts[i] = (guint32)g_utf8_strlen(piece.s, (gssize)parts[i].start) + margin;
		entries[i] = g_string_new_len(piece.s + parts[i].start, (gssize)(parts[i].end - parts[i].start));
	}
	for (guint32 pos = line + 1; pos < piece.len;) {
		struct range further[GRID_COLUMNS_MAX];
		guint32 end = text_line_end(piece.s, pos, piece.len);
		guint m = line_parts(piece.s, pos, end, further, GRID_COLUMNS_MAX);
		for (guint i = 0; i < m; i++) {
			guint column = column_of(starts, n, (guint32)g_utf8_strlen(piece.s + pos, (gssize)(further[i].start - pos)));
			GString *entry = entries[column];
			bool open = entry->str[entry->len - 1] == ',';
			g_string_append(entry, open ? " " : ", ");
			g_string_append_len(entry, piece.s + further[i].start, (gssize)(further[i].end - further[i].start));
		}
		pos = end + 1;
	}
	struct panel *panel = block->panel >= 0 ? document_panel(gathering->doc, block->panel) : NULL;
	gathering->panel = block->panel;
	for (guint i = 0; i < n; i++) {
		const char *comma = strchr(entries[i]->str, ',');
		int person = gathering_add(gathering, entries[i]->str, (guint32)entries[i]->len);
		if (person >= 0 && panel != NULL && gathering->listed->len < 500)
			g_array_append_val(gathering->listed, person);
		words_fold_to(gathering->folded, comma == NULL ? "" : comma, 0, comma == NULL ? 0 : (guint32)strcspn(comma + 1, ",") + 1);
		if (person >= 0 && panel != NULL && panel->moderator < 0 && cue_is(CUE_MODERATOR, gathering->folded->str, -1))
			panel->moderator = person;
		g_string_free(entries[i], true);
	}
	block->zone = ZONE_PEOPLE;
	return true;
}
