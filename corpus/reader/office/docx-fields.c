/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-fields.c - which fields are open, and in which part of them we are.
 */
#include "corpus/reader/office/docx-fields.h"

#include <string.h>

static struct docx_field *innermost(struct docx_fields *fields)
{
	return fields->n ? &fields->fields[fields->n - 1] : NULL;
}

void docx_fields_mark(struct docx_fields *fields, const char *type)
{
	struct docx_field *field = innermost(fields);

	if (!type)
		return;
	if (!strcmp(type, "begin")) {
		if (fields->n < DOCX_FIELDS_MAX)
			fields->fields[fields->n++] = (struct docx_field){ 0 };
		else
			fields->n_deeper++;
	} else if (fields->n_deeper) {
		fields->n_deeper -= !strcmp(type, "end");
	} else if (field && !strcmp(type, "separate")) {
		field->result = true;
		g_strstrip(field->instruction);
		field->contents = !g_ascii_strncasecmp(field->instruction, "TOC", 3);
	} else if (field && !strcmp(type, "end")) {
		fields->n--;
	}
}

void docx_fields_instruct(struct docx_fields *fields, const char *s, gsize len)
{
	struct docx_field *field = innermost(fields);
	gsize have = field ? strlen(field->instruction) : 0;

	if (field && have < DOCX_INSTRUCTION_BYTES && (have || !g_ascii_isspace(*s) || len > 1))
		memcpy(field->instruction + have, s, MIN(len, DOCX_INSTRUCTION_BYTES - have));
}

void docx_fields_end_paragraph(struct docx_fields *fields)
{
	for (guint i = 0; i < fields->n; i++)
		fields->fields[i].result = true;
}

bool docx_fields_in_instruction(const struct docx_fields *fields)
{
	for (guint i = 0; i < fields->n; i++)
		if (!fields->fields[i].result)
			return true;
	return false;
}

bool docx_fields_in_contents(const struct docx_fields *fields)
{
	for (guint i = 0; i < fields->n; i++)
		if (fields->fields[i].contents)
			return true;
	return false;
}
