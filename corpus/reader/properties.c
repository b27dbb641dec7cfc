/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.c - which of a file's properties are its author's and which the program's.
 */
#include "corpus/reader/properties.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/words.h"

#define TITLE_MAX_BYTES 500
#define AUTHORS_MAX_BYTES 1000
#define YEAR_FIRST 1980
#define YEAR_LAST 2100

/* What programs write where nobody gave a title, folded; a number may stand behind. */
static const char *const no_titles[] = {
	"untitled", "untitled document", "untitled presentation", "document", "doc", "new document", "presentation",
	"powerpoint presentation", "new microsoft word document", "microsoft word document", "no title", "title", "slide",
	"layout", "template", "print", "default", "blank", "the title", "title of presentation", "presentation title",
	"click to edit master title style", "click to add title", "title of the presentation", "microsoft powerpoint",
	"microsoft word", "word document", "google docs", "normal", "draft", "scan", "img", "image",
	"unbenannt", "dokument", "prasentation", "powerpoint prasentation", "folie", "titel", "ohne titel", "vorlage", "entwurf",
	"sans titre", "sans nom", "presentation powerpoint", "diapositive", "titre", "modele",
	"sin titulo", "documento", "presentacion", "presentacion de powerpoint", "diapositiva", "titulo", "plantilla",
	"senza titolo", "presentazione", "presentazione standard di powerpoint", "apresentacao do powerpoint", "sem titulo",
	"documento sem titulo", "documento sin titulo", "document sans titre",
};

/* Whom programs, firms and logins give as the author, folded. */
static const char *const no_authors[] = {
	"user", "users", "admin", "administrator", "administrateur", "administrador", "owner", "author", "autor", "auteur",
	"verfasser", "unknown", "anonymous", "none", "null", "guest", "root", "default", "windows user", "microsoft office user",
	"microsoft account", "microsoft", "office", "test", "pc", "computer", "laptop", "python docx", "python pptx", "openpyxl",
	"libreoffice", "openoffice", "openoffice org", "word", "pandoc", "apache poi", "benutzer", "utilisateur", "usuario",
	"utente", "hp", "dell", "lenovo", "acer", "asus", "toshiba", "user name", "your name", "name",
};

static bool is_one_of(const char *folded, const char *const *list, gsize n)
{
	for (gsize i = 0; i < n; i++)
		if (!strcmp(folded, list[i]))
			return true;
	return false;
}

/* Valid UTF-8 without control characters, white space made one blank. */
static char *clean(const char *s, gsize max_bytes)
{
	g_autofree char *valid = g_utf8_make_valid(s, (gssize)strnlen(s, 4 * max_bytes));
	GString *out = g_string_new(NULL);

	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			if (out->len && out->str[out->len - 1] != ' ')
				g_string_append_c(out, ' ');
		} else {
			g_string_append_unichar(out, c);
		}
	}
	g_strchomp(out->str);
	return g_string_free(out, FALSE);
}

/* ---- titles ---- */

static bool ends_as_file(const char *s)
{
	static const char *const endings[] = {
		".doc", ".docx", ".docm", ".dot", ".dotx", ".rtf", ".odt", ".odp", ".ppt", ".pptx", ".pptm", ".pps", ".ppsx",
		".pdf", ".txt", ".md", ".htm", ".html", ".tex", ".dvi", ".indd", ".qxd", ".qxp", ".pub", ".pages", ".key", ".xls",
		".xlsx", ".wpd", ".ps", ".eps", ".ai", ".jpg", ".png", ".tif", ".tmp", ".fm", ".pmd", ".p65", ".xml",
	};
	g_autofree char *lower = g_ascii_strdown(s, -1);

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(lower, endings[i]))
			return true;
	return false;
}

/* The words are those of the file's name, which says nothing that the path does not. */
static bool is_file_name(const struct document *doc, const char *folded)
{
	g_autofree char *base = doc->path && *doc->path ? g_path_get_basename(doc->path) : NULL, *valid = NULL, *own = NULL;
	char *dot = base ? strrchr(base, '.') : NULL;

	if (!base)
		return false;
	if (dot && dot != base)
		*dot = 0;
	g_strdelimit(base, "_-+", ' ');
	valid = g_utf8_make_valid(base, -1);
	own = words_folded(valid);
	return *own && !strcmp(own, folded) && !strchr(folded, ' ');
}

