/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rapporteur.h - search conference corpora, and know who said what.
 *
 * Ownership, for the whole library: what rap_open, rap_search, rap_show and
 * rap_list return is yours until you give it to the matching free or close
 * function (which take NULL). Everything inside a RapResults belongs to it and
 * lives as long as it does, also after the index was closed. What you pass in
 * is only read during the call.
 *
 * A RapIndex may be used by one thread at a time; open one per thread.
 * All text is UTF-8. Offsets are bytes. Pages, slides and ranks count from 1;
 * 0 means there is none. A pointer documented as "or NULL" may be NULL, every
 * other one is not.
 */
#ifndef RAPPORTEUR_H
#define RAPPORTEUR_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

/* The version of the library, "0.1.0". Static. */
const char *rap_version(void);

/* Errors say what you can do. */
#define RAP_ERROR (rap_error_quark())
GQuark rap_error_quark(void);
typedef enum {
	RAP_ERROR_NOT_FOUND,	/* there is no such index, document, passage */
	RAP_ERROR_LOCKED,	/* somebody else writes: wait */
	RAP_ERROR_CHANGED,	/* the index kept changing: try again */
	RAP_ERROR_CORRUPT,	/* the index is damaged: restore or rebuild it */
	RAP_ERROR_VERSION,	/* the index is of another version: rebuild it */
	RAP_ERROR_TOO_LARGE,	/* over a limit that the message names */
	RAP_ERROR_SYNTAX,	/* an option has a value that makes no sense */
	RAP_ERROR_DENIED,	/* no permission */
	RAP_ERROR_UNSUPPORTED,	/* not possible with this index */
	RAP_ERROR_IO,		/* the system failed */
} RapError;

/* --- what is found ---------------------------------------------------------- */

typedef enum {
	RAP_KIND_QUOTE, RAP_KIND_SPEECH, RAP_KIND_AUTHORED, RAP_KIND_SLIDE,
	RAP_KIND_REPORTED, RAP_KIND_NARRATIVE, RAP_KIND_REFERENCE, RAP_KIND_LISTING
} RapKind;
/* "quote", ...; static. */
const char *rap_kind_name(RapKind kind);

typedef struct {
	size_t start, end;	/* half-open, bytes in the document's extracted text */
} RapRange;

typedef struct {
	const char *name;
	const char *honorific, *role, *organisation, *country;	/* each or NULL */
	bool body;		/* an organisation, not a person */
} RapPerson;

typedef struct {
	const char *id, *title, *type, *path;
	const char *event, *date, *publisher, *language, *url, *place, *authors;	/* each or NULL */
	const char *const *furniture;	/* running heads and feet: in no passage; NULL-terminated */
	size_t passages;	/* how many; only in lists of documents, else 0 */
} RapDocument;

typedef struct {
	const char *label, *title, *moderator, *date;	/* each or NULL */
} RapPanel;

typedef struct {
	const char *text;		/* without the marks */
	const RapPerson *speaker;	/* or NULL */
	RapRange range;
	const char *evidence, *certainty;	/* as of a passage; NULL where there is no speaker */
	RapRange evidence_range;
} RapQuotation;

typedef struct {
	const char *id;			/* "document/5f0c9a71d2" */
	const RapDocument *document;
	const RapPanel *panel;		/* or NULL */
	const char *const *section;	/* headings, outermost first, NULL-terminated */
	const RapPerson *speaker;	/* or NULL: nobody */
	RapKind kind;
	bool verbatim;			/* the speaker's own words */
	const char *evidence;		/* "caption", ...; or NULL where there is no speaker, unless the
					   catalogue says so */
	const char *certainty;		/* "stated" or "inferred"; or NULL */
	RapRange evidence_range;
	const char *evidence_text;	/* what stands there, in its surroundings, or the catalogue and its
					   group; show gives it for the passage asked for, else NULL */
	const RapPerson *const *candidates;	/* between whom nothing decided; NULL-terminated */
	int page, slide;
	const char *page_label;		/* printed, or NULL */
	const char *text;		/* the whole passage */
	const RapRange *ranges;		/* where it stands */
	size_t n_ranges;
	const RapQuotation *quotations;
	size_t n_quotations;
	const char *citation;		/* one line for a footnote, worded by the kind */
	bool notes;			/* speaker notes below the slide, not the slide itself */
	bool timed;			/* of a recording: time_ms holds */
	unsigned time_ms;		/* where it begins in the recording */
} RapPassage;

typedef struct {
	const char *text;
	bool match;
} RapSegment;

/* Matches that have a document, panel or speaker in common. */
typedef struct {
	const char *value;	/* the document's id, the panel as facets have it, the speaker's name */
	size_t matches;		/* passages */
	double weight;		/* how much they say: each counts by the cube of its share of the best score */
} RapGroup;

typedef struct {
	const char *field;	/* "text", "heading", "title", "authors", "panel", "speaker", "role", "organisation", "country" */
	size_t times;		/* how often it stands there */
	double score;		/* its part of the reason's */
} RapPlace;

/* What one word, or what is beside the words, gave to a hit's score, which is the sum of its reasons' scores
 * (but for the rounding to 24 bits). score = rarity * density * share * impact. */
