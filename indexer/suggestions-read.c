/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggestions-read.c - what can be suggested: reading the file.
 */
#include "indexer/suggestions-file.h"

#include <string.h>

#include "corpus/bytes.h"
#include "corpus/error.h"

struct suggestions {
	GMappedFile *file;
	guint32 n_entries, n_words, texts_bytes, postings_bytes, passages;
	const guint8 *entries, *starts, *places, *postings;
	const char *texts;
};

static guint32 read_u32(const guint8 *at)
{
	guint32 le;

	memcpy(&le, at, 4);
	return GUINT32_FROM_LE(le);
}

/* The next part of what is left; NULL once there was too little. */
static const guint8 *take(const guint8 **at, guint64 *left, guint64 bytes)
{
	const guint8 *part = *at;

	bytes = (bytes + 3) & ~(guint64)3;
	if (!part || bytes > *left) {
		*at = NULL;
		return NULL;
	}
	*at += bytes;
	*left -= bytes;
	return part;
}

static bool read_parts(struct suggestions *s)
{
	const guint8 *at = (const guint8 *)g_mapped_file_get_contents(s->file), *head;
	guint64 left = g_mapped_file_get_length(s->file);

	head = take(&at, &left, strlen(SUGGESTIONS_MAGIC) + 20);
	if (!head || memcmp(head, SUGGESTIONS_MAGIC, strlen(SUGGESTIONS_MAGIC)) != 0)
		return false;
	head += strlen(SUGGESTIONS_MAGIC);
	s->n_entries = read_u32(head);
	s->n_words = read_u32(head + 4);
	s->texts_bytes = read_u32(head + 8);
	s->postings_bytes = read_u32(head + 12);
	s->passages = read_u32(head + 16);
	s->entries = take(&at, &left, (guint64)s->n_entries * SUGGESTIONS_ENTRY_BYTES);
	s->starts = take(&at, &left, (guint64)s->n_words * 4);
	s->places = take(&at, &left, ((guint64)s->n_words + 1) * 4);
	s->texts = (const char *)take(&at, &left, s->texts_bytes);
	s->postings = take(&at, &left, s->postings_bytes);
	return at && !left && s->texts_bytes && !s->texts[s->texts_bytes - 1];
}

struct suggestions *suggestions_open(const char *segment, GError **error)
{
	g_autofree char *path = g_build_filename(segment, SUGGESTIONS_FILE, NULL);
	g_autoptr(GError) cause = NULL;
	GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);
	struct suggestions *s;

	if (!file) {
		bool gone = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error(error, RAPPORTEUR_ERROR, gone ? RAPPORTEUR_ERROR_NOT_FOUND : RAPPORTEUR_ERROR_IO, "cannot open '%s': %s", path, cause->message);
		return NULL;
	}
	s = g_new0(struct suggestions, 1);
	s->file = file;
	if (read_parts(s))
		return s;
	suggestions_close(s);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it is damaged", path);
	return NULL;
}

void suggestions_close(struct suggestions *s)
{
	if (!s)
		return;
	g_mapped_file_unref(s->file);
	g_free(s);
}

guint32 suggestions_count(const struct suggestions *s)
{
	return s->n_entries;
}

guint32 suggestions_passages(const struct suggestions *s)
{
	return s->passages;
}

/* The texts end in a NUL, so every offset within them is a string. */
static const char *text_at(const struct suggestions *s, guint32 offset)
{
	return offset < s->texts_bytes ? s->texts + offset : NULL;
}

bool suggestions_get(const struct suggestions *s, guint32 i, struct suggestion *out)
{
	const guint8 *at = s->entries + (gsize)i * SUGGESTIONS_ENTRY_BYTES;

	if (i >= s->n_entries || read_u32(at) >= N_SUGGESTION_KINDS)
		return false;
	out->kind = (enum suggestion_kind)read_u32(at);
	out->count = read_u32(at + 4);
	out->text = text_at(s, read_u32(at + 8));
	out->id = text_at(s, read_u32(at + 12));
	for (guint w = 0; w < PHRASE_WITNESSES; w++)
		out->witnesses[w] = read_u32(at + 16 + 4 * w);
	return out->text && out->id;
}

