/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xml.c - a careful use of libxml2's SAX2 interface.
 */
#include "corpus/reader/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/decode.h"

#define ENTITIES_MAX 1000

struct reading {
	const char *path, *part;
	const struct xml_handler *handler;
	void *data;
	xmlParserCtxtPtr context;
	GHashTable *entities;	/* name -> xmlEntity of plain text */
	GHashTable *refused;	/* names of declared entities -> why they are none of these */
	guint depth;
	guint spaces;	/* declarations of namespaces in force */
	guint16 declared[XML_DEPTH_MAX + 1];	/* by the open element of that depth */
	bool stopped;
	GError **error;
	bool failed;
};

/* ---- failing ---- */

static void fail(struct reading *r, enum rapporteur_error code, int line, const char *reason)
{
	g_autofree char *where = r->part ? g_strdup_printf("part '%s', line %d", r->part, line) : g_strdup_printf("line %d", line);

	if (r->failed || r->stopped)
		return;
	r->failed = true;
	g_set_error(r->error, RAPPORTEUR_ERROR, code, "cannot read '%s': %s: %s", r->path, where, reason);
	xmlStopParser(r->context);
}

/* "Couldn't find end of Start Tag note line 7" as the end of a message that has named the line. */
static void tidy(char *reason)
{
	char *line = g_strrstr(reason, " line ");

	if (line && line[6] && !line[6 + strspn(line + 6, "0123456789")])
		*line = 0;
	if (g_ascii_isupper(reason[0]) && !g_ascii_isupper(reason[1]))
		reason[0] = g_ascii_tolower(reason[0]);
}

static void on_error(void *data, xmlErrorPtr error)
{
	struct reading *r = data;
	g_autofree char *reason = NULL;

	if (error->level != XML_ERR_FATAL)
		return;
	reason = g_utf8_make_valid(error->message ? error->message : "not well formed", -1);
	reason[strcspn(reason, "\r\n")] = 0;
	tidy(reason);
	fail(r, RAPPORTEUR_ERROR_SYNTAX, error->line, reason);
}

/* Declarations stay in force in what an element holds, and each name is looked up in all of them. */
static bool declare(struct reading *r, int n_namespaces)
{
	r->spaces += (guint)n_namespaces;
	if (r->spaces > XML_ATTRIBUTES_MAX) {
		fail(r, RAPPORTEUR_ERROR_TOO_LARGE, xmlSAX2GetLineNumber(r->context), "more than 1000 namespaces at once");
		return false;
	}
	r->declared[r->depth] = (guint16)n_namespaces;
	return true;
}

/* ---- events ---- */

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n, int n_defaulted, const xmlChar **parts)
{
	struct reading *r = data;
	struct xml_attributes attributes = { n, parts };

	(void)prefix;
	(void)namespaces;
	(void)n_defaulted;
	if (r->failed || r->stopped)
		return;
	if (++r->depth > XML_DEPTH_MAX) {
		fail(r, RAPPORTEUR_ERROR_TOO_LARGE, xmlSAX2GetLineNumber(r->context), "elements nest deeper than 256");
		return;
	}
	if (!declare(r, n_namespaces))
		return;
	if (r->handler->stop && r->handler->stop(r->data)) {
		r->stopped = true;
		xmlStopParser(r->context);
		return;
	}
	r->handler->start(r->data, uri ? (const char *)uri : "", (const char *)name, &attributes);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = data;

	(void)prefix;
	if (r->failed || r->stopped)
		return;
	r->spaces -= r->declared[r->depth--];
	r->handler->end(r->data, uri ? (const char *)uri : "", (const char *)name);
}

static void on_text(void *data, const xmlChar *s, int len)
{
	struct reading *r = data;

	if (!r->failed && !r->stopped)
		r->handler->text(r->data, (const char *)s, (gsize)len);
}

/* ---- entities ---- */

static void free_entity(gpointer data)
{
	xmlEntityPtr entity = data;

	xmlFree((void *)entity->name);
	xmlFree(entity->content);
	xmlFree(entity->orig);
	xmlFree(entity);
}

static bool is_plain(const char *s)
{
	return !strpbrk(s, "&<%");
}

