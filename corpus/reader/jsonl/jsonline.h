/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jsonline.h - one line of a JSONL collection as its fields.
 */
#ifndef CORPUS_JSONLINE_H
#define CORPUS_JSONLINE_H

#include <glib.h>
#include <stdbool.h>

enum json_field {
	JSON_ID, JSON_TITLE, JSON_TEXT, JSON_SPEAKER, JSON_ROLE, JSON_ORGANISATION, JSON_COUNTRY,
	JSON_PANEL, JSON_DATE, JSON_LANGUAGE, JSON_DOC, JSON_URL, JSON_EVENT, JSON_PLACE,
	JSON_PUBLISHER, JSON_AUTHORS, JSON_TYPE, JSON_KIND, JSON_PAGE, JSON_SLIDE, JSON_TIME,
	N_JSON_FIELDS
};

/* Not NUL-terminated; s is NULL where the record has no such field, or one of
 * another type than a string or an integer. A time may also be a number with a fraction: then it
 * has three digits behind the point. */
struct json_slice {
	const char *s;
	gsize len;
};

struct json_line {
	struct json_slice fields[N_JSON_FIELDS];
	GString *scratch;	/* strings that had escapes */
	void *tree;		/* of jansson, where it read the line */
};

void json_line_init(struct json_line *line);
void json_line_clear(struct json_line *line);

/* Reads one object. s must be UTF-8; the fields point into it or belong to the
 * line, until the next call. What is not a JSON object is a SYNTAX error whose
 * message says why ("line" and file are the caller's). */
bool json_line_read(struct json_line *line, const char *s, gsize len, GError **error);

/* The same through jansson alone: what the quick way is tested against. */
bool json_line_read_plain(struct json_line *line, const char *s, gsize len, GError **error);

#endif
