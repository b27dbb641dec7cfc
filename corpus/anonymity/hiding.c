/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * hiding.c - takes the names out of the document: its text, block by block and
 * then once more as it stands, and every string made of it.
 */
#include "corpus/anonymity/anonymity.h"

#include <string.h>

#include "corpus/anonymity/masking.h"
#include "corpus/anonymity/strangers.h"
#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/reader/decode.h"
#include "corpus/words.h"

#define CHUNK_BYTES (1 << 16)
#define PHRASE_BYTES (1 << 16)	/* in which a phrase in small letters is looked for */
#define AUTHOR_BYTES 160	/* of "Rapporteur: Ann Bell, House" */

struct hiding {
	struct document *doc;
	char *text;		/* the document's, to be changed */
	struct names *names;
	GHashTable *small;	/* folded words that the document has in small letters */
	bool whole;
	bool nouns;	/* it is written in German */
	GString *buffer, *folded;
	GArray *ranges, *parts;
};

/* ---- who is to be hidden ---- */

/* "Seed Banks" in a title, where the text speaks of "seed banks". */
static bool is_phrase(const struct hiding *hiding, const char *name)
{
	g_autofree char *lower = g_utf8_strdown(name, -1);
	const char *at = strchr(lower, ' ') == NULL ? NULL :
		g_strstr_len(hiding->doc->text, (gssize)MIN(hiding->doc->text_bytes, PHRASE_BYTES), lower);
	return at != NULL && at > hiding->doc->text && g_ascii_isspace(at[-1]) && !g_ascii_isalnum(at[strlen(lower)]);
}

/* "teodor brezina", who is "Brezina" elsewhere. */
static void hide_small(struct names *names, const char *name)
{
	g_autoptr(GString) capital = g_string_new(NULL);
	for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		g_string_append_unichar(capital, p == name || p[-1] == ' ' || p[-1] == '-' ? g_unichar_toupper(c) : c);
	}
	names_hide(names, name);
	names_hide(names, capital->str);
}

static void hide_stranger(const char *name, guint32 len, bool speaks, void *data)
{
	struct hiding *hiding = data;
	guint32 first = (guint32)strcspn(name, " ");
	g_autofree char *copy = g_strndup(name, len);
	(void)speaks;
	if (first < len && names_genitive(hiding->names, name, first))	/* "Frau Müllers Antrag" */
		return;
	if (g_unichar_islower(g_utf8_get_char(copy)))
		hide_small(hiding->names, copy);
	else if (!is_phrase(hiding, copy))
		names_hide(hiding->names, copy);
}

/* Who speaks where it may be told. */
static void keep_stranger(const char *name, guint32 len, bool speaks, void *data)
{
	g_autofree char *copy = g_strndup(name, len);
	if (speaks)
		names_keep(data, copy);
}

/* Blocks whose lines begin with names. */
static bool is_entry(const struct block *block)
{
	return block->kind == BLOCK_CAPTION || block->kind == BLOCK_TABLE_ROW || block->kind == BLOCK_LABEL ||
	       block->zone == ZONE_PEOPLE || block->zone == ZONE_AGENDA || block->zone == ZONE_FRONT_MATTER;
}

/* "Larch House, 3 May 2021": an entry that nobody speaks by. */
static bool is_house(struct hiding *hiding, int index)
{
	const struct document *doc = hiding->doc;
	const struct person *person = document_person(doc, index);
	const char *last = strrchr(person->name, ' '), *org = person->organisation, *role = person->role;
	if (last == NULL || (org != NULL && !g_ascii_isdigit(*org)) || (role != NULL && !g_ascii_isdigit(*role)))
		return false;
	words_fold_to(hiding->folded, last, 1, (guint32)strlen(last));
	if (!cue_is(CUE_PLACE, hiding->folded->str, -1))
		return false;
	for (guint i = 0; i < doc->passages->len; i++)
		if (document_passage(doc, i)->attribution.speaker == index)
			return false;
	/* where it is first named, a date follows */
	gsize len = strlen(person->name);
	const char *at = g_strstr_len(doc->text, (gssize)doc->text_bytes, person->name);
	return at != NULL && at + len + 2 < doc->text + doc->text_bytes && at[len] == ',' && g_ascii_isdigit(at[len + 2]);
}

