/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * language.c - the language of a text, by libexttextcat, and a cheap test by
 * function words.
 */
#include "corpus/language.h"

#include <libexttextcat/textcat.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef TEXTCAT_DIR
#define TEXTCAT_DIR "/usr/share/libexttextcat"
#endif

#define TEXT_MIN_LETTERS 40
#define TEXT_MAX_BYTES 20000
#define RECORD_MAX_BYTES 1000
#define RECORD_LOOK_BYTES 320
#define SAMPLE_RECORDS 32

/* The model's file, our name, and function words that few others share. */
static const struct {
	const char *model, *code, *words;
} languages[] = {
	{ "ar", "ar", "في من على إلى هذا التي الذي أن عن مع" },
	{ "bg", "bg", "на за от се със която които това като" },
	{ "ca", "ca", "amb els dels aquest aquesta pel seva això són" },
	{ "cs", "cs", "se že je pro jsou která které také byl při" },
	{ "da", "da", "og det er til af ikke den har på også" },
	{ "de", "de", "der die und das ist nicht mit von auf den ein eine für sich dem" },
	{ "el", "el", "και το της των στην για που από του με" },
	{ "en", "en", "the of and to is that was for with are this by on it as be from which" },
	{ "es", "es", "el los las del que una por con para es se como más en" },
	{ "et", "et", "ja on ei ning see oma mis kui selle" },
	{ "fi", "fi", "ja on ei se että joka myös ovat sekä kuin" },
	{ "fr", "fr", "le les des est et une dans que pour qui sur pas par du au" },
	{ "ga", "ga", "agus an na atá ar is leis chun seo" },
	{ "hr", "hr", "je se na za su što koji koje kao" },
	{ "hu", "hu", "az hogy egy nem és is meg volt ez szerint" },
	{ "it", "it", "il di che la per una è con del della gli sono nel non" },
	{ "ja", "ja", "" },
	{ "ko", "ko", "" },
	{ "lt", "lt", "ir kad yra į su iš tai bei apie" },
	{ "lv", "lv", "un ir ar par no uz kas tiek tika" },
	{ "mt", "mt", "li ta tal għal minn dan fuq bħala" },
	{ "nb", "no", "og det er ikke av til som har på jeg" },
	{ "nl", "nl", "de het een van en dat niet voor met zijn aan ook" },
	{ "pl", "pl", "się nie na jest że oraz do przez które dla" },
	{ "pt", "pt", "o os as da dos não uma em com para que por ao é" },
	{ "ro", "ro", "și în este pentru cu care sunt din mai că" },
	{ "ru", "ru", "и в не на что это как по для из мы" },
	{ "sk", "sk", "sa že je na pre sú ktorá ktoré aj bol pri" },
	{ "sl", "sl", "je in se za na so ki tudi pri ali" },
	{ "sq", "sq", "dhe të në për një është nga që me" },
	{ "sr-Cyrl", "sr", "је у се да на су за који које као" },
	{ "sv", "sv", "och att det är inte som på för den har av till" },
	{ "tr", "tr", "ve bir bu için ile olarak olan da de çok" },
	{ "uk", "uk", "та що не на це як для від із ми" },
	{ "zh-Hans", "zh", "" },
	{ "zh-Hant", "zh", "" },
};

G_STATIC_ASSERT(G_N_ELEMENTS(languages) <= 40);

/* word -> bits of the languages that have it */
static GHashTable *function_words(void)
{
	static gsize once;
	static GHashTable *table;

	if (g_once_init_enter(&once)) {
		table = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
		for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
			char **words = g_strsplit(languages[i].words, " ", -1);

			for (char **w = words; *w; w++) {
				guint64 *bits = g_hash_table_lookup(table, *w);

				if (!bits) {
					bits = g_new0(guint64, 1);
					g_hash_table_insert(table, (char *)g_intern_string(*w), bits);
				}
				*bits |= G_GUINT64_CONSTANT(1) << i;
			}
			g_strfreev(words);
		}
		g_once_init_leave(&once, 1);
	}
	return table;
}

static bool is_letter(char c)
{
	return g_ascii_isalpha(c) || (guchar)c >= 0x80;
}

/* Counts the function words of each language; returns all words. */
static guint count_words(const char *s, gsize len, guint counts[G_N_ELEMENTS(languages)])
{
	GHashTable *table = function_words();
	const char *end = s + len;
	guint n = 0;

	memset(counts, 0, G_N_ELEMENTS(languages) * sizeof *counts);
	while (s < end) {
		char word[20];
		gsize k = 0;
		guint64 *bits;

		while (s < end && !is_letter(*s))
			s++;
		for (; s < end && is_letter(*s); s++)
			if (k < sizeof word)
				word[k++] = g_ascii_tolower(*s);
		if (!k)
			break;
		n++;
		if (k == sizeof word)
			continue;
		word[k] = 0;
		bits = g_hash_table_lookup(table, word);
		for (guint64 b = bits ? *bits : 0; b; b &= b - 1)
			counts[__builtin_ctzll(b)]++;
	}
	return n;
}

struct textcat {
	void *handle;
};

static void textcat_clear(void *data)
{
	struct textcat *textcat = data;

	if (textcat->handle)
		textcat_Done(textcat->handle);
	g_free(textcat);
}

