/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.c - reads WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") and
 * SubRip files cue by cue.
 *
 * A file is a list of cues, each with lines of words; cuelist.c finds them, and rolling.c
 * says how many of a cue's words the one before has shown already. Of WebVTT's header
 * only the language is used: an X-TIMESTAMP-MAP places the cues in a broadcast, and our
 * times are those of the recording.
 */
#include "corpus/reader/captions/captions.h"

#include <string.h>

#include "corpus/reader/captions/cuelist.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/draft.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/line.h"
#include "corpus/reader/captions/rolling.h"

#define PARAGRAPH_BYTES 400	/* after which the end of a sentence ends the paragraph */
#define SOMEBODY ">>"		/* as captioners mark that the speaker changes */
#define LABEL_WORDS 6	/* of a name behind ">>" */
#define LABEL_BYTES 60		/* in which a line's "NAME:" stands */

struct captions {
	struct draft *draft;
	struct shown shown;	/* the cue at hand */
	char *voice;		/* whose words follow; NULL: nobody's whom we know */
	gsize paragraph;	/* bytes laid down where the open paragraph began */
	bool open;
	bool ended;		/* the last words ended a sentence */
	bool closed;		/* the voice was closed behind them: it holds only if the next cue has it, too */
};

static void end_paragraph(struct captions *captions)
{
	draft_end(captions->draft);
	captions->open = false;
}

static void lay_label(struct captions *captions, const char *label)
{
	end_paragraph(captions);
	draft_begin(captions->draft, BLOCK_LABEL, 0);
	draft_label(captions->draft, label);
	draft_text(captions->draft, label, -1);
	draft_end(captions->draft);
}

static void speak(struct captions *captions, const char *name)
{
	if (name && !*name)
		name = NULL;
	if (!g_strcmp0(captions->voice, name))
		return;
	g_free(captions->voice);
	captions->voice = g_strdup(name);
	lay_label(captions, name ? name : SOMEBODY);
}

/* Somebody else, nobody says who. */
static void take_turn(struct captions *captions, const char *mark)
{
	g_clear_pointer(&captions->voice, g_free);
	lay_label(captions, mark);
}

/* "NAME: ..." begins a line of its own. */
static bool begins_with_label(const struct captions *captions, const struct word_shown *word)
{
	const char *s = captions->shown.text->str + word->start;

	return captions->ended && memchr(s, ':', MIN(strcspn(s, "\n"), LABEL_BYTES));
}

static void lay_word(struct captions *captions, const struct word_shown *word)
{
	const char *s = captions->shown.text->str;
	struct line line = { .text = word->start, .end = word->end };

	if (captions->open && word->begins_line && begins_with_label(captions, word))
		end_paragraph(captions);
	if (captions->open && word->begins_line)
		draft_line(captions->draft);
	else if (captions->open)
		draft_text(captions->draft, " ", 1);
	if (!captions->open)
		captions->paragraph = draft_bytes(captions->draft);
	captions->open = true;
	draft_text(captions->draft, s + word->start, word->end - word->start);
	captions->ended = line_ends_sentence(s, &line);
	if (word->ends_line && captions->ended && draft_bytes(captions->draft) > captions->paragraph + PARAGRAPH_BYTES)
		end_paragraph(captions);
}

/* Words of a name as it stands in captions: "JOHN", "O'Neill-Bell". */
static bool is_name_word(const char *s, gsize len, bool *small)
{
	const char *end = s + len;

	if (!len || !g_unichar_isupper(g_utf8_get_char(s)))
		return false;
	for (const char *p = s; p < end; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!g_unichar_isalpha(c) && !g_unichar_ismark(c) && !strchr("'.-", (int)MIN(c, 0x7f)) && c != 0x2019)
			return false;
		*small = *small || g_unichar_islower(c);
	}
	return true;
}

/* Behind ">>" broadcasters write who speaks, ">> ANN BELL:", ">> Ann Bell:". A single word in small letters may be
 * one of the sentence ("Look: ..."). How many words of the cue, from the one on, it is; its name goes to the string. */