static void hide_person(struct names *names, const struct person *person)
{
	names_hide(names, person->name);
	for (guint i = 0; person->forms != NULL && person->forms[i] != NULL; i++)
		names_hide(names, person->forms[i]);
}

static void keep_person(struct names *names, const struct person *person)
{
	names_keep(names, person->name);
	for (guint i = 0; person->forms != NULL && person->forms[i] != NULL; i++)
		names_keep(names, person->forms[i]);
}

static void find_strangers(struct hiding *hiding, const struct block *block, bool nameless)
{
	if (block->nameless != nameless || block->n_ranges == 0)
		return;
	struct piece piece = prose_of(hiding->doc, block, hiding->buffer);
	/* notes and references name those who are cited */
	bool prose = block->kind != BLOCK_HEADING && block->kind != BLOCK_FOOTNOTE && block->zone != ZONE_REFERENCES;
	guint in = (is_entry(block) ? STRANGERS_ENTRY : 0) | (prose ? STRANGERS_TREATED : 0) |
	           (hiding->nouns ? STRANGERS_NOUNS : 0);
	if (nameless)
		strangers_find(piece.s, piece.len, in, hiding->small, hide_stranger, hiding);
	else if (block->zone == ZONE_BODY)
		strangers_find(piece.s, piece.len, 0, NULL, keep_stranger, hiding->names);
}

/* "Session 2   Ann Bell; Bob Carr" outside the session, which is covered. */
static void find_in_rows(struct hiding *hiding, const struct block *block, GHashTable *covered)
{
	if (block->nameless || block->n_ranges == 0 || block->kind == BLOCK_HEADING)
		return;
	struct piece piece = piece_of(hiding->doc, block, hiding->buffer);
	bool inside = false;
	for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
		end = text_line_end(piece.s, pos, piece.len);
		guint number;
		guint32 label = panel_label(piece.s + pos, end - pos, &number);
		if (label > 0) {
			g_autofree char *key = panel_key(piece.s + pos, label);
			inside = g_hash_table_contains(covered, key);
		}
		if (inside)
			strangers_find(piece.s + pos + label, end - pos - label, STRANGERS_ENTRY, NULL, hide_stranger, hiding);
	}
}

static void find_in_programme(struct hiding *hiding)
{
	struct document *doc = hiding->doc;
	g_autoptr(GHashTable) covered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *panel = document_panel(doc, i);
		guint number;
		guint32 label = panel->nameless && panel->label != NULL ? panel_label(panel->label, (guint32)strlen(panel->label), &number) : 0;
		if (label > 0)
			g_hash_table_add(covered, panel_key(panel->label, label));
	}
	for (guint i = 0; i < doc->blocks->len && g_hash_table_size(covered) > 0; i++)
		find_in_rows(hiding, document_block(doc, i), covered);
}

/* "Rapporteur: Ann Bell", of the document and not of one of its sessions. */
static void keep_author(struct hiding *hiding, const struct block *block)
{
	if (block->panel >= 0 || block->n_ranges == 0)
		return;
	struct piece piece = piece_of(hiding->doc, block, hiding->buffer);
	if (piece.len > AUTHOR_BYTES)
		return;
	words_fold_to(hiding->folded, piece.s, 0, piece.len);
	guint words = cue_begins(CUE_AUTHOR, hiding->folded->str);
	struct word word = { 0 };
	struct name name;
	guint32 pos = 0;
	for (guint n = 0; n <= words; n++)
		if (words == 0 || !word_next(piece.s, &pos, piece.len, &word))
			return;
	if (name_scan(piece.s, word.start, piece.len, &name) && name.words >= 2) {
		g_autofree char *author = g_strndup(piece.s + name.start, name.end - name.start);
		names_keep(hiding->names, author);
	}
}

static void read_small(struct hiding *hiding)
{
	const struct document *doc = hiding->doc;
	struct word word;
	for (gsize at = 0; at < doc->text_bytes; at += CHUNK_BYTES) {
		guint32 len = (guint32)MIN(CHUNK_BYTES, doc->text_bytes - at);
		for (guint32 pos = 0; word_next(doc->text + at, &pos, len, &word);) {
			if (word.upper || word.digit || word.end - word.start > 24)
				continue;
			words_fold_to(hiding->folded, doc->text + at, word.start, word.end);
			if (!g_hash_table_contains(hiding->small, hiding->folded->str))
				g_hash_table_add(hiding->small, g_strdup(hiding->folded->str));
		}
	}
	hiding->nouns = doc->language != NULL ? strcmp(doc->language, "de") == 0 :
	                g_hash_table_contains(hiding->small, "und") || g_hash_table_contains(hiding->small, "dass");
}

