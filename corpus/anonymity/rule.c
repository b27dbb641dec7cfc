/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rule.c - which parts of a document are held under a rule of non-attribution.
 *
 * A sentence states the rule where it names it and says that it holds: "the
 * seminar was held under the Chatham House Rule", "the Rule applied to Sessions
 * 2 and 3", "remarks are not attributed to individuals". One that tells of the
 * rule, wishes for it or denies it does not. What the sentence, or the next one,
 * names behind "except" or as "on the record" is left out, here and anywhere in
 * the document; what it names otherwise is all that it covers. A part that is
 * named and cannot be found leaves the whole document covered.
 */
#include "corpus/anonymity/anonymity.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define WORDS_MAX 160		/* of a sentence */
#define STATEMENTS_MAX 32	/* that are read; more say nothing new */
#define REMARK_WORDS 6		/* "(on the record)" under a heading */

enum says { SAYS_NOTHING, SAYS_COVERED, SAYS_OPEN };

struct ruling {
	struct document *doc;
	guint8 *sections, *panels;	/* enum says of each */
	guint8 *on_record;
	bool stated, whole;
	bool missing;			/* a number that is no panel's was named */
	guint statements;
	GString *buffer, *folded;
};

/* A sentence as folded words. */
struct sentence {
	const char *words[WORDS_MAX + 1];
	guint n;
};

static void sentence_read(struct sentence *sentence, const char *folded)
{
	sentence->n = 0;
	for (const char *p = folded; *p != '\0' && sentence->n < WORDS_MAX; p += *p == ' ') {
		sentence->words[sentence->n++] = p;
		p += strcspn(p, " ");
	}
	sentence->words[sentence->n] = "";
}

/* The first of [from, to) where the cue begins; *len its words. -1: nowhere. */
static int find(const struct sentence *sentence, enum cue cue, guint from, guint to, guint *len)
{
	for (guint i = from; i < to && i < sentence->n; i++)
		if ((*len = cue_begins(cue, sentence->words[i])) > 0)
			return (int)i;
	return -1;
}

static bool holds(const struct sentence *sentence, enum cue cue, int from, guint to)
{
	guint len;
	return find(sentence, cue, (guint)MAX(from, 0), to, &len) >= 0;
}

/* "2", "ii", "b", "second": the number that a folded word is; 0. */
static guint number_of(const char *word)
{
	gsize len = strcspn(word, " ");
	g_autofree char *upper = g_ascii_strup(word, (gssize)len);
	return panel_number(upper, len);
}

/* "session" and "sessions", "sitzung" and "sitzungen": how many words they are. */
static guint panel_word(const char *word)
{
	guint n = cue_begins(CUE_PANEL, word);
	gsize len = strcspn(word, " ");
	for (gsize cut = 1; n == 0 && cut <= 2 && len > cut + 3; cut++)
		n = cue_is(CUE_PANEL, word, (gssize)(len - cut));
	return n;
}

/* ---- does a sentence state the rule? ---- */

/* "the meeting", "this two-day workshop", "l'atelier"; participants at large. */
static bool names_gathering(const struct sentence *sentence, bool *indefinite)
{
	guint len;
	*indefinite = false;
	for (guint i = 0; i < sentence->n; i++) {
		const char *word = sentence->words[i];
		bool elided = *word == 'l' && cue_begins(CUE_GATHERING, word + 1) > 0;
		if (elided || (i < 3 && cue_begins(CUE_OWN, word) > 0))
			return true;
		if (cue_begins(CUE_GATHERING, word) == 0)
			continue;
		if (find(sentence, CUE_DEFINITE, (guint)MAX((int)i - 4, 0), i, &len) >= 0 ||
		    number_of(sentence->words[i + cue_begins(CUE_GATHERING, word)]) > 0)
			return true;
		if (i > 0 && panel_word(word) > 0 && number_of(sentence->words[i - 1]) > 0)	/* "two sessions", whichever */
			return true;
		*indefinite = true;
	}
	return false;
}

/* "She recalled that the talks were ...": somebody's account, unless it is the
 * chair's or what all agreed. */
static bool is_told(const struct sentence *sentence, guint before)
{
	guint len;
	int say = find(sentence, CUE_SAY, 0, before, &len);
	if (say < 0 || cue_begins(CUE_THAT, sentence->words[(guint)say + len]) == 0)
		return false;
	return !holds(sentence, CUE_MODERATOR, 0, (guint)say) && cue_begins(CUE_AGREED, sentence->words[say]) == 0;
}

