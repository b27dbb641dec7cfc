/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * people.c - the roster of a document.
 *
 * Lists come first: they give names whole, with role and organisation. Then
 * captions, then transcript labels, which may be initials or surnames of those.
 */
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/reader/frontmatter.h"
#include "corpus/people/gathering.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

#define LIST_LINE_BYTES 400
#define SELF_BLOCKS 40	/* of turns, in which somebody gives the own name */
#define SURNAMES_MAX 2000	/* of labels, whose whole names are looked for */
#define TOP_BLOCKS 60		/* in which a transcript says who takes part */


/* Two entries that ran together: "Name | Name", "Name, House" on lines of their own, "..., Country
 * Name Surname | ...". Where the second begins, else len. */
static guint32 second_entry(struct gathering *gathering, const char *s, guint32 len)
{
	for (const char *feed = memchr(s, '\n', len); feed != NULL; feed = memchr(feed + 1, '\n', len - (guint32)(feed + 1 - s))) {
		guint32 line = (guint32)(feed - s) + 1, comma = line;
		struct name below;
		while (comma < len && s[comma] != ',' && s[comma] != '\n')
			comma++;
		if (comma < len && s[comma] == ',' && name_alone(s, (struct range){ line, comma }, &below)) {
			words_fold_to(gathering->folded, s, below.start, below.end);
			if (!cue_holds(CUE_BODY, gathering->folded->str) && !cue_holds(CUE_ROLE, gathering->folded->str))
				return line;
		}
	}
	const char *bar = memchr(s, '|', len);
	if (bar != NULL) {	/* "Ann Bell | Tom Marsh" */
		guint32 from = (guint32)(bar - s) + 1, to = from;
		struct name other;
		while (to < len && s[to] != '|')
			to++;
		words_fold_to(gathering->folded, s, from, to);
		if (name_alone(s, (struct range){ from, to }, &other) && !cue_holds(CUE_BODY, gathering->folded->str) &&
		    !cue_holds(CUE_ROLE, gathering->folded->str) && !cue_is(CUE_COUNTRY, gathering->folded->str, -1) &&
		    cue_begins(CUE_RANK, gathering->folded->str) == 0)
			return other.honorific;
	}
	const char *next = bar == NULL ? NULL : memchr(bar + 1, '|', len - (guint32)(bar + 1 - s));
	if (next == NULL)
		return len;
	guint32 stop = (guint32)(next - s), pos = stop;
	struct word word;
	struct name name;
	while (pos > 0 && s[pos - 1] != ',' && s[pos - 1] != '|')
		pos--;
	while (word_next(s, &pos, stop, &word)) {
		words_fold_to(gathering->folded, s, word.start, word.end);
		if (cue_is(CUE_COUNTRY, gathering->folded->str, -1) || cue_is(CUE_BODY, gathering->folded->str, -1))
			continue;
		if (name_alone(s, (struct range){ word.start, stop }, &name))
			return word.start;
		break;
	}
	return len;
}

/* A caption's name may run on into the function: the longest name that the
 * roster knows already wins. */
static void shorten_to_known(struct gathering *gathering, struct person *person)
{
	g_autofree char *name = g_strdup(person->name);
	for (char *space = strrchr(name, ' '); space != NULL && strchr(name, ' ') != NULL;
	     space = strrchr(name, ' ')) {
		words_fold_to(gathering->folded, name, 0, (guint32)strlen(name));
		if (roster_full(gathering->roster, gathering->folded->str) >= 0) {
			person->name = document_string(gathering->doc, name, -1);
			return;
		}
		*space = '\0';
	}
}

/* "Ann Bell (Chair)          AB": where the initials behind a gap begin, that end the
 * line; 0. */
static guint32 last_column_initials(const char *s, guint32 len, guint32 *to)
{
	struct name name;
	guint32 from, end;
	for (*to = len; *to > 0 && g_ascii_isspace(s[*to - 1]); (*to)--)
		;
	for (from = *to; from > 0 && g_ascii_isalpha(s[from - 1]); from--)
		;
	for (end = from; end > 0 && s[end - 1] == ' '; end--)
		;
	bool initials = *to - from >= 2 && *to - from <= 4 && from - end >= 3 && g_ascii_isupper(s[from]) && g_ascii_isupper(s[*to - 1]);
	return initials && name_scan(s, 0, end, &name) && name.words >= 2 && g_ascii_toupper(s[name.start]) == s[from] ? from : 0;
}

