/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * voices.c - whose turn a sentence is, where its own beginning misleads: who is named
 * behind quoted words, who contradicts in the passive, for whom something is so, and
 * that not everyone agreed. Read before anything else.
 */
#include "corpus/attribution/reading.h"

#include <string.h>

#define QUOTED_BYTES 6		/* blanks that quoted words leave */
#define SUBJECT_TOKENS 14	/* "The figures of the House of Salt" */
#define AGENT_TOKENS 4		/* between the passive and "by" */
#define PARTICIPLE_TOKENS 12	/* from the name to the verb, where that comes last */
#define DISSENT_TOKENS 5

static bool is_titled(const struct mention *mention)
{
	return mention->honorific < mention->start;
}

/* "Name and Name", "Name (Kiel), Name and Name" */
static bool is_list(struct reader *r, const struct mention *mention)
{
	struct mention other;
	guint behind = tokens_at(&r->t, mention->end), next = reader_skip_asides(r, behind);
	guint and = cue_at(r, behind, CUE_AND), later = cue_at(r, next, CUE_AND);
	if ((and > 0 && is_upper(r, behind + and)) || (later > 0 && is_upper(r, next + later)))
		return true;
	return behind < r->t.n && r->t.at[behind].comma && reader_person_at(r, behind, &other) && (other.person >= 0 || is_titled(&other));
}

static bool is_quoted_before(const struct reader *r)
{
	guint32 pos = r->t.start;
	while (pos < place(r, 0) && strchr(" \n,", r->t.s[pos]) != NULL)
		pos++;
	return pos >= place(r, 0) && pos >= r->t.start + QUOTED_BYTES;
}

/* A titled stranger is one of the people from here on. */
static int add_titled(struct reader *r, const struct mention *mention)
{
	struct name name;
	if (!name_scan(r->t.s, mention->honorific, mention->end, &name) || name.words < 2)
		return -1;
	struct person person = {
		.name = document_string(r->a->doc, r->t.s + name.start, (gssize)(name.end - name.start)),
		.honorific = document_string(r->a->doc, r->t.s + name.honorific, (gssize)(name.start - name.honorific - 1)),
	};
	return roster_add(r->a->roster, &person);
}

/* "...", said Ann Bell; "...", so Ann Bell zum Schluss. */
static bool read_behind_quotation(struct reader *r)
{
	struct mention mention;
	guint at, says = MAX(cue_at(r, 0, CUE_SPEAK), cue_at(r, 0, CUE_SAY)), so = cue_at(r, 0, CUE_ACCORDING);
	bool comma = memchr(r->t.s + r->t.start, ',', place(r, 0) - r->t.start) != NULL;
	if (is_upper(r, 0) || !is_quoted_before(r) || cue_at(r, 0, CUE_FOR) > 0 || (says == 0 && (so == 0 || (so == 1 && !comma))))
		return false;
	if (!reader_mention_behind(r, MAX(says, so), &mention, &at) || mention_owns(r->t.s, r->t.end, &mention))
		return false;
	if (is_list(r, &mention))
		return set(r, SUBJECT_SOMEBODY, -1, at, at + 1);
	if (mention.person == ROSTER_NONE && is_titled(&mention))
		mention.person = add_titled(r, &mention);
	return set_mention(r, &mention);
}

/* The token of "was", behind nothing but a thing; 0. */
static guint passive_of(const struct reader *r, guint i)
{
	for (guint k = i + 1; k < r->t.n && k < i + SUBJECT_TOKENS; k++) {
		if (r->t.at[k].comma || r->t.at[k].apart || cue_at(r, k, CUE_THAT) > 0 || cue_at(r, k, CUE_HAD) > 0)
			return 0;
		if (cue_at(r, k, CUE_PASSIVE) > 0)
			return k;
		bool says = !is_upper(r, k) && (cue_at(r, k, CUE_SPEAK) > 0 || cue_at(r, k, CUE_SAY) > 0);
		if (says && cue_at(r, k + 1, CUE_PASSIVE) == 0)	/* "her claims were" */
			return 0;
	}
	return 0;
}

static bool is_disputed(const struct reader *r, guint from, guint to)
{
	for (guint k = from; k < to && k < r->t.n; k++)
		if (!is_upper(r, k) && cue_at(r, k, CUE_DISPUTED) > 0)
			return true;
	return false;
}

/* "His figures were questioned by Ann Bell": she speaks, who is behind "by". */
static bool read_disputed(struct reader *r, guint i)
{
	struct mention mention;
	guint passive = passive_of(r, i), by = passive + 1, at;
	while (by < r->t.n && by <= passive + AGENT_TOKENS && cue_at(r, by, CUE_BY) == 0)
		by++;
	if (passive == 0 || cue_at(r, by, CUE_BY) == 0)
		return false;
	bool before = is_disputed(r, passive + 1, by), speakers = cue_at(r, i, CUE_PRONOUN) > 0;
	if (!reader_mention_behind(r, by + 1, &mention, &at) || (mention.person == ROSTER_NONE && !is_titled(&mention)))
		return before && speakers && set(r, SUBJECT_SOMEBODY, -1, by, by + 2);
	guint behind = tokens_at(&r->t, mention.end);
	if (!before && !is_disputed(r, behind, behind + PARTICIPLE_TOKENS))
		return false;
	r->out->disputes = true;
	if (passive == i + 1 && speakers)	/* "She was supported by": who is "she" from here on? */
		return set(r, SUBJECT_SOMEBODY, -1, by, by + 2);
	return is_list(r, &mention) || mention_owns(r->t.s, r->t.end, &mention) ? set(r, SUBJECT_SOMEBODY, -1, at, at + 1) : set_mention(r, &mention);
}

/* "For Ann Bell, Director of X, the harm lay in": her view; a titled stranger's is nobody's. */
static bool read_for(struct reader *r, guint i)
{
	struct mention mention;
	guint n = cue_at(r, i, CUE_FOR), at;
	if (n == 0 || !reader_mention_behind(r, i + n, &mention, &at) || mention_owns(r->t.s, r->t.end, &mention) ||
	    (mention.person == ROSTER_NONE && !is_titled(&mention)))
		return false;
	guint behind = tokens_at(&r->t, mention.end);
	if (behind >= r->t.n || !r->t.at[behind].comma)
		return false;
	return is_list(r, &mention) ? set(r, SUBJECT_SOMEBODY, -1, at, at + 1) : set_mention(r, &mention);
}

/* "Not everyone agreed": the document's own voice. */
static bool read_dissent(struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_NOT_ALL);
	return n > 0 && verb_at(r, i + n, CUE_SHARES, DISSENT_TOKENS) && set(r, SUBJECT_DOCUMENT, -1, i, i + n);
}

bool reader_voice(struct reader *r, guint i)
{
	return (i == 0 && read_behind_quotation(r)) || read_dissent(r, i) || read_for(r, i) || read_disputed(r, i);
}