/* "Held under ...", below a title. */
static bool opens_held(const struct sentence *sentence)
{
	return cue_begins(CUE_HELD, sentence->words[0]) > 0;
}

enum statement { STATES_NOTHING, STATES_RULE, DENIES_RULE };

/* "not", but not the one of "not for attribution". */
static enum statement read_statement(const struct sentence *sentence)
{
	guint len;
	bool indefinite, unattributed = false;
	int at = find(sentence, CUE_RULE, 0, sentence->n, &len);
	if (at < 0) {
		at = find(sentence, CUE_UNATTRIBUTED, 0, sentence->n, &len);
		unattributed = at >= 0;
	}
	if (at < 0)
		return STATES_NOTHING;
	guint behind = (guint)at + len;
	if (sentence->n <= len + 2 && at <= 2)	/* it stands alone: a heading, a stamp on the page */
		return holds(sentence, CUE_NEGATION, 0, (guint)at) ? DENIES_RULE : STATES_RULE;
	if (is_told(sentence, (guint)at) || holds(sentence, CUE_SUPPOSED, 0, (guint)at))
		return STATES_NOTHING;
	if (!unattributed && holds(sentence, CUE_NEGATION, at - 5, (guint)at))
		return DENIES_RULE;
	bool gathering = names_gathering(sentence, &indefinite) || opens_held(sentence);
	bool under = unattributed || holds(sentence, CUE_UNDER, at - 4, (guint)at);
	bool applies = !unattributed && holds(sentence, CUE_APPLIES, (int)behind, behind + 4);
	if (!under && holds(sentence, CUE_NEGATION, (int)behind, behind + 4))
		return DENIES_RULE;
	if (applies && !holds(sentence, CUE_SUPPOSED, (int)behind, behind + 4))
		return STATES_RULE;
	return under && (gathering || (!indefinite && at <= 6)) ? STATES_RULE : STATES_NOTHING;
}

/* "Note of a meeting held under the Chatham House Rule": a longer heading may speak about the rule,
 * unless it ends with what it was held under. */
static enum statement read_heading(const struct sentence *sentence)
{
	guint len;
	int at = find(sentence, CUE_RULE, 0, sentence->n, &len);
	if (sentence->n <= 5 || opens_held(sentence))
		return read_statement(sentence);
	if (at < 0 || (guint)at + len != sentence->n || !holds(sentence, CUE_UNDER, at - 4, (guint)at) ||
	    holds(sentence, CUE_NEGATION, 0, (guint)at) || holds(sentence, CUE_SUPPOSED, 0, (guint)at))
		return STATES_NOTHING;
	return STATES_RULE;
}

/* "Chatham House", "Chatham-House-Regel": the rule's own name is nobody's. */
bool rule_is_name(const char *s, guint32 len, const struct word *word)
{
	static const char chatham[] = "chatham", house[] = "house";
	guint32 n = sizeof chatham - 1, m = sizeof house - 1, end = word->end - word->start == m ? word->start : word->start + n;
	if (end == word->start && (end <= n || g_ascii_strncasecmp(s + end, house, m) != 0))
		return false;
	guint32 at = end == word->start ? end - n - 1 : word->start;
	return at + n + 1 + m <= len && g_ascii_strncasecmp(s + at, chatham, n) == 0 && strchr(" \n-", s[at + n]) != NULL &&
	       g_ascii_strncasecmp(s + at + n + 1, house, m) == 0;
}

/* ---- which parts does it name? ---- */

static bool is_word(enum cue cue, const char *word)
{
	return cue_is(cue, word, (gssize)strcspn(word, " "));
}

/* The panel of that number, whose label begins with that word. */
static bool mark_numbered(struct ruling *ruling, const char *word, guint number, enum says says)
{
	bool found = false;
	for (guint i = 0; i < ruling->doc->panels->len && number > 0; i++) {
		const char *label = document_panel(ruling->doc, i)->label;
		guint printed = 0;
		if (label == NULL || panel_label(label, (guint32)strlen(label), &printed) == 0 || printed != number)
			continue;
		g_autofree char *folded = words_folded(label);
		if (strncmp(folded, word, MIN(4, strcspn(word, " "))) != 0)
			continue;
		ruling->panels[i] = says;
		found = true;
	}
	ruling->missing |= !found;
	return found;
}