static guint turn_label(const struct captions *captions, guint first, GString *name)
{
	const struct shown *shown = &captions->shown;
	const char *text = shown->text->str;
	bool small = false;

	g_string_truncate(name, 0);
	for (guint i = first; i < shown->words->len && i < first + LABEL_WORDS; i++) {
		const struct word_shown *word = &g_array_index(shown->words, struct word_shown, i);
		gsize len = word->end - word->start;
		bool last = text[word->end - 1] == ':';

		if ((i > first && (word->turn || word->voice)) || !is_name_word(text + word->start, len - last, &small))
			return 0;
		g_string_append_printf(name, "%s%.*s", i > first ? " " : "", (int)(len - last), text + word->start);
		if (last)
			return small && i == first ? 0 : i - first + 1;
	}
	return 0;
}

static void set_time(struct captions *captions, guint32 time_ms)
{
	if (captions->open)
		draft_time_within(captions->draft, time_ms);
	else
		draft_time(captions->draft, time_ms);
}

/* The words of a cue, but for those that were shown before. */
static void lay_cue(struct captions *captions, const struct cue *cue, guint seen)
{
	const struct shown *shown = &captions->shown;

	if (seen >= shown->words->len)
		return;
	set_time(captions, cue->start_ms);
	const char *voice = g_array_index(shown->words, struct word_shown, seen).voice;
	bool goes_on = captions->closed && !captions->ended && !voice;	/* in the middle of a sentence */

	if (captions->closed && !goes_on)
		speak(captions, voice);
	captions->closed = shown->closed || goes_on;
	g_autoptr(GString) name = g_string_new(NULL);
	guint label;
	for (guint i = seen; i < shown->words->len; i++) {
		const struct word_shown *word = &g_array_index(shown->words, struct word_shown, i);

		if (word->voice)
			speak(captions, word->voice);
		if (word->turn && !strcmp(word->turn, SOMEBODY) && (label = turn_label(captions, i, name)) && i + label < shown->words->len) {
			speak(captions, name->str);
			i += label - 1;
			continue;
		}
		if (word->turn)
			take_turn(captions, word->turn);
		lay_word(captions, word);
	}
}

static void lay_cues(struct captions *captions, const struct cuelist *cues)
{
	struct rolling *rolling = rolling_new(cues);

	for (guint i = 0; i < cues->list->len && !draft_failed(captions->draft); i++) {
		const struct cue *cue = &g_array_index(cues->list, struct cue, i);

		cue_show(cues, cue, &captions->shown);
		lay_cue(captions, cue, rolling_seen(rolling, cue, &captions->shown));
	}
	rolling_free(rolling);
}

static void warn_of_broken(const struct document *doc, const struct cuelist *cues, corpus_warnings *warnings)
{
	for (guint i = 0; i < cues->broken->len; i++)
		warning_add(warnings, doc->path, "line %u: the times of a caption cannot be read: its words have the time of the one before",
		            g_array_index(cues->broken, guint, i));
	if (cues->n_broken > cues->broken->len)
		warning_add(warnings, doc->path, "and %u more of them", cues->n_broken - cues->broken->len);
}

static void set_language(struct document *doc, const struct cuelist *cues)
{
	if (!doc->language && cues->language)
		doc->language = front_matter_language(cues->language);
}

bool captions_begin(const char *s, gsize len)
{
	return cuelist_begin(s, len);
}

bool captions_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(GBytes) text = decode(doc->path, bytes, warnings, error);
	struct captions captions = { .ended = true };
	struct cuelist cues;
	gsize len;
	const char *s = text ? g_bytes_get_data(text, &len) : NULL;
	bool ok;

	if (!text)
		return false;
	captions.draft = draft_new(doc);
	shown_init(&captions.shown);
	cuelist_init(&cues, s ? s : "", (guint32)len);
	warn_of_broken(doc, &cues, warnings);
	lay_cues(&captions, &cues);
	set_language(doc, &cues);
	ok = draft_finish(captions.draft, error);
	doc->type = TYPE_TRANSCRIPT;
	cuelist_clear(&cues);
	shown_clear(&captions.shown);
	g_free(captions.voice);
	draft_free(captions.draft);
	return ok;
}