int gathering_add(struct gathering *gathering, const char *s, guint32 len)
{
	struct person person;
	guint32 to, called = last_column_initials(s, len, &to);
	if (called > 0) {
		g_autofree char *initials = g_strndup(s + called, to - called);
		guint32 end = called;
		while (end > 0 && g_ascii_isspace(s[end - 1]))
			end--;
		int person_called = gathering_add(gathering, s, end);
		roster_call(gathering->roster, person_called, initials);
		return person_called;
	}
	guint32 second = second_entry(gathering, s, len);
	if (second > 0 && second < len) {
		gathering_add(gathering, s + second, len - second);
		len = second;
	}
	if (!person_parse(gathering->doc, s, len, &person))
		return -1;
	shorten_to_known(gathering, &person);
	return roster_add(gathering->roster, &person);
}

static void close_panel(struct gathering *gathering)
{
	if (gathering->panel >= 0 && gathering->listed->len > 0) {
		struct panel *panel = document_panel(gathering->doc, gathering->panel);
		guint before = panel->n_listed, more = gathering->listed->len;	/* speakers, and then the moderator */
		int *listed = document_alloc(gathering->doc, (before + more) * sizeof(int));
		if (before > 0)
			memcpy(listed, panel->listed, before * sizeof(int));
		memcpy(listed + before, gathering->listed->data, more * sizeof(int));
		panel->listed = listed;
		panel->n_listed = before + more;
	}
	g_array_set_size(gathering->listed, 0);
	gathering->panel = -1;
}

/* "Moderator: Name, ..." -> where the name begins, else 0. */
static guint32 moderator_at(struct gathering *gathering, const char *s, guint32 len)
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
		close_panel(gathering);
		gathering->panel = panel_take(gathering->doc, s, label, len);
		if (gathering->panel >= 0 && document_panel(gathering->doc, gathering->panel)->date == NULL)
			document_panel(gathering->doc, gathering->panel)->date = gathering->date;
		return;
	}
	guint32 at = moderator_at(gathering, s, len);
	if (at > 0) {
		int moderator = gathering_add(gathering, s + at, len - at);
		if (gathering->panel >= 0)
			document_panel(gathering->doc, gathering->panel)->moderator = moderator;
		return;
	}
	if (!bullet && !memchr(s, '|', len) && !memchr(s, ',', len)) {
		if (len > 3 && words_count(s, (struct range){ 0, len }, 13) <= 12)
			close_panel(gathering);
		return;
	}
	if (memchr(s, '|', len) || memchr(s, ',', len)) {
		int person = gathering_add(gathering, s, len);
		if (person >= 0 && gathering->panel >= 0 && gathering->listed->len < 500)
			g_array_append_val(gathering->listed, person);
	}
}

static void read_agenda(struct gathering *gathering, const struct block *block)
{
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	for (guint32 pos = 0; pos < piece.len;) {
		const char *feed = memchr(piece.s + pos, '\n', piece.len - pos);
		guint32 end = feed == NULL ? piece.len : (guint32)(feed - piece.s);
		if (end - pos < 600)
			read_agenda_line(gathering, piece.s + pos, end - pos,
			                 block->kind == BLOCK_LIST_ITEM);
		pos = end + 1;
	}
}

/* A list inside a panel is of its people. */
static guint read_list(struct gathering *gathering, guint first)
{
	close_panel(gathering);
	gathering->panel = document_block(gathering->doc, first)->panel;
	guint behind = list_read(gathering, first);
	close_panel(gathering);
	return behind;
}

/* ---- lists inside the text, and what initials mean ---- */

/* Letters of the name in their order, its first one the first: "AB", "CWR" of Cas Winter. */
static bool are_initials(const char *letters, const char *s, const struct name *name)
{
	const char *next = letters;
	for (guint32 i = name->start; *next != '\0' && i < name->end; i++)
		next += g_ascii_toupper(s[i]) == g_ascii_toupper(*next);
	return *next == '\0' && g_ascii_isupper(*letters) && g_ascii_toupper(s[name->start]) == *letters;
}

/* "Name Surname (NS), what" and "NS = [function:] Name Surname, what": the line
 * says what its bearer is called by. -1 where it says nothing of the kind. */