static void gather(struct hiding *hiding, const guint8 *keeps, const char *const *more)
{
	struct document *doc = hiding->doc;
	read_small(hiding);
	for (guint i = 0; i < doc->people->len; i++)
		if (!keeps[i] && !document_person(doc, i)->body && !is_house(hiding, (int)i))
			hide_person(hiding->names, document_person(doc, i));
	for (guint i = 0; more != NULL && more[i] != NULL; i++)
		names_hide(hiding->names, more[i]);
	for (guint i = 0; i < doc->blocks->len; i++)
		find_strangers(hiding, document_block(doc, i), true);
	find_in_programme(hiding);
	for (guint i = 0; i < doc->blocks->len; i++)
		find_strangers(hiding, document_block(doc, i), false);
	for (guint i = 0; i < doc->blocks->len; i++)
		keep_author(hiding, document_block(doc, i));
	for (guint i = 0; i < doc->people->len; i++)
		if (keeps[i] && !document_person(doc, i)->body)
			keep_person(hiding->names, document_person(doc, i));
	for (gsize at = 0; at < doc->text_bytes; at += CHUNK_BYTES)
		names_note_common(hiding->names, doc->text + at, (guint32)MIN(CHUNK_BYTES, doc->text_bytes - at));
}

/* ---- the text ---- */

static void mask(char *s, guint32 from, guint32 to)
{
	for (guint32 i = from; i < to; i++)
		if (s[i] != '\n')
			s[i] = '_';
}

static void mask_piece(struct hiding *hiding, const struct piece *piece, guint32 from, guint32 to)
{
	if (piece->block->n_ranges == 1) {
		guint32 base = piece->block->ranges[0].start;
		mask(hiding->text, base + from, base + to);
		return;
	}
	struct range span = piece_span(hiding->doc, piece, from, to);
	g_array_set_size(hiding->parts, 0);
	ranges_cut(piece->block->ranges, piece->block->n_ranges, span.start, span.end, hiding->parts);
	for (guint i = 0; i < hiding->parts->len; i++)
		mask(hiding->text, g_array_index(hiding->parts, struct range, i).start, g_array_index(hiding->parts, struct range, i).end);
}

/* "Moderator: Ann Bell, Director": the rest of the line tells who it is as well. */
static bool heads_line(struct hiding *hiding, const char *s, guint32 line, guint32 at)
{
	const char *colon = memchr(s + line, ':', MIN(at - line, 40));
	if (colon == NULL)
		return false;
	words_fold_to(hiding->folded, s, line, (guint32)(colon - s));
	return cue_is(CUE_MODERATOR, hiding->folded->str, -1) || cue_is(CUE_PEOPLE, hiding->folded->str, -1);
}

static bool is_short_item(const struct piece *piece)
{
	return piece->block->kind == BLOCK_LIST_ITEM && piece->len < 300 && !text_ends_sentence(piece->s, piece_range(piece));
}

/* Names, and in entries all that stands behind them on the line. */
static void mask_names(struct hiding *hiding, const struct piece *piece)
{
	bool covered = piece->block->nameless;
	bool entry = is_entry(piece->block) || (covered && is_short_item(piece));
	for (guint i = 0; i < hiding->ranges->len; i++) {
		struct range range = g_array_index(hiding->ranges, struct range, i);
		guint32 line = range.start, end = range.end;
		while (line > 0 && piece->s[line - 1] != '\n')
			line--;
		while (end < piece->len && piece->s[end] != '\n')
			end++;
		if (entry || (covered && end - line < 200 && heads_line(hiding, piece->s, line, range.start)))
			range.end = end;
		mask_piece(hiding, piece, range.start, range.end);
	}
}

/* A list of people: all that its lines hold but those of people on record. */
static void mask_list(struct hiding *hiding, const struct piece *piece)
{
	bool kept = false;
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1) {
		const char *feed = memchr(piece->s + pos, '\n', piece->len - pos);
		struct name name;
		end = feed == NULL ? piece->len : (guint32)(feed - piece->s);
		if (names_kept_in(hiding->names, piece->s + pos, end - pos))
			kept = true;
		else if (name_scan(piece->s, pos, end, &name) && name.words >= 2)
			kept = false;
		if (!kept)
			mask_piece(hiding, piece, pos, end);
	}
}

