/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * outline.c - the order of the outline's steps; title and type.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

#define TOP_BLOCKS 5	/* in which a speech says whose it is */
#define SENTENCE_WORDS 10	/* of running text, which ends the head of a document */
#define FRONT_BLOCKS 14
#define NAMING_WORDS 20		/* in which the type is said */
#define TITLE_BYTES_MAX 300

static const char *one_line(struct document *doc, const struct piece *piece)
{
	struct range text = text_trim(piece->s, piece_range(piece));
	g_autoptr(GString) line = g_string_new(NULL);
	text.end = text_limit(piece->s, text.start, text.end, TITLE_BYTES_MAX);
	for (guint32 i = text.start; i < text.end; i++) {
		bool space = g_ascii_isspace(piece->s[i]);
		if (!space)
			g_string_append_c(line, piece->s[i]);
		else if (line->len > 0 && line->str[line->len - 1] != ' ')
			g_string_append_c(line, ' ');
	}
	return line->len == 0 ? NULL : document_string(doc, line->str, (gssize)line->len);
}

static bool names_panels(const struct document *doc, const char *folded)
{
	for (guint i = 0; i < doc->panels->len; i++) {
		const char *title = document_panel(doc, i)->title;
		if (title == NULL)
			continue;
		g_autoptr(GString) other = g_string_new(NULL);
		words_fold(title, (struct range){ 0, (guint32)strlen(title) }, other);
		if (other->len > 0 && strstr(folded, other->str))
			return true;
	}
	return false;
}

/* What a line of the front is worth as the title: 0 none, 1 the name of an
 * event or a house, 2 a title. */
/* "Rapporteur: Name" */
static bool names_head(const struct piece *piece)
{
	const char *colon = memchr(piece->s, ':', MIN(piece->len, 40));
	g_autoptr(GString) head = g_string_new(NULL);
	if (colon == NULL)
		return false;
	words_fold(piece->s, (struct range){ 0, (guint32)(colon - piece->s) }, head);
	return cue_is(CUE_MODERATOR, head->str, -1) || cue_is(CUE_PEOPLE, head->str, -1) || cue_is(CUE_CHAIR, head->str, -1) ||
	       cue_is(CUE_HEAD, head->str, -1);
}

/* "A/C.4/78/SR.19", "Distr.: General", "[Skip to main content]": of a document's head,
 * and not its title. */
static bool is_masthead(const struct piece *piece, const char *folded)
{
	guint slashes = 0;
	for (guint32 i = 1; i + 1 < piece->len; i++)
		slashes += piece->s[i] == '/' && g_ascii_isalnum(piece->s[i - 1]) && g_ascii_isalnum(piece->s[i + 1]) &&
		           (g_ascii_isupper(piece->s[i - 1]) || g_ascii_isdigit(piece->s[i - 1]));
	return slashes >= 2 || strlen(folded) <= 3 || cue_is(CUE_MASTHEAD, folded, -1) || cue_begins(CUE_MASTHEAD, folded) > 0;
}

/* Behind "Held on Tuesday", "Montag, den", "le": words before a date that say no more than that it is one. */
static const char *behind_weekday(const char *s)
{
	static const char words[] = " held on date dated le am den der el il op em lo datum fecha data "
		"monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag "
		"lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
		"lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ";
	for (gsize len; (len = strcspn(s, " ,:")) > 0 && s[len] != '\0';) {
		g_autofree char *word = g_strndup(s, len), *folded = g_utf8_strdown(word, -1), *listed = g_strdup_printf(" %s ", folded);
		if (strstr(words, listed) == NULL)
			break;
		s += len + strspn(s + len, " ,:");
	}
	return s;
}

/* The same without the hour and the place behind: "6 February 2024 at 2.30 pm in the Small Hall". */
static bool read_day(const char *s, char first[DATE_SIZE], char last[DATE_SIZE])
{
	static const char *const behind[] = { ",", " at ", " um ", " à ", " a las ", " alle ", " om ", " às " };
	s = behind_weekday(s);
	if (strlen(s) > 4 && date_read(s, first, last))
		return true;
	for (gsize i = 0; i < G_N_ELEMENTS(behind); i++) {
		const char *end = strstr(s, behind[i]);
		g_autofree char *day = end == NULL ? NULL : g_strndup(s, (gsize)(end - s));
		if (day != NULL && date_read(day, first, last) && strlen(first) == DATE_SIZE - 1)
			return true;
	}
	return false;
}

