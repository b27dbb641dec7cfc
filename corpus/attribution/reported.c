/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reported.c - whose statement a report's paragraph gives.
 *
 * A person is introduced where the name is the subject of a verb of speaking
 * ("X, Minister of Y, recalled that"), or stands behind "by" and a passive
 * ("opened by X"), or behind what was given ("the intervention of X"). Only
 * people of the roster are introduced; a stranger in the same place ends the
 * account, as the report's own voice and a new heading do. Once introduced, a
 * person may be met again by the function alone ("the Deputy Minister added").
 * A person of the roster who begins a sentence takes the account over, whatever
 * the verb: the one before has certainly lost it.
 *
 * A paragraph that introduces one person is that person's account as a whole;
 * one that introduces several is cut at the sentences. Paragraphs that introduce
 * nobody go on with the account that is open.
 *
 * Where the subject is several people, one of several of that name, somebody
 * without a name or a house, the account ends and nobody's begins.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/attribution/mentions.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

#define INTRODUCTIONS_MAX 16
#define SCRAP_WORDS 12
#define LEAD_WORDS 6	/* before the function that stands for a name */

void report_reset(struct report *report)
{
	report->speaker = -1;
	report->panel = report->section = -2;
	report->n_present = 0;
}

static void make_present(struct report *report, int person)
{
	for (guint i = 0; i < report->n_present; i++)
		if (report->present[i] == person)
			return;
	if (person >= 0 && report->n_present < G_N_ELEMENTS(report->present))
		report->present[report->n_present++] = person;
}

static void fold_to(GString *out, const char *s, guint32 from, guint32 to)
{
	g_string_truncate(out, 0);
	words_fold(s, (struct range){ from, to }, out);
}

