/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * quotations.c - words in quotation marks inside a passage, and who said them.
 *
 * A quotation is four words or more between marks that belong together; what is
 * set in capitals like a title, or stands behind "entitled", is a name of
 * something and no quotation.
 *
 * Who said it is read off the frame, the sentence around the marks with the
 * quoted words left out: the name next behind the marks ("...", said X), else
 * the last name before them that a verb of speaking or a colon follows. Where
 * the frame names nobody, but speaks of "he" or "she", or is nothing but the words,
 * they are those of the person whose statement the passage reports. A frame with somebody who has no name, and the narrative of
 * the document itself, leave the quotation nobody's.
 */
#include "corpus/attribution/quotations.h"

#include <string.h>

#include "corpus/attribution/attribution.h"
#include "corpus/attribution/mentions.h"
#include "corpus/attribution/quoted.h"
#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define WORDS_MIN 4
#define TITLE_WORDS_MAX 14
#define PER_PASSAGE 32
#define FRAME_WORDS_MAX 24	/* between two quotations of one voice: said X, Director of Y */

/* ---- the search ---- */

struct search {
	struct attributing a;
	GString *text;		/* of the passage, put together */
	GString *frame;		/* the same, quoted words blanked: for names and verbs */
	GString *shape;		/* the same, quoted words as one word: for sentences */
	struct quoted found[PER_PASSAGE];
	guint n;
};

/* "The Future of the Night Train": words in capitals throughout. */
static bool is_title(const char *s, const struct quoted *quoted)
{
	struct word word;
	guint n = 0, upper = 0, total = 0;
	for (guint32 pos = quoted->start; word_next(s, &pos, quoted->end, &word); total++) {
		if (total == 0 || word.end - word.start < 4)
			continue;
		n++;
		upper += word.upper;
	}
	return total <= TITLE_WORDS_MAX && n > 0 && upper * 3 >= n * 2;
}

/* The cue's words are the last before `to`. */
static bool leads_up(struct search *search, enum cue cue, guint32 from, guint32 to)
{
	words_fold_to(search->a.folded, search->frame->str, from, to);
	return cue_ends(cue, search->a.folded->str);
}

/* "a session entitled", "the project": the marks name something. */
static bool is_named(struct search *search, const struct quoted *quoted)
{
	return leads_up(search, CUE_TITLED, text_words_back(search->frame->str, 0, quoted->open, 3), quoted->open);
}

/* Blanks the words, but leaves the full stop that ends the sentence around. */
static void blank(struct search *search, const struct quoted *quoted)
{
	char *frame = search->frame->str;
	guint32 next = quoted->behind, len = (guint32)search->frame->len;
	char last = search->text->str[quoted->end - 1];
	while (next < len && g_ascii_isspace(frame[next]))
		next++;
	bool ends = strchr(".!?", last) != NULL && (next >= len || !text_begins_small(frame, (struct range){ next, len }));
	bool small = text_begins_small(search->text->str, (struct range){ quoted->start, quoted->end });
	memset(frame + quoted->open, ' ', quoted->behind - quoted->open);
	memset(search->shape->str + quoted->open, small ? 'x' : 'X', quoted->behind - quoted->open);
	if (ends)
		frame[quoted->behind - 1] = search->shape->str[quoted->behind - 1] = '.';
}

static void find_quoted(struct search *search)
{
	const char *s = search->text->str;
	guint32 len = (guint32)search->text->len;
	search->n = 0;
	g_string_assign(search->frame, s);
	g_string_assign(search->shape, s);
	struct quoted_walk walk;
	struct quoted quoted;
	for (quoted_begin(&walk, s, len); search->n < PER_PASSAGE && quoted_next(&walk, &quoted);) {
		struct range inside = { quoted.start, quoted.end };
		if (words_count(s, inside, WORDS_MIN) >= WORDS_MIN && !is_title(s, &quoted) && !is_named(search, &quoted))
			search->found[search->n++] = quoted;
	}
	for (guint i = 0; i < search->n; i++)
		blank(search, &search->found[i]);
}

/* The sentence of the frame that the quotation stands in. */
static struct range frame_of(struct search *search, const struct quoted *quoted)
{
	struct range sentence = { 0, 0 };
	guint32 len = (guint32)search->shape->len;
	while (sentence.end < len && sentence.end < quoted->behind) {
		sentence.start = sentence.end;
		sentence.end = sentence_end(search->shape->str, sentence.start, len);
	}
	return sentence;
}

/* ---- who ---- */

struct voice {
	bool known;		/* the frame says who, if only that it is nobody we can name */
	struct mention mention;
};

