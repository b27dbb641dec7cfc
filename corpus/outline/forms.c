/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * forms.c - the forms in which transcripts print who speaks, each read off the
 * beginning of a line.
 *
 * Heads that stand before facts ("Venue:", "E-mail:") are labels in none.
 */
#include "corpus/outline/forms.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/words.h"

#define LABEL_BYTES_MAX 100
#define ASIDES_MAX 4	/* at the end of what was said: more are not read */

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

/* "From the floor", "Several hon. Members", "Voice from the audience", "Speaker 2". */
bool label_is_audience(struct scanning *scanning, const char *s, guint32 from, guint32 to)
{
	static const char *const behind[] = { "from", "in", "aus", "im", "dans", "de", "del" };
	words_fold_to(scanning->folded, s, from, to);
	const char *rest = scanning->folded->str;
	guint words = cue_begins(CUE_AUDIENCE, rest);
	if (words == 0 || words_count(s, (struct range){ from, to }, 7) > 6)
		return false;
	rest = words_skip(rest, words);
	if (*rest == '\0' || g_ascii_isdigit(*rest))
		return true;
	gsize len = strcspn(rest, " ");
	for (guint i = 0; i < G_N_ELEMENTS(behind); i++)
		if (strlen(behind[i]) == len && strncmp(rest, behind[i], len) == 0)
			return true;
	return false;
}

/* "The Minister for X (Mr Name)", "President": a function, not a name. */
bool label_is_function(struct scanning *scanning, const char *s, guint32 from, guint32 to)
{
	words_fold_to(scanning->folded, s, from, to);
	const char *folded = scanning->folded->str;
	if (g_str_has_prefix(folded, "the "))
		folded += 4;
	const char *space = strchr(folded, ' ');	/* "M. le president" */
	if (space != NULL && cue_is(CUE_HONORIFIC, folded, space - folded)) {
		const char *next = strchr(space + 1, ' ');
		if (next != NULL && cue_is(CUE_ARTICLE, space + 1, next - space - 1))
			folded = next + 1;
	}
	if (cue_is(CUE_PRESIDES, folded, -1) || cue_is(CUE_ROLE, folded, -1) || cue_is(CUE_MODERATOR, folded, -1))
		return true;
	const char *bracket = memchr(s + from, '(', to - from);
	struct name name;
	if (bracket == NULL || words_count(s, (struct range){ from, to }, 13) > 12)
		return false;
	return cue_begins(CUE_ROLE, folded) > 0 ||
	       (folded > scanning->folded->str && name_scan(s, (guint32)(bracket - s) + 1, to, &name) &&
	        name.honorific < name.start);
}

/* True where all words from..to may stand in a label: capitalised, initials,
 * particles, or anything in brackets. */
static bool is_label_text(struct scanning *scanning, const char *s, guint32 from, guint32 to)
{
	words_fold_to(scanning->folded, s, from, to);
	if (cue_is(CUE_HEAD, scanning->folded->str, -1) ||
	    (scanning->folded->len > 1 && strspn(scanning->folded->str, "ivx") == scanning->folded->len))
		return false;	/* "Venue:", "II:" */
	if (scanning->lenient && (label_is_audience(scanning, s, from, to) || label_is_function(scanning, s, from, to)))
		return true;
	struct word word;
	guint n = 0, plain = 0;
	const char *bracket = memchr(s + from, '(', to - from);
	guint32 stop = bracket == NULL ? to : (guint32)(bracket - s);
	for (guint32 pos = from; word_next(s, &pos, stop, &word); n++) {
		words_fold_to(scanning->folded, s, word.start, word.end);
		if (n == 0 && !word.upper)
			return false;
		if (word.digit && n == 0)
			return false;
		if (!word.upper && !word.digit && !cue_is(CUE_PARTICLE, scanning->folded->str, -1))
			return false;
		plain += cue_is(CUE_NOT_NAME, scanning->folded->str, -1) &&
		         !cue_is(CUE_MODERATOR, scanning->folded->str, -1) && word.end - word.start > 2;
	}
	return n > 0 && n <= 8 && plain < n;
}

/* "They were there first. [Applause]": what was said. */
static struct range without_aside(const char *s, struct range text)
{
	for (guint n = 0; n < ASIDES_MAX && text.end > text.start + 1 && strchr(")]", s[text.end - 1]) != NULL; n++) {
		guint32 open = text.end - 1;
		while (open > text.start && s[open] != '(' && s[open] != '[' && text.end - open < 80)
			open--;
		if (open <= text.start || (s[open] != '(' && s[open] != '['))
			break;
		text = text_trim(s, (struct range){ text.start, open });
	}
	return text;
}

