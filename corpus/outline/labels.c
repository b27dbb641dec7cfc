/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * labels.c - the labels of a transcript: who speaks from here on.
 *
 * Several houses, several forms. A form counts only where the document uses it
 * throughout: "Goal: ..." on one slide is no label, "AB: ..." on every second
 * paragraph is one.
 *
 * The lines are read twice: strictly while the forms are counted, then, where
 * the document is a transcript, with an ear for what ends a turn and names
 * nobody ("From the floor:", "HON. MEMBERS:"). Heads that stand before facts
 * ("Venue:", "E-mail:") are labels in neither reading.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define LABEL_BYTES_MAX 100

enum form {
	FORM_NONE,
	FORM_COLON,	/* "NAME: ...", "Mr. NAME (Country): ...", "[00:12] NAME: ..." */
	FORM_DASH,	/* "Name (GROUP). - ..." */
	FORM_QA,	/* "Q - ...", "A - ..." */
	FORM_BARS,	/* "**Body | Name | Role**" alone */
	FORM_BOLD,	/* "**Name**" alone */
	N_FORMS
};

struct label {
	enum form form;
	guint32 start, end;	/* the label as printed */
	guint32 text;		/* where the speech begins */
};

struct labels {
	struct document *doc;
	GHashTable *uses[N_FORMS];	/* folded label -> times */
	guint count[N_FORMS];
	guint paragraphs;
	guint marked;			/* labels in bold that begin with a title: "**Ms. Name:**" */
	guint dotted;			/* "Q.", "A." */
	guint open;			/* colons whose text ends like no sentence: a programme's lines */
	bool accepted[N_FORMS];
	bool decided;			/* it is a transcript: the second reading */
	GHashTable *names;		/* folded words of the names in front matter and in labels */
	GString *buffer, *folded;
};

/* Behind "[00:12:33]", "(1:02)" or "00:12:33" and blanks. */
static guint32 skip_time(const char *s, guint32 pos, guint32 end)
{
	guint32 i = pos, digits = 0, colons = 0;
	if (i < end && (s[i] == '[' || s[i] == '('))
		i++;
	for (; i < end && (g_ascii_isdigit(s[i]) || s[i] == ':' || s[i] == '.'); i++) {
		digits += g_ascii_isdigit(s[i]) ? 1 : 0;
		colons += s[i] == ':';
	}
	if (digits < 3 || colons == 0)
		return pos;
	while (i < end && strchr("]) \t-", s[i]) && s[i] != '\0')
		i++;
	return i;
}

static void fold_to(GString *out, const char *s, guint32 from, guint32 to)
{
	g_string_truncate(out, 0);
	words_fold(s, (struct range){ from, to }, out);
}

/* "From the floor", "Several hon. Members", "Voice from the audience", "Speaker 2". */
static bool is_audience(struct labels *labels, const char *s, guint32 from, guint32 to)
{
	static const char *const behind[] = { "from", "in", "aus", "im", "dans", "de", "del" };
	fold_to(labels->folded, s, from, to);
	const char *rest = labels->folded->str;
	guint words = cue_begins(CUE_AUDIENCE, rest);
	if (words == 0 || words_count(s, (struct range){ from, to }, 7) > 6)
		return false;
	for (; words > 0; words--) {
		rest += strcspn(rest, " ");
		rest += *rest == ' ';
	}
	if (*rest == '\0' || g_ascii_isdigit(*rest))
		return true;
	gsize len = strcspn(rest, " ");
	for (guint i = 0; i < G_N_ELEMENTS(behind); i++)
		if (strlen(behind[i]) == len && strncmp(rest, behind[i], len) == 0)
			return true;
	return false;
}

/* "The Minister for X (Mr Name)", "President": a function, not a name. */
static bool is_function(struct labels *labels, const char *s, guint32 from, guint32 to)
{
	fold_to(labels->folded, s, from, to);
	const char *folded = labels->folded->str;
	if (g_str_has_prefix(folded, "the "))
		folded += 4;
	if (cue_is(CUE_ROLE, folded, -1) || cue_is(CUE_MODERATOR, folded, -1))
		return true;
	const char *bracket = memchr(s + from, '(', to - from);
	struct name name;
	if (bracket == NULL || words_count(s, (struct range){ from, to }, 13) > 12)
		return false;
	return cue_begins(CUE_ROLE, folded) > 0 ||
	       (folded > labels->folded->str && name_scan(s, (guint32)(bracket - s) + 1, to, &name) &&
	        name.honorific < name.start);
}

