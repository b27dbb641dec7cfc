/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record.h - what the index stores beside the terms: documents, passages,
 * sources, and blocks of text, as bytes. Both ends agree on it here.
 *
 * In each Xapian database of the index (numbers big-endian, u32):
 *
 *   metadata  "S" source              one file: path, digest, counts
 *             "D" source block        document records, packed: one long one, or several short ones
 *             "T" source block        the text of the source's documents, one after the other,
 *                                     cut every TEXT_BLOCK_BYTES
 *   data of a Xapian document         the passage record
 *   value SIGNATURE_SLOT              its signature, see signature.h
 *   synonyms  word -> term            forms whose term is another string, for wildcards
 *             and what was learnt of the words: vocabulary.h
 *
 * D and T blocks are packed: the raw length (LEB128), then zlib's raw deflate, or the
 * bytes as they are where that is not shorter. Inside a D block: for each document its
 * length (LEB128) and its record.
 */
#ifndef INDEXER_RECORD_H
#define INDEXER_RECORD_H

#include "corpus/arena.h"
#include "corpus/document.h"

#define TEXT_BLOCK_BYTES 2048
#define DOCUMENT_BLOCK_BYTES 1024
#define SIGNATURE_SLOT 0

/* One source file. */
struct source_record {
	char *path;		/* as it was given to the indexer, made absolute */
	char *digest;		/* of its bytes and of what the catalogue says of it */
	char *access;
	char *format;
	guint64 text_bytes;	/* of all its documents */
	guint32 documents, passages, document_blocks;
};
void source_record_free(struct source_record *source);
typedef struct source_record SourceRecord;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SourceRecord, source_record_free)

/* Where a document stands in the index. */
struct document_place {
	guint32 source, block, slot;
};

/* A passage as the index knows it. The passage's memory is the arena's. */
struct passage_record {
	struct document_place place;
	guint32 ordinal;	/* in its document, from 0 */
	guint64 text_base;	/* where the document's text begins in the source's; with the
				   language, what reading and marking the text needs of the document */
	const char *language;	/* of the document, or NULL */
	struct passage passage;
};

/* Keys of the metadata. */
#define RECORD_KEY_BYTES 9
gsize record_source_key(char key[RECORD_KEY_BYTES], guint32 source);
gsize record_document_key(char key[RECORD_KEY_BYTES], guint32 source, guint32 block);
gsize record_text_key(char key[RECORD_KEY_BYTES], guint32 source, guint32 block);
/* The source number in any such key; false if it is none. */
bool record_key_source(const char *key, gsize len, guint32 *source);

void record_put_source(GString *out, const struct source_record *source);
/* text_base: where the document's text begins in the source's. */
void record_put_document(GString *out, const struct document *doc, guint64 text_base);
void record_put_passage(GString *out, const struct passage_record *record);

/* NULL or false with CORRUPT set for bytes that are no such record. */
struct source_record *record_get_source(const char *bytes, gsize len, GError **error);
/* Without text, blocks and passages; text_bytes is set. */
struct document *record_get_document(const char *bytes, gsize len, guint64 *text_base, GError **error);
bool record_get_passage(const char *bytes, gsize len, struct arena *arena,
                        struct passage_record *record, GError **error);

/* Do a passage's ranges lie in the text of this document, and its indices in
 * its tables? To be asked of what was read before it is used. */
bool record_passage_fits(const struct passage *passage, const struct document *doc);

#endif
