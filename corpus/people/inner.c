/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * inner.c - lists of people inside the text: "Present: ...", "Chair: ..." below a title,
 * the legend of initials; and the panels that such lists make of sections.
 */
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/people/gathering.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

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
		at += agenda_moderator(gathering, s + at, len - at);
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
		bool closed = i > pos && s[i - 1] == ')';	/* "A (House), B", "A (House) and B" */
		bool titled = name.honorific < name.start;
		bool alone = name.end >= len || strchr(",;(\n", s[name.end]) != NULL || s[name.end] == ' ';
		bool acronym = word.caps && word.end - word.start > 1 && name.words > 1 && !titled &&
			!text_in_capitals(s, (struct range){ name.start, name.end });	/* "WWF Hungary" */
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

bool document_has_labels(const struct document *doc)
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
	if (section == 0 && doc->sections->len > 3 && !document_has_labels(doc))	/* the document's own title: its people are the meeting's */
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
	guint32 end = text_line_end(s, pos, len);
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

/* Behind "Moderator: " at pos, else pos. */
static guint32 behind_chair(struct gathering *gathering, const char *s, guint32 pos, guint32 end)
{
	guint32 behind = 0;
	enum head kind = head_of(gathering, s + pos, end - pos, &behind);
	if (kind != HEAD_MODERATOR && kind != HEAD_CHAIR)
		return pos;
	for (pos += behind; pos < end && s[pos] == ' '; pos++)
		;
	return pos;
}

/* Each line is one name and what its bearer is: "Dr. Ann Bell, House of Salt", one of them
 * may be the moderator; no running list that is only wrapped. */
static bool are_people_lines(struct gathering *gathering, const struct piece *piece)
{
	for (guint32 pos = 0; pos < piece->len;) {
		guint32 end = text_line_end(piece->s, pos, piece->len), from = behind_chair(gathering, piece->s, pos, end);
		struct name name;
		const char *first = g_strstr_len(piece->s + pos, end - pos, "),");
		bool several = memchr(piece->s + pos, ';', end - pos) != NULL || (end > pos && piece->s[end - 1] == ',') ||
		               (first != NULL && g_strstr_len(first + 2, piece->s + end - first - 2, "),") != NULL);
		if (several || end - pos > LIST_LINE_BYTES || !name_scan(piece->s, from, end, &name) || name.words < 2 ||
		    (name.end < end && piece->s[name.end] != ',' && strncmp(piece->s + name.end, " (", 2) != 0) ||
		    text_ends_sentence(piece->s, (struct range){ pos, end }))
			return false;
		pos = end + 1;
	}
	return true;
}

/* "With: Ann Bell (House of Salt), Tom", "Marsh (House of Nets)" on the next line: lines
 * of a running list that are only wrapped become one; "Session 2" begins another. */
static void unwrap_list(struct gathering *gathering, struct piece *piece, GString *out)
{
	int depth = 0;
	guint entries = 0, number;
	guint32 behind;
	for (guint32 i = 0; i < piece->len; i++)
		entries += piece->s[i] == ';' || (piece->s[i] == ')' && i + 1 < piece->len && piece->s[i + 1] == ',');
	if (entries < 2 || memchr(piece->s, '\n', piece->len) == NULL)
		return;
	g_string_truncate(out, 0);
	g_string_append_len(out, piece->s, piece->len);
	for (guint32 i = 0; i < piece->len; i++) {
		depth += (out->str[i] == '(') - (out->str[i] == ')' && depth > 0);
		if (out->str[i] != '\n')
			continue;
		guint32 next = i + 1;
		while (next < piece->len && out->str[next] == ' ')
			next++;
		guint32 end = text_line_end(out->str, next, piece->len);
		bool panel = panel_label(out->str + next, end - next, &number) > 0 && number > 0;
		bool head = panel || (depth == 0 && head_of(gathering, out->str + next, end - next, &behind) != HEAD_NONE);
		for (guint32 k = i; k < next && !head; k++)
			out->str[k] = k == i ? ' ' : '\v';
	}
	piece->s = out->str;
}

