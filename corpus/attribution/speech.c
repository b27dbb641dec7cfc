/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * speech.c - who the label of a transcript names.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define PARTS_MAX 6
#define OPENING_SENTENCES 3	/* of a question, in which who asks says who it is */
#define SELF_WORDS 12
#define ADDRESS_BYTES 300	/* at the end of a turn, in which the next is called */

static struct range strip(const char *s, struct range part)
{
	while (part.start < part.end && strchr(" \t\n.,", s[part.start]))
		part.start++;
	while (part.end > part.start && strchr(" \t\n,", s[part.end - 1]))
		part.end--;
	return part;
}

static const char *keep(struct attributing *a, const char *s, struct range part)
{
	part = strip(s, part);
	return part.start < part.end
	       ? document_string(a->doc, s + part.start, (gssize)(part.end - part.start)) : NULL;
}

static bool is_role(struct attributing *a, const char *s, struct range part)
{
	words_fold_to(a->folded, s, part.start, part.end);
	return cue_holds(CUE_ROLE, a->folded->str);
}

static bool is_person_part(struct attributing *a, const char *s, struct range part)
{
	struct name name;
	if (part.start >= part.end || s[part.start] == '(' || is_role(a, s, part))
		return false;
	if (cue_is(CUE_COUNTRY, a->folded->str, -1) || cue_holds(CUE_BODY, a->folded->str))
		return false;
	return name_scan(s, part.start, part.end, &name) && name.words >= 2 && name.end >= part.end;
}

/* "Body | Name | Role" in any number of parts. */
static int speaker_of_bars(struct attributing *a, const char *s, guint32 len)
{
	struct range parts[PARTS_MAX];
	guint n = 0;
	int named = -1;
	for (guint32 start = 0, i = 0; i <= len; i++) {
		if (i < len && s[i] != '|')
			continue;
		struct range part = strip(s, (struct range){ start, i });
		if (n < PARTS_MAX && part.start < part.end)
			parts[n++] = part;
		start = i + 1;
	}
	if (n == 0)
		return -1;
	for (guint i = n > 1 ? 1 : 0; i < n && named < 0; i++)
		if (is_person_part(a, s, parts[i]))
			named = (int)i;
	if (named < 0 && n > 1 && is_person_part(a, s, parts[0]) && is_role(a, s, parts[1]) &&
	    roster_full(a->roster, (words_fold_to(a->folded, s, parts[0].start, parts[0].end), a->folded->str)) >= 0)
		named = 0;
	struct person person = { .body = named < 0 };
	struct name name;
	if (named >= 0 && name_scan(s, parts[named].start, parts[named].end, &name)) {
		person.name = keep(a, s, (struct range){ name.start, name.end });
		person.honorific = keep(a, s, (struct range){ name.honorific, name.start });
		person.organisation = named > 0 ? keep(a, s, parts[0]) : NULL;
	} else {
		person.name = keep(a, s, parts[0]);
	}
	if (named >= 0 && (guint)named + 1 < n)
		person.role = keep(a, s, parts[named + 1]);
	return person.name == NULL ? -1 : roster_add(a->roster, &person);
}

/* The one of that surname whose first name begins so. */
static int known_by_initial(struct attributing *a, const char *folded)
{
	int all[16], found = ROSTER_NONE;
	const char *surname = strrchr(folded, ' ') + 1;
	guint n = roster_candidates(a->roster, surname, all, G_N_ELEMENTS(all));
	for (guint i = 0; i < n; i++) {
		const struct person *person = document_person(a->doc, all[i]);
		words_fold_to(a->folded, person->name, 0, (guint32)strlen(person->name));
		gsize len = a->folded->len, tail = strlen(folded + 2);
		bool same = a->folded->str[0] == folded[0] && len > tail && strcmp(a->folded->str + len - tail, folded + 2) == 0 &&
		            a->folded->str[1] != ' ';
		if (same)
			found = found == ROSTER_NONE ? all[i] : ROSTER_SEVERAL;
	}
	return found;
}

