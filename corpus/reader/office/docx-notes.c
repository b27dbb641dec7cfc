/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-notes.c - a section says at its end how its notes are numbered: the main part is
 * looked through beforehand, if it says anything.
 */
#include "corpus/reader/office/docx-notes.h"

#include <string.h>

#include "corpus/reader/numerals.h"
#include "corpus/reader/office/docx-lists.h"
#include "corpus/reader/office/ooxml.h"

#define SECTIONS_MAX 100000
#define SIGNS '*'		/* the style of signs: *, dagger, double dagger, section, ** ... */
#define SIGNS_MAX 40

enum restart { RESTART_NEVER, RESTART_SECTION, RESTART_PAGE };

struct numbering {
	char style;
	int start;
	enum restart restart;
};

struct numberings {
	struct numbering of[2];	/* footnotes, endnotes */
};

struct docx_notes {
	GHashTable *items[2];	/* id -> struct item */
	GArray *sections;	/* struct numberings, in their order; none where all are as the document has it */
	struct numberings document;
	guint section;		/* the one at hand */
	int numbers[2];		/* of the last note */
};

struct docx_notes *docx_notes_new(void)
{
	struct docx_notes *notes = g_new0(struct docx_notes, 1);

	for (int i = 0; i < 2; i++)
		notes->items[i] = g_hash_table_new_full(NULL, NULL, NULL, item_unref);
	notes->sections = g_array_new(FALSE, FALSE, sizeof(struct numberings));
	notes->document = (struct numberings){ { { '1', 1, RESTART_NEVER }, { 'i', 1, RESTART_NEVER } } };
	return notes;
}

void docx_notes_free(struct docx_notes *notes)
{
	if (!notes)
		return;
	for (int i = 0; i < 2; i++)
		g_hash_table_unref(notes->items[i]);
	g_array_unref(notes->sections);
	g_free(notes);
}

/* ---- how they are numbered ---- */

struct looking {
	struct docx_notes *notes;
	struct numberings *into;	/* the one that is being read, or the document's */
	struct numberings section;
	int kind;		/* 0: in the properties of footnotes, 1: of endnotes; -1 */
	guint old;		/* depth in a state before a revision */
	GString *buffer;
};

static void begin_property(struct looking *l, const char *name, const char *value)
{
	struct numbering *numbering = l->into && l->kind >= 0 ? &l->into->of[l->kind] : NULL;

	if (!numbering || !value)
		return;
	if (!strcmp(name, "numFmt"))
		numbering->style = !strcmp(value, "chicago") ? SIGNS : docx_numeral(value);
	else if (!strcmp(name, "numStart"))
		numbering->start = ooxml_int(value, 0, G_MAXINT16, 1);
	else if (!strcmp(name, "numRestart"))
		numbering->restart = !strcmp(value, "eachSect") ? RESTART_SECTION : !strcmp(value, "eachPage") ? RESTART_PAGE : RESTART_NEVER;
}

static void on_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct looking *l = data;

	(void)ns;
	if (l->old || !strcmp(name, "sectPrChange")) {
		l->old++;
	} else if (!strcmp(name, "settings")) {
		l->into = &l->notes->document;
	} else if (!strcmp(name, "sectPr")) {
		l->section = l->notes->document;
		l->into = &l->section;
	} else if (!strcmp(name, "footnotePr") || !strcmp(name, "endnotePr")) {
		l->kind = *name == 'e';
	} else if (l->kind >= 0) {
		begin_property(l, name, xml_attribute(attributes, "val", l->buffer));
	}
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct looking *l = data;

	(void)ns;
	if (l->old) {
		l->old--;
	} else if (!strcmp(name, "footnotePr") || !strcmp(name, "endnotePr")) {
		l->kind = -1;
	} else if (!strcmp(name, "sectPr") && l->notes->sections->len < SECTIONS_MAX) {
		g_array_append_val(l->notes->sections, l->section);
		l->into = NULL;
	}
}

static void on_text(void *data, const char *s, gsize len)
{
	(void)data;
	(void)s;
	(void)len;
}

static bool says_anything(GBytes *bytes)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);

	return s && g_strstr_len(s, (gssize)len, "notePr");
}

void docx_notes_read_numbering(struct docx_notes *notes, struct package *package, const char *path, const char *settings, GBytes *main)
{
	static const struct xml_handler handler = { .start = on_start, .end = on_end, .text = on_text };
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct looking looking = { .notes = notes, .kind = -1, .buffer = buffer };
	g_autoptr(GBytes) bytes = settings && package_has(package, settings) ? package_part(package, settings, NULL) : NULL;

	if (bytes)
		xml_read(path, settings, bytes, &handler, &looking, NULL);
	looking = (struct looking){ .notes = notes, .kind = -1, .buffer = buffer };
	if (says_anything(main))
		xml_read(path, NULL, main, &handler, &looking, NULL);
}

/* ---- notes ---- */

void docx_notes_add(struct docx_notes *notes, bool end, int id, struct item *note)
{
	note->end = end;
	g_hash_table_replace(notes->items[end], GINT_TO_POINTER(id), note);
}

static const struct numbering *numbering_of(const struct docx_notes *notes, int kind)
{
	const struct numberings *section = notes->section < notes->sections->len ?
	                                &g_array_index(notes->sections, struct numberings, notes->section) : &notes->document;

	return &section->of[kind];
}

static char *label_of(struct docx_notes *notes, int kind)
{
	static const char *const signs[] = { "*", "†", "‡", "§" };
	const struct numbering *numbering = numbering_of(notes, kind);
	GString *label = g_string_new(NULL);
	int number = notes->numbers[kind] ? notes->numbers[kind] + 1 : MAX(numbering->start, 1);

	notes->numbers[kind] = number;
	if (numbering->style != SIGNS || number > SIGNS_MAX)
		numeral_append(label, number, numbering->style);
	else
		for (int i = 0; i <= (number - 1) / 4; i++)
			g_string_append(label, signs[(number - 1) % 4]);
	return g_string_free(label, FALSE);
}

struct item *docx_notes_refer(struct docx_notes *notes, bool end, int id, bool custom)
{
	struct item *note = g_hash_table_lookup(notes->items[end], GINT_TO_POINTER(id));

	if (!note || note->label)
		return NULL;
	note->label = custom ? g_strdup("") : label_of(notes, end);
	return note;
}

void docx_notes_next_section(struct docx_notes *notes)
{
	notes->section++;
	for (int kind = 0; kind < 2; kind++)
		if (numbering_of(notes, kind)->restart == RESTART_SECTION)
			notes->numbers[kind] = 0;
}

void docx_notes_next_page(struct docx_notes *notes)
{
	for (int kind = 0; kind < 2; kind++)
		if (numbering_of(notes, kind)->restart == RESTART_PAGE)
			notes->numbers[kind] = 0;
}
