/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * citation.c - one line for a footnote:
 *
 *   Name, role, organisation, as reported in: Title (Publisher, date), Panel II, p. 31
 */
#include "searcher/citation.h"

#include <string.h>

#include "searcher/clock.h"

static void add(GString *out, const char *before, const char *text)
{
	if (text && *text)
		g_string_append_printf(out, "%s%s", out->len ? before : "", text);
}

/* As whole words: "Niger" is not named by "Nigeria". */
static bool holds_whole(const char *text, const char *words)
{
	gsize n = strlen(words);

	for (const char *at = strstr(text, words); at && n; at = strstr(at + 1, words)) {
		gunichar before = at > text ? g_utf8_get_char(g_utf8_prev_char(at)) : ' ', behind = g_utf8_get_char(at + n);

		if (!g_unichar_isalnum(before) && !g_unichar_isalnum(behind))
			return true;
	}
	return false;
}

/* A person's function often names the organisation already. */
static void add_unless_there(GString *out, const char *text)
{
	if (text && !holds_whole(out->str, text))
		add(out, ", ", text);
}

static void put_speaker(GString *out, const RapPerson *person)
{
	add(out, "", person->name);
	add_unless_there(out, person->role);
	add_unless_there(out, person->organisation);
	add_unless_there(out, person->country);
}

static const char *lead(const RapPassage *passage)
{
	switch (passage->kind) {
	case RAP_KIND_QUOTE:
		return ", quoted in: ";
	case RAP_KIND_REPORTED:
		return ", as reported in: ";
	case RAP_KIND_SLIDE:
		return ", slides: ";
	default:
		return ", in: ";
	}
}

static void put_document(GString *out, const RapDocument *doc)
{
	g_autoptr(GString) imprint = g_string_new(NULL);

	g_string_append(out, doc->title);
	add(imprint, ", ", doc->publisher);
	add(imprint, ", ", doc->date);
	if (imprint->len)
		g_string_append_printf(out, " (%s)", imprint->str);
}

const char *citation(struct arena *arena, const RapPassage *passage)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (passage->speaker) {
		put_speaker(out, passage->speaker);
		g_string_append(out, lead(passage));
	}
	put_document(out, passage->document);
	const RapPanel *panel = passage->panel;
	if (panel && (panel->label || g_strcmp0(panel->title, passage->document->title) != 0))
		add(out, ", ", panel->label ? panel->label : panel->title);
	if (passage->timed) {
		g_string_append(out, ", at ");
		clock_put(out, passage->time_ms);
	}
	if (passage->slide)
		g_string_append_printf(out, passage->notes ? ", speaker notes to slide %d" : ", slide %d", passage->slide);
	else if (passage->page_label)
		g_string_append_printf(out, ", p. %s", passage->page_label);
	else if (passage->page)
		g_string_append_printf(out, ", p. %d", passage->page);
	return arena_string(arena, out->str, (gssize)out->len);
}