static int read_legend(struct gathering *gathering, const char *s, guint32 len)
{
	struct word word;
	struct name name;
	guint32 pos = 0;
	if (len > 200 || !word_next(s, &pos, len, &word))
		return -1;
	guint32 first = word.start, stop = pos;
	while (stop < len && s[stop] == ' ')
		stop++;
	if (stop < len && s[stop] == '=' && word.caps && stop - first <= 5) {
		g_autofree char *initials = g_strndup(s + first, word.end - word.start);
		guint32 at = stop + 1;
		while (at < len && s[at] == ' ')
			at++;
		at += moderator_at(gathering, s + at, len - at);
		int named = gathering_add(gathering, s + at, len - at);
		roster_call(gathering->roster, named, initials);
		return named;
	}
	if (!name_scan(s, first, len, &name) || name.words < 2)
		return -1;
	guint32 open = name.end;
	while (open < len && s[open] == ' ')
		open++;
	while (open < len && s[open] != '(')	/* it may stand behind the function */
		open++;
	const char *close = open < len ? memchr(s + open, ')', len - open) : NULL;
	if (close == NULL)
		return -1;
	guint32 from = open + 1, behind = (guint32)(close - s), to = from;
	while (to < behind && s[to] != ',')	/* "(AB, Chair)" */
		to++;
	if (to - from < 2 || to - from > 4)
		return -1;
	g_autofree char *initials = g_strndup(s + from, to - from);
	if (!are_initials(initials, s, &name))
		return -1;
	g_autofree char *line = g_strdup_printf("%.*s%.*s%.*s", (int)open, s, (int)(behind - to), s + to, (int)(len - behind - 1), close + 1);
	int called = gathering_add(gathering, line, (guint32)strlen(line));
	roster_call(gathering->roster, called, initials);
	return called;
}

enum head { HEAD_NONE, HEAD_PEOPLE, HEAD_MODERATOR, HEAD_CHAIR };

/* "Panellists:", "Moderator: Name": what heads the line, and what stands behind
 * the colon. */
static enum head head_of(struct gathering *gathering, const char *s, guint32 len, guint32 *behind)
{
	const char *colon = memchr(s, ':', MIN(len, 60));
	if (colon == NULL)
		return HEAD_NONE;
	*behind = (guint32)(colon - s) + 1;
	words_fold_to(gathering->folded, s, 0, (guint32)(colon - s));
	if (cue_is(CUE_MODERATOR, gathering->folded->str, -1))
		return HEAD_MODERATOR;
	if (cue_is(CUE_PEOPLE, gathering->folded->str, -1))
		return HEAD_PEOPLE;
	return cue_is(CUE_CHAIR, gathering->folded->str, -1) ? HEAD_CHAIR : HEAD_NONE;
}

/* "Mr. Logar, Slovenia": a list may name people by the surname alone. */
static int add_titled(struct gathering *gathering, const char *s, guint32 len)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	if (!word_next(s, &pos, len, &word) || !name_scan(s, word.start, len, &name) || name.honorific == name.start ||
	    (name.end < len && s[name.end] != ','))
		return -1;
	struct range honorific = text_trim(s, (struct range){ name.honorific, name.start });
	struct person person = {
		.name = document_string(gathering->doc, s + name.start, (gssize)(name.end - name.start)),
		.honorific = document_string(gathering->doc, s + honorific.start, (gssize)(honorific.end - honorific.start)),
	};
	words_fold_to(gathering->folded, s, name.start, name.end);
	int known = roster_surname(gathering->roster, gathering->folded->str);
	if (known >= 0)
		return known;
	person_describe(gathering->doc, &person, s + name.end, len - name.end);
	return roster_add(gathering->roster, &person);
}

static int list_person(struct gathering *gathering, const char *s, guint32 len)
{
	int called = read_legend(gathering, s, len);
	/* "Name (House, Country)" as "Name, House, Country"; dots lead to the bracket */
	g_autoptr(GString) entry = g_string_new(NULL);
	for (guint32 i = 0; i < len; i++) {
		if (s[i] == '(') {
			while (entry->len > 0 && strchr(" .", entry->str[entry->len - 1]) != NULL)
				g_string_truncate(entry, entry->len - 1);
			g_string_append(entry, ", ");
		} else if (s[i] != ')') {
			g_string_append_c(entry, s[i]);
		}
	}
	int person = called >= 0 ? called : gathering_add(gathering, entry->str, (guint32)entry->len);
	if (person < 0)
		person = add_titled(gathering, entry->str, (guint32)entry->len);
	if (person >= 0 && gathering->panel >= 0 && gathering->listed->len < 500)
		g_array_append_val(gathering->listed, person);
	return person;
}

static bool all_capitals(const char *s, const struct name *name)
{
	struct word word;
	for (guint32 pos = name->start; word_next(s, &pos, name->end, &word);)
		if (!word.caps)
			return false;
	return true;
}

/* Where the entry at pos ends: at ";", or at a comma or "and" that another name
 * stands behind, outside of brackets. */
