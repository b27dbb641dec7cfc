/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * write.c - a document's groups for a catalogue: what was detected, and what
 * may be corrected as groups that are commented out.
 */
#include <string.h>

#include "corpus/catalogue.h"
#include "corpus/corrections/corrections.h"

/* A value as a key file holds it: what g_key_file_get_string takes back. */
static void write_value(GString *out, const char *mark, const char *key, const char *value)
{
	bool leading = true;

	if (!value || !*value)
		return;
	g_string_append_printf(out, "%s%s = ", mark, key);
	for (const char *s = value; *s; s++) {
		if (*s == '\\')
			g_string_append(out, "\\\\");
		else if (*s == '\n')
			g_string_append(out, "\\n");
		else if (*s == '\r')
			g_string_append(out, "\\r");
		else if (*s == '\t')
			g_string_append(out, "\\t");
		else if (*s == ' ' && leading)
			g_string_append(out, "\\s");
		else
			g_string_append_c(out, *s);
		leading = leading && *s == ' ';
	}
	g_string_append_c(out, '\n');
}

/* The head of a group to be corrected. False where a key file cannot hold the name. */
static bool write_head(GString *out, const char *file, const char *kind, const char *target)
{
	if (target == NULL || *target == '\0')
		return false;
	for (const char *s = target; *s; s++)
		if (strchr("[]|", *s) || g_ascii_iscntrl(*s))
			return false;
	g_string_append_printf(out, "#[%s | %s %s]\n", file, kind, target);
	return true;
}

static void write_panels(const struct document *doc, const char *file, GString *out)
{
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *panel = document_panel(doc, i);

		if (!write_head(out, file, "panel", panel->label ? panel->label : panel->title))
			continue;
		write_value(out, "#", "title", panel->title);
		write_value(out, "#", "date", panel->date);
		if (panel->moderator >= 0)
			write_value(out, "#", "moderator", document_person(doc, panel->moderator)->name);
		if (panel->nameless)
			write_value(out, "#", "attribution", "none");
	}
}

static void write_people(const struct document *doc, const char *file, GString *out)
{
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);
		g_autofree char *forms = person->forms ? g_strjoinv("; ", (char **)person->forms) : NULL;

		if (!write_head(out, file, "person", person->name))
			continue;
		if (person->body)
			write_value(out, "#", "type", "body");
		write_value(out, "#", "honorific", person->honorific);
		write_value(out, "#", "role", person->role);
		write_value(out, "#", "organisation", person->organisation);
		write_value(out, "#", "country", person->country);
		write_value(out, "#", "also", forms);
	}
}

void catalogue_write(const struct document *doc, const char *file, GString *out)
{
	g_autofree char *name = g_utf8_make_valid(file, -1);

	for (char *s = name; *s; s++)	/* a group's name has neither; "?" matches any character */
		if (*s == '[' || *s == ']' || g_ascii_iscntrl(*s))
			*s = '?';
	g_string_append_printf(out, "[%s]\n", name);
	write_value(out, "", "title", doc->title);
	write_value(out, "", "type", type_name(doc->type));
	write_value(out, "", "event", doc->event);
	write_value(out, "", "date", doc->date);
	write_value(out, "", "date-end", doc->date_end);
	write_value(out, "", "place", doc->place);
	write_value(out, "", "publisher", doc->publisher);
	write_value(out, "", "authors", doc->authors);
	write_value(out, "", "language", doc->language);
	write_value(out, "", "url", doc->url);
	if (strcmp(doc->access, "public"))
		write_value(out, "", "access", doc->access);
	if (doc->nameless)
		write_value(out, "", "attribution", "none");
	write_panels(doc, name, out);
	write_people(doc, name, out);
	g_string_append_c(out, '\n');
}