/* "Wednesday, 15 February 2023" */
static bool is_date(const char *line)
{
	char first[DATE_SIZE], last[DATE_SIZE];
	const char *rest = line + strcspn(line, " ,0123456789");	/* behind the day of the week */
	rest += strspn(rest, ", ");
	return read_day(line, first, last) || (rest > line && strchr(rest, ' ') != NULL && date_read(rest, first, last));
}

static int title_worth(const struct piece *piece, GString *folded)
{
	words_fold_to(folded, piece->s, 0, MIN(piece->len, 300));
	guint words = words_count(piece->s, piece_range(piece), 26);
	g_autofree char *line = g_strndup(piece->s, MIN(piece->len, 80));
	const char *comma = strrchr(line, ',');
	char *behind = comma == NULL ? line : g_strchug((char *)comma + 1);
	if (words == 0 || words > 25 || piece->s[piece->len - 1] == ':' || cue_is(CUE_PART, folded->str, -1) || names_head(piece) ||
	    text_ends_sentence(piece->s, piece_range(piece)) != g_str_has_suffix(g_strchomp(line), "?") ||
	    is_date(behind) || is_date(line) || is_masthead(piece, folded->str) ||
	    cue_begins(CUE_BACKGROUND, folded->str) || cue_begins(CUE_STATEMENT, folded->str) > 1 ||
	    cue_begins(CUE_ORGANISED, folded->str) > 0)
		return 0;
	bool kind = words <= 3 && (cue_holds(CUE_REPORT, folded->str) || cue_holds(CUE_TRANSCRIPT, folded->str));	/* "Conference report" */
	return kind || (words <= 8 && (cue_holds(CUE_EVENT, folded->str) || cue_holds(CUE_BODY, folded->str))) ? 1 : 2;
}

/* The title: the best of the lines before the text begins. */
static void find_title(struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	int best = 0;
	if (doc->title != NULL && *doc->title != '\0' && strcmp(doc->title, doc->id) != 0)
		return;
	for (guint i = 0, seen = 0; i < doc->blocks->len && seen < FRONT_BLOCKS && best < 2; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) && block->kind != BLOCK_LABEL)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		seen++;
		piece.len = date_above_place(piece.s, piece.len);
		/* above the text, where paragraphs are lines of the head */
		if (block->kind == BLOCK_LABEL || piece.len > 400 ||
		    (block->kind != BLOCK_HEADING && seen > 1 && text_ends_sentence(piece.s, piece_range(&piece)) &&
		     words_count(piece.s, piece_range(&piece), SENTENCE_WORDS) >= SENTENCE_WORDS))
			break;
		if (block->zone != ZONE_BODY && best > 0)
			break;
		if (block->zone != ZONE_BODY || block->kind == BLOCK_LIST_ITEM)
			continue;
		int worth = title_worth(&piece, folded);
		/* "A. Title" is a section; what panels are called is no title beside another */
		if (best > 0 && (names_panels(doc, folded->str) ||
		                 (piece.len > 2 && piece.s[1] == '.' && piece.s[2] == ' ')))
			break;
		const char *title = worth > best ? one_line(doc, &piece) : NULL;
		if (title == NULL)
			continue;
		doc->title = title;
		best = worth;
	}
}

/* A date in one line of the front: the whole line, or what follows a comma
 * ("Town, 3 and 4 May 2021"), or the last of several lines. */
static bool take_date(struct document *doc, const char *s, gsize len)
{
	char first[DATE_SIZE], last[DATE_SIZE];
	if (len < 4 || len > 80)
		return false;
	g_autofree char *line = g_strndup(s, len);
	for (char *p = g_strstrip(line); p != NULL && *p != '\0';) {
		if (read_day(p, first, last)) {
			doc->date = document_string(doc, first, -1);
			if (*last != '\0')
				doc->date_end = document_string(doc, last, -1);
			return true;
		}
		p = strchr(p, ',');
		p = p == NULL ? NULL : g_strchug(p + 1);
	}
	return false;
}

static void find_dates(struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL);
	if (doc->date != NULL)
		return;
	for (guint i = 0, seen = 0; i < doc->blocks->len && seen < FRONT_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone == ZONE_FRONT_MATTER)
			continue;
		if (block->kind == BLOCK_LABEL)
			break;
		seen++;
		struct piece piece = piece_of(doc, block, buffer);
		if (piece.len > 400)
			break;
		for (guint32 pos = 0; pos < piece.len;) {
			guint32 end = text_line_end(piece.s, pos, piece.len);
			if (take_date(doc, piece.s + pos, end - pos))
				return;
			pos = end + 1;
		}
	}
}