/* Candidates of initials or a surname that several share are not told apart. */
static int known_by_short_form(struct attributing *a, const char *s, struct range part)
{
	words_fold_to(a->folded, s, part.start, part.end);
	g_autofree char *folded = g_strdup(a->folded->str);
	int found = roster_full(a->roster, folded);
	if (found == ROSTER_NONE)
		found = roster_surname(a->roster, folded);
	if (found == ROSTER_NONE && strchr(folded, ' ') == NULL && strlen(folded) > 2)
		found = roster_any_word(a->roster, folded);
	if (found < 0 && folded[0] != '\0' && folded[1] == ' ')	/* "A. Bell" */
		found = known_by_initial(a, folded);
	if (found == ROSTER_NONE && strlen(folded) <= 4 && g_ascii_isupper(s[part.start]))
		found = roster_initials(a->roster, folded);
	return found;
}

/* "commissioner" of "data protection commissioner" and "... commissioner of vey", and no
 * deputy's. */
static bool role_ends_so(const char *role, const char *function)
{
	gsize len = strlen(function);
	for (const char *p = strstr(role, function); p != NULL; p = strstr(p + 1, function)) {
		if (p == role || p[-1] != ' ' || (p[len] != '\0' && p[len] != ' '))
			continue;
		const char *before = p - 1;
		while (before > role && before[-1] != ' ')
			before--;
		const char *behind = p + len + (p[len] == ' ');
		return !cue_is(CUE_RANK, before, p - 1 - before) && !cue_begins(CUE_RANK, role) &&
		       (*behind == '\0' || cue_begins(CUE_OF, behind) > 0);
	}
	return false;
}

/* Of all people the only one who has such a function: "THE COMMISSIONER"; or of those with
 * the surname, where one is given: "PROFESSOR DAHL". */
static int only_with_role(struct attributing *a, const char *function, const char *surname)
{
	int found = ROSTER_NONE;
	g_autoptr(GString) folded = g_string_new(NULL);
	gsize len = strlen(function);
	for (guint i = 0; len > 3 && i < a->doc->people->len && i < 500; i++) {
		const struct person *person = document_person(a->doc, i);
		if (person->role == NULL || person->body)
			continue;
		words_fold_to(folded, person->name, 0, (guint32)strlen(person->name));
		if (surname != NULL && !g_str_has_suffix(folded->str, surname))
			continue;
		words_fold_to(folded, person->role, 0, (guint32)strcspn(person->role, ","));	/* the house may stand behind the comma */
		bool begins = strncmp(folded->str, function, len) == 0 && (folded->str[len] == ' ' || folded->str[len] == '\0');
		if (begins || role_ends_so(folded->str, function))
			found = found == ROSTER_NONE ? (int)i : ROSTER_SEVERAL;
	}
	return found;
}

/* The one person whose function these folded words are. */
static int known_by_role(struct attributing *a, const char *folded)
{
	int found = ROSTER_NONE;
	g_autoptr(GString) role = g_string_new(NULL);
	for (guint i = 0; i < a->doc->people->len && i < 500; i++) {
		const struct person *person = document_person(a->doc, i);
		if (person->role == NULL || person->body)
			continue;
		words_fold_to(role, person->role, 0, (guint32)strlen(person->role));
		gsize len = strlen(folded);
		if (strcmp(role->str, folded) == 0 || (strncmp(role->str, folded, len) == 0 && role->str[len] == ' ' && cue_is(CUE_ROLE, folded, -1)))
			found = found == ROSTER_NONE ? (int)i : ROSTER_SEVERAL;
	}
	return found;
}

static int moderator_of(struct attributing *a, const struct block *label)
{
	if (label->panel >= 0)
		return document_panel(a->doc, label->panel)->moderator;
	return a->doc->panels->len == 1 ? document_panel(a->doc, 0)->moderator : -1;
}

/* "Moderator", "The PRESIDENT", "Mr. Speaker": whoever holds the function, a
 * person whom the document calls by it alone ("President"), or nobody. True
 * where it is a function. */