static guint say_at(struct search *search, guint32 from, guint32 to)
{
	words_fold_to(search->a.folded, search->frame->str, from, MIN(to, from + 60));
	return cue_begins(CUE_SAY, search->a.folded->str);
}

/* A verb of speaking or a colon between the two places, and no other name. */
static bool leads_to(struct search *search, guint32 from, guint32 to)
{
	const char *s = search->frame->str;
	struct word word;
	guint32 last = to;
	while (last > from && g_ascii_isspace(s[last - 1]))
		last--;
	if (last > from && s[last - 1] == ':')
		return true;
	for (guint32 pos = from; word_next(s, &pos, to, &word);)
		if (!word.upper && say_at(search, word.start, to) > 0)
			return true;
	return false;
}

/* "According to X", "in the words of X". */
static bool is_according(struct search *search, guint32 from, guint32 name)
{
	return leads_up(search, CUE_ACCORDING, from, name);
}

/* "told X", "thanked X": somebody else says it. */
static bool is_object(struct search *search, guint32 from, guint32 name)
{
	words_fold_to(search->a.folded, search->frame->str, from, name);
	const char *last = strrchr(search->a.folded->str, ' ');
	last = last == NULL ? search->a.folded->str : last + 1;
	return cue_is(CUE_PREPOSITION, last, -1);
}

/* "..." / - Ann Bell, Director: nothing but the name and what she is stands behind
 * the marks or on the line below. */
static bool voice_set_off(struct search *search, const struct quoted *quoted, struct voice *voice)
{
	const char *s = search->frame->str;
	guint32 len = (guint32)search->frame->len, pos = quoted->behind, feeds = 0;
	while (pos < len && (g_ascii_isspace(s[pos]) || s[pos] == '-' || (guchar)s[pos] == 0xE2)) {
		feeds += s[pos] == '\n';
		pos += (guchar)s[pos] == 0xE2 && pos + 2 < len && (guchar)s[pos + 1] == 0x80 ? 3 : 1;
	}
	if (pos >= len || feeds > 1 || !mention_at(&search->a, s, pos, len, &voice->mention))
		return false;
	struct range rest = text_trim(s, (struct range){ voice->mention.end, text_line_end(s, pos, len) });
	voice->known = rest.end <= rest.start || (s[rest.start] == ',' && words_count(s, rest, 13) <= 12 && !text_ends_sentence(s, rest));
	return voice->known;
}

/* "..., so X", "..., according to X": behind a comma, outside of the marks or inside. */
static bool is_so(struct search *search, const struct quoted *quoted, guint32 word, guint32 end)
{
	bool comma = search->text->str[quoted->end - 1] == ',' || memchr(search->text->str + quoted->end, ',', word - quoted->end) != NULL;
	return comma && cue_begins_text(CUE_ACCORDING, search->frame->str, word, MIN(end, word + 60), search->a.folded) > 0;
}

/* "(Bell)" or "– Bell" behind the quotation. */
static bool is_set_off(const char *s, guint32 from, guint32 to)
{
	for (guint32 i = from; i < to; i++)
		if (s[i] == '(' || (s[i] == '-' && g_ascii_isspace(s[i + 1])) ||
		    ((guchar)s[i] == 0xE2 && (guchar)s[i + 1] == 0x80 && ((guchar)s[i + 2] == 0x93 || (guchar)s[i + 2] == 0x94)))
			return true;
	return false;
}

/* The name right behind the marks: "...", said X; "..." (X); "..." - X. */
static bool voice_behind(struct search *search, const struct quoted *quoted, guint32 end, struct voice *voice)
{
	const char *s = search->frame->str;
	struct word word;
	guint32 pos = quoted->behind;
	for (guint n = 0; n < 8 && word_next(s, &pos, end, &word); n++) {
		struct mention mention;
		bool first = n == 0;
		if (word.upper && mention_at(&search->a, s, word.start, end, &mention)) {
			bool spoken = leads_to(search, quoted->behind, mention.honorific) ||
			              say_at(search, mention.end, end) > 0 || is_according(search, quoted->behind, mention.honorific);
			bool set_off = first && is_set_off(s, quoted->behind, mention.honorific);
			if (!spoken && !set_off)
				return false;
			*voice = (struct voice){ true, mention };
			return true;
		}
		if (first && !word.upper && say_at(search, word.start, end) == 0 && !is_so(search, quoted, word.start, end))
			return false;
	}
	return false;
}