/* "Ann Bell, Minister for Ports": where the name ends; 0. */
static guint32 name_before_function(struct scanning *scanning, const char *s, guint32 from, guint32 to)
{
	struct name name;
	if (!name_scan(s, from, to, &name) || name.words < 2 || name.end >= to || s[name.end] != ',' ||
	    words_count(s, (struct range){ name.end, to }, 13) > 12)
		return 0;
	words_fold_to(scanning->folded, s, name.end, to);
	return cue_begins(CUE_ROLE, scanning->folded->str) > 0 || cue_begins(CUE_RANK, scanning->folded->str) > 0 ||
	       cue_holds(CUE_BODY, scanning->folded->str) ? name.end : 0;
}

/* Behind "Q12 ", the number of a question before the label. */
static guint32 skip_question(const char *s, guint32 pos, guint32 end)
{
	guint32 i = pos + 1;
	if (pos + 3 >= end || s[pos] != 'Q' || !g_ascii_isdigit(s[i]))
		return pos;
	while (i < end && g_ascii_isdigit(s[i]))
		i++;
	guint32 blank = i;
	while (i < end && (s[i] == ' ' || s[i] == '\t'))
		i++;
	return i > blank ? i : pos;
}

static bool scan_colon(struct scanning *scanning, const char *s, guint32 from, guint32 end,
                       struct label *label)
{
	guint32 start = skip_question(s, skip_time(s, from, end), end);
	guint32 limit = MIN(end, start + LABEL_BYTES_MAX), i = start;
	while (i < limit && s[i] != ':' && s[i] != '\n' && s[i] != '|' && s[i] != '"')
		i++;
	if (i >= limit || i == start)
		return false;
	bool timed_line = start > from && s[i] == '\n';
	if (!timed_line && (s[i] != ':' || (i + 1 < end && !g_ascii_isspace(s[i + 1]))))
		return false;
	/* a title with a colon has no sentence behind it */
	struct range rest = without_aside(s, text_trim(s, (struct range){ i + 1, end }));
	bool aside = scanning->lenient && rest.start < rest.end && strchr("[(", s[rest.start]) != NULL;
	if (!aside && words_count(s, rest, 6) < 6 && !text_ends_sentence(s, rest) &&
	    words_count(s, rest, 1) > 0)
		return false;
	guint number;
	if ((!is_label_text(scanning, s, start, i) && name_before_function(scanning, s, start, i) == 0) ||
	    (panel_label(s + start, i - start, &number) > 0 && number > 0))
		return false;
	/* "Chair: Name, House" */
	if (label_is_function(scanning, s, start, i) && !aside && !text_ends_sentence(s, rest))
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

static bool scan_dash(struct scanning *scanning, const char *s, guint32 from, guint32 end,
                      struct label *label)
{
	guint32 limit = MIN(end, from + (scanning->lenient ? 2 : 1) * LABEL_BYTES_MAX);
	bool comma_before = false;
	guint feeds = 0;
	for (guint32 i = from; i < limit; i++) {
		comma_before = comma_before || s[i] == ',';
		feeds += s[i] == '\n';	/* a function behind the name may run on into a second line */
		if (feeds > (scanning->lenient && comma_before))
			break;
		if (s[i] != '.')
			continue;
		guint32 bytes = dash_bytes(s, i + 1, end);
		if (bytes == 0)
			continue;
		/* "Name, on behalf of a group. -" */
		const char *comma = memchr(s + from, ',', i - from);
		guint32 stop = comma == NULL ? i : (guint32)(comma - s);
		guint number;
		if (stop == from || !is_label_text(scanning, s, from, stop) || panel_label(s + from, stop - from, &number) > 0)
			return false;
		*label = (struct label){ .form = FORM_DASH, .start = from, .end = i, .text = i + 1 + bytes };
		return true;
	}
	return false;
}

/* The full stop behind the first word that is neither a title nor initials. */
static guint32 first_stop(struct scanning *scanning, const char *s, guint32 from, guint32 end)
{
	struct word word;
	for (guint32 pos = from; word_next(s, &pos, MIN(end, from + LABEL_BYTES_MAX), &word);) {
		words_fold_to(scanning->folded, s, word.start, word.end);
		if (word.end < end && s[word.end] == '.' && word.end - word.start > 2 && !cue_is(CUE_HONORIFIC, scanning->folded->str, -1))
			return word.end;
	}
	return MIN(end, from + LABEL_BYTES_MAX);
}

/* "Mr. SMITH of Ohio. I thank ...", "The CHAIRMAN. We will ...": a title and a name,
 * or a function, a full stop, and a sentence. */
static bool scan_stop(struct scanning *scanning, const char *s, guint32 from, guint32 end, struct label *label)
{
	struct name name;
	struct word word;
	guint32 look = from, stop;
	if (!word_next(s, &look, end, &word) || word.start != from || !word.upper)
		return false;
	words_fold_to(scanning->folded, s, word.start, word.end);
	bool the = cue_is(CUE_ARTICLE, scanning->folded->str, -1);
	if (the) {
		for (stop = word.end; stop < end && stop < from + 60 && s[stop] != '.' && s[stop] != '\n'; stop++)
			;
		words_fold_to(scanning->folded, s, word.end, MIN(stop, end));
		if (!cue_is(CUE_PRESIDES, scanning->folded->str, -1) && !cue_is(CUE_MODERATOR, scanning->folded->str, -1) &&
		    !cue_is(CUE_ROLE, scanning->folded->str, -1))
			return false;
	} else {
		if (!name_scan(s, from, first_stop(scanning, s, from, end), &name) || name.honorific == name.start || name.words > 5)
			return false;
		stop = name.end;
		look = stop;
		if (word_next(s, &look, end, &word) && s[stop] == ' ') {	/* "of New Mexico" */
			words_fold_to(scanning->folded, s, word.start, word.end);
			guint32 place = look;
			if (cue_is(CUE_OF, scanning->folded->str, -1) && word_next(s, &place, end, &word) && word.upper)
				for (stop = place; stop < end && stop < name.end + 40 && s[stop] != '.' && s[stop] != '\n' && s[stop] != ','; stop++)
					;
		}
	}
	if (stop + 2 >= end || s[stop] != '.' || s[stop + 1] != ' ')
		return false;
	look = stop + 1;
	if (!word_next(s, &look, end, &word) || !(word.upper || word.digit || s[word.start - 1] == '['))
		return false;
	*label = (struct label){ .form = FORM_STOP, .start = from, .end = stop, .text = stop + 1 };
	return true;
}

bool label_scan_statement(struct scanning *scanning, const struct piece *piece, struct label *label)
{
	guint32 at = statement_name(scanning->folded, piece->s, piece->len);
	if (at == 0 || *piece->s == '[' || *piece->s == '(')
		return false;
	/* its lines, as far as they are in capitals or the block is nothing else */
	guint32 end = piece->len;
	if (piece->len > 3 * LABEL_BYTES_MAX || text_ends_sentence(piece->s, piece_range(piece))) {
		for (end = 0; end < piece->len;) {
			guint32 stop = text_line_end(piece->s, end, piece->len);
			if (!text_in_capitals(piece->s, (struct range){ end, stop }))
				break;
			end = stop + 1;
		}
		if (end <= at)
			return false;
	}
	*label = (struct label){ .form = FORM_STOP, .end = MIN(end, piece->len), .text = MIN(end, piece->len) };
	return true;
}

/* "[Ann Bell] Thank you." */
static bool scan_square(struct scanning *scanning, const char *s, guint32 from, guint32 end, struct label *label)
{
	const char *close = from < end && s[from] == '[' ? memchr(s + from, ']', MIN(end - from, LABEL_BYTES_MAX)) : NULL;
	struct word word;
	guint32 look;
	if (close == NULL || (look = (guint32)(close - s) + 1) + 1 >= end || s[look] != ' ')
		return false;
	guint32 stop = (guint32)(close - s);
	bool name = name_alone(s, (struct range){ from + 1, stop }, &(struct name){ 0 }) ||
	            (scanning->lenient && is_label_text(scanning, s, from + 1, stop));
	if (!name || !word_next(s, &look, end, &word) || !word.upper)
		return false;
	*label = (struct label){ .form = FORM_SQUARE, .start = from + 1, .end = stop, .text = stop + 1 };
	return true;
}

static bool scan_qa(struct scanning *scanning, const char *s, guint32 from, guint32 end,
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
	words_fold_to(scanning->folded, s, word.start, word.end);
	if (bytes == 0 || !(cue_is(CUE_AUDIENCE, scanning->folded->str, -1) ||
	                    cue_is(CUE_ANSWER, scanning->folded->str, -1)))
		return false;
	*label = (struct label){ .form = FORM_QA, .start = word.start, .end = word.end,
	                         .text = word.end + bytes };
	return true;
}

/* "The PRESIDENT. We must close.", in a document whose speakers have labels. */
static bool scan_capitals(struct scanning *scanning, const char *s, guint32 from, guint32 end,
                          struct label *label)
{
	struct word word;
	guint n = 0, caps = 0;
	for (guint32 pos = from, last = from; n < 5 && word_next(s, &pos, end, &word); n++) {
		if (n > 0 && s[last] == '.' && caps > 0) {
			*label = (struct label){ .form = scanning->dashed ? FORM_DASH : FORM_COLON,
			                         .start = from, .end = last, .text = last + 1 };
			return word.upper && last + 2 <= word.start && is_label_text(scanning, s, from, last);
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

bool label_is_marked(const struct document *doc, const struct block *block)
{
	struct range first = block->ranges[0];
	return first.start >= 2 && first.end + 1 < doc->text_bytes && doc->text[first.start - 1] == '*' &&
	       doc->text[first.start - 2] == '*' && doc->text[first.end] == '*' &&
	       doc->text[first.end + 1] == '*';
}

/* "**NAME** - text": a name in bold at the beginning, a dash behind it. */
static bool scan_marked(struct scanning *scanning, const struct piece *piece, struct label *label)
{
	const struct block *block = piece->block;
	struct name name;
	guint32 len = block->ranges[0].end - block->ranges[0].start;
	if (block->n_ranges < 2 || len > LABEL_BYTES_MAX || len >= piece->len || !label_is_marked(scanning->doc, block))
		return false;
	guint32 bytes = dash_bytes(piece->s, len, piece->len);
	if (bytes == 0 || !is_label_text(scanning, piece->s, 0, len) ||
	    !name_scan(piece->s, 0, len, &name) || name.end < len)
		return false;
	*label = (struct label){ .form = FORM_COLON, .end = len, .text = len + bytes };
	return name.words >= 2 || name.honorific < name.start || scanning->lenient;
}

static bool is_bold(const struct document *doc, const struct block *block)
{
	guint32 start = block_start(block), end = block_end(block);
	return start >= 2 && end + 1 < doc->text_bytes && doc->text[start - 1] == '*' &&
	       doc->text[start - 2] == '*' && doc->text[end] == '*' && block->n_ranges == 1;
}

bool label_scan_whole(const struct document *doc, const struct block *block,
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

/* "Ann BELL", "Ann BELL, director of the House of Salt" on the first line, words below:
 * the given name in small letters, the surname in capitals. */
static bool scan_line(const struct piece *piece, struct label *label)
{
	const char *s = piece->s, *feed = memchr(s, '\n', MIN(piece->len, LABEL_BYTES_MAX + 60));
	guint32 end = feed == NULL ? 0 : (guint32)(feed - s);
	struct name name;
	struct word word;
	bool small = false, capitals = false;
	if (end == 0 || end + 2 >= piece->len || text_ends_sentence(s, (struct range){ 0, end }) || !name_scan(s, 0, end, &name) || name.words < 2 ||
	    (name.end < end && s[name.end] != ','))
		return false;
	for (guint32 pos = name.start; word_next(s, &pos, name.end, &word);) {
		capitals = word.caps && word.end - word.start > 2;
		small = small || (!word.caps && !capitals);
	}
	*label = (struct label){ .form = FORM_LINE, .start = name.honorific, .end = end, .text = end + 1 };
	return small && capitals;
}

/* The label at the beginning of a line, if there is one in any form. */
bool label_scan(struct scanning *scanning, const struct piece *piece, guint32 from, struct label *label)
{
	const char *s = piece->s;
	guint32 end = piece->len;
	if (from == 0 && scan_line(piece, label))
		return true;
	while (from < end && (s[from] == ' ' || s[from] == '\t'))
		from++;
	return scan_dash(scanning, s, from, end, label) || scan_qa(scanning, s, from, end, label) ||
	       scan_square(scanning, s, from, end, label) || scan_stop(scanning, s, from, end, label) ||
	       scan_colon(scanning, s, from, end, label) ||
	       (from == 0 && scan_marked(scanning, piece, label)) ||
	       (scanning->lenient && scan_capitals(scanning, s, from, end, label));
}

