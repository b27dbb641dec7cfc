/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bodies.c - countries, groups and houses as the subject of a sentence, and whoever
 * speaks for them: "NORWAY", "the European Union", "the delegation of Chad",
 * "the Society of Net Menders".
 */
#include "corpus/attribution/reading.h"

#include <string.h>

#include "corpus/pieces.h"

#define DELEGATIONS_EACH 15	/* sentences, of which one has a delegation as its subject */
#define HOUSE_TOKENS 10
#define BEGINNING_BYTES 160	/* of a sentence, in which a delegation is its subject */

guint reader_body_tokens(const struct reader *r, guint i)
{
	guint country = cue_at(r, i, CUE_COUNTRY), group = cue_at(r, i, CUE_GROUP);
	return is_upper(r, i) ? MAX(country, group) : 0;
}

/* "NORWAY" as people write it; "EU", "G-77" stay. */
static const char *body_name(struct reader *r, guint i, guint n)
{
	g_autoptr(GString) name = g_string_new(NULL);
	bool country = cue_at(r, i, CUE_COUNTRY) >= n;
	for (guint k = i; k < i + n; k++) {
		const struct word *word = &r->t.at[k].word;
		bool small = country && word->caps && k > i &&
			(cue_at(r, k, CUE_OF) > 0 || cue_at(r, k, CUE_AND) > 0 || cue_at(r, k, CUE_ARTICLE) > 0);
		bool lower = small || (country && word->caps && word->end - word->start > 3), inside = small;
		for (guint32 at = k > i ? r->t.at[k - 1].word.end : word->start; at < word->start; at++)
			if (!g_ascii_isspace(r->t.s[at]))
				g_string_append_c(name, r->t.s[at]);
			else if (!g_str_has_suffix(name->str, " "))
				g_string_append_c(name, ' ');
		g_autofree char *printed = g_utf8_make_valid(r->t.s + word->start, word->end - word->start);
		for (const char *p = printed; *p != '\0'; p = g_utf8_next_char(p)) {
			gunichar u = g_utf8_get_char(p);
			g_string_append_unichar(name, inside && lower ? g_unichar_tolower(u) : u);
			inside = g_unichar_isalpha(u);
		}
	}
	return document_string(r->a->doc, name->str, (gssize)name->len);
}

/* Who speaks for the country: the only one of its people here; ROSTER_SEVERAL. */
static int representative_of(struct reader *r, const char *country)
{
	int found = ROSTER_NONE;
	const struct account *account = r->account;
	g_autoptr(GString) wanted = g_string_new(NULL), theirs = g_string_new(NULL);
	words_fold(country, (struct range){ 0, (guint32)strlen(country) }, wanted);
	guint listed = account->panel >= 0 ? document_panel(r->a->doc, account->panel)->n_listed : 0;
	for (guint i = 0; i < account->n_present + listed; i++) {
		int index = i < account->n_present ? account->present[i]
		            : document_panel(r->a->doc, account->panel)->listed[i - account->n_present];
		const struct person *person = document_person(r->a->doc, index);
		if (person->body || person->country == NULL || index == found || index == account->chair)
			continue;
		words_fold_to(theirs, person->country, 0, (guint32)strlen(person->country));
		if (strcmp(theirs->str, wanted->str) == 0)
			found = found == ROSTER_NONE ? index : ROSTER_SEVERAL;
	}
	return found;
}

bool reader_set_body(struct reader *r, guint i, guint n, bool surely)
{
	const char *name = body_name(r, i, n);
	int person = representative_of(r, name);
	if (person == ROSTER_NONE && (r->account->delegations || surely)) {
		struct person body = { .name = name, .body = true };
		if (cue_at(r, i, CUE_COUNTRY) >= n)
			body.country = name;
		person = roster_add(r->a->roster, &body);
	}
	if (person == ROSTER_NONE)
		return false;
	return set(r, person >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY, person, i, i + n);
}

/* "A and B said": further subjects behind the first. */
static bool goes_on_with(const struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_AND);
	if (n > 0 && is_upper(r, i + n + cue_at(r, i + n, CUE_ARTICLE)))
		return true;
	return i < r->t.n && r->t.at[i].comma && is_upper(r, i) && reader_body_tokens(r, i) > 0;
}