/* What stands alone behind the moderator's name is the house; "Moderator" the function. */
static void call_moderator(struct gathering *gathering, struct person *person, const char *role)
{
	bool function = person->role != NULL && (words_fold_to(gathering->folded, person->role, 0, (guint32)strlen(person->role)),
	                                         cue_holds(CUE_ROLE, gathering->folded->str));
	if (person->role != NULL && !function && person->organisation == NULL) {
		person->organisation = person->role;
		person->role = NULL;
	}
	if (person->role == NULL)
		person->role = role;
}

static void read_people_lines(struct gathering *gathering, const struct piece *piece)
{
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1) {
		end = text_line_end(piece->s, pos, piece->len);
		guint32 from = behind_chair(gathering, piece->s, pos, end);
		int person = list_person(gathering, piece->s + from, end - from);
		const char *colon = from > pos ? memchr(piece->s + pos, ':', from - pos) : NULL;
		if (person < 0 || colon == NULL)
			continue;
		if (gathering->panel >= 0 && document_panel(gathering->doc, gathering->panel)->moderator < 0)
			document_panel(gathering->doc, gathering->panel)->moderator = person;
		call_moderator(gathering, document_person(gathering->doc, person),
			       chair_role(gathering, piece->s + pos, (guint32)(colon - piece->s) - pos + 1));
	}
}

/* "Panellists:" and the lines or items below it. True while the list goes on. */
static bool read_inner_list(struct gathering *gathering, guint i, bool open)
{
	struct block *block = document_block(gathering->doc, i);
	g_autoptr(GString) unwrapped = g_string_new(NULL);
	struct piece piece = piece_of(gathering->doc, block, gathering->buffer);
	bool lines = open && block->kind == BLOCK_PARAGRAPH && piece.len < 4000 && are_people_lines(gathering, &piece);
	if (!lines && block->kind == BLOCK_PARAGRAPH && piece.len < 4000)
		unwrap_list(gathering, &piece, unwrapped);
	bool head = false, deck = gathering->doc->type == TYPE_SLIDES;	/* "Presenter: Ann Bell": the slide is hers */
	if (open && (block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_TABLE_ROW) && piece.len < 400 &&
	    !text_ends_sentence(piece.s, piece_range(&piece))) {
		list_person(gathering, piece.s, piece.len);
		block->zone = ZONE_PEOPLE;
		return true;
	}
	if (lines) {
		read_people_lines(gathering, &piece);
		block->zone = ZONE_PEOPLE;
		return true;
	}
	if (open)
		gathering_close_panel(gathering);
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
				gathering_close_panel(gathering);
			gathering->panel = block->panel >= 0 || kind == HEAD_CHAIR || deck || !makes_panel(gathering, line, end - pos, kind)
			                   ? block->panel : section_to_panel(gathering->doc, i);
			int first = list_people(gathering, line + behind, end - pos - behind);
			if (kind == HEAD_MODERATOR && first >= 0 && block->panel >= 0 &&
			    document_panel(gathering->doc, block->panel)->moderator < 0)
				document_panel(gathering->doc, block->panel)->moderator = first;
			struct range rest = text_trim(line, (struct range){ behind, end - pos });
			bool alone = rest.end <= rest.start;	/* the people stand on the lines below */
			struct person *chair = kind == HEAD_CHAIR && first >= 0 ? document_person(gathering->doc, first) : NULL;
			if (chair != NULL &&
			    cue_is(CUE_PRESIDES, (words_fold_to(gathering->folded, line, 0, behind - 1), gathering->folded->str), -1))
				note_chair(gathering, first);
			if (chair != NULL && chair->role == NULL)
				chair->role = chair_role(gathering, line, behind);
			head = head || (kind == HEAD_PEOPLE && ((first >= 0 && !deck) || alone));
			if ((first >= 0 && !deck) || (kind == HEAD_PEOPLE && alone))
				block->zone = ZONE_PEOPLE;
		}
		pos = end + 1;
	}
	return head;
}

void inner_lists_read(struct gathering *gathering)
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
			guint32 end = text_line_end(piece.s, pos, piece.len);
			if (end > pos)
				read_legend(gathering, piece.s + pos, end - pos);
			pos = end + 1;
		}
	}
	gathering_close_panel(gathering);
}
