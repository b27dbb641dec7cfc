/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fields.h - the one table of fields: what a passage can be filtered by, under
 * which name, and which terms stand for it in the index. Indexer, query
 * parser, command options, help and man page are made from it.
 *
 * A field's term is its prefix and the value's key (analysis_key; for kinds,
 * types, languages the contract's own spelling; for dates 20171023, 201710 or
 * 2017; for pages the number), at most FIELD_TERM_MAX_BYTES long. Words of the text have no
 * prefix and never begin with a capital.
 */
#ifndef INDEXER_FIELDS_H
#define INDEXER_FIELDS_H

#include <glib.h>
#include <stdbool.h>

#define FIELD_TERM_MAX_BYTES 240

enum field_match {
	FIELD_WORDS,	/* any part of the value that is a whole word or words: "mokoena", "panel ii"; or "=" and all of it */
	FIELD_NAME,	/* one of the contract's fixed names: "quote" */
	FIELD_DATE,	/* 2017, 2017-10, 2017-10-23, and A..B, A.., ..B */
	FIELD_NUMBER,	/* 12, and 3..5 */
};

enum field_id {
	FIELD_SPEAKER, FIELD_PANEL, FIELD_DOCUMENT, FIELD_KIND, FIELD_TYPE,
	FIELD_ORGANISATION, FIELD_COUNTRY, FIELD_LANGUAGE, FIELD_YEAR,
	FIELD_DATE_, FIELD_SECTION, FIELD_PAGE, FIELD_EVENT,
	N_FIELDS
};

struct field {
	enum field_id id;
	const char *name;	/* in queries, and the long option where option is true */
	const char *alias;	/* a second name, or NULL */
	const char *prefix;	/* of its terms */
	enum field_match match;
	bool option;		/* is there a --NAME on the command line? */
	const char *what;	/* one line of help */
	const char *example;
};

extern const struct field fields[N_FIELDS];

/* By name or alias, case-insensitively; NULL if there is none. */
const struct field *field_find(const char *name, gsize len);

/* Sets out to the field's term for a value (already in its key form). */
void field_term(const struct field *field, const char *key, GString *out);

/* What stands behind it in a value tells it from other values with the same words, but is no part of it that alone can
 * be asked for: of which event a panel is. */
#define FIELD_APART '\n'

/* Before a value of FIELD_WORDS that is asked for: no part of another value will do. */
#define FIELD_WHOLE '='

/* The key of a value of FIELD_WORDS (analysis_key of both its parts). g_free it. */
struct analysis;
char *field_key(struct analysis *analysis, const char *value);

/* The value in one line: "Panel I: Lamps - Lantern Days". g_free it. */
char *field_shown(const char *value);

/* A panel's value: label and title, and apart the event, else the document's title or id. NULL where it has
 * neither label nor title. g_free it. */
struct document;
struct panel;
char *fields_panel_value(const struct document *doc, const struct panel *panel);

/* The i-th of the contract's fixed names for kind and type; NULL beyond the
 * last and for other fields. Static. */
const char *field_value_name(const struct field *field, unsigned i);

/* Does one value (one end of a range, in the spelling of the contract) make
 * sense for the field? Any words do for FIELD_WORDS. */
bool field_accepts(const struct field *field, const char *value);

/* Appends what the values of the field look like, for messages and help. */
void field_describe_values(const struct field *field, GString *out);

/* What is searched beside the words of a passage: the headings above it, the
 * document's title and authors, the panel, the speaker. weight is in units of which a word of the text has
 * FIELD_TEXT_WEIGHT. */
#define FIELD_TEXT_WEIGHT 8
enum searched_field {
	SEARCHED_TEXT,		/* the passage's own; not among those that are given */
	SEARCHED_HEADING, SEARCHED_TITLE, SEARCHED_AUTHORS, SEARCHED_PANEL, SEARCHED_SPEAKER, SEARCHED_ROLE,
	SEARCHED_ORGANISATION, SEARCHED_COUNTRY,
	N_SEARCHED
};
/* "text", "heading", ...; static. */
const char *searched_name(enum searched_field field);
struct passage;
typedef void field_text_fn(enum searched_field field, const char *text, guint weight, void *data);
void fields_each_text(const struct document *doc, const struct passage *passage,
                      field_text_fn *fn, void *data);

/* The values that a passage can be filtered by. FIELD_WORDS: as written, to be brought into
 * key form; dates as the document has them, each day of a conference of up to
 * two weeks (of a longer one its first and its last); else the key itself. Dates are
 * given as FIELD_DATE_ only: FIELD_YEAR has the same terms. */
typedef void field_value_fn(enum field_id id, const char *value, void *data);
void fields_each_value(const struct document *doc, const struct passage *passage,
                       field_value_fn *fn, void *data);

/* The prefix of the term that all passages of one source file share. */
#define SOURCE_PREFIX "XF"

#endif