/* "sessions 2, 3 and 5 to 7": how many words; 0 where no number stands there. */
static guint mark_numbers(struct ruling *ruling, const struct sentence *sentence, guint at, guint to, enum says says, bool *found)
{
	guint i = at + panel_word(sentence->words[at]), begun = i, last = 0;
	bool up_to = false;
	for (; i < to; i++) {
		bool joins = i > begun && (is_word(CUE_AND, sentence->words[i]) || is_word(CUE_UP_TO, sentence->words[i]));
		guint number = joins ? 0 : number_of(sentence->words[i]);
		if (joins)
			up_to = is_word(CUE_UP_TO, sentence->words[i]);
		else if (number == 0)
			break;
		if (number == 0)
			continue;
		for (guint n = up_to && last > 0 && number - last < 100 ? last + 1 : number; n <= number; n++)
			*found |= mark_numbered(ruling, sentence->words[at], n, says);
		last = number;
		up_to = false;
	}
	return i - begun;
}

/* "the second session", "the second and third sessions"; but "two sessions" are
 * any two. */
static void mark_ordinals(struct ruling *ruling, const struct sentence *sentence, guint from, guint at, enum says says, bool *found)
{
	bool plural = cue_begins(CUE_PANEL, sentence->words[at]) == 0;
	guint numbers[8], n = 0;
	for (guint i = at; i > from && n < G_N_ELEMENTS(numbers); i--) {
		const char *word = sentence->words[i - 1];
		guint number = g_ascii_isalpha(*word) && strcspn(word, " ") > 3 ? number_of(word) : 0;
		if (is_word(CUE_AND, word) && n > 0)
			continue;
		if (number == 0)
			break;
		numbers[n++] = number;
	}
	for (guint i = 0; i < n && (n > 1) == plural; i++)
		*found |= mark_numbered(ruling, sentence->words[at], numbers[i], says);
}

/* A title's words up to its colon, dash or bracket. */
static char *title_head(const char *title)
{
	g_autofree char *head = g_strndup(title, strcspn(title, ":(\xE2"));
	char *folded = words_folded(head);
	if (*folded == '\0') {
		g_free(folded);
		return words_folded(title);
	}
	return folded;
}

static bool part_holds(const struct sentence *sentence, guint from, guint to, const char *words)
{
	gsize len = strlen(words);
	for (guint i = from; i < to; i++)
		if (strncmp(sentence->words[i], words, len) == 0 && (sentence->words[i][len] == ' ' || sentence->words[i][len] == '\0'))
			return true;
	return false;
}

/* "the keynote address" names "Keynote: Title" and "Keynote address by X". */
static bool names_talk(const struct sentence *sentence, guint from, guint to, const char *title)
{
	for (guint i = from; i < to; i++) {
		const char *word = sentence->words[i];
		guint n = MAX(cue_begins(CUE_PART, word), MAX(cue_begins(CUE_SIGNED, word), cue_begins(CUE_TALK, word)));
		gsize len = n > 0 ? (gsize)(sentence->words[i + n] - word) : 0;
		if (n > 0 && i + n >= sentence->n)
			len = strlen(word);
		while (len > 0 && word[len - 1] == ' ')
			len--;
		if (len > 0 && strncmp(title, word, len) == 0 && (title[len] == ' ' || title[len] == '\0'))
			return true;
		gsize own = strlen(title);
		if (len > own && strncmp(title, word, own) == 0 && word[own] == ' ' && cue_is(CUE_PART, title, -1))
			return true;
	}
	return false;
}

/* What is to be covered must be named by a title of its own; what is left out
 * also by what it is called in general. */
static bool names_title(const struct sentence *sentence, guint from, guint to, const char *title, enum says says)
{
	if (title == NULL)
		return false;
	g_autofree char *head = title_head(title);
	if (*head == '\0')
		return false;
	if (strchr(head, ' ') != NULL && part_holds(sentence, from, to, head))
		return true;
	g_autofree char *whole = words_folded(title);
	return says == SAYS_OPEN && names_talk(sentence, from, to, whole);
}

/* "this session", said in one of several. */
static bool names_this(const struct ruling *ruling, const struct sentence *sentence, guint from, guint to, const struct block *block)
{
	if (block->panel < 0 || ruling->doc->panels->len < 2)
		return false;
	for (guint i = from; i + 1 < to; i++) {
		guint n = is_word(CUE_DEFINITE, sentence->words[i]) ?
		          cue_begins(CUE_PANEL, sentence->words[i + 1]) : 0;
		if (n > 0 && number_of(sentence->words[i + 1 + n]) == 0)
			return true;
	}
	return false;
}