/* The last name before the marks that what leads to them belongs to. */
static bool voice_before(struct search *search, const struct quoted *quoted, guint32 start, struct voice *voice)
{
	const char *s = search->frame->str;
	struct word word;
	bool found = false;
	for (guint32 pos = start; word_next(s, &pos, quoted->open, &word);) {
		struct mention mention;
		if (!word.upper || !mention_at(&search->a, s, word.start, quoted->open, &mention))
			continue;
		pos = MAX(pos, mention.end);
		bool according = is_according(search, start, mention.honorific);
		bool owner = mention_owns(s, quoted->open, &mention);	/* "Bell's phrase" */
		if (owner && !mention_owns_talk(&search->a, s, mention.end, quoted->open))
			continue;
		if (!owner && !according && (is_object(search, start, mention.honorific) || !leads_to(search, mention.end, quoted->open)))
			continue;
		*voice = (struct voice){ true, mention };
		found = true;
	}
	return found;
}

/* In German, where nouns look like names: a small word before it that is neither "by", "said" nor the like:
 * what looks like a name is none ("in fifty Jahren"). */
static bool stands_as_name(struct search *search, const struct mention *mention)
{
	const char *s = search->frame->str, *language = search->a.doc->language;
	guint32 to = mention->honorific;
	while (to > 0 && g_ascii_isspace(s[to - 1]))
		to--;
	guint32 from = to;
	if (language == NULL || strcmp(language, "de") != 0)
		return true;
	while (from > 0 && (g_ascii_isalnum(s[from - 1]) || (guchar)s[from - 1] >= 0x80))
		from--;
	if (from == to || mention->honorific < mention->start || g_unichar_isupper(g_utf8_get_char(s + from)))
		return true;
	words_fold_to(search->a.folded, s, from, to);
	const char *word = search->a.folded->str;
	return cue_begins(CUE_SAY, word) > 0 || cue_begins(CUE_SPEAK, word) > 0 || cue_is(CUE_ACCORDING, word, -1) ||
	       cue_is(CUE_BY, word, -1) || cue_is(CUE_OF, word, -1) || cue_is(CUE_AND, word, -1) || cue_is(CUE_AS, word, -1) ||
	       cue_is(CUE_ROLE, word, -1) || cue_is(CUE_ARTICLE, word, -1);
}

/* "den Fischer Anton Weiss": behind an article the first of several words is no name. */
static guint32 behind_function(struct search *search, const struct mention *mention)
{
	const char *s = search->frame->str;
	guint32 to = mention->start, from;
	while (to > 0 && g_ascii_isspace(s[to - 1]))
		to--;
	for (from = to; from > 0 && (g_ascii_isalnum(s[from - 1]) || (guchar)s[from - 1] >= 0x80);)
		from--;
	words_fold_to(search->a.folded, s, from, to);
	const char *space = memchr(s + mention->start, ' ', mention->end - mention->start);
	return from < to && cue_is(CUE_ARTICLE, search->a.folded->str, -1) && space != NULL ? (guint32)(space + 1 - s) : mention->start;
}

/* The person of a mention; a stranger with a whole name joins the roster. */
static int person_of(struct search *search, struct mention *mention)
{
	const char *s = search->frame->str;
	if (mention->person >= 0 || mention->person == ROSTER_SEVERAL)
		return MAX(mention->person, -1);
	if (!stands_as_name(search, mention))
		return -1;
	if (mention->honorific == mention->start)
		mention->honorific = mention->start = behind_function(search, mention);
	words_fold_to(search->a.folded, s, mention->start, mention->end);
	if (strchr(search->a.folded->str, ' ') == NULL || cue_holds(CUE_BODY, search->a.folded->str))
		return -1;
	struct person person = {
		.name = document_string(search->a.doc, s + mention->start, (gssize)(mention->end - mention->start)),
		.honorific = mention->honorific < mention->start
		             ? document_string(search->a.doc, s + mention->honorific,
		                               (gssize)(mention->start - mention->honorific - 1)) : NULL,
	};
	return roster_add(search->a.roster, &person);
}

static struct range range_in(const struct search *search, const struct passage *passage, guint32 from, guint32 to)
{
	const char *text = search->a.doc->text;
	return (struct range){ ranges_offset(text, passage->ranges, passage->n_ranges, from),
	                       ranges_offset(text, passage->ranges, passage->n_ranges, to - 1) + 1 };
}

/* Whether the document gives these words as somebody's account. */
static bool is_account(const struct passage *passage)
{
	return passage->kind == KIND_REPORTED && passage->attribution.speaker >= 0;
}

/* "A," said X. "B.": nothing but the marks between goes on with the voice before. */
static bool goes_on(const struct search *search, guint i)
{
	if (i == 0)
		return false;
	const char *s = search->frame->str;
	struct word word;
	guint32 pos = search->found[i].behind, len = (guint32)search->frame->len;
	guint32 before = search->found[i].open;
	while (before > 0 && g_ascii_isspace(s[before - 1]))
		before--;
	struct range between = { search->found[i - 1].behind, before };
	bool ends = pos >= len || !word_next(s, &pos, len, &word) || word.upper;
	return ends && between.end > between.start && strchr(".", s[between.end - 1]) != NULL &&
	       words_count(s, between, FRAME_WORDS_MAX + 1) <= FRAME_WORDS_MAX &&
	       (words_count(s, between, 12) < 12 || sentence_end(s, between.start, between.end) >= between.end);
}