typedef struct {
	const char *word;	/* as asked: labour, "exact phrase", migr*; NULL for a factor */
	const char *as;		/* as what else it was looked for, or which part of it; or NULL; of an expansion the word */
	const char *terms;	/* as what the index has it, with blanks between */
	const char *factor;	/* NULL for a word; "closeness": how many of the words stand in the text and how near each
				   other, or as typed; "expansion": a word that the best passages have in common, with all that
				   is said of a word; "verbatim": the words themselves took the place of an account of them */
	double rarity;		/* the fewer passages have it, the more; of no word 1 */
	double density;		/* the more it is what those passages are about, the more; of no word 1 */
	double share;		/* of what a word weighs: below 1 what it is else looked for as, and what hardly says
				   what is asked for; of a factor what it can give at most */
	double impact;		/* 0 to 1: how much the passage is about it; of a factor how much of it holds */
	double score;
	const RapPlace *places;	/* of a word: where it stands */
	size_t n_places;
} RapReason;

typedef struct {
	size_t rank;
	double score;
	RapPassage passage;
	const RapSegment *snippet;	/* pieces of passage.text, in order, contiguous */
	size_t n_snippet;
	bool cut_before, cut_after;	/* does the passage go on beyond the snippet? */
	const char *const *also_in;	/* ids of its near-duplicates that may be read and that the filters let
					   through, by document and place, NULL-terminated; none with
					   keep_duplicates, no_hits_text or for documents */
	const RapGroup *group;		/* what it stands for; NULL without group_by */
	const RapReason *reasons;	/* only with explain: words, what gave most first, then the rest */
	size_t n_reasons;
} RapHit;

typedef struct {
	const char *value;
	size_t count;
} RapCount;

typedef struct {
	const char *field;	/* "speaker", "panel", "document", "kind", ... */
	const RapCount *counts;	/* most frequent first, then by value: as many as were asked for */
	size_t n_counts;
	size_t n_values;	/* how many there are */
} RapFacet;

typedef struct {
	const char *query;			/* as given */
	const char *interpretation;		/* as understood; as what else a word was looked for stands behind it,
						   "labour{~labor}", and is passed over when this is asked again */
	const char *suggestion;			/* the query with the words that were meant; or NULL */
	const char *const *warnings;		/* NULL-terminated */
	size_t total;				/* passages that match, those that are folded into others, too; documents for
						   RAP_UNIT_DOCUMENT */
	bool total_is_exact;
	double took_ms;
	const char *const *expansion;		/* with expand: the words added, best first; else NULL */
	const RapHit *hits;
	size_t n_hits;
	const RapFacet *facets;			/* only with want_facets */
	size_t n_facets;
	bool facets_are_exact;			/* false: estimates, where only the text can decide (a phrase with
						   many candidates); or counted over the best matches only */
	size_t groups;				/* how many there are; only with group_by */
	bool arranged_all;			/* false: only the best matches were sorted or grouped */
} RapResults;

/* --- asking ------------------------------------------------------------------ */

typedef struct RapIndex RapIndex;

/* Opens the index in a folder for reading: its public part and that of the
 * access groups named (NULL-terminated, or NULL for none).
 * Errors: NOT_FOUND, VERSION, CORRUPT, DENIED, IO. */
RapIndex *rap_open(const char *path, const char *const *groups, GError **error);
void rap_close(RapIndex *index);

/* Reads a file of synonyms for the searches to come, in place of an earlier one; NULL: none. A line is a group of
 * words and phrases with commas between, any of which finds the others, or "these => those"; # begins a
 * comment. Errors: NOT_FOUND, DENIED, IO, SYNTAX (with the line), TOO_LARGE. */
bool rap_read_synonyms(RapIndex *index, const char *path, GError **error);

typedef enum { RAP_UNIT_PASSAGE, RAP_UNIT_DOCUMENT } RapUnit;

/* By date: of its panel, else of its document; what has none comes last. Equal dates, and
 * RAP_SORT_DOCUMENT, go by document id and place. */
typedef enum { RAP_SORT_RELEVANCE, RAP_SORT_DATE, RAP_SORT_DATE_DESCENDING, RAP_SORT_DOCUMENT } RapSort;

/* One hit for each, its best one: documents and panels in their order, speakers by the weight of all
 * they said: who speaks most about it comes first. Passages that have none are left out. A panel is
 * one of its document, a speaker the same in all of them. */
typedef enum { RAP_GROUP_NONE, RAP_GROUP_DOCUMENT, RAP_GROUP_PANEL, RAP_GROUP_SPEAKER } RapGroupBy;

typedef struct {
	const char *field;	/* a name of the query language: "speaker", "kind", "date", ... */
	const char *value;	/* "mokoena", "quote,speech", "2017-10-01..2017-10-31" */
} RapFilter;

