/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * others.c - what lies in folders beside documents: by its first bytes, and by the
 * ending of its name.
 */
#include <string.h>

#include "corpus/corpus.h"

static const struct {
	const char *bytes;
	gsize at, len;
	const char *kind;
} marks[] = {
	{ "\x89PNG", 0, 4, "pictures" },
	{ "\xff\xd8\xff", 0, 3, "pictures" },
	{ "GIF8", 0, 4, "pictures" },
	{ "II*\0", 0, 4, "pictures" },
	{ "MM\0*", 0, 4, "pictures" },
	{ "WEBP", 8, 4, "pictures" },
	{ "\x1f\x8b", 0, 2, "archives" },
	{ "BZh", 0, 3, "archives" },
	{ "\xfd""7zXZ", 0, 5, "archives" },
	{ "7z\xbc\xaf", 0, 4, "archives" },
	{ "Rar!\x1a\x07", 0, 6, "archives" },
	{ "\x28\xb5\x2f\xfd", 0, 4, "archives" },
	{ "PK\5\6", 0, 4, "archives" },
	{ "\x7f""ELF", 0, 4, "programs" },
	{ "\xca\xfe\xba\xbe", 0, 4, "programs" },
	{ "ftyphei", 4, 7, "pictures" },
	{ "ftypavif", 4, 8, "pictures" },
	{ "ftypM4A", 4, 7, "recordings" },
	{ "ftyp", 4, 4, "videos" },
	{ "\x1a\x45\xdf\xa3", 0, 4, "videos" },
	{ "AVI ", 8, 4, "videos" },
	{ "ID3", 0, 3, "recordings" },
	{ "OggS", 0, 4, "recordings" },
	{ "fLaC", 0, 4, "recordings" },
	{ "WAVE", 8, 4, "recordings" },
	{ "wOFF", 0, 4, "fonts" },
	{ "wOF2", 0, 4, "fonts" },
	{ "SQLite format 3", 0, 15, "databases" },
};

static const struct {
	const char *kind, *one, *endings;	/* with a blank around each ending */
} endings[] = {
	{ "pictures", "picture", " png jpg jpeg jpe gif bmp tif tiff webp svg svgz ico heic heif avif psd ai eps xcf cr2 nef dng drawio " },
	{ "videos", "video", " mp4 m4v mkv avi mov webm wmv mpg mpeg flv ogv 3gp " },
	{ "recordings", "recording", " mp3 wav ogg oga flac m4a aac wma opus aif aiff amr " },
	{ "archives", "archive", " zip tar gz tgz bz2 xz 7z rar zst iso dmg cab " },
	{ "programs", "program", " exe dll so dylib msi deb rpm apk jar class pyc o a bat cmd sh ps1 " },
	{ "style sheets and scripts", "style sheet or script", " css scss less js mjs map wasm " },
	{ "fonts", "font", " ttf otf ttc woff woff2 eot " },
	{ "spreadsheets", "spreadsheet", " xls xlsx xlsm xlsb ods numbers " },
	{ "databases", "database", " db sqlite sqlite3 mdb accdb " },
};

/* What packers put first into a document that is a ZIP archive; OpenDocument begins with its type. */
static const char *const first_parts[] = {
	"[Content_Types].xml", "_rels/.rels", "docProps/", "word/", "ppt/", "xl/", "customXml/",
	"mimetypeapplication/vnd.oasis.opendocument.text", "mimetypeapplication/vnd.oasis.opendocument.presentation",
};

#define ZIP_NAME_AT 30	/* in the head of a part, behind it the name of it */

/* Only looked at: whoever takes archives apart is in a process of its own. */
bool corpus_begins_packed(const char *head, gsize len)
{
	if (len <= ZIP_NAME_AT || memcmp(head, "PK\3\4", 4) != 0)
		return false;
	for (gsize i = 0; i < G_N_ELEMENTS(first_parts); i++) {
		gsize bytes = strlen(first_parts[i]);

		if (len - ZIP_NAME_AT >= bytes && !memcmp(head + ZIP_NAME_AT, first_parts[i], bytes))
			return true;
	}
	return false;
}

/* By its first bytes a document: of names that promise an archive or a picture only these are wrong ones, an
 * .xlsx is packed as a .docx is. */
static bool is_document(const char *kind, const char *head, gsize len)
{
	if (len >= 5 && !memcmp(head, "%PDF-", 5))
		return true;
	return strcmp(kind, "spreadsheets") != 0 && strcmp(kind, "programs") != 0 && corpus_begins_packed(head, len);
}

static const char *kind_by_name(const char *path)
{
	const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
	g_autofree char *ending = dot ? g_ascii_strdown(dot + 1, -1) : NULL, *listed = ending ? g_strconcat(" ", ending, " ", NULL) : NULL;

	if (!ending || !*ending || strchr(ending, ' '))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strstr(endings[i].endings, listed))
			return endings[i].kind;
	return NULL;
}

const char *corpus_other_kind(const char *path, const char *head, gsize len)
{
	const char *kind;

	for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
		if (len >= marks[i].at + marks[i].len && !memcmp(head + marks[i].at, marks[i].bytes, marks[i].len))
			return marks[i].kind;
	kind = path ? kind_by_name(path) : NULL;
	return kind && !is_document(kind, head, len) ? kind : NULL;
}

const char *corpus_other_one(const char *kind)
{
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (!strcmp(endings[i].kind, kind))
			return endings[i].one;
	return kind;
}