/* Why it is none that we take; NULL: it is. */
static const char *refusal(const struct reading *r, int type, const char *content)
{
	if (type != XML_INTERNAL_GENERAL_ENTITY || !content)
		return "stands for another file, and none is fetched";
	if (!is_plain(content))
		return "stands for markup or for other entities, which are not expanded";
	if (strlen(content) > XML_ENTITY_MAX_BYTES)
		return "stands for a long text";
	return g_hash_table_size(r->entities) >= ENTITIES_MAX ? "is one of more than 1000" : NULL;
}

/* Of the document's own declarations only those are kept that stand for plain text. */
static void on_entity(void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	struct reading *r = data;
	const char *why = refusal(r, type, (const char *)content);
	xmlEntityPtr entity;

	(void)public_id;
	(void)system_id;
	if (type == XML_INTERNAL_PARAMETER_ENTITY || type == XML_EXTERNAL_PARAMETER_ENTITY)
		return;
	if (why && g_hash_table_size(r->refused) < ENTITIES_MAX)
		g_hash_table_insert(r->refused, g_strdup((const char *)name), (gpointer)why);
	if (why)
		return;
	entity = xmlMalloc(sizeof *entity);
	memset(entity, 0, sizeof *entity);
	entity->type = XML_ENTITY_DECL;
	entity->etype = XML_INTERNAL_PREDEFINED_ENTITY;	/* its text is handed out as it is */
	entity->name = xmlStrdup(name);
	entity->content = xmlStrdup(content);
	entity->length = xmlStrlen(content);
	g_hash_table_replace(r->entities, (gpointer)entity->name, entity);
}

static void fail_entity(struct reading *r, const char *name)
{
	const char *why = g_hash_table_lookup(r->entities, name) ? "stands in an attribute, where such are not expanded" : g_hash_table_lookup(r->refused, name);
	g_autofree char *reason = g_strdup_printf("the entity '&%.40s;' %s", name, why ? why : "is not declared in the file");
	g_autofree char *valid = g_utf8_make_valid(reason, -1);

	fail(r, RAPPORTEUR_ERROR_UNSUPPORTED, xmlSAX2GetLineNumber(r->context), valid);
}

static xmlEntityPtr on_get_entity(void *data, const xmlChar *name)
{
	struct reading *r = data;
	xmlEntityPtr entity = xmlGetPredefinedEntity(name);

	/* libxml2 takes but the first letter of one in an attribute */
	if (!entity && r->context->instate != XML_PARSER_ATTRIBUTE_VALUE)
		entity = g_hash_table_lookup(r->entities, name);
	if (!entity)
		fail_entity(r, (const char *)name);
	return entity;
}

static xmlEntityPtr on_get_parameter_entity(void *data, const xmlChar *name)
{
	(void)data;
	(void)name;
	return NULL;
}

static xmlParserInputPtr on_resolve(void *data, const xmlChar *public_id, const xmlChar *system_id)
{
	(void)data;
	(void)public_id;
	(void)system_id;
	return NULL;
}

/* ---- attributes are counted before they are parsed ---- */

/* Behind the tag or declaration that begins at s, or behind the bracket in which a declaration holds
 * others; *n: its quoted values. NULL where it does not end. */
static const char *tag_end(const char *s, const char *end, guint *n)
{
	bool declaration = end - s > 1 && s[1] == '!';

	*n = 0;
	for (s++; s < end && *s != '>' && !(declaration && *s == '['); s++) {
		if (*s != '"' && *s != '\'')
			continue;
		s = memchr(s + 1, *s, (gsize)(end - s - 1));
		if (!s)
			return NULL;
		++*n;
	}
	return s < end ? s + 1 : NULL;
}

static const char *behind(const char *s, const char *end, const char *mark)
{
	const char *found = g_strstr_len(s, end - s, mark);

	return found ? found + strlen(mark) : NULL;
}

/* libxml2 compares each attribute with those before it, so that the time would be the square of
 * their number. Tells the line of an element of too many; 0: of none. Where the markup is broken
 * it ends, as the parser will. What is not a superset of ASCII is not seen through. */