/* libexttextcat wants its list of models as a file. */
static void *textcat_load(void)
{
	g_autofree char *path = NULL;
	GString *list = g_string_new(NULL);
	void *handle = NULL;
	int fd = g_file_open_tmp("textcat-XXXXXX", &path, NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
		g_autofree char *model = g_strdup_printf("%s/%s.lm", TEXTCAT_DIR, languages[i].model);

		if (!access(model, R_OK))
			g_string_append_printf(list, "%s.lm %s--utf8\n", languages[i].model, languages[i].model);
	}
	if (fd >= 0) {
		if (list->len && write(fd, list->str, list->len) == (ssize_t)list->len)
			handle = special_textcat_Init(path, TEXTCAT_DIR "/");
		close(fd);
		unlink(path);
	}
	g_string_free(list, TRUE);
	return handle;
}

static void *textcat_handle(void)
{
	static GPrivate key = G_PRIVATE_INIT(textcat_clear);
	struct textcat *textcat = g_private_get(&key);

	if (!textcat) {
		textcat = g_new0(struct textcat, 1);
		textcat->handle = textcat_load();
		g_private_set(&key, textcat);
	}
	return textcat->handle;
}

static int index_of_model(const char *name, gsize len)
{
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
		if (strlen(languages[i].model) == len && !memcmp(languages[i].model, name, len))
			return (int)i;
	return -1;
}

/* Of the languages in "[fr--utf8][en--utf8]" the one with most function words;
 * the only one, where it is one. -1 where two have as many. */
static int choose(const char *answer, const guint counts[G_N_ELEMENTS(languages)])
{
	int best = -1;
	bool tie = false;

	for (const char *s = answer, *dash; *s == '['; s = strchr(dash, ']') + 1) {
		int i;

		dash = strstr(s, "--");
		if (!dash || !strchr(dash, ']'))
			return -1;
		i = index_of_model(s + 1, (gsize)(dash - s - 1));
		if (i < 0)
			continue;
		if (best < 0 || counts[i] > counts[best]) {
			best = i;
			tie = false;
		} else if (counts[i] == counts[best]) {
			tie = strcmp(languages[i].code, languages[best].code);
		}
	}
	return tie ? -1 : best;
}

/* The index in languages, -1 for unsure. */
static int detect(const char *text, gsize len)
{
	void *handle = textcat_handle();
	guint counts[G_N_ELEMENTS(languages)];
	gsize letters = 0;

	for (gsize i = 0; i < len && letters < TEXT_MIN_LETTERS; i++)
		letters += is_letter(text[i]);
	if (!handle || letters < TEXT_MIN_LETTERS)
		return -1;
	count_words(text, MIN(len, 4000), counts);
	/* the library looks for the end of the last character, behind the bytes that it is given */
	g_autofree char *copy = g_strndup(text, len);

	return choose(textcat_Classify(handle, copy, len), counts);
}

static gsize whole_characters(const char *text, gsize len, gsize max)
{
	if (len <= max)
		return len;
	while (max && ((guchar)text[max] & 0xc0) == 0x80)
		max--;
	return max;
}

/* For texts too short or too odd for the models: the one language of which most
 * function words stand there, if there are at least WITNESSES. */
#define WITNESSES 2

static const char *by_function_words(const char *text, gsize len)
{
	guint counts[G_N_ELEMENTS(languages)], best = 0;
	bool tie = false;

	count_words(text, len, counts);
	for (guint i = 1; i < G_N_ELEMENTS(languages); i++) {
		tie = counts[i] == counts[best] ? strcmp(languages[i].code, languages[best].code) != 0 : tie && counts[i] < counts[best];
		if (counts[i] > counts[best])
			best = i;
	}
	return counts[best] >= WITNESSES && !tie ? languages[best].code : NULL;
}

const char *language_detect(const char *text, gsize len)
{
	gsize look = whole_characters(text, len, TEXT_MAX_BYTES);
	int i = detect(text, look);

	return i < 0 ? by_function_words(text, look) : languages[i].code;
}

static const char *look_in_full(struct language_collection *c, const char *text, gsize len)
{
	int i = detect(text, whole_characters(text, len, RECORD_MAX_BYTES)), best = -1;

	if (i < 0)
		return c->expected;
	if (c->counts[i] < G_MAXUINT16)
		c->counts[i]++;
	c->seen++;
	for (gsize k = 0; k < G_N_ELEMENTS(languages); k++)
		if (c->counts[k] && (best < 0 || c->counts[k] > c->counts[best]))
			best = (int)k;
	c->expected = languages[best].code;
	return languages[i].code;
}

/* One record in another language than those around it has function words of
 * that language to show, or letters of another script: a title of three words
 * is taken to be like the others. */
static const char *or_expected(const struct language_collection *c, const char *told, const guint *counts, guint expected, bool other_script)
{
	if (!told || !c->expected || !strcmp(told, c->expected))
		return told ? told : c->expected;
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
		if (!strcmp(languages[i].code, told) && counts[i] >= expected + WITNESSES)
			return told;
	return other_script ? told : c->expected;
}

const char *language_next(struct language_collection *c, const char *text, gsize len)
{
	guint counts[G_N_ELEMENTS(languages)], expected = 0, other = 0, high = 0;
	gsize look = whole_characters(text, len, RECORD_LOOK_BYTES);
	bool other_script;

	if (len < TEXT_MIN_LETTERS)
		return c->expected;
	count_words(text, look, counts);
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
		if (c->expected && !strcmp(languages[i].code, c->expected))
			expected = MAX(expected, counts[i]);
		else
			other = MAX(other, counts[i]);
	}
	for (gsize i = 0; i < look; i++)
		high += (guchar)text[i] >= 0x80;
	other_script = !expected && high * 3 > look;
	if (c->seen >= SAMPLE_RECORDS && c->expected && other <= expected && !other_script)
		return c->expected;
	return or_expected(c, look_in_full(c, text, len), counts, expected, other_script);
}