/* The event: the first short line of the front that names one. */
static void find_event(struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len && i < FRONT_BLOCKS && doc->event == NULL; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone != ZONE_BODY || block->kind == BLOCK_LIST_ITEM)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		struct piece line = piece;
		line.len = text_line_end(piece.s, 0, piece.len);
		guint words = words_count(line.s, piece_range(&line), 13);
		if (words < 2 || words > 12 || text_ends_sentence(line.s, piece_range(&line)) ||
		    memchr(line.s, ':', line.len))
			continue;
		g_string_truncate(folded, 0);
		words_fold(line.s, piece_range(&line), folded);
		if (cue_holds(CUE_EVENT, folded->str))
			doc->event = one_line(doc, &line);
	}
}

/* A panel that front matter names is the whole document's. */
static void take_front_panel(struct document *doc)
{
	const struct block *block = front_matter_next(doc, "panel", NULL);
	guint number;
	if (block == NULL || front_matter_next(doc, "panel", block) != NULL || doc->panels->len > 1)
		return;
	const char *s = doc->text + block_start(block);
	guint32 len = block_end(block) - block_start(block);
	guint32 label = panel_label(s, len, &number);
	if (number == 0)
		label = 0;
	if (label == 0 && doc->panels->len == 1) {	/* the text has its label, this is its title */
		if (document_panel(doc, 0)->title == NULL)
			document_panel(doc, 0)->title = document_string(doc, s, len);
	} else if (label == 0) {
		struct panel panel = { .moderator = -1, .title = document_string(doc, s, len) };
		g_array_append_val(doc->panels, panel);
	} else if (panel_take(doc, s, label, len) != 0) {
		return;
	}
	for (guint i = 0; i < doc->blocks->len; i++)
		document_block(doc, i)->panel = 0;
}

void outline(struct document *doc)
{
	g_autoptr(GHashTable) titles = contents_titles(doc);
	heads_split(doc, titles);
	if (stage_is_on(STAGE_LABELS))
		labels_split(doc);
	headings_find(doc, titles);
	sections_build(doc);
	take_front_panel(doc);
	find_title(doc);
	find_event(doc);
	if (doc->type == TYPE_SLIDES || (doc->type == TYPE_OTHER && slides_recognise(doc)))
		slides_number(doc);
}

/* ---- the type ---- */

struct counts {
	guint labels, prose, panels, references;
};

static struct counts count(const struct document *doc)
{
	struct counts counts = { .panels = doc->panels->len };
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		counts.labels += block->kind == BLOCK_LABEL && block->level == 0;
		counts.references += block->zone == ZONE_REFERENCES && block->n_ranges > 0;
		counts.prose += block_is_text(block) && block->zone == ZONE_BODY &&
		                block_end(block) - block_start(block) > 120;
	}
	return counts;
}

/* "STATEMENT / BY / Name", each a block of its own. folded is spoilt. */
static bool statement_over_lines(const struct document *doc, guint i, GString *folded)
{
	g_autoptr(GString) own = g_string_new(NULL);
	if (!cue_is(CUE_TALK, folded->str, -1))
		return false;
	for (guint k = i + 1; k < doc->blocks->len && k < i + 3; k++) {
		struct piece piece = piece_of(doc, document_block(doc, k), own);
		if (block_is_silent(document_block(doc, k)) || words_count(piece.s, piece_range(&piece), 13) > 12)
			continue;
		g_string_append_c(folded, ' ');
		words_fold(piece.s, piece_range(&piece), folded);
	}
	return cue_begins(CUE_STATEMENT, folded->str) > 1;
}

/* A third of the paragraphs say "I" or "we". */
static bool in_first_person(const struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	guint own = 0, paragraphs = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		words_fold_to(folded, piece.s, 0, piece.len);
		paragraphs++;
		own += cue_holds(CUE_SELF, folded->str);
	}
	return own * 3 >= paragraphs && own > 0;
}

