/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tei.c - TEI P5 (Text Encoding Initiative, "Guidelines for Electronic Text Encoding and
 * Interchange"), as the parliaments of ParlaMint, and others, publish it.
 *
 * The file is read once, front to back. What an element means is decided when it begins and
 * ends, from the elements around it (a stack of frames). Text goes to the draft, or is gathered
 * where it is a field, a name or a comment, or goes nowhere.
 *
 * A corpus of several documents in a file gives each of them; people and organisations of the
 * corpus's header are known to all. XInclude is not followed.
 *
 * Debates in Akoma Ntoso (OASIS LegalDocML) have the same shape under other names: they come
 * the same way, with a table of names of their own.
 */
#include "corpus/reader/tei/tei.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/formats.h"
#include "corpus/reader/reader.h"

#define GATHERED_MAX_BYTES ((gsize)16 << 20)
#define FIELD_MAX_BYTES ((gsize)4096)	/* of the header, and of people */

static const struct name {
	const char *name;
	enum tei_element element;
} names[] = {
	{ "teiCorpus", TEI_CORPUS }, { "TEI", TEI_TEI }, { "TEI.2", TEI_TEI }, { "teiHeader", TEI_HEADER }, { "text", TEI_TEXT },
	{ "body", TEI_BODY }, { "front", TEI_BODY }, { "back", TEI_BODY },
	{ "titleStmt", TEI_TITLE_STMT }, { "sourceDesc", TEI_SOURCE_DESC }, { "publicationStmt", TEI_PUBLICATION_STMT },
	{ "bibl", TEI_BIBL }, { "biblStruct", TEI_BIBL }, { "biblFull", TEI_BIBL }, { "setting", TEI_SETTING }, { "title", TEI_TITLE },
	{ "meeting", TEI_MEETING }, { "author", TEI_AUTHOR }, { "publisher", TEI_PUBLISHER }, { "date", TEI_DATE }, { "idno", TEI_IDNO },
	{ "name", TEI_NAME }, { "placeName", TEI_NAME }, { "settlement", TEI_NAME }, { "language", TEI_LANGUAGE },
	{ "person", TEI_PERSON }, { "persName", TEI_PERS_NAME }, { "surname", TEI_SURNAME }, { "forename", TEI_FORENAME },
	{ "nameLink", TEI_NAME_LINK }, { "roleName", TEI_ROLE_NAME }, { "affiliation", TEI_AFFILIATION },
	{ "org", TEI_ORG }, { "orgName", TEI_ORG_NAME },
	{ "div", TEI_DIV }, { "div0", TEI_DIV }, { "div1", TEI_DIV }, { "div2", TEI_DIV }, { "div3", TEI_DIV }, { "div4", TEI_DIV },
	{ "div5", TEI_DIV }, { "div6", TEI_DIV }, { "div7", TEI_DIV },
	{ "head", TEI_HEAD }, { "p", TEI_P }, { "ab", TEI_P }, { "l", TEI_P }, { "opener", TEI_P }, { "closer", TEI_P }, { "salute", TEI_P },
	{ "signed", TEI_P }, { "dateline", TEI_P }, { "byline", TEI_P }, { "trailer", TEI_P }, { "titlePart", TEI_P }, { "docDate", TEI_P },
	{ "argument", TEI_P }, { "epigraph", TEI_P }, { "seg", TEI_SEG }, { "u", TEI_U }, { "sp", TEI_SP }, { "speaker", TEI_SPEAKER },
	{ "list", TEI_LIST }, { "listBibl", TEI_LIST }, { "item", TEI_ITEM }, { "label", TEI_LABEL }, { "table", TEI_TABLE }, { "row", TEI_ROW },
	{ "cell", TEI_CELL }, { "quote", TEI_QUOTE }, { "q", TEI_QUOTE }, { "cit", TEI_QUOTE }, { "note", TEI_NOTE },
	{ "kinesic", TEI_COMMENT }, { "vocal", TEI_COMMENT }, { "incident", TEI_COMMENT }, { "stage", TEI_COMMENT }, { "writing", TEI_COMMENT },
	{ "figure", TEI_FIGURE }, { "pb", TEI_PB }, { "lb", TEI_LB }, { "cb", TEI_LB }, { "gap", TEI_GAP }, { "choice", TEI_CHOICE },
	{ "sic", TEI_SIC }, { "orig", TEI_SIC }, { "abbr", TEI_SIC }, { "s", TEI_S }, { "w", TEI_W }, { "pc", TEI_PC },
	{ "timeline", TEI_TIMELINE }, { "when", TEI_WHEN }, { "anchor", TEI_ANCHOR },
	{ "del", TEI_MUTE }, { "surplus", TEI_MUTE }, { "fw", TEI_MUTE }, { "figDesc", TEI_MUTE }, { "facsimile", TEI_MUTE },
	{ "sourceDoc", TEI_MUTE }, { "xenoData", TEI_MUTE }, { "linkGrp", TEI_MUTE }, { "spanGrp", TEI_MUTE }, { "interpGrp", TEI_MUTE },
	{ "notatedMusic", TEI_MUTE }, { "media", TEI_MUTE },
};

/* Akoma Ntoso, by what each element is in TEI. */
static const struct name akoma_names[] = {
	{ "debate", TEI_TEI }, { "meta", TEI_HEADER }, { "preface", TEI_HEADER }, { "docTitle", TEI_TITLE }, { "docDate", TEI_DATE },
	{ "FRBRdate", TEI_DATE }, { "FRBRlanguage", TEI_LANGUAGE }, { "TLCPerson", TEI_PERSON }, { "TLCOrganization", TEI_ORG },
	{ "debateBody", TEI_TEXT }, { "debateSection", TEI_DIV }, { "administrationOfOath", TEI_DIV }, { "rollCall", TEI_DIV },
	{ "prayers", TEI_DIV }, { "oralStatements", TEI_DIV }, { "writtenStatements", TEI_DIV }, { "personalStatements", TEI_DIV },
	{ "ministerialStatements", TEI_DIV }, { "resolutions", TEI_DIV }, { "nationalInterest", TEI_DIV }, { "declarationOfVote", TEI_DIV },
	{ "communication", TEI_DIV }, { "petitions", TEI_DIV }, { "papers", TEI_DIV }, { "noticesOfMotion", TEI_DIV }, { "questions", TEI_DIV },
	{ "address", TEI_DIV }, { "proceduralMotions", TEI_DIV }, { "pointOfOrder", TEI_DIV }, { "adjournment", TEI_DIV },
	{ "heading", TEI_HEAD }, { "subheading", TEI_HEAD }, { "num", TEI_MUTE }, { "speech", TEI_U }, { "question", TEI_U }, { "answer", TEI_U },
	{ "from", TEI_SPEAKER }, { "p", TEI_P }, { "narrative", TEI_COMMENT }, { "scene", TEI_COMMENT }, { "summary", TEI_COMMENT },
	{ "remark", TEI_COMMENT }, { "authorialNote", TEI_NOTE }, { "ul", TEI_LIST }, { "ol", TEI_LIST }, { "blockList", TEI_LIST },
	{ "li", TEI_ITEM }, { "item", TEI_ITEM }, { "table", TEI_TABLE }, { "tr", TEI_ROW }, { "td", TEI_CELL }, { "th", TEI_CELL },
	{ "eol", TEI_LB }, { "del", TEI_MUTE },
};

static gpointer fill_elements(const struct name *from, gsize n)
{
	GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

	for (gsize i = 0; i < n; i++)
		g_hash_table_insert(table, (gpointer)from[i].name, GINT_TO_POINTER(from[i].element));
	return table;
}

static gpointer fill_tei(gpointer data)
{
	(void)data;
	return fill_elements(names, G_N_ELEMENTS(names));
}

static gpointer fill_akoma(gpointer data)
{
	(void)data;
	return fill_elements(akoma_names, G_N_ELEMENTS(akoma_names));
}

static enum tei_element element_of(const struct tei *tei, const char *name)
{
	static GOnce once = G_ONCE_INIT, once_akoma = G_ONCE_INIT;
	GHashTable *elements = tei->akoma ? g_once(&once_akoma, fill_akoma, NULL) : g_once(&once, fill_tei, NULL);

	return (enum tei_element)GPOINTER_TO_INT(g_hash_table_lookup(elements, name));
}

/* ---- the stack ---- */

bool tei_is_within(const struct tei *tei, enum tei_element element)
{
	for (guint i = tei->depth; i-- > 0;)
		if (tei->frames[i].element == element)
			return true;
	return false;
}

char *tei_text(const struct tei *tei)
{
	gsize from = MIN(tei_top(tei)->from, tei->gathered->len), len = tei->gathered->len - from;
	g_autofree char *valid = NULL;
	GString *out = g_string_new(NULL);
	bool blank = false;

	if (tei_top(tei)->element < TEI_DIV)	/* fields stand in fields: each is gone over again */
		len = MIN(len, FIELD_MAX_BYTES);
	valid = g_utf8_make_valid(tei->gathered->str + from, (gssize)len);
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			blank = out->len > 0;
			continue;
		}
		if (blank)
			g_string_append_c(out, ' ');
		blank = false;
		g_string_append_unichar(out, c);
	}
	return g_string_free(out, !out->len);
}

