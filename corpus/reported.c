/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reported.c - whose statement a report's paragraph gives.
 *
 * A person is introduced where the name is the subject of a verb of speaking
 * ("X, Minister of Y, recalled that"), or stands behind "by" and a passive
 * ("opened by X"), or behind what was given ("the intervention of X"). Only
 * people of the roster are introduced; a stranger in the same place ends the
 * account, as the report's own voice and a new heading do.
 *
 * A paragraph that introduces one person is that person's account as a whole;
 * one that introduces several is cut at the sentences. Paragraphs that introduce
 * nobody go on with the account that is open.
 */
#include "corpus/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define INTRODUCTIONS_MAX 16
#define REACH_WORDS 45	/* from a name to its verb */

struct mention {
	int person;		/* ROSTER_NONE: a stranger */
	guint32 start, end;
	guint32 honorific;
};

struct introduction {
	int person;
	guint32 sentence;	/* where its sentence begins */
	struct mention mention;
};

void report_reset(struct report *report)
{
	report->speaker = -1;
	report->panel = report->section = -2;
}

static void fold_to(GString *out, const char *s, guint32 from, guint32 to)
{
	g_string_truncate(out, 0);
	words_fold(s, (struct range){ from, to }, out);
}

/* The person named at a capitalised word, with the whole name or with a title
 * or a unique surname. */
static bool mention_at(struct attributing *a, const char *s, guint32 pos, guint32 end,
                       struct mention *mention)
{
	struct name name;
	if (!name_scan(s, pos, end, &name))
		return false;
	*mention = (struct mention){ ROSTER_NONE, name.start, name.end, name.honorific };
	fold_to(a->folded, s, name.start, name.end);
	int person = roster_full(a->roster, a->folded->str);
	if (person == ROSTER_NONE)
		person = roster_surname(a->roster, a->folded->str);
	if (person == ROSTER_NONE && name.words >= 2) {
		/* "Mary Name" where the list has "Mary B. Name", or a title inside */
		const char *last = strrchr(a->folded->str, ' ');
		if (last != NULL && name.honorific < name.start && name.words == 2)
			person = ROSTER_NONE;
	}
	if (person >= 0 && name.words < 2 && name.honorific == name.start &&
	    strchr(a->folded->str, ' ') == NULL && strlen(a->folded->str) < 4)
		return false;
	mention->person = person;
	return person >= 0 || name.words >= 2 || (name.words == 1 && name.honorific < name.start);
}

