/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * turns.c - the people of a transcript: named above the first label, by labels, by
 * those who present others or themselves in their turns.
 */
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/people/gathering.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

#define SELF_BLOCKS 40	/* of turns, in which somebody gives the own name */
#define SURNAMES_MAX 2000	/* of labels, whose whole names are looked for */
#define TITLE_WORDS 3		/* between the colon and that name */
#define HEAD_BYTES 60		/* of what stands before the name of who presides */
#define TOP_BLOCKS 60		/* in which a transcript says who takes part */

struct bearer {
	guint first;		/* the block of the first label */
	const char *name;	/* whole, as printed before it; NULL: none */
	bool several;
};

void turns_top_lines(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	for (guint i = 0; i < doc->blocks->len && i < TOP_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		struct name name;
		if (block->kind == BLOCK_LABEL)
			return;
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		guint32 head = agenda_moderator(gathering, piece.s, piece.len);	/* "Chair: Ann Bell, House of Salt" */
		while (head < piece.len && piece.s[head] == ' ')
			head++;
		piece.s += head;
		piece.len -= head;
		if (words_count(piece.s, piece_range(&piece), 16) > 15 ||
		    text_ends_sentence(piece.s, piece_range(&piece)) ||
		    !name_scan(piece.s, 0, piece.len, &name) || name.words < 2)
			continue;
		guint32 rest = piece.len - MIN(name.end, piece.len);
		if ((rest > 0 && piece.s[name.end] == ',') ||
		    (rest >= 3 && memcmp(piece.s + name.end, " - ", 3) == 0))
			gathering_add(gathering, piece.s, piece.len);
	}
}

/* "President:", "President / Présidente:" on the line before a name; *title: behind it. */
static bool headed_by_chair(struct gathering *gathering, const struct piece *piece, guint32 name, guint32 *title)
{
	const char *s = piece->s;
	bool row = piece->block->kind == BLOCK_TABLE_ROW;	/* the name has a cell of its own */
	guint32 from = name, colon;
	while (from > 0 && (row || s[from - 1] != '\n') && name - from < HEAD_BYTES)
		from--;
	for (colon = name; colon > from && s[colon - 1] != ':'; colon--)
		;
	if (colon <= from || words_count(s, (struct range){ colon, name }, TITLE_WORDS + 1) > TITLE_WORDS)
		return false;
	words_fold_to(gathering->folded, s, from, colon - 1);
	guint words = cue_begins(CUE_PRESIDES, gathering->folded->str);
	const char *rest = words > 0 ? words_skip(gathering->folded->str, words) : NULL;
	if (rest == NULL || (*rest != '\0' && !cue_is(CUE_PRESIDES, rest, -1)))
		return false;
	*title = colon;
	return true;
}

void turns_names(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	bool labels = false;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		labels = labels || block->kind == BLOCK_LABEL;
		if (block->n_ranges == 0 || block->zone != ZONE_BODY || (block_is_silent(block) && block->kind != BLOCK_LABEL))
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		guint32 at = piece.len < LIST_LINE_BYTES ? statement_name(gathering->folded, piece.s, piece.len) : 0;
		if (at > 0 && !text_ends_sentence(piece.s, piece_range(&piece)))
			gathering_add(gathering, piece.s + at, piece.len - at);
		struct word word;
		for (guint32 pos = 0; !labels && i < TOP_BLOCKS && word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			if (!word.upper || !name_scan(piece.s, word.start, piece.len, &name))
				continue;
			pos = MAX(pos, name.end);
			guint32 title_at = name.honorific;
			bool presides = headed_by_chair(gathering, &piece, name.start, &title_at);
			if (name.honorific == name.start || (name.words < 2 && !presides))
				continue;
			struct range title = text_trim(piece.s, (struct range){ title_at, name.start });
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.honorific = title.end > title.start ? document_string(doc, piece.s + title.start, (gssize)(title.end - title.start)) : NULL,
			};
			int added = roster_add(gathering->roster, &person);
			words_fold_to(gathering->folded, piece.s, name.end, MIN(piece.len, name.end + 60));
			if (doc->chair < 0 && (presides || cue_holds(CUE_PRESIDES, gathering->folded->str)))
				doc->chair = added;
		}
	}
}

static const char *last_word(const char *folded)
{
	const char *space = strrchr(folded, ' ');
	return space == NULL ? folded : space + 1;
}

/* "The Deputy Speaker [Mr Name]": what stands before the bracket; NULL. */
static const char *function_before(struct gathering *gathering, const char *s, guint32 at)
{
	if (at < 4 || (s[at - 1] != '[' && s[at - 1] != '('))
		return NULL;
	guint32 end = at - 1, from = end;
	while (end > 0 && s[end - 1] == ' ')
		end--;
	for (from = end; from > 0 && s[from - 1] != '(' && s[from - 1] != '\n' && s[from - 1] != '.' && end - from < 60;)
		from--;
	struct range part = text_trim(s, (struct range){ from, end });
	if (part.end > part.start + 4 && g_ascii_strncasecmp(s + part.start, "the ", 4) == 0)
		part.start += 4;
	words_fold_to(gathering->folded, s, part.start, part.end);
	return cue_holds(CUE_ROLE, gathering->folded->str) || cue_holds(CUE_PRESIDES, gathering->folded->str)
	       ? document_string(gathering->doc, s + part.start, (gssize)(part.end - part.start)) : NULL;
}

