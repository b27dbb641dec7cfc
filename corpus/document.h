/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * document.h - the model: what a conference document is once it was read.
 *
 * Plain data. A stage of corpus/ fills its part once and hands the document
 * on; after the last stage it is only read. Everything here belongs to the
 * document and dies with it (document_free); strings are interned in its
 * arena with document_string(). An index of -1 means "none" throughout.
 *
 *   text     "Panel I\n\nMr X said ...\n"      UTF-8, as extracted; "_" for names that are not kept
 *   blocks   [heading][paragraph.....]         what the text consists of
 *   passages [ranges of text][kind][speaker]   what is searched and cited
 *
 * All offsets are UTF-8 bytes into document.text. Pages and slides count
 * from 1; 0 means that the format has none.
 */
#ifndef CORPUS_DOCUMENT_H
#define CORPUS_DOCUMENT_H

#include <glib.h>
#include <stdbool.h>

/* Half-open: [start, end). */
struct range {
	guint32 start, end;
};

enum block_kind {
	BLOCK_HEADING,		/* level 1.. */
	BLOCK_PARAGRAPH,
	BLOCK_LIST_ITEM,
	BLOCK_TABLE_ROW,
	BLOCK_CAPTION,		/* name and function under a quotation or a picture; level 1: above
				 * the account of what that person said */
	BLOCK_PULL_QUOTE,	/* words set off by the layout */
	BLOCK_QUOTATION,	/* an indented or marked quotation */
	BLOCK_FOOTNOTE,
	BLOCK_CODE,
	BLOCK_SLIDE_BREAK,
	BLOCK_PAGE_BREAK,
	BLOCK_FURNITURE,	/* running heads and feet, page numbers, ornaments */
	BLOCK_LABEL,		/* names whose speech follows ("Mr X (Kenya):") */
};

/* What a stretch of the document is for; decides the kind of its passages. */
enum zone {
	ZONE_BODY,
	ZONE_CONTENTS,		/* table of contents */
	ZONE_AGENDA,
	ZONE_PEOPLE,		/* list of speakers or participants */
	ZONE_REFERENCES,
	ZONE_IMPRINT,
	ZONE_FRONT_MATTER,
};

struct block {
	enum block_kind kind;
	enum zone zone;
	int level;		/* of a heading: 1 is the highest; of a list item: its depth; else 0 */
	struct range *ranges;	/* the pieces of text, in reading order; never overlapping */
	guint n_ranges;
	int section;		/* index into sections */
	int panel;		/* index into panels */
	int page, slide;	/* where it begins */
	const char *page_label;	/* printed page number, or NULL */
	const char *label;	/* of a list item: "1.", "(a)"; of BLOCK_LABEL: the name as printed, NULL where it
				   ends a piece of a transcript; else NULL */
	bool nameless;		/* held without names: corpus/anonymity */
	bool notes;		/* speaker notes below a slide */
	bool timed;		/* of a recording: time_ms holds */
	guint32 time_ms;	/* where it begins in the recording */
};

/* What a person says of the names in a document or panel. */
enum policy {
	POLICY_STATED,		/* nothing: the document's own statement holds */
	POLICY_NAMED,		/* they are kept, whatever it states */
	POLICY_NONE,		/* they are not */
};

struct person {
	const char *name;		/* canonical: without honorifics */
	const char *honorific;		/* "H.E. Lt. Gen.", or NULL */
	const char *role;		/* "Minister", or NULL */
	const char *organisation;	/* or NULL */
	const char *country;		/* or NULL */
	bool body;			/* an organisation, a delegation, not a human being */
	const char **forms;		/* as printed, NULL-terminated, or NULL */
	bool corrected;			/* the catalogue speaks of them: each form serves as their name */
};

struct panel {
	const char *label;	/* "Panel II", or NULL */
	const char *title;	/* or NULL */
	const char *date;	/* ISO 8601, or NULL */
	int moderator;		/* index into people */
	int *listed;		/* people named for it, in the document's order */
	guint n_listed;
	enum policy policy;
	bool nameless;		/* all of it is held without names */
};

/* From this byte of the text on, the recording is at that time. */
struct time_mark {
	guint32 offset, time_ms;
};

/* A piece of what somebody says, where the format itself says who speaks. */
struct stated_turn {
	guint first, end;	/* blocks */
	guint begins;		/* the block with which the whole turn begins */
	int speaker;		/* index into people; -1: not known, or only by the label */
	int label;		/* block with the printed name; -1: none */
	bool inferred;		/* the format's reference is all that names the speaker */
};

struct section {
	int parent;		/* index into sections, always lower than its own */
	int level;
	const char *title;	/* without markup and numbering of pages */
};

/* The numbers of these four are part of the index format: append only. */
enum passage_kind {
	KIND_QUOTE, KIND_SPEECH, KIND_AUTHORED, KIND_SLIDE,
	KIND_REPORTED, KIND_NARRATIVE, KIND_REFERENCE, KIND_LISTING,
	N_KINDS
};
enum evidence {
	EVIDENCE_NONE, EVIDENCE_CAPTION, EVIDENCE_LABEL, EVIDENCE_BYLINE,
	EVIDENCE_PRESENTER, EVIDENCE_NARRATIVE, EVIDENCE_CATALOGUE,
	N_EVIDENCES
};
enum certainty { CERTAINTY_NONE, CERTAINTY_STATED, CERTAINTY_INFERRED, N_CERTAINTIES };
enum document_type {
	TYPE_REPORT, TYPE_BACKGROUND_PAPER, TYPE_SLIDES, TYPE_STATEMENT,
	TYPE_TRANSCRIPT, TYPE_AGENDA, TYPE_OTHER,
	N_TYPES
};