static bool speaker_of_function(struct attributing *a, const char *s, struct range whole,
                                const struct block *label, int *speaker)
{
	bool the = whole.end > whole.start + 4 && g_ascii_strncasecmp(s + whole.start, "the ", 4) == 0;
	whole.start += the ? 4 : 0;
	words_fold_to(a->folded, s, whole.start, whole.end);
	const char *begin = a->folded->str, *first = strchr(begin, ' ');	/* "M. le président" */
	const char *second = first == NULL ? NULL : strchr(first + 1, ' ');
	if (second != NULL && cue_is(CUE_HONORIFIC, begin, first - begin) && cue_is(CUE_ARTICLE, first + 1, second - first - 1)) {
		begin = second + 1;
		the = true;
	}
	g_autofree char *folded = g_strdup(begin);
	const char *space = strchr(folded, ' ');
	bool titled = space != NULL && cue_is(CUE_HONORIFIC, folded, space - folded);
	const char *function = titled ? space + 1 : folded;
	bool moderator = cue_is(CUE_MODERATOR, folded, -1);
	bool role = cue_is(CUE_ROLE, function, -1) ||
	            (titled && (cue_is(CUE_AUDIENCE, function, -1) || cue_is(CUE_MODERATOR, function, -1)));
	*speaker = known_by_role(a, function);
	if (*speaker == ROSTER_NONE && the && cue_is(CUE_ROLE, function, -1) && !cue_is(CUE_PRESIDES, function, -1))
		*speaker = only_with_role(a, function, NULL);
	if (*speaker < 0 && moderator)
		*speaker = moderator_of(a, label);
	if (*speaker < 0 && the && cue_is(CUE_PRESIDES, function, -1))
		*speaker = a->chair;
	if (*speaker >= 0 && (moderator || role || the))
		return true;
	*speaker = -1;
	bool recurs = GPOINTER_TO_UINT(g_hash_table_lookup(a->uses, label->label)) > 1;
	return moderator || (role && (titled || (the && !recurs)));
}

/* "The Minister for X (Mr Name)": the person in brackets; -1. */
static int speaker_in_brackets(struct attributing *a, const char *s, guint32 len)
{
	const char *open = memchr(s, '(', len);
	const char *close = open == NULL ? NULL : memchr(open, ')', len - (guint32)(open - s));
	struct name name;
	if (close == NULL)
		return -1;
	guint32 from = (guint32)(open - s), to = (guint32)(close - s);
	bool the = len > 4 && g_ascii_strncasecmp(s, "the ", 4) == 0;
	if (from < 4 || !name_scan(s, from + 1, to, &name) || name.end < to ||
	    (name.words < 2 && name.honorific == name.start))
		return -1;
	guint32 start = the ? 4 : 0;
	words_fold_to(a->folded, s, start, from);
	if (!the && cue_begins(CUE_ROLE, a->folded->str) == 0)
		return -1;
	if (cue_is(CUE_COUNTRY, (words_fold_to(a->folded, s, from, to), a->folded->str), -1))
		return -1;
	words_fold_to(a->folded, s, name.start, name.end);
	int known = name.words >= 2 ? roster_full(a->roster, a->folded->str) : roster_surname(a->roster, a->folded->str);
	struct person person = {
		.name = known >= 0 ? document_person(a->doc, known)->name : keep(a, s, (struct range){ name.start, name.end }),
		.honorific = keep(a, s, (struct range){ name.honorific, name.start }),
		.role = keep(a, s, (struct range){ start, from }),
	};
	return person.name == NULL ? -1 : roster_add(a->roster, &person);
}

/* Of several people with the label's surname: the one whom the turn before calls
 * by the first name ("John, would you start?" / "MR. MARSH: ..."); where there are
 * two of them and two such labels, the other label is the other's. */
static void note_address(struct attributing *a, const struct block *label, const struct block *before)
{
	int all[8];
	g_autoptr(GString) own = g_string_new(NULL), text = g_string_new(NULL);
	struct piece printed = piece_of(a->doc, label, own);
	struct name name;
	if (!name_scan(printed.s, 0, printed.len, &name) || name.words != 1)
		return;
	words_fold_to(a->folded, printed.s, name.start, name.end);
	guint n = roster_surname(a->roster, a->folded->str) == ROSTER_SEVERAL
	          ? roster_candidates(a->roster, a->folded->str, all, G_N_ELEMENTS(all)) : 0;
	if (n < 2 || n >= G_N_ELEMENTS(all))
		return;
	struct piece piece = piece_of(a->doc, before, text);
	words_fold_to(a->folded, piece.s, piece.len > ADDRESS_BYTES ? piece.len - ADDRESS_BYTES : 0, piece.len);
	int found = ROSTER_NONE;
	for (guint i = 0; i < n; i++) {
		g_autofree char *folded = words_folded(document_person(a->doc, all[i])->name);
		gsize len = strcspn(folded, " ");
		for (const char *p = a->folded->str; *p != '\0' && folded[len] == ' '; p += strcspn(p, " "), p += *p == ' ')
			if (strncmp(p, folded, len) == 0 && (p[len] == ' ' || p[len] == '\0'))
				found = found == ROSTER_NONE || found == all[i] ? all[i] : ROSTER_SEVERAL;
	}
	if (found < 0)
		return;
	g_autofree char *key = words_folded(label->label);
	int *known = g_hash_table_lookup(a->addressed, key);
	if (known == NULL) {
		known = g_new(int, 1);
		*known = found;
		g_hash_table_insert(a->addressed, g_steal_pointer(&key), known);
	} else if (*known != found) {
		*known = -1;
	}
}