/* True where all words from..to may stand in a label: capitalised, initials,
 * particles, or anything in brackets. */
static bool is_label_text(struct labels *labels, const char *s, guint32 from, guint32 to)
{
	fold_to(labels->folded, s, from, to);
	if (cue_is(CUE_HEAD, labels->folded->str, -1))
		return false;
	if (labels->decided && (is_audience(labels, s, from, to) || is_function(labels, s, from, to)))
		return true;
	struct word word;
	guint n = 0, plain = 0;
	const char *bracket = memchr(s + from, '(', to - from);
	guint32 stop = bracket == NULL ? to : (guint32)(bracket - s);
	for (guint32 pos = from; word_next(s, &pos, stop, &word); n++) {
		fold_to(labels->folded, s, word.start, word.end);
		if (n == 0 && !word.upper)
			return false;
		if (word.digit && n == 0)
			return false;
		if (!word.upper && !word.digit && !cue_is(CUE_PARTICLE, labels->folded->str, -1))
			return false;
		plain += cue_is(CUE_NOT_NAME, labels->folded->str, -1) &&
		         !cue_is(CUE_MODERATOR, labels->folded->str, -1) && word.end - word.start > 2;
	}
	return n > 0 && n <= 8 && plain < n;
}

static bool scan_colon(struct labels *labels, const char *s, guint32 from, guint32 end,
                       struct label *label)
{
	guint32 start = skip_time(s, from, end);
	guint32 limit = MIN(end, start + LABEL_BYTES_MAX), i = start;
	while (i < limit && s[i] != ':' && s[i] != '\n' && s[i] != '|' && s[i] != '"')
		i++;
	if (i >= limit || i == start)
		return false;
	bool timed_line = start > from && s[i] == '\n';
	if (!timed_line && (s[i] != ':' || (i + 1 < end && !g_ascii_isspace(s[i + 1]))))
		return false;
	/* a title with a colon has no sentence behind it */
	struct range rest = text_trim(s, (struct range){ i + 1, end });
	bool aside = labels->decided && rest.start < rest.end && strchr("[(", s[rest.start]) != NULL;
	if (!aside && words_count(s, rest, 6) < 6 && !text_ends_sentence(s, rest) &&
	    words_count(s, rest, 1) > 0)
		return false;
	guint number;
	if (!is_label_text(labels, s, start, i) || (panel_label(s + start, i - start, &number) > 0 && number > 0))
		return false;
	/* "Chair: Name, House" */
	if (is_function(labels, s, start, i) && !aside && !text_ends_sentence(s, rest))
		return false;
	*label = (struct label){ .form = FORM_COLON, .start = start, .end = i, .text = i + 1 };
	while (label->end > start && s[label->end - 1] == ' ')
		label->end--;
	return true;
}

/* The bytes of a dash (- or one of Unicode's) with blanks around it, else 0. */
static guint32 dash_bytes(const char *s, guint32 pos, guint32 end)
{
	if (pos + 2 >= end || s[pos] != ' ')
		return 0;
	if (s[pos + 1] == '-' && s[pos + 2] == ' ')
		return 3;
	if (pos + 4 < end && (memcmp(s + pos + 1, "\xE2\x80\x93", 3) == 0 ||
	                      memcmp(s + pos + 1, "\xE2\x80\x94", 3) == 0) &&
	    g_ascii_isspace(s[pos + 4]))
		return 5;
	return 0;
}

static bool scan_dash(struct labels *labels, const char *s, guint32 from, guint32 end,
                      struct label *label)
{
	guint32 limit = MIN(end, from + LABEL_BYTES_MAX);
	for (guint32 i = from; i < limit && s[i] != '\n'; i++) {
		if (s[i] != '.')
			continue;
		guint32 bytes = dash_bytes(s, i + 1, end);
		if (bytes == 0)
			continue;
		/* "Name, on behalf of a group. -" */
		const char *comma = memchr(s + from, ',', i - from);
		guint32 stop = comma == NULL ? i : (guint32)(comma - s);
		guint number;
		if (stop == from || !is_label_text(labels, s, from, stop) || panel_label(s + from, stop - from, &number) > 0)
			return false;
		*label = (struct label){ .form = FORM_DASH, .start = from, .end = i, .text = i + 1 + bytes };
		return true;
	}
	return false;
}

