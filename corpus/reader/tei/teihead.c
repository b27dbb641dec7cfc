/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * teihead.c - what a TEI header says of the document.
 *
 * A field can be said several times: in several languages, of the file and of its source,
 * for the whole corpus and for one document of it. Each value has a rank, and the first of the
 * highest rank stays.
 */
#include "corpus/reader/tei/tei.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/properties.h"
#include "corpus/words.h"

#define EVENT_MAX_BYTES 300

enum field { FIELD_TITLE, FIELD_DATE, FIELD_PUBLISHER, FIELD_PLACE, FIELD_URL, FIELD_LANGUAGE, N_FIELDS };

struct value {
	char *s;
	char *language;		/* of the words, or NULL */
	guint rank;
};

struct tei_head {
	struct value own[N_FIELDS], of_corpus[N_FIELDS];
	GPtrArray *meetings;	/* char * */
	GPtrArray *meeting_languages;	/* char *, "" for none */
	GString *authors;
	char *language;		/* of the frame at hand, read at its start */
	char *kind;		/* @type of it */
	char *when, *until;
	char *text_language;
};

struct tei_head *tei_head_new(void)
{
	struct tei_head *head = g_new0(struct tei_head, 1);

	head->meetings = g_ptr_array_new_with_free_func(g_free);
	head->meeting_languages = g_ptr_array_new_with_free_func(g_free);
	head->authors = g_string_new(NULL);
	return head;
}

static void value_clear(struct value *value)
{
	g_clear_pointer(&value->s, g_free);
	g_clear_pointer(&value->language, g_free);
	value->rank = 0;
}

void tei_head_free(struct tei_head *head)
{
	if (!head)
		return;
	for (guint i = 0; i < N_FIELDS; i++) {
		value_clear(&head->own[i]);
		value_clear(&head->of_corpus[i]);
	}
	g_ptr_array_free(head->meetings, TRUE);
	g_ptr_array_free(head->meeting_languages, TRUE);
	g_string_free(head->authors, TRUE);
	g_free(head->language);
	g_free(head->kind);
	g_free(head->when);
	g_free(head->until);
	g_free(head->text_language);
	g_free(head);
}

void tei_head_next(struct tei *tei)
{
	struct tei_head *head = tei->head;

	for (guint i = 0; i < N_FIELDS; i++)
		value_clear(&head->own[i]);
	g_ptr_array_set_size(head->meetings, 0);
	g_ptr_array_set_size(head->meeting_languages, 0);
	g_string_truncate(head->authors, 0);
	g_clear_pointer(&head->text_language, g_free);
}

/* ---- values ---- */

static void offer(struct tei *tei, enum field field, const char *s, guint rank)
{
	struct value *value = tei->doc ? &tei->head->own[field] : &tei->head->of_corpus[field];

	if (!s || !*s || (value->s && value->rank >= rank))
		return;
	value_clear(value);
	value->s = g_strdup(s);
	value->language = g_strdup(tei->head->language);
	value->rank = rank;
}

/* Two letters of "sl", "en-GB"; NULL for what has none. */
static const char *two_letters(struct document *doc, const char *language)
{
	const char *known = language ? front_matter_language(language) : NULL;

	if (known)
		return known;
	if (!language || !g_ascii_islower(language[0]) || !g_ascii_islower(language[1]) || g_ascii_isalnum(language[2]))
		return NULL;
	return document_string(doc, language, 2);
}

static bool same_language(const char *a, const char *b)
{
	return a && b && !g_ascii_strncasecmp(a, b, 2);
}

const char *tei_head_language_of(const struct tei *tei)
{
	const struct tei_head *head = tei->head;

	return head->text_language ? head->text_language : head->own[FIELD_LANGUAGE].s ? head->own[FIELD_LANGUAGE].s
	                                                 : head->of_corpus[FIELD_LANGUAGE].s;
}

const char *tei_head_date(const struct tei *tei)
{
	return tei->head->own[FIELD_DATE].s ? tei->head->own[FIELD_DATE].s : tei->head->of_corpus[FIELD_DATE].s;
}