/* A label that names nobody: "Q", "Participant", "Moderator". */
static bool is_anonymous(struct hiding *hiding, const struct piece *piece)
{
	words_fold_to(hiding->folded, piece->s, 0, piece->len);
	return cue_begins(CUE_AUDIENCE, hiding->folded->str) > 0 || cue_is(CUE_MODERATOR, hiding->folded->str, -1) ||
	       cue_is(CUE_ANSWER, hiding->folded->str, -1);
}

static bool is_list(const struct block *block)
{
	return block->zone == ZONE_PEOPLE && block->kind != BLOCK_HEADING && !block_is_silent(block);
}

static void hide_in_block(struct hiding *hiding, struct block *block)
{
	if (block->n_ranges == 0)
		return;
	struct piece piece = piece_of(hiding->doc, block, hiding->buffer);
	if (block->nameless && block->kind == BLOCK_LABEL) {
		if (!is_anonymous(hiding, &piece) && !names_kept_in(hiding->names, piece.s, piece.len))
			mask_piece(hiding, &piece, 0, piece.len);
		block->label = NULL;
	} else if (block->nameless && is_list(block)) {
		mask_list(hiding, &piece);
	} else {
		g_array_set_size(hiding->ranges, 0);
		names_find(hiding->names, piece.s, piece.len, block->nameless, hiding->ranges);
		mask_names(hiding, &piece);
	}
}

static void hide_between(struct hiding *hiding, gsize from, gsize to)
{
	for (gsize at = from, end; at < to; at = end) {
		end = MIN(to, at + CHUNK_BYTES);
		const char *feed = end < to ? memchr(hiding->text + end, '\n', to - end) : NULL;
		end = feed == NULL ? to : (gsize)(feed + 1 - hiding->text);
		g_array_set_size(hiding->ranges, 0);
		names_find(hiding->names, hiding->text + at, (guint32)(end - at), hiding->whole, hiding->ranges);
		for (guint i = 0; i < hiding->ranges->len; i++) {
			struct range range = g_array_index(hiding->ranges, struct range, i);
			mask(hiding->text + at, range.start, range.end);
		}
	}
}

/* What lies in no block: targets of links, markup, keys. */
static void hide_in_gaps(struct hiding *hiding)
{
	g_autoptr(GArray) ranges = ranges_in_order(hiding->doc, false);
	gsize at = 0;
	for (guint i = 0; i < ranges->len; i++) {
		struct range range = g_array_index(ranges, struct range, i);
		hide_between(hiding, at, range.start);
		at = MAX(at, range.end);
	}
	hide_between(hiding, at, hiding->doc->text_bytes);
}

/* ---- strings ---- */

static const char *masked(struct hiding *hiding, const char *s)
{
	if (hiding->ranges->len == 0)
		return s;
	g_autofree char *copy = g_strdup(s);
	for (guint i = 0; i < hiding->ranges->len; i++)
		mask(copy, g_array_index(hiding->ranges, struct range, i).start, g_array_index(hiding->ranges, struct range, i).end);
	return document_string(hiding->doc, copy, -1);
}

static const char *hide_in_string(struct hiding *hiding, const char *s, bool covered)
{
	if (s == NULL)
		return NULL;
	g_array_set_size(hiding->ranges, 0);
	names_find(hiding->names, s, (guint32)strlen(s), covered, hiding->ranges);
	return masked(hiding, s);
}

/* An id or an address. */
static const char *hide_in_address(struct hiding *hiding, const char *s)
{
	if (s == NULL)
		return NULL;
	g_array_set_size(hiding->ranges, 0);
	names_find_in_address(hiding->names, s, hiding->ranges);
	return masked(hiding, s);
}

static void hide_in_people(struct hiding *hiding, const guint8 *keeps)
{
	for (guint i = 0; i < hiding->doc->people->len; i++) {
		struct person *person = document_person(hiding->doc, i);
		if (!keeps[i])
			continue;
		person->role = hide_in_string(hiding, person->role, true);
		person->organisation = hide_in_string(hiding, person->organisation, true);
	}
}

