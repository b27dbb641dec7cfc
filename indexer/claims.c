/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * claims.c - holds what a reader says against what is known without it.
 */
#include "indexer/claims.h"

#include <string.h>
#include <unistd.h>

#include "corpus/corrections/corrections.h"
#include "corpus/error.h"
#include "corpus/reader/reader.h"
#include "indexer/printable.h"

#define HEAD_BYTES 4096

/* Records (JSON) and documents of a collection (XML) have ids of their own; what begins otherwise
 * is one document, whatever its reader makes of it. */
static bool may_be_collection(int fd)
{
	char head[HEAD_BYTES];
	ssize_t n = pread(fd, head, sizeof head, 0);

	for (ssize_t i = 0; i < n; i++)
		if (!g_ascii_isspace(head[i]) && !memchr("\0\xef\xbb\xbf\xfe\xff", head[i], 6))	/* blanks, marks of the encoding */
			return head[i] == '{' || head[i] == '<';
	return false;
}

static bool names_panels(const struct job *job)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(job->catalogue, job->path);

	for (guint i = 0; i < corrections->len; i++) {
		const struct correction *c = g_ptr_array_index(corrections, i);

		if (c->kind == CORRECT_PANEL && g_strcmp0(c->values[SAYS_ATTRIBUTION], "named") == 0)
			return true;
	}
	return false;
}

void claims_init(struct claims *claims, const struct job *job, int fd)
{
	*claims = (struct claims){
		.job = job, .slug = reader_slug(job->path), .id = catalogue_id(job->catalogue, job->path),
		.access = catalogue_access(job->catalogue, job->path), .policy = catalogue_policy(job->catalogue, job->path),
		.panels_named = names_panels(job), .collection = may_be_collection(fd),
	};
}

void claims_clear(struct claims *claims)
{
	g_clear_pointer(&claims->slug, g_free);
}

/* ---- names ---- */

static void forget_quotations(struct passage *passage)
{
	for (guint i = 0; i < passage->n_quotations; i++)
		passage->quotations[i].attribution = (struct attribution){ .speaker = -1 };
}

static void forget_passage(struct passage *passage)
{
	struct range label = passage->attribution.range;

	passage->nameless = true;
	passage->attribution = (struct attribution){ .speaker = -1 };
	if (passage->kind == KIND_SPEECH)	/* where the turn begins */
		passage->attribution.range = label;
	forget_quotations(passage);
}

static void forget_panels(struct document *doc)
{
	for (guint i = 0; i < doc->panels->len; i++) {
		struct panel *panel = document_panel(doc, i);

		panel->moderator = -1;
		panel->listed = NULL;
		panel->n_listed = 0;
	}
}

static void forget_names(const struct claims *claims, struct document *doc)
{
	bool all = claims->policy == POLICY_NONE && !claims->panels_named;

	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);

		if (passage->nameless || all || (claims->policy == POLICY_NONE && passage->panel < 0))
			forget_passage(passage);
	}
	if (!all)
		return;
	forget_panels(doc);
	g_array_set_size(doc->people, 0);
	doc->chair = -1;
	doc->nameless = doc->nameless || doc->passages->len;
}

/* ---- documents ---- */

/* Names that are held back go out of the id, too: a reader may cover bytes of it, and nothing else. */
static bool is_masked(const char *id, const char *slug)
{
	gsize i = 0;

	while (id[i] && (id[i] == slug[i] || id[i] == '_'))
		i++;
	return !id[i] && !slug[i];
}

static const char *id_for(const struct claims *claims, struct document *doc)
{
	g_autofree char *numbered = NULL;

	if (claims->id && strcmp(doc->format, "jsonl") != 0)
		return claims->id;
	if (claims->collection)
		return doc->id;
	if (!claims->documents)
		return is_masked(doc->id, claims->slug) ? doc->id : claims->slug;
	numbered = g_strdup_printf("%s-%u", claims->slug, claims->documents + 1);
	return document_string(doc, numbered, -1);
}

void claims_settle(struct claims *claims, struct document *doc)
{
	doc->id = document_string(doc, id_for(claims, doc), -1);
	doc->access = document_string(doc, claims->access, -1);
	doc->policy = claims->policy;
	forget_names(claims, doc);
	claims->documents++;
}

/* ---- failures ---- */

enum rapporteur_error claims_failure(const struct claims *claims, guint32 code, bool may_be_scanned)
{
	switch (code) {
	case RAPPORTEUR_ERROR_TOO_LARGE:
	case RAPPORTEUR_ERROR_SYNTAX:
	case RAPPORTEUR_ERROR_UNSUPPORTED:
		return (enum rapporteur_error)code;
	case RAPPORTEUR_ERROR_SCANNED:	/* instead of documents, not behind them: they would come twice */
		return may_be_scanned && !claims->documents ? RAPPORTEUR_ERROR_SCANNED : RAPPORTEUR_ERROR_CORRUPT;
	default:
		return RAPPORTEUR_ERROR_CORRUPT;
	}
}

char *claims_message(const struct claims *claims, const char *begin, const char *s, gsize len)
{
	g_autofree char *own = g_strdup_printf("%s'%s': ", begin, claims->job->path);
	gsize own_len = strlen(own);
	g_autofree char *subject = printable(own, own_len), *reason = NULL;

	if (len >= own_len && memcmp(s, own, own_len) == 0) {
		s += own_len;
		len -= own_len;
	}
	reason = printable(s, len);
	return g_strconcat(subject, reason, NULL);
}