void read_addresses(struct attributing *a)
{
	const struct block *before = NULL;
	for (guint i = 0; i < a->doc->blocks->len; i++) {
		const struct block *block = document_block(a->doc, i);
		if (block->kind == BLOCK_LABEL && block->label != NULL && before != NULL && block->n_ranges > 0)
			note_address(a, block, before);
		if (block_is_text(block) && block->n_ranges > 0)
			before = block;
	}
}

/* Whom the label means by who was addressed before it; -1. */
static int addressed_by(struct attributing *a, const struct block *label, const char *surname)
{
	int all[8];
	g_autofree char *key = words_folded(label->label);
	const int *known = g_hash_table_lookup(a->addressed, key);
	if (known != NULL)
		return *known;
	guint n = roster_candidates(a->roster, surname, all, G_N_ELEMENTS(all));
	if (n != 2)
		return -1;
	GHashTableIter iter;
	gpointer other, person;
	int found = -1;
	g_hash_table_iter_init(&iter, a->addressed);
	while (g_hash_table_iter_next(&iter, &other, &person)) {	/* "MS. MARSH" where MR. MARSH is John */
		if (!g_str_has_suffix(other, surname))
			continue;
		found = *(int *)person == all[0] ? all[1] : *(int *)person == all[1] ? all[0] : -1;
	}
	return found;
}