static bool scan_qa(struct labels *labels, const char *s, guint32 from, guint32 end,
                    struct label *label)
{
	struct word word;
	guint32 pos = from;
	if (!word_next(s, &pos, MIN(end, from + 12), &word) || word.start != from || !word.upper)
		return false;
	guint32 bytes = dash_bytes(s, word.end, end);
	if (bytes == 0 && word.end - word.start == 1 && word.end + 2 < end && s[word.end] == '.' &&
	    s[word.end + 1] == ' ')
		bytes = 2;
	fold_to(labels->folded, s, word.start, word.end);
	if (bytes == 0 || !(cue_is(CUE_AUDIENCE, labels->folded->str, -1) ||
	                    cue_is(CUE_ANSWER, labels->folded->str, -1)))
		return false;
	*label = (struct label){ .form = FORM_QA, .start = word.start, .end = word.end,
	                         .text = word.end + bytes };
	return true;
}

/* "The PRESIDENT. We must close.", in a document whose speakers have labels. */
static bool scan_capitals(struct labels *labels, const char *s, guint32 from, guint32 end,
                          struct label *label)
{
	struct word word;
	guint n = 0, caps = 0;
	for (guint32 pos = from, last = from; n < 5 && word_next(s, &pos, end, &word); n++) {
		if (n > 0 && s[last] == '.' && caps > 0) {
			*label = (struct label){ .form = labels->accepted[FORM_COLON] ? FORM_COLON : FORM_DASH,
			                         .start = from, .end = last, .text = last + 1 };
			return word.upper && last + 2 <= word.start && is_label_text(labels, s, from, last);
		}
		if (word.caps && word.end - word.start >= 4)
			caps++;
		else if (n > 0 || !word.upper)
			return false;
		last = word.end;
		if (last >= end)
			return false;
	}
	return false;
}

static bool is_marked(const struct document *doc, const struct block *block)
{
	struct range first = block->ranges[0];
	return first.start >= 2 && first.end + 1 < doc->text_bytes && doc->text[first.start - 1] == '*' &&
	       doc->text[first.start - 2] == '*' && doc->text[first.end] == '*' &&
	       doc->text[first.end + 1] == '*';
}

/* "**NAME** - text": a name in bold at the beginning, a dash behind it. */
static bool scan_marked(struct labels *labels, const struct piece *piece, struct label *label)
{
	const struct block *block = piece->block;
	struct name name;
	guint32 len = block->ranges[0].end - block->ranges[0].start;
	if (block->n_ranges < 2 || len > LABEL_BYTES_MAX || len >= piece->len || !is_marked(labels->doc, block))
		return false;
	guint32 bytes = dash_bytes(piece->s, len, piece->len);
	if (bytes == 0 || !is_label_text(labels, piece->s, 0, len) ||
	    !name_scan(piece->s, 0, len, &name) || name.end < len)
		return false;
	*label = (struct label){ .form = FORM_COLON, .end = len, .text = len + bytes };
	return name.words >= 2 || name.honorific < name.start || labels->decided;
}

static bool is_bold(const struct document *doc, const struct block *block)
{
	guint32 start = block_start(block), end = block_end(block);
	return start >= 2 && end + 1 < doc->text_bytes && doc->text[start - 1] == '*' &&
	       doc->text[start - 2] == '*' && doc->text[end] == '*' && block->n_ranges == 1;
}

static bool scan_whole(const struct document *doc, const struct block *block,
                       const struct piece *piece, struct label *label)
{
	struct name name;
	if (!is_bold(doc, block) || piece->len > 2 * LABEL_BYTES_MAX ||
	    memchr(piece->s, '\n', piece->len) || text_ends_sentence(piece->s, piece_range(piece)))
		return false;
	*label = (struct label){ .form = FORM_BARS, .end = piece->len, .text = piece->len };
	if (memchr(piece->s, '|', piece->len))
		return true;
	label->form = FORM_BOLD;
	return name_alone(piece->s, piece_range(piece), &name);
}

/* The label at the beginning of a line, if there is one in any form. */
static bool scan(struct labels *labels, const struct piece *piece, guint32 from, struct label *label)
{
	const char *s = piece->s;
	guint32 end = piece->len;
	while (from < end && (s[from] == ' ' || s[from] == '\t'))
		from++;
	return scan_dash(labels, s, from, end, label) || scan_qa(labels, s, from, end, label) ||
	       scan_colon(labels, s, from, end, label) ||
	       (from == 0 && scan_marked(labels, piece, label)) ||
	       (labels->decided && scan_capitals(labels, s, from, end, label));
}