/* A name alone on a line among the next blocks, before the text begins. */
static bool name_follows(const struct document *doc, guint i)
{
	g_autoptr(GString) own = g_string_new(NULL);
	for (guint k = i + 1; k < doc->blocks->len && k < i + 5; k++) {
		const struct block *block = document_block(doc, k);
		if (block_is_silent(block) || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(doc, block, own);
		struct name name;
		if (words_count(piece.s, piece_range(&piece), 30) >= 30)
			return false;
		if (name_alone(piece.s, (struct range){ 0, text_line_end(piece.s, 0, piece.len) }, &name))
			return true;
	}
	return false;
}

/* Folds what may say it: a short block, or of a head of several lines the one that does. */
static bool may_name_type(const struct piece *piece, GString *folded)
{
	g_string_truncate(folded, 0);
	if (words_count(piece->s, piece_range(piece), NAMING_WORDS + 1) <= NAMING_WORDS) {
		words_fold(piece->s, piece_range(piece), folded);
		return true;
	}
	for (guint32 pos = 0, end; pos < piece->len && !text_ends_sentence(piece->s, piece_range(piece)); pos = end + 1) {
		end = text_line_end(piece->s, pos, piece->len);
		words_fold_to(folded, piece->s, pos, end);
		if (cue_holds(CUE_BACKGROUND, folded->str) || cue_holds(CUE_REPORT, folded->str))
			return true;
	}
	return false;
}

/* What the first lines and the title call it. */
static int type_by_name(const struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	/* the last word of the file's name: "house-statement" */
	const char *last = doc->id == NULL ? NULL : strrchr(doc->id, '-');
	if (last != NULL && cue_is(CUE_TALK, last + 1, -1) && !cue_is(CUE_THING, last + 1, -1))	/* "paper" is either */
		return TYPE_STATEMENT;
	for (int pass = 0; pass < 2; pass++) {
		for (guint i = 0; i < doc->blocks->len && i < FRONT_BLOCKS; i++) {
			const struct block *block = document_block(doc, i);
			if (block_is_silent(block) || block->kind == BLOCK_LABEL)
				continue;
			struct piece piece = piece_of(doc, block, buffer);
			if (!may_name_type(&piece, folded))
				continue;
			if (cue_holds(CUE_BACKGROUND, folded->str))
				return TYPE_BACKGROUND_PAPER;
			if (pass == 1 && cue_holds(CUE_REPORT, folded->str))
				return TYPE_REPORT;
			if (pass == 1 && (cue_begins(CUE_STATEMENT, folded->str) > 1 || statement_over_lines(doc, i, folded)))
				return TYPE_STATEMENT;
			if (pass == 1 && i < TOP_BLOCKS && (cue_is(CUE_TALK, folded->str, -1) || cue_is(CUE_SIGNED, folded->str, -1)) &&
			    !cue_begins(CUE_ITEM, folded->str) && name_follows(doc, i) && in_first_person(doc) && doc->panels->len == 0)
				return TYPE_STATEMENT;
			if (pass == 1 && i < TOP_BLOCKS && statement_name(folded, piece.s, piece.len) > 0 && in_first_person(doc))
				return TYPE_STATEMENT;
		}
	}
	return -1;
}

/* Front matter says who speaks; who wrote it is no sign. */
static bool names_speakers(const struct document *doc)
{
	return front_matter_next(doc, "speaker", NULL) != NULL;
}

static void detect(struct document *doc)
{
	if (doc->type != TYPE_OTHER)
		return;
	struct counts counts = count(doc);
	int named = type_by_name(doc);
	if (counts.labels >= 3 && counts.labels * 12 >= counts.prose)
		doc->type = TYPE_TRANSCRIPT;
	else if (slides_recognise(doc))
		doc->type = TYPE_SLIDES;
	else if (named >= 0)
		doc->type = (enum document_type)named;
	else if (counts.panels >= 1 && counts.prose >= 2)
		doc->type = TYPE_REPORT;
	else if (counts.panels >= 2 && counts.prose == 0)
		doc->type = TYPE_AGENDA;
	else if (counts.references >= 5)
		doc->type = TYPE_BACKGROUND_PAPER;
	else if (names_speakers(doc))
		doc->type = TYPE_TRANSCRIPT;
}

void document_type_detect(struct document *doc)
{
	find_dates(doc);
	detect(doc);
}

void transcript_session(struct document *doc)
{
	if (doc->type != TYPE_TRANSCRIPT || doc->panels->len > 0 || doc->title == NULL || *doc->title == '\0' || g_strcmp0(doc->title, doc->id) == 0)
		return;
	struct panel panel = { .moderator = -1, .title = doc->title };
	g_array_append_val(doc->panels, panel);
	for (guint i = 0; i < doc->blocks->len; i++)
		document_block(doc, i)->panel = 0;
}
