/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cuelist.c - takes a file of captions apart.
 *
 *   second cue                              name or number, of no use
 *   00:00:04.000 --> 00:00:08.000 align:start
 *   <v Ada Quill>Hemp is <i>old</i>.        payload, up to an empty line
 *
 * In SubRip files empty lines also stand inside of a payload; there only a number
 * with times below it ends it.
 */
#include "corpus/reader/captions/cuelist.h"

#include <string.h>

#include "corpus/document.h"
#include "corpus/reader/line.h"
#include "corpus/reader/times.h"

#define HEAD_BYTES 4096
#define ENTITY_BYTES 10

/* ---- lines ---- */

/* "00:00:01.000 --> 00:00:04.000 ..." */
static bool read_times(const char *text, const struct line *line, struct cue *cue)
{
	const char *s = text + line->text, *end = text + line->end, *start = s;

	if (!time_read(&s, end, &cue->start_ms) || !memchr(start, ':', (gsize)(s - start)))
		return false;
	s = space_skip(s, end);
	if (end - s < 3 || memcmp(s, "-->", 3) != 0)
		return false;
	s = space_skip(s + 3, end);
	return time_read(&s, end, &cue->end_ms);
}

static bool is_times(const char *text, const struct line *line)
{
	struct cue cue;

	return read_times(text, line, &cue);
}

/* Times that somebody typed: "00:99:99,000 -> 00:00:04,000", nothing else on the line. */
static bool is_broken_times(const char *text, const struct line *line)
{
	guint colons = 0, arrows = 0;

	for (guint32 i = line->text; i < line->end; i++) {
		if (!g_ascii_isdigit(text[i]) && !strchr(":.,-> \t", text[i]))
			return false;
		colons += text[i] == ':';
		arrows += text[i] == '>' && i > line->text && text[i - 1] == '-';
	}
	return line->end > line->text && g_ascii_isdigit(text[line->text]) && colons >= 2 && arrows == 1 && !is_times(text, line);
}

static bool is_number(const char *text, const struct line *line)
{
	guint32 i = line->text;

	while (i < line->end && g_ascii_isdigit(text[i]))
		i++;
	return i > line->text && i == line->end;
}

/* A line of blanks is not empty: automatic captions begin with one. */
static bool is_empty(const char *text, const struct line *line)
{
	return line_is_blank(line) && (line->next <= line->start + 1 || text[line->start] == '\r' || text[line->start] == '\n');
}

static bool begins_with(const char *text, const struct line *line, const char *word)
{
	gsize len = strlen(word);

	return line->end - line->start >= len && !memcmp(text + line->start, word, len) &&
	       (line->end - line->start == len || g_ascii_isspace(text[line->start + len]));
}