/* Marks what [from, to) names. False where it names nothing that is there. */
static bool mark_parts(struct ruling *ruling, const struct sentence *sentence, guint from, guint to, enum says says,
                       const struct block *block)
{
	struct document *doc = ruling->doc;
	bool found = false;
	for (guint i = from; i < to; i++)
		if (panel_word(sentence->words[i]) > 0) {
			mark_ordinals(ruling, sentence, from, i, says, &found);
			i += mark_numbers(ruling, sentence, i, to, says, &found);
		}
	for (guint i = 0; i < doc->panels->len; i++) {
		if (!names_title(sentence, from, to, document_panel(doc, i)->title, says))
			continue;
		ruling->panels[i] = says;
		found = true;
	}
	for (guint i = 1; i < doc->sections->len; i++) {	/* the first is the document's own title */
		bool own = block->kind == BLOCK_HEADING && block->section == (int)i;	/* it is that title */
		if (own || !names_title(sentence, from, to, document_section(doc, i)->title, says))
			continue;
		ruling->sections[i] = says;
		found = true;
	}
	if (!found && names_this(ruling, sentence, from, to, block)) {
		ruling->panels[block->panel] = says;
		found = true;
	}
	return found;
}

/* "Ms X agreed to be quoted": people named where no part is. */
static void mark_people(struct ruling *ruling, const struct sentence *sentence, guint from, guint to)
{
	for (guint i = 0; i < ruling->doc->people->len; i++) {
		g_autofree char *name = words_folded(document_person(ruling->doc, i)->name);
		if (strchr(name, ' ') != NULL && part_holds(sentence, from, to, name))
			ruling->on_record[i] = true;
	}
}

/* "on the record", and no "not" before it. */
static bool is_on_record(const struct sentence *sentence, guint from, guint to)
{
	guint len;
	int at = find(sentence, CUE_ON_RECORD, from, to, &len);
	return at >= 0 && !holds(sentence, CUE_NEGATION, at - 3, (guint)at) &&
	       !holds(sentence, CUE_UNATTRIBUTED, at - 3, (guint)at + 1);
}

static void mark_open(struct ruling *ruling, const struct sentence *sentence, guint from, guint to, const struct block *block)
{
	if (!mark_parts(ruling, sentence, from, to, SAYS_OPEN, block))
		mark_people(ruling, sentence, from, to);
}

/* Where a part cannot be found, all is covered. */
static void mark_covered(struct ruling *ruling, const struct sentence *sentence, guint from, guint to, const struct block *block)
{
	ruling->missing = false;
	if (!mark_parts(ruling, sentence, from, to, SAYS_COVERED, block) || ruling->missing)
		ruling->whole = true;
}

/* A sentence that states the rule: what it names before "except" is covered. */
static void take_statement(struct ruling *ruling, const struct sentence *sentence, const struct block *block)
{
	guint len, end = sentence->n;
	int except = find(sentence, CUE_EXCEPT, 0, sentence->n, &len);
	guint unlike;
	int rule = find(sentence, CUE_RULE, 0, sentence->n, &unlike);
	ruling->stated = true;
	if (rule >= 0 && holds(sentence, CUE_NEGATION, rule + (int)unlike, (guint)rule + unlike + 4))
		except = rule + (int)unlike;	/* "..., which did not apply to the keynote" */
	if (except >= 0)
		end = (guint)except;
	if (is_on_record(sentence, 0, end)) {	/* both in one: "the keynote was on the record, the rest ..." */
		bool before = rule >= 0 && is_on_record(sentence, 0, (guint)rule);
		guint middle = rule >= 0 ? (guint)rule : 0;
		guint on = (guint)find(sentence, CUE_ON_RECORD, 0, end, &len);
		if (before)
			mark_open(ruling, sentence, 0, on, block);
		else
			mark_open(ruling, sentence, middle, end, block);
		mark_covered(ruling, sentence, before ? on : 0, before ? end : middle, block);
	} else {
		mark_covered(ruling, sentence, 0, end, block);
	}
	if (except >= 0)
		mark_open(ruling, sentence, end, sentence->n, block);
}

/* ---- reading the document ---- */