static guint32 entry_end(struct gathering *gathering, const char *s, guint32 pos, guint32 len)
{
	int depth = 0;
	for (guint32 i = pos; i < len; i++) {
		struct word word;
		struct name name;
		guint32 next = i + 1;
		depth += s[i] == '(' ? 1 : s[i] == ')' && depth > 0 ? -1 : 0;
		if (depth > 0)
			continue;
		if (s[i] == ';')
			return i;
		if (s[i] != ',' && s[i] != ' ')
			continue;
		if (!word_next(s, &next, len, &word) || memchr(s + i, '(', word.start - i) != NULL)
			continue;
		words_fold_to(gathering->folded, s, word.start, word.end);
		bool link = cue_is(CUE_AND, gathering->folded->str, -1);
		if ((s[i] == ' ') != link || (link && !word_next(s, &next, len, &word)) || !word.upper ||
		    !name_scan(s, word.start, len, &name) || name.words < 2)
			continue;
		words_fold_to(gathering->folded, s, name.start, name.end);
		bool closed = s[i] == ',' && i > pos && s[i - 1] == ')';
		bool titled = name.honorific < name.start;
		bool alone = name.end >= len || strchr(",;(\n", s[name.end]) != NULL || s[name.end] == ' ';
		bool acronym = word.caps && word.end - word.start > 1 && name.words > 1 && !titled && !all_capitals(s, &name);	/* "WWF Hungary" */
		if (!cue_holds(CUE_BODY, gathering->folded->str) && !cue_is(CUE_COUNTRY, gathering->folded->str, -1) && !acronym &&
		    (closed || titled || (alone && name_alone(s, (struct range){ pos, i }, &name))))
			return i;
	}
	return len;
}

/* "A (House), B (House) and C". Gives the first of them, -1 where there is none. */
static int list_people(struct gathering *gathering, const char *s, guint32 len)
{
	int first = -1;
	for (guint32 pos = 0; pos < len;) {
		guint32 end = entry_end(gathering, s, pos, len), from = pos;
		struct word word;
		guint32 look = pos;
		if (word_next(s, &look, end, &word)) {
			words_fold_to(gathering->folded, s, word.start, word.end);
			from = cue_is(CUE_AND, gathering->folded->str, -1) ? word.end : from;
		}
		while (from < end && (g_ascii_isspace(s[from]) || s[from] == ','))
			from++;
		int person = list_person(gathering, s + from, end - from);
		first = first < 0 ? person : first;
		pos = end + 1;
	}
	return first;
}

/* What the line's head says that its bearer is: "President"; "later" says nothing. */
static const char *chair_role(struct gathering *gathering, const char *s, guint32 behind)
{
	struct range head = text_trim(s, (struct range){ 0, behind - 1 });
	words_fold_to(gathering->folded, s, head.start, head.end);
	return cue_begins(CUE_ROLE, gathering->folded->str) == 0 && cue_begins(CUE_MODERATOR, gathering->folded->str) == 0
	       ? NULL : document_string(gathering->doc, s + head.start, (gssize)(head.end - head.start));
}

/* ---- people whom a report introduces in its text ---- */

static bool has_labels(const struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++)
		if (document_block(doc, i)->kind == BLOCK_LABEL && document_block(doc, i)->level == 0)
			return true;
	return false;
}

/* A section that has a moderator or participants of its own is a panel, whatever
 * it is called. Its number; -1 where the block stands in no section. */
static int section_to_panel(struct document *doc, guint at)
{
	int section = document_block(doc, at)->section;
	if (section < 0 || document_section(doc, section)->title == NULL)
		return -1;
	if (section == 0 && doc->sections->len > 3 && !has_labels(doc))	/* the document's own title: its people are the meeting's */
		return -1;
	struct panel panel = { .title = document_section(doc, section)->title, .moderator = -1 };
	g_array_append_val(doc->panels, panel);
	for (guint i = at; i > 0 && document_block(doc, i)->section == section; i--)
		document_block(doc, i)->panel = (int)doc->panels->len - 1;
	for (guint i = at; i < doc->blocks->len && section_is_within(doc, document_block(doc, i)->section, section) &&
	     (i == at || document_block(doc, i)->panel < 0); i++)
		document_block(doc, i)->panel = (int)doc->panels->len - 1;
	return (int)doc->panels->len - 1;
}

/* The first one opens the meeting; who takes over is said in the text. */
static void note_chair(struct gathering *gathering, int person)
{
	if (gathering->doc->chair < 0)
		gathering->doc->chair = person;
}

/* Where the line ends, or where a gap of three blanks parts "Chair: A" from "Rapporteur: B". */
static guint32 part_end(const char *s, guint32 pos, guint32 len)
{
	const char *feed = memchr(s + pos, '\n', len - pos);
	guint32 end = feed == NULL ? len : (guint32)(feed - s);
	for (guint32 i = pos + 1; i + 3 < end; i++) {
		guint32 next = i;
		while (next < end && s[next] == ' ')
			next++;
		bool head = next >= i + 3 && next < end && memchr(s + pos, ':', i - pos) != NULL &&
		            memchr(s + next, ':', MIN(end - next, 30)) != NULL && s[i - 1] != ':';
		if (head)
			return i;
		i = MAX(i, next);
	}
	return end;
}

