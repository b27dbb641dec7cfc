/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * panels.c - the tree of sections, and the panels of a conference.
 *
 * A panel is known by its kind and number ("Panel II" is "panel 2"), so that
 * the agenda's entry, the heading in the text and a running head are one.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define LEVELS_MAX 32
#define TITLE_BYTES_MAX 400
#define PANELS_MAX 300	/* each heading of a panel is compared with all; more are sections only */

static const char *const number_words[][6] = {
	{ "one", "eins", "un", "uno", NULL },
	{ "two", "zwei", "deux", "dos", NULL },
	{ "three", "drei", "trois", "tres", NULL },
	{ "four", "vier", "quatre", "cuatro", NULL },
	{ "five", "fünf", "funf", "cinq", "cinco", NULL },
	{ "six", "sechs", "seis", NULL },
};

/* later ones are of assemblies rather: "Ninth session, Second Committee" */
static const char *const ordinal_words[][12] = {
	{ "first", "erste", "erstes", "erster", "premier", "première", "premiere", "primera", "primer", NULL },
	{ "second", "zweite", "zweiten", "zweites", "zweiter", "deuxième", "deuxieme", "seconde", "segunda", "segundo", NULL },
	{ "third", "dritte", "dritten", "drittes", "dritter", "troisième", "troisieme", "tercera", "tercer", NULL },
	{ "fourth", "vierte", "vierten", "viertes", "quatrième", "quatrieme", "cuarta", "cuarto", NULL },
	{ "fifth", "fünfte", "funfte", "fünftes", "cinquième", "cinquieme", "quinta", "quinto", NULL },
	{ "sixth", "sechste", "sechstes", "sixième", "sixieme", "sexta", "sexto", NULL },
};

static guint ordinal(const char *word, gsize len)
{
	g_autofree char *small = g_utf8_strdown(word, (gssize)len);
	for (guint n = 0; n < G_N_ELEMENTS(ordinal_words); n++)
		if (g_strv_contains(ordinal_words[n], small))
			return n + 1;
	return 0;
}

static guint roman(const char *s, gsize len)
{
	guint total = 0, before = 0;
	for (gsize i = len; i-- > 0;) {
		char c = g_ascii_toupper(s[i]);
		guint value = c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 0;
		if (value == 0)
			return 0;
		total = value < before ? total - value : total + value;
		before = MAX(before, value);
	}
	return total;
}

guint panel_number(const char *word, gsize len)
{
	guint number = 0;
	if (len == 0 || len > 12)
		return 0;
	if (g_ascii_isdigit(word[0])) {
		for (gsize i = 0; i < len && i < 4; i++) {
			if (!g_ascii_isdigit(word[i]))
				return i + 1 == len && number > 0 ? number : 0;
			number = number * 10 + (guint)(word[i] - '0');
		}
		return len <= 4 ? number : 0;
	}
	if (len <= 5 && (number = roman(word, len)) > 0 && g_ascii_isupper(word[0]))
		return number;
	if (len == 1 && g_ascii_isupper(word[0]))
		return 100 + (guint)(word[0] - 'A');
	for (guint n = 0; n < G_N_ELEMENTS(number_words); n++)
		for (guint i = 0; number_words[n][i] != NULL; i++)
			if (strlen(number_words[n][i]) == len &&
			    g_ascii_strncasecmp(number_words[n][i], word, len) == 0)
				return n + 1;
	return ordinal(word, len);
}

/* "N°", "No.", "Nr." before a number. */
static bool is_numero(const char *s, const struct word *word)
{
	guint32 len = word->end - word->start;
	char first = g_ascii_tolower(s[word->start]), second = len > 1 ? g_ascii_tolower(s[word->start + 1]) : '\0';
	return first == 'n' && (len == 1 || (len == 2 && (second == 'o' || second == 'r')) || (guchar)s[word->start + 1] == 0xC2);
}

/* "First session", "Deuxième table ronde": the ordinal before what it numbers. */
static guint32 ordinal_label(const char *s, guint32 limit, guint *number)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct word word;
	guint32 pos = 0;
	if (!word_next(s, &pos, limit, &word) || word.start > 4 || !word.upper || (*number = ordinal(s + word.start, word.end - word.start)) == 0)
		return 0;
	words_fold(s, (struct range){ word.end, limit }, folded);
	guint words = cue_begins(CUE_PANEL, folded->str);
	guint32 end = 0;
	for (guint n = 0; n < words && word_next(s, &pos, limit, &word); n++)
		end = word.end;
	/* "First session of the Council" is an event */
	struct word next;
	if (words > 0 && word_next(s, &pos, limit, &next) && s[end] == ' ' && !strchr("-|\xE2", s[end + 1])) {
		words_fold_to(folded, s, next.start, next.end);
		words = !next.upper || cue_is(CUE_OF, folded->str, -1) ? 0 : words;
	}
	*number = words > 0 ? *number : 0;
	return words > 0 ? end : 0;
}