/* "NAME (Group)", "Mr. NAME (Country)", "President", "AB". */
static int speaker_of_name(struct attributing *a, const char *s, guint32 len, bool *inferred,
                           const struct block *label)
{
	int by_function = speaker_in_brackets(a, s, len);
	if (by_function >= 0)
		return by_function;
	const char *bracket = memchr(s, '(', len), *comma = memchr(s, ',', len);
	guint32 end = bracket == NULL ? len : (guint32)(bracket - s);
	if (comma != NULL)
		end = MIN(end, (guint32)(comma - s));
	struct range whole = strip(s, (struct range){ 0, end });
	struct name name;
	if (speaker_of_function(a, s, whole, label, &by_function))
		return by_function;
	if (whole.end > whole.start + 4 && g_ascii_strncasecmp(s + whole.start, "the ", 4) == 0)
		whole.start += 4;
	if (whole.start >= whole.end)
		return -1;
	bool is_name = name_scan(s, whole.start, whole.end, &name);
	guint32 behind = is_name ? name.end : whole.end;
	if (is_name && name.honorific < name.start && behind < whole.end) {	/* "Mr. SMITH of Ohio" */
		words_fold_to(a->folded, s, behind, whole.end);
		g_autofree char *place = g_strdup(a->folded->str);
		words_fold_to(a->folded, s, name.start, name.end);
		g_autofree char *form = g_strdup_printf("%s %s", a->folded->str, place);
		int alias = roster_full(a->roster, form);
		if (alias >= 0)
			return alias;
		g_string_assign(a->folded, place);
		const char *space = strchr(a->folded->str, ' ');
		if (space != NULL && cue_is(CUE_OF, a->folded->str, space - a->folded->str))
			whole.end = name.end;
	}
	struct range part = is_name ? (struct range){ name.start, name.end } : whole;
	int known = known_by_short_form(a, s, is_name && name.end + 1 >= whole.end ? part : whole);
	if (known >= 0 && is_name &&
	    !person_allows(document_person(a->doc, known), s + name.honorific, name.start - name.honorific))
		known = ROSTER_NONE;
	if (known >= 0) {
		*inferred = part.end - part.start <= 3;
		return known;
	}
	if (known == ROSTER_SEVERAL && is_name) {
		words_fold_to(a->folded, s, name.start, name.end);
		g_autofree char *surname = g_strdup(a->folded->str);
		*inferred = true;
		words_fold_to(a->folded, s, name.honorific, name.start);
		g_autofree char *title = g_strdup(a->folded->str);
		int titled = cue_is(CUE_ROLE, title, -1) ? only_with_role(a, title, surname) : ROSTER_NONE;
		return titled >= 0 ? titled : addressed_by(a, label, surname);
	}
	if (known == ROSTER_SEVERAL)
		return -1;
	struct person person = { 0 };
	words_fold_to(a->folded, s, whole.start, whole.end);
	bool role = cue_is(CUE_ROLE, a->folded->str, -1) || cue_is(CUE_MODERATOR, a->folded->str, -1) ||
	            cue_is(CUE_HONORIFIC, a->folded->str, -1);
	bool body = cue_is(CUE_COUNTRY, a->folded->str, -1) || cue_holds(CUE_BODY, a->folded->str);
	bool bracketed = bracket != NULL;
	/* one word that stands once is as likely no name */
	bool recurs = GPOINTER_TO_UINT(g_hash_table_lookup(a->uses, label->label)) > 1;
	bool long_enough = is_name && (name.words >= 2 || name.honorific < name.start || bracketed ||
	                               (name.end - name.start > 4 && recurs));
	if (role || body)
		person.name = keep(a, s, whole);
	else if (long_enough)
		person.name = keep(a, s, name.end + 1 >= whole.end ? part : whole);
	person.body = body && !role;
	if (person.name == NULL)
		return -1;
	if (is_name && !role && !body)
		person.honorific = keep(a, s, (struct range){ name.honorific, name.start });
	if (bracketed) {
		const char *close = memchr(bracket, ')', len - (guint32)(bracket - s));
		guint32 stop = close == NULL ? len : (guint32)(close - s);
		struct range group = { (guint32)(bracket - s) + 1, stop };
		words_fold_to(a->folded, s, group.start, group.end);
		if (cue_is(CUE_COUNTRY, a->folded->str, -1))
			person.country = keep(a, s, group);
		else
			person.organisation = keep(a, s, group);
	}
	return roster_add(a->roster, &person);
}

static struct turn read_label(struct attributing *a, const struct piece *piece, int main,
                              const struct block *label)
{
	struct turn turn = { .speaker = -1, .evidence = EVIDENCE_LABEL, .certainty = CERTAINTY_STATED };
	bool inferred = false;
	int several[8];
	guint32 signs = statement_name(a->folded, piece->s, piece->len);
	words_fold_to(a->folded, piece->s, 0, piece->len);
	g_autofree char *folded = g_strdup(a->folded->str);
	if (signs > 0) {
		struct person person;
		if (person_parse(a->doc, piece->s + signs, piece->len - signs, &person))
			turn.speaker = roster_add(a->roster, &person);
		else
			turn.speaker = speaker_of_name(a, piece->s + signs, piece->len - signs, &inferred, label);
	} else if (cue_is(CUE_ANSWER, folded, -1)) {
		turn.speaker = main;
		inferred = true;
	} else if (cue_begins(CUE_AUDIENCE, folded)) {
		return turn;
	} else if (memchr(piece->s, '|', piece->len)) {
		turn.speaker = speaker_of_bars(a, piece->s, piece->len);
	} else {
		turn.speaker = speaker_of_name(a, piece->s, piece->len, &inferred, label);
		if (turn.speaker < 0)
			turn.n_candidates = roster_candidates(a->roster, folded, several, G_N_ELEMENTS(several));
	}
	if (turn.n_candidates > 1) {
		turn.candidates = document_alloc(a->doc, turn.n_candidates * sizeof(int));
		memcpy(turn.candidates, several, turn.n_candidates * sizeof(int));
	} else {
		turn.n_candidates = 0;
	}
	if (inferred)
		turn.certainty = CERTAINTY_INFERRED;
	return turn;
}

bool label_is_crowd(struct attributing *a, const struct block *label)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, label, own);
	words_fold_to(a->folded, piece.s, 0, piece.len);
	return cue_begins(CUE_AUDIENCE, a->folded->str) > 0;
}

