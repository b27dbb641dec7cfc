/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * mentions.c - people named in a sentence, and whether they are who speaks in it.
 */
#include "corpus/attribution/mentions.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/words.h"

#define REACH_WORDS 45	/* from a name to its verb */
#define BEFORE_WORDS 3	/* "was opened by" */
#define LEAD_WORDS 6	/* before the subject: "In his keynote," */

/* Who of several people of one surname the title means: the one who bears it, or
 * the only one whom it does not contradict. */
static int by_title(struct attributing *a, const char *surname, const char *title, gsize len)
{
	int all[16], bears = ROSTER_NONE, fits = ROSTER_NONE;
	if (a->doc->people->len > CROWD)
		return ROSTER_SEVERAL;
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

/* "AB said", where the document explains who AB is. */
static bool initials_at(struct attributing *a, const char *s, guint32 pos, guint32 end, struct mention *mention)
{
	struct word word;
	guint32 next = pos;
	if (!word_next(s, &next, end, &word) || word.start != pos || word.end - word.start < 2 || word.end - word.start > 4 ||
	    !g_ascii_isupper(s[word.start]) || (!g_ascii_isupper(s[word.end - 1]) && !g_ascii_isupper(s[word.start + 1])))
		return false;
	words_fold_to(a->folded, s, word.start, word.end);
	int person = roster_called(a->roster, a->folded->str);
	*mention = (struct mention){ person, word.start, word.end, word.start };
	return person >= 0;
}

static int known_as(struct attributing *a, const char *folded)
{
	int person = roster_full(a->roster, folded);
	return person == ROSTER_NONE ? roster_surname(a->roster, folded) : person;
}

/* "so Weiss zum Abschluss": where the name ends, if that much of it is somebody's. */
static guint32 before_contraction(struct attributing *a, const char *s, const struct name *name)
{
	static const char *const words[] = { " zum ", " zur " };
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *at = g_strstr_len(s + name->start, (gssize)(name->end - name->start), words[i]);
		if (at == NULL)
			continue;
		words_fold_to(a->folded, s, name->start, (guint32)(at - s));
		if (known_as(a, a->folded->str) != ROSTER_NONE)
			return (guint32)(at - s);
	}
	return name->end;
}

/* The person named at a capitalised word, with the whole name or with a title
 * or a unique surname. */