/* The innermost counts: the text's own, else that of the document. */
void tei_head_language(struct tei *tei, const char *language)
{
	if (tei->in_text || !tei->head->text_language || tei_top(tei)->element == TEI_TEXT) {
		if (tei->doc && (tei_top(tei)->element == TEI_TEXT || !tei->in_text)) {
			g_free(tei->head->text_language);
			tei->head->text_language = g_strdup(language);
		}
	}
	if (!tei->doc)
		offer(tei, FIELD_LANGUAGE, language, 1);
}

/* ---- elements ---- */

static void keep(char **field, const char *value)
{
	g_free(*field);
	*field = g_strdup(value);
}

void tei_head_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	struct tei_head *head = tei->head;

	if (element == TEI_LANGUAGE) {
		keep(&head->language, NULL);
		keep(&head->when, xml_attribute(attributes, "usage", tei->value));
		offer(tei, FIELD_LANGUAGE, xml_attribute(attributes, tei->akoma ? "language" : "ident", tei->value),
		      1 + (head->when ? (guint)CLAMP(g_ascii_strtoll(head->when, NULL, 10), 0, 100) : 0));
		return;
	}
	if (element < TEI_TITLE || element > TEI_NAME)
		return;
	keep(&head->language, xml_attribute(attributes, "lang", tei->value));
	keep(&head->kind, xml_attribute(attributes, "type", tei->value));
	if (element == TEI_DATE) {
		keep(&head->until, xml_attribute(attributes, "to", tei->value));
		keep(&head->when, xml_attribute(attributes, tei->akoma ? "date" : "when", tei->value));
		if (!head->when)
			keep(&head->when, xml_attribute(attributes, "from", tei->value));
	}
	tei_top(tei)->gathers = true;
}

/* "... [ParlaMint.ana]" says which corpus and edition the file is of, not what it is about. */
static void strip_stamp(char *title)
{
	char *open = strrchr(title, '[');
	gsize len = strlen(title);

	if (open && open > title && title[len - 1] == ']' && strcspn(open, " ") > 1 &&
	    (strstr(open, "ParlaMint") || strstr(open, "SAMPLE")))
		*open = 0;
	g_strchomp(title);
}

static void take_title(struct tei *tei, char *text)
{
	const char *kind = tei->head->kind;
	bool main = !kind || !strcmp(kind, "main");

	strip_stamp(text);
	if ((tei->akoma || tei_is_within(tei, TEI_TITLE_STMT)) && !tei_is_within(tei, TEI_SOURCE_DESC))
		offer(tei, FIELD_TITLE, text, (main ? 3 : 1) + (same_language(tei->head->language, tei_head_language_of(tei)) ? 4 : 0));
	else if (tei_is_within(tei, TEI_SOURCE_DESC))
		offer(tei, FIELD_TITLE, text, 0);
}

/* The day of the sitting, of the source, of the publication. */
static void take_date(struct tei *tei, const char *text)
{
	const struct tei_head *head = tei->head;
	const char *s = head->when ? head->when : text;
	char first[DATE_SIZE], last[DATE_SIZE];
	g_autofree char *day = s ? g_strndup(s, strcspn(s, "T")) : NULL, *span = NULL;
	guint rank = tei->akoma || tei_is_within(tei, TEI_SETTING) ? 3 : tei_is_within(tei, TEI_SOURCE_DESC) ? 2 : 0;

	if (!rank || !day || !date_read(day, first, last))
		return;
	if (head->when && head->until && date_is_iso(head->until) && strcmp(head->until, first) > 0)
		span = g_strdup_printf("%s..%s", first, head->until);
	else if (*last)
		span = g_strdup_printf("%s..%s", first, last);
	offer(tei, FIELD_DATE, span ? span : first, rank);
}

static void take_meeting(struct tei *tei, char *text)
{
	if (!tei->doc)
		return;
	g_ptr_array_add(tei->head->meetings, g_strdup(text));
	g_ptr_array_add(tei->head->meeting_languages, g_strdup(tei->head->language ? tei->head->language : ""));
}

static bool is_kind(const struct tei *tei, const char *kind)
{
	return tei->head->kind && !g_ascii_strcasecmp(tei->head->kind, kind);
}

