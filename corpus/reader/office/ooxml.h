/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ooxml.h - what all Office Open XML files have in common (ECMA-376): parts that are
 * found through relationships, vocabularies in a transitional and a strict spelling,
 * properties.
 *
 *   _rels/.rels --officeDocument--> word/document.xml
 *   word/_rels/document.xml.rels --styles--> word/styles.xml
 */
#ifndef CORPUS_OOXML_H
#define CORPUS_OOXML_H

#include "corpus/corpus.h"
#include "corpus/reader/package.h"
#include "corpus/reader/xml.h"

#define OOXML_RELATIONS_MAX 100000	/* of one part */

/* ---- vocabularies ---- */

enum ooxml_ns {
	NS_OTHER,
	NS_WORD,	/* "w": text documents */
	NS_SLIDES,	/* "p": presentations */
	NS_DRAWING,	/* "a": shapes and their text */
	NS_COMPATIBILITY,	/* "mc": the same thing said for several programs */
	NS_MATH,
	NS_DIAGRAM,	/* "dgm": SmartArt */
	NS_CHART,
};

/* Which one a namespace is; the last answer is kept, since libxml2 hands out the same
 * pointer for all elements of a namespace in one reading. Zero it before each reading. */
struct ooxml_ns_cache {
	const char *uri;
	enum ooxml_ns ns;
};
enum ooxml_ns ooxml_ns(struct ooxml_ns_cache *cache, const char *uri);

/* A switch's value ("true", "1", "on"; NULL, without a value, is on). */
bool ooxml_is_on(const char *value);
/* A number within [low, high]; fallback for NULL and what is none. */
int ooxml_int(const char *value, int low, int high, int fallback);

/* ---- parts ---- */

enum ooxml_kind { OOXML_NONE, OOXML_DOCUMENT, OOXML_SLIDES };

/* The name of the main part, which is there, and what it is; NULL where the package is no Office file
 * that we read. g_free it. */
char *ooxml_main(struct package *package, enum ooxml_kind *kind);

struct ooxml_relation {
	char *id, *type;	/* type: the last word of its URI ("slide") */
	char *target;		/* the part's name, or an address outside where `external` */
	bool external;
};

/* The relationships of a part in the file's order; empty where it has none or they are damaged
 * (then with a warning). */
struct ooxml_relations;
struct ooxml_relations *ooxml_relations_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings);
void ooxml_relations_free(struct ooxml_relations *relations);
typedef struct ooxml_relations OoxmlRelations;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OoxmlRelations, ooxml_relations_free)
/* The part that it points to by its id, or the first of a type; NULL: there is none in the package.
 * Borrowed. */
const char *ooxml_part_by_id(const struct ooxml_relations *relations, const char *id);
const char *ooxml_part_by_type(const struct ooxml_relations *relations, const char *type);

/* Reads a part by its name with the handler. False with error set: as package_part and xml_read. */
bool ooxml_read(struct package *package, const char *path, const char *part, const struct xml_handler *handler, void *data, GError **error);

/* Sets file_title, file_authors and file_date of the document from the core properties. */
void ooxml_properties(struct document *doc, struct package *package);

#endif
