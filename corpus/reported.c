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
#include "corpus/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define INTRODUCTIONS_MAX 16
#define REACH_WORDS 45	/* from a name to its verb */
#define SCRAP_WORDS 12
#define LEAD_WORDS 6	/* before the function that stands for a name */
#define CANDIDATES_MAX 6

struct mention {
	int person;		/* ROSTER_NONE: a stranger; ROSTER_SEVERAL: one of some */
	guint32 start, end;
	guint32 honorific;
};

struct introduction {
	int person;
	guint32 sentence;	/* where its sentence begins */
	struct mention mention;
	int candidates[CANDIDATES_MAX];	/* where it is nobody's for certain */
	guint n_candidates;
};

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

/* Who of several people of one surname the title means: the one who bears it, or
 * the only one whom it does not contradict. */
static int by_title(struct attributing *a, const char *surname, const char *title, gsize len)
{
	int all[16], bears = ROSTER_NONE, fits = ROSTER_NONE;
	guint n = roster_candidates(a->roster, surname, all, G_N_ELEMENTS(all));
	g_autofree char *printed = g_strstrip(g_strndup(title, len));
	if (n >= G_N_ELEMENTS(all) || *printed == '\0')
		return ROSTER_SEVERAL;
	for (guint i = 0; i < n; i++) {
		const struct person *person = document_person(a->doc, all[i]);
		if (person->honorific != NULL && strcmp(person->honorific, printed) == 0)
			bears = bears == ROSTER_NONE ? all[i] : ROSTER_SEVERAL;
		if (person_allows(person, title, len))
			fits = fits == ROSTER_NONE ? all[i] : ROSTER_SEVERAL;
	}
	return bears >= 0 ? bears : fits == ROSTER_NONE ? ROSTER_NONE : fits;
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
	/* where the family name stands first, the title is put before it all the same */
	if (person == ROSTER_NONE && name.words == 1 && name.honorific < name.start)
		person = roster_any_word(a->roster, a->folded->str);
	if (person == ROSTER_SEVERAL && name.honorific < name.start)
		person = by_title(a, a->folded->str, s + name.honorific, name.start - name.honorific);
	else if (person >= 0 && !person_allows(document_person(a->doc, person), s + name.honorific,
	                                       name.start - name.honorific))
		person = ROSTER_NONE;
	if (person >= 0 && name.words < 2 && name.honorific == name.start &&
	    strchr(a->folded->str, ' ') == NULL && strlen(a->folded->str) < 4)
		return false;
	mention->person = person;
	return person != ROSTER_NONE || name.words >= 2 || (name.words == 1 && name.honorific < name.start);
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

static bool is_function(struct attributing *a, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	guint32 next = pos;
	for (guint n = 0; n < 4 && word_next(s, &next, end, &word); n++) {
		fold_to(a->folded, s, word.start, MIN(end, word.start + 60));
		if (cue_begins(CUE_ROLE, a->folded->str) > 0)
			return true;
		if (cue_begins(CUE_RANK, a->folded->str) == 0 && n > 0)
			return false;
	}
	return false;
}

/* "Name, Director of X, ...": presented with the function. */
static bool is_presented(struct attributing *a, const char *s, guint32 end, const struct mention *mention)
{
	return mention->person >= 0 && mention->end + 2 < end && s[mention->end] == ',' &&
	       is_function(a, s, mention->end, end);
}

static bool is_one_of(const char *folded, const char *const *words)
{
	for (guint i = 0; words[i] != NULL; i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

/* "Name, surveyor at X, had inspected": between commas, a small letter behind. */
static bool has_apposition(struct attributing *a, const char *s, guint32 end, const struct mention *mention)
{
	struct word word;
	guint32 pos = mention->end;
	if (pos + 2 >= end || s[pos] != ',' || !word_next(s, &pos, end, &word))
		return false;
	fold_to(a->folded, s, word.start, word.end);
	if (roster_any_word(a->roster, a->folded->str) != ROSTER_NONE || cue_is(CUE_HONORIFIC, a->folded->str, -1))
		return false;	/* a list of names */
	const char *comma = memchr(s + pos, ',', MIN(end - pos, 240));
	guint32 behind = comma == NULL ? end : (guint32)(comma - s);
	if (!word_next(s, &behind, end, &word) || word.upper)
		return false;
	fold_to(a->folded, s, word.start, word.end);
	return !cue_is(CUE_PREPOSITION, a->folded->str, -1) && strcmp(a->folded->str, "und") != 0;
}

/* "In his keynote, Name showed": a short lead with a comma before the subject. */
static guint32 lead_end(struct attributing *a, const char *s, guint32 sentence, guint32 subject)
{
	struct word word;
	guint32 pos = sentence;
	if (subject < sentence + 4 || s[subject - 2] != ',' ||
	    words_count(s, (struct range){ sentence, subject }, LEAD_WORDS + 1) > LEAD_WORDS ||
	    memchr(s + sentence, ',', subject - 2 - sentence) || !word_next(s, &pos, subject, &word))
		return sentence;
	fold_to(a->folded, s, word.start, word.end);
	if (strcmp(a->folded->str, "in") != 0 && strcmp(a->folded->str, "at") != 0)
		return sentence;
	while (word_next(s, &pos, subject, &word))
		if (word.upper)
			return sentence;
	return subject;
}

/* The sentence begins with somebody of the roster, and the next word may be a
 * verb: that person's account begins. */
static bool is_subject(struct attributing *a, const char *s, guint32 sentence, guint32 end,
                       const struct mention *mention)
{
	static const char *const no_verb[] = { "and", "or", "of", "in", "at", "from", "for", "und", "et",
	                                       "y", "e", "s", "was", "were", "wurde", "is", "who", NULL };
	struct word word;
	guint32 pos = sentence = lead_end(a, s, sentence, mention->honorific);
	bool known = mention->person != ROSTER_NONE || mention->honorific < mention->start;
	if (!known || !word_next(s, &pos, end, &word) || word.start < mention->honorific ||
	    !text_ends_sentence(s, (struct range){ sentence, end }))	/* a line of a list */
		return false;
	if (is_presented(a, s, end, mention) || has_apposition(a, s, end, mention))
		return true;
	pos = mention->end;
	if (!word_next(s, &pos, end, &word) || word.upper || word.start != mention->end + 1 ||
	    s[mention->end] != ' ')
		return false;
	fold_to(a->folded, s, word.start, word.end);
	return !is_one_of(a->folded->str, no_verb);
}

/* "Name's predecessor": somebody else, unless it is what the person said. */
static bool is_owner(const char *s, guint32 end, const struct mention *mention)
{
	const char *p = s + mention->end;
	gsize left = end - mention->end;
	return left > 2 && ((p[0] == '\'' && p[1] == 's') || (left > 4 && memcmp(p, "\xE2\x80\x99s", 4) == 0));
}

/* "Doubts came from Name, Director of X". */
static bool comes_from(const char *before)
{
	static const char *const words[] = { "came from", "comes from", "heard from", "speaker was",
	                                     "kam von", "kamen von", "vint de", "vino de", NULL };
	for (guint i = 0; words[i] != NULL; i++)
		if (g_str_has_suffix(before, words[i]))
			return true;
	return false;
}

static bool introduces(struct attributing *a, const char *s, guint32 sentence, guint32 end,
                       const struct mention *mention)
{
	if (is_subject(a, s, sentence, end, mention))
		return true;
	g_autoptr(GString) before = g_string_new(NULL);
	words_before(a, s, sentence, mention->honorific, before);
	const char *last = strrchr(before->str, ' ');
	const char *word = last == NULL ? before->str : last + 1;
	if (is_presented(a, s, end, mention) && comes_from(before->str))
		return true;
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
	if (is_owner(s, end, mention))
		return possessive_talk(a, s, mention->end, end);
	return verb_follows(a, s, mention->end, end) || possessive_talk(a, s, mention->end, end);
}

static guint32 skip_brackets(const char *s, guint32 pos, guint32 end)
{
	guint32 open = pos;
	while (open < end && s[open] == ' ')
		open++;
	const char *close = open < end && s[open] == '(' ? memchr(s + open, ')', MIN(end - open, 120)) : NULL;
	return close == NULL ? pos : (guint32)(close - s) + 1;
}

/* "A and B agreed", "A, B and C agreed": the sentence begins with two people or
 * more of the roster and goes on in small letters. */
static bool several_subjects(struct attributing *a, const char *s, guint32 start, guint32 end,
                             struct introduction *found)
{
	static const char *const links[] = { "and", "und", "et", "y", "e", "as", "well", "like", "sowie", NULL };
	struct word word;
	struct mention mention;
	bool linked = false, by_and = false;
	found->n_candidates = 0;
	for (guint32 pos = start; word_next(s, &pos, end, &word);) {
		if (word.upper && (found->n_candidates == 0 || linked) && mention_at(a, s, word.start, end, &mention) &&
		    !is_owner(s, end, &mention) &&
		    (by_and || mention.person != ROSTER_NONE ||
		     (found->n_candidates == 0 && mention.honorific < mention.start))) {
			if (found->n_candidates == 0)
				found->mention = mention;
			if (found->n_candidates < CANDIDATES_MAX)
				found->candidates[found->n_candidates++] = mention.person;
			pos = skip_brackets(s, mention.end, end);
			linked = pos < end && s[pos] == ',';
			by_and = false;
			continue;
		}
		fold_to(a->folded, s, word.start, word.end);
		bool further = word.upper && linked && found->n_candidates > 0 &&
		               (by_and || roster_surname(a->roster, a->folded->str) != ROSTER_NONE);
		if (further) {
			if (found->n_candidates < CANDIDATES_MAX)
				found->candidates[found->n_candidates++] = roster_surname(a->roster, a->folded->str);
			linked = pos < end && s[pos] == ',';
			by_and = false;
			continue;
		}
		if (found->n_candidates == 0 || word.upper)
			return false;
		if (!is_one_of(a->folded->str, links))
			return found->n_candidates >= 2 && !linked;
		linked = by_and = true;
	}
	return false;
}

/* "A delegate from X asked", "One participant observed", "The House of Y stated". */
static bool nobody_speaks(struct attributing *a, const char *s, guint32 start, guint32 end)
{
	static const char *const some[] = { "a", "an", "one", "another", "someone", "somebody", "ein", "eine", "einer",
	                                    "jemand", "un", "une", "quelqu", "una", "uno", "alguien", NULL };
	static const char *const the[] = { "the", "der", "die", "das", "le", "la", "les", "el", "los", "las", NULL };
	/* what only people and houses do: CUE_SAY is for those whose names are known */
	static const char *const verbs[] = { "said", "asked", "observed", "objected", "remarked", "replied", "answered",
	                                     "added", "argued", "noted", "wondered", "complained", "suggested", "warned",
	                                     "commented", "stated", "insisted", "read", "interjected", "explained",
	                                     "recalled", "stressed", "declared", "sagte", "fragte", "meinte", "bemerkte",
	                                     "erwiderte", "antwortete", "warnte", "erklarte", "declara", "demanda",
	                                     "observa", "repondit", "dijo", "pregunto", "respondio", "declaro", NULL };
	struct word word;
	guint32 pos = start;
	if (!word_next(s, &pos, end, &word) || !word.upper)
		return false;
	fold_to(a->folded, s, word.start, word.end);
	bool anyone = is_one_of(a->folded->str, some), body = false;
	bool article = is_one_of(a->folded->str, the);
	for (guint n = 0; n < 9; n++) {
		guint32 last = word.end;
		if (!word_next(s, &pos, end, &word) || memchr(s + last, ',', word.start - last))
			return false;
		fold_to(a->folded, s, word.start, word.end);
		if (!anyone && word.upper) {
			body = body || (cue_is(CUE_BODY, a->folded->str, -1) && (article || n > 0));
			pos = skip_brackets(s, word.end, end);
			continue;
		}
		if (!anyone && cue_is(CUE_PARTICLE, a->folded->str, -1) == false && !is_of(a->folded->str) &&
		    strcmp(a->folded->str, "for") != 0 && strcmp(a->folded->str, "and") != 0)
			return body && is_one_of(a->folded->str, verbs);
		if (anyone && n > 0 && !word.upper && is_one_of(a->folded->str, verbs))
			return true;
	}
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
		if (is_of(a->folded->str) || strcmp(a->folded->str, "for") == 0 || strcmp(a->folded->str, "and") == 0)
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
	if (n < INTRODUCTIONS_MAX && function_mention(a, report, s, start, end, &by_function)) {
		found[n++] = (struct introduction){ .person = by_function.person, .sentence = start,
		                                    .mention = by_function };
		return n;
	}
	if (n < INTRODUCTIONS_MAX && several_subjects(a, s, start, end, &found[n])) {
		found[n].person = ROSTER_NONE;
		found[n++].sentence = start;
		return n;
	}
	if (n < INTRODUCTIONS_MAX && nobody_speaks(a, s, start, end)) {
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
		             is_owner(s, end, &mention);
		if (any || (!introduces(a, s, start, end, &mention) && !owner))
			continue;
		if (owner && !possessive_talk(a, s, mention.end, end))
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
	if (own_voice(a, piece.s, 0, piece.len))
		report->speaker = -1;
	say(a, report, block, block_start(block), block_end(block));
}