/* A moderator or several people are a panel's; a rapporteur is the whole report's. */
static bool makes_panel(struct gathering *gathering, const char *s, guint32 len, enum head kind)
{
	const char *colon = memchr(s, ':', len);
	words_fold_to(gathering->folded, s, 0, colon == NULL ? len : (guint32)(colon - s));
	return kind == HEAD_MODERATOR || !cue_is(CUE_CHAIR, gathering->folded->str, -1);
}

/* Each line is a name and what its bearer is: "Dr. Ann Bell, House of Salt". */
static bool are_people_lines(const struct piece *piece)
{
	for (guint32 pos = 0; pos < piece->len;) {
		const char *feed = memchr(piece->s + pos, '\n', piece->len - pos);
		guint32 end = feed == NULL ? piece->len : (guint32)(feed - piece->s);
		struct name name;
		if (end - pos > LIST_LINE_BYTES || !name_scan(piece->s, pos, end, &name) || name.words < 2 ||
		    (name.end < end && piece->s[name.end] != ',' && strncmp(piece->s + name.end, " (", 2) != 0) ||
		    text_ends_sentence(piece->s, (struct range){ pos, end }))
			return false;
		pos = end + 1;
	}
	return true;
}

/* "Panellists:" and the lines or items below it. True while the list goes on. */
static bool read_inner_list(struct gathering *gathering, guint i, bool open)
{
	struct block *block = document_block(gathering->doc, i);
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	bool head = false;
	if (open && (block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_TABLE_ROW) && piece.len < 400 &&
	    !text_ends_sentence(piece.s, piece_range(&piece))) {
		list_person(gathering, piece.s, piece.len);
		block->zone = ZONE_PEOPLE;
		return true;
	}
	if (open && block->kind == BLOCK_PARAGRAPH && piece.len < 4000 && are_people_lines(&piece)) {
		for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
			const char *feed = memchr(piece.s + pos, '\n', piece.len - pos);
			end = feed == NULL ? piece.len : (guint32)(feed - piece.s);
			list_person(gathering, piece.s + pos, end - pos);
		}
		block->zone = ZONE_PEOPLE;
		return true;
	}
	if (open)
		close_panel(gathering);
	if (block->kind != BLOCK_PARAGRAPH || piece.len > 4000)
		return false;
	for (guint32 pos = 0; pos < piece.len;) {
		guint32 end = part_end(piece.s, pos, piece.len), behind = 0;
		const char *line = piece.s + pos;
		bool listed = memchr(line, ';', end - pos) != NULL;	/* "Members present: A (Chair); B; C." */
		enum head kind = end - pos < LIST_LINE_BYTES && (listed || !text_ends_sentence(line, (struct range){ 0, end - pos }))
		                 ? head_of(gathering, line, end - pos, &behind) : HEAD_NONE;
		if (kind == HEAD_MODERATOR && block->panel < 0 && cue_is(CUE_CHAIR, gathering->folded->str, -1))
			kind = HEAD_CHAIR;	/* of the meeting, in its masthead */
		if (kind == HEAD_NONE && head && end - pos < LIST_LINE_BYTES) {
			list_people(gathering, line, end - pos);
		} else if (kind != HEAD_NONE) {
			if (gathering->panel >= 0 && gathering->panel != block->panel)
				close_panel(gathering);
			gathering->panel = block->panel >= 0 || kind == HEAD_CHAIR || !makes_panel(gathering, line, end - pos, kind)
			                   ? block->panel : section_to_panel(gathering->doc, i);
			int first = list_people(gathering, line + behind, end - pos - behind);
			if (kind == HEAD_MODERATOR && first >= 0 && block->panel >= 0 &&
			    document_panel(gathering->doc, block->panel)->moderator < 0)
				document_panel(gathering->doc, block->panel)->moderator = first;
			struct range rest = text_trim(line, (struct range){ behind, end - pos });
			bool alone = rest.end <= rest.start;	/* the people stand on the lines below */
			struct person *chair = kind == HEAD_CHAIR && first >= 0 ? document_person(gathering->doc, first) : NULL;
			if (chair != NULL && cue_is(CUE_PRESIDES, (words_fold_to(gathering->folded, line, 0, behind - 1), gathering->folded->str), -1))
				note_chair(gathering, first);
			if (chair != NULL && chair->role == NULL)
				chair->role = chair_role(gathering, line, behind);
			head = head || (kind == HEAD_PEOPLE && (first >= 0 || alone));
			if (first >= 0 || (kind == HEAD_PEOPLE && alone))
				block->zone = ZONE_PEOPLE;
		}
		pos = end + 1;
	}
	return head;
}