/* Set to zero, then fill in what is wanted; zero is the default. */
typedef struct {
	const char *text;		/* the query; NULL or "": everything that the filters let through */
	const RapFilter *filters;
	size_t n_filters;
	RapUnit unit;
	size_t offset;
	size_t limit;			/* 0: 10 */
	size_t snippet_chars;		/* 0: 240 */
	bool want_facets;		/* each counts all matches, as if its own filters were away */
	size_t facet_values;		/* of each so many; 0: 20 */
	bool exact_total;		/* count every match, however many */
	bool no_hits_text;		/* ids and scores only: no snippet, no text */
	bool keep_duplicates;		/* show near-duplicates too */
	RapSort sort;			/* the best 10,000 matches, 1,000 where the text decides */
	RapGroupBy group_by;		/* of passages, by relevance only; over as many */
	bool explain;			/* each hit has its reasons */
	const char *rank;		/* one of rap_rank_name; NULL: the first of them */
	bool expand;			/* rank also by what the best passages have in common
					   (pseudo-relevance feedback); for long questions */
	bool exact_words;		/* words as they are spelt, and their inflections: no other
					   spellings, acronyms, synonyms, no misspelt or damaged words */
} RapRequest;

/* Never fails for what stands in the query text. If the index is replaced
 * meanwhile it is reopened and asked again, a few times.
 * Errors: CHANGED, CORRUPT, SYNTAX (a filter, a way to rank; what cannot be asked for together), IO. */
RapResults *rap_search(RapIndex *index, const RapRequest *request, GError **error);
void rap_results_free(RapResults *results);

/* The ways to rank, the default first; NULL behind the last. *what (or NULL) gets one line about it. Static. */
const char *rap_rank_name(size_t i, const char **what);

/* Passages like the one with this id, without itself and its near-duplicates: those that have most of
 * the words by which it differs from others, which the results' interpretation names. The request's
 * text must be NULL; facets are not counted. Errors: NOT_FOUND, and those of rap_search. */
RapResults *rap_similar(RapIndex *index, const char *id, const RapRequest *request, GError **error);

/* A passage and up to `context` passages before and behind it in its document,
 * in document order, as hits without snippet; rank is 1 for the one asked for,
 * else 0. Errors: NOT_FOUND, CORRUPT, IO. */
RapResults *rap_show(RapIndex *index, const char *id, size_t context, GError **error);

/* --- while typing ---------------------------------------------------------------- */

typedef enum {
	RAP_SUGGESTION_PERSON, RAP_SUGGESTION_BODY, RAP_SUGGESTION_PANEL, RAP_SUGGESTION_DOCUMENT, RAP_SUGGESTION_PHRASE
} RapSuggestionKind;
/* "person", ...; static. */
const char *rap_suggestion_kind_name(RapSuggestionKind kind);

typedef struct {
	RapSuggestionKind kind;
	const char *text;	/* as it is printed; phrases in small letters */
	size_t count;		/* passages: of a person or body those where it has the word; of a phrase about
				   so many */
	const char *query;	/* what finds them: speaker:"angela mokoena" */
} RapSuggestion;
typedef struct {
	const char *text;	/* as given */
	const RapSuggestion *items;	/* best first */
	size_t n_items;
} RapSuggestions;

/* People, bodies, panels, documents and frequent phrases of which each typed word begins some word, in any
 * order, case and accents aside: "mok ang" finds Angela Mokoena. Those that begin with the first typed word
 * come first, then the others, each by frequency; where there are fewer than n, those where words of four
 * letters and more have one letter wrong, behind the first one. Phrases take half of the places,
 * more only where names are few. n: 0 is 10; at most 100.
 * Errors: CHANGED, CORRUPT, IO. */
RapSuggestions *rap_suggest(RapIndex *index, const char *text, size_t n, GError **error);
void rap_suggestions_free(RapSuggestions *suggestions);

/* --- lists ---------------------------------------------------------------------- */

typedef enum { RAP_LIST_DOCUMENTS, RAP_LIST_PANELS, RAP_LIST_SPEAKERS, RAP_LIST_BODIES } RapListWhat;
typedef struct {
	const RapDocument *document;	/* the document; NULL for a speaker found in several */
	const RapPanel *panel;		/* for panels */
	const RapPerson *person;	/* for speakers and bodies */
	size_t passages;		/* how many passages it has */
	size_t documents;		/* in how many documents */
} RapListItem;
typedef struct {
	const RapListItem *items;
	size_t n_items;
} RapList;
/* In the order of documents, then as they come; people by name. */
RapList *rap_list(RapIndex *index, RapListWhat what, const RapFilter *filters, size_t n_filters, GError **error);
void rap_list_free(RapList *list);

/* Every passage that the filters let through, in document order; the function
 * gets each until it returns false. The hit is borrowed for the call.
 * Memory stays bounded. */
typedef bool RapPassageFn(const RapPassage *passage, void *data);
bool rap_each_passage(RapIndex *index, const RapFilter *filters, size_t n_filters,
                      RapPassageFn *fn, void *data, GError **error);

/* What the index says of itself. */
typedef struct {
	size_t documents, passages;
	const char *const *languages;	/* ISO 639-1, NULL-terminated */
} RapStatistics;
/* Borrowed from the index until it is closed or searched again. */
const RapStatistics *rap_statistics(RapIndex *index);

G_END_DECLS
#endif