/* A cheap look whether a stretch may say anything of it: most do not. */
static bool may_tell(const char *s, guint32 len)
{
	static const char *const stems[] = { "chatham", "tribu", "nament", "namens", "nennung", "zuordnung", "zugeordnet",
	                                     "zugeschrieben", "the record", "zitier", "quoted", "citab", "citar", "cit\xC3\xA9", NULL };
	for (guint32 i = 0; i + 5 < len; i++) {
		char c = (char)(s[i] | 0x20);
		if (c != 'c' && c != 't' && c != 'n' && c != 'z' && c != 'q')
			continue;
		char third = (char)(s[i + 2] | 0x20), fifth = (char)(s[i + 4] | 0x20);
		for (guint k = 0; stems[k] != NULL; k++)
			if (*stems[k] == c && stems[k][2] == third && stems[k][4] == fifth && strlen(stems[k]) <= len - i &&
			    g_ascii_strncasecmp(s + i, stems[k], strlen(stems[k])) == 0)
				return true;
	}
	return false;
}

static bool block_may_tell(const struct document *doc, const struct block *block)
{
	for (guint i = 0; i < block->n_ranges; i++)
		if (may_tell(doc->text + block->ranges[i].start, block->ranges[i].end - block->ranges[i].start))
			return true;
	return false;
}

/* "Session 3 (on the record)", or the remark alone below its heading. */
static bool take_remark(struct ruling *ruling, const struct sentence *sentence, guint n)
{
	struct document *doc = ruling->doc;
	const struct block *block = document_block(doc, n);
	bool heading = block->kind == BLOCK_HEADING;
	if (block->section < 0 || (!heading && (n == 0 || sentence->n > REMARK_WORDS ||
	                                         document_block(doc, n - 1)->kind != BLOCK_HEADING)))
		return false;
	bool open = is_on_record(sentence, 0, sentence->n);
	guint len;
	bool covered = !open && (holds(sentence, CUE_UNATTRIBUTED, 0, sentence->n) || holds(sentence, CUE_RULE, 0, sentence->n)) &&
	               !holds(sentence, CUE_NEGATION, 0, (guint)MAX(find(sentence, CUE_RULE, 0, sentence->n, &len), 0));
	if ((!open && !covered) || (covered && block->section == 0))
		return false;
	if (covered && heading && sentence->n > 2 && !memchr(doc->text + block_start(block), '(', block_end(block) - block_start(block)))
		return false;	/* a title that speaks of the rule */
	ruling->stated |= covered;
	if (!heading && mark_parts(ruling, sentence, 0, sentence->n, open ? SAYS_OPEN : SAYS_COVERED, block))
		return true;	/* of another part */
	ruling->sections[block->section] = open ? SAYS_OPEN : SAYS_COVERED;
	return true;
}

/* "She said, the study could be quoted": it is of what was said, not of who may be named. */
static bool tells_speech(const struct sentence *sentence, guint to)
{
	for (guint i = 0; i < to; i++)
		if (cue_begins(CUE_SAY, sentence->words[i]) > 0 && cue_begins(CUE_AGREED, sentence->words[i]) == 0 &&
		    !is_word(CUE_TALK, sentence->words[i]) && !is_word(CUE_GATHERING, sentence->words[i]))
			return true;
	return false;
}

/* One sentence; *statement: the one before it stated the rule. */
static void take_sentence(struct ruling *ruling, guint n, bool *statement)
{
	const struct block *block = document_block(ruling->doc, n);
	struct sentence sentence;
	guint len;
	sentence_read(&sentence, ruling->folded->str);
	if (take_remark(ruling, &sentence, n))
		return;
	enum statement states = block->kind == BLOCK_HEADING ? read_heading(&sentence) : read_statement(&sentence);
	bool followed = *statement;
	*statement = states == STATES_RULE;
	if (states == STATES_RULE && ruling->statements < STATEMENTS_MAX) {
		ruling->statements++;
		take_statement(ruling, &sentence, block);
		return;
	}
	int except = find(&sentence, CUE_EXCEPT, 0, sentence.n, &len);
	int record = find(&sentence, CUE_ON_RECORD, 0, sentence.n, &len);
	guint before = record >= 0 ? (guint)record : sentence.n;
	bool said = tells_speech(&sentence, before) || (record > 0 && holds(&sentence, CUE_SUPPOSED, 0, before));
	bool opens = states == DENIES_RULE || (!said && is_on_record(&sentence, 0, sentence.n)) ||
	             (followed && !said && (except >= 0 || holds(&sentence, CUE_NEGATION, 0, sentence.n)));
	if (!opens || ruling->statements++ >= STATEMENTS_MAX)
		return;
	mark_open(ruling, &sentence, followed && except > 0 ? (guint)except : 0, sentence.n, block);
}