/* Lists in the body, and the lines that explain initials before the first label. */
static void read_inner_lists(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	bool open = false, labels = false;
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		labels = labels || block->kind == BLOCK_LABEL;
		if (block_is_silent(block) || block->zone == ZONE_FRONT_MATTER)
			continue;
		if (block->zone == ZONE_BODY)
			open = read_inner_list(gathering, i, open);
		if (labels || i > 60 || open)
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		for (guint32 pos = 0; pos < piece.len && piece.len < 4000;) {
			const char *feed = memchr(piece.s + pos, '\n', piece.len - pos);
			guint32 end = feed == NULL ? piece.len : (guint32)(feed - piece.s);
			if (end > pos)
				read_legend(gathering, piece.s + pos, end - pos);
			pos = end + 1;
		}
	}
	close_panel(gathering);
}

static void read_caption(struct gathering *gathering, const struct block *block)
{
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	if (piece.len < 800)
		gathering_add(gathering, piece.s, piece.len);
}

/* The days of the agenda are the document's, where it names no other. */
static void date_by_agenda(struct document *doc)
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

/* A list "Name, House" at the top of a transcript: three lines or more. */
static void read_top_lines(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	for (guint i = 0; i < doc->blocks->len && i < TOP_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		struct name name;
		if (block->kind == BLOCK_LABEL)
			return;
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		guint32 head = moderator_at(gathering, piece.s, piece.len);	/* "Chair: Ann Bell, House of Salt" */
		while (head < piece.len && piece.s[head] == ' ')
			head++;
		piece.s += head;
		piece.len -= head;
		if (words_count(piece.s, piece_range(&piece), 16) > 15 ||
		    text_ends_sentence(piece.s, piece_range(&piece)) ||
		    !name_scan(piece.s, 0, piece.len, &name) || name.words < 2)
			continue;
		guint32 rest = piece.len - MIN(name.end, piece.len);
		if ((rest > 0 && piece.s[name.end] == ',') ||
		    (rest >= 3 && memcmp(piece.s + name.end, " - ", 3) == 0))
			gathering_add(gathering, piece.s, piece.len);
	}
}

/* Whole names with a title before the first label ("Hon. Ann Bell (chair) presiding"),
 * and those of "Statement of ..." anywhere. */
static void read_transcript_names(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	bool labels = false;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		labels = labels || block->kind == BLOCK_LABEL;
		if (block->n_ranges == 0 || block->zone != ZONE_BODY || (block_is_silent(block) && block->kind != BLOCK_LABEL))
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		guint32 at = piece.len < LIST_LINE_BYTES ? statement_name(gathering->folded, piece.s, piece.len) : 0;
		if (at > 0 && !text_ends_sentence(piece.s, piece_range(&piece)))
			gathering_add(gathering, piece.s + at, piece.len - at);
		struct word word;
		for (guint32 pos = 0; !labels && i < TOP_BLOCKS && word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			if (!word.upper || !name_scan(piece.s, word.start, piece.len, &name))
				continue;
			pos = MAX(pos, name.end);
			if (name.honorific == name.start || name.words < 2)
				continue;
			struct range title = text_trim(piece.s, (struct range){ name.honorific, name.start });
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.honorific = document_string(doc, piece.s + title.start, (gssize)(title.end - title.start)),
			};
			int added = roster_add(gathering->roster, &person);
			words_fold_to(gathering->folded, piece.s, name.end, MIN(piece.len, name.end + 60));
			if (doc->chair < 0 && cue_holds(CUE_PRESIDES, gathering->folded->str))
				doc->chair = added;
		}
	}
}

static const char *last_word(const char *folded)
{
	const char *space = strrchr(folded, ' ');
	return space == NULL ? folded : space + 1;
}

/* "The Deputy Speaker [Mr Name]": what stands before the bracket; NULL. */
static const char *function_before(struct gathering *gathering, const char *s, guint32 at)
{
	if (at < 4 || (s[at - 1] != '[' && s[at - 1] != '('))
		return NULL;
	guint32 end = at - 1, from = end;
	while (end > 0 && s[end - 1] == ' ')
		end--;
	for (from = end; from > 0 && s[from - 1] != '(' && s[from - 1] != '\n' && s[from - 1] != '.' && end - from < 60;)
		from--;
	struct range part = text_trim(s, (struct range){ from, end });
	if (part.end > part.start + 4 && g_ascii_strncasecmp(s + part.start, "the ", 4) == 0)
		part.start += 4;
	words_fold_to(gathering->folded, s, part.start, part.end);
	return cue_holds(CUE_ROLE, gathering->folded->str) || cue_holds(CUE_PRESIDES, gathering->folded->str)
	       ? document_string(gathering->doc, s + part.start, (gssize)(part.end - part.start)) : NULL;
}