guint32 panel_label(const char *s, guint32 len, guint *number)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct word word;
	guint32 limit = MIN(len, 120), pos = 0;
	*number = 0;
	guint32 numbered = ordinal_label(s, limit, number);
	if (numbered > 0)
		return numbered;
	words_fold(s, (struct range){ 0, limit }, folded);
	guint words = cue_begins(CUE_PANEL, folded->str);
	if (words == 0 || !word_next(s, &pos, limit, &word) || word.start > 4 || !word.upper)
		return 0;
	guint32 end = word.end;
	for (guint n = 1; n < words && word_next(s, &pos, limit, &word); n++)
		end = word.end;
	if (!word_next(s, &pos, limit, &word))
		return end < len && s[end] == ':' ? end : 0;
	if (word.start - end <= 4 && is_numero(s, &word) && word_next(s, &pos, limit, &word))
		end = word.start - 1;	/* "Table ronde n° 1" */
	if (word.start - end <= 4 &&
	    !memchr(s + end, ':', word.start - end)) {
		*number = panel_number(s + word.start, word.end - word.start);
		/* "Panel A discussion": a letter needs a separator behind it */
		if (*number >= 100 && word.end < len && !strchr(":.-\n)|", s[word.end]) &&
		    (s[word.end] != ' ' || word.end + 1 >= len || !strchr("-|\xE2", s[word.end + 1])))
			*number = 0;
		if (*number > 0)
			return word.end;
	}
	return end < len && s[end] == ':' ? end : 0;
}

char *panel_key(const char *s, guint32 label)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(s, (struct range){ 0, label }, folded);
	const char *last = strrchr(folded->str, ' ');
	guint number = 0;
	if (last != NULL) {
		g_autofree char *up = g_ascii_strup(last + 1, -1);
		number = panel_number(up, strlen(up));
	}
	if (number == 0)
		return g_strdup(folded->str);
	return g_strdup_printf("%.*s %u", (int)(last - folded->str), folded->str, number);
}

static const char *title_after(struct document *doc, const char *s, guint32 from, guint32 len)
{
	while (from < len && (strchr(" \t:.-|\n\r", s[from]) || (guchar)s[from] == 0xE2)) {
		if ((guchar)s[from] == 0xE2) {	/* dashes */
			if (from + 2 >= len || (guchar)s[from + 1] != 0x80 || (guchar)s[from + 2] > 0x95)
				break;
			from += 2;
		}
		from++;
	}
	g_autoptr(GString) title = g_string_new(NULL);
	for (guint32 i = from; i < len; i++) {
		bool space = g_ascii_isspace(s[i]);
		if (!space)
			g_string_append_c(title, s[i]);
		else if (title->len > 0 && title->str[title->len - 1] != ' ')
			g_string_append_c(title, ' ');
	}
	g_strchomp(title->str);
	return *title->str == '\0' ? NULL : document_string(doc, title->str, -1);
}

static char *first_line_title(const char *title)
{
	return g_ascii_strdown(title, -1);
}

/* A quick no: two labels that end in different digits. */
static bool differ_in_digits(const char *label, const char *s, guint32 len)
{
	char a = *label == '\0' ? '\0' : label[strlen(label) - 1], b = len == 0 ? '\0' : s[len - 1];
	return g_ascii_isdigit(a) && g_ascii_isdigit(b) && a != b;
}

int panel_take(struct document *doc, const char *s, guint32 label, guint32 len)
{
	g_autofree char *key = panel_key(s, label);
	const char *title = title_after(doc, s, label, len);
	bool numbered = strpbrk(key, "0123456789") != NULL;
	for (guint i = 0; i < doc->panels->len; i++) {
		struct panel *panel = document_panel(doc, i);
		if (panel->label == NULL || differ_in_digits(panel->label, s, label))
			continue;
		g_autofree char *other = panel_key(panel->label, (guint32)strlen(panel->label));
		if (strcmp(key, other) != 0)
			continue;
		if (!numbered && title != NULL && panel->title != NULL) {
			g_autofree char *a = first_line_title(title), *b = first_line_title(panel->title);
			if (strcmp(a, b) != 0)
				continue;
		}
		if (panel->title == NULL)
			panel->title = title;
		return (int)i;
	}
	if (doc->panels->len >= PANELS_MAX)
		return -1;
	struct panel panel = { .moderator = -1, .title = title };
	panel.label = document_string(doc, s, label);
	g_array_append_val(doc->panels, panel);
	return (int)doc->panels->len - 1;
}

/* ---- sections ---- */