static bool is_one_of(const char *folded, const char *const *words)
{
	for (guint i = 0; words[i] != NULL; i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

/* Whether somebody's honorific or function is what the words say: "colonel" for
 * "Col.", "deputy minister" for "Deputy Minister of X". */
static bool has_function(struct attributing *a, int index, const char *phrase)
{
	const struct person *person = document_person(a->doc, index);
	const char *const places[] = { person->role, person->honorific };
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		if (places[i] == NULL)
			continue;
		fold_to(a->folded, places[i], 0, (guint32)strlen(places[i]));
		gsize len = strlen(phrase);
		if (strncmp(a->folded->str, phrase, len) == 0 &&
		    (a->folded->str[len] == ' ' || a->folded->str[len] == '\0'))
			return true;
		if (i == 1 && a->folded->len >= 3 && g_str_has_prefix(phrase, a->folded->str))
			return true;
	}
	return false;
}

static int present_with(struct attributing *a, const struct report *report, const char *phrase)
{
	int found = ROSTER_NONE;
	for (guint i = 0; i < report->n_present; i++) {
		if (!has_function(a, report->present[i], phrase))
			continue;
		if (report->present[i] == report->speaker)
			return report->speaker;
		found = found == ROSTER_NONE ? report->present[i] : ROSTER_SEVERAL;
	}
	return found;
}

static bool is_the(const char *folded)
{
	static const char *const words[] = { "the", "der", "die", "le", "la", "el", NULL };
	return is_one_of(folded, words);
}

/* "the Deputy Minister replied": somebody of the panel by the function alone. */
static bool function_mention(struct attributing *a, const struct report *report, const char *s,
                             guint32 start, guint32 end, struct mention *mention)
{
	struct word word, role;
	guint32 pos = start;
	bool lead = false;
	for (guint n = 0; n < LEAD_WORDS && word_next(s, &pos, end, &word); n++) {
		fold_to(a->folded, s, word.start, word.end);
		if (!is_the(a->folded->str) || (n > 0 && !lead && s[word.start - 2] != ',')) {
			lead = word.end < end && s[word.end] == ',';
			continue;
		}
		guint32 from = 0, stop = 0, next = pos;
		for (guint k = 0; k < 4 && word_next(s, &next, end, &role); k++) {
			fold_to(a->folded, s, role.start, role.end);
			bool moderator = k == 0 && cue_is(CUE_MODERATOR, a->folded->str, -1);
			if (!role.upper && !moderator)
				break;
			from = k == 0 ? role.start : from;
			stop = role.end;
		}
		struct word verb;
		guint32 look = stop;
		if (stop == 0 || stop >= end || s[stop] != ' ' || !word_next(s, &look, end, &verb) || verb.upper)
			return false;
		fold_to(a->folded, s, verb.start, MIN(end, verb.start + 60));
		if (n > 0 && cue_begins(CUE_SAY, a->folded->str) == 0)
			return false;
		fold_to(a->folded, s, verb.start, verb.end);
		if (mention_is_of(a->folded->str) || strcmp(a->folded->str, "for") == 0 || strcmp(a->folded->str, "and") == 0)
			return false;
		fold_to(a->folded, s, from, stop);
		g_autofree char *phrase = g_strdup(a->folded->str);
		int person = present_with(a, report, phrase);
		if (person < 0 && cue_is(CUE_MODERATOR, phrase, -1))
			person = report->panel >= 0 ? document_panel(a->doc, report->panel)->moderator : -1;
		else if (person < 0)
			return false;
		*mention = (struct mention){ person, from, stop, from };
		return true;
	}
	return false;
}

static void find_candidates(struct attributing *a, const char *s, const struct mention *mention,
                            struct introduction *found)
{
	fold_to(a->folded, s, mention->start, mention->end);
	const char *last = strrchr(a->folded->str, ' ');
	if (a->doc->people->len > CROWD)
		return;
	found->n_candidates = roster_candidates(a->roster, last == NULL ? a->folded->str : last + 1,
	                                        found->candidates, CANDIDATES_MAX);
}

/* The introductions of one sentence. */
static guint scan_sentence(struct attributing *a, const struct report *report, const char *s,
                           guint32 start, guint32 end, struct introduction *found, guint n)
{
	struct word word;
	bool any = false;
	struct mention by_function;
	if (n < INTRODUCTIONS_MAX && stage_is_on(STAGE_FUNCTIONS) &&
	    function_mention(a, report, s, start, end, &by_function)) {
		found[n++] = (struct introduction){ .person = by_function.person, .sentence = start,
		                                    .mention = by_function };
		return n;
	}
	if (n < INTRODUCTIONS_MAX && subjects_several(a, s, start, end, &found[n])) {
		found[n].person = ROSTER_NONE;
		found[n++].sentence = start;
		return n;
	}
	if (n < INTRODUCTIONS_MAX && subject_is_nobody(a, s, start, end)) {
		found[n++] = (struct introduction){ .person = ROSTER_NONE, .sentence = start,
		                                    .mention = { ROSTER_NONE, start, end, start } };
		return n;
	}
	for (guint32 pos = start; n < INTRODUCTIONS_MAX && word_next(s, &pos, end, &word);) {
		struct mention mention;
		if (!word.upper || !mention_at(a, s, word.start, end, &mention))
			continue;
		/* a particle may belong to a title before it: go on behind the name */
		if (mention.end > pos)
			pos = mention.end;
		bool first = word.start <= start || mention.honorific <= start + 2;
		bool owner = first && mention.person >= 0 && mention.person != report->speaker &&
		             mention_owns(s, end, &mention);
		if (any || (!mention_introduces(a, s, start, end, &mention) && !owner))
			continue;
		if (owner && !mention_owns_talk(a, s, mention.end, end))
			mention.person = ROSTER_NONE;
		else
			owner = false;
		/* strangers must look the part: a name and a function */
		if (mention.person == ROSTER_NONE && !owner) {
			fold_to(a->folded, s, mention.end, MIN(end, mention.end + 60));
			bool apposed = mention.end < end && s[mention.end] == ',' &&
			               cue_begins(CUE_ROLE, a->folded->str) > 0;
			if (!apposed && mention.honorific == mention.start)
				continue;
		}
		found[n] = (struct introduction){ .person = MAX(mention.person, ROSTER_NONE), .sentence = start,
		                                  .mention = mention };
		if (mention.person == ROSTER_SEVERAL)
			find_candidates(a, s, &mention, &found[n]);
		n++;
		any = true;
	}
	return n;
}

static guint scan_paragraph(struct attributing *a, struct report *report, const struct piece *piece,
                            struct introduction *found)
{
	guint n = 0;
	for (guint32 pos = 0; pos < piece->len && n < INTRODUCTIONS_MAX;) {
		guint32 end = sentence_end(piece->s, pos, piece->len);
		guint before = n;
		n = scan_sentence(a, report, piece->s, pos, end, found, n);
		if (n > before)
			make_present(report, found[n - 1].person);
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
	static const char *const pronouns[] = { "he", "she", "his", "her", "er", "sie", "sein", "seine",
	                                        "ihr", "ihre", "il", "elle", "ella", "el", "su", NULL };
	g_autofree char *first = g_strndup(words, strcspn(words, " "));
	if (is_one_of(first, pronouns))
		return false;
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

/* Those of the candidates who are people of the roster, each once. */
static void say_candidates(struct attributing *a, struct passage *statement, const struct introduction *found)
{
	int *people = document_alloc(a->doc, CANDIDATES_MAX * sizeof(int));
	guint n = 0;
	for (guint i = 0; i < found->n_candidates; i++) {
		bool known = found->candidates[i] < 0;
		for (guint k = 0; k < n; k++)
			known = known || people[k] == found->candidates[i];
		if (!known)
			people[n++] = found->candidates[i];
	}
	statement->attribution.candidates = n > 0 ? people : NULL;
	statement->attribution.n_candidates = n;
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
		if (stop > at) {
			guint said = a->doc->passages->len;
			say(a, report, block, at, stop);
			if (report->speaker < 0 && found[i].n_candidates > 0 && a->doc->passages->len > said)
				say_candidates(a, document_passage(a->doc, said), &found[i]);
		}
		at = MAX(at, stop);
		i = j - 1;
	}
}

void report_block(struct attributing *a, struct report *report, const struct block *block)
{
	struct introduction found[INTRODUCTIONS_MAX];
	g_autoptr(GString) own = g_string_new(NULL);
	if (report->panel != block->panel || report->section != block->section) {
		report->speaker = -1;
		report->n_present = report->panel == block->panel ? report->n_present : 0;
	}
	report->panel = block->panel;
	report->section = block->section;
	if (in_outcome(a, block) || block->kind == BLOCK_TABLE_ROW) {
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	struct piece piece = piece_of(a->doc, block, own);
	guint n = scan_paragraph(a, report, &piece, found);
	if (n > 0) {
		report_introductions(a, report, &piece, found, n);
		return;
	}
	/* a scrap of a line that is no sentence says nothing of who speaks */
	if (block->kind == BLOCK_PARAGRAPH && !text_ends_sentence(piece.s, piece_range(&piece)) &&
	    words_count(piece.s, piece_range(&piece), SCRAP_WORDS) < SCRAP_WORDS) {
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	if (!stage_is_on(STAGE_CONTINUATIONS) ||
	    (stage_is_on(STAGE_OWN_VOICE) && own_voice(a, piece.s, 0, piece.len)))
		report->speaker = -1;
	say(a, report, block, block_start(block), block_end(block));
}
