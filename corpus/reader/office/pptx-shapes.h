/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pptx-shapes.h - what stands on a slide, in notes, on a layout: shapes with their
 * place and their lines of text.
 */
#ifndef CORPUS_PPTX_SHAPES_H
#define CORPUS_PPTX_SHAPES_H

#include "corpus/reader/manuscript/item.h"	/* the marks in a line's text */
#include "corpus/reader/office/ooxml.h"

#define PPTX_LEVELS 9
#define PPTX_SHAPES_MAX 20000	/* of one slide */
#define PPTX_LINES_MAX 200000	/* of one slide */

enum placeholder {
	PLACEHOLDER_NONE,	/* a shape of the author's own */
	PLACEHOLDER_TITLE, PLACEHOLDER_SUBTITLE, PLACEHOLDER_BODY,
	PLACEHOLDER_DATE,
	PLACEHOLDER_FURNITURE,	/* footer, number */
};

enum bullet { BULLET_UNSAID, BULLET_NONE, BULLET_SIGN, BULLET_NUMBER };

/* What a list of levels says of bullets: enum bullet for each. */
struct pptx_bullets {
	guint8 levels[PPTX_LEVELS];
};

/* A paragraph, or a row of a table. */
struct pptx_line {
	GString *text;
	int level;		/* from 0 */
	enum bullet bullet;	/* as the paragraph itself says */
	char *sign;		/* of a bullet; or the scheme of a number ("arabicPeriod"); or NULL */
	int start;		/* of a number */
	bool row;
};

struct pptx_shape {
	enum placeholder placeholder;
	int index;		/* of the placeholder; -1 */
	double x, y, width, height;	/* on the slide, EMU; placed says whether they are known */
	bool placed, hidden;
	int row;		/* on the slide, from 1, once the shapes are put in order; 0 */
	struct pptx_bullets bullets;	/* the shape's own list of levels */
	GPtrArray *lines;	/* struct pptx_line */
	char *diagram, *chart;	/* relationships of what is drawn in it, or NULL */
};

struct pptx_slide {
	GPtrArray *shapes;	/* struct pptx_shape, in the file's order */
	bool hidden;
	struct pptx_bullets body;	/* of a master: how text is set */
};

/* Reads slides, notes, layouts and masters alike. NULL with error set: as xml_read; where shapes came before
 * the damage, they are handed out with the error. */
struct pptx_slide *pptx_slide_new(struct package *package, const char *path, const char *part, GError **error);
void pptx_slide_free(struct pptx_slide *slide);
typedef struct pptx_slide PptxSlide;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PptxSlide, pptx_slide_free)

struct pptx_line *pptx_line_new(void);
void pptx_line_free(gpointer line);

#endif