bool mention_at(struct attributing *a, const char *s, guint32 pos, guint32 end,
                       struct mention *mention)
{
	struct name name;
	if (initials_at(a, s, pos, end, mention))
		return true;
	if (!name_scan(s, pos, end, &name))
		return false;
	*mention = (struct mention){ ROSTER_NONE, name.start, name.end, name.honorific };
	words_fold_to(a->folded, s, name.start, name.end);
	int person = known_as(a, a->folded->str);
	guint32 cut = person == ROSTER_NONE ? before_contraction(a, s, &name) : name.end;
	if (cut < name.end) {
		mention->end = name.end = cut;
		name.words = 1;
		words_fold_to(a->folded, s, name.start, name.end);
		person = known_as(a, a->folded->str);
	}
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

/* A verb of speaking within reach behind the name, before another name. */
static bool verb_follows(struct attributing *a, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	guint n = 0;
	while (n++ < REACH_WORDS && word_next(s, &pos, end, &word)) {
		if (word.upper)
			continue;
		if (cue_begins_text(CUE_SAY, s, word.start, MIN(end, word.start + 60), a->folded) > 0)
			return true;
	}
	return false;
}

/* "Name's intervention", "Name's view". */
bool mention_owns_talk(struct attributing *a, const char *s, guint32 end, guint32 stop)
{
	if (end + 2 >= stop)
		return false;
	words_fold_to(a->folded, s, end, MIN(stop, end + 40));
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
		if (cue_begins_text(CUE_ROLE, s, word.start, MIN(end, word.start + 60), a->folded) > 0)
			return true;
		if (n > 0 && cue_begins_text(CUE_RANK, s, word.start, MIN(end, word.start + 60), a->folded) == 0)
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

/* "Name, surveyor at X, had inspected": between commas, a small letter behind. */
static bool has_apposition(struct attributing *a, const char *s, guint32 end, const struct mention *mention)
{
	struct word word;
	guint32 pos = mention->end;
	if (pos + 2 >= end || s[pos] != ',' || !word_next(s, &pos, end, &word))
		return false;
	words_fold_to(a->folded, s, word.start, word.end);
	if (roster_any_word(a->roster, a->folded->str) != ROSTER_NONE || cue_is(CUE_HONORIFIC, a->folded->str, -1))
		return false;	/* a list of names */
	const char *comma = memchr(s + pos, ',', MIN(end - pos, 240));
	guint32 behind = comma == NULL ? end : (guint32)(comma - s);
	if (!word_next(s, &behind, end, &word) || word.upper)
		return false;
	words_fold_to(a->folded, s, word.start, word.end);
	return !word_is_preposition(a->doc, s, &word, a->folded->str) && !cue_is(CUE_AND, a->folded->str, -1);
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
	words_fold_to(a->folded, s, word.start, word.end);
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
	words_fold_to(a->folded, s, word.start, word.end);
	return !cue_is(CUE_NO_VERB, a->folded->str, -1);
}

/* "Name's predecessor": somebody else, unless it is what the person said. */
bool mention_owns(const char *s, guint32 end, const struct mention *mention)
{
	const char *p = s + mention->end;
	gsize left = end - mention->end;
	return left > 2 && ((p[0] == '\'' && p[1] == 's') || (left > 4 && memcmp(p, "\xE2\x80\x99s", 4) == 0));
}

/* "by Ann Bell, Director of X", "by Ann Bell, who runs": said who it is. */
static bool is_presented_as(struct attributing *a, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	if (pos + 2 >= end || s[pos] != ',' || !word_next(s, &pos, end, &word))
		return false;
	words_fold_to(a->folded, s, word.start, MIN(end, word.start + 60));
	return cue_begins(CUE_WHO, a->folded->str) > 0 || cue_begins(CUE_ROLE, a->folded->str) > 0 || cue_begins(CUE_RANK, a->folded->str) > 0;
}

bool mention_introduces(struct attributing *a, const char *s, guint32 sentence, guint32 end,
                       const struct mention *mention)
{
	if (is_subject(a, s, sentence, end, mention))
		return true;
	g_autoptr(GString) before = g_string_new(NULL);
	words_fold_to(before, s, text_words_back(s, sentence, mention->honorific, BEFORE_WORDS), mention->honorific);
	const char *last = strrchr(before->str, ' ');
	const char *word = last == NULL ? before->str : last + 1;
	if (is_presented(a, s, end, mention) && cue_ends(CUE_COMES_FROM, before->str))	/* "Doubts came from Name, Director of X" */
		return true;
	if (cue_is(CUE_AS, word, -1))	/* "as Name had pointed out": the speaker quotes */
		return false;
	if (cue_is(CUE_BY, word, -1)) {
		if (cue_holds(CUE_MODERATOR, before->str))	/* "co-chaired by" */
			return false;
		gsize rest = last == NULL ? 0 : (gsize)(last - before->str);
		g_autofree char *passive = g_strndup(before->str, rest);
		return cue_holds(CUE_GAVE, passive) || cue_holds(CUE_TALK, passive) || cue_holds(CUE_SPEAK, passive) ||
		       (mention->person >= 0 && cue_holds(CUE_PASSIVE, passive) && is_presented_as(a, s, mention->end, end));
	}
	if (cue_is(CUE_OF, word, -1)) {
		g_autofree char *what = g_strndup(before->str, last == NULL ? 0 : (gsize)(last - before->str));
		return cue_holds(CUE_TALK, what);
	}
	if (mention->honorific > sentence && cue_is(CUE_PREPOSITION, word, -1) &&
	    s[mention->honorific - 1] != ',' && (mention->honorific < 2 || s[mention->honorific - 2] != ','))
		return word[0] == 'a' && strcmp(word, "and") == 0
		       ? verb_follows(a, s, mention->end, end) : false;
	if (mention_owns(s, end, mention))
		return mention_owns_talk(a, s, mention->end, end);
	return verb_follows(a, s, mention->end, end) || mention_owns_talk(a, s, mention->end, end);
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
bool subjects_several(struct attributing *a, const char *s, guint32 start, guint32 end,
                             struct introduction *found)
{
	struct word word;
	struct mention mention;
	bool linked = false, by_and = false;
	found->n_candidates = 0;
	for (guint32 pos = start; word_next(s, &pos, end, &word);) {
		if (word.upper && (found->n_candidates == 0 || linked) && mention_at(a, s, word.start, end, &mention) &&
		    !mention_owns(s, end, &mention) &&
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
		words_fold_to(a->folded, s, word.start, word.end);
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
		guint words = cue_begins_text(CUE_AND, s, word.start, end, a->folded);	/* "as well as" */
		if (words == 0)
			return found->n_candidates >= 2 && !linked;
		while (words-- > 1)
			word_next(s, &pos, end, &word);
		linked = by_and = true;
	}
	return false;
}
