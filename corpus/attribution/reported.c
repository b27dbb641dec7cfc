/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reported.c - whose statement a report's paragraph gives.
 *
 * Each sentence is read for who speaks in it (subjects.c). A person, once
 * introduced, keeps the floor until the next one, until somebody without a name
 * speaks, until the document takes its own voice back, or until a heading.
 * Paragraphs that introduce nobody go on with the account that is open.
 *
 * A paragraph that introduces one person is that person's account as a whole,
 * but for the document's own voice before the name; one that introduces several
 * is cut at the sentences. Where several people spoke in a paragraph, the next
 * one is nobody's until it says whose.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/attribution/quoted.h"
#include "corpus/attribution/subjects.h"
#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

#define CHANGES_MAX 48	/* of the speaker, in a paragraph */
#define CROWD_SPEAKERS 3
#define REPLY_BYTES 60		/* in which the verb of a reply stands */
#define NAME_BELOW 3		/* paragraphs that a quotation may have above its name */
#define SCRAP_WORDS 12

void report_reset(struct report *report)
{
	report->speaker = report->anchor = report->asked = -1;
	report->somebody = report->crowded = report->questioned = false;
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

void report_open(struct report *report, const struct block *heading, int person, struct range range)
{
	report->panel = heading->panel;
	report->section = heading->section;
	report->speaker = person;
	report->evidence = range;
	report->anchor = person;
	make_present(report, person);
}

/* In the account that a heading gives to one person, others speak who are of the
 * panel, or are not known by name; whom the text mentions otherwise does not. */
static bool is_mentioned_only(const struct attributing *a, const struct report *report, const struct subject *subject)
{
	if (report->anchor < 0 || subject->kind != SUBJECT_PERSON || subject->person == report->anchor || report->panel < 0)
		return false;
	const struct panel *panel = document_panel(a->doc, report->panel);
	bool listed = panel->n_listed == 0 || panel->moderator == subject->person;
	for (guint i = 0; i < panel->n_listed; i++)
		listed = listed || panel->listed[i] == subject->person;
	return !listed;
}

/* In languages where the mood tells what is reported: a sentence without it, behind
 * one that had it, is the document's own. */
static bool leaves_mood(struct attributing *a, struct report *report, const char *s, guint32 from, guint32 to)
{
	struct word word;
	bool indicative = false;
	while (word_next(s, &from, to, &word)) {
		if (word.upper)
			continue;
		g_string_truncate(a->folded, 0);
		word_fold(s, &word, a->folded);
		if (cue_words(a->folded->str) == NULL)
			continue;
		if (cue_is(CUE_SUBJUNCTIVE, a->folded->str, -1)) {
			report->mood = true;
			return false;
		}
		indicative = indicative || cue_is(CUE_INDICATIVE, a->folded->str, -1);
	}
	return report->mood && indicative;
}

/* "Ann Bell asked whether ... He replied": not she, but whoever spoke before her. Notes
 * questions, and gives a reply's pronoun the person who was asked. speaker: before this
 * sentence. */
static void answer_question(struct attributing *a, struct report *report, const char *s, guint32 from, guint32 to, int speaker,
                            struct subject *subject)
{
	guint32 head = MIN(to, from + REPLY_BYTES);
	bool pronoun = subject->kind == SUBJECT_PRONOUN;
	if (pronoun && report->questioned && cue_holds_text(CUE_REPLY, s, from, head, a->folded)) {
		subject->kind = report->asked >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY;
		subject->person = report->asked;
		report->questioned = false;
		return;
	}
	if (subject->kind != SUBJECT_PERSON && subject->kind != SUBJECT_SOMEBODY)
		return;
	report->questioned = cue_holds_text(CUE_ASK, s, from, MIN(to, from + 2 * REPLY_BYTES), a->folded) || subject->disputes;
	if (report->questioned && speaker != subject->person)
		report->asked = speaker;
}

/* "The second session, chaired by Ann Bell, asked": she, where she is known. */
static int chaired_by(struct attributing *a, const char *s, guint32 from, guint32 to)
{
	struct word word;
	while (word_next(s, &from, to, &word)) {
		guint words = word.upper ? 0 : cue_begins_text(CUE_MODERATES, s, word.start, MIN(to, word.start + 40), a->folded);
		if (words < 2)
			continue;
		for (; words > 1 && word_next(s, &from, to, &word); words--)
			;
		words_fold_to(a->folded, s, word.start, word.end);
		struct mention mention;
		if (!cue_is(CUE_BY, a->folded->str, -1) || !word_next(s, &from, to, &word) || !word.upper ||
		    !mention_at(a, s, word.start, to, &mention))
			return -1;
		return mention.person >= 0 && !document_person(a->doc, (guint)mention.person)->body ? mention.person : -1;
	}
	return -1;
}

/* "The session was moderated by Ann Bell": known from then on. */
static void note_moderator(struct attributing *a, struct report *report, const char *s, guint32 from, guint32 to,
                           const struct subject *subject)
{
	struct panel *panel = report->panel >= 0 ? document_panel(a->doc, report->panel) : NULL;
	if (panel == NULL && report->section >= 0) {
		int chairs = chaired_by(a, s, from, to);
		if (chairs >= 0) {
			report->session_chair = chairs;
			report->session = report->section;
		}
	}
	if (panel != NULL && panel->moderator < 0 && subject->kind == SUBJECT_PERSON && cue_holds_text(CUE_MODERATES, s, from, to, a->folded))
		panel->moderator = subject->person;
}

static int presiding(struct attributing *a, const struct report *report)
{
	bool session = report->session_chair >= 0 && report->panel < 0 && report->section >= 0 &&
	               section_is_within(a->doc, report->section, report->session);
	return session ? report->session_chair : report->chair;
}

/* The sentences in which the speaker may change, in order. *continues: before the
 * first, one goes on with who spoke before. */
static guint read_changes(struct attributing *a, struct report *report, const struct piece *piece,
                          struct subject *changes, bool *continues)
{
	guint n = 0;
	int speaker = report->speaker;
	*continues = false;
	g_autoptr(GString) words = g_string_new(NULL);
	quoted_blank(piece->s, piece->len, words);
	for (guint32 pos = 0, end; pos < piece->len && n < CHANGES_MAX; pos = end) {
		struct account account = {
			.speaker = speaker, .panel = report->panel, .chair = presiding(a, report), .chair_taken = report->chair_taken,
			.present = report->present, .n_present = report->n_present, .delegations = report->delegations, .record = report->record,
		};
		end = sentence_end(piece->s, pos, piece->len);
		subject_read(a, &account, words->str, pos, end, &changes[n]);
		bool known = changes[n].kind == SUBJECT_PERSON || changes[n].kind == SUBJECT_PRONOUN;
		report->mood = report->mood && (speaker >= 0 || known);
		bool before = report->mood, leaves = leaves_mood(a, report, words->str, pos, end);
		bool announced = cue_holds_text(CUE_TO_COME, words->str, pos, end, a->folded);
		bool left = (leaves || announced) && changes[n].kind == SUBJECT_NONE && speaker >= 0;
		if (changes[n].kind == SUBJECT_DOCUMENT && before && report->mood && !leaves && speaker >= 0)
			changes[n].kind = SUBJECT_NONE;	/* "Die Tagung solle ..." is still what somebody said */
		note_moderator(a, report, words->str, pos, end, &changes[n]);
		answer_question(a, report, words->str, pos, end, speaker, &changes[n]);
		*continues = *continues || (n == 0 && changes[n].kind == SUBJECT_PRONOUN);
		if (left && stage_is_on(STAGE_OWN_VOICE)) {
			changes[n].kind = SUBJECT_DOCUMENT;
			changes[n].where = (struct range){ pos, end };
		}
		if (changes[n].kind == SUBJECT_NONE || changes[n].kind == SUBJECT_PRONOUN || is_mentioned_only(a, report, &changes[n]))
			continue;
		if (changes[n].kind == SUBJECT_CHAIR) {
			report->chair = changes[n].person;
			report->chair_taken = true;
			changes[n].kind = SUBJECT_DOCUMENT;
			changes[n].person = -1;
			changes[n].takes_chair = true;
		}
		speaker = changes[n].person;
		make_present(report, speaker);
		n++;
	}
	return n;
}

/* The document's own voice: the sentence is about the people in the room or the
 * conference. */
static bool own_voice(struct attributing *a, const char *s, guint32 from, guint32 end)
{
	guint32 stop = sentence_end(s, from, end);
	words_fold_to(a->folded, s, from, MIN(stop, from + 160));
	const char *words = a->folded->str;
	if (!stage_is_on(STAGE_OWN_VOICE) || cue_begins(CUE_PRONOUN, words) > 0)
		return false;
	for (guint n = 0; n < 6 && *words != '\0'; n++) {
		if (cue_begins(CUE_OWN, words) > 0)
			return true;
		words = words_skip(words, 1);
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
	words_fold_to(a->folded, title, 0, (guint32)strlen(title));
	/* "Summary record of the third meeting" is the whole record */
	return cue_begins(CUE_OUTCOME, a->folded->str) > cue_begins(CUE_REPORT, a->folded->str);
}

/* Those of the candidates who are people of the roster, each once. */
static void say_candidates(struct attributing *a, struct passage *statement, const struct subject *subject)
{
	int *people = document_alloc(a->doc, CANDIDATES_MAX * sizeof(int));
	guint n = 0;
	for (guint i = 0; i < subject->n_candidates; i++) {
		bool known = subject->candidates[i] < 0;
		for (guint k = 0; k < n; k++)
			known = known || people[k] == subject->candidates[i];
		if (!known)
			people[n++] = subject->candidates[i];
	}
	statement->attribution.candidates = n > 0 ? people : NULL;
	statement->attribution.n_candidates = n;
}

static struct passage *say(struct attributing *a, struct report *report, const struct block *block,
                           guint32 from, guint32 to)
{
	bool reported = report->speaker >= 0 || report->somebody;
	struct passage *statement = statement_part(a, block, reported ? KIND_REPORTED : KIND_NARRATIVE, from, to);
	if (statement != NULL)
		statement_speaker(statement, report->speaker, EVIDENCE_NARRATIVE, CERTAINTY_INFERRED,
		                  report->evidence);
	return statement;
}

static void say_nobody(struct attributing *a, struct report *report, const struct block *block,
                       guint32 from, guint32 to)
{
	struct report nobody = *report;
	nobody.speaker = -1;
	nobody.somebody = false;
	say(a, &nobody, block, from, to);
}

/* Where the last sentence before `at` that is still the report's own voice ends; 0. */
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

static guint speakers(const struct subject *changes, guint n)
{
	guint found = 0;
	for (guint i = 0; i < n; i++)
		found += changes[i].kind != SUBJECT_DOCUMENT && (i == 0 || changes[i].person != changes[i - 1].person);
	return found;
}

/* What stands before the first change; gives where the change's own begins. */
static guint32 say_before(struct attributing *a, struct report *report, const struct piece *piece,
                          const struct subject *changes, guint n, bool continues)
{
	const struct block *block = piece->block;
	guint32 first = changes[0].sentence, start = block_start(block);
	bool alone = changes[0].kind == SUBJECT_PERSON && !(continues && report->speaker >= 0) && speakers(changes, n) == 1 && !report->delegations;
	guint32 own = own_voice_until(a, piece, first);
	guint32 until = alone ? own : first;
	if (until == 0)
		return start;
	guint32 cut = piece_at(a->doc, piece, until);
	bool proceeds = changes[0].takes_chair && !continues;	/* "The Chair left. Ann Bell took the chair." */
	if (alone || own > 0 || proceeds)
		say_nobody(a, report, block, start, cut);
	else
		say(a, report, block, start, cut);
	return cut;
}

static void say_changes(struct attributing *a, struct report *report, const struct piece *piece,
                        const struct subject *changes, guint n, bool continues)
{
	const struct block *block = piece->block;
	guint32 at = say_before(a, report, piece, changes, n, continues), end = block_end(block);
	for (guint i = 0; i < n; i++) {
		guint next = i + 1;
		while (next < n && changes[next].person == changes[i].person && changes[next].kind == changes[i].kind)
			next++;
		report->speaker = changes[i].person;
		report->somebody = changes[i].kind == SUBJECT_SOMEBODY;
		report->evidence = piece_span(a->doc, piece, changes[i].where.start, changes[i].where.end);
		guint32 stop = next < n ? piece_at(a->doc, piece, changes[next].sentence) : end;
		struct passage *statement = stop > at ? say(a, report, block, at, stop) : NULL;
		if (statement != NULL && report->speaker < 0)
			say_candidates(a, statement, &changes[i]);
		at = MAX(at, stop);
		i = next - 1;
	}
	report->crowded = speakers(changes, n) >= (report->delegations ? 2 : CROWD_SPEAKERS);
}

/* A line that is somebody's name, or begins with it, below this paragraph or the next ones:
 * the words may be that person's. */
static bool name_below(struct attributing *a, const struct block *block)
{
	const struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	guint n = 0;
	for (guint i = (guint)(block - document_block(doc, 0)) + 1; i < doc->blocks->len && n < NAME_BELOW; i++) {
		const struct block *next = document_block(doc, i);
		struct word word;
		struct name name;
		guint32 pos = 0;
		if (next->kind == BLOCK_HEADING)
			return false;
		if (block_is_silent(next) || next->n_ranges == 0)
			continue;
		struct piece piece = piece_of(doc, next, own);
		n++;
		if (words_count(piece.s, piece_range(&piece), SCRAP_WORDS) < SCRAP_WORDS && !text_ends_sentence(piece.s, piece_range(&piece)) &&
		    word_next(piece.s, &pos, piece.len, &word) && name_scan(piece.s, word.start, piece.len, &name) && name.words >= 2)
			return true;
	}
	return false;
}

/* "I draw two conclusions", by whoever signed the report: where nobody else has spoken in the
 * section, and no name stands below. */
static bool in_own_name(struct attributing *a, const struct piece *piece)
{
	if (name_below(a, piece->block))
		return false;
	g_autoptr(GString) words = g_string_new(NULL);
	quoted_blank(piece->s, piece->len, words);
	return speaks_of_itself(a, words->str, (guint32)words->len);
}

void report_block(struct attributing *a, struct report *report, const struct block *block)
{
	struct subject changes[CHANGES_MAX];
	g_autoptr(GString) own = g_string_new(NULL);
	if (report->panel != block->panel || report->section != block->section) {
		report->speaker = report->anchor = -1;
		report->n_present = report->panel == block->panel ? report->n_present : 0;
		report->chair_taken = report->chair_taken && (report->panel == block->panel || block->panel < 0 ||
		                                              document_panel(a->doc, block->panel)->moderator < 0);
	}
	report->panel = block->panel;
	report->section = block->section;
	if (report->somebody || report->crowded)
		report->speaker = -1;
	report->somebody = report->crowded = false;
	if (block->kind == BLOCK_TABLE_ROW) {
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	struct piece piece = prose_of(a->doc, block, own);
	bool outcome = in_outcome(a, block);
	bool continues;
	guint n = read_changes(a, report, &piece, changes, &continues);
	if (outcome && (n == 0 || changes[0].kind != SUBJECT_PERSON || block->kind == BLOCK_LIST_ITEM)) {
		report->speaker = -1;
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	if (n > 0) {
		say_changes(a, report, &piece, changes, n, continues);
		return;
	}
	if (report->author >= 0 && block->kind == BLOCK_PARAGRAPH && report->n_present == 0 && in_own_name(a, &piece)) {
		report->speaker = -1;
		statement_speaker(statement_of(a, block, KIND_AUTHORED), report->author, EVIDENCE_BYLINE, CERTAINTY_STATED, report->author_range);
		return;
	}
	/* a scrap of a line that is no sentence says nothing of who speaks */
	if (block->kind == BLOCK_PARAGRAPH && !text_ends_sentence(piece.s, piece_range(&piece)) &&
	    words_count(piece.s, piece_range(&piece), SCRAP_WORDS) < SCRAP_WORDS) {
		if (own_voice(a, piece.s, 0, piece.len))
			report->speaker = -1;
		statement_of(a, block, KIND_NARRATIVE);
		return;
	}
	if (!stage_is_on(STAGE_CONTINUATIONS) || own_voice(a, piece.s, 0, piece.len))
		report->speaker = -1;
	say(a, report, block, block_start(block), block_end(block));
}