/* "TOM BELL, Ohio": called "BELL of Ohio" in the labels. */
static void roster_call_of(struct gathering *gathering, int person, const char *s, const struct name *name, guint32 len)
{
	guint32 from = name->end;
	if (person < 0 || from >= len || s[from] != ',')
		return;
	guint32 to = from + 1;
	while (to < len && s[to] != ',' && s[to] != '\n' && s[to] != '.' && !(s[to] == ' ' && to + 1 < len && s[to + 1] == ' '))
		to++;
	struct range place = text_trim(s, (struct range){ from + 1, to });
	if (place.end <= place.start || words_count(s, place, 4) > 3)
		return;
	words_fold_to(gathering->folded, s, name->start, name->end);
	g_autofree char *surname = g_strdup(last_word(gathering->folded->str));
	words_fold_to(gathering->folded, s, place.start, place.end);
	g_autofree char *form = g_strdup_printf("%s of %s", surname, gathering->folded->str);
	roster_alias(gathering->roster, person, form);
}

/* The surnames of labels that are no whole names, with where they stand first. */
static GHashTable *label_surnames(struct gathering *gathering)
{
	GHashTable *surnames = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct document *doc = gathering->doc;
	for (guint i = 0; i < doc->blocks->len && g_hash_table_size(surnames) < SURNAMES_MAX; i++) {
		const struct block *block = document_block(doc, i);
		struct name name;
		if (block->kind != BLOCK_LABEL || block->label == NULL)
			continue;
		guint32 len = (guint32)strlen(block->label);
		if (!name_scan(block->label, 0, len, &name) || name.words > 4)
			continue;
		words_fold_to(gathering->folded, block->label, name.start, name.end);
		const char *surname = last_word(gathering->folded->str);
		if (strlen(surname) < 3 || g_hash_table_contains(surnames, surname))
			continue;
		struct bearer *bearer = g_new0(struct bearer, 1);
		bearer->first = i;
		g_hash_table_insert(surnames, g_strdup(surname), bearer);
	}
	return surnames;
}

void turns_whole_names(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	GHashTable *surnames = label_surnames(gathering);
	for (guint i = 0; i < doc->blocks->len && g_hash_table_size(surnames) > 0; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || (block_is_silent(block)) || block->zone == ZONE_FRONT_MATTER)
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		struct word word;
		for (guint32 pos = 0; word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			if (!word.upper || !name_scan(piece.s, word.start, piece.len, &name))
				continue;
			pos = MAX(pos, name.end);
			if (name.words < 2)
				continue;
			words_fold_to(gathering->folded, piece.s, name.start, name.end);
			const char *folded = gathering->folded->str;
			const struct bearer *bearer = g_hash_table_lookup(surnames, last_word(folded));
			const char *function = function_before(gathering, piece.s, name.honorific);
			words_fold_to(gathering->folded, piece.s, name.start, name.end);
			folded = gathering->folded->str;
			if (((bearer == NULL || i > bearer->first) && function == NULL) || (folded[1] == ' ' && strchr(folded + 2, ' ') == NULL) ||
			    roster_full(gathering->roster, folded) != ROSTER_NONE)
				continue;
			struct range title = text_trim(piece.s, (struct range){ name.honorific, name.start });
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.honorific = title.end > title.start
				             ? document_string(doc, piece.s + title.start, (gssize)(title.end - title.start)) : NULL,
				.role = function,
			};
			roster_call_of(gathering, roster_add(gathering->roster, &person), piece.s, &name, piece.len);
		}
	}
	g_hash_table_destroy(surnames);
}

/* The function, folded, whom the label names ("moderator"); else NULL. */
static const char *label_function(struct gathering *gathering, const struct block *label)
{
	if (label->label == NULL)
		return NULL;
	words_fold_to(gathering->folded, label->label, 0, (guint32)strlen(label->label));
	const char *folded = gathering->folded->str;
	folded += g_str_has_prefix(folded, "the ") ? 4 : 0;
	return cue_is(CUE_MODERATOR, folded, -1) || cue_is(CUE_PRESIDES, folded, -1) ? folded : NULL;
}

void turns_self_introductions(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	g_autoptr(GString) function = g_string_new(NULL);
	for (guint i = 0, read = 0; i < doc->blocks->len && read < SELF_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_LABEL) {
			const char *folded = label_function(gathering, block);
			g_string_assign(function, folded == NULL ? "" : folded);
			read = 0;
			continue;
		}
		if (function->len == 0 || !block_is_text(block))
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		struct word word;
		read++;
		for (guint32 pos = 0; word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			words_fold_to(gathering->folded, piece.s, word.start, MIN(piece.len, word.start + 40));
			guint words = cue_begins(CUE_I_AM, gathering->folded->str);
			for (; words > 1 && strchr(gathering->folded->str, ' ') != NULL && word_elision(piece.s, &word) == 0 && words > 1; words--)
				if (memchr(piece.s + word.start, '\'', word.end - word.start) == NULL)
					word_next(piece.s, &pos, piece.len, &word);
			if (cue_begins(CUE_I_AM, gathering->folded->str) == 0 || !word_next(piece.s, &pos, piece.len, &word) ||
			    !name_scan(piece.s, word.start, piece.len, &name) || name.words < 2)
				continue;
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.role = document_string(doc, function->str, -1),
			};
			roster_add(gathering->roster, &person);
			g_string_truncate(function, 0);
			break;
		}
	}
}
