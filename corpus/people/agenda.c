/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * agenda.c - the people of an agenda, its panels, their moderators and dates.
 */
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/people/gathering.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

guint32 agenda_moderator(struct gathering *gathering, const char *s, guint32 len)
{
	const char *colon = memchr(s, ':', MIN(len, 40));
	if (colon == NULL)
		return 0;
	words_fold_to(gathering->folded, s, 0, (guint32)(colon - s));
	if (!cue_is(CUE_MODERATOR, gathering->folded->str, -1))
		return 0;
	return (guint32)(colon - s) + 1;
}

static void read_date(struct gathering *gathering, const char *s, guint32 len)
{
	char first[DATE_SIZE], last[DATE_SIZE];
	if (len > 60 || len < 6)
		return;
	g_autofree char *line = g_strndup(s, len);
	const char *comma = strchr(line, ',');
	if (date_read(line, first, last) || (comma != NULL && date_read(g_strchug((char *)comma + 1), first, last)))
		gathering->date = document_string(gathering->doc, first, -1);
}

/* Behind "09:30 – 12:00 " at the beginning of a line; 0 where no time stands. */
static guint32 skip_times(const char *s, guint32 len)
{
	guint32 i = 0;
	bool colon = false;
	if (len == 0 || !g_ascii_isdigit(*s))
		return 0;
	while (i < len && (g_ascii_isdigit(s[i]) || strchr(" :.-h", s[i]) || (guchar)s[i] == 0xE2)) {
		colon = colon || s[i] == ':' || s[i] == '.';
		if ((guchar)s[i] == 0xE2) {	/* a dash of Unicode: E2 80 90 to 95 */
			if (i + 2 >= len || (guchar)s[i + 1] != 0x80)
				break;
			i += 2;
		}
		i++;
	}
	return colon && i < len && g_ascii_isupper(s[i]) ? i : 0;
}

static void read_agenda_line(struct gathering *gathering, const char *s, guint32 len, bool bullet)
{
	guint number;
	while (len > 0 && g_ascii_isspace(*s)) {
		s++;
		len--;
	}
	read_date(gathering, s, len);
	guint32 times = skip_times(s, len);
	guint32 label = panel_label(s + times, len - times, &number);
	if (label > 0 && number > 0) {
		s += times;
		len -= times;
		gathering_close_panel(gathering);
		gathering->panel = panel_take(gathering->doc, s, label, len);
		if (gathering->panel >= 0 && document_panel(gathering->doc, gathering->panel)->date == NULL)
			document_panel(gathering->doc, gathering->panel)->date = gathering->date;
		return;
	}
	guint32 at = agenda_moderator(gathering, s, len);
	if (at > 0) {
		int moderator = gathering_add(gathering, s + at, len - at);
		if (gathering->panel >= 0 && moderator >= 0)
			document_panel(gathering->doc, gathering->panel)->moderator = moderator;
		return;
	}
	if (!bullet && !memchr(s, '|', len) && !memchr(s, ',', len)) {
		if (len > 3 && words_count(s, (struct range){ 0, len }, 13) <= 12)
			gathering_close_panel(gathering);
		return;
	}
	if (memchr(s, '|', len) || memchr(s, ',', len)) {
		int person = gathering_add(gathering, s, len);
		if (person >= 0 && gathering->panel >= 0 && gathering->listed->len < 500)
			g_array_append_val(gathering->listed, person);
	}
}

void agenda_read(struct gathering *gathering, const struct block *block)
{
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	for (guint32 pos = 0; pos < piece.len;) {
		guint32 end = text_line_end(piece.s, pos, piece.len);
		if (end - pos < 600)
			read_agenda_line(gathering, piece.s + pos, end - pos,
			                 block->kind == BLOCK_LIST_ITEM);
		pos = end + 1;
	}
}

void agenda_date(struct document *doc)
{
	const char *first = NULL, *last = NULL;
	for (guint i = 0; i < doc->panels->len; i++) {
		const char *date = document_panel(doc, i)->date;
		if (date != NULL && (first == NULL || strcmp(date, first) < 0))
			first = date;
		if (date != NULL && (last == NULL || strcmp(date, last) > 0))
			last = date;
	}
	if (doc->date != NULL || first == NULL)
		return;
	doc->date = first;
	if (strcmp(first, last) != 0)
		doc->date_end = last;
}