static void take_field(struct tei *tei, enum tei_element element, char *text)
{
	bool source = tei_is_within(tei, TEI_SOURCE_DESC);
	guint ours = same_language(tei->head->language, tei_head_language_of(tei));

	if (element == TEI_TITLE)
		take_title(tei, text);
	else if (element == TEI_MEETING)
		take_meeting(tei, text);
	else if (element == TEI_PUBLISHER && (source || tei_is_within(tei, TEI_PUBLICATION_STMT)))
		offer(tei, FIELD_PUBLISHER, text, (source ? 3 : 1) + ours);
	else if (element == TEI_NAME && tei_is_within(tei, TEI_SETTING) &&
	         (is_kind(tei, "city") || is_kind(tei, "place") || !tei->head->kind))
		offer(tei, FIELD_PLACE, text, 1 + ours);
	else if (element == TEI_IDNO && source && (g_str_has_prefix(text, "https://") || g_str_has_prefix(text, "http://")))
		offer(tei, FIELD_URL, text, 1);
	else if (element == TEI_AUTHOR && tei->doc && tei_is_within(tei, TEI_TITLE_STMT))
		g_string_append_printf(tei->head->authors, "%s%s", tei->head->authors->len ? "; " : "", text);
}

void tei_head_end(struct tei *tei, enum tei_element element)
{
	g_autofree char *text = tei_top(tei)->gathers ? tei_text(tei) : NULL;

	if (element == TEI_DATE)
		take_date(tei, text);
	else if (text)
		take_field(tei, element, text);
}

/* ---- the whole ---- */

static const char *value_of(const struct tei *tei, enum field field)
{
	const struct tei_head *head = tei->head;

	return head->own[field].s ? head->own[field].s : head->of_corpus[field].s;
}

/* The meeting's labels in the language of the text, each once; in any, where there are none. */
static const char *event_of(struct tei *tei)
{
	const struct tei_head *head = tei->head;
	g_autoptr(GString) out = g_string_new(NULL);
	bool ours = false;

	for (guint i = 0; i < head->meetings->len; i++)
		ours = ours || same_language(g_ptr_array_index(head->meeting_languages, i), tei_head_language_of(tei));
	for (guint i = 0; i < head->meetings->len && out->len < EVENT_MAX_BYTES; i++) {
		const char *meeting = g_ptr_array_index(head->meetings, i);

		if ((ours && !same_language(g_ptr_array_index(head->meeting_languages, i), tei_head_language_of(tei))) ||
		    strstr(out->str, meeting))
			continue;
		g_string_append_printf(out, "%s%s", out->len ? ", " : "", meeting);
	}
	return out->len ? document_string(tei->doc, out->str, (gssize)out->len) : NULL;
}

static void apply_date(struct document *doc, const char *date)
{
	char first[DATE_SIZE], last[DATE_SIZE];

	if (!date || !date_read(date, first, last))
		return;
	doc->date = document_string(doc, first, -1);
	doc->date_end = *last ? document_string(doc, last, -1) : NULL;
}

/* Of a text in which nobody has the floor. */
static void set_type(struct document *doc, const char *title)
{
	g_autoptr(GString) folded = g_string_new(NULL);

	words_fold_to(folded, title, 0, (guint32)strlen(title));
	if (cue_holds(CUE_BACKGROUND, folded->str))
		doc->type = TYPE_BACKGROUND_PAPER;
	else if (cue_holds(CUE_REPORT, folded->str))
		doc->type = TYPE_REPORT;
}

void tei_head_apply(struct tei *tei)
{
	struct document *doc = tei->doc;
	const char *title = tei->head->own[FIELD_TITLE].s;

	doc->language = two_letters(doc, tei_head_language_of(tei));
	doc->title = document_string(doc, title ? title : "", -1);
	doc->publisher = document_string(doc, value_of(tei, FIELD_PUBLISHER), -1);
	doc->place = document_string(doc, value_of(tei, FIELD_PLACE), -1);
	doc->url = document_string(doc, tei->head->own[FIELD_URL].s, -1);
	doc->event = event_of(tei);
	apply_date(doc, value_of(tei, FIELD_DATE));
	if (title && !doc->turns)
		set_type(doc, title);
	if (tei->head->authors->len)
		properties_author(doc, tei->head->authors->str);
}