/* "PRESTON SMITH, Ohio": called "SMITH of Ohio" in the labels. */
static void roster_call_of(struct gathering *gathering, int person, const char *s, const struct name *name, guint32 len)
{
	guint32 from = name->end;
	if (person < 0 || from >= len || s[from] != ',')
		return;
	guint32 to = from + 1;
	while (to < len && s[to] != ',' && s[to] != '\n' && s[to] != '.' && !(s[to] == ' ' && to + 1 < len && s[to + 1] == ' '))
		to++;
	struct range place = text_trim(s, (struct range){ from + 1, to });
	if (place.end <= place.start || words_count(s, place, 4) > 3)
		return;
	words_fold_to(gathering->folded, s, name->start, name->end);
	g_autofree char *surname = g_strdup(last_word(gathering->folded->str));
	words_fold_to(gathering->folded, s, place.start, place.end);
	g_autofree char *form = g_strdup_printf("%s of %s", surname, gathering->folded->str);
	roster_alias(gathering->roster, person, form);
}

/* ---- the whole names of those whom labels call by the surname ---- */

struct bearer {
	guint first;		/* the block of the first label */
	const char *name;	/* whole, as printed before it; NULL: none */
	bool several;
};

/* The surnames of labels that are no whole names, with where they stand first. */
static GHashTable *label_surnames(struct gathering *gathering)
{
	GHashTable *surnames = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct document *doc = gathering->doc;
	for (guint i = 0; i < doc->blocks->len && g_hash_table_size(surnames) < SURNAMES_MAX; i++) {
		const struct block *block = document_block(doc, i);
		struct name name;
		if (block->kind != BLOCK_LABEL || block->label == NULL)
			continue;
		guint32 len = (guint32)strlen(block->label);
		if (!name_scan(block->label, 0, len, &name) || name.words > 4)
			continue;
		words_fold_to(gathering->folded, block->label, name.start, name.end);
		const char *surname = last_word(gathering->folded->str);
		if (strlen(surname) < 3 || g_hash_table_contains(surnames, surname))
			continue;
		struct bearer *bearer = g_new0(struct bearer, 1);
		bearer->first = i;
		g_hash_table_insert(surnames, g_strdup(surname), bearer);
	}
	return surnames;
}

/* "Henning Sorensen from the port" before the first turn of "H. SORENSEN". Two
 * different whole names of one surname are both known, and none is chosen. */
static void read_whole_names(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	GHashTable *surnames = label_surnames(gathering);
	for (guint i = 0; i < doc->blocks->len && g_hash_table_size(surnames) > 0; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || (block_is_silent(block)) || block->zone == ZONE_FRONT_MATTER)
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		struct word word;
		for (guint32 pos = 0; word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			if (!word.upper || !name_scan(piece.s, word.start, piece.len, &name))
				continue;
			pos = MAX(pos, name.end);
			if (name.words < 2)
				continue;
			words_fold_to(gathering->folded, piece.s, name.start, name.end);
			const char *folded = gathering->folded->str;
			const struct bearer *bearer = g_hash_table_lookup(surnames, last_word(folded));
			const char *function = function_before(gathering, piece.s, name.honorific);
			words_fold_to(gathering->folded, piece.s, name.start, name.end);
			folded = gathering->folded->str;
			if (((bearer == NULL || i > bearer->first) && function == NULL) || (folded[1] == ' ' && strchr(folded + 2, ' ') == NULL) ||
			    roster_full(gathering->roster, folded) != ROSTER_NONE)
				continue;
			struct range title = text_trim(piece.s, (struct range){ name.honorific, name.start });
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.honorific = title.end > title.start
				             ? document_string(doc, piece.s + title.start, (gssize)(title.end - title.start)) : NULL,
				.role = function,
			};
			roster_call_of(gathering, roster_add(gathering->roster, &person), piece.s, &name, piece.len);
		}
	}
	g_hash_table_destroy(surnames);
}

/* The function, folded, whom the label names ("moderator"); else NULL. */
static const char *label_function(struct gathering *gathering, const struct block *label)
{
	if (label->label == NULL)
		return NULL;
	words_fold_to(gathering->folded, label->label, 0, (guint32)strlen(label->label));
	const char *folded = gathering->folded->str;
	folded += g_str_has_prefix(folded, "the ") ? 4 : 0;
	return cue_is(CUE_MODERATOR, folded, -1) || cue_is(CUE_PRESIDES, folded, -1) ? folded : NULL;
}

