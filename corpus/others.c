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
	const char *kind, *endings;	/* with a blank around each */
} endings[] = {
	{ "pictures", " png jpg jpeg jpe gif bmp tif tiff webp svg svgz ico heic heif avif psd ai eps xcf cr2 nef dng drawio " },
	{ "videos", " mp4 m4v mkv avi mov webm wmv mpg mpeg flv ogv 3gp " },
	{ "recordings", " mp3 wav ogg oga flac m4a aac wma opus aif aiff amr " },
	{ "archives", " zip tar gz tgz bz2 xz 7z rar zst iso dmg cab " },
	{ "programs", " exe dll so dylib msi deb rpm apk jar class pyc o a bat cmd sh ps1 " },
	{ "style sheets and scripts", " css scss less js mjs map wasm " },
	{ "fonts", " ttf otf ttc woff woff2 eot " },
	{ "spreadsheets", " xls xlsx xlsm xlsb ods numbers " },
	{ "databases", " db sqlite sqlite3 mdb accdb " },
};

const char *corpus_other_kind(const char *path, const char *head, gsize len)
{
	const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
	g_autofree char *ending = dot ? g_ascii_strdown(dot + 1, -1) : NULL, *listed = ending ? g_strconcat(" ", ending, " ", NULL) : NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
		if (len >= marks[i].at + marks[i].len && !memcmp(head + marks[i].at, marks[i].bytes, marks[i].len))
			return marks[i].kind;
	if (!ending || !*ending || strchr(ending, ' ') || (len >= 5 && !memcmp(head, "%PDF-", 5)))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strstr(endings[i].endings, listed))
			return endings[i].kind;
	return NULL;
}
