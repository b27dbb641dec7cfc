/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xml.h - reading XML front to back (libxml2's SAX2), within limits: nothing is
 * fetched, entities other than the five of XML and those that the document's own
 * subset declares as plain text are errors, elements nest no deeper than
 * XML_DEPTH_MAX and have no more than XML_ATTRIBUTES_MAX attributes.
 */
#ifndef CORPUS_XML_H
#define CORPUS_XML_H

#include <glib.h>
#include <stdbool.h>

#define XML_DEPTH_MAX 256
#define XML_ATTRIBUTES_MAX 1000	/* of an element, declarations of namespaces among them; and of these in force at once */
#define XML_ENTITY_MAX_BYTES 4096	/* what one entity may stand for */

/* The attributes of an element; valid while its `start` runs. */
struct xml_attributes {
	int n;
	const unsigned char **parts;	/* libxml2's: local name, prefix, URI, value, end */
};

/* The value of the attribute of that local name (in any namespace: the vocabularies we read
 * do not use a name in two), copied into the buffer, which is overwritten; NULL where there
 * is none. It lives as long as the buffer is not used for another. */
const char *xml_attribute(const struct xml_attributes *attributes, const char *name, GString *buffer);
/* The same for a name in the namespace whose URI ends with ns ("/relationships"). */
const char *xml_attribute_ns(const struct xml_attributes *attributes, const char *ns, const char *name, GString *buffer);

struct xml_handler {
	/* ns: the element's namespace URI, "" for none; name: local. Both are valid during the call. */
	void (*start)(void *data, const char *ns, const char *name, const struct xml_attributes *attributes);
	void (*end)(void *data, const char *ns, const char *name);
	/* Not NUL-terminated, in pieces of any size; white space is as it stands in the file. */
	void (*text)(void *data, const char *s, gsize len);
	/* May be NULL: true ends the reading early, without an error. Asked at each start. */
	bool (*stop)(void *data);
};

/* Feeds the bytes to the handler. path and part (or NULL) are for messages. Errors: SYNTAX (with
 * line and reason), TOO_LARGE (depth, attributes), UNSUPPORTED (entities). What came before an error was handed
 * out already. */
bool xml_read(const char *path, const char *part, GBytes *bytes, const struct xml_handler *handler, void *data, GError **error);

#endif