bool reader_body(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = reader_body_tokens(r, first);
	if (n == 0)
		return false;
	guint behind = reader_skip_asides(r, first + n);
	if (goes_on_with(r, first + n)) {
		for (guint k = first + n; k < r->t.n && k < first + ASIDE_TOKENS; k++)
			if (!is_upper(r, k) && cue_at(r, k, CUE_SPEAK) > 0)
				return r->account->delegations && set(r, SUBJECT_SOMEBODY, -1, i, k);
		return false;
	}
	if (r->account->delegations ? !says_at(r, behind, VERB_TOKENS) : !verb_at(r, behind, CUE_SPEAK, VERB_TOKENS))
		return false;
	/* at the head of a paragraph it is not what the one before has said */
	bool head = r->t.start == 0;
	return reader_set_body(r, first, n, head && r->account->record) ||
	       ((head || verb_at(r, behind, CUE_SPEAK, 1)) && set(r, SUBJECT_SOMEBODY, -1, i, first + n));
}

/* "The House of Salt was ready to pay": what the one who has the floor says of the own house. */
static bool is_own_house(struct reader *r, guint first, guint end)
{
	const struct person *person = r->account->speaker >= 0 ? document_person(r->a->doc, (guint)r->account->speaker) : NULL;
	if (person == NULL || person->organisation == NULL)
		return false;
	g_autofree char *house = words_folded(person->organisation);
	words_fold_to(r->a->folded, r->t.s, place(r, first), r->t.at[end - 1].word.end);
	return r->a->folded->len > 0 && g_str_has_prefix(house, r->a->folded->str) &&
	       (house[r->a->folded->len] == '\0' || house[r->a->folded->len] == ' ');
}

bool reader_house(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), k = first;
	bool house = false;
	for (; k < r->t.n && k < first + HOUSE_TOKENS && !(k > first && (r->t.at[k].comma || r->t.at[k].apart)); k++) {
		if (!is_upper(r, k) && cue_at(r, k, CUE_OF) == 0 && cue_at(r, k, CUE_AND) == 0 && cue_at(r, k, CUE_ARTICLE) == 0)
			break;
		house = house || (is_upper(r, k) && cue_at(r, k, CUE_BODY) > 0);
	}
	guint behind = reader_skip_asides(r, k);
	if (k == first + 1 && first > i && !r->t.at[first].word.caps) {	/* "the Group", "the Union": whoever speaks for it */
		int speaker = r->account->speaker;
		return house && speaker >= 0 && document_person(r->a->doc, (guint)speaker)->body && verb_at(r, behind, CUE_SPEAK, 1) &&
		       set(r, SUBJECT_PRONOUN, -1, i, k);
	}
	if (!house || !verb_at(r, behind, CUE_SPEAK, 1) || (behind == k && r->t.at[behind].comma))	/* ", founded in 1990, was" */
		return false;
	if (!r->account->delegations && is_own_house(r, first, k))
		return set(r, SUBJECT_PRONOUN, -1, i, k);
	return r->account->delegations ? reader_set_body(r, first, k - first, true) : set(r, SUBJECT_SOMEBODY, -1, i, k);
}

bool reader_apposed(struct reader *r, guint i)
{
	struct mention mention;
	for (guint k = i; k < r->t.n && k < i + HOUSE_TOKENS; k++) {
		if (!is_upper(r, k) && cue_at(r, k, CUE_SAY) > 0)
			return false;
		if (r->t.at[k].comma)
			return is_upper(r, k) && reader_person_at(r, k, &mention) && mention.person >= 0 &&
			       !mention_owns(r->t.s, r->t.end, &mention) &&
			       set_mention(r, &mention);
	}
	return false;
}

