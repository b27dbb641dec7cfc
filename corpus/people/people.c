/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * people.c - the roster of a document.
 *
 * Lists come first: they give names whole, with role and organisation. Then
 * captions, then transcript labels, which may be initials or surnames of those.
 */
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/people/gathering.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

/* Two entries that ran together: "Name | Name", "Name, House" on lines of their own, "..., Country
 * Name Surname | ...". Where the second begins, else len. */
static guint32 second_entry(struct gathering *gathering, const char *s, guint32 len)
{
	for (const char *feed = memchr(s, '\n', len); feed != NULL; feed = memchr(feed + 1, '\n', len - (guint32)(feed + 1 - s))) {
		guint32 line = (guint32)(feed - s) + 1, comma = line;
		struct name below;
		while (comma < len && s[comma] != ',' && s[comma] != '\n')
			comma++;
		if (comma < len && s[comma] == ',' && name_alone(s, (struct range){ line, comma }, &below)) {
			words_fold_to(gathering->folded, s, below.start, below.end);
			if (!cue_holds(CUE_BODY, gathering->folded->str) && !cue_holds(CUE_ROLE, gathering->folded->str))
				return line;
		}
	}
	const char *bar = memchr(s, '|', len);
	if (bar != NULL) {	/* "Ann Bell | Tom Marsh" */
		guint32 from = (guint32)(bar - s) + 1, to = from;
		struct name other;
		while (to < len && s[to] != '|')
			to++;
		words_fold_to(gathering->folded, s, from, to);
		if (name_alone(s, (struct range){ from, to }, &other) && !cue_holds(CUE_BODY, gathering->folded->str) &&
		    !cue_holds(CUE_ROLE, gathering->folded->str) && !cue_is(CUE_COUNTRY, gathering->folded->str, -1) &&
		    cue_begins(CUE_RANK, gathering->folded->str) == 0)
			return other.honorific;
	}
	const char *next = bar == NULL ? NULL : memchr(bar + 1, '|', len - (guint32)(bar + 1 - s));
	if (next == NULL)
		return len;
	guint32 stop = (guint32)(next - s), pos = stop;
	struct word word;
	struct name name;
	while (pos > 0 && s[pos - 1] != ',' && s[pos - 1] != '|')
		pos--;
	while (word_next(s, &pos, stop, &word)) {
		words_fold_to(gathering->folded, s, word.start, word.end);
		if (cue_is(CUE_COUNTRY, gathering->folded->str, -1) || cue_is(CUE_BODY, gathering->folded->str, -1))
			continue;
		if (name_alone(s, (struct range){ word.start, stop }, &name))
			return word.start;
		break;
	}
	return len;
}

/* A caption's name may run on into the function: the longest name that the
 * roster knows already wins. */
static void shorten_to_known(struct gathering *gathering, struct person *person)
{
	g_autofree char *name = g_strdup(person->name);
	for (char *space = strrchr(name, ' '); space != NULL && strchr(name, ' ') != NULL;
	     space = strrchr(name, ' ')) {
		words_fold_to(gathering->folded, name, 0, (guint32)strlen(name));
		if (roster_full(gathering->roster, gathering->folded->str) >= 0) {
			person->name = document_string(gathering->doc, name, -1);
			return;
		}
		*space = '\0';
	}
}

/* "Ann Bell (Chair)          AB": where the initials behind a gap begin, that end the
 * line; 0. */
static guint32 last_column_initials(const char *s, guint32 len, guint32 *to)
{
	struct name name;
	guint32 from, end;
	for (*to = len; *to > 0 && g_ascii_isspace(s[*to - 1]); (*to)--)
		;
	for (from = *to; from > 0 && g_ascii_isalpha(s[from - 1]); from--)
		;
	for (end = from; end > 0 && s[end - 1] == ' '; end--)
		;
	bool initials = *to - from >= 2 && *to - from <= 4 && from - end >= 3 && g_ascii_isupper(s[from]) && g_ascii_isupper(s[*to - 1]);
	return initials && name_scan(s, 0, end, &name) && name.words >= 2 && g_ascii_toupper(s[name.start]) == s[from] ? from : 0;
}

int gathering_add(struct gathering *gathering, const char *s, guint32 len)
{
	struct person person;
	guint32 to, called = last_column_initials(s, len, &to);
	if (called > 0) {
		g_autofree char *initials = g_strndup(s + called, to - called);
		guint32 end = called;
		while (end > 0 && g_ascii_isspace(s[end - 1]))
			end--;
		int person_called = gathering_add(gathering, s, end);
		roster_call(gathering->roster, person_called, initials);
		return person_called;
	}
	guint32 second = second_entry(gathering, s, len);
	if (second > 0 && second < len) {
		gathering_add(gathering, s + second, len - second);
		len = second;
	}
	if (!person_parse(gathering->doc, s, len, &person))
		return -1;
	shorten_to_known(gathering, &person);
	return roster_add(gathering->roster, &person);
}