/* --- words ----------------------------------------------------------------------------------- */

static const char *word_at(const struct suggestions *s, guint32 i)
{
	const char *word = text_at(s, read_u32(s->starts + 4 * (gsize)i));

	return word ? word : "";
}

/* The first word that is not before the bytes. */
static guint32 lower_bound(const struct suggestions *s, const char *bytes, gsize len)
{
	guint32 from = 0, to = s->n_words;

	while (from < to) {
		guint32 middle = from + (to - from) / 2;

		if (strncmp(word_at(s, middle), bytes, len) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void mark_postings(const struct suggestions *s, guint32 word, guint64 *all, guint64 *first)
{
	guint32 from = read_u32(s->places + 4 * (gsize)word), to = read_u32(s->places + 4 * ((gsize)word + 1));
	struct cursor c;
	guint64 entry = 0;

	if (from > to || to > s->postings_bytes)
		return;
	c = cursor_over((const char *)s->postings + from, to - from);
	while (c.at < c.end) {
		guint64 step = cursor_number(&c);

		entry += step >> 1;
		if (c.bad || entry >= s->n_entries)
			return;
		all[entry / 64] |= (guint64)1 << entry % 64;
		if (first && step & 1)
			first[entry / 64] |= (guint64)1 << entry % 64;
	}
}

static gsize char_bytes(const char *at)
{
	guint8 lead = (guint8)*at;

	return !lead ? 0 : lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Over one character, but never over the end. */
static const char *step_over(const char *at)
{
	gsize n = char_bytes(at);

	while (n-- && *at)
		at++;
	return at;
}

static bool begins(const char *word, const char *prefix)
{
	return strncmp(word, prefix, strlen(prefix)) == 0;
}

/* Does the word begin with the prefix, if one letter of it is another, missing, too many, or has changed
 * places with the next? They agree up to the byte `at`, where a character begins. */
static bool begins_nearly(const char *word, const char *prefix, gsize at)
{
	const char *w = word + at, *p = prefix + at, *w2 = step_over(w), *p2 = step_over(p), *w3, *p3;

	if (!*p || begins(w2, p2) || begins(w, p2) || begins(w2, p))
		return true;
	w3 = step_over(w2);
	p3 = step_over(p2);
	return w2 - w == p3 - p2 && p2 - p == w3 - w2 && memcmp(w, p2, (gsize)(p3 - p2)) == 0 && memcmp(w2, p, (gsize)(p2 - p)) == 0 && begins(w3, p3);
}

/* Up to where they agree, at the beginning of a character. */
static gsize agreeing(const char *word, const char *prefix)
{
	gsize at = 0;

	while (prefix[at] && word[at] == prefix[at])
		at++;
	while (at && ((guint8)prefix[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static void mark_near(const struct suggestions *s, const char *prefix, guint64 *all, guint64 *first)
{
	gsize head = char_bytes(prefix);

	for (guint32 i = lower_bound(s, prefix, head); i < s->n_words; i++) {
		const char *word = word_at(s, i);

		if (strncmp(word, prefix, head) != 0)
			return;
		if (begins_nearly(word, prefix, agreeing(word, prefix)))
			mark_postings(s, i, all, first);
	}
}

void suggestions_mark(const struct suggestions *s, const char *prefix, bool whole, bool typo, guint64 *all, guint64 *first)
{
	gsize len = strlen(prefix) + whole;

	if (!*prefix)
		return;
	if (typo) {
		mark_near(s, prefix, all, first);
		return;
	}
	for (guint32 i = lower_bound(s, prefix, len); i < s->n_words && strncmp(word_at(s, i), prefix, len) == 0; i++)
		mark_postings(s, i, all, first);
}