static void read_block(struct ruling *ruling, guint n, bool *statement)
{
	const struct block *block = document_block(ruling->doc, n);
	bool tells = block_may_tell(ruling->doc, block);
	if (!tells && !*statement)
		return;
	struct piece piece = piece_of(ruling->doc, block, ruling->buffer);
	for (guint32 pos = 0, end; pos < piece.len; pos = end) {
		end = MAX(sentence_end(piece.s, pos, piece.len), pos + 1);
		const char *semicolon = memchr(piece.s + pos, ';', end - pos);
		if (semicolon != NULL)
			end = (guint32)(semicolon - piece.s) + 1;
		if (!*statement && !may_tell(piece.s + pos, end - pos))
			continue;
		words_fold_to(ruling->folded, piece.s, pos, end);
		if (ruling->folded->len > 0)
			take_sentence(ruling, n, statement);
		if (!tells)
			break;
	}
}

static bool says_anything(const struct document *doc)
{
	if (doc->policy != POLICY_STATED)
		return true;
	for (guint i = 0; i < doc->panels->len; i++)
		if (document_panel(doc, i)->policy == POLICY_NONE)
			return true;
	return may_tell(doc->text, (guint32)doc->text_bytes);
}

static void read_statements(struct ruling *ruling)
{
	struct document *doc = ruling->doc;
	bool statement = false;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block->kind == BLOCK_PAGE_BREAK || block->kind == BLOCK_SLIDE_BREAK ||
		    block->zone == ZONE_REFERENCES || block->zone == ZONE_CONTENTS || block->kind == BLOCK_QUOTATION)
			continue;
		read_block(ruling, i, &statement);
	}
}

/* The most particular statement decides; a person's word over all. */
static bool is_covered(const struct ruling *ruling, const struct block *block)
{
	struct document *doc = ruling->doc;
	enum policy policy = block->panel >= 0 ? document_panel(doc, block->panel)->policy : POLICY_STATED;
	if (policy == POLICY_STATED)
		policy = doc->policy;
	if (policy != POLICY_STATED)
		return policy == POLICY_NONE;
	if (!ruling->stated)
		return false;
	for (int s = block->section; s >= 0; s = document_section(doc, s)->parent)
		if (ruling->sections[s] != SAYS_NOTHING)
			return ruling->sections[s] == SAYS_COVERED;
	if (block->panel >= 0 && ruling->panels[block->panel] != SAYS_NOTHING)
		return ruling->panels[block->panel] == SAYS_COVERED;
	return ruling->whole;
}

static bool cover(const struct ruling *ruling)
{
	struct document *doc = ruling->doc;
	bool any = false;
	g_autofree guint8 *spoken = g_malloc0(doc->panels->len + 1);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		block->nameless = is_covered(ruling, block);
		any |= block->nameless && block->n_ranges > 0;
		if (block->panel >= 0 && !block_is_silent(block) && block->kind != BLOCK_HEADING)
			spoken[block->panel] |= block->nameless ? 1 : 2;
	}
	for (guint i = 0; i < doc->panels->len; i++) {
		struct panel *panel = document_panel(doc, i);
		struct block heading = { .section = -1, .panel = (int)i };
		panel->nameless = spoken[i] == 1 || (spoken[i] == 0 && is_covered(ruling, &heading));
		any |= panel->nameless;
	}
	return any;
}

bool rule_cover(struct document *doc, bool *whole, guint8 *on_record)
{
	if (!says_anything(doc))
		return false;
	struct ruling ruling = {
		.doc = doc, .on_record = on_record,
		.sections = g_malloc0(doc->sections->len + 1), .panels = g_malloc0(doc->panels->len + 1),
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
	};
	if (doc->policy == POLICY_STATED)
		read_statements(&ruling);
	bool any = cover(&ruling);
	*whole = doc->policy == POLICY_NONE || (doc->policy == POLICY_STATED && ruling.stated && ruling.whole);
	g_free(ruling.sections);
	g_free(ruling.panels);
	g_string_free(ruling.buffer, true);
	g_string_free(ruling.folded, true);
	return any;
}