bool reader_delegate(struct reader *r, guint i)
{
	guint article = MAX(cue_at(r, i, CUE_ARTICLE), cue_at(r, i, CUE_QUANTIFIER)), delegate = 0;
	guint first = i + article;
	for (guint n = 0; n < 2 && delegate == 0; n++)	/* "the Permanent Representative of" */
		delegate = cue_at(r, first += n, CUE_DELEGATE);
	if (article == 0 || delegate == 0)
		return false;
	if (reader_apposed(r, first + delegate))
		return true;
	guint body = first + delegate;
	while (body < r->t.n && !is_upper(r, body) && body < first + delegate + 2)
		body++;
	guint n = reader_body_tokens(r, body), k = body;
	if (n == 0) {	/* a house: capitals to the next small word */
		while (k < r->t.n && k < body + 8 && (is_upper(r, k) || cue_at(r, k, CUE_OF) > 0) && !r->t.at[k].apart &&
		       (k == body || !r->t.at[k].comma))
			k++;
		n = k - body;
	}
	if (n == 0) {	/* "the representative of a fishing company said" */
		for (k = first + delegate; k < r->t.n && k < first + delegate + HOUSE_TOKENS && !is_upper(r, k); k++)
			if (cue_at(r, k, CUE_SPEAK) > 0 && !r->t.at[k].comma)
				return set(r, SUBJECT_SOMEBODY, -1, i, k);
		return false;
	}
	guint behind = reader_skip_asides(r, body + n);
	if (!says_at(r, behind, VERB_TOKENS))
		return false;
	/* "the Minister of Ropes" speaks for no body of that name */
	bool office = reader_body_tokens(r, body) == 0 && cue_at(r, first, CUE_ROLE) > 0 && cue_at(r, first, CUE_CROWD) == 0;
	/* "a delegate from Kiel": a place; a house says so, or the document has delegations */
	bool house = r->account->delegations || reader_body_tokens(r, body) > 0;
	for (guint m = body; m < body + n && !house; m++)
		house = cue_at(r, m, CUE_BODY) > 0 || (r->t.at[m].word.caps && r->t.at[m].word.end - r->t.at[m].word.start > 1);
	if (goes_on_with(r, body + n) || office || !house)
		return set(r, SUBJECT_SOMEBODY, -1, i, body + n);
	return reader_set_body(r, body, n, true);
}

bool reader_unknown_house(struct reader *r, guint i)
{
	guint k = i;
	while (k < r->t.n && k < i + HOUSE_TOKENS && (is_upper(r, k) || (k > i && cue_at(r, k, CUE_OF) > 0)) &&
	       (k == i || !(r->t.at[k].comma || r->t.at[k].apart)))
		k++;
	guint behind = reader_skip_asides(r, k);
	return r->account->delegations && k >= i + 2 && verb_at(r, behind, CUE_SPEAK, 1) && !(behind == k && r->t.at[behind].comma) &&
	       set(r, SUBJECT_SOMEBODY, -1, i, k);
}

/* "Mr. Name (Country) said": a delegate, in a record. */
static bool delegate_speaks(struct reader *r)
{
	struct name name;
	guint first = cue_at(r, 0, CUE_ARTICLE);
	if (first >= r->t.n || !name_scan(r->t.s, place(r, first), r->t.end, &name) || name.honorific == name.start)
		return false;
	guint bracket = tokens_at(&r->t, name.end);
	return reader_bracketed_country(r, bracket) > 0 && verb_at(r, reader_skip_asides(r, bracket), CUE_SPEAK, VERB_TOKENS);
}

/* A cheap look at the first word: no delegation or delegate begins with any other. */
static bool may_be_delegation(const char *s, guint32 start, guint32 end, GString *folded)
{
	struct word word;
	g_string_truncate(folded, 0);
	if (!word_next(s, &start, end, &word))
		return false;
	word_fold(s, &word, folded);
	const struct cue_words *cues = cue_words(folded->str);
	return cue_words_may(cues, CUE_ARTICLE) || cue_words_may(cues, CUE_COUNTRY) || cue_words_may(cues, CUE_GROUP) ||
	       cue_words_may(cues, CUE_HONORIFIC);
}

bool delegations_speak(struct attributing *a, bool *record)
{
	static const struct account nobody = { .speaker = -1, .panel = -1, .chair = -1 };
	struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL), folded = g_string_new(NULL);
	struct subject subject;
	struct reader r;
	guint found = 0, delegates = 0, sentences = 0;
	reader_open(&r, a, &nobody, &subject);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = prose_of(doc, block, own);
		for (guint32 pos = 0, end; pos < piece.len; pos = end) {
			end = sentence_end(piece.s, pos, piece.len);
			sentences++;
			guint32 stop = MIN(end, pos + BEGINNING_BYTES);
			if (!may_be_delegation(piece.s, pos, stop, folded))
				continue;
			tokens_read(&r.t, piece.s, pos, stop, folded);
			guint first = cue_at(&r, 0, CUE_ARTICLE), n = reader_body_tokens(&r, first);
			bool delegate = cue_at(&r, first, CUE_DELEGATE) > 0;
			delegates += pos == 0 && delegate_speaks(&r);
			found += (n > 0 && verb_at(&r, reader_skip_asides(&r, first + n), CUE_SPEAK, VERB_TOKENS)) || (first > 0 && delegate);
		}
	}
	*record = found > 0 && found + delegates >= 3 && (found + delegates) * DELEGATIONS_EACH >= sentences;
	return found >= 3 && found * DELEGATIONS_EACH >= sentences;
}