static guint32 next_line(const char *s, guint32 pos, guint32 end)
{
	const char *feed = memchr(s + pos, '\n', end - pos);
	return feed == NULL ? end : (guint32)(feed - s) + 1;
}

static void know_name(struct labels *labels, const char *s, guint32 from, guint32 to)
{
	fold_to(labels->folded, s, from, to);
	g_auto(GStrv) words = g_strsplit(labels->folded->str, " ", -1);
	for (guint k = 0; words[k] != NULL; k++)
		if (strlen(words[k]) > 2)
			g_hash_table_add(labels->names, g_strdup(words[k]));
}

static void count(struct labels *labels, const struct piece *piece, const struct label *label)
{
	fold_to(labels->folded, piece->s, label->start, label->end);
	GHashTable *uses = labels->uses[label->form];
	guint times = GPOINTER_TO_UINT(g_hash_table_lookup(uses, labels->folded->str));
	g_hash_table_insert(uses, g_strdup(labels->folded->str), GUINT_TO_POINTER(times + 1));
	labels->count[label->form]++;
	labels->dotted += label->form == FORM_QA && piece->s[label->end] == '.';
	struct name name;
	labels->open += label->form == FORM_COLON && !text_ends_sentence(piece->s, (struct range){ label->text, piece->len });
	if (label->form == FORM_COLON && name_scan(piece->s, label->start, label->end, &name)) {
		labels->marked += label->start == 0 && name.honorific < name.start &&
		                  piece->block->n_ranges > 1 && is_marked(labels->doc, piece->block);
		if (name.words >= 2)
			know_name(labels, piece->s, name.start, name.end);
	}
}