const char *tei_reference(const char *s, GString *buffer)
{
	const char *end, *mark;

	while (g_ascii_isspace(*s))
		s++;
	end = s + strcspn(s, " \t\r\n");
	mark = memchr(s, '#', (gsize)(end - s));
	if (!mark)
		mark = memchr(s, ':', (gsize)(end - s));
	g_string_truncate(buffer, 0);
	g_string_append_len(buffer, mark ? mark + 1 : s, end - (mark ? mark + 1 : s));
	return buffer->str;
}

/* ---- documents ---- */

static void set_id(struct tei *tei, const struct xml_attributes *attributes)
{
	const char *id = xml_attribute(attributes, "id", tei->value);
	g_autofree char *name = id && *id ? g_strdelimit(g_strdup(id), ".", '-') : NULL;	/* no ending of a file's name */
	g_autofree char *slug = name ? reader_slug(name) : NULL;

	if (slug)
		tei->doc->id = document_string(tei->doc, slug, -1);
}

static void begin_document(struct tei *tei, const struct xml_attributes *attributes)
{
	tei->doc = document_new();
	tei->doc->path = document_string(tei->doc, tei->path, -1);
	tei->doc->format = tei->akoma ? "akoma-ntoso" : format_name(FORMAT_TEI);
	set_id(tei, attributes);
	tei->draft = draft_new(tei->doc);
	tei->body = tei_body_new();
}

