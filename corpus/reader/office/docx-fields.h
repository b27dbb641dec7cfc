/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-fields.h - fields of a text: an instruction, then its result; only the result is
 * text. They nest, and their pieces are runs like others.
 */
#ifndef CORPUS_DOCX_FIELDS_H
#define CORPUS_DOCX_FIELDS_H

#include <glib.h>
#include <stdbool.h>

#define DOCX_FIELDS_MAX 32	/* one inside the other; of deeper ones all counts as text */
#define DOCX_INSTRUCTION_BYTES 8

struct docx_field {
	bool result, contents;
	char instruction[DOCX_INSTRUCTION_BYTES + 1];
};

/* The open ones of a story. Begins as zeroes. */
struct docx_fields {
	struct docx_field fields[DOCX_FIELDS_MAX];
	guint n, n_deeper;
};

/* type: "begin", "separate", "end"; NULL and others are nothing. */
void docx_fields_mark(struct docx_fields *fields, const char *type);
void docx_fields_instruct(struct docx_fields *fields, const char *s, gsize len);
/* No instruction goes over a paragraph; one that is never ended must not hide the rest. */
void docx_fields_end_paragraph(struct docx_fields *fields);
bool docx_fields_in_instruction(const struct docx_fields *fields);
/* In the result of a table of contents? */
bool docx_fields_in_contents(const struct docx_fields *fields);

#endif