static void count_all(struct labels *labels)
{
	for (guint i = 0; i < labels->doc->blocks->len; i++) {
		const struct block *block = document_block(labels->doc, i);
		struct label label;
		if (block->kind != BLOCK_PARAGRAPH || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(labels->doc, block, labels->buffer);
		labels->paragraphs++;
		if (scan_whole(labels->doc, block, &piece, &label)) {
			count(labels, &piece, &label);
			continue;
		}
		for (guint32 pos = 0; pos < piece.len; pos = next_line(piece.s, pos, piece.len))
			if (scan(labels, &piece, pos, &label))
				count(labels, &piece, &label);
	}
}

static void decide(struct labels *labels)
{
	for (int form = 1; form < N_FORMS; form++) {
		guint n = labels->count[form];
		guint distinct = g_hash_table_size(labels->uses[form]);
		bool repeated = distinct * 2 <= n;
		bool dense = n * 4 >= labels->paragraphs && distinct >= 2;
		switch ((enum form)form) {
		case FORM_DASH:
			labels->accepted[form] = n >= 2 && n * 30 >= labels->paragraphs;
			break;
		case FORM_QA:
			labels->accepted[form] = n >= 2 && distinct <= 3 && (labels->dotted == 0 ||
			                         (distinct >= 2 && (n >= 4 || labels->accepted[FORM_COLON])));
			break;
		case FORM_BARS:
			labels->accepted[form] = n >= 2;
			break;
		case FORM_BOLD:
			labels->accepted[form] = n >= 3 && repeated;
			break;
		default:
			labels->accepted[form] = n >= 3 && distinct >= 2 && n * 8 >= labels->paragraphs &&
			                         (repeated || dense) && labels->open * 2 < n;
			if (labels->marked >= 2 && dense)
				labels->accepted[form] = true;
		}
	}
	labels->decided = labels->accepted[FORM_COLON] || labels->accepted[FORM_DASH];
}

static bool all_caps(const char *s, guint32 from, guint32 to)
{
	struct word word;
	guint n = 0;
	if (to > from + 4 && g_ascii_strncasecmp(s + from, "the ", 4) == 0)
		from += 4;
	while (word_next(s, &from, to, &word)) {
		if (!word.caps && !word.digit)
			return false;
		n++;
	}
	return n > 0 && n <= 5;
}

/* In a document that uses the form: is this one a label? What stands once must
 * look like a name or initials. */
static bool holds(struct labels *labels, const struct piece *piece, const struct label *label)
{
	struct name name;
	if (!labels->accepted[label->form])
		return false;
	if (label->form != FORM_COLON)
		return true;
	fold_to(labels->folded, piece->s, label->start, label->end);
	if (GPOINTER_TO_UINT(g_hash_table_lookup(labels->uses[FORM_COLON], labels->folded->str)) > 1)
		return true;
	if (cue_is(CUE_AUDIENCE, labels->folded->str, -1) || labels->folded->len <= 3)
		return true;
	if (all_caps(piece->s, label->start, label->end) ||
	    is_audience(labels, piece->s, label->start, label->end) ||
	    is_function(labels, piece->s, label->start, label->end))
		return true;
	fold_to(labels->folded, piece->s, label->start, label->end);
	if (g_hash_table_contains(labels->names, labels->folded->str))
		return true;
	if (!name_scan(piece->s, label->start, label->end, &name))
		return false;
	if (name.words >= 2 || name.honorific < name.start)
		return true;
	/* one unknown word: a stranger where each paragraph has its speaker */
	return label->start == 0 && labels->count[FORM_COLON] * 2 >= labels->paragraphs;
}

static void append_text(struct labels *labels, GArray *out, const struct piece *piece, guint32 from,
                        guint32 to)
{
	while (from < to && g_ascii_isspace(piece->s[from]))
		from++;
	if (from >= to)
		return;
	struct block part = block_part(labels->doc, piece->block,
	                               piece_at(labels->doc, piece, from),
	                               piece_span(labels->doc, piece, from, to).end);
	if (part.n_ranges > 0)
		g_array_append_val(out, part);
}

static void append_label(struct labels *labels, GArray *out, const struct piece *piece,
                         const struct label *label)
{
	struct range span = piece_span(labels->doc, piece, label->start, label->end);
	struct block block = block_part(labels->doc, piece->block, span.start, span.end);
	block.kind = BLOCK_LABEL;
	block.level = 0;
	block.label = document_string(labels->doc, piece->s + label->start,
	                              (gssize)(label->end - label->start));
	if (block.n_ranges > 0)
		g_array_append_val(out, block);
}

static void split_block(struct labels *labels, GArray *out, const struct block *block)
{
	struct label label;
	struct piece piece = piece_of(labels->doc, block, labels->buffer);
	if (scan_whole(labels->doc, block, &piece, &label) && labels->accepted[label.form]) {
		append_label(labels, out, &piece, &label);
		return;
	}
	guint32 from = 0;
	bool any = false;
	for (guint32 pos = 0; pos < piece.len; pos = next_line(piece.s, pos, piece.len)) {
		if (!scan(labels, &piece, pos, &label) || !holds(labels, &piece, &label))
			continue;
		append_text(labels, out, &piece, from, pos);
		append_label(labels, out, &piece, &label);
		from = label.text;
		any = true;
	}
	if (any)
		append_text(labels, out, &piece, from, piece.len);
	else
		g_array_append_val(out, *block);
}

static void know_names(struct labels *labels)
{
	for (guint i = 0; i < labels->doc->people->len && i < 200; i++) {
		const char *name = document_person(labels->doc, i)->name;
		know_name(labels, name, 0, (guint32)strlen(name));
	}
}

void labels_split(struct document *doc)
{
	struct labels labels = { .doc = doc, .buffer = g_string_new(NULL), .folded = g_string_new(NULL) };
	for (int form = 1; form < N_FORMS; form++)
		labels.uses[form] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	labels.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	know_names(&labels);
	count_all(&labels);
	decide(&labels);
	bool any = false;
	for (int form = 1; form < N_FORMS; form++)
		any = any || labels.accepted[form];
	if (any) {
		GArray *out = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len * 2);
		for (guint i = 0; i < doc->blocks->len; i++) {
			const struct block *block = document_block(doc, i);
			if (block->kind == BLOCK_PARAGRAPH && block->n_ranges > 0)
				split_block(&labels, out, block);
			else
				g_array_append_val(out, *block);
		}
		g_array_free(doc->blocks, true);
		doc->blocks = out;
	}
	for (int form = 1; form < N_FORMS; form++)
		g_hash_table_destroy(labels.uses[form]);
	g_hash_table_destroy(labels.names);
	g_string_free(labels.buffer, true);
	g_string_free(labels.folded, true);
}
