/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-styles.h - what the styles of an OpenDocument file say of paragraphs, of
 * stretches of text, and of the numbers of lists.
 */
#ifndef CORPUS_READER_ODF_STYLES_H
#define CORPUS_READER_ODF_STYLES_H

#include "corpus/document.h"
#include "corpus/reader/xml.h"

#define ODF_STYLES_MAX 50000
#define ODF_STYLE_DEPTH_MAX 32	/* of styles based on others */
#define ODF_LIST_LEVELS 10

enum odf_role { ODF_PLAIN, ODF_TITLE, ODF_HEADING, ODF_QUOTATION, ODF_CODE };

struct odf_look {
	enum odf_role role;
	int outline;		/* 1..10; 0: none */
	bool hidden, breaks_before, breaks_after;	/* a page begins before, behind */
};

struct odf_styles;
struct odf_styles *odf_styles_new(void);
void odf_styles_free(struct odf_styles *styles);

/* An element of <office:styles>, <office:automatic-styles> or what they hold. */
void odf_styles_start(struct odf_styles *styles, const char *name, const struct xml_attributes *attributes);
void odf_styles_end(struct odf_styles *styles, const char *name);

/* With all that it takes from those that it is based on; name may be NULL. */
struct odf_look odf_paragraph_look(struct odf_styles *styles, const char *name);
bool odf_text_is_hidden(struct odf_styles *styles, const char *name);
bool odf_slide_is_hidden(struct odf_styles *styles, const char *name);

/* A list begins at this level (from 1): its numbers begin anew. style may be NULL or unknown. */
void odf_list_restart(struct odf_styles *styles, const char *style, int level);
/* The label of the next item there: "2.1.", "b)", "-"; "" where its items have none. value: its own
 * number, or -1. style NULL: of headings. The buffer is overwritten. */
const char *odf_list_label(struct odf_styles *styles, const char *style, int level, gint64 value, GString *buffer);

#endif
