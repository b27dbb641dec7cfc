/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-lists.h - the numbers that a word processor prints before paragraphs: they are
 * not in the file, but counted from the definitions of numbering.xml.
 *
 *   <w:num w:numId="3">  -->  <w:abstractNum>: level 0 "%1."   level 1 "%1.%2"  ...
 *
 * All lists of one definition count together, unless one says where it starts.
 */
#ifndef CORPUS_DOCX_LISTS_H
#define CORPUS_DOCX_LISTS_H

#include "corpus/reader/office/docx-styles.h"
#include "corpus/reader/office/ooxml.h"

#define DOCX_LIST_LEVELS 9
#define DOCX_LISTS_MAX 100000
#define DOCX_LABEL_MAX_BYTES 120

struct docx_lists;
/* Reads the part, which may be NULL. What is damaged counts as missing, with a warning. */
struct docx_lists *docx_lists_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings);
void docx_lists_free(struct docx_lists *lists);
typedef struct docx_lists DocxLists;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocxLists, docx_lists_free)

/* The label of the next paragraph of the list at that level ("2.1", "(a)", "•"), which is counted;
 * "" where it has none or there is no such list. bullet (or NULL): it is no number. Borrowed until
 * the next call. */
const char *docx_lists_next(struct docx_lists *lists, struct docx_styles *styles, int list, int level, bool *bullet);

/* The style (numerals.h) of a format of Office ("lowerRoman", "upperLetter", ...; NULL and others: decimal). */
char docx_numeral(const char *format);

#endif
