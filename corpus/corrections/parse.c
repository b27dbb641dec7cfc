/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * parse.c - reads groups of corrections, and refuses what makes no sense.
 */
#include "corpus/corrections/corrections.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/words.h"

#define ID_DIGITS 10	/* of a passage: see passages.c */

static const char *const kinds[N_CORRECTIONS] = {
	[CORRECT_PERSON] = "person", [CORRECT_PANEL] = "panel", [CORRECT_PASSAGE] = "passage",
};

static const struct {
	const char *name;
	guint kinds;	/* a bit for each that has it */
} keys[N_SAYS] = {
	[SAYS_NAME] = { "name", 1 << CORRECT_PERSON },
	[SAYS_HONORIFIC] = { "honorific", 1 << CORRECT_PERSON },
	[SAYS_ROLE] = { "role", 1 << CORRECT_PERSON },
	[SAYS_ORGANISATION] = { "organisation", 1 << CORRECT_PERSON },
	[SAYS_COUNTRY] = { "country", 1 << CORRECT_PERSON },
	[SAYS_TYPE] = { "type", 1 << CORRECT_PERSON },
	[SAYS_ALSO] = { "also", 1 << CORRECT_PERSON },
	[SAYS_NOT] = { "not", 1 << CORRECT_PERSON },
	[SAYS_SPEAKER] = { "speaker", 1 << CORRECT_PERSON | 1 << CORRECT_PASSAGE },
	[SAYS_LABEL] = { "label", 1 << CORRECT_PANEL },
	[SAYS_TITLE] = { "title", 1 << CORRECT_PANEL },
	[SAYS_DATE] = { "date", 1 << CORRECT_PANEL },
	[SAYS_MODERATOR] = { "moderator", 1 << CORRECT_PANEL },
	[SAYS_ATTRIBUTION] = { "attribution", 1 << CORRECT_PANEL },
	[SAYS_KIND] = { "kind", 1 << CORRECT_PASSAGE },
	[SAYS_PANEL] = { "panel", 1 << CORRECT_PASSAGE },
};

void correction_free(struct correction *correction)
{
	if (correction == NULL)
		return;
	g_free(correction->source);
	g_free(correction->target);
	g_free(correction->folded);
	g_free(correction->function);
	for (guint k = 0; k < N_SAYS; k++)
		g_free(correction->values[k]);
	g_free(correction);
}

/* "NAME (FUNCTION)". */
static void split_function(struct correction *correction)
{
	char *open = strrchr(correction->target, '(');
	if (open == NULL || open == correction->target || correction->target[strlen(correction->target) - 1] != ')')
		return;
	correction->function = words_folded(open);
	g_free(correction->folded);
	g_autofree char *name = g_strndup(correction->target, (gsize)(open - correction->target));
	correction->folded = words_folded(name);
}

/* "5f0c9a71d2", "5f0c9a71d2-2", "report/5f0c9a71d2", "100-200". */
static bool is_passage(const char *target)
{
	const char *id = strrchr(target, '/');
	id = id == NULL ? target : id + 1;
	gsize digits = strspn(id, "0123456789abcdef");
	if (digits == ID_DIGITS)
		return id[digits] == '\0' || (id[digits] == '-' && strspn(id + digits + 1, "0123456789") == strlen(id + digits + 1));
	digits = strspn(id, "0123456789");
	return id == target && digits > 0 && digits < ID_DIGITS && id[digits] == '-' && id[digits + 1] != '\0' &&
	       strspn(id + digits + 1, "0123456789") == strlen(id + digits + 1);
}

struct correction *correction_parse(const char *head, bool glob, const char **fault)
{
	gsize len = strcspn(head, " \t");
	int kind = -1;
	for (int i = 0; i < N_CORRECTIONS; i++)
		if (strlen(kinds[i]) == len && strncmp(kinds[i], head, len) == 0)
			kind = i;
	g_autofree char *target = g_strstrip(g_strdup(head + len));
	g_autofree char *folded = words_folded(target);
	if (kind < 0)
		*fault = "behind '|' stands person NAME, panel LABEL or passage ID";
	else if (*target == '\0' || (kind != CORRECT_PASSAGE && *folded == '\0'))
		*fault = "whom or what does it correct?";
	else if (kind == CORRECT_PASSAGE && !is_passage(target))
		*fault = "neither a passage's id nor a range like 100-200";
	else if (kind == CORRECT_PASSAGE && glob)
		*fault = "a glob stands for several files, and a passage is of one";
	else
		*fault = NULL;
	if (*fault != NULL)
		return NULL;
	struct correction *correction = g_new0(struct correction, 1);
	correction->kind = (enum correction_kind)kind;
	correction->glob = glob;
	correction->target = g_steal_pointer(&target);
	correction->folded = g_steal_pointer(&folded);
	if (kind == CORRECT_PERSON)
		split_function(correction);
	return correction;
}