struct attribution {
	int speaker;		/* index into people; -1: nobody */
	enum evidence evidence;
	enum certainty certainty;
	struct range range;	/* where the evidence stands */
	const char *source;	/* of EVIDENCE_CATALOGUE: the catalogue and its group; else NULL */
	int *candidates;	/* people between whom nothing decided; NULL where there are none */
	guint n_candidates;
};

/* Words in quotation marks inside a passage, with who said them. */
struct quotation {
	struct range range;	/* of the words, without the marks */
	struct attribution attribution;
};

#define PASSAGE_ID_SIZE 16

struct passage {
	char id[PASSAGE_ID_SIZE];	/* 10 hexadecimal digits, of its words; "-2" behind where the words recur */
	enum passage_kind kind;
	int section, panel;
	int page, slide;		/* where it begins */
	const char *page_label;
	struct attribution attribution;
	bool nameless;			/* of a part held without names: whoever speaks is not told */
	bool notes;			/* speaker notes below a slide, not the slide itself */
	bool timed;			/* of a recording: time_ms holds */
	guint32 time_ms;		/* where it begins in the recording */
	struct range *ranges;		/* at least one; in reading order */
	guint n_ranges;
	struct quotation *quotations;
	guint n_quotations;
};

struct document {
	const char *id;			/* slug, unique in the index */
	const char *title;		/* never NULL: the id where the file has none */
	enum document_type type;
	const char *event, *date, *date_end, *place, *publisher;	/* each or NULL; dates ISO 8601, possibly only "2017" or "2017-10" */
	const char *authors;		/* "; " between them, or NULL */
	const char *language;		/* ISO 639-1, or NULL where it could not be told */
	const char *url;
	const char *access;		/* "public" or "restricted:GROUP"; never NULL */
	enum policy policy;
	bool nameless;			/* all of it is held without names */
	const char *path;		/* of the file, as given */
	const char *format;		/* "text", "pdf", ...: reader.h */
	bool upright;			/* its pages are higher than broad, as those of slides are not; known while it is read */
	const char *file_title, *file_date, *file_authors;	/* as the file's own properties say; used where
					   the text says nothing better; each or NULL */
	const char *const *furniture;	/* running heads and feet that were taken out, each once, as
					   first printed; NULL-terminated; or NULL */

	const char *text;		/* not NUL-terminated */
	gsize text_bytes;
	GBytes *text_owner;		/* keeps text alive */

	GArray *blocks;			/* struct block */
	GArray *people;			/* struct person */
	int chair;			/* who presides over the meeting when it opens; -1: it is not said */
	GArray *panels;			/* struct panel */
	GArray *sections;		/* struct section */
	GArray *passages;		/* struct passage, in document order */
	GArray *times;			/* struct time_mark, ascending; or NULL */
	GArray *turns;			/* struct stated_turn, in the order of their blocks; or NULL */

	GStringChunk *strings;		/* the arena; see document_string, document_alloc */
	GPtrArray *memory;
};

/* An empty document: id, title and path "" (never NULL), type other, access public. */
struct document *document_new(void);
void document_free(struct document *doc);
typedef struct document Document;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

/* Interns len bytes (-1: up to the NUL) in the arena. NULL gives NULL. */
const char *document_string(struct document *doc, const char *s, gssize len);
/* Zeroed memory that dies with the document. */
void *document_alloc(struct document *doc, gsize bytes);

#define document_block(doc, i) (&g_array_index((doc)->blocks, struct block, (i)))
#define document_person(doc, i) (&g_array_index((doc)->people, struct person, (i)))
#define document_panel(doc, i) (&g_array_index((doc)->panels, struct panel, (i)))
#define document_section(doc, i) (&g_array_index((doc)->sections, struct section, (i)))
#define document_passage(doc, i) (&g_array_index((doc)->passages, struct passage, (i)))

/* Gives people their new places in every panel and attribution, -1: none; whoever
 * calls moves the people themselves. */
void document_renumber_people(struct document *doc, const int *moved);

/* True where a part of it, or all, is held without names. */
bool document_is_nameless(const struct document *doc);

/* True where section `inner` is `outer` or one of its parts. */
bool section_is_within(const struct document *doc, int inner, int outer);

/* What stands between two neighbouring ranges of one block or passage when
 * their text is put together: "" where the text between them is nothing but
 * inline markup (the characters * _ ` ~ without white space), else "\n". */
const char *ranges_joiner(const char *text, struct range before, struct range after);
/* Appends the text of the ranges, put together. */
void ranges_text(const char *text, const struct range *ranges, guint n, GString *out);
/* Takes an offset in such put-together text back to one in the document. An
 * offset inside a joiner gives the start of the range behind it. */
guint32 ranges_offset(const char *text, const struct range *ranges, guint n, gsize offset);

/* The ranges of [from, to) of ranges in document offsets; appends to out. */
void ranges_cut(const struct range *ranges, guint n, guint32 from, guint32 to, GArray *out);

/* True for the kinds whose words are the speaker's own: quote, speech, authored. */
bool kind_is_verbatim(enum passage_kind kind);

/* Names as the contract spells them ("background-paper"), and back; *_parse
 * gives -1 for what is none. */
const char *kind_name(enum passage_kind kind);
int kind_parse(const char *name);
const char *evidence_name(enum evidence evidence);	/* "" for EVIDENCE_NONE */
const char *certainty_name(enum certainty certainty);	/* "" for CERTAINTY_NONE */
const char *type_name(enum document_type type);
int type_parse(const char *name);

#endif