static int crowded_line(const char *start, gsize len)
{
	const char *end = start + len, *tag = start, *s;
	guint n;
	int line = 1;

	for (s = start; s && (s = memchr(s, '<', (gsize)(end - s)));) {
		tag = s;
		if (end - s > 3 && !memcmp(s, "<!--", 4))
			s = behind(s + 4, end, "-->");
		else if (end - s > 8 && !memcmp(s, "<![CDATA[", 9))
			s = behind(s + 9, end, "]]>");
		else if (end - s > 1 && s[1] == '?')
			s = behind(s + 2, end, "?>");
		else if ((s = tag_end(s, end, &n)) && n > XML_ATTRIBUTES_MAX && tag[1] != '!')
			break;
	}
	if (!s)
		return 0;
	for (s = start; (s = memchr(s, '\n', (gsize)(tag - s))); s++)
		line++;
	return line;
}

/* ---- the whole ---- */

static bool parse(struct reading *r, const char *s, gsize len)
{
	int line = crowded_line(s, len);

	if (line) {
		fail(r, RAPPORTEUR_ERROR_TOO_LARGE, line, "an element of more than 1000 attributes");
		return false;
	}
	xmlParseDocument(r->context);
	if (!r->failed && !r->stopped && !r->context->wellFormed)
		fail(r, RAPPORTEUR_ERROR_SYNTAX, 0, "not XML");
	return !r->failed;
}

bool xml_read(const char *path, const char *part, GBytes *bytes, const struct xml_handler *handler, void *data, GError **error)
{
	xmlSAXHandler sax = {
		.startElementNs = on_start, .endElementNs = on_end, .characters = on_text, .cdataBlock = on_text,
		.ignorableWhitespace = on_text, .getEntity = on_get_entity, .getParameterEntity = on_get_parameter_entity,
		.entityDecl = on_entity, .resolveEntity = on_resolve, .serror = on_error, .initialized = XML_SAX2_MAGIC,
	};
	struct reading r = { .path = path, .part = part, .handler = handler, .data = data, .error = error };
	g_autoptr(GBytes) narrow = decode_utf16(bytes);
	gsize len;
	const char *s = g_bytes_get_data(narrow ? narrow : bytes, &len);
	bool ok;

	if (!len || len > G_MAXINT) {
		g_set_error(error, RAPPORTEUR_ERROR, len ? RAPPORTEUR_ERROR_TOO_LARGE : RAPPORTEUR_ERROR_SYNTAX, "cannot read '%s': %s%s%s%s",
		            path, part ? "part '" : "", part ? part : "", part ? "': " : "",
		            len ? "more than 2 GB of XML" : "empty where XML should be");
		return false;
	}
	r.refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r.entities = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_entity);
	r.context = xmlCreateMemoryParserCtxt(s, (int)len);
	if (!r.context)
		g_error("out of memory");
	xmlCtxtUseOptions(r.context, XML_PARSE_NONET | XML_PARSE_HUGE |	/* our own limits hold */
	                  (narrow ? XML_PARSE_IGNORE_ENC : 0));
	*r.context->sax = sax;
	r.context->userData = &r;
	ok = parse(&r, s, len);
	if (r.context->myDoc)
		xmlFreeDoc(r.context->myDoc);
	xmlFreeParserCtxt(r.context);
	g_hash_table_unref(r.entities);
	g_hash_table_unref(r.refused);
	return ok;
}

/* ---- attributes ---- */

static const char *value_of(const unsigned char **attribute, GString *buffer)
{
	const char *s = (const char *)attribute[3], *end = (const char *)attribute[4], *amp;

	g_string_truncate(buffer, 0);
	/* libxml2 hands an ampersand out as "&#38;", and nothing else so */
	for (; (amp = memchr(s, '&', (gsize)(end - s))) && end - amp >= 5 && !memcmp(amp, "&#38;", 5); s = amp + 5)
		g_string_append_len(buffer, s, amp + 1 - s);
	g_string_append_len(buffer, s, end - s);
	return buffer->str;
}

const char *xml_attribute(const struct xml_attributes *attributes, const char *name, GString *buffer)
{
	return xml_attribute_ns(attributes, "", name, buffer);
}

const char *xml_attribute_ns(const struct xml_attributes *attributes, const char *ns, const char *name, GString *buffer)
{
	for (int i = 0; i < attributes->n; i++) {
		const unsigned char **attribute = attributes->parts + 5 * i;

		if (!strcmp((const char *)attribute[0], name) &&
		    (!*ns || (attribute[2] && g_str_has_suffix((const char *)attribute[2], ns))))
			return value_of(attribute, buffer);
	}
	return NULL;
}