int policy_parse(const char *value)
{
	return !strcmp(value, "none") ? POLICY_NONE : !strcmp(value, "named") ? POLICY_NAMED :
	       !strcmp(value, "normal") ? POLICY_STATED : -1;
}

static const char *value_fault(enum correction_kind kind, enum correction_key key, const char *value)
{
	switch (key) {
	case SAYS_NAME:
		return *value ? NULL : "a person has a name";
	case SAYS_TYPE:
		return !strcmp(value, "person") || !strcmp(value, "body") ? NULL : "neither person nor body";
	case SAYS_SPEAKER:
		return kind == CORRECT_PASSAGE || !strcmp(value, "no") || !strcmp(value, "yes") ? NULL : "neither yes nor no";
	case SAYS_DATE:
		return !*value || date_is_iso(value) ? NULL : "not a date like 2017, 2017-10 or 2017-10-23";
	case SAYS_ATTRIBUTION:
		return policy_parse(value) >= 0 ? NULL : "neither none, named nor normal";
	case SAYS_KIND:
		return kind_parse(value) >= 0 ? NULL : "no such kind (quote, speech, authored, slide, reported, narrative, reference, listing)";
	default:
		return NULL;
	}
}

const char *correction_take(struct correction *correction, const char *key, const char *value)
{
	for (guint k = 0; k < N_SAYS; k++) {
		if (strcmp(keys[k].name, key) != 0 || !(keys[k].kinds & 1u << correction->kind))
			continue;
		const char *fault = value_fault(correction->kind, k, value);
		if (fault == NULL)
			correction->values[k] = g_strdup(value);
		return fault;
	}
	return "unknown key";
}

char **correction_forms(const char *value)
{
	char **forms = g_strsplit(value == NULL ? "" : value, ";", -1);
	guint kept = 0;
	for (guint i = 0; forms[i] != NULL; i++) {
		char *form = g_strstrip(forms[i]);
		if (*form != '\0')
			forms[kept++] = form;
		else
			g_free(form);
	}
	forms[kept] = NULL;
	return forms;
}

static bool holds_form(char **forms, const char *folded)
{
	for (guint i = 0; forms[i] != NULL; i++) {
		g_autofree char *form = words_folded(forms[i]);
		if (strcmp(form, folded) == 0)
			return true;
	}
	return false;
}

const char *correction_fault(const struct correction *correction)
{
	g_auto(GStrv) also = correction_forms(correction->values[SAYS_ALSO]), not = correction_forms(correction->values[SAYS_NOT]);
	for (guint i = 0; also[i] != NULL; i++) {
		g_autofree char *folded = words_folded(also[i]);
		if (holds_form(not, folded))
			return "'also' and 'not' name the same form";
	}
	g_autofree char *name = words_folded(correction->values[SAYS_NAME] == NULL ? "" : correction->values[SAYS_NAME]);
	if (holds_form(not, correction->folded) || holds_form(not, name))
		return "'not' names the person";
	const char *speaker = correction->kind == CORRECT_PASSAGE ? correction->values[SAYS_SPEAKER] : NULL;
	int kind = correction->values[SAYS_KIND] == NULL ? -1 : kind_parse(correction->values[SAYS_KIND]);
	if (speaker != NULL && *speaker == '\0' && (kind == KIND_QUOTE || kind == KIND_AUTHORED))
		return "words of this kind are somebody's";
	if (speaker != NULL && *speaker != '\0' && (kind == KIND_NARRATIVE || kind == KIND_REFERENCE || kind == KIND_LISTING))
		return "words of this kind are nobody's";
	return NULL;
}