/* "cop_report_final-v2", "https://...", "12-34567 (E)": no blank between words, but signs. */
static bool looks_like_code(const char *s)
{
	return (!strchr(s, ' ') && (strpbrk(s, "_\\/@=") || strcspn(s, "0123456789") < strlen(s))) || strstr(s, "://") ||
	       g_str_has_prefix(s, "Microsoft Word - ") || g_str_has_prefix(s, "Microsoft PowerPoint - ");
}

static guint letters_in(const char *s)
{
	guint n = 0;

	for (; *s; s = g_utf8_next_char(s))
		n += g_unichar_isalpha(g_utf8_get_char(s));
	return n;
}

void properties_title(struct document *doc, const char *s)
{
	g_autofree char *title = NULL, *folded = NULL, *bare = NULL;
	gsize len;

	if (!s || doc->file_title)
		return;
	title = clean(s, TITLE_MAX_BYTES);
	folded = words_folded(title);
	bare = g_strdup(folded);
	for (len = strlen(bare); len && (g_ascii_isdigit(bare[len - 1]) || bare[len - 1] == ' '); len--)
		bare[len - 1] = 0;	/* "Presentation1", "Slide 1" */
	if (letters_in(title) < 2 || strlen(title) > TITLE_MAX_BYTES || is_one_of(bare, no_titles, G_N_ELEMENTS(no_titles)) ||
	    ends_as_file(title) || looks_like_code(title) || is_file_name(doc, folded))
		return;
	doc->file_title = document_string(doc, title, -1);
}

/* ---- authors ---- */

/* "jsmith", "smith01", "anna.bell@house.example", "DOMAIN\bell": one word that is no name. */
static bool is_login(const char *s)
{
	const char *first = s;

	if (strpbrk(s, "@\\/") || letters_in(s) < 2)
		return true;
	return !strchr(s, ' ') && (g_unichar_islower(g_utf8_get_char(first)) || strpbrk(s, "0123456789_") != NULL);
}

static void add_author(struct document *doc, const char *s)
{
	g_autofree char *author = clean(s, AUTHORS_MAX_BYTES), *folded = words_folded(author), *all = NULL;

	if (!*author || is_login(author) || ends_as_file(author) || is_one_of(folded, no_authors, G_N_ELEMENTS(no_authors)))
		return;
	if (!doc->file_authors) {
		doc->file_authors = document_string(doc, author, -1);
		return;
	}
	if (strlen(doc->file_authors) + strlen(author) > AUTHORS_MAX_BYTES)
		return;
	all = g_strdup_printf("%s; %s", doc->file_authors, author);
	doc->file_authors = document_string(doc, all, -1);
}

void properties_author(struct document *doc, const char *s)
{
	g_auto(GStrv) parts = s ? g_strsplit(s, ";", 100) : NULL;

	for (char **part = parts; part && *part; part++)
		add_author(doc, *part);
}

/* ---- dates ---- */

/* "2017-10-23" of what begins so, as far as it goes; the year, 0 where it is no date. */
static int read_date(const char *s, char iso[DATE_SIZE])
{
	char digits[9] = "";
	guint n = 0;

	if (!s)
		return 0;
	if (g_str_has_prefix(s, "D:"))
		s += 2;
	for (; n < 8 && (g_ascii_isdigit(*s) || (*s == '-' && (n == 4 || n == 6))); s++)
		if (*s != '-')
			digits[n++] = *s;
	if (n < 4)
		return 0;
	g_snprintf(iso, DATE_SIZE, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
	iso[n == 8 ? 10 : n == 6 ? 7 : 4] = 0;
	digits[4] = 0;
	if (!date_is_iso(iso) || atoi(digits) < YEAR_FIRST || atoi(digits) > YEAR_LAST)
		return 0;
	return atoi(digits);
}

void properties_dates(struct document *doc, const char *created, const char *modified)
{
	char made[DATE_SIZE], changed[DATE_SIZE];
	int first = read_date(created, made), last = read_date(modified, changed);

	if (first && last <= first + 1)
		doc->file_date = document_string(doc, made, -1);
	else if (last)
		doc->file_date = document_string(doc, changed, -1);
}