/* "MODERATOR: Welcome. I'm Ann Bell": who bears the function says so. */
static void read_self_introductions(struct gathering *gathering)
{
	struct document *doc = gathering->doc;
	g_autoptr(GString) function = g_string_new(NULL);
	for (guint i = 0, read = 0; i < doc->blocks->len && read < SELF_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_LABEL) {
			const char *folded = label_function(gathering, block);
			g_string_assign(function, folded == NULL ? "" : folded);
			read = 0;
			continue;
		}
		if (function->len == 0 || !block_is_text(block))
			continue;
		struct piece piece = piece_of(doc, block, gathering->buffer);
		struct word word;
		read++;
		for (guint32 pos = 0; word_next(piece.s, &pos, piece.len, &word);) {
			struct name name;
			words_fold_to(gathering->folded, piece.s, word.start, MIN(piece.len, word.start + 40));
			guint words = cue_begins(CUE_I_AM, gathering->folded->str);
			for (; words > 1 && strchr(gathering->folded->str, ' ') != NULL && word_elision(piece.s, &word) == 0 && words > 1; words--)
				if (memchr(piece.s + word.start, '\'', word.end - word.start) == NULL)
					word_next(piece.s, &pos, piece.len, &word);
			if (cue_begins(CUE_I_AM, gathering->folded->str) == 0 || !word_next(piece.s, &pos, piece.len, &word) ||
			    !name_scan(piece.s, word.start, piece.len, &name) || name.words < 2)
				continue;
			struct person person = {
				.name = document_string(doc, piece.s + name.start, (gssize)(name.end - name.start)),
				.role = document_string(doc, function->str, -1),
			};
			roster_add(gathering->roster, &person);
			g_string_truncate(function, 0);
			break;
		}
	}
}

/* What front matter says of the session. */
static void front_moderator(struct document *doc)
{
	const struct block *block = front_matter_next(doc, "moderator", NULL);
	if (block == NULL || doc->panels->len == 0 || document_panel(doc, 0)->moderator >= 0 ||
	    front_matter_next(doc, "panel", NULL) == NULL || front_matter_next(doc, "moderator", block) != NULL)
		return;
	g_autofree char *value = g_strndup(doc->text + block_start(block), block_end(block) - block_start(block));
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);
		if (person->forms != NULL && person->forms[0] != NULL && strcmp(person->forms[0], value) == 0)
			document_panel(doc, 0)->moderator = (int)i;
	}
}

/* "Dr. Ann Bell" of the front matter: the title apart. */
static void part_titles(struct document *doc)
{
	for (guint i = 0; i < doc->people->len; i++) {
		struct person *person = document_person(doc, i);
		struct name name;
		guint32 len = (guint32)strlen(person->name);
		if (person->honorific != NULL || person->body || !name_scan(person->name, 0, len, &name) || name.honorific == name.start ||
		    name.end < len || name.words < 2)
			continue;
		struct range title = text_trim(person->name, (struct range){ name.honorific, name.start });
		person->honorific = document_string(doc, person->name + title.start, (gssize)(title.end - title.start));
		person->name = document_string(doc, person->name + name.start, (gssize)(name.end - name.start));
	}
}

void people(struct document *doc)
{
	part_titles(doc);
	struct gathering gathering = {
		.doc = doc, .roster = roster_new(doc), .panel = -1,
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
		.listed = g_array_new(false, false, sizeof(int)),
	};
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (stage_is_on(STAGE_LISTS) && block->zone == ZONE_BODY && block_is_text(block) && block->n_ranges > 0 &&
		    grid_read(&gathering, block)) {
			close_panel(&gathering);
			continue;
		}
		bool listing = block->zone == ZONE_AGENDA || block->zone == ZONE_PEOPLE;
		if (block->n_ranges == 0 || block_is_silent(block) || (listing && !stage_is_on(STAGE_LISTS)))
			continue;
		if (block->zone == ZONE_AGENDA)
			read_agenda(&gathering, block);
		else if (block->zone == ZONE_PEOPLE && block->kind != BLOCK_HEADING)
			i = read_list(&gathering, i) - 1;
		else if (block->kind == BLOCK_CAPTION)
			read_caption(&gathering, block);
	}
	close_panel(&gathering);
	if (stage_is_on(STAGE_LISTS))
		read_inner_lists(&gathering);
	date_by_agenda(doc);
	if (has_labels(doc)) {
		read_top_lines(&gathering);
		read_transcript_names(&gathering);
		read_whole_names(&gathering);
		read_self_introductions(&gathering);
	} else if (stage_is_on(STAGE_INTRODUCED)) {
		introductions_read(doc, gathering.roster, doc->people->len);
	}
	transcript_session(doc);
	front_moderator(doc);
	roster_free(gathering.roster);
	g_array_free(gathering.listed, true);
	g_string_free(gathering.buffer, true);
	g_string_free(gathering.folded, true);
}
