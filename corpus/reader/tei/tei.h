/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tei.h - what the files of the TEI reader share.
 *
 *   tei.c       the elements as they come, and the documents of a file
 *   teihead.c   the header: title, date, publisher, language, meeting
 *   teiwho.c    people and organisations, and who speaks by a reference
 *   teibody.c   the text: divisions, utterances, paragraphs, notes
 *   teiwords.c  the running text of tokens (w, pc)
 */
#ifndef CORPUS_READER_TEI_H
#define CORPUS_READER_TEI_H

#include "corpus/corpus.h"
#include "corpus/reader/draft.h"
#include "corpus/reader/xml.h"

enum tei_element {
	TEI_OTHER,	/* transparent: its text is its parent's */
	TEI_CORPUS, TEI_TEI, TEI_HEADER, TEI_TEXT, TEI_BODY, TEI_MUTE,
	/* of the header */
	TEI_TITLE_STMT, TEI_SOURCE_DESC, TEI_PUBLICATION_STMT, TEI_BIBL, TEI_SETTING, TEI_TITLE, TEI_MEETING, TEI_AUTHOR,
	TEI_PUBLISHER, TEI_DATE, TEI_IDNO, TEI_NAME, TEI_LANGUAGE,
	/* people and organisations */
	TEI_PERSON, TEI_PERS_NAME, TEI_SURNAME, TEI_FORENAME, TEI_NAME_LINK, TEI_ROLE_NAME, TEI_AFFILIATION,
	TEI_ORG, TEI_ORG_NAME,
	/* of the text */
	TEI_DIV, TEI_HEAD, TEI_P, TEI_SEG, TEI_U, TEI_SP, TEI_SPEAKER, TEI_LIST, TEI_ITEM, TEI_LABEL, TEI_TABLE, TEI_ROW, TEI_CELL,
	TEI_QUOTE, TEI_NOTE, TEI_COMMENT, TEI_FIGURE, TEI_PB, TEI_LB, TEI_GAP, TEI_CHOICE, TEI_SIC, TEI_S, TEI_W, TEI_PC,
	TEI_TIMELINE, TEI_WHEN, TEI_ANCHOR, TEI_FORMULA,
	N_TEI_ELEMENTS
};

struct tei_frame {
	enum tei_element element;
	gsize from;		/* of tei.gathered, where its text begins */
	bool gathers, mutes;	/* its text goes to tei.gathered; nowhere */
	bool block;		/* it opened a block of the draft */
	bool foot;		/* a note at the foot of the page */
	bool speaker;		/* a note that names who speaks */
};

struct tei_who;
struct tei_head;
struct tei_body;

struct tei {
	const char *path;
	struct document *doc;		/* the one at hand; NULL between them */
	struct draft *draft;
	GPtrArray *documents;		/* finished ones */
	GError *failure;		/* a document was too large */

	struct tei_frame frames[XML_DEPTH_MAX + 1];
	guint depth;			/* frames in use */
	guint gathering, muted;		/* frames that are so */
	guint tokens_open;		/* frames that are tokens */
	bool in_header, in_text;
	bool akoma;			/* Akoma Ntoso: other names for the same */
	GString *gathered;
	GString *value;			/* of an attribute */

	struct tei_head *head;
	struct tei_who *who;
	struct tei_body *body;
};

/* The frame at hand, and that of its parent. */
#define tei_top(tei) (&(tei)->frames[(tei)->depth - 1])
#define tei_parent(tei) (&(tei)->frames[(tei)->depth > 1 ? (tei)->depth - 2 : 0])
bool tei_is_within(const struct tei *tei, enum tei_element element);
/* The text of the frame at hand, without white space at its ends and with single blanks
 * inside; NULL for none. g_free it. */
char *tei_text(const struct tei *tei);
/* "#Bell", "persons.xml#Bell", "pers:Bell": "Bell"; of several, the first. */
const char *tei_reference(const char *s, GString *buffer);

/* ---- teihead.c ---- */
struct tei_head *tei_head_new(void);
void tei_head_free(struct tei_head *head);
void tei_head_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes);
void tei_head_end(struct tei *tei, enum tei_element element);
/* Sets what the header said; also what that of the corpus did. */
void tei_head_apply(struct tei *tei);
/* Another document of the corpus begins: what was said of the last one alone is forgotten. */
void tei_head_next(struct tei *tei);
void tei_head_language(struct tei *tei, const char *language);
const char *tei_head_language_of(const struct tei *tei);	/* "sl", or NULL */
const char *tei_head_date(const struct tei *tei);	/* ISO 8601, or NULL */

/* ---- teiwho.c ---- */
struct tei_who *tei_who_new(void);
void tei_who_free(struct tei_who *who);
void tei_who_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes);
void tei_who_end(struct tei *tei, enum tei_element element);
/* The person of a reference (u/@who), added to the document's people where it is new there;
 * -1 where nothing says who it is. inferred: only the reference itself names them. */
int tei_who_speaks(struct tei *tei, const char *reference, bool *inferred);
/* A label that holds all the words of an inferred name: it says in which order they are said, and who it is. */
bool tei_who_confirmed(struct tei *tei, int person, const char *label);
void tei_who_presides(struct tei *tei, int person);
void tei_who_next(struct tei *tei);

/* ---- teibody.c ---- */
struct tei_body *tei_body_new(void);
void tei_body_free(struct tei_body *body);
void tei_body_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes);
void tei_body_text(struct tei *tei, const char *s, gsize len);
void tei_body_end(struct tei *tei, enum tei_element element);
void tei_body_finish(struct tei *tei);

/* ---- teiwords.c ---- */
struct tei_words {
	guint tokens;		/* of the open block so far */
	bool joined;		/* the next token stands right behind the last */
	bool joins;		/* the file says where tokens are joined */
	bool mark, before, begun;	/* the one at hand is punctuation, is joined to the one before, has text */
};
/* Is the frame at hand, or the one around it, a token? */
#define tei_is_within_token(tei) ((tei)->tokens_open > 0)
void tei_words_start(struct tei *tei, struct tei_words *words, enum tei_element element, const struct xml_attributes *attributes);
void tei_words_text(struct tei *tei, struct tei_words *words, const char *s, gsize len);

#endif