/* The frame's subject is the one who speaks anyway: "he", or a verb of speaking at
 * its beginning, or the words stand alone. */
static bool is_speakers(struct search *search, const struct passage *passage, const struct quoted *quoted, struct range frame)
{
	const char *s = search->frame->str;
	struct word word;
	guint32 pos = frame.start;
	if (!word_next(s, &pos, frame.end, &word) || word.start >= quoted->open)
		return true;
	/* somebody else is named, or somebody had said it before */
	for (pos = frame.start; word_next(s, &pos, frame.end, &word);) {
		struct mention mention;
		if (word.upper && mention_at(&search->a, s, word.start, frame.end, &mention) && mention.person != passage->attribution.speaker)
			return false;
	}
	words_fold_to(search->a.folded, s, frame.start, quoted->open);
	if (cue_holds(CUE_HAD, search->a.folded->str))
		return false;
	words_fold_to(search->a.folded, s, frame.start, frame.end);
	const char *folded = search->a.folded->str;
	return cue_begins(CUE_SPEAK, folded) > 0 || cue_holds(CUE_PRONOUN, folded);
}

static struct quotation quotation_of(struct search *search, const struct passage *passage, guint i)
{
	const struct quoted *quoted = &search->found[i];
	struct quotation quotation = {
		.range = range_in(search, passage, quoted->start, quoted->end),
		.attribution = { .speaker = -1 },
	};
	struct range frame = frame_of(search, quoted);
	struct voice voice;
	if (passage->nameless)
		return quotation;
	if (voice_set_off(search, quoted, &voice) || voice_behind(search, quoted, frame.end, &voice) ||
	    voice_before(search, quoted, frame.start, &voice)) {
		quotation.attribution.speaker = person_of(search, &voice.mention);
		quotation.attribution.range = range_in(search, passage, voice.mention.honorific, voice.mention.end);
		quotation.attribution.certainty = CERTAINTY_STATED;
	} else if (goes_on(search, i)) {
		quotation.attribution = passage->quotations[i - 1].attribution;
	} else if (is_account(passage) && is_speakers(search, passage, quoted, frame)) {
		quotation.attribution = passage->attribution;
		quotation.attribution.candidates = NULL;
		quotation.attribution.n_candidates = 0;
		quotation.attribution.certainty = CERTAINTY_INFERRED;
	}
	if (quotation.attribution.speaker < 0)
		quotation.attribution = (struct attribution){ .speaker = -1 };
	else
		quotation.attribution.evidence = EVIDENCE_NARRATIVE;
	return quotation;
}

static void search_passage(struct search *search, struct passage *passage)
{
	struct document *doc = search->a.doc;
	g_string_truncate(search->text, 0);
	ranges_text(doc->text, passage->ranges, passage->n_ranges, search->text);
	text_unwrap(search->text);
	find_quoted(search);
	if (search->n == 0)
		return;
	passage->quotations = document_alloc(doc, search->n * sizeof(struct quotation));
	passage->n_quotations = search->n;
	for (guint i = 0; i < search->n; i++) {
		passage->quotations[i] = quotation_of(search, passage, i);
	}
}

static bool may_hold(const struct document *doc, const struct passage *passage)
{
	if (passage->kind == KIND_QUOTE || passage->kind == KIND_LISTING || passage->kind == KIND_REFERENCE)
		return false;
	for (guint i = 0; i < passage->n_ranges; i++) {
		const char *s = doc->text + passage->ranges[i].start;
		gsize len = passage->ranges[i].end - passage->ranges[i].start;
		if (memchr(s, '"', len) != NULL || memchr(s, 0xE2, len) != NULL || memchr(s, 0xC2, len) != NULL)
			return true;
	}
	return false;
}

void quotations(struct document *doc)
{
	struct search search = {
		.a = { .doc = doc, .roster = roster_new(doc), .buffer = g_string_new(NULL), .folded = g_string_new(NULL) },
		.text = g_string_new(NULL), .frame = g_string_new(NULL), .shape = g_string_new(NULL),
	};
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		if (may_hold(doc, passage))
			search_passage(&search, passage);
	}
	roster_free(search.a.roster);
	g_string_free(search.a.buffer, true);
	g_string_free(search.a.folded, true);
	g_string_free(search.text, true);
	g_string_free(search.frame, true);
	g_string_free(search.shape, true);
}