static void end_document(struct tei *tei)
{
	tei_body_finish(tei);
	if (!tei->failure && draft_finish(tei->draft, &tei->failure)) {
		tei_head_apply(tei);
		g_ptr_array_add(tei->documents, g_steal_pointer(&tei->doc));
	}
	tei_head_next(tei);
	tei_who_next(tei);
	g_clear_pointer(&tei->body, tei_body_free);
	g_clear_pointer(&tei->draft, draft_free);
	g_clear_pointer(&tei->doc, document_free);
}

/* ---- events ---- */

static void note_language(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	const char *language;

	if (element != TEI_TEI && element != TEI_TEXT && element != TEI_CORPUS && element != TEI_BODY)
		return;
	language = xml_attribute(attributes, "lang", tei->value);
	if (language)
		tei_head_language(tei, language);
}

/* Names in the text are words of it; those of people and organisations are fields. */
static bool is_of_people(const struct tei *tei, enum tei_element element)
{
	return element >= TEI_PERSON && element <= TEI_ORG_NAME &&
	       (element == TEI_PERSON || element == TEI_ORG || tei_is_within(tei, TEI_PERSON) || tei_is_within(tei, TEI_ORG));
}

static void on_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct tei *tei = data;
	enum tei_element element;
	struct tei_frame *frame = &tei->frames[tei->depth++];

	(void)ns;
	if (tei->depth == 1)
		tei->akoma = !strcmp(name, "akomaNtoso");
	element = element_of(tei, name);
	*frame = (struct tei_frame){ .element = element, .from = tei->gathered->len };
	note_language(tei, element, attributes);
	if (element == TEI_TEI && !tei->doc)
		begin_document(tei, attributes);
	else if (element == TEI_HEADER)
		tei->in_header = true;
	else if (element == TEI_TEXT && tei->doc)
		tei->in_text = true;
	if (element == TEI_MUTE)
		frame->mutes = true;
	else if (is_of_people(tei, element))
		tei_who_start(tei, element, attributes);
	else if (tei->in_header)
		tei_head_start(tei, element, attributes);
	else if (tei->in_text && tei->body)	/* none is open behind a TEI inside another */
		tei_body_start(tei, element, attributes);
	tei->gathering += frame->gathers;
	tei->muted += frame->mutes;
	tei->tokens_open += element == TEI_W || element == TEI_PC;
}