void gathering_close_panel(struct gathering *gathering)
{
	if (gathering->panel >= 0 && gathering->listed->len > 0) {
		struct panel *panel = document_panel(gathering->doc, gathering->panel);
		guint before = panel->n_listed, more = gathering->listed->len;	/* speakers, and then the moderator */
		int *listed = document_alloc(gathering->doc, (before + more) * sizeof(int));
		if (before > 0)
			memcpy(listed, panel->listed, before * sizeof(int));
		memcpy(listed + before, gathering->listed->data, more * sizeof(int));
		panel->listed = listed;
		panel->n_listed = before + more;
	}
	g_array_set_size(gathering->listed, 0);
	gathering->panel = -1;
}

/* A list inside a panel is of its people. */
static guint read_list(struct gathering *gathering, guint first)
{
	gathering_close_panel(gathering);
	gathering->panel = document_block(gathering->doc, first)->panel;
	guint behind = list_read(gathering, first);
	gathering_close_panel(gathering);
	return behind;
}

static void read_caption(struct gathering *gathering, const struct block *block)
{
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	if (piece.len < 800)
		gathering_add(gathering, piece.s, piece.len);
}

/* What front matter says of the session. */
static void front_moderator(struct document *doc)
{
	const struct block *block = front_matter_next(doc, "moderator", NULL);
	if (block == NULL || doc->panels->len == 0 || document_panel(doc, 0)->moderator >= 0 ||
	    front_matter_next(doc, "panel", NULL) == NULL || front_matter_next(doc, "moderator", block) != NULL)
		return;
	g_autofree char *value = g_strndup(doc->text + block_start(block), block_end(block) - block_start(block));
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);
		if (person->forms != NULL && person->forms[0] != NULL && strcmp(person->forms[0], value) == 0)
			document_panel(doc, 0)->moderator = (int)i;
	}
}

/* "Dr. Ann Bell" of the front matter: the title apart. */
static void part_titles(struct document *doc)
{
	for (guint i = 0; i < doc->people->len; i++) {
		struct person *person = document_person(doc, i);
		struct name name;
		guint32 len = (guint32)strlen(person->name);
		if (person->honorific != NULL || person->body || !name_scan(person->name, 0, len, &name) || name.honorific == name.start ||
		    name.end < len || name.words < 2)
			continue;
		struct range title = text_trim(person->name, (struct range){ name.honorific, name.start });
		person->honorific = document_string(doc, person->name + title.start, (gssize)(title.end - title.start));
		person->name = document_string(doc, person->name + name.start, (gssize)(name.end - name.start));
	}
}

void people(struct document *doc)
{
	part_titles(doc);
	struct gathering gathering = {
		.doc = doc, .roster = roster_new(doc), .panel = -1,
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
		.listed = g_array_new(false, false, sizeof(int)),
	};
	guint captioned = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		guint before = doc->people->len;
		if (stage_is_on(STAGE_LISTS) && block->zone == ZONE_BODY && block_is_text(block) && block->n_ranges > 0 &&
		    grid_read(&gathering, block)) {
			gathering_close_panel(&gathering);
			continue;
		}
		bool listing = block->zone == ZONE_AGENDA || block->zone == ZONE_PEOPLE;
		if (block->n_ranges == 0 || block_is_silent(block) || (listing && !stage_is_on(STAGE_LISTS)))
			continue;
		if (block->zone == ZONE_AGENDA)
			agenda_read(&gathering, block);
		else if (block->zone == ZONE_PEOPLE && block->kind != BLOCK_HEADING)
			i = read_list(&gathering, i) - 1;
		else if (block->kind == BLOCK_CAPTION)
			read_caption(&gathering, block);
		captioned += block->kind == BLOCK_CAPTION ? doc->people->len - before : 0;
	}
	gathering_close_panel(&gathering);
	if (stage_is_on(STAGE_LISTS))
		inner_lists_read(&gathering);
	agenda_date(doc);
	if (document_has_labels(doc)) {
		turns_top_lines(&gathering);
		turns_names(&gathering);
		turns_whole_names(&gathering);
		turns_self_introductions(&gathering);
	} else if (stage_is_on(STAGE_INTRODUCED)) {
		introductions_read(doc, gathering.roster, doc->people->len - captioned);
	}
	transcript_session(doc);
	front_moderator(doc);
	roster_free(gathering.roster);
	g_array_free(gathering.listed, true);
	g_string_free(gathering.buffer, true);
	g_string_free(gathering.folded, true);
}