void turn_names_itself(struct attributing *a, const struct block *block, struct turn *turn)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	guint32 pos = 0;
	for (guint n = 0; n < OPENING_SENTENCES && pos < piece.len; n++) {
		guint32 end = sentence_end(piece.s, pos, piece.len), at = pos;
		struct word word;
		struct name name;
		bool said = false;
		for (guint k = 0; k < 8 && word_next(piece.s, &at, end, &word); k++) {
			words_fold_to(a->folded, piece.s, word.start, MIN(end, word.start + 40));
			guint words = cue_begins(CUE_I_AM, a->folded->str);
			if (words > 0) {
				said = true;
				for (; words > 1 && memchr(piece.s + word.start, '\'', word.end - word.start) == NULL; words--)
					word_next(piece.s, &at, end, &word);
				continue;
			}
			if (!word.upper || !name_scan(piece.s, word.start, end, &name) || name.words < 2)
				continue;
			if (!said && name.end < end && piece.s[name.end] == ',') {	/* "Hi, Ann Bell, I'm with the House of Salt" */
				words_fold_to(a->folded, piece.s, name.end, MIN(end, name.end + 40));
				said = cue_begins(CUE_I_AM, a->folded->str) > 0;
			}
			if (!said && k > 0)
				continue;
			guint32 behind = name.end;
			bool house = name.end < end && (piece.s[name.end] == ',' || piece.s[name.end] == '.');
			if (!house && word_next(piece.s, &behind, end, &word)) {
				words_fold_to(a->folded, piece.s, word.start, word.end);
				house = cue_is(CUE_FROM, a->folded->str, -1);
			}
			if (!said && (!house || words_count(piece.s, (struct range){ pos, end }, SELF_WORDS + 1) > SELF_WORDS))
				break;
			turn->speaker = byline_add(a, piece.s, &name);
			turn->certainty = CERTAINTY_INFERRED;
			turn->evidence = EVIDENCE_LABEL;
			turn->range = piece_span(a->doc, &piece, name.start, name.end);
			return;
		}
		pos = end;
	}
}

bool chair_taker(struct attributing *a, const char *s, struct range sentence, int *person)
{
	struct word word;
	struct name name;
	guint32 pos = sentence.start;
	if (!word_next(s, &pos, sentence.end, &word))
		return false;
	words_fold_to(a->folded, s, word.start, sentence.end);
	guint article = cue_begins(CUE_ARTICLE, a->folded->str);
	const char *function = words_skip(a->folded->str, article);
	if (article > 0 && cue_begins(CUE_PRESIDES, function) > 0) {	/* "The President returned to the Chair." */
		*person = a->doc->chair;
		return true;
	}
	if (!word.upper || !name_scan(s, word.start, sentence.end, &name) || (name.words < 2 && name.honorific == name.start))
		return false;
	words_fold_to(a->folded, s, name.start, name.end);
	*person = known_by_short_form(a, s, (struct range){ name.start, name.end });
	if (*person >= 0 && !person_allows(document_person(a->doc, *person), s + name.honorific, name.start - name.honorific))
		*person = ROSTER_SEVERAL;
	if (*person == ROSTER_NONE) {
		struct person taker = {
			.name = keep(a, s, (struct range){ name.start, name.end }), .honorific = keep(a, s, (struct range){ name.honorific, name.start }),
		};
		*person = taker.name == NULL ? -1 : roster_add(a->roster, &taker);
	}
	*person = MAX(*person, -1);
	return true;
}

struct turn turn_of_label(struct attributing *a, const struct block *label, int main_speaker_index)
{
	struct turn turn = { .speaker = -1, .evidence = EVIDENCE_LABEL };
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, label, own);
	g_autofree char *printed = g_strdup_printf("%d %d %d %.*s", label->panel, main_speaker_index, a->chair, (int)piece.len, piece.s);
	struct turn *known = g_hash_table_lookup(a->turns, printed);
	if (known == NULL) {
		known = g_new(struct turn, 1);
		*known = read_label(a, &piece, main_speaker_index, label);
		g_hash_table_insert(a->turns, g_steal_pointer(&printed), known);
	}
	turn = *known;
	turn.range = (struct range){ block_start(label), block_end(label) };
	return turn;
}