struct build {
	struct document *doc;
	int stack[LEVELS_MAX];	/* the open section of each level; -1 */
	int section, panel;
	int panel_level;	/* of the heading that began the panel */
	int title_level;	/* of the titles of slides; 0: there are none */
	int title_above;	/* the block that titles the panel to come; -1 */
	GHashTable *recurring;	/* folded headings that stand more than once */
	GString *buffer, *folded;
};

static const char *heading_title(struct build *build, const struct block *block)
{
	struct piece piece = piece_of(build->doc, block, build->buffer);
	struct range text = text_trim(piece.s, piece_range(&piece));
	return title_after(build->doc, piece.s, text.start, text_limit(piece.s, text.start, text.end, TITLE_BYTES_MAX));
}

static int open_section(struct build *build, const char *title, int level)
{
	level = CLAMP(level, 1, LEVELS_MAX - 1);
	struct section section = { .parent = -1, .level = level, .title = title };
	for (int i = level - 1; i >= 1 && section.parent < 0; i--)
		section.parent = build->stack[i];
	g_array_append_val(build->doc->sections, section);
	int index = (int)build->doc->sections->len - 1;
	build->stack[level] = index;
	for (int i = level + 1; i < LEVELS_MAX; i++)
		build->stack[i] = -1;
	return index;
}

/* A slide without a title of its own is not of the section of the one before it, but of that around both. */
static bool slide_has_title(const struct document *doc, guint i)
{
	for (i++; i < doc->blocks->len && document_block(doc, i)->kind != BLOCK_SLIDE_BREAK; i++)
		if (document_block(doc, i)->kind == BLOCK_HEADING)
			return true;
	return false;
}

static void leave_titles(struct build *build)
{
	build->section = -1;
	for (int i = 1; i < LEVELS_MAX; i++) {
		if (i >= build->title_level)
			build->stack[i] = -1;
		else if (build->stack[i] >= 0)
			build->section = build->stack[i];
	}
}

/* The level of the titles of slides; 0: the breaks are rules in a text. */
static int title_level(const struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++)
		if (document_block(doc, i)->kind == BLOCK_SLIDE_BREAK)
			return doc->type == TYPE_SLIDES || slides_recognise(doc) ? slides_title_level(doc) : 0;
	return 0;
}

static int next_block(const struct document *doc, guint i)
{
	for (guint j = i + 1; j < doc->blocks->len && j < i + 5; j++)
		if (!block_is_silent(document_block(doc, j)))
			return (int)j;
	return -1;
}

/* The bytes of the panel's label in a heading; *bare: nothing stands behind it. */
static guint32 heading_label(struct build *build, const struct block *block, bool *bare)
{
	guint number;
	struct piece piece = piece_of(build->doc, block, build->buffer);
	guint32 label = panel_label(piece.s, piece.len, &number);
	struct word word;
	guint32 pos = label;
	*bare = label > 0 && number > 0 && !word_next(piece.s, &pos, piece.len, &word);
	return number > 0 || label > 0 ? label : 0;
}

static bool is_body_heading(const struct block *block)
{
	return block->kind == BLOCK_HEADING && block->zone == ZONE_BODY;
}

/* A title above a bare "Panel II" belongs to the panel. */
static bool titles_next_panel(struct build *build, guint i)
{
	bool bare;
	int next = next_block(build->doc, i);
	if (next < 0 || !is_body_heading(document_block(build->doc, next)) ||
	    heading_label(build, document_block(build->doc, i), &bare) > 0)
		return false;
	g_string_truncate(build->folded, 0);
	struct piece piece = piece_of(build->doc, document_block(build->doc, i), build->buffer);
	words_fold(piece.s, piece_range(&piece), build->folded);
	if (cue_is(CUE_PART, build->folded->str, -1))
		return false;
	return heading_label(build, document_block(build->doc, next), &bare) > 0 && bare;
}

static const char *panel_section_title(struct build *build, const struct panel *panel)
{
	if (panel->title == NULL || panel->label == NULL)
		return panel->label != NULL ? panel->label : panel->title;
	g_autofree char *title = g_strdup_printf("%s: %s", panel->label, panel->title);
	return document_string(build->doc, title, -1);
}