static void on_text(void *data, const char *s, gsize len)
{
	struct tei *tei = data;

	if (tei->muted)
		return;
	if (tei->gathering) {
		if (tei->gathered->len < GATHERED_MAX_BYTES)
			g_string_append_len(tei->gathered, s, (gssize)len);
	} else if (tei->in_text && tei->body) {
		tei_body_text(tei, s, len);
	}
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct tei *tei = data;
	struct tei_frame *frame = tei_top(tei);
	enum tei_element element = frame->element;

	(void)ns;
	(void)name;
	if (is_of_people(tei, element))
		tei_who_end(tei, element);
	else if (tei->in_header)
		tei_head_end(tei, element);
	else if (tei->in_text && tei->body)	/* none is open behind a TEI inside another */
		tei_body_end(tei, element);
	tei->gathering -= frame->gathers;
	tei->muted -= frame->mutes;
	tei->tokens_open -= element == TEI_W || element == TEI_PC;
	if (!tei->gathering)
		g_string_truncate(tei->gathered, 0);
	if (element == TEI_HEADER)
		tei->in_header = false;
	tei->depth--;
	if (element == TEI_TEXT)
		tei->in_text = tei->doc && tei_is_within(tei, TEI_TEXT);
	if (element == TEI_TEI && tei->doc && !tei_is_within(tei, TEI_TEI))
		end_document(tei);
}

static bool on_stop(void *data)
{
	const struct tei *tei = data;

	return tei->failure || (tei->draft && draft_failed(tei->draft));
}

/* ---- the whole ---- */

static void tei_clear(struct tei *tei)
{
	g_clear_error(&tei->failure);
	tei_head_free(tei->head);
	tei_who_free(tei->who);
	tei_body_free(tei->body);
	draft_free(tei->draft);
	document_free(tei->doc);
	g_string_free(tei->gathered, TRUE);
	g_string_free(tei->value, TRUE);
}

static bool refuse(const struct tei *tei, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
	            "cannot read '%s': it is the head of a TEI corpus, whose texts are files of their own", tei->path);
	return false;
}

bool tei_documents(const char *path, GBytes *bytes, GPtrArray *documents, GError **error)
{
	static const struct xml_handler handler = { .start = on_start, .end = on_end, .text = on_text, .stop = on_stop };
	struct tei *tei = g_new0(struct tei, 1);
	bool ok;

	tei->path = path;
	tei->documents = documents;
	tei->gathered = g_string_new(NULL);
	tei->value = g_string_new(NULL);
	tei->head = tei_head_new();
	tei->who = tei_who_new();
	ok = xml_read(path, NULL, bytes, &handler, tei, error);
	if (ok && tei->doc)	/* it was stopped at a limit */
		end_document(tei);
	if (ok && tei->failure) {
		g_propagate_error(error, g_steal_pointer(&tei->failure));
		ok = false;
	}
	if (ok && !documents->len)
		ok = refuse(tei, error);
	tei_clear(tei);
	g_free(tei);
	return ok;
}

bool tei_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
	struct document kept = *doc, *first;

	(void)warnings;
	if (!tei_documents(doc->path, bytes, documents, error))
		return false;
	first = g_ptr_array_index(documents, 0);
	*doc = *first;
	*first = kept;
	doc->id = document_string(doc, kept.id, -1);
	doc->path = document_string(doc, kept.path, -1);
	return true;
}
