/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-styles.h - what the styles of a text document say of its paragraphs and runs.
 *
 * A style is told by its outline level, or by its name: Word writes the English name
 * of a built-in style in all languages, other programs write their own, and where the
 * part is missing only the ids are left ("berschrift1").
 */
#ifndef CORPUS_DOCX_STYLES_H
#define CORPUS_DOCX_STYLES_H

#include "corpus/reader/office/ooxml.h"

#define DOCX_STYLES_MAX 20000
#define DOCX_STYLE_DEPTH_MAX 32	/* of styles based on others */

enum docx_role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_HEADING,		/* of contents and the like, without a level of its own */
	ROLE_QUOTATION,
	ROLE_CONTENTS,		/* an entry of a table of contents or of figures */
	ROLE_CODE,
};

struct docx_style {
	enum docx_role role;
	int outline;		/* 1..9; 0: body text; -1: not said */
	int list, list_level;	/* number of the list, 0 for none, -1: not said; level from 0 */
	bool hidden;
};

struct docx_styles;
/* Reads the part, which may be NULL. What is damaged counts as missing, with a warning. */
struct docx_styles *docx_styles_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings);
void docx_styles_free(struct docx_styles *styles);
typedef struct docx_styles DocxStyles;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocxStyles, docx_styles_free)

/* The style of that id with what it takes from those it is based on; the default of paragraphs for NULL.
 * Never NULL. Borrowed. */
const struct docx_style *docx_style(struct docx_styles *styles, const char *id);

#endif
