/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odt.c - to be written.
 */
#include "corpus/reader/formats.h"

#include "corpus/error.h"

bool odt_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	(void)bytes;
	(void)warnings;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot read '%s': this version cannot read odt", doc->path);
	return false;
}