static bool is_by(const char *folded)
{
	static const char *const words[] = { "by", "von", "durch", "par", "por" };
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

static bool is_of(const char *folded)
{
	static const char *const words[] = { "of", "von", "de", "del", "du", "des" };
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

/* The last two words before pos, folded, "one two". */
static void words_before(struct attributing *a, const char *s, guint32 start, guint32 pos,
                         GString *out)
{
	guint32 from = pos;
	for (guint n = 0; n < 3 && from > start; n++) {
		while (from > start && !g_ascii_isalnum(s[from - 1]) && (guchar)s[from - 1] < 0x80)
			from--;
		while (from > start && (g_ascii_isalnum(s[from - 1]) || (guchar)s[from - 1] >= 0x80))
			from--;
	}
	(void)a;
	fold_to(out, s, from, pos);
}

/* A verb of speaking within reach behind the name, before another name. */
static bool verb_follows(struct attributing *a, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	guint n = 0;
	while (n++ < REACH_WORDS && word_next(s, &pos, end, &word)) {
		if (word.upper)
			continue;
		fold_to(a->folded, s, word.start, MIN(end, word.start + 60));
		if (cue_begins(CUE_SAY, a->folded->str) && !word.upper)
			return true;
	}
	return false;
}

/* "Name's intervention", "Name's view". */
static bool possessive_talk(struct attributing *a, const char *s, guint32 end, guint32 stop)
{
	if (end + 2 >= stop)
		return false;
	fold_to(a->folded, s, end, MIN(stop, end + 40));
	const char *rest = a->folded->str;
	if (strncmp(rest, "s ", 2) == 0)
		rest += 2;
	return cue_begins(CUE_TALK, rest) > 0;
}

static bool introduces(struct attributing *a, const char *s, guint32 sentence, guint32 end,
                       const struct mention *mention)
{
	g_autoptr(GString) before = g_string_new(NULL);
	words_before(a, s, sentence, mention->honorific, before);
	const char *last = strrchr(before->str, ' ');
	const char *word = last == NULL ? before->str : last + 1;
	if (is_by(word)) {
		gsize rest = last == NULL ? 0 : (gsize)(last - before->str);
		g_autofree char *passive = g_strndup(before->str, rest);
		return cue_holds(CUE_GAVE, passive) || cue_holds(CUE_TALK, passive);
	}
	if (is_of(word)) {
		g_autofree char *what = g_strndup(before->str, last == NULL ? 0 : (gsize)(last - before->str));
		return cue_holds(CUE_TALK, what);
	}
	if (mention->honorific > sentence && cue_is(CUE_PREPOSITION, word, -1) &&
	    s[mention->honorific - 1] != ',' && (mention->honorific < 2 || s[mention->honorific - 2] != ','))
		return word[0] == 'a' && strcmp(word, "and") == 0
		       ? verb_follows(a, s, mention->end, end) : false;
	return verb_follows(a, s, mention->end, end) || possessive_talk(a, s, mention->end, end);
}

/* The introductions of one sentence. */
static guint scan_sentence(struct attributing *a, const char *s, guint32 start, guint32 end,
                           struct introduction *found, guint n)
{
	struct word word;
	bool any = false;
	for (guint32 pos = start; n < INTRODUCTIONS_MAX && word_next(s, &pos, end, &word);) {
		struct mention mention;
		if (!word.upper || !mention_at(a, s, word.start, end, &mention))
			continue;
		/* a particle may belong to a title before it: go on behind the name */
		if (mention.end > pos)
			pos = mention.end;
		if (mention.person == ROSTER_SEVERAL || any || !introduces(a, s, start, end, &mention))
			continue;
		/* strangers must look the part: a name and a function */
		if (mention.person < 0) {
			fold_to(a->folded, s, mention.end, MIN(end, mention.end + 60));
			bool apposed = mention.end < end && s[mention.end] == ',' &&
			               cue_begins(CUE_ROLE, a->folded->str) > 0;
			if (!apposed && mention.honorific == mention.start)
				continue;
		}
		found[n++] = (struct introduction){ mention.person, start, mention };
		any = true;
	}
	return n;
}

static guint scan_paragraph(struct attributing *a, const struct piece *piece,
                            struct introduction *found)
{
	guint n = 0;
	for (guint32 pos = 0; pos < piece->len && n < INTRODUCTIONS_MAX;) {
		guint32 end = sentence_end(piece->s, pos, piece->len);
		n = scan_sentence(a, piece->s, pos, end, found, n);
		pos = end;
	}
	return n;
}

/* The report's own voice: the first sentence is about the people in the room
 * or the conference. */
static bool own_voice(struct attributing *a, const char *s, guint32 from, guint32 end)
{
	guint32 stop = sentence_end(s, from, end);
	fold_to(a->folded, s, from, MIN(stop, from + 160));
	const char *words = a->folded->str;
	if (cue_begins(CUE_OWN, words) > 0)
		return true;
	for (guint n = 0; n < 6 && *words != '\0'; n++) {
		if (cue_begins(CUE_OWN, words) > 0)
			return true;
		words += strcspn(words, " ");
		words += *words == ' ';
	}
	return false;
}

static bool in_outcome(struct attributing *a, const struct block *block)
{
	if (block->section < 0)
		return false;
	const char *title = document_section(a->doc, block->section)->title;
	if (title == NULL)
		return false;
	fold_to(a->folded, title, 0, (guint32)strlen(title));
	return cue_begins(CUE_OUTCOME, a->folded->str) > 0;
}

static struct range mention_span(struct attributing *a, const struct piece *piece,
                                 const struct mention *mention)
{
	return piece_span(a->doc, piece, mention->honorific, mention->end);
}

static void say(struct attributing *a, struct report *report, const struct block *block,
                guint32 from, guint32 to)
{
	struct passage *statement =
		statement_part(a, block, report->speaker >= 0 ? KIND_REPORTED : KIND_NARRATIVE, from, to);
	if (statement != NULL)
		statement_speaker(statement, report->speaker, EVIDENCE_NARRATIVE, CERTAINTY_INFERRED,
		                  report->evidence);
}

/* Where the sentence before `at` that is still the report's own voice ends; 0. */
static guint32 own_voice_until(struct attributing *a, const struct piece *piece, guint32 at)
{
	guint32 own = 0;
	for (guint32 pos = 0; pos < at;) {
		guint32 end = sentence_end(piece->s, pos, piece->len);
		if (own_voice(a, piece->s, pos, end))
			own = end;
		pos = end;
	}
	return MIN(own, at);
}

static void report_introductions(struct attributing *a, struct report *report,
                                 const struct piece *piece, const struct introduction *found,
                                 guint n)
{
	const struct block *block = piece->block;
	guint32 at = block_start(block), end = block_end(block);
	bool several = false;
	for (guint i = 1; i < n; i++)
		several = several || found[i].person != found[0].person;
	guint32 first = found[0].sentence;
	guint32 own = several ? first : own_voice_until(a, piece, first);
	if (own > 0) {
		guint32 cut = piece_at(a->doc, piece, own);
		struct report nobody = *report;
		if (own_voice_until(a, piece, first) > 0 || !several)
			nobody.speaker = -1;
		say(a, &nobody, block, at, cut);
		at = cut;
	}
	for (guint i = 0; i < n; i++) {
		report->speaker = found[i].person >= 0 ? found[i].person : -1;
		report->evidence = mention_span(a, piece, &found[i].mention);
		guint j = i + 1;
		while (j < n && found[j].person == found[i].person)
			j++;
		guint32 stop = j < n ? piece_at(a->doc, piece, found[j].sentence) : end;
		if (stop > at)
			say(a, report, block, at, stop);
		at = MAX(at, stop);
		i = j - 1;
	}
}

void report_block(struct attributing *a, struct report *report, const struct block *block)
{
	struct introduction found[INTRODUCTIONS_MAX];
	g_autoptr(GString) own = g_string_new(NULL);
	if (report->panel != block->panel || report->section != block->section)
		report->speaker = -1;
	report->panel = block->panel;
	report->section = block->section;
	if (in_outcome(a, block) || block->kind == BLOCK_TABLE_ROW) {
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	struct piece piece = piece_of(a->doc, block, own);
	guint n = scan_paragraph(a, &piece, found);
	if (n > 0) {
		report_introductions(a, report, &piece, found, n);
		return;
	}
	if (own_voice(a, piece.s, 0, piece.len))
		report->speaker = -1;
	say(a, report, block, block_start(block), block_end(block));
}