static void begin_panel(struct build *build, guint i, const char *title_above)
{
	struct document *doc = build->doc;
	struct block *block = document_block(doc, i);
	bool bare;
	guint32 label = heading_label(build, block, &bare);
	struct piece piece = piece_of(doc, block, build->buffer);
	int panel = panel_take(doc, piece.s, label, piece.len);
	if (panel < 0)
		return;
	struct panel *data = document_panel(doc, panel);
	int next = next_block(doc, i);
	if (data->title == NULL && title_above != NULL)
		data->title = title_above;
	else if (data->title == NULL && bare && next >= 0 && is_body_heading(document_block(doc, next)) &&
	         document_block(doc, next)->level >= block->level) {
		g_string_truncate(build->folded, 0);
		struct piece below = piece_of(doc, document_block(doc, next), build->buffer);
		words_fold(below.s, piece_range(&below), build->folded);
		if (!cue_is(CUE_PART, build->folded->str, -1))
			data->title = heading_title(build, document_block(doc, next));
	}
	if (panel != build->panel) {
		build->section = open_section(build, panel_section_title(build, data), block->level);
		build->panel_level = block->level;
	}
	build->panel = panel;
	if (build->title_above >= 0) {
		document_block(doc, build->title_above)->section = build->section;
		document_block(doc, build->title_above)->panel = panel;
	}
}

static bool recurs(struct build *build, const struct block *block)
{
	struct piece piece = piece_of(build->doc, block, build->buffer);
	g_string_truncate(build->folded, 0);
	words_fold(piece.s, piece_range(&piece), build->folded);
	return GPOINTER_TO_UINT(g_hash_table_lookup(build->recurring, build->folded->str)) > 1 &&
	       cue_is(CUE_OUTCOME, build->folded->str, -1);
}

static void build_heading(struct build *build, guint i, const char **title_above)
{
	struct block *block = document_block(build->doc, i);
	bool bare;
	if (block->zone == ZONE_BODY && heading_label(build, block, &bare) > 0) {
		begin_panel(build, i, *title_above);
		*title_above = NULL;
		build->title_above = -1;
		return;
	}
	if (titles_next_panel(build, i)) {
		*title_above = heading_title(build, block);
		build->title_above = (int)i;
		build->panel = -1;
		return;
	}
	*title_above = NULL;
	build->title_above = -1;
	if (build->panel >= 0 && block->level <= build->panel_level) {
		if (recurs(build, block))	/* each panel has its "Conclusions" */
			block->level = build->panel_level + 1;
		else
			build->panel = -1;
	}
	build->section = open_section(build, heading_title(build, block), block->level);
}

static void count_headings(struct build *build)
{
	for (guint i = 0; i < build->doc->blocks->len; i++) {
		const struct block *block = document_block(build->doc, i);
		if (block->kind != BLOCK_HEADING)
			continue;
		struct piece piece = piece_of(build->doc, block, build->buffer);
		g_string_truncate(build->folded, 0);
		words_fold(piece.s, piece_range(&piece), build->folded);
		guint n = GPOINTER_TO_UINT(g_hash_table_lookup(build->recurring, build->folded->str));
		g_hash_table_insert(build->recurring, g_strdup(build->folded->str), GUINT_TO_POINTER(n + 1));
	}
}

/* "Session 1   Ann Bell; Tom Marsh": people stand where a title might. */
static bool people_behind(const struct piece *piece, guint32 label, guint32 end)
{
	struct word word;
	struct name name;
	guint32 pos = label;
	return word_next(piece->s, &pos, end, &word) && name_scan(piece->s, word.start, end, &name) && name.words >= 2 &&
	       (name.end >= end || piece->s[name.end] == ';');
}

/* Panels that the agenda announces are known before the text reaches them. */
static void read_agenda(struct build *build)
{
	guint number;
	for (guint i = 0; i < build->doc->blocks->len; i++) {
		const struct block *block = document_block(build->doc, i);
		if (block->zone != ZONE_AGENDA || block->n_ranges == 0 || block_is_silent(block))
			continue;
		struct piece piece = piece_of(build->doc, block, build->buffer);
		guint32 label = panel_label(piece.s, piece.len, &number);
		guint32 end = text_line_end(piece.s, 0, piece.len);
		if (label > 0 && number > 0 && end >= label && end < 300)
			panel_take(build->doc, piece.s, label, people_behind(&piece, label, end) ? label : end);
	}
}

void sections_build(struct document *doc)
{
	struct build build = {
		.doc = doc, .section = -1, .panel = -1, .title_above = -1,
		.recurring = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
	};
	const char *title_above = NULL;
	for (int i = 0; i < LEVELS_MAX; i++)
		build.stack[i] = -1;
	build.title_level = title_level(doc);
	count_headings(&build);
	read_agenda(&build);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_HEADING && block->n_ranges > 0)
			build_heading(&build, i, &title_above);
		else if (block->kind == BLOCK_SLIDE_BREAK && build.title_level > 0 && !slide_has_title(doc, i))
			leave_titles(&build);
		if (block->zone == ZONE_AGENDA || block->zone == ZONE_REFERENCES || block->zone == ZONE_CONTENTS)
			build.panel = -1;
		block = document_block(doc, i);
		block->section = build.section;
		block->panel = build.panel;
	}
	g_hash_table_destroy(build.recurring);
	g_string_free(build.buffer, true);
	g_string_free(build.folded, true);
}