/* "A; B": those who are on record. */
static const char *kept_authors(struct hiding *hiding, const char *authors)
{
	if (authors == NULL || !hiding->whole)
		return hide_in_string(hiding, authors, false);
	g_auto(GStrv) list = g_strsplit(authors, ";", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; list[i] != NULL; i++) {
		g_strstrip(list[i]);
		if (names_kept_in(hiding->names, list[i], (guint32)strlen(list[i])))
			g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", list[i]);
	}
	return out->len > 0 ? document_string(hiding->doc, out->str, -1) : NULL;
}

static void hide_in_furniture(struct hiding *hiding)
{
	struct document *doc = hiding->doc;
	guint n = doc->furniture == NULL ? 0 : g_strv_length((char **)doc->furniture);
	const char **texts = document_alloc(doc, (n + 1) * sizeof *texts);
	for (guint i = 0; i < n; i++)
		texts[i] = hide_in_string(hiding, doc->furniture[i], hiding->whole);
	doc->furniture = n > 0 ? texts : NULL;
}

static void hide_in_strings(struct hiding *hiding)
{
	struct document *doc = hiding->doc;
	doc->title = hide_in_string(hiding, doc->title, hiding->whole);
	doc->event = hide_in_string(hiding, doc->event, hiding->whole);
	doc->place = hide_in_string(hiding, doc->place, false);
	doc->publisher = hide_in_string(hiding, doc->publisher, false);
	doc->url = hide_in_address(hiding, hide_in_string(hiding, doc->url, hiding->whole));
	doc->id = hide_in_address(hiding, doc->id);
	doc->authors = kept_authors(hiding, doc->authors);
	hide_in_furniture(hiding);
	for (guint i = 0; i < doc->panels->len; i++) {
		struct panel *panel = document_panel(doc, i);
		panel->label = hide_in_string(hiding, panel->label, panel->nameless);
		panel->title = hide_in_string(hiding, panel->title, panel->nameless);
	}
	for (guint i = 0; i < doc->sections->len; i++)
		document_section(doc, i)->title = hide_in_string(hiding, document_section(doc, i)->title, hiding->whole);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		block->page_label = hide_in_string(hiding, block->page_label, block->nameless);
		if (block->kind != BLOCK_LABEL)
			block->label = hide_in_string(hiding, block->label, block->nameless);
	}
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		passage->page_label = hide_in_string(hiding, passage->page_label, passage->nameless);
	}
}

/* A file's own name is how the index knows it again: it stays, and is told. */
static void warn_of_path(struct hiding *hiding, corpus_warnings *warnings)
{
	g_autofree char *base = g_path_get_basename(hiding->doc->path);
	g_array_set_size(hiding->ranges, 0);
	names_find_in_address(hiding->names, base, hiding->ranges);
	if (hiding->ranges->len > 0 && g_strcmp0(hiding->doc->format, "jsonl") != 0)
		warning_add(warnings, hiding->doc->path, "the file's name holds a name that is not to be known; rename it");
}

void names_mask(struct document *doc, const guint8 *keeps, const char *const *names, bool whole,
                corpus_warnings *warnings)
{
	struct hiding hiding = {
		.doc = doc, .names = names_new(), .small = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), .whole = whole,
		.text = g_memdup2(doc->text, doc->text_bytes),
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
		.ranges = g_array_new(false, false, sizeof(struct range)), .parts = g_array_new(false, false, sizeof(struct range)),
	};
	GBytes *owner = g_bytes_new_take(hiding.text, doc->text_bytes);
	gather(&hiding, keeps, names);
	doc->text = hiding.text;
	g_clear_pointer(&doc->text_owner, g_bytes_unref);	/* no sooner: what gather looks at lies in it */
	doc->text_owner = owner;
	for (guint i = 0; i < doc->blocks->len; i++)
		hide_in_block(&hiding, document_block(doc, i));
	hide_in_gaps(&hiding);
	hide_in_strings(&hiding);
	hide_in_people(&hiding, keeps);
	warn_of_path(&hiding, warnings);
	names_free(hiding.names);
	g_hash_table_destroy(hiding.small);
	g_string_free(hiding.buffer, true);
	g_string_free(hiding.folded, true);
	g_array_free(hiding.ranges, true);
	g_array_free(hiding.parts, true);
}