static guint32 bom_bytes(const char *s, gsize len)
{
	return len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

bool cuelist_begin(const char *s, gsize len)
{
	struct line line;
	guint32 end = (guint32)MIN(len, HEAD_BYTES), at = bom_bytes(s, end);

	if (end - at >= 6 && memcmp(s + at, "WEBVTT", 6) == 0)
		return end - at == 6 || g_ascii_isspace(s[at + 6]);
	while (at < end) {
		line_read(s, end, at, &line);
		at = line.next;
		if (line_is_blank(&line))
			continue;
		if (!is_number(s, &line) || at >= end)
			return false;
		line_read(s, end, at, &line);
		return is_times(s, &line);
	}
	return false;
}

/* ---- the file ---- */

struct reading {
	struct cuelist *cues;
	struct line line, next;	/* next is only valid where there is one */
	bool last;
	bool inside;		/* of a cue */
	bool passing;		/* over a comment, style or region */
	bool webvtt;
	bool blank;		/* the line before was */
	guint number;		/* of the line, from 1 */
};

static void note_header(struct cuelist *cues, const struct line *line)
{
	static const char key[] = "Language:";
	const char *s = cues->text + line->text, *end = cues->text + line->end;

	if (cues->language || end - s <= (gssize)strlen(key) || g_ascii_strncasecmp(s, key, strlen(key)) != 0)
		return;
	s = space_skip(s + strlen(key), end);
	cues->language = g_strndup(s, (gsize)(end - s));
}

static guint32 read_header(struct cuelist *cues, guint32 at)
{
	struct line line;

	for (; at < cues->len; at = line.next) {
		line_read(cues->text, cues->len, at, &line);
		if (is_empty(cues->text, &line) || is_times(cues->text, &line))
			return at;
		note_header(cues, &line);
	}
	return at;
}

static void begin_cue(struct reading *r, struct cue cue)
{
	cue.first = r->cues->lines->len;
	cue.n = 0;
	g_array_append_val(r->cues->list, cue);
	r->inside = true;
	r->passing = false;
}

static void add_line(struct reading *r)
{
	struct range range = { r->line.text, r->line.end };

	g_array_append_val(r->cues->lines, range);
	g_array_index(r->cues->list, struct cue, r->cues->list->len - 1).n++;
}

/* Its words are others than those of the cue before; when, is not known better than that. */
static void begin_broken(struct reading *r)
{
	struct cuelist *cues = r->cues;
	struct cue cue = { 0 };

	if (cues->list->len)
		cue.start_ms = cue.end_ms = g_array_index(cues->list, struct cue, cues->list->len - 1).end_ms;
	if (cues->n_broken++ < CUES_BROKEN_TOLD)
		g_array_append_val(cues->broken, r->number);
	begin_cue(r, cue);
}

/* The name or number of the cue whose times stand below. */
static bool is_name(const struct reading *r)
{
	const char *text = r->cues->text;

	return !r->last && (is_times(text, &r->next) || is_broken_times(text, &r->next)) && (r->blank || is_number(text, &r->line));
}

static void take_line(struct reading *r)
{
	const char *text = r->cues->text;
	struct cue cue;

	if (read_times(text, &r->line, &cue)) {
		begin_cue(r, cue);
	} else if (!r->passing && is_broken_times(text, &r->line)) {
		begin_broken(r);
	} else if (is_empty(text, &r->line)) {
		r->passing = false;
		r->inside = r->inside && !r->webvtt;
	} else if (!r->inside && r->webvtt &&
	           (begins_with(text, &r->line, "NOTE") || begins_with(text, &r->line, "STYLE") || begins_with(text, &r->line, "REGION"))) {
		r->passing = true;
	} else if (r->inside && !r->passing && !line_is_blank(&r->line) && !is_name(r)) {
		add_line(r);
	}
	r->blank = line_is_blank(&r->line);
}

void cuelist_init(struct cuelist *cues, const char *text, guint32 len)
{
	struct reading r = { .cues = cues, .blank = true };
	guint32 at = bom_bytes(text, len);

	*cues = (struct cuelist){
		.text = text, .len = len,
		.list = g_array_new(FALSE, FALSE, sizeof(struct cue)), .lines = g_array_new(FALSE, FALSE, sizeof(struct range)),
		.broken = g_array_new(FALSE, FALSE, sizeof(guint)),
	};
	r.webvtt = len - at >= 6 && !memcmp(text + at, "WEBVTT", 6);
	if (r.webvtt)
		at = read_header(cues, at);
	for (guint32 i = 0; i < MIN(at, len); i++)
		r.number += text[i] == '\n';
	if (at >= len)
		return;
	line_read(text, len, at, &r.next);
	do {
		r.line = r.next;
		r.number++;
		r.last = r.line.next >= len;
		if (!r.last)
			line_read(text, len, r.line.next, &r.next);
		take_line(&r);
	} while (!r.last);
}

void cuelist_clear(struct cuelist *cues)
{
	g_array_free(cues->list, TRUE);
	g_array_free(cues->lines, TRUE);
	g_array_free(cues->broken, TRUE);
	g_free(cues->language);
}

/* ---- what is shown ---- */

void shown_init(struct shown *shown)
{
	shown->text = g_string_new(NULL);
	shown->words = g_array_new(FALSE, TRUE, sizeof(struct word_shown));
	shown->names = g_string_chunk_new(256);
}

void shown_clear(struct shown *shown)
{
	g_string_free(shown->text, TRUE);
	g_array_free(shown->words, TRUE);
	g_string_chunk_free(shown->names);
}

/* The character that an entity stands for; 0 for what is none. A mark of direction is
 * no character of the text: a blank in its place would tear words. */
static gunichar entity_of(const char *name, gsize len)
{
	static const struct { const char *name; gunichar c; } entities[] = {
		{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' },
	};
	guint64 c = 0;

	for (guint i = 0; i < G_N_ELEMENTS(entities); i++)
		if (strlen(entities[i].name) == len && !memcmp(entities[i].name, name, len))
			return entities[i].c;
	if (len < 2 || *name != '#')
		return 0;
	if (name[1] == 'x' || name[1] == 'X')
		c = g_ascii_strtoull(name + 2, NULL, 16);
	else
		c = g_ascii_strtoull(name + 1, NULL, 10);
	return c >= 0x20 && c < 0x110000 && g_unichar_validate((gunichar)c) ? (gunichar)c : 0;
}

/* At "&": the bytes of the entity, and its character onto the text; 0 where it is none. */
static guint32 take_entity(const char *s, guint32 len, GString *out)
{
	const char *end = memchr(s, ';', MIN(len, ENTITY_BYTES));
	gsize bytes = end ? (gsize)(end - s) - 1 : 0;
	gunichar c = bytes ? entity_of(s + 1, bytes) : 0;

	if (bytes == 3 && (!memcmp(s + 1, "lrm", 3) || !memcmp(s + 1, "rlm", 3)))
		return 5;
	if (!c)
		return 0;
	g_string_append_unichar(out, c);
	return (guint32)bytes + 2;
}

/* "<v.loud Ann Bell>": the name, "" where it has none; NULL for another tag. */
static const char *voice_of(struct shown *shown, const char *s, const char *end)
{
	g_autoptr(GString) name = NULL;

	if (end - s == 2 && s[0] == '/' && s[1] == 'v')
		return "";
	if (end - s < 2 || *s != 'v' || (s[1] != ' ' && s[1] != '.' && s[1] != '\t'))
		return NULL;
	while (s < end && !g_ascii_isspace(*s))
		s++;
	s = space_skip(s, end);
	end = space_trim(s, end);
	name = g_string_new(NULL);
	while (s < end) {
		guint32 n = *s == '&' ? take_entity(s, (guint32)(end - s), name) : 0;

		if (!n)
			g_string_append_c(name, *s++);
		else
			s += n;
	}
	return g_string_chunk_insert(shown->names, name->str);
}

/* The word that is being put together. */
struct making {
	struct shown *shown;
	struct word_shown word;
	bool open;		/* some of it is there */
	bool line;		/* nothing of this line is there yet */
};

static void end_word(struct making *making)
{
	struct word_shown *word = &making->word;

	if (!making->open)
		return;
	word->end = (guint32)making->shown->text->len;
	word->hash = 2166136261u;
	for (guint32 i = word->start; i < word->end; i++)
		word->hash = (word->hash ^ (guchar)making->shown->text->str[i]) * 16777619u;
	g_array_append_val(making->shown->words, *word);
	g_string_append_c(making->shown->text, ' ');
	*word = (struct word_shown){ 0 };
	making->open = making->line = false;
}

/* ">>" and, at the beginning of a line, "-" before the words of somebody else; bytes of it. */
static guint32 turn_mark(const struct making *making, const char *s, const char *end, const char **mark)
{
	const char *p = s;

	while (p < end && (*p == '>' || (end - p >= 4 && !memcmp(p, "&gt;", 4))))
		p += *p == '>' ? 1 : 4;
	*mark = ">>";
	if (p > s + 1 && (*s == '>' || p > s + 4))
		return (guint32)(p - s);
	*mark = "-";
	return making->line && end - s > 2 && s[0] == '-' && s[1] == ' ' ? 1 : 0;
}

static void add_char(struct making *making, const char *s, guint32 n)
{
	if (!making->open) {
		making->word.start = (guint32)making->shown->text->len;
		making->word.begins_line = making->line;
		making->open = true;
	}
	g_string_append_len(making->shown->text, s, n);
}

/* At "<" or "{": behind the tag, NULL for what is none. */
static const char *tag_end(const char *s, const char *end)
{
	bool named = end - s > 1 && (g_ascii_isalnum(s[1]) || s[1] == '/');
	bool styled = end - s > 2 && (s[1] == '\\' || (g_ascii_isalpha(s[1]) && s[2] == ':'));

	if (*s == '<' ? !named : !styled)
		return NULL;
	return memchr(s, *s == '<' ? '>' : '}', (gsize)(end - s));
}

static const char *take_tag(struct making *making, const char *s, const char *close)
{
	const char *voice = *s == '<' ? voice_of(making->shown, s + 1, close) : NULL;

	if (voice) {
		end_word(making);
		making->word.voice = voice;
	}
	return close + 1;
}

static const char *take_char(struct making *making, const char *s, const char *end)
{
	const char *next = s + 1, *close, *mark;
	g_autoptr(GString) entity = NULL;
	guint32 n;

	if ((*s == '<' || *s == '{') && (close = tag_end(s, end)))
		return take_tag(making, s, close);
	if (!making->open && (n = turn_mark(making, s, end, &mark))) {
		making->word.turn = mark;
		return s + n;
	}
	if (*s == '&') {
		entity = g_string_new(NULL);
		n = take_entity(s, (guint32)(end - s), entity);
		next = s + MAX(n, 1);
		if (n && !entity->len)
			return next;
	}
	if (entity && entity->len && *entity->str != ' ')
		add_char(making, entity->str, (guint32)entity->len);
	else if (entity && entity->len)
		end_word(making);
	else if (g_ascii_isspace(*s))
		end_word(making);
	else
		add_char(making, s, 1);
	return next;
}

void cue_show(const struct cuelist *cues, const struct cue *cue, struct shown *shown)
{
	struct making making = { .shown = shown };

	g_string_truncate(shown->text, 0);
	g_array_set_size(shown->words, 0);
	g_string_chunk_clear(shown->names);
	for (guint i = 0; i < cue->n; i++) {
		struct range line = g_array_index(cues->lines, struct range, cue->first + i);
		const char *s = cues->text + line.start, *end = cues->text + line.end;
		guint words = shown->words->len;

		making.line = true;
		while (s < end)
			s = take_char(&making, s, end);
		end_word(&making);
		if (shown->words->len > words)
			g_array_index(shown->words, struct word_shown, shown->words->len - 1).ends_line = true;
	}
	shown->closed = making.word.voice && !*making.word.voice;
}
